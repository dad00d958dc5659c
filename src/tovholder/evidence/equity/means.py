"""Means with their limits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tovholder.evidence.equity.inputs import blanks, check_level, counts, divided, estimates, numbers, together
from tovholder.evidence.results import Estimates, Real, Why

VERSION = "1"


@dataclass(frozen=True, eq=False, kw_only=True)
class Means(Estimates):
    """Means with how many values each rests on, their standard deviation and sum."""

    n: Real
    sd: Real
    total: Real


def mean(values: npt.ArrayLike, *, conf: float = 0.95) -> Means:
    """This will give the mean over the last axis with Student's limits; missing values are left out. Raises ValueError.

    values: [..., persons], NaN where missing. With one value there is no telling how far off it is: blank, not defined.
    Source: Student, Biometrika 6 (1908).
    """
    held = numbers("values", values)
    if not held.ndim:
        raise ValueError("»values« skal være en række af tal, ikke et enkelt.")
    known = ~np.isnan(held)
    n = known.sum(axis=-1).astype(np.float64)
    total = np.where(known, held, 0.0).sum(axis=-1)
    middle = divided(total, n)
    apart = np.where(known, held - middle[..., None], 0.0)
    spread = np.sqrt(divided((apart**2).sum(axis=-1), np.maximum(n - 1, 0)))
    return _finished(middle, spread, n, total, conf, (held,))


def mean_of_summary(average: npt.ArrayLike, sd: npt.ArrayLike, n: npt.ArrayLike, *, conf: float = 0.95) -> Means:
    """This will give the same as `mean` from means, standard deviations and numbers of persons of one shape. Raises ValueError."""
    middle, spread, of = together(average=numbers("average", average), sd=counts("sd", sd), n=counts("n", n))
    return _finished(middle, spread, of, middle * of, conf, (middle, spread, of))


def _finished(middle: Real, spread: Real, n: Real, total: Real, conf: float, inputs: tuple[Real, ...]) -> Means:
    from scipy.special import stdtrit

    at = np.asarray(stdtrit(np.maximum(n - 1, 1), (1 + check_level(conf)) / 2))
    half = at * spread / np.sqrt(np.maximum(n, 1))
    missing = np.isnan(n) | ((n > 0) & np.isnan(middle))
    why = blanks(n.shape, {Why.MISSING: missing, Why.NO_POPULATION: n == 0, Why.NOT_DEFINED: (n < 2) | np.isnan(spread)})
    found = estimates("mean-student", VERSION, {}, inputs, (middle, middle - half, middle + half), conf, why)
    return Means(**vars(found), n=n, sd=spread, total=total)
