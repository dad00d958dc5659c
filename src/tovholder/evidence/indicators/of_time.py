"""Figures over time: control charts, run charts, and before and after a change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tovholder.evidence.charts.attribute import attribute
from tovholder.evidence.charts.before_after import BeforeAfter, before_after
from tovholder.evidence.charts.chart import ControlChart
from tovholder.evidence.charts.phases import Limits
from tovholder.evidence.charts.rules import named
from tovholder.evidence.charts.run import run_chart
from tovholder.evidence.charts.xmr import xmr
from tovholder.evidence.indicators.asked import Asked
from tovholder.evidence.indicators.laying import blanks_told, laid
from tovholder.evidence.indicators.of_areas import denominator_of, refuse_above
from tovholder.evidence.indicators.periods import Period, read_period, whole_line
from tovholder.evidence.indicators.result import Calculated, Row, plain
from tovholder.evidence.indicators.sheet import Sheet
from tovholder.evidence.results import Real

SIZED, COUNTED = ("p", "p'", "u", "u'"), ("c", "g", "t")
_KINDS = {0: None, 1: "improvement", -1: "concern", 2: "change"}
_STANDS = {Limits.SHOWN: "shown", Limits.TOO_EARLY: "too_early", Limits.NO_VARIATION: "no_variation"}
Lines = list[tuple[dict[str, str | None], Real, Real, np.ndarray[Any, np.dtype[np.bool_]]]]


def control_chart(sheet: Sheet, asked: Asked, measure: str) -> Calculated:
    """This will give a chart over time for each area and group: its limits, and which rules speak where; raises ValueError."""
    times, lines, sized = _lines(sheet, asked, measure)
    choices = _choices(asked, times)
    x = np.stack([line[1] for line in lines])
    n = np.stack([line[2] for line in lines])
    with np.errstate(invalid="ignore"):
        n = np.where(np.isnan(x), np.nan, n)
    if measure == "xmr":
        shown = np.where(n > 0, x / np.where(n > 0, n, 1.0), np.nan) * (asked.multiplier or 100.0) if sized else x
        chart: ControlChart = xmr(shown, screen=bool(asked.screen), **choices)
    elif measure == "run":
        shown = np.where(n > 0, x / np.where(n > 0, n, 1.0), np.nan) * (asked.multiplier or 100.0) if sized else x
        chart = run_chart(shown, **({"rules": "anhoej"} | choices))
    else:
        habit = 100.0 if measure.startswith("p") else 1.0
        chart = attribute(
            measure,  # type: ignore[arg-type]
            x,
            n if sized else None,
            multiplier=asked.multiplier or habit,
            screen=bool(asked.screen),
            **choices,
        )
    rows = tuple(row for number, line in enumerate(lines) for row in _points(line[0], times, line[3], chart, number))
    found = {**blanks_told(rows), "series": [_series(line[0], chart, number) for number, line in enumerate(lines)]}
    said = named(tuple(chart.by_rule), side_points=chart.parameters["side_points"], trend_points=chart.parameters["trend_points"])
    parameters = {**chart.parameters, "rule_names": said, **_period_choices(asked)}
    return Calculated(chart.method, chart.version, parameters, rows, found, _early(found["series"], lines))


def its(sheet: Sheet, asked: Asked) -> Calculated:
    """This will set segmented regression beside the chart frozen before the change, for each area and group; raises ValueError."""
    if asked.event is None:
        raise ValueError("Hvornår kom ændringen? Skriv den første periode efter den med --event, for eksempel --event 2024-05.")
    times, lines, sized = _lines(sheet, asked, "its")
    event = _place(asked.event, times, "event")
    rows: list[Row] = []
    told: list[dict[str, Any]] = []
    one: BeforeAfter | None = None
    multiplier = asked.multiplier or (100.0 if sized else 1.0)
    for about, x, n, hidden in lines:
        one = before_after(
            x,
            event,
            persons=n if sized else None,
            multiplier=multiplier,
            season=asked.season,
            improvement=asked.improvement,  # type: ignore[arg-type]
            conf=asked.conf or 0.95,
            rules="tovholder" if not asked.rules else asked.rules[0] if len(asked.rules) == 1 else asked.rules,
        )
        lifted = multiplier if sized else 1.0
        fitted = np.full(x.size, np.nan) if one.regression is None else one.regression.fitted * lifted
        without = np.full(x.size, np.nan) if one.regression is None else one.regression.without * lifted
        beside = {"fitted": fitted, "without_change": without}
        rows += _points(about, times, hidden, one.chart, None, beside=beside)
        told.append({**_series(about, one.chart, None), **_regression(one)})
    if one is None:
        raise ValueError("Der er ingen målinger.")
    found = {**blanks_told(rows), "series": told}
    parameters = {**one.parameters, "event": str(times[event]), "rules": one.chart.parameters["rules"], "lag": _lag(told)}
    return Calculated(one.method, one.version, parameters, tuple(rows), found, _early(told, lines))


def _lag(told: Sequence[dict[str, Any]]) -> Any:
    return next((one["regression"]["lag"] for one in told if one["regression"] is not None), None)


def _regression(one: BeforeAfter) -> dict[str, Any]:
    found = one.regression
    if found is None:
        return {"regression": None, "reason": one.reason, "agree": one.agree}
    terms = [
        {"term": term, "coef": plain(found.coef[place]), "error": plain(found.error[place]), "low": plain(found.low[place]),
         "high": plain(found.high[place]), "p": plain(found.p[place])}
        for place, term in enumerate(found.terms)
    ]  # fmt: skip
    return {
        "regression": {
            "method": found.method,
            "version": found.version,
            "errors": found.errors,
            "lag": found.parameters.get("lag"),
            "conf": found.conf,
            "terms": terms,
            "durbin_watson": plain(found.durbin_watson),
            "dispersion": plain(found.dispersion),
            "points": found.points,
        },
        "reason": None,
        "agree": one.agree,
    }


def _lines(sheet: Sheet, asked: Asked, measure: str) -> tuple[list[Period], Lines, bool]:
    """Each area's and group's line over the same periods, gaps and all: what it is, counts or values, persons, and what is hidden."""
    sheet.needs(f"et diagram over tid ({measure})", "period")
    sized = measure in SIZED or (measure in ("xmr", "run", "its") and not sheet.has("value"))
    if sized:
        persons = denominator_of(sheet, f"et diagram ({measure})")
        if measure.startswith("p"):
            refuse_above(sheet, persons)
        counted = "numerator"
    else:
        counted = "numerator" if measure in COUNTED and not sheet.has("value") else "value"
        persons = counted
        sheet.needs(f"et diagram ({measure})", counted)
    times = whole_line(list(sheet.periods))
    # Two ways of writing one month are the same month.
    texts = {**sheet.texts, "period": tuple(str(one) for one in sheet.periods)}
    same = Sheet(texts, sheet.numbers, sheet.hidden, sheet.row, sheet.headings, ())
    rows = laid(same, across="period", columns=[str(one) for one in times])
    hidden = rows.hidden(counted, persons)
    x, n = rows.number(counted), rows.number(persons)
    lines: Lines = [(rows.about(number), x[number], n[number], hidden[number]) for number in range(len(rows.keys))]
    return times, lines, sized


def _choices(asked: Asked, times: Sequence[Period]) -> dict[str, Any]:
    """The chart's choices, periods turned into places; raises ValueError for one that is not in the table."""
    given: dict[str, Any] = {"improvement": asked.improvement}
    if asked.rules is not None:
        given["rules"] = asked.rules[0] if len(asked.rules) == 1 else asked.rules
    if asked.rebase:
        given["rebase_at"] = tuple(_place(one, times, "rebase") for one in asked.rebase)
    if asked.exclude:
        given["exclude"] = tuple(_place(one, times, "exclude") for one in asked.exclude)
    if asked.baseline is not None:
        text = str(asked.baseline).strip()
        if text.isascii() and text.isdigit() and len(text) <= 3:
            given["baseline"] = int(text)
        else:
            given["baseline"] = slice(0, _place(text, times, "baseline") + 1)
    return given


