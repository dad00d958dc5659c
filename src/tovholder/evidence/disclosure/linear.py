"""How far a hidden number can move in any system of sums: by linear and integer programs (HiGHS)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tovholder.evidence.disclosure.systems import System
from tovholder.evidence.disclosure.tables import Truth, Whole

Real = npt.NDArray[np.float64]
_NEAR = 1e-6
_OPTIMAL, _IMPOSSIBLE = 0, 2
# Counted in nodes, not seconds: the same table gives the same answer on a slow machine.
_LIMITS = {"mip_rel_gap": 0.0, "node_limit": 20_000}


class Unsolved(RuntimeError):
    """The solver gave up; nothing is known, so nothing may be shown."""


@dataclass(frozen=True, eq=False)
class Wall:
    """Why a cell cannot move as far as asked: moving it costs at least `weights` of cells that are shown; sum over hidden < need."""

    weights: Real


class Linear:
    """The programs of one system. Every change given back is whole numbers and fits every sum exactly."""

    def __init__(self, system: System) -> None:
        self.system = system
        self._parts: tuple[bytes, Whole] = (b"", np.zeros(0, dtype=np.int64))

    def furthest(self, cell: int, sign: int, hidden: Truth, enough: int, without: int = -1) -> Whole:
        """This will give the change [n] of whole numbers that moves a hidden cell furthest up (1) or down (-1), at most `enough`."""
        columns = self._columns(self._tied_to(cell, hidden), without)
        here = int(np.flatnonzero(columns == cell)[0])
        low, high = self._room(columns)
        low[here], high[here] = (0.0, min(high[here], float(enough))) if sign > 0 else (max(low[here], -float(enough)), 0.0)
        cost = np.zeros(columns.size)
        cost[here] = -sign
        found = self._solved(cost, self.system.matrix[:, columns], low, high, columns)
        return np.zeros(self.system.size, dtype=np.int64) if found is None else found

    def together(self, cells: Whole, needs: Whole, hidden: Truth) -> Whole:
        """This will give one change that moves many hidden cells at once, each toward its need (signed), as far in all as it can.

        Each cell is split in what counts, up to its need, and what does not; the program stays a network where it was one.
        """
        columns = self._columns(hidden, -1)
        place = np.searchsorted(columns, cells)
        low, high = self._room(columns)
        up = needs > 0
        ends = high[place].copy()
        high[place[up]] = np.minimum(needs[up], ends[up])
        low[place[~up]] = needs[~up]
        cost = np.zeros(columns.size)
        cost[place] = -np.sign(needs)
        extra = columns[place]
        rest_low = np.where(up, 0.0, -(self.system.values[extra] + needs).astype(np.float64))
        rest_high = np.where(up, np.maximum(ends - needs, 0.0), 0.0)
        matrix = self.system.matrix
        from scipy.sparse import hstack

        found = self._solved(
            np.concatenate([cost, np.zeros(extra.size)]),
            hstack([matrix[:, columns], matrix[:, extra]], format="csc"),
            np.concatenate([low, rest_low]),
            np.concatenate([high, rest_high]),
            np.concatenate([columns, extra]),
            relaxed=True,
        )
        return np.zeros(self.system.size, dtype=np.int64) if found is None else found

    def cheapest(self, cell: int, need: int, cost: Real, movable: Truth, without: int = -1) -> Whole | None:
        """This will give a change that moves a cell by `need` (signed) at the least cost for each unit moved, cost[n]; None if none does.

        Source: Kelly, Golden and Assad, Cell suppression: disclosure protection for sensitive tabular data, Networks 22 (1992).
        """
        from scipy.sparse import hstack

        columns = self._columns(self._tied_to(cell, movable), without)
        part = self.system.matrix[:, columns]
        values = self.system.values[columns].astype(np.float64)
        here = int(np.flatnonzero(columns == cell)[0])
        low, high = np.zeros(2 * columns.size), np.concatenate([self._room(columns)[1], values])
        rise, fall = max(need, 0), max(-need, 0)
        if fall > values[here] or rise > high[here]:
            return None
        low[here] = high[here] = rise
        low[columns.size + here] = high[columns.size + here] = fall
        double = np.concatenate([columns, columns])
        signs = np.concatenate([np.ones(columns.size, dtype=np.int64), -np.ones(columns.size, dtype=np.int64)])
        return self._solved(np.tile(cost[columns], 2), hstack([part, -part], format="csc"), low, high, double, signs=signs)

    def wall(self, cell: int, sign: int, need: int, hidden: Truth, without: int = -1) -> Wall | None:
        """This will give why a hidden cell cannot move by `need`, as a price on every cell; None when the relaxed program says it can.

        Source: Fischetti and Salazar, Solving the cell suppression problem on tabular data with linear constraints, Management
        Science 47 (2001): the dual of the reader's program; a price is cut off at the need, since a cell is hidden or it is not.
        """
        from scipy.optimize import linprog

        columns = self._columns(hidden, without)
        here = int(np.flatnonzero(columns == cell)[0])
        low, high = self._room(columns)
        if sign > 0:
            high[here] = min(high[here], float(need))
        else:
            low[here] = max(low[here], -float(need))
        cost = np.zeros(columns.size)
        cost[here] = -sign
        bounds = np.column_stack([low, high])
        told = linprog(cost, A_eq=self.system.matrix[:, columns], b_eq=np.zeros(len(self.system.sums)), bounds=bounds, method="highs-ds")
        if told.status != _OPTIMAL:
            raise Unsolved(told.message)
        if -told.fun >= need - _NEAR:
            return None
        reduced = -(self.system.matrix.T @ told.eqlin.marginals)
        reduced[cell] -= sign
        reduced[np.abs(reduced) < 1e-9] = 0.0
        weights = np.where(reduced < 0, float(need), reduced * self.system.values)
        if without >= 0:
            weights[without] = 0.0
        return Wall(np.minimum(weights, float(need)))

    def fitting(self, free: Truth) -> Whole | None:
        """This will give whole numbers >= 0 for the free cells that fit every sum beside the others' values; None when none do."""
        values = self.system.values.copy()
        columns = np.flatnonzero(free)
        values[columns] = 0
        right = -(self.system.matrix @ values.astype(np.float64))
        count = columns.size
        zeros, rows = np.zeros(count), self.system.matrix[:, columns].tocsr()
        told = program(zeros, rows, right, zeros, self.system.ends[columns], whole=True)
        if told is None:
            return None
        values[columns] = np.rint(told).astype(np.int64)
        return values

    def _room(self, columns: Whole) -> tuple[Real, Real]:
        values = self.system.values[columns].astype(np.float64)
        return -values, self.system.ends[columns] - values

    def _tied_to(self, cell: int, hidden: Truth) -> Truth:
        """Hidden cells that sums tie to this one through hidden cells; the others cannot matter to it."""
        from scipy.sparse.csgraph import connected_components

        mark = hidden.tobytes()
        if mark != self._parts[0]:
            columns = np.flatnonzero(hidden)
            pattern = self.system.matrix[:, columns].astype(bool).astype(np.int8)
            _, labels = connected_components(pattern.T @ pattern, directed=False)
            parts = np.full(self.system.size, -1, dtype=np.int64)
            parts[columns] = labels
            self._parts = (mark, parts)
        parts = self._parts[1]
        return np.asarray(hidden & (parts == parts[cell]))

    def _columns(self, hidden: Truth, without: int) -> Whole:
        columns = np.flatnonzero(hidden)
        return columns[columns != without] if without >= 0 else columns

    def _solved(
        self, cost: Real, matrix: Any, low: Real, high: Real, cells: Whole, *, signs: Whole | None = None, relaxed: bool = False
    ) -> Whole | None:
        right = np.zeros(matrix.shape[0])
        rows = matrix.tocsr()
        for whole in (False, True):
            told = program(cost, rows, right, low, high, whole=whole)
            if told is None:
                return None
            near = np.rint(told)
            if np.abs(told - near).max(initial=0.0) < _NEAR:
                change = np.zeros(self.system.size, dtype=np.int64)
                np.add.at(change, cells, near.astype(np.int64) * (1 if signs is None else signs))
                if self.system.fits(change):
                    return change
            if relaxed:
                return None
        raise Unsolved("Whole numbers were asked for and not given.")


def program(cost: Real, matrix: Any, right: Real, low: Real, high: Real, *, whole: bool) -> Real | None:
    """This will give the cheapest x from low to high with matrix @ x = right (CSR), whole numbers if asked; None when there is none.

    Raises Unsolved.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    lost = np.diff(matrix.indptr) == 0
    if np.abs(right[lost]).max(initial=0.0) > _NEAR:
        return None
    if not cost.size:
        return np.zeros(0)
    rules = LinearConstraint(matrix[~lost], right[~lost], right[~lost])
    told = milp(cost, constraints=rules, bounds=Bounds(low, high), integrality=int(whole), options=_LIMITS)
    if told.status == _IMPOSSIBLE:
        return None
    if told.status != _OPTIMAL:
        raise Unsolved(told.message)
    return np.asarray(told.x)
