"""Two groups compared: differences and ratios of risks, and ratios of rates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tovholder.evidence.equity.inputs import blanks, check_level, check_multiplier, check_part, counts, divided, estimates, normal, together
from tovholder.evidence.equity.proportions import clopper_pearson, wilson
from tovholder.evidence.results import Estimates, Real, Why

VERSION = "1"
# Outcomes whose probabilities differ by less than rounding are counted as equally likely, or a symmetric case would lose its own mirror.
_ALIKE = 1e-7


@dataclass(frozen=True, eq=False, kw_only=True)
class RateRatios(Estimates):
    """Ratios of rates with the two-sided probability of a count as unlikely, or less likely, if the rates were alike."""

    p: Real


def risk_difference(
    x1: npt.ArrayLike, n1: npt.ArrayLike, x2: npt.ArrayLike, n2: npt.ArrayLike, *, conf: float = 0.95, multiplier: float = 1.0
) -> Estimates:
    """This will give x1 of n1 minus x2 of n2, independent people, with limits. Raises ValueError.

    All of one shape. Source: Newcombe, Statistics in Medicine 17 (1998) 873-890, method 10 (squares of Wilson's distances added).
    """
    hits, of, other, whole = _two(x1, n1, x2, n2)
    scale = check_multiplier(multiplier)
    one, two = divided(hits, of), divided(other, whole)
    (one_low, one_high), (two_low, two_high) = wilson(hits, of, conf), wilson(other, whole, conf)
    apart = one - two
    low = apart - np.sqrt((one - one_low) ** 2 + (two_high - two) ** 2)
    high = apart + np.sqrt((one_high - one) ** 2 + (two - two_low) ** 2)
    why = _blank(hits, of, other, whole)
    limits = (apart * scale, low * scale, high * scale)
    inputs = (hits, of, other, whole)
    return estimates("risk-difference-newcombe-10", VERSION, {"multiplier": scale}, inputs, limits, check_level(conf), why)


def risk_ratio(x1: npt.ArrayLike, n1: npt.ArrayLike, x2: npt.ArrayLike, n2: npt.ArrayLike, *, conf: float = 0.95) -> Estimates:
    """This will give (x1/n1) / (x2/n2) with log-normal limits; not defined where either group has no events. Raises ValueError.

    All of one shape. Source: Katz, Baptista, Azen and Pike, Biometrics 34 (1978), method C.
    """
    hits, of, other, whole = _two(x1, n1, x2, n2)
    ratio = divided(divided(hits, of), divided(other, whole))
    both = (hits > 0) & (other > 0)
    one, two = np.where(both, hits, 1.0), np.where(both, other, 1.0)
    spread = np.sqrt(np.maximum(1 / one - divided(np.ones_like(of), of) + 1 / two - divided(np.ones_like(whole), whole), 0.0))
    factor = np.exp(normal(conf) * spread)
    blank = _blank(hits, of, other, whole)
    why = np.where(blank > 0, blank, blanks(hits.shape, {Why.NOT_DEFINED: ~both}))
    limits = (ratio, ratio / factor, ratio * factor)
    return estimates("risk-ratio-katz", VERSION, {}, (hits, of, other, whole), limits, check_level(conf), why)


def rate_ratio(x1: npt.ArrayLike, t1: npt.ArrayLike, x2: npt.ArrayLike, t2: npt.ArrayLike, *, conf: float = 0.95) -> RateRatios:
    """This will give (x1/t1) / (x2/t2) with exact limits and probability, given the sum of the events. Raises ValueError.

    x events in t person-years, all of one shape, whole events. Without events in the second group the ratio and its upper limit are
    infinite; without any events it is not defined. Source: Przyborowski and Wilenski, Biometrika 31 (1940); limits by Clopper and
    Pearson on x1 of x1 + x2; the probability sums all outcomes that are not more likely than the one seen.
    """
    hits, time, other, while_ = together(x1=counts("x1", x1), t1=counts("t1", t1), x2=counts("x2", x2), t2=counts("t2", t2))
    whole = hits + other
    low, high = clopper_pearson(hits, whole, conf)
    factor = divided(while_, time)
    none = (other == 0) & (whole > 0)
    ratio = np.where(none, np.inf, divided(hits, other)) * factor
    top = np.where(none, np.inf, divided(high, 1 - high)) * factor
    reasons = {
        Why.MISSING: np.isnan(whole) | np.isnan(time) | np.isnan(while_),
        Why.NO_POPULATION: (time == 0) | (while_ == 0),
        Why.NOT_DEFINED: whole == 0,
    }
    why = blanks(hits.shape, reasons)
    limits = (ratio, divided(low, 1 - low) * factor, top)
    found = estimates("rate-ratio-conditional-exact", VERSION, {}, (hits, time, other, while_), limits, check_level(conf), why)
    p = np.where(why == Why.SHOWN, _two_sided(hits, whole, divided(time, time + while_)), np.nan)
    return RateRatios(**vars(found), p=p)


def _two_sided(hits: Real, whole: Real, share: Real) -> Real:
    """The probability of all outcomes of Binomial(whole, share) that are at most as likely as `hits`; NaN where not defined."""
    from scipy.special import betainc, gammaln

    usable = (share > 0) & (share < 1) & (whole > 0)
    x, n, p = np.where(usable, hits, 0.0), np.where(usable, whole, 1.0), np.where(usable, share, 0.5)
    # Counting what did not happen instead puts the count seen below its mean every time.
    mirrored = x > n * p
    x, p = np.where(mirrored, n - x, x), np.where(mirrored, 1 - p, p)

    def log_chance(k: Real) -> Real:
        return np.asarray(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1) + k * np.log(p) + (n - k) * np.log1p(-p))

    seen = log_chance(x) + _ALIKE
    # Above the mean chances only fall, so the first count that is unlikely enough is found by halving.
    likely, unlikely = np.ceil(n * p) - 1, n + 1
    while (open_ := unlikely - likely > 1).any():
        middle = np.floor((likely + unlikely) / 2)
        is_unlikely = log_chance(np.minimum(middle, n)) <= seen
        likely, unlikely = np.where(open_ & ~is_unlikely, middle, likely), np.where(open_ & is_unlikely, middle, unlikely)
    first = np.minimum(unlikely, n)
    tails = betainc(n - x, x + 1, 1 - p) + np.where(unlikely > n, 0.0, betainc(first, n - first + 1, p))
    return np.where(usable, np.where(x == n * p, 1.0, np.minimum(tails, 1.0)), np.nan)


def _two(x1: npt.ArrayLike, n1: npt.ArrayLike, x2: npt.ArrayLike, n2: npt.ArrayLike) -> tuple[Real, ...]:
    hits, of, other, whole = together(x1=counts("x1", x1), n1=counts("n1", n1), x2=counts("x2", x2), n2=counts("n2", n2))
    check_part(hits, of)
    check_part(other, whole)
    return hits, of, other, whole


def _blank(hits: Real, of: Real, other: Real, whole: Real) -> npt.NDArray[np.int8]:
    missing = np.isnan(hits) | np.isnan(of) | np.isnan(other) | np.isnan(whole)
    return blanks(hits.shape, {Why.MISSING: missing, Why.NO_POPULATION: (of == 0) | (whole == 0)})
