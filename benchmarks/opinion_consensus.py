"""Agreement across sectors: do intervals keep their promise, are lists of agreement backed by evidence, is nobody's answer shown?

    python benchmarks/opinion_consensus.py

Goal E: 90 % intervals hold the true share in 87-93 %; at most 10 % false discoveries when sectors are shuffled; none of the ten statements
most agreed upon has fewer than 7 votes in a sector that counts. Peer: Polis's group-informed consensus (product over groups of
(agree + 1) / (votes + 2), its published formula), with the conversations' published groups in the place of sectors for both.
"""

import argparse
import csv
import os
import time

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"), "1"))

import numpy as np
from open_conversations import CONVERSATIONS, TINY, conversation, names
from opinion_robust import as_votes

from tovholder.evidence.opinion.asking import choosing as asking
from tovholder.evidence.opinion.asking import planning as asking_plan
from tovholder.evidence.opinion.axes.dots import dots
from tovholder.evidence.opinion.cells import suppressed
from tovholder.evidence.opinion.intervals import jeffreys
from tovholder.evidence.opinion.sectors.comparison import AGREEMENT, DIVIDING, across_sectors

EVIDENCE = 7


def told(words, goal, reached, peer=""):
    print(f"{words:66} {goal:>10} {reached:>16} {peer:>16}", flush=True)


def coverage(rng):
    """Whole and worst coverage: a share drawn evenly, and the shares 0.5, 0.6 ... 0.95 one by one."""
    for n in (7, 12, 25, 60, 200):
        share = rng.uniform(0.02, 0.98, 100_000)
        low, high = jeffreys(rng.binomial(n, share), n)
        mean = np.mean((low <= share) & (share <= high))
        each = []
        for fixed in np.linspace(0.5, 0.95, 10):
            low, high = jeffreys(rng.binomial(n, fixed, 20_000), n)
            each.append(np.mean((low <= fixed) & (fixed <= high)))
        told(
            f"90 % interval, {n} asked: mean (lowest and highest at one share)",
            "87-93 %",
            f"{mean:.1%}",
            f"{min(each):.0%}-{max(each):.0%}",
        )


def made_hall(rng, divided):
    """240 people in four sectors, 60 statements, half answered; `divided` of the statements truly differ between sectors."""
    truth = np.repeat(rng.uniform(0.15, 0.85, (60, 1)), 4, axis=1)
    differ = rng.random(60) < divided
    truth[differ] = np.clip(truth[differ] + rng.choice([-0.3, 0.3], (int(differ.sum()), 4)) * (rng.random((1, 4)) < 0.5), 0.03, 0.97)
    differ = truth.max(axis=1) - truth.min(axis=1) > 1e-9
    sector = np.arange(240) % 4
    lot = rng.random((240, 60))
    agree = truth[:, sector].T
    table = np.where(lot < agree, 1, np.where(lot < agree + (1 - agree) / 2, -1, 0))
    return np.where(rng.random((240, 60)) < 0.5, 9, table), sector, truth, differ


def truths(rng):
    """False discoveries, false agreements and the coverage of the largest difference where the truth is known."""
    false = called = wrong = agreed = inside = seen = found = differing = 0
    for _ in range(60):
        table, sector, truth, differ = made_hall(rng, 0.25)
        rows = across_sectors(as_votes(table, [f"{n:05d}" for n in range(60)]), _mapping(sector)).statements
        for row in rows:
            n = int(row.statement)
            differing += bool(differ[n] and row.kind != AGREEMENT)
            if row.kind == DIVIDING:
                called, false, found = called + 1, false + (not differ[n]), found + bool(differ[n])
            if row.kind == AGREEMENT:
                agreed, wrong = agreed + 1, wrong + bool(truth[n].min() <= 0.5)
            if row.difference and row.difference.side == "agree":
                true = truth[n]["ABCD".index(row.difference.more)] - truth[n]["ABCD".index(row.difference.less)]
                seen, inside = seen + 1, inside + bool(row.difference.low <= true <= row.difference.high)
    told("dividing statements that are not, a quarter of all truly differ", "<= 10 %", f"{false / max(called, 1):.1%}")
    told("truly differing statements found", "", f"{found / max(differing, 1):.1%}")
    told("agreement called although a sector's true share is at most half", "<= 5 %", f"{wrong / max(agreed, 1):.1%}")
    told("interval of the largest of six differences holds the truth", ">= 90 %", f"{inside / max(seen, 1):.1%}")


def shuffled(rng):
    """Real votes, sectors drawn at random: everything called dividing is a false discovery."""
    runs = called = statements = 0
    for name in [name for name in names() if name not in TINY]:
        votes = conversation(name)
        for _ in range(20):
            sector_of = dict(zip(votes.participants, rng.choice(list("ABC"), len(votes.participants)), strict=True))
            found = across_sectors(votes, sector_of)
            tested = sum(row.difference is not None for row in found.statements)
            if not tested:
                continue
            runs, called, statements = runs + 1, called + bool(found.ranked(DIVIDING)), statements + tested
    told(f"shuffled sectors, real votes: runs with a dividing statement ({runs} runs)", "<= 10 %", f"{called / runs:.1%}")
    told("statements tested in each such run, mean", "", f"{statements / runs:.0f}")


