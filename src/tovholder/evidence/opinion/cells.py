"""Small cells: which numbers may be shown, so that nobody's answer can be read or worked out by subtraction.

A cell is the people of one part (a sector, a found group) who answered one statement. Which cells are hidden depends only on how many
people answered, never on what they answered: a pattern that depended on answers would tell them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

THRESHOLD = 5

Whole = npt.NDArray[np.int64]
Truth = npt.NDArray[np.bool_]
_NEVER = np.int64(1) << 40


@dataclass(frozen=True, eq=False)
class Shown:
    """cells[rows, parts]: these may stand alone. totals[rows]: the row's total, and its hidden parts together, may stand."""

    cells: Truth
    totals: Truth


def suppressed(persons: npt.ArrayLike, threshold: int = THRESHOLD, *, silent: Sequence[int] = ()) -> Shown:
    """This will tell which cells of a table with totals may be shown. Raises ValueError.

    persons: [rows, parts], how many people answered; the parts of a row add up to its total. silent: parts that are never shown alone,
    such as people who said no sector. A cell with 1 to threshold - 1 people is hidden. If all that is hidden in a row is fewer than
    `threshold` people, total minus the shown would tell about them, so the smallest shown cell is hidden with them. A row whose total
    is under the threshold shows nothing.
    """
    if threshold < 1:
        raise ValueError(f"Tærsklen for små celler er mindst 1, ikke {threshold}.")
    count = np.asarray(persons, dtype=np.int64)
    hidden = (count > 0) & (count < threshold)
    hidden[:, list(silent)] = count[:, list(silent)] > 0
    together = (count * hidden).sum(axis=1)
    lacking = (together > 0) & (together < threshold)
    shown = (count > 0) & ~hidden
    smallest = np.where(shown, count, _NEVER).argmin(axis=1) if count.shape[1] else np.zeros(len(count), dtype=np.int64)
    joined = lacking & shown.any(axis=1)
    shown[joined, smallest[joined]] = False
    return Shown(shown, count.sum(axis=1) >= threshold)


def suppressed_both(
    persons: npt.ArrayLike, threshold: int = THRESHOLD, *, silent_sectors: Sequence[int] = (), silent_groups: Sequence[int] = ()
) -> tuple[Shown, Shown]:
    """This will tell which sector cells and which group cells of the same answers may be shown beside each other. Raises ValueError.

    persons: [rows, sectors, groups]. Each split is protected by itself; then a group minus a sector (or any sum of groups minus any sum
    of sectors) must not be fewer than `threshold` people. Such differences are the cuts of the graph that ties a sector to a group by
    the people they share, so the smallest cut tells. Where it is too small the row's groups are hidden: sectors come first.
    """
    count = np.asarray(persons, dtype=np.int64)
    sectors = suppressed(count.sum(axis=2), threshold, silent=silent_sectors)
    groups = suppressed(count.sum(axis=1), threshold, silent=silent_groups)
    risky = smallest_cut(count, sectors.cells, groups.cells) < threshold
    return sectors, Shown(groups.cells & ~risky[:, None], groups.totals)


def smallest_cut(persons: Whole, sectors_shown: Truth, groups_shown: Truth) -> Whole:
    """This will give, for each row, the fewest people (but more than none) that sums of shown sectors and groups can single out.

    persons: [rows, sectors, groups]. Source: Stoer and Wagner, A simple min-cut algorithm, Journal of the ACM 44 (1997), run on all
    rows at once. Parts that are hidden count as one, since only their sum is known; parts that share nobody cannot be cut apart.
    """
    rows, sectors, groups = persons.shape
    size = sectors + groups
    weight = np.zeros((rows, size, size), dtype=np.int64)
    weight[:, :sectors, sectors:] = persons
    weight[:, :sectors, :sectors] = _tied(~sectors_shown)
    weight[:, sectors:, sectors:] = _tied(~groups_shown)
    weight = weight + np.swapaxes(weight, 1, 2)
    reach = (weight > 0) | np.eye(size, dtype=bool)
    for _ in range(max(size - 1, 1).bit_length()):
        reach = (reach.astype(np.int16) @ reach.astype(np.int16)) > 0
    heads = reach.argmax(axis=2) == np.arange(size)
    weight[:, 0, :] += heads * _NEVER
    weight[:, :, 0] += heads * _NEVER
    weight[:, np.arange(size), np.arange(size)] = 0
    return _stoer_wagner(weight)


def _tied(hidden: Truth) -> Whole:
    pairs: Whole = np.triu(hidden[:, :, None] & hidden[:, None, :], 1) * _NEVER
    return pairs


def _stoer_wagner(weight: Whole) -> Whole:
    rows, size, _ = weight.shape
    every = np.arange(rows)
    alive = np.ones((rows, size), dtype=bool)
    best = np.full(rows, _NEVER)
    for left in range(size, 1, -1):
        open_ = alive.copy()
        pull = weight[:, 0].copy()
        open_[:, 0] = False
        before = last = np.zeros(rows, dtype=np.int64)
        for _ in range(left - 1):
            before, last = last, np.where(open_, pull, -1).argmax(axis=1)
            cut = pull[every, last]
            open_[every, last] = False
            pull = pull + weight[every, last]
        best = np.minimum(best, cut)
        weight[every, before] += weight[every, last]
        weight[every, :, before] += weight[every, :, last]
        weight[every, before, before] = 0
        alive[every, last] = False
    return best


def published(counts: npt.ArrayLike, names: Sequence[str], shown: Shown) -> Iterator[dict[str, object]]:
    """This will give, row by row, what may leave the house: shown cells, the hidden ones together, and the total.

    counts: [rows, parts, 3] agree, pass, disagree in the parts' order; `names`, one for each part, "" for those who belong nowhere.
    """
    every = np.asarray(counts, dtype=np.int64)
    for row, cells, total in zip(every, shown.cells, shown.totals, strict=True):
        number = len(names)
        hidden = [part for part in range(number) if not cells[part] and asked_of(row[part])]
        yield {
            "cells": {names[part]: answers(row[part]) for part in range(number) if cells[part]},
            "hidden": [names[part] for part in hidden if names[part]],
            "together": answers(row[hidden].sum(axis=0)) if hidden and total else None,
            "total": answers(row.sum(axis=0)) if total else None,
        }


def answers(row: Whole) -> dict[str, int]:
    """This will put three counts into words: asked, agree, pass, disagree."""
    return {"asked": asked_of(row), "agree": int(row[0]), "pass": int(row[1]), "disagree": int(row[2])}


def asked_of(row: Whole) -> int:
    """This will give how many answered, whatever they answered."""
    return int(row[0]) + int(row[1]) + int(row[2])
