"""What rows are held against: areas as they were, definitions as they held, groups of breakdowns, and who was part of whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from tovholder.texts.danish import MONTHS, fold, long_date, period

# A region is large enough for groups; what is smaller is a small area where figures can be about few.
LARGE_KINDS = ("country", "region")


@dataclass(frozen=True)
class Area:
    """A party that figures can be about, in its period (half-open; None is open), and who took over from it."""

    id: str
    kind: str
    name: str
    code: str = ""
    short_name: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    successors: tuple[str, ...] = ()

    def was_there(self, first: date, until: date) -> bool:
        """This will answer whether the area existed in the whole of a half-open period."""
        return (self.valid_from is None or self.valid_from <= first) and (self.valid_until is None or self.valid_until >= until)


@dataclass(frozen=True)
class Definition:
    """How an indicator is counted in a period, as far as figures can be checked against it."""

    id: str
    number: str
    kind: str
    multiplier: float = 100.0
    decimals: int = 1
    breaks_series: bool = False
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True)
class Indicator:
    """An indicator with its definitions. `owner` is named when figures of it are another's to bring."""

    id: str
    code: str
    name: str
    threshold: int = 5
    zeros_small: bool = False
    is_withdrawn: bool = False
    owner: str = ""
    definitions: Sequence[Definition] = ()


@dataclass(frozen=True)
class Breakdown:
    """A breakdown with its groups in order: (id, code, names)."""

    code: str
    names: Sequence[str]
    groups: Sequence[tuple[int, str, Sequence[str]]] = ()


@dataclass(frozen=True)
class Member:
    """A party that was part of another in a period (half-open; None is open)."""

    child: str
    parent: str
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True)
class Known:
    """All that a delivery is held against. `withheld`: (indicator id, first, until) where a release has hidden cells already, in order."""

    areas: Sequence[Area]
    indicators: Sequence[Indicator]
    breakdowns: Sequence[Breakdown] = ()
    members: Sequence[Member] = ()
    withheld: Sequence[tuple[str, date, date]] = ()


@dataclass(frozen=True)
class Told:
    """What whoever brought the file said about it: the day the rows were drawn where the file does not say; and what day it is now."""

    drawn_on: date | None = None
    today: date = date.max
    is_release: bool = False
    headings: Mapping[str, str] = field(default_factory=dict)


def plain(text: str) -> str:
    """This will write a name as it is compared: small letters, one kind of dash, no doubled spaces."""
    return " ".join(fold(text).replace("–", "-").replace("—", "-").split())


def in_words(first: date, until: date) -> str:
    """This will write a half-open period as people say it: 2024, marts 2024, 2. kvartal 2024 or its two days."""
    months = (until.year - first.year) * 12 + until.month - first.month
    if first.day == until.day == 1:
        if months == 12 and first.month == 1:
            return str(first.year)
        if months == 1:
            return f"{MONTHS['da'][first.month - 1]} {first.year}"
        if months == 3 and first.month % 3 == 1:
            return f"{first.month // 3 + 1}. kvartal {first.year}"
    return period(first, until - timedelta(days=1))


def day(found: date) -> str:
    """This will write a day: 1. januar 2027."""
    return long_date(found)
