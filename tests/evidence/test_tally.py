"""The state after votes one by one is the state from scratch, whatever order and batches they came in."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tovholder.evidence.opinion.axes import components as components_module
from tovholder.evidence.opinion.axes.components import components_of
from tovholder.evidence.opinion.state import tally as tally_module
from tovholder.evidence.opinion.state.tally import Tally
from tovholder.evidence.opinion.votes import votes_from_rows

pytestmark = pytest.mark.once

PEOPLE = [str(n) for n in (3, 1, 20, 4)] + ["anna", "bo", "æ"]
SECTORS = {"1": "kommune", "20": "hospital", "anna": "kommune", "æ": "patienter"}
EVENTS = st.lists(
    st.tuples(st.sampled_from(PEOPLE), st.integers(0, 40).map(lambda n: f"u{n}" if n % 3 else str(n)), st.sampled_from([-1, 0, 1])),
    max_size=80,
)


def as_bytes(found):
    return [array.tobytes() for array in (found.center, found.axes, found.variances, found.projection, found.extremity)]


@settings(max_examples=60, deadline=None)
@given(EVENTS)
def test_one_by_one_is_from_scratch(events):
    tally, votes = Tally(SECTORS), votes_from_rows(events)
    for event in events:
        tally.add(*event)
    assert tally.votes().digest == votes.digest
    assert tally.digest() == Tally.of(votes, SECTORS).digest()
    assert as_bytes(tally.components()) == as_bytes(components_of(votes))
    assert as_bytes(tally.components(without=["u1", "3"])) == as_bytes(components_of(votes, without=["u1", "3"]))


@settings(max_examples=40, deadline=None)
@given(EVENTS, st.integers(0, 80))
def test_a_state_read_at_once_takes_more_votes(events, cut):
    tally = Tally.of(votes_from_rows(events[:cut]), SECTORS)
    tally.extend(events[cut:])
    assert tally.digest() == Tally.of(votes_from_rows(events), SECTORS).digest()


@settings(max_examples=60, deadline=None)
@given(EVENTS, st.data())
def test_with_moments_any_order_is_the_same_state(events, data):
    timed = [(*event, data.draw(st.integers(-5, 5))) for event in events]
    one, other = Tally(SECTORS), Tally(SECTORS)
    one.extend(timed)
    for event in data.draw(st.permutations(timed)):
        other.add(*event)
    votes = votes_from_rows(events, at=[event[3] for event in timed])

    assert one.digest() == other.digest()
    for found in (one.votes(), other.votes()):
        assert found.digest == votes.digest
        assert found.person_rank.tolist() == votes.person_rank.tolist()
        assert found.statement_rank.tolist() == votes.statement_rank.tolist()


def test_counts_are_of_everybody_and_of_each_sector():
    tally = Tally(SECTORS)
    changed = tally.extend([("1", "a", 1), ("anna", "a", 0), ("20", "a", -1), ("bo", "b", 1), ("1", "a", -1), ("1", "a", -1)])

    assert changed == 5
    assert tally.count == 4
    assert tally.sectors == ("hospital", "kommune", "patienter")
    assert tally.counts().tolist() == [
        [[0, 1], [2, 0], [3, 1]],
        [[0, 0], [1, 0], [1, 0]],
        [[0, 0], [1, 0], [2, 0]],
        [[0, 0], [0, 0], [0, 0]],
    ]


def test_with_more_statements_than_pairs_are_kept_for(monkeypatch):
    monkeypatch.setattr(tally_module, "PAIRED", 5)
    monkeypatch.setattr(components_module, "PAIRED", 5)
    rng = np.random.default_rng(4)
    events = [(str(person), str(statement), int(rng.integers(-1, 2))) for person in range(12) for statement in range(9)]
    tally = Tally()
    tally.extend(events)
    assert as_bytes(tally.components()) == as_bytes(components_of(votes_from_rows(events)))
    assert tally.digest() == Tally.of(votes_from_rows(events)).digest()


def test_what_is_not_an_answer_is_refused_and_changes_nothing():
    tally = Tally()
    tally.add("1", "a", 1)
    before = tally.digest()
    with pytest.raises(ValueError, match="ikke 2"):
        tally.add("2", "a", 2)
    with pytest.raises(ValueError, match="tidspunkt"):
        tally.add("2", "a", 1, at=5)
    with pytest.raises(ValueError, match="ikke 3"):
        tally.extend([("2", "a", 1), ("3", "a", 3)])
    assert tally.digest() == before


def test_an_empty_state_is_empty():
    tally = Tally()
    assert tally.count == 0
    assert tally.components().projection.shape == (0, 2)
    assert tally.digest() == Tally.of(votes_from_rows([])).digest()
