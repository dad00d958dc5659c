"""The whole way of a delivery: from rows as written to figures that can be stored, with all that was refused and what to look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from tovholder.evidence.results import digest_of
from tovholder.texts.danish import count_of, number

from .counting import check_numbers
from .defining import define_rows
from .doubling import draw_rows, refuse_doubled, refuse_standing
from .known import Breakdown, Known, Told, in_words
from .places import place_rows
from .sifting import Sifting
from .small import refuse_beside, refuse_small
from .splitting import split_rows
from .sums import Public, nothing_public

if TYPE_CHECKING:
    import polars as pl

# Areas one after another, each through time: the order of the index, in which a row costs a tenth of what it costs in any other.
_ORDER = ("indicator_code", "drawn_on", "area_key", "period_from", "period_until", "breakdown_code", "group_code")
_NAMES = ("indicator_code", "number", "area_key", "breakdown_code", "group_code", "why")
_DAYS = ("drawn_on", "period_from", "period_until")
_NUMBERS = ("numerator", "denominator", "value", "low", "high")
_COUNTED = (("numerator", "tælleren"), ("denominator", "nævneren"))
# Weighted counts are written rounded.
_ROUNDING = 0.5


@dataclass(frozen=True, eq=False)
class Part:
    """The figures of one vintage to be: one indicator as drawn on one day, with the SHA-256 of them all."""

    indicator_id: str
    drawn_on: date
    rows: int
    digest: str


@dataclass(frozen=True, eq=False)
class Resolved:
    """frame: one row per figure, sorted as it is stored; refused: the first of the rows taken out, each with its sentence."""

    frame: pl.DataFrame
    parts: Sequence[Part]
    refused: Sequence[Mapping[str, Any]]
    refused_count: int
    notices: Sequence[str]


def resolve(
    frame: pl.DataFrame, known: Known, told: Told, *, standing: Any = None, drawn: Mapping[str, Any] | None = None,
    public: Public = nothing_public,
) -> Resolved:  # fmt: skip
    """This will hold the rows of a file against what is known. frame: one row per row of the file as `rows_of` gives it.

    standing, drawn: figures that the delivery continues, see `refuse_standing`. public: what everybody can read already, from which with
    the new figures nothing hidden may be told. Raises nothing for a person's faults: they are refused row by row. Units follow the
    definition: value = numerator / denominator x multiplier."""
    sifting = Sifting(frame, told.headings)
    define_rows(sifting, known.indicators)
    place_rows(sifting, known.areas)
    split_rows(sifting, known.breakdowns)
    draw_rows(sifting, told)
    check_numbers(sifting)
    refuse_doubled(sifting)
    if standing is not None:
        refuse_standing(sifting, standing, drawn or {})
    if told.is_release:
        refuse_beside(sifting, known.members, known.breakdowns, public)
    else:
        refuse_small(sifting, known.members, known.breakdowns, known.withheld, public)
    _notice_groups(sifting, known.breakdowns)
    frame = _in_order(sifting.frame)
    return Resolved(frame, _parts(frame), sifting.listed(), sifting.refused_count, tuple(sifting.notices))


def _in_order(frame: pl.DataFrame) -> pl.DataFrame:
    return _by_place_of_name(frame)[0].sort(_ORDER)


def _by_place_of_name(frame: pl.DataFrame) -> tuple[pl.DataFrame, list[list[str]]]:
    """Names as places in their sorted list, which comes too: they sort as themselves, and say the same whatever was read before them."""
    import polars as pl

    lists = {name: [str(one) for one in frame[name].cast(pl.String).unique().sort()] for name in _NAMES}
    return frame.with_columns([pl.col(name).cast(pl.String).cast(pl.Enum(names)) for name, names in lists.items()]), list(lists.values())


def _parts(frame: pl.DataFrame) -> list[Part]:
    found = []
    for part in frame.partition_by("indicator_code", "drawn_on", maintain_order=True):
        found.append(Part(str(part["indicator_id"][0]), part["drawn_on"][0], part.height, figures_digest(part)))
    return found


def figures_digest(frame: pl.DataFrame) -> str:
    """This will give the SHA-256 of figures by codes and names, in their own order: the same whatever the database calls them."""
    told, names = _by_place_of_name(frame)
    columns = [told[name].to_physical().to_numpy() for name in (*_NAMES, *_DAYS)]
    numbers = [told[name].fill_null(float("nan")).to_numpy() for name in _NUMBERS]
    return digest_of(names, *columns, *numbers)


def _notice_groups(sifting: Sifting, breakdowns: Sequence[Breakdown]) -> None:
    """Says where groups are missing, and where groups and everybody do not agree: both may be right, and a person must know."""
    import polars as pl

    split = sifting.frame.filter(pl.col("group_code") != "")
    if split.is_empty():
        return
    where = ["indicator_id", "drawn_on", "party_id", "period_from", "period_until"]
    sizes = {row.code: len(row.groups) for row in breakdowns}
    sums = split.group_by([*where, "breakdown_code"]).agg(
        pl.len().alias("groups"), pl.col("numerator").sum(), pl.col("denominator").sum(), (pl.col("why") != "").any().alias("blank"),
        pl.col("numerator").is_null().any().alias("uncounted"), pl.col("area_name").first(), pl.col("indicator_code").first(),
    ).with_columns(pl.col("breakdown_code").replace_strict(sizes, default=0, return_dtype=pl.Int64).alias("size"))  # fmt: skip
    lacking = sums.filter(pl.col("groups") < pl.col("size")).sort(where)
    if not lacking.is_empty():
        row = lacking.row(0, named=True)
        sifting.notices.append(
            f"{count_of(lacking.height, 'sted', 'steder')} mangler der grupper, fx {_place(row)}: {row['groups']} af {row['size']}."
            " Ulighed kan ikke regnes ud der."
        )
    everybody = sifting.frame.filter(pl.col("group_code") == "").select(
        *where, pl.col("numerator").alias("all_numerator"), pl.col("denominator").alias("all_denominator")
    )
    whole = sums.filter((pl.col("groups") == pl.col("size")) & ~pl.col("blank") & ~pl.col("uncounted")).join(everybody, on=where)
    apart = pl.any_horizontal(*[(pl.col(name) - pl.col(f"all_{name}")).abs() > _ROUNDING for name, _called in _COUNTED])
    differing = whole.filter(apart).sort(where)
    if not differing.is_empty():
        row = differing.row(0, named=True)
        name, called = next(pair for pair in _COUNTED if abs(row[pair[0]] - row[f"all_{pair[0]}"]) > _ROUNDING)
        sifting.notices.append(
            f"{count_of(differing.height, 'sted', 'steder')} giver grupperne tilsammen noget andet end alle, fx {_place(row)}:"
            f" {number(row[name])} mod {number(row[f'all_{name}'])} i {called}."
        )


def _place(row: Mapping[str, Any]) -> str:
    return f"{row['area_name']} {in_words(row['period_from'], row['period_until'])}"
