"""Doors to the goals of all plans."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import AT, make_party
from tests.factories_plans import TODAY, World
from tovholder.plans import actions, queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]


@pytest.fixture
def world():
    return World()


def goal_of(world, number=4, **fields):
    given = {"number": number, "text": f"Færre genindlæggelser {number}", "owner": world.members[0]} | fields
    return actions.set_goal(world.plan, **given, by=world.by, at=AT)


def shown(client, goal=None):
    address = reverse("findings:goal", args=[goal.pk]) if goal else reverse("findings:list")
    return client.get(address)


def test_goals_of_public_plans_are_listed_with_what_is_missing(client, world):
    goal_of(world)
    goal_of(world, 5, indicator="Genindlæggelser inden 30 dage", deadline=TODAY + timedelta(days=400))
    assert "Ingen mål endnu" in shown(client).content.decode()
    world.sealed(published=True)
    page = shown(client).content.decode()
    assert "4. Færre genindlæggelser 4" in page
    assert "Ingen måler det endnu." in page
    assert "Genindlæggelser inden 30 dage" in page
    assert "29. december 2027" in page
    assert page.count("<h1") == 1


def test_a_goal_of_a_draft_is_no_page_for_strangers(client, world):
    goal = goal_of(world)
    assert shown(client, goal).status_code == 404
    world.sealed(published=True)
    assert "Ingen måler det endnu." in shown(client, goal).content.decode()


def test_the_owners_people_say_how_far_it_has_come(client, world, log_in):
    goal = goal_of(world, provision=world.provisions[1])
    world.sealed(published=True)
    log_in(("coordinator", world.members[0]))
    page = shown(client, goal).content.decode()
    assert "Hvor langt er I?" in page
    assert "1.1 Besked før udskrivning" in page
    client.post(reverse("findings:goal", args=[goal.pk]), {"hvad": "status", "status": "delayed"})
    client.post(reverse("findings:goal", args=[goal.pk]), {"hvad": "indikator", "indikator": "", "indicator": "Genindlæggelser"})
    found = queries.goal(goal.pk, world.by, AT)
    assert (found.status, found.indicator) == ("delayed", "Genindlæggelser")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"hvad": "status", "status": "vundet"}, "vundet"),
        ({"hvad": "status"}, "Vælg en af mulighederne."),
        ({"hvad": "indikator", "indicator": ""}, "Skriv, hvad der måler målet."),
        ({"hvad": "indikator", "indicator": "a" * 202}, "2 tegn over 200"),
    ],
)
def test_what_cannot_be_saved_is_said_and_changes_nothing(client, world, log_in, given, sentence):
    goal = goal_of(world)
    log_in(("planner", world.members[0]))
    world.sealed(published=True)
    response = client.post(reverse("findings:goal", args=[goal.pk]), given)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    found = queries.goal(goal.pk, world.by, AT)
    assert (found.status, found.indicator) == ("not_begun", "")


def test_others_meet_a_sentence(client, world, log_in):
    goal = goal_of(world)
    world.sealed(published=True)
    for pair in (("planner", make_party()), ("approver", world.members[1])):
        log_in(pair)
        response = client.post(reverse("findings:goal", args=[goal.pk]), {"hvad": "status", "status": "reached"})
        assert response.status_code == 403
        assert "mandat" in response.content.decode()
    client.logout()
    assert client.post(reverse("findings:goal", args=[goal.pk]), {"hvad": "status", "status": "reached"}).status_code == 403
    assert queries.goal(goal.pk, world.by, AT).status == "not_begun"


def test_the_plans_planner_chooses_the_indicator_but_not_the_status(client, world, log_in):
    goal = goal_of(world)
    log_in(("planner", world.region))
    client.post(reverse("findings:goal", args=[goal.pk]), {"hvad": "indikator", "indicator": "Genindlæggelser"})
    refused = client.post(reverse("findings:goal", args=[goal.pk]), {"hvad": "status", "status": "reached"})
    assert refused.status_code == 422
    found = queries.goal(goal.pk, world.by, AT)
    assert (found.status, found.indicator) == ("not_begun", "Genindlæggelser")


def test_a_passed_deadline_is_said(client, world, at):
    goal = goal_of(world, deadline=TODAY + timedelta(days=1))
    world.sealed(published=True)
    assert "Fristen er gået" not in shown(client, goal).content.decode()
    at.moment = AT + timedelta(days=3)
    assert "Fristen er gået" in shown(client, goal).content.decode()


def test_the_list_asks_as_often_for_three_goals_as_for_one(client, world):
    goal_of(world)
    world.sealed(published=True)
    counts = []
    for more in (0, 2):
        for n in range(more):
            goal_of(world, 10 + n)
        with CaptureQueriesContext(connection) as caught:
            assert shown(client).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1]
