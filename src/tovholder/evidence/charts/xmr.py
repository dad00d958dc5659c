"""The XmR chart: single measurements and their moving ranges, for any number of series at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tovholder.evidence.charts.anhoej import Truth
from tovholder.evidence.charts.chart import Choices, ControlChart, drawn, first_of
from tovholder.evidence.charts.phases import Phases, along, centred, phases_of, rows_of
from tovholder.evidence.charts.rules import Improvement
from tovholder.evidence.results import Described, Real, digest_of

# Wheeler's rounded 3 / 1.128, and how far above the mean range a single range of chance goes.
XMR_CONSTANT, RANGE_LIMIT = 2.66, 3.267


@dataclass(frozen=True, eq=False)
class XmrChart(ControlChart):
    """A control chart of single measurements, with its moving ranges.

    ranges: the distance from the point before, NaN at the first point of a phase and beside a point not measured; mean_range and
    high_range: the ranges' mean and upper limit; screened: the ranges left out of the mean.
    """

    ranges: Real
    mean_range: Real
    high_range: Real
    screened: Truth


def xmr(
    y: npt.ArrayLike,
    *,
    baseline: int | slice | None = None,
    rebase_at: tuple[int, ...] = (),
    exclude: tuple[int, ...] = (),
    screen: bool = False,
    improvement: Improvement = None,
    rules: str | tuple[str, ...] = "tovholder",
    fewest: int = 12,
    side_points: int = 7,
    trend_points: int = 7,
    constant: float = XMR_CONSTANT,
    chart: str = "xmr",
) -> XmrChart:
    """This will give the XmR chart of each series: limits at the mean -/+ 2.66 mean moving ranges.

    y: [points] or [series, points] in any unit, evenly spaced in time, NaN where not measured. A range needs two neighbours, so a gap
    has none. Limits come from the baseline and are frozen on it; with fewer than `fewest` points there they are not shown ("too early"),
    and where the baseline does not vary there are none. screen: leave out ranges at or above 3.267 times their mean, once; never all that
    vary. Raises ValueError for points that do not exist, unknown rules, or more than two dimensions.
    Source: Wheeler, Understanding Variation (1993); Nelson, Journal of Quality Technology 14 (1982) on screening.
    """
    rows = rows_of(y)
    phases = phases_of(rows.shape[1], baseline, rebase_at, exclude)
    measured = ~np.isnan(rows)
    used = measured & phases.base
    ranges = moving_ranges(rows, phases)
    mean, screened = mean_range(ranges, used, phases, screen=screen)
    choices = Choices(baseline, tuple(rebase_at), tuple(exclude), fewest, rules, improvement, side_points, trend_points)
    found = drawn(
        chart,
        rows,
        along(centred(rows, used, phases), phases),
        along(mean, phases) * constant / 3,
        phases,
        choices,
        used=used,
        inputs=(rows,),
        told={"screen": screen, "constant": constant, "range_limit": RANGE_LIMIT},
    )
    shown = ~np.isnan(found.sigma)
    told = XmrChart(
        **vars(found),
        ranges=ranges,
        mean_range=np.where(shown, along(mean, phases), np.nan),
        high_range=np.where(shown, RANGE_LIMIT * along(mean, phases), np.nan),
        screened=screened,
    )
    return of_one(told) if np.ndim(y) < 2 else told


def of_one(found: XmrChart, series: int = 0) -> XmrChart:
    """This will give the chart of one of the series, its arrays [points]."""
    beside: dict[str, Any] = {name: getattr(found, name)[series] for name in ("ranges", "mean_range", "high_range", "screened")}
    return XmrChart(**(vars(first_of(found, series)) | beside))


def moving_ranges(rows: Real, phases: Phases) -> Real:
    """This will give each point's distance from the point before it in its phase, NaN where there is none; [series, points]."""
    found = np.full(rows.shape, np.nan)
    found[:, 1:] = np.abs(np.diff(rows, axis=1))
    found[:, 1:][:, phases.phase[1:] != phases.phase[:-1]] = np.nan
    return found


def mean_range(ranges: Real, used: Truth, phases: Phases, *, screen: bool) -> tuple[Real, Truth]:
    """This will give the mean of the ranges between used points, [series, phases], and which ranges were left out as too large."""
    within = used.copy()
    within[:, 1:] &= used[:, :-1]
    within &= ~np.isnan(ranges)
    mean = centred(ranges, within, phases)
    nothing = np.zeros_like(within)
    if not screen:
        return mean, nothing
    with np.errstate(invalid="ignore"):
        large = within & (ranges >= RANGE_LIMIT * along(mean, phases)) & (ranges > 0)
    kept = centred(ranges, within & ~large, phases)
    # Whole numbers that stand still most of the time: what is left would be nothing, and every point would alarm.
    empty = ~(kept > 0) & (mean > 0)
    return np.where(empty, mean, kept), large & ~along(empty.astype(np.float64), phases).astype(np.bool_)


@dataclass(frozen=True, eq=False)
class RangeChart(Described):
    """The moving ranges alone: y, centre and high of shape [series, points], or [points]; low is zero."""

    y: Real
    centre: Real
    high: Real
    outside: Truth


def mr(y: npt.ArrayLike, *, constant: float = RANGE_LIMIT, **choices: Any) -> RangeChart:
    """This will give the chart of moving ranges, see xmr; constant: its upper limit in mean ranges. Raises ValueError as xmr does.

    Source: Montgomery, Introduction to Statistical Quality Control, section 6.4 (D4 = 3.267).
    """
    found = xmr(y, **choices)
    high = found.mean_range * constant
    with np.errstate(invalid="ignore"):
        outside = found.ranges > high * (1 + 1e-12)
    return RangeChart(
        method="control_chart_mr",
        version=found.version,
        parameters={**found.parameters, "range_limit": constant},
        digest=digest_of(np.asarray(y, dtype=np.float64)),
        y=found.ranges,
        centre=found.mean_range,
        high=high,
        outside=outside,
    )
