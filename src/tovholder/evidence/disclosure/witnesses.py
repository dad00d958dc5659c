"""Proof that hidden numbers stay uncertain: other tables that fit all that is shown, kept and used again for many cells."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from tovholder.evidence.disclosure.linear import Linear
from tovholder.evidence.disclosure.network import Network
from tovholder.evidence.disclosure.primary import Demand
from tovholder.evidence.disclosure.systems import System
from tovholder.evidence.disclosure.tables import Truth, Whole

_ROUNDS = 6
_FEW = 6
_KNOWN = 2.0


class Witnesses:
    """Changes of the table that touch hidden cells only and fit every sum: each is a table that a reader must hold possible.

    Demands lie in a grid: a row for each move asked (cell, sign, need), a column for each reader: first the one who knows nothing
    besides, then each person who knows a cell. proofs[move, reader] counts the usable changes that prove it.
    """

    def __init__(self, system: System, demands: Sequence[Demand]) -> None:
        self.system = system
        self.linear = Linear(system)
        self.flows = None if system.arcs is None else Network(system)
        rows = {one._replace(without=-1): None for one in demands}
        columns = dict.fromkeys([-1, *sorted({one.without for one in demands})])
        self._moves = list(rows)
        self._readers = np.array(list(columns), dtype=np.int64)
        row, column = ({key: number for number, key in enumerate(keys)} for keys in (rows, columns))
        self._asked = np.zeros((len(rows), len(columns)), dtype=bool)
        for one in demands:
            self._asked[row[one._replace(without=-1)], column[one.without]] = True
        table = np.array(self._moves, dtype=np.int64).reshape(len(self._moves), 4)
        self._cell, self._sign, self._need, _ = table.T
        self._price = np.ones(system.size)
        self._price[self._readers[1:]] += _KNOWN
        self._touched = np.zeros((0, system.size), dtype=bool)
        self._usable = np.zeros(0, dtype=bool)
        self._met: list[Whole] = []
        self._proofs = np.zeros(self._asked.shape, dtype=np.int32)
        self._hidden = np.zeros(system.size, dtype=bool)

    @property
    def targets(self) -> set[tuple[int, int]]:
        """Each cell of which something is asked, with the cell that someone knows, or -1."""
        return {(int(self._cell[move]), int(self._readers[reader])) for move, reader in np.argwhere(self._asked).tolist()}

    def keep(self, change: Whole) -> None:
        """This will keep a change as proof of every demand that it meets."""
        moved = change[self._cell]
        met = np.flatnonzero(np.where(self._sign == 0, np.abs(moved) >= self._need, moved * self._sign >= self._need))
        if met.size:
            self._touched = np.vstack([self._touched, change != 0])
            self._met.append(met)
            self._usable = np.append(self._usable, False)
            if not self._touched[-1][~self._hidden].any():
                self._count(len(self._met) - 1, 1)

    def unproved(self, hidden: Truth) -> Truth:
        """This will tell which demands no kept change proves when only these cells are hidden, [move, reader]."""
        shown = np.flatnonzero(self._hidden & ~hidden)
        for number in np.flatnonzero(self._usable & self._touched[:, shown].any(axis=1)).tolist():
            self._count(number, -1)
        is_wider = bool((hidden & ~self._hidden).any())
        self._hidden = hidden.copy()
        if is_wider:
            idle = np.flatnonzero(~self._usable)
            for number in idle[~self._touched[np.ix_(idle, np.flatnonzero(~hidden))].any(axis=1)].tolist():
                self._count(number, 1)
        open_: npt.NDArray[np.bool_] = self._asked & (self._proofs == 0)
        return open_

    def is_proved(self, demand: Demand, hidden: Truth) -> bool:
        """This will tell whether a kept change proves the demand."""
        row = self._moves.index(demand._replace(without=-1))
        return not self.unproved(hidden)[row, int(np.flatnonzero(self._readers == demand.without)[0])]

    def broken(self, hidden: Truth, *, first: bool = False) -> list[Demand]:
        """This will look for proof of every demand and give those that have none: a reader can then work too much out.

        first: stop at the first of them.
        """
        lost = np.zeros(self._asked.shape, dtype=bool)
        self._look_together(hidden)
        while (open_ := self.unproved(hidden) & ~lost).any():
            # Column by column: who knows a cell as well can work out no less, so the reader without comes first.
            reader, move = divmod(int(open_.T.argmax()), len(self._moves))
            change = self.reach(self._demand(move, reader), hidden)
            if change is not None:
                self.keep(change)
                if not self.unproved(hidden)[move, reader]:
                    continue
            lost[move, reader] = True
            if reader == 0:
                lost[move] |= open_[move]
            if first:
                break
        return [self._demand(move, reader) for reader, move in np.argwhere(lost.T).tolist()]

    def reach(self, demand: Demand, hidden: Truth) -> Whole | None:
        """This will give a change that meets one demand with these cells hidden, or None when there is none."""
        if not hidden[demand.cell]:
            return None
        for sign in (1, -1) if demand.sign == 0 else (demand.sign,):
            if self.flows is None:
                # A change that touches few cells, and few that someone knows, proves more and lasts longer.
                found = self.linear.cheapest(demand.cell, sign * demand.need, self._price, hidden, demand.without)
                if found is not None:
                    return found
                continue
            change = self.flows.furthest(demand.cell, sign, hidden, demand.need, demand.without)
            if change[demand.cell] * sign >= demand.need:
                return change
        return None

    def forget(self) -> None:
        """This will let go of changes that touch a cell that is not hidden now."""
        self._met = [met for met, usable in zip(self._met, self._usable, strict=True) if usable]
        self._touched = self._touched[self._usable]
        self._usable = self._usable[self._usable]

    def _demand(self, move: int, reader: int) -> Demand:
        return self._moves[move]._replace(without=int(self._readers[reader]))

    def _count(self, number: int, by: int) -> None:
        free = ~self._touched[number][self._readers]
        free[0] = True
        self._proofs[self._met[number]] += by * free.astype(np.int32)
        self._usable[number] = by > 0

    def _look_together(self, hidden: Truth) -> None:
        for sign in (1, -1):
            for _ in range(_ROUNDS):
                open_ = self.unproved(hidden)[:, 0] & (self._sign != -sign) & hidden[self._cell]
                cells, first = np.unique(self._cell[open_], return_index=True)
                if cells.size < _FEW:
                    break
                self.keep(self.linear.together(cells, sign * self._need[open_][first], hidden))
                if (self.unproved(hidden)[:, 0] & open_).sum() == open_.sum():
                    break
