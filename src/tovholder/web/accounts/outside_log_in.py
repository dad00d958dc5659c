"""The workplace's log-in may be down. Then people are told, and the local log-in goes on."""

from functools import wraps

from django.shortcuts import render
from django.utils.translation import gettext as _
from requests import RequestException


def patient(view):
    """This will show a sentence instead of a fault when the outside log-in does not answer."""

    @wraps(view)
    def door(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except RequestException:
            sentence = _("Arbejdspladsens log-in svarer ikke lige nu. Vent lidt, og prøv igen, eller log ind med adgangskode.")
            return render(request, "accounts/say.html", {"heading": _("Log-in svarer ikke"), "sentence": sentence}, status=503)

    return door
