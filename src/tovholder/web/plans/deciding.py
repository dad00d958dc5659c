"""Doors to approval: who is asked, who has answered what, and adoption."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tovholder.base.errors import Refused, passes
from tovholder.base.written import in_words
from tovholder.parties.queries import local_day
from tovholder.plans import actions, queries, rules
from tovholder.threads import actions as threads
from tovholder.web.accounts.doors import signed_in
from tovholder.web.middleware import never_stored

from .drafting import UNREADABLE
from .forms import AdoptForm, AgendaForm, AskForm, DecisionForm, tell
from .reading import crumbs_of, date_of, found
from .tiles import headline_of, silent_sentence, tiles_of, tiles_to_come


def board(request, version_id):
    """This will show who has said yes, to which text, and who is silent."""
    return _board(request, found(queries.version, version_id, request.by, request.at))


def _board(request, version, *, ask_form=None, adopt_form=None):
    if not version.sealed_at:
        raise Http404
    shown = queries.board(version, request.at)
    today = local_day(request.at)
    to_come = [] if shown.rows else queries.to_be_asked(version.plan, today)
    versions = queries.versions_of(version.plan, request.by, request.at)
    later = [row for row in versions if row.number > version.number and row.published_at]
    context = {
        "plan": version.plan, "version": version, "board": shown, "newer": later[-1] if later else None,
        "newer_on": date_of(later[-1]) if later else None, "sealed_on": local_day(version.sealed_at), "today": today,
        "tiles": tiles_of(shown, request.at) if shown.rows else tiles_to_come(to_come),
        "headline": headline_of(shown) if shown.rows else "",
        "councils": shown.total or sum(step.part == "decides" for step, _party in to_come),
        "days_left": (shown.due_on - today).days if shown.due_on else None,
        "silence_counts": any(row.step.silence_counts for row in shown.rows),
        "silent_text": silent_sentence(shown, request.at) if shown.silent else "",
        "silent_button": _("Skriv til den ene") if len(shown.silent) == 1 else _("Skriv til de %(n)s") % {"n": in_words(len(shown.silent))},
        "may_write": passes(rules.check_may_write, version.plan, by=request.by), "adoption": getattr(version, "adoption", None),
        "ask_form": ask_form or AskForm(), "adopt_form": adopt_form or AdoptForm(),
        "crumbs": crumbs_of(version.plan, (_("Godkendelse"), "")),
    }  # fmt: skip
    return render(request, "plans/board.html", context, status=UNREADABLE if ask_form or adopt_form else 200)


def _own(request, version_id):
    version = found(queries.version, version_id, request.by, request.at)
    rules.check_may_write(version.plan, by=request.by)
    return version


@signed_in
@require_POST
def ask(request, version_id):
    """This will ask everyone the plan's kind names for one answer to this text."""
    version = _own(request, version_id)
    form = AskForm(request.POST)
    if form.is_valid():
        try:
            asked = threads.ask_after_consultation(version, due_on=form.cleaned_data["due_on"], by=request.by, at=request.at)
            sentence = ngettext("Teksten er sendt til %(n)s part.", "Teksten er sendt til %(n)s parter.", len(asked))
            messages.success(request, sentence % {"n": len(asked)})
            return redirect("plans:board", version.pk)
        except Refused as refusal:
            tell(form, refusal)
    return _board(request, version, ask_form=form)


@signed_in
@require_POST
def remind(request, version_id):
    """This will write once more to those who are silent."""
    version = _own(request, version_id)
    silent = actions.remind_silent(version, by=request.by, at=request.at)
    sentence = ngettext("Vi har skrevet til %(n)s part.", "Vi har skrevet til %(n)s parter.", len(silent))
    messages.success(request, sentence % {"n": len(silent)})
    return redirect("plans:board", version.pk)


@signed_in
@require_POST
def adopt(request, version_id):
    """This will adopt a version when everyone has said yes to the same text."""
    version = _own(request, version_id)
    form = AdoptForm(request.POST)
    if form.is_valid():
        try:
            threads.adopt_after_consultation(version, **form.cleaned_data, by=request.by, at=request.at)
            messages.success(request, _("»%(plan)s« er vedtaget.") % {"plan": version.plan.title})
            return redirect("plans:plan", version.plan_id)
        except Refused as refusal:
            tell(form, refusal)
    return _board(request, version, adopt_form=form)


def _outcomes(row):
    return [(code, row.Outcome(code).label) for code in rules.OUTCOMES[row.step.part] if code in rules.CHANGES.get(row.outcome, ())]


@never_stored
def approval(request, approval_id):
    """This will show one party's answer, and take it when the actor may give it."""
    row = found(queries.approval, approval_id, request.by, request.at)
    if request.method == "POST":
        rules.check_may_answer(row, by=request.by)
    council = row.step.body_kind.name if row.step.body_kind and row.step.who == "owner" else ""
    first = {"fingerprint": row.version.fingerprint, "body": council}
    form = DecisionForm(request.POST or None, outcomes=_outcomes(row), initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_decision(row, **form.cleaned_data, by=request.by, at=request.at)
            messages.success(request, _("Svaret fra %(party)s er gemt.") % {"party": row.party.name})
            return redirect("plans:board", row.version_id)
        except Refused as refusal:
            tell(form, refusal)
    return _approval(request, row, form)


def _approval(request, row, form, agenda_form=None):
    may_answer = passes(rules.check_may_answer, row, by=request.by)
    context = {
        "row": row, "version": row.version, "plan": row.version.plan, "form": form, "agenda_form": agenda_form or AgendaForm(),
        "may_answer": may_answer and bool(_outcomes(row)), "may_say_when": may_answer and row.outcome == "asked",
        "sealed_on": local_day(row.version.sealed_at),
        "crumbs": crumbs_of(row.version.plan, (_("Godkendelse"), reverse("plans:board", args=[row.version_id])), (row.party.name, "")),
    }  # fmt: skip
    failed = form.errors or agenda_form is not None
    return render(request, "plans/approval.html", context, status=UNREADABLE if failed else 200)


@signed_in
@require_POST
def agenda(request, approval_id):
    """This will tell on which day a party takes the text up."""
    row = found(queries.approval, approval_id, request.by, request.at)
    rules.check_may_answer(row, by=request.by)
    form = AgendaForm(request.POST)
    if form.is_valid():
        try:
            actions.say_when(row, agenda_on=form.cleaned_data["agenda_on"], by=request.by, at=request.at)
            messages.success(request, _("Dagen er skrevet på tavlen."))
            return redirect("plans:board", row.version_id)
        except Refused as refusal:
            tell(form, refusal)
    return _approval(request, row, DecisionForm(outcomes=_outcomes(row), initial={"fingerprint": row.version.fingerprint}), form)
