"""Who may tell what is done, and who may do it too."""

from django.utils.translation import gettext as _

from tovholder.base.errors import Refused
from tovholder.parties.rules import COORDINATOR, GROUP_COORDINATOR, PLANNER, PRACTITIONER, check_holds, check_valid


def check_may_tell(*, by):
    """This will refuse anyone without a mandate to plan, coordinate or practise."""
    check_holds(by, PLANNER, COORDINATOR, PRACTITIONER, GROUP_COORDINATOR)


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
