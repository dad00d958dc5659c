"""The picture of an indicator: a control chart, small multiples, a funnel, a gradient or a Lorenz curve. Never a ranking."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tovholder.evidence.indicators.periods import DAY, MONTH, QUARTER, WEEK, YEAR, Period, read_period
from tovholder.evidence.indicators.result import IndicatorResult, Row
from tovholder.pictures.elements import Picture
from tovholder.pictures.measured_people import Gradient, GradientGroup, GradientLine, Lorenz
from tovholder.pictures.measured_places import (
    CHANGED,
    HIDDEN,
    INSIDE,
    MISSING,
    OVER,
    UNDER,
    Funnel,
    FunnelLimits,
    FunnelPoint,
    SmallMultiples,
    SmallSeries,
)
from tovholder.pictures.measured_time import ControlPoint, ControlSeries, Mark

SLOPES = ("sii", "rii")
CURVES = ("gini", "lorenz", "aci", "rci")
_SHORT = ("jan.", "feb.", "marts", "april", "maj", "juni", "juli", "aug.", "sept.", "okt.", "nov.", "dec.")
_LONG = (*("januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november", "december"),)
_BETTER = {"increase": "higher", "decrease": "lower"}
_PER = {100.0: "pct.", 1000.0: "pr. 1.000", 10_000.0: "pr. 10.000", 100_000.0: "pr. 100.000", 1_000_000.0: "pr. 1 mio."}
_ONE_AT_A_TIME = "Et billede viser ét område i én periode, og her er {count}. Behold rækkerne for det, du vil se."
_SHARES = ("proportion", "p", "p'")


def drawn(result: IndicatorResult, name: str = "") -> Picture | None:
    """This will draw a result, None for a measure that has no picture; raises ValueError where one picture cannot hold it.

    name: what is measured, for the sentence above the picture.
    """
    if result.method.startswith("control_chart") or result.measure == "its":
        return _over_time(result, name)
    if result.measure == "funnel":
        return _funnel(result, name)
    if result.measure in SLOPES:
        return _gradient(result, name)
    if result.measure in CURVES:
        return _lorenz(result, name)
    return None


def unit_of(result: IndicatorResult) -> str:
    """This will give what figures are per, as it stands after a number."""
    multiplier = result.parameters.get("multiplier")
    kind = result.parameters.get("kind", result.measure)
    if multiplier is None or (multiplier == 100.0 and kind == "rate"):
        return ""
    if kind == "ratio":
        return ""
    if multiplier == 100.0 and kind not in (*_SHARES, "proportion"):
        return "pct." if result.measure in ("its", "xmr", "run") else ""
    return _PER.get(float(multiplier), "")


def decimals_for(values: Sequence[float | None]) -> int:
    """This will give as many decimals as tell figures of this size apart."""
    most = max((abs(value) for value in values if value is not None), default=0.0)
    return 0 if most >= 1000 else 1 if most >= 10 else 2 if most >= 0.1 else 4


def _method(result: IndicatorResult) -> str:
    return f"Metode: {result.method}, version {result.version}."


def _over_time(result: IndicatorResult, name: str) -> Picture:
    from tovholder.pictures.control_chart import control_chart
    from tovholder.pictures.small_multiples import small_multiples

    lines: dict[tuple[str | None, str | None], list[Row]] = {}
    for row in result.rows:
        lines.setdefault((row.area, row.group), []).append(row)
    decimals = decimals_for([row.value for row in result.rows])
    if len(lines) == 1:
        (((area, group), rows),) = lines.items()
        about = ", ".join(one for one in (area, group) if one)
        measure = name or about or "Målingen"
        return control_chart(_series(result, rows, measure, decimals, about if name else ""), headed=True)
    labels = tuple(_label(read_period(str(row.period)))[0] for row in next(iter(lines.values())))
    found = tuple(
        SmallSeries(
            ", ".join(one for one in about if one),
            tuple(row.value for row in rows),
            CHANGED if any(row.figures["rules"] for row in rows) else HIDDEN if all(row.why == "suppressed" for row in rows) else "",
        )
        for about, rows in lines.items()
    )
    measured = SmallMultiples(
        name or "Målingen", unit_of(result), labels, found, places=_places(result), decimals=decimals, method=_method(result)
    )
    return small_multiples(measured, headed=True)


def _places(result: IndicatorResult) -> tuple[str, str]:
    return ("område", "områder") if any(row.area for row in result.rows) else ("gruppe", "grupper")


def _series(result: IndicatorResult, rows: Sequence[Row], measure: str, decimals: int, definition: str) -> ControlSeries:
    names = result.parameters.get("rule_names", {})
    event = str(result.parameters["event"]) if result.measure == "its" else None
    points = []
    for row in rows:
        label, said = _label(read_period(str(row.period)))
        broken = tuple("outside" if rule == "outside" else names.get(rule, rule) for rule in row.figures["rules"])
        points.append(
            ControlPoint(
                label, row.value, row.figures["centre"], row.low, row.high, broken, HIDDEN if row.why == "suppressed" else MISSING, said
            )
        )
    marks = tuple(Mark(place, "Ændring") for place, row in enumerate(rows) if event is not None and row.period == event)
    return ControlSeries(
        measure,
        unit_of(result),
        tuple(points),
        baselines=_baselines(rows),
        marks=marks,
        better=_BETTER.get(str(result.parameters.get("improvement") or result.parameters["asked"].get("improvement")), ""),
        decimals=decimals,
        period={MONTH: "month", QUARTER: "quarter", YEAR: "year", WEEK: "week"}.get(read_period(str(rows[0].period)).kind, "period"),
        definition=", ".join(one for one in (measure, unit_of(result).rstrip("."), definition) if one) if definition else "",
        method=_method(result),
    )


def _baselines(rows: Sequence[Row]) -> tuple[tuple[int, int], ...]:
    """Half-open stretches that limits come from; none where every point is part of one."""
    inside = [bool(row.figures["baseline"]) for row in rows]
    if all(inside):
        return ()
    edges = [place for place in range(len(inside) + 1) if (place < len(inside) and inside[place]) != (place > 0 and inside[place - 1])]
    return tuple(zip(edges[::2], edges[1::2], strict=True))


def _label(period: Period) -> tuple[str, str]:
    """A period as it stands in a table, and as it stands inside a sentence."""
    if period.kind == MONTH:
        year, month = divmod(period.place, 12)
        return f"{_SHORT[month]} {year}", f"{_LONG[month]} {year}"
    if period.kind == QUARTER:
        year, quarter = divmod(period.place, 4)
        return f"{quarter + 1}. kv. {year}", f"{quarter + 1}. kvartal {year}"
    if period.kind == WEEK:
        of, week = str(period).split("-U")
        return f"uge {int(week)} {of}", f"uge {int(week)} i {of}"
    if period.kind == DAY:
        of, number, day = str(period).split("-")
        return f"{int(day)}. {_SHORT[int(number) - 1]} {of}", f"{int(day)}. {_LONG[int(number) - 1]} {of}"
    return str(period), str(period)


def _funnel(result: IndicatorResult, name: str) -> Picture:
    from tovholder.pictures.funnel_plot import funnel_plot

    told = result.found["funnels"]
    if len(told) > 1:
        raise ValueError(
            f"Et billede viser én tragt, og her er {len(told)}: én for hver periode og gruppe. Behold rækkerne for den, du vil se."
        )
    one = told[0]
    standing = {True: {1: OVER, -1: UNDER}, False: {}}
    points = tuple(
        FunnelPoint(
            str(row.area),
            row.figures.get("size"),
            row.value,
            HIDDEN
            if row.why == "suppressed"
            else MISSING
            if row.value is None
            else standing[bool(row.figures["differs"])].get(_sign(row.figures["outside"]), INSIDE),
        )
        for row in result.rows
    )
    curve = one["curve"]
    limits = tuple(
        FunnelLimits(
            round(100 * level, 3),
            tuple(at["size"] for at in curve),
            tuple(at["limits"][place]["low"] for at in curve),
            tuple(at["limits"][place]["high"] for at in curve),
        )
        for place, level in enumerate(result.parameters["levels"])
        if curve
    )
    size = {"ratio": "forventede hændelser", "rate": "personer"}.get(str(result.parameters["kind"]), "personer i nævneren")
    figures = Funnel(
        name or "Målingen",
        unit_of(result),
        size,
        points,
        limits,
        centre=one["centre"],
        places=("område", "områder"),
        decimals=decimals_for([row.value for row in result.rows]),
        definition=str(one["period"] or ""),
        method=_method(result),
    )
    return funnel_plot(figures, headed=True)


def _sign(outside: Any) -> int:
    return (int(outside) > 0) - (int(outside) < 0)


def _gradient(result: IndicatorResult, name: str) -> Picture:
    from tovholder.pictures.gradient_bars import gradient_bars

    if len(result.rows) != 1:
        raise ValueError(_ONE_AT_A_TIME.format(count=len(result.rows)))
    row, told = result.rows[0], result.found["groups"][0]["groups"]
    groups = tuple(GradientGroup(one["group"], one["share"], one["value"], one["low"], one["high"]) for one in told)
    slope, low, high = (
        (row.value, row.low, row.high) if result.measure == "sii" else tuple(row.figures.get(key) for key in ("sii", "sii_low", "sii_high"))
    )
    start = row.figures.get("intercept")
    turned = result.parameters["direction"] == "bottom_minus_top"
    line = None
    # On a log or logit scale the fitted line is a curve that two points cannot show.
    if slope is not None and start is not None and result.parameters["transform"] is None:
        line = GradientLine(slope, low, high, ((0.0, start), (1.0, start + (-slope if turned else slope))))
    about = ", ".join(one for one in (row.area, row.period) if one)
    figures = Gradient(
        name or "Målingen",
        unit_of(result),
        groups,
        line,
        decimals=decimals_for([one["value"] for one in told]),
        level=100 * float(result.parameters["conf"][0]),
        definition=about,
        method=_method(result),
    )
    return gradient_bars(figures, headed=True)


def _lorenz(result: IndicatorResult, name: str) -> Picture:
    from tovholder.pictures.lorenz import lorenz_curve

    if len(result.rows) != 1:
        raise ValueError(_ONE_AT_A_TIME.format(count=len(result.rows)))
    row, curve = result.rows[0], result.found["curves"][0]
    if not curve["people"]:
        raise ValueError("Kurven kan ikke tegnes, for tallet kan ikke vises.")
    ranked = result.measure in ("aci", "rci")
    index = row.value if result.measure != "aci" else row.figures.get("rci")
    low, high = (row.low, row.high) if result.measure != "aci" else (None, None)
    figures = Lorenz(
        name or "Målingen",
        tuple(curve["people"]),
        tuple(curve["shares"]),
        gini=index,
        low=low,
        high=high,
        ranked="lavest social position" if ranked else "",
        level=100 * float(result.parameters["conf"]),
        definition=", ".join(one for one in (row.area, row.period) if one),
        method=_method(result),
    )
    return lorenz_curve(figures, headed=True)
