"""Who may gather statements under a theme, and which."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tovholder.base.errors import Refused
from tovholder.parties.rules import PLANNER, check_holds, check_valid

from .conferences import LIMITS, check_filled, check_lengths

_LIMITS = LIMITS | {"name": 120}


def check_name(name, description, *, is_taken):
    """This will refuse a theme without a name, with one too long, or with one in use at the same place."""
    check_filled(_("Giv temaet et navn."), name=name)
    check_lengths(_LIMITS, name=name, description=description)
    if is_taken:
        raise Refused(_("Der er allerede et tema med det navn. Læg udsagnene der, eller vælg et andet navn."), field="name")


def check_may_name(owner, *, conference, group, day, by):
    """This will refuse anyone but a planner for the owner, and a theme for another organiser's conference."""
    check_holds(by, PLANNER, party=owner.pk)
    check_valid(owner, day)
    if conference is not None and group is not None:
        raise Refused(_("Et tema hører til én konference eller én temagruppe."))
    if conference is not None and conference.organiser_id != owner.pk:
        raise Refused(_("Det er arrangøren, der samler udsagnene i temaer."))


def check_may_gather(conference, *, by):
    """This will refuse anyone but a planner for the organiser at the desk where statements become themes."""
    check_holds(by, PLANNER, party=conference.organiser_id)


def check_may_change_theme(theme, *, by):
    """This will refuse anyone but a planner for the owner, and changes of a withdrawn theme."""
    check_holds(by, PLANNER, party=theme.owner_id)
    if theme.withdrawn_at:
        raise Refused(_("Temaet er trukket tilbage og kan ikke ændres."))


def check_ticked(statements):
    """This will refuse to gather nothing."""
    if not statements:
        raise Refused(_("Sæt kryds ved mindst ét udsagn."), field="statement")


def check_statements(theme, statements):
    """This will refuse statements that are not public, or were said somewhere else than the theme's place."""
    check_ticked(statements)
    hidden = sum(row.state != "published" for row in statements)
    if hidden:
        sentence = ngettext(
            "Ét udsagn er ikke offentligt længere. Fjern krydset.", "%(n)s udsagn er ikke offentlige længere. Fjern krydsene.", hidden
        )
        raise Refused(sentence % {"n": hidden}, field="statement")
    if theme.conference_id and any(row.conference_id != theme.conference_id for row in statements):
        raise Refused(_("Et af udsagnene er fra en anden konference."), field="statement")
    if theme.group_id and any(row.group_id != theme.group_id for row in statements):
        raise Refused(_("Et af udsagnene er fra en anden temagruppe."), field="statement")
