"""Doors to the moderator's desk: what waits, one text at a time, and what becomes of it."""

import re

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tovholder.base.errors import Refused
from tovholder.dialogue import actions, queries
from tovholder.web.accounts.doors import signed_in

from .forms import DecisionForm, ReadingForm

_MARK = re.compile(r"\[([^\[\]\n]{1,40} fjernet)\]")
_FIELDS = {"text": "text", "reason": "declined"}


def _conference(request, conference_id):
    try:
        return queries.moderated_conference(conference_id, by=request.by, at=request.at)
    except LookupError as error:
        raise Http404 from error


def _sheet(request, conference, statement_id):
    try:
        return queries.sheet(conference, statement_id, by=request.by, at=request.at)
    except LookupError as error:
        raise Http404 from error


@require_safe
@signed_in
def desks(request):
    """This will list the conferences the moderator moderates."""
    return render(request, "moderation/desks.html", {"desks": queries.desks(request.by, request.at)})


@require_safe
@signed_in
def desk(request, conference_id, statement_id=""):
    """This will show the queue and one text: the one asked for, or the oldest nobody has taken."""
    return _desk(request, _conference(request, conference_id), statement_id)


def _desk(request, conference, statement_id, form=None, status=200):
    many = request.GET.get("vis") == "mange"
    rows = queries.queue(conference, by=request.by, at=request.at, many=many)
    chosen = statement_id or (rows[0].id if many and rows else queries.next_to_read(conference, by=request.by, at=request.at))
    sheet = _sheet(request, conference, chosen) if chosen else None
    form = form or DecisionForm(initial={"text": sheet.result if sheet else "", "removal": "name"})
    shown = str(form["text"].value() or "")
    context = {
        "conference": conference,
        "queue": rows,
        "many": many,
        "numbers": queries.numbers(conference, at=request.at),
        "sheet": sheet,
        "form": form,
        "reading": ReadingForm(),
        "result": [(piece, bool(at % 2)) for at, piece in enumerate(_MARK.split(shown))],
        "decided": queries.decided(conference, request.GET["sidst"]) if request.GET.get("sidst") else None,
        "crumbs": [(_("Ordstyrer"), reverse("moderation:list")), (conference.title, "")],
    }
    return render(request, "moderation/desk.html", context, status=status)


_ACTS = {
    "take": lambda row, form, **who: actions.take(row, **who),
    "whole": lambda row, form, **who: actions.publish(row, **who),
    "redacted": lambda row, form, **who: actions.publish(row, text=form.cleaned_data["text"], reason=form.removal_words(), **who),
    "decline": lambda row, form, **who: actions.decline(row, reason=form.declined_words(), **who),
    "withdraw": lambda row, form, **who: actions.withdraw(row, reason=form.declined_words(), **who),
    "undo": lambda row, form, **who: actions.undo(row, **who),
}


@require_POST
@signed_in
def decide(request, conference_id, statement_id):
    """This will do what the moderator pressed, and go on to the next text."""
    conference = _conference(request, conference_id)
    row = _sheet(request, conference, statement_id).statement
    form, act = DecisionForm(request.POST), request.POST.get("do")
    if act not in _ACTS:
        raise Http404
    form.is_valid()
    try:
        _ACTS[act](row, form, by=request.by, at=request.at)
    except Refused as refused:
        form.add_error(_FIELDS.get(refused.field), str(refused))
        return _desk(request, conference, statement_id, form, status=422)
    if act in ("take", "undo"):
        return redirect("moderation:item", conference.pk, row.pk)
    return redirect(reverse("moderation:queue", args=[conference.pk]) + f"?sidst={row.pk}")


@require_POST
@signed_in
def original(request, conference_id, statement_id):
    """This will show the restricted original of a redacted text, once, and record that it was read."""
    conference = _conference(request, conference_id)
    row = _sheet(request, conference, statement_id).statement
    form = ReadingForm(request.POST)
    because = form.cleaned_data["because"] if form.is_valid() else ""
    try:
        text = actions.read_original(row, because=because, by=request.by, at=request.at)
    except LookupError as error:
        raise Http404 from error
    return render(request, "moderation/original.html", {"conference": conference, "statement": row, "text": text})
