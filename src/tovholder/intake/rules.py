"""Who may do what with what comes in, and when."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from tovholder.base.by import SYSTEM
from tovholder.base.errors import Refused, TooMany
from tovholder.parties import rules as parties

DELAY = timedelta(seconds=1)
SITE_BUDGET = 200
ALARM_PAUSE = timedelta(minutes=10)
ORIGINAL_DAYS = 90
REASONS_TO_READ = ("complaint", "access_request", "check")


def check_may_write_notice(controller, by):
    """This will refuse anyone who cannot collect input in the controller's name."""
    parties.check_holds(by, parties.PLANNER, parties.COORDINATOR, parties.GROUP_COORDINATOR, parties.OPERATOR, party=controller.pk)


def check_notice(**fields):
    """This will refuse a notice that leaves out what people must be told."""
    for field, text in fields.items():
        if not str(text or "").strip():
            raise Refused(_("Skriv det, folk skal vide, før de skriver til jer."), field=field)


def check_mail(mail):
    """This will refuse something that is not a mail address."""
    try:
        validate_email(mail)
    except ValidationError as error:
        raise Refused(_("Det ligner ikke en mailadresse. Den ser sådan ud: navn@eksempel.dk."), field="mail") from error


def check_may_forget(contributor, by):
    """This will refuse anyone but the contributor, known by the claim code, an operator, and the system when the day has come."""
    if by is not SYSTEM and by.contributor != contributor.pk:
        parties.check_holds(by, parties.OPERATOR)


def check_reason_to_read(because):
    """This will refuse to open a restricted original for no reason."""
    if because not in REASONS_TO_READ:
        raise Refused(_("Vælg, hvorfor du skal se den oprindelige tekst."), field="because")


def check_pause(last_wrong_at, at):
    """This will ask a device to wait a second after a wrong code; nobody is locked out."""
    if last_wrong_at is not None and at - last_wrong_at < DELAY:
        raise TooMany(_("Vent et øjeblik, og prøv igen."))


def unknown_code():
    """This will return the one answer to every code that leads nowhere."""
    return Refused(_("Vi kan ikke finde den kode. Tjek stavningen – fem ord med bindestreg."), field="code")


def check_may_take_in(*, by):
    """This will refuse anyone but planners, moderators and coordinators, and the system itself, who hands in a document."""
    if by is SYSTEM:
        return
    parties.check_holds(by, parties.PLANNER, parties.MODERATOR, parties.COORDINATOR, parties.GROUP_COORDINATOR)
