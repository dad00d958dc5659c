"""Doors to who exists on a day, and what must be carried over when it ends."""

from datetime import timedelta

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tovholder.parties import queries
from tovholder.pictures.denmark import Area, map_of_denmark
from tovholder.texts.danish import long_date
from tovholder.threads import queries as threads

from .forms import DayForm, RegisterForm


def _day(form, request):
    return (form.cleaned_data.get("dag") if form.is_valid() else None) or queries.local_day(request.at)


def _switch(address, day, days, **more):
    query = "".join(f"&{name}={value}" for name, value in more.items() if value)
    return [(long_date(item), f"{address}?dag={item:%d-%m-%Y}{query}", item == day) for item in days]


def _picture(areas, day, label):
    new = frozenset(area.key for area in areas if area.begins_today)
    return map_of_denmark(
        [Area(area.key, area.name, area.municipality_codes, area.note) for area in areas],
        title=_("%(what)s den %(day)s") % {"what": label, "day": long_date(day)},
        description=ngettext(
            "Danmarkskort med %(n)s område. Alt på kortet står også i tabellen.",
            "Danmarkskort med %(n)s områder. Alt på kortet står også i tabellen.",
            len(areas),
        )
        % {"n": len(areas)},
        highlighted=new,
    )


def on_map(request):
    """This will show regions, clusters or health councils on a day, as map and table."""
    form = DayForm(request.GET or None)
    day = _day(form, request)
    kind = (form.cleaned_data.get("visning") if form.is_bound and form.is_valid() else "") or "region"
    areas = queries.areas_on(kind, day)
    labels = dict(form.fields["visning"].choices)
    address = reverse("parties:list")
    border = [item for item in queries.days_of_change(kind)]
    around = sorted({day, *(item for item in border[-3:]), *(item - timedelta(days=1) for item in border[-1:])})
    context = {
        "form": DayForm(initial={"dag": day, "visning": kind}) if not form.errors else form,
        "day": day,
        "kind": kind,
        "kind_label": labels[kind],
        "areas": areas,
        "picture": _picture(areas, day, labels[kind]) if areas else None,
        "days": _switch(address, day, around, visning=kind),
        "kinds": [(label, f"{address}?dag={day:%d-%m-%Y}&visning={code}", code == kind) for code, label in labels.items()],
        "ending": threads.ending(day),
        "beginning": queries.parties_beginning(day),
    }
    return render(request, "parties/map.html", context)


def register(request):
    """This will list every party that exists on a day, by kind and name."""
    form = RegisterForm(request.GET or None, kinds=queries.kinds())
    day = _day(form, request)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = queries.parties_on(day, kind=chosen.get("slags"), words=chosen.get("ord", ""))
    return render(request, "parties/register.html", {"form": form, "day": day, "parties": found})


def ending(request):
    """This will show what ends on a day, and what hangs on it."""
    form = DayForm(request.GET or None)
    day = _day(form, request)
    days = [item for item in queries.days_of_change() if item.year >= 2014]
    context = {"form": form, "day": day, "ending": threads.ending(day), "days": _switch(reverse("parties:ending"), day, days)}
    return render(request, "parties/ending.html", context)


def party(request, party_id):
    """This will show one party through time: what it is part of, who holds which role, what came before and after."""
    try:
        found = queries.party(party_id)
    except LookupError as error:
        raise Http404 from error
    day = _day(DayForm(request.GET or None), request)
    memberships, successions, inheritances = queries.history_of(found)
    context = {
        "party": found,
        "day": day,
        "memberships": memberships,
        "successions": successions,
        "inheritances": inheritances,
        "members": queries.members_on(found, day),
        "bodies": queries.bodies_of(found, day),
        "mandates": [row for row in queries.mandates_on(found, day) if row.role.is_public_office],
        "contacts": queries.public_contacts(found),
    }
    return render(request, "parties/party.html", context)
