"""What a person must see before saying yes: how many figures of what, where and when, what is hidden, and the first rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from tovholder.evidence.results import digest_of
from tovholder.texts.danish import long_date, number

from .known import in_words
from .resolving import Resolved

if TYPE_CHECKING:
    import polars as pl

FIRST_ROWS = 12
MOST_INDICATORS = 60


def preview(resolved: Resolved) -> dict[str, Any]:
    """This will sum up what would be stored, as plain values: days as 2024-12-31, periods in words, the rest as it is shown."""
    frame = resolved.frame
    return {
        "rows": frame.height,
        "indicators": _indicators(frame),
        "areas": _kinds(frame),
        "hidden": frame.filter(frame["why"].is_in(["suppressed", "protects"])).height,
        "missing": frame.filter(frame["why"] == "missing").height,
        "first": _first(frame),
        "digest": digest_of([[part.indicator_id, part.drawn_on.isoformat(), part.digest] for part in resolved.parts]),
    }


def replaced(resolved: Resolved, standing: Mapping[str, tuple[date, int]]) -> list[str]:
    """This will warn where a whole series is brought that has less than half the figures of the one it would stand before.

    standing: {indicator id: (day drawn, figures)} of what the same party has brought before."""
    told = []
    for part in resolved.parts:
        drawn_on, rows = standing.get(part.indicator_id, (part.drawn_on, 0))
        if 2 * part.rows < rows:
            told.append(
                f"Udtrækket fra {long_date(drawn_on)} har {number(rows)} tal. Det nye har kun {number(part.rows)} og afløser det."
                " Er det kun nye perioder, så gem dem ikke, men læg filen ind som nye perioder."
            )
    return told


def _indicators(frame: pl.DataFrame) -> Sequence[Mapping[str, Any]]:
    import polars as pl

    hidden = pl.col("why").is_in(["suppressed", "protects"])
    summed = frame.group_by("indicator_code", "indicator_id", "drawn_on").agg(
        pl.len().alias("rows"),
        pl.col("party_id").n_unique().alias("areas"),
        pl.col("period_from").min().alias("first"),
        pl.col("period_until").max().alias("until"),
        pl.struct("period_from", "period_until").n_unique().alias("periods"),
        pl.col("number").unique().sort().alias("definitions"),
        pl.col("breakdown_code").filter(pl.col("breakdown_code") != "").unique().sort(),
        hidden.sum().alias("hidden"),
    )
    summed = summed.sort("indicator_code", "drawn_on").head(MOST_INDICATORS)
    return [
        {
            "indicator": row["indicator_id"], "code": row["indicator_code"], "drawn_on": row["drawn_on"].isoformat(), "rows": row["rows"],
            "areas": row["areas"], "periods": row["periods"], "span": in_words(row["first"], row["until"]),
            "definitions": row["definitions"], "breakdowns": row["breakdown_code"], "hidden": row["hidden"],
        }
        for row in summed.iter_rows(named=True)
    ]  # fmt: skip


def _kinds(frame: pl.DataFrame) -> Sequence[Mapping[str, Any]]:
    import polars as pl

    summed = frame.group_by("area_kind").agg(pl.col("party_id").n_unique().alias("areas"), pl.len().alias("rows"))
    return summed.sort("areas", "area_kind").to_dicts()


def _first(frame: pl.DataFrame) -> Sequence[Mapping[str, Any]]:
    """The first rows of the file, not of the store: a person knows what the file begins with."""
    first = frame.bottom_k(FIRST_ROWS, by="row").sort("row")
    shown = ("row", "group", "numerator", "denominator", "value", "decimals", "why")
    return [
        {name: row[name] for name in shown}
        | {"code": row["indicator_code"], "area": row["area_name"], "period": in_words(row["period_from"], row["period_until"])}
        for row in first.iter_rows(named=True)
    ]
