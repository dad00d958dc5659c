import json
import os
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evidence.made_votes import camps, drawn, votes_of
from tovholder.evidence.opinion.groups.found import FoundGroups, aligned, find_groups, profiles
from tovholder.evidence.opinion.groups.partitions import adjusted_rand, matching
from tovholder.evidence.opinion.votes import votes_from_rows

pytestmark = pytest.mark.once


def classes_of(rng, sizes, statements=40, missing=0.4):
    """People in classes that each agree with a third of the statements and disagree with the rest, and their classes."""
    label = np.repeat(np.arange(len(sizes)), sizes)
    likes = np.stack([rng.permutation(statements) < statements // 3 for _ in sizes])
    agree = np.where(likes[label], 0.88, 0.05)
    return votes_of(drawn(rng, agree, 0.95 - agree, missing=missing)), label


def same(one, other):
    return all(getattr(one, name).tobytes() == getattr(other, name).tobytes() for name in ("labels", "memberships")) and (
        one.k,
        one.reason,
        one.curve,
    ) == (other.k, other.reason, other.curve)


@pytest.mark.parametrize("sizes", [(90, 60), (70, 50, 40)])
def test_planted_classes_are_found(sizes):
    votes, label = classes_of(np.random.default_rng(1), sizes)
    found = find_groups(votes)
    assert (found.k, found.stable, found.by_habit) == (len(sizes), True, False)
    assert adjusted_rand(label, found.labels) > 0.95
    met = np.bincount(found.labels[found.labels >= 0]).tolist()
    assert met == sorted(met, reverse=True)
    assert met == pytest.approx(sizes, abs=3)
    assert found.memberships.sum(axis=1) == pytest.approx(1)
    assert [trial.k for trial in found.curve] == [2, 3, 4, 5]
    assert "lighed" in found.reason


@pytest.mark.parametrize("seed", range(4))
def test_one_class_has_no_groups(seed):
    rng = np.random.default_rng(seed)
    agree = rng.uniform(0.1, 0.8, 30)
    found = find_groups(votes_of(drawn(rng, np.broadcast_to(agree, (100, 30)), 0.15, missing=0.5)))
    assert (found.k, found.stable, found.memberships.shape) == (0, False, (100, 0))
    assert (found.labels == -1).all()
    assert found.reason.startswith("Ingen stabile grupper")


@pytest.mark.slow
def test_noise_has_no_groups_and_camps_do():
    seen = {"noise": 0, "camps": 0}
    for seed in range(25):
        rng = np.random.default_rng(1000 + seed)
        people, statements = int(rng.integers(30, 300)), int(rng.integers(10, 60))
        seen["noise"] += find_groups(votes_of(drawn(rng, np.full((people, statements), 1 / 3), 1 / 3, missing=0.5))).stable
        seen["camps"] += find_groups(votes_of(camps(rng, people, 40)[0])).k == 2
    assert seen["noise"] == 0
    assert seen["camps"] >= 24


@pytest.mark.parametrize(
    "table",
    [[[1]], [[1, 0, -1]], [[1]] * 30, [[1, 1, 1]] * 30, [[9, 9], [1, 9]], [[1] * 12] * 40, [[1, 9, 9], [9, 1, 9], [9, 9, 1]]],
)
def test_where_nothing_divides_nothing_is_found(table):
    found = find_groups(votes_of(table))
    assert (found.k, found.stable) == (0, False)
    assert found.reason


@settings(max_examples=2, deadline=None)
@given(st.integers(0, 2**32))
def test_order_changes_no_byte(seed):
    table, _ = camps(np.random.default_rng(7), 60, 20)
    order = np.random.default_rng(seed).permutation(int((table != 9).sum()))
    assert same(find_groups(votes_of(table)), find_groups(votes_of(table, order=order)))


@pytest.mark.slow
def test_another_process_with_more_threads_gives_the_same_bytes():
    program = (
        "import hashlib, numpy as np; from tests.evidence.made_votes import camps, votes_of;"
        "from tovholder.evidence.opinion.groups.found import find_groups;"
        "f = find_groups(votes_of(camps(np.random.default_rng(7), 60, 20)[0]));"
        "print(hashlib.sha256(f.labels.tobytes() + f.memberships.tobytes() + repr(f.curve).encode()).hexdigest())"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads, "NUMBA_NUM_THREADS": "1"},
            capture_output=True, text=True, check=True,
        ).stdout
        for threads in ("1", "2")
    }  # fmt: skip
    assert len(said) == 1


