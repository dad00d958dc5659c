"""What a moderator does with what has been said."""

from django.db.models import Max, Q

from tovholder.base import search
from tovholder.base.events import record
from tovholder.base.rows import hold
from tovholder.base.write import write
from tovholder.dialogue import rules
from tovholder.dialogue.models import Statement
from tovholder.dialogue.queries.entries import entries_of_statements
from tovholder.intake import actions as intake
from tovholder.intake.queries import without_cpr
from tovholder.parties.models import Person
from tovholder.parties.queries import local_day

_WAITING = (Statement.State.WAITING, Statement.State.HELD)


def _name_of(person_id):
    return str(Person.objects.filter(pk=person_id).first() or "") if person_id else ""


def _locked(statement):
    return Statement.objects.select_for_update(of=("self",)).select_related("conference").get(pk=statement.pk)


def _decided(statement, by, at):
    """The row as it is now, if this moderator may decide about it."""
    row = _locked(statement)
    name = _name_of(row.taken_by) if row.taken_by != by.person else ""
    rules.check_may_decide(row, by=by, at=at, taken_by_name=name)
    return row


def take(statement, *, by, at):
    """This will give a statement to one moderator for five minutes, and record that its text was read if it was held; raises Clash."""
    with write():
        row = _decided(statement, by, at)
        Statement.objects.filter(pk=row.pk).update(taken_by=by.person, taken_at=at)
        record("held_read" if row.state == Statement.State.HELD else "taken", row, by=by, at=at)
    return row


def publish(statement, *, text=None, reason="", by, at):
    """This will show a statement, whole or with parts replaced by marks; the original is then restricted. Raises Refused, Clash."""
    with write():
        row = _decided(statement, by, at)
        shown = row.text if text is None else rules.tidy(text)
        rules.check_only_redacted(row.text if text is None else rules.tidy(row.text), shown)
        rules.check_no_cpr(shown)
        if shown != row.text:
            rules.check_reason(reason)
            due = local_day(at) + rules.ORIGINAL_FOR
            intake.redact(row, original=without_cpr(row.text), reason=reason, delete_original_on=due, by=by, at=at)
        hold(row.conference)
        row.number = row.number or (Statement.objects.filter(conference=row.conference_id).aggregate(n=Max("number"))["n"] or 0) + 1
        row.text = shown
        _move(row, Statement.State.PUBLISHED, by, at, reason if shown != statement.text else "")
        record("published", row, by=by, at=at, number=row.number)
    return row


def decline(statement, *, reason, by, at):
    """This will not show a statement, with a reason the writer can read; raises Refused without one, Clash."""
    rules.check_reason(reason)
    with write():
        row = _decided(statement, by, at)
        _move(row, Statement.State.DECLINED, by, at, reason)
        record("declined", row, by=by, at=at)
    return row


def _move(row, state, by, at, reason):
    row.state, row.state_at, row.state_reason = state, at, reason[:300]
    row.taken_by, row.taken_at = by.person or "", at
    row.save(update_fields=["state", "state_at", "state_reason", "taken_by", "taken_at", "text", "number"])
    search.keep(entries_of_statements, [row])


def withdraw(statement, *, reason, by, at):
    """This will take a shown statement off the page; its number stays and says why. Raises Refused."""
    with write():
        row = _locked(statement)
        rules.check_may_withdraw(row, reason=reason, by=by)
        _move(row, Statement.State.WITHDRAWN, by, at, reason)
        record("withdrawn", row, by=by, at=at)
    return row


def undo(statement, *, by, at):
    """This will put a statement that was just decided back in the queue, in the words it came in; raises Refused after half an hour."""
    with write():
        row = _locked(statement)
        rules.check_may_undo(row, by=by, at=at)
        row.text = intake.take_back_redaction(row, by=by, at=at) or row.text
        _move(row, Statement.State.HELD if row.marks else Statement.State.WAITING, by, at, "")
        record("undone", row, by=by, at=at)
    return row


def read_original(statement, *, because, by, at):
    """This will return the restricted original to a moderator of the organiser, and record it; raises Refused, LookupError."""
    rules.check_may_moderate(statement.conference, by)
    return intake.read_original(statement, because=because, by=by, at=at)


def erase_due_texts(*, by, at):
    """This will blank texts that were declined or never decided ninety days ago, and return how many."""
    old = Q(state__in=(Statement.State.DECLINED, *_WAITING), state_at__lte=at - rules.ORIGINAL_FOR)
    with write():
        due = list(Statement.objects.filter(old).exclude(text=""))
        for row in due:
            Statement.objects.filter(pk=row.pk).update(text="", device="", key=None)
            record("text_erased", row, by=by, at=at)
    return len(due)
