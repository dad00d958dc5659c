"""Names as numbers, moments as numbers, and which votes were given twice."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tovholder.evidence.reading.shapes import CALENDAR, DECIMAL, Unreadable, moment_of, name_of

Numbers = npt.NDArray[Any]


class Codes:
    """Cells to code numbers; two ways of writing the same name are the same."""

    def __init__(self, asked: str) -> None:
        self.asked = asked
        self.names: list[str] = []
        self.of: dict[str, int] = {}
        self._code: dict[str, int] = {}

    def add(self, raw: str) -> int:
        """This will give the cell its code; raises Unreadable without the place."""
        name = name_of(raw, self.asked)
        code = self._code.setdefault(name, len(self.names))
        if code == len(self.names):
            self.names.append(name)
        self.of[raw] = code
        return code


class Moments:
    """The moments of one column, all written in one way or all empty."""

    def __init__(self) -> None:
        self._whole = array("q")
        self._decimal = array("d")
        self._kind = ""
        self._empty = 0

    def add(self, raw: str) -> None:
        """This will keep one moment; raises Unreadable without the place."""
        if not raw.strip():
            if self._kind:
                raise Unreadable("tidspunktet mangler. Skriv det, eller slet kolonnen, hvis ingen tidspunkter er kendt.")
            self._empty += 1
            return
        kind, moment = moment_of(raw)
        if self._empty:
            raise Unreadable("her står et tidspunkt, men det mangler i rækkerne over. Skriv dem alle, eller slet kolonnen.")
        if CALENDAR in (kind, self._kind) and self._kind not in ("", kind):
            raise Unreadable("tidspunktet er skrevet på en anden måde end i rækkerne over. Brug den samme måde i hele kolonnen.")
        if kind == DECIMAL and self._kind != DECIMAL:
            self._decimal = array("d", self._whole)
        self._kind = DECIMAL if DECIMAL in (kind, self._kind) else kind
        if self._kind == DECIMAL:
            self._decimal.append(float(moment))
        else:
            self._whole.append(int(moment))

    def values(self) -> Numbers | None:
        """This will give the moments as numbers in order of time, or None when the column is empty."""
        if not self._kind:
            return None
        return np.array(self._decimal, "f8") if self._kind == DECIMAL else np.array(self._whole, "i8")


@dataclass(frozen=True, eq=False)
class Coded:
    """Votes as numbers into lists of names, in the order of the file; `row` is where each stands there."""

    people: Sequence[str]
    things: Sequence[str]
    person: Numbers
    thing: Numbers
    answer: Numbers
    row: Numbers
    at: Numbers | None
    unanswered: int

    @staticmethod
    def of(
        people: Codes,
        things: Codes,
        person: array[int],
        thing: array[int],
        answer: array[int],
        row: array[int],
        *,
        at: Numbers | None,
        unanswered: int,
    ) -> Coded:
        """This will turn the grown arrays to numpy's."""
        numbers = (np.array(person, "i4"), np.array(thing, "i4"), np.array(answer, "i1"), np.array(row, "i4"))
        return Coded(people.names, things.names, *numbers, at, unanswered)


@dataclass(frozen=True)
class Doubled:
    """How many votes were given again, and the first two places with different answers to the same."""

    count: int
    different: tuple[int, int] | None


def doubled(coded: Coded) -> Doubled:
    """This will find votes by the same person on the same statement."""
    where = coded.person.astype("i8") * max(len(coded.things), 1) + coded.thing
    order = np.argsort(where, kind="stable")
    again = np.flatnonzero(where[order][1:] == where[order][:-1])
    if not again.size:
        return Doubled(0, None)
    before, after = order[again], order[again + 1]
    unlike = np.flatnonzero(coded.answer[before] != coded.answer[after])
    if not unlike.size:
        return Doubled(int(again.size), None)
    first = unlike[np.argmin(after[unlike])]
    return Doubled(int(again.size), (int(before[first]), int(after[first])))
