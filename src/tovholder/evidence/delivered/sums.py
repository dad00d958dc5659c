"""Hidden counts that sums give away: over areas, groups and periods, one at a time and together, beside all that is already public.

The sums are laid out here; `tovholder.evidence.disclosure.additions` tries them as a reader would (docs/decisions/0022)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from .known import Breakdown, Member

if TYPE_CHECKING:
    import polars as pl

    from tovholder.evidence.disclosure.additions import Addition, Blanks

# All that is public of some indicators, the newest figure of each cell: (every indicator, those with something hidden) -> frame.
Public = Callable[[Sequence[str], Sequence[str]], Any]
AREAS, GROUPS, PERIODS, TOGETHER, TOO_MANY = "områderne", "grupperne", "perioderne", "together", "too many"
# More blanks than this in sums that hang together, and nobody waits for the answer: that is what a release is for.
MOST_TIED = 1_500
_PERIOD = ["period_from", "period_until"]
_KEY = ["party_id", *_PERIOD, "group_code"]
_CELL = [*_KEY, "breakdown_code", "numerator", "why", "row", "is_release"]


class _Sum(NamedTuple):
    """A sum, and what it is a sum over."""

    over: str
    one: Addition


def nothing_public(_indicators: Sequence[str], _hiding: Sequence[str]) -> pl.DataFrame:
    """This will give no figures at all, in the shape of what is public."""
    import polars as pl

    schema: dict[str, Any] = dict.fromkeys(("indicator_id", "party_id", "group_code", "breakdown_code", "why"), pl.String)
    schema |= {"period_from": pl.Date, "period_until": pl.Date, "numerator": pl.Float64, "is_release": pl.Boolean}
    return pl.DataFrame(schema=schema)


def given_away(
    frame: pl.DataFrame, members: Sequence[Member], breakdowns: Sequence[Breakdown], *, public: Public = nothing_public,
    is_release: bool = False,
) -> pl.DataFrame:  # fmt: skip
    """This will give (row, by) of each row through which a hidden count can be told more closely than its threshold asks; by: a word.

    frame: one row per cell with row, numerator, why, threshold, zeros_small, party_id, group_code and the period. public: what stands
    already; it counts where the frame says nothing of a cell. A row is the hidden count's own, else those of the sums that tell it."""
    import polars as pl

    texts = [pl.col(name).cast(pl.String) for name in ("indicator_id", "party_id", "group_code", "breakdown_code", "why")]
    cells = frame.select(
        *texts, *_PERIOD, "drawn_on", "row", "numerator", "threshold", "zeros_small", pl.lit(value=is_release).alias("is_release")
    )  # fmt: skip
    every = cells["indicator_id"].unique().sort().to_list()
    hiding = cells.filter(pl.col("why") == "suppressed")["indicator_id"].unique().sort().to_list()
    standing = public(every, hiding).with_columns(pl.lit(None, dtype=pl.Int64).alias("row"))
    hiding = sorted({*hiding, *standing.filter(pl.col("why") == "suppressed")["indicator_id"].unique().to_list()} & set(every))
    found: dict[int, str] = {}
    for indicator in hiding:
        own = cells.filter(pl.col("indicator_id") == indicator).sort("drawn_on", descending=True, maintain_order=True)
        beside = standing.filter(pl.col("indicator_id") == indicator).select(_CELL)
        least, most = 0 if own["zeros_small"].any() else 1, int(own["threshold"].max()) - 1  # type: ignore[arg-type]
        for day in own["drawn_on"].unique(maintain_order=True):
            first, rest = own.filter(pl.col("drawn_on") == day), own.filter(pl.col("drawn_on") != day)
            seen = pl.concat([first.select(_CELL), rest.select(_CELL), beside]).unique(_KEY, keep="first", maintain_order=True)
            found |= _Seen(seen, members, breakdowns, least, most).given_away()
    return pl.DataFrame({"row": list(found), "by": list(found.values())}, schema={"row": pl.Int64, "by": pl.String})


