"""Each gap is found, and gone when it is mended."""

from datetime import date

import pytest

from tests.factories import (
    AT,
    make_by,
    make_initiative,
    make_party,
    make_remark,
    make_response,
    make_statement,
    make_theme,
    make_version_with,
)
from tests.factories_threads import make_goal, make_world, put_under
from tovholder.base.by import ANYONE
from tovholder.base.errors import Refused
from tovholder.consultations import actions as consultations
from tovholder.plans import actions as plans
from tovholder.threads import actions, queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def found(code, **where):
    return [item.id for gap in queries.gaps(ANYONE, AT, **where) if gap.code == code for item in gap.items]


def second(world):
    return world.version.texts.get(label="2").provision


def test_a_theme_that_led_nowhere(world):
    theme = make_theme(world.region)
    put_under(theme, make_statement(world.question))
    assert found("themes") == [theme.pk]
    actions.tie_theme_to_provision(theme, second(world), by=world.by, at=AT)
    assert found("themes") == []


def test_a_promise_nobody_asked_for_until_a_rule_requires_it(world):
    assert found("provisions") == [second(world).pk]
    with pytest.raises(Refused):
        actions.tie_to_duty(second(world), world.region, because=" ", by=world.by, at=AT)
    actions.tie_to_duty(second(world), world.region, because="Sundhedslovens § 205", by=world.by, at=AT)
    assert found("provisions") == []


def test_a_remark_without_a_verdict(world):
    remark = make_remark(make_response(world.consultation), provision=world.provision)
    assert found("remarks") == [remark.pk]
    consultations.give_verdict(remark, verdict="noted", reason="", revision=remark.revision, by=world.by, at=AT)
    assert found("remarks") == []


def test_a_remark_that_waits_for_review_is_not_on_a_public_page(world):
    response = make_response(world.consultation, held_at=AT)
    make_remark(response, provision=world.provision, text="Kanarie")
    assert "Kanarie" not in repr(queries.gaps(ANYONE, AT))


def test_a_goal_nobody_measures(world):
    goal = make_goal(world.plan)
    assert found("goals") == [goal.pk]
    plans.choose_indicator(goal, indicator="Ventetid i dage", by=world.by, at=AT)
    assert found("goals") == []


def test_a_promise_nobody_does_and_a_deed_nobody_promised(world):
    initiative = make_initiative()
    assert found("undone") == [second(world).pk]
    assert found("initiatives") == [initiative.pk]
    tie = actions.tie_initiative(second(world), initiative, by=world.by, at=AT)
    assert (found("undone"), found("initiatives")) == ([], [])
    actions.withdraw_tie(tie, by=world.by, at=AT)
    assert (found("undone"), found("initiatives")) == ([second(world).pk], [initiative.pk])


def test_promises_whose_owner_ends_at_new_year(world):
    ending = make_party(name="Region Sjælland (eksempel)", valid_until=date(2027, 1, 1))
    goal = make_goal(world.plan, owner=ending, indicator="x")
    assert found("ending") == [goal.pk]
    type(goal).objects.filter(pk=goal.pk).update(owner=world.region)
    assert found("ending") == []


def test_gaps_of_one_plan_leave_out_the_others(world):
    other = make_version_with(1, published=True)
    assert len(found("undone")) == 2
    assert found("undone", plan=other.plan) == [other.texts.get().provision_id]


def test_drafts_make_no_public_gaps(world):
    draft = make_version_with(3)
    make_goal(draft.plan)
    assert found("undone") == [second(world).pk]
    assert found("goals") == []


def test_how_far_promises_reach(world):
    reach = queries.reach(ANYONE, AT)
    assert (reach.total, reach.whole) == (2, 1)
    assert [count for _word, count in reach.steps] == [1, 1, 2, 1, 1]


def test_only_a_planner_of_the_owner_ties_themes(world):
    stranger = make_by("planner", make_party())
    for act in (
        lambda: actions.tie_theme_to_provision(world.theme, second(world), by=stranger, at=AT),
        lambda: actions.tie_to_duty(second(world), world.region, because="§ 1", by=stranger, at=AT),
    ):
        with pytest.raises(Refused):
            act()


def test_the_same_tie_is_made_once(world):
    first = actions.tie_theme_to_provision(world.theme, second(world), by=world.by, at=AT)
    assert actions.tie_theme_to_provision(world.theme, second(world), by=world.by, at=AT) == first
