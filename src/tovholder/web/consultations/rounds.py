"""Doors everyone may open: the rounds, one round with what was answered, and one remark."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tovholder.base.errors import passes
from tovholder.consultations import queries, rules
from tovholder.parties.queries import public_contacts
from tovholder.plans.queries import texts_of

from . import words
from .doors import answering_by, found

PAGE = 20


@dataclass(frozen=True)
class Row:
    """One round on the list."""

    consultation: object
    phase: str
    badge: str
    badge_kind: str
    time_line: str
    answered: str


def _row(consultation, at):
    badge, kind = words.badge_of(consultation, at)
    answered = words.answered_line(consultation.answered_count, consultation.listed_count)
    return Row(consultation, rules.phase_of(consultation, at), badge, kind, words.time_line(consultation, at), answered)


def listing(request):
    """This will list the rounds: open first, then those that come, then those that have closed."""
    rows = [_row(consultation, request.at) for consultation in queries.consultations(request.by, request.at)]
    open_rows = sorted((row for row in rows if row.phase == "open"), key=lambda row: row.consultation.deadline_at)
    context = {
        "open": open_rows,
        "coming": [row for row in rows if row.phase == "coming"],
        "closed": Paginator([row for row in rows if row.phase in {"closed", "concluded"}], PAGE).get_page(request.GET.get("side")),
        "next_opening": None if open_rows else queries.next_opening(request.at),
    }
    return render(request, "consultations/list.html", context)


def _texts_by_id(consultation):
    return {row.provision_id: row for row in texts_of(consultation.version)}


def with_places(remarks, texts, consultation):
    """This will give each remark its place in the plan and its verdict in the round's word."""
    verdicts = consultation.verdict_words
    for remark in remarks:
        remark.place = texts.get(remark.provision_id) if remark.provision_id else None
        remark.verdict_word = verdicts.get(remark.verdict, "")
    return remarks


def consultation(request, consultation_id):
    """This will show what a round is about, how to answer, and what was answered."""
    consultation = found(queries.consultation, consultation_id, request.by, request.at)
    page = Paginator(queries.published_responses(consultation), PAGE).get_page(request.GET.get("side"))
    texts = _texts_by_id(consultation)
    for response in page:
        response.shown = with_places(response.remarks.all(), texts, consultation)
    by = answering_by(request)
    context = {
        "row": _row(consultation, request.at),
        "consultation": consultation,
        "page": page,
        "asked": queries.who_is_asked(consultation),
        "contacts": public_contacts(consultation.version.plan.owner),
        "own": list(queries.drafts_of(consultation, by)) if by.is_signed_in or by.contributor else [],
        "may_work": passes(rules.check_may_work, consultation, by=request.by),
        "crumbs": [(_("Høringer"), reverse("consultations:list")), (consultation.title, "")],
    }
    return render(request, "consultations/consultation.html", context)


def remark(request, remark_id):
    """This will show one remark with its verdict."""
    remark = found(queries.remark, remark_id, answering_by(request), request.at)
    consultation = remark.response.consultation
    with_places([remark], _texts_by_id(consultation), consultation)
    heading = _("Bemærkning %(n)s.%(order)s") % {"n": remark.response.number or "–", "order": remark.order}
    crumbs = [
        (_("Høringer"), reverse("consultations:list")),
        (consultation.title, reverse("consultations:consultation", args=[consultation.pk])),
        (heading, ""),
    ]
    context = {"remark": remark, "response": remark.response, "consultation": consultation, "crumbs": crumbs, "heading": heading}
    return render(request, "consultations/remark.html", context)
