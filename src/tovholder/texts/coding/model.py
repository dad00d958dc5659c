"""The linear model: it learns codes from the coders' own labels, and says how sure it is."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numba as nb
import numpy as np
import numpy.typing as npt

from .solver import Floats, Signs, Singles, pulled, scores_of, separate
from .space import Space, arrays

Marks = npt.NDArray[np.bool_]

COST = 0.5
FOLDS = 3
ROUNDS = 30
TOLERANCE = 0.3
MOST_CODES = 6
# Codes beyond these are so unlikely together that they no longer move the expected F1.
_COUNTED = 12


@dataclass(frozen=True, eq=False)
class CodingModel:
    """Weights for each code, and how a score becomes a probability.

    weights[columns, codes]; slope and offset turn a score into a probability (Platt 1999). digest: SHA-256 of what it learned from.
    """

    codes: tuple[str, ...]
    weights: Floats
    slope: float
    offset: Floats
    labelled: int
    seen: tuple[int, ...]
    digest: str

    def raw(self, rows: Any) -> Floats:
        """This will give the scores of rows of the space: [n, codes], 0 on the line between with and without."""
        return scores_of(*arrays(rows), self.weights)

    def likely(self, rows: Any) -> Floats:
        """This will give the probability of each code: [n, codes]."""
        return logistic(self.slope * self.raw(rows) + self.offset)


def logistic(score: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(score, -40, 40))))


@nb.njit(cache=True)
def _decide(likely: Floats, most: int, counted: int) -> tuple[Marks, Floats]:
    rows, codes = likely.shape
    size = min(codes, counted)
    chosen = np.zeros((rows, codes), np.bool_)
    expected = np.zeros(rows)
    others = np.zeros((size, size))
    for i in range(rows):
        order = np.argsort(-likely[i], kind="mergesort")[:size]
        others[:] = 0.0
        for a in range(size):
            others[a, 0] = 1.0
            for b in range(size):
                if b == a:
                    continue
                chance = likely[i, order[b]]
                for t in range(size - 1, 0, -1):
                    others[a, t] = others[a, t] * (1 - chance) + others[a, t - 1] * chance
                others[a, 0] *= 1 - chance
        best, count = -1.0, 0
        for k in range(1, min(most, size) + 1):
            worth = 0.0
            for a in range(k):
                for t in range(size):
                    worth += likely[i, order[a]] * others[a, t] * 2.0 / (k + 1 + t)
            if worth > best:
                best, count = worth, k
        expected[i] = max(best, 0.0)
        for a in range(count):
            chosen[i, order[a]] = True
    return chosen, expected


def decide(likely: Floats) -> tuple[Marks, Floats]:
    """This will choose the codes with the highest expected F1 for each answer, at least one, and give that expectation: [n, codes], [n].

    The codes are taken as independent given the answer: Ye, Chai, Lee & Chieu (2012), section 3; exact over the 12 likeliest.
    """
    return _decide(np.ascontiguousarray(likely), MOST_CODES, _COUNTED)


def separated(rows: Any, marks: Marks, *, seed: int, cost: float = COST) -> Floats:
    """This will fit the weights for all codes: [columns, codes]."""
    return _separated(rows, marks, seed, cost, np.zeros(marks.shape, dtype=np.float32))


def _separated(rows: Any, marks: Marks, seed: int, cost: float, alpha: Singles) -> Floats:
    """The weights from where alpha [n, codes], how hard each row pulls at each code, begins; alpha is left where it ends."""
    start, column, value = arrays(rows)
    used = np.flatnonzero(np.bincount(column, minlength=rows.shape[1]))
    compact = np.zeros(rows.shape[1], dtype=np.int64)
    compact[used] = np.arange(len(used))
    sign: Signs = np.where(marks, 1, -1).astype(np.int8)
    weights = pulled(start, compact[column], value, alpha * sign, len(used))
    rng = np.random.default_rng(seed)
    orders = np.stack([rng.permutation(len(sign)) for _ in range(ROUNDS)]).astype(np.int64)
    separate(start, compact[column], value.astype(np.float32), sign, cost, orders, TOLERANCE, weights, alpha)
    whole = np.zeros((rows.shape[1], sign.shape[1]))
    whole[used] = weights
    return whole


def folds_of(count: int, folds: int, seed: int) -> npt.NDArray[np.int64]:
    """This will draw each row's fold."""
    return np.random.default_rng(seed).permutation(count) % max(2, min(folds, count))


