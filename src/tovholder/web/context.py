"""What every page's frame needs: the menu, who is signed in, and what must be said on top."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

_MENU = [
    ("dialogue", "dialogue:list"),
    ("plans", "plans:list"),
    ("consultations", "consultations:list"),
    ("initiatives", "initiatives:list"),
    ("findings", "findings:list"),
    ("threads", "threads:list"),
    ("parties", "parties:list"),
]


def _labels():
    return {
        "dialogue": _("Dialog"),
        "plans": _("Planer"),
        "consultations": _("Høringer"),
        "initiatives": _("Indsatser"),
        "findings": _("Mål"),
        "threads": _("Tråde"),
        "parties": _("Parter"),
    }


def shell(request):
    """This will return the frame's context; it asks the database nothing for a visitor without a log-in."""
    labels = _labels()
    match = getattr(request, "resolver_match", None)
    here = match.namespace if match else ""
    by = getattr(request, "by", None)
    banner = ""
    address = request.get_full_path() if request.method in ("GET", "HEAD") else "/"
    elsewhere = address != "/" and not address.startswith("/konto/")
    if not settings.SQLITE_IS_SOUND and settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        banner = _("Databasen på denne maskine er for gammel til drift. Demoen kører i en langsom, sikker tilstand.")
    return {
        "navigation": [(labels[name], reverse(address), here == name) for name, address in _MENU],
        "signed_in": {"name": by.name, "organisation": by.party_name} if by and by.is_signed_in else None,
        "log_in_next": address if elsewhere else reverse("account_home"),
        "by": by,
        "at": getattr(request, "at", None),
        "is_demo": settings.DEMO,
        "banner": banner,
    }
