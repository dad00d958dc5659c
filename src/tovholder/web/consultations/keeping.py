"""Doors for the secretariat: opening a round, its list and letters, typing in what came by mail, and concluding."""

from datetime import date

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tovholder.base.errors import Refused
from tovholder.consultations import actions, queries, rules
from tovholder.parties.queries import kinds, local_day
from tovholder.plans.queries import texts_of
from tovholder.texts.danish import in_denmark
from tovholder.web.accounts.doors import signed_in

from . import words
from .desk_forms import AddForm, ConcludeForm, ExtendForm, KindForm, LetterForm, ProposedForm, paragraphs_of
from .doors import found, posted
from .forms import OpenForm, refuse


def _worked(request, consultation_id):
    consultation = found(queries.consultation, consultation_id, request.by, request.at)
    rules.check_may_work(consultation, by=request.by)
    return consultation


def _public(request, consultation):
    return request.build_absolute_uri(reverse("consultations:consultation", args=[consultation.pk]))


@signed_in
def open_round(request, version_id):
    """This will open a round over a version: the draft is sealed, and everyone can read it."""
    version = found(queries.version_to_open, version_id, request.by)
    initial = {
        "title": (_("Høring om %(plan)s") % {"plan": version.plan.title})[:160],
        "opens_on": local_day(request.at),
        "purpose": _("Vi læser alle svar, vurderer hver bemærkning og viser, hvad den førte til."),
        "legal_basis": _("Databeskyttelsesforordningens artikel 6, stk. 1, litra e: en opgave i samfundets interesse."),
        "delete_on": date(local_day(request.at).year + 5, 12, 31),
        "contact_role": version.plan.contact_role,
    }
    form = OpenForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            consultation = actions.open_consultation(version, **form.words(), by=request.by, at=request.at)
            messages.success(request, _("Høringen er oprettet. Nu mangler høringslisten."))
            return redirect("consultations:parties", consultation.pk)
        except Refused as refusal:
            refuse(form, refusal)
    return render(request, "consultations/open.html", {"version": version, "form": form}, status=422 if form.errors else 200)


@signed_in
def on_list(request, consultation_id):
    """This will show who is asked, who has answered, and whom to add."""
    consultation = _worked(request, consultation_id)
    return _list_page(request, consultation)


def _list_page(request, consultation, *, add_form=None):
    rows = queries.list_of(consultation)
    answered, asked = queries.answered_counts(rows)
    kind_form = KindForm({"slags": request.GET.get("slags") or "municipality"}, kinds=kinds())
    kind = kind_form.data["slags"]
    context = {
        "consultation": consultation,
        "rows": rows,
        "answered_line": words.answered_line(answered, asked),
        "unsent": sum(row.asked_at is None and bool(row.mailbox) for row in rows),
        "without_mailbox": sum(row.asked_at is None and not row.mailbox for row in rows),
        "silent": sum(row.asked_at is not None and row.answer is None for row in rows),
        "kind": kind,
        "kind_form": kind_form,
        "add_form": add_form or _add_form(request, consultation, kind),
        "others_label": _("Andre %(kind)s") % {"kind": dict(kind_form.fields["slags"].choices).get(kind, kind).lower()},
        "owner_is_region": consultation.version.plan.owner.kind_id == "region",
        "eyebrow": words.eyebrow_of(consultation, request.at),
    }
    return render(request, "consultations/parties.html", context, status=422 if add_form is not None else 200)


def _add_form(request, consultation, kind):
    own, others = queries.add_candidates(consultation, local_day(request.at), kind=kind)
    return AddForm(posted(request), own=own, others=others, owner=consultation.version.plan.owner)


@signed_in
@require_POST
def add(request, consultation_id):
    """This will put parties on the list."""
    consultation = _worked(request, consultation_id)
    form = _add_form(request, consultation, request.GET.get("slags"))
    if form.is_valid():
        try:
            added = actions.put_on_list(consultation, parties=form.rows(), by=request.by, at=request.at)
            sentence = ngettext("%(n)s er kommet på listen.", "%(n)s er kommet på listen.", len(added))
            messages.success(request, sentence % {"n": len(added)})
            return redirect("consultations:parties", consultation.pk)
        except Refused as refusal:
            refuse(form, refusal)
    return _list_page(request, consultation, add_form=form)


