"""Anhøj's two rules for runs: is the longest run too long, or does the line cross its centre too few times?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from tovholder.evidence.results import Described, Real, digest_of

Whole = npt.NDArray[np.int64]
Truth = npt.NDArray[np.bool_]
METHOD, VERSION = "anhoej", "1"
# Differences below the last few bits of the figures themselves are no differences.
SMALLEST_STEP = 1e-12


@dataclass(frozen=True, eq=False)
class AnhoejRuns(Described):
    """For each series: useful points, the longest run and its limit, the crossings and their limit, and whether either rule is broken.

    All of shape [series]; `too_long` and `too_few` are the two rules, `longest_at` [series, points] the points of the longest run.
    """

    useful: Whole
    longest: Whole
    longest_max: Whole
    crossings: Whole
    crossings_min: Whole
    too_long: Truth
    too_few: Truth
    longest_at: Truth

    @property
    def signal(self) -> Truth:
        """This will tell for each series whether either rule is broken."""
        return self.too_long | self.too_few


def anhoej(y: npt.ArrayLike, centre: npt.ArrayLike | None = None) -> AnhoejRuns:
    """This will try both runs rules on each series.

    y: [points] or [series, points] in any unit, NaN for a point not measured; centre: one figure, [series] or [series, points], by
    default each series' median. Points on the centre are not useful: they neither make nor break a run. A run is too long above
    round(log2(useful)) + 3 points; crossings are too few below the 5th percentile of the binomial with useful - 1 trials of one half.
    Fewer than two useful points break no rule. Raises ValueError when y has more than two dimensions.
    Source: Anhøj and Olesen, Run charts revisited, PLoS ONE 9 (2014) e113825; Anhøj, PLoS ONE 10 (2015) e0121349.
    """
    rows = np.atleast_2d(np.asarray(y, dtype=np.float64))
    if rows.ndim > 2:
        raise ValueError("Målingerne skal stå som én række punkter eller som rækker af punkter.")
    middle = medians(rows) if centre is None else np.asarray(centre, dtype=np.float64)
    if middle.ndim == 1 and middle.size == rows.shape[0] and rows.shape[0] != rows.shape[1]:
        middle = middle[:, None]
    level = np.broadcast_to(middle, rows.shape)
    useful, longest, crossings, at = runs_of(sides(rows, level))
    longest_max, crossings_min = _limits(useful)
    return AnhoejRuns(
        method=METHOD,
        version=VERSION,
        parameters={"centre": "median" if centre is None else "given"},
        digest=digest_of(rows, np.ascontiguousarray(level)),
        useful=useful,
        longest=longest,
        longest_max=longest_max,
        crossings=crossings,
        crossings_min=crossings_min,
        too_long=longest > longest_max,
        too_few=crossings < crossings_min,
        longest_at=at & (longest > 0)[:, None],
    )


def medians(rows: Real) -> Real:
    """This will give each row's median of what is measured, [rows, 1]; NaN where nothing is."""
    found = np.full((rows.shape[0], 1), np.nan)
    some = (~np.isnan(rows)).any(axis=1)
    if some.any():
        found[some, 0] = np.nanmedian(rows[some], axis=1)
    return found


def sides(y: Real, centre: Real) -> npt.NDArray[np.int8]:
    """This will tell which side of the centre each point is on: 1 above, -1 below, 0 on it or not known. Same shape as y."""
    apart = y - centre
    near = np.abs(apart) <= SMALLEST_STEP * np.maximum(np.abs(y), np.abs(centre))
    return np.where(near | np.isnan(apart), 0, np.sign(np.nan_to_num(apart))).astype(np.int8)


def runs_of(side: npt.NDArray[np.int8]) -> tuple[Whole, Whole, Whole, Truth]:
    """This will give useful points, the longest run, crossings, and which points are in the (first) longest run."""
    useful = side != 0
    count = useful.sum(axis=1)
    order = np.argsort(~useful, axis=1, kind="stable")
    packed = np.take_along_axis(side, order, axis=1)
    points = np.arange(side.shape[1])[None, :]
    valid = points < count[:, None]
    turns = np.zeros_like(valid)
    if side.shape[1] > 1:
        turns[:, 1:] = (packed[:, 1:] != packed[:, :-1]) & valid[:, 1:]
    begins = np.maximum.accumulate(np.where(turns, points, 0), axis=1)
    length = np.where(valid, points - begins + 1, 0)
    longest = length.max(axis=1, initial=0)
    if not side.shape[1]:
        return count, longest, count * 0, valid
    last = length.argmax(axis=1)[:, None]
    inside = (points <= last) & (points > last - longest[:, None])
    at = np.zeros_like(valid)
    np.put_along_axis(at, order, inside, axis=1)
    return count, longest, turns.sum(axis=1), at


def _limits(useful: Whole) -> tuple[Whole, Whole]:
    kinds, back = np.unique(useful, return_inverse=True)
    both = np.array([longest_and_crossings(int(n)) for n in kinds], dtype=np.int64).reshape(-1, 2)
    return both[back, 0], both[back, 1]


@lru_cache(maxsize=4096)
def longest_and_crossings(useful: int) -> tuple[int, int]:
    """This will give the longest run that may be and the fewest crossings that must be, of so many useful points.

    The binomial's 5th percentile is counted in whole numbers: 20 times the tail against 2 to the power of the trials.
    """
    if useful < 2:
        return useful, 0
    trials = useful - 1
    term = tail = 1
    crossings = 0
    while 20 * tail < 1 << trials:
        term = term * (trials - crossings) // (crossings + 1)
        crossings += 1
        tail += term
    return round(float(np.log2(useful))) + 3, crossings
