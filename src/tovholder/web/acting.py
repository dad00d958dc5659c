"""Who is at the door: a person with mandates, a device in a hall, or nobody known."""

import secrets

from django.conf import settings
from django.core import signing
from django.db import DataError
from django.utils.functional import SimpleLazyObject

from tovholder.base.by import By
from tovholder.base.errors import Refused, TooMany
from tovholder.base.keys import keyed_digest
from tovholder.parties import queries as parties

from . import errors

_DEVICE_DAYS = 40
_signer = signing.Signer(salt="device")


def device_of(request):
    """This will return the pseudonym of the device that asks, or None before it has joined."""
    cookie = request.COOKIES.get(settings.DEVICE_COOKIE_NAME)
    if not cookie:
        return None
    try:
        return keyed_digest("device", _signer.unsign(cookie))
    except signing.BadSignature:
        return None


def join(request, response):
    """This will give a device its cookie, once; the cookie itself is stored nowhere on our side."""
    if device_of(request) is None:
        response.set_cookie(
            settings.DEVICE_COOKIE_NAME,
            _signer.sign(secrets.token_urlsafe(24)),
            max_age=_DEVICE_DAYS * 86400,
            secure=settings.IS_HTTPS,
            httponly=True,
            samesite="Lax",
        )
    return response


def _who(request):
    device = device_of(request)
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return By(device=device)
    return parties.by_for(user, request.at, on_behalf_of=request.session.get("on_behalf_of"), device=device)


def acting(get_response):
    """This will tell every view who acts, and show the sentence of a refusal wherever one is raised."""

    def middleware(request):
        request.by = SimpleLazyObject(lambda: _who(request))
        return get_response(request)

    def process_exception(request, exception):
        if isinstance(exception, TooMany):
            return errors.refused(request, exception, status=429)
        if isinstance(exception, Refused):
            return errors.refused(request, exception)
        if isinstance(exception, ValueError | DataError) and "NUL (0x00)" in str(exception):
            # PostgreSQL cannot look for a NUL, and no address or field of ours has one.
            return errors.bad_request(request)
        errors.note(request, exception)
        return None

    middleware.process_exception = process_exception
    return middleware
