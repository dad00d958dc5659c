"""One indicator from a table of measurements: the measure's own calculation, put together with what it was calculated from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from tovholder.evidence.equity.between import NAMES
from tovholder.evidence.indicators import of_areas, of_groups, of_places, of_shrinkage, of_spread, of_time
from tovholder.evidence.indicators.asked import Asked, asked
from tovholder.evidence.indicators.result import Calculated, IndicatorResult
from tovholder.evidence.indicators.sheet import Sheet, group_order, of_one_vintage, sheet_of

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Measure:
    """A measure: its name in Danish, what calculates it, and which choices it takes."""

    danish: str
    run: Callable[[Sheet, Asked], Calculated]
    takes: tuple[str, ...]


_OVER_TIME = ("multiplier", "baseline", "rebase", "exclude", "rules", "improvement")
_SPREAD = ("multiplier", "conf", "kind")
_SLOPE = ("multiplier", "conf", "kind", "transform", "direction")

MEASURES: Mapping[str, Measure] = {
    "proportion": Measure("andel", of_areas.proportion, ("multiplier", "conf", "method")),
    "rate": Measure("rate", of_areas.rate, ("multiplier", "conf", "method")),
    "mean": Measure("gennemsnit", of_areas.mean, ("conf",)),
    "dsr": Measure("direkte standardiseret rate", of_areas.dsr, ("multiplier", "conf", "method", "standard")),
    "isr": Measure("indirekte standardiseret rate", of_areas.isr, ("multiplier", "conf", "method", "kind", "reference")),
    "le": Measure("middellevetid", of_areas.le, ("conf",)),
    "sii": Measure("absolut ulighed (SII)", partial(of_groups.slope_index, measure="sii"), _SLOPE),
    "rii": Measure("relativ ulighed (RII)", partial(of_groups.slope_index, measure="rii"), _SLOPE),
    "aci": Measure("absolut koncentrationsindeks", partial(of_spread.concentration_index, measure="aci"), _SPREAD),
    "rci": Measure("koncentrationsindeks", partial(of_spread.concentration_index, measure="rci"), _SPREAD),
    "wagstaff": Measure("Wagstaffs indeks", partial(of_spread.concentration_index, measure="wagstaff"), _SPREAD),
    "erreygers": Measure("Erreygers' indeks", partial(of_spread.concentration_index, measure="erreygers"), _SPREAD),
    **{
        name: Measure(danish, partial(of_spread.summary, measure=name), (*_SPREAD, "improvement", "reference"))
        for name, (_, _, danish) in NAMES.items()
    },
    "gini": Measure("Ginis indeks", of_spread.gini_index, _SPREAD),
    "lorenz": Measure("Lorenz-kurven", of_spread.gini_index, _SPREAD),
    "shrink": Measure("udjævnede tal", of_shrinkage.shrink, ("multiplier", "conf", "kind", "method")),
    "potential": Measure("hvis alle var som de bedste", of_shrinkage.potential_gain, ("conf", "kind", "improvement")),
    "funnel": Measure("tragt", of_places.funnel_plot, ("multiplier", "kind", "method", "centre", "rate")),
    "xmr": Measure("kontroldiagram af målinger (XmR)", partial(of_time.control_chart, measure="xmr"), (*_OVER_TIME, "screen")),
    "run": Measure("seriediagram", partial(of_time.control_chart, measure="run"), _OVER_TIME),
    **{
        name: Measure(danish, partial(of_time.control_chart, measure=name), (*_OVER_TIME, *beside))
        for name, danish, beside in (
            ("p", "kontroldiagram af andele (p)", ()),
            ("p'", "kontroldiagram af andele med store nævnere (p')", ("screen",)),
            ("u", "kontroldiagram af rater (u)", ()),
            ("u'", "kontroldiagram af rater med store nævnere (u')", ("screen",)),
            ("c", "kontroldiagram af antal (c)", ()),
            ("g", "kontroldiagram af antal mellem hændelser (g)", ()),
            ("t", "kontroldiagram af tid mellem hændelser (t)", ("screen",)),
        )
    },
    "its": Measure("før og efter en ændring", of_time.its, ("multiplier", "conf", "event", "season", "rules", "improvement")),
}


def calculate(frame: pl.DataFrame, measure: str, *, headings: Mapping[str, str] | None = None, **choices: Any) -> IndicatorResult:
    """This will calculate one measure from a frame of measurements; raises ValueError with a sentence that names row and column.

    frame: one row for each measurement, with the columns that the measure needs (see sheet.TEXTS and sheet.NUMBERS), null where not
    known; `row` and `suppressed` beside them as sheet_of tells. measure: one of MEASURES. headings: what the columns are called where
    they came from, for sentences. choices: see Asked; each measure takes its own. The order of rows counts only where groups have no
    column with their order. The measures' methods stand where they are calculated, in `equity` and `charts`.
    """
    if measure not in MEASURES:
        raise ValueError(f"Vi kender ikke målet »{measure[:30]}«. Vælg {', '.join(MEASURES)}.")
    chosen = asked(measure, choices, MEASURES[measure].takes)
    sheet = of_one_vintage(sheet_of(frame, headings), chosen.vintage)
    made = MEASURES[measure].run(sheet, chosen)
    parameters = {**made.parameters, "asked": chosen.told()}
    if sheet.has("group") and all(name is not None for name in sheet.texts["group"]):
        parameters["group_order"] = group_order(sheet)
    return IndicatorResult(
        method=made.method,
        version=made.version,
        parameters=parameters,
        digest=sheet.digest(),
        measure=measure,
        rows=made.rows,
        found=made.found,
        notices=made.notices,
    )
