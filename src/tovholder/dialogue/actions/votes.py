"""Answering others' statements. The row is its own event; the last answer counts."""

from datetime import timedelta

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from tovholder.base.events import record
from tovholder.base.write import write
from tovholder.dialogue import queries, rules
from tovholder.dialogue.models import Conference, Statement, Vote

KEPT_FOR = timedelta(days=30)
_CUT = "cut:"


def vote(statement_id, *, answer, key, by, at):
    """This will keep one answer for each device and statement, the last one; raises Refused, TooMany, LookupError."""
    with write():
        asked = queries.votable(statement_id, by.device or "", at - timedelta(minutes=1))
        rules.check_may_vote(asked, answer=answer, last_minute=asked.last_minute, by=by, at=at)
        given = Vote(statement_id=statement_id, device=by.device, answer=answer, key=key[:64], at=at)
        Vote.objects.bulk_create(
            [given], update_conflicts=True, unique_fields=["statement", "device"], update_fields=["answer", "key", "at"]
        )
    return given


def cut_device_ties(*, by, at):
    """This will make the votes and statements of rounds that closed a month ago nobody's, totals untouched, and return how many votes."""
    over = Conference.objects.filter(input_closes_at__lte=at - KEPT_FOR)
    with write():
        tied = Vote.objects.filter(statement__conference__in=over).exclude(device__startswith=_CUT)
        count = tied.update(device=Concat(Value(_CUT), Cast("pk", CharField())), key="")
        said = Statement.objects.filter(conference__in=over).exclude(device="")
        said.update(device="", key=None)
        if count:
            for conference in over:
                record("device_ties_cut", conference, by=by, at=at)
    return count
