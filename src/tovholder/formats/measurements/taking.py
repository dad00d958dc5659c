"""From raw columns to measurements: each row that can be read, and why each of the others cannot."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tovholder.formats.measurements.checks import notices_of, refused_as_twins, refused_by_figures
from tovholder.formats.measurements.headings import Headings
from tovholder.formats.measurements.numbers import Numbers, Style, WrittenNumbers, read_numbers, style_of, written_numbers
from tovholder.formats.measurements.periods import Periods, read_periods, read_spans, whole_periods
from tovholder.formats.measurements.personal import check_no_personal_numbers
from tovholder.formats.measurements.sentences import KINDS, Refused, refused
from tovholder.formats.measurements.shapes import NUMBERS, TEXTS, RawTable, UnreadableTable, problems

if TYPE_CHECKING:
    import polars as pl

LISTED = 200
_COUNTS = ("numerator", "denominator")
_SUPPRESSIBLE = ("numerator", "denominator", "value")
_OLE, _ZIP, _PARQUET = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"PAR1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class Taken:
    """Accepted rows as a frame, the first refused cells, how many rows and cells of each kind were refused, and what to tell."""

    frame: pl.DataFrame
    kind: str
    refused: tuple[Refused, ...]
    refused_rows: int
    refused_kinds: dict[str, int]
    notices: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    sheet: str
    digest: str


def take_measurements(content: bytes) -> Taken:
    """This will read a table of measurements whatever it is stored as; raises UnreadableTable with a sentence when it cannot."""
    digest = hashlib.sha256(content).hexdigest()
    table, headings = _opened(content)
    del content
    check_no_personal_numbers(table, headings)
    if not table.rows.len() and not table.problems:
        raise UnreadableTable("Der er ingen rækker under overskrifterne.")
    frame, found, notices = _read(table, headings)
    found += refused_by_figures(frame, headings)
    kept, found = _without(frame, found)
    twins = refused_as_twins(kept)
    if twins.height:
        kept, found = _without(kept, [*found, twins])
    columns = tuple((headings.names[place], role) for role, place in sorted(headings.roles.items(), key=lambda pair: pair[1]))
    listed, rows, kinds = _listed(found)
    notices = (*headings.notices, *table.notices, *notices, *notices_of(kept, headings))
    return Taken(kept, table.kind, listed, rows, kinds, notices, columns, table.sheet, digest)


def _opened(content: bytes) -> tuple[RawTable, Headings]:
    if not content.strip():
        raise UnreadableTable("Filen er tom. Vælg en anden fil, og prøv igen.")
    if content.startswith(_PARQUET):
        from tovholder.formats.measurements.parquet_table import read_parquet_table

        return read_parquet_table(content)
    if content.startswith(_ZIP):
        from tovholder.formats.measurements.workbook import read_workbook

        return read_workbook(content)
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise UnreadableTable("Filen er låst med adgangskode. Fjern koden i Excel, og prøv igen.")
        raise UnreadableTable("Filen er i det gamle Excel-format. Gem den som Excel-projektmappe (.xlsx), og prøv igen.")
    if content[:5] == b"%PDF-":
        raise UnreadableTable("Filen er en PDF. Vi skal bruge tabellen som CSV, Excel (.xlsx) eller Parquet.")
    from tovholder.formats.measurements.text_table import read_text_table

    return read_text_table(content)


def _read(table: RawTable, headings: Headings) -> tuple[pl.DataFrame, list[pl.DataFrame], tuple[str, ...]]:
    import polars as pl

    rows = table.rows
    period = _period(table, headings)
    found = [*table.problems, *period.refused]
    said = list(period.notices)
    columns: dict[str, pl.Series] = {"row": rows.cast(pl.UInt32), "place": _place(table, headings)}
    is_missing = columns["place"].is_null()
    if is_missing.any():
        found.append(problems(rows.filter(is_missing), headings.named("place"), None, "place missing"))
    columns |= {"period_from": period.first, "period_until": period.until}
    for role in TEXTS:
        columns[role] = table.columns[headings.roles[role]].text if role in headings.roles else _blank(rows.len(), pl.String)
    numbers = _numbers(table, headings)
    for role in NUMBERS:
        columns[role] = numbers[role].value if role in numbers else _blank(rows.len(), pl.Float64)
        if role in numbers:
            found += numbers[role].refused
            said += numbers[role].notices
    for role in _SUPPRESSIBLE:
        hidden = numbers[role].is_hidden if role in numbers else pl.Series([False], dtype=pl.Boolean).new_from_index(0, rows.len())
        columns[f"{role}_suppressed"] = hidden
    unit, mixed = _unit(table, headings, numbers)
    columns["unit"] = pl.Series([unit], dtype=pl.String).new_from_index(0, rows.len())
    frame = pl.DataFrame({name: column.alias(name) for name, column in columns.items()})
    is_empty = pl.all_horizontal(*(pl.col(role).is_null() for role in ("numerator", "value")))
    hidden_too = pl.any_horizontal(*(pl.col(f"{role}_suppressed") for role in _SUPPRESSIBLE))
    nothing = frame.filter(is_empty & ~hidden_too)["row"]
    refused_already = pl.concat([one["row"] for one in found]) if found else pl.Series([], dtype=pl.UInt32)
    nothing = nothing.filter(~nothing.is_in(refused_already.implode()))
    return frame, [*found, *mixed, problems(nothing, "", None, "nothing")], tuple(said)


def _blank(count: int, kind: type[pl.DataType]) -> pl.Series:
    import polars as pl

    return pl.Series([None], dtype=kind).new_from_index(0, count)


def _place(table: RawTable, headings: Headings) -> pl.Series:
    import polars as pl

    text = table.columns[headings.roles["place"]].text
    # Spreadsheets drop the first zero of a municipality's code.
    return text.to_frame("place").select(pl.col("place").str.replace(r"^(\d{3})$", "0$1"))["place"]


def _period(table: RawTable, headings: Headings) -> Periods:
    roles, column = headings.roles, table.columns
    if "period" in roles:
        return read_periods(column[roles["period"]], headings.named("period"), table.rows)
    if "year" in roles:
        role = "month" if "month" in roles else "quarter"
        part = column[roles[role]] if role in roles else None
        joined = whole_periods(column[roles["year"]], part, is_quarter=role == "quarter")
        return read_periods(joined, headings.named("year"), table.rows)
    end = "until" if "until" in roles else "to"
    starts, ends = column[roles["from"]], column[roles[end]]
    return read_spans(starts, ends, headings.named("from"), headings.named(end), table.rows, is_exclusive=end == "until")


def _numbers(table: RawTable, headings: Headings) -> dict[str, Numbers]:
    written = {
        role: written_numbers(table.columns[headings.roles[role]], headings.named(role)) for role in NUMBERS if role in headings.roles
    }
    elsewhere = _style_elsewhere(table, written)
    read = {}
    for role, one in written.items():
        style, said = style_of(one, table.rows, elsewhere=elsewhere, is_count=role in _COUNTS)
        found = read_numbers(one, table.rows, style)
        read[role] = Numbers(found.value, found.is_hidden, found.is_percent, found.refused, (*said, *found.notices))
    return read


def _style_elsewhere(table: RawTable, written: dict[str, WrittenNumbers]) -> Style:
    """What the rest of the file speaks for: its other columns, or else the sign between its cells."""
    danish = sum(one.danish for one in written.values())
    english = sum(one.english for one in written.values())
    if danish or english:
        return "danish" if danish >= english else "english"
    return "english" if table.separator == "," else "danish"


def _unit(table: RawTable, headings: Headings, numbers: dict[str, Numbers]) -> tuple[str | None, list[pl.DataFrame]]:
    """The sign the values are written in; cells that do not follow the rest of their column are refused."""
    if "value" not in numbers:
        return None, []
    value = numbers["value"]
    if headings.roles["value"] in headings.in_percent:
        return "%", []
    is_there = value.value.is_not_null()
    signed, all_of_them = int((value.is_percent & is_there).sum()), int(is_there.sum())
    if signed in (0, all_of_them):
        return ("%" if signed else None), []
    is_odd = is_there & (~value.is_percent if signed * 2 >= all_of_them else value.is_percent)
    kind = "without percent" if signed * 2 >= all_of_them else "with percent"
    text = table.columns[headings.roles["value"]].text
    odd = problems(table.rows.filter(is_odd), headings.named("value"), text.filter(is_odd), kind)
    return ("%" if kind == "without percent" else None), [odd]


def _without(frame: pl.DataFrame, found: list[pl.DataFrame]) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    import polars as pl

    if not found:
        return frame, found
    gone = pl.concat([one["row"] for one in found]).unique()
    return frame.filter(~pl.col("row").is_in(gone.implode())), found


def _listed(found: list[pl.DataFrame]) -> tuple[tuple[Refused, ...], int, dict[str, int]]:
    import polars as pl

    if not found:
        return (), 0, {}
    order = {kind: number for number, kind in enumerate(KINDS)}
    whole = pl.concat(found)
    place = pl.col("kind").replace_strict(order, return_dtype=pl.Int32)
    first = whole.with_columns(place.alias("order")).sort("row", "order", "column").head(LISTED).drop("order")
    counts = dict(whole.group_by("kind").len().iter_rows())
    listed = tuple(refused(*cells) for cells in first.iter_rows())
    return listed, int(whole["row"].n_unique()), {kind: counts[kind] for kind in KINDS if kind in counts}
