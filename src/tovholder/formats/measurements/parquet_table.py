"""A Parquet file as raw columns: its own types are believed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from tovholder.formats.measurements.headings import Headings, find_headings
from tovholder.formats.measurements.shapes import ROWS, TOO_MANY_ROWS, RawColumn, RawTable, UnreadableTable

if TYPE_CHECKING:
    import polars as pl

_DAMAGED = "Parquet-filen er beskadiget. Dan den igen, og prøv."


def read_parquet_table(content: bytes) -> tuple[RawTable, Headings]:
    """This will read Parquet to raw columns, the first row as number 1; raises UnreadableTable when it is damaged or too long."""
    import polars as pl

    try:
        rows = int(pl.scan_parquet(io.BytesIO(content)).select(pl.len()).collect().item())
        if rows > ROWS:
            raise UnreadableTable(TOO_MANY_ROWS)
        names = pl.read_parquet_schema(io.BytesIO(content))
        headings = find_headings([list(names)])
        wanted = [name for name, kind in names.items() if not kind.is_nested()]
        frame = pl.read_parquet(io.BytesIO(content), columns=wanted)
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        if isinstance(error, UnreadableTable):
            raise
        raise UnreadableTable(_DAMAGED) from None
    columns = tuple(_column(frame[name]) if name in wanted else _empty(rows) for name in names)
    return RawTable("parquet", headings.names, columns, pl.Series(range(1, rows + 1), dtype=pl.UInt32)), headings


def _empty(rows: int) -> RawColumn:
    import polars as pl

    return RawColumn(pl.Series([None] * rows, dtype=pl.String))


def _column(found: pl.Series) -> RawColumn:
    import polars as pl

    kind = found.dtype
    if kind.is_numeric():
        figures = found.cast(pl.Float64)
        figures = figures.set(figures.is_nan(), None)
        is_whole = (figures == figures.floor()) & (figures.abs() < 1e15)
        text = figures.cast(pl.String).str.replace(".", ",", literal=True)
        whole = figures.cast(pl.Int64, strict=False).cast(pl.String)
        return RawColumn(text.zip_with(~is_whole.fill_null(value=False), whole).set(figures.is_null(), None), number=figures)
    if kind in (pl.Date, pl.Datetime):
        days = found.cast(pl.Date)
        return RawColumn(days.dt.strftime("%d-%m-%Y"), day=days)
    if kind in (pl.String, pl.Categorical, pl.Enum):
        text = found.cast(pl.String).str.strip_chars()
        return RawColumn(text.set(text == "", None))
    return RawColumn(found.cast(pl.String, strict=False)) if kind == pl.Boolean else _empty(found.len())
