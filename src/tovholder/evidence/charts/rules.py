"""The rules that tell a change from chance, each by its name, so that a chart can say which one spoke."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from tovholder.evidence.charts.anhoej import SMALLEST_STEP, Truth, Whole, longest_and_crossings, runs_of, sides
from tovholder.evidence.charts.phases import Limits
from tovholder.evidence.results import Real

Signs = npt.NDArray[np.int8]
Improvement = Literal["increase", "decrease"] | None


@dataclass(frozen=True)
class Rule:
    """A rule's name in Danish and English, what it looks at, and who set it. `{n}` is the number of points, where it can be chosen."""

    danish: str
    english: str
    source: str
    needs_limits: bool = False


RULES: Mapping[str, Rule] = {
    "outside": Rule("uden for grænserne", "outside the limits", "Shewhart 1931; Nelson 1984, test 1", needs_limits=True),
    "trend": Rule(
        "{n} punkter i træk op eller ned", "{n} points in a row, each higher or each lower", "Provost and Murray 2011; Making Data Count"
    ),
    "two_of_three": Rule("2 af 3 tæt på samme grænse", "2 of 3 near the same limit", "Western Electric 1956, test 2", needs_limits=True),
    "two_of_three_one_side": Rule(
        "2 af 3 tæt på grænsen, alle på samme side", "2 of 3 near the limit, all on one side", "Making Data Count", needs_limits=True
    ),
    "four_of_five": Rule(
        "4 af 5 i den ydre del på samme side", "4 of 5 beyond one sigma on one side", "Western Electric 1956, test 3", needs_limits=True
    ),
    "one_side": Rule("{n} på samme side af midten", "{n} on one side of the centre", "Western Electric 1956, test 4; Making Data Count"),
    "longest_run": Rule("for lang ubrudt række på samme side (Anhøj)", "unusually long run (Anhøj)", "Anhøj and Olesen 2014"),
    "crossings": Rule("krydser midten for få gange (Anhøj)", "unusually few crossings (Anhøj)", "Anhøj and Olesen 2014"),
}
"""In the order in which they decide a point's direction when several speak."""

SETS: Mapping[str, tuple[str, ...]] = {
    "tovholder": ("outside", "trend", "two_of_three", "one_side"),
    "making_data_count": ("outside", "trend", "two_of_three_one_side", "one_side"),
    "western_electric": ("outside", "two_of_three", "four_of_five", "one_side"),
    "anhoej": ("longest_run", "crossings"),
    "outside_and_anhoej": ("outside", "longest_run", "crossings"),
}


@dataclass(frozen=True, eq=False)
class Signals:
    """by_rule: for each rule, [series, points], 1 up, -1 down, 0 silent; direction: the first rule that speaks at a point.

    few_crossings: [series], whether some phase crosses its centre too few times, which no single point can show.
    """

    by_rule: Mapping[str, Signs]
    direction: Signs
    few_crossings: Truth


def chosen(rules: str | Iterable[str]) -> tuple[str, ...]:
    """This will give rules by their names or the name of a set, in their order; raises ValueError for one we do not know."""
    names = SETS[rules] if isinstance(rules, str) and rules in SETS else (rules,) if isinstance(rules, str) else tuple(rules)
    for name in names:
        if name not in RULES:
            raise ValueError(f"Vi kender ikke reglen »{name}«. Vælg {', '.join(RULES)} eller et sæt: {', '.join(SETS)}.")
    return tuple(name for name in RULES if name in names)


def signals(
    y: Real,
    centre: Real,
    sigma: Real,
    low: Real,
    high: Real,
    phase: Whole,
    standing: Signs,
    *,
    rules: str | Iterable[str] = "tovholder",
    side_points: int = 7,
    trend_points: int = 7,
) -> Signals:
    """This will tell at which points which rule speaks, all arrays [series, points], phase [points].

    A point not measured is passed over: it neither makes nor breaks a run. No run goes on into the next phase. Before limits can be
    shown no rule speaks; where the baseline does not vary, only the rules that need no limits do. Raises ValueError for unknown names.
    """
    names = chosen(rules)
    able = ~np.isnan(y) & (standing != Limits.TOO_EARLY)
    order = np.argsort(~able, axis=1, kind="stable")

    def packed(values: npt.NDArray[np.generic]) -> npt.NDArray[np.generic]:
        return np.take_along_axis(np.broadcast_to(values, y.shape), order, axis=1)

    seen = _Seen(
        side=np.where(packed(able), packed(sides(y, centre)), 0).astype(np.int8),
        distance=np.where(packed(able & (standing == Limits.SHOWN)), packed(_distance(y, centre, sigma)), 0.0),
        outside=np.where(packed(able), packed(_outside(y, low, high)), 0).astype(np.int8),
        y=packed(y).astype(np.float64),
        new=_new(packed(np.where(able, phase, -1))),
        able=packed(able).astype(np.bool_),
    )
    found: dict[str, Signs] = {}
    few = np.zeros(y.shape[0], dtype=np.bool_)
    for name in names:
        if name in ("longest_run", "crossings"):
            spoken, missed = _anhoej(sides(y, centre), able, phase, name)
            few |= missed
            found[name] = spoken
        else:
            back = np.zeros(y.shape, dtype=np.int8)
            np.put_along_axis(back, order, seen.speaks(name, side_points, trend_points), axis=1)
            found[name] = back
    direction = np.zeros(y.shape, dtype=np.int8)
    for name in reversed(names):
        direction = np.where(found[name] != 0, found[name], direction)
    return Signals(found, direction, few)


