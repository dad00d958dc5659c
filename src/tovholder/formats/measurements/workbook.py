"""An Excel workbook read without running anything in it: the first sheet that is shown and has the headings."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from tovholder.formats.measurements.headings import SEARCHED_ROWS, Headings, find_headings, score
from tovholder.formats.measurements.shapes import RawColumn, RawTable, UnreadableTable, problems
from tovholder.formats.measurements.workbook_cells import SheetCells, percent_styles, sheet_cells, sheet_parts
from tovholder.formats.reading_shapes import Unreadable
from tovholder.formats.reading_zip import Package
from tovholder.texts.danish import count_of, list_of, number

if TYPE_CHECKING:
    import polars as pl

BYTES = 25 << 20
_MACROS = "Filen har makroer. Gem den som Excel-projektmappe uden makroer (.xlsx), og prøv igen."
_OTHER_KIND = "Vi kan ikke læse den slags regneark. Gem det som Excel-projektmappe (.xlsx), og prøv igen."
_DAMAGED = "Filen er beskadiget. Gem den igen i Excel, og prøv."
_NUMERIC = ("numerator", "denominator", "value", "low", "high")


def read_workbook(content: bytes) -> tuple[RawTable, Headings]:
    """This will read a workbook to raw columns; raises UnreadableTable with a sentence when it cannot or must not be read."""
    if len(content) > BYTES:
        raise UnreadableTable("Regnearket er større end 25 MB. Gem det som CSV, eller del det op.")
    try:
        package = Package(content, program="Excel")
        _check_kind(package)
        parts = sheet_parts(package)
        percent = percent_styles(package)
        shown, hidden = _sheets(content)
        for name in shown:
            if name not in parts:
                continue
            cells = sheet_cells(package.read(parts[name]), name, percent)
            rows, merged = _rows(content, name)
            if max((score(_texts(row)) for row in rows[:SEARCHED_ROWS]), default=0) >= 2:
                return _table(rows, merged, cells, _said(name, shown, hidden), name)
    except Unreadable as sentence:
        raise UnreadableTable(str(sentence)) from None
    where = f" Skjulte ark læser vi ikke: {list_of([f'»{name}«' for name in hidden])}." if hidden else ""
    raise UnreadableTable(f"Intet ark har overskrifterne Kommune, Periode og et tal. Skriv dem i den første række.{where}")


def _check_kind(package: Package) -> None:
    names = {name.lower() for name in package.names}
    if any(name.endswith("vbaproject.bin") for name in names):
        raise UnreadableTable(_MACROS)
    kinds = package.read("[Content_Types].xml") if "[Content_Types].xml" in package.names else b""
    if b"macroEnabled" in kinds:
        raise UnreadableTable(_MACROS)
    if "xl/workbook.xml" not in names:
        raise UnreadableTable(_OTHER_KIND)


def _sheets(content: bytes) -> tuple[list[str], list[str]]:
    import python_calamine as calamine

    try:
        book = calamine.load_workbook(io.BytesIO(content))
    except calamine.PasswordError:
        raise UnreadableTable("Filen er låst med adgangskode. Fjern koden i Excel, og prøv igen.") from None
    except (calamine.CalamineError, OSError, ValueError):
        raise UnreadableTable(_DAMAGED) from None
    sheets = [one for one in book.sheets_metadata if one.typ == calamine.SheetTypeEnum.WorkSheet]
    is_shown = {one.name: one.visible == calamine.SheetVisibleEnum.Visible for one in sheets}
    return [name for name, yes in is_shown.items() if yes], [name for name, yes in is_shown.items() if not yes]


def _rows(content: bytes, name: str) -> tuple[list[list[Any]], Sequence[Any]]:
    import python_calamine as calamine

    try:
        sheet = calamine.load_workbook(io.BytesIO(content)).get_sheet_by_name(name)
        return sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges or ()
    except (calamine.CalamineError, OSError, ValueError):
        raise UnreadableTable(_DAMAGED) from None


def _said(name: str, shown: Sequence[str], hidden: Sequence[str]) -> list[str]:
    said = []
    others = [f"»{other}«" for other in shown if other != name]
    if others:
        said.append(f"Filen har flere ark. Vi har læst »{name}« og ikke {list_of(others)}.")
    if hidden:
        named = list_of([f"»{other}«" for other in hidden])
        said.append(f"{'Arket' if len(hidden) == 1 else 'Arkene'} {named} er skjult og er ikke læst.")
    return said


def _texts(row: Sequence[Any]) -> list[str]:
    return [_text(cell) or "" for cell in row]


def _text(cell: Any) -> str | None:
    if isinstance(cell, bool):
        return "SAND" if cell else "FALSK"
    if isinstance(cell, float | int):
        return str(int(cell)) if float(cell).is_integer() and abs(cell) < 1e15 else number(float(cell)).replace(".", "")
    if isinstance(cell, datetime | date):
        return cell.strftime("%d-%m-%Y")
    return str(cell).strip().replace("\0", "") or None


def _day(cell: Any) -> date | None:
    return cell.date() if isinstance(cell, datetime) else cell if isinstance(cell, date) else None


def _table(rows: list[list[Any]], merged: Sequence[Any], cells: SheetCells, said: list[str], sheet: str) -> tuple[RawTable, Headings]:
    import polars as pl

    headings = find_headings([_texts(row) for row in rows[:SEARCHED_ROWS]])
    for (row, column), shown in cells.errors.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = shown
    refused = _unfold(rows, merged, headings, said)
    if cells.hidden_rows:
        is_one = cells.hidden_rows == 1
        rows_hidden = count_of(cells.hidden_rows, "række", "rækker")
        said.append(f"{rows_hidden} i arket er skjult. {'Den' if is_one else 'De'} er læst med.")
    below = range(headings.at + 1, len(rows))
    used = [number for number in below if any(cell not in ("", None) for cell in rows[number])]
    columns = []
    for place in range(len(headings.names)):
        found = [rows[number][place] for number in used]
        is_number = [isinstance(cell, float | int) and not isinstance(cell, bool) for cell in found]
        figures = [float(cell) if yes else None for cell, yes in zip(found, is_number, strict=True)]
        columns.append(
            RawColumn(
                text=pl.Series([_text(cell) for cell in found], dtype=pl.String),
                number=pl.Series(figures, dtype=pl.Float64),
                day=pl.Series([_day(cell) for cell in found], dtype=pl.Date),
                percent=pl.Series([(number, place) in cells.percent for number in used], dtype=pl.Boolean),
            )
        )
    numbers = pl.Series([number + 1 for number in used], dtype=pl.UInt32)
    return RawTable("xlsx", headings.names, tuple(columns), numbers, sheet, said, refused), headings


def _unfold(rows: list[list[Any]], merged: Sequence[Any], headings: Headings, said: list[str]) -> list[pl.DataFrame]:
    """Words in a merged cell stand for every row it covers; a number cannot, so those rows are refused."""
    import polars as pl

    numeric = {headings.roles[role]: role for role in _NUMERIC if role in headings.roles}
    unfolded: set[str] = set()
    refused = []
    for (top, left), (bottom, right) in merged:
        if top <= headings.at or bottom >= len(rows):
            continue
        for place in range(left, min(right, len(headings.names) - 1) + 1):
            name = headings.names[place]
            if place in numeric:
                covered = pl.Series(range(top + 1, bottom + 2), dtype=pl.UInt32)
                shown = pl.Series([_text(rows[top][left]) or ""] * covered.len(), dtype=pl.String)
                refused.append(problems(covered, name, shown, "merged"))
            elif place == left and place in headings.roles.values():
                unfolded.add(name)
                for row in range(top + 1, bottom + 1):
                    rows[row][place] = rows[top][place]
    for name in sorted(unfolded):
        said.append(f"Flettede celler i »{name}« er læst, som om ordet stod i hver række.")
    return refused
