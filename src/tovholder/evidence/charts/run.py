"""The run chart: a line and its median, judged by runs alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tovholder.evidence.charts.chart import ControlChart, choices_of, drawn
from tovholder.evidence.charts.phases import along, medians_of, phases_of, rows_of


def run_chart(y: npt.ArrayLike, **choices: Any) -> ControlChart:
    """This will give each series with its median and Anhøj's rules; it has no limits.

    y: [points] or [series, points] in any unit, NaN where not measured; choices: see Choices, with rules "anhoej" by default. Raises
    ValueError for points that do not exist, unknown rules, or more than two dimensions.
    Source: Anhøj and Olesen, Run charts revisited, PLoS ONE 9 (2014) e113825.
    """
    rows = rows_of(y)
    given = {"rules": "anhoej", **choices}
    chosen = choices_of(given)
    phases = phases_of(rows.shape[1], chosen.baseline, chosen.rebase_at, chosen.exclude)
    used = ~np.isnan(rows) & phases.base
    centre = along(medians_of(rows, used, phases), phases)
    nowhere = np.full(rows.shape, np.nan)
    return drawn("run", rows, centre, nowhere, phases, chosen, used=used, inputs=(rows,), no_limits=True, single=np.ndim(y) < 2)
