"""Doors to where people agree: the page of a conference, the why of each statement, the method, and the same figures as files."""

import hashlib

from django.http import Http404, HttpResponseNotModified
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tovholder.base.errors import passes
from tovholder.dialogue import queries as dialogue
from tovholder.findings import queries, rules
from tovholder.texts.danish import clock
from tovholder.web import downloads

from . import across, groups, pictured
from .files import csv_rows, json_of

SHOWN = 5


def found_conference(request, code):
    """This will return a public conference by its short code; raises Http404."""
    try:
        return dialogue.live_conference(code, request.at)
    except LookupError as error:
        raise Http404 from error


def _crumbs(conference, *steps):
    here = [(_("Dialog"), reverse("dialogue:list")), (conference.title, reverse("dialogue:conference", args=[conference.pk]))]
    return [*here, *steps]


def unchanged(request, response):
    """This will answer that nothing has changed when the visitor already has the very same page."""
    tag = f'"{hashlib.sha256(response.content).hexdigest()[:24]}"'
    if tag in request.headers.get("If-None-Match", ""):
        response = HttpResponseNotModified()
    response.headers["ETag"], response.headers["Cache-Control"] = tag, "no-cache"
    return response


def lists_of(found):
    """This will return the three lists of a map as a page shows them."""
    return {kind: across.rows_of(found, kind) for kind in ("agreement", "disagreement", "dividing")}


@require_safe
def agreement(request, code):
    """This will show where people agree: across the sectors first, then the groups the votes themselves show."""
    conference = found_conference(request, code)
    found = queries.drawn(conference)
    context = {
        "conference": conference,
        "found": found,
        "may_publish": passes(rules.check_may_publish, conference, by=request.by),
        "crumbs": _crumbs(conference, (_("Her er vi enige"), "")),
    }
    if found is not None:
        context |= shown(found)
    if context["may_publish"]:
        context["alarms"] = alarms_of(conference, request.at)
    return render(request, "findings/opinion.html", context)


def alarms_of(conference, at):
    """This will say what does not hold about a conference's map, in sentences for whoever runs it."""
    told = {
        "equal_priorities": _("Alle udsagn har samme vægt, så telefonerne bliver spurgt tilfældigt."),
        "votes_missing": _("Nogle svar er ikke talt med."),
        "other_result": _("De samme svar gav to forskellige resultater."),
    }
    lines = [
        _("%(what)s Set første gang kl. %(clock)s. Skriv til driften.") % {"what": told[row.kind], "clock": clock(row.raised_at)}
        for row in queries.alarms(conference)
    ]
    if queries.is_behind(conference, at):
        lines.append(_("Der er svar, som kortet ikke viser endnu. Spørg driften, om processen »keep« kører."))
    return lines


def shown(found):
    """This will return what a map's page is made of; a published finding is shown by the same parts."""
    lists = lists_of(found)
    return {
        "people_line": across.people_line(found),
        "too_small": across.too_small_line(found),
        "lists": [(kind, heading, lead, lists[kind][:SHOWN], lists[kind][SHOWN:], len(lists[kind])) for kind, heading, lead in _headings()],
        "early": across.count_of(found, "too_early"),
        "unsettled": across.count_of(found, "unsettled"),
        "who": pictured.who(found),
        "map": pictured.map_of(found),
        "map_phone": pictured.map_of(found, size="phone"),
        "groups": groups.groups_of(found),
        "groups_line": groups.line(found),
        "flags": groups.flag_lines(found),
    }


def _headings():
    return [
        ("agreement", _("Det er vi enige om"), _("Et flertal er enigt i hver eneste sektor.")),
        ("disagreement", _("Det siger vi nej til"), _("Et flertal er uenigt i hver eneste sektor.")),
        ("dividing", _("Her er vi delt"), _("Sektorerne svarer forskelligt, og forskellen er for stor til at være tilfældig.")),
    ]


@require_safe
def fresh(request, code):
    """This will tell whether newer figures than those on the page are there, in one line; the page itself stays where it is."""
    conference = found_conference(request, code)
    found = queries.drawn_at(conference)
    seen = request.GET.get("fra", "")
    context = {"conference": conference, "drawn_at": found, "is_newer": bool(found) and found.isoformat() > seen, "seen": seen}
    return unchanged(request, render(request, "findings/opinion_fresh.html", context))


@require_safe
def why(request, code, statement_id):
    """This will show why a statement stands where it stands: every sector's answers, interval, and who has not been asked."""
    conference = found_conference(request, code)
    found = queries.drawn(conference)
    figures = next((row for row in found.live["statements"] if row["statement"] == statement_id), None) if found else None
    if figures is None or statement_id not in found.texts:
        raise Http404
    row = across.row_of(figures, found.texts[statement_id], across.counting_in(found))
    context = {
        "conference": conference, "found": found, "row": row, "picture": pictured.bars(figures, row.text), "cells": across.table_of(row),
        "evidence": found.parameters["evidence"], "threshold": found.parameters["threshold"],
        "groups": groups.answers_to(found, statement_id),
        "crumbs": _crumbs(
            conference, (_("Her er vi enige"), reverse("opinion:agreement", args=[conference.short_code])), (_("Hvorfor"), "")
        ),
    }  # fmt: skip
    return render(request, "findings/opinion_why.html", context)


@require_safe
def method(request):
    """This will say in plain words what is calculated, what is not shown, and what it does not prove."""
    return render(request, "findings/method.html", {"crumbs": [(_("Dialog"), reverse("dialogue:list")), (_("Sådan regner vi"), "")]})


@require_safe
def as_csv(request, code):
    """This will give the figures of a conference's map as a table; small cells are left out there too."""
    conference, found = _drawn(request, code)
    headers, rows = csv_rows(found)
    return downloads.spreadsheet(f"enighed-{conference.short_code}.csv", headers, rows)


@require_safe
def as_json(request, code):
    """This will give the figures of a conference's map with method, version and digest."""
    conference, found = _drawn(request, code)
    return downloads.attachment(f"enighed-{conference.short_code}.json", json_of(found), "application/json")


def _drawn(request, code):
    conference = found_conference(request, code)
    found = queries.drawn(conference)
    if found is None:
        raise Http404
    return conference, found
