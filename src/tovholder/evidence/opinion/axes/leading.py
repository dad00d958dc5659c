"""The two directions of largest spread, by loops of our own: a threaded library would not give the same bytes everywhere."""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from tovholder.evidence.opinion.axes.kernels import Real
from tovholder.evidence.opinion.votes import Short, Whole

NEAR = 2.0**-46
STEPS = 300


@njit(cache=True)
def _times(gram: Real, begin: Whole, length: Whole, statement: Short, value: Real, x: Real, y: Real) -> None:
    """Puts X'Xx in y: from the cross products when there are some, else row by row from the answers less their means."""
    for j in range(y.size):
        y[j] = 0.0
    if gram.size:
        whole = x.size - x.size % 4
        for i in range(0, whole, 4):
            a, b, c, d = x[i], x[i + 1], x[i + 2], x[i + 3]
            p, q, r, s = gram[i], gram[i + 1], gram[i + 2], gram[i + 3]
            for j in range(x.size):
                y[j] += (p[j] * a + q[j] * b) + (r[j] * c + s[j] * d)
        for i in range(whole, x.size):
            for j in range(x.size):
                y[j] += gram[i, j] * x[i]
        return
    for row in range(begin.size):
        total = 0.0
        for k in range(begin[row], begin[row] + length[row]):
            total += value[k] * x[statement[k]]
        for k in range(begin[row], begin[row] + length[row]):
            y[statement[k]] += value[k] * total


@njit(cache=True)
def _dot(x: Real, y: Real) -> float:
    a = b = c = d = e = f = g = h = 0.0
    whole = x.size - x.size % 8
    for i in range(0, whole, 8):
        a += x[i] * y[i]
        b += x[i + 1] * y[i + 1]
        c += x[i + 2] * y[i + 2]
        d += x[i + 3] * y[i + 3]
        e += x[i + 4] * y[i + 4]
        f += x[i + 5] * y[i + 5]
        g += x[i + 6] * y[i + 6]
        h += x[i + 7] * y[i + 7]
    for i in range(whole, x.size):
        a += x[i] * y[i]
    return ((a + b) + (c + d)) + ((e + f) + (g + h))


@njit(cache=True)
def _apart(vector: Real, basis: Real, count: int) -> float:
    """Takes the part of the vector that lies in the basis out, twice, and gives the length of what is left."""
    for _ in range(2):
        for i in range(count):
            size = _dot(basis[i], vector)
            for j in range(vector.size):
                vector[j] -= size * basis[i, j]
    return math.sqrt(_dot(vector, vector))


@njit(cache=True)
def _shorten(vector: Real, length: float) -> None:
    for j in range(vector.size):
        vector[j] /= length


@njit(cache=True)
def _fixed_start(vector: Real, salt: int) -> None:
    for i in range(vector.size):
        state = (np.int64(i + 1) * np.int64(2654435761) + np.int64(salt) * np.int64(40503)) & 0xFFFFFFFF
        state = ((state ^ (state >> 15)) * np.int64(739982445)) & 0xFFFFFFFF
        state = ((state ^ (state >> 12)) * np.int64(695872825)) & 0xFFFFFFFF
        vector[i] = ((state ^ (state >> 15)) & 0xFFFFFFFF) / 4294967296.0 - 0.5


@njit(cache=True)
def _top(alpha: Real, beta: Real, size: int, vector: Real) -> float:
    """The largest value of a symmetric tridiagonal matrix by halving, its vector by two inverse steps."""
    low, high = -math.inf, -math.inf
    for i in range(size):
        reach = (abs(beta[i - 1]) if i else 0.0) + (abs(beta[i]) if i + 1 < size else 0.0)
        low, high = max(low, alpha[i]), max(high, alpha[i] + reach)
    scale = max(abs(low), abs(high), 1e-300)
    high += scale * 1e-15
    for _ in range(64):
        middle = 0.5 * (low + high)
        if middle <= low or middle >= high:
            break
        pivot, above = alpha[0] - middle, False
        for i in range(size):
            if i:
                pivot = alpha[i] - middle - beta[i - 1] * beta[i - 1] / pivot
            if pivot == 0.0:
                pivot = -scale * 1e-300
            if pivot > 0.0:
                above = True
                break
        if above:
            low = middle
        else:
            high = middle
    shift = high + scale * 4e-16
    pivots = np.empty(size)
    for i in range(size):
        vector[i] = 1.0
        pivots[i] = shift - alpha[i] - (beta[i - 1] * beta[i - 1] / pivots[i - 1] if i else 0.0)
        if pivots[i] < scale * 1e-18:
            pivots[i] = scale * 1e-18
    for _ in range(3):
        for i in range(1, size):
            vector[i] += beta[i - 1] / pivots[i - 1] * vector[i - 1]
        vector[size - 1] /= pivots[size - 1]
        for i in range(size - 2, -1, -1):
            vector[i] = (vector[i] + beta[i] * vector[i + 1]) / pivots[i]
        _shorten(vector[:size], math.sqrt(_dot(vector[:size], vector[:size])))
    return 0.5 * (low + high)


@njit(cache=True)
def leading(gram: Real, begin: Whole, length: Whole, statement: Short, value: Real, width: int) -> tuple[Real, Real]:
    """This will give the two largest eigenvalues of X'X and their vectors, (2,) and (2, width).

    Lanczos with every new vector held apart from all earlier ones (Golub and Van Loan, Matrix Computations, 10.3), once for each
    axis from a fixed start, the second apart from the first: equal values are found as well. A direction without variance is zero.
    """
    found, values = np.zeros((2, width)), np.zeros(2)
    most = min(width, STEPS)
    basis = np.zeros((most + 1, width))
    alpha, beta, small = np.zeros(most), np.zeros(most), np.zeros(most)
    for axis in range(min(2, width)):
        offset = axis
        _fixed_start(basis[offset], axis)
        for j in range(width * offset):
            basis[0, j] = found[0, j]
        _shorten(basis[offset], _apart(basis[offset], basis, offset))
        steps = min(width - offset, most - offset)
        ritz = 0.0
        for step in range(steps):
            here, ahead = basis[offset + step], basis[offset + step + 1]
            _times(gram, begin, length, statement, value, here, ahead)
            alpha[step] = _dot(here, ahead)
            beta[step] = _apart(ahead, basis, offset + step + 1)
            done = step + 1
            level = max(values[0], ritz, alpha[0])
            stuck = beta[step] <= 1e-15 * level
            if stuck or done == steps or done % 5 == 0:
                ritz = _top(alpha, beta, done, small)
                level = max(values[0], ritz)
                if stuck or done == steps or beta[step] * abs(small[done - 1]) <= NEAR * level:
                    break
            _shorten(ahead, beta[step])
        values[axis] = ritz
        for i in range(done):
            for j in range(width):
                found[axis, j] += small[i] * basis[offset + i, j]
        size = _apart(found[axis], found, axis)
        if ritz <= 1e-12 * max(values[0], 1e-300) or size == 0.0:
            values[axis] = 0.0
            for j in range(width):
                found[axis, j] = 0.0
            break
        largest = 0
        _shorten(found[axis], size)
        for j in range(width):
            if abs(found[axis, j]) > abs(found[axis, largest]) + 1e-9:
                largest = j
        if found[axis, largest] < 0.0:
            for j in range(width):
                found[axis, j] = -found[axis, j]
    return values, found
