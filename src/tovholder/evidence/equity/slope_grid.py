"""The exact distribution of a weighted sum of few-event figures, by convolution on a fine grid.

With a handful of events in a group its log-normal is so skewed that an expansion in cumulants breaks down. The area then gets its limits
from the distribution itself: slower, seldom needed, and still without random numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tovholder.evidence.equity.slope_fit import Fit
from tovholder.evidence.results import Real

# Beyond this many standard deviations on a group's own scale one in two million lies.
_REACH = 5.0
_LEAST, _MOST = 1 << 12, 1 << 17
# Grid cells for each of the narrowest deviation that counts; the sum is known to a part in some hundred of it.
_FINENESS = 16
_WIDER = 60


@dataclass(frozen=True, eq=False)
class _Group:
    """One area's groups that have people: figures and spreads, and which are normal on the plain scale."""

    figure: Real
    spread: Real
    plain: npt.NDArray[np.bool_]
    is_rate: bool

    def at(self, z: float | Real, place: int) -> Real:
        """The value of group `place` at a normal deviate."""
        figure, spread = self.figure[place], self.spread[place]
        if self.plain[place]:
            return np.asarray(figure + spread * z)
        grown = np.exp(spread * np.asarray(z))
        return np.asarray(figure * grown if self.is_rate else figure * grown / (1 - figure + figure * grown))

    def deviate(self, values: Real, place: int) -> Real:
        """The normal deviate at which group `place` has a value; infinite outside its range."""
        figure, spread = self.figure[place], self.spread[place]
        if self.plain[place]:
            return np.asarray((values - figure) / spread)
        with np.errstate(divide="ignore", invalid="ignore"):
            if self.is_rate:
                return np.where(values > 0, np.log(np.where(values > 0, values, 1.0) / figure) / spread, -np.inf)
            inner = np.clip(values, 0.0, 1.0)
            odds = np.log(inner / (1 - inner)) - np.log(figure / (1 - figure))
        return np.asarray(odds / spread)


def grid_limits(fit: Fit, area: int, z: float) -> tuple[float, float, float, float]:
    """This will give low and high of the SII and then the RII of one area (by place in the flattened fit); NaN where unbounded."""
    from scipy.special import ndtr

    groups = fit.figure.shape[-1]
    share, weight, figure, spread, plain = (
        one.reshape(-1, groups)[area] for one in (fit.share, fit.weight, fit.figure, fit.spread, fit.by_distance)
    )
    used = share > 0
    group = _Group(figure[used], spread[used], plain[used], fit.family == "log-normal")
    tail = float(ndtr(-z))
    slope, rest = weight[used], share[used]
    low, high = _quantiles(group, slope, (tail, 1 - tail))
    return low, high, *_ratios(group, rest + slope / 2, rest - slope / 2, tail)


def _ratios(group: _Group, top: Real, bottom: Real, tail: float) -> tuple[float, float]:
    from scipy.optimize import brentq

    if _below(group, bottom, 0.0) >= tail:
        return np.nan, np.nan
    middle = float((top * group.figure).sum() / (bottom * group.figure).sum())
    step = 0.1 * max(abs(middle), 1e-3)

    def missing(r: float, wanted: float) -> float:
        return _below(group, top - r * bottom, 0.0) - wanted

    found = []
    for wanted, away in ((tail, -1.0), (1 - tail, 1.0)):
        near, far, reach = middle, middle, step
        # The chance rises with r; walk from the middle until the limit lies between.
        for _ in range(_WIDER):
            far = far + away * reach
            if missing(far, wanted) * away > 0:
                break
            near, reach = far, 1.5 * reach
        else:
            found.append(np.nan)
            continue
        begin = near if missing(near, wanted) * away <= 0 else near - 10 * away * step
        found.append(float(brentq(missing, begin, far, args=(wanted,), xtol=1e-8 * step, rtol=1e-9)))
    return found[0], found[1]


def _below(group: _Group, weight: Real, at: float) -> float:
    """The chance that the weighted sum is below `at`."""
    edges, chances = _summed(group, weight)
    return float(np.interp(at, edges, chances, left=0.0, right=1.0))


def _quantiles(group: _Group, weight: Real, wanted: tuple[float, float]) -> tuple[float, float]:
    edges, chances = _summed(group, weight)
    low, high = np.interp(wanted, chances, edges)
    return float(low), float(high)


def _summed(group: _Group, weight: Real) -> tuple[Real, Real]:
    """The upper edges of the grid's cells, and the chance that the weighted sum lies below each."""
    from scipy.fft import irfft, next_fast_len, rfft
    from scipy.special import ndtr

    places = [place for place in range(weight.size) if weight[place] != 0 and group.spread[place] > 0]
    fixed = float(sum(weight[place] * group.figure[place] for place in range(weight.size) if place not in places))
    ends = [sorted(float(weight[place] * group.at(side, place)) for side in (-_REACH, _REACH)) for place in places]
    widest = sum(high - low for low, high in ends)
    # The bulk's own spread, not the tails', decides how fine the grid must be.
    bulk = [abs(float(weight[place] * (group.at(1.0, place) - group.at(-1.0, place)))) / 2 for place in places]
    cells = next_fast_len(int(np.clip(_FINENESS * widest / max(np.sqrt(np.square(bulk).sum()), 1e-300), _LEAST, _MOST)), real=True)
    cell = widest / (cells - len(places) - 2)
    product, begin = np.ones(cells // 2 + 1, dtype=np.complex128), 0.0
    for place, (low, high) in zip(places, ends, strict=True):
        count = int(np.ceil((high - low) / cell)) + 1
        edges = low + cell * np.arange(count + 1)
        below = ndtr(group.deviate(edges / weight[place], place))
        below = below if weight[place] > 0 else 1 - below
        below[0], below[-1] = 0.0, 1.0
        product *= rfft(np.diff(below), cells)
        begin += low + cell / 2
    chances = np.cumsum(irfft(product, cells))
    # A sum of cells' middles stands for half a cell to either side.
    return begin + fixed + cell * (np.arange(cells) + 0.5), np.maximum.accumulate(np.clip(chances, 0.0, 1.0))