def test_few_answers_give_no_label():
    table, _ = camps(np.random.default_rng(3), 80, 30)
    table[:5, 4:] = 9
    found = find_groups(votes_of(table))
    answered = (table != 9).sum(axis=1)
    assert ((found.labels == -1) == (answered < 7)[answered > 0]).all()


def test_the_reason_counts_no_more_statements_than_there_are():
    found = find_groups(votes_from_rows([("a", "1", 1)]))
    assert found.reason == "For få svar til at se efter grupper: 1 har svaret på mindst 1 udsagn."


def test_numbers_stay_when_groups_are_found_again():
    votes, label = classes_of(np.random.default_rng(1), (80, 70))
    found = find_groups(votes)
    known = profiles(found, votes)
    turned = known | {"shares": [groups[::-1] for groups in known["shares"]]}
    other = aligned(turned, found, votes)
    assert other.labels.tolist() == np.where(found.labels >= 0, 1 - found.labels, -1).tolist()
    assert other.memberships.tolist() == found.memberships[:, ::-1].tolist()
    again = aligned(known, other, votes)
    assert again.labels.tolist() == found.labels.tolist()
    assert again.classes.profile.tolist() == found.classes.profile.tolist()


def test_numbers_stay_when_the_smaller_group_grows_past_the_other():
    rng = np.random.default_rng(1)
    table, label = camps(rng, 150, 30)
    large = int(np.bincount(label).argmax())
    first = np.concatenate([np.flatnonzero(label == large), np.flatnonzero(label != large)[:50]])
    before, after = votes_of(table[first]), votes_of(np.concatenate([table, *[table[label != large]] * 2]))
    found, anew = find_groups(before), find_groups(after)
    of_large = {name for name, group in zip(before.participants, found.labels) if group == 0}
    assert len(of_large) > 50
    assert anew.k == found.k == 2
    kept = aligned(profiles(found, before), anew, after)
    sizes = np.bincount(kept.labels[kept.labels >= 0])
    assert sizes[0] < sizes[1], "the group that was the smaller is the larger now, and keeps its number"


def test_groups_that_share_no_statement_and_no_groups_are_left_as_they_are():
    votes, _ = classes_of(np.random.default_rng(1), (80, 70))
    found = find_groups(votes)
    assert aligned(profiles(found, votes) | {"statements": ["andre"] * len(votes.statements)}, found, votes) is found
    none = replace(found, k=0, classes=None)
    assert profiles(none, votes) is None
    assert aligned(profiles(found, votes), none, votes) is none


def test_what_groups_are_known_by_names_nobody_and_survives_json():
    votes, _ = classes_of(np.random.default_rng(1), (80, 70))
    found = find_groups(votes)
    known = json.loads(json.dumps(profiles(found, votes)))
    assert known["statements"] == list(votes.statements)
    assert np.array(known["shares"]).shape == (len(votes.statements), found.k, 3)
    assert np.allclose(np.array(known["shares"]).sum(axis=2), 1, atol=0.002)
    assert set(known) == {"statements", "shares"}


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ([0, 0, 1, 1], [1, 1, 0, 0], 1.0),
        ([0, 0, 1, 1], [0, 1, 0, 1], -0.5),
        ([0, 0, 1, 2], [0, 0, 1, 1], 4 / 7),
        ([-1, 0, 0, 1], [0, 0, 0, 1], 1.0),
        ([-1, -1], [0, 1], 1.0),
    ],
)
def test_adjusted_rand(one, other, alike):
    assert adjusted_rand(np.array(one), np.array(other)) == pytest.approx(alike)


def test_a_new_group_gets_a_free_number():
    assert matching(np.array([0, 0, 1, 1, 1]), np.array([1, 1, 0, 0, 2]), 2, 3).tolist() == [1, 0, 2]


def test_a_result_cannot_be_changed():
    found = find_groups(votes_of([[1]]))
    assert isinstance(found, FoundGroups)
    with pytest.raises(AttributeError):
        found.k = 3
