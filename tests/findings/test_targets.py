"""How a goal is followed: who may, what is refused, and what is tied."""

from datetime import date, timedelta

import pytest

from tests.factories import AT, make_by, make_initiative, make_party
from tests.factories_figures import make_groups, make_indicator
from tests.factories_followup import BASELINE, FollowedGoal
from tests.factories_threads import make_adoption, make_goal
from tovholder.base.by import ANYONE, SYSTEM
from tovholder.base.errors import Refused
from tovholder.base.models import Event
from tovholder.findings import actions, queries
from tovholder.findings.models import Rebase, Target
from tovholder.plans.models import Adoption, Goal
from tovholder.threads import actions as threads
from tovholder.threads import queries as ties
from tovholder.threads.queries.walk import live_ties

pytestmark = pytest.mark.django_db
DECIDED = {"reason": "Nyt sygehus", "decided_on": date(2026, 1, 5), "decision_reference": "Punkt 9"}


@pytest.fixture
def followed():
    return FollowedGoal()


def given(followed, **changed):
    return {"party": followed.region, "value": 12.0, "due_on": date(2027, 12, 31)} | BASELINE | changed


def test_the_plans_planner_and_the_owners_people_follow_a_goal_and_nobody_else(followed):
    town = followed.towns[0]
    goal = make_goal(followed.plan, owner=town)
    refused = [ANYONE, make_by("planner", make_party()), make_by("practitioner", town), make_by("coordinator", followed.region)]
    for by in refused:
        with pytest.raises(Refused):
            actions.set_target(goal, indicator=followed.indicator, **given(followed), by=by, at=AT)
    for by in (followed.by, make_by("coordinator", town)):
        made = actions.set_target(goal, indicator=followed.indicator, **given(followed), by=by, at=AT)
        actions.withdraw_target(made, by=by, at=AT)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"value": float("inf")}, "value"),
        ({"value": float("nan")}, "value"),
        ({"baseline_until": None}, "baseline_until"),
        ({"baseline_from": None}, "baseline_from"),
        ({"baseline_until": date(2023, 1, 1)}, "baseline_until"),
        ({"due_on": date(2024, 6, 1)}, "due_on"),
    ],
)
def test_a_target_that_means_nothing_is_refused_at_its_field(followed, changed, field):
    with pytest.raises(Refused) as refusal:
        actions.change_target(followed.target, **given(followed, **changed), by=followed.by, at=AT)
    assert refusal.value.field == field
    assert Target.objects.get().value == 12.0


def test_a_breakdown_the_indicator_does_not_have_is_refused(followed):
    sex, _groups = make_groups("sex", (("women", "Kvinder", "Women"), ("men", "Mænd", "Men")), name="Køn", is_ordered=False)
    with pytest.raises(Refused, match="delt op"):
        actions.change_target(followed.target, **given(followed, breakdown=sex), by=followed.by, at=AT)


def test_an_indicator_that_is_withdrawn_undefined_or_used_already_is_refused(followed):
    goal = make_goal(followed.plan)
    for indicator, sentence in (
        (make_indicator(withdrawn_at=AT), "trukket tilbage"),
        (make_indicator(with_definition=False), "ikke defineret"),
    ):
        with pytest.raises(Refused, match=sentence):
            actions.set_target(goal, indicator=indicator, **given(followed), by=followed.by, at=AT)
    with pytest.raises(Refused, match="allerede"):
        actions.set_target(followed.goal, indicator=followed.indicator, **given(followed), by=followed.by, at=AT)


def test_following_ties_goal_and_indicator_and_stopping_takes_all_of_it_back(followed):
    goal = make_goal(followed.plan, followed.provision)
    target = threads.follow_goal(goal, followed.indicator, chosen=given(followed), by=followed.by, at=AT)
    assert Goal.objects.get(pk=goal.pk).indicator == followed.indicator.name
    assert live_ties(kind="measured_by", from_thing=goal.pk, to_thing=followed.indicator.pk).exists()
    kinds = set(Event.objects.filter(subject__in=[goal.pk, target.pk]).values_list("kind", flat=True))
    assert {"target_set", "goal_indicator_chosen", "tied"} <= kinds
    target = queries.target(target.pk, followed.by, AT)
    threads.stop_following(target, by=followed.by, at=AT)
    assert Goal.objects.get(pk=goal.pk).indicator == ""
    assert not live_ties(kind="measured_by", from_thing=goal.pk).exists()
    threads.follow_goal(goal, followed.indicator, chosen=given(followed), by=followed.by, at=AT)


