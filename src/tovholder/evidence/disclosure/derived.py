"""Rates and percentages of counts, masked where the counts are: a share tells the count it was made from."""

from __future__ import annotations

import numpy as np

from tovholder.evidence.disclosure.tables import Truth, Whole
from tovholder.evidence.results import Codes, Real, Why

_DIGITS = 12


def rates(numerator: Whole, denominator: Whole, shown: Truth, *, per: float = 100.0) -> tuple[Real, Codes]:
    """This will give numerator / denominator * per and why each is blank (`Why`), of the shape of the counts.

    shown: where both counts may be seen; elsewhere the rate is blank too, whatever it is. Nobody in the denominator: no rate.
    """
    told = np.full(numerator.shape, np.nan)
    why = np.full(numerator.shape, Why.SUPPRESSED, dtype=np.int8)
    why[shown] = np.where(denominator[shown] > 0, Why.SHOWN, Why.NO_POPULATION)
    seen = shown & (denominator > 0)
    told[seen] = [rate(one, all_, per) for one, all_ in zip(numerator[seen].tolist(), denominator[seen].tolist(), strict=True)]
    return told, why


def rate(numerator: int, denominator: int, per: float) -> float:
    """This will give a rate to 12 digits, so that another machine's last bit does not change it."""
    return float(f"{numerator / denominator * per:.{_DIGITS}g}")
