"""Tables made safe: small numbers hidden, others hidden to protect them, and the result tried as a reader would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from tovholder.evidence.disclosure.audit import intervals_of
from tovholder.evidence.disclosure.differencing import HIDEABLE, Linked, Sum, link
from tovholder.evidence.disclosure.heuristic import cover, prune
from tovholder.evidence.disclosure.linear import Real
from tovholder.evidence.disclosure.optimum import LARGEST_EXACT, Optimum, optimum
from tovholder.evidence.disclosure.primary import RANGE, Demand, Rule, demands_of, possible, small_cells, small_changes
from tovholder.evidence.disclosure.systems import System
from tovholder.evidence.disclosure.tables import ABSENT, HIDDEN, BadTable, Published, Table, Truth, Whole, digest_of_tables
from tovholder.evidence.disclosure.witnesses import Witnesses
from tovholder.evidence.results import Described

EXACT_METHOD = "fewest hidden cells by Benders cuts, audited"
HEURISTIC_METHOD = "cheapest ways around, pruned, audited"
VERSION = "1"
CELLS, VALUE = "cells", "value"


class Hidden(IntEnum):
    """Why a cell of a table is not shown. For the owner only: told to readers, the reason narrows down the number."""

    SHOWN = 0
    SMALL = 1
    PROTECTS = 2
    LEFT_OUT = 3


class Infeasible(Exception):
    """A sentence about why nothing can be published as asked: what must be shown gives a small number away."""


@dataclass(frozen=True, eq=False)
class Suppressed(Described):
    """Tables with what may be shown of them. pattern: for each table `Hidden` codes of its shape.

    proved: no pattern costs less. bound: what the cheapest costs at least, where it was looked for. cells, value: what is hidden to
    protect others.
    """

    tables: tuple[Table, ...]
    pattern: tuple[npt.NDArray[np.int8], ...]
    cells: int
    value: int
    proved: bool
    bound: float

    def published(self, names: Sequence[str] = ()) -> tuple[Published, ...]:
        """This will give the tables as readers may see them."""
        found = []
        for number, (table, why) in enumerate(zip(self.tables, self.pattern, strict=True)):
            counts = np.where(why == Hidden.LEFT_OUT, ABSENT, np.where(why == Hidden.SHOWN, table.counts, HIDDEN))
            found.append(Published(table.dims, table.levels, counts, names[number] if names else ""))
        return tuple(found)


def suppress(
    tables: Table | Sequence[Table],
    *,
    threshold: int = 5,
    zeros_small: bool = False,
    criterion: str = RANGE,
    objective: str = CELLS,
    known: Sequence[Published] = (),
    margins: str = HIDEABLE,
    singletons: bool = True,
    changes: bool = True,
    every_hidden: bool = False,
    zeros_shown: bool = False,
    sums: Sequence[Sum] = (),
    exact: bool | None = None,
) -> Suppressed:
    """This will hide small numbers and as few others as needed, over all tables together and beside what was published before.

    tables: counts with totals, whole numbers; known: what readers have; margins: "hideable", "all" (must be shown), "none" (left out).
    objective: fewest "cells", or least "value", hidden to protect others. singletons: also from someone who is alone in a cell.
    changes: hide a number that an earlier edition said almost the same of, since the difference counts few.
    every_hidden: also cells hidden to protect others must not look small by half, so that someone who does not know the numbers can
    check (`audit`). zeros_shown: zeros are never hidden to protect others; a reader who knows that also knows that no hidden number
    is 0, which is why they may be hidden by default. exact: prove the optimum; left to the size of the tables when None.
    Raises Infeasible, BadTable, ValueError and Unsolved. Source: Fischetti and Salazar (2001); for tables too large for that, Kelly,
    Golden and Assad (1992).
    """
    rule = Rule(threshold, zeros_small, criterion, singletons, changes)
    if objective not in (CELLS, VALUE):
        raise ValueError(f"Målet er »{CELLS}« eller »{VALUE}«, ikke »{objective}«.")
    given = (tables,) if isinstance(tables, Table) else tuple(tables)
    if not given:
        raise BadTable("Der er ingen tabel at skjule noget i.")
    linked = link(given, known, margins=margins, sums=sums)
    problem = _Problem(linked, rule, objective, zeros_shown=zeros_shown)
    found = problem.solved(exact)
    while every_hidden and (half := problem.half_told(found.hidden)):
        problem.also(half)
        found = problem.widened(found.hidden)
    asked = {"margins": margins, "every_hidden": every_hidden, "objective": objective, "zeros_shown": zeros_shown}
    return _told(given, linked, problem, found, known, asked)


@dataclass(frozen=True, eq=False)
class _Found:
    hidden: Truth
    proved: bool
    bound: float


class _Problem:
    def __init__(self, linked: Linked, rule: Rule, objective: str, *, zeros_shown: bool) -> None:
        self.system, self.rule = linked.system, rule
        system = self.system
        self.small = small_cells(system.values, rule) & ~system.invented & (system.current | system.earlier)
        self.movable = ~system.fixed & ~((system.values == 0) & system.offered & ~self.small & zeros_shown)
        self.start = self.movable & (~system.offered | self.small)
        self.cost = _cost(system.values, objective)
        self.ranges = [(cell, max(0, old - rule.threshold + 1), old + rule.threshold - 1) for cell, old in small_changes(system, rule)]
        for cell, _, _ in self.ranges:
            self.start[cell] = True
        self.watched = _kept_apart(system, rule)
        self._refuse_known(system)

    def _refuse_known(self, system: System) -> None:
        wanted = [*np.flatnonzero(self.small).tolist(), *(cell for cell, _, _ in self.ranges)]
        given_away = [cell for cell in wanted if system.fixed[cell]]
        if given_away:
            raise Infeasible(
                f"»{system.names[given_away[0]]}« er under tærsklen på {self.rule.threshold}, men skal vises eller er vist før. "
                "Lad totaler være skjulte, slå grupper sammen, eller lad tabellen være."
            )

    def solved(self, exact: bool | None) -> _Found:
        witnesses = self._witnesses()
        best = self._pruned(witnesses, self.start)
        free = int((self.movable & ~self.start).sum())
        told: Optimum | None = None
        if exact or (exact is None and free <= LARGEST_EXACT):
            told = optimum(witnesses, self.start, self.movable, self.cost)
        if told is not None and told.proved and told.hidden is not None:
            return _Found(told.hidden, True, told.bound)
        return _Found(best, False, told.bound if told else 0.0)

    def widened(self, hidden: Truth) -> _Found:
        """A pattern that protects more cells than this one does."""
        return _Found(self._pruned(self._witnesses(), hidden | self.start), False, 0.0)

    def _witnesses(self) -> Witnesses:
        small = np.flatnonzero(self.small).tolist()
        return Witnesses(self.system, demands_of(self.system, small, self.rule, watched=self.watched, ranges=self.ranges))

    def _pruned(self, witnesses: Witnesses, begun: Truth) -> Truth:
        covered, lost = cover(witnesses, begun, self.movable, self.cost)
        if lost is not None:
            raise Infeasible(self._reason(lost))
        return prune(witnesses, covered, self.start, self.cost)

    def half_told(self, hidden: Truth) -> list[int]:
        """Cells hidden to protect others that a reader can tell to be small, or not quite as small as the smallest."""
        cells = np.flatnonzero(hidden & self.system.current & ~self.small)
        cells = cells[~np.isin(cells, self.watched)]
        low, high = intervals_of(self.system, cells, hidden)
        ends = zip(cells.tolist(), low.tolist(), high.tolist(), strict=True)
        return [cell for cell, least, most in ends if not possible(least, None if most < 0 else most, self.rule)]

    def also(self, cells: Sequence[int]) -> None:
        for cell in cells:
            self.watched.append(cell)
            self.start[cell] = True

    def _reason(self, demand: Demand) -> str:
        name = self.system.names[demand.cell]
        low, high = intervals_of(self.system, np.array([demand.cell]), self.movable)
        if demand.without >= 0:
            return (
                f"»{name}« kan regnes ud af den, der er alene i »{self.system.names[demand.without]}«, ud fra de tal, der skal vises. "
                "Lad flere totaler være skjulte, eller slå grupper sammen."
            )
        span = f"netop {low[0]}" if low[0] == high[0] else f"mellem {low[0]} og {high[0]}"
        return (
            f"»{name}« kan regnes ud til {span}, selv om alle andre tal skjules, ud fra de tal, der skal vises eller er vist før. "
            "Lad totaler være skjulte, slå grupper sammen, eller lad tabellen være."
        )


def _cost(values: Whole, objective: str) -> Real:
    # Among equals the pattern that hides less of the other is taken, so that the result does not hang on the solver's habits.
    if objective == CELLS:
        return np.asarray(1.0 + 0.5 * values / max(int(values.sum()), 1))
    return np.asarray(values + 0.5 / values.size)


def _kept_apart(system: System, rule: Rule) -> list[int]:
    """Cells that an earlier publication held back and that we do not know: what was uncertain then must be uncertain still."""
    cells = np.flatnonzero(system.earlier & system.invented)
    low, high = intervals_of(system, cells, ~system.fixed)
    ends = zip(cells.tolist(), low.tolist(), high.tolist(), strict=True)
    uncertain = [(cell, start, None if end < 0 else end) for cell, start, end in ends if start < rule.threshold]
    return [cell for cell, start, end in uncertain if possible(start, end, rule)]


def _told(
    tables: tuple[Table, ...], linked: Linked, problem: _Problem, found: _Found, known: Sequence[Published], asked: Mapping[str, object]
) -> Suppressed:
    system, rule = linked.system, problem.rule
    code = np.where(found.hidden, Hidden.PROTECTS, Hidden.SHOWN).astype(np.int8)
    code[found.hidden & problem.small] = Hidden.SMALL
    code[~system.offered] = Hidden.LEFT_OUT
    protects = found.hidden & system.offered & ~problem.small
    parameters = {
        "threshold": rule.threshold,
        "zeros_small": rule.zeros_small,
        "criterion": rule.criterion,
        "singletons": rule.singletons,
        "changes": rule.changes,
        **asked,
    }
    method = EXACT_METHOD if found.proved else HEURISTIC_METHOD
    return Suppressed(
        method,
        VERSION,
        parameters,
        digest_of_tables((*tables, *known)),
        tables,
        tuple(code[ids] for ids in linked.ids),
        int(protects.sum()),
        int(system.values[protects].sum()),
        found.proved,
        found.bound,
    )
