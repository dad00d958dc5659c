"""Questions a moderator asks: what waits, and what is in it."""

from dataclasses import dataclass

from django.db.models import Count, Min, Q

from tovholder.base.rows import one
from tovholder.dialogue.models import Conference, Statement, Theme
from tovholder.intake import queries as intake
from tovholder.parties.models import Person
from tovholder.parties.rules import MODERATOR

from .statements import text_unless_held

MANY = "many"
_WAITING = (Statement.State.WAITING, Statement.State.HELD)


def _own(by):
    return Conference.objects.filter(organiser__in=by.parties_as(MODERATOR)).select_related("organiser")


def desks(by, at):
    """This will return the conferences an actor moderates, newest first, with how much waits at each."""
    waits = Count("statements", filter=Q(statements__state__in=_WAITING))
    return _own(by).annotate(waiting=waits).order_by("-starts_at", "pk")


def moderated_conference(conference_id, *, by, at):
    """This will return a conference the actor moderates; raises LookupError for every other one."""
    return one(_own(by), pk=conference_id)


@dataclass(frozen=True)
class Row:
    """One line of the queue. A held text is not in it."""

    id: str
    written_at: object
    sector: str
    text: str
    is_held: bool
    marks: tuple
    taken_by: str


def queue(conference, *, by, at, many=False):
    """This will return what waits for a moderator, oldest first; what came from one phone in large numbers stands apart."""
    apart = Q(marks__contains=MANY)
    rows = list(
        Statement.objects.filter(apart if many else ~apart, conference=conference, state__in=_WAITING)
        .annotate(words=text_unless_held())
        .order_by("written_at", "pk")
        .values("pk", "written_at", "sector", "words", "state", "marks", "taken_by", "taken_at")[:200]
    )
    taken = {row["pk"]: row["taken_by"] for row in rows if row["taken_at"] and at - row["taken_at"] < Statement.TAKEN_FOR}
    others = set(taken.values()) - {by.person}
    names = {person.pk: str(person) for person in Person.objects.filter(pk__in=others)} if others else {}
    return [
        Row(
            id=row["pk"],
            written_at=row["written_at"],
            sector=row["sector"],
            text=row["words"],
            is_held=row["state"] == Statement.State.HELD,
            marks=tuple(row["marks"].split()),
            taken_by=names.get(taken.get(row["pk"]), ""),
        )
        for row in rows
    ]


def next_to_read(conference, *, by, at, after=""):
    """This will return the id of the oldest statement nobody else has taken, or nothing when the queue is empty."""
    free = Q(taken_by__in=("", by.person or "")) | Q(taken_at__lte=at - Statement.TAKEN_FOR)
    rows = Statement.objects.filter(free, conference=conference, state__in=_WAITING).exclude(pk=after)
    return rows.exclude(marks__contains=MANY).order_by("written_at", "pk").values_list("pk", flat=True).first() or ""


def numbers(conference, *, at):
    """This will return how much waits, is marked, is shown and is not, how much stands apart, and how long the oldest has waited."""
    waiting = Q(state__in=_WAITING) & ~Q(marks__contains=MANY)
    found = Statement.objects.filter(conference=conference).aggregate(
        waiting=Count("pk", filter=waiting),
        marked=Count("pk", filter=waiting & Q(state=Statement.State.HELD)),
        published=Count("pk", filter=Q(state=Statement.State.PUBLISHED)),
        declined=Count("pk", filter=Q(state=Statement.State.DECLINED)),
        many=Count("pk", filter=Q(state__in=_WAITING, marks__contains=MANY)),
        oldest=Min("written_at", filter=waiting),
    )
    return found | {"waited": at - found["oldest"] if found["oldest"] else None}


@dataclass(frozen=True)
class Sheet:
    """One statement on the moderator's desk: as it came, and as the public will see it."""

    statement: Statement
    is_held_back: bool
    runs: list
    result: str
    has_finds: bool
    may_show_all: bool
    taken_by: str
    redactions: list
    themes: list


def sheet(conference, statement_id, *, by, at):
    """This will return one statement with its marks; a held one only to the moderator who has opened it. Raises LookupError."""
    rows = Statement.objects.filter(conference=conference).select_related("question", "conference")
    row = one(rows, pk=statement_id)
    fresh = row.taken_at is not None and at - row.taken_at < Statement.TAKEN_FOR
    is_held_back = row.state == Statement.State.HELD and not (fresh and row.taken_by == by.person)
    if is_held_back or row.state in (Statement.State.DECLINED, Statement.State.WITHDRAWN):
        row.text = ""
    finds = intake.finds_in(row.text) if row.state in _WAITING and row.text else ()
    others = row.taken_by and row.taken_by != by.person and (fresh or row.state not in _WAITING)
    return Sheet(
        statement=row,
        is_held_back=is_held_back,
        runs=intake.marked(row.text, finds),
        result=intake.without(row.text, finds),
        has_finds=bool(finds),
        may_show_all=not any(find.kind == "cpr" for find in finds),
        taken_by=str(Person.objects.filter(pk=row.taken_by).first() or "") if others else "",
        redactions=list(intake.redactions_of(row.pk)) if row.state not in _WAITING else [],
        themes=list(Theme.objects.filter(themings__statement=row, withdrawn_at__isnull=True).order_by("name")),
    )


def decided(conference, statement_id):
    """This will return a statement that has just been shown or declined, without its text; None for every other."""
    states = (Statement.State.PUBLISHED, Statement.State.DECLINED)
    return Statement.objects.filter(conference=conference, pk=statement_id, state__in=states).defer("text").first()
