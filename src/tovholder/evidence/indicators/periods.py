"""Periods as tables write them: years, quarters, months, weeks, days or plain numbers, in order and with the gaps between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

YEAR, QUARTER, MONTH, WEEK, DAY, NUMBER = "year", "quarter", "month", "week", "day", "number"
DANISH = {YEAR: "år", QUARTER: "kvartaler", MONTH: "måneder", WEEK: "uger", DAY: "dage", NUMBER: "numre"}
_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_ENGLISH = {"may": 5, "oct": 10}
_YEAR = re.compile(r"(\d{4})(?:[.,]0+)?", re.ASCII)
_QUARTER = re.compile(r"(\d{4})[ -]?[qk]([1-4])|([1-4])\. ?kv(?:artal|t\.?)? (\d{4})", re.IGNORECASE | re.ASCII)
_MONTH = re.compile(r"(\d{4})(?:[-/]|[ ]?m)(\d{1,2})", re.IGNORECASE | re.ASCII)
_NAMED = re.compile(r"([a-zæøå]{3,9})\.? (\d{4})", re.IGNORECASE)
_WEEK = re.compile(r"(\d{4})[ -]?[wu](\d{1,2})|uge (\d{1,2}),? (\d{4})", re.IGNORECASE | re.ASCII)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?|(\d{1,2})[-./](\d{1,2})[-./](\d{4})", re.ASCII)
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
    try:
        if match := _DAY.fullmatch(text):
            year, month, day, *other = match.groups()
            parts = (year, month, day) if year else tuple(reversed(other))
            return Period(DAY, date(*(int(part) for part in parts)).toordinal())
        if match := _YEAR.fullmatch(text):
            return Period(YEAR, int(match[1])) if 1800 <= int(match[1]) <= 2200 else None
        if match := _QUARTER.fullmatch(text):
            year, quarter = (match[1], match[2]) if match[1] else (match[4], match[3])
            return Period(QUARTER, int(year) * 4 + int(quarter) - 1)
        if match := _MONTH.fullmatch(text):
            return Period(MONTH, int(match[1]) * 12 + int(match[2]) - 1) if 1 <= int(match[2]) <= 12 else None
        if match := _WEEK.fullmatch(text):
            year, week = (match[1], match[2]) if match[1] else (match[4], match[3])
            return Period(WEEK, (date.fromisocalendar(int(year), int(week), 1) - date(1970, 1, 5)).days // 7)
        if match := _NAMED.fullmatch(text):
            name = match[1].casefold()[:3]
            month = _ENGLISH.get(name) or (_MONTHS.index(name) + 1 if name in _MONTHS else 0)
            return Period(MONTH, int(match[2]) * 12 + month - 1) if month else None
    except ValueError:
        return None
    return Period(NUMBER, int(text)) if _NUMBER.fullmatch(text) else None


def whole_line(periods: list[Period]) -> list[Period]:
    """This will give the periods in order with those that are missing between them; days are left as they are."""
    ordered = sorted(set(periods))
    if not ordered or ordered[0].kind == DAY:
        return ordered
    return [Period(ordered[0].kind, place) for place in range(ordered[0].place, ordered[-1].place + 1)]
