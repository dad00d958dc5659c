"""Proportions with their limits."""

from __future__ import annotations

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
    normal,
    together,
)
from tovholder.evidence.results import Estimates, Real, Why

VERSION = "1"
ProportionMethod = Literal["wilson", "exact"]


def wilson(x: npt.ArrayLike, n: npt.ArrayLike, conf: float = 0.95) -> tuple[Real, Real]:
    """This will give the limits of a proportion by Wilson's score. Raises ValueError.

    x of n: one shape; counts may be weighted. NaN where n is 0 or something is missing.
    Source: Wilson, Journal of the American Statistical Association 22 (1927); Newcombe, Statistics in Medicine 17 (1998), method 3.
    """
    hits, of = together(x=counts("x", x), n=counts("n", n))
    z = normal(conf)
    of = np.where(of == 0, np.nan, of)
    middle, half = 2 * hits + z * z, z * np.sqrt(z * z + 4 * hits * (1 - hits / of))
    # At the ends the formula is 0 and 1 but for the last bit.
    low = np.where(hits == 0, 0 * of, (middle - half) / (2 * (of + z * z)))
    high = np.where(hits == of, 1.0, (middle + half) / (2 * (of + z * z)))
    return low, high


def clopper_pearson(x: npt.ArrayLike, n: npt.ArrayLike, conf: float = 0.95) -> tuple[Real, Real]:
    """This will give limits of a proportion that hold at least `conf`, from the binomial distribution. Raises ValueError.

    x of n: one shape. NaN where n is 0 or something is missing. Source: Clopper and Pearson, Biometrika 26 (1934).
    """
    from scipy.special import betaincinv

    hits, of = together(x=counts("x", x), n=counts("n", n))
    tail = (1 - check_level(conf)) / 2
    of = np.where(of == 0, np.nan, of)
    low = np.where(hits == 0, 0 * of, betaincinv(np.where(hits == 0, 1.0, hits), of - hits + 1, tail))
    high = np.where(hits == of, 1.0, betaincinv(hits + 1, np.where(hits == of, 1.0, of - hits), 1 - tail))
    return low, high


def proportion(
    x: npt.ArrayLike, n: npt.ArrayLike, *, conf: float = 0.95, method: ProportionMethod = "wilson", multiplier: float = 1.0
) -> Estimates:
    """This will give x of n with limits, blank with a reason where nobody was counted. Raises ValueError.

    x, n: one shape, NaN where missing; x at most n. multiplier: 100 for per cent. method: see `wilson` and `clopper_pearson`.
    """
    check_choice("method", method, ("wilson", "exact"))
    hits, of = together(x=counts("x", x), n=counts("n", n))
    check_part(hits, of)
    scale = check_multiplier(multiplier)
    low, high = (wilson if method == "wilson" else clopper_pearson)(hits, of, conf)
    why = blanks(hits.shape, {Why.MISSING: np.isnan(hits) | np.isnan(of), Why.NO_POPULATION: of == 0})
    limits = (divided(hits, of) * scale, low * scale, high * scale)
    return estimates(f"proportion-{method}", VERSION, {"multiplier": scale}, (hits, of), limits, check_level(conf), why)
