"""Several years taken together, so that a small area's figure can be shown at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tovholder.evidence.equity.inputs import blanks, check_level, counts, together
from tovholder.evidence.results import Codes, Described, Real, Why, digest_of

VERSION = "1"
FEWEST = 10
MOST_YEARS = 5


@dataclass(frozen=True, eq=False)
class Pooled(Described):
    """Sums over windows of years: x, n and why are [..., windows]; first and last: the window's years by place, [windows].

    n of yearly populations summed is person-years: a rate of x by n is per person and year.
    """

    x: Real
    n: Real
    why: Codes
    first: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]


def pooled(x: npt.ArrayLike, n: npt.ArrayLike, *, years: int = 3, fewest: float = FEWEST, fewest_persons: float = 0.0) -> Pooled:
    """This will sum events and populations over each run of `years` years, one window starting each year. Raises ValueError.

    x events of n: [..., years], in order. Blank: a missing year in the window (never filled in), nobody, fewer events than `fewest` or
    fewer person-years than `fewest_persons`. Windows overlap, so two that share years must not be compared as if they were apart.
    """
    events, of = together(x=counts("x", x), n=counts("n", n))
    if not events.ndim:
        raise ValueError("»x« og »n« skal have et tal for hvert år.")
    if isinstance(years, bool) or not isinstance(years, int) or not 1 <= years <= events.shape[-1]:
        raise ValueError(f"Antal år lagt sammen skal være fra 1 til de {events.shape[-1]} år, der er tal for.")
    windows = [np.lib.stride_tricks.sliding_window_view(one, years, axis=-1).sum(axis=-1) for one in (events, of)]
    total, whole = windows
    reasons = {
        Why.MISSING: np.isnan(total) | np.isnan(whole),
        Why.NO_POPULATION: whole == 0,
        Why.TOO_FEW_EVENTS: total < fewest,
        Why.TOO_UNCERTAIN: whole < fewest_persons,
    }
    why = blanks(total.shape, reasons)
    asked = {"years": years, "fewest": fewest, "fewest_persons": fewest_persons}
    first = np.arange(total.shape[-1])
    summed, persons = (np.where(why == Why.SHOWN, one, np.nan) for one in windows)
    digest = digest_of("pooled-years", VERSION, asked, events, of)
    return Pooled("pooled-years", VERSION, asked, digest, summed, persons, why, first, first + years - 1)


def years_needed(x: npt.ArrayLike, *, fewest: float = FEWEST, most: int = MOST_YEARS, share: float = 0.9) -> int | None:
    """This will give the least number of latest years for which at least `share` of areas have `fewest` events; None if `most` is too few.

    x events: [areas, years], in order. Areas with a missing year among them are counted as not having enough. Raises ValueError.
    """
    events = counts("x", x)
    if events.ndim != 2 or not events.size:
        raise ValueError("»x« skal have en række for hvert område og et tal for hvert år.")
    check_level(min(max(share, 1e-9), 1 - 1e-9))
    for years in range(1, min(most, events.shape[1]) + 1):
        if np.mean(events[:, -years:].sum(axis=1) >= fewest) >= share:
            return years
    return None
