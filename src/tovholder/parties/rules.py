"""Who may do what with parties, and when."""

from django.utils.translation import gettext as _

from tovholder.base.by import SYSTEM
from tovholder.base.errors import Refused
from tovholder.base.periods import is_valid_on

PLANNER = "planner"
MODERATOR = "moderator"
COORDINATOR = "coordinator"
APPROVER = "approver"
GROUP_COORDINATOR = "group_coordinator"
PRACTITIONER = "practitioner"
OPERATOR = "operator"
WORKING_ROLES = (PLANNER, MODERATOR, COORDINATOR, APPROVER, GROUP_COORDINATOR, PRACTITIONER, OPERATOR)


def check_holds(by, *roles, party=None):
    """This will refuse anyone who holds none of the roles, for the party when one is named."""
    if not by.is_signed_in:
        raise Refused(_("Log ind først."))
    if not any(by.holds(role, party) for role in roles):
        raise Refused(_("Det kræver et mandat, du ikke har. Skriv til jeres sekretariat, hvis du mangler det."))


def check_may_keep_register(by):
    """This will refuse anyone but an operator, and the system itself, who changes the register of parties."""
    if by is not SYSTEM:
        check_holds(by, OPERATOR)


def check_may_give_task(by):
    """This will refuse anyone without a mandate at work, and let the system itself note what a party owes."""
    if by is not SYSTEM:
        check_holds(by, *WORKING_ROLES)


def check_valid(party, on):
    """This will refuse acts in the name of a party whose period has ended or not begun."""
    if not is_valid_on(party, on):
        raise Refused(_("%(party)s findes ikke den dag. Vælg den part, der har overtaget opgaven.") % {"party": party.name})


def check_may_end(party, *, on, by):
    """This will refuse an end before the beginning and anyone without an operator's mandate."""
    check_may_keep_register(by)
    if party.valid_from and on <= party.valid_from:
        raise Refused(_("Slutdagen ligger før første dag. Vælg en senere dag."))
