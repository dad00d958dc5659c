"""What must be known about a statement to weigh it. A hall asks this five hundred times a second, so the question is written by hand."""

from dataclasses import dataclass

from django.db import connection

from ..models import Conference

_QUESTION = """
SELECT c.thing_id, c.state, c.input_opens_at, c.input_closes_at, s.state AS statement_state,
       (SELECT COUNT(*) FROM dialogue_vote v WHERE v.device = %s AND v.at > %s AND v.statement_id <> s.thing_id) AS last_minute
FROM dialogue_statement s JOIN dialogue_conference c ON c.thing_id = s.conference_id
WHERE s.thing_id = %s
"""


@dataclass(frozen=True)
class Votable:
    """A statement as a vote sees it: whether it is shown, its conference's times, and how many answers the device gave lately."""

    state: str
    conference: Conference
    last_minute: int


def votable(statement_id, device, since):
    """This will return what decides whether a device may answer a statement now; raises LookupError."""
    since = connection.ops.adapt_datetimefield_value(since)
    for row in Conference.objects.raw(_QUESTION, [device, since, statement_id]):
        return Votable(row.statement_state, row, row.last_minute)
    raise LookupError("no statement at a conference")
