"""Spread over all without a social order: Gini, Lorenz and Hoover."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tovholder.evidence.equity.inputs import check_level, divided
from tovholder.evidence.equity.spread_over_groups import curve, groups_of, measured
from tovholder.evidence.results import Described, Estimates, Real, digest_of

VERSION = "1"


@dataclass(frozen=True, eq=False)
class Gini(Described):
    """gini and hoover by area, 0 when all are alike; lorenz_people and lorenz_figure: the Lorenz curve, [..., groups + 1]."""

    gini: Estimates
    hoover: Estimates
    lorenz_people: Real
    lorenz_figure: Real


def gini(pop: npt.ArrayLike, value: npt.ArrayLike, se: npt.ArrayLike | None = None, *, conf: float = 0.95) -> Gini:
    """This will give Gini's and Hoover's indices and the Lorenz curve of every area. Raises ValueError.

    pop persons and value per person, not negative: [..., groups] in any order; se: the values' standard errors, for limits by the
    delta method (good when groups are surely apart; the index of figures that only differ by chance is too high).
    Sources: Gini (1912); Lorenz (1905); Hoover, Quarterly Journal of Economics 50 (1936); Lerman and Yitzhaki, Economics Letters 15 (1984).
    """
    groups = groups_of(pop, value, se, fewest=1)
    if (groups.figure < 0).any():
        raise ValueError("En værdi er negativ. Gini og Lorenz er for det, der kan deles ud: 0 eller mere.")
    level = check_level(conf)
    asked: dict[str, Any] = {"conf": level}
    told = ("gini", VERSION, asked, digest_of("gini", VERSION, asked, *groups.inputs))
    order = np.argsort(groups.figure, axis=-1, kind="stable")
    share, figure = (np.take_along_axis(one, order, axis=-1) for one in (groups.share, groups.figure))
    mean = groups.mean
    # Groups with the same figure share one middle rank, or their order would move the gradient.
    rank = _shared_rank(share, figure)
    lean = share * (2 * rank - 1)
    index = divided((lean * figure).sum(axis=-1), mean)
    by_gini = np.empty_like(lean)
    np.put_along_axis(by_gini, order, divided(lean - index[..., None] * share, mean[..., None]), axis=-1)
    apart = groups.figure - mean[..., None]
    half = (groups.share * np.abs(apart)).sum(axis=-1) / 2
    side = np.sign(apart)
    pulled = (groups.share * side).sum(axis=-1, keepdims=True)
    by_hoover = divided(groups.share * (side - pulled) / 2 - divided(half, mean)[..., None] * groups.share, mean[..., None])
    found = [
        measured(groups, told, one, gradient, level, "not_negative", defined=mean > 0)
        for one, gradient in ((index, by_gini), (divided(half, mean), by_hoover))
    ]
    curves = (curve(share), curve(divided(share * figure, mean[..., None])))
    return Gini(*told, found[0], found[1], *curves)


def _shared_rank(share: Real, figure: Real) -> Real:
    ends = np.cumsum(share, axis=-1)
    rows, tops, figures = (one.reshape(-1, one.shape[-1]) for one in (share, ends, figure))
    found = np.empty_like(rows)
    for place, (shares, top, row) in enumerate(zip(rows, tops, figures, strict=True)):
        first, last = np.searchsorted(row, row, side="left"), np.searchsorted(row, row, side="right") - 1
        found[place] = (top[first] - shares[first] + top[last]) / 2
    return found.reshape(share.shape)
