"""Who may tell what is done, and who may do it too."""

from django.utils.translation import gettext as _

from tovholder.base.errors import Refused
from tovholder.parties.rules import COORDINATOR, GROUP_COORDINATOR, PLANNER, PRACTITIONER, check_holds, check_valid


def check_may_tell(*, by):
    """This will refuse anyone without a mandate to plan, coordinate or practise."""
    check_holds(by, PLANNER, COORDINATOR, PRACTITIONER, GROUP_COORDINATOR)


def check_may_change(started_by, partners, *, by):
    """This will refuse to change what others began, unless one is their partner; what nobody is named for, anyone at work may tell."""
    check_may_tell(by=by)
    own = by.parties_as(PLANNER, COORDINATOR, PRACTITIONER, GROUP_COORDINATOR)
    if started_by is not None and not own & {started_by, *partners}:
        raise Refused(_("Det kan kun de, der begyndte, og deres partnere skrive. Gør I det også, så skriv det under jeres eget navn."))


def check_period(begins_on, ends_on):
    """This will refuse an end before the beginning."""
    if begins_on and ends_on and ends_on < begins_on:
        raise Refused(_("Slutdagen ligger før første dag. Ret en af dem."), field="ends_on")


def check_may_do_too(party, *, day, by):
    """This will refuse to speak for a party that is not one's own, or that has ended."""
    check_holds(by, PLANNER, COORDINATOR, PRACTITIONER, party=party.pk)
    check_valid(party, day)


def check_name(name, purpose):
    """This will refuse an initiative that nobody could recognise."""
    if not name.strip():
        raise Refused(_("Giv indsatsen et navn."), field="name")
    if not purpose.strip():
        raise Refused(_("Skriv, hvad indsatsen skal gøre bedre, og for hvem."), field="purpose")
