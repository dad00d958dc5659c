"""A series in phases: which points each phase's centre and limits are found from, and whether there are enough of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from tovholder.evidence.charts.anhoej import SMALLEST_STEP, Truth, Whole
from tovholder.evidence.results import Real

FEWEST = 12
Baseline = int | slice | None


class Limits(IntEnum):
    """Whether limits are shown at a point, and if not, why."""

    SHOWN = 0
    TOO_EARLY = 1
    NO_VARIATION = 2


@dataclass(frozen=True, eq=False)
class Phases:
    """phase: [points], the number of each point's phase; base: [points], the points that limits come from; begins: [phases]."""

    phase: Whole
    base: Truth
    begins: Whole


def rows_of(y: npt.ArrayLike) -> Real:
    """This will give measurements as [series, points], infinite ones as not measured; raises ValueError for more dimensions."""
    found = np.atleast_2d(np.asarray(y, dtype=np.float64))
    if found.ndim > 2:
        raise ValueError("Målingerne skal stå som én række punkter eller som rækker af punkter.")
    return np.where(np.isfinite(found), found, np.nan)


def phases_of(points: int, baseline: Baseline = None, rebase_at: Iterable[int] = (), exclude: Iterable[int] = ()) -> Phases:
    """This will divide the points into phases. Raises ValueError when a place is not one of the points.

    rebase_at: the first point of each new phase, counted from 0. baseline: None takes all points of a phase; a number takes the first
    so many of each phase; a slice takes those points, and a phase outside it all of its own. exclude: points left out of every baseline.
    """
    starts, left_out = sorted(set(rebase_at)), sorted(set(exclude))
    for place in (*starts, *left_out):
        if not 0 <= place < points:
            raise ValueError(f"Punkt {place + 1} findes ikke. Rækken har {points} punkter.")
    begins = np.array([0, *(place for place in starts if place)], dtype=np.int64)
    order = np.arange(points)
    phase = np.searchsorted(begins, order, side="right") - 1
    base = np.ones(points, dtype=np.bool_)
    if isinstance(baseline, slice):
        chosen = np.zeros(points, dtype=np.bool_)
        chosen[baseline] = True
        if points and not chosen.any():
            raise ValueError(f"Basislinjen har ingen af rækkens {points} punkter.")
        base = chosen | ~np.isin(phase, np.unique(phase[chosen]))
    elif baseline is not None:
        if baseline < 1:
            raise ValueError("Basislinjen skal have mindst ét punkt.")
        base = order - begins[phase] < baseline
    base[left_out] = False
    return Phases(phase, base, begins)


def centred(values: Real, used: Truth, phases: Phases) -> Real:
    """This will give the mean of the used values of each phase, [series, phases]; NaN where none is used."""
    return over(totals(np.where(used, values, 0.0), phases), totals(used.astype(np.float64), phases))


def totals(values: Real, phases: Phases) -> Real:
    """This will add up each phase, [series, phases].

    Added from the first point on, so that points that come later change no digit of what a frozen baseline gave.
    """
    found = np.zeros((values.shape[0], phases.begins.size))
    ends = [*phases.begins[1:].tolist(), values.shape[1]]
    for number, (begin, end) in enumerate(zip(phases.begins.tolist(), ends, strict=True)):
        if end > begin:
            found[:, number] = np.cumsum(values[:, begin:end], axis=1)[:, -1]
    return found


def over(above: Real, below: Real) -> Real:
    """This will divide, and give NaN where there is nothing to divide by."""
    some = below > 0
    return np.where(some, above / np.where(some, below, 1.0), np.nan)


def along(found: Real, phases: Phases) -> Real:
    """This will give each point its phase's figure: [series, phases] to [series, points]."""
    return found[:, phases.phase]


def medians_of(values: Real, used: Truth, phases: Phases) -> Real:
    """This will give the median of the used values of each phase, [series, phases]; NaN where none is used."""
    kept = np.where(used, values, np.nan)
    found = np.full((values.shape[0], phases.begins.size), np.nan)
    for number in range(found.shape[1]):
        here = kept[:, phases.phase == number]
        some = (~np.isnan(here)).any(axis=1) if here.size else np.zeros(len(here), dtype=np.bool_)
        if some.any():
            found[some, number] = np.nanmedian(here[some], axis=1)
    return found


def standing(used: Truth, phases: Phases, spread: Real, scale: Real, fewest: int) -> npt.NDArray[np.int8]:
    """This will tell for each point whether its phase can have limits: enough used points, and more variation than rounding gives.

    spread: [series, points], one standard deviation; scale: [series, points], the size of the figures it is found among.
    """
    enough = along(totals(used.astype(np.float64), phases), phases) >= max(fewest, 1)
    flat = ~(spread > SMALLEST_STEP * np.abs(scale))
    return np.where(enough, np.where(flat, Limits.NO_VARIATION, Limits.SHOWN), Limits.TOO_EARLY).astype(np.int8)
