"""Doors for machines: is the house alive, can it write, and whom to tell about a weakness."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import Error
from django.http import HttpResponse
from django.urls import reverse

from tovholder.base.readiness import try_to_write

_log = logging.getLogger("tovholder.ready")
_TEXT = "text/plain; charset=utf-8"


def _plain(text, status=200):
    response = HttpResponse(text, content_type=_TEXT, status=status)
    response["Cache-Control"] = "no-store"
    return response


def healthz(request):
    """This will answer that the process is alive, without asking the database."""
    return _plain("ok\n")


def readyz(request):
    """This will answer whether a row can be written, by writing one and taking it back."""
    try:
        try_to_write(request.at)
    except Error:
        _log.exception("not ready")
        return _plain("not ready\n", status=503)
    return _plain("ready\n")


def security_txt(request):
    """This will say whom to tell about a weakness."""
    expires = (request.at + timedelta(days=180)).replace(microsecond=0, tzinfo=None)
    lines = (
        f"Contact: {settings.ADDRESS}{reverse('contact')}",
        f"Expires: {expires.isoformat()}Z",
        "Preferred-Languages: da, en",
        f"Canonical: {settings.ADDRESS}{reverse('security_txt')}",
    )
    return _plain("\n".join(lines) + "\n")
