"""The fewest cells (or the least value) to hide in a small table, proved: an integer program that is told each way around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from tovholder.evidence.disclosure.linear import Real
from tovholder.evidence.disclosure.primary import Demand, lines_of
from tovholder.evidence.disclosure.tables import Truth
from tovholder.evidence.disclosure.witnesses import Witnesses

LARGEST_EXACT = 200
_ROUNDS = 150
_NODES = 50_000
_AT_ONCE = 60


@dataclass(frozen=True, eq=False)
class Optimum:
    """hidden[n] is proved best when `proved`; else it is None. bound: no set of cells costs less. rounds: programs solved."""

    hidden: Truth | None
    bound: float
    rounds: int
    proved: bool


def optimum(witnesses: Witnesses, hidden: Truth, movable: Truth, cost: Real) -> Optimum:
    """This will find the cheapest set of cells that meets every demand. Raises Unsolved.

    hidden[n]: hidden already; movable[n]: may be hidden; cost[n] > 0 for each of the others. Source: Fischetti and Salazar, Management
    Science 47 (2001): a master program over which cells are hidden, and a cut for each demand that its solution leaves unmet.
    """
    free = np.flatnonzero(movable & ~hidden)
    if not free.size:
        return Optimum(None if witnesses.broken(hidden, first=True) else hidden, 0.0, 0, proved=True)
    rules = _Rules(witnesses, hidden, movable, free)
    bound = 0.0
    for rounds in range(1, _ROUNDS + 1):
        told = rules.solved(cost[free])
        if told is None:
            return Optimum(None, bound, rounds, proved=False)
        chosen, bound = told
        tried = hidden.copy()
        tried[free[chosen]] = True
        broken = witnesses.broken(tried)
        if not broken:
            return Optimum(tried, bound, rounds, proved=True)
        known = len(rules.rows)
        for demand in broken[:_AT_ONCE]:
            rules.add(demand, tried)
        if len(rules.rows) == known:
            return Optimum(None, bound, rounds, proved=False)
    return Optimum(None, bound, _ROUNDS, proved=False)


class _Rules:
    """What every set of hidden cells must satisfy, learnt so far: rows over the free cells, each at least its right side."""

    def __init__(self, witnesses: Witnesses, hidden: Truth, movable: Truth, free: Any) -> None:
        self.witnesses, self.hidden, self.movable, self.free = witnesses, hidden, movable, free
        self.rows: list[Real] = []
        self.least: list[float] = []
        self._seen: set[bytes] = set()
        self._start()

    def _start(self) -> None:
        """No cell is hidden alone in a sum: the reader would subtract. For cells hidden to protect others it would be in vain too."""
        system = self.witnesses.system
        for cell, without in sorted(self.witnesses.targets):
            for line in lines_of(system, cell):
                if not (self.hidden[line] & (line != without)).any():
                    weights = np.zeros(system.size)
                    weights[line[(line != without) & self.movable[line]]] = 1.0
                    self._row(weights, 1.0)
        for cell in self.free.tolist():
            for line in lines_of(system, cell):
                if not self.hidden[line].any():
                    weights = np.zeros(system.size)
                    weights[line] = 1.0
                    weights[cell] = -1.0
                    self._row(weights, 0.0)

    def add(self, demand: Demand, tried: Truth) -> None:
        """This will learn from a demand that a set of cells leaves unmet."""
        weights = np.zeros(tried.size)
        for sign in (1, -1) if demand.sign == 0 else (demand.sign,):
            wall = self.witnesses.linear.wall(demand.cell, sign, demand.need, tried, demand.without)
            if wall is None:
                # Only fractions of people would fit: all that is known is that some other cell must be hidden too.
                self._row((~tried).astype(np.float64), 1.0)
                return
            weights += wall.weights
        weights = np.minimum(weights, float(demand.need))
        known = float(weights[self.hidden].sum())
        if known < demand.need:
            self._row(weights, demand.need - known)

    def _row(self, weights: Real, least: float) -> None:
        row = weights[self.free].copy()
        if least > 0:
            row = np.minimum(row, least) / least
            least = 1.0
        mark = row.tobytes() + np.float64(least).tobytes()
        if mark not in self._seen:
            self._seen.add(mark)
            self.rows.append(row)
            self.least.append(least)

    def solved(self, cost: Real) -> tuple[Truth, float] | None:
        """This will give the cheapest choice that satisfies all rows, and its cost; None when the program gives up or has none."""
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

        rules = [LinearConstraint(csr_array(np.array(self.rows)), np.array(self.least) - 1e-7, np.inf)] if self.rows else []
        options = {"mip_rel_gap": 0.0, "node_limit": _NODES}
        told = milp(cost, constraints=rules, bounds=Bounds(0, 1), integrality=1, options=options)
        return (np.asarray(told.x) > 0.5, float(told.fun)) if told.status == 0 else None
