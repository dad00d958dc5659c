"""Periods as tables write them: years, quarters, months, weeks, days or plain numbers, in order and with the gaps between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from tovholder.texts.periods import period_of

YEAR, QUARTER, MONTH, WEEK, DAY, NUMBER = "year", "quarter", "month", "week", "day", "number"
DANISH = {YEAR: "år", QUARTER: "kvartaler", MONTH: "måneder", WEEK: "uger", DAY: "dage", NUMBER: "numre"}
_WHOLE_YEAR = re.compile(r"(\d{4})[.,]0+", re.ASCII)
_MIDNIGHT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]00:00(?::00)?", re.ASCII)
_NUMBER = re.compile(r"\d{1,3}", re.ASCII)
WRITE = "Skriv 2024, 2024-K2, 2024-05, 2024-U07 eller 2024-05-01."


@dataclass(frozen=True, order=True)
class Period:
    """A period of one kind; `place` counts periods of that kind, so that the next one is one more."""

    kind: str
    place: int

    def __str__(self) -> str:
        if self.kind == QUARTER:
            return f"{self.place // 4}-K{self.place % 4 + 1}"
        if self.kind == MONTH:
            return f"{self.place // 12}-{self.place % 12 + 1:02d}"
        if self.kind == WEEK:
            year, week, _ = (date(1970, 1, 5) + timedelta(weeks=self.place)).isocalendar()
            return f"{year}-U{week:02d}"
        if self.kind == DAY:
            return date.fromordinal(self.place).isoformat()
        return str(self.place)


def read_period(raw: str) -> Period:
    """This will read a period; raises ValueError with what to write instead, without the place."""
    text = " ".join(raw.split())
    found = _read(text)
    if found is None:
        raise ValueError(f"»{text[:30]}« er ikke en periode. {WRITE}")
    return found


def _read(text: str) -> Period | None:
    if _NUMBER.fullmatch(text):
        return Period(NUMBER, int(text))
    exported = _WHOLE_YEAR.fullmatch(text) or _MIDNIGHT.fullmatch(text)
    days = period_of(exported[1] if exported else text)
    return None if days is None else _kind_of(*days)


def _kind_of(first: date, until: date) -> Period | None:
    """The one kind whose periods these days are; a span of several has no next one, so it is none."""
    months = (until.year - first.year) * 12 + until.month - first.month
    if first.day == until.day == 1 and months in (1, 3, 12) and (first.month - 1) % months == 0:
        place = first.year * 12 + first.month - 1
        return Period({1: MONTH, 3: QUARTER, 12: YEAR}[months], place // months)
    length = (until - first).days
    if length == 7 and first.weekday() == 0:
        return Period(WEEK, (first - date(1970, 1, 5)).days // 7)
    return Period(DAY, first.toordinal()) if length == 1 else None


def whole_line(periods: list[Period]) -> list[Period]:
    """This will give the periods in order with those that are missing between them; days are left as they are."""
    ordered = sorted(set(periods))
    if not ordered or ordered[0].kind == DAY:
        return ordered
    return [Period(ordered[0].kind, place) for place in range(ordered[0].place, ordered[-1].place + 1)]
