"""Which group of which breakdown a row is about; no group is everybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from tovholder.texts.danish import list_of

from .known import Breakdown, plain
from .sifting import Sifting, some_of

_KEYS = ["breakdown", "group"]
EVERYBODY = {"", "i alt", "alle", "total", "hele befolkningen", "all", "samlet"}
SEVERAL = " × "


class Groups:
    """Breakdowns and their groups by code and by name."""

    def __init__(self, breakdowns: Sequence[Breakdown]) -> None:
        self._breakdowns = {plain(name): row for row in breakdowns for name in (row.code, *row.names)}
        self._named = [row.names[0] for row in breakdowns]
        self._anywhere: dict[str, list[tuple[Breakdown, int, str]]] = defaultdict(list)
        for row in breakdowns:
            for pk, code, names in row.groups:
                for name in dict.fromkeys(plain(one) for one in (code, *names)):
                    self._anywhere[name].append((row, pk, code))

    def find(self, breakdown: str, group: str) -> tuple[str, int | None, str] | str:
        """This will give (breakdown, id, code) of a group, with no id for everybody, or the sentence that says what is wrong."""
        if SEVERAL.strip() in breakdown:
            parts = list_of(breakdown.split(SEVERAL))
            return f"Rækken er delt op på {parts} på én gang. Hver række kan kun være delt op på én måde."
        if plain(group) in EVERYBODY:
            return "", None, ""
        if not breakdown.strip():
            return self._alone(group)
        known = self._breakdowns.get(plain(breakdown))
        if known is None:
            return f"Vi kender ikke opdelingen »{breakdown}«. Vi kender {some_of(self._named)}."
        for row, pk, code in self._anywhere.get(plain(group), ()):
            if row is known:
                return known.code, pk, code
        if not known.groups:
            return f"Opdelingen »{known.names[0]}« har ingen grupper endnu, for kilden nævner dem ikke. Skriv til den driftsansvarlige."
        there = some_of([names[0] for _pk, _code, names in known.groups])
        return f"Vi kender ikke gruppen »{group}« i »{known.names[0]}«. Grupperne er {there}."

    def _alone(self, group: str) -> tuple[str, int | None, str] | str:
        found = self._anywhere.get(plain(group), [])
        if len(found) == 1:
            row, pk, code = found[0]
            return row.code, pk, code
        if found:
            return f"»{group}« findes i {list_of([row.names[0] for row, _pk, _code in found])}. Skriv opdelingen i en kolonne for sig."
        return f"Vi kender ikke gruppen »{group}«. Skriv opdelingen i en kolonne for sig: {some_of(self._named)}."


def split_rows(sifting: Sifting, breakdowns: Sequence[Breakdown]) -> None:
    """This will give each row its group: breakdown_code, group_id and group_code; rows of unknown groups are refused."""
    import polars as pl

    sifting.frame = sifting.frame.with_columns(pl.col(_KEYS).fill_null(""))
    known = Groups(breakdowns)
    rows: list[dict[str, Any]] = []
    for breakdown, group in sifting.frame.select(_KEYS).unique().iter_rows():
        found = known.find(breakdown, group)
        row = {"breakdown": breakdown, "group": group}
        if isinstance(found, str):
            rows.append(row | {"problem": found})
        else:
            rows.append(row | dict(zip(("breakdown_code", "group_id", "group_code"), found, strict=True)))
    schema: dict[str, Any] = dict.fromkeys(("breakdown", "group", "problem"), pl.String)
    schema |= {"breakdown_code": pl.Categorical, "group_code": pl.Categorical, "group_id": pl.Int64}
    sifting.frame = sifting.frame.join(pl.DataFrame(rows, schema=schema), on=_KEYS, how="left")
    sifting.refuse(pl.col("problem").is_not_null(), "group", lambda row: str(row["problem"]))
    sifting.frame = sifting.frame.drop("problem", "breakdown").with_columns(pl.col("group").cast(pl.Categorical))
