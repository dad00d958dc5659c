"""Answering others' statements. The row is its own event; the last answer counts, and an answer that was changed is kept beside it."""

from datetime import timedelta

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from tovholder.base.events import record
from tovholder.base.write import write
from tovholder.dialogue import queries, rules
from tovholder.dialogue.models import Conference, DeclaredSector, EarlierAnswer, Statement, Vote

KEPT_FOR = timedelta(days=30)
_CUT = "cut:"


def vote(statement_id, *, answer, key, by, at):
    """This will keep one answer for each device and statement, the last one, and the one it replaces apart.

    Raises Refused, TooMany, LookupError."""
    with write():
        asked = queries.votable(statement_id, by.device or "", at - timedelta(minutes=1))
        rules.check_may_vote(asked, answer=answer, last_minute=asked.last_minute, by=by, at=at)
        given = Vote(statement_id=statement_id, device=by.device, answer=answer, key=key[:64], at=at)
        if asked.earlier_answer == answer:
            # The same answer again is no new one: what was given when stays as it was.
            return given
        if asked.earlier_answer is not None:
            before = Vote.objects.get(pk=asked.earlier_vote)
            EarlierAnswer.objects.create(vote=before, answer=before.answer, at=before.at, changed_at=at)
        Vote.objects.bulk_create(
            [given], update_conflicts=True, unique_fields=["statement", "device"], update_fields=["answer", "key", "at"]
        )
    return given


def declare_sector(conference, *, sector, by, at):
    """This will keep who a device answers as at a conference, empty when it will not say; it may be changed while votes are taken.

    Raises Refused for a sector nobody knows, without a device, and when nothing more is taken."""
    rules.check_may_declare(conference, sector, by=by, at=at)
    with write():
        declared = DeclaredSector(conference=conference, device=by.device, sector=sector, at=at)
        DeclaredSector.objects.bulk_create(
            [declared], update_conflicts=True, unique_fields=["conference", "device"], update_fields=["sector", "at"]
        )
    return declared


def cut_device_ties(*, by, at):
    """This will make the votes and statements of rounds that closed a month ago nobody's, totals untouched, and return how many votes."""
    over = Conference.objects.filter(input_closes_at__lte=at - KEPT_FOR)
    with write():
        tied = Vote.objects.filter(statement__conference__in=over).exclude(device__startswith=_CUT)
        count = tied.update(device=Concat(Value(_CUT), Cast("pk", CharField())), key="")
        said = Statement.objects.filter(conference__in=over).exclude(device="")
        said.update(device="", key=None)
        DeclaredSector.objects.filter(conference__in=over).delete()
        if count:
            for conference in over:
                record("device_ties_cut", conference, by=by, at=at)
    return count
