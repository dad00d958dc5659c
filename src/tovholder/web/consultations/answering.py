"""Doors for those who answer: with a mandate for a party, or without an account and with a code."""

import secrets
from datetime import time

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tovholder.base.errors import Refused, passes
from tovholder.base.keys import keyed_bits
from tovholder.consultations import actions, queries, rules
from tovholder.intake.actions import claim
from tovholder.parties.queries import local_day, members_on, party
from tovholder.plans.queries import texts_of
from tovholder.texts.code_words import BITS_IN_CODE, new_code
from tovholder.web.accounts.doors import signed_in
from tovholder.web.middleware import never_stored

from . import words
from .doors import answering_by, found, posted, remember
from .forms import GENERAL, CodeForm, GuestForm, PiecesForm, ReasonForm, SendForm, SignersForm, moment, refuse
from .rounds import with_places

CODE_KEY = "answers_code"


def _own(request, response_id):
    """A response the person may write; otherwise it does not exist."""
    by = answering_by(request)
    response = found(queries.response, response_id, by, request.at)
    return by, found(_if_own, response, by)


def _if_own(response, by):
    if not rules.is_own(response, by):
        raise LookupError
    return response


@never_stored
def respond(request, consultation_id):
    """This will begin a response: for one of the own parties, or for a person who gets a code."""
    consultation = found(queries.consultation, consultation_id, request.by, request.at)
    if "party" in request.POST:
        return _begin_for_party(request, consultation)
    form = GuestForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            return _begin_with_code(request, consultation, form)
        except Refused as refusal:
            refuse(form, refusal)
    by = answering_by(request)
    context = {
        "consultation": consultation,
        "form": form,
        "code_form": CodeForm(),
        "parties": queries.may_respond_for(by) if by.is_signed_in else [],
        "own": list(queries.drafts_of(consultation, by)) if by.is_signed_in or by.contributor else [],
        "closed": _closed(consultation, request.at),
        "time_line": words.time_line(consultation, request.at),
    }
    return render(request, "consultations/respond.html", context, status=422 if form.errors else 200)


def _closed(consultation, at):
    try:
        rules.check_is_open(consultation, None, at, is_kept=False)
    except Refused as refusal:
        return str(refusal)
    return ""


def _begin_for_party(request, consultation):
    chosen = found(party, request.POST["party"])
    response = actions.begin_response(consultation, party=chosen, by=request.by, at=request.at)
    return redirect("consultations:response", response.pk)


def _begin_with_code(request, consultation, form):
    seed = secrets.token_hex(16)
    response = actions.begin_response(consultation, **form.cleaned_data, claim_code=_code(seed), by=request.by, at=request.at)
    remember(request, response.contributor_id)
    request.session[CODE_KEY] = seed
    return redirect("consultations:response", response.pk)


def _code(seed):
    """The session keeps only a seed until the code has been shown; the code itself is stored nowhere."""
    return new_code(keyed_bits("answer-code", seed, BITS_IN_CODE)) if seed else ""


@never_stored
@require_POST
def continue_with_code(request, consultation_id):
    """This will let a person go on with a response by its code."""
    consultation = found(queries.consultation, consultation_id, request.by, request.at)
    form = CodeForm(request.POST)
    try:
        if form.is_valid():
            remember(request, claim(form.cleaned_data["code"], device=request.by.device, at=request.at).pk)
            own = queries.drafts_of(consultation, answering_by(request)).first()
            return redirect("consultations:response", own.pk) if own else redirect("consultations:respond", consultation.pk)
    except Refused as refusal:
        refuse(form, refusal)
    context = {"consultation": consultation, "form": GuestForm(), "code_form": form, "closed": _closed(consultation, request.at)}
    return render(request, "consultations/respond.html", context, status=422)


@never_stored
def response(request, response_id):
    """This will show a response: its form while it is an own draft, its words when it is sent."""
    by = answering_by(request)
    response = found(queries.response, response_id, by, request.at)
    if response.state != "draft" or not rules.is_own(response, by):
        return _read(request, response, by)
    texts = list(texts_of(response.consultation.version))
    form = PiecesForm(posted(request), texts=texts, remarks=queries.remarks_of(response))
    if request.method == "POST" and form.is_valid():
        saved = actions.save_remarks(response, pieces=form.touched(), by=by, at=request.at)
        if not saved.problems and not saved.closed:
            return _saved(request, response)
        form.tell(saved.problems)
        return render(request, "consultations/response.html", _writing(request, response, form, texts, saved.closed), status=422)
    return render(request, "consultations/response.html", _writing(request, response, form, texts, None))


def _saved(request, response):
    if "review" in request.POST:
        return redirect("consultations:review", response.pk)
    messages.success(request, _("Gemt. Du kan lukke siden og fortsætte senere."))
    place = request.POST.get("piece", "")
    return redirect(reverse("consultations:response", args=[response.pk]) + (f"#punkt-{place}" if place.isalnum() else ""))


def _writing(request, response, form, texts, closed):
    if closed is None:
        try:
            rules.check_is_open(response.consultation, response.listed, request.at)
        except Refused as refusal:
            closed = refusal
    return {
        "response": response,
        "consultation": response.consultation,
        "form": form,
        "pieces": [(row, *form.piece(row.provision_id)) for row in texts],
        "general": form.piece(GENERAL),
        "closed": closed,
        "limit": rules.LONGEST_REMARK,
        "code": _code(request.session.pop(CODE_KEY, "")),
        "time_line": words.time_line(response.consultation, request.at),
        **_joint(request, response),
    }


