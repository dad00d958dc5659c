"""Whoever has the code sees everything it leads to, and can be forgotten."""

import pytest

from tests.factories import AT, make_remark, make_response, make_statement
from tests.factories_threads import CODE, make_contributor, make_world
from tovholder.base.by import ANYONE, By
from tovholder.base.errors import Refused
from tovholder.base.models import Event
from tovholder.intake import actions as intake
from tovholder.intake.models import Contributor
from tovholder.threads import actions, queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def person(world):
    person = make_contributor()
    type(world.statement).objects.filter(pk=world.statement.pk).update(contributor=person, device="d" * 64)
    return person


def test_a_code_leads_to_all_that_was_said_whatever_became_of_it(world, person):
    declined = make_statement(world.question, state="declined", state_reason="Teksten nævner en anden ved navn.", contributor=person)
    found = queries.mine(person, AT)
    assert {row.statement.pk for row in found.statements} == {world.statement.pk, declined.pk}
    assert max(row.thread.reach for row in found.statements) == 7


def test_a_code_leads_to_answers_in_a_consultation(world, person):
    response = make_response(world.consultation, contributor=person, sector="citizen")
    make_remark(response, provision=world.provision)
    assert [row.pk for row in queries.mine(person, AT).responses] == [response.pk]


def test_forgetting_cuts_what_leads_to_the_person_and_keeps_the_words(world, person):
    intake.ask_to_be_told(person, mail="mig@example.dk", by=By(contributor=person.pk), at=AT)
    actions.forget(person, by=By(contributor=person.pk), at=AT)
    row = Contributor.objects.get(pk=person.pk)
    assert (row.claim, row.notify_mail, row.forgotten_at) == (None, "", AT)
    said = type(world.statement).objects.get(pk=world.statement.pk)
    assert (said.text, said.contributor, said.device, said.place, said.sector) == (world.statement.text, None, "", "", "")
    assert Event.objects.filter(kind="forgotten", subject=person.pk).exists()
    with pytest.raises(Refused):
        intake.claim(CODE, device="", at=AT)


def test_a_citizens_answer_in_a_consultation_stays_without_the_name(world, person):
    response = make_response(world.consultation, contributor=person, sector="citizen", name="Karla Canarius")
    make_remark(response, provision=world.provision, text="Giv os tid.")
    actions.forget(person, by=By(contributor=person.pk), at=AT)
    response.refresh_from_db()
    assert "Canarius" not in response.name
    assert (response.contributor, response.remarks.get().text) == (None, "Giv os tid.")


def test_nobody_forgets_for_another_and_nothing_is_half_done(world, person):
    for by in (ANYONE, By(contributor="en-anden"), world.by):
        with pytest.raises(Refused):
            actions.forget(person, by=by, at=AT)
    assert type(world.statement).objects.get(pk=world.statement.pk).contributor_id == person.pk
