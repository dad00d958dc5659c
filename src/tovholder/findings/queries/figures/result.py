"""What a calculation hands over to be kept, and numbers as they are kept."""

import math
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Calculated:
    """One row of figures to keep: its kind, whose it is, for which period, and how it was found."""

    kind: str
    figures: dict
    method: str
    method_version: str
    summary: dict = field(default_factory=dict)
    parameters: dict = field(default_factory=dict)
    party: str | None = None
    target: str | None = None
    area_kind: str = ""
    breakdown: str | None = None
    period_from: date | None = None
    period_until: date | None = None


def number(value: Any) -> float | None:
    """This will return a number as it is kept, to ten digits, None for what is not one."""
    if value is None or not math.isfinite(value):
        return None
    return float(f"{float(value):.10g}")


def numbers(values: Any) -> list:
    """This will return many numbers as they are kept."""
    return [number(value) for value in values]


def count(value: float | None) -> float | int | None:
    """This will return a count, whole where it is whole."""
    if value is None:
        return None
    return int(value) if float(value).is_integer() else number(value)
