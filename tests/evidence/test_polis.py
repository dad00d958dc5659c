"""Polis-compatible mode: its formulas on numbers worked out by hand, its clusters against the plain way, and the same bytes every time."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import silhouette_score

from tests.evidence.made_votes import camps, votes_of
from tovholder.evidence.opinion.polis import kernels, polis
from tovholder.evidence.opinion.polis.clusters import cluster, grouped_people
from tovholder.evidence.opinion.polis.participants import standing
from tovholder.evidence.opinion.polis.statistics import group_aware_consensus, priorities, statistics
from tovholder.evidence.opinion.votes import votes_from_rows

pytestmark = pytest.mark.once

KEYS = {
    "group_votes",
    "repness",
    "group_aware_consensus",
    "priorities",
    "components",
    "groups",
    "method",
    "version",
    "parameters",
    "digest",
}


def told(votes, **chosen):
    return json.dumps(polis(votes, **chosen).figures(), sort_keys=True)


def plain_means(points, start, rounds, still):
    """Lloyd's iteration as it is written in textbooks, the last of equal centers winning."""
    centers = points[start]
    for _ in range(rounds):
        gaps = ((points[:, None] - centers[None]) ** 2).sum(axis=2)
        labels = gaps.shape[1] - 1 - np.argmin(gaps[:, ::-1], axis=1)
        present = np.unique(labels)
        moved = np.array([points[labels == one].mean(axis=0) for one in present])
        before, labels = centers, np.searchsorted(present, labels)
        centers = moved
        if len(before) == len(centers):
            old, new = before[np.argsort(before[:, 0], kind="stable")], centers[np.argsort(centers[:, 0], kind="stable")]
            if np.sqrt(((old - new) ** 2).sum(axis=1)).max() < still:
                break
    return labels, centers


@pytest.mark.parametrize(("people", "clusters", "seed"), [(1, 1, 1), (7, 3, 2), (300, 5, 3), (1500, 60, 4)])
def test_centers_on_a_grid_are_the_plain_centers(people, clusters, seed):
    rng = np.random.default_rng(seed)
    points = rng.normal(size=(people, 2)) + rng.integers(0, 3, (people, 1)) * 3
    points[::7] = points[0]
    start = np.unique(points, axis=0, return_index=True)[1][:clusters]
    labels, found = kernels.nearest_centers(*points.T.copy(), np.ones(people), *points[start].T.copy(), 100, 0.01)
    plain, centers = plain_means(points, start, 100, 0.01)
    assert labels.tolist() == plain.tolist()
    np.testing.assert_allclose(found, centers, rtol=1e-12, atol=1e-12)


def test_at_equal_distance_the_last_center_wins():
    points = np.array([[0.0, 0.0], [2.0, 0.0], [1.0, 0.0], [0.0, 2.0], [2.0, 2.0], [1.0, 1.0], [1.0, 2.0]])
    labels, _ = kernels.nearest_centers(*points.T.copy(), np.ones(7), *points[[0, 1, 3, 4]].T.copy(), 1, 0.01)
    assert labels.tolist() == [0, 1, 1, 2, 3, 3, 3]


def test_silhouette_is_the_published_one():
    rng = np.random.default_rng(6)
    points, labels = rng.normal(size=(60, 2)), np.r_[rng.integers(0, 3, 59), 3].astype(np.int32)
    assert kernels.silhouette(*points.T.copy(), labels, 4) == pytest.approx(silhouette_score(points, labels), abs=1e-12)


def test_statistics_worked_out_by_hand():
    """Group 0: 8 of 10 agree, 1 disagrees; group 1: 2 of 6 agree, 4 disagree."""
    votes = np.array([[[8], [1], [10]], [[2], [4], [6]]])
    found = statistics(votes)
    assert found.agree_share[:, 0].tolist() == [9 / 12, 3 / 8]
    assert found.disagree_share[1, 0] == 5 / 8
    assert found.agree_test[0, 0] == pytest.approx(2 * math.sqrt(11) * (9 / 11 - 0.5))
    assert found.agree_ratio[0, 0] == pytest.approx((9 / 12) / (3 / 8))
    pooled = 12 / 18
    assert found.agree_ratio_test[0, 0] == pytest.approx((9 / 11 - 3 / 7) / math.sqrt(pooled * (1 - pooled) * (1 / 11 + 1 / 7)))
    assert group_aware_consensus(votes).tolist() == [pytest.approx(9 / 12 * 3 / 8)]
    importance = (1 - 2 / 18) * 1.5 * 11 / 18
    expected = [pytest.approx((importance * (1 + 8 * 2 ** (-16 / 5))) ** 2)]
    assert priorities(votes, np.array([0.5]), np.array([0])).tolist() == expected
    assert priorities(votes, np.array([0.5]), np.array([1])).tolist() == [49.0]


