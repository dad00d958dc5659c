"""Doors for the person with a code: see what came of it, be told, be forgotten."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tovholder.base.by import By
from tovholder.base.errors import Refused, TooMany
from tovholder.base.written import long_date
from tovholder.intake import actions as intake
from tovholder.threads import actions, queries
from tovholder.web.middleware import never_stored

from .addresses import told
from .claims import contributor_of, token_of
from .forms import CodeForm, MailForm, tell
from .reading import reach_sentence


def _as(contributor, request):
    return By(device=request.by.device, contributor=contributor.pk)


def _ask_for_code(request, form, status=200, sentence=""):
    return render(request, "threads/mine.html", {"form": form, "sentence": sentence}, status=status)


def _too_late(request, refusal):
    return _ask_for_code(request, CodeForm(), status=422, sentence=str(refusal))


def _show(request, contributor, *, mail_form=None, status=200):
    found = queries.mine(contributor, request.at)
    own = [
        (row, told([_root(row)]), long_date(row.statement.written_at), reach_sentence(row.thread))
        for row in found.statements
    ]  # fmt: skip
    context = {
        "own": own, "responses": found.responses, "token": token_of(contributor), "mail_form": mail_form or MailForm(),
        "is_told": bool(contributor.notify_mail), "several": len(own) + len(found.responses) != 1,
    }  # fmt: skip
    return render(request, "threads/own.html", context, status=status)


def _root(row):
    words = _("%(statement)s, %(day)s") % {
        "statement": row.statement if row.statement.number else _("Dit udsagn"),
        "day": long_date(row.statement.written_at),
    }
    return queries.Item(words, children=row.thread.nested)


@never_stored
def mine(request):
    """This will ask for a code, and show at once what came of what the person said. The code is never written on a page."""
    if request.method != "POST":
        return _ask_for_code(request, CodeForm())
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _ask_for_code(request, form, status=422)
    try:
        contributor = intake.claim(form.cleaned_data["code"], device=request.by.device, at=request.at)
    except Refused as refusal:
        return _ask_for_code(request, tell(form, refusal), status=429 if isinstance(refusal, TooMany) else 422)
    return _show(request, contributor)


@require_POST
@never_stored
def tell_me(request):
    """This will keep an address until there is more to tell."""
    try:
        contributor = contributor_of(request.POST.get("token"))
    except Refused as refusal:
        return _too_late(request, refusal)
    form = MailForm(request.POST)
    if not form.is_valid():
        return _show(request, contributor, mail_form=form, status=422)
    try:
        intake.ask_to_be_told(contributor, mail=form.cleaned_data["mail"], by=_as(contributor, request), at=request.at)
    except Refused as refusal:
        return _show(request, contributor, mail_form=tell(form, refusal), status=422)
    return render(request, "threads/told.html")


@require_POST
@never_stored
def forget_me(request):
    """This will ask once whether to forget, and then forget."""
    try:
        contributor = contributor_of(request.POST.get("token"))
    except Refused as refusal:
        return _too_late(request, refusal)
    if "sure" not in request.POST:
        return render(request, "threads/forget.html", {"token": token_of(contributor)})
    actions.forget(contributor, by=_as(contributor, request), at=request.at)
    return render(request, "threads/forgotten.html")
