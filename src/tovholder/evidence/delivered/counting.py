"""Whether the numbers of a row can be: counts that are counts, a value that is what the counts give, limits around it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tovholder.texts.danish import number

from .sifting import Sifting, shown

_COUNTS = ("numerator", "denominator")
_MOST_DECIMALS = 6
# The last binary digits of two ways to write the same number.
_HAIR = 1e-9


def check_numbers(sifting: Sifting) -> None:
    """This will refuse rows whose numbers contradict themselves, compute the values that only counts give, and say why a blank is blank.

    A hidden count stays hidden: its value and limits are blank too. Nobody in the denominator is a blank with its reason, no fault."""
    import polars as pl

    _blank_hidden(sifting)
    for field in ("numerator", "denominator", "value", "low", "high"):
        sifting.refuse(
            pl.col(field).is_infinite() | pl.col(field).is_nan(), field, lambda row: "tallet kan ikke læses. Skriv et almindeligt tal."
        )
    for field in _COUNTS:
        where = (pl.col(field) < 0) & ~((pl.col("kind") == "mean") & (pl.lit(field) == "numerator"))
        sifting.refuse(where, field, _say(field, "er under 0. Et antal kan ikke være negativt."))
    _refuse_shares(sifting)
    nobody = pl.col("denominator") == 0
    sifting.refuse(
        nobody & (pl.col("numerator") > 0), "denominator",
        lambda row: f"0 i nævneren, men {shown(row['numerator'])} i tælleren. Ret det ene.",
    )  # fmt: skip
    counted = pl.col("kind") != "years"
    bare = pl.col("numerator").is_not_null() & pl.col("denominator").is_null() & pl.col("value").is_null() & counted
    sifting.refuse(bare, "denominator", lambda row: "nævneren mangler. Skriv den, så andelen kan regnes ud.")
    _fill_values(sifting)
    _refuse_other_values(sifting)
    _refuse_limits(sifting)
    _say_why_blank(sifting)


def _say(field: str, rest: str) -> Any:
    return lambda row: f"»{shown(row[field])}« {rest}"


def _blank_hidden(sifting: Sifting) -> None:
    import polars as pl

    hidden = pl.col("hidden").fill_null(value=False)
    blank = [pl.when(~hidden).then(pl.col(name)).alias(name) for name in ("numerator", "value", "low", "high")]
    sifting.frame = sifting.frame.with_columns(*blank, hidden.alias("hidden"))


def _refuse_shares(sifting: Sifting) -> None:
    import polars as pl

    share = pl.col("kind") == "proportion"
    sifting.refuse(
        share & (pl.col("numerator") > pl.col("denominator")), "numerator",
        lambda row: f"»{shown(row['numerator'])}« er flere end de {shown(row['denominator'])}, de er en del af.",
    )  # fmt: skip
    outside = share & ((pl.col("value") < 0) | (pl.col("value") > pl.col("multiplier")))
    sifting.refuse(outside, "value", lambda row: f"»{shown(row['value'])}« ligger ikke mellem 0 og {shown(row['multiplier'])}.")
    negative = pl.col("kind").is_in(["rate", "years", "ratio"]) & (pl.col("value") < 0)
    sifting.refuse(negative, "value", _say("value", "er under 0. Det kan tallet ikke være."))


def _given() -> Any:
    """What the counts give, where there are people to count among."""
    import polars as pl

    can = (pl.col("denominator") > 0) & (pl.col("kind") != "years")
    return pl.when(can).then(pl.col("numerator") / pl.col("denominator") * pl.col("multiplier"))


def _fill_values(sifting: Sifting) -> None:
    import polars as pl

    sifting.frame = sifting.frame.with_columns(
        _given().alias("counted"),
        pl.when((pl.col("denominator") == 0).fill_null(value=False)).then(None).otherwise(pl.col("value")).alias("value"),
    ).with_columns(pl.coalesce("value", "counted").alias("filled"))


def _refuse_other_values(sifting: Sifting) -> None:
    """A written value may be as coarse as the file writes that indicator, or as the definition shows it, whichever is coarser."""
    import polars as pl

    both = pl.col("value").is_not_null() & pl.col("counted").is_not_null()
    tried = sifting.frame.filter(both)
    if not tried.is_empty():
        written = tried.group_by("definition_id").agg(
            *[((pl.col("value").round(n) - pl.col("value")).abs() < _HAIR).all().alias(str(n)) for n in range(_MOST_DECIMALS + 1)],
            pl.col("decimals").first(),
        )
        fine: dict[str, float] = {}
        for row in written.iter_rows(named=True):
            digits = next((n for n in range(_MOST_DECIMALS + 1) if row[str(n)]), _MOST_DECIMALS)
            fine[row["definition_id"]] = 0.5 * 10.0 ** -min(digits, row["decimals"]) + _HAIR
        allowed = pl.col("definition_id").replace_strict(fine, default=None, return_dtype=pl.Float64)
        apart = (pl.col("value") - pl.col("counted")).abs()
        sifting.refuse(both & (apart > allowed + apart * _HAIR), "value", _say_other)
    sifting.frame = sifting.frame.with_columns(pl.col("filled").alias("value")).drop("filled", "counted")


def _say_other(row: Mapping[str, Any]) -> str:
    counts = f"{shown(row['numerator'])} af {shown(row['denominator'])}"
    said = f"»{shown(row['value'])}« passer ikke med {counts}, som giver {number(row['counted'], row['decimals'])}."
    if abs(row["value"] * row["multiplier"] - row["counted"]) < 0.01 * max(abs(row["counted"]), 1.0):
        return f"{said} Skriv tallet ganget med {shown(row['multiplier'])}."
    return f"{said} Ret det ene."


def _refuse_limits(sifting: Sifting) -> None:
    import polars as pl

    wrong = (pl.col("low") > pl.col("high")) | (pl.col("low") > pl.col("value"))
    sifting.refuse(wrong, "low", lambda row: f"»{shown(row['low'])}« ligger over tallet selv eller den øvre grænse.")
    sifting.refuse(pl.col("high") < pl.col("value"), "high", lambda row: f"»{shown(row['high'])}« ligger under tallet selv.")


def _say_why_blank(sifting: Sifting) -> None:
    import polars as pl

    empty = pl.col("value").is_null() & pl.col("numerator").is_null()
    nobody = (pl.col("denominator") == 0) & ~pl.col("hidden")
    # Only a release tells which hidden figures protect another; in a table all hidden ones may be small.
    protects = pl.col("protects").fill_null(value=False)
    why = (
        pl.when(pl.col("hidden") & protects)
        .then(pl.lit("protects"))
        .when(pl.col("hidden"))
        .then(pl.lit("suppressed"))
        .when(nobody | empty)
        .then(pl.lit("missing"))
        .otherwise(pl.lit(""))
    )
    sifting.frame = sifting.frame.with_columns(why.alias("why")).with_columns(
        *[pl.when(pl.col("why") == "").then(pl.col(name)).alias(name) for name in ("numerator", "value", "low", "high")]
    )
