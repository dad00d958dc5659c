"""What a status report says of each goal: drafted from the figures as they were known at the end of its year, and everything that is
printed. It is written in Danish whatever the reader's language is: it is a document, not a page."""

import hashlib
import json
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override

from tovholder.base.written import number, period
from tovholder.pictures.saying import control_sentence, goal_sentence
from tovholder.pictures.saying_places import funnel_sentence, gradient_sentence, rest_sentence
from tovholder.texts.danish import long_date

from . import drawing
from .courses import known_on, latest_of
from .followup import Followed, definition_now, sheet, visible_targets
from .names import groups_of, names_of

FORM = "tovholder-status-report-1"
WIDTH, NARROW = 700, 350


@contextmanager
def in_danish():
    """This will write in Danish what stands inside."""
    with override("da"):
        yield


@dataclass(frozen=True)
class Known:
    """One goal's figures as they were known at the end of a year; `course` is cut there, None where nothing was known yet."""

    target: object
    definition: object
    sheet: object
    course: dict | None
    followed: Followed


def known_of(goals, year, by, at):
    """This will return {goal id: Known} of the goals that are followed, by their first indicator."""
    day = date(year + 1, 1, 1)
    found = {}
    rows = visible_targets(by, at).filter(goal__in=goals).prefetch_related("indicator__definitions").order_by("goal", "order", "pk")
    for target in rows:
        if target.goal_id not in found:
            found[target.goal_id] = _known(target, day, by, at)
    return found


def _known(target, day, by, at):
    definition = definition_now(target.indicator)
    whole = sheet(target, by, at, no_later_than=day)
    course = known_on(whole.course.figures, day) if whole.course else None
    summary = None
    if course is not None:
        latest = latest_of(course["points"], course["length"], definition.multiplier)
        summary = whole.course.summary | latest
    return Known(target, definition, whole, course, Followed(target, summary))


def drafted(goal, known):
    """This will write what the figures say about a goal, one sentence a line; what is not known is said to be."""
    with in_danish():
        return "\n".join(_sentences(goal, known))


def _sentences(goal, known):
    if known is None or known.course is None:
        return [_("Ingen har målt endnu.") if known is not None or goal.indicator else _("Ingen måler det endnu.")]
    series = drawing.course_series(known.sheet.course, known.course, known.target, known.definition)
    told = [control_sentence(series), goal_sentence(drawing.goal_figures(known.followed))]
    for row in known.sheet.funnels[:1]:
        names = names_of(row.figures["areas"])
        found = drawing.funnel_of(row, known.target.indicator, known.definition, names)
        sides = [[point.name for point in found.points if point.standing == way] for way in ("over", "under", "inside")]
        told += [funnel_sentence(found), rest_sentence(len(sides[0]), len(sides[1]), sides[2], found.places)]
    if known.sheet.gradient is not None:
        groups = groups_of(known.sheet.gradient.breakdown_id)
        told.append(gradient_sentence(drawing.gradient_of(known.sheet.gradient, groups, known.target.indicator, known.definition)))
    return [sentence if sentence.endswith(".") else f"{sentence}." for sentence in told if sentence]


def content_of(report, lines, by, at, *, happened=None):
    """This will return everything a status report shows, ready to be printed by another process and kept as it is.

    `happened` says what happened to each goal: {goal id: rows with on, kind, text, note and is_marked}."""
    happened = happened or {}
    with in_danish():
        known = known_of([line.goal for line in lines], report.year, by, at)
        own = [(line, known.get(line.goal_id), happened.get(line.goal_id, [])) for line in lines]
        return {
            "form": FORM,
            "plan": report.plan.title,
            "owner": report.plan.owner.name,
            "year": report.year,
            "summary": report.summary,
            "goals": [_goal(*row) for row in own],
            "actions": _actions(own, report.year),
            "not_shown": [told for row in own for told in _not_shown(*row[:2])],
            "method": _method(own),
            "is_example": report.plan.is_example,
        }


