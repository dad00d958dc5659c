"""Doors to a person's own page, and to what log-ins cannot do here."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from tovholder.threads import queries

from .doors import signed_in


@signed_in
def home(request):
    """This will show for whom the person acts, and what waits."""
    return render(request, "accounts/home.html", {"desk": queries.desk(request.by, request.at)})


def nothing_here(request):
    """This will answer as for a page that does not exist: log-ins come by invitation."""
    raise Http404


def _say(request, heading, sentence):
    return render(request, "accounts/say.html", {"heading": heading, "sentence": sentence})


@signed_in
def no_password(request):
    """This will tell someone who logs in through their workplace where the password is kept."""
    return _say(request, _("Din adgangskode er ikke her"), _("Du logger ind gennem din arbejdsplads. Der skifter du også adgangskode."))


def known_already(request):
    """This will tell someone from outside that a log-in with their address is there already."""
    sentence = _("Der er allerede et log-in med din mailadresse. Log ind med adgangskode, eller skriv til jeres sekretariat.")
    return _say(request, _("Vi kender din mailadresse"), sentence)
