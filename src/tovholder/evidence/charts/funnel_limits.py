"""How far from the target chance alone carries a place of a given size."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt

from tovholder.evidence.charts.overdispersion import error_on_scale, off_scale, on_scale
from tovholder.evidence.results import Real

Kind = Literal["proportion", "ratio", "rate"]
Method = Literal["wilson", "arcsine", "poisson", "garwood"]
LEVELS = (0.95, 0.998)


def tails(levels: Sequence[float]) -> Real:
    """This will give the probability outside each end of each level; raises ValueError for a level outside 0 to 1."""
    found = np.asarray([float(one) for one in levels], dtype=np.float64)
    if not found.size or ((found <= 0) | (found >= 1)).any():
        raise ValueError("Grænser skal være sandsynligheder mellem 0 og 1, for eksempel 0,95 og 0,998.")
    return (1 - found) / 2


def distances(levels: Sequence[float]) -> Real:
    """This will give each level's distance in standard deviations; raises ValueError as tails does."""
    from scipy.special import ndtri

    return np.asarray(-ndtri(tails(levels)), dtype=np.float64)


def proportion_limits(centre: float, n: npt.ArrayLike, levels: Sequence[float] = LEVELS, method: Method = "wilson") -> tuple[Real, Real]:
    """This will give low and high limits for a share of n persons, [places, levels], never below 0 or above 1.

    "wilson" is the share at which Wilson's interval just reaches the centre; "arcsine" is even on the arcsine scale. NaN where n is 0.
    Source: Spiegelhalter, Statistics in Medicine 24 (2005) 1185, appendix A.1.1.
    """
    sizes, z = np.asarray(n, dtype=np.float64)[..., None], distances(levels)
    if method == "arcsine":
        middle, error = on_scale(centre, "arcsine"), error_on_scale(sizes, "arcsine")
        return off_scale(middle - z * error, "arcsine"), off_scale(middle + z * error, "arcsine")
    per = np.where(sizes > 0, sizes, np.nan)
    reach = z * np.sqrt(centre * (1 - centre) / per)
    return np.maximum(centre - reach, 0.0), np.minimum(centre + reach, 1.0)


def poisson_limits(expected: npt.ArrayLike, levels: Sequence[float] = LEVELS, method: Method = "poisson") -> tuple[Real, Real]:
    """This will give low and high limits for events beside those expected (their ratio), [places, levels]. NaN where none are expected.

    "poisson": a place passes the limit when so few, or so many, have at most the tail's probability; between whole numbers of events the
    limit goes on smoothly. So few are expected somewhere that not even no events is unusual: there the low limit is 0. "garwood": the
    exact interval around the expected number itself.
    Source: Garwood, Biometrika 28 (1936); Spiegelhalter, Statistics in Medicine 24 (2005) 1185, appendix A.1.2.
    """
    from scipy.special import gammaincinv

    sizes, tail = np.asarray(expected, dtype=np.float64)[..., None], tails(levels)
    per = np.where(sizes > 0, sizes, np.nan)
    if method == "garwood":
        return gammaincinv(per, tail) / per, gammaincinv(per + 1, 1 - tail) / per
    some = np.broadcast_to(sizes > 0, np.broadcast_shapes(sizes.shape, tail.shape))
    one = np.broadcast_to(np.where(sizes > 0, sizes, 1.0), some.shape)
    high = np.where(some, _events_at(np.broadcast_to(tail, some.shape), one), np.nan)
    none = np.exp(-one) >= tail
    low = np.where(some, np.where(none, 0.0, np.maximum(_events_at(1 - np.broadcast_to(tail, some.shape), one) - 1, 0.0)), np.nan)
    return low / per, high / per


def _events_at(tail: Real, expected: Real) -> Real:
    """The number of events, smoothly between whole ones, that as many or more of have that probability when so many are expected."""
    from scipy.special import gammainc, gdtrib, ndtri

    goal = ndtri(tail)
    # Probability and events are almost a straight line on these scales, so that the secant needs few steps.
    first = np.sqrt(np.maximum(expected - goal * np.sqrt(expected), 0.05))
    second = first * 1.01 + 0.01
    before, here = (ndtri(gammainc(one**2, expected)) - goal for one in (first, second))
    for _ in range(6):
        with np.errstate(invalid="ignore", divide="ignore"):
            step = np.where(here != before, here * (second - first) / (here - before), 0.0)
        first, before = second, here
        second = np.maximum(second - step, 1e-6)
        here = ndtri(gammainc(second**2, expected)) - goal
    found: Real = np.asarray(second**2, dtype=np.float64)
    unsure = ~(np.abs(here) < 1e-9)
    if unsure.any():
        found[unsure] = gdtrib(1.0, tail[unsure], expected[unsure])
    return found


def expected_at(observed: npt.ArrayLike, levels: Sequence[float] = LEVELS) -> tuple[Real, Real]:
    """This will give the expected numbers at which that many events just pass the low and the high limit, [places, levels].

    Source: Garwood, Biometrika 28 (1936): the low limit's expected number is the interval's upper end, and the other way round.
    """
    from scipy.special import gammaincinv

    events, tail = np.asarray(observed, dtype=np.float64)[..., None], tails(levels)
    some = np.where(events > 0, events, 1.0)
    return (
        np.asarray(gammaincinv(events + 1, 1 - tail), dtype=np.float64),
        np.where(events > 0, gammaincinv(some, tail), 0.0),
    )


def poisson_probability(observed: npt.ArrayLike, expected: npt.ArrayLike) -> Real:
    """This will give twice the probability of so few, or of so many, events when so many are expected; NaN where none are."""
    from scipy.special import gammainc, gammaincc

    events, sizes = np.broadcast_arrays(np.asarray(observed, dtype=np.float64), np.asarray(expected, dtype=np.float64))
    able = (sizes > 0) & (events >= 0)
    o, e = np.where(able, events, 1.0), np.where(able, sizes, 1.0)
    few, many = gammaincc(o + 1, e), np.where(o > 0, gammainc(np.where(o > 0, o, 1.0), e), 1.0)
    return np.where(able, np.minimum(2 * np.minimum(few, many), 1.0), np.nan)


def normal_probability(z: npt.ArrayLike) -> Real:
    """This will give the probability of a distance at least this large on either side; NaN stays."""
    from scipy.special import ndtr

    return np.asarray(2 * ndtr(-np.abs(np.asarray(z, dtype=np.float64))), dtype=np.float64)
