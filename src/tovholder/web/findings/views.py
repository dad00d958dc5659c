"""Doors to many goals at once: those of all plans, those of one plan with how they go, and how everything is calculated."""

from functools import lru_cache
from itertools import groupby

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tovholder.base.errors import passes
from tovholder.findings import queries, rules
from tovholder.findings.queries import drawing
from tovholder.parties.queries import local_day
from tovholder.pictures import spark
from tovholder.plans import queries as plans
from tovholder.web.design.strictness import finished

from .goals import BADGES

STRIP = 330


@require_safe
def listing(request):
    """This will list the goals of the plans that may be seen, plan by plan."""
    goals = list(plans.goals(request.by, request.at))
    measured = queries.measured_goals([row.pk for row in goals], request.by, request.at)
    for row in goals:
        row.badge, row.is_measured = BADGES[row.status], row.pk in measured
    counts = [
        (_("mål i alt"), len(goals)),
        (_("er nået"), sum(row.status == "reached" for row in goals)),
        (_("er forsinket"), sum(row.status == "delayed" for row in goals)),
        (_("har ingen indikator"), sum(not row.indicator for row in goals)),
    ]
    shown = [(rows[0].plan, rows) for rows in (list(group) for _plan, group in groupby(goals, key=lambda row: row.plan_id))]
    return render(request, "findings/list.html", {"goals": goals, "plans": shown, "counts": counts})


@require_safe
def plan(request, plan_id):
    """This will show how all goals of a plan go: where each was, is and is promised to go, and its yearly status."""
    try:
        found = plans.plan(plan_id, request.by, request.at)
    except LookupError as error:
        raise Http404 from error
    goals = list(plans.goals(request.by, request.at, plan=found))
    followed = queries.followed(goals, request.by, request.at)
    may_report = passes(rules.check_may_report_status, found, by=request.by)
    rows = [_row(goal, followed.get(goal.pk), local_day(request.at)) for goal in goals]
    context = {
        "plan": found, "rows": rows, "counts": _counts(rows), "may_report": may_report,
        "reports": queries.reports_of(found, request.by, request.at),
        "years": queries.years_to_report(found, request.at) if may_report and goals else [],
        "crumbs": [(_("Mål"), reverse("findings:list")), (found.title, "")],
    }  # fmt: skip
    return render(request, "findings/plan.html", context)


def _row(goal, followed, today):
    late = bool(goal.deadline and goal.deadline < today and goal.status not in {"reached", "dropped"})
    strip = drawing.strip_picture(followed, width=STRIP, id_prefix=f"maal-{goal.number}") if followed else None
    standing = followed.summary["standing"] if followed and followed.summary else ("none" if goal.indicator else "unmeasured")
    row = {
        "goal": goal, "badge": BADGES[goal.status], "is_late": late, "followed": followed, "standing": standing,
        "standing_word": STANDINGS[standing](),
    }  # fmt: skip
    if strip is not None:
        row |= {"strip": finished(str(strip.svg)), "sentence": strip.title, "spark": _spark(goal, followed)}
    return row


STANDINGS = {
    "better": lambda: _("Bedre end før"),
    "worse": lambda: _("Værre end før"),
    "changed": lambda: _("Anderledes end før"),
    "same": lambda: _("Som før"),
    "early": lambda: _("For tidligt at sige"),
    "none": lambda: _("Ingen har målt endnu"),
    "unmeasured": lambda: _("Ingen måler det endnu"),
}


def _spark(goal, followed):
    """The newest points as a line beside the three numbers that say the same; nobody needs to hear it too."""
    values = followed.summary["spark"]
    if sum(value is not None for value in values) < 2:
        return ""
    return _line(tuple(values), goal.text, f"gnist-{goal.number}")


@lru_cache(maxsize=512)
def _line(values, title, id_prefix):
    return finished(str(spark(values, title=title, width=130, height=44, id_prefix=id_prefix).svg))


def _counts(rows):
    return [
        (sum(row["standing"] == "better" for row in rows), _("bedre end før")),
        (sum(row["standing"] == "worse" for row in rows), _("værre end før")),
        (sum(row["standing"] in ("same", "changed", "early") for row in rows), _("uden sikker ændring")),
        (sum(row["standing"] in ("none", "unmeasured") for row in rows), _("uden tal")),
    ]


@require_safe
def method(request):
    """This will say in plain words how goals are followed, what is not shown, and what no figure here proves."""
    return render(request, "findings/goal_method.html", {"crumbs": [(_("Mål"), reverse("findings:list")), (_("Sådan har vi regnet"), "")]})
