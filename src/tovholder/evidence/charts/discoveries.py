"""Which of many places differ, when some of them always seem to by chance alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tovholder.evidence.charts.anhoej import Truth
from tovholder.evidence.opinion.intervals import adjusted
from tovholder.evidence.results import Described, Real, digest_of

METHOD, VERSION = "discoveries", "1"


@dataclass(frozen=True, eq=False)
class Discoveries(Described):
    """p, q: [places], the chance of a place at least this far out, and the smallest false-discovery rate at which it is still named.

    by_limit, by_rate: which places differ by each; expected_by_chance: how many would pass the limit if no place differed.
    """

    p: Real
    q: Real
    by_limit: Truth
    by_rate: Truth
    expected_by_chance: float


def discoveries(p: npt.ArrayLike, *, limit: float = 0.002, rate: float = 0.05) -> Discoveries:
    """This will tell which places differ: by a limit each, and together with at most that rate of false ones among those named.

    p: [places], two-sided probabilities, NaN where a place is not judged; limit: 0.002 is the 99.8 % limits. Raises ValueError for
    probabilities, limits or rates outside 0 to 1.
    Source: Benjamini and Hochberg, Journal of the Royal Statistical Society B 57 (1995); Jones, Ohlssen and Spiegelhalter, Journal of
    Clinical Epidemiology 61 (2008) 232, on funnels.
    """
    every = np.asarray(p, dtype=np.float64)
    with np.errstate(invalid="ignore"):
        if ((every < 0) | (every > 1)).any() or not 0 < limit < 1 or not 0 < rate < 1:
            raise ValueError("Sandsynligheder, grænse og andel skal ligge mellem 0 og 1.")
        judged = ~np.isnan(every)
        q = np.full(every.shape, np.nan)
        q[judged] = adjusted(every[judged])
        return Discoveries(
            method=METHOD,
            version=VERSION,
            parameters={"limit": limit, "rate": rate},
            digest=digest_of(every),
            p=every,
            q=q,
            by_limit=judged & (every <= limit),
            by_rate=judged & (q <= rate),
            expected_by_chance=float(judged.sum() * limit),
        )
