"""What a person would answer to a statement: many fine classes together, tilted by the person's own habits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tovholder.evidence.opinion.groups.classes import Classes, Real, fit_classes
from tovholder.evidence.opinion.groups.habits import habits_of, tilted
from tovholder.evidence.opinion.groups.starting import scattered
from tovholder.evidence.opinion.votes import Votes

SIZES = (6, 10, 15)
RUNS = 4
PRIOR = 2.0
PEOPLE_EACH = 4


@dataclass(frozen=True, eq=False)
class Prediction:
    """Fitted mixtures of several sizes, whose chances are averaged, and habits (n, 3) by which the mean is tilted."""

    mixtures: tuple[Classes, ...]
    habits: Real

    def chances(self, person: npt.ArrayLike, statement: npt.ArrayLike) -> Real:
        """This will give the probability of disagree, pass, agree for pairs of row and column numbers, (pairs, 3)."""
        rows = np.asarray(person, dtype=np.int64)
        return tilted(_mean(self.mixtures, rows, statement), self.habits[rows])


def fit_prediction(votes: Votes, *, seed: int = 0) -> Prediction:
    """This will learn from the votes what each person would answer, from RUNS starts of each size in SIZES.

    One mixture gives a person one class nearly for certain; the mean over sizes and starts knows what it does not know (Breiman 1996).
    """
    most = max(2, len(votes.participants) // PEOPLE_EACH)
    starts = (scattered(votes, min(size, most), seed=seed, run=run) for size in SIZES for run in range(RUNS))
    mixtures = tuple(fit_classes(votes, start, prior=PRIOR) for start in starts)
    return Prediction(mixtures, habits_of(votes, _mean(mixtures, votes.person, votes.statement)))


def _mean(mixtures: tuple[Classes, ...], person: npt.ArrayLike, statement: npt.ArrayLike) -> Real:
    total = mixtures[0].told(person, statement)
    for mixture in mixtures[1:]:
        total += mixture.told(person, statement)
    return np.asarray(total / len(mixtures))
