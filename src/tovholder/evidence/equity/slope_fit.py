"""A line through groups whose values vary independently, and how each of them varies."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
import numpy.typing as npt

from tovholder.evidence.equity.slope_scales import Transform
from tovholder.evidence.results import Real

Family = Literal["normal", "log-normal", "logit-normal"]
_NODES = 24


@dataclass(frozen=True, eq=False)
class Fit:
    """A line through groups. share, weight, figure, spread: [..., groups]; slope and middle (at half the population): [...].

    weight: what each group's value on the fitted scale adds to the slope; spread: standard error on the scale the group varies on,
    or, where by_distance, on the plain scale.
    """

    share: Real
    weight: Real
    figure: Real
    spread: Real
    by_distance: npt.NDArray[np.bool_]
    slope: Real
    middle: Real
    family: Family
    transform: Transform | None


def values_at(fit: Fit) -> Real:
    """This will give each group's value at the nodes of a normal distribution: [..., groups, nodes]; see `node_weights`."""
    nodes, _ = _hermite(_NODES)
    moved = np.where(fit.by_distance, 0.0, fit.spread)[..., None] * nodes
    inner = np.where(fit.by_distance, 0.5, fit.figure)[..., None]
    grown = np.exp(moved)
    around = inner * grown if fit.family == "log-normal" else inner * grown / (1 - inner + inner * grown)
    if not fit.by_distance.any():
        return around
    # With no events the scale gives no spread; the distance to the upper limit, taken as normal, is on the safe side.
    return np.where(fit.by_distance[..., None], fit.figure[..., None] + fit.spread[..., None] * nodes, around)


def node_weights() -> Real:
    """This will give the chance that stands for each node of `values_at`."""
    return _hermite(_NODES)[1]


def cumulants(fit: Fit, values: Real) -> list[Real]:
    """This will give each group's first four cumulants, [..., groups]: in closed form for log-normal values, else over the nodes."""
    if fit.family == "log-normal" and not fit.by_distance.any():
        return list(_log_normal(fit.figure, fit.spread))
    weights = node_weights()
    mean = values @ weights
    away = values - mean[..., None]
    square = away * away
    second = square @ weights
    by_nodes = [mean, second, (square * away) @ weights, (square * square) @ weights - 3 * second**2]
    if fit.family != "log-normal":
        return by_nodes
    return [np.where(fit.by_distance, one, other) for one, other in zip(by_nodes, _log_normal(fit.figure, fit.spread), strict=True)]


def quantile(parts: list[Real], z: float) -> Real:
    """This will give the quantile of a sum from its first four cumulants, by Cornish and Fisher's expansion."""
    first, second, third, fourth = parts
    spread = np.sqrt(np.maximum(second, 0.0))
    some = np.where(spread > 0, spread, 1.0)
    skew, tails = third / some**3, fourth / some**4
    moved = z + (z * z - 1) * skew / 6 + (z**3 - 3 * z) * tails / 24 - (2 * z**3 - 5 * z) * skew**2 / 36
    return np.asarray(first + spread * moved)


def _log_normal(figure: Real, spread: Real) -> tuple[Real, ...]:
    grown, less = np.exp(spread**2), np.expm1(spread**2)
    mean = figure * np.sqrt(grown)
    second = mean**2 * less
    return mean, second, mean**3 * less**2 * (grown + 2), second**2 * (grown**4 + 2 * grown**3 + 3 * grown**2 - 6)


@lru_cache(maxsize=1)
def _hermite(nodes: int) -> tuple[Real, Real]:
    places, weights = np.polynomial.hermite_e.hermegauss(nodes)
    return places, weights / weights.sum()
