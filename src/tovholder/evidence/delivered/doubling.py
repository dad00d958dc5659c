"""One figure for each area, period and group: rows that say the same twice, and files that mix two vintages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from .known import Told, day, in_words
from .sifting import Sifting, shown

KEYS = ["indicator_id", "drawn_on", "party_id", "period_from", "period_until", "breakdown_code", "group_code"]
_FIGURES = ["numerator", "denominator", "value", "low", "high", "why"]
# So large a share of contradicting rows is no slip: two files were put together.
_MIXED = 0.1


def draw_rows(sifting: Sifting, told: Told) -> None:
    """This will give each row the day it was drawn; rows without one, and days that have not come, are refused."""
    import polars as pl

    sifting.refuse(
        pl.col("vintage").is_null() & (pl.col("drawn_as") != ""), "vintage", found="drawn_as",
        say=lambda row: f"»{row['drawn_as']}« kan vi ikke læse som en dag. Skriv for eksempel 12-11-2026.",
    )  # fmt: skip
    sifting.frame = sifting.frame.with_columns(pl.coalesce(pl.col("vintage"), pl.lit(told.drawn_on, dtype=pl.Date)).alias("drawn_on"))
    sifting.refuse(
        pl.col("drawn_on").is_null(), "vintage", lambda row: "skriv, hvilken dag tallene er trukket – i rækken eller for hele filen."
    )
    sifting.refuse(
        pl.col("drawn_on") > told.today, "vintage", found="drawn_on",
        say=lambda row: f"{day(row['drawn_on'])} er ikke kommet endnu. Skriv dagen, hvor tallene blev trukket.",
    )  # fmt: skip
    sifting.frame = sifting.frame.drop("vintage", "drawn_as")
    unfinished = sifting.frame.filter(pl.col("period_until") > pl.col("drawn_on")).height
    sifting.notice(unfinished, "række", "rækker", "handler om en periode, der ikke var slut, da tallene blev trukket. De kan blive andre.")


def refuse_doubled(sifting: Sifting) -> None:
    """This will refuse the second of two rows that say the same, and all rows that say different things of the same."""
    import polars as pl

    frame = sifting.frame
    if frame.is_empty():
        return
    # Numbers of the keys say it all, and take a tenth of the room of their texts.
    keyed = frame.with_columns(pl.struct(KEYS).hash(7).alias("_key"))
    doubled = keyed.filter(pl.col("_key").is_duplicated())
    if doubled.is_empty():
        return
    first = doubled.group_by(KEYS).agg(
        pl.col("row").min().alias("_first"), pl.len().alias("_times"), *[pl.col(name).n_unique().alias(f"_{name}") for name in _FIGURES]
    )
    differs = pl.any_horizontal(*[pl.col(f"_{name}") > 1 for name in _FIGURES])
    first = first.filter(pl.col("_times") > 1).select(*KEYS, "_first", differs.alias("_differs"))
    sifting.frame = frame.join(first, on=KEYS, how="left", nulls_equal=True)
    contradicting = sifting.frame.filter(pl.col("_differs")).height
    sifting.refuse(pl.col("_differs") & (pl.col("row") != pl.col("_first")), "value", _say_other)
    sifting.refuse(pl.col("_differs"), "value", _say_first)
    sifting.refuse(
        pl.col("row") != pl.col("_first"), "area", lambda row: f"står allerede i række {shown(row['_first'])}. Den ene er taget med."
    )
    sifting.frame = sifting.frame.drop("_first", "_differs")
    if contradicting > _MIXED * frame.height:
        sifting.notices.insert(
            0,
            "Filen ligner to udtræk lagt sammen: de samme områder og perioder står med hver sit tal. Del den i to, eller skriv"
            " udtrækkets dag i kolonnen »Udtræk«.",
        )


def _about(row: Mapping[str, Any]) -> str:
    group = f", {row['group']}" if row["group"] else ""
    return f"{row['area_name']}{group}, {in_words(row['period_from'], row['period_until'])}"


def _say_other(row: Mapping[str, Any]) -> str:
    return (
        f"{_about(row)} står med et andet tal i række {shown(row['_first'])}. Ret det, eller skriv udtrækkets dag i kolonnen"
        " »Udtræk«, hvis det er to udtræk."
    )


def _say_first(row: Mapping[str, Any]) -> str:
    return f"{_about(row)} står igen længere nede med et andet tal. Vi ved ikke, hvilket der gælder."


def refuse_standing(sifting: Sifting, standing: Any, drawn: Mapping[str, date]) -> None:
    """This will refuse rows that stand in the series this delivery continues: a later vintage never writes over an earlier one.

    standing: frame of indicator_id, party_id, period_from, period_until, group_code; drawn: the day of each indicator's last vintage."""
    import polars as pl

    keys = ["indicator_id", "party_id", "period_from", "period_until", "group_code"]
    if standing.is_empty():
        return
    texts = [pl.col(name).cast(pl.Categorical) for name in ("indicator_id", "party_id", "group_code")]
    there = standing.select(keys).unique().with_columns(*texts, pl.lit(value=True).alias("_stands"))
    sifting.frame = sifting.frame.join(there, on=keys, how="left")
    sifting.refuse(
        pl.col("_stands"), "period",
        lambda row: f"{_about(row)} findes allerede i udtrækket fra {day(drawn[row['indicator_id']])}. Læg hele serien ind som ny,"
        " hvis tallet er rettet.",
        found="period_from",
    )  # fmt: skip
    sifting.frame = sifting.frame.drop("_stands")
