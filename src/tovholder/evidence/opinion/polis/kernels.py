"""The loops of Polis's clusters: k-means in the plane and its silhouette."""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from tovholder.evidence.opinion.axes.kernels import Real
from tovholder.evidence.opinion.votes import Short, Whole

BLOCK = 8  # Cells of the grid on a side of a block: centers are ruled out for the block first.


@njit(cache=True)
def nearest_centers(x: Real, y: Real, weight: Real, start_x: Real, start_y: Real, rounds: int, still: float) -> tuple[Short, Real]:
    """This will give each point's cluster and the centers, by weighted k-means (Lloyd) until no sorted center moves as far as still.

    At equal distance the last center wins; a center without points goes. The points are looked at cell by cell of a grid, and only
    the centers that can be nearest somewhere in the cell are compared: the same answer as comparing all, many times faster.
    """
    n, side = x.size, BLOCK * min(24, max(1, int(math.sqrt(x.size / 4.0) / BLOCK)))
    border, order, box = _cells(x, y, side)
    cells = side * side
    inside, px, py, pw = np.zeros((cells, 3)), np.empty(n), np.empty(n), np.empty(n)
    for c in range(cells):
        for p in range(border[c], border[c + 1]):
            i = order[p]
            px[p], py[p], pw[p] = x[i], y[i], weight[i]
            inside[c, 0] += pw[p] * px[p]
            inside[c, 1] += pw[p] * py[p]
            inside[c, 2] += pw[p]
    label, number = np.empty(n, dtype=np.int32), np.empty(start_x.size, dtype=np.int32)
    now, before = np.empty((start_x.size, 2)), np.empty((start_x.size, 2))
    for j in range(start_x.size):
        now[j, 0], now[j, 1] = start_x[j], start_y[j]
    k = start_x.size
    for _ in range(rounds):
        sums = _assign(px, py, pw, border, box, inside, now[:k], label[:0])
        now, before, had, k = before, now, k, 0
        for j in range(had):
            number[j] = k
            if sums[j, 2] > 0.0:
                now[k, 0], now[k, 1] = sums[j, 0] / sums[j, 2], sums[j, 1] / sums[j, 2]
                k += 1
        if k == had and _most_moved(before[:k], now[:k]) < still:
            break
    _assign(px, py, pw, border, box, inside, before[:had], label)
    found = np.empty(n, dtype=np.int32)
    for p in range(n):
        found[order[p]] = number[label[p]]
    return found, now[:k]


