"""Doors to what is done: find it, read it, and see who does it too."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tovholder.base.errors import passes
from tovholder.base.written import number, period
from tovholder.initiatives import queries, rules
from tovholder.parties.queries import local_day, parties_on
from tovholder.threads import queries as threads

from .forms import ListForm


def found(query, *args):
    """This will return what a query finds, or answer as for a page that does not exist."""
    try:
        return query(*args)
    except LookupError as error:
        raise Http404 from error


def crumbs(*way):
    """This will return the way to a page about what is done."""
    return [(_("Indsatser"), reverse("initiatives:list")), *way]


def may_tell(request):
    """This will answer whether the person may tell about initiatives."""
    return passes(rules.check_may_tell, by=request.by)


def listing(request):
    """This will list initiatives, narrowed by words, how far they are, whom they are for and who does them."""
    form = ListForm(
        request.GET or None, statuses=queries.statuses(), preventions=queries.preventions(), parties=queries.parties_at_work()
    )  # fmt: skip
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    rows = queries.initiatives(
        words=chosen.get("ord", ""), status=chosen.get("status", ""), prevention=chosen.get("rettet", ""), party=chosen.get("part") or None
    )  # fmt: skip
    context = {
        "form": form,
        "initiatives": rows,
        "programmes": queries.programmes(),
        "narrowed": any(chosen.values()),
        "may_tell": may_tell(request),
    }
    return render(request, "initiatives/list.html", context)


def initiative(request, initiative_id):
    """This will show one initiative so that others can copy it."""
    row = found(queries.initiative, initiative_id)
    partners = list(queries.partners_of(row))
    promised = threads.thread_of_initiative(row, request.by, request.at).steps[2].items
    context = {
        "initiative": row,
        "crumbs": crumbs((row.name, "")),
        "facts": _facts(row),
        "who": [pair for pair in ((_("Med er"), row.included), (_("Ikke med er"), row.excluded)) if pair[1]],
        "partners": partners,
        "funding": [(item.funder, _money(item)) for item in queries.funding_of(row)],
        "reuses": [item for item in queries.reuses_of(row) if item.ended_at is None],
        "promises": promised,
        "moves": threads.goals_moved_by(row, request.by, request.at),
        "may_copy": bool(queries.may_do_too_as(row, request.by)),
        "may_change": may_change(request, row, partners),
    }
    return render(request, "initiatives/initiative.html", context)


def may_change(request, row, partners):
    """This will answer whether the person may add to what is told."""
    return passes(rules.check_may_change, row.started_by_id, [item.party_id for item in partners], by=request.by)


def _facts(row):
    when = period(row.begins_on, row.ends_on) if row.begins_on or row.ends_on else ""
    facts = [
        (_("Hvor langt"), row.get_status_display()),
        (_("Begyndt af"), row.started_by.name if row.started_by else ""),
        (_("Periode"), when),
        (_("Rettet mod"), row.get_prevention_display()),
        (_("Står i"), row.source),
    ]
    return [fact for fact in facts if fact[1]]


def _money(item):
    amount = _("%(n)s mio. kr.") % {"n": number(item.amount_million_kroner)} if item.amount_million_kroner else ""
    return " · ".join(filter(None, (amount, item.period)))


def programme(request, programme_id):
    """This will show a programme with its initiatives and partners."""
    row = found(queries.programme, programme_id)
    partners = list(queries.partners_of(row))
    context = {
        "programme": row,
        "crumbs": crumbs((row.name, "")),
        "facts": [(_("Begyndt af"), row.started_by.name if row.started_by else ""), (_("Hvor langt"), row.get_status_display()),
                  (_("Periode"), period(row.begins_on, row.ends_on) if row.begins_on or row.ends_on else ""), (_("Står i"), row.source)],
        "partners": partners,
        "funding": [(item.funder, _money(item)) for item in queries.funding_of(row)],
        "initiatives": queries.initiatives_of(row),
        "may_change": may_change(request, row, partners),
    }  # fmt: skip
    return render(request, "initiatives/programme.html", context)


def known_parties(request):
    """This will return the parties that exist today, for a list to choose from."""
    return parties_on(local_day(request.at))
