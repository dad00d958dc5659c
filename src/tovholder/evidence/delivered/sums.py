"""Hidden counts that a sum gives away: a region with all its municipalities but one, all groups but one, or the total itself.

Each sum is tried alone. Hidden cells that several sums together give away are found by `tovholder.evidence.disclosure`, which is why small
areas come as a release and not as a table (docs/decisions/0022).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .known import Breakdown, Member

if TYPE_CHECKING:
    import polars as pl

_SAME = ["indicator_id", "drawn_on", "period_from", "period_until"]
_CELL = [*_SAME, "party_id", "group_code"]


def given_away(frame: pl.DataFrame, members: Sequence[Member], breakdowns: Sequence[Breakdown]) -> pl.DataFrame:
    """This will give (row, by) of each hidden count that one sum narrows to fewer possibilities than its threshold asks for; by: a word.

    frame: one row per cell with row, numerator, why, threshold, zeros_small, party_id, group_code and the period. Each sum is of parts that
    are all there. With k hidden parts and the rest R, a part lies between R - (k-1)(t-1) and R - (k-1)·lowest; it is given away when that
    leaves out any of lowest..t-1 (the range criterion, Fischetti and Salazar 2001, for one sum)."""
    import polars as pl

    hidden = frame.filter(pl.col("why") == "suppressed")
    if hidden.is_empty():
        return pl.DataFrame(schema={"row": pl.Int64, "by": pl.String})
    texts = [pl.col(name).cast(pl.String) for name in ("indicator_id", "party_id", "group_code", "breakdown_code")]
    cells = frame.join(hidden.select(_SAME).unique(), on=_SAME, how="semi").select(
        "row", "drawn_on", "period_from", "period_until", "numerator", "why", "threshold", "zeros_small", *texts
    )
    found = [_narrow(_by_places(cells, members), "områderne"), _narrow(_by_groups(cells, breakdowns), "grupperne")]
    return pl.concat(found).unique("row", keep="first", maintain_order=True)


def _by_places(cells: pl.DataFrame, members: Sequence[Member]) -> pl.DataFrame:
    """Every (part, total) pair of an area and what it is part of, with how many parts the total has."""
    import polars as pl

    schema: dict[str, Any] = {"child": pl.String, "parent": pl.String, "since": pl.Date, "till": pl.Date}
    ties = pl.DataFrame([(row.child, row.parent, row.valid_from, row.valid_until) for row in members], schema=schema, orient="row")
    periods = cells.select("period_from", "period_until").unique()
    held = ties.join(periods, how="cross").filter(
        (pl.col("since").is_null() | (pl.col("since") <= pl.col("period_from")))
        & (pl.col("till").is_null() | (pl.col("till") >= pl.col("period_until")))
    )
    sizes = held.group_by("parent", "period_from", "period_until").agg(pl.len().alias("parts"))
    held = held.join(sizes, on=["parent", "period_from", "period_until"])
    parts = cells.join(held, left_on=["party_id", "period_from", "period_until"], right_on=["child", "period_from", "period_until"])
    totals = cells.select(*_CELL, pl.col("row").alias("total_row"), pl.col("numerator").alias("total"), pl.col("why").alias("total_why"))
    return parts.join(totals, left_on=[*_SAME, "parent", "group_code"], right_on=[*_SAME, "party_id", "group_code"])


def _by_groups(cells: pl.DataFrame, breakdowns: Sequence[Breakdown]) -> pl.DataFrame:
    """Every (part, total) pair of a group and everybody, with how many groups the breakdown has."""
    import polars as pl

    sizes = pl.DataFrame(
        [(row.code, len(row.groups)) for row in breakdowns], schema={"breakdown_code": pl.String, "parts": pl.UInt32}, orient="row"
    )
    parts = cells.filter(pl.col("group_code") != "").join(sizes, on="breakdown_code")
    everybody = cells.filter(pl.col("group_code") == "")
    totals = everybody.select(
        *_SAME, "party_id", pl.col("row").alias("total_row"), pl.col("numerator").alias("total"), pl.col("why").alias("total_why")
    )
    return parts.join(totals, on=[*_SAME, "party_id"]).with_columns((pl.col("party_id") + pl.col("breakdown_code")).alias("parent"))


def _narrow(pairs: pl.DataFrame, by: str) -> pl.DataFrame:
    import polars as pl

    is_hidden = pl.col("why") == "suppressed"
    sums = pairs.group_by("total_row", "parent").agg(
        pl.len().alias("present"), pl.col("parts").first(), is_hidden.sum().cast(pl.Int64).alias("hidden"),
        pl.col("numerator").filter(pl.col("why") == "").sum().alias("rest"), pl.col("total").first(), pl.col("total_why").first(),
        (pl.col("why") == "missing").any().alias("has_blank"),
        (pl.col("numerator").is_null() & (pl.col("why") == "")).any().alias("uncounted"),
        pl.col("threshold").max(), pl.col("zeros_small").any(), pl.col("row").filter(is_hidden).alias("hidden_rows"),
    )  # fmt: skip
    whole = sums.filter((pl.col("present") == pl.col("parts")) & ~pl.col("has_blank") & ~pl.col("uncounted"))
    lowest = pl.when(pl.col("zeros_small")).then(0).otherwise(1)
    left = pl.col("total") - pl.col("rest")
    others = pl.col("hidden") - 1
    upper, lower = left - others * lowest, left - others * (pl.col("threshold") - 1)
    narrow = (
        (pl.col("hidden") == 1)
        | (upper < pl.col("threshold") - 1)
        | ((lower > lowest) & (left <= pl.col("hidden") * (pl.col("threshold") - 1)))
    )
    parts = whole.filter((pl.col("total_why") == "") & (pl.col("hidden") > 0) & pl.col("total").is_not_null() & narrow)
    totals = whole.filter((pl.col("total_why") == "suppressed") & (pl.col("hidden") == 0))
    told = [parts.select(pl.col("hidden_rows").alias("row")).explode("row"), totals.select(pl.col("total_row").alias("row"))]
    return pl.concat(told).with_columns(pl.lit(by).alias("by"))
