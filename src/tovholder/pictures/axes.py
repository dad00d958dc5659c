"""Axes: at most five round ticks, and where a number stands on paper."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .figures import tick_words

MOST_TICKS = 5
_STEPS = (1.0, 2.0, 2.5, 5.0)
# A range narrower than this part of the largest number is rounding, and would need ticks nobody can read.
_NARROWEST = 1e-4
# How many times the middle size the largest may be before a straight axis pushes most places into its first corner.
_FAR = 8.0
# An axis of sizes goes a little beyond the largest, so that its dot is whole.
_BEYOND = 1.04


@dataclass(frozen=True)
class Scale:
    """A straight or logarithmic way from numbers to paper; `start` is where `low` stands."""

    low: float
    high: float
    start: float
    end: float
    logarithmic: bool = False

    def at(self, value: float) -> float:
        """This will tell where a number stands; a logarithmic scale holds what lies below its foot there."""
        low, high = self.low, self.high
        if self.logarithmic:
            low, high, value = math.log(low), math.log(high), math.log(max(value, self.low))
        return self.start + (value - low) / (high - low) * (self.end - self.start)


@dataclass(frozen=True)
class Axis:
    """A scale with its ticks and their words."""

    scale: Scale
    ticks: tuple[float, ...]
    labels: tuple[str, ...]


def axis(
    values: Sequence[float],
    start: float,
    end: float,
    words: Mapping[str, str],
    *,
    decimals: int = 1,
    from_zero: bool = False,
    whole_steps: bool = True,
    most: int = MOST_TICKS,
) -> Axis:
    """This will lay an axis over the values; with whole_steps it begins and ends at a tick, otherwise where the values do."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    if from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    least = max(4 * 10.0**-decimals, max(abs(low), abs(high)) * _NARROWEST)
    if high - low < least:
        low, high = _widened(low, high, least, from_zero)
    step, first, last = _stepped(low, high, most)
    ticks = tuple(round((first + n) * step, 12) for n in range(last - first + 1))
    if whole_steps:
        low, high = ticks[0], ticks[-1]
    shown = tuple(tick for tick in ticks if low - step * 1e-9 <= tick <= high + step * 1e-9)
    return Axis(Scale(low, high, start, end), shown, tick_words(shown, step, words))


def size_axis(sizes: Sequence[float], start: float, end: float, words: Mapping[str, str]) -> Axis:
    """This will lay an axis over sizes, no longer than they reach: straight from 0, or logarithmic when a few are far larger than most."""
    ordered = sorted(size for size in sizes if size > 0)
    if not ordered:
        return axis((0.0, 1.0), start, end, words, decimals=0, from_zero=True)
    if ordered[-1] / ordered[len(ordered) // 2] <= _FAR:
        return axis((*ordered, ordered[-1] * _BEYOND), start, end, words, decimals=0, from_zero=True, whole_steps=False)
    low, high = ordered[0] / 1.25, ordered[-1] * 1.25
    ticks = _decades(low, high)
    return Axis(Scale(low, high, start, end, logarithmic=True), ticks, tuple(tick_words((tick,), tick, words)[0] for tick in ticks))


def _widened(low: float, high: float, least: float, from_zero: bool) -> tuple[float, float]:
    if from_zero:
        return (low, low + least) if high > 0 or low == 0 else (high - least, high)
    middle = (low + high) / 2
    return middle - least / 2, middle + least / 2


def _stepped(low: float, high: float, most: int) -> tuple[float, int, int]:
    """The smallest round step whose multiples around the range are at most that many: step, first and last multiple."""
    exponent = math.floor(math.log10((high - low) / most))
    while True:
        for mantissa in _STEPS:
            step = mantissa * 10.0**exponent
            first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
            if last - first + 1 <= most:
                return step, first, last
        exponent += 1


def _decades(low: float, high: float) -> tuple[float, ...]:
    """Round numbers evenly apart on a logarithmic axis, at most five."""
    exponents = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    for mantissas in ((1, 2, 5), (1, 3), (1,)):
        ticks = [mantissa * 10.0**exponent for exponent in exponents for mantissa in mantissas]
        inside = [tick for tick in ticks if low <= tick <= high]
        if len(inside) <= MOST_TICKS:
            break
    thinned = inside[:: math.ceil(len(inside) / MOST_TICKS)] if inside else [high]
    return tuple(round(tick, 9) for tick in thinned)
