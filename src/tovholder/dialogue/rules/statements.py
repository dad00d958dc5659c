"""Who may say, weigh and show something, and when. Over the budget of a device something is held, not refused."""

import re
import unicodedata
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tovholder.base.errors import Clash, Refused, TooMany
from tovholder.parties import rules as parties
from tovholder.texts.danish import clock
from tovholder.texts.personal_data import contains_cpr

from .groups import SECTORS

LONGEST = 1000
FEWEST_WORDS = 2
STATEMENTS_A_MINUTE, STATEMENTS_AN_HOUR, ROOM_A_MINUTE = 6, 60, 600
VOTES_A_MINUTE = 60
AFTERWARDS = timedelta(days=7)
UNDO_FOR = timedelta(minutes=30)
ORIGINAL_FOR = timedelta(days=90)
MARK = re.compile(r"\[[^\[\]\n]{1,40} fjernet\]")
CHANGES = {
    "waiting": ("published", "declined"),
    "held": ("published", "declined"),
    "published": ("withdrawn", "waiting", "held"),
    "declined": ("waiting", "held"),
}
# Characters that turn the reading direction of what stands around them; a text's own direction needs none of them.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class LooksLikeCpr(Refused):
    """The text holds something like a CPR number; the writer may say that it is none."""


def tidy(text):
    """This will return a text without characters that cannot be shown: NUL, control and direction-turning ones."""
    plain = str(text or "").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in plain if c in "\n\t" or (c not in _TURNING and unicodedata.category(c) not in {"Cc", "Cs"})).strip()


def check_text(text):
    """This will refuse an empty text and one that is too long, and say how much."""
    if len(text.split()) < FEWEST_WORDS:
        raise Refused(_("Skriv mindst et par ord."), field="text")
    over = len(text) - LONGEST
    if over > 0:
        sentence = ngettext(
            "Du er %(n)s tegn over. Kort lidt ned – eller del i to.", "Du er %(n)s tegn over. Kort lidt ned – eller del i to.", over
        )
        raise Refused(sentence % {"n": f"{over:,}".replace(",", ".")}, field="text")


def check_no_cpr(text):
    """This will stop a text with something like a CPR number before it is stored."""
    if contains_cpr(text):
        raise LooksLikeCpr(_("Det ligner et CPR-nummer. Fjern det, så sender vi resten."), field="text")


def check_device(by):
    """This will ask a phone that has not opened the page to do so."""
    if not by.device:
        raise Refused(_("Åbn siden igen, og tillad cookies for den. Så kan vi kende din telefon fra de andres."))


def _closed(closed_at):
    return Refused(
        _("Spørgsmålet lukkede kl. %(clock)s. Vi har gemt din tekst – vil du sende den som en oplevelse?") % {"clock": clock(closed_at)}
    )


def is_begun(conference, at):
    """This will answer whether a published conference takes input, or has done so."""
    return conference.state == "published" and conference.input_opens_at is not None and conference.input_opens_at <= at


def check_may_say(question, *, by, at):
    """This will refuse a statement before the question opens and after it has closed."""
    if question.conference is not None and not is_begun(question.conference, at):
        raise Refused(_("Her er ikke åbnet endnu. Kig forbi igen, når konferencen er begyndt."))
    ended = question.closed_at(at)
    if ended:
        raise _closed(ended)
    if not by.is_signed_in:
        check_device(by)


def check_may_say_afterwards(conference, *, by, at):
    """This will let a text that was written too late be sent as an experience, for a week."""
    if not is_begun(conference, at) or (conference.input_closes_at and at > conference.input_closes_at + AFTERWARDS):
        raise Refused(_("Konferencen tager ikke imod mere. Din tekst står her stadig, så du kan gemme den."))
    check_device(by)


def check_not_said(is_said):
    """This will refuse the same words from the same phone a second time."""
    if is_said:
        raise Refused(_("Det har du allerede sendt. Vi har det én gang."), field="text")


def is_over_budget(last_minute, last_hour, room):
    """This will answer whether a device or a room says so much that a moderator must look at it apart."""
    return last_minute >= STATEMENTS_A_MINUTE or last_hour >= STATEMENTS_AN_HOUR or room >= ROOM_A_MINUTE


