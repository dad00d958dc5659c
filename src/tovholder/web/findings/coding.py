"""The desk where answers are coded: one at a time, with what is suggested and why, and the next most useful one after it."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from tovholder.base.errors import Refused
from tovholder.findings import actions, queries
from tovholder.web.accounts.doors import signed_in

KEYS = "123456789"


class CodesForm(forms.Form):
    codes = forms.MultipleChoiceField(label=gettext_lazy("Koder"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, codes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["codes"].choices = [(str(code.pk), code.name) for code in codes]


@dataclass(frozen=True)
class Suggested:
    """A suggested code as the desk shows it."""

    row: object
    percent: int

    @property
    def is_from_language_model(self):
        return self.row.source == "language"


def found_book(request, codebook_id):
    """This will return the book the address names, or answer that there is none."""
    try:
        return queries.codebook(codebook_id, request.by, request.at)
    except LookupError as error:
        raise Http404 from error


def _turn(request, book, wanted):
    try:
        return queries.turn(book, request.by, request.at, wanted=wanted)
    except LookupError as error:
        raise Http404 from error


@signed_in
def desk(request, codebook_id):
    """This will show the next answer to code, and keep the codes it is given."""
    book = found_book(request, codebook_id)
    turn = _turn(request, book, request.POST.get("answer") or request.GET.get("svar", ""))
    codes = queries.codes_of(book)
    form = CodesForm(request.POST or None, codes=codes, initial={"codes": _before(turn)})
    if request.method == "POST" and turn and (went := _kept(request, book, turn, form)):
        return went
    context = {
        "book": book, "turn": turn, "codes": codes, "form": form, "progress": queries.progress(book, request.by, request.at),
        "suggested": [Suggested(row, round(100 * row.score)) for row in turn.suggestions] if turn else [],
        "may_confirm": bool(turn) and any(row.is_chosen for row in turn.suggestions),
        "latest": queries.recent_codings(book, request.by, request.at, limit=5),
        "crumbs": [(_("Kodning"), reverse("coding:list")), (str(book), "")],
    }  # fmt: skip
    return render(request, "findings/coding.html", context, status=422 if form.errors else 200)


def _before(turn):
    """What is ticked from the start: what the coder said before, never what is only suggested."""
    return [str(pk) for pk in turn.own] if turn else []


def _kept(request, book, turn, form):
    try:
        if request.POST.get("do") == "confirm":
            actions.confirm_suggestions(book, turn.answer.id, by=request.by, at=request.at)
        elif form.is_valid():
            codes = [] if request.POST.get("do") == "none" else [int(pk) for pk in form.cleaned_data["codes"]]
            if not codes and request.POST.get("do") != "none":
                form.add_error("codes", _("Vælg en kode, eller tryk på »Ingen af koderne passer«."))
                return None
            actions.code_answer(book, turn.answer.id, codes=codes, by=request.by, at=request.at)
        else:
            return None
    except Refused as refusal:
        form.errors.clear()
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None
    messages.success(request, _("Koderne er gemt. Her er det næste svar."))
    return redirect("coding:desk", book.pk)


@signed_in
@require_POST
def reject(request, suggestion_id):
    """This will say that one suggested code does not fit, and go back to the answer."""
    try:
        row = queries.suggestion(suggestion_id, request.by, request.at)
    except LookupError as error:
        raise Http404 from error
    actions.reject_suggestion(row, by=request.by, at=request.at)
    messages.success(request, _("Forslaget er afvist."))
    return redirect(f"{reverse('coding:desk', args=[row.codebook_id])}?svar={row.answer_id}")
