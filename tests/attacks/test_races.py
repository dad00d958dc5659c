"""Sixteen at once: one row, one winner, numbers without holes, and the slower one sees what the faster one wrote."""

import threading

import pytest
from django.db import OperationalError, connection

from tests.factories import (
    AT,
    make_by,
    make_conference,
    make_consultation,
    make_party,
    make_question,
    make_remark,
    make_response,
    make_statement,
)
from tests.factories_plans import TODAY, World, approver_of
from tovholder.base.by import By, Held
from tovholder.base.errors import Clash, Refused
from tovholder.base.models import Event
from tovholder.consultations import actions as consultations
from tovholder.consultations.models import Response
from tovholder.dialogue import actions as dialogue
from tovholder.dialogue.models import Statement, Vote
from tovholder.plans import actions as plans
from tovholder.plans import queries
from tovholder.plans.models import Adoption, ProvisionText
from tovholder.threads.models import Tie

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 16


def at_once(*calls):
    """This will start every call at the same moment, each on a connection of its own, and return what each gave or raised."""
    gate, found = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place, call):
        try:
            gate.wait(20)
            found[place] = _patient(call)
        except Exception as fault:
            found[place] = fault
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def _patient(call):
    # A database in memory answers "locked" at once where one in a file waits its turn.
    for _ in range(200):
        try:
            return call()
        except OperationalError as fault:
            if "is locked" not in str(fault) or not str(connection.settings_dict["NAME"]).startswith("file:"):
                raise
    raise AssertionError("locked for ever")


def test_one_statement_however_often_it_is_sent():
    question, by = make_question(), By(device="d" * 64)
    found = at_once(*[lambda: dialogue.say(question, kind="proposal", text="Ring til kommunen først.", key="k", by=by, at=AT)] * MANY)
    assert {getattr(row, "pk", row) for row in found} == {Statement.objects.get().pk}
    assert len({row.claim_code for row in found}) == 1
    assert Event.objects.filter(kind="said").count() == 1


def test_one_vote_for_each_phone_whatever_it_answers():
    statement = make_statement()
    devices = [By(device=f"{n}" * 64) for n in range(4)]
    calls = [
        lambda by=by, answer=answer: dialogue.vote(statement.pk, answer=answer, key=f"k{answer}", by=by, at=AT)
        for by in devices
        for answer in (1, 0, -1, 1)
    ]
    found = at_once(*calls)
    assert [one for one in found if isinstance(one, Exception)] == []
    assert Vote.objects.count() == 4


def test_two_moderators_publish_one_statement_and_numbers_have_no_holes():
    region = make_party()
    conference = make_conference(region)
    question = make_question(conference)
    rows = [make_statement(question, text=f"Udsagn {n} siger noget", state="waiting") for n in range(8)]
    one, two = make_by("moderator", region), make_by("moderator", region)
    found = at_once(*[lambda row=row, by=by: dialogue.publish(row, by=by, at=AT) for row in rows for by in (one, two)])
    assert sum(isinstance(result, Clash) for result in found) == 8
    assert sorted(Statement.objects.values_list("number", flat=True)) == list(range(1, 9))
    assert Event.objects.filter(kind="published").count() == 8


def test_responses_are_numbered_one_after_another():
    consultation = make_consultation()
    calls = []
    for number in range(MANY):
        town = make_party("municipality", f"Kommune {number} (eksempel)")
        response = make_response(consultation, party=town, state="draft", number=None, submitted_at=None, registered_at=None)
        make_remark(response)
        by = By(person="p" * 26, mandates=(Held("coordinator", town.pk),), on_behalf_of=town.pk)
        calls.append(lambda response=response, by=by: consultations.submit_response(response, by=by, at=AT))
    found = at_once(*calls)
    assert [one for one in found if isinstance(one, Exception)] == []
    assert sorted(Response.objects.values_list("number", flat=True)) == list(range(1, MANY + 1))


def test_one_response_sent_twice_has_one_number():
    town = make_party("municipality", "Vejen Kommune (eksempel)")
    response = make_response(make_consultation(), party=town, state="draft", number=None, submitted_at=None, registered_at=None)
    make_remark(response)
    by = By(person="p" * 26, mandates=(Held("coordinator", town.pk),), on_behalf_of=town.pk)
    found = at_once(*[lambda: consultations.submit_response(response, by=by, at=AT)] * MANY)
    assert sum(isinstance(one, Refused) for one in found) == MANY - 1
    assert Event.objects.filter(kind="response_received").count() == 1


