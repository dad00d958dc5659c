"""Who a phone answers as, answers that were changed, and what those who count may read."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.dialogue.test_statements import PHONE, statements_sent
from tests.factories import AT, SYSTEM, make_conference, make_question, make_statement
from tovholder.base.by import ANYONE, By
from tovholder.base.errors import Refused
from tovholder.dialogue import actions, queries
from tovholder.dialogue.models import DeclaredSector, EarlierAnswer, Vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference():
    return make_conference()


def said(conference, **fields):
    return make_statement(make_question(conference), **fields)


def declare(conference, sector, by=PHONE, at=AT):
    return actions.declare_sector(conference, sector=sector, by=by, at=at)


def vote(statement, answer=1, by=PHONE, at=AT):
    return actions.vote(statement.pk, answer=answer, key="k", by=by, at=at)


def test_a_phone_says_once_who_it_answers_as_and_may_change_it(conference):
    assert queries.declared_sector(PHONE.device, conference) is None
    declare(conference, "municipality")
    declare(conference, "practice", at=AT + timedelta(minutes=1))
    row = DeclaredSector.objects.get()
    assert (row.sector, row.at) == ("practice", AT + timedelta(minutes=1))
    assert queries.declared_sector(PHONE.device, conference) == "practice"
    assert queries.declared_sector(PHONE.device, make_conference()) is None


def test_what_was_written_counts_until_something_is_declared_also_that_one_will_not_say(conference):
    for minutes, sector in ((1, "citizen"), (2, "region"), (3, "")):
        said(conference, device=PHONE.device, key=str(minutes), sector=sector, written_at=AT + timedelta(minutes=minutes))
    said(conference, device="", sector="other")
    said(conference, device="b" * 64, key="k", sector="citizen")
    assert queries.declared_sectors(conference) == {PHONE.device: "region", "b" * 64: "citizen"}
    assert queries.declared_sector(PHONE.device, conference) == "region"
    declare(conference, "")
    assert queries.declared_sectors(conference)[PHONE.device] == ""
    assert queries.declared_sector(PHONE.device, conference) == ""


@pytest.mark.parametrize(
    ("by", "sector", "after"), [(PHONE, "king", 0), (ANYONE, "citizen", 0), (PHONE, "citizen", 4), (PHONE, "citizen", -3)]
)
def test_unknown_sectors_strangers_and_closed_rounds_are_refused(conference, by, sector, after):
    with pytest.raises(Refused):
        declare(conference, sector, by=by, at=AT + timedelta(hours=after))
    assert not DeclaredSector.objects.exists()


def test_a_changed_answer_leaves_the_earlier_one_and_a_repeated_one_does_not(conference):
    statement = said(conference)
    for minutes, answer in enumerate((1, 1, -1, 0)):
        vote(statement, answer, at=AT + timedelta(minutes=minutes))
    assert list(EarlierAnswer.objects.order_by("pk").values_list("answer", "at", "changed_at")) == [
        (1, AT, AT + timedelta(minutes=2)),
        (-1, AT + timedelta(minutes=2), AT + timedelta(minutes=3)),
    ]
    assert Vote.objects.get().answer == 0


def test_a_first_answer_costs_two_statements_to_the_database_and_a_repeated_one_costs_one(conference):
    statement = said(conference)
    for expected in (2, 1, 1):
        with CaptureQueriesContext(connection) as captured:
            vote(statement)
        assert len(statements_sent(captured)) == expected


def test_reading_on_gives_what_came_and_what_was_changed_and_together_they_are_all(conference):
    one, two = said(conference), said(conference)
    vote(said(make_conference()))
    vote(one)
    vote(two, by=By(device="b"))
    first = queries.votes_since(conference)
    assert first.votes == [(PHONE.device, one.pk, 1), ("b", two.pk, 1)]
    assert queries.votes_since(conference, first.after).votes == []
    vote(one, -1, at=AT + timedelta(minutes=1))
    vote(two, 0, by=By(device="b"), at=AT + timedelta(minutes=2))
    second = queries.votes_since(conference, first.after)
    assert sorted(second.votes) == sorted([(PHONE.device, one.pk, -1), ("b", two.pk, 0)])
    assert queries.votes_since(conference, second.after).votes == []
    every = queries.votes_since(conference)
    assert len(every.votes) == 4
    assert every.after == second.after
    assert {row[:2]: row[2] for row in first.votes + second.votes} == {row[:2]: row[2] for row in every.votes}


def test_only_what_is_shown_is_open_for_votes(conference):
    shown = said(conference, text="Vist udsagn her.")
    for state in ("waiting", "held", "declined", "withdrawn"):
        said(conference, state=state)
    assert queries.open_for_votes(conference) == {shown.pk: "Vist udsagn her."}


def test_a_month_after_closing_nobody_knows_who_a_phone_answered_as(conference):
    declare(conference, "citizen")
    vote(said(conference))
    later = conference.input_closes_at + timedelta(days=30)
    actions.cut_device_ties(by=SYSTEM, at=later - timedelta(seconds=1))
    assert DeclaredSector.objects.count() == 1
    actions.cut_device_ties(by=SYSTEM, at=later)
    assert not DeclaredSector.objects.exists()
    assert not Vote.objects.filter(device=PHONE.device).exists()


def test_another_order_may_be_chosen_for_the_next_statement(conference):
    rows = {said(conference, text=f"Nummer {n} siger noget").pk for n in range(4)}
    asked = []

    def choose(unseen, answers):
        asked.append((set(unseen), dict(answers)))
        return max(unseen)

    turn = queries.next_for(PHONE.device, conference, AT, choose=choose)
    assert turn.statement.pk == max(rows)
    vote(turn.statement)
    queries.next_for(PHONE.device, conference, AT, choose=choose)
    assert asked == [(rows, {}), (rows - {max(rows)}, {max(rows): 1})]
