"""Who may code, by what book, and what may be put into it."""

from django.utils.translation import gettext as _

from tovholder.base.by import SYSTEM
from tovholder.base.errors import Refused
from tovholder.parties.rules import PLANNER, check_holds

LONGEST_GUIDE = 2_000
LONGEST_EXAMPLE = 400
MOST_CODES = 200


def check_may_code(codebook, *, by):
    """This will refuse anyone but a planner for the codebook's owner."""
    check_holds(by, PLANNER, party=codebook.owner_id)


def check_may_make_codebook(owner, *, by):
    """This will refuse anyone but a planner for the one who asked the question."""
    check_holds(by, PLANNER, party=owner.pk)


def check_may_refit(codebook, *, by):
    """This will refuse anyone but the system itself and a planner for the owner."""
    if by is not SYSTEM:
        check_may_code(codebook, by=by)


def check_is_system(*, by):
    """This will refuse everyone but the system itself."""
    if by is not SYSTEM:
        raise Refused(_("Det gør systemet selv."))


def check_guide(guide):
    """This will refuse a guide that nobody would read to its end."""
    _check_length(guide, LONGEST_GUIDE, "guide")


def check_example(example):
    """This will refuse an example longer than it helps."""
    _check_length(example, LONGEST_EXAMPLE, "example")


def _check_length(text, limit, field):
    over = len(text.strip()) - limit
    if over > 0:
        raise Refused(_("Teksten er %(over)s tegn over %(limit)s. Kort lidt ned.") % {"over": over, "limit": limit}, field=field)


def check_share(share):
    """This will refuse a share outside nought to a hundred."""
    if not 0 <= share <= 100:
        raise Refused(_("Skriv et tal fra 0 til 100."), field="share")


def check_no_codebook(is_there):
    """This will refuse a second codebook for the same answers."""
    if is_there:
        raise Refused(_("Der er allerede en kodebog til de svar. Brug den."))


def check_codes(codebook, wanted, found):
    """This will refuse codes that are not in the book, and more than a book can hold."""
    if len(found) != len(set(wanted)):
        raise Refused(_("En af koderne er ikke i kodebogen mere. Genindlæs siden, og vælg igen."), field="codes")


def check_room_for_code(count):
    """This will refuse more codes than a coder can hold in mind by any stretch."""
    if count >= MOST_CODES:
        raise Refused(_("Kodebogen har %(limit)s koder. Slå nogle sammen, før I laver flere.") % {"limit": MOST_CODES}, field="name")


def check_is_answer(is_there):
    """This will refuse an answer that is not, or no longer, among those the book is for."""
    if not is_there:
        raise Refused(_("Svaret kan ikke kodes mere. Det kan være trukket tilbage."))
