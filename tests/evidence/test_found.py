import os
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evidence.made_votes import camps, drawn, votes_of
from tovholder.evidence.opinion.found import FoundGroups, aligned, find_groups
from tovholder.evidence.opinion.partitions import adjusted_rand, matching
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
        "from tovholder.evidence.opinion.found import find_groups;"
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
    turned = replace(found, labels=np.where(found.labels >= 0, 1 - found.labels, -1), memberships=found.memberships[:, ::-1])
    again = aligned(found, turned, votes, votes)
    assert again.labels.tolist() == found.labels.tolist()
    assert again.memberships.tolist() == found.memberships.tolist()
    none = replace(found, k=0)
    assert aligned(none, found, votes, votes) is found


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
