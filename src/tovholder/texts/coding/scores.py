"""How well codes were found: F1 in three ways and the share that is wholly right, with intervals; and how it grows with the labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .choosing import LOT_SHARE, next_to_ask
from .model import Marks, calibrated, decide, fit, folds_of, held_out, logistic
from .solver import Floats

DRAWS = 1_000


@dataclass(frozen=True)
class Score:
    """A measure with the interval that holds it in 95 of 100 draws of the answers."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Scores:
    """samples: mean F1 of each answer. micro: all codes in one pot. macro: mean F1 of each code that is used. subset: all codes right."""

    samples: Score
    micro: Score
    macro: Score
    subset: Score
    answers: int


@dataclass(frozen=True)
class CurvePoint:
    """The score on answers nobody asked about, after so many labels."""

    labelled: int
    samples: Score


def _figures(true: Marks, found: Marks, times: npt.NDArray[np.int64]) -> tuple[float, float, float, float]:
    weight = times.astype(np.float64)
    both = true & found
    size = true.sum(axis=1) + found.sum(axis=1)
    # Nothing chosen and nothing to choose is wholly right.
    each = np.where(size == 0, 1.0, 2.0 * both.sum(axis=1) / np.maximum(size, 1))
    total = float(weight.sum())
    hits, sizes = (both * weight[:, None]).sum(axis=0), (weight[:, None] * true).sum(axis=0) + (weight[:, None] * found).sum(axis=0)
    used = sizes > 0
    micro = float(2 * hits.sum() / sizes.sum()) if used.any() else 1.0
    macro = float((2 * hits[used] / sizes[used]).mean()) if used.any() else 1.0
    right = (true == found).all(axis=1)
    return float((weight * each).sum()) / total, micro, macro, float((weight * right).sum()) / total


def scores(true: Marks, found: Marks, *, rng: np.random.Generator, draws: int = DRAWS) -> Scores:
    """This will compare chosen codes with true ones, [n, codes] each; raises ValueError when there are no answers or sizes differ.

    Intervals: percentile bootstrap over answers, Efron & Tibshirani (1993), chapter 13.
    """
    if true.shape != found.shape or not len(true):
        raise ValueError("Der skal være lige mange svar og koder på begge sider, og mindst ét svar.")
    count = len(true)
    point = _figures(true, found, np.ones(count, dtype=np.int64))
    drawn = np.array([_figures(true, found, np.bincount(rng.integers(0, count, count), minlength=count)) for _ in range(draws)])
    edges = np.quantile(drawn, [0.025, 0.975], axis=0)
    samples, micro, macro, subset = (Score(point[k], float(edges[0, k]), float(edges[1, k])) for k in range(4))
    return Scores(samples, micro, macro, subset, count)


def by_code(true: Marks, found: Marks, codes: Sequence[str]) -> tuple[tuple[str, float, int, int], ...]:
    """This will give each code's F1, how often the coders chose it and how often the model did."""
    rows = []
    for k, code in enumerate(codes):
        chosen, wanted = int(found[:, k].sum()), int(true[:, k].sum())
        hit = int((true[:, k] & found[:, k]).sum())
        rows.append((code, 2 * hit / (chosen + wanted) if chosen + wanted else 0.0, wanted, chosen))
    return tuple(rows)


def cross_validated(rows: Any, marks: Marks, *, seed: int, folds: int = 5) -> Marks:
    """This will choose codes for each answer with a model and a calibration that have not seen it: [n, codes].

    The directions of the space come from all texts without their labels; labels are held out throughout.
    """
    found = np.zeros(marks.shape, dtype=bool)
    fold = folds_of(len(marks), folds, seed)
    for one in range(int(fold.max()) + 1):
        away = fold == one
        if not marks[~away].any() or len(marks[~away]) < 4:
            continue
        model = fit(rows[~away], marks[~away], [str(k) for k in range(marks.shape[1])], seed=seed)
        found[away] = decide(model.likely(rows[away]))[0]
    return found


def quick(rows: Any, marks: Marks, *, seed: int) -> Marks:
    """This will choose codes from held-out scores calibrated across the other folds; four fits instead of twenty-five."""
    held = held_out(rows, marks, seed=seed)
    fold = folds_of(len(marks), 4, seed)
    likely = np.zeros(held.shape)
    for one in range(int(fold.max()) + 1):
        away = fold == one
        slope, offset = calibrated(held[~away], marks[~away])
        likely[away] = logistic(slope * held[away] + offset)
    return decide(likely)[0]


def learning_curve(
    rows: Any,
    places: Floats,
    marks: Marks,
    sizes: Sequence[int],
    *,
    seed: int,
    actively: bool,
    test: npt.NDArray[np.int64],
    random_share: float = LOT_SHARE,
    first: int = 50,
    batch: int = 25,
) -> tuple[CurvePoint, ...]:
    """This will replay the coding: choose, read the labels, fit; and score the answers in `test`, which are never asked about.

    rows[n, columns], places[n, m], marks[n, codes]; sizes: after how many labels to score, rising.
    """
    rng = np.random.default_rng(seed)
    pool = np.setdiff1d(np.arange(len(marks)), test)
    here, known = np.ascontiguousarray(places[pool]), marks[pool]
    rows_here, codes = rows[pool], [str(k) for k in range(marks.shape[1])]
    order = rng.permutation(len(pool))
    asked: list[int] = []
    points = []
    for size in sorted(min(size, len(pool)) for size in sizes):
        while len(asked) < size:
            if not actively or size == len(pool):
                asked = [int(i) for i in order[:size]] if not actively else list(range(len(pool)))
                break
            doubt = None
            # Later choices come in larger lots: one more label among thousands changes little.
            wanted = min(first if not asked else max(batch, len(asked) // 8), size - len(asked))
            if len(asked) >= 4 and known[asked].any():
                doubt = 1.0 - decide(fit(rows_here[asked], known[asked], codes, seed=seed).likely(rows_here))[1]
            chosen = next_to_ask(here, asked, wanted, rng=rng, doubt=doubt, random_share=random_share)
            asked += [one.position for one in chosen]
        if len(asked) < 4 or not known[asked].any():
            continue
        found = decide(fit(rows_here[asked], known[asked], codes, seed=seed).likely(rows[test]))[0]
        points.append(CurvePoint(len(asked), scores(marks[test], found, rng=np.random.default_rng(seed)).samples))
    return tuple(points)