def _joint(request, response):
    signers = queries.signers_asked(response)
    own = {row.party for row in request.by.mandates}
    return {
        "signers": signers,
        "own_signers": [row for row in signers if row.party_id in own and passes_sign(row, request)],
        "may_close": passes(rules.check_may_close_signers, response, by=request.by, at=request.at),
        "signers_form": _signers_form(request, response, signers),
    }


def passes_sign(row, request):
    """This will answer whether the person may answer for a signer."""
    return any(passes(rules.check_may_sign, row, state=state, by=request.by, at=request.at) for state in ("approved", "opted_out"))


def _signers_form(request, response, signers, data=None):
    """Only a party writes a joint response; it may speak for the municipalities of the plan's region."""
    if response.party_id is None or response.state != "draft" or not rules.is_own(response, request.by):
        return None
    there = {row.party_id for row in signers} | {response.party_id}
    members = members_on(response.consultation.version.plan.owner, local_day(request.at), kind="municipality")
    return SignersForm(data, parties=[row for row in members if row.pk not in there])


def _read(request, response, by):
    consultation = response.consultation
    texts = {row.provision_id: row for row in texts_of(consultation.version)}
    may_work = passes(rules.check_may_work, consultation, by=request.by)
    public = response.state == "submitted" and not response.waits_for_review
    context = {
        "response": response,
        "consultation": consultation,
        "remarks": with_places(list(queries.remarks_of(response)), texts, consultation),
        "may_read": public or may_work or rules.is_own(response, by) or response.state == "draft",
        "may_withdraw": response.state == "submitted" and (rules.is_own(response, by) or may_work),
        "may_work": may_work,
        **_joint(request, response),
    }
    return render(request, "consultations/read.html", context)


@never_stored
def review(request, response_id):
    """This will show the whole draft before it is sent, and send it."""
    by, response = _own(request, response_id)
    form = SendForm(posted(request))
    refusal = None
    if response.state != "draft":
        return redirect("consultations:receipt", response.pk)
    if request.method == "POST" and form.is_valid():
        try:
            actions.submit_response(response, **form.cleaned_data, by=by, at=request.at)
            return redirect("consultations:receipt", response.pk)
        except Refused as caught:
            refusal = refuse(form, caught) and caught
    texts = {row.provision_id: row for row in texts_of(response.consultation.version)}
    context = {
        "response": response,
        "consultation": response.consultation,
        "form": form,
        "remarks": with_places(list(queries.remarks_of(response)), texts, response.consultation),
        "closed": passes(rules.check_is_open, response.consultation, response.listed, request.at) is False and refusal,
    }
    return render(request, "consultations/review.html", context, status=422 if refusal or form.errors else 200)


@never_stored
def receipt(request, response_id):
    """This will show that a response has been received, with its number."""
    _by, response = _own(request, response_id)
    if response.state == "draft":
        return redirect("consultations:review", response.pk)
    has_mail = bool((response.party and response.party.mailbox) or (response.listed and response.listed.mailbox))
    context = {"response": response, "consultation": response.consultation, "has_mail": has_mail}
    return render(request, "consultations/receipt.html", context)


@never_stored
def withdraw(request, response_id):
    """This will withdraw a sent response with a reason."""
    by = answering_by(request)
    response = found(queries.response, response_id, by, request.at)
    if not rules.is_own(response, by) and not passes(rules.check_may_work, response.consultation, by=request.by):
        raise Http404
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_response(response, reason=form.cleaned_data["reason"], by=by, at=request.at)
            messages.success(request, _("Svar nr. %(n)s er trukket tilbage.") % {"n": response.number})
            return redirect("consultations:consultation", response.consultation_id)
        except Refused as refusal:
            refuse(form, refusal)
    context = {"response": response, "consultation": response.consultation, "form": form}
    return render(request, "consultations/withdraw.html", context, status=422 if form.errors else 200)


@never_stored
@require_POST
def ask_in(request, response_id):
    """This will ask the secretariat to include a draft that was not sent in time."""
    by, response = _own(request, response_id)
    actions.ask_to_be_included(response, by=by, at=request.at)
    messages.success(request, _("Vi har bedt sekretariatet om at tage svaret med."))
    return redirect("consultations:response", response.pk)


@signed_in
@require_POST
def ask_signers(request, response_id):
    """This will ask municipalities to stand behind a joint response."""
    by, response = _own(request, response_id)
    form = _signers_form(request, response, queries.signers_asked(response), request.POST)
    if form is None or not form.is_valid():
        raise Refused(_("Vælg mindst én kommune og en intern frist."))
    due = moment(form.cleaned_data["due_on"], time(12))
    asked = [found(party, key) for key in form.cleaned_data["parties"]]
    actions.ask_signers(response, parties=asked, due_at=due, by=by, at=request.at)
    messages.success(request, ngettext("%(n)s kommune er spurgt.", "%(n)s kommuner er spurgt.", len(asked)) % {"n": len(asked)})
    return redirect("consultations:response", response.pk)


@signed_in
@require_POST
def close_signers(request, response_id):
    """This will count silence as consent after the internal deadline."""
    by, response = _own(request, response_id)
    tacit = actions.close_signers(response, by=by, at=request.at)
    messages.success(request, _("Runden er lukket. %(n)s har accepteret stiltiende.") % {"n": tacit})
    return redirect("consultations:response", response.pk)


@signed_in
@require_POST
def sign(request, signer_id):
    """This will say whether a municipality stands behind a joint response."""
    signer = found(queries.signer, signer_id, request.by, request.at)
    approves = request.POST.get("answer") == "approved"
    actions.answer_as_signer(signer, approves=approves, by=request.by, at=request.at)
    messages.success(request, _("Gemt: I er med i svaret.") if approves else _("Gemt: I er ikke med i svaret."))
    return redirect("consultations:response", signer.response_id)
