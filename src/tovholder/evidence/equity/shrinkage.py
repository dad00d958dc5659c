"""Areas' figures drawn towards all areas' mean, the more so the fewer events they rest on: empirical Bayes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from tovholder.evidence.equity.inputs import (
    blanks,
    check_choice,
    check_level,
    check_multiplier,
    check_part,
    counts,
    divided,
    estimates,
    together,
)
from tovholder.evidence.equity.proportions import wilson
from tovholder.evidence.equity.rates import garwood
from tovholder.evidence.results import Estimates, Real, Why

VERSION = "1"
FEWEST_AREAS = 3
ShrinkageFamily = Literal["gamma-poisson", "beta-binomial"]
ShrinkageEstimator = Literal["likelihood", "moments"]
# Below this the areas differ no more than chance alone makes them, as far as a likelihood can tell.
_NO_GAIN, _ALIKE = 1e-3, 1e8


@dataclass(frozen=True, eq=False, kw_only=True)
class Shrunk(Estimates):
    """Shrunk figures [areas]. raw: as they are; weight: how much an area's own figure counts, 0 to 1; overall: what they are drawn to;
    between: the standard deviation of the areas' true figures; variance: of each shrunk figure. All times the multiplier (or squared).
    """

    raw: Real
    weight: Real
    overall: float
    between: float
    variance: Real


def shrunk(
    x: npt.ArrayLike,
    n: npt.ArrayLike,
    *,
    family: ShrinkageFamily = "gamma-poisson",
    estimator: ShrinkageEstimator = "likelihood",
    conf: float = 0.95,
    multiplier: float = 1.0,
) -> Shrunk:
    """This will shrink every area's figure towards all areas', with limits of the true figure. Raises ValueError.

    x events of n: [areas]; gamma-poisson for rates (n person-years) and ratios (n expected events), beta-binomial for proportions
    (n persons). How much the areas truly differ is found from all of them, by likelihood or by moments. Limits are quantiles of a
    gamma or beta distribution with the posterior's mean and variance, the overall figure's own uncertainty added; how much the areas
    differ is taken as known, which with fewer than some twenty of them is a little too sure. Where they differ no more than chance,
    all get the overall figure and its limits. Blank: nobody, missing, fewer than 3 areas.
    Sources: Clayton and Kaldor, Biometrics 43 (1987); Marshall, Journal of the Royal Statistical Society C 40 (1991);
    Griffin and Krutchkoff, Biometrika 58 (1971).
    """
    check_choice("family", family, ("gamma-poisson", "beta-binomial"))
    check_choice("estimator", estimator, ("likelihood", "moments"))
    events, of = together(x=counts("x", x), n=counts("n", n))
    if events.ndim != 1:
        raise ValueError("»x« og »n« skal være en række med et tal for hvert område.")
    if family == "beta-binomial":
        check_part(events, of)
    usable = ~np.isnan(events) & (of > 0)
    reasons = {
        Why.MISSING: np.isnan(events) | np.isnan(of),
        Why.NO_POPULATION: of == 0,
        Why.NOT_DEFINED: np.full(events.shape, usable.sum() < FEWEST_AREAS),
    }
    why = blanks(events.shape, reasons)
    scale, level = check_multiplier(multiplier), check_level(conf)
    asked = {"family": family, "estimator": estimator, "multiplier": scale}
    if usable.sum() < FEWEST_AREAS:
        middle, strength = np.nan, np.nan
    else:
        middle, strength = _common(events[usable], of[usable], family, estimator)
    value, low, high, variance, weight, between = _posterior(events, of, usable, middle, strength, family, level)
    told = estimates(
        f"shrinkage-{family}-{estimator}", VERSION, asked, (events, of), (value * scale, low * scale, high * scale), level, why
    )
    raw = np.where(why == Why.SHOWN, divided(events, of), np.nan) * scale
    spread = np.where(why == Why.SHOWN, variance, np.nan) * scale**2
    return Shrunk(**vars(told), raw=raw, weight=weight, overall=middle * scale, between=between * scale, variance=spread)


def _common(events: Real, of: Real, family: ShrinkageFamily, estimator: ShrinkageEstimator) -> tuple[float, float]:
    """The areas' common mean, and how many persons' worth of evidence it counts for; infinite where areas only differ by chance."""
    overall = float(events.sum() / of.sum())
    if overall <= 0 or (family == "beta-binomial" and overall >= 1):
        return overall, np.inf
    by_chance = overall if family == "gamma-poisson" else overall * (1 - overall)
    seen = float((of * (events / of - overall) ** 2).sum() / of.sum())
    true = seen - by_chance / float(of.mean())
    strength = np.inf if true <= 0 else by_chance / true - (1.0 if family == "beta-binomial" else 0.0)
    if estimator == "moments":
        return overall, max(strength, 1e-9) if np.isfinite(strength) else np.inf
    return _most_likely(events, of, overall, strength, family)


def _most_likely(events: Real, of: Real, overall: float, strength: float, family: ShrinkageFamily) -> tuple[float, float]:
    from scipy.optimize import minimize
    from scipy.special import betaln, gammaln

    is_rate = family == "gamma-poisson"
    without_events = -events if is_rate else (of - events) * np.log1p(-overall)
    by_chance = float((events * np.log(overall) + without_events).sum())

    def center_of(at: float) -> float:
        return float(overall * np.exp(at)) if is_rate else float(1 / (1 + np.exp(-at)))

    def unlikely(at: Real) -> float:
        center, size = center_of(at[0]), float(np.exp(min(at[1], 40.0)))
        # So far out the areas are alike, and the gamma functions have lost the digits that tell them apart.
        if center * size > _ALIKE:
            return -by_chance
        shape = center * size
        if is_rate:
            parts = gammaln(shape + events) - gammaln(shape) - shape * np.log1p(of / size) - events * np.log(size + of)
        else:
            parts = betaln(shape + events, size - shape + of - events) - betaln(shape, size - shape)
        return float(-parts.sum())

    begin = [0.0 if is_rate else np.log(overall / (1 - overall)), np.log(strength if np.isfinite(strength) else 10 * float(of.mean()))]
    options = {"xatol": 1e-7, "fatol": 1e-9, "maxiter": 2000, "maxfev": 2000}
    found = minimize(unlikely, np.array(begin), method="Nelder-Mead", options=options)
    if not found.fun < -by_chance - _NO_GAIN:
        return overall, np.inf
    return center_of(found.x[0]), float(np.exp(found.x[1]))


def _posterior(
    events: Real, of: Real, usable: npt.NDArray[np.bool_], middle: float, strength: float, family: ShrinkageFamily, conf: float
) -> tuple[Real, Real, Real, Real, Real, float]:
    """Value, low, high, variance, the weight of the area's own figure, and the spread between areas."""
    from scipy.special import betaincinv, gammainccinv, gammaincinv

    is_rate = family == "gamma-poisson"
    x, n = np.where(usable, events, 0.0), np.where(usable, of, 1.0)
    by_chance = middle if is_rate else middle * (1 - middle)
    weight = n / (n + strength)
    value = middle + weight * (x / n - middle)
    true = by_chance / (strength + (0.0 if is_rate else 1.0))
    own = value / (strength + n) if is_rate else value * (1 - value) / (strength + n + 1)
    # The overall figure is estimated too, from areas that vary by themselves and by chance.
    of_overall = 1 / max(float((usable / (true + np.maximum(by_chance, 1e-300) / n)).sum()), 1e-300)
    variance = own + (1 - weight) ** 2 * of_overall
    tail = (1 - conf) / 2
    inside = (value > 0) if is_rate else (value > 0) & (value < 1)
    if not inside.any():
        total, whole = np.atleast_1d(x[usable].sum()), np.atleast_1d(n[usable].sum())
        low, high = (one / whole for one in garwood(total, conf)) if is_rate else wilson(total, whole, conf)
        return value, np.full(x.shape, low[0]), np.full(x.shape, high[0]), np.zeros(x.shape), weight, float(np.sqrt(true))
    safe = np.where(inside, variance, 1.0)
    if is_rate:
        first = np.where(inside, value**2 / safe, 1.0)
        low, high = (value / first * turned(first, tail) for turned in (gammaincinv, gammainccinv))
        return value, low, high, variance, weight, float(np.sqrt(true))
    size = np.maximum(np.where(inside, value * (1 - value) / safe - 1, 1.0), 1e-9)
    first = np.where(inside, value * size, 1.0)
    second = np.where(inside, (1 - value) * size, 1.0)
    low, high = betaincinv(first, second, tail), betaincinv(first, second, 1 - tail)
    return value, low, high, variance, weight, float(np.sqrt(true))
