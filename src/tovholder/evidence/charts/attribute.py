"""Charts of counts: shares (p), rates (u), counts (c), their primed forms, and what is rare (g, t)."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from tovholder.evidence.charts.chart import Choices, ControlChart, choices_of, drawn
from tovholder.evidence.charts.phases import Phases, along, centred, medians_of, over, phases_of, rows_of, totals
from tovholder.evidence.charts.xmr import mean_range, moving_ranges
from tovholder.evidence.results import Real

Attribute = Literal["p", "p'", "u", "u'", "c", "g", "t"]
D2 = 1.128
# Days between rare events are drawn out so much to the right that only this power makes them even.
NELSON = 3.6


def attribute(
    chart: Attribute, x: npt.ArrayLike, n: npt.ArrayLike | None = None, *, multiplier: float = 1.0, screen: bool = False, **choices: Any
) -> ControlChart:
    """This will give a control chart of counts.

    chart: "p" shares of n, "u" events per n, "c" events where the area is the same each time, "p'" and "u'" the same with Laney's
    correction for large n that vary more than chance, "g" cases between events, "t" time between events. x: [points] or [series, points],
    counts (g, t: the distance), NaN where not measured; n: the same shape, for p and u. A point with n = 0 is not measured. Values and
    limits are times the multiplier. screen: as in xmr, for the ranges of p', u' and t. choices: see Choices. Limits never pass 0, nor 1
    times the multiplier for shares. Raises ValueError for negative counts, shares above one, a missing or unneeded n, and as xmr does.
    Source: Montgomery, Introduction to Statistical Quality Control, chapter 7; Laney, Quality Engineering 14 (2002); Benneyan, Health
    Care Management Science 4 (2001) for g; Nelson, Journal of Quality Technology 26 (1994) for t.
    """
    if chart not in ("p", "p'", "u", "u'", "c", "g", "t"):
        raise ValueError(f"Vi kender ikke kontroldiagrammet »{chart}«. Vælg p, p', u, u', c, g eller t.")
    rows = rows_of(x)
    sizes = _sizes(chart, rows, n)
    chosen = choices_of(choices)
    phases = phases_of(rows.shape[1], chosen.baseline, chosen.rebase_at, chosen.exclude)
    with np.errstate(invalid="ignore"):
        if (rows < 0).any():
            raise ValueError("Et antal er negativt. Antal kan ikke være under 0.")
        if chart in ("p", "p'") and (rows > sizes).any():
            raise ValueError("En tæller er større end sin nævner. En andel kan ikke være over 1.")
    told = {"multiplier": multiplier, "screen": screen}
    single = np.ndim(x) < 2
    inputs = (rows, sizes)
    if chart == "t":
        return _times(rows, phases, chosen, multiplier, told, inputs, screen=screen, single=single)
    some = sizes > 0
    y = np.where(some & ~np.isnan(rows), over(rows, sizes), np.nan)
    used = ~np.isnan(y) & phases.base
    mean = over(totals(np.where(used, rows, 0.0), phases), totals(np.where(used, sizes, 0.0), phases))
    centre = along(mean, phases)
    sigma = _sigma(chart, centre, sizes)
    if chart.endswith("'"):
        sigma = sigma * along(_laney(y, centre, sigma, used, phases, screen=screen), phases)
    ceiling = multiplier if chart in ("p", "p'") else np.inf
    limits = None
    if chart == "g":
        # The middle of so skewed a figure is its median; the limits still stand around the mean.
        limits = ((centre - 3 * sigma) * multiplier, (centre + 3 * sigma) * multiplier)
        centre = along(medians_of(y, used, phases), phases)
    return drawn(
        chart, y * multiplier, centre * multiplier, sigma * multiplier, phases, chosen,
        used=used, inputs=inputs, floor=0.0, ceiling=ceiling, limits=limits, single=single, told=told,
    )  # fmt: skip


def _sizes(chart: str, rows: Real, n: npt.ArrayLike | None) -> Real:
    if chart in ("c", "g", "t"):
        if n is not None:
            raise ValueError(f"Diagrammet {chart} har ingen nævner. Udelad den, eller vælg p eller u.")
        return np.ones_like(rows)
    if n is None:
        raise ValueError(f"Diagrammet {chart} skal have en nævner.")
    sizes = rows_of(n)
    if sizes.shape != rows.shape:
        raise ValueError(f"Der er {rows.shape[1]} tællere og {sizes.shape[1]} nævnere i rækken. Der skal være én af hver.")
    with np.errstate(invalid="ignore"):
        if (sizes < 0).any():
            raise ValueError("En nævner er negativ. En nævner kan ikke være under 0.")
    return sizes


def _sigma(chart: str, centre: Real, sizes: Real) -> Real:
    per = np.where(sizes > 0, sizes, np.nan)
    if chart in ("p", "p'"):
        return np.sqrt(np.maximum(centre * (1 - centre), 0.0) / per)
    if chart == "g":
        return np.sqrt(centre * (centre + 1))
    return np.sqrt(centre / per)


def _laney(y: Real, centre: Real, sigma: Real, used: npt.NDArray[np.bool_], phases: Phases, *, screen: bool) -> Real:
    """How many times more the points vary than counting alone gives, [series, phases]."""
    with np.errstate(invalid="ignore", divide="ignore"):
        z = np.where(sigma > 0, (y - centre) / sigma, np.nan)
    mean, _ = mean_range(moving_ranges(z, phases), used, phases, screen=screen)
    return mean / D2


def _times(
    rows: Real,
    phases: Phases,
    chosen: Choices,
    multiplier: float,
    told: dict[str, Any],
    inputs: tuple[Real, Real],
    *,
    screen: bool,
    single: bool,
) -> ControlChart:
    y = rows ** (1 / NELSON)
    used = ~np.isnan(y) & phases.base
    mean = along(centred(y, used, phases), phases)
    ranges, _ = mean_range(moving_ranges(y, phases), used, phases, screen=screen)
    sigma = along(ranges, phases) / D2
    back = np.maximum(mean + np.array([-3.0, 0.0, 1.0, 3.0])[:, None, None] * sigma, 0.0) ** NELSON * multiplier
    low, centre, one, high = back
    return drawn(
        "t", rows * multiplier, centre, one - centre, phases, chosen,
        used=used, inputs=inputs, floor=0.0, limits=(low, high), single=single, told=told,
    )  # fmt: skip
