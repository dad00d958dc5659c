"""Five percent who do not mean their answers: do the groups and the agreement of everyone else stand, and are the right people flagged?

    python benchmarks/opinion_robust.py [--seeds 2]

Added to each open conversation, as many as 5 % of those with seven answers or more, each with an honest person's number of answers on
statements as often voted on as they are:
- straight-liners: one answer to everything (half agree, the rest disagree or pass);
- a bloc: one pattern, half of it random and half drawn from the statements' own answers, with 5 % slips.
Goal I: adjusted Rand index of the honest people's groups, before against after, >= 0.9; at most one statement of the ten most agreed
upon changed; precision of the flags >= 0.9. The conversations hold straight-liners of their own, whom a flag names rightly: precision
is shown counting them as right (a row of one answer to 19 of 20 statements *is* one) and, strictly, counting them as wrong.
Before and after are treated alike: everybody counted both times, or flagged people left out both times. Conversations that had no groups
before are not in the mean. Sectors are three random thirds of the people, the added people spread among them.
"""

import argparse
import os
import time

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"), "1"))

import numpy as np
from open_conversations import TINY, conversation, names

from tovholder.evidence.opinion.flags.flagging import flags, without_flagged
from tovholder.evidence.opinion.groups.found import find_groups
from tovholder.evidence.opinion.groups.partitions import adjusted_rand
from tovholder.evidence.opinion.sectors.comparison import across_sectors
from tovholder.evidence.opinion.votes import votes_from_codes

SHARE, SLIPS, FEWEST = 0.05, 0.05, 7


def table_of(votes):
    """This will give the answers as a matrix, 9 where none was given."""
    table = np.full((len(votes.participants), len(votes.statements)), 9, dtype=np.int8)
    table[votes.person, votes.statement] = votes.answer
    return table


def add_people(table, kind, rng):
    """This will give the table with the dishonest people below, and how many they are."""
    given = (table != 9).sum(axis=1)
    number = max(1, round(SHARE * int((given >= FEWEST).sum())))
    share = (table != 9).mean(axis=0)
    rows = np.full((number, table.shape[1]), 9, dtype=np.int8)
    pattern = np.array([rng.choice(column[column != 9]) if (column != 9).any() else 1 for column in table.T])
    pattern = np.where(rng.random(pattern.size) < 0.5, rng.choice([-1, 1], pattern.size), pattern)
    for row in rows:
        many = min(int(rng.choice(given[given >= FEWEST])), int((share > 0).sum()))
        chosen = rng.choice(share.size, size=many, replace=False, p=share / share.sum())
        if kind == "bloc":
            slips = rng.random(many) < SLIPS
            row[chosen] = np.where(slips, rng.integers(-1, 2, many), pattern[chosen])
        else:
            row[chosen] = rng.choice([1, 1, -1, 0])
    return np.vstack([table, rows]), number


def as_votes(table, kept_names):
    person, statement = np.nonzero(table != 9)
    people = [f"{n:06d}" for n in range(len(table))]
    return votes_from_codes(people, kept_names, person, statement, table[person, statement])


def by_person(votes, values, people, empty):
    found = np.full(people, empty)
    found[[int(name) for name in votes.participants]] = values
    return found


def top(votes, sector_of):
    rows = [row for row in across_sectors(votes, sector_of).statements if row.agreement is not None]
    return {row.statement for row in sorted(rows, key=lambda row: -row.agreement)[:10]}


def measure(name, kind, seed):
    votes = conversation(name)
    honest = len(votes.participants)
    table = table_of(votes)
    rng = np.random.default_rng(seed)
    sector_of = {f"{n:06d}": "ABC"[code] for n, code in enumerate(rng.integers(0, 3, 2 * honest))}
    clean = as_votes(table, votes.statements)
    attacked_table, added = add_people(table, kind, rng)
    attacked = as_votes(attacked_table, votes.statements)
    before = time.process_time()
    found = flags(attacked)
    spent = time.process_time() - before
    clean_found = flags(clean)
    own = by_person(clean, clean_found.straight, honest, False)
    flagged = by_person(attacked, found.flagged, honest + added, False)
    straight = by_person(attacked, found.straight, honest + added, False)[:honest] | own
    right, wrong = int(flagged[honest:].sum()), int(flagged[:honest].sum())
    even = int((flagged[:honest] & straight).sum())
    groups, tops = {}, {}
    pairs = {"all": (clean, attacked), "less": (without_flagged(clean, clean_found), without_flagged(attacked, found))}
    for which, pair in pairs.items():
        groups[which] = [by_person(one, find_groups(one).labels, honest + added, -1)[:honest] for one in pair]
        tops[which] = [top(one, sector_of) for one in pair]
    grouped = {which: bool((before >= 0).any()) for which, (before, _) in groups.items()}
    alike = {}
    for which, (before, after) in groups.items():
        judged = (before >= 0) & ~flagged[:honest]
        alike[which] = adjusted_rand(before[judged], after[judged]) if judged.any() and (after >= 0).any() else None
    moved = {which: len(before - after) for which, (before, after) in tops.items()}
    return {
        "added": added, "right": right, "wrong": wrong, "even": even, "alike": alike, "moved": moved, "spent": spent,
        "grouped": grouped,
    }  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=2)
    seeds = parser.parse_args().seeds
    print(f"left out, too few people: {', '.join(TINY)}")
    for kind in ("straight-liners", "bloc"):
        print(f"\n{kind:28} added found wrong even  ARI all/left out  top ten changed all/left out  flags CPU s")
        rows = []
        for name in [name for name in names() if name not in TINY]:
            for seed in range(seeds):
                row = measure(name, kind, seed)
                rows.append(row)
                alike = "/".join("none" if value is None else f"{value:.2f}" for value in row["alike"].values())
                moved = "/".join(map(str, row["moved"].values()))
                counts = f"{row['added']:5} {row['right']:5} {row['wrong']:5} {row['even']:4}"
                print(f"{name[:26]:26} {seed} {counts}  {alike:>17}  {moved:>29}  {row['spent']:11.2f}", flush=True)
        summary(rows)


def summary(rows):
    right, wrong, even = (sum(row[key] for row in rows) for key in ("right", "wrong", "even"))
    print(f"\n{'':44}  goal   reached")
    print(f"{'precision, own straight-liners right':44}  >= 0.9 {(right + even) / max(right + wrong, 1):.3f}")
    print(f"{'precision, own straight-liners wrong':44}  >= 0.9 {right / max(right + wrong, 1):.3f}")
    print(f"{'recall':44}  -      {right / sum(row['added'] for row in rows):.3f}")
    for which, words in (("less", "flagged left out"), ("all", "flagged counted")):
        alike = [row["alike"][which] for row in rows if row["grouped"][which]]
        known = [value for value in alike if value is not None]
        moved = [row["moved"][which] for row in rows]
        print(f"{'ARI of honest people, mean, ' + words:44}  >= 0.9 {np.mean(known):.3f} ({len(alike) - len(known)} with no groups)")
        print(f"{'ARI of honest people, runs >= 0.9, ' + words:44}  all    {sum(value >= 0.9 for value in known)} of {len(alike)}")
        print(f"{'top ten, mean changed, ' + words:44}  <= 1   {np.mean(moved):.2f}; at most 1 in {np.mean(np.array(moved) <= 1):.0%}")


if __name__ == "__main__":
    main()