def held_out(rows: Any, marks: Marks, *, seed: int, folds: int = FOLDS) -> Floats:
    """This will give each row the scores of a model that has not seen it: [n, codes]."""
    return _held_out(rows, marks, seed, folds)[0]


def _held_out(rows: Any, marks: Marks, seed: int, folds: int) -> tuple[Floats, Singles]:
    """The scores, and the mean over the models that have seen a row of how hard it pulled in them."""
    fold = folds_of(len(marks), folds, seed)
    scores, pull = np.zeros(marks.shape), np.zeros(marks.shape, dtype=np.float32)
    for one in range(int(fold.max()) + 1):
        seen = fold != one
        alpha = np.zeros((int(seen.sum()), marks.shape[1]), dtype=np.float32)
        weights = _separated(rows[seen], marks[seen], seed, COST, alpha)
        scores[~seen] = scores_of(*arrays(rows[~seen]), weights)
        pull[seen] += alpha
    return scores, pull / np.float32(max(int(fold.max()), 1))


def calibrated(scores: Floats, marks: Marks) -> tuple[float, Floats]:
    """This will find slope and offsets so that the probabilities fit what the coders chose: one slope, one offset a code.

    Newton's steps on the likelihood, the offsets drawn towards their common mean so that rare codes do not swing.
    """
    slope, offset, pull = 3.0, np.full(scores.shape[1], 0.0), 4.0
    target = marks.astype(np.float64)
    for _ in range(50):
        common = float(offset.mean())
        likely = logistic(slope * scores + offset)
        spread = np.maximum(likely * (1 - likely), 1e-9)
        by_slope = float(((likely - target) * scores).sum()) + 0.01 * slope
        by_offset = (likely - target).sum(axis=0) + pull * (offset - common)
        bend = float((spread * scores * scores).sum()) + 0.01
        step_slope = by_slope / bend
        step_offset = by_offset / (spread.sum(axis=0) + pull)
        slope, offset = max(slope - 0.7 * step_slope, 0.1), offset - 0.7 * step_offset
        if abs(step_slope) < 1e-4 and float(np.abs(step_offset).max()) < 1e-4:
            break
    return slope, offset


def fit(rows: Any, marks: Marks, codes: Sequence[str], *, seed: int = 0) -> CodingModel:
    """This will learn from coded answers: rows of a space, marks[n, codes] True where a coder chose the code.

    Raises ValueError when there is nothing to learn from.
    """
    if len(marks) < 4 or not marks.any():
        raise ValueError("Der er for lidt at lære af. Kod mindst fire svar, og brug mindst én kode.")
    scores, pull = _held_out(rows, marks, seed, FOLDS)
    slope, offset = calibrated(scores, marks)
    # The whole begins where its parts ended: a quarter of the rounds. No part begins from another, which has seen its held-out rows.
    weights = _separated(rows, marks, seed, COST, pull)
    seen = tuple(int(count) for count in marks.sum(axis=0))
    return CodingModel(tuple(codes), weights, slope, offset, len(marks), seen, _digest(rows, marks, codes, seed))


def _digest(rows: Any, marks: Marks, codes: Sequence[str], seed: int) -> str:
    found = hashlib.sha256(f"tovholder-coding-1 {seed} {len(codes)}\n".encode())
    for code in codes:
        raw = code.encode("utf-8", "surrogatepass")
        found.update(b"%d:" % len(raw) + raw)
    for array in (*arrays(rows), np.packbits(marks)):
        found.update(np.ascontiguousarray(array).tobytes())
    return found.hexdigest()


def fit_texts(space: Space, texts: Sequence[str], marks: Marks, codes: Sequence[str], *, seed: int = 0) -> CodingModel:
    """This will learn from texts that are not in the table the space was made with."""
    return fit(space.rows(texts), marks, codes, seed=seed)
