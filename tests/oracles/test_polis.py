"""What the real Polis worker published for eight conversations, against Polis-compatible mode."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from tests.oracles.published_polis import ALL_ALIKE, COMPLETE, EARLY_CONSENSUS, LACKING, NAMES, ZEROED, Production
from tovholder.evidence.opinion.polis import PolisResult, polis
from tovholder.evidence.opinion.polis.clusters import group_bases
from tovholder.evidence.opinion.polis.lists import consensus, representative
from tovholder.evidence.opinion.polis.statistics import group_aware_consensus, priorities, statistics

pytestmark = [pytest.mark.oracle, pytest.mark.once]


@pytest.fixture(scope="module", params=NAMES)
def production(request: pytest.FixtureRequest) -> Production:
    return Production(request.param)


@pytest.fixture(scope="module")
def result(production: Production) -> PolisResult:
    return polis(production.votes, groups=production.groups, moderated=production.moderated, meta=production.meta)


def blob_list(production: Production, group: str) -> list[tuple[object, ...]]:
    return [(one["tid"], one["repful-for"], one["n-success"], one["n-trials"]) for one in production.blob["repness"][group]]


def test_group_votes_are_counted_equally(production: Production, result: PolisResult) -> None:
    ours = production.column(result.group_votes)
    assert list(result.group_names) == production.lists
    if production.name in LACKING:
        assert (ours <= production.counts).all()
        assert 0 < (production.counts - ours)[:, 2].sum() <= LACKING[production.name]
    else:
        assert ours.tolist() == production.counts.tolist()


def test_representative_lists_are_the_same_in_the_same_order(production: Production) -> None:
    found = representative(production.counts, statistics(production.counts), production.left_out)
    for group, shown in zip(production.lists, found):
        named = [
            (int(production.statements[one.column]), "agree" if one.for_agree else "disagree", one.successes, one.trials) for one in shown
        ]
        assert named == blob_list(production, group)
        for one, theirs in zip(shown, production.blob["repness"][group]):
            assert one.share == pytest.approx(theirs["p-success"], abs=1e-9)
            assert one.test == pytest.approx(theirs["p-test"], abs=1e-9)
            assert one.ratio == pytest.approx(theirs["repness"], abs=1e-9)
            assert one.ratio_test == pytest.approx(theirs["repness-test"], rel=1e-6), "published in single precision"
            assert (one.agreed is not None) == bool(theirs.get("best-agree"))
            assert one.agreed == theirs.get("n-agree")


def test_the_whole_way_from_votes_gives_the_published_lists(production: Production, result: PolisResult) -> None:
    figures = result.figures()
    for group in production.lists:
        shown = figures["repness"][group]
        assert [(one["tid"], one["repful-for"]) for one in shown] == [one[:2] for one in blob_list(production, group)]
    for side, found in (("agree", result.agreed), ("disagree", result.rejected)):
        assert [int(result.statements[one.column]) for one in found] == [one["tid"] for one in production.blob["consensus"][side]]


def test_consensus_over_all_has_the_published_figures(production: Production) -> None:
    if production.name in LACKING:
        return
    found = consensus(production.column(_everybody(production)), production.left_out)
    for side, shown in zip(("agree", "disagree"), found):
        for one, theirs in zip(shown, production.blob["consensus"][side], strict=True):
            assert (one.successes, one.trials) == (theirs["n-success"], theirs["n-trials"])
            assert one.share == pytest.approx(theirs["p-success"], abs=1e-9)
            assert one.test == pytest.approx(theirs["p-test"], abs=1e-9)


def _everybody(production: Production) -> np.ndarray:
    votes = production.votes
    counts = np.zeros((3, len(votes.statements)), dtype=np.int64)
    for row, chosen in enumerate((votes.answer == 1, votes.answer == -1, votes.answer < 2)):
        np.add.at(counts[row], votes.statement[chosen], 1)
    return counts


def test_group_aware_consensus(production: Production) -> None:
    published = production.blob.get("group-aware-consensus")
    if published is None:
        assert production.name in ZEROED
        return
    if production.name in EARLY_CONSENSUS:
        agreed, seen = production.counts[:, 0], production.counts[:, 2]
        theirs = np.array([[published[tid][group] for tid in production.statements] for group in production.lists])
        np.testing.assert_allclose(agreed / (seen + 1), theirs, atol=1e-9)
        return
    theirs = np.array([published[tid] for tid in production.statements])
    np.testing.assert_allclose(group_aware_consensus(production.counts), theirs, rtol=0, atol=1e-9)


def test_priorities(production: Production) -> None:
    published = production.blob.get("comment-priorities")
    if published is None:
        return
    theirs = [published[tid] for tid in production.statements]
    if production.name in ALL_ALIKE:
        assert set(theirs) == {49}
        return
    extremity = np.array(production.blob["pca"]["comment-extremity"])
    ours = priorities(production.counts, extremity, production.meta_mask.astype(np.int8))
    np.testing.assert_allclose(ours, theirs, rtol=1e-9)


def test_components_projection_and_extremity(production: Production, result: PolisResult) -> None:
    if production.name not in COMPLETE:
        return
    pca, bases = production.blob["pca"], production.blob["base-clusters"]
    theirs = np.array(pca["comps"])
    ours = production.column(result.components.axes)
    cosines = (ours * theirs).sum(axis=1) / np.linalg.norm(ours, axis=1) / np.linalg.norm(theirs, axis=1)
    assert np.abs(cosines) == pytest.approx([1.0, 1.0], abs=1e-4)
    np.testing.assert_allclose(production.column(result.components.center), -np.array(pca["center"]), atol=1e-9)
    if "comment-extremity" in pca:
        np.testing.assert_allclose(production.column(result.components.extremity), pca["comment-extremity"], atol=1e-6)
    row = {name: n for n, name in enumerate(result.participants)}
    middles = np.array([result.components.projection[[row[str(p)] for p in people]].mean(axis=0) for people in bases["members"]])
    published = np.stack([bases["x"], bases["y"]], axis=1)
    # With agree = -1 both the answers and the axes may turn; the middles settle which way each axis lies.
    turned = np.sign((middles * published).sum(axis=0))
    np.testing.assert_allclose(middles * turned, published, atol=1e-6)


def test_base_clusters_give_the_published_groups(production: Production) -> None:
    bases = production.blob["base-clusters"]
    place = {base: n for n, base in enumerate(bases["id"])}
    published = np.empty(len(place), dtype=int)
    for group in production.blob["group-clusters"]:
        published[[place[base] for base in group["members"]]] = group["id"]
    found, centers, _ = group_bases(np.stack([bases["x"], bases["y"]], axis=1), np.array(bases["count"]))
    assert len(centers) == len(production.blob["group-clusters"])
    assert adjusted_rand_score(published, found) == 1.0
