"""One row for each device and statement; the last answer counts; two statements to the database."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.dialogue.test_statements import PHONE, statements_sent
from tests.factories import AT, make_conference, make_question, make_statement
from tovholder.base.by import ANYONE, By
from tovholder.base.errors import Refused, TooMany
from tovholder.dialogue import actions, queries
from tovholder.dialogue.models import Vote

pytestmark = pytest.mark.django_db


def vote(statement, answer=1, key="k", by=PHONE, at=AT):
    return actions.vote(statement.pk, answer=answer, key=key, by=by, at=at)


def test_the_last_answer_counts_in_one_row():
    statement = make_statement()
    for number, answer in enumerate((1, -1, 0, -1)):
        vote(statement, answer, key=str(number), at=AT + timedelta(seconds=number))
    row = Vote.objects.get()
    assert (row.answer, row.key, row.at) == (-1, "3", AT + timedelta(seconds=3))
    assert queries.vote_counts([statement.pk]) == {statement.pk: {"agree": 0, "disagree": 1, "pass": 0}}


def test_a_vote_takes_two_sql_statements():
    statement = make_statement()
    with CaptureQueriesContext(connection) as captured:
        vote(statement)
    assert len(statements_sent(captured)) == 2


def test_a_retry_changes_nothing():
    statement = make_statement()
    vote(statement)
    vote(statement)
    assert queries.stored_votes() == [(PHONE.device, statement.pk, 1)]


def test_totals_are_derived_by_answer():
    one, two = make_statement(), make_statement()
    for number, answer in enumerate((1, 1, -1, 0)):
        vote(one, answer, by=By(device=f"d{number}"))
    vote(one, 1, by=By(device="b" * 64))
    assert queries.vote_counts([one.pk, two.pk]) == {
        one.pk: {"agree": 3, "disagree": 1, "pass": 1},
        two.pk: {"agree": 0, "disagree": 0, "pass": 0},
    }


@pytest.mark.parametrize("state", ["waiting", "held", "declined", "withdrawn"])
def test_what_is_not_shown_takes_no_answers(state):
    with pytest.raises(Refused, match="bliver ikke vist længere"):
        vote(make_statement(state=state))
    assert not Vote.objects.exists()


def test_before_opening_after_closing_without_a_device_and_other_answers_are_refused():
    statement = make_statement()
    later = make_statement(make_question(make_conference(input_opens_at=AT + timedelta(hours=1))))
    closes = statement.conference.input_closes_at
    for args in ({"answer": 2}, {"answer": None}, {"by": ANYONE}, {"at": closes}):
        with pytest.raises(Refused):
            vote(statement, **args)
    with pytest.raises(Refused):
        vote(later)
    with pytest.raises(LookupError):
        actions.vote("0" * 26, answer=1, key="k", by=PHONE, at=AT)
    vote(statement, at=closes - timedelta(seconds=1))
    assert Vote.objects.count() == 1


def test_sixty_answers_a_minute_from_one_phone_and_then_a_moment():
    question = make_question()
    statements = [make_statement(question, text=f"Nummer {n} siger noget") for n in range(61)]
    for statement in statements[:60]:
        vote(statement)
    with pytest.raises(TooMany, match="Vent et øjeblik, og prøv igen."):
        vote(statements[60])
    vote(statements[0], -1, key="changed")
    vote(statements[60], by=By(device="b" * 64))
    vote(statements[60], at=AT + timedelta(seconds=61))
    assert Vote.objects.filter(device=PHONE.device).count() == 61


def test_each_device_meets_every_statement_but_its_own_once_and_may_go_back():
    question = make_question()
    statements = [make_statement(question, text=f"Nummer {n} siger noget") for n in range(5)]
    make_statement(question, device=PHONE.device, key="own", text="Mit eget udsagn her.")
    make_statement(question, state="held", text="Karen sagde noget.")
    met = []
    for number in range(5):
        turn = queries.next_for(PHONE.device, question.conference, AT)
        assert (turn.done, turn.total) == (number, 5)
        assert turn.previous == (met[-1] if met else "")
        met.append(turn.statement.pk)
        vote(turn.statement, 0, at=AT + timedelta(seconds=number))
    assert set(met) == {s.pk for s in statements}
    end = queries.next_for(PHONE.device, question.conference, AT)
    assert (end.statement, end.done, end.previous) == (None, 5, met[-1])
    back = queries.next_for(PHONE.device, question.conference, AT, wanted=met[2])
    assert (back.statement.pk, back.answer, back.previous) == (met[2], "pass", met[1])
    stranger = queries.next_for(PHONE.device, question.conference, AT, wanted="0" * 26)
    assert stranger.statement is None
