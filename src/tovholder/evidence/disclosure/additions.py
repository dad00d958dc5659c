"""Small numbers that several sums give away together: numbers already held back, tried as a reader with all the sums at hand would.

The reader's program of Fischetti and Salazar (Management Science 47 (2001) 1008) in whole numbers. It differs from `audit` in what it is
given: loose sums of figures as they stand in a database, most of them shown, where nobody here knows what stands behind a blank."""

from __future__ import annotations

import math
import time
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

# So long is tried for one blank, and for all that hang together: what is not proved safe by then counts as given away.
_SECONDS, _PATIENCE = 20.0, 180.0
_NEAR = 1e-6
_TOO_LONG, _INFEASIBLE = 1, 2


@dataclass(frozen=True)
class Addition:
    """A total and its parts, by their places. is_whole: the parts are all there are; else others unknown may fill up the total."""

    total: int
    parts: tuple[int, ...]
    is_whole: bool = True

    @property
    def places(self) -> tuple[int, ...]:
        return (self.total, *self.parts)


@dataclass(frozen=True)
class Blanks:
    """What readers see: counts by place, None where blank; small: blanks told to be from `least` to `most`; unsure: blanks that may be.

    Of an unsure one nothing may be learnt about small numbers: it cannot be small, or it can be every small number."""

    counts: Sequence[float | None]
    small: Collection[int]
    unsure: Collection[int] = ()
    least: int = 1
    most: int = 4


def tied(counts: Sequence[float | None], sums: Sequence[Addition]) -> list[list[Addition]]:
    """This will give the sums that share blanks, together; sums without a blank tell nothing that is not shown, and are left out."""
    of_place: dict[int, int] = {}
    groups: dict[int, list[Addition]] = {}
    for number, one in enumerate(sums):
        blank = [place for place in one.places if counts[place] is None]
        if not blank:
            continue
        joined = sorted({of_place[place] for place in blank if place in of_place}, key=lambda group: -len(groups[group]))
        home = joined[0] if joined else number
        rows = groups.setdefault(home, [])
        for other in joined[1:]:
            moved = groups.pop(other)
            rows += moved
            of_place.update({place: home for row in moved for place in row.places if counts[place] is None})
        rows.append(one)
        of_place.update(dict.fromkeys(blank, home))
    return list(groups.values())


def surely_large(counts: Sequence[float | None], sums: Sequence[Addition], most: int) -> set[int]:
    """This will give the blank totals whose shown parts alone are more than small: they are held back for the sake of a blank part."""
    return {
        one.total
        for one in sums
        if counts[one.total] is None
        and sum(counts[part] or 0 for part in one.parts) > most
        and (not one.is_whole or any(counts[part] is None for part in one.parts))
    }


def whole_of_periods(cells: Sequence[tuple[date, date, int]]) -> Iterator[Addition]:
    """This will give the sums that periods of one series make: a year of its months, quarters or halves. cells: (first, until, place).

    For each longer period and each length of shorter ones that lie in it, as many as follow each other without overlap."""
    by_length: dict[float, list[tuple[date, date, int]]] = defaultdict(list)
    for first, until, place in sorted(cells):
        by_length[_months(first, until)].append((first, until, place))
    for length, longer in by_length.items():
        for shorter in (by_length[other] for other in sorted(by_length) if other < length):
            for first, until, place in longer:
                parts, reached, is_whole = [], first, True
                for begins, ends, part in shorter:
                    if begins >= reached and ends <= until:
                        is_whole &= begins == reached
                        parts.append(part)
                        reached = ends
                if parts:
                    yield Addition(place, tuple(parts), is_whole and reached == until)


def _months(first: date, until: date) -> float:
    """The length of a period in months; one of whole months is as long as every other of as many."""
    months = (until.year - first.year) * 12 + until.month - first.month
    return months if first.day == until.day else (until - first).days / 30.4


def given_away(seen: Blanks, sums: Sequence[Addition], *, first: bool = False) -> list[int]:
    """This will give the watched blanks (small and unsure) whose number can be told more closely than it should, by place, in order.

    seen: n counts by place, in people or events, None where blank. sums: those that are tied together (`tied`), places from 0 to n - 1.
    first: stop at the first one. A blank is safe when it can be both `least` and `most`; an unsure one also when it cannot be small.
    Blanks whose sum cannot hold small numbers only are taken to be anything, since nobody can tell which of them is large. What
    contradicts itself, or is not solved in time, protects nothing: it is given away. Raises nothing. Source: one sum by
    arithmetic, Cox (JASA 75 (1980) 377); several in whole numbers, Fischetti and Salazar (2001)."""
    blank = sorted({place for one in sums for place in one.places if seen.counts[place] is None})
    bounds: dict[int, tuple[float, float]] = {place: (seen.least, seen.most) if place in seen.small else (0, math.inf) for place in blank}
    watched = [place for place in blank if place in seen.small or place in seen.unsure]
    for one in sums:
        _loosen(seen.counts, one, bounds)
    if not watched:
        return []
    if len(sums) > 1:
        return _Program(seen, sums, bounds).given_away(watched, first=first)
    found = [place for place in watched if not _is_safe(seen, place, _reach(seen.counts, sums[0], bounds, place))]
    return found[:1] if first else found


def _loosen(counts: Sequence[float | None], one: Addition, bounds: dict[int, tuple[float, float]]) -> None:
    """Where small counts could not add up to the total, some of those held back are not small, and nobody can tell which."""
    held = [place for place in one.parts if place in bounds]
    if held and one.is_whole and counts[one.total] is not None and _rest(counts, one) > sum(bounds[place][1] for place in held):
        bounds.update(dict.fromkeys(held, (0, math.inf)))


