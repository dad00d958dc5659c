"""The approval board as people see it: who has said yes, to which text, and who is silent."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tovholder.base.written import day_and_month, in_words, list_of, short_day
from tovholder.parties.queries import local_day

_STATES = {"approved": "approved", "reserved": "reservation", "declined": "declined", "advised": "approved", "recommended": "approved"}


def short_name(party):
    """This will return a party's name as a tile has room for it: Vejen instead of Vejen Kommune."""
    return party.short_name or party.name.removesuffix(" Kommune")


def tile_of(row, board, at):
    """This will return the tile of one approval."""
    wide = not row.step.asks_many
    state, word, when = _how_far(row, board, at)
    if wide and row.body and row.decided_on:
        when = day_and_month(row.decided_on)
        word = _("%(word)s af %(body)s %(day)s") % {"word": word, "body": row.body, "day": when}
        when = row.decision_reference
    return {
        "name": row.party.name if wide else short_name(row.party),
        "state": state,
        "state_label": word,
        "date_text": when,
        "url": reverse("plans:approval", args=[row.pk]),
        "wide": wide,
    }


def _how_far(row, board, at):
    if row.outcome != "asked":
        word = {"advised": _("Har rådgivet"), "recommended": _("Har indstillet")}.get(row.outcome) or row.get_outcome_display()
        word = _("Med forbehold") if row.outcome == "reserved" else word
        return _STATES[row.outcome], word, short_day(row.decided_on)
    asked = local_day(row.asked_at)
    if board.is_past_due:
        return "silent", _("For sent"), _("frist %(day)s") % {"day": short_day(row.due_on)}
    if row in board.silent:
        days = (local_day(at) - asked).days
        return "silent", _("Tavs"), ngettext("%(n)s dag", "%(n)s dage", days) % {"n": days}
    if row.agenda_on:
        return "on_way", _("På dagsordenen"), short_day(row.agenda_on)
    if row.step.part == "decides" and any(other.outcome == "asked" for other in board.authority_rows):
        return "none", _("Venter på rådgivningen"), ""
    return "on_way", _("Har fået teksten"), short_day(asked)


def tiles_of(board, at):
    """This will return the tiles: adviser first, then the region, then the municipalities in Danish order."""
    return [tile_of(row, board, at) for row in board.rows]


def tiles_to_come(asked):
    """This will return white tiles for those who will be asked."""
    return [
        {
            "name": short_name(party) if step.asks_many else party.name,
            "state": "none",
            "state_label": step.get_part_display().capitalize() if step.part != "decides" else _("Ikke spurgt endnu"),
            "wide": not step.asks_many,
        }
        for step, party in asked
        if party is not None
    ]


def headline_of(board):
    """This will say in one sentence how far the approval has come."""
    if board.total != 1:
        sentence = _("af %(total)s har godkendt") % {"total": board.total}
        if board.reserved:
            count = _("én") if board.reserved == 1 else in_words(board.reserved)
            sentence += _(", %(count)s med forbehold") % {"count": count}
        return sentence
    owner = board.owner_rows[0] if board.owner_rows else board.member_rows[0]
    advisers = [row.party.name for row in board.authority_rows if row.outcome == "asked"]
    if advisers:
        return _("Venter på rådgivning fra %(who)s") % {"who": list_of(advisers)}
    if board.approved:
        return _("%(who)s har godkendt") % {"who": owner.body or owner.party.name}
    if owner.outcome == "declined":
        return _("%(who)s sagde nej") % {"who": owner.body or owner.party.name}
    sentence = _("Rådgivningen er på plads. Nu mangler %(who)s.") if board.authority_rows else _("Nu mangler %(who)s.")
    return sentence % {"who": owner.party.name}


def silent_sentence(board, at):
    """This will name who is silent, and since when."""
    names = list_of([short_name(row.party) for row in board.silent])
    asked = day_and_month(local_day(board.silent[0].asked_at))
    return _("%(names)s har ikke svaret på brevet fra %(day)s.") % {"names": names, "day": asked}
