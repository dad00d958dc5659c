"""Doors to campaigns: answers written from one text, the words they share and each one's own."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tovholder.consultations import queries as consultations
from tovholder.dialogue import queries as dialogue
from tovholder.findings import queries

SHOWN = 20


def _shown(request, place, answer_route, crumbs):
    found = queries.campaigns_at(place, request.by, request.at)
    page = Paginator(found.campaigns, 10).get_page(request.GET.get("side"))
    rows = [(campaign, campaign.copies[:SHOWN], max(len(campaign.copies) - SHOWN, 0)) for campaign in page]
    context = {
        "place": place,
        "found": found,
        "page": page,
        "rows": rows,
        "answer_route": answer_route,
        "crumbs": [*crumbs, (_("Ens svar"), "")],
    }
    return render(request, "findings/campaigns.html", context)


@require_safe
def of_conference(request, conference_id):
    """This will show which statements of a conference are written from one text."""
    try:
        place = dialogue.conference(conference_id, request.by, request.at)
    except LookupError as error:
        raise Http404 from error
    crumbs = [(_("Dialog"), reverse("dialogue:list")), (place.title, reverse("dialogue:conference", args=[place.pk]))]
    return _shown(request, place, "dialogue:statement", crumbs)


@require_safe
def of_consultation(request, consultation_id):
    """This will show which remarks of a consultation are written from one text."""
    try:
        place = consultations.consultation(consultation_id, request.by, request.at)
    except LookupError as error:
        raise Http404 from error
    crumbs = [(_("Høringer"), reverse("consultations:list")), (place.title, reverse("consultations:consultation", args=[place.pk]))]
    return _shown(request, place, "consultations:remark", crumbs)
