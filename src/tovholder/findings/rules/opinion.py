"""Who may have a map drawn, publish what it says, and take it back."""

from django.utils.translation import gettext as _

from tovholder.base.by import SYSTEM
from tovholder.base.errors import Refused
from tovholder.parties.rules import MODERATOR, PLANNER, check_holds

LONGEST_TITLE = 200


def check_may_redraw(conference, *, by):
    """This will refuse anyone but the system itself and the organiser's planners and moderators."""
    if by is not SYSTEM:
        check_holds(by, PLANNER, MODERATOR, party=conference.organiser_id)


def check_ties_stand(conference, *, are_cut):
    """This will refuse to draw again once the answers are nobody's: each would count as a person of its own."""
    if are_cut:
        raise Refused(_("Svarene er skilt fra telefonerne. Kortet kan ikke tegnes igen, men det sidste står her stadig."))


def check_may_publish(conference, *, by):
    """This will refuse anyone but the organiser's planners and moderators."""
    check_holds(by, PLANNER, MODERATOR, party=conference.organiser_id)


def check_publishable(found, *, title):
    """This will refuse to publish what is not calculated yet, or has no title people can read."""
    if found is None or not found.figures:
        raise Refused(_("Kortet er ikke regnet færdigt endnu. Vent et øjeblik, og prøv igen."))
    if not title.strip():
        raise Refused(_("Skriv med én sætning, hvad man ser."), field="title")
    over = len(title.strip()) - LONGEST_TITLE
    if over > 0:
        raise Refused(_("Teksten er %(over)s tegn over %(limit)s. Kort lidt ned.") % {"over": over, "limit": LONGEST_TITLE}, field="title")


def check_may_withdraw(finding, *, by):
    """This will refuse strangers, and to withdraw a finding twice."""
    check_holds(by, PLANNER, MODERATOR, party=finding.owner_id)
    if finding.withdrawn_at:
        raise Refused(_("Fundet er allerede trukket tilbage."))
