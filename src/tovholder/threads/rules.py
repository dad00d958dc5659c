"""What may be tied to what, and by whom."""

from django.utils.translation import gettext as _

from tovholder.base.errors import Refused
from tovholder.base.written import date_and_time
from tovholder.parties.rules import COORDINATOR, MODERATOR, PLANNER, PRACTITIONER, check_holds

ALLOWED = {
    "answered_by": ({"theme"}, {"provision"}),
    "required_by": ({"provision"}, {"party"}),
    "changed": ({"remark"}, {"provision"}),
    "done_by": ({"provision"}, {"initiative", "programme"}),
    "measured_by": ({"goal", "provision", "theme"}, {"finding", "indicator"}),
    "aims_at": ({"initiative", "programme"}, {"goal"}),
    "source_of": ({"source"}, {"statement", "question", "conference", "initiative", "theme", "party"}),
    "remarked_in": ({"provision"}, {"remark"}),
    "decided_in": ({"plan_version"}, {"adoption", "approval"}),
}


_MAY_TIE = (PLANNER, COORDINATOR, PRACTITIONER, MODERATOR)


def check_may_tie(kind, from_kind, to_kind, *, owners, by):
    """This will refuse ties that mean nothing, and anyone whose own party stands at neither end."""
    check_holds(by, *_MAY_TIE)
    if kind not in ALLOWED:
        raise Refused(_("Den slags tråd kender vi ikke."))
    from_kinds, to_kinds = ALLOWED[kind]
    if from_kind not in from_kinds or to_kind not in to_kinds:
        raise Refused(_("De to ting kan ikke knyttes sammen på den måde."))
    if not by.parties_as(*_MAY_TIE) & owners:
        raise Refused(_("Kun de, der ejer en af de to ting, kan knytte dem sammen. Skriv til dem."))


def check_is_heard(unfinished, *, at):
    """This will refuse to decide on a plan while people may still answer its consultation, or before it has begun."""
    if unfinished is None:
        return
    if unfinished.opens_at > at:
        sentence = _("Høringen begynder først %(opens)s. Vent, til den er slut.")
        raise Refused(sentence % {"opens": date_and_time(unfinished.opens_at, with_year=True)})
    sentence = _("Høringen er åben til %(deadline)s. Vent, til fristen er nået.")
    raise Refused(sentence % {"deadline": date_and_time(unfinished.deadline_at, with_year=True)})


def check_may_tie_provision(provision, *, by):
    """This will refuse anyone but a planner for the plan's owner."""
    check_holds(by, PLANNER, party=provision.plan.owner_id)