class _Seen:
    """All cells of one indicator as a reader has them, and the sums that they make."""

    def __init__(self, cells: pl.DataFrame, members: Sequence[Member], breakdowns: Sequence[Breakdown], least: int, most: int) -> None:
        import polars as pl

        from tovholder.evidence.disclosure.additions import Blanks, surely_large

        self.cells = cells.with_row_index("place").with_columns(
            ((pl.col("why") != "") | pl.col("numerator").is_null()).alias("blank"), pl.col("place").cast(pl.Int64)
        )
        counts = self.cells.select(pl.when(~pl.col("blank")).then("numerator").alias("count"))["count"].to_list()
        held = pl.col("why") == "suppressed"
        small, unsure = (set(self.cells.filter(held & which)["place"].to_list()) for which in (~pl.col("is_release"), pl.col("is_release")))
        self.blanks: Blanks = Blanks(counts, small, unsure, least, most)
        self.rows = self.cells["row"].to_list()
        self.sums = [
            *self._over(AREAS, self._areas(members)),
            *self._over(GROUPS, self._groups(breakdowns)),
            *(_Sum(PERIODS, one) for one in self._periods()),
        ]
        large = surely_large(counts, [one for _over, one in self.sums], most)
        self.blanks = replace(self.blanks, small=small - large)

    def given_away(self) -> dict[int, str]:
        """{row: what it is told by}. Sums alone first; those that hang together where no sum alone has told anything."""
        from tovholder.evidence.disclosure.additions import given_away, tied

        found: dict[int, str] = {}
        told: set[int] = set()
        for over, one in self.sums:
            if self._brings(one):
                for place in given_away(self.blanks, [one]):
                    told |= self._tell(found, place, over, [one])
        for together in tied(self.blanks.counts, [one for _over, one in self.sums]):
            if len(together) == 1 or not any(map(self._brings, together)) or any(place in told for one in together for place in one.places):
                continue
            blanks = {place for one in together for place in one.places if self.blanks.counts[place] is None}
            if len(blanks) > MOST_TIED:
                for place in blanks:
                    self._tell(found, place, TOO_MANY, together)
                continue
            for place in given_away(self.blanks, together):
                if not self._was_told(place, together):
                    self._tell(found, place, TOGETHER, together)
        return found

    def _brings(self, one: Addition) -> bool:
        """Whether a sum has a figure that is about to be published."""
        return any(self.rows[place] is not None for place in one.places)

    def _tell(self, found: dict[int, str], place: int, by: str, sums: Sequence[Addition]) -> set[int]:
        if self.rows[place] is not None:
            found.setdefault(self.rows[place], by)
            return {place}
        own = [one for one in sums if place in one.places and self._brings(one)] or [one for one in sums if self._brings(one)]
        for one in own:
            for other in one.places:
                if self.rows[other] is not None:
                    found.setdefault(self.rows[other], by)
        return {place}

    def _was_told(self, place: int, sums: Sequence[Addition]) -> bool:
        """Whether a count that stands already is given away without anything new."""
        from tovholder.evidence.disclosure.additions import given_away

        before = [one for one in sums if not self._brings(one)]
        return self.rows[place] is None and bool(before) and place in given_away(self.blanks, before)

    def _over(self, over: str, pairs: pl.DataFrame) -> Iterator[_Sum]:
        """The sums with a blank in them. pairs: total, part, size (how many parts there must be), way (which sum of the total)."""
        import polars as pl

        from tovholder.evidence.disclosure.additions import Addition

        sums = pairs.group_by("total", "way", maintain_order=True).agg(
            pl.col("part"), pl.col("size").first(), (pl.col("blank").any() | pl.col("total_blank").first()).alias("asked")
        )
        for total, _way, parts, size, _asked in sums.filter(pl.col("asked")).iter_rows():
            yield _Sum(over, Addition(total, tuple(parts), len(parts) == size))

    def _pairs(self, parts: pl.DataFrame, on: list[str], total_on: list[str], totals: pl.DataFrame) -> pl.DataFrame:
        import polars as pl

        whole = totals.select(*total_on, pl.col("place").alias("total"), pl.col("blank").alias("total_blank"))
        found = parts.join(whole, left_on=on, right_on=total_on, maintain_order="left")
        return found.select("total", pl.col("place").alias("part"), "size", "way", "blank", "total_blank")

    def _areas(self, members: Sequence[Member]) -> pl.DataFrame:
        """Every area and what it is part of in its period: also what that is part of, so that towns add up to the country."""
        import polars as pl

        schema: dict[str, Any] = {"child": pl.String, "parent": pl.String, "since": pl.Date, "till": pl.Date}
        ties = pl.DataFrame([(row.child, row.parent, row.valid_from, row.valid_until) for row in members], schema=schema, orient="row")
        over = ties.rename({"child": "parent", "parent": "top", "since": "over_since", "till": "over_till"})
        far = ties.join(over, on="parent").select(
            "child", pl.col("top").alias("parent"), pl.max_horizontal("since", "over_since").alias("since"),
            pl.min_horizontal("till", "over_till").alias("till"),
        )  # fmt: skip
        ties = pl.concat([ties.with_columns(pl.lit("near").alias("way")), far.with_columns(pl.lit("far").alias("way"))])
        held = ties.join(self.cells.select(_PERIOD).unique(maintain_order=True), how="cross").filter(
            (pl.col("since").is_null() | (pl.col("since") <= pl.col("period_from")))
            & (pl.col("till").is_null() | (pl.col("till") >= pl.col("period_until")))
        )
        held = held.with_columns(pl.len().over("parent", "way", *_PERIOD).alias("size"))
        parts = self.cells.join(held, left_on=["party_id", *_PERIOD], right_on=["child", *_PERIOD], maintain_order="left")
        return self._pairs(parts, ["parent", *_PERIOD, "group_code"], _KEY, self.cells)

    def _groups(self, breakdowns: Sequence[Breakdown]) -> pl.DataFrame:
        """Every group and everybody: each breakdown is a sum of its own."""
        import polars as pl

        sizes = pl.DataFrame(
            [(row.code, len(row.groups)) for row in breakdowns], schema={"breakdown_code": pl.String, "size": pl.UInt32}, orient="row"
        )
        parts = self.cells.filter(pl.col("group_code") != "").join(sizes, on="breakdown_code", maintain_order="left")
        parts = parts.with_columns(pl.col("breakdown_code").alias("way"))
        everybody = self.cells.filter(pl.col("group_code") == "")
        return self._pairs(parts, ["party_id", *_PERIOD], ["party_id", *_PERIOD], everybody)

    def _periods(self) -> Iterator[Addition]:
        """Every longer period and the shorter ones in it, but where the shown ones are more than the whole: those do not add up."""
        import polars as pl

        from tovholder.evidence.disclosure.additions import whole_of_periods

        series: dict[tuple[str, str], list[tuple[Any, Any, int]]] = defaultdict(list)
        asked = self.cells.filter(pl.col("blank").any().over("party_id", "group_code"))
        for party, group, *period, place in asked.select("party_id", "group_code", *_PERIOD, "place").iter_rows():
            series[party, group].append((*period, place))
        counts = self.blanks.counts
        for own in series.values():
            for one in whole_of_periods(own):
                total = counts[one.total]
                blank = sum(counts[place] is None for place in one.parts)
                if total is not None and not blank:
                    continue
                least = sum(counts[place] or 0 for place in one.parts) + self.blanks.least * blank
                if total is None or least <= total + len(one.parts) / 2:
                    yield one
