"""Verbs about what is done."""

from django.utils.translation import gettext as _

from tovholder.base import search
from tovholder.base.errors import Refused
from tovholder.base.events import new_thing, record
from tovholder.base.rows import hold
from tovholder.base.write import write
from tovholder.parties.queries import local_day

from . import queries, rules
from .models import Funding, Initiative, Partner, Programme, Reuse


def start_programme(*, name, purpose, by, at, **fields):
    """This will store a programme, the frame for several initiatives, with credit to those who began."""
    rules.check_may_tell(by=by)
    rules.check_name(name, purpose)
    rules.check_period(fields.get("begins_on"), fields.get("ends_on"))
    fields.setdefault("started_by_id", by.on_behalf_of)
    with write():
        programme = Programme.objects.create(thing=new_thing("programme", at), name=name.strip(), purpose=purpose.strip(), **fields)
        search.keep(queries.entries_of_programmes, [programme])
        record("programme_started", programme, by=by, at=at)
    return programme


def start_initiative(*, name, purpose, programme=None, by, at, **fields):
    """This will store an initiative so that others can find and copy it, with credit to those who began."""
    rules.check_may_tell(by=by)
    rules.check_name(name, purpose)
    rules.check_period(fields.get("begins_on"), fields.get("ends_on"))
    fields.setdefault("started_by_id", by.on_behalf_of)
    with write():
        initiative = Initiative.objects.create(
            thing=new_thing("initiative", at), name=name.strip(), purpose=purpose.strip(), programme=programme, **fields
        )
        search.keep(queries.entries_of_initiatives, [initiative])
        record("initiative_started", initiative, by=by, at=at, programme=programme.pk if programme else None)
    return initiative


def _check_may_change(found, by):
    rules.check_may_change(found.started_by_id, found.partners.values_list("party", flat=True), by=by)


def add_partner(found, *, party=None, name="", part="", by, at):
    """This will add a partner of any kind to a programme or an initiative."""
    _check_may_change(found, by)
    if party is None and not name.strip():
        raise Refused(_("Vælg en part, eller skriv partnerens navn."), field="name")
    where = {"programme": found} if isinstance(found, Programme) else {"initiative": found}
    with write():
        partner = Partner.objects.create(**where, party=party, name=name.strip(), part=part)
        record("partner_added", found, by=by, at=at, party=party.pk if party else None)
    return partner


def add_funding(found, *, funder, amount_million_kroner=None, period="", by, at):
    """This will say who pays for a programme or an initiative."""
    _check_may_change(found, by)
    if not funder.strip():
        raise Refused(_("Skriv, hvem der betaler."), field="funder")
    where = {"programme": found} if isinstance(found, Programme) else {"initiative": found}
    with write():
        funding = Funding.objects.create(**where, funder=funder, amount_million_kroner=amount_million_kroner, period=period)
        record("funding_added", found, by=by, at=at)
    return funding


def tell_experience(initiative, *, worked="", worked_less="", evaluation="", by, at):
    """This will tell what worked and what worked less well."""
    _check_may_change(initiative, by)
    if not (worked.strip() or worked_less.strip() or evaluation.strip()):
        raise Refused(_("Skriv mindst ét sted, hvad I har lært."), field="worked")
    with write():
        changed = {"worked": worked.strip(), "worked_less": worked_less.strip(), "evaluation": evaluation.strip()}
        Initiative.objects.filter(pk=initiative.pk).update(**changed)
        search.keep(queries.entries_of_initiatives, Initiative.objects.filter(pk=initiative.pk))
        record("experience_told", initiative, by=by, at=at, fields=sorted(name for name, text in changed.items() if text))


def do_it_too(initiative, *, party, changed="", by, at):
    """This will say that a party does the initiative too, with credit to those who began."""
    rules.check_may_do_too(party, day=local_day(at), by=by)
    with write():
        hold(initiative)
        reuse = Reuse.objects.filter(initiative=initiative, party=party).first()
        if reuse is not None and reuse.ended_at is None:
            raise Refused(_("%(party)s står allerede på listen.") % {"party": party.name})
        if reuse is None:
            reuse = Reuse(thing=new_thing("reuse", at), initiative=initiative, party=party)
        reuse.person_id, reuse.began_at, reuse.changed, reuse.ended_at = by.person, at, changed.strip(), None
        reuse.save()
        record("initiative_done_too", initiative, by=by, at=at, party=party.pk)
    return reuse


def end_reuse(reuse, *, by, at):
    """This will say that a party no longer does an initiative."""
    rules.check_may_do_too(reuse.party, day=local_day(at), by=by)
    with write():
        Reuse.objects.filter(pk=reuse.pk).update(ended_at=at)
        record("reuse_ended", reuse.initiative, by=by, at=at, party=reuse.party_id)


def end_initiative(initiative, *, on, status="ended", by, at):
    """This will end an initiative on a day."""
    _check_may_change(initiative, by)
    rules.check_period(initiative.begins_on, on)
    with write():
        Initiative.objects.filter(pk=initiative.pk).update(status=status, ends_on=on)
        record("initiative_ended", initiative, by=by, at=at, status=status)
