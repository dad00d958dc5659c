"""Rows laid out as arrays: one row for each area, period and group, and where asked one column for each age or group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tovholder.evidence.indicators.result import Row, plain, reason
from tovholder.evidence.indicators.sheet import KEYS, Sheet, group_order
from tovholder.evidence.results import Codes, Estimates, Real, Why
from tovholder.pictures.alphabet import danish_order


@dataclass(frozen=True, eq=False)
class Laid:
    """keys: what each row is about, in the order of `roles`; columns: the names across; place: [rows, columns], -1 where none stands."""

    sheet: Sheet
    roles: tuple[str, ...]
    keys: tuple[tuple[Any, ...], ...]
    columns: tuple[str, ...]
    place: npt.NDArray[np.int64]

    def number(self, role: str) -> Real:
        """This will give a column of the sheet as [rows, columns], NaN where nothing stands."""
        column = np.append(self.sheet.number(role), np.nan)
        return column[self.place]

    def hidden(self, *roles: str) -> npt.NDArray[np.bool_]:
        """This will tell where a number may not be shown, [rows, columns]."""
        return np.append(self.sheet.is_hidden(*roles), False)[self.place]

    def any_hidden(self, *roles: str) -> npt.NDArray[np.bool_]:
        """This will tell for each row whether any of its numbers may not be shown."""
        return np.asarray(self.hidden(*roles).any(axis=1), dtype=np.bool_)

    def about(self, row: int) -> dict[str, str | None]:
        """This will give what a row is about, by area, period and group."""
        said = dict(zip(self.roles, self.keys[row], strict=True))
        return {role: None if role not in said else str(said[role]) for role in KEYS}


def laid(sheet: Sheet, *, without: Sequence[str] = (), across: str | None = None, columns: Sequence[str] = ("",)) -> Laid:
    """This will lay the sheet out, areas in Danish order, periods in time, groups in theirs; raises ValueError for doubled rows.

    without: keys that do not part the rows; across: the text column whose names stand across, in the order of `columns`.
    """
    roles = tuple(role for role in KEYS if sheet.has(role) and role not in without and role != across)
    keys = sheet.keys(*roles)
    names = [""] * sheet.height if across is None else [key[0] for key in sheet.keys(across)]
    sheet.once([(*key, name) if name else key for key, name in zip(keys, names, strict=True)])
    order = {name: place for place, name in enumerate(group_order(sheet))} if "group" in roles else {}

    def rank(key: tuple[Any, ...]) -> tuple[Any, ...]:
        by: dict[str, Any] = {"area": danish_order, "period": lambda one: one, "group": order.__getitem__}
        return tuple(by[role](one) for role, one in zip(roles, key, strict=True))

    distinct = sorted(dict.fromkeys(keys), key=rank)
    row_of = {key: row for row, key in enumerate(distinct)}
    column_of = {name: column for column, name in enumerate(columns)}
    place = np.full((len(distinct), len(columns)), -1, dtype=np.int64)
    for number, (key, name) in enumerate(zip(keys, names, strict=True)):
        place[row_of[key], column_of[name]] = number
    return Laid(sheet, roles, tuple(distinct), tuple(columns), place)


def rows_of(
    laying: Laid, found: Estimates, *, hidden: npt.NDArray[np.bool_] | None = None, figures: Mapping[str, Real] | None = None
) -> tuple[Row, ...]:
    """This will make rows of estimates, [rows]; what may not be shown is blank, its figures too."""
    why = blanked(found.why, hidden)
    return tuple(
        _row(laying, number, (found.value, found.low, found.high), int(why[number]), figures or {}) for number in range(len(laying.keys))
    )


def blanked(why: Codes, hidden: npt.NDArray[np.bool_] | None) -> Codes:
    """This will put suppression before every other reason."""
    return why if hidden is None else np.where(hidden, Why.SUPPRESSED, why).astype(np.int8)


def _row(laying: Laid, number: int, limits: tuple[Real, Real, Real], why: int, figures: Mapping[str, Real]) -> Row:
    shown = why == Why.SHOWN
    value, low, high = (plain(one[number]) if shown else None for one in limits)
    beside = {name: plain(one[number]) for name, one in figures.items()} if why != Why.SUPPRESSED else {}
    return Row(**laying.about(number), value=value, low=low, high=high, why=reason(why), figures=beside)


def blanks_told(rows: Sequence[Row]) -> dict[str, Any]:
    """This will count the rows, and those that are blank by their reason."""
    reasons = [row.why for row in rows if row.why is not None]
    return {"rows": len(rows), "blank": {name: reasons.count(name) for name in sorted(set(reasons))}}
