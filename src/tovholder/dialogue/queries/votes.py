"""What must be known about a statement to weigh it, and every answer given, for those who count.

A hall asks the first five hundred times a second, so that question is written by hand."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.db.models import Max, OuterRef, Q, Subquery

from ..models import Conference, DeclaredSector, EarlierAnswer, Statement, Vote
from .statements import is_public

_QUESTION = """
SELECT c.thing_id, c.state, c.input_opens_at, c.input_closes_at, s.state AS statement_state,
       m.id AS earlier_vote, m.answer AS earlier_answer,
       (SELECT COUNT(*) FROM dialogue_vote v WHERE v.device = %s AND v.at > %s AND v.statement_id <> s.thing_id) AS last_minute
FROM dialogue_statement s JOIN dialogue_conference c ON c.thing_id = s.conference_id
LEFT JOIN dialogue_vote m ON m.statement_id = s.thing_id AND m.device = %s
WHERE s.thing_id = %s
"""


@dataclass(frozen=True)
class Votable:
    """A statement as a vote sees it: whether it is shown, its conference's times, and what the device has answered lately, and to it."""

    state: str
    conference: Conference
    last_minute: int
    earlier_vote: int | None
    earlier_answer: int | None


def votable(statement_id, device, since):
    """This will return what decides whether a device may answer a statement now; raises LookupError."""
    since = connection.ops.adapt_datetimefield_value(since)
    for row in Conference.objects.raw(_QUESTION, [device, since, device, statement_id]):
        return Votable(row.statement_state, row, row.last_minute, row.earlier_vote, row.earlier_answer)
    raise LookupError("no statement at a conference")


@dataclass(frozen=True)
class Heard:
    """Answers as (device, statement, answer) in the order they were given, and the place in both logs from which to read on."""

    votes: list
    after: tuple[int, int]


def votes_since(conference, after=None):
    """This will return the answers that came, or were changed, after a place in the log; every answer ever given without one.

    Of one device's answers to one statement the last counts. The place is read first, so that nothing falls between two readings."""
    fields = ("device", "statement_id", "answer", "at", "pk")
    if after is None:
        changes = EarlierAnswer.objects.filter(vote__statement__conference=conference)
        changed = changes.aggregate(last=Max("pk"))["last"] or 0
        others = list(changes.filter(pk__lte=changed).values_list("vote__device", "vote__statement_id", "answer", "at", "vote_id"))
        rows = list(Vote.objects.filter(statement__conference=conference).values_list(*fields))
        return _heard(others + rows, (max((row[4] for row in rows), default=0), changed))
    # Both logs are read from their end, whatever conference the rows belong to: there are few, and the place is found at once.
    changes = list(EarlierAnswer.objects.filter(pk__gt=after[1]).values_list("pk", "vote_id"))
    voted = Vote.objects.filter(pk__in={vote for _pk, vote in changes}, pk__lte=after[0], statement__conference=conference)
    others = list(voted.values_list(*fields)) if changes else []
    rows = list(Vote.objects.filter(pk__gt=after[0]).values_list(*fields, "statement__conference_id"))
    place = (max((row[4] for row in rows), default=after[0]), max((pk for pk, _vote in changes), default=after[1]))
    return _heard(others + [row for row in rows if row[5] == conference.pk], place)


def _heard(rows, place):
    return Heard([row[:3] for row in sorted(rows, key=lambda row: (row[3], row[4]))], place)


def declared_sectors(conference):
    """This will return {device: sector} for a conference: what was declared, else the sector last written with a statement there."""
    said = Statement.objects.filter(conference=conference).exclude(device="").exclude(sector="").order_by("written_at", "pk")
    found = dict(said.values_list("device", "sector"))
    return found | dict(DeclaredSector.objects.filter(conference=conference).values_list("device", "sector"))


def declared_sector(device, conference):
    """This will return the sector one device answers as at a conference, empty when it will not say, None before it was asked."""
    declared = DeclaredSector.objects.filter(conference=OuterRef("pk"), device=device or "-").values("sector")
    said = Statement.objects.filter(conference=OuterRef("pk"), device=device or "-").exclude(sector="").order_by("-written_at")
    row = Conference.objects.filter(pk=conference.pk).annotate(declared=Subquery(declared), said=Subquery(said.values("sector")[:1]))
    first, second = row.values_list("declared", "said").get()
    return second if first is None else first


def open_for_votes(conference):
    """This will return {statement id: text} of what may be weighed at a conference, in the order it was said."""
    rows = Statement.objects.filter(is_public(), conference=conference).order_by("written_at", "pk")
    return dict(rows.values_list("pk", "text"))


def count_votes(conference, *, until):
    """This will return how many answers stand in a conference's log up to a place, counted by the database itself."""
    return Vote.objects.filter(statement__conference=conference, pk__lte=until).count()


def weighed(at, *, closed_for=timedelta(minutes=10)):
    """This will return the public conferences where answers are taken, or were until a while ago."""
    open_ = Q(input_closes_at__isnull=True) | Q(input_closes_at__gt=at - closed_for)
    return Conference.objects.filter(open_, state=Conference.State.PUBLISHED, input_opens_at__lte=at).order_by("pk")


def last_weighed(conference):
    """This will return when a conference's answers, their senders or what is shown last changed, None before anything has."""
    rows = Statement.objects.filter(conference=conference)
    found = [
        Vote.objects.filter(statement__conference=conference).aggregate(last=Max("at"))["last"],
        DeclaredSector.objects.filter(conference=conference).aggregate(last=Max("at"))["last"],
        rows.exclude(state__in=("waiting", "held")).aggregate(last=Max("state_at"))["last"],
    ]
    return max((moment for moment in found if moment), default=None)
