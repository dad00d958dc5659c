"""Doors for phones that weigh others' words: one statement at a time, and who one answers as."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tovholder.base.errors import Refused, TooMany
from tovholder.dialogue import actions, queries
from tovholder.findings import queries as findings
from tovholder.web.acting import join
from tovholder.web.design.words import shape
from tovholder.web.middleware import never_stored

from .forms import SECTORS, new_key


def _conference(request, code):
    try:
        return queries.live_conference(code, request.at)
    except LookupError as error:
        raise Http404 from error


def _choices():
    return [(code, word, shape(code) if code else "") for code, word in SECTORS]


@require_safe
@never_stored
def turn(request, code):
    """This will show one statement to agree or disagree with."""
    found = _conference(request, code)
    next_up = findings.next_for(request.by.device, found, request.at, wanted=request.GET.get("udsagn", ""))
    context = {
        "conference": found,
        "turn": next_up.turn,
        "sector": next_up.sector,
        "sectors": _choices(),
        "answers_as": dict(SECTORS).get(next_up.sector, ""),
        "key": new_key(),
        "answers": [("1", _("Enig"), "check", "1"), ("-1", _("Uenig"), "close", "2"), ("0", _("Ved ikke – næste"), "", "3")],
    }
    return join(request, render(request, "live/turn.html", context))


@require_POST
@never_stored
def vote(request, code):
    """This will keep one answer, and say so as a page or as JSON; with the first one comes who answers."""
    as_json = "application/json" in request.headers.get("Accept", "")
    statement, answer = request.POST.get("statement", ""), request.POST.get("answer", "")
    key = request.POST.get("key") or request.POST.get("idempotency_key") or ""
    known = {"1": 1, "0": 0, "-1": -1}.get(answer)
    try:
        if "sector" in request.POST:
            actions.declare_sector(_conference(request, code), sector=request.POST["sector"], by=request.by, at=request.at)
        actions.vote(statement, answer=known, key=key, by=request.by, at=request.at)
    except LookupError as error:
        raise Http404 from error
    except Refused as refused:
        if as_json:
            return JsonResponse({"stored": False, "sentence": str(refused)}, status=429 if isinstance(refused, TooMany) else 422)
        if isinstance(refused, TooMany):
            raise
        messages.warning(request, str(refused))
        return redirect("live:turn", code=code)
    if as_json:
        return JsonResponse({"stored": True, "statement": statement, "answer": known})
    return redirect("live:turn", code=code)


@never_stored
def who(request, code):
    """This will ask, or keep, who one answers as; it may be changed as long as answers are taken."""
    found = _conference(request, code)
    chosen, refusal = queries.declared_sector(request.by.device, found), ""
    if request.method == "POST":
        chosen = request.POST.get("sector")
        try:
            if chosen is None:
                raise Refused(_("Vælg en af mulighederne."))
            actions.declare_sector(found, sector=chosen, by=request.by, at=request.at)
            return redirect("live:turn", code=found.short_code)
        except Refused as refused:
            refusal = str(refused)
    context = {"conference": found, "sector": chosen, "sectors": _choices(), "refusal": refusal}
    return join(request, render(request, "live/who.html", context, status=422 if refusal else 200))