def evidence_of_lists():
    ours_short = peers_short = ours_all = peers_all = 0
    overlap = []
    for name in [name for name in names() if name not in TINY]:
        votes = conversation(name)
        with (CONVERSATIONS / name / "participants-votes.csv").open(newline="", encoding="utf-8") as file:
            group_of = {row["participant"]: row["group-id"] for row in csv.DictReader(file) if row["group-id"]}
        found = across_sectors(votes, group_of)
        counting = [n for n, sector in enumerate(found.sectors) if sector.counts]
        rows = [n for n, row in enumerate(found.statements) if row.agreement is not None]
        ours = sorted(rows, key=lambda n: -found.statements[n].agreement)[:10]
        counts = found.counts[:, counting]
        peer = np.prod((counts[:, :, 0] + 1) / (counts.sum(axis=2) + 2), axis=1)
        peers = np.argsort(-peer, kind="stable")[:10].tolist()
        least = counts.sum(axis=2).min(axis=1)
        ours_short, ours_all = ours_short + int((least[ours] < EVIDENCE).sum()), ours_all + len(ours)
        peers_short, peers_all = peers_short + int((least[peers] < EVIDENCE).sum()), peers_all + len(peers)
        overlap.append(len(set(ours) & set(peers)) / 10)
    told("of the top ten: under 7 votes in a sector that counts", "0 %", f"{ours_short / ours_all:.1%}", f"{peers_short / peers_all:.1%}")
    told("same ten statements as the peer, mean", "", f"{np.mean(overlap):.2f}")


def exposure(rng):
    """Chosen questions against random ones: error of a sector's share, and what the correction for exposure takes away."""
    rows = {"random": [], "chosen": [], "chosen, corrected": []}
    for seed in range(4):
        votes = conversation("vtaiwan.uberx")
        weights, profile = asking_plan.model(votes)
        most = np.sort(np.argsort(-np.bincount(votes.statement), kind="stable")[:40])
        mix = rng.dirichlet(3 * weights + 0.2, 3)
        people = [rng.choice(len(weights), p=mix[n % 3]) for n in range(240)]
        lot = rng.random((240, 40, 1))
        whole = (lot > np.cumsum(profile[most][:, people].transpose(1, 0, 2), axis=2)).sum(axis=2).clip(0, 2) - 1
        truth = np.stack([(whole[sector::3] == 1).mean(axis=0) for sector in range(3)])
        for policy in ("random", "chosen"):
            table = _asked(whole, policy, np.random.default_rng(seed))
            made = as_votes(table, [f"{n:05d}" for n in range(40)])
            sector_of = _mapping(np.arange(240) % 3)
            rows[policy].append(_errors(across_sectors(made, sector_of), truth))
            if policy == "chosen":
                memberships = asking_plan.fitted(made).memberships
                corrected = across_sectors(made, sector_of, memberships=memberships)
                rows["chosen, corrected"].append(_errors(corrected, truth))
    for words, runs in rows.items():
        error, held = np.mean([run[0] for run in runs]), np.mean([run[1] for run in runs])
        told(f"questions {words}: error of a sector's share; interval holds it", ">= 87 %", f"{error:.4f}", f"{held:.1%}")


def _asked(whole, policy, rng):
    table, made = np.full_like(whole, 9), None
    names_ = [f"{n:05d}" for n in range(whole.shape[1])]
    for turn, person in enumerate(rng.permutation(len(whole))):
        if policy == "chosen" and turn and turn % 10 == 0:
            made = asking_plan.plan(as_votes(table, names_), _mapping(np.arange(240) % 3), names_)
        answers, left = {}, list(names_)
        for _ in range(int(rng.integers(5, 25))):
            if policy == "chosen":
                name = asking.choose(made, left, answers, sector="ABC"[person % 3], device=str(person)).statement
            else:
                name = left[int(rng.integers(len(left)))]
            left.remove(name)
            answers[name] = table[person, int(name)] = int(whole[person, int(name)])
    return table


def _errors(found, truth):
    cells = [(cell, truth["ABC".index(cell.sector), int(row.statement)]) for row in found.statements for cell in row.cells if cell.asked]
    error = np.sqrt(np.mean([(cell.agree_share - true) ** 2 for cell, true in cells]))
    held = np.mean([cell.agree_low <= true <= cell.agree_high for cell, true in cells if cell.asked >= EVIDENCE])
    return error, held


def _mapping(sector):
    return {f"{n:06d}": "ABCD"[code] for n, code in enumerate(sector)}


def speed(rng):
    table = rng.choice([1, 1, -1, 0, 9, 9], (2000, 60))
    votes, sector_of = as_votes(table, [f"{n:05d}" for n in range(60)]), {f"{n:06d}": "ABCDE"[n % 5] for n in range(2000)}
    told(
        "2,000 people, 60 statements, 5 sectors: all rows and lists, CPU ms",
        "few",
        f"{_spent(lambda: across_sectors(votes, sector_of).statements):.1f}",
    )
    told(
        "same, with what is published, small cells hidden, CPU ms",
        "few",
        f"{_spent(lambda: across_sectors(votes, sector_of).figures()):.1f}",
    )
    for people, goal in ((2000, "<= 10"), (100_000, "<= 200")):
        place, group, sector = rng.normal(size=(people, 2)), rng.integers(-1, 3, people), rng.integers(-1, 5, people)
        told(f"dots of {people:,} people, CPU ms", goal, f"{_spent(lambda: dots(place, group, sector, 'ABCDE')):.1f}")  # noqa: B023
    asked = across_sectors(votes, sector_of).counts.sum(axis=2)
    told("cells hidden in that hall", "", f"{1 - suppressed(asked, silent=(5,)).cells[:, :5].mean():.1%}")


def _spent(work):
    times = []
    for _ in range(7):
        before = time.process_time()
        work()
        times.append(time.process_time() - before)
    return 1000 * float(np.median(times))


def main():
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    rng = np.random.default_rng(20261121)
    print(f"left out, too few people: {', '.join(TINY)}\n")
    told("", "goal", "reached", "peer or range")
    coverage(rng)
    truths(rng)
    shuffled(rng)
    evidence_of_lists()
    exposure(rng)
    speed(rng)


if __name__ == "__main__":
    main()
