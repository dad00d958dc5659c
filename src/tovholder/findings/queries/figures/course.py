"""A goal's course over time: a control chart with a frozen baseline, rules by name, and before-and-after beside it."""

from ...models import Definition, Figures
from ..courses import latest_of
from .cells import MISSING
from .interruption import befores_and_afters
from .periods import finest, slots
from .result import Calculated, count, number

# With no baseline chosen, so many of the first points stand for the level before.
FIRST_POINTS = 24
# Limits follow the denominator of each point when denominators differ by more than this share of their mean.
UNEVEN = 0.25
IMPROVEMENT = {Definition.Direction.LOWER: "decrease", Definition.Direction.HIGHER: "increase"}
METHOD = "course"


def course(inputs, target):
    """This will return a target's course, None where its party has no figures."""
    length, cells = finest([cell for cell in inputs.cells if cell.party == target.party_id and cell.group is None])
    if not cells:
        return None
    points = _points(inputs, length, cells)
    phases = _phases(inputs, target, points)
    chart = _chart(inputs, points, phases)
    told = _told(chart, points, phases)
    baseline = told["phases"][-1]
    figures = {
        "length": length,
        "points": points,
        **told,
        "better": _better(inputs.definition),
        "before_after": befores_and_afters(inputs.begins.get(target.goal_id, ()), points, phases, length),
    }
    return Calculated(
        kind=Figures.Kind.COURSE, party=target.party_id, target=target.pk, figures=figures,
        summary=_summary(inputs, target, figures, baseline), method=f"{METHOD}: {chart.method}", method_version=chart.version,
        parameters=_plain(chart.parameters), period_from=cells[0].first, period_until=cells[-1].until,
    )  # fmt: skip


def _points(inputs, length, cells):
    known = {(cell.first, cell.until): cell for cell in cells}
    numbered = {row.pk: row.number for row in inputs.definitions}
    points = []
    for first, until in slots(length, cells):
        cell = known.get((first, until))
        points.append(
            {
                "from": first.isoformat(), "until": until.isoformat(), "value": number(cell.value) if cell and cell.is_shown else None,
                "x": count(cell.x) if cell and cell.is_shown else None, "n": count(cell.n) if cell and cell.is_shown else None,
                "why": cell.why if cell else MISSING, "definition": numbered.get(cell.definition, "") if cell else "",
            }
        )  # fmt: skip
    return points


def _phases(inputs, target, points):
    """Where another level begins to count: a decided rebase, or a definition that breaks the series; each with its own baseline."""
    numbered = {row.number: row for row in inputs.definitions}
    starts, before = {0: None}, ""
    for place, point in enumerate(points):
        own = point["definition"]
        if own and before and own != before and numbered[own].breaks_series:
            starts[place] = "definition"
        before = own or before
    rebased = list(target.rebases.all())
    for row in rebased:
        place = next((n for n, point in enumerate(points) if point["from"] >= row.baseline_from.isoformat()), None)
        if place is not None:
            starts[place] = "rebase"
    ordered = sorted(starts)
    periods = [(target.baseline_from, target.baseline_until)] if target.baseline_from else []
    periods += [(row.baseline_from, row.baseline_until) for row in rebased]
    begins = min((day for _initiative, day in inputs.begins.get(target.goal_id, ())), default=None)
    return [
        _phase(points, first, until, starts[first], periods, begins)
        for first, until in zip(ordered, [*ordered[1:], len(points)], strict=True)
    ]


def _phase(points, first, until, why, periods, begins):
    inside = range(first, until)
    for chosen in reversed(periods):
        day_from, day_until = (day.isoformat() for day in chosen)
        own = [n for n in inside if points[n]["from"] >= day_from and points[n]["until"] <= day_until]
        if own:
            return {"first": first, "until": until, "why": why, "baseline": [own[0], own[-1] + 1], "chosen": "decided"}
    before = [n for n in inside if begins is not None and points[n]["until"] <= begins.isoformat()]
    if before and len(before) < until - first:
        return {"first": first, "until": until, "why": why, "baseline": [before[0], before[-1] + 1], "chosen": "before"}
    return {"first": first, "until": until, "why": why, "baseline": [first, min(first + FIRST_POINTS, until)], "chosen": "first"}


def _chart(inputs, points, phases):
    import numpy as np

    from tovholder.evidence.charts.attribute import attribute
    from tovholder.evidence.charts.xmr import xmr

    based = {n for phase in phases for n in range(*phase["baseline"])}
    choices = {
        "rebase_at": tuple(phase["first"] for phase in phases[1:]),
        "exclude": tuple(n for n in range(len(points)) if n not in based),
        "improvement": IMPROVEMENT.get(inputs.definition.direction),
    }
    x, n, value = (np.array([np.nan if point[key] is None else point[key] for point in points], dtype=float) for key in ("x", "n", "value"))
    kind = _counted_kind(inputs, value, x, n)
    if kind:
        return attribute(kind, x, n, multiplier=inputs.definition.multiplier, **choices)
    return xmr(value, **choices)


def _counted_kind(inputs, value, x, n):
    """Laney's chart where counts are known and denominators differ much from point to point, nothing where single values will do."""
    import numpy as np

    shown = ~np.isnan(value)
    if not shown.any() or np.isnan(x[shown]).any() or np.isnan(n[shown]).any() or len({row.multiplier for row in inputs.definitions}) > 1:
        return ""
    uneven = np.abs(n[shown] / n[shown].mean() - 1).max() > UNEVEN
    return {"proportion": "p'", "rate": "u'"}.get(inputs.definition.kind, "") if uneven else ""


def _told(chart, points, phases):
    broken = [[name for name, signs in chart.by_rule.items() if signs[place]] for place in range(len(points))]
    lines = [
        {**phase, "centre": number(chart.centre[phase["first"]]), "too_early": bool(chart.standing[phase["first"]] == 1)}
        for phase in phases
    ]
    return {
        "chart": chart.chart,
        "centre": [number(value) for value in chart.centre],
        "lower": [number(value) for value in chart.low],
        "upper": [number(value) for value in chart.high],
        "broken": broken,
        "kinds": [int(kind) for kind in chart.kind],
        "phases": lines,
        "too_early": bool(chart.standing[-1] == 1),
    }


def _better(definition):
    return {Definition.Direction.LOWER: "lower", Definition.Direction.HIGHER: "higher"}.get(definition.direction, "")


def _summary(inputs, target, figures, baseline):
    first, until = baseline["baseline"]
    points = figures["points"]
    return {
        "baseline": baseline["centre"],
        "baseline_from": points[first]["from"],
        "baseline_until": points[until - 1]["until"],
        **latest_of(points, figures["length"], inputs.definition.multiplier),
        "standing": standing_of(figures),
        "count": sum(point["value"] is not None for point in points),
        "length": figures["length"],
        "better": figures["better"],
        "spark": [point["value"] for point in points[-FIRST_POINTS:]],
    }


def standing_of(figures):
    """This will say in one word how the newest points stand against the level before: better, worse, changed, same, early or none."""
    if figures["too_early"]:
        return "early"
    known = [place for place, point in enumerate(figures["points"]) if point["value"] is not None]
    after = [place for place in known if place >= figures["phases"][-1]["baseline"][1]]
    spoken = [figures["kinds"][place] for place in after[-7:] if figures["kinds"][place]]
    if not after:
        return "same" if known else "none"
    return {1: "better", -1: "worse", 2: "changed"}[spoken[-1]] if spoken else "same"


def _plain(parameters):
    return {name: value for name, value in parameters.items() if name != "exclude"}
