"""Do the coders agree? Krippendorff's alpha, for one code an answer, for many, and code by code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

Distance = Callable[[Hashable, Hashable], Fraction]
# For each answer what each coder wrote; None is a coder who has not coded it.
Unit = Sequence[Hashable | None]
Codes = frozenset[str]


@dataclass(frozen=True)
class Agreement:
    """Alpha, with the interval of 1,000 draws of the answers; None when no two coders have coded the same or nothing varies.

    units: answers that at least two have coded; codings: what they wrote in all.
    """

    alpha: float | None
    low: float | None
    high: float | None
    units: int
    codings: int


def nominal(left: Hashable, right: Hashable) -> Fraction:
    """This will be 0 for the same and 1 for anything else."""
    return Fraction(left != right)


def jaccard(left: Hashable, right: Hashable) -> Fraction:
    """This will give one minus the share of common codes among all; two empty sets are the same. Jaccard (1901)."""
    a, b = _sets(left, right)
    return Fraction(0) if a == b else 1 - Fraction(len(a & b), len(a | b))


def masi(left: Hashable, right: Hashable) -> Fraction:
    """This will weigh Jaccard's share by how the sets lie: same 1, one within the other 2/3, overlapping 1/3. Passonneau (2006)."""
    a, b = _sets(left, right)
    if a == b:
        return Fraction(0)
    common = a & b
    lies = Fraction(0) if not common else Fraction(2, 3) if a <= b or b <= a else Fraction(1, 3)
    return 1 - lies * Fraction(len(common), len(a | b))


def _sets(left: Hashable, right: Hashable) -> tuple[Codes, Codes]:
    if not isinstance(left, frozenset) or not isinstance(right, frozenset):
        raise TypeError("a set-valued distance needs frozensets of codes")
    return left, right


def alpha(units: Sequence[Unit], distance: Distance = nominal) -> float | None:
    """This will give Krippendorff's alpha; None when no answer has two coders or all wrote the same everywhere.

    One minus observed over expected disagreement, from the coincidences of values: Krippendorff (2011), Computing Krippendorff's
    alpha-reliability. Missing values and any number of coders are allowed.
    """
    return _coincidences(units, distance).alpha()


@dataclass(frozen=True, eq=False)
class _Coincidences:
    """observed[u]: the disagreement within each answer; table[u, v]: how often each value stands there; distances[v, v]."""

    observed: npt.NDArray[np.float64]
    table: npt.NDArray[np.float64]
    distances: npt.NDArray[np.float64]

    def alpha(self, times: npt.NDArray[np.int64] | None = None) -> float | None:
        """This will give alpha with each answer counted so many times."""
        weight = np.ones(len(self.observed)) if times is None else times.astype(np.float64)
        totals = (self.table * weight[:, None]).sum(axis=0)
        pairable = float(totals.sum())
        if pairable < 2:
            return None
        expected = float((totals[:, None] * totals[None, :] * self.distances).sum()) / (pairable - 1)
        return None if expected <= 0 else 1.0 - float((weight * self.observed).sum()) / expected


def _coincidences(units: Sequence[Unit], distance: Distance) -> _Coincidences:
    paired = [Counter(value for value in unit if value is not None) for unit in units]
    paired = [unit for unit in paired if unit.total() >= 2]
    values = sorted({value for unit in paired for value in unit}, key=_order)
    place = {value: number for number, value in enumerate(values)}
    distances = np.array([[float(distance(a, b)) for b in values] for a in values]).reshape(len(values), len(values))
    observed, table = np.zeros(len(paired)), np.zeros((len(paired), len(values)))
    for row, unit in enumerate(paired):
        for value, count in unit.items():
            table[row, place[value]] = count
        here = table[row]
        observed[row] = float((here[:, None] * here[None, :] * distances).sum()) / (unit.total() - 1)
    return _Coincidences(observed, table, distances)


def _order(value: Hashable) -> str:
    return repr(sorted(value)) if isinstance(value, frozenset) else repr(value)


def agreement(
    units: Sequence[Unit], distance: Distance = nominal, *, rng: np.random.Generator, draws: int = 1_000, level: float = 0.95
) -> Agreement:
    """This will give alpha with its interval: the answers are drawn anew with replacement, and the middle 95 of 100 alphas kept."""
    found = _coincidences(units, distance)
    count = len(found.observed)
    point = found.alpha()
    low = high = None
    if point is not None:
        again = (found.alpha(np.bincount(rng.integers(0, count, count), minlength=count)) for _ in range(draws))
        drawn = [one for one in again if one is not None]
        if drawn:
            low, high = (float(edge) for edge in np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2]))
    return Agreement(point, low, high, count, int(found.table.sum()))


def by_code(units: Sequence[Sequence[Codes | None]], codes: Sequence[str], *, rng: np.random.Generator) -> Mapping[str, Agreement]:
    """This will give the agreement on each code alone: was it chosen or not."""
    return {
        code: agreement([[None if one is None else code in one for one in unit] for unit in units], rng=rng, draws=1_000) for code in codes
    }