@dataclass(frozen=True, eq=False)
class _Seen:
    """Measured points only, packed to the left; `new` marks the first of each phase."""

    side: Signs
    distance: Real
    outside: Signs
    y: Real
    new: Truth
    able: Truth

    def speaks(self, name: str, side_points: int, trend_points: int) -> Signs:
        if name == "outside":
            return self.outside
        if name == "one_side":
            return _whole_runs(self.side, self.new, side_points)
        if name == "trend":
            return _trend(self.y, self.new, self.able, trend_points)
        if name == "two_of_three_one_side":
            near = np.where(self.outside == 0, np.sign(self.distance) * (np.abs(self.distance) > 2), 0).astype(np.int8)
            return _beyond_in(near, stretches(near, 2, 3, self.new, self.side))
        sigmas, some, of = (2, 2, 3) if name == "two_of_three" else (1, 4, 5)
        beyond = np.where(np.abs(self.distance) > sigmas, np.sign(self.distance), 0).astype(np.int8)
        return _beyond_in(beyond, stretches(beyond, some, of, self.new))


def _distance(y: Real, centre: Real, sigma: Real) -> Real:
    some = sigma > 0
    return np.where(some, np.nan_to_num(y - centre) / np.where(some, sigma, 1.0), 0.0)


def _outside(y: Real, low: Real, high: Real) -> Signs:
    slack = SMALLEST_STEP * np.nan_to_num(np.abs(y))
    with np.errstate(invalid="ignore"):
        return (y > high + slack).astype(np.int8) - (y < low - slack).astype(np.int8)


def _new(phase: npt.NDArray[np.generic]) -> Truth:
    found = np.ones(phase.shape, dtype=np.bool_)
    found[:, 1:] = phase[:, 1:] != phase[:, :-1]
    return found


def _run_lengths(turns: Truth) -> Whole:
    """How long a run has lasted at each point, and how long the whole of it is: [2, series, points]."""
    points = np.arange(turns.shape[1])[None, :]
    begins = np.maximum.accumulate(np.where(turns, points, 0), axis=1)
    ends = np.ones_like(turns)
    ends[:, :-1] = turns[:, 1:]
    last = turns.shape[1] - 1
    end = np.minimum.accumulate(np.where(ends, points, last)[:, ::-1], axis=1)[:, ::-1]
    return end - begins + 1


def _whole_runs(signs: Signs, new: Truth, least: int) -> Signs:
    """The signs of every run of at least so many equal ones, all of its points."""
    if not signs.shape[1]:
        return signs
    turns = new.copy()
    turns[:, 1:] |= signs[:, 1:] != signs[:, :-1]
    return np.where(_run_lengths(turns) >= least, signs, 0).astype(np.int8)


def _trend(y: Real, new: Truth, able: Truth, least: int) -> Signs:
    if y.shape[1] < 2:
        return np.zeros(y.shape, dtype=np.int8)
    steps = sides(y[:, 1:], y[:, :-1])
    steps = np.where(new[:, 1:] | ~able[:, 1:], 0, steps).astype(np.int8)
    runs = _whole_runs(steps, np.zeros_like(new[:, 1:]), max(least - 1, 1))
    found = np.zeros(y.shape, dtype=np.int8)
    found[:, :-1] = runs
    # A point that ends one trend and begins the next belongs to the one it ends.
    found[:, 1:] = np.where(runs != 0, runs, found[:, 1:])
    return found


def _beyond_in(beyond: Signs, touched: Signs) -> Signs:
    return np.where(beyond == touched, beyond, 0).astype(np.int8)


def stretches(beyond: Signs, some: int, of: int, new: Truth, side: Signs | None = None) -> Signs:
    """This will mark every point of each stretch of `of` points of one phase with at least `some` beyond on one side: 1 up, -1 down.

    All [series, points], measured points only. With `side`, every point of the stretch must be on that side of the centre too.
    """
    found = np.zeros(beyond.shape, dtype=np.int8)
    if beyond.shape[1] < of:
        return found
    windows = np.lib.stride_tricks.sliding_window_view(beyond, of, axis=1)
    whole = ~np.lib.stride_tricks.sliding_window_view(new, of, axis=1)[..., 1:].any(axis=-1)
    for sign in (-1, 1):
        speaks = ((windows == sign).sum(axis=-1) >= some) & whole
        if side is not None:
            speaks &= (np.lib.stride_tricks.sliding_window_view(side, of, axis=1) == sign).all(axis=-1)
        touched = np.zeros(beyond.shape, dtype=np.bool_)
        for place in range(of):
            touched[:, place : place + speaks.shape[1]] |= speaks
        # A point between two stretches on either side keeps its own side.
        found[touched & ((found == 0) | (beyond == sign))] = sign
    return found


def _anhoej(side: Signs, able: Truth, phase: Whole, name: str) -> tuple[Signs, Truth]:
    spoken = np.zeros(side.shape, dtype=np.int8)
    missed = np.zeros(side.shape[0], dtype=np.bool_)
    for number in np.unique(phase):
        here = np.where(able & (phase == number), side, 0).astype(np.int8)
        useful, longest, crossings, at = runs_of(here)
        limits = np.array([longest_and_crossings(int(n)) for n in useful], dtype=np.int64).reshape(-1, 2)
        if name == "longest_run":
            spoken = np.where(at & (longest > limits[:, 0])[:, None], side, spoken).astype(np.int8)
        else:
            missed |= crossings < limits[:, 1]
    return spoken, missed


def named(rules: Sequence[str], *, english: bool = False, side_points: int = 7, trend_points: int = 7) -> dict[str, str]:
    """This will give the rules' names as they stand beside a chart."""
    points = {"one_side": side_points, "trend": trend_points}
    return {name: (RULES[name].english if english else RULES[name].danish).format(n=points.get(name, 0)) for name in rules}
