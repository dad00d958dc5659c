"""The QR code of a conference's short address, for screens, posters and pages."""

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _


def short_address(code):
    """This will return the address people scan or type."""
    return settings.ADDRESS.rstrip("/") + reverse("live:conference", args=[code])


def drawn(code, **options):
    """This will return the code and the options it is drawn with."""
    title = _("QR-kode til %(address)s") % {"address": short_address(code)}
    return segno.make(short_address(code), error="m", micro=False), {"title": title, "dark": "#06364b", "border": 2} | options
