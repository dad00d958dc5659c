"""Before and after a change: the chart whose limits stay where they were, and the regression beside it. Never one without the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tovholder.evidence.charts.chart import ControlChart
from tovholder.evidence.charts.phases import FEWEST
from tovholder.evidence.charts.rules import Improvement
from tovholder.evidence.charts.segmented import Segmented, counted, linear, terms_of
from tovholder.evidence.charts.xmr import XmrChart, xmr
from tovholder.evidence.results import Described, Real, digest_of

METHOD, VERSION = "before_after", "1"


@dataclass(frozen=True, eq=False)
class BeforeAfter(Described):
    """chart: limits frozen on the points before the change; regression: how level and slope moved, None when `reason` says why not.

    event: the first point after the change, counted from 0; agree: whether both say that something changed, or both that nothing did;
    None when one of them cannot say yet.
    """

    chart: XmrChart
    regression: Segmented | None
    event: int
    reason: str
    agree: bool | None


def before_after(
    y: npt.ArrayLike,
    event: int,
    *,
    persons: npt.ArrayLike | None = None,
    multiplier: float = 1.0,
    season: int | None = None,
    lag: int | None = None,
    improvement: Improvement = None,
    rules: str | tuple[str, ...] = "tovholder",
    fewest: int = FEWEST,
    conf: float = 0.95,
) -> BeforeAfter:
    """This will set the control chart frozen before a change beside the regression of level and slope.

    y: [points], measured figures, or events where persons [points] are given; NaN where not measured. event: the first point after the
    change, counted from 0. The chart shows y, or y / persons, times the multiplier; the regression is by least squares with Newey-West
    errors, or Poisson with the persons as offset. season: points in a year, for a yearly wave. Raises ValueError for a change outside the
    series and for negative counts; too few points give a chart that says so and no regression, with the reason.
    Source: Wagner et al., Journal of Clinical Pharmacy and Therapeutics 27 (2002) 299; Fretheim and Tomic, BMJ Quality & Safety 24 (2015)
    748, on showing both.
    """
    values = np.asarray(y, dtype=np.float64)
    if values.ndim != 1:
        raise ValueError("Før og efter regnes på én række målinger ad gangen.")
    terms, columns = terms_of(values.size, event, season=season)
    shown = values * multiplier if persons is None else _rates(values, np.asarray(persons, dtype=np.float64), multiplier)
    chart = xmr(shown, baseline=slice(0, event), improvement=improvement, rules=rules, fewest=fewest)
    regression, reason = _regression(shown, values, persons, columns, terms, event, lag, conf)
    return BeforeAfter(
        method=METHOD,
        version=VERSION,
        parameters={"event": event, "season": season, "lag": lag, "multiplier": multiplier, "conf": conf, "counts": persons is not None},
        digest=digest_of(values, event) if persons is None else digest_of(values, np.asarray(persons, dtype=np.float64), event),
        chart=chart,
        regression=regression,
        event=event,
        reason=reason,
        agree=_agree(chart, regression, event),
    )


def _rates(values: Real, persons: Real, multiplier: float) -> Real:
    if persons.shape != values.shape:
        raise ValueError(f"Der er {values.size} tællere og {persons.size} nævnere. Der skal være én af hver for hvert punkt.")
    some = persons > 0
    return np.where(some, values / np.where(some, persons, 1.0), np.nan) * multiplier


def _regression(
    shown: Real,
    values: Real,
    persons: npt.ArrayLike | None,
    columns: Real,
    terms: tuple[str, ...],
    event: int,
    lag: int | None,
    conf: float,
) -> tuple[Segmented | None, str]:
    for word, part in (("før", shown[:event]), ("efter", shown[event:])):
        measured = int((~np.isnan(part)).sum())
        if measured < 3:
            return None, f"For tidligt at sige: {measured} målinger {word} ændringen, og regressionen skal bruge mindst 3."
    try:
        if persons is None:
            return linear(shown, columns, terms, lag=lag, conf=conf), ""
        return counted(values, persons, columns, terms, conf=conf), ""
    except ValueError as problem:
        if "negativt" in str(problem):
            raise
        return None, str(problem)


def _agree(chart: ControlChart, regression: Segmented | None, event: int) -> bool | None:
    if regression is None or bool(chart.too_early):
        return None
    spoken = bool((chart.direction[event:] != 0).any())
    level_and_slope = [regression.terms.index(one) for one in ("post", "after")]
    moved = bool((regression.p[level_and_slope] <= (1 - regression.conf) / 2).any())
    return spoken == moved
