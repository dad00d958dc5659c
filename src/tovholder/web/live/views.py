"""Doors for phones in a hall: read what happens to your words, write, and the hall's screen."""

import hashlib
from datetime import timedelta
from io import BytesIO
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tovholder.base.errors import Refused, TooMany
from tovholder.dialogue import actions, queries
from tovholder.dialogue.rules import LooksLikeCpr
from tovholder.web import qr as qr_code
from tovholder.web.acting import join
from tovholder.web.findings import opinion_hall
from tovholder.web.middleware import never_stored

from .forms import IN_THE_HALL, ExperienceForm, StatementForm, new_key

_MAP_FOR = timedelta(seconds=40)


def _found(query, *args):
    try:
        return query(*args)
    except LookupError as error:
        raise Http404 from error


@require_safe
@never_stored
def conference(request, code):
    """This will show what the hall is asked, who is responsible, and give the phone its cookie."""
    found = _found(queries.live_conference, code, request.at)
    return join(request, render(request, "live/conference.html", {"conference": found}))


@never_stored
def write(request, code, question_id):
    """This will take an experience or a proposal: first as it will be shown, then for good."""
    if request.method == "POST" and _is_meant_to_be_stored(request):
        return _send(request, code, question_id)
    found, question = _found(queries.live_question, code, question_id, request.at)
    if request.method != "POST":
        first = {"idempotency_key": new_key(), "kind": "proposal", "sector": ""}
        page = _page(request, found, question, StatementForm(initial=first))
        return join(request, page)
    form = StatementForm(request.POST)
    if request.POST.get("step") == "edit":
        return _page(request, found, question, _unbound(form))
    try:
        shown = actions.preview(question, text=form.said()["text"], by=request.by, at=request.at)
    except Refused as refused:
        return _refused(request, found, question, form, refused)
    context = {"conference": found, "question": question, "form": form, "shown": shown, "said": form.said()}
    return render(request, "live/preview.html", context)


def _is_meant_to_be_stored(request):
    # The phone's own queue sends what was written without net by fetch; no preview can be shown then, and a moderator reads it anyway.
    return request.POST.get("step") == "send" or request.headers.get("Sec-Fetch-Mode") == "cors"


def _send(request, code, question_id):
    form = StatementForm(request.POST)
    said = form.said()
    try:
        insists = "insists" in request.POST
        typed = form.cleaned_data.get("code", "")
        statement = actions.say(question_id, **said, claim_code=typed, insists=insists, by=request.by, at=request.at)
    except LookupError as error:
        raise Http404 from error
    except Refused as refused:
        found, question = _found(queries.live_question, code, question_id, request.at)
        return _refused(request, found, question, form, refused)
    return _receipt(request, statement)


@never_stored
def afterwards(request, code):
    """This will take a text that came too late for its question, as an experience."""
    found = _found(queries.live_conference, code, request.at)
    if request.method != "POST":
        return redirect("live:conference", code=found.short_code)
    form = ExperienceForm(request.POST)
    said = form.said()
    try:
        if not form.cleaned_data.get("kind"):
            raise Refused(_("Vælg, om det er en god eller en dårlig oplevelse."), field="kind")
        statement = actions.say_afterwards(found, **said, by=request.by, at=request.at)
    except Refused as refused:
        _add(form, refused)
        return _closed(request, found, form)
    return _receipt(request, statement)


def _receipt(request, statement):
    return render(request, "live/receipt.html", {"statement": statement, "conference": statement.conference})


def _page(request, found, question, form, status=200, may_insist=False):
    if not question.is_open and status == 200:
        context = {"conference": found, "question": question, "closed_at": question.closed_at(request.at)}
        return render(request, "live/over.html", context)
    number = list(found.questions.all()).index(question) + 1
    context = {"conference": found, "question": question, "form": form, "number": number, "of": len(found.questions.all())}
    return render(request, "live/write.html", context | {"may_insist": may_insist}, status=status)


def _refused(request, found, question, form, refused):
    if question.closed_at(request.at):
        return _closed(request, found, ExperienceForm(initial=_kept(form, kind="")), heading=str(refused))
    _add(form, refused)
    status = 429 if isinstance(refused, TooMany) else 422
    return _page(request, found, question, form, status=status, may_insist=isinstance(refused, LooksLikeCpr))


def _add(form, refused):
    form.is_valid()
    form.add_error(refused.field if refused.field in form.fields else None, str(refused))


def _closed(request, found, form, *, heading=""):
    return render(request, "live/closed.html", {"conference": found, "form": form, "heading": heading}, status=422)


def _kept(form, **more):
    return {name: form.data.get(name, "") for name in form.fields} | more


def _unbound(form):
    return StatementForm(initial=_kept(form))


def _is_the_maps_turn(conference, at):
    return conference.input_opens_at is not None and (at - conference.input_opens_at) // _MAP_FOR % 2 == 1


@require_safe
def hall(request, code):
    """This will show the hall's screen; the same picture twice is answered as not changed."""
    found = _found(queries.live_conference, code, request.at)
    if "kort" in request.GET and _is_the_maps_turn(found, request.at):
        return opinion_hall.unchanged(request, opinion_hall.screen(request, found))
    number = request.GET.get("spoergsmaal", "")
    seen = queries.hall(found, request.at, number=int(number) if number.isdecimal() and len(number) < 4 else None)
    drawn, options = qr_code.drawn(found.short_code, omitsize=True)
    largest = max(seen.sectors.values(), default=1)
    context = {
        "conference": found,
        "hall": seen,
        "sectors": [(code, IN_THE_HALL[code], count, f"{100 * count / largest:.1f}") for code, count in seen.sectors.items()],
        "host": urlsplit(settings.ADDRESS).netloc,
        "qr": mark_safe(drawn.svg_inline(**options)),  # noqa: S308 - drawn here, from an address of ours
        "length": len(seen.question.text) if seen.question else 0,
    }
    response = render(request, "live/hall.html", context)
    tag = f'"{hashlib.sha256(response.content).hexdigest()[:24]}"'
    if tag in request.headers.get("If-None-Match", ""):
        response = HttpResponseNotModified()
    response.headers["ETag"], response.headers["Cache-Control"] = tag, "no-cache"
    return response


@require_safe
def qr(request, code):
    """This will draw the QR code of the short address."""
    found = _found(queries.live_conference, code, request.at)
    drawn, options = qr_code.drawn(found.short_code, scale=8, light="#ffffff")
    picture = BytesIO()
    drawn.save(picture, kind="svg", xmldecl=False, **options)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")
