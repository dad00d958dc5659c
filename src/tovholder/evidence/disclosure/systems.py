"""What a reader can set up: every number as an unknown, every total as an equation, tables that share numbers tied together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from tovholder.evidence.disclosure.tables import Shape, Truth, Whole


@dataclass(frozen=True, eq=False)
class System:
    """n cells and the sums that tie them.

    names[n]: each cell in words. keys[n]: what it counts (`Key`), or something else for a cell of an older edition. values[n]: a table
    that fits all sums, true where `invented` is false. sums: (cells, signs) of each equation, whose signed cells add up to 0. fixed[n]:
    readers know the number already, or it must be shown. offered[n]: it is about to be published. current[n]: it is in a table about to
    be published, shown there or not. earlier[n]: an earlier publication held it back. changes: (cell, what an earlier edition said of
    it). arcs: the two nodes of each cell when the sums are a network, else None. most[n]: the largest that readers know a cell can be,
    -1 for no end; None when nothing was told.
    """

    names: tuple[str, ...]
    keys: tuple[object, ...]
    values: Whole
    sums: tuple[tuple[Whole, Whole], ...]
    fixed: Truth
    offered: Truth
    invented: Truth
    current: Truth
    earlier: Truth
    changes: tuple[tuple[int, int], ...] = ()
    arcs: tuple[Whole, Whole] | None = None
    most: Whole | None = None

    @property
    def size(self) -> int:
        return len(self.names)

    @cached_property
    def ends(self) -> npt.NDArray[np.float64]:
        """The largest that each cell can be, infinite where nothing was told, [n]."""
        if self.most is None:
            return np.full(self.size, np.inf)
        return np.where(self.most < 0, np.inf, self.most)

    @cached_property
    def matrix(self) -> Any:
        """The sums as a sparse matrix [equations, cells], column by column."""
        from scipy.sparse import csc_array

        cells = np.concatenate([one for one, _ in self.sums]) if self.sums else np.zeros(0, dtype=np.int64)
        signs = np.concatenate([one for _, one in self.sums]) if self.sums else np.zeros(0, dtype=np.int64)
        rows = np.repeat(np.arange(len(self.sums)), [one.size for one, _ in self.sums])
        return csc_array((signs.astype(np.float64), (rows, cells)), shape=(len(self.sums), self.size))

    def fits(self, change: Whole) -> bool:
        """This will tell whether the values plus a change still fit every sum, with no number under 0; exact in whole numbers."""
        after = self.values + change
        within = (after >= 0) & (after <= self.ends)
        return bool(within.all()) and not (self._whole_matrix @ after).any()

    @cached_property
    def _whole_matrix(self) -> Any:
        return self.matrix.astype(np.int64).tocsr()


def sums_of(ids: Whole) -> list[tuple[Whole, Whole]]:
    """This will give the equations of a table whose cells have the given numbers, ids[n1 + 1, ..., nd + 1]."""
    found = []
    for axis in range(ids.ndim):
        lines = np.moveaxis(ids, axis, -1).reshape(-1, ids.shape[axis])
        signs = np.ones(ids.shape[axis], dtype=np.int64)
        signs[-1] = -1
        found += [(line.copy(), signs) for line in lines]
    return found


def arcs_of(shape: Shape) -> tuple[Whole, Whole] | None:
    """This will give each cell of a table with one or two dimensions as an arc of a network, from node to node; None for more.

    A change that fits all sums is a circulation: a row is a node and a column is a node; a cell goes from its row to its column, a row's
    total from the column of totals to the row, a column's total from the column to the row of totals, the grand total back.
    Source: Cox, Network models for complementary cell suppression, JASA 90 (1995).
    """
    extent = shape.extent
    if len(extent) > 2:
        return None
    if len(extent) == 1:
        total = np.arange(extent[0]) == extent[0] - 1
        return total.astype(np.int64), (~total).astype(np.int64)
    row, column = np.indices(extent)
    tail, head = row, extent[0] + column
    turned = (row == extent[0] - 1) ^ (column == extent[1] - 1)
    tail, head = np.where(turned, head, tail), np.where(turned, tail, head)
    return tail.ravel().astype(np.int64), head.ravel().astype(np.int64)
