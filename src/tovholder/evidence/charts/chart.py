"""A control chart as it is handed back: the line, its centre and limits, and which rule spoke where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from tovholder.evidence.charts.anhoej import Truth, Whole
from tovholder.evidence.charts.phases import Baseline, Limits, Phases, standing
from tovholder.evidence.charts.rules import Improvement, Signs, chosen, signals
from tovholder.evidence.results import Described, Real, digest_of

VERSION = "1"
_PER_POINT = ("y", "centre", "low", "high", "sigma", "standing", "direction", "kind")


@dataclass(frozen=True, eq=False)
class ControlChart(Described):
    """One chart for each series; arrays are [series, points], or [points] where one series went in.

    y: what is drawn, NaN where not measured; centre, low, high: NaN where `standing` (see Limits) says that they cannot be shown, low and
    high NaN where the chart has none; sigma: one standard deviation at each point; by_rule and direction: 1 up, -1 down, 0 silent;
    kind: 1 better, -1 worse, 2 a change without better or worse, 0 chance; few_crossings: for each series, see Signals;
    phase, base: [points], the phase of each point and whether its limits come from it.
    """

    chart: str
    y: Real
    centre: Real
    low: Real
    high: Real
    sigma: Real
    standing: Signs
    by_rule: Mapping[str, Signs]
    direction: Signs
    kind: Signs
    few_crossings: Truth
    phase: Whole
    base: Truth

    @property
    def too_early(self) -> Truth:
        """This will tell for each series whether it has no limits yet because it has too few points."""
        found: Truth = (self.standing == Limits.TOO_EARLY).all(axis=-1)
        return found

    @property
    def changed(self) -> Truth:
        """This will tell for each series whether any rule speaks."""
        found: Truth = (self.direction != 0).any(axis=-1) | self.few_crossings
        return found


@dataclass(frozen=True)
class Choices:
    """What a chart is asked to do, apart from its kind; every choice is kept in the result's parameters.

    baseline, rebase_at, exclude: see phases_of; fewest: points that limits need; rules: names or the name of a set, see RULES and SETS;
    improvement: which way is better, or None; side_points and trend_points: the length that one_side and trend ask for.
    """

    baseline: Baseline = None
    rebase_at: tuple[int, ...] = ()
    exclude: tuple[int, ...] = ()
    fewest: int = 12
    rules: str | Iterable[str] = "tovholder"
    improvement: Improvement = None
    side_points: int = 7
    trend_points: int = 7

    def told(self) -> dict[str, Any]:
        """This will give the choices as plain names and numbers."""
        given = {one.name: getattr(self, one.name) for one in fields(self)}
        if isinstance(self.baseline, slice):
            given["baseline"] = [self.baseline.start, self.baseline.stop]
        return given | {"rules": list(chosen(self.rules)), "rebase_at": list(self.rebase_at), "exclude": list(self.exclude)}


def choices_of(given: Mapping[str, Any]) -> Choices:
    """This will gather choices that came by name; raises ValueError for one we do not know."""
    known = [one.name for one in fields(Choices)]
    for name in given:
        if name not in known:
            raise ValueError(f"Vi kender ikke valget »{name}«. Vælg blandt {', '.join(known)}.")
    plain: dict[str, Any] = {name: tuple(value) if name in ("rebase_at", "exclude") else value for name, value in given.items()}
    return Choices(**plain)


def drawn(
    chart: str,
    y: Real,
    centre: Real,
    sigma: Real,
    phases: Phases,
    choices: Choices,
    *,
    used: Truth,
    inputs: tuple[npt.NDArray[np.generic], ...],
    floor: float | Real = -np.inf,
    ceiling: float | Real = np.inf,
    limits: tuple[Real, Real] | None = None,
    no_limits: bool = False,
    single: bool = False,
    told: Mapping[str, Any] | None = None,
) -> ControlChart:
    """This will put a chart together from its line, centre and spread, all [series, points], and let the rules speak.

    used: the points its centre and limits come from; floor and ceiling: what no limit may pass; limits: given instead of three sigma.
    """
    if choices.improvement not in (None, "increase", "decrease"):
        raise ValueError(f"»{choices.improvement}« er ikke en retning. Vælg increase, decrease eller ingen.")
    if no_limits:
        # Without limits nothing asks how much the baseline varies, only whether there are points enough.
        stands = standing(used, phases, np.ones_like(y), np.zeros_like(y), choices.fewest)
    else:
        stands = standing(used, phases, sigma, np.maximum(np.abs(centre), np.abs(np.nan_to_num(y))), choices.fewest)
    low, high = (centre - 3 * sigma, centre + 3 * sigma) if limits is None else limits
    shown = (stands == Limits.SHOWN) & (not no_limits)
    low = np.where(shown, np.maximum(low, floor), np.nan)
    high = np.where(shown, np.minimum(high, ceiling), np.nan)
    spread = np.where(shown, sigma, np.nan)
    middle = np.where(stands == Limits.TOO_EARLY, np.nan, centre)
    spoken = signals(
        y,
        middle,
        spread,
        low,
        high,
        phases.phase,
        stands,
        rules=choices.rules,
        side_points=choices.side_points,
        trend_points=choices.trend_points,
    )
    better = {"increase": 1, "decrease": -1}.get(choices.improvement or "", 0)
    found = ControlChart(
        method=f"control_chart_{chart}",
        version=VERSION,
        parameters={**choices.told(), **(told or {})},
        digest=digest_of(*inputs),
        chart=chart,
        y=y,
        centre=middle,
        low=low,
        high=high,
        sigma=spread,
        standing=stands,
        by_rule=spoken.by_rule,
        direction=spoken.direction,
        kind=(spoken.direction * better if better else np.abs(spoken.direction) * 2).astype(np.int8),
        few_crossings=spoken.few_crossings,
        phase=phases.phase,
        base=phases.base,
    )
    return first_of(found) if single else found


def first_of(chart: ControlChart, series: int = 0) -> ControlChart:
    """This will give the chart of one of the series, its arrays [points]."""
    return replace(
        chart,
        **{name: getattr(chart, name)[series] for name in _PER_POINT},
        by_rule={name: found[series] for name, found in chart.by_rule.items()},
        few_crossings=chart.few_crossings[series],
    )
