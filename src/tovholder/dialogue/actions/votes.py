"""Answering others' statements. The row is its own event; the last answer counts."""

from datetime import timedelta

from django.db.models import CharField, Count, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat

from tovholder.base.events import record
from tovholder.base.rows import one
from tovholder.base.write import write
from tovholder.dialogue import rules
from tovholder.dialogue.models import Conference, Statement, Vote

KEPT_FOR = timedelta(days=30)
_CUT = "cut:"


def vote(statement_id, *, answer, key, by, at):
    """This will keep one answer for each device and statement, the last one; raises Refused, TooMany, LookupError."""
    lately = Vote.objects.filter(device=by.device or "", at__gt=at - timedelta(minutes=1)).exclude(statement=statement_id)
    spoken = lately.order_by().values("device").annotate(n=Count("pk")).values("n")[:1]
    rows = Statement.objects.select_related("conference").defer("text").annotate(last_minute=Coalesce(Subquery(spoken), 0))
    with write():
        statement = one(rows, pk=statement_id)
        rules.check_may_vote(statement, answer=answer, last_minute=statement.last_minute, by=by, at=at)
        given = Vote(statement=statement, device=by.device, answer=answer, key=key[:64], at=at)
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