@njit(cache=True)
def _cells(x: Real, y: Real, side: int) -> tuple[Whole, Short, Real]:
    """The points by cell, cells in blocks of BLOCK x BLOCK: where each cell begins, the points in that order, the box round each."""
    n, blocks = x.size, side // BLOCK
    low_x, low_y, top_x, top_y = x[0], y[0], x[0], y[0]
    for i in range(n):
        low_x, low_y, top_x, top_y = min(low_x, x[i]), min(low_y, y[i]), max(top_x, x[i]), max(top_y, y[i])
    wide, high = max(top_x - low_x, 1e-300) / side, max(top_y - low_y, 1e-300) / side
    cell, border = np.empty(n, dtype=np.int32), np.zeros(side * side + 1, dtype=np.int64)
    box = np.empty((side * side, 4))
    for c in range(side * side):
        box[c, 0] = box[c, 1] = math.inf
        box[c, 2] = box[c, 3] = -math.inf
    for i in range(n):
        across, up = min(side - 1, int((x[i] - low_x) / wide)), min(side - 1, int((y[i] - low_y) / high))
        c = ((across // BLOCK) * blocks + up // BLOCK) * BLOCK * BLOCK + (across % BLOCK) * BLOCK + up % BLOCK
        cell[i] = c
        border[c + 1] += 1
        box[c, 0], box[c, 1] = min(box[c, 0], x[i]), min(box[c, 1], y[i])
        box[c, 2], box[c, 3] = max(box[c, 2], x[i]), max(box[c, 3], y[i])
    order, at = np.empty(n, dtype=np.int32), np.empty(side * side, dtype=np.int64)
    for c in range(side * side):
        at[c] = border[c]
        border[c + 1] += border[c]
    for i in range(n):
        order[at[cell[i]]] = i
        at[cell[i]] += 1
    return border, order, box


@njit(cache=True)
def _near(box: Real, centers: Real, among: Short, many: int, close: Real, chosen: Short) -> int:
    """Which of the centers can be nearest to a point in the box, those that cannot left out; how many."""
    x, y = 0.5 * (box[0] + box[2]), 0.5 * (box[1] + box[3])
    reach, least = math.hypot(box[2] - x, box[3] - y), math.inf
    for j in range(many):
        close[j] = (centers[among[j], 0] - x) ** 2 + (centers[among[j], 1] - y) ** 2
        if close[j] < least:
            least = close[j]
    limit = ((math.sqrt(least) + 2.0 * reach) * (1.0 + 1e-9) + 1e-300) ** 2
    count = 0
    for j in range(many):
        if close[j] <= limit:
            chosen[count] = among[j]
            count += 1
    return count


@njit(cache=True)
def _assign(px: Real, py: Real, pw: Real, border: Whole, box: Real, inside: Real, centers: Real, label: Short) -> Real:
    """Sums of weight x, weight y and weight of each center's points; with label, also the center of each point."""
    k, labelled = centers.shape[0], label.size > 0
    sums, close, everyone = np.zeros((k, 3)), np.empty(k), np.empty(k, dtype=np.int32)
    around, here = np.empty(k, dtype=np.int32), np.empty(k, dtype=np.int32)
    for j in range(k):
        everyone[j] = j
    whole, near_x, near_y = np.empty(4), np.empty(k), np.empty(k)
    for block in range(0, border.size - 1, BLOCK * BLOCK):
        if border[block] == border[block + BLOCK * BLOCK]:
            continue
        whole[0] = whole[1] = math.inf
        whole[2] = whole[3] = -math.inf
        for c in range(block, block + BLOCK * BLOCK):
            whole[0], whole[1] = min(whole[0], box[c, 0]), min(whole[1], box[c, 1])
            whole[2], whole[3] = max(whole[2], box[c, 2]), max(whole[3], box[c, 3])
        some = _near(whole, centers, everyone, k, close, around)
        for c in range(block, block + BLOCK * BLOCK):
            first, last = border[c], border[c + 1]
            if first == last:
                continue
            few = _near(box[c], centers, around, some, close, here)
            if few == 1:
                for d in range(3):
                    sums[here[0], d] += inside[c, d]
                if labelled:
                    for p in range(first, last):
                        label[p] = here[0]
                continue
            for q in range(few):
                near_x[q], near_y[q] = centers[here[q], 0], centers[here[q], 1]
            for p in range(first, last):
                best, best_at = math.inf, 0
                for q in range(few):
                    gap = (px[p] - near_x[q]) ** 2 + (py[p] - near_y[q]) ** 2
                    if gap <= best:
                        best, best_at = gap, q
                if labelled:
                    label[p] = here[best_at]
                mine = sums[here[best_at]]
                mine[0] += pw[p] * px[p]
                mine[1] += pw[p] * py[p]
                mine[2] += pw[p]
    return sums


@njit(cache=True)
def _most_moved(before: Real, after: Real) -> float:
    """The longest way between centers with the same number when both are sorted from left to right."""
    old, new, most = _sorted(before), _sorted(after), 0.0
    for j in range(old.size):
        most = max(most, math.hypot(before[old[j], 0] - after[new[j], 0], before[old[j], 1] - after[new[j], 1]))
    return most


@njit(cache=True)
def _sorted(points: Real) -> Short:
    order = np.empty(points.shape[0], dtype=np.int32)
    for j in range(order.size):
        at = j
        while at > 0 and points[order[at - 1], 0] > points[j, 0]:
            order[at] = order[at - 1]
            at -= 1
        order[at] = j
    return order


@njit(cache=True)
def silhouette(x: Real, y: Real, label: Short, clusters: int) -> float:
    """This will give the mean silhouette (Rousseeuw 1987) of points in the plane, 0 for a point that is alone in its cluster."""
    size, total, sums = np.zeros(clusters, dtype=np.int64), 0.0, np.zeros(clusters)
    for i in range(x.size):
        size[label[i]] += 1
    for i in range(x.size):
        if size[label[i]] < 2:
            continue
        for g in range(clusters):
            sums[g] = 0.0
        for j in range(x.size):
            sums[label[j]] += math.sqrt((x[i] - x[j]) ** 2 + (y[i] - y[j]) ** 2)
        own, other = sums[label[i]] / (size[label[i]] - 1), math.inf
        for g in range(clusters):
            if g != label[i] and size[g] > 0:
                other = min(other, sums[g] / size[g])
        if max(own, other) > 0.0:
            total += (other - own) / max(own, other)
    return total / max(1, x.size)
