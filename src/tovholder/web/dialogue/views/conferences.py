"""Doors to conferences and the series behind them."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tovholder.base.errors import passes
from tovholder.base.written import long_date, period
from tovholder.dialogue import actions, queries, rules
from tovholder.findings import queries as opinions
from tovholder.parties import queries as parties
from tovholder.parties.rules import GROUP_COORDINATOR, MODERATOR, PLANNER
from tovholder.texts.danish import clock
from tovholder.web.accounts.doors import signed_in
from tovholder.web.dialogue import forms

from .filling import address, crumbs, fill_in, found, own_parties, page_of


def _when(conference):
    begins, ends = timezone.localtime(conference.starts_at), timezone.localtime(conference.ends_at)
    if begins.date() != ends.date():
        return period(begins.date(), ends.date())
    return _("%(day)s kl. %(from)s–%(to)s") % {"day": long_date(begins.date()), "from": clock(begins), "to": clock(ends)}


def _place_now(conference, at):
    ends = timezone.localtime(conference.input_closes_at or conference.ends_at)
    if ends.date() == parties.local_day(at):
        return _("%(venue)s · i dag til kl. %(clock)s") % {"venue": conference.venue, "clock": clock(ends)}
    return _("%(venue)s · til %(day)s") % {"venue": conference.venue, "day": long_date(ends.date())}


def listing(request):
    """This will show what is live now, what comes, what was, and the theme groups."""
    calendar = queries.calendar(request.by, request.at)
    context = {
        "live": [(row, _place_now(row.conference, request.at)) for row in calendar.live],
        "coming": calendar.coming,
        "past": calendar.past,
        "drafts": calendar.drafts,
        "groups": queries.groups(request.at),
        "may_plan": bool(request.by.parties_as(PLANNER, MODERATOR)),
        "may_moderate": bool(request.by.parties_as(MODERATOR)),
        "may_found": bool(request.by.parties_as(GROUP_COORDINATOR)),
    }
    return render(request, "dialogue/list.html", context)


def conference(request, conference_id):
    """This will show a conference: its day, its questions, what people said, and what came of it."""
    here = found(queries.conference, conference_id, request.by, request.at)
    questions = list(queries.questions_of(here))
    form = forms.SaidForm(request.GET, questions=questions)
    chosen = form.cleaned_data if form.is_valid() else {}
    said = queries.statements_at(
        here, request.at, question=chosen.get("spoergsmaal"), kind=chosen.get("slags", ""), sector=chosen.get("sektor", "")
    )
    context = {
        "conference": here,
        "when": _when(here),
        "crumbs": crumbs((here.title, "")),
        "facts": [line.lstrip("-•* ").strip() for line in here.facts.splitlines() if line.strip()],
        "programme": queries.programme(here),
        "questions": questions,
        "themes": queries.sized_themes(queries.themes(request.by, request.at, conference=here)),
        "form": form,
        "said": page_of(said, request),
        "is_narrowed": any(chosen.values()),
        "contacts": parties.public_contacts(here.organiser),
        "findings": opinions.findings(request.by, request.at, conference=here),
        "is_live": queries.is_live(here, request.at),
        "takes_input": queries.input_is_open(here, request.at),
        "may_change": passes(rules.check_may_change, here, by=request.by),
        "may_publish": passes(rules.check_may_publish, here, by=request.by),
        "may_moderate": passes(rules.check_may_moderate, here, by=request.by),
        "may_gather": here.organiser_id in queries.may_gather_for(request.by),
    }
    return render(request, "dialogue/conference.html", context)


def _conference_form(request, *, here=None):
    own = own_parties(request.by, PLANNER, MODERATOR)
    initial = {}
    if here is not None:
        initial = {name: getattr(here, name) for name in forms.ConferenceForm.base_fields if hasattr(here, name)}
        notice = here.notice
        initial |= {name: getattr(notice, name) for name in forms.ConferenceForm._notice} if notice else {}
    form = forms.ConferenceForm(
        request.POST or None, initial=initial, organiser=own, controller=own, series=list(queries.series_for(request.by))
    )
    if here is not None:
        del form.fields["organiser"]
    return form


@signed_in
def plan_conference(request):
    """This will plan a conference as a draft."""
    rules.check_may_plan_any(by=request.by)
    return fill_in(
        request, _conference_form(request), actions.plan_conference, template="dialogue/conference_form.html",
        title=_("Planlæg en konference"), button=_("Gem som kladde"), lead=_("Den bliver en kladde, som kun I kan se."),
        done=_("Kladden er gemt. Tilføj program og spørgsmål, og gør den så offentlig."), to=lambda made: address("conference", made.pk),
    )  # fmt: skip


@signed_in
def change_conference(request, conference_id):
    """This will change what a conference says about itself."""
    here = found(queries.conference, conference_id, request.by, request.at)
    rules.check_may_change(here, by=request.by)
    return fill_in(
        request, _conference_form(request, here=here), lambda **answer: actions.change_conference(here, **answer),
        template="dialogue/conference_form.html", title=_("Ret konferencen"), button=_("Gem"), done=_("Ændringerne er gemt."),
        steps=[(here.title, address("conference", here.pk))], to=lambda made: address("conference", made.pk),
    )  # fmt: skip


@signed_in
def add_programme_item(request, conference_id):
    """This will add an item to a conference's programme."""
    here = found(queries.conference, conference_id, request.by, request.at)
    rules.check_may_change(here, by=request.by)
    first = {"starts_at": here.starts_at, "kind": "talk"}
    form = forms.ProgrammeItemForm(request.POST or None, kind=queries.programme_kinds(), initial=first)
    return fill_in(
        request, form, lambda **answer: actions.add_programme_item(here, **answer), title=_("Tilføj et punkt til programmet"),
        button=_("Tilføj punktet"), done=_("Punktet står i programmet."), steps=[(here.title, address("conference", here.pk))],
        to=lambda made: address("conference", here.pk) + "#program",
    )  # fmt: skip


