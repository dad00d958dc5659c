"""Small areas: what may come in a plain table, and what must come as a release that was protected where the persons' data are.

The rule and its reasons stand in docs/decisions/0022-what-is-a-small-area.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tovholder.texts.danish import number

from .known import LARGE_KINDS, Breakdown, Member, in_words
from .sifting import Sifting, shown
from .sums import TOGETHER, TOO_MANY, Public, given_away, nothing_public

# Among fewer than a hundred, one person moves a share by more than a percentage point.
FEWEST_PEOPLE = 100
_RELEASE = "Lav en udgivelse i jeres sikre miljø, og læg den ind i stedet."
# No column is called so: what stood in the cell is not repeated, since it may be the small number itself.
_UNSAID = "unsaid"
_SET = ["indicator_id", "area_kind", "breakdown_code", "months"]


def refuse_small(
    sifting: Sifting, members: Sequence[Member], breakdowns: Sequence[Breakdown], withheld: Sequence[tuple[str, Any, Any]],
    public: Public = nothing_public,
) -> None:  # fmt: skip
    """This will refuse what a plain table may not carry: groups below a region, and every set of rows that holds something small.

    A set is one indicator, one kind of area, one breakdown and one length of period. All of it goes: the rest would give the small away."""
    import polars as pl

    small_area = ~pl.col("area_kind").is_in(LARGE_KINDS)
    sifting.refuse(small_area & (pl.col("group_code") != ""), "group", _say_group)
    _refuse_withheld(sifting, withheld)
    if sifting.frame.is_empty():
        return
    months = (pl.col("period_until").dt.year() - pl.col("period_from").dt.year()) * 12
    months = months + pl.col("period_until").dt.month() - pl.col("period_from").dt.month()
    sifting.frame = sifting.frame.with_columns(months.alias("months")).with_columns(_smallness().alias("small"))
    # What goes may have been what told, or may have hidden what now tells: until nothing more is given away.
    while _refuse_sets(sifting, given_away(sifting.frame, members, breakdowns, public=public)):
        pass
    sifting.frame = sifting.frame.drop("small", "months")
    uncounted = sifting.frame.filter(small_area & pl.col("value").is_not_null() & pl.col("denominator").is_null()).height
    sifting.notice(
        uncounted, "række har", "rækker har", "ikke noget antal bag. Vi kan ikke se, hvor mange tallet handler om; det hæfter I for."
    )


def refuse_beside(sifting: Sifting, members: Sequence[Member], breakdowns: Sequence[Breakdown], public: Public) -> None:
    """This will refuse a release, whole, when a hidden count can be told from it together with what is public already.

    What the release tells by itself, and beside earlier ones, was tried when it was accepted."""
    import polars as pl

    if not given_away(sifting.frame, members, breakdowns, public=public, is_release=True).is_empty():
        sifting.refuse(
            pl.lit(value=True), "area",
            lambda _row: "sammen med tal, der allerede står her, kan et skjult tal regnes ud. Træk de tal tilbage, eller skjul flere i"
            " udgivelsen.",
        )  # fmt: skip


def _refuse_sets(sifting: Sifting, away: Any) -> bool:
    """Refuses every set in which something is small or given away; whether there was any."""
    import polars as pl

    frame = sifting.frame.join(away, on="row", how="left")
    sifting.frame = frame.with_columns(
        pl.when(pl.col("small").is_null() & pl.col("by").is_not_null()).then(pl.lit("away")).otherwise(pl.col("small")).alias("small")
    )
    flagged = sifting.frame.filter(pl.col("small").is_not_null())
    if not flagged.is_empty():
        sets = flagged.group_by(_SET).agg(pl.col("row").min().alias("set_row"))
        sifting.frame = sifting.frame.join(sets, on=_SET, how="left")
        sifting.refuse(pl.col("small").is_not_null(), "numerator", _say_small, found=_UNSAID)
        sifting.refuse(pl.col("set_row").is_not_null(), "area", _say_set)
        sifting.frame = sifting.frame.drop("set_row")
    sifting.frame = sifting.frame.drop("by")
    return not flagged.is_empty()


def _smallness() -> Any:
    """Which kind of smallness a row has, or none: few counted, few left out of a share, few people in all."""
    import polars as pl

    lowest = pl.when(pl.col("zeros_small")).then(0).otherwise(1)
    few = (pl.col("numerator") >= lowest) & (pl.col("numerator") < pl.col("threshold")) & (pl.col("kind") != "mean")
    left = pl.col("denominator") - pl.col("numerator")
    others = (left >= lowest) & (left < pl.col("threshold")) & (pl.col("kind") == "proportion")
    people = (pl.col("denominator") > 0) & (pl.col("denominator") < FEWEST_PEOPLE) & (pl.col("kind") != "ratio")
    shown_rows = pl.col("why") == ""
    return (
        pl.when(shown_rows & few).then(pl.lit("few"))
        .when(shown_rows & others).then(pl.lit("others"))
        .when((pl.col("why") != "missing") & people).then(pl.lit("people"))
    )  # fmt: skip


def _refuse_withheld(sifting: Sifting, withheld: Sequence[tuple[str, Any, Any]]) -> None:
    import polars as pl

    if not withheld:
        return
    keys = ["indicator_id", "period_from", "period_until"]
    schema: dict[str, Any] = {"indicator_id": pl.String, "period_from": pl.Date, "period_until": pl.Date}
    known = pl.DataFrame(list(withheld), schema=schema, orient="row")
    known = known.with_columns(pl.col("indicator_id").cast(pl.Categorical), pl.lit(value=True).alias("_withheld"))
    sifting.frame = sifting.frame.join(known, on=keys, how="left")
    sifting.refuse(
        pl.col("_withheld"), "period",
        lambda row: f"for {in_words(row['period_from'], row['period_until'])} har vi en udgivelse med skjulte tal. Et nyt tal"
        " for samme periode skal også komme som en udgivelse, så de kan prøves sammen.",
        found="period_from",
    )  # fmt: skip
    sifting.frame = sifting.frame.drop("_withheld")


def _say_group(row: Mapping[str, Any]) -> str:
    return f"{row['area_name']} er mindre end en region, og rækken er delt op i grupper. {_RELEASE}"


def _say_small(row: Mapping[str, Any]) -> str:
    """Names the row and never the small number: what is refused here is not kept here either."""
    at_least = number(row["threshold"])
    if row["small"] == "few":
        return f"tallet er mindre end {at_least}. {_RELEASE}"
    if row["small"] == "others":
        return f"færre end {at_least} af de {shown(row['denominator'])} er ikke talt med. {_RELEASE}"
    if row["small"] == "people":
        return f"tallet handler om {shown(row['denominator'])}, og det er færre end {FEWEST_PEOPLE}. {_RELEASE}"
    if row["by"] == TOO_MANY:
        return f"så mange skjulte tal hænger sammen, at vi ikke kan prøve, om de kan regnes ud. {_RELEASE}"
    if row["why"] == "":
        return f"tallet gør, at et skjult tal, der allerede står her, kan regnes ud. {_RELEASE}"
    how = "af flere summer, der holdes sammen" if row["by"] == TOGETHER else f"af {row['by']} og summen"
    return f"tallet er skjult, men kan regnes ud {how}. {_RELEASE}"


def _say_set(row: Mapping[str, Any]) -> str:
    return f"rækken hører sammen med række {number(row['set_row'])}, hvor der er for få. Derfor skal hele sættet komme som en udgivelse."
