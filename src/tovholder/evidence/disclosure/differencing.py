"""Tables that tell of the same people, tied together: several at once, finer slices, and what was published before.

Two tables share every number that counts the same. What an earlier publication showed, readers know; what it held back must not be told
now by subtraction. An earlier edition that says something else of a number counted another state of the register: its own numbers are
kept apart, and a number that has changed by fewer than the threshold tells of those few.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from tovholder.evidence.disclosure.linear import Linear
from tovholder.evidence.disclosure.systems import System, arcs_of, sums_of
from tovholder.evidence.disclosure.tables import ABSENT, HIDDEN, BadTable, Key, Published, Shape, Table, Truth, Whole

HIDEABLE, ALL, NONE = "hideable", "all", "none"
MARGINS = (HIDEABLE, ALL, NONE)
"""Totals may be hidden to protect others; all must be shown; none are shown."""
DECIDED = "decided"
LARGEST_CROSSING = 5_000
LARGEST_TIED = 6_000
_RING = 3


@dataclass(frozen=True)
class Sum:
    """A number that other numbers add up to across tables: an age group of years, a region of municipalities."""

    total: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True, eq=False)
class Linked:
    """The system of all tables, and where the cells of each table about to be published stand in it (ids, of the table's shape)."""

    system: System
    ids: tuple[Whole, ...]


def link(tables: Sequence[Table], known: Sequence[Published] = (), *, margins: str = HIDEABLE, sums: Sequence[Sum] = ()) -> Linked:
    """This will tie tables about to be published to each other and to what was published before.

    Raises BadTable when two tables disagree on a number that both count, or a sum names a number that no table has.
    """
    if margins not in MARGINS:
        raise BadTable(f"Totaler er »{HIDEABLE}«, »{ALL}« eller »{NONE}«, ikke »{margins}«.")
    return _tied(tables, known, margins, sums)


def link_published(shown: Sequence[Published], known: Sequence[Published] = (), *, sums: Sequence[Sum] = ()) -> Linked:
    """This will set up what a reader can: every number shown is known, every other is any whole number from 0 up.

    Raises BadTable when two tables show two numbers for the same, or no numbers in the hidden cells make the sums hold.
    """
    return _tied(shown, known, DECIDED, sums)


def _tied(tables: Sequence[Table | Published], known: Sequence[Published], margins: str, sums: Sequence[Sum]) -> Linked:
    truth: dict[Key, int] = {}
    for table in tables:
        for place in table.places():
            value = int(table.counts[place])
            if value >= 0 and truth.setdefault(table.key(place), value) != value:
                raise BadTable(f"»{_words(table, place)}« står som både {truth[table.key(place)]} og {value}. Ret den ene.")
    revised = [_is_revised(truth, tables, one, margins, sums) for one in known]
    crossing = _crossing((*tables, *(one for one, is_old in zip(known, revised, strict=True) if not is_old)))
    linked = _linked(tables, (*known, *crossing), (*revised, *(False for _ in crossing)), margins, sums)
    if linked.system.arcs is None and linked.system.size > LARGEST_TIED:
        most = f"{LARGEST_TIED:,}".replace(",", ".")
        raise BadTable(f"Tabellerne har over {most} tal tilsammen, og så mange kan ikke prøves i tre dimensioner eller mere. Del dem op.")
    return Linked(completed(linked.system), linked.ids)


def _crossing(tables: Sequence[Shape]) -> tuple[Published, ...]:
    """All dimensions crossed, when no table crosses them: three tables in a ring can tell more together than their shared totals do."""
    found: dict[str, dict[str, None]] = {}
    for table in tables:
        for dim, names in zip(table.dims, table.levels, strict=True):
            found.setdefault(dim, {}).update(dict.fromkeys(names))
    ways = {frozenset(table.dims) for table in tables}
    cells = 1
    for levels in found.values():
        cells *= len(levels) + 1
    if len([way for way in ways if not any(way < other for other in ways)]) < _RING or cells > LARGEST_CROSSING:
        return ()
    shape = Shape(tuple(found), tuple(tuple(names) for names in found.values()))
    return (Published(shape.dims, shape.levels, np.full(shape.extent, ABSENT, dtype=np.int64)),)


def _is_revised(truth: dict[Key, int], tables: Sequence[Table | Published], one: Published, margins: str, sums: Sequence[Sum]) -> bool:
    for place in one.places():
        value = int(one.counts[place])
        if value >= 0 and truth.get(one.key(place), value) != value:
            return True
    linked = _linked(tables, (one,), (False,), margins, sums)
    return Linear(linked.system).fitting(linked.system.invented) is None


def _linked(
    tables: Sequence[Table | Published], known: Sequence[Published], revised: Sequence[bool], margins: str, sums: Sequence[Sum]
) -> Linked:
    cells, equations, ids, changes = _Cells(), [], [], []
    for table in tables:
        here = np.zeros(table.extent, dtype=np.int64)
        for place in table.places():
            value = int(table.counts[place])
            is_margin = any(one == size - 1 for one, size in zip(place, table.extent, strict=True))
            is_out = value == ABSENT or (isinstance(table, Table) and _marked(table.left_out, place))
            is_out |= is_margin and margins == NONE
            at = cells.current(table.key(place), _words(table, place), value, is_out=is_out)
            cells.marks["fixed"][at] |= value >= 0 and (margins == DECIDED or (is_margin and margins == ALL and not is_out))
            cells.marks["fixed"][at] |= isinstance(table, Table) and _marked(table.must_show, place)
            if isinstance(table, Published) and table.most is not None and table.most[place] >= 0:
                cells.most[at] = int(table.most[place])
            here[place] = at
        ids.append(here)
        equations += sums_of(here)
    for number, (one, is_old) in enumerate(zip(known, revised, strict=True)):
        here, changed = cells.earlier(one, number, is_old=is_old)
        equations += sums_of(here)
        changes += changed
    for one_sum in sums:
        missing = [key for key in (one_sum.total, *one_sum.parts) if key not in cells.of]
        if missing:
            raise BadTable(f"En sum peger på »{', '.join(sorted(level for _, level in missing[0]))}«, som ingen tabel har.")
        members = [cells.of[key] for key in (*one_sum.parts, one_sum.total)]
        equations.append((np.array(members), np.array([1] * len(one_sum.parts) + [-1])))
    alone = len(tables) == 1 and not known and not sums and not cells.most
    marks = {name: np.array(one, dtype=bool) for name, one in cells.marks.items()}
    values = np.array(cells.values, dtype=np.int64)
    arcs = arcs_of(tables[0]) if alone else None
    most = np.array([cells.most.get(at, -1) for at in range(values.size)], dtype=np.int64) if cells.most else None
    system = System(tuple(cells.names), tuple(cells.of), values, tuple(equations), **marks, changes=tuple(changes), arcs=arcs, most=most)
    return Linked(system, tuple(ids))


def completed(system: System) -> System:
    """This will give numbers to cells that nobody has told us, so that all sums fit; raises BadTable when none do."""
    values = Linear(system).fitting(system.invented) if system.invented.any() else system.values
    if values is None or not replace(system, values=values).fits(np.zeros_like(values)):
        raise BadTable("De tal, der er vist, passer ikke sammen: ingen tal i de skjulte celler får alle totaler til at stemme.")
    return replace(system, values=values)


def held_back(shown: Sequence[Published], linked: Linked) -> Truth:
    """This will tell which cells of a published system readers see as held back, [n]; a cell that any table shows is not."""
    hidden = np.zeros(linked.system.size, dtype=bool)
    for one, ids in zip(shown, linked.ids, strict=True):
        hidden[ids[one.counts == HIDDEN]] = True
    return hidden & ~linked.system.fixed


class _Cells:
    """Cells met so far, each once whatever tables show it."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.values: list[int] = []
        self.marks: dict[str, list[bool]] = {"fixed": [], "offered": [], "invented": [], "current": [], "earlier": []}
        self.most: dict[int, int] = {}
        self.of: dict[object, int] = {}

    def at(self, key: object, name: str, value: int) -> int:
        """This will give a cell its number; one that nobody has told us the value of is invented."""
        place = self.of.setdefault(key, len(self.names))
        if place == len(self.names):
            self.names.append(name)
            self.values.append(max(value, 0))
            for mark, marks in self.marks.items():
                marks.append(mark == "invented" and value < 0)
        elif value >= 0 and self.marks["invented"][place]:
            self.values[place] = value
            self.marks["invented"][place] = False
        return place

    def current(self, key: Key, name: str, value: int, *, is_out: bool) -> int:
        """This will place a cell of a table about to be published."""
        at = self.at(key, name, value)
        self.marks["current"][at] = True
        self.marks["offered"][at] |= not is_out
        return at

    def earlier(self, one: Published, number: int, *, is_old: bool) -> tuple[Whole, list[tuple[int, int]]]:
        """This will place the cells of an earlier publication, those of an older edition apart where they say something else."""
        here, changed = np.zeros(one.extent, dtype=np.int64), []
        for place in one.places():
            key, value, name = one.key(place), int(one.counts[place]), _words(one, place)
            at = self.of.get(key)
            if is_old and not (at is not None and value >= 0 and not self.marks["invented"][at] and self.values[at] == value):
                if at is not None and value >= 0 and self.marks["offered"][at] and not self.marks["invented"][at]:
                    changed.append((at, value))
                at = self.at((number, key), f"{name} ({one.name})" if one.name else name, value)
            else:
                at = self.at(key, name, value)
            self.marks["fixed"][at] |= value >= 0
            self.marks["earlier"][at] |= value == HIDDEN
            here[place] = at
        return here, changed


def _marked(mask: Truth | None, place: tuple[int, ...]) -> bool:
    return mask is not None and bool(mask[place])


def _words(shape: Shape, place: Sequence[int]) -> str:
    return ", ".join(shape.labels(place))
