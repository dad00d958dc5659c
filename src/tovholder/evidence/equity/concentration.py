"""Concentration: how far a figure gathers at one end of a social order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from tovholder.evidence.equity.inputs import check_choice, check_level, check_multiplier, divided
from tovholder.evidence.equity.spread_over_groups import Groups, curve, groups_of, measured
from tovholder.evidence.results import Described, Estimates, Real, digest_of

VERSION = "1"
ErrorFrom = Literal["groups", "regression"]
_FEWEST_FOR_REGRESSION = 3


@dataclass(frozen=True, eq=False)
class Concentration(Described):
    """absolute (ACI) and relative (RCI, the concentration index) by area; wagstaff and erreygers for figures that have a ceiling.

    Negative: the figure gathers among the worst-off. curve_people and curve_figure: the concentration curve, [..., groups + 1].
    """

    absolute: Estimates
    relative: Estimates
    wagstaff: Estimates | None
    erreygers: Estimates | None
    curve_people: Real
    curve_figure: Real


def concentration(
    pop: npt.ArrayLike,
    value: npt.ArrayLike,
    se: npt.ArrayLike | None = None,
    *,
    ceiling: float | None = None,
    conf: float = 0.95,
    errors: ErrorFrom = "groups",
) -> Concentration:
    """This will give concentration indices of every area with limits. Raises ValueError.

    pop persons and value: [..., groups], worst-off first; se: the values' standard errors. ceiling: the most the figure can be (1, or
    100 for per cent), for Wagstaff's and Erreygers' indices. errors: "groups" by the delta method from se; "regression" from how far
    the groups lie from a straight line, which says nothing about how surely each of them is known and is kept for comparison.
    Sources: Kakwani, Wagstaff and van Doorslaer, Journal of Econometrics 77 (1997); Wagstaff, Health Economics 14 (2005);
    Erreygers, Journal of Health Economics 28 (2009).
    """
    check_choice("errors", errors, ("groups", "regression"))
    groups = groups_of(pop, value, se)
    level = check_level(conf)
    asked: dict[str, Any] = {"ceiling": ceiling, "conf": level, "errors": errors if se is not None or errors == "regression" else None}
    digest = digest_of("concentration", VERSION, asked, *groups.inputs)
    told = ("concentration", VERSION, asked, digest)
    share, figure, mean = groups.share, groups.figure, groups.mean
    lean = share * (2 * (np.cumsum(share, axis=-1) - share / 2) - 1)
    absolute = (lean * figure).sum(axis=-1)
    relative = divided(absolute, mean)
    error = _regression_error(groups, lean) if errors == "regression" else None
    by_relative = divided(lean - relative[..., None] * share, mean[..., None])
    found = [
        measured(groups, told, absolute, lean, level, error=error),
        measured(groups, told, relative, by_relative, level, error=_scaled(error, np.abs(mean)), defined=mean > 0),
    ]
    wagstaff = erreygers = None
    if ceiling is not None:
        top = check_multiplier(ceiling)
        if ((figure < 0) | (figure > top)).any():
            raise ValueError(f"En værdi ligger uden for 0 til {top:g}. Ret »ceiling«, eller ret værdien.")
        room = mean * (top - mean) / top
        by_wagstaff = divided(lean - divided(absolute, room)[..., None] * share * (1 - 2 * mean / top)[..., None], room[..., None])
        wagstaff = measured(groups, told, divided(absolute, room), by_wagstaff, level, error=_scaled(error, room), defined=room > 0)
        fourth = np.full(mean.shape, top / 4)
        erreygers = measured(groups, told, absolute / fourth, lean / fourth[..., None], level, error=_scaled(error, fourth))
    people = curve(share)
    gathered = curve(divided(share * figure, mean[..., None]))
    return Concentration(*told, found[0], found[1], wagstaff, erreygers, people, gathered)


def _scaled(error: Real | None, by: Real) -> Real | None:
    return None if error is None else divided(error, by)


def _regression_error(groups: Groups, lean: Real) -> Real:
    """The standard error of the slope in the regression of 2 var(rank) value on rank, weighted by people: that of the ACI."""
    share = groups.share
    away = np.where(groups.used, np.cumsum(share, axis=-1) - share / 2 - 0.5, 0.0)
    spread = (share * away**2).sum(axis=-1)
    y = 2 * spread[..., None] * groups.figure
    slope = (lean * groups.figure).sum(axis=-1)
    middle = (share * y).sum(axis=-1)
    left = np.where(groups.used, y - middle[..., None] - slope[..., None] * away, 0.0)
    freedom = np.where(groups.size >= _FEWEST_FOR_REGRESSION, groups.size - 2.0, np.nan)
    return np.asarray(np.sqrt((share * left**2).sum(axis=-1) / freedom / spread))
