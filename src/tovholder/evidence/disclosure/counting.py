"""Rows about persons, or tidy counts, added up by dimension inside the child: only sums come out of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import Any

from tovholder.evidence.disclosure.cells import count_of, is_total, level_of
from tovholder.evidence.disclosure.tables import LARGEST_TABLE
from tovholder.evidence.reading.shapes import Unreadable, number_of, place, shown
from tovholder.evidence.reading.table import Source, fold, open_table

_YES_NO = {"0": 0, "1": 1, "0.0": 0, "1.0": 1, "nej": 0, "ja": 1, "false": 0, "true": 1}
_SINGLES_FROM = 50


def counted(path: Path, by: Sequence[str], numerator: str, denominator: str | None, *, persons: bool) -> dict[str, Any]:
    """This will add up numerators and denominators by the columns named; raises Unreadable with row and column.

    persons: each row is one person or contact; the numerator is 0 or 1, and so is the denominator where there is one (else every row
    counts). Otherwise each row is one combination with its counts. Gives dims, levels, numerator and denominator (flat), notices.
    """
    source = open_table(path)
    columns = [_column(source, one) for one in by]
    top, bottom = _column(source, numerator), -1 if denominator is None else _column(source, denominator)
    levels: list[dict[str, int]] = [{} for _ in by]
    names: list[dict[str, str]] = [{} for _ in by]
    sums: dict[tuple[int, ...], list[int]] = {}
    rows = 0
    for number, cells in source.rows():
        if not any(cell.strip() for cell in cells):
            continue
        rows += 1
        at = tuple(
            _level(cells[column], number, source, column, known, names[n])
            for n, (column, known) in enumerate(zip(columns, levels, strict=True))
        )
        read = _one if persons else _count
        one = read(cells[top], number, source, top)
        all_ = 1 if bottom < 0 else read(cells[bottom], number, source, bottom)
        if at in sums and not persons:
            raise Unreadable(
                f"Række {number}: kombinationen står to gange. Læg rækkerne sammen, eller skriv --persons, hvis hver række er en person."
            )
        if persons and one > all_:
            raise Unreadable(f"{place(number, source.headings[top])}: 1 i tælleren, men 0 i nævneren. En person tæller kun i begge.")
        total = sums.setdefault(at, [0, 0])
        total[0] += one
        total[1] += all_
        if len(sums) > LARGEST_TABLE:
            _refuse_singles(source, by, levels, rows)
            raise Unreadable(f"Der er over {number_of(LARGEST_TABLE)} kombinationer. Vælg færre kolonner med --by.")
    if not rows:
        raise Unreadable(f"Der er ingen rækker i {shown(path.name)}.")
    if persons:
        _refuse_singles(source, by, levels, rows)
    cells_ = 1
    for known in levels:
        cells_ *= len(known) + 1
    if cells_ > LARGEST_TABLE:
        raise Unreadable(f"Tabellen får over {number_of(LARGEST_TABLE)} celler med totaler. Vælg færre kolonner med --by.")
    return _told(source, by, levels, sums)


def _told(source: Source, by: Sequence[str], levels: list[dict[str, int]], sums: dict[tuple[int, ...], list[int]]) -> dict[str, Any]:
    # Sorted, so that the order of rows does not show and does not count.
    sorted_levels = [sorted(known) for known in levels]
    notices = list(source.notices)
    top, bottom, missing = [], [], 0
    for where in product(*sorted_levels):
        found = sums.get(tuple(known[name] for known, name in zip(levels, where, strict=True)))
        missing += found is None
        top.append(found[0] if found else 0)
        bottom.append(found[1] if found else 0)
    if missing:
        notices.append(
            "1 kombination mangler og tæller som 0." if missing == 1 else f"{number_of(missing)} kombinationer mangler og tæller som 0."
        )
    return {"dims": list(by), "levels": sorted_levels, "numerator": top, "denominator": bottom, "notices": notices}


def _column(source: Source, name: str) -> int:
    here = [column for column, heading in enumerate(source.headings) if fold(heading) == fold(name)]
    if not here:
        raise Unreadable(f"Række 1: kolonnen {shown(name)} findes ikke i {shown(source.path.name)}. Den har {_headings(source)}.")
    if len(here) > 1:
        raise Unreadable(f"Række 1: {shown(name)} står to gange. Behold den ene.")
    return here[0]


def _headings(source: Source) -> str:
    return ", ".join(shown(heading) for heading in source.headings[:12])


def _level(raw: str, row: int, source: Source, column: int, known: dict[str, int], names: dict[str, str]) -> int:
    if raw not in names:
        try:
            names[raw] = level_of(raw)
        except Unreadable as problem:
            raise Unreadable(f"{place(row, source.headings[column])}: {problem}") from None
        if is_total(raw):
            raise Unreadable(f"{place(row, source.headings[column])}: totaler lægges sammen her. Slet rækken med {shown(raw)}.")
    return known.setdefault(names[raw], len(known))


def _one(raw: str, row: int, source: Source, column: int) -> int:
    value = _YES_NO.get(raw.strip().casefold())
    if value is None:
        raise Unreadable(f"{place(row, source.headings[column])}: her skal stå 0 eller 1 for hver person.")
    return value


def _count(raw: str, row: int, source: Source, column: int) -> int:
    try:
        return count_of(raw)
    except Unreadable as problem:
        raise Unreadable(f"{place(row, source.headings[column])}: {problem}") from None


def _refuse_singles(source: Source, by: Sequence[str], levels: list[dict[str, int]], rows: int) -> None:
    for name, known in zip(by, levels, strict=True):
        if rows >= _SINGLES_FROM and 2 * len(known) > rows:
            raise Unreadable(
                f"Kolonnen {shown(name)} har næsten et nyt indhold i hver række og peger på personer. Vælg en kolonne med grupper."
            )
