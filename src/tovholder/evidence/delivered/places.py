"""Which area a row is about, as it was in the row's period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Any

from tovholder.texts.danish import list_of

from .known import Area, day, in_words, plain
from .sifting import Sifting, some_of

_WHOLE_COUNTRY = ("danmark", "hele landet", "landet", "dk", "hele danmark", "denmark")
_KEYS = ["area", "period_from", "period_until"]


class Places:
    """Areas by every name and code they are called."""

    def __init__(self, areas: Sequence[Area]) -> None:
        self._by: dict[str, list[Area]] = defaultdict(list)
        for area in areas:
            for key in dict.fromkeys(_keys_of(area)):
                self._by[key].append(area)

    def find(self, written: str, first: date, until: date) -> Area | str:
        """This will give the area that a name or code meant in a period, or the sentence that says why there is none."""
        known = self._by.get(plain(written), [])
        there = [area for area in known if area.was_there(first, until)]
        if len(there) == 1:
            return there[0]
        if there:
            names = list_of([area.name for area in there])
            return f"»{written}« kan være {names}. Skriv hele navnet."
        if known:
            return _not_there(known, first, until)
        if not written.strip():
            return "Skriv, hvilket område tallet handler om."
        keys = get_close_matches(plain(written), list(self._by), n=2, cutoff=0.75)
        near = list(dict.fromkeys(area.name for key in keys for area in self._by[key]))
        hint = f" Mente du {some_of(near)}?" if near else " Skriv kommunenummeret, fx 0575, eller hele navnet."
        return f"Vi kender ikke »{written}«.{hint}"


def _keys_of(area: Area) -> list[str]:
    keys = [area.name, area.short_name, area.code]
    if area.kind == "municipality":
        keys += [f"{area.short_name} Kommune", area.code.lstrip("0")]
    if area.kind == "country":
        keys += list(_WHOLE_COUNTRY)
    return [plain(key) for key in keys if key]


def _not_there(known: Sequence[Area], first: date, until: date) -> str:
    """Who it was, and who took over: the one that ended last, or else the one that begins first."""
    when = in_words(first, until)
    ended = [area for area in known if area.valid_until is not None and area.valid_until < until]
    if not ended:
        area = min(known, key=lambda one: one.valid_from or date.min)
        begins = f" {area.name} begynder {day(area.valid_from)}." if area.valid_from is not None else ""
        return f"{area.name} fandtes ikke i hele perioden {when}.{begins}"
    area = max(ended, key=lambda one: one.valid_until or date.min)
    end = area.valid_until or date.max
    last = f"Sidste dag var {day(end - timedelta(days=1))}."
    heirs = f" {list_of(area.successors)} har taget over." if area.successors else ""
    return f"{area.name} fandtes ikke i hele perioden {when}. {last}{heirs}"


def place_rows(sifting: Sifting, areas: Sequence[Area]) -> None:
    """This will give each row its area: party_id, area_kind, area_name and area_key; rows about no known area are refused."""
    import polars as pl

    places = Places(areas)
    rows: list[dict[str, Any]] = []
    for written, first, until in sifting.frame.select(_KEYS).unique().iter_rows():
        found = places.find(written, first, until)
        row = dict(zip(_KEYS, (written, first, until), strict=True))
        if isinstance(found, str):
            rows.append(row | {"problem": found})
        else:
            key = f"{found.kind}:{found.code or found.name}"
            rows.append(row | {"party_id": found.id, "area_kind": found.kind, "area_name": found.name, "area_key": key})
    schema: dict[str, Any] = {"area": pl.String, "period_from": pl.Date, "period_until": pl.Date, "problem": pl.String}
    # A name stands in thousands of rows: as a category it is kept once.
    schema |= dict.fromkeys(("party_id", "area_kind", "area_name", "area_key"), pl.Categorical)
    sifting.frame = sifting.frame.join(pl.DataFrame(rows, schema=schema), on=_KEYS, how="left")
    sifting.refuse(pl.col("problem").is_not_null(), "area", lambda row: str(row["problem"]))
    sifting.frame = sifting.frame.drop("problem", "area")
