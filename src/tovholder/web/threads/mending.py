"""Doors that mend a gap: tie what was said to what was promised, and what was promised to what is done."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tovholder.base.errors import Refused
from tovholder.initiatives import queries as initiatives
from tovholder.parties import queries as parties
from tovholder.plans import queries as plans
from tovholder.threads import actions, queries
from tovholder.web.accounts.doors import signed_in

from .forms import DutyForm, InitiativeTieForm, ThemeTieForm, tell
from .reading import crumbs, found


def _tie(request, form, act, *, done, where, title, about, lead):
    """One form that ties two things: shown, refused with everything kept, or done."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                act(form.cleaned_data)
            except Refused as refusal:
                tell(form, refusal)
            except LookupError as error:
                raise Http404 from error
            else:
                messages.success(request, done)
                return redirect(*where)
    context = {"form": form, "title": title, "about": about, "lead": lead, "crumbs": crumbs(title)}
    return render(request, "threads/tie.html", context, status=status)


@signed_in
def tie_theme(request, theme_id):
    """This will tie a theme to the provision that answers it."""
    theme = found(queries.shown_theme, theme_id, request.by, request.at)
    form = ThemeTieForm(request.POST or None, provisions=queries.provisions_to_tie(request.by, request.at))

    def act(chosen):
        provision = plans.provision(chosen["provision"], request.by, request.at)
        actions.tie_theme_to_provision(theme, provision, by=request.by, at=request.at)

    return _tie(
        request,
        form,
        act,
        done=_("Temaet er knyttet til punktet."),
        where=("threads:theme", theme.pk),
        title=_("Knyt temaet til et punkt"),
        about=theme.name,
        lead=_("Så kan de, der sagde det, se, hvor det blev til et løfte."),
    )


@signed_in
def tie_duty(request, provision_id):
    """This will tie a provision that nobody asked for to the rule that requires it."""
    provision = found(plans.provision, provision_id, request.by, request.at)
    words = found(queries.words_of_provision, provision, request.by, request.at)
    form = DutyForm(request.POST or None, parties=queries.authorities(provision, request.at))

    def act(chosen):
        party = parties.party(chosen["party"])
        actions.tie_to_duty(provision, party, because=chosen["because"], by=request.by, at=request.at)

    return _tie(
        request,
        form,
        act,
        done=_("Punktet er knyttet til lovkravet."),
        where=("threads:plan_gaps", provision.plan_id),
        title=_("Knyt til lovkrav"),
        about=str(words),
        lead=_("Nogle løfter står i planen, fordi en lov eller en myndighed kræver det. Skriv hvilken."),
    )


@signed_in
def tie_initiative(request, provision_id):
    """This will tie a provision to the initiative that does it."""
    provision = found(plans.provision, provision_id, request.by, request.at)
    words = found(queries.words_of_provision, provision, request.by, request.at)
    form = InitiativeTieForm(request.POST or None, initiatives=initiatives.initiatives())

    def act(chosen):
        initiative = initiatives.initiative(chosen["initiative"])
        actions.tie_initiative(provision, initiative, by=request.by, at=request.at)

    return _tie(
        request,
        form,
        act,
        done=_("Indsatsen er knyttet til punktet."),
        where=("threads:plan_gaps", provision.plan_id),
        title=_("Knyt en indsats til punktet"),
        about=str(words),
        lead=_("Så kan alle se, hvem der gør det, og gøre det efter."),
    )
