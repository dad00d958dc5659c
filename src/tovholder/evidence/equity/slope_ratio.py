"""Limits of a relative index whose groups vary as log- or logit-normal values: where top - r bottom is as likely below 0 as asked."""

from __future__ import annotations

from math import comb
from statistics import NormalDist

import numpy as np

from tovholder.evidence.equity.slope_fit import node_weights, quantile
from tovholder.evidence.results import Real

_STEPS = 40
# The characteristic function of a sum of spread 1 is gone at 6; a step of a half folds nothing nearer than twelve spreads back.
_STEP, _FREQUENCIES = 0.5, 12
_PLAINLY_SKEWED, _PLAINLY_TAILED = 0.25, 0.1


def ratio_limits(top: Real, bottom: Real, parts: list[Real], values: Real, begin: tuple[Real, Real], z: float) -> tuple[Real, Real]:
    """This will give the low and high limit of top / bottom, sums with these weights over groups; NaN where there is none.

    top, bottom: [..., groups]; parts: the groups' cumulants; values: their values at the nodes; begin: where the search begins.
    The expansion finds r; the exact distribution, from the characteristic function, then moves it by what the expansion missed.
    Source of the inversion: Gil-Pelaez, Biometrika 38 (1951).
    """
    # The j-th cumulant of (top - r bottom) Y is a polynomial in r of degree j; its coefficients are summed over groups once.
    upper, lower = _powers(top), _powers(-bottom)
    polynomials = [
        [comb(order, power) * (upper[order - power] * lower[power] * parts[order - 1]).sum(axis=-1) for power in range(order + 1)]
        for order in range(1, 5)
    ]
    found = []
    # A low r leaves top - r bottom above 0 for most draws, so the low limit is where its low quantile is 0.
    for here, side in zip(begin, (-z, z), strict=True):
        root = _root(polynomials, here, side)
        found.append(_moved(top - root[..., None] * bottom, bottom, root, parts, values, side))
    return found[0], found[1]


def _powers(one: Real) -> list[Real]:
    square = one * one
    return [np.ones_like(one), one, square, square * one, square * square]


def _root(polynomials: list[list[Real]], begin: Real, z: float) -> Real:
    """The r where the expansion's quantile is 0, by secants; NaN where it is not found."""

    def at(r: Real) -> Real:
        sums = []
        for coefficients in polynomials:
            total = np.zeros_like(r)
            for one in reversed(coefficients):
                total = total * r + one
            sums.append(total)
        return quantile(sums, z)

    before, here = begin, begin * (1 + 1e-4) + 1e-12
    value_before, value = at(before), at(here)
    size = np.abs(polynomials[0][1])
    for _ in range(_STEPS):
        still = (np.abs(value) > 1e-13 * size) & (value != value_before)
        if not still.any():
            break
        step = np.where(still, value * (here - before) / np.where(still, value - value_before, 1.0), 0.0)
        before, value_before = here, value
        here = here - step
        value = at(here)
    return np.where(np.abs(value) <= 1e-9 * size, here, np.nan)


def _moved(contrast: Real, bottom: Real, root: Real, parts: list[Real], values: Real, z: float) -> Real:
    from scipy.special import ndtri

    spread = np.sqrt((contrast**2 * parts[1]).sum(axis=-1))
    usable = np.isfinite(spread) & (spread > 0)
    safe = np.where(usable, spread, 1.0)
    scaled = np.where(usable[..., None], contrast, 0.0) / safe[..., None]
    third = np.abs((_powers(scaled)[3] * parts[2]).sum(axis=-1))
    fourth = np.abs((_powers(scaled)[4] * parts[3]).sum(axis=-1))
    # Nearer to normal than this, the expansion misses less than a five-hundredth of a standard deviation.
    chosen = usable & ((third > _PLAINLY_SKEWED) | (fourth > _PLAINLY_TAILED))
    below = np.full(root.shape, NormalDist().cdf(z))
    below[chosen] = _below_zero(scaled[chosen], values[chosen])
    inside = chosen & (below > 0) & (below < 1)
    missed = np.where(inside, z - ndtri(np.where(inside, below, 0.5)), 0.0)
    # How fast the standardised distance to 0 changes with r.
    mean = (scaled * parts[0]).sum(axis=-1)
    pace = ((bottom * parts[0]).sum(axis=-1) - mean * (scaled * bottom * parts[1]).sum(axis=-1)) / safe
    steady = inside & (pace > 0)
    return np.where(steady, root + missed / np.where(steady, pace, 1.0), root)


def _below_zero(weight: Real, values: Real) -> Real:
    """The chance that the weighted sum of independent values, of spread 1, falls below 0."""
    # Nodes first: then every sum is over whole rows, and each frequency is the one before it turned by the same angle.
    angle = np.moveaxis(weight[..., None] * values, -1, 0) * (_STEP / 2)
    half = np.empty(angle.shape, dtype=np.complex128)
    np.cos(angle, out=half.real)
    np.sin(angle, out=half.imag)
    turn = half * half
    here = half * node_weights().reshape(-1, *(1,) * weight.ndim)
    total = np.zeros(weight.shape[:-1])
    for place in range(_FREQUENCIES):
        total += here.sum(axis=0).prod(axis=-1).imag / (place + 0.5)
        here *= turn
    return np.asarray(0.5 - total / np.pi)
