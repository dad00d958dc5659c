"""Which numbers are too small to show, and how uncertain each must stay to those who read what is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from tovholder.evidence.disclosure.systems import System
from tovholder.evidence.disclosure.tables import Truth, Whole

EXACT, RANGE = "exact", "range"
LEAST, MOST = 2, 1000


@dataclass(frozen=True)
class Rule:
    """What a data owner asks: numbers under `threshold` are small, 0 too when `zeros_small`; how a hidden number must stay uncertain.

    criterion: "exact", at least two numbers are possible; "range", every small number is within what is possible (and at least two are).
    singletons: someone who is alone in a cell knows that its number is 1, and must not work out others' from it.
    changes: a number that has changed by fewer than the threshold since an earlier edition tells of those few, and is hidden.
    """

    threshold: int = 5
    zeros_small: bool = False
    criterion: str = RANGE
    singletons: bool = True
    changes: bool = True

    def __post_init__(self) -> None:
        if isinstance(self.threshold, bool) or not LEAST <= self.threshold <= MOST:
            raise ValueError(f"Tærsklen skal være et helt tal fra {LEAST} til {MOST}, ikke {self.threshold}.")
        if self.criterion not in (EXACT, RANGE):
            raise ValueError(f"Kravet er »{EXACT}« eller »{RANGE}«, ikke »{self.criterion}«.")

    @property
    def span(self) -> tuple[int, int]:
        """The smallest interval in which a hidden small number must be able to lie."""
        low = 0 if self.zeros_small else 1
        return low, max(self.threshold - 1, low + 1)


class Demand(NamedTuple):
    """A hidden cell must be able to move by `need` in the direction `sign` (0: in either); `without`: a cell someone knows, or -1."""

    cell: int
    sign: int
    need: int
    without: int = -1


def small_cells(counts: Whole, rule: Rule) -> Truth:
    """This will tell which counts are small, 1 to threshold - 1 (0 too, if the owner says so); of the shape of `counts`."""
    return (counts < rule.threshold) & (counts >= (0 if rule.zeros_small else 1))


def small_changes(system: System, rule: Rule) -> list[tuple[int, int]]:
    """This will give (cell, what the earlier edition said) of each number that has changed, but by fewer than the threshold."""
    if not rule.changes:
        return []
    return [(cell, old) for cell, old in system.changes if 0 < abs(int(system.values[cell]) - old) < rule.threshold]


def demands_of(
    system: System, small: Iterable[int], rule: Rule, *, watched: Iterable[int] = (), ranges: Iterable[tuple[int, int, int]] = ()
) -> list[Demand]:
    """This will give what must hold for each small cell, for every reader and for each person alone in a cell.

    watched: other cells of which the same is asked. ranges: (cell, low, high) that must be possible beside the rule, such as numbers
    that an earlier edition said almost the same of.
    """
    small = list(small)
    wanted = [(cell, *rule.span) for cell in sorted({*small, *watched})]
    found: list[Demand] = []
    for cell, low, high in wanted:
        found += _moves(system, cell, low, high, exact=rule.criterion == EXACT)
    for cell, low, high in ranges:
        found += _moves(system, cell, low, high, exact=False)
    if not rule.singletons:
        return found
    alone = [cell for cell in small if system.values[cell] == 1 and not system.invented[cell]]
    return found + [one._replace(without=person) for person in alone for one in found if _is_asked(system, person, one)]


def _is_asked(system: System, person: int, demand: Demand) -> bool:
    """Someone alone in a group knows all that lies within it, and that a group around it has at least one."""
    own, other = system.keys[person], system.keys[demand.cell]
    if person == demand.cell or not isinstance(own, frozenset) or not isinstance(other, frozenset):
        return person != demand.cell
    if own < other:
        return False
    return not (other < own and demand.sign < 0 and int(system.values[demand.cell]) - demand.need < 1)


def possible(low: int, high: int | None, rule: Rule) -> bool:
    """This will tell whether a hidden number that may lie from low to high (None: no end) tells nothing about small numbers.

    For those who do not know the number: either it cannot be small, or every small number must be possible.
    """
    least, most = rule.span
    if high == 0 and least > 0:
        return True
    if rule.criterion == EXACT:
        return high is None or high > low
    return low >= rule.threshold or (low <= least and (high is None or high >= most))


def _moves(system: System, cell: int, low: int, high: int, *, exact: bool) -> list[Demand]:
    if exact:
        return [Demand(cell, 0, 1)]
    here = int(system.values[cell])
    return [Demand(cell, sign, need) for sign, need in ((1, high - here), (-1, here - low)) if need > 0]


def lines_of(system: System, cell: int) -> list[Whole]:
    """This will give the other cells of each sum that a cell is part of."""
    return [cells[cells != cell] for cells, _ in system.sums if bool(np.isin(cell, cells))]
