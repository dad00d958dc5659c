"""Polis-compatible mode against eight results of the real Polis worker: goal A, quantity by quantity.

    python benchmarks/opinion_conformance.py

Given production's groups: counts, group-aware consensus, shares, tests and ratios, the lists and their order, priorities. From the votes:
components, projection and the whole way to the lists. Given production's base clusters: the number of groups and who is in which. Nothing
starts from production's history, which nobody can: base clusters there are carried on from update to update, so a cold start is told
about (the last column) and held to nothing.
"""

import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from sklearn.metrics import adjusted_rand_score  # noqa: E402

from tests.oracles.published_polis import ALL_ALIKE, COMPLETE, EARLY_CONSENSUS, LACKING, NAMES, ZEROED, Production  # noqa: E402
from tovholder.evidence.opinion.polis import polis  # noqa: E402
from tovholder.evidence.opinion.polis.clusters import group_bases  # noqa: E402
from tovholder.evidence.opinion.polis.lists import representative  # noqa: E402
from tovholder.evidence.opinion.polis.statistics import group_aware_consensus, priorities, statistics  # noqa: E402

HEADER = (
    "conversation",
    "counts",
    "GAC",
    "p, z, r",
    "lists",
    "way",
    "consensus",
    "priorities",
    "components",
    "bases",
    "k, ARI",
    "cold k, ARI",
)


def compared(production):
    """One row of the table: each cell a text, and whether the goal is met in it."""
    counts, blob = production.counts, production.blob
    result = polis(production.votes, groups=production.groups, moderated=production.moderated, meta=production.meta)
    shown = representative(counts, statistics(counts), production.left_out)
    published = [blob["repness"][group] for group in production.lists]
    same = [
        [int(production.statements[one.column]) for one in ours] == [one["tid"] for one in theirs] for ours, theirs in zip(shown, published)
    ]
    figures = result.figures()["repness"]
    way = [[one["tid"] for one in figures[group]] == [one["tid"] for one in theirs] for group, theirs in zip(production.lists, published)]
    pairs = [(one, theirs) for ours, group in zip(shown, published) for one, theirs in zip(ours, group)]
    error = max(max(abs(a.share - b["p-success"]), abs(a.test - b["p-test"]), abs(a.ratio - b["repness"])) for a, b in pairs)
    both = (("agree", result.agreed), ("disagree", result.rejected))
    lists = [
        [int(result.statements[one.column]) for one in found] == [one["tid"] for one in blob["consensus"][side]] for side, found in both
    ]
    return (
        production.name[:24],
        *counted(production, result),
        *consensus_error(production),
        (f"{error:.0e}", error <= 1e-9),
        (f"{sum(same)}/{len(same)}", all(same)),
        (f"{sum(way)}/{len(way)}", all(way)),
        (f"{sum(lists)}/2", all(lists)),
        *priority_error(production),
        *component_errors(production, result),
        *grouped(production),
        (cold(production), True),
    )


def counted(production, result):
    ours = production.column(result.group_votes)
    if production.name in LACKING:
        return (("export", True),)
    different = int((ours != production.counts).sum())
    return ((f"{different} off", different == 0),)


def consensus_error(production):
    published = production.blob.get("group-aware-consensus")
    if published is None or production.name in EARLY_CONSENSUS:
        return (("older", True),)
    error = np.abs(group_aware_consensus(production.counts) - [published[tid] for tid in production.statements]).max()
    return ((f"{error:.0e}", error <= 1e-9),)


def priority_error(production):
    published = production.blob.get("comment-priorities")
    if published is None:
        return (("none", True),)
    if production.name in ALL_ALIKE:
        return (("all 49", True),)
    theirs = np.array([published[tid] for tid in production.statements])
    ours = priorities(production.counts, np.array(production.blob["pca"]["comment-extremity"]), production.meta_mask.astype(np.int8))
    error = np.abs(ours / theirs - 1).max()
    return ((f"{error:.0e}", error <= 1e-9),)


def component_errors(production, result):
    if production.name not in COMPLETE:
        reason = "older" if production.name in ZEROED else "export"
        return ((reason, True), (reason, True))
    theirs, bases = np.array(production.blob["pca"]["comps"]), production.blob["base-clusters"]
    ours = production.column(result.components.axes)
    cosine = np.abs((ours * theirs).sum(axis=1) / np.linalg.norm(ours, axis=1) / np.linalg.norm(theirs, axis=1)).min()
    row = {name: n for n, name in enumerate(result.participants)}
    middles = np.array([result.components.projection[[row[str(p)] for p in people]].mean(axis=0) for people in bases["members"]])
    centers = np.stack([bases["x"], bases["y"]], axis=1)
    away = np.abs(middles * np.sign((middles * centers).sum(axis=0)) - centers).max()
    return ((f"1-{1 - cosine:.0e}", cosine >= 0.9999), (f"{away:.0e}", away <= 1e-6))


def grouped(production):
    bases = production.blob["base-clusters"]
    place = {base: n for n, base in enumerate(bases["id"])}
    published = np.empty(len(place), dtype=int)
    for group in production.blob["group-clusters"]:
        published[[place[base] for base in group["members"]]] = group["id"]
    found, centers, _ = group_bases(np.stack([bases["x"], bases["y"]], axis=1), np.array(bases["count"]))
    ari = adjusted_rand_score(published, found)
    return ((f"{len(centers)}, {ari:.1f}", len(centers) == len(production.blob["group-clusters"]) and ari == 1.0),)


def cold(production):
    result = polis(production.votes, moderated=production.moderated, meta=production.meta)
    found = result.figures()["groups"]
    both = [name for name in found if name in production.groups]
    ari = adjusted_rand_score([production.groups[name] for name in both], [found[name] for name in both])
    return f"{len(result.group_names)} of {len(production.lists)}, {ari:.2f}"


def main():
    width = (24, 7, 7, 8, 6, 6, 10, 11, 11, 8, 8, 12)
    print("  ".join(f"{word:{size}}" for word, size in zip(HEADER, width)))
    kept = True
    for name in NAMES:
        first, *cells = compared(Production(name))
        kept = kept and all(met for _, met in cells)
        marked = [text if met else f"!{text}" for text, met in cells]
        print("  ".join(f"{word:{size}}" for word, size in zip((first, *marked), width)))
    print(
        "\ncounts: cells that differ. way: lists from the votes all the way. components: least |cos| of the two axes. bases: distance to\n"
        "production's base centers. export: three people's 395 votes are in no export, so counts and axes cannot be equal; older: the\n"
        "mathematics of 2017 (moderated statements 0 for everybody in the counts too, missing answers 0; another consensus); all 49: the\n"
        "routing fault of 2025. An exclamation mark: goal not reached.\n"
        f"\nGoal A: {'reached' if kept else 'NOT reached'} on {len(NAMES)} results"
    )


if __name__ == "__main__":
    main()