def test_words_a_person_wrote_stay_when_another_indicator_is_dropped(followed):
    Goal.objects.filter(pk=followed.goal.pk).update(indicator="Vores egne ord")
    threads.stop_following(queries.target(followed.target.pk, followed.by, AT), by=followed.by, at=AT)
    assert Goal.objects.get(pk=followed.goal.pk).indicator == "Vores egne ord"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"reason": " "}, "hvorfor"),
        ({"reason": "a" * 301}, "over 300"),
        ({"decision_reference": ""}, "hvor beslutningen står"),
        ({"decided_on": AT.date() + timedelta(days=1)}, "ikke kommet"),
        ({"baseline_until": date(2025, 3, 1)}, "slutter, før"),
        ({"baseline_from": date(2023, 1, 1)}, "begynde senere"),
    ],
)
def test_the_level_compared_with_moves_only_by_a_recorded_decision(followed, changed, sentence):
    period = {"baseline_from": date(2025, 3, 1), "baseline_until": date(2026, 3, 1)}
    with pytest.raises(Refused, match=sentence):
        actions.rebase(followed.target, **period | DECIDED | changed, by=followed.by, at=AT)
    assert not Rebase.objects.exists()


def test_a_rebase_is_recorded_with_day_reason_and_reference_and_only_planners_may(followed):
    period = {"baseline_from": date(2025, 3, 1), "baseline_until": date(2026, 3, 1)}
    for by in (ANYONE, make_by("coordinator", followed.region), make_by("planner", make_party())):
        with pytest.raises(Refused):
            actions.rebase(followed.target, **period, **DECIDED, by=by, at=AT)
    row = actions.rebase(followed.target, **period, **DECIDED, by=followed.by, at=AT)
    assert (row.reason, row.decided_on, row.recorded_by) == ("Nyt sygehus", date(2026, 1, 5), followed.by.person)
    assert Event.objects.filter(kind="target_rebased", subject=followed.target.pk).exists()


def test_a_withdrawn_target_can_be_changed_no_more(followed):
    actions.withdraw_target(followed.target, by=followed.by, at=AT)
    for act in (
        lambda: actions.change_target(followed.target, **given(followed), by=followed.by, at=AT),
        lambda: actions.rebase(followed.target, **BASELINE, **DECIDED, by=followed.by, at=AT),
    ):
        with pytest.raises(Refused, match="følges ikke længere"):
            act()


def test_an_initiative_that_is_to_move_a_goal_is_walked_both_ways(followed):
    initiative = make_initiative(name="Udskrivning med følge", started_by=followed.region, begins_on=date(2025, 1, 1))
    with pytest.raises(Refused):
        threads.aim_at_goal(initiative, followed.goal, by=make_by("planner", make_party()), at=AT)
    threads.aim_at_goal(initiative, followed.goal, by=followed.by, at=AT)
    Goal.objects.filter(pk=followed.goal.pk).update(indicator=followed.indicator.name)
    threads.calculate_due_figures(by=SYSTEM, at=AT)
    assert ties.begins_of_goals() == {followed.goal.pk: [(initiative.pk, date(2025, 1, 1))]}
    assert ties.goals_moved_by(initiative, ANYONE, AT) == [followed.goal]
    (measured,) = ties.thread_of_initiative(initiative, ANYONE, AT).steps[-1].items
    assert (measured.id, "14,2 → 12,3 pct." in measured.note) == (followed.goal.pk, True)
    nested = repr(ties.thread_of_provision(followed.provision, ANYONE, AT).nested)
    assert "skal rykkes af" in nested
    assert initiative.pk in nested


def test_gaps_tell_what_nobody_measures_what_nobody_has_measured_and_which_status_is_missing(followed):
    silent, chosen = make_goal(followed.plan), make_goal(followed.plan, indicator="Ventetid")
    Goal.objects.filter(pk=followed.goal.pk).update(indicator=followed.indicator.name)

    def gap(code):
        return [item.id for row in ties.gaps(ANYONE, AT) if row.code == code for item in row.items]

    assert gap("goals") == [silent.pk]
    assert set(gap("figures")) == {chosen.pk, followed.goal.pk}
    followed.calculate()
    assert gap("figures") == [chosen.pk]
    assert gap("status") == []
    adoption = make_adoption(followed.version, followed.region)
    assert gap("status") == []
    Adoption.objects.filter(pk=adoption.pk).update(adopted_on=date(2024, 10, 1), in_force_from=date(2025, 1, 1))
    assert gap("status") == [followed.plan.pk]
    report = actions.draft_status_report(followed.plan, year=2025, by=followed.by, at=AT)
    actions.write_summary(report, summary="Det går.", revision=1, by=followed.by, at=AT)
    threads.finish_status_report(report, by=followed.by, at=AT)
    report.refresh_from_db()
    assert gap("status") == [followed.plan.pk]
    approver = make_by("approver", followed.region)
    actions.approve_status_report(report, fingerprint=report.fingerprint, by=approver, at=AT)
    assert gap("status") == []