def test_one_draft_for_a_party_however_many_begin():
    consultation, town = make_consultation(), make_party("municipality", "Vejen Kommune (eksempel)")
    by = By(person="p" * 26, mandates=(Held("coordinator", town.pk),), on_behalf_of=town.pk)
    found = at_once(*[lambda: consultations.begin_response(consultation, party=town, by=by, at=AT)] * MANY)
    assert {getattr(row, "pk", row) for row in found} == {Response.objects.get().pk}


def test_one_of_two_edits_wins_and_the_other_sees_both_texts():
    world = World()
    draft, provision = world.draft, world.provisions[1]
    revision = ProvisionText.objects.get(version=draft, provision=provision).revision
    words = [f"Sygehuset giver besked {n} timer før." for n in range(1, MANY + 1)]
    found = at_once(
        *[
            lambda body=body: plans.edit_provision(
                draft, provision, label="1.1", heading="Besked", body=body, revision=revision, by=world.by, at=AT
            )
            for body in words
        ]
    )
    clashes = [one for one in found if isinstance(one, Clash)]
    stored = ProvisionText.objects.get(version=draft, provision=provision)
    assert len(clashes) == MANY - 1
    assert stored.revision == revision + 1
    assert {clash.theirs["body"] for clash in clashes} == {stored.body}
    assert {clash.yours["body"] for clash in clashes} | {stored.body} == set(words)


def test_a_plan_is_adopted_once_and_a_decision_recorded_once():
    world = World(municipalities=("Vejen Kommune",))
    rows = world.asked()
    version = rows[0].version
    for row in rows:
        given = {"outcome": "approved", "decided_on": TODAY, "fingerprint": version.fingerprint, "by": approver_of(row.party), "at": AT}
        found = at_once(*[lambda row=row, given=given: plans.record_decision(row, **given)] * 4)
        assert sum(isinstance(one, Refused) for one in found) == 3, found
    found = at_once(*[lambda: plans.adopt(version, adopted_on=TODAY, in_force_from=TODAY, by=world.by, at=AT)] * 8)
    assert Adoption.objects.count() == 1
    assert sum(isinstance(one, Refused) for one in found) == 7, found


def test_a_version_is_sealed_once_and_asked_about_once():
    world = World()
    draft = world.draft
    found = at_once(*[lambda: plans.seal_version(draft, name="Sendt i høring", by=world.by, at=AT)] * 8)
    assert sum(isinstance(one, Refused) for one in found) == 7, found
    assert queries.draft_of(world.plan).number == draft.number + 1
    version = queries.version(draft.pk, world.by, AT)
    found = at_once(*[lambda: plans.ask_for_approvals(version, due_on=None, by=world.by, at=AT)] * 8)
    assert sum(isinstance(one, Refused) for one in found) == 7, found


def test_a_tie_is_made_once():
    from tests.factories_threads import make_world
    from tovholder.threads import actions as threads

    world = make_world()
    second = world.version.texts.get(label="2").provision
    found = at_once(*[lambda: threads.tie_theme_to_provision(world.theme, second, by=world.by, at=AT)] * 8)
    assert len({getattr(one, "pk", one) for one in found}) == 1, found
    assert Tie.objects.filter(to_thing=second.pk).count() == 1


def test_a_letter_goes_out_once_however_many_press():
    from tovholder.base.models import OutboxMail
    from tovholder.consultations.models import ConsultationParty

    consultation = make_consultation()
    owner = consultation.version.plan.owner
    for number in range(3):
        ConsultationParty.objects.create(consultation=consultation, name=f"Part {number}", mailbox=f"part{number}@example.dk")
    by = make_by("planner", owner)
    found = at_once(*[lambda: consultations.send_out(consultation, by=by, at=AT)] * 6)
    assert sum(isinstance(one, Refused) for one in found) == 5, found
    assert OutboxMail.objects.count() == 3


def test_a_goal_number_is_given_once():
    world = World()
    found = at_once(*[lambda: plans.set_goal(world.plan, number=1, text="Færre venter.", owner=world.region, by=world.by, at=AT)] * 8)
    assert sum(isinstance(one, Refused) for one in found) == 7, found
