"""Charts of several measurements at each point: their mean (x-bar) and their standard deviation (s)."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from tovholder.evidence.charts.chart import ControlChart, choices_of, drawn
from tovholder.evidence.charts.phases import Phases, along, over, phases_of, totals
from tovholder.evidence.results import Real


def c4(size: npt.ArrayLike) -> Real:
    """This will give the expected standard deviation of so many measurements with standard deviation one; NaN below two.

    Source: Montgomery, Introduction to Statistical Quality Control, section 6.3.
    """
    from scipy.special import gammaln

    n = np.asarray(size, dtype=np.float64)
    some = np.where(n >= 2, n, np.nan)
    return np.asarray(np.sqrt(2 / (some - 1)) * np.exp(gammaln(some / 2) - gammaln((some - 1) / 2)), dtype=np.float64)


def subgroups(chart: Literal["xbar", "s"], y: npt.ArrayLike, **choices: Any) -> ControlChart:
    """This will give the chart of means or of standard deviations, its limits from the variation within the points.

    y: [points, measurements] or [series, points, measurements], NaN where there are fewer measurements than elsewhere. A point with one
    measurement has a mean and no standard deviation. choices: see Choices. Raises ValueError for other shapes and as xmr does.
    Source: Montgomery, Introduction to Statistical Quality Control, section 6.3.2 (variable sample size, pooled).
    """
    cells = np.asarray(y, dtype=np.float64)
    if cells.ndim not in (2, 3):
        raise ValueError("Målingerne skal stå som punkter med flere målinger i hvert.")
    if chart not in ("xbar", "s"):
        raise ValueError(f"Vi kender ikke kontroldiagrammet »{chart}«. Vælg xbar eller s.")
    values = cells if cells.ndim == 3 else cells[None]
    values = np.where(np.isfinite(values), values, np.nan)
    chosen = choices_of(choices)
    phases = phases_of(values.shape[1], chosen.baseline, chosen.rebase_at, chosen.exclude)
    there = ~np.isnan(values)
    sizes = there.sum(axis=-1).astype(np.float64)
    mean = over(np.where(there, values, 0.0).sum(axis=-1), sizes)
    apart = np.where(there, values - mean[..., None], 0.0)
    squares = (apart**2).sum(axis=-1)
    spread = np.where(sizes > 1, np.sqrt(over(squares, sizes - 1)), np.nan)
    used = (sizes > 0) & phases.base
    pooled = _pooled(squares, sizes, used, phases)
    told = {"within": "pooled"}
    common: dict[str, Any] = {"used": used, "inputs": (values,), "single": cells.ndim == 2, "told": told}
    if chart == "xbar":
        weighted = over(totals(np.where(used, mean * sizes, 0.0), phases), totals(np.where(used, sizes, 0.0), phases))
        return drawn("xbar", mean, along(weighted, phases), over(pooled, np.sqrt(sizes)), phases, chosen, **common)
    expected = c4(sizes)
    common["used"] = used & (sizes > 1)
    return drawn("s", spread, expected * pooled, pooled * np.sqrt(1 - expected**2), phases, chosen, floor=0.0, **common)


def _pooled(squares: Real, sizes: Real, used: npt.NDArray[np.bool_], phases: Phases) -> Real:
    """One standard deviation within the points, at each point its phase's: [series, points]."""
    degrees = totals(np.where(used & (sizes > 1), sizes - 1, 0.0), phases)
    return along(np.sqrt(over(totals(np.where(used, squares, 0.0), phases), degrees)), phases)