@signed_in
@require_POST
def send(request, consultation_id):
    """This will send the letter to those who have not got it."""
    consultation = _worked(request, consultation_id)
    try:
        asked = actions.send_out(consultation, address=_public(request, consultation), by=request.by, at=request.at)
        sentence = ngettext("Brevet er på vej til %(n)s part.", "Brevet er på vej til %(n)s parter.", len(asked))
        messages.success(request, sentence % {"n": len(asked)})
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("consultations:parties", consultation.pk)


@signed_in
@require_POST
def remind(request, consultation_id):
    """This will remind those who have not answered."""
    consultation = _worked(request, consultation_id)
    try:
        silent = actions.remind(consultation, address=_public(request, consultation), by=request.by, at=request.at)
        sentence = ngettext("Påmindelsen er på vej til %(n)s part.", "Påmindelsen er på vej til %(n)s parter.", len(silent))
        messages.success(request, sentence % {"n": len(silent)})
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("consultations:parties", consultation.pk)


@signed_in
def extend(request, listed_id):
    """This will give one party more time."""
    listed = found(queries.listed, listed_id, request.by, request.at)
    form = ExtendForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.extend(listed, to=form.to(), reason=form.cleaned_data["reason"], by=request.by, at=request.at)
            messages.success(request, _("%(name)s har fået ny frist.") % {"name": listed.name})
            return redirect("consultations:parties", listed.consultation_id)
        except Refused as refusal:
            refuse(form, refusal)
    context = {"listed": listed, "consultation": listed.consultation, "form": form}
    return render(request, "consultations/extend.html", context, status=422 if form.errors else 200)


def _now(at):
    local = in_denmark(at)
    return {"received_on": local.date(), "received_hour": local.time()}


@signed_in
def type_in(request, consultation_id):
    """This will type in a response that came by letter or mail: first the letter, then a place for each paragraph."""
    consultation = _worked(request, consultation_id)
    texts = list(texts_of(consultation.version))
    form = LetterForm(posted(request), listed=queries.list_of(consultation), initial=_now(request.at))
    proposed = None
    if request.method == "POST" and form.is_valid():
        paragraphs = paragraphs_of(form.cleaned_data["letter"])
        is_chosen = "save" in request.POST
        proposed = ProposedForm(request.POST if is_chosen else None, paragraphs=paragraphs, texts=texts)
        if is_chosen and proposed.is_valid():
            try:
                return _typed(request, consultation, form, proposed)
            except Refused as refusal:
                refuse(form, refusal)
    context = {"consultation": consultation, "form": form, "proposed": proposed, "limit": rules.LONGEST_REMARK}
    return render(request, "consultations/type_in.html", context, status=422 if form.errors else 200)


def _typed(request, consultation, form, proposed):
    response = actions.type_in_response(
        consultation,
        **form.sender(),
        received_at=form.received_at(),
        letter=form.cleaned_data["letter"],
        remarks=proposed.remarks(),
        by=request.by,
        at=request.at,
    )
    messages.success(request, _("Svaret er registreret som nr. %(n)s.") % {"n": response.number})
    return redirect(reverse("consultations:desk", args=[consultation.pk]) + f"?svar={response.pk}")


@signed_in
def conclude(request, consultation_id):
    """This will conclude a round when everything is answered, or when someone writes why not."""
    consultation = _worked(request, consultation_id)
    even = queries.equation(consultation)
    form = ConcludeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.conclude(consultation, reason=form.cleaned_data["reason"], by=request.by, at=request.at)
            messages.success(request, _("Høringen er afsluttet."))
            return redirect("consultations:consultation", consultation.pk)
        except Refused as refusal:
            refuse(form, refusal)
    context = {"consultation": consultation, "even": even, "missing": even.received - even.reported, "form": form}
    return render(request, "consultations/conclude.html", context, status=422 if form.errors else 200)
