"""What every working form at these doors does: answered, it makes one call, says what happened and goes on."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tovholder.base.errors import Refused
from tovholder.parties import queries as parties


def found(query, *which):
    """This will return what a query finds; what does not exist and what may not be seen answer alike."""
    try:
        return query(*which)
    except LookupError as error:
        raise Http404 from error


def crumbs(*steps):
    """This will return the way down from the room's list to this page."""
    return [(_("Dialog"), reverse("dialogue:list")), *steps]


def page_of(rows, request, size=20):
    """This will return the page of a list that the address asks for; a number out of range gives the nearest page."""
    return Paginator(rows, size).get_page(request.GET.get("side"))


def own_parties(by, *roles):
    """This will return the parties for which the actor holds one of the roles, in Danish order."""
    return parties.in_danish_order([parties.party(pk) for pk in by.parties_as(*roles)])


def fill_in(request, form, act, *, done, to, title, button="", lead="", steps=(), eyebrow="", template="dialogue/form.html"):
    """This will show a form and, when it is answered, act; a refusal leaves everything typed where it was."""
    if request.method == "POST" and form.is_valid():
        try:
            made = act(**form.cleaned_data, by=request.by, at=request.at)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, done)
            return redirect(to(made))
    context = {
        "form": form, "title": title, "button": button or title, "lead": lead, "eyebrow": eyebrow,
        "crumbs": crumbs(*steps, (title, "")), "back": steps[-1][1] if steps else reverse("dialogue:list"),
        "place": steps[-1][0] if steps else "",
    }  # fmt: skip
    return render(request, template, context, status=422 if form.errors else 200)


def address(name, *which):
    """This will return the address of one of the room's pages."""
    return reverse(f"dialogue:{name}", args=which)
