"""The arithmetic: linear support vectors for all codes at once, and the main directions of a sparse table. Own loops, fixed order."""

from __future__ import annotations

import numba as nb
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Whole = npt.NDArray[np.int64]
Signs = npt.NDArray[np.int8]


@nb.njit(cache=True)
def separate(
    start: Whole, column: Whole, value: Singles, sign: Signs, cost: float, orders: Whole, tolerance: float, weights: Singles, alpha: Singles
) -> int:
    """This will fit weights[d, L] and alpha[n, L] in place: one squared-hinge separation per code, and return the rounds used.

    sign[n, L] is +1 where the row has the code and -1 where not; orders[r, n] is the order of rows in round r. Single precision:
    twice as fast, and the scores of held-out rows differ by less than the tolerance.
    Dual coordinate descent: Hsieh, Chang, Lin, Keerthi & Sundararajan (2008), algorithm 1 with L2 loss.
    """
    rows, codes = sign.shape
    half = 0.5 / cost
    squared = np.zeros(rows)
    for i in range(rows):
        for k in range(start[i], start[i + 1]):
            squared[i] += value[k] * value[k]
    score = np.zeros(codes, np.float32)
    step = np.zeros(codes, np.float32)
    for turn in range(orders.shape[0]):
        worst = 0.0
        for position in range(rows):
            i = orders[turn, position]
            score[:] = 0.0
            for k in range(start[i], start[i + 1]):
                x, at = value[k], column[k]
                for j in range(codes):
                    score[j] += x * weights[at, j]
            moved = False
            for j in range(codes):
                old = alpha[i, j]
                slope = sign[i, j] * score[j] - 1.0 + half * old
                step[j] = 0.0
                if old == 0.0 and slope >= 0.0:
                    continue
                worst = max(worst, abs(slope))
                new = max(old - slope / (squared[i] + half), 0.0)
                alpha[i, j] = new
                if abs(new - old) > 1e-6:
                    step[j] = (new - old) * sign[i, j]
                    moved = True
            if moved:
                for k in range(start[i], start[i + 1]):
                    x, at = value[k], column[k]
                    for j in range(codes):
                        weights[at, j] += x * step[j]
        if worst < tolerance:
            return turn + 1
    return int(orders.shape[0])


@nb.njit(cache=True)
def pulled(start: Whole, column: Whole, value: Floats, pull: Singles, columns: int) -> Singles:
    """This will give the weights that rows make by how hard each pulls at each code, pull[n, L] with its sign: [columns, L]."""
    out = np.zeros((columns, pull.shape[1]), np.float32)
    for i in range(start.shape[0] - 1):
        for k in range(start[i], start[i + 1]):
            x, row = np.float32(value[k]), out[column[k]]
            for j in range(pull.shape[1]):
                row[j] += x * pull[i, j]
    return out


@nb.njit(cache=True)
def scores_of(start: Whole, column: Whole, value: Floats, weights: Floats) -> Floats:
    """This will give row times weights for every row: [n, L]."""
    rows, codes = start.shape[0] - 1, weights.shape[1]
    out = np.zeros((rows, codes))
    for i in range(rows):
        for k in range(start[i], start[i + 1]):
            x = value[k]
            row = weights[column[k]]
            for j in range(codes):
                out[i, j] += x * row[j]
    return out


@nb.njit(cache=True)
def _back(start: Whole, column: Whole, value: Floats, left: Floats, columns: int) -> Floats:
    out = np.zeros((columns, left.shape[1]))
    for i in range(start.shape[0] - 1):
        for k in range(start[i], start[i + 1]):
            x = value[k]
            row = out[column[k]]
            for j in range(left.shape[1]):
                row[j] += x * left[i, j]
    return out


@nb.njit(cache=True)
def _gram(matrix: Floats) -> Floats:
    rows, size = matrix.shape
    out = np.zeros((size, size))
    for i in range(rows):
        for a in range(size):
            x = matrix[i, a]
            for b in range(a, size):
                out[a, b] += x * matrix[i, b]
    for a in range(size):
        for b in range(a):
            out[a, b] = out[b, a]
    return out