def _rest(counts: Sequence[float | None], one: Addition) -> float:
    return (counts[one.total] or 0) - sum(counts[place] or 0 for place in one.parts)


def _is_safe(seen: Blanks, place: int, reach: tuple[float, float]) -> bool:
    low, high = reach
    if place in seen.unsure and low <= high and (low > seen.most + _NEAR or high < seen.least - _NEAR):
        return True
    return low <= seen.least + _NEAR and high >= seen.most - _NEAR


def _reach(counts: Sequence[float | None], one: Addition, bounds: dict[int, tuple[float, float]], place: int) -> tuple[float, float]:
    """How far a blank of a single sum can go: what the others leave it."""
    signs = {part: 1 for part in one.parts if part in bounds} | ({one.total: -1} if one.total in bounds else {})
    least = most = _rest(counts, one)
    for other, sign in signs.items():
        if other != place:
            low, high = bounds[other] if sign > 0 else (-bounds[other][1], -bounds[other][0])
            least, most = least - high, most - low
    if not one.is_whole:
        least = -math.inf
    if signs[place] < 0:
        least, most = -most, -least
    low, high = bounds[place]
    return max(low, least), min(high, most)


class _Program:
    """Sums that share blanks, as one program in whole numbers. Every solution found is kept as proof for all the blanks it serves."""

    def __init__(self, seen: Blanks, sums: Sequence[Addition], bounds: dict[int, tuple[float, float]]) -> None:
        from scipy.optimize import LinearConstraint
        from scipy.sparse import csc_array

        self.seen = seen
        self.at = {place: number for number, place in enumerate(bounds)}
        rows, columns, signs = [], [], []
        right = np.zeros(len(sums))
        for row, one in enumerate(sums):
            for place, sign in (*((part, 1.0) for part in one.parts), (one.total, -1.0)):
                count = seen.counts[place]
                if count is None:
                    rows.append(row)
                    columns.append(self.at[place])
                    signs.append(sign)
                else:
                    right[row] -= sign * count
        matrix = csc_array((signs, (rows, columns)), shape=(len(sums), len(self.at)))
        self.low, self.high = (np.array([ends[side] for ends in bounds.values()], dtype=float) for side in (0, 1))
        # Counts that are weighted are not whole; then neither are the blanks.
        self.whole = np.full(len(self.at), float(np.allclose(right, np.round(right))))
        least = np.where([one.is_whole for one in sums], right, -np.inf)
        self.sums = LinearConstraint(matrix, least, right)
        self.until = time.monotonic() + _PATIENCE

    def given_away(self, watched: Sequence[int], *, first: bool) -> list[int]:
        """The watched blanks that cannot be both as small and as large as small numbers are."""
        open_ = {(place, side) for place in watched for side in (0, 1)}
        self._together(open_)
        lost = []
        for place in watched:
            for side in (0, 1):
                if (place, side) in open_ and not self._alone(place, side, open_) and not self._is_never_small(place):
                    lost.append(place)
                    break
            if first and lost:
                break
        return lost

    def _wanted(self, side: int) -> int:
        return self.seen.most if side else self.seen.least

    def _together(self, open_: set[tuple[int, int]]) -> None:
        """Many at once: as many as possible as large, then as small, as long as it proves more."""
        for side in (1, 0):
            while True:
                cost = np.zeros(len(self.at))
                asked = [self.at[place] for place, which in open_ if which == side]
                asked = [number for number in asked if side == 0 or np.isfinite(self.high[number])]
                if len(asked) < 2:
                    break
                cost[asked] = -1.0 if side else 1.0
                before = len(open_)
                found, _status = self._solve(cost, self.low, self.high)
                if found is not None:
                    self._keep(found, open_)
                if len(open_) == before:
                    break

    def _alone(self, place: int, side: int, open_: set[tuple[int, int]]) -> bool:
        low, high = self.low.copy(), self.high.copy()
        number, wanted = self.at[place], self._wanted(side)
        if side:
            low[number] = max(low[number], wanted)
        else:
            high[number] = min(high[number], wanted)
        if low[number] > high[number]:
            return False
        # Others still open are drawn the same way, so that one answer serves many.
        cost = np.zeros(len(self.at))
        for other, which in open_:
            if which == side and np.isfinite(self.high[self.at[other]]):
                cost[self.at[other]] = -1.0 if side else 1.0
        found, _status = self._solve(cost, low, high)
        if found is None:
            return False
        self._keep(found, open_)
        return True

    def _is_never_small(self, place: int) -> bool:
        """Whether a blank nobody is told the size of cannot be a small number at all."""
        if place not in self.seen.unsure:
            return False
        low, high = self.low.copy(), self.high.copy()
        low[self.at[place]], high[self.at[place]] = self.seen.least, self.seen.most
        found, status = self._solve(np.zeros(len(self.at)), low, high)
        if found is not None or status != _INFEASIBLE:
            return False
        anything, _status = self._solve(np.zeros(len(self.at)), self.low, self.high)
        return anything is not None

    def _keep(self, found: npt.NDArray[np.float64], open_: set[tuple[int, int]]) -> None:
        for place, side in list(open_):
            value = found[self.at[place]]
            if (value >= self._wanted(1) - _NEAR) if side else (value <= self._wanted(0) + _NEAR):
                open_.discard((place, side))

    def _solve(
        self, cost: npt.NDArray[np.float64], low: npt.NDArray[np.float64], high: npt.NDArray[np.float64]
    ) -> tuple[npt.NDArray[np.float64] | None, int]:
        from scipy.optimize import Bounds, milp

        patience = min(_SECONDS, self.until - time.monotonic())
        if patience <= 0:
            return None, _TOO_LONG
        found = milp(cost, constraints=self.sums, bounds=Bounds(low, high), integrality=self.whole, options={"time_limit": patience})
        return found.x, int(found.status)