def fingerprint_of(content):
    """This will return the fingerprint of what a status report shows: change one comma, and it is another."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _goal(line, known, happened):
    goal = line.goal
    told = {
        "number": str(goal.number), "text": goal.text, "status": line.get_status_display(), "owner": goal.owner.name,
        "deadline": goal.deadline.isoformat() if goal.deadline else None, "sentences": [row for row in line.drafted.split("\n") if row],
        "comment": line.comment, "baseline": "", "latest": "", "target": "", "charts": [], "tables": [], "method": "",
    }  # fmt: skip
    if known is None or known.course is None:
        return told
    figures = drawing.goal_figures(known.followed)
    for name in ("baseline", "latest", "target"):
        value, label = getattr(figures, name), getattr(figures, f"{name}_label")
        told[name] = "" if value is None else f"{number(value, figures.decimals)} {figures.unit}{f' ({label})' if label else ''}"
    drawn = zip(_pictures(known, happened, WIDTH), _pictures(known, happened, NARROW), strict=True)
    told["charts"] = [_chart(picture) | {"narrow": str(narrow.svg)} for picture, narrow in drawn]
    told["method"] = drawing.method_line(known.sheet.course, known.definition)
    return told


def _pictures(known, happened, width):
    target, definition, indicator = known.target, known.definition, known.target.indicator
    last = date.fromisoformat(known.course["points"][-1]["until"])
    marks = [row for row in happened if row.on < last]

    def size(what):
        return {"width": width, "id_prefix": f"{what}-{target.pk}-{width}"}

    yield drawing.course_picture(known.sheet.course, known.course, target, definition, marks, **size("forloeb"))
    for row in known.sheet.funnels[:1]:
        yield drawing.funnel_picture(row, indicator, definition, names_of(row.figures["areas"]), **size("tragt"))
    if known.sheet.gradient is not None:
        groups = groups_of(known.sheet.gradient.breakdown_id)
        yield drawing.gradient_picture(known.sheet.gradient, groups, indicator, definition, **size("ulighed"))


def _chart(picture):
    table = picture.table
    return {
        "title": picture.title, "svg": str(picture.svg), "alt": picture.description or picture.title, "note": "",
        "table": {"caption": table.caption, "headers": list(table.headers), "rows": [list(row) for row in table.rows]},
    }  # fmt: skip


def _actions(own, year):
    found = {}
    for line, _known_figures, happened in own:
        for row in happened:
            if row.on.year == year:
                key = (row.on, row.text, row.kind)
                found.setdefault(key, (row, []))[1].append(str(line.goal.number))
    words = {"initiative": _("Indsats"), "decision": _("Beslutning"), "definition": _("Ny definition")}
    return [
        {"kind": words[kind], "what": text, "who": getattr(row, "note", ""), "when": long_date(day), "goals": numbers}
        for (day, text, kind), (row, numbers) in sorted(found.items(), key=lambda pair: pair[0])
    ]


def _not_shown(line, known):
    named = _("Mål %(n)s") % {"n": line.goal.number}
    if known is None or known.course is None:
        yield {"what": named, "why": _("Der er ingen tal til og med det år.")}
        return
    for row in known.sheet.funnels[:1]:
        hidden = [area["party"] for area in row.figures["areas"] if area["standing"] == "hidden"]
        names = names_of(row.figures["areas"])
        if hidden:
            what = ", ".join(sorted(names[pk].name for pk in hidden if pk in names))
            yield {"what": f"{named}: {what}", "why": _("For få til at vise.")}
    if known.course["too_early"]:
        yield {"what": named, "why": _("Under 12 målinger er for lidt til grænser: for tidligt at sige.")}


def _method(own):
    told = [_("Tallene er fra de kilder, der står ved hvert mål, som de var, da rapporten blev gjort færdig.")]
    periods = [known.course["points"] for _line, known, _happened in own if known is not None and known.course is not None]
    if periods:
        first = min(date.fromisoformat(points[0]["from"]) for points in periods)
        last = max(date.fromisoformat(points[-1]["until"]) for points in periods) - timedelta(days=1)
        told.append(_("De dækker %(period)s.") % {"period": period(first, last)})
    told.append(_("Et udsving, tilfældet kan forklare, er ingen ændring."))
    told.append(_("At noget sker samtidig, beviser ikke, at det ene er årsag til det andet."))
    return " ".join(told)
