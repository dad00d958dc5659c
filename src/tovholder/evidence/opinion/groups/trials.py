"""Trying one number of groups: how far they last when votes are taken away, and how much better they tell a hidden vote."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from tovholder.evidence.opinion.groups.classes import SHORT, Classes, Real, best_classes, fit_classes, shares
from tovholder.evidence.opinion.groups.habits import habits_of, tilted
from tovholder.evidence.opinion.groups.partitions import adjusted_rand, matching
from tovholder.evidence.opinion.groups.starting import Map, map_of, starts
from tovholder.evidence.opinion.groups.thinning import Mask, drawn, kept, lots, scatter
from tovholder.evidence.opinion.votes import Votes, Whole

PRIOR = 8.0


@dataclass(frozen=True)
class Trial:
    """What came of trying k groups.

    stability: mean adjusted Rand index between the middle fit and the others (all votes, and votes less a tenth); spread: its lowest.
    gain: nats by which a hidden vote is told better than from its statement alone; beyond: than from its statement and its person's
    habits; gain_error, beyond_error: their standard errors over the draws. smallest: people in the smallest group.
    """

    k: int
    stability: float
    spread: float
    gain: float
    gain_error: float
    beyond: float
    beyond_error: float
    smallest: int


@dataclass(frozen=True, eq=False)
class Draw:
    """Votes with a part hidden: what is left, its map, the hidden entries, their chances by statement alone and with habits (hidden,)."""

    votes: Votes
    people: Map
    hidden: npt.NDArray[np.int64]
    plain: Real
    habitual: Real


@dataclass(frozen=True, eq=False)
class Tried:
    """A trial with the memberships it gave, and its fits, each with the order in which its classes are the same groups."""

    trial: Trial
    memberships: Real
    fits: tuple[tuple[Classes, Whole], ...]


def draws_of(votes: Votes, *, seed: int, draws: int, share: float) -> tuple[Draw, ...]:
    """This will hide a share of the votes, so many times, by lot; raises ValueError for a share outside 0 to 1."""
    lots_of = lots(votes)
    return tuple(_draw(votes, drawn(lots_of, seed=seed, draw=number, share=share)) for number in range(draws))


def sample_of(votes: Votes, most: int, *, seed: int) -> tuple[Votes, Whole]:
    """This will give the votes of as many people, by lot, as together have about `most` votes, and these people's row numbers."""
    rows = np.arange(len(votes.participants))
    if votes.count <= most:
        return votes, rows
    rows = np.flatnonzero(scatter(votes, 1, seed=seed, run=-2)[:, 0] < most / votes.count)
    some = kept(votes, np.isin(votes.person, rows))
    start = np.concatenate([some.start[:1], some.start[1:][rows]])
    names = tuple(votes.participants[row] for row in rows)
    return replace(some, participants=names, start=start, person_rank=votes.person_rank[rows]), rows


def _draw(votes: Votes, out: Mask) -> Draw:
    left, hidden = kept(votes, ~out), np.flatnonzero(out)
    own = shares(left)
    told = own[votes.statement[hidden]]
    habits = habits_of(left, own[left.statement])
    return Draw(left, map_of(left), hidden, _met(votes, hidden, told), _met(votes, hidden, tilted(told, habits[votes.person[hidden]])))


def _met(votes: Votes, entries: npt.NDArray[np.int64], told: Real) -> Real:
    return told[np.arange(entries.size), votes.answer[entries].astype(np.int64) + 1]


def fit_groups(votes: Votes, people: Map, k: int, temper: float) -> Classes:
    """This will fit k groups from every start and keep the best."""
    return best_classes(votes, starts(people, k), temper=temper, prior=PRIOR)


def tried(votes: Votes, people: Map, draws: tuple[Draw, ...], counted: Mask, k: int, temper: float) -> Tried:
    """This will fit k groups to the votes and to every draw of them, and compare all fits with the one in their middle.

    The middle is the fit most like the others (their medoid), so one fit in a rare corner does not decide. memberships are the mean
    over the fits, each given all of a person's votes.
    """
    whole = fit_groups(votes, people, k, temper)
    fits = [fit_groups(draw.votes, draw.people, k, temper) for draw in draws]
    labels = [np.where(counted, fit.memberships.argmax(axis=1), -1) for fit in (whole, *fits)]
    alike = np.array([[adjusted_rand(one, other) for other in labels] for one in labels])
    middle = int(alike.sum(axis=1).argmax())
    others = np.delete(alike[middle], middle)
    orders = [np.argsort(matching(labels[middle], its, k, k)) for its in labels]
    same_order = tuple(zip((whole, *fits), orders, strict=True))
    memberships = placed(votes, same_order)
    sizes = np.bincount(np.where(counted, memberships.argmax(axis=1), k), minlength=k + 1)[:k]
    gains = np.array([_gains(votes, draw, fit) for draw, fit in zip(draws, fits, strict=True)])
    (gain, beyond), (error, beyond_error) = gains.mean(axis=0).tolist(), (gains.std(axis=0, ddof=1) / len(draws) ** 0.5).tolist()
    trial = Trial(k, float(others.mean()), float(others.min()), gain, error, beyond, beyond_error, int(sizes.min()))
    return Tried(trial, memberships, same_order)


def placed(votes: Votes, fits: tuple[tuple[Classes, Whole], ...]) -> Real:
    """This will give the mean over the fits of everybody's memberships, each fit's classes taken in its order, (participants, K)."""
    total = np.zeros((len(votes.participants), fits[0][1].size))
    for fit, order in fits:
        total += fit.places(votes)[:, order]
    return np.asarray(total / len(fits))


def settled(votes: Votes, memberships: Real, temper: float) -> Classes:
    """This will fit all votes from the memberships, a short way, to give each group its distribution of answers."""
    return fit_classes(votes, memberships, temper=temper, prior=PRIOR, rounds=SHORT)


def _gains(votes: Votes, draw: Draw, fit: Classes) -> tuple[float, float]:
    if not draw.hidden.size:
        return 0.0, 0.0
    left, person = draw.votes, votes.person[draw.hidden]
    told = fit.told(person, votes.statement[draw.hidden])
    habits = habits_of(left, fit.told(left.person, left.statement))
    better = np.log(_met(votes, draw.hidden, told) / draw.plain)
    beyond = np.log(_met(votes, draw.hidden, tilted(told, habits[person])) / draw.habitual)
    return float(better.mean()), float(beyond.mean())
