"""Limits of the slope and relative index by drawing the groups' values again and again: a cross-check of the closed form."""

from __future__ import annotations

import numpy as np

from tovholder.evidence.equity.slope_fit import Fit
from tovholder.evidence.equity.slope_limits import Limits, turned
from tovholder.evidence.results import Real

_AT_A_TIME = 2_000_000


def simulated_limits(fit: Fit, levels: tuple[float, ...], draws: int, rng: np.random.Generator) -> list[Limits]:
    """This will give low and high of SII and RII at each level, as quantiles of `draws` fits to values drawn around each group's own.

    Source: the way England's Fingertips does it (100,000 draws), after Low and Low, Journal of Public Health 26 (2004).
    """
    areas = fit.slope.shape
    groups = fit.figure.shape[-1]
    tails = np.array([[(1 - conf) / 2, (1 + conf) / 2] for conf in levels]).ravel()
    rows = [np.ascontiguousarray(one).reshape(-1, groups) for one in (fit.figure, fit.spread, fit.weight, fit.share, fit.by_distance)]
    slopes, ratios = (np.empty((tails.size, len(rows[0]))) for _ in range(2))
    for area, (figure, spread, weight, share, by_distance) in enumerate(zip(*rows, strict=True)):
        slope, middle = np.empty(draws), np.empty(draws)
        for begin in range(0, draws, max(_AT_A_TIME // groups, 1)):
            size = min(draws - begin, max(_AT_A_TIME // groups, 1))
            values = _drawn(fit, figure, spread, by_distance.astype(bool), rng.standard_normal((size, groups)))
            slope[begin : begin + size], middle[begin : begin + size] = values @ weight, values @ share
        slopes[:, area] = np.quantile(slope, tails)
        if fit.transform is None:
            bottom = middle - slope / 2
            # A bottom that falls to 0 puts the ratio beyond every number, not below 0.
            drawn = np.where(bottom > 0, (bottom + slope) / np.where(bottom > 0, bottom, 1.0), np.inf)
            found = np.quantile(drawn, tails, method="higher")
            ratios[:, area] = np.where(np.isfinite(found), found, np.nan)
    return [
        _at_level(fit, *(one[2 * level : 2 * level + 2].reshape(2, *areas) for one in (slopes, ratios))) for level in range(len(levels))
    ]


def _at_level(fit: Fit, slopes: Real, ratios: Real) -> Limits:
    return (slopes[0], slopes[1], ratios[0], ratios[1]) if fit.transform is None else turned(fit, slopes[0], slopes[1])


def _drawn(fit: Fit, figure: Real, spread: Real, by_distance: Real, noise: Real) -> Real:
    plain = figure + spread * noise
    if fit.transform is not None:
        with np.errstate(divide="ignore"):
            return (np.log(figure) if fit.transform == "log" else np.log(figure / (1 - figure))) + spread * noise
    if fit.family == "normal":
        return plain
    grown = np.exp(np.where(by_distance, 0.0, spread) * noise)
    around = figure * grown if fit.family == "log-normal" else figure * grown / (1 - figure + figure * grown)
    return np.where(by_distance, plain, around)
