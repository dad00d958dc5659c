"""Pages for what went wrong: what happened, what it means for you, what you can do now."""

import json
import logging
import secrets
import traceback

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

_faults = logging.getLogger("tovholder.fault")


def note(request, exception):
    """This will log a fault under the number people quote: its type and its places in the code, never its words or what was sent."""
    if isinstance(exception, (Http404, PermissionDenied, SuspiciousOperation)):
        return
    match = request.resolver_match
    told = {
        "fault": type(exception).__name__,
        "number": _number(request),
        "route": match.view_name if match else None,
        "places": [
            f"{row.filename.rsplit('/', 3)[-1]}:{row.lineno} {row.name}" for row in traceback.extract_tb(exception.__traceback__)[-6:]
        ],
    }
    _faults.error(json.dumps(told))


def _number(request):
    return getattr(request, "request_id", secrets.token_hex(8))[:8].upper()


def _page(request, status, heading, sentence):
    context = {"heading": heading, "sentence": sentence, "asks_log_in": status == 404 and not _is_signed_in(request)}
    response = render(request, "error.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def refused(request, refusal, status=403):
    """This will show the sentence of a refusal on a page of its own."""
    return _page(request, status, _("Det kan du ikke lige nu"), str(refusal))


def not_found(request, exception=None):
    """This will answer the same for what does not exist and what may not be seen."""
    sentence = _("Måske er den ikke offentlig endnu. Tjek adressen, eller gå til forsiden.")
    if request.method == "POST" and not _is_signed_in(request):
        sentence = _("Det, du skrev, er ikke sendt. Gå tilbage i browseren, og kopiér din tekst. Log så ind, og sæt den ind igen.")
    return _page(request, 404, _("Den side kan vi ikke vise dig"), sentence)


def _is_signed_in(request):
    by = getattr(request, "by", None)
    return bool(by and by.is_signed_in)


def forbidden(request, exception=None):
    """This will answer as for a page that does not exist."""
    return not_found(request, exception)


def bad_request(request, exception=None):
    """This will answer a request that could not be read."""
    return _page(request, 400, _("Det kunne vi ikke læse"), _("Gå tilbage, og prøv igen. Det, du skrev, er stadig i dit felt."))


def csrf_failure(request, reason=""):
    """This will answer a form whose page was too old or whose cookies were blocked."""
    return _page(
        request,
        403,
        _("Siden var for gammel"),
        _(
            "Gå tilbage, kopiér din tekst, genindlæs siden, og send igen. "
            "Tillad cookies for denne side, ellers kan vi ikke vide, at det er dig."
        ),
    )


def server_error(request):
    """This will answer when we failed, with a number the person can quote."""
    number = _number(request)
    return _page(
        request,
        500,
        _("Noget gik galt hos os"),
        _("Prøv igen, eller skriv til os med nr. %(number)s. Gå tilbage i browseren, så står din tekst der endnu.") % {"number": number},
    )
