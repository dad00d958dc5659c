"""An indicator as it is handed back: its rows, what was found in them, and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tovholder.evidence.plain import rounded
from tovholder.evidence.results import Described, Why

SCHEMA = "tovholder-indicator-1"
REASONS = {
    Why.MISSING: "missing",
    Why.NO_POPULATION: "no_population",
    Why.TOO_FEW_EVENTS: "too_few_events",
    Why.TOO_UNCERTAIN: "too_uncertain",
    Why.NOT_DEFINED: "not_defined",
    Why.SUPPRESSED: "suppressed",
}


@dataclass(frozen=True)
class Row:
    """One figure: where, when and for whom, its value and limits, and why it is blank; `figures` holds what belongs to the measure."""

    area: str | None
    period: str | None
    group: str | None
    value: float | None
    low: float | None
    high: float | None
    why: str | None
    figures: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class IndicatorResult(Described):
    """rows: in order of area, period and group; found: what is true of all rows together; notices: sentences about how it was read.

    `digest` is that of the measurements in canonical order: the order of the rows they came in does not change it.
    """

    measure: str
    rows: tuple[Row, ...]
    found: Mapping[str, Any]
    notices: tuple[str, ...]

    def figures(self) -> dict[str, Any]:
        """This will give the result as plain lists and mappings, in the form of its JSON schema."""
        told: dict[str, Any] = rounded(
            {
                "schema": SCHEMA,
                "measure": self.measure,
                "method": self.method,
                "version": self.version,
                "parameters": dict(self.parameters),
                "inputs": {"measurements": self.digest},
                "rows": [
                    {
                        "area": row.area,
                        "period": row.period,
                        "group": row.group,
                        "value": row.value,
                        "low": row.low,
                        "high": row.high,
                        "why": row.why,
                        **({"figures": dict(row.figures)} if row.figures else {}),
                    }
                    for row in self.rows
                ],
                "found": dict(self.found),
                "notices": list(self.notices),
            }
        )
        return told


@dataclass(frozen=True, eq=False)
class Calculated:
    """What one measure gives before it is put together with its inputs."""

    method: str
    version: str
    parameters: Mapping[str, Any]
    rows: tuple[Row, ...]
    found: Mapping[str, Any] = field(default_factory=dict)
    notices: tuple[str, ...] = ()


def plain(value: Any) -> float | None:
    """This will give a number of Python's own, None where there is none; infinite ones are none too."""
    found = float(value)
    return found if np.isfinite(found) else None


def reason(code: int) -> str | None:
    """This will give the word for why a figure is blank, None where it is not."""
    return REASONS.get(Why(int(code)))
