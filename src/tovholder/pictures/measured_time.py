"""What charts over time are drawn from: control charts and goal strips. Plain numbers and words."""

from __future__ import annotations

from dataclasses import dataclass

HIDDEN, MISSING = "hidden", "missing"


INITIATIVE, DECISION, DEFINITION = "initiative", "decision", "definition"


@dataclass(frozen=True)
class ControlPoint:
    """One period: its figure or why there is none, the limits that held then, and which rules it breaks.

    label: as in the table, »jan. 2025«; said: as inside a sentence, »januar 2025«. broken: keys of rules (`outside`, `one_side` …) or their
    names. reason: `hidden`, `missing` or own words.
    """

    label: str
    value: float | None
    centre: float | None = None
    lower: float | None = None
    upper: float | None = None
    broken: tuple[str, ...] = ()
    reason: str = MISSING
    said: str = ""


@dataclass(frozen=True)
class Mark:
    """Something that happened just before point number `at`: an initiative, a decision, or a new definition (the line breaks there)."""

    at: int
    text: str
    kind: str = INITIATIVE


@dataclass(frozen=True)
class ControlSeries:
    """A measure over time. baselines: half-open ranges of points the limits are frozen on; none means all points.

    better: `lower`, `higher` or nothing. period: `month`, `quarter`, `year`, `week` or `period`. definition and method: the lines above
    and below the chart. least: how many figures a chart needs before limits are shown.
    """

    measure: str
    unit: str
    points: tuple[ControlPoint, ...]
    baselines: tuple[tuple[int, int], ...] = ()
    target: float | None = None
    marks: tuple[Mark, ...] = ()
    better: str = ""
    decimals: int = 1
    period: str = "month"
    definition: str = ""
    method: str = ""
    least: int = 12


@dataclass(frozen=True)
class GoalFigures:
    """Baseline, latest and target of one goal, with the words for when each holds. A figure not known is None."""

    measure: str
    unit: str
    baseline: float | None
    latest: float | None
    target: float | None
    baseline_label: str = ""
    latest_label: str = ""
    target_label: str = ""
    better: str = ""
    decimals: int = 1
    latest_low: float | None = None
    latest_high: float | None = None
    definition: str = ""
    method: str = ""
