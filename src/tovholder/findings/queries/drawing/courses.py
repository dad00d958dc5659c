"""A goal's course as a control chart, and its latest figures in words."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tovholder.base.written import language, long_date, number
from tovholder.pictures import ControlPoint, ControlSeries, Mark
from tovholder.pictures.chart_words import CHART_WORDS
from tovholder.pictures.control_chart import control_chart

from ..followup import unit_of
from .words import measured_by, method_line, period_name, short_period, signed

_RULES = {"one_side": "seven_one_side", "longest_run": "long_run", "crossings": "few_crossings"}
_REASONS = {"suppressed": "hidden", "protects": "hidden"}
_PERIODS = {"month": "month", "quarter": "quarter", "year": "year"}
MOST_MARKS = 6


def course_series(row, figures, target, definition, happened=()):
    """This will return a course as the picture wants it; `figures` may be the row's own or what was known of it on an earlier day.

    happened: what to mark on the time axis, each with `on`, `text`, `kind` and `is_marked`."""
    points = figures["points"]
    return ControlSeries(
        measure=target.indicator.label, unit=unit_of(definition), points=tuple(_points(figures)),
        baselines=tuple((phase["baseline"][0], phase["baseline"][1]) for phase in figures["phases"] if not phase["too_early"]),
        target=target.value, marks=_marks(figures, happened), better=figures["better"], decimals=definition.decimals,
        period=_PERIODS.get(figures["length"], "period"), definition=_definition(figures, target, definition, points),
        method=method_line(row, definition),
    )  # fmt: skip


def _definition(figures, target, definition, points):
    each = {"month": _("pr. måned"), "quarter": _("pr. kvartal"), "year": _("pr. år")}.get(figures["length"], "")
    told = measured_by(target.indicator, definition)
    return ", ".join(filter(None, (f"{told} {each}".strip(), definition.population, target.party.name)))


def _points(figures):
    for place, point in enumerate(figures["points"]):
        yield ControlPoint(
            label=short_period(point["from"], point["until"]), said=period_name(point["from"], point["until"]), value=point["value"],
            centre=figures["centre"][place], lower=figures["lower"][place], upper=figures["upper"][place],
            broken=tuple(_RULES.get(name, name) for name in figures["broken"][place]), reason=_REASONS.get(point["why"], "missing"),
        )  # fmt: skip


def _marks(figures, happened):
    points = figures["points"]
    marks = [Mark(phase["first"], _("tælles på ny måde"), "definition") for phase in figures["phases"] if phase["why"] == "definition"]
    told = [row for row in happened if row.is_marked and row.kind != "definition"]
    for row in sorted(told, key=lambda row: row.kind != "initiative")[: MOST_MARKS - len(marks)]:
        place = next((n for n, point in enumerate(points) if point["from"] >= row.on.isoformat()), None)
        if place:
            marks.append(Mark(place, row.text, row.kind))
    return tuple(sorted(marks, key=lambda mark: (mark.at, mark.text)))


def course_picture(row, figures, target, definition, happened=(), *, width=820, id_prefix="forloeb", headed=False):
    """This will draw a goal's course."""
    series = course_series(row, figures, target, definition, happened)
    return control_chart(series, words=CHART_WORDS[language()], width=width, id_prefix=id_prefix, headed=headed)


@dataclass(frozen=True)
class Latest:
    """One period in the short table beside a chart."""

    period: str
    value: str
    against: str
    remark: str = ""


def latest_words(figures, definition, count=None):
    """This will return the latest periods, the newest first, each with how far it lies from the level before."""
    rows = list(zip(figures["points"], figures["centre"], strict=True))[::-1]
    return [_latest(point, centre, definition) for point, centre in (rows if count is None else rows[:count])]


def _latest(point, centre, definition):
    named = short_period(point["from"], point["until"])
    if point["value"] is None:
        told = CHART_WORDS[language()][_REASONS.get(point["why"], "missing")]
        return Latest(named, "–", "–", told)
    against = "–" if centre is None else signed(point["value"] - centre, definition.decimals)
    return Latest(named, number(point["value"], definition.decimals), against)


def before_after_words(found, definition, name):
    """This will say what the regression beside the chart shows of an initiative, or why it cannot say anything."""
    if found["regression"] is None:
        day = long_date(date.fromisoformat(found["on"]))
        return _("%(name)s: for få tal før eller efter %(day)s til at regne på.") % {"name": name, "day": day}
    level = [signed(value, definition.decimals) for value in found["regression"]["level"]]
    slope = [signed(value, definition.decimals + 1) for value in found["regression"]["slope"]]
    sentence = _(
        "%(name)s: niveauet flyttede sig %(level)s (%(low)s til %(high)s) og hældningen %(slope)s pr. måling (%(slow)s til %(shigh)s)."
    )
    told = sentence % {
        "name": name, "level": level[0], "low": level[1], "high": level[2], "slope": slope[0], "slow": slope[1], "shigh": slope[2],
    }  # fmt: skip
    if found["agree"] is None:
        return told
    return f"{told} " + (_("Det siger diagrammet også.") if found["agree"] else _("Diagrammet siger noget andet, så det er usikkert."))
