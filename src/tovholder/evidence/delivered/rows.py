"""The rows of a parsed file in the one shape that they are held against what is known in."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

from tovholder.texts.danish import parse_date

from .splitting import EVERYBODY, SEVERAL

if TYPE_CHECKING:
    import polars as pl

_SPLITS = (("sex", "køn"), ("age", "alder"))


def rows_of(content: bytes, indicator: str) -> pl.DataFrame:
    """This will give the rows of a parsed table, with one breakdown and one group each, the day drawn as a day, and what is hidden marked.

    content: Parquet with row, place, period_from, period_until, breakdown, group, sex, age, indicator, vintage, numerator, denominator,
    value, low, high and <numerator|denominator|value>_suppressed. Several breakdowns of one row are joined by " × "."""
    import polars as pl

    frame = pl.read_parquet(io.BytesIO(content))
    hidden = pl.any_horizontal(*[pl.col(f"{name}_suppressed") for name in ("numerator", "denominator", "value")])
    breakdown, group = _split(frame)
    return frame.select(
        pl.col("row").cast(pl.Int64),
        pl.col("indicator").fill_null(indicator),
        pl.col("place").fill_null("").alias("area"),
        "period_from",
        "period_until",
        breakdown.alias("breakdown"),
        group.alias("group"),
        *[pl.col(name).cast(pl.Float64) for name in ("numerator", "denominator", "value", "low", "high")],
        pl.col("vintage").fill_null("").alias("drawn_as"),
        _drawn(frame).alias("vintage"),
        hidden.alias("hidden"),
        pl.lit(value=False).alias("protects"),
    )


def _split(frame: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """What each row is split by: the breakdown it names, and every further column that says more than everybody."""
    import polars as pl

    named = [(pl.col("breakdown").fill_null(""), pl.col("group").fill_null(""))]
    named += [(pl.lit(word), pl.col(name).fill_null("")) for name, word in _SPLITS]
    everybody = sorted(EVERYBODY)
    parts = []
    for word, cell in named:
        says = ~cell.str.strip_chars().str.to_lowercase().is_in(everybody)
        parts.append((pl.when(says).then(word), pl.when(says).then(cell)))
    told = frame.select(
        pl.concat_str([part[0] for part in parts], separator=SEVERAL, ignore_nulls=True).alias("breakdown"),
        pl.concat_str([part[1] for part in parts], separator=SEVERAL, ignore_nulls=True).alias("group"),
    )
    return told["breakdown"], told["group"]


def _drawn(frame: pl.DataFrame) -> pl.Series:
    """The day each row was drawn, null where the file does not say or writes what is no day."""
    import polars as pl

    days: dict[str, date | None] = {}
    for written in frame["vintage"].unique().drop_nulls().to_list():
        days[written] = _day(written)
    told = frame.select(pl.col("vintage").replace_strict(days, default=None, return_dtype=pl.Date))
    return told["vintage"]


def _day(written: str) -> date | None:
    try:
        return parse_date(written)
    except ValueError:
        return None
