"""Which indicator a row is about, and which of its definitions held in the row's period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any

from .known import Definition, Indicator, day, in_words, plain
from .sifting import Sifting, some_of

_KEYS = ["indicator", "period_from", "period_until"]


class Indicators:
    """Indicators by code and by name."""

    def __init__(self, indicators: Sequence[Indicator]) -> None:
        self._by = {plain(one.name): one for one in indicators} | {plain(one.code): one for one in indicators}
        self._codes = sorted(one.code for one in indicators)

    def find(self, written: str) -> Indicator | str:
        """This will give the indicator a code or name means, or the sentence that says why there is none."""
        found = self._by.get(plain(written))
        if found is not None:
            return _closed(found) or found
        if not written.strip():
            return "Vælg en indikator for hele filen, eller skriv dens kode i rækken."
        near = get_close_matches(plain(written), [plain(key) for key in self._by], n=1, cutoff=0.6)
        hint = f"Mente du {some_of([self._by[near[0]].code])}?" if near else f"Koderne er {some_of(self._codes)}."
        return f"Vi kender ikke indikatoren »{written}«. {hint}"


def _closed(indicator: Indicator) -> str:
    if indicator.is_withdrawn:
        return f"{indicator.name} er trukket tilbage. Vælg en anden."
    return f"{indicator.name} ejes af {indicator.owner}. Kun ejeren kan lægge tal ind." if indicator.owner else ""


def definition_for(indicator: Indicator, first: date, until: date) -> Definition | str:
    """This will give the definition that held in a half-open period, or the sentence that says why none did.

    A period over a break of the series has no one definition; over another change it has the one that held on its first day."""
    if not indicator.definitions:
        return f"{indicator.name} har ingen definition i kraft. Skriv definitionen først."
    held = [row for row in indicator.definitions if _holds(row, first)]
    if not held:
        begins = min((row.valid_from for row in indicator.definitions if row.valid_from), default=None)
        since = f" Den første gælder fra {day(begins)}." if begins else ""
        return f"Ingen definition af {indicator.name} gjaldt i {in_words(first, until)}.{since}"
    for row in indicator.definitions:
        if row.breaks_series and row.valid_from is not None and first < row.valid_from < until:
            return f"Perioden går hen over {day(row.valid_from)}, hvor definitionen blev ændret. Del tallet op før og efter den dag."
    return held[-1]


def _holds(row: Definition, on: date) -> bool:
    return (row.valid_from is None or row.valid_from <= on) and (row.valid_until is None or row.valid_until > on)


def define_rows(sifting: Sifting, indicators: Sequence[Indicator]) -> None:
    """This will give each row its indicator and definition, with what its figures are checked by; others are refused."""
    import polars as pl

    known = Indicators(indicators)
    rows: list[dict[str, Any]] = []
    for written, first, until in sifting.frame.select(_KEYS).unique().iter_rows():
        row = dict(zip(_KEYS, (written, first, until), strict=True))
        indicator = known.find(written)
        if isinstance(indicator, str):
            rows.append(row | {"unknown": indicator})
            continue
        found = definition_for(indicator, first, until)
        if isinstance(found, str):
            rows.append(row | {"undefined": found})
            continue
        rows.append(
            row
            | {
                "indicator_id": indicator.id, "indicator_code": indicator.code, "definition_id": found.id, "number": found.number,
                "kind": found.kind, "multiplier": found.multiplier, "decimals": found.decimals, "threshold": indicator.threshold,
                "zeros_small": indicator.zeros_small,
            }
        )  # fmt: skip
    schema: dict[str, Any] = {"indicator": pl.String, "period_from": pl.Date, "period_until": pl.Date}
    schema |= {"unknown": pl.String, "undefined": pl.String}
    schema |= dict.fromkeys(("indicator_id", "indicator_code", "definition_id", "number", "kind"), pl.Categorical)
    schema |= {"multiplier": pl.Float64, "decimals": pl.Int64, "threshold": pl.Int64, "zeros_small": pl.Boolean}
    sifting.frame = sifting.frame.join(pl.DataFrame(rows, schema=schema), on=_KEYS, how="left")
    sifting.refuse(pl.col("unknown").is_not_null(), "indicator", lambda row: str(row["unknown"]))
    sifting.refuse(pl.col("undefined").is_not_null(), "period", lambda row: str(row["undefined"]), found="period_from")
    sifting.frame = sifting.frame.drop("unknown", "undefined", "indicator")
