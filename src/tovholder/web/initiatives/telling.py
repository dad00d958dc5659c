"""Doors for those who do something: tell it, add to it, and say that you do it too."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tovholder.base.errors import Refused
from tovholder.initiatives import actions, queries, rules
from tovholder.parties import queries as parties
from tovholder.web.accounts.doors import signed_in
from tovholder.web.threads.addresses import address_of

from .forms import DoItTooForm, ExperienceForm, FundingForm, InitiativeForm, PartnerForm, ProgrammeForm, tell
from .reading import crumbs, found, known_parties


def _fill_in(request, form, act, *, title, button, lead="", way=(), eyebrow=""):
    """One form: shown, refused with everything kept, or done and led on. `act` returns (where to, sentence)."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                address, sentence = act(form.cleaned_data)
            except Refused as refusal:
                tell(form, refusal)
            else:
                messages.success(request, sentence)
                return redirect(address)
    context = {"form": form, "title": title, "button": button, "lead": lead, "eyebrow": eyebrow, "crumbs": crumbs(*way, (title, ""))}
    return render(request, "initiatives/form.html", context, status=status)


def _way(row, kind):
    return ((row.name, address_of(kind, row.pk)),)


def _chosen_party(party_id):
    return parties.party(party_id) if party_id else None


@signed_in
def new_programme(request):
    """This will start a programme."""
    rules.check_may_tell(by=request.by)

    def act(told):
        row = actions.start_programme(**told, by=request.by, at=request.at)
        return address_of("programme", row.pk), _("Programmet er gemt.")

    form = ProgrammeForm(request.POST or None)
    return _fill_in(
        request, form, act, title=_("Start et program"), button=_("Start programmet"), lead=_("Et program er rammen om flere indsatser.")
    )


@signed_in
def new_initiative(request):
    """This will tell about an initiative."""
    rules.check_may_tell(by=request.by)
    form = InitiativeForm(
        request.POST or None, programmes=queries.programmes(), statuses=queries.statuses(), preventions=queries.preventions(),
        initial={"programme": request.GET.get("program", "")},
    )  # fmt: skip

    def act(told):
        programme = queries.programme(told["programme"]) if told["programme"] else None
        row = actions.start_initiative(**(told | {"programme": programme}), by=request.by, at=request.at)
        return address_of("initiative", row.pk), _("Indsatsen er gemt. Nu kan andre finde den.")

    lead = _("Fortæl det, så andre kan gøre det efter. Stjæl med stolthed. Del med glæde.")
    return _fill_in(request, form, act, title=_("Fortæl om en indsats"), button=_("Gem indsatsen"), lead=lead)


def _own(request, row):
    rules.check_may_change(row.started_by_id, [item.party_id for item in queries.partners_of(row)], by=request.by)
    return row


def _add_partner(request, row, kind):
    def act(told):
        actions.add_partner(row, party=_chosen_party(told["party"]), name=told["name"], part=told["part"], by=request.by, at=request.at)
        return address_of(kind, row.pk), _("Partneren står på siden.")

    form = PartnerForm(request.POST or None, parties=known_parties(request))
    return _fill_in(request, form, act, title=_("Tilføj en partner"), button=_("Tilføj partneren"), eyebrow=row.name, way=_way(row, kind))


@signed_in
def partner(request, initiative_id):
    """This will add a partner to an initiative."""
    return _add_partner(request, _own(request, found(queries.initiative, initiative_id)), "initiative")


@signed_in
def programme_partner(request, programme_id):
    """This will add a partner to a programme."""
    return _add_partner(request, _own(request, found(queries.programme, programme_id)), "programme")


@signed_in
def funding(request, initiative_id):
    """This will say who pays."""
    row = _own(request, found(queries.initiative, initiative_id))

    def act(told):
        actions.add_funding(row, **told, by=request.by, at=request.at)
        return address_of("initiative", row.pk), _("Det står på siden, hvem der betaler.")

    form = FundingForm(request.POST or None)
    return _fill_in(request, form, act, title=_("Hvem betaler?"), button=_("Gem"), eyebrow=row.name, way=_way(row, "initiative"))


@signed_in
def experience(request, initiative_id):
    """This will tell what worked and what worked less."""
    row = _own(request, found(queries.initiative, initiative_id))
    form = ExperienceForm(request.POST or None, initial={name: getattr(row, name) for name in ("worked", "worked_less", "evaluation")})

    def act(told):
        actions.tell_experience(row, **told, by=request.by, at=request.at)
        return address_of("initiative", row.pk), _("Jeres erfaring står på siden.")

    lead = _("Det, der gik mindre godt, er mindst lige så meget værd for andre.")
    return _fill_in(
        request,
        form,
        act,
        title=_("Fortæl, hvad I har lært"),
        button=_("Gem erfaringen"),
        lead=lead,
        eyebrow=row.name,
        way=_way(row, "initiative"),
    )


@signed_in
def do_it_too(request, initiative_id):
    """This will put one of the own parties on the list of those who do it too."""
    row = found(queries.initiative, initiative_id)
    own = queries.may_do_too_as(row, request.by)
    form = DoItTooForm(request.POST or None, parties=own, initial={"party": request.by.on_behalf_of})

    def act(told):
        party = _chosen_party(told["party"])
        actions.do_it_too(row, party=party, changed=told["changed"], by=request.by, at=request.at)
        sentence = _("%(party)s står nu på listen.") % {"party": party.name}
        thanks = _("Tak til dem, der begyndte: %(who)s.") % {"who": row.started_by.name} if row.started_by else ""
        return address_of("initiative", row.pk), f"{sentence} {thanks}".strip()

    lead = _("Stjæl med stolthed. Del med glæde. Dem, der begyndte, får æren.")
    return _fill_in(
        request,
        form,
        act,
        title=_("Det gør vi også"),
        button=_("Det gør vi også"),
        lead=lead,
        eyebrow=row.name,
        way=_way(row, "initiative"),
    )


@signed_in
def end(request, initiative_id):
    """This will end an initiative today; what was learned stays."""
    row = found(queries.initiative, initiative_id)
    if request.method != "POST":
        return redirect(address_of("initiative", row.pk))
    actions.end_initiative(row, on=parties.local_day(request.at), by=request.by, at=request.at)
    messages.success(request, _("Indsatsen er afsluttet. Det, I har lært, bliver stående."))
    return redirect(address_of("initiative", row.pk))
