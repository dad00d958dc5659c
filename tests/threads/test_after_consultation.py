"""No decision goes out and no plan is adopted while people may still answer its consultation."""

from datetime import timedelta

import pytest

from tests.factories import AT, make_by, make_consultation, make_party
from tests.factories_plans import TODAY, World, answer
from tovholder.base.errors import Refused
from tovholder.plans.models import Adoption, Approval
from tovholder.threads import actions

pytestmark = pytest.mark.django_db
DAYS = {"adopted_on": TODAY, "in_force_from": TODAY}


def test_an_open_round_over_any_version_of_the_plan_stops_the_next_one():
    world = World()
    heard, newer = world.sealed(published=True), world.sealed("Rettet")
    deadline = AT + timedelta(days=17)
    consultation = make_consultation(heard, deadline_at=deadline)
    with pytest.raises(Refused, match="Høringen er åben til 11. december 2026"):
        actions.ask_after_consultation(newer, by=world.by, at=AT)
    assert not Approval.objects.exists()
    consultation.concluded_at = AT
    consultation.save()
    assert len(actions.ask_after_consultation(newer, by=world.by, at=AT)) == 4


def test_a_round_that_has_not_begun_stops_it_too_and_a_closed_one_does_not():
    world = World()
    version = world.sealed()
    make_consultation(version, opens_at=AT + timedelta(days=2))
    with pytest.raises(Refused, match="begynder først 26. november 2026"):
        actions.ask_after_consultation(version, by=world.by, at=AT)
    assert actions.ask_after_consultation(version, by=world.by, at=AT + timedelta(days=17))


def test_adoption_waits_for_the_deadline():
    world = World()
    asked = world.asked()
    for row in asked:
        answer(row)
    make_consultation(asked[0].version)
    with pytest.raises(Refused, match="Vent, til fristen er nået"):
        actions.adopt_after_consultation(asked[0].version, **DAYS, by=world.by, at=AT)
    assert not Adoption.objects.exists()
    actions.adopt_after_consultation(asked[0].version, **DAYS, by=world.by, at=AT + timedelta(days=17))
    assert Adoption.objects.get().version == asked[0].version


def test_another_plans_round_and_a_strangers_mandate():
    world = World()
    make_consultation()
    version = world.sealed()
    with pytest.raises(Refused, match="mandat"):
        actions.ask_after_consultation(version, by=make_by("planner", make_party()), at=AT)
    assert actions.ask_after_consultation(version, by=world.by, at=AT)
