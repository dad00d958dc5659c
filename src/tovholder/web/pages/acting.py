"""Small doors that change how a person sees the house: in which language, and on whose behalf."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from tovholder.web.accounts.doors import signed_in


def own_path(request, otherwise="/"):
    """This will return where a form wants to go next when that is a page of ours, and otherwise a safe page."""
    wanted = request.POST.get("next", "")
    is_path = wanted.startswith("/") and wanted.isprintable() and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_path else otherwise


@require_POST
def language(request):
    """This will keep the language a person chose in a cookie, and lead back to a page of ours."""
    response = set_language(request)
    response["Location"] = own_path(request)
    return response


@require_POST
@signed_in
def on_behalf(request):
    """This will let a person act for another of the parties they hold a mandate for."""
    party = request.POST.get("party", "")
    if party not in {held.party for held in request.by.mandates}:
        raise Http404
    request.session["on_behalf_of"] = party
    return redirect(own_path(request, otherwise="/konto/min/"))
