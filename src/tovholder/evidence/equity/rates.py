"""Counts and crude rates with their limits."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from tovholder.evidence.equity.inputs import (
    blanks,
    check_choice,
    check_level,
    check_multiplier,
    counts,
    divided,
    estimates,
    normal,
    together,
)
from tovholder.evidence.results import Estimates, Real, Why

VERSION = "1"
# Below this many events Byar's approximation is left for the exact limits, in England's Fingertips method.
FEW = 10
CountMethod = Literal["exact", "fingertips"]


def garwood(x: npt.ArrayLike, conf: float = 0.95) -> tuple[Real, Real]:
    """This will give limits of a count from the Poisson distribution, exact at any size; 0 has the lower limit 0. Raises ValueError.

    x: any shape, decimals allowed. Source: Garwood, Biometrika 28 (1936).
    """
    from scipy.special import gammainccinv, gammaincinv

    events = counts("x", x)
    tail = (1 - check_level(conf)) / 2
    low = np.where(events == 0, 0.0, gammaincinv(np.where(events == 0, 1.0, events), tail))
    return low, np.asarray(gammainccinv(events + 1, tail))


def byar(x: npt.ArrayLike, conf: float = 0.95) -> tuple[Real, Real]:
    """This will give limits of a count by Byar's approximation, good from ten events; NaN where it would fall below 0. Raises ValueError.

    x: any shape. Source: Breslow and Day, Statistical Methods in Cancer Research II (1987), page 69.
    """
    events, z = counts("x", x), normal(conf)
    safe = np.where(events == 0, 1.0, events)
    root = 1 - 1 / (9 * safe) - z / (3 * np.sqrt(safe))
    low = np.where(events == 0, 0.0, np.where(root < 0, np.nan, safe * root**3))
    above = events + 1
    return low, above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3


def count_limits(x: npt.ArrayLike, conf: float = 0.95, method: CountMethod = "exact") -> tuple[Real, Real]:
    """This will give limits of a count: exact, or `fingertips`, exact below ten events and Byar's from there. Raises ValueError."""
    check_choice("method", method, ("exact", "fingertips"))
    events = counts("x", x)
    low, high = garwood(events if method == "exact" else np.where(events < FEW, events, 0.0), conf)
    if method == "exact":
        return low, high
    byar_low, byar_high = byar(np.where(events < FEW, FEW, events), conf)
    return np.where(events < FEW, low, byar_low), np.where(events < FEW, high, byar_high)


def count(x: npt.ArrayLike, *, conf: float = 0.95, method: CountMethod = "exact") -> Estimates:
    """This will give counts with limits; see `count_limits`. Raises ValueError."""
    events = counts("x", x)
    low, high = count_limits(events, conf, method)
    why = blanks(events.shape, {Why.MISSING: np.isnan(events)})
    return estimates(f"count-{method}", VERSION, {}, (events,), (events, low, high), check_level(conf), why)


def rate(
    x: npt.ArrayLike, n: npt.ArrayLike, *, conf: float = 0.95, method: CountMethod = "exact", multiplier: float = 100_000.0
) -> Estimates:
    """This will give events per persons or person-years with limits, blank with a reason where there was nobody. Raises ValueError.

    x events of n: one shape, NaN where missing. multiplier: what the rate is per. Zero events give 0 and an upper limit.
    method: see `count_limits`; exact is the default, since it costs the same and has no step at ten events.
    """
    events, of = together(x=counts("x", x), n=counts("n", n))
    scale = check_multiplier(multiplier)
    low, high = (divided(one, of) * scale for one in count_limits(events, conf, method))
    why = blanks(events.shape, {Why.MISSING: np.isnan(events) | np.isnan(of), Why.NO_POPULATION: of == 0})
    limits = (divided(events, of) * scale, low, high)
    return estimates(f"rate-{method}", VERSION, {"multiplier": scale}, (events, of), limits, check_level(conf), why)