def test_all_of_both_groups_gives_no_difference():
    assert statistics(np.array([[[5], [0], [5]], [[9], [0], [9]]])).agree_ratio_test.tolist() == [[0.0], [0.0]]


def test_two_camps_are_two_groups_and_what_divides_them_represents_them():
    rng = np.random.default_rng(7)
    table, camp = camps(rng, 120, 30, missing=0.3, sharp=0.95)
    table[:, 0] = 1
    result = polis(votes_of(table))
    figures = result.figures()

    assert figures.keys() == KEYS
    assert len({(side, group) for side, group in zip(camp.tolist(), result.group.tolist())}) == 2
    assert [len(shown) for shown in result.representative] == [5, 5]
    assert all(one.column != 0 for shown in result.representative for one in shown if one.agreed is None)
    assert [one.column for one in result.agreed][0] == 0
    assert max(figures["group_aware_consensus"], key=figures["group_aware_consensus"].get) == "s00000"
    assert sum(group["n-members"] for group in figures["group_votes"].values()) == len(figures["groups"]) == 120


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.randoms(use_true_random=False))
def test_any_order_and_batch_gives_the_same_bytes(seed, lot):
    rng = np.random.default_rng(seed)
    table, _ = camps(rng, int(rng.integers(1, 40)), int(rng.integers(1, 15)), missing=0.4)
    rows = [(f"p{p}", str(s), int(table[p, s])) for p, s in zip(*np.nonzero(table != 9))]
    at = rng.integers(0, 50, len(rows)).tolist()
    order = list(range(len(rows)))
    lot.shuffle(order)
    votes = votes_from_rows(rows, at=at)
    again = votes_from_rows([rows[n] for n in order], at=[at[n] for n in order])
    assert told(votes, moderated=["1"], meta=["2"]) == told(again, moderated=["1"], meta=["2"])


def test_given_groups_are_kept_and_strangers_passed_over():
    votes = votes_of([[1, -1], [1, 0], [-1, 9], [0, 1]])
    result = polis(votes, groups={"p00000": "10", "p00001": "10", "p00002": "2", "somebody": "7"})
    assert result.group_names == ("2", "10")
    assert result.figures()["groups"] == {"p00000": "10", "p00001": "10", "p00002": "2"}
    assert result.group_votes.tolist() == [[[0, 0], [1, 0], [1, 0]], [[2, 0], [0, 1], [2, 2]]]


def test_a_moderated_statement_counts_as_answered_by_all_and_is_never_shown():
    rng = np.random.default_rng(8)
    table, _ = camps(rng, 40, 12)
    table[:, 3] = 1
    votes = votes_of(table)
    plain, moderated = polis(votes), polis(votes, moderated=["s00003"])
    assert plain.agreed[0].column == 3
    assert all(one.column != 3 for one in moderated.agreed)
    assert moderated.components.center[3] == 0.0
    seen = (np.delete(table, 3, axis=1) != 9).sum(axis=1) + 1
    raw = np.where(table != 9, table - moderated.components.center, 0.0) @ moderated.components.axes.T
    np.testing.assert_allclose(moderated.components.projection, raw * np.sqrt(12 / seen)[:, None], atol=1e-12)


def test_who_may_be_grouped():
    """Seven votes are needed where there are more statements; too few people, and the most active come along, up to 15."""
    table = np.full((30, 10), 9)
    for person in range(30):
        table[person, : 7 if person < 10 else person % 6 + 1] = 1
    assert sorted(grouped_people(votes_of(table)).tolist()) == [*range(10), 10, 11, 17, 23, 29]


@pytest.mark.parametrize(
    "table",
    [[[1]], [[1, 1, -1]], [[1], [1], [-1]], [[1, 1], [1, 1]], [[0, 0], [0, 0]], [[9, 9], [9, 9]]],
    ids=["one vote", "one participant", "one statement", "all agree", "all pass", "all missing"],
)
def test_degenerate_votes_have_an_answer_of_finite_numbers(table):
    figures = polis(votes_of(table)).figures()
    assert "NaN" not in json.dumps(figures)
    assert "Infinity" not in json.dumps(figures)
    assert figures["groups"].keys() == {f"p{n:05d}" for n, row in enumerate(table) if set(row) != {9}}


def test_standing_in_the_map():
    places = np.array([[0.0, 0.0], [2.0, 0.0], [5.0, 0.0], [9.0, 9.0]])
    found = standing(places, np.array([0, 0, 1, -1], dtype=np.int32))
    middle = 7 / 3
    np.testing.assert_allclose(found[0], [1 - middle, 1 - 1.0, 1.0])
    np.testing.assert_allclose(found[2], [1 - (5 - middle), 1.0, 0.0])
    assert np.isnan(found[3]).all()
    assert np.isnan(standing(places, np.full(4, -1, dtype=np.int32))).all()


def test_clusters_of_nobody():
    assert cluster(votes_from_rows([]), np.zeros((0, 2))).groups.size == 0
