"""Doors for someone invited: choose a password, or connect the workplace's log-in. The link works once and for 14 days."""

from django.conf import settings
from django.contrib.auth import login
from django.core import signing
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tovholder.base.errors import Refused
from tovholder.parties import actions, queries
from tovholder.web.middleware import never_stored

from .forms import FirstPasswordForm

INVITED = "invited"


def _invited_or_404(token):
    try:
        return queries.invited_by(token)
    except (signing.BadSignature, LookupError) as error:
        raise Http404 from error


@never_stored
def invitation(request, token):
    """This will let an invited person open the log-in, by password or through the workplace."""
    user = _invited_or_404(token)
    form = FirstPasswordForm(user, request.POST or None)
    if request.method == "POST" and "outside" in request.POST and settings.OIDC_ISSUER:
        request.session[INVITED] = user.pk
        return redirect("openid_connect_login", provider_id="oidc")
    if request.method == "POST" and form.is_valid():
        try:
            actions.choose_password(user, password=form.cleaned_data["new_password1"], at=request.at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            login(request, user, backend="django.contrib.auth.backends.ModelBackend")
            return redirect("account_home")
    context = {"form": form, "person": user.person, "outside": bool(settings.OIDC_ISSUER), "heading": _("Velkommen")}
    return render(request, "accounts/invitation.html", context, status=422 if form.errors else 200)
