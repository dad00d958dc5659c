"""The loops of opinion: whole numbers wherever a sum could depend on the order, and a fixed order everywhere else.

Every loop is compiled without fast mathematics and without threads, so the same votes give the same bytes on any machine.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from numba import njit

from tovholder.evidence.opinion.votes import Short, Sign, Whole

Real = npt.NDArray[np.float64]
FINE = 2.0**50  # A projection is summed in units of one part of this: 200 in absolute value at most, so nothing overflows.
FULL = 32_000  # Four counts share one 64-bit number, 16 bits each; they are emptied before one can run over.


@njit(cache=True)
def pair_sums(begin: Whole, length: Whole, statement: Short, answer: Sign, width: int) -> Short:
    """This will give whole sums over those who answered both of two statements a <= b, (width, width, 4).

    The four are the products of the two answers (V'V), the answers to a and those to b (V'O), and the number of persons (O'O). Each
    row names a statement once, in rising order.
    """
    sums = np.zeros((width, width, 4), dtype=np.int32)
    packed = np.zeros(width * (width + 1) // 2, dtype=np.int64)
    met = np.zeros(width, dtype=np.int64)
    place, step = np.empty(width, dtype=np.uint64), np.empty((3, width), dtype=np.int64)
    for row in range(begin.size):
        first, size, full = begin[row], np.uint64(length[row]), False
        for k in range(size):
            c, y = statement[first + np.int64(k)], np.int64(answer[first + np.int64(k)])
            place[k] = c
            met[c] += 1
            full = full or met[c] >= FULL
            for x in range(-1, 2):
                step[x + 1, k] = 1 + x * 65536 + y * (np.int64(4294967296) + x * np.int64(281474976710656))
        for k in range(size):
            a = np.int64(place[k])
            line, steps = packed[a * width - a * (a + 1) // 2 :], step[answer[first + np.int64(k)] + 1]
            for j in range(k, size):
                line[place[j]] += steps[j]
        if full:
            _unpack(packed, sums)
            met[:] = 0
    _unpack(packed, sums)
    return sums


@njit(cache=True)
def _unpack(packed: Whole, sums: Short) -> None:
    width, at = sums.shape[0], -1
    for a in range(width):
        for b in range(a, width):
            at += 1
            rest = packed[at]
            if rest == 0:
                continue
            packed[at] = 0
            seen = rest & 65535
            rest = (rest - seen) >> 16
            own = ((rest & 65535) ^ 32768) - 32768
            rest = (rest - own) >> 16
            other = ((rest & 65535) ^ 32768) - 32768
            sums[a, b, 0] += (rest - other) >> 16
            sums[a, b, 1] += own
            sums[a, b, 2] += other
            sums[a, b, 3] += seen


@njit(cache=True)
def spread(sums: Short, used: Whole, center: Real) -> Real:
    """This will give the cross products of the answers less their means, (used, used), a missing answer being the mean."""
    gram = np.empty((used.size, used.size))
    for i in range(used.size):
        for j in range(i, used.size):
            a, b = used[i], used[j]
            if a > b:
                a, b = b, a
            x, y, both = center[a], center[b], sums[a, b]
            gram[i, j] = (both[0] - (both[1] * y + both[2] * x)) + both[3] * (x * y)
    for i in range(0, used.size, 32):
        for j in range(i, used.size):
            for k in range(i, min(i + 32, j)):
                gram[j, k] = gram[k, j]
    return gram


@njit(cache=True)
def project(begin: Whole, length: Whole, statement: Short, answer: Sign, table: Whole, used: Sign, columns: int, extra: int) -> Real:
    """This will give each person's place on the two axes, (persons, 2), scaled sqrt(columns / max(1, answers + extra)).

    table[c, answer + 1] is the step of one answer in units of 1 / FINE: whole numbers, so the order of a row's answers is free.
    """
    places = np.zeros((begin.size, 2))
    for row in range(begin.size):
        x = y = np.int64(0)
        seen = extra
        for k in range(begin[row], begin[row] + length[row]):
            c, a = statement[k], answer[k] + 1
            x += table[c, a, 0]
            y += table[c, a, 1]
            seen += used[c]
        scale = math.sqrt(columns / max(1, seen)) / FINE
        places[row, 0] = x * scale
        places[row, 1] = y * scale
    return places


@njit(cache=True)
def counts_by_group(begin: Whole, length: Whole, statement: Short, answer: Sign, group: Short, groups: int, width: int) -> Whole:
    """This will count agree, disagree and all answers, (groups, 3, width), of the persons whose group is not negative."""
    counts = np.zeros((groups, 3, width), dtype=np.int64)
    for row in range(begin.size):
        if group[row] < 0:
            continue
        mine = counts[group[row]]
        for k in range(begin[row], begin[row] + length[row]):
            c = statement[k]
            mine[0, c] += answer[k] == 1
            mine[1, c] += answer[k] == -1
            mine[2, c] += 1
    return counts
