"""Limits of the slope and relative index in closed form.

Both are made of weighted sums of the groups' values, and those vary independently. Where a value is normal on the scale of the line
(means; rates on the log, proportions on the logit scale) the sum is normal and its limits are exact; the RII of means is a ratio of two
such sums: Fieller. Where a rate or proportion varies as a log- or logit-normal one but the line is straight, the sum's first four
cumulants are exact and Cornish and Fisher's expansion turns them into quantiles; the RII is the ratio r for which the quantile of
(top - r bottom) is 0: see `slope_ratio`. Where few events make the values too skewed for any expansion, `slope_grid` takes over.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tovholder.evidence.equity.inputs import normal
from tovholder.evidence.equity.slope_fit import Fit, cumulants, quantile, values_at
from tovholder.evidence.equity.slope_grid import grid_limits
from tovholder.evidence.equity.slope_ratio import ratio_limits
from tovholder.evidence.equity.slope_scales import back
from tovholder.evidence.results import Real

Limits = tuple[Real, Real, Real, Real]
CLOSED = {"normal": "closed", "log-normal": "cornish-fisher", "logit-normal": "cornish-fisher"}
_SKEWED = 0.5


def closed_limits(fit: Fit, conf: float) -> Limits:
    """This will give low and high of the SII, then of the RII, in top minus bottom; NaN where the RII has no bounded limits."""
    z = normal(conf)
    if fit.family != "normal":
        return _cornish_fisher(fit, z)
    variance = fit.spread**2
    half = z * np.sqrt((fit.weight**2 * variance).sum(axis=-1))
    if fit.transform is not None:
        return turned(fit, fit.slope - half, fit.slope + half)
    mean = fit.middle
    top, bottom = fit.share + fit.weight / 2, fit.share - fit.weight / 2
    low, high = _fieller(mean + fit.slope / 2, mean - fit.slope / 2, variance, top, bottom, z)
    return fit.slope - half, fit.slope + half, low, high


def turned(fit: Fit, low: Real, high: Real) -> Limits:
    """This will give the limits of SII and RII from those of the slope on a log or logit scale, the line turned around its middle."""
    found = []
    for one in (low, high):
        bottom, top = back(fit.transform, fit.middle - one / 2), back(fit.transform, fit.middle + one / 2)
        found.append((top - bottom, top / bottom))
    (low_sii, low_rii), (high_sii, high_rii) = found
    return low_sii, high_sii, low_rii, high_rii


def _fieller(top_mean: Real, bottom_mean: Real, variance: Real, top: Real, bottom: Real, z: float) -> tuple[Real, Real]:
    """The ratios r for which top - r bottom is just z standard deviations from 0."""
    both, above, below = ((one * variance).sum(axis=-1) for one in (top * bottom, top**2, bottom**2))
    first = bottom_mean**2 - z * z * below
    second = top_mean * bottom_mean - z * z * both
    third = top_mean**2 - z * z * above
    inside = second**2 - first * third
    bounded = (first > 0) & (bottom_mean > 0) & (inside >= 0)
    root = np.sqrt(np.where(bounded, inside, np.nan))
    first = np.where(bounded, first, np.nan)
    return (second - root) / first, (second + root) / first


def _cornish_fisher(fit: Fit, z: float) -> Limits:
    values = values_at(fit)
    parts = cumulants(fit, values)
    sums = _summed(fit.weight, parts)
    top, bottom = fit.share + fit.weight / 2, fit.share - fit.weight / 2
    top_mean, bottom_mean = (top * parts[0]).sum(axis=-1), (bottom * parts[0]).sum(axis=-1)
    begin = _fieller(top_mean, bottom_mean, parts[1], top, bottom, z)
    low, high = ratio_limits(top, bottom, parts, values, begin, z)
    found = np.stack([quantile(sums, -z), quantile(sums, z), low, high])
    shape, found = low.shape, found.reshape(4, -1)
    for area in np.flatnonzero(_too_skewed(sums) | _too_skewed_at(low, top, bottom, parts) | _too_skewed_at(high, top, bottom, parts)):
        if sums[1].reshape(-1)[area] > 0:
            found[:, area] = grid_limits(fit, int(area), z)
    sii_low, sii_high, rii_low, rii_high = found.reshape(4, *shape)
    return sii_low, sii_high, rii_low, rii_high


def _too_skewed(sums: list[Real]) -> npt.NDArray[np.bool_]:
    """Where the expansion's error would be seen: against draws it stays within 0.02 standard deviations below this."""
    second = np.where(sums[1] > 0, sums[1], 1.0)
    return np.asarray((np.abs(sums[2]) > _SKEWED * second**1.5) | (np.abs(sums[3]) > _SKEWED * second**2))


def _too_skewed_at(ratio: Real, top: Real, bottom: Real, parts: list[Real]) -> npt.NDArray[np.bool_]:
    return np.isnan(ratio) | _too_skewed(_summed(top - ratio[..., None] * bottom, parts))


def _summed(weight: Real, parts: list[Real]) -> list[Real]:
    """The cumulants of the weighted sum of independent values with these."""
    square = weight * weight
    return [(one * part).sum(axis=-1) for one, part in zip((weight, square, square * weight, square * square), parts, strict=True)]
