"""The statements that set a group apart, tested on votes that did not form the group."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tovholder.evidence.opinion.groups.found import VOTES, FoundGroups
from tovholder.evidence.opinion.groups.partitions import matching
from tovholder.evidence.opinion.groups.starting import map_of
from tovholder.evidence.opinion.groups.thinning import folds, kept, lots
from tovholder.evidence.opinion.groups.trials import fit_groups, sample_of
from tovholder.evidence.opinion.intervals import adjusted, jeffreys
from tovholder.evidence.opinion.votes import AGREE, DISAGREE, Short, Votes, Whole

RATE = 0.10
PARTS = 5
LEVEL = 0.90


@dataclass(frozen=True)
class Representative:
    """One statement on which a group stands apart.

    direction: 1 when more of the group agree than of the others, -1 when more disagree. share: part of the group's `n` answers that do,
    with its 90 % interval `low` to `high`; others: part of the other groups' `n_others` answers. q: the false-discovery rate at which
    the statement is still called a discovery.
    """

    statement: int
    direction: int
    share: float
    low: float
    high: float
    others: float
    n: int
    n_others: int
    q: float


def representative(
    votes: Votes, found: FoundGroups, *, seed: int = 0, rate: float = RATE, most: int | None = None, crossed: Short | None = None
) -> tuple[tuple[Representative, ...], ...]:
    """This will list, for each found group, the statements that more of it than of the others agree or disagree with.

    The votes are dealt in PARTS parts by lot; groups formed on the others are tested on each part in turn, so no vote is tested
    against a group it helped to form. Every statement x group x direction is one test (Fisher 1935, one-sided, exact);
    statements are listed up to the false-discovery rate `rate` over all of them (Benjamini and Hochberg 1995), the surest gap in shares
    first, at most `most` for each group. No groups, no statements. crossed: what crossed_groups gave, when it is known already.
    """
    if not found.k:
        return ()
    group = crossed_groups(votes, found, seed=seed) if crossed is None else crossed
    return tuple(_listed(rows, rate, most) for rows in compared(counted(votes, group, found.k)))


def crossed_groups(votes: Votes, found: FoundGroups, *, seed: int = 0) -> Short:
    """This will give each vote the group its person is in by the other parts of the votes, -1 for none, (votes,).

    Above found.VOTES votes only a lot of the people is placed, as in find_groups.
    """
    some, rows = sample_of(votes, VOTES, seed=seed)
    own = found.labels[rows]
    part = folds(lots(some), PARTS, seed=seed)
    group = np.full(some.count, -1, dtype=np.int32)
    for number in range(PARTS):
        tested = part == number
        forming = kept(some, ~tested)
        fit = fit_groups(forming, map_of(forming), found.k, found.parameters["temper"])
        labels = np.where((own >= 0) & (np.diff(forming.start) > 0), fit.memberships.argmax(axis=1), -1)
        named = matching(own, labels, found.k, found.k)
        group[tested] = np.where(labels >= 0, named[labels], -1)[some.person[tested]]
    if some is votes:
        return group
    whole = np.full(votes.count, -1, dtype=np.int32)
    whole[np.isin(votes.person, rows)] = group
    return whole


def counted(votes: Votes, group: Short, k: int) -> Whole:
    """This will count disagree, pass and agree in each group and statement, (k, m, 3); votes of no group are left out."""
    counts = np.zeros((k, len(votes.statements), 3), dtype=np.int64)
    inside = group >= 0
    np.add.at(counts, (group[inside], votes.statement[inside], votes.answer[inside].astype(np.int64) + 1), 1)
    return counts


def compared(counts: Whole) -> tuple[tuple[Representative, ...], ...]:
    """This will test every statement, group and direction of (k, m, 3) counts, and give the rows by group, none left out."""
    everyone = counts.sum(axis=0)
    n = counts.sum(axis=2)
    n_others = n.sum(axis=0) - n
    answers = (DISAGREE, AGREE)
    hits = np.stack([counts[:, :, answer + 1] for answer in answers])
    of_all = np.stack([everyone[:, answer + 1] for answer in answers])[:, None, :]
    able = np.broadcast_to((n > 0) & (n_others > 0), hits.shape)
    q = np.ones(hits.shape)
    q[able] = adjusted(_at_least(hits, of_all, n, n_others)[able])
    low, high = jeffreys(hits, n, LEVEL)
    rows = []
    for group in range(counts.shape[0]):
        mine = [
            Representative(
                statement, direction, float(hits[side, group, statement] / n[group, statement]),
                float(low[side, group, statement]), float(high[side, group, statement]),
                float((of_all[side, 0, statement] - hits[side, group, statement]) / n_others[group, statement]),
                int(n[group, statement]), int(n_others[group, statement]), float(q[side, group, statement]),
            )
            for side, direction in enumerate(answers)
            for statement in range(counts.shape[1])
            if able[side, group, statement]
        ]  # fmt: skip
        rows.append(tuple(mine))
    return tuple(rows)


def _listed(rows: tuple[Representative, ...], rate: float, most: int | None) -> tuple[Representative, ...]:
    sure = sorted((row for row in rows if row.q <= rate), key=lambda row: (others_below(row), row.statement, row.direction))
    return tuple(sure[:most])


def others_below(row: Representative) -> float:
    """This will give how far the others' share lies below the group's lower bound, negative when it does: the smallest first."""
    return row.others - row.low


def _at_least(hits: Whole, of_all: Whole, n: Whole, n_others: Whole) -> npt.NDArray[np.float64]:
    """The probability of as many hits in the group, or more, if the hits of all had fallen at random."""
    from scipy.stats import hypergeom

    return np.asarray(hypergeom.sf(hits - 1, n + n_others, of_all, n), dtype=np.float64)
