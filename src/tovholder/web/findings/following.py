"""Doors to how a goal is followed: choose an indicator, change the target, move the baseline by a decision, tie an initiative, stop."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tovholder.base.errors import Refused
from tovholder.findings import actions, queries, rules
from tovholder.findings.queries import drawing
from tovholder.initiatives import queries as initiatives
from tovholder.parties import queries as parties
from tovholder.plans import rules as plans
from tovholder.threads import actions as threads
from tovholder.web.accounts.doors import signed_in
from tovholder.web.plans.forms import tell

from .forms import AimForm, ChooseForm, RebaseForm, TargetForm
from .goals import crumbs_of, found_goal

UNREADABLE = 422


def _form_page(request, goal, forms, *, title, lead, button, back):
    failed = any(form.errors for form in forms)
    context = {
        "goal": goal, "forms": forms, "title": title, "lead": lead, "button": button, "back": back, "crumbs": crumbs_of(goal, (title, "")),
    }  # fmt: skip
    return render(request, "findings/follow.html", context, status=UNREADABLE if failed else 200)


def _parties(goal, at):
    """Whose figures a goal can be followed by: the plan's owner first, then who owns the goal, the region's parts, and the country."""
    day = parties.local_day(at)
    own = [goal.plan.owner, goal.owner, *parties.members_on(goal.plan.owner, day), *parties.parties_on(day, kind="country")]
    return list({row.pk: row for row in own}.values())


@signed_in
def follow(request, goal_id):
    """This will follow a goal by an indicator: first which one, then for whom, from what and to what."""
    goal = found_goal(request, goal_id)
    plans.check_may_measure(goal, goal.indicator or "–", by=request.by)
    indicators = queries.indicators_to_follow()
    given = request.POST or (request.GET if "indicator" in request.GET else None)
    choose = ChooseForm(given, indicators=indicators)
    back = reverse("findings:goal", args=[goal.pk])
    if not choose.is_valid():
        words = {
            "title": _("Vælg en indikator"), "lead": _("Vælg det tal, der bedst viser, om målet bliver nået."), "button": _("Gå videre"),
        }  # fmt: skip
        return _form_page(request, goal, [choose], **words, back=back)
    indicator = next(row for row in indicators if row.pk == choose.cleaned_data["indicator"])
    form = TargetForm(
        request.POST or None, parties=_parties(goal, request.at), breakdowns=queries.breakdowns_of(indicator),
        initial={"due_on": goal.deadline, "party": goal.plan.owner_id},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            threads.follow_goal(goal, indicator, chosen=form.chosen(), by=request.by, at=request.at)
            messages.success(request, _("Målet følges med »%(name)s«. Tallene bliver regnet om lidt.") % {"name": indicator.label})
            return redirect("findings:goal", goal.pk)
        except Refused as refusal:
            tell(form, refusal)
    context = {
        "goal": goal, "forms": [form], "title": _("Følg målet"), "lead": _("Målet følges med »%(name)s«.") % {"name": indicator.label},
        "button": _("Følg målet"), "back": back, "kept": [("indicator", indicator.pk)], "is_post": True,
        "crumbs": crumbs_of(goal, (_("Følg målet"), "")),
    }  # fmt: skip
    return render(request, "findings/follow.html", context, status=UNREADABLE if form.errors else 200)


def _target(request, target_id):
    try:
        return queries.target(target_id, request.by, request.at)
    except LookupError as error:
        raise Http404 from error


def _act(request, target, form, act, *, done, title, lead, button):
    """One form about how a goal is followed: shown, refused with everything kept, or done."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
            messages.success(request, done)
            return redirect("findings:goal", target.goal_id)
        except Refused as refusal:
            tell(form, refusal)
    context = {
        "goal": target.goal, "forms": [form], "title": title, "lead": lead, "button": button, "is_post": True,
        "back": reverse("findings:goal", args=[target.goal_id]), "crumbs": crumbs_of(target.goal, (title, "")),
    }  # fmt: skip
    return render(request, "findings/follow.html", context, status=UNREADABLE if form.errors else 200)


@signed_in
def change(request, target_id):
    """This will change what a goal is compared with, or where it is to come."""
    target = _target(request, target_id)
    rules.check_may_change_target(target, by=request.by)
    first = {name: getattr(target, name) for name in ("value", "due_on", "baseline_from")}
    if target.value is not None:
        first["value"] = str(target.value).replace(".", ",")
    first |= {"party": target.party_id, "breakdown": target.breakdown_id or "", "baseline_last": _last_day(target.baseline_until)}
    choices = list({row.pk: row for row in (*_parties(target.goal, request.at), target.party)}.values())
    form = TargetForm(request.POST or None, parties=choices, breakdowns=queries.breakdowns_of(target.indicator), initial=first)
    return _act(
        request, target, form, lambda: actions.change_target(target, **form.chosen(), by=request.by, at=request.at),
        done=_("Rettet. Tallene bliver regnet om lidt."), title=_("Ret, hvordan målet følges"), button=_("Gem"),
        lead=_("Målet følges med »%(name)s«.") % {"name": target.indicator.label},
    )  # fmt: skip


def _last_day(until):
    return drawing.last_day(until) if until else None


@signed_in
def rebase(request, target_id):
    """This will record the decision that another level is what to compare with from a day on."""
    target = _target(request, target_id)
    rules.check_may_rebase(target, by=request.by)
    form = RebaseForm(request.POST or None)
    lead = _("Grænserne flytter sig ikke af sig selv. Det kræver en beslutning, og den står på tidslinjen bagefter.")
    return _act(
        request, target, form, lambda: actions.rebase(target, **form.cleaned_data, by=request.by, at=request.at),
        done=_("Det nye niveau er skrevet ned. Tallene bliver regnet om lidt."), title=_("Sammenlign med et nyt niveau"), lead=lead,
        button=_("Skriv beslutningen ned"),
    )  # fmt: skip


@signed_in
@require_POST
def stop(request, target_id):
    """This will stop following a goal by an indicator."""
    target = _target(request, target_id)
    threads.stop_following(target, by=request.by, at=request.at)
    messages.success(request, _("Målet følges ikke længere med »%(name)s«.") % {"name": target.indicator.label})
    return redirect("findings:goal", target.goal_id)


@signed_in
def aim(request, goal_id):
    """This will say that an initiative or a programme is to move a goal."""
    goal = found_goal(request, goal_id)
    plans.check_may_measure(goal, goal.indicator or "–", by=request.by)
    form = AimForm(request.POST or None, initiatives=initiatives.initiatives(), programmes=initiatives.programmes())
    if request.method == "POST" and form.is_valid():
        try:
            threads.aim_at_goal(form.movers[form.cleaned_data["mover"]], goal, by=request.by, at=request.at)
            messages.success(request, _("Indsatsen er knyttet til målet. Den står på tidslinjen."))
            return redirect("findings:goal", goal.pk)
        except Refused as refusal:
            tell(form, refusal)
    context = {
        "goal": goal, "forms": [form], "title": _("Hvad skal rykke målet?"), "button": _("Knyt indsatsen til målet"), "is_post": True,
        "lead": _("Dagen, den begynder, bliver mærket i diagrammet, og vi regner på før og efter."),
        "back": reverse("findings:goal", args=[goal.pk]), "crumbs": crumbs_of(goal, (_("Hvad skal rykke målet?"), "")),
    }  # fmt: skip
    return render(request, "findings/follow.html", context, status=UNREADABLE if form.errors else 200)
