"""What charts of places are drawn from: funnels, small multiples and the map of municipalities. Plain numbers and words."""

from __future__ import annotations

from dataclasses import dataclass

OVER, UNDER, INSIDE, HIDDEN, MISSING = "over", "under", "inside", "hidden", "missing"
CHANGED = "changed"


@dataclass(frozen=True)
class FunnelPoint:
    """A place: its size (what the chance depends on), its figure, and how it stands against the limits. Hidden figures are None."""

    name: str
    size: float | None
    value: float | None
    standing: str = INSIDE


@dataclass(frozen=True)
class FunnelLimits:
    """One pair of curves at these sizes; level in per cent, 95 or 99.8."""

    level: float
    sizes: tuple[float, ...]
    lower: tuple[float | None, ...]
    upper: tuple[float | None, ...]


@dataclass(frozen=True)
class Funnel:
    """A measure for places of different size. size_name: what the size counts, »udskrivninger om året«. places: one and many.

    better: `lower`, `higher` or nothing.
    """

    measure: str
    unit: str
    size_name: str
    points: tuple[FunnelPoint, ...]
    limits: tuple[FunnelLimits, ...] = ()
    centre: float | None = None
    target: float | None = None
    places: tuple[str, str] = ("kommune", "kommuner")
    better: str = ""
    decimals: int = 1
    definition: str = ""
    method: str = ""


@dataclass(frozen=True)
class SmallSeries:
    """One place: its figures (None where there is none) and whether it stands out: `over`, `under`, `changed`, `hidden` or not."""

    name: str
    values: tuple[float | None, ...]
    standing: str = ""


@dataclass(frozen=True)
class SmallMultiples:
    """The same measure for many places over the same periods. reference: a figure for all, drawn in every cell."""

    measure: str
    unit: str
    labels: tuple[str, ...]
    series: tuple[SmallSeries, ...]
    reference: float | None = None
    reference_name: str = ""
    places: tuple[str, str] = ("kommune", "kommuner")
    decimals: int = 1
    definition: str = ""
    method: str = ""


@dataclass(frozen=True)
class MunicipalityFigure:
    """One municipality by its code: its figure, how it stands, or which class (0 is the lowest) it belongs to."""

    code: str
    value: float | None
    standing: str = INSIDE
    shade: int | None = None


@dataclass(frozen=True)
class MunicipalityFigures:
    """A measure on the map. classes: the words of two to five classes, lowest first; without them the standing is shown."""

    measure: str
    unit: str
    figures: tuple[MunicipalityFigure, ...]
    classes: tuple[str, ...] = ()
    decimals: int = 1
    definition: str = ""
    method: str = ""
