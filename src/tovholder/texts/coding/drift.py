"""Has something changed along the way: the answers themselves, or how they are coded?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .model import Marks, calibrated, folds_of, held_out, logistic, separated
from .solver import Floats, scores_of
from .space import arrays

FOLDS = 4
DRAWS = 2_000
FEWEST = 30  # coded answers on each side
FALSE_ALARMS = 0.05


@dataclass(frozen=True)
class CodeDrift:
    """One code, before and now. used: share of answers coded with it; expected: what a model of the earlier answers expects.

    p_coding: chance of so large a change in coding when nothing changed; p_answers: the same for the answers. The alarms are after
    correction for the number of codes and of looks.
    """

    code: str
    used_before: float
    used_now: float
    expected_before: float
    expected_now: float
    agreed_before: float
    agreed_now: float
    p_coding: float
    p_answers: float
    coding_changed: bool
    answers_changed: bool


@dataclass(frozen=True)
class Drift:
    """What was compared, code by code; empty when there is too little on one side."""

    before: int
    now: int
    codes: tuple[CodeDrift, ...]

    @property
    def alarms(self) -> tuple[CodeDrift, ...]:
        return tuple(one for one in self.codes if one.coding_changed or one.answers_changed)


def drift(rows: Any, marks: Marks, codes: Sequence[str], *, recent: int, seed: int, look: int = 1) -> Drift:
    """This will compare the last `recent` coded answers with the earlier ones, code by code; rows and marks in the order of coding.

    A model is fitted on the earlier answers only. It predicts earlier and recent answers that it has not seen: both sides are split
    into the same folds, and fold f is predicted by the model of the earlier answers outside f. So under no change the two sides are
    exchangeable within a fold, and shuffling them there gives an exact test (Good 2005, chapter 3). The codes' p-values are
    corrected by Benjamini & Hochberg (1995); look number k spends 1/(k(k+1)) of the five per cent, so that any number of looks
    has at most five. Answers that were chosen for their difficulty are not exchangeable with later ones: give those drawn by lot.
    """
    total = len(marks)
    early = total - recent
    if recent < FEWEST or early < FEWEST or look < 1:
        return Drift(max(early, 0), recent, ())
    fold = np.concatenate([folds_of(early, FOLDS, seed), folds_of(recent, FOLDS, seed + 1)])
    is_recent = np.arange(total) >= early
    likely = np.zeros(marks.shape)
    for one in range(FOLDS):
        taught = ~is_recent & (fold != one)
        slope, offset = calibrated(held_out(rows[taught], marks[taught], seed=seed), marks[taught])
        weights = separated(rows[taught], marks[taught], seed=seed)
        likely[fold == one] = logistic(slope * scores_of(*arrays(rows[fold == one]), weights) + offset)
    missed = marks - likely
    p_coding, p_answers = _by_shuffling(missed, likely, is_recent, fold, np.random.default_rng(seed))
    level = FALSE_ALARMS / (look * (look + 1))
    # Two questions are asked of each code, and both count.
    alarm = discoveries(np.concatenate([p_coding, p_answers]), level)
    agreed = (likely >= 0.5) == marks
    found = []
    for k, code in enumerate(codes):
        sides = [(marks[side, k].mean(), likely[side, k].mean(), agreed[side, k].mean()) for side in (~is_recent, is_recent)]
        (used_before, expected_before, agreed_before), (used_now, expected_now, agreed_now) = sides
        found.append(
            CodeDrift(
                code, float(used_before), float(used_now), float(expected_before), float(expected_now), float(agreed_before),
                float(agreed_now), float(p_coding[k]), float(p_answers[k]), bool(alarm[k]), bool(alarm[k + len(codes)]),
            )
        )  # fmt: skip
    return Drift(early, recent, tuple(found))


def _by_shuffling(
    missed: Floats, likely: Floats, is_recent: Marks, fold: npt.NDArray[np.int64], rng: np.random.Generator
) -> tuple[Floats, Floats]:
    def apart(side: Marks) -> Floats:
        return np.asarray(np.abs(both[side].mean(axis=0) - both[~side].mean(axis=0)))

    both = np.concatenate([missed, likely], axis=1)
    seen = apart(is_recent)
    larger = np.ones(both.shape[1])
    groups = [np.flatnonzero(fold == one) for one in range(int(fold.max()) + 1)]
    for _ in range(DRAWS):
        side = is_recent.copy()
        for group in groups:
            side[group] = is_recent[rng.permutation(group)]
        larger += apart(side) >= seen - 1e-12
    p = larger / (DRAWS + 1)
    return p[: missed.shape[1]], p[missed.shape[1] :]


def discoveries(p: Floats, level: float) -> Marks:
    """This will say which p-values are discoveries with a false share of at most `level`: Benjamini & Hochberg (1995)."""
    order = np.argsort(p, kind="stable")
    passed = p[order] <= level * np.arange(1, len(p) + 1) / len(p)
    last = int(np.flatnonzero(passed).max()) + 1 if passed.any() else 0
    found = np.zeros(len(p), dtype=bool)
    found[order[:last]] = True
    return found
