"""Doors to one goal: how it goes, where, for whom, and what happened on the way."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tovholder.base.errors import Refused, passes
from tovholder.findings import queries, rules
from tovholder.parties.queries import local_day
from tovholder.plans import actions as plan_actions
from tovholder.plans import queries as plans
from tovholder.plans import rules as plan_rules
from tovholder.threads import queries as threads
from tovholder.web import downloads
from tovholder.web.plans.forms import tell

from . import sheets
from .forms import IndicatorForm, StatusForm
from .goal_files import json_of, rows_of

BADGES = {"reached": "success", "delayed": "warning", "on_the_way": "info", "not_begun": "plain", "dropped": "plain"}


def found_goal(request, goal_id):
    """This will return a goal that may be read; raises Http404."""
    try:
        return plans.goal(goal_id, request.by, request.at)
    except LookupError as error:
        raise Http404 from error


def crumbs_of(goal, *steps):
    """This will return the way down to a goal, and further."""
    own = reverse("findings:goal", args=[goal.pk]) if steps else ""
    return [
        (_("Mål"), reverse("findings:list")), (goal.plan.title, reverse("findings:plan", args=[goal.plan_id])),
        (_("Mål %(n)s") % {"n": goal.number}, own), *steps,
    ]  # fmt: skip


def chosen_target(request, goal):
    """This will return how a goal is followed and the one of them that is shown; None when nobody follows it."""
    targets = queries.targets_of(goal, request.by, request.at)
    wanted = request.GET.get("indikator", "")
    return targets, next((row for row in targets if row.pk == wanted), targets[0] if targets else None)


def goal(request, goal_id):
    """This will show one goal with its figures, and let the owner's people say how far it has come."""
    found = found_goal(request, goal_id)
    may_report = passes(plan_rules.check_may_report, found, by=request.by)
    may_measure = may_report or request.by.holds(plan_rules.PLANNER, found.plan.owner_id)
    status_form = StatusForm(initial={"status": found.status}, statuses=found.Status.choices)
    indicator_form = IndicatorForm(initial={"indicator": found.indicator})
    if request.method == "POST":
        plan_rules.check_may_report(found, by=request.by) if not may_measure else None
        if request.POST.get("hvad") == "indikator":
            indicator_form = IndicatorForm(request.POST)
        else:
            status_form = StatusForm(request.POST, statuses=found.Status.choices)
        sentence = _saved(request, found, status_form, indicator_form)
        if sentence:
            messages.success(request, sentence)
            return redirect("findings:goal", found.pk)
    late = bool(found.deadline and found.deadline < local_day(request.at) and found.status not in {"reached", "dropped"})
    context = {
        "goal": found, "badge": BADGES[found.status], "is_late": late, "may_report": may_report, "may_measure": may_measure,
        "words": plans.words_of([found.provision_id], request.at).get(found.provision_id) if found.provision_id else None,
        "status_form": status_form, "indicator_form": indicator_form, "crumbs": crumbs_of(found),
    }  # fmt: skip
    context |= _figures(request, found)
    return render(request, "findings/goal.html", context, status=422 if request.method == "POST" else 200)


def _saved(request, found, status_form, indicator_form):
    """Saves the one form that was sent and answers its sentence, or None when something must be corrected."""
    form = indicator_form if request.POST.get("hvad") == "indikator" else status_form
    if not form.is_valid():
        return None
    try:
        if form is indicator_form:
            plan_actions.choose_indicator(found, **form.cleaned_data, by=request.by, at=request.at)
            return _("Indikatoren er gemt.")
        plan_actions.change_goal_status(found, **form.cleaned_data, by=request.by, at=request.at)
        return _("Status er gemt.")
    except Refused as refusal:
        tell(form, refusal)
        return None


def _figures(request, goal):
    """What a goal's page shows of its figures; the time axis is there without them too."""
    targets, target = chosen_target(request, goal)
    happened = threads.happenings(goal, [target] if target else [], request.by, request.at)
    told = {"target": target, "targets": targets, "happened": happened, "movers": threads.movers_of([goal.pk]).get(goal.pk, [])}
    if target is None:
        return told
    definition = queries.definition_now(target.indicator)
    sheet = queries.sheet(target, request.by, request.at, until=sheets.chosen_period(request))
    names = queries.names_of([area for row in sheet.funnels for area in row.figures["areas"]])
    followed = queries.Followed(target, sheet.course.summary if sheet.course else None)
    chosen = sheet.funnels[0].period_until if sheet.funnels else None
    return told | {
        "definition": definition, "numbers": sheets.numbers_of(followed), "is_empty": sheet.is_empty,
        "course": sheets.course_of(sheet, target, definition, happened, told["movers"]),
        "funnels": [sheets.funnel_of(row, target, definition, names) for row in sheet.funnels],
        "gradient": sheets.gradient_of(sheet.gradient, target, definition), "has_all": sheet.all_places is not None,
        "periods": sheets.period_links(sheet.periods, chosen), "may_rebase": passes(rules.check_may_rebase, target, by=request.by),
    }  # fmt: skip


@require_safe
def everywhere(request, goal_id):
    """This will show every municipality through the years on the same scale, on the map, and how unevenly it is shared."""
    goal = found_goal(request, goal_id)
    _targets, target = chosen_target(request, goal)
    sheet = queries.sheet(target, request.by, request.at) if target else None
    if sheet is None or sheet.all_places is None:
        raise Http404
    definition = queries.definition_now(target.indicator)
    context = {
        "goal": goal, "target": target, "crumbs": crumbs_of(goal, (_("Alle kommuner"), "")),
        **sheets.everywhere(sheet, target, definition, request),
    }  # fmt: skip
    return render(request, "findings/everywhere.html", context)


@require_safe
def as_csv(request, goal_id):
    """This will give the figures on a goal's page as a table; what is hidden there is hidden here."""
    goal, target, sheet = _calculated(request, goal_id)
    headers, rows = rows_of(target, sheet)
    return downloads.spreadsheet(f"maal-{goal.number}.csv", headers, rows)


@require_safe
def as_json(request, goal_id):
    """This will give the figures on a goal's page with method, version and digest."""
    goal, target, sheet = _calculated(request, goal_id)
    return downloads.attachment(f"maal-{goal.number}.json", json_of(goal, target, sheet), "application/json")


def _calculated(request, goal_id):
    goal = found_goal(request, goal_id)
    _targets, target = chosen_target(request, goal)
    sheet = queries.sheet(target, request.by, request.at, until=sheets.chosen_period(request)) if target else None
    if sheet is None or sheet.is_empty:
        raise Http404
    return goal, target, sheet
