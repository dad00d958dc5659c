"""A release as rows: the one file from a secure environment, laid out as a table is after it was read."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tovholder.texts.danish import count_of
from tovholder.texts.periods import period_of

from .known import plain
from .splitting import EVERYBODY

_PLACES = {"kommune", "kommunenavn", "omrade", "region", "sundhedsrad", "klynge", "sundhedsklynge", "part", "sted", "area", "municipality"}
_PLACES |= {"omraade", "sundhedsraad", "kommunekode", "sygehus", "hospital"}
_KINDS = {"share": "proportion", "rate": "rate"}


class Unlike(ValueError):
    """A sentence about why a release cannot be laid out as rows."""


@dataclass(frozen=True)
class Laid:
    """The rows as Parquet, in the columns a table has after it was read, and what to tell."""

    content: bytes
    notices: tuple[str, ...]


def period_written(written: str) -> tuple[date, date]:
    """This will give the half-open period a release is about: 2025, 2025-03, 2025K2 or two days with both in; raises Unlike."""
    found = period_of(written)
    if found is None:
        raise Unlike(f"Udgivelsens periode »{written}« kan vi ikke læse. Lav den med fx 2025, 2025-03, 2025K2 eller 2025-01-01/2025-12-31.")
    return found


def check_like(content: Mapping[str, Any], *, number: str, kind: str, multiplier: float) -> None:
    """This will raise Unlike when a release counts by another definition than the one it would be shown under."""
    said = content["indicator"]
    if said["definition"] != number:
        raise Unlike(f"Udgivelsen er lavet efter definition {said['definition']}, men i den periode gælder definition {number}.")
    if _KINDS.get(said["kind"]) != kind or float(said["per"]) != multiplier:
        raise Unlike("Udgivelsen regner på en anden måde end definitionen: andel eller antal, eller hvad der ganges med. Lav den igen.")


def lay_out(content: Mapping[str, Any], *, owner: str, period: tuple[date, date]) -> Laid:
    """This will lay an accepted release out as rows. owner: the area of a release that is not split by area.

    Rows split in more than one way at once are left out, as are sums over areas that no party is: the file itself is kept."""
    import polars as pl

    by: Sequence[str] = content["by"]
    place = next((n for n, name in enumerate(by) if plain(name).replace(" ", "") in _PLACES), None)
    rows: list[dict[str, Any]] = []
    several = sums = 0
    for number, row in enumerate(content["rows"], start=1):
        split = [(by[n], name) for n, name in enumerate(row["at"]) if n != place and plain(name) not in EVERYBODY]
        area = owner if place is None else row["at"][place]
        several += len(split) > 1
        sums += len(split) <= 1 and plain(area) in EVERYBODY
        if len(split) > 1 or plain(area) in EVERYBODY:
            continue
        hidden = row["blank"] == "suppressed"
        breakdown, group = split[0] if split else (None, None)
        rows.append(
            {
                "row": number, "place": area, "period_from": period[0], "period_until": period[1], "breakdown": breakdown, "group": group,
                "indicator": content["indicator"]["code"], "numerator": None if hidden else row["numerator"],
                "denominator": row["denominator"], "value_suppressed": hidden,
            }
        )  # fmt: skip
    schema: dict[str, Any] = dict.fromkeys(("place", "breakdown", "group", "sex", "age", "indicator", "vintage", "unit"), pl.String)
    schema |= dict.fromkeys(("numerator", "denominator", "value", "low", "high"), pl.Float64)
    schema |= dict.fromkeys(("numerator_suppressed", "denominator_suppressed", "value_suppressed"), pl.Boolean)
    schema |= {"row": pl.Int64, "period_from": pl.Date, "period_until": pl.Date}
    frame = pl.DataFrame(rows, schema=schema)
    kept = io.BytesIO()
    frame.with_columns(pl.col("numerator_suppressed", "denominator_suppressed").fill_null(value=False)).write_parquet(kept)
    notices = []
    if several:
        notices.append(
            f"{count_of(several, 'række er', 'rækker er')} delt op på flere måder på én gang. De står i filen, men bliver ikke vist."
        )
    if sums:
        notices.append(f"{count_of(sums, 'række er', 'rækker er')} en sum af områderne. De står i filen, men bliver ikke vist.")
    return Laid(kept.getvalue(), tuple(notices))
