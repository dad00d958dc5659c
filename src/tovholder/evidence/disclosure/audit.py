"""What can be worked out: for each hidden number, the smallest and the largest it can be, given everything that is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tovholder.evidence.disclosure.differencing import Sum, held_back, link_published
from tovholder.evidence.disclosure.linear import Linear
from tovholder.evidence.disclosure.network import Network
from tovholder.evidence.disclosure.primary import EXACT, Rule, possible, small_changes
from tovholder.evidence.disclosure.systems import System
from tovholder.evidence.disclosure.tables import HIDDEN, Published, Truth, Whole, digest_of_tables
from tovholder.evidence.results import Described

EARLIER, CHANGE = -1, -2
METHOD, VERSION = "reader's interval: largest flow (one or two dimensions), integer programs (all else)", "1"


@dataclass(frozen=True)
class Interval:
    """A hidden cell in words, its table (0 for the first) and place, and what it can be: low to high, None when there is no end.

    table: EARLIER for one that an earlier publication held back; CHANGE for a difference between two editions that tells of few.
    """

    name: str
    table: int
    place: tuple[int, ...]
    low: int
    high: int | None

    @property
    def width(self) -> float:
        return float("inf") if self.high is None else self.high - self.low


@dataclass(frozen=True, eq=False)
class Audit(Described):
    """What a reader can work out about each hidden cell; `told`: the cells whose interval says too much."""

    intervals: tuple[Interval, ...]
    told: tuple[Interval, ...]

    @property
    def safe(self) -> bool:
        return not self.told

    @property
    def narrowest(self) -> Interval | None:
        """The hidden cell that is least uncertain; one that says too much before any other."""
        among = self.told or self.intervals
        return min(among, key=lambda one: one.width) if among else None


def audit(
    shown: Sequence[Published],
    rule: Rule,
    *,
    known: Sequence[Published] = (),
    small: Sequence[Truth] | None = None,
    sums: Sequence[Sum] = (),
) -> Audit:
    """This will work out what readers can about every cell that is held back, from all tables together. Raises BadTable, Unsolved.

    shown: the tables published now; known: those published before. small: for each table which cells are small, of its shape: then
    these must be protected (the owner's view). Without it every hidden cell is judged as someone must who does not know its number: it
    is safe when it cannot be small, or when every small number is possible. Source: Fischetti and Salazar (2001), the reader's program,
    in whole numbers.
    """
    linked = link_published(shown, known, sums=sums)
    system = linked.system
    cells = np.flatnonzero((held_back(shown, linked) | system.earlier) & ~system.fixed)
    low, high = intervals_of(system, cells, ~system.fixed)
    where = {
        int(ids[place]): (number, place)
        for number, (one, ids) in reversed(list(enumerate(zip(shown, linked.ids, strict=True))))
        for place in map(tuple, np.argwhere(one.counts == HIDDEN).tolist())
    }
    found, told = [], []
    for cell, least, most in zip(cells.tolist(), low.tolist(), high.tolist(), strict=True):
        number, place = where.get(cell, (EARLIER, ()))
        interval = Interval(system.names[cell], number, place, least, None if most < 0 else most)
        found.append(interval)
        if small is None or number == EARLIER:
            is_told = not possible(interval.low, interval.high, rule)
        else:
            is_told = bool(small[number][place]) and not covers(interval, rule)
        if is_told:
            told.append(interval)
    for cell, old in small_changes(system, rule):
        change = int(system.values[cell]) - old
        told.append(Interval(f"{system.names[cell]} (ændret siden før)", CHANGE, (), change, change))
    parameters = {
        "threshold": rule.threshold,
        "zeros_small": rule.zeros_small,
        "criterion": rule.criterion,
        "small_known": small is not None,
    }
    return Audit(METHOD, VERSION, parameters, digest_of_tables((*shown, *known)), tuple(found), tuple(told))


def covers(interval: Interval, rule: Rule) -> bool:
    """This will tell whether a small number stays as uncertain as the rule asks."""
    if rule.criterion == EXACT:
        return interval.width >= 1
    least, most = rule.span
    return interval.low <= least and (interval.high is None or interval.high >= most)


def intervals_of(system: System, cells: Whole, hidden: Truth) -> tuple[Whole, Whole]:
    """This will give the smallest and the largest whole number that each cell can be when `hidden` may change; -1: no largest."""
    flows: Network | Linear = Linear(system) if system.arcs is None else Network(system)
    # Whatever can grow beyond all that is counted together has no end: no sum holds it.
    ceiling = int(system.values.sum()) + 1
    low, high = system.values[cells].copy(), system.values[cells].copy()
    for number, cell in enumerate(cells.tolist()):
        low[number] += flows.furthest(cell, -1, hidden, ceiling)[cell]
        rise = int(flows.furthest(cell, 1, hidden, ceiling)[cell])
        high[number] = -1 if rise >= ceiling else high[number] + rise
    return low, high