@signed_in
@require_POST
def remove_programme_item(request, item_id):
    """This will take an item out of a programme."""
    item = found(queries.programme_item, item_id, request.by, request.at)
    actions.remove_programme_item(item, by=request.by, at=request.at)
    messages.success(request, _("Punktet er taget ud af programmet."))
    return redirect(address("conference", item.conference_id) + "#program")


@signed_in
def ask_question(request, conference_id):
    """This will ask a guiding question at a conference."""
    here = found(queries.conference, conference_id, request.by, request.at)
    rules.check_may_change(here, by=request.by)
    return fill_in(
        request, forms.QuestionForm(request.POST or None), lambda **answer: actions.ask_question(conference=here, **answer),
        title=_("Stil et spørgsmål"), done=_("Spørgsmålet er stillet."), steps=[(here.title, address("conference", here.pk))],
        to=lambda made: address("conference", here.pk),
    )  # fmt: skip


@signed_in
@require_POST
def publish_conference(request, conference_id):
    """This will make a conference public."""
    here = found(queries.conference, conference_id, request.by, request.at)
    actions.publish_conference(here, by=request.by, at=request.at)
    messages.success(request, _("Konferencen er offentlig. Alle kan læse den nu."))
    return redirect(address("conference", here.pk))


@signed_in
def withdraw_conference(request, conference_id):
    """This will withdraw a conference, on a page that says what it means."""
    here = found(queries.conference, conference_id, request.by, request.at)
    rules.check_may_withdraw_conference(here, by=request.by)
    return fill_in(
        request, forms.Asking(request.POST if request.method == "POST" else None),
        lambda **answer: actions.withdraw_conference(here, **answer), title=_("Træk konferencen tilbage"),
        lead=_("Siden bliver stående og siger, at den er trukket tilbage. Folks ord bliver ikke vist. Det kan ikke fortrydes."),
        done=_("Konferencen er trukket tilbage."), steps=[(here.title, address("conference", here.pk))],
        to=lambda made: address("conference", here.pk),
    )  # fmt: skip


def series(request, series_id):
    """This will show the standing decision behind a yearly conference, and its editions."""
    here = found(queries.series, series_id)
    editions = list(queries.editions(here, request.by, request.at))
    context = {"series": here, "editions": editions, "crumbs": crumbs((here.name, ""))}
    return render(request, "dialogue/series.html", context)


@signed_in
def found_series(request):
    """This will store the standing decision behind a yearly conference."""
    rules.check_may_plan_any(by=request.by)
    form = forms.SeriesForm(request.POST or None, organiser=own_parties(request.by, PLANNER, MODERATOR))
    return fill_in(
        request, form, actions.found_series, title=_("Opret en række"),
        lead=_("En række er beslutningen bag en konference, der kommer igen."),
        done=_("Rækken er oprettet."), to=lambda made: address("series", made.pk),
    )  # fmt: skip
