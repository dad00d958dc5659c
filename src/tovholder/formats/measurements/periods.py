"""Columns of periods, read as half-open days: from the first day up to the day after the last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tovholder.formats.measurements.shapes import RawColumn, UnreadableTable, problems
from tovholder.texts.periods import Days, period_of

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Periods:
    """First days, days after the last (both null where refused), what was refused, and what the reader should know."""

    first: pl.Series
    until: pl.Series
    refused: tuple[pl.DataFrame, ...]
    notices: tuple[str, ...]


def read_periods(column: RawColumn, heading: str, rows: pl.Series) -> Periods:
    """This will read a column of periods; days that all stand first in a month or a year are read as months or years, and that is said."""
    import polars as pl

    text = column.text.fill_null("")
    known = {one: period_of(one) for one in text.unique().sort() if one}
    first, until = _joined(text, known)
    is_day = (until - first).dt.total_days() == 1
    days = first.filter(is_day.fill_null(value=False))
    notices: tuple[str, ...] = ()
    if days.len():
        longer, said = _longer(days.unique(), heading)
        notices = (said,) if said else ()
        if longer:
            moved = first.to_frame("first").select(pl.col("first").dt.offset_by(longer)).to_series()
            until = moved.zip_with(is_day.fill_null(value=False), until)
    is_missing = text == ""
    is_wrong = first.is_null() & ~is_missing
    refused = (
        problems(rows.filter(is_missing), heading, None, "period missing"),
        problems(rows.filter(is_wrong), heading, text.filter(is_wrong), "period"),
    )
    return Periods(first, until, tuple(one for one in refused if one.height), notices)


def read_spans(starts: RawColumn, ends: RawColumn, heading: str, end_heading: str, rows: pl.Series, *, is_exclusive: bool) -> Periods:
    """This will read from and to as days; the last day is with unless the headings or every date say that it is not."""
    import polars as pl

    first, _ = _joined(starts.text.fill_null(""), _all_days(starts))
    last, _ = _joined(ends.text.fill_null(""), _all_days(ends))
    both = first.is_not_null() & last.is_not_null()
    notices = []
    if not is_exclusive and both.any() and bool((last.filter(both).dt.day() == 1).all() and (first.filter(both).dt.day() == 1).all()):
        is_exclusive = bool((last.filter(both) > first.filter(both)).all())
        if is_exclusive:
            notices.append(f"Alle dage i »{end_heading}« er den 1. i en måned. Vi har læst dem som dagen efter den sidste.")
    until = last if is_exclusive else last.to_frame("last").select(pl.col("last").dt.offset_by("1d")).to_series()
    refused = [_wrong_days(column, name, found, rows) for column, name, found in ((starts, heading, first), (ends, end_heading, last))]
    is_backwards = both & (until <= first).fill_null(value=False)
    refused.append(problems(rows.filter(is_backwards), end_heading, ends.text.filter(is_backwards), "backwards"))
    is_fine = both & ~is_backwards
    return Periods(first.set(~is_fine, None), until.set(~is_fine, None), tuple(one for one in refused if one.height), tuple(notices))


def whole_periods(year: RawColumn, part: RawColumn | None, *, is_quarter: bool) -> RawColumn:
    """This will join a column of years and one of months or quarters to periods as they are written in one column."""
    import polars as pl

    if part is None:
        return year
    frame = pl.DataFrame({"year": year.text, "part": part.text})
    number = pl.col("part").str.extract(r"^[kKqQ]?\s*(\d{1,2})(?:\..*)?$", 1)
    written = pl.col("year") + (pl.lit("K") if is_quarter else pl.lit("-")) + number
    named = pl.col("part") + " " + pl.col("year")
    return RawColumn(frame.select(pl.when(number.is_not_null()).then(written).otherwise(named)).to_series())


def _all_days(column: RawColumn) -> dict[str, Days | None]:
    known: dict[str, Days | None] = {}
    for one in column.text.drop_nulls().unique().sort():
        found = period_of(one)
        known[one] = found if found and (found[1] - found[0]).days == 1 else None
    return known


def _joined(text: pl.Series, known: dict[str, Days | None]) -> tuple[pl.Series, pl.Series]:
    import polars as pl

    table = pl.DataFrame(
        {
            "text": list(known),
            "first": [days[0] if days else None for days in known.values()],
            "until": [days[1] if days else None for days in known.values()],
        },
        schema={"text": pl.String, "first": pl.Date, "until": pl.Date},
    )
    found = text.alias("text").to_frame().join(table, on="text", how="left", maintain_order="left")
    return found["first"], found["until"]


def _longer(days: pl.Series, heading: str) -> tuple[str, str]:
    if not bool((days.dt.day() == 1).all()):
        return "", ""
    if not bool((days.dt.month() == 1).all()):
        return "1mo", f"Datoerne i »{heading}« er alle den 1. i en måned. Vi har læst dem som hele måneder."
    if days.len() > 1:
        return "1y", f"Datoerne i »{heading}« er alle 1. januar. Vi har læst dem som hele år."
    raise UnreadableTable(
        f"Vi kan ikke se, om 1. januar i »{heading}« er en dag, en måned eller et år. Skriv for eksempel 2024 eller 2024-01."
    )


def _wrong_days(column: RawColumn, heading: str, found: pl.Series, rows: pl.Series) -> pl.DataFrame:
    is_wrong = found.is_null()
    return problems(rows.filter(is_wrong), heading, column.text.filter(is_wrong), "day")
