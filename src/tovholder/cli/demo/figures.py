"""Invented figures for a handful of national indicators, brought and said yes to as a region would; only sizes of places are real."""

import io
from datetime import date
from random import Random

from tovholder.base.by import SYSTEM
from tovholder.findings import actions
from tovholder.parties import queries as parties

from .world import load

FIRST = date(2023, 1, 1)
# What was agreed about going home began to work here.
TURN = date(2025, 1, 1)
SOURCE = "Tallene er opdigtede (Tovholders prøve)"
_FEWEST, _FEWEST_PEOPLE = 5, 100
_COLUMNS = ("place", "period_from", "period_until", "breakdown", "group", "indicator", "numerator", "denominator")


def measure(world):
    """This will bring the figures of every indicator of the demonstration, and store them."""
    drawn_on = world.day_in(-12)
    rng, data = Random(20261112), load("figures")  # noqa: S311 - nothing secret about invented figures
    last = _month(drawn_on, 0)
    rows = [row for words in data["indicators"] for row in _rows_of(world, words, data, last, rng)]
    rows += _by_education(world, data, rows, last, rng)
    content = _parquet(rows)
    delivery = actions.receive_delivery(
        owner=world.region, filename="opdigtede-tal.parquet", content=content, drawn_on=drawn_on, source=SOURCE, by=world.planner,
        at=world.moment(-12, 10),
    )  # fmt: skip
    actions.keep_read_delivery(delivery, parsed=content, by=SYSTEM, at=world.moment(-12, 10, 1))
    actions.take_delivery(delivery, by=world.planner, at=world.moment(-12, 10, 20))
    actions.store_delivery(delivery, by=SYSTEM, at=world.moment(-12, 10, 21))
    world.count("målinger", delivery.rows)


def _month(day, months):
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _level(words, first):
    """What the region lies at: the old level, then a fall over half a year to the new one."""
    if first < TURN:
        return words["before"]
    steps = min(6, (first.year - TURN.year) * 12 + first.month - TURN.month + 1)
    return words["before"] + (words["after"] - words["before"]) * steps / 6


def _counted(people, level, words, rng):
    """A count among people that chance has had its share in, as it has in real counts."""
    mean = people * level / words["per"]
    wobble = mean**0.5 if words["per"] != 1 else mean / max(people, 1) ** 0.5 / 2
    return max(0, round(rng.gauss(mean, wobble)))


def _rows_of(world, words, data, last, rng):
    yield from _months(world, words, data, last, rng)
    for first, until in _years(last):
        yield from _places(
            words, data, first, until, rng, with_clusters=words["code"] in {"genindlaeggelser-somatik", "forebyggelige-ophold"}
        )


def _years(last):
    """Whole years, and the twelve months up to the last."""
    years = [(date(year, 1, 1), date(year + 1, 1, 1)) for year in range(FIRST.year, last.year + 1) if date(year + 1, 1, 1) <= last]
    newest = (_month(last, -12), last)
    return years if newest in years else [*years, newest]


def _months(world, words, data, last, rng):
    """The region month by month."""
    inhabitants = sum(data["inhabitants"][row.code] for row in world.municipalities)
    people, first = round(inhabitants * words["people"] / (12 if words["people"] < 205 else 1)), FIRST
    per_month = words if words["people"] < 205 else words | {"before": words["before"] / 12, "after": words["after"] / 12}
    while first < last:
        yield _row(world.region.code, first, _month(first, 1), words, _counted(people, _level(per_month, first), words, rng), people)
        first = _month(first, 1)


def _places(words, data, first, until, rng, *, with_clusters):
    """Municipalities with the small ones hidden, and what they add up to where nothing is hidden."""
    level = sum(_level(words, _month(first, n)) for n in range(12)) / 12
    steady = Random(words["code"])  # noqa: S311 - a place keeps its own level from year to year
    own = {code: words["places"].get(code, steady.gauss(1, words["spread"])) for code in data["inhabitants"]}
    found = {}
    for code, thousands in data["inhabitants"].items():
        people = round(thousands * words["people"])
        found[code] = (_counted(people, level * own[code], words, rng), people)
    hidden = _hidden(found, _members(first, "region"))
    for code, (count, people) in found.items():
        yield _row(code, first, until, words, None if code in hidden else count, None if code in hidden else people)
    kinds = ("region", "health_cluster") if with_clusters else ("region",)
    for kind in kinds:
        for name, members in _members(first, kind).items():
            # A group that was not there in the whole period has no figure for it.
            if kind != "health_cluster" or not hidden.intersection(members):
                yield _row(name, first, until, words, sum(found[code][0] for code in members), sum(found[code][1] for code in members))


def _members(first, kind):
    return {area.party.name: area.municipality_codes for area in parties.areas_on(kind, first) if area.municipality_codes}


def _hidden(found, regions):
    """The small, and in a region with one of them the next smallest too: else the region's own figure would give it away."""
    hidden = set()
    for members in regions.values():
        by_size = sorted(members, key=lambda code: (found[code][1], code))
        small = [code for code in by_size if found[code][0] < _FEWEST or found[code][1] < _FEWEST_PEOPLE]
        if small:
            hidden.update(by_size[: max(3, len(small) + 1)])
    return hidden


def _by_education(world, data, rows, last, rng):
    """The region's figures by education: the shorter, the more come back. Together they are the region's own."""
    education = data["education"]
    words = next(row for row in data["indicators"] if row["code"] == education["indicator"])
    whole = {(row[1], row[2]): row[-2:] for row in rows if (row[0], row[5]) == (world.region.name, words["code"])}
    for first, until in _years(last):
        left, left_people = whole[first, until]
        *others, largest = sorted(education["groups"].items(), key=lambda item: item[1][0])
        for group, (share, level) in others:
            people = round(whole[first, until][1] * share / 100)
            count = _counted(people, level * (education["before"] if first < TURN else 1), words, rng)
            left, left_people = left - count, left_people - people
            yield _row(world.region.code, first, until, words, count, people, group)
        yield _row(world.region.code, first, until, words, left, left_people, largest[0])


def _row(place, first, until, words, count, people, group=None):
    breakdown = "education" if group else None
    return (place, first, until, breakdown, group, words["code"], count, people)


def _parquet(rows):
    """The rows as a file of figures is after it was read."""
    import polars as pl

    texts = dict.fromkeys(("sex", "age", "vintage", "unit"), pl.String)
    kinds = dict.fromkeys(("place", "breakdown", "group", "indicator"), pl.String) | dict.fromkeys(("numerator", "denominator"), pl.Float64)
    frame = pl.DataFrame(rows, schema=[(name, kinds.get(name, pl.Date)) for name in _COLUMNS], orient="row")
    hidden = pl.col("numerator").is_null()
    frame = frame.with_row_index("row", offset=2).with_columns(
        *[pl.lit(None, dtype=kind).alias(name) for name, kind in texts.items()],
        *[pl.lit(None, dtype=pl.Float64).alias(name) for name in ("value", "low", "high")],
        hidden.alias("numerator_suppressed"), hidden.alias("denominator_suppressed"), hidden.alias("value_suppressed"),
    )  # fmt: skip
    kept = io.BytesIO()
    frame.write_parquet(kept)
    return kept.getvalue()
