"""Tables of counts as people lay them out: tidy with one row a number, or crossed with one dimension along the top."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from tovholder.evidence.disclosure.cells import count_of, is_mark, is_total, level_of, published_of
from tovholder.evidence.disclosure.tables import ABSENT, LARGEST_TABLE, MOST_DIMENSIONS, TOTAL
from tovholder.evidence.reading.shapes import Unreadable, number_of, place, shown
from tovholder.evidence.reading.table import Source, fold, open_table

_COUNT_HEADINGS = ("n", "antal", "count", "tal", "personer")
_CROSSED = ("række", "kolonne")


class _Read(NamedTuple):
    labels: tuple[str, ...]
    raw: str
    row: int
    column: str


def laid_out(path: Path, *, published: bool) -> dict[str, Any]:
    """This will read a table with its totals; raises Unreadable.

    published: numbers may be held back, and totals that do not stand there are no part of it. Without: every number is true, every total
    that stands there is checked, and the others are added up. Gives dims, levels, counts and most (flat, totals last), notices.
    """
    source = open_table(path)
    dims, reads = _tidy(source) if _count_column(source) >= 0 else _crossed(source)
    levels: list[dict[str, int]] = [{} for _ in dims]
    found: dict[tuple[int, ...], tuple[int, int, _Read]] = {}
    for read in reads:
        at = tuple(-1 if label == TOTAL else known.setdefault(label, len(known)) for label, known in zip(read.labels, levels, strict=True))
        try:
            value, most = published_of(read.raw) if published else (count_of(read.raw), -1)
        except Unreadable as problem:
            again = " Er tallene allerede skjult, så brug audit." if not published and is_mark(read.raw) and read.raw.strip() else ""
            raise Unreadable(f"{place(read.row, read.column)}: {problem}{again}") from None
        if at in found:
            told = ", ".join(read.labels)
            raise Unreadable(f"{place(read.row, read.column)}: {shown(told)} står også i række {found[at][2].row}. Behold den ene.")
        found[at] = (value, most, read)
        if len(found) > LARGEST_TABLE:
            raise Unreadable(f"Tabellen har over {number_of(LARGEST_TABLE)} tal. Del den op, for eksempel efter region, og prøv igen.")
    if not any(-1 not in at for at in found):
        raise Unreadable(f"Der er ingen tal i {shown(path.name)} ud over totaler. Hver række skal have en gruppe og et antal.")
    return _filled(dims, [list(known) for known in levels], found, list(source.notices), published=published)


def _filled(
    dims: Sequence[str],
    levels: list[list[str]],
    found: dict[tuple[int, ...], tuple[int, int, _Read]],
    notices: list[str],
    *,
    published: bool,
) -> dict[str, Any]:
    cells = 1
    for names in levels:
        cells *= len(names) + 1
    if cells > LARGEST_TABLE:
        raise Unreadable(f"Tabellen har over {number_of(LARGEST_TABLE)} celler med totaler. Del den op, for eksempel efter region.")
    counts, most, missing = [], [], 0
    for where in product(*(range(len(names) + 1) for names in levels)):
        at = tuple(-1 if one == len(names) else one for one, names in zip(where, levels, strict=True))
        if at in found:
            counts.append(found[at][0])
            most.append(found[at][1])
        else:
            inner = -1 not in at
            missing += inner
            counts.append(0 if inner or not published else ABSENT)
            most.append(-1)
    if missing:
        notices.append(
            "1 kombination mangler og tæller som 0." if missing == 1 else f"{number_of(missing)} kombinationer mangler og tæller som 0."
        )
    if not published:
        _check_totals(dims, levels, found)
    return {"dims": list(dims), "levels": levels, "counts": counts, "most": most, "notices": notices}


def _check_totals(dims: Sequence[str], levels: list[list[str]], found: dict[tuple[int, ...], tuple[int, int, _Read]]) -> None:
    sums: dict[tuple[int, ...], int] = {}
    for at, (value, _, _) in found.items():
        if -1 in at:
            continue
        for masked in product(*((one, -1) for one in at)):
            sums[masked] = sums.get(masked, 0) + value
    for at, (value, _, read) in found.items():
        if -1 in at and value != sums.get(at, 0):
            name = ", ".join(read.labels)
            where, there = place(read.row, read.column), sums.get(at, 0)
            raise Unreadable(f"{where}: {shown(name)} er {value}, men tallene giver {there} tilsammen. Ret totalen eller tallene.")


def _count_column(source: Source) -> int:
    last = fold(source.headings[-1]) if source.headings else ""
    if last in _COUNT_HEADINGS and len(source.headings) > 1:
        return len(source.headings) - 1
    named = [column for column, heading in enumerate(source.headings) if fold(heading) in _COUNT_HEADINGS]
    return named[0] if len(named) == 1 and len(source.headings) > 1 else -1


def _tidy(source: Source) -> tuple[tuple[str, ...], Iterator[_Read]]:
    count = _count_column(source)
    columns = [column for column in range(len(source.headings)) if column != count]
    if len(columns) > MOST_DIMENSIONS:
        raise Unreadable(f"Række 1: tabellen har {len(columns)} kolonner ud over antallet. Brug højst {MOST_DIMENSIONS} ad gangen.")
    dims = _dims([source.headings[column] for column in columns])

    def reads() -> Iterator[_Read]:
        for number, cells in source.rows():
            if any(cell.strip() for cell in cells):
                labels = tuple(_label(cells[column], number, source.headings[column]) for column in columns)
                yield _Read(labels, cells[count], number, source.headings[count])

    return dims, reads()


def _crossed(source: Source) -> tuple[tuple[str, ...], Iterator[_Read]]:
    if len(source.headings) < 2:
        asked = "Skriv en række for hvert tal med kolonnen »antal« til sidst, eller en tabel med grupper ned og hen"
        raise Unreadable(f"Række 1: {shown(source.path.name)} har kun en kolonne. {asked}.")
    across = [_label(heading, 1, heading) for heading in source.headings[1:]]
    if len(set(across)) < len(across):
        again = next(heading for heading in across if across.count(heading) > 1)
        raise Unreadable(f"Række 1: {shown(again)} står to gange. Giv hver kolonne sit navn.")
    dims = (source.headings[0] or _CROSSED[0], _CROSSED[1])

    def reads() -> Iterator[_Read]:
        for number, cells in source.rows():
            if any(cell.strip() for cell in cells):
                down = _label(cells[0], number, source.headings[0] or _CROSSED[0])
                for heading, label, raw in zip(source.headings[1:], across, cells[1:], strict=True):
                    yield _Read((down, label), raw, number, heading)

    return dims, reads()


def _dims(headings: Sequence[str]) -> tuple[str, ...]:
    folded = [fold(heading) for heading in headings]
    for heading in headings:
        if not heading:
            raise Unreadable("Række 1: en kolonne har ingen overskrift. Giv den et navn, eller slet den.")
        if folded.count(fold(heading)) > 1:
            raise Unreadable(f"Række 1: {shown(heading)} står to gange. Giv hver kolonne sit navn.")
    return tuple(headings)


def _label(raw: str, row: int, column: str) -> str:
    if is_total(raw):
        return TOTAL
    try:
        return level_of(raw)
    except Unreadable as problem:
        raise Unreadable(f"{place(row, column)}: {problem}") from None
