"""Doors to the books answers are coded by: which there are, how far each has come, how well it goes, and how we measure it."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tovholder.base.errors import Refused
from tovholder.base.written import number
from tovholder.consultations import queries as consultations
from tovholder.dialogue import queries as dialogue
from tovholder.findings import actions, queries
from tovholder.web.accounts.doors import signed_in

from .coding import found_book


class CodeForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Kodens navn"), error_messages={"required": gettext_lazy("Giv koden et navn.")})
    description = forms.CharField(
        label=gettext_lazy("Hvad hører til"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Og hvad hører ikke til? Så koder I ens."),
    )  # fmt: skip
    example = forms.CharField(
        label=gettext_lazy("Et eksempel"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Opdigtet, så ingen kan genkendes."),
    )  # fmt: skip


class GuideForm(forms.Form):
    guide = forms.CharField(label=gettext_lazy("Sådan koder vi"), required=False, widget=forms.Textarea(attrs={"rows": 6}))
    share = forms.IntegerField(
        label=gettext_lazy("Hvor mange af hundrede svar skal to kode?"),
        help_text=gettext_lazy("Jo flere, jo sikrere ved I, om I koder ens. 10 er et godt sted at begynde."),
        error_messages={"required": gettext_lazy("Skriv et tal fra 0 til 100."), "invalid": gettext_lazy("Skriv et tal fra 0 til 100.")},
    )


@dataclass(frozen=True)
class CodeRow:
    """A code with what is known of it: F1, agreement, and whether something has changed."""

    code: object
    f1: str
    alpha: str
    seen: int
    coding_changed: bool
    answers_changed: bool


@signed_in
@require_safe
def listing(request):
    """This will list the own books, and where a new one can be made."""
    conferences, rounds = queries.places_to_code(request.by, request.at)
    context = {
        "books": queries.codebooks(request.by, request.at),
        "places": [("conference", row) for row in conferences[:20]] + [("consultation", row) for row in rounds[:20]],
        "crumbs": [(_("Kodning"), "")],
    }
    return render(request, "findings/codebooks.html", context)


@signed_in
@require_POST
def make(request):
    """This will make a book for a conference or a consultation, with the themes that are there as codes."""
    try:
        if key := request.POST.get("consultation"):
            place = {"consultation": consultations.consultation(key, request.by, request.at)}
        else:
            place = {"conference": dialogue.conference(request.POST.get("conference", ""), request.by, request.at)}
    except LookupError as error:
        raise Http404 from error
    book = actions.make_codebook(**place, by=request.by, at=request.at)
    messages.success(request, _("Kodebogen er klar. Temaerne er dens koder."))
    return redirect("coding:book", book.pk)


@signed_in
@require_safe
def book(request, codebook_id):
    """This will show a book: its codes, how far it has come, and how well people and suggestions agree."""
    here = found_book(request, codebook_id)
    progress = queries.progress(here, request.by, request.at)
    run = progress.run
    context = {
        "book": here, "progress": progress, "run": run, "rows": _rows(queries.codes_of(here), run),
        "measured": run is not None and (run.f1 is not None or run.alpha is not None),
        "f1": _interval(run, "f1"), "alpha": _interval(run, "alpha"), "alpha_word": _alpha_word(run), "language": _language(run),
        "themes": run.themes[:12] if run else [], "crumbs": [(_("Kodning"), reverse("coding:list")), (str(here), "")],
    }  # fmt: skip
    return render(request, "findings/codebook.html", context)


def _two(value):
    return number(value, 2) if value is not None else ""


def _interval(run, name):
    """A measure with its interval, as people write it; empty before there is one."""
    if run is None or getattr(run, name) is None:
        return ""
    low, high = getattr(run, f"{name}_low"), getattr(run, f"{name}_high")
    value = _two(getattr(run, name))
    return (
        _("%(value)s (mellem %(low)s og %(high)s)") % {"value": value, "low": _two(low), "high": _two(high)} if low is not None else value
    )


def _alpha_word(run):
    """Krippendorff's own reading of alpha, by the lower end of the interval."""
    if run is None or run.alpha is None:
        return ""
    surely = run.alpha_low if run.alpha_low is not None else run.alpha
    if surely >= 0.8:
        return _("I koder ens nok til sikre slutninger.")
    if surely >= 0.667:
        return _("I koder ens nok til forsigtige slutninger.")
    return _("I koder ikke sikkert ens endnu. Tal om de koder, I er uenige om, og ret vejledningen.")


def _language(run):
    found = run.language_f1 if run else {}
    if not found:
        return ""
    figures = {"value": _two(found["f1"]), "low": _two(found["low"]), "high": _two(found["high"]), "n": number(found["answers"])}
    return _("%(value)s (mellem %(low)s og %(high)s), målt på %(n)s svar") % figures


def _rows(codes, run):
    known = {row["code"]: row for row in run.by_code} if run else {}
    rows = []
    for code in codes:
        row = known.get(code.pk, {})
        rows.append(
            CodeRow(
                code, _two(row.get("f1")), _two(row.get("alpha")), row.get("seen", 0), row.get("coding_changed", False),
                row.get("answers_changed", False),
            )
        )  # fmt: skip
    return rows


def _filled(request, form, act, **words):
    if request.method == "POST" and form.is_valid():
        try:
            act(**form.cleaned_data, by=request.by, at=request.at)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, words["done"])
            return redirect(words["back"])
    return render(request, "dialogue/form.html", {"form": form, **words}, status=422 if form.errors else 200)


def _words(here, title):
    back = reverse("coding:book", args=[here.pk])
    return {
        "title": title,
        "back": back,
        "place": str(here),
        "crumbs": [(_("Kodning"), reverse("coding:list")), (str(here), back), (title, "")],
    }


@signed_in
def add(request, codebook_id):
    """This will add a code to a book: a theme by the same name."""
    here = found_book(request, codebook_id)
    form = CodeForm(request.POST or None)
    return _filled(
        request, form, lambda **answer: actions.add_code(here, **answer), **_words(here, _("Ny kode")), button=_("Lav koden"),
        done=_("Koden er lavet. Den er også et tema."), lead=_("En kode er et tema. Svar, I giver koden, ligger under temaet."),
    )  # fmt: skip


@signed_in
def guide(request, codebook_id):
    """This will change how the book says to code, and how much two people code."""
    here = found_book(request, codebook_id)
    form = GuideForm(request.POST or None, initial={"guide": here.guide, "share": here.double_share})
    title = _("Ret vejledningen") if here.guide else _("Skriv en vejledning")
    return _filled(
        request, form, lambda **answer: actions.change_guide(here, **answer), **_words(here, title), button=_("Gem"),
        done=_("Vejledningen er gemt."),
    )  # fmt: skip


@require_safe
def method(request):
    """This will say in plain words how coding help works, and what its figures do not prove."""
    return render(request, "findings/coding_method.html", {"crumbs": [(_("Sådan hjælper vi med at kode"), "")]})
