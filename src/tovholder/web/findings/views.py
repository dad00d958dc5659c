"""Doors to the goals of all plans: who owns them, how far they have come, and whether anyone measures them."""

from itertools import groupby

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tovholder.base.errors import Refused, passes
from tovholder.parties.queries import local_day
from tovholder.plans import actions, queries, rules
from tovholder.web.plans.forms import tell

from .forms import IndicatorForm, StatusForm

_BADGES = {"reached": "success", "delayed": "warning", "on_the_way": "info", "not_begun": "plain", "dropped": "plain"}


def listing(request):
    """This will list the goals of the plans that may be seen, plan by plan."""
    goals = list(queries.goals(request.by, request.at))
    for row in goals:
        row.badge = _BADGES[row.status]
    counts = [
        (_("mål i alt"), len(goals)),
        (_("er nået"), sum(row.status == "reached" for row in goals)),
        (_("er forsinket"), sum(row.status == "delayed" for row in goals)),
        (_("har ingen indikator"), sum(not row.indicator for row in goals)),
    ]
    plans = [(rows[0].plan, rows) for rows in (list(group) for _plan, group in groupby(goals, key=lambda row: row.plan_id))]
    return render(request, "findings/list.html", {"goals": goals, "plans": plans, "counts": counts})


def _saved(request, found, status_form, indicator_form):
    """Saves the one form that was sent and answers its sentence, or None when something must be corrected."""
    form = indicator_form if request.POST.get("hvad") == "indikator" else status_form
    if not form.is_valid():
        return None
    try:
        if form is indicator_form:
            actions.choose_indicator(found, **form.cleaned_data, by=request.by, at=request.at)
            return _("Indikatoren er gemt.")
        actions.change_goal_status(found, **form.cleaned_data, by=request.by, at=request.at)
        return _("Status er gemt.")
    except Refused as refusal:
        tell(form, refusal)
        return None


def goal(request, goal_id):
    """This will show one goal, and let the owner's people say how far it has come."""
    try:
        found = queries.goal(goal_id, request.by, request.at)
    except LookupError as error:
        raise Http404 from error
    may_report = passes(rules.check_may_report, found, by=request.by)
    may_measure = may_report or request.by.holds(rules.PLANNER, found.plan.owner_id)
    statuses = found.Status.choices
    status_form = StatusForm(initial={"status": found.status}, statuses=statuses)
    indicator_form = IndicatorForm(initial={"indicator": found.indicator})
    if request.method == "POST":
        rules.check_may_report(found, by=request.by) if not may_measure else None
        if request.POST.get("hvad") == "indikator":
            indicator_form = IndicatorForm(request.POST)
        else:
            status_form = StatusForm(request.POST, statuses=statuses)
        sentence = _saved(request, found, status_form, indicator_form)
        if sentence:
            messages.success(request, sentence)
            return redirect("findings:goal", found.pk)
    late = bool(found.deadline and found.deadline < local_day(request.at) and found.status not in {"reached", "dropped"})
    context = {
        "goal": found, "badge": _BADGES[found.status], "is_late": late, "may_report": may_report, "may_measure": may_measure,
        "words": queries.words_of([found.provision_id], request.at).get(found.provision_id) if found.provision_id else None,
        "status_form": status_form, "indicator_form": indicator_form,
        "crumbs": [(_("Mål"), reverse("findings:list")), (_("Mål %(n)s") % {"n": found.number}, "")],
    }  # fmt: skip
    return render(request, "findings/goal.html", context, status=422 if request.method == "POST" else 200)
