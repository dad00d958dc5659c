"""What charts of inequality among people are drawn from: gradients and Lorenz curves. Plain numbers and words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class GradientGroup:
    """One group, in order from the first position to the last: its share of the people (0 to 1), its figure and interval.

    A figure too small to show is None; so is its share when that is hidden too.
    """

    name: str
    share: float | None
    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class GradientLine:
    """The fitted line or curve: points (rank from 0 to 1, figure), the slope from end to end and its interval."""

    slope: float
    low: float | None
    high: float | None
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Gradient:
    """A measure by ordered groups. first and last: what the ends are called in a sentence (»kortere uddannelse«, »længere uddannelse«).

    more: what a higher figure means (»flere kommer tilbage«). people: whose share it is. better: `lower`, `higher` or nothing.
    """

    measure: str
    unit: str
    groups: tuple[GradientGroup, ...]
    line: GradientLine | None = None
    position: str = ""
    first: str = ""
    last: str = ""
    more: str = ""
    people: str = ""
    better: str = ""
    decimals: int = 1
    level: float = 95
    definition: str = ""
    method: str = ""


@dataclass(frozen=True)
class Lorenz:
    """Cumulated shares from 0 to 1, those with the least first; with `ranked`, in social order instead (a concentration curve).

    of: what is shared, in the definite (»indlæggelserne«); among: those who share it (»borgerne«).
    """

    measure: str
    people: tuple[float, ...]
    shares: tuple[float, ...]
    gini: float | None = None
    low: float | None = None
    high: float | None = None
    of: str = ""
    among: str = ""
    ranked: str = ""
    decimals: int = 2
    level: float = 95
    definition: str = ""
    method: str = ""
