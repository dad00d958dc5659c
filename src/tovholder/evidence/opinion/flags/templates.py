"""Coordinated blocs: many people whose answers follow one pattern more closely than like-minded people's do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tovholder.evidence.opinion.votes import Votes

FEWEST_ANSWERS = 7
FEWEST_PEOPLE = 5
SEEDS = 2000
ROUNDS = 100
COPIED = 0.95
FOLLOWED = 0.85
EVEN = 0.9
MOST = 3
MARGIN = 5
# Bits in 64ths: whole numbers add up to the same sum in any order and on any number of threads.
PART = 64
MISS = int(np.rint(PART * np.log2(1 - COPIED)))

Whole = npt.NDArray[np.int64]
Real = npt.NDArray[np.float64]
Truth = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Template:
    """Row numbers of those who follow one pattern, and the share of their compared answers that do."""

    people: tuple[int, ...]
    alike: float


@dataclass(frozen=True, eq=False)
class _Entries:
    """The answers of those who are looked at: rows 0 to `people` - 1, statement, answer as 0, 1, 2, and what each is worth as a copy."""

    people: int
    statements: int
    row: Whole
    statement: Whole
    answer: Whole
    worth: Whole


def templates(votes: Votes, eligible: Truth) -> tuple[Template, ...]:
    """This will find patterns that at least five people follow too closely to be merely like-minded, the largest first.

    eligible[people]: who is looked at. An answer that follows a pattern counts log2(0.95 / p + 0.05) bits (three at most), p being the
    answer's share among all; one that does not counts log2(0.05): the evidence that it was copied, with one slip in twenty, against an
    answer of one's own. "Do not know" in common tells nothing. The two people with the most evidence against each other are the seed;
    whoever the evidence convicts joins, and the pattern is what most of them answer. A pattern that many follow *nearly* is an
    opinion, not a bloc, and is let go. Pairs are looked for among at most 2,000 people, followers among all.
    """
    given = np.diff(votes.start)
    rows = np.flatnonzero(eligible & (given >= FEWEST_ANSWERS))
    if rows.size < FEWEST_PEOPLE:
        return ()
    entries = _entries(votes, rows)
    seeds = np.unique(np.linspace(0, rows.size - 1, min(SEEDS, rows.size)).round().astype(np.int64))
    pairs = _pairs(entries, seeds)
    needed = PART * (np.log2(rows.size) + MARGIN)
    free = np.ones(rows.size, dtype=bool)
    found: list[Template] = []
    for _ in range(ROUNDS):
        best = int(pairs.argmax())
        if pairs.flat[best] < needed:
            break
        pair = np.array([seeds[best // seeds.size], seeds[best % seeds.size]])
        members, alike = _grown(entries, free, pair)
        if members.size >= FEWEST_PEOPLE:
            found.append(Template(tuple(int(row) for row in rows[members]), alike))
            free[members] = False
        gone = np.isin(seeds, np.union1d(members, pair))
        pairs[gone, :] = pairs[:, gone] = -np.inf
    return tuple(sorted(found, key=lambda one: (-len(one.people), one.people)))


def _entries(votes: Votes, rows: Whole) -> _Entries:
    statements = len(votes.statements)
    count = np.stack([np.bincount(votes.statement[votes.answer == a], minlength=statements) for a in (1, 0, -1)])
    share = (count + 1) / (count.sum(axis=0) + 3)
    bits = np.minimum(np.rint(PART * np.log2(COPIED / share + 1 - COPIED)), MOST * PART).astype(np.int64)
    bits[1] = 0
    place = np.full(len(votes.participants), -1, dtype=np.int64)
    place[rows] = np.arange(rows.size)
    row = place[votes.person]
    used = row >= 0
    statement, answer = votes.statement[used].astype(np.int64), 1 - votes.answer[used].astype(np.int64)
    return _Entries(rows.size, statements, row[used], statement, answer, bits[answer, statement])


def _pairs(entries: _Entries, seeds: Whole) -> Real:
    """Evidence of each pair, both ways; whole numbers below 2 ** 53, so the order of sums does not matter."""
    place = np.full(entries.people, -1, dtype=np.int64)
    place[seeds] = np.arange(seeds.size)
    used = place[entries.row] >= 0
    row, statement = place[entries.row[used]], entries.statement[used]
    asked = np.zeros((seeds.size, entries.statements))
    asked[row, statement] = 1
    total = MISS * (asked @ asked.T)
    for answer in (0, 1, 2):
        here = entries.answer[used] == answer
        same, worth = np.zeros_like(asked), np.zeros_like(asked)
        same[row[here], statement[here]] = 1
        worth[row[here], statement[here]] = entries.worth[used][here] - MISS
        total += worth @ same.T
    np.fill_diagonal(total, -np.inf)
    return np.asarray(total, dtype=np.float64)


def _grown(entries: _Entries, free: Truth, seed: Whole) -> tuple[Whole, float]:
    """The people a seed grows to, and how closely they follow; nobody when the pattern is only an opinion."""
    people, statements = entries.people, entries.statements
    members = np.zeros(people, dtype=bool)
    members[seed] = True
    place = entries.answer * statements + entries.statement
    nobody: tuple[Whole, float] = np.zeros(0, dtype=np.int64), 0.0
    for turn in range(12):
        # The more people follow a pattern, the likelier it is beforehand that one more does.
        convict = PART * (np.log2(people / members.sum()) + MARGIN)
        mine = members[entries.row]
        tally = np.bincount(place[mine], minlength=3 * statements)
        # A member's own answer is taken out of the pattern it is held against.
        same = tally[place] - mine
        other = np.maximum(*(tally[(entries.answer + n) % 3 * statements + entries.statement] for n in (1, 2)))
        known, follows = same != other, same > other
        evidence = np.bincount(entries.row, weights=np.where(follows, entries.worth, MISS) * known, minlength=people)
        number = np.bincount(entries.row, weights=known, minlength=people)
        share = np.bincount(entries.row, weights=follows, minlength=people) / np.maximum(number, 1)
        grown = (evidence >= convict) & (share >= FOLLOWED) & free
        if grown.sum() < 2:
            return nobody
        if turn and (grown == members).all():
            break
        members = grown
    near = free & (number >= 2 * FEWEST_ANSWERS) & ~members & (evidence > -convict / 2)
    if 2 * int(near.sum()) > int(members.sum()):
        return nobody
    common = np.bincount(entries.answer[follows & members[entries.row]], minlength=3)
    # One answer to everything is no shared pattern; `straight` judges those.
    if common.max() >= EVEN * common.sum():
        return nobody
    return np.flatnonzero(members), float((share * number)[members].sum() / number[members].sum())
