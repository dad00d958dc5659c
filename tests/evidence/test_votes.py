"""Votes are the same arrays whatever order, batch or file they came in."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tovholder.evidence.opinion.votes import natural, votes_from_codes, votes_from_rows

pytestmark = pytest.mark.once

NAMES = st.sampled_from(["1", "2", "10", "007", "7", "anna", "Åse", "", "9" * 20])
ROWS = st.lists(
    st.tuples(NAMES, st.sampled_from(["0", "3", "70", "140", "b"]), st.sampled_from([-1, 0, 1]), st.integers(-3, 3)), max_size=60
)


def arrays(votes):
    return [array.tobytes() for array in (votes.start, votes.statement, votes.answer, votes.person_rank, votes.statement_rank)]


def as_said(rows):
    """The plain meaning: of a pair, the latest answer, and of two at the same moment the smaller."""
    said = {}
    for person, statement, answer, at in rows:
        known = said.get((person, statement))
        if known is None or (at, -answer) > (known[0], -known[1]):
            said[person, statement] = (at, answer)
    return {pair: answer for pair, (_, answer) in said.items()}


@settings(max_examples=60, deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_any_order_gives_the_same_bytes_and_the_plain_meaning(rows, lot: random.Random):
    votes = votes_from_rows([row[:3] for row in rows], at=[row[3] for row in rows])
    shuffled = lot.sample(rows, len(rows))
    again = votes_from_rows([row[:3] for row in shuffled], at=[row[3] for row in shuffled])

    assert arrays(votes) == arrays(again)
    assert votes.digest == again.digest
    expected = as_said(rows)
    names = [(votes.participants[p], votes.statements[s]) for p, s in zip(votes.person, votes.statement)]
    assert dict(zip(names, votes.answer.tolist())) == expected
    assert names == sorted(expected, key=lambda pair: (natural(pair[0]), natural(pair[1])))


@settings(max_examples=30, deadline=None)
@given(ROWS)
def test_who_came_first_is_read_from_the_moments(rows):
    votes = votes_from_rows([row[:3] for row in rows], at=[row[3] / 7 for row in rows])
    first = {}
    for person, _, _, at in rows:
        first[person] = min(at, first.get(person, at))
    expected = sorted(first, key=lambda name: (first[name], natural(name)))
    assert [votes.participants[n] for n in np.argsort(votes.person_rank)] == expected


def test_without_moments_the_last_given_counts():
    votes = votes_from_rows([("a", "1", 1), ("b", "1", 0), ("a", "1", -1)])
    assert votes.answer.tolist() == [-1, 0]
    assert votes.person_rank.tolist() == [0, 1]


def test_numbers_stand_in_their_own_order_and_before_words():
    votes = votes_from_rows([(name, "1", 1) for name in ("x", "10", "2", "02")])
    assert votes.participants == ("02", "2", "10", "x")


def test_moments_before_1970_and_dates_are_moments():
    rows = [("a", "1", 1), ("a", "1", -1)]
    assert votes_from_rows(rows, at=[-1.5, -2.5]).answer.tolist() == [1]
    assert votes_from_rows(rows, at=np.array(["1969-07-20", "1901-01-01"], dtype="datetime64[s]")).answer.tolist() == [1]


def test_the_digest_tells_names_and_answers_apart():
    digests = {
        votes_from_rows(rows).digest
        for rows in (
            [],
            [("a", "bc", 1)],
            [("ab", "c", 1)],
            [("a", "bc", 0)],
            [("a", "bc", 1), ("b", "bc", 1)],
            [("a", "b", 1), ("a", "c", 1)],
        )
    }
    assert len(digests) == 6


@pytest.mark.parametrize(
    ("person", "statement", "answer", "at", "says"),
    [
        ([0], [0], [2], None, "Et svar er"),
        ([0], [0], [131], None, "Et svar er"),
        ([0], [0], [0.5], None, "Et svar er"),
        ([1], [0], [1], None, "ikke er i listen"),
        ([0], [-1], [1], None, "ikke er i listen"),
        ([0, 0], [0], [1], None, "ét svar i hver stemme"),
        ([0], [0], [1], [float("nan")], "tidspunkt mangler"),
        ([0], [0], [1], [1, 2], "ét tidspunkt for hver"),
        (["0"], [0], [1], None, "hele tal"),
    ],
)
def test_what_cannot_be_a_vote_is_refused(person, statement, answer, at, says):
    with pytest.raises(ValueError, match=says):
        votes_from_codes(["a"], ["1"], person, statement, answer, at)


def test_a_name_that_stands_twice_is_refused():
    with pytest.raises(ValueError, match="flere gange"):
        votes_from_codes(["a", "a"], ["1"], [0, 1], [0, 0], [1, 1])