@nb.njit(cache=True)
def _orthonormal(matrix: Floats) -> None:
    """Cholesky of the Gram matrix; what is nearly dependent becomes zero."""
    rows, size = matrix.shape
    factor = _gram(matrix)
    scale = 0.0
    for a in range(size):
        scale = max(scale, factor[a, a])
    for a in range(size):
        for k in range(a):
            factor[a, a] -= factor[k, a] * factor[k, a]
        if factor[a, a] <= 1e-12 * scale:
            factor[a, :] = 0.0
            continue
        root = np.sqrt(factor[a, a])
        factor[a, a] = root
        for b in range(a + 1, size):
            rest = factor[a, b]
            for k in range(a):
                rest -= factor[k, a] * factor[k, b]
            factor[a, b] = rest / root
    for i in range(rows):
        for a in range(size):
            if factor[a, a] == 0.0:
                matrix[i, a] = 0.0
                continue
            matrix[i, a] /= factor[a, a]
            x = matrix[i, a]
            for b in range(a + 1, size):
                matrix[i, b] -= x * factor[a, b]


@nb.njit(cache=True)
def _axes(symmetric: Floats) -> tuple[Floats, Floats]:
    """Cyclic Jacobi rotations: eigenvalues and eigenvectors of a symmetric matrix."""
    size = symmetric.shape[0]
    work = symmetric.copy()
    turn = np.eye(size)
    for _ in range(30):
        off = 0.0
        for p in range(size):
            for q in range(p + 1, size):
                off += work[p, q] * work[p, q]
        if off < 1e-22:
            break
        for p in range(size):
            for q in range(p + 1, size):
                if abs(work[p, q]) < 1e-18:
                    continue
                theta = (work[q, q] - work[p, p]) / (2.0 * work[p, q])
                t = (1.0 if theta >= 0.0 else -1.0) / (abs(theta) + np.sqrt(theta * theta + 1.0))
                c = 1.0 / np.sqrt(t * t + 1.0)
                s = t * c
                for k in range(size):
                    a, b = work[p, k], work[q, k]
                    work[p, k], work[q, k] = c * a - s * b, s * a + c * b
                for k in range(size):
                    a, b = work[k, p], work[k, q]
                    work[k, p], work[k, q] = c * a - s * b, s * a + c * b
                    a, b = turn[p, k], turn[q, k]
                    turn[p, k], turn[q, k] = c * a - s * b, s * a + c * b
    values = np.zeros(size)
    for p in range(size):
        values[p] = work[p, p]
    return values, turn


def directions(start: Whole, column: Whole, value: Floats, columns: int, size: int, rng: np.random.Generator, rounds: int = 4) -> Floats:
    """This will give the leading right singular directions of a sparse table, strongest first: [columns, size or fewer].

    Randomised subspace iteration: Halko, Martinsson & Tropp (2011), algorithm 4.4, with own loops so that no number of threads
    changes a bit. The largest entry of each direction is positive.
    """
    rows = start.shape[0] - 1
    wanted = min(size, rows, columns)
    right = rng.standard_normal((columns, min(wanted + 10, rows, columns)))
    for _ in range(rounds):
        left = scores_of(start, column, value, right)
        _orthonormal(left)
        right = _back(start, column, value, left, columns)
        _orthonormal(right)
    left = scores_of(start, column, value, right)
    strength, turn = _axes(_gram(left))
    best = np.argsort(-strength, kind="stable")[:wanted]
    best = best[strength[best] > 1e-9 * max(float(strength.max()), 1e-300)]
    found = scores_of(*_dense(right), np.ascontiguousarray(turn[best].T))
    flip = np.where(found[np.argmax(np.abs(found), axis=0), np.arange(found.shape[1])] < 0, -1.0, 1.0)
    return np.ascontiguousarray(found * flip)


def _dense(matrix: Floats) -> tuple[Whole, Whole, Floats]:
    rows, size = matrix.shape
    return np.arange(rows + 1, dtype=np.int64) * size, np.tile(np.arange(size, dtype=np.int64), rows), matrix.ravel()
