"""Saying something: in a hall, by phone, without an account. At most six statements to the database."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from tovholder.base import search
from tovholder.base.by import By
from tovholder.base.events import record
from tovholder.base.keys import keyed_bits
from tovholder.base.models import Thing
from tovholder.base.rows import one
from tovholder.base.write import write
from tovholder.dialogue import rules
from tovholder.dialogue.models import Conference, Question, Statement
from tovholder.dialogue.queries.entries import entries_of_statements, found_statements
from tovholder.intake import actions as intake
from tovholder.intake import rules as intake_rules
from tovholder.intake.queries import finds_in, marked
from tovholder.texts import code_words

_log = logging.getLogger("tovholder.gate")


def _count(**which):
    rows = Statement.objects.filter(**which).order_by().values(next(iter(which)))
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")[:1]), 0)


def _with_budget(rows, conference, text, by, key, at):
    """This will add what has been said lately, and whether this very thing has been said before, to the one row that is read."""
    if not by.device:
        return rows
    own = Statement.objects.filter(device=by.device)
    return rows.annotate(
        last_minute=_count(device=by.device, written_at__gt=at - timedelta(minutes=1)),
        last_hour=_count(device=by.device, written_at__gt=at - timedelta(hours=1)),
        room=_count(conference=OuterRef(conference), written_at__gt=at - timedelta(minutes=1)),
        said_before=Subquery(own.filter(key=key).values("pk")[:1]),
        said_alike=Subquery(
            own.filter(text=text, conference=OuterRef(conference), state__in=("waiting", "held", "published")).values("pk")[:1]
        ),
    )


def code_of(device, key):
    """This will return the claim code of what a device said under a key: the same on every retry, without being stored."""
    return code_words.new_code(keyed_bits("claim-code", f"{device}:{key}", code_words.BITS_IN_CODE))


def _marks_of(text):
    try:
        return sorted({find.kind for find in finds_in(text)})
    except Exception:
        # Fail closed: what the gate cannot read, a moderator must.
        _log.exception("the gate failed; the statement is held")
        return ["gate"]


def say(question, *, kind, text, key, sector="", place="", claim_code="", insists=False, by, at):
    """This will store a statement once for each device and key, held when the gate finds anything; the code is on it as `claim_code`.

    What looks like a CPR number is sent only when the writer insists that it is none; it is held like every other find.
    Raises Refused when the question is closed or the text cannot be taken, LookupError for a question that is not there."""
    text = rules.tidy(text)
    rules.check_text(text)
    if not insists:
        rules.check_no_cpr(text)
    rows = Question.objects.select_related("conference__notice", "group")
    rows = _with_budget(rows, "conference", text, by, key, at)
    return _say(rows, getattr(question, "pk", question), kind, text, key, by, at, sector, place, claim_code)


@dataclass(frozen=True)
class Preview:
    """How a text would be shown, and what a moderator will look at first."""

    text: str
    runs: list
    is_marked: bool


def preview(question, *, text, by, at):
    """This will return how a text would be shown, without storing it; raises Refused as `say` would."""
    text = rules.tidy(text)
    rules.check_text(text)
    rules.check_no_cpr(text)
    rules.check_may_say(question, by=by, at=at)
    finds = finds_in(text)
    return Preview(text=text, runs=marked(text, finds), is_marked=bool(finds))


def say_afterwards(conference, *, kind, text, key, sector="", by, at):
    """This will store what was written to a question that closed meanwhile, as an experience; raises Refused after a week."""
    text = rules.tidy(text)
    rules.check_text(text)
    rules.check_no_cpr(text)
    rows = _with_budget(Conference.objects.select_related("notice"), "pk", text, by, key, at)
    return _say(rows, conference.pk, kind, text, key, by, at, sector, "", "")


def _say(rows, pk, kind, text, key, by, at, sector, place, typed_code):
    marks = _marks_of(text)
    known = intake.find_by_code(typed_code, device=by.device, at=at) if typed_code else None
    try:
        with write():
            asked = one(rows, pk=pk)
            if by.device and asked.said_before:
                return _again(asked.said_before, asked, by, key, known)
            _check(asked, by, at)
            if by.device and rules.is_over_budget(asked.last_minute, asked.last_hour, asked.room):
                marks = [*marks, "many"]
            return _store(asked, kind, text, key, by, at, sector, place, marks, known)
    except IntegrityError:
        # Two requests with the same key at the same moment: the other one stored it.
        asked = one(rows, pk=pk)
        return _again(asked.said_before, asked, by, key, known)


def _check(asked, by, at):
    if isinstance(asked, Question):
        rules.check_may_say(asked, by=by, at=at)
    else:
        rules.check_may_say_afterwards(asked, by=by, at=at)
    rules.check_not_said(by.device and asked.said_alike)


def _again(statement_id, asked, by, key, known):
    statement = Statement.objects.get(pk=statement_id)
    return _with_code(statement, asked, "" if known else code_of(by.device, key))


def _with_code(statement, asked, code):
    if isinstance(asked, Question):
        statement.question = asked
    statement.claim_code = code
    return statement


def _store(asked, kind, text, key, by, at, sector, place, marks, known):
    is_question = isinstance(asked, Question)
    conference = asked.conference if is_question else asked
    things = [Thing(kind="statement", created_at=at)]
    code = ""
    if known is None and by.device:
        things.append(Thing(kind="contributor", created_at=at))
    Thing.objects.bulk_create(things)
    contributor = known
    if len(things) > 1:
        code = code_of(by.device, key)
        contributor = intake.new_contributor(code, sector=sector, delete_on=_delete_on(conference, at), at=at, thing=things[1])
    statement = Statement.objects.create(
        thing=things[0], question=asked if is_question else None, conference=conference, group=asked.group if is_question else None,
        kind=kind, text=text, sector=sector, place=place, contributor=contributor, device=by.device or "", key=key or None,
        written_at=at, state="held" if marks else "waiting", state_at=at, marks=" ".join(marks),
    )  # fmt: skip
    who = By(person=by.person, device=by.device, contributor=contributor.pk if contributor else None, on_behalf_of=by.on_behalf_of)
    record("said", statement, by=who, at=at, state=statement.state, marks=marks)
    return _with_code(statement, asked, code)


def _delete_on(conference, at):
    return conference.notice.delete_on if conference and conference.notice else at.date() + timedelta(days=365)


def cut_ties_of(contributor, *, by, at):
    """This will blank what ties a forgotten contributor's statements to a phone; the words stay. Raises Refused for anyone else."""
    intake_rules.check_may_forget(contributor, by)
    with write():
        rows = Statement.objects.filter(contributor=contributor)
        for statement in rows:
            record("ties_cut", statement, by=by, at=at, fields=["device", "key", "place", "sector"])
        ids = [statement.pk for statement in rows]
        rows.update(device="", key=None, place="", sector="", contributor=None)
        search.keep(entries_of_statements, found_statements().filter(pk__in=ids))
