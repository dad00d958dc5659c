"""Doors to who exists on a day, and what must be carried over when it ends."""

from datetime import timedelta

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tovholder.base.written import long_date
from tovholder.parties import queries
from tovholder.pictures import Area, area_fills, map_of_denmark, swatch
from tovholder.threads import queries as threads

from ..downloads import spreadsheet
from .forms import DayForm, RegisterForm


def _day(form, request):
    return (form.cleaned_data.get("dag") if form.is_valid() else None) or queries.local_day(request.at)


def _switch(address, day, days, **more):
    query = "".join(f"&{name}={value}" for name, value in more.items() if value)
    return [(long_date(item), f"{address}?dag={item:%d-%m-%Y}{query}", item == day) for item in days]


def _areas(areas):
    return [Area(area.key, area.name, area.municipality_codes, area.note) for area in areas]


def _drawn(areas, inside, day, label):
    """The map, and a colour square for each area's row in the table."""
    new = frozenset(area.key for area in areas if area.begins_today)
    shapes = _areas(area for area in areas if area.municipality_codes)
    count = ngettext("Danmarkskort med %(n)s område.", "Danmarkskort med %(n)s områder.", len(areas)) % {"n": len(areas)}
    picture = map_of_denmark(
        shapes,
        title=_("%(what)s den %(day)s") % {"what": label, "day": long_date(day)},
        description=_("%(count)s Alt på kortet står også i tabellen.") % {"count": count},
        highlighted=new,
        divisions=_areas(area for area in inside if area.municipality_codes),
        words=_words(),
    )
    fills = area_fills(shapes, highlighted=new)
    return picture, [(swatch(fills[area.key]) if area.key in fills else "", area) for area in areas]


def _words():
    return {
        "and": _(" og "),
        "shared": _("{place} hører til både {areas} og er skraveret."),
        "none": _("Ingen områder er tegnet ind."),
        "one_outside": _("1 kommune er grå, fordi ingen af områderne dækker den."),
        "many_outside": _("{count} kommuner er grå, fordi ingen af områderne dækker dem."),
        "credit": _("Kort: Geodatastyrelsen."),
    }


def _by_kind(rows):
    """[(kind, parties)] in the order of the register."""
    groups = {}
    for row in rows:
        groups.setdefault(row.kind, []).append(row)
    return sorted(groups.items(), key=lambda pair: pair[0].order)


def _crumbs(here):
    return [(_("Parter"), reverse("parties:list")), (here, "")]


def _lifetime(found):
    first = long_date(found.valid_from) if found.valid_from else _("ukendt dag")
    if found.valid_until:
        return _("Findes fra %(first)s til og med %(last)s.") % {"first": first, "last": long_date(found.last_day)}
    return _("Findes fra %(first)s.") % {"first": first} if found.valid_from else ""


def _facts(found):
    certainty = "" if found.period_certainty == "confirmed" else found.get_period_certainty_display()
    rows = [
        (_("Kode"), found.code),
        (_("Hører til"), found.belongs_to.name if found.belongs_to else ""),
        (_("Sted"), found.place),
        (_("Pladser"), found.seats or ""),
        (_("Forberedende"), _("ja") if found.is_preparatory else ""),
        (_("Perioden er"), certainty),
        (_("Postkasse"), found.mailbox),
    ]
    return [row for row in rows if row[1]]


_INSIDE = ("health_cluster", "health_council")


def on_map(request):
    """This will show regions, clusters or health councils on a day, as map and table."""
    form = DayForm(request.GET if request.GET else None)
    day = _day(form, request)
    kind = (form.cleaned_data.get("visning") if form.is_bound and form.is_valid() else "") or "region"
    areas = queries.areas_on(kind, day)
    inside = next((found for code in _INSIDE if (found := queries.areas_on(code, day))), []) if kind == "region" else []
    labels = dict(form.fields["visning"].choices)
    address = reverse("parties:list")
    last = queries.days_of_change(kind)[-1:]
    picture, rows = (
        _drawn(areas, inside, day, labels[kind])
        if any(area.municipality_codes for area in areas)
        else (None, [("", area) for area in areas])
    )
    context = {
        "form": form if form.errors else DayForm(initial={"dag": day, "visning": kind}),
        "day": day,
        "kind": kind,
        "kind_label": labels[kind],
        "rows": rows,
        "picture": picture,
        "total": len({code for area in areas for code in area.municipality_codes}),
        "days": _switch(address, day, sorted({day, *(item - timedelta(days=1) for item in last), *last}), visning=kind),
        "kinds": [(label, f"{address}?dag={day:%d-%m-%Y}&visning={code}", code == kind) for code, label in labels.items()],
        "ends": _by_kind([row.party for row in queries.parties_ending(day)]),
        "begins": _by_kind(queries.parties_beginning(day)),
        "tomorrow": day + timedelta(days=1),
        "ends_tomorrow": _by_kind([row.party for row in queries.parties_ending(day + timedelta(days=1))]),
    }
    return render(request, "parties/map.html", context)


def as_table(request):
    """This will give the map's areas as a spreadsheet."""
    form = DayForm(request.GET if request.GET else None)
    day = _day(form, request)
    kind = (form.cleaned_data.get("visning") if form.is_bound and form.is_valid() else "") or "region"
    headers = [_("Navn"), _("Kommune"), _("Kommunekode"), _("Fra"), _("Til og med"), _("Bekræftet")]
    rows = [
        [area.name, name, code, area.party.valid_from, area.party.last_day, _("ja") if area.is_confirmed else _("nej")]
        for area in queries.areas_on(kind, day)
        for name, code in zip(area.note.split(", ") if area.note else (), area.municipality_codes, strict=True)
    ]
    return spreadsheet(f"parter-{kind}-{day:%Y-%m-%d}.csv", headers, rows)


def register(request):
    """This will list every party that exists on a day, by kind and name."""
    form = RegisterForm(request.GET or None, kinds=queries.kinds())
    day = _day(form, request)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = queries.parties_on(day, kind=chosen.get("slags"), words=chosen.get("ord", ""))
    context = {"form": form, "day": day, "parties": found, "crumbs": _crumbs(_("Register"))}
    return render(request, "parties/register.html", context)


def ending(request):
    """This will show what ends on a day, and what hangs on it."""
    form = DayForm(request.GET or None)
    days = [item for item in queries.days_of_change() if item.year >= 2014]
    today = queries.local_day(request.at)
    day = _day(form, request) if request.GET.get("dag") else next((item for item in sorted(days) if item >= today), today)
    context = {
        "form": form,
        "day": day,
        "ending": threads.ending(day),
        "days": _switch(reverse("parties:ending"), day, days),
        "crumbs": _crumbs(_("Hvad ophører")),
    }
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
        "crumbs": _crumbs(found.name),
        "lead": _lifetime(found),
        "facts": _facts(found),
        "memberships": memberships,
        "successions": successions,
        "inheritances": inheritances,
        "members": queries.members_on(found, day),
        "bodies": queries.bodies_of(found, day),
        "mandates": [row for row in queries.mandates_on(found, day) if row.role.is_public_office],
        "contacts": queries.public_contacts(found),
        "doings": threads.doings(found, request.by, request.at),
    }
    return render(request, "parties/party.html", context)
