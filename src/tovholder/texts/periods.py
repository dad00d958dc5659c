"""Periods as people write them, as half-open days: from the first day up to the day after the last."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tovholder.texts.danish import MONTH_NUMBERS, parse_date

EARLIEST, LATEST = 1800, 2200
_YEAR = re.compile(r"(\d{4})")
_YEARS = re.compile(r"(\d{4})\s*[-–/:]\s*(\d{4})")
_MONTH = re.compile(r"(\d{4})(?:\s*[-–/.\s]\s*m?|m)(\d{1,2})|(\d{4})(\d{2})")
_MONTH_FIRST = re.compile(r"(\d{1,2})\s*[-–/.]\s*(\d{4})")
_NAMED_MONTH = re.compile(r"([a-zæøå]{3,9})\.?[\s-]*(\d{4}|\d{2})|(\d{4})[\s-]*([a-zæøå]{3,9})\.?")
_PARTS = {"k": (4, 3), "q": (4, 3), "kvartal": (4, 3), "kvt": (4, 3), "quarter": (4, 3), "h": (2, 6), "halvår": (2, 6)}
_PART_WORDS = "|".join(sorted(_PARTS, key=len, reverse=True))
_YEAR_PART = re.compile(rf"(\d{{4}})[\s.\-–:]*(?:({_PART_WORDS})\.?\s*(\d)|(\d)\.?\s*({_PART_WORDS})\.?)")
_PART_YEAR = re.compile(rf"(?:({_PART_WORDS})\.?\s*(\d)|(\d)\.?\s*({_PART_WORDS})\.?)[\s.\-–:,/]*(?:i\s+)?(\d{{4}})")
_WEEK = re.compile(r"(\d{4})[\s-]*(?:w|u|uge)\s*(\d{1,2})|uge\s*(\d{1,2})[\s,/-]*(\d{4})")
_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\s*[-./]\s*\d{1,2}\s*[-./]\s*\d{4}|\d{1,2}\.?\s+[a-zæøå.]+\s+\d{4}")
_BETWEEN = re.compile(r"(\d{4}-\d{2}-\d{2})\s*(?:/|–|til|to)\s*(\d{4}-\d{2}-\d{2})")

Days = tuple[date, date]


def period_of(text: str) -> Days | None:
    """This will read a year, half-year, quarter, month, week, day, or a span of years or days to half-open days; None when it is none."""
    wanted = " ".join(text.casefold().split())
    try:
        return _days(wanted)
    except (ValueError, OverflowError):
        return None


def _days(wanted: str) -> Days | None:
    if match := _YEAR.fullmatch(wanted):
        return _span(int(match[1]), 1, 12)
    if match := _YEARS.fullmatch(wanted):
        first, last = int(match[1]), int(match[2])
        return (_first(first, 1), _first(last + 1, 1)) if first < last and _is_year(first) and _is_year(last) else None
    if match := _MONTH.fullmatch(wanted):
        return _span(int(match[1] or match[3]), int(match[2] or match[4]), 1)
    if match := _MONTH_FIRST.fullmatch(wanted):
        return _span(int(match[2]), int(match[1]), 1)
    if match := _YEAR_PART.fullmatch(wanted):
        return _part(int(match[1]), match[2] or match[5], int(match[3] or match[4]))
    if match := _PART_YEAR.fullmatch(wanted):
        return _part(int(match[5]), match[1] or match[4], int(match[2] or match[3]))
    if match := _WEEK.fullmatch(wanted):
        return _week(int(match[1] or match[4]), int(match[2] or match[3]))
    if match := _NAMED_MONTH.fullmatch(wanted):
        month = MONTH_NUMBERS.get(match[1] or match[4])
        year = int(match[2] or match[3])
        return _span(year + (2000 if year < 100 else 0), month, 1) if month else None
    if match := _BETWEEN.fullmatch(wanted):
        begins, ends = date.fromisoformat(match[1]), date.fromisoformat(match[2])
        return (begins, ends + timedelta(days=1)) if begins <= ends and _is_year(begins.year) and _is_year(ends.year) else None
    if _DAY.fullmatch(wanted):
        day = parse_date(wanted)
        return (day, day + timedelta(days=1)) if _is_year(day.year) else None
    return None


def _is_year(year: int) -> bool:
    return EARLIEST <= year <= LATEST


def _first(year: int, month: int) -> date:
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def _span(year: int, month: int, months: int) -> Days | None:
    return (_first(year, month), _first(year, month + months)) if _is_year(year) and 1 <= month <= 12 else None


def _part(year: int, word: str, number: int) -> Days | None:
    count, months = _PARTS[word]
    return _span(year, (number - 1) * months + 1, months) if 1 <= number <= count else None


def _week(year: int, week: int) -> Days | None:
    first = date.fromisocalendar(year, week, 1)
    return (first, first + timedelta(days=7)) if _is_year(year) else None
