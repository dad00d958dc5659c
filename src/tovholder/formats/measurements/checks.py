"""What a row of measurements must agree with: its own figures, and the other rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tovholder.formats.measurements.headings import Headings
from tovholder.formats.measurements.shapes import problems
from tovholder.texts.danish import count_of, list_of

if TYPE_CHECKING:
    import polars as pl

KEY = ("place", "period_from", "period_until", "breakdown", "group", "sex", "age", "indicator", "vintage")
_SHOWN = 3


def refused_by_figures(frame: pl.DataFrame, headings: Headings) -> list[pl.DataFrame]:
    """This will list the rows whose own figures cannot be right."""
    import polars as pl

    found: list[pl.DataFrame] = []

    def refuse(is_wrong: pl.Expr, role: str, kind: str, told: pl.Expr | None = None) -> None:
        rows = frame.filter(is_wrong.fill_null(value=False))
        if rows.height:
            more = rows.select(told.alias("told"))["told"] if told is not None else ""
            found.append(problems(rows["row"], headings.named(role), _written(rows[role]), kind, more))

    refuse(pl.col("numerator") < 0, "numerator", "negative")
    refuse(pl.col("denominator") < 0, "denominator", "negative")
    refuse(
        (pl.col("denominator") == 0) & (pl.col("numerator") > 0),
        "denominator",
        "no population",
        _in_danish(pl.col("numerator")),
    )
    if headings.roles.get("value") in headings.are_shares:
        refuse((pl.col("value") < 0) | (pl.col("value") > 100), "value", "share")
    crossed = (pl.col("low") > pl.col("high")) | (pl.col("value") < pl.col("low")) | (pl.col("value") > pl.col("high"))
    bounds = pl.concat_str([_in_danish(pl.col("low")), pl.lit("–"), _in_danish(pl.col("high"))], ignore_nulls=True)
    refuse(crossed & pl.col("value").is_not_null(), "value", "limits", bounds)
    refuse(crossed & pl.col("value").is_null(), "low", "limits", bounds)
    for role in ("breakdown", "group"):
        other = "group" if role == "breakdown" else "breakdown"
        if role in headings.roles and other in headings.roles:
            refuse(pl.col(role).is_not_null() & pl.col(other).is_null(), role, f"{other} missing")
    return found


def refused_as_twins(frame: pl.DataFrame) -> pl.DataFrame:
    """This will list the rows that say the same thing about the same place, period and group as one before them."""
    import polars as pl

    marks = frame.select(KEY).hash_rows()
    # Only rows whose marks are seen again need be compared: without any, nothing is sorted or kept.
    frame = frame.filter(marks.is_duplicated())
    first = pl.col("row").first().over(KEY)
    twins = frame.with_columns(first.alias("first")).filter(pl.col("row") != pl.col("first"))
    return problems(twins["row"], "", None, "twin", twins["first"].cast(pl.String))


def notices_of(frame: pl.DataFrame, headings: Headings) -> list[str]:
    """This will say what is allowed and still worth a look, with the rows where it is seen first."""
    import polars as pl

    said = []
    larger = frame.filter(pl.col("numerator") > pl.col("denominator"))
    if larger.height:
        said.append(
            f"Tælleren er større end nævneren i {count_of(larger.height, 'række', 'rækker')} ({_where(larger)}). "
            "Det kan passe for hændelser, men ikke for andele."
        )
    empty = frame.filter((pl.col("denominator") == 0) & ~(pl.col("numerator") > 0).fill_null(value=False))
    if empty.height:
        said.append(f"Nævneren er 0 i {count_of(empty.height, 'række', 'rækker')} ({_where(empty)}). De får ingen andel, heller ikke 0.")
    said += _vintages(frame, headings)
    said += _groups_missing(frame)
    value = frame["value"]
    low, high = value.min(), value.max()
    is_share = headings.roles.get("value") in headings.are_shares and frame["unit"].null_count() == frame.height
    if is_share and isinstance(low, float) and isinstance(high, float) and low >= 0 and high <= 1 and frame.height > 1:
        said.append(f"»{headings.named('value')}« ligger mellem 0 og 1. Tallene er læst, som de står, og ikke som procent.")
    return said


def _vintages(frame: pl.DataFrame, headings: Headings) -> list[str]:
    import polars as pl

    counts = frame.group_by("vintage").agg(pl.len(), pl.col("row").min()).drop_nulls("vintage").sort("row")
    if counts.height < 2:
        return []
    shown = [f"»{name}« ({count_of(rows, 'række', 'rækker')}, fra række {first})" for name, rows, first in counts.iter_rows()]
    named = list_of(shown[:_SHOWN]) + (" og flere" if len(shown) > _SHOWN else "")
    return [f"»{headings.named('vintage')}« blander {counts.height} udtræk: {named}. Tal fra to udtræk kan ikke uden videre sammenlignes."]


def _groups_missing(frame: pl.DataFrame) -> list[str]:
    import polars as pl

    grouped = frame.filter(pl.col("group").is_not_null())
    if grouped["group"].n_unique() < 2:
        return []
    about = ("indicator", "breakdown")
    wanted = grouped.group_by(about).agg(pl.col("group").n_unique().alias("all"))
    here = grouped.group_by(*about, "place", "period_from", "period_until", "vintage").agg(
        pl.col("group").n_unique().alias("some"), pl.col("row").min()
    )
    short = here.join(wanted, on=about, nulls_equal=True).filter(pl.col("some") < pl.col("all")).sort("row")
    if not short.height:
        return []
    place, first = short["place"][0], short["row"][0]
    times = count_of(short.height, "gang", "gange")
    where = f"første gang for »{place}« ved række {first}"
    return [f"En eller flere grupper mangler for et sted og en periode {times}, {where}. De er ikke sat til 0."]


def _where(rows: pl.DataFrame) -> str:
    numbers = [str(number) for number in rows["row"].head(_SHOWN)]
    word = "række" if rows.height == 1 else "rækkerne"
    return f"{word} {list_of(numbers)}" if rows.height <= _SHOWN else f"{word} {', '.join(numbers)} og flere"


def _written(found: pl.Series) -> pl.Series:
    import polars as pl

    return found.to_frame("found").select(_in_danish(pl.col("found")))["found"] if found.dtype == pl.Float64 else found


def _in_danish(number: pl.Expr) -> pl.Expr:
    import polars as pl

    is_whole = number == number.floor()
    whole = number.cast(pl.Int64, strict=False).cast(pl.String)
    return pl.when(is_whole).then(whole).otherwise(number.cast(pl.String).str.replace(".", ",", literal=True)).fill_null("")
