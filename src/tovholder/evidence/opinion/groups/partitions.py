"""Two divisions of the same people into groups: how alike they are, and which group in one is which in the other."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tovholder.evidence.opinion.votes import Whole

Labels = npt.NDArray[np.integer]


def overlaps(first: Labels, second: Labels, rows: int, columns: int) -> Whole:
    """This will count the people in group i of the first and j of the second, (rows, columns); people outside either are left out."""
    both = (first >= 0) & (second >= 0)
    flat = first[both].astype(np.int64) * columns + second[both]
    return np.bincount(flat, minlength=rows * columns).reshape(rows, columns)


def adjusted_rand(first: Labels, second: Labels) -> float:
    """This will give how alike two divisions are: 1 the same, 0 as by chance (Hubert and Arabie 1985); -1 in either is left out."""
    both = (first >= 0) & (second >= 0)
    if not both.any():
        return 1.0
    table = overlaps(first, second, int(first[both].max()) + 1, int(second[both].max()) + 1)
    count = int(table.sum())
    pairs = int((table * (table - 1) // 2).sum())
    one, other = (int((side * (side - 1) // 2).sum()) for side in (table.sum(axis=1), table.sum(axis=0)))
    everyone = count * (count - 1) // 2
    by_chance = one * other / everyone if everyone else 0.0
    most = (one + other) / 2
    return 1.0 if most == by_chance else (pairs - by_chance) / (most - by_chance)


def matching(previous: Labels, new: Labels, before: int, after: int) -> Whole:
    """This will give each of the `after` new groups its number, so that as many people as possible keep theirs, (after,)."""
    return assigned(-overlaps(previous, new, before, after))


def assigned(cost: npt.NDArray[np.generic]) -> Whole:
    """This will give each column, a new group, the number of a row, an earlier one, so that the sum of cost (rows, columns) is least.

    A new group that is given none gets the lowest free number, in order (Kuhn 1955, by scipy).
    """
    from scipy.optimize import linear_sum_assignment

    before, after = cost.shape
    rows, columns = linear_sum_assignment(cost)
    numbers = np.full(after, -1, dtype=np.int64)
    numbers[columns] = rows
    free = (number for number in range(before + after) if number not in set(rows.tolist()))
    for group in range(after):
        if numbers[group] < 0:
            numbers[group] = next(free)
    return numbers
