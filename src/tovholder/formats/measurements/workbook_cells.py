"""What a workbook says about its cells beside their values: how far they reach, which are errors, which are written in per cent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tovholder.formats.measurements.shapes import UnreadableTable

if TYPE_CHECKING:
    from tovholder.formats.reading_zip import Package

CELLS = 1_000_000
REACH = 2_000_000
_TOO_MANY = "Arket »{}« har over 1.000.000 celler. Gem det som CSV, eller del det op."
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TIES = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_CELL = re.compile(rb'<(?:\w+:)?c(?=[\s>/])(?:[^>]*?\sr="([A-Z]{1,3})(\d{1,7})")?[^>]*?(/?)>')
_ERROR = re.compile(rb'<(?:\w+:)?c\s(?=[^>]*\st="e")[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>.*?<(?:\w+:)?v>([^<]{1,20})<', re.DOTALL)
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\s[^>]*\bhidden="(?:1|true)"')
_BUILT_IN_PERCENT = {"9", "10"}
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


@dataclass(frozen=True)
class SheetCells:
    """Places are (row, column) from 0; errors with what the cell shows."""

    errors: dict[tuple[int, int], str]
    percent: frozenset[tuple[int, int]]
    hidden_rows: int


def sheet_parts(package: Package) -> dict[str, str]:
    """This will give the package entry that holds each sheet, by the sheet's name; raises Unreadable at a damaged workbook."""
    book, ties = package.tree("xl/workbook.xml"), package.tree("xl/_rels/workbook.xml.rels")
    if book is None or ties is None:
        raise UnreadableTable("Filen er ikke et regneark, vi kan læse. Gem den som Excel-projektmappe (.xlsx), og prøv igen.")
    targets = {str(tie.get("Id")): str(tie.get("Target")) for tie in ties}
    found = {}
    for sheet in book.iter(f"{_MAIN}sheet"):
        target = targets.get(str(sheet.get(f"{_TIES}id")), "")
        entry = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if entry in package.names:
            found[str(sheet.get("name"))] = entry
    return found


def percent_styles(package: Package) -> frozenset[str]:
    """This will give the cell styles that show a number in per cent; raises Unreadable at damaged styles."""
    styles = package.tree("xl/styles.xml")
    if styles is None:
        return frozenset()
    formats = {str(one.get("numFmtId")) for one in styles.iter(f"{_MAIN}numFmt") if "%" in _QUOTED.sub("", str(one.get("formatCode")))}
    shown = formats | _BUILT_IN_PERCENT
    cells = styles.find(f"{_MAIN}cellXfs")
    used = [] if cells is None else list(cells.iter(f"{_MAIN}xf"))
    return frozenset(str(number) for number, one in enumerate(used) if one.get("numFmtId") in shown)


def sheet_cells(content: bytes, name: str, percent: frozenset[str]) -> SheetCells:
    """This will look through a sheet's XML before anything is unfolded; raises UnreadableTable when it reaches too far."""
    if b"\0" in content[:1000] or b"<!DOCTYPE" in content[:1000]:
        raise UnreadableTable("Filen er bygget på en måde, vi ikke stoler på. Gem den igen i Excel, og prøv.")
    count, last_row, columns = 0, 0, set()
    for match in _CELL.finditer(content):
        if match[3]:
            continue
        count += 1
        if count > CELLS:
            raise UnreadableTable(_TOO_MANY.format(name))
        if match[1]:
            columns.add(match[1])
            last_row = max(last_row, int(match[2]))
    last_column = max((_column(letters) + 1 for letters in columns), default=0)
    if last_row * last_column > REACH:
        raise UnreadableTable(f"Arket »{name}« har celler langt fra tabellen. Slet det, der står for sig selv, og gem filen igen.")
    errors = {(int(row) - 1, _column(letters)): shown.decode("ascii", "replace") for letters, row, shown in _ERROR.findall(content)}
    return SheetCells(errors, _percent_cells(content, percent), len(_HIDDEN_ROW.findall(content)))


def _percent_cells(content: bytes, styles: frozenset[str]) -> frozenset[tuple[int, int]]:
    if not styles:
        return frozenset()
    either = "|".join(sorted(styles)).encode()
    shown = re.compile(rb'<(?:\w+:)?c\s(?=[^>]*\bs="(?:' + either + rb')")[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
    return frozenset((int(row) - 1, _column(letters)) for letters, row in shown.findall(content))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