def check_may_vote(statement, *, answer, last_minute, by, at):
    """This will refuse an answer to what is not shown, after closing time, or faster than anyone reads."""
    check_device(by)
    if answer not in (1, 0, -1):
        raise Refused(_("Vælg enig, uenig eller ved ikke."))
    conference = statement.conference
    if statement.state != "published" or conference is None or not is_begun(conference, at):
        raise Refused(_("Udsagnet bliver ikke vist længere. Tag det næste."))
    if conference.input_closes_at and conference.input_closes_at <= at:
        raise Refused(_("Der blev lukket for svar kl. %(clock)s.") % {"clock": clock(conference.input_closes_at)})
    if last_minute >= VOTES_A_MINUTE:
        raise TooMany(_("Vent et øjeblik, og prøv igen."))


def check_may_declare(conference, sector, *, by, at):
    """This will refuse a sector nobody knows, and to say who one answers as where no answers are taken."""
    check_device(by)
    if sector and sector not in SECTORS:
        raise Refused(_("Vælg en af mulighederne på listen."), field="sector")
    if not is_begun(conference, at):
        raise Refused(_("Her er ikke åbnet endnu. Kig forbi igen, når konferencen er begyndt."))
    if conference.input_closes_at and conference.input_closes_at <= at:
        raise Refused(_("Der blev lukket for svar kl. %(clock)s.") % {"clock": clock(conference.input_closes_at)})


def check_may_moderate(conference, by):
    """This will refuse anyone but a moderator of the conference's organiser."""
    parties.check_holds(by, parties.MODERATOR, party=conference.organiser_id)


def check_may_decide(statement, *, by, at, taken_by_name=""):
    """This will refuse to decide what another moderator has taken or decided."""
    check_may_moderate(statement.conference, by)
    is_others = statement.taken_by and statement.taken_by != by.person
    fresh = statement.taken_at is not None and at - statement.taken_at < statement.TAKEN_FOR
    if "declined" not in CHANGES.get(statement.state, ()) or (is_others and fresh):
        who = taken_by_name if is_others and taken_by_name else _("En anden")
        raise Clash(_("%(who)s har den. Tag den næste.") % {"who": who}, theirs="", yours="")


def check_reason(reason):
    """This will refuse to take away words, or a whole text, without a reason."""
    if not reason.strip():
        raise Refused(_("Vælg en grund. Den, der skrev, kan læse den."), field="reason")


def check_may_withdraw(statement, *, reason, by):
    """This will refuse to withdraw what is not shown, or without a reason."""
    check_may_moderate(statement.conference, by)
    if "withdrawn" not in CHANGES.get(statement.state, ()):
        raise Refused(_("Udsagnet er ikke vist, så det kan ikke trækkes tilbage."))
    check_reason(reason)


def check_may_undo(statement, *, by, at):
    """This will refuse to undo what was decided long ago or has not been decided."""
    check_may_moderate(statement.conference, by)
    if "waiting" not in CHANGES.get(statement.state, ()):
        raise Refused(_("Der er ikke noget at fortryde."))
    if at - statement.state_at > UNDO_FOR:
        raise Refused(_("Det er for længe siden at fortryde. Træk udsagnet tilbage i stedet."))


def check_only_redacted(original, shown):
    """This will refuse a text to be shown that is anything but the original with parts replaced by marks."""
    pieces = MARK.split(shown)
    words = _("Du kan kun fjerne ord, ikke skrive om. Sæt fx [navn fjernet], hvor du fjerner noget.")
    if not original.startswith(pieces[0]) or len(pieces) == 1 and original != shown:
        raise Refused(words, field="text")
    reached = len(pieces[0])
    for number, piece in enumerate(pieces[1:], 1):
        is_last = number == len(pieces) - 1
        # A mark must stand for at least one character, so the next piece begins after it.
        found = len(original) - len(piece) if is_last else original.find(piece, reached + 1)
        if found < reached + 1 or not original.startswith(piece, found):
            raise Refused(words, field="text")
        reached = found + len(piece)
