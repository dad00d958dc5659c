"""What reading a table goes through: raw columns as the file holds them, and the sentence when nothing can be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

ROWS = 2_000_000
TOO_MANY_ROWS = "Filen har over 2.000.000 rækker. Del den op, for eksempel i et år ad gangen."
NUMBERS = ("numerator", "denominator", "value", "low", "high")
TEXTS = ("breakdown", "group", "sex", "age", "indicator", "vintage")


class UnreadableTable(ValueError):
    """The table cannot be read; the message is a sentence for the person who handed it in."""


@dataclass
class RawColumn:
    """One column: text as written (None when empty); number and day where the file itself says that a cell is one."""

    text: pl.Series
    number: pl.Series | None = None
    day: pl.Series | None = None
    percent: pl.Series | None = None


@dataclass
class RawTable:
    """The rows under the headings; `rows` holds their numbers as a spreadsheet shows them."""

    kind: str
    headings: tuple[str, ...]
    columns: tuple[RawColumn, ...]
    rows: pl.Series
    sheet: str = ""
    notices: list[str] = field(default_factory=list)
    problems: list[pl.DataFrame] = field(default_factory=list)
    separator: str = ""


def problems(rows: pl.Series, column: str, found: pl.Series | None, kind: str, told: pl.Series | str = "") -> pl.DataFrame:
    """This will list refused cells: their row numbers, the column, what stands there, the kind, and what else the sentence says."""
    import polars as pl

    count = rows.len()
    shown = pl.Series("found", [""] * count, dtype=pl.String) if found is None else found.cast(pl.String).fill_null("").alias("found")
    more = pl.Series("told", [told] * count, dtype=pl.String) if isinstance(told, str) else told.cast(pl.String).fill_null("").alias("told")
    return pl.DataFrame(
        [
            rows.cast(pl.UInt32).alias("row"),
            pl.Series("column", [column] * count, dtype=pl.String),
            shown,
            pl.Series("kind", [kind] * count, dtype=pl.String),
            more,
        ]
    )