def _place(text: str, times: Sequence[Period], named_as: str) -> int:
    try:
        wanted = read_period(text)
    except ValueError as problem:
        raise ValueError(f"--{named_as}: {problem}") from None
    if wanted not in times:
        raise ValueError(f"--{named_as}: {wanted} er ikke i tabellen. Den går fra {times[0]} til {times[-1]}.")
    return list(times).index(wanted)


def _period_choices(asked: Asked) -> dict[str, Any]:
    """The choices as they were written, since a place among periods says little to a reader."""
    told: dict[str, Any] = {}
    if asked.baseline is not None:
        told["baseline"] = asked.baseline
    for name in ("rebase", "exclude"):
        if getattr(asked, name):
            told[name] = list(getattr(asked, name))
    return told


def _points(
    about: dict[str, str | None],
    times: Sequence[Period],
    hidden: np.ndarray[Any, np.dtype[np.bool_]],
    chart: ControlChart,
    number: int | None,
    beside: dict[str, Real] | None = None,
) -> list[Row]:
    """One row for each period of a line; number: which of the chart's series it is, None where it has one."""

    def of(values: Any) -> Any:
        return values if number is None else values[number]

    y, centre, low, high = (of(getattr(chart, name)) for name in ("y", "centre", "low", "high"))
    kind, stands, direction = (of(getattr(chart, name)) for name in ("kind", "standing", "direction"))
    rules = {name: of(spoken) for name, spoken in chart.by_rule.items()}
    rows = []
    for place, time in enumerate(times):
        blank = bool(hidden[place]) or bool(np.isnan(y[place]))
        figures: dict[str, Any] = {
            "centre": plain(centre[place]),
            "standing": _STANDS[Limits(int(stands[place]))],
            "baseline": bool(chart.base[place]),
            "phase": int(chart.phase[place]) + 1,
            "rules": [name for name, spoken in rules.items() if spoken[place]],
            "direction": {1: "up", -1: "down", 0: None}[int(direction[place])],
            "kind": _KINDS[int(kind[place])],
            **{name: plain(values[place]) for name, values in (beside or {}).items()},
        }
        why = "suppressed" if hidden[place] else "missing" if blank else None
        value = None if blank else plain(y[place])
        rows.append(Row(about["area"], str(time), about["group"], value, plain(low[place]), plain(high[place]), why, figures))
    return rows


def _series(about: dict[str, str | None], chart: ControlChart, number: int | None) -> dict[str, Any]:
    def of(values: Any) -> Any:
        return values if number is None else values[number]

    direction = of(chart.direction)
    measured = ~np.isnan(of(chart.y))
    return {
        "area": about["area"],
        "group": about["group"],
        "points": int(measured.sum()),
        "baseline_points": int((measured & chart.base).sum()),
        "too_early": bool((of(chart.standing) == Limits.TOO_EARLY).all()),
        "changed": bool((direction != 0).any() or of(chart.few_crossings)),
        "few_crossings": bool(of(chart.few_crossings)),
        "rules": [name for name, spoken in chart.by_rule.items() if (of(spoken) != 0).any()],
    }


def _early(series: Sequence[dict[str, Any]], lines: Lines) -> tuple[str, ...]:
    early = [one for one in series if one["too_early"]]
    if not early:
        return ()
    if len(early) == 1 and len(lines) == 1:
        points = early[0]["baseline_points"]
        measured = "1 måling" if points == 1 else f"{points} målinger"
        return (f"For tidligt at sige: {measured} i basislinjen, og der skal være 12, før grænserne kan vises.",)
    return (f"For tidligt at sige for {len(early)} af {len(lines)} rækker: der skal være 12 målinger i basislinjen.",)
