"""What is calculated about an indicator: courses, funnels, inequality, all municipalities; and when."""

from datetime import date, timedelta

import pytest

from tests.factories import AT, make_party
from tests.factories_figures import make_definition, make_delivery, make_measurement, make_series, make_vintage
from tests.factories_followup import FollowedGoal, month_after, monthly
from tovholder.base.by import SYSTEM
from tovholder.base.errors import Refused
from tovholder.findings import actions, queries
from tovholder.findings.models import Figures
from tovholder.parties.models import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def followed():
    return FollowedGoal()


def test_nobody_but_the_system_calculates(followed):
    with pytest.raises(Refused):
        actions.calculate_indicator(followed.indicator, by=followed.by, at=AT)
    assert not Figures.objects.exists()


def test_a_course_is_frozen_on_its_baseline_and_says_what_came_after(followed):
    followed.calculate()
    row = followed.row("course")
    found = row.figures
    assert found["chart"] == "xmr"
    assert (len(found["points"]), found["length"], found["too_early"]) == (46, "month", False)
    centre = sum(monthly()[:24]) / 24
    assert found["centre"][0] == pytest.approx(centre, abs=0.02)
    assert len(set(found["centre"])) == 1
    assert found["phases"] == [found["phases"][0] | {"first": 0, "until": 46, "baseline": [0, 24], "chosen": "decided"}]
    assert all("one_side" in rules for rules in found["broken"][24:])
    assert row.summary["standing"] == "better"
    assert row.summary["baseline"] == pytest.approx(14.2, abs=0.1)
    assert row.summary["latest"] == pytest.approx(sum(monthly()[-12:]) / 12, abs=0.02)
    assert (row.summary["latest_from"], row.summary["latest_until"]) == ("2025-11-01", "2026-11-01")
    assert (row.method, row.vintage) == ("course: control_chart_xmr", followed.vintage)


def test_a_rebase_moves_the_level_from_its_day_on_and_leaves_what_was_before(followed):
    given = {"reason": "Ny afdeling", "decided_on": AT.date(), "decision_reference": "Punkt 9"}
    followed.calculate()
    before = followed.row("course").figures
    actions.rebase(followed.target, baseline_from=date(2025, 3, 1), baseline_until=date(2026, 3, 1), **given, by=followed.by, at=AT)
    assert followed.calculate()
    found = followed.row("course").figures
    assert found["centre"][:26] == before["centre"][:26]
    assert found["centre"][26] == pytest.approx(sum(monthly()[26:38]) / 12, abs=0.02)
    assert [phase["why"] for phase in found["phases"]] == [None, "rebase"]
    assert found["phases"][1]["baseline"] == [26, 38]


def test_with_fewer_than_twelve_points_it_is_too_early(followed):
    followed.vintage.measurements.filter(party=followed.region, period_from__gte=date(2023, 12, 1)).delete()
    followed.calculate()
    row = followed.row("course")
    assert (row.figures["too_early"], row.summary["standing"]) == (True, "early")
    assert set(row.figures["centre"]) == {None}
    assert not any(row.figures["broken"])


def test_a_new_definition_breaks_the_line_and_begins_its_own_level(followed):
    new = make_definition(followed.indicator, "3.0", breaks_series=True, break_reason="Nyt register", valid_from=date(2025, 1, 1))
    followed.vintage.measurements.filter(period_from__gte=date(2025, 1, 1)).update(definition=new)
    followed.calculate()
    found = followed.row("course").figures
    assert [phase["why"] for phase in found["phases"]] == [None, "definition"]
    assert found["phases"][1]["first"] == 24
    assert found["centre"][24] == pytest.approx(sum(monthly()[24:46]) / 22, abs=0.02)


def test_a_definition_that_breaks_nothing_breaks_nothing(followed):
    new = make_definition(followed.indicator, "2.2", valid_from=date(2025, 1, 1))
    followed.vintage.measurements.filter(period_from__gte=date(2025, 1, 1)).update(definition=new)
    followed.calculate()
    assert len(followed.row("course").figures["phases"]) == 1


def test_a_missing_month_is_a_gap_and_a_hidden_one_stays_hidden(followed):
    followed.vintage.measurements.filter(party=followed.region, period_from=date(2024, 5, 1)).delete()
    hidden = followed.vintage.measurements.filter(party=followed.region, period_from=date(2026, 10, 1))
    hidden.update(numerator=None, value=None, why="suppressed")
    followed.calculate()
    points = followed.row("course").figures["points"]
    assert (len(points), points[16]["why"], points[45]["why"]) == (46, "missing", "suppressed")
    assert {points[45][name] for name in ("value", "x", "n")} == {None}
    # The latest figure is September's own: a year with a hidden month is no year.
    assert followed.row("course").summary["latest_points"] == 12
    assert followed.row("course").summary["latest_until"] == "2026-10-01"


def test_denominators_that_differ_much_are_followed_by_limits(followed):
    for n, row in enumerate(followed.vintage.measurements.filter(party=followed.region, group=None).order_by("period_from")):
        size = 2_000 if n % 2 else 6_000
        followed.vintage.measurements.filter(pk=row.pk).update(denominator=size, numerator=row.value / 100 * size)
    followed.calculate()
    found = followed.row("course").figures
    assert found["chart"] == "p'"
    assert found["upper"][0] < found["upper"][1]


def test_an_initiative_gives_before_and_after_beside_the_frozen_chart(followed):
    followed.calculate(begins={followed.goal.pk: [("i" * 26, date(2025, 1, 1))]})
    (found,) = followed.row("course").figures["before_after"]
    level, low, high = found["regression"]["level"]
    assert (found["at"], found["agree"], found["on"]) == (24, True, "2025-01-01")
    assert low < level < high < 0
    assert level == pytest.approx(-1.9, abs=0.5)
    assert "sin" in found["regression"]["terms"]


def test_an_initiative_before_the_first_figure_says_nothing(followed):
    followed.calculate(begins={followed.goal.pk: [("i" * 26, date(2020, 1, 1)), ("j" * 26, date(2030, 1, 1))]})
    assert followed.row("course").figures["before_after"] == []


def test_a_funnel_names_those_whom_chance_does_not_explain(followed):
    followed.calculate()
    row = followed.row("funnel", party=followed.region, area_kind="municipality", period_until=date(2026, 1, 1))
    standing = {area["party"]: area["standing"] for area in row.figures["areas"]}
    names = {town.short_name: standing[town.pk] for town in followed.towns}
    assert names["Fanø"] == "hidden"
    assert {name for name, word in names.items() if word == "over"} == {"Fredericia"}
    assert {name for name, word in names.items() if word == "under"} == {"Vejen"}
    assert [limits["level"] for limits in row.figures["limits"]] == [95, 99.8]
    assert row.summary == {"over": 1, "under": 1, "inside": 5, "hidden": 1, "missing": 0, "centre": row.figures["centre"]}
    hidden = next(area for area in row.figures["areas"] if area["standing"] == "hidden")
    assert {hidden[name] for name in ("value", "x", "n", "low", "high")} == {None}


def test_every_period_has_its_funnel_with_the_places_of_that_time(followed):
    leaving = followed.towns[0]
    Membership.objects.filter(member=leaving).update(valid_until=date(2025, 1, 1))
    followed.calculate()
    rows = Figures.objects.filter(kind="funnel", party=followed.region, area_kind="municipality").order_by("period_until")
    assert [row.period_until for row in rows] == [date(2025, 1, 1), date(2026, 1, 1)]
    there = [leaving.pk in {area["party"] for area in row.figures["areas"]} for row in rows]
    assert there == [True, False]


def test_a_council_is_its_municipalities_of_the_time_added_up(followed):
    council = make_party("health_council", "Sundhedsråd Trekant", valid_from=date(2025, 1, 1))
    for town in followed.towns[:2]:
        Membership.objects.create(member=town, group=council, valid_from=date(2025, 1, 1))
    followed.calculate()
    (row,) = Figures.objects.filter(kind="funnel", area_kind="health_council", party=followed.region)
    (area,) = row.figures["areas"]
    assert (area["party"], area["x"], area["n"]) == (council.pk, 414 + 759, 4_100 + 5_200)
    assert row.period_until == date(2026, 1, 1)


def test_a_council_with_a_hidden_municipality_is_hidden(followed):
    council = make_party("health_council", "Sundhedsråd Vest")
    for town in (followed.towns[3], followed.towns[4]):
        Membership.objects.create(member=town, group=council)
    followed.calculate()
    assert not Figures.objects.filter(kind="funnel", area_kind="health_council", party=followed.region).exists()


def test_months_of_municipalities_become_twelve_months_together(followed):
    followed.vintage.measurements.filter(party__in=followed.towns).delete()
    for town, share in zip(followed.towns, (10, 12, 12.5, 12, 12, 11.5, 12.2, 12), strict=True):
        make_series(followed.vintage, town, [share] * 25, begins=date(2024, 9, 1), denominator=1_000)
    followed.calculate()
    rows = Figures.objects.filter(kind="funnel", party=followed.region).order_by("period_until")
    assert [(row.period_from, row.period_until) for row in rows] == [
        (date(2024, 10, 1), date(2025, 10, 1)), (date(2025, 10, 1), date(2026, 10, 1)),
    ]  # fmt: skip
    assert {area["n"] for area in rows[1].figures["areas"]} == {12_000}


def test_ordered_groups_have_a_slope_with_its_interval(followed):
    followed.calculate()
    row = followed.row("gradient", party=followed.region, period_until=date(2026, 1, 1))
    slope, low, high = row.figures["sii"]
    assert low < slope < high < 0
    assert slope == pytest.approx(-8.7, abs=0.3)
    assert row.figures["rii"][0] < 1
    assert sum(group["share"] for group in row.figures["groups"]) == pytest.approx(1)
    assert [group["group"] for group in row.figures["groups"]] == ["basic", "vocational", "short_medium", "long"]


def test_a_hidden_group_hides_the_slope_and_every_share(followed):
    last = followed.vintage.measurements.filter(group=followed.groups[3], period_from=date(2025, 1, 1))
    last.update(numerator=None, denominator=None, value=None, why="suppressed")
    followed.calculate()
    found = followed.row("gradient", party=followed.region, period_until=date(2026, 1, 1)).figures
    assert "sii" not in found
    assert {group["share"] for group in found["groups"]} == {None}


def test_figures_that_contradict_themselves_stop_nothing_else(followed):
    followed.vintage.measurements.filter(group=followed.groups[0]).update(value=99.0, low=1.0, high=2.0)
    followed.vintage.measurements.filter(party=followed.towns[0]).update(numerator=9_000)
    followed.calculate()
    gradient = followed.row("gradient", party=followed.region, period_until=date(2026, 1, 1)).figures
    assert ("sii" in gradient, "uden for sine egne grænser" in gradient["reason"]) == (False, True)
    funnel = followed.row("funnel", party=followed.region, period_until=date(2026, 1, 1)).figures
    assert ("limits" in funnel, "tæller" in funnel["reason"]) == (False, True)
    assert followed.row("course").figures["points"]


def test_all_municipalities_stand_with_their_years(followed):
    followed.calculate()
    found = followed.row("small_multiples").figures
    assert [period["until"] for period in found["periods"]] == ["2025-01-01", "2026-01-01"]
    by_party = {area["party"]: area for area in found["areas"]}
    assert by_party[followed.towns[0].pk]["standing"] == "under"
    assert by_party[followed.towns[4].pk] == {
        "party": followed.towns[4].pk, "values": [None, None], "whys": ["suppressed"] * 2, "standing": "hidden",
    }  # fmt: skip


def test_nothing_is_calculated_twice_and_everything_is_the_same_again(followed):
    assert followed.calculate()
    first = list(Figures.objects.order_by("kind", "period_until", "area_kind", "pk").values_list("figures", "summary", "digest"))
    assert not followed.calculate(AT + timedelta(days=1))
    assert actions.calculate_due_figures(by=SYSTEM, at=AT) == 0
    Figures.objects.all().delete()
    assert followed.calculate()
    assert list(Figures.objects.order_by("kind", "period_until", "area_kind", "pk").values_list("figures", "summary", "digest")) == first


@pytest.mark.parametrize("change", ["target", "vintage", "definition", "begins", "members"])
def test_what_changes_the_figures_makes_them_due(followed, change):
    followed.calculate()
    begins = {}
    if change == "target":
        given = {"party": followed.region, "value": 11.0, "baseline_from": date(2023, 1, 1), "baseline_until": date(2024, 6, 1)}
        actions.change_target(followed.target, **given, by=followed.by, at=AT)
    elif change == "vintage":
        make_series(make_vintage(followed.indicator, drawn_on=date(2026, 11, 20)), followed.region, monthly(20))
    elif change == "definition":
        make_definition(followed.indicator, "9", valid_from=date(2026, 1, 1), breaks_series=True)
    elif change == "begins":
        begins = {followed.goal.pk: [("i" * 26, date(2025, 1, 1))]}
    else:
        Membership.objects.filter(member=followed.towns[0]).update(valid_until=date(2025, 1, 1))
    assert actions.calculate_due_figures(begins=begins, by=SYSTEM, at=AT) == 1
    assert actions.calculate_due_figures(begins=begins, by=SYSTEM, at=AT) == 0


def test_a_later_vintage_takes_over_and_one_that_continues_is_put_after(followed):
    followed.calculate()
    owner = followed.vintage.delivery.owner
    later = make_vintage(followed.indicator, make_delivery(owner), drawn_on=date(2026, 11, 20), continues=followed.vintage)
    make_series(later, followed.region, [11.0], begins=month_after(date(2023, 1, 1), 46))
    followed.calculate()
    row = followed.row("course")
    assert (len(row.figures["points"]), row.figures["points"][-1]["value"], row.vintage) == (47, 11.0, later)
    whole = make_vintage(followed.indicator, make_delivery(owner), drawn_on=date(2026, 11, 21))
    make_series(whole, followed.region, [13.0] * 14)
    followed.calculate()
    assert len(followed.row("course").figures["points"]) == 14


def test_a_withdrawn_vintage_leaves_nothing_to_see_at_once_and_the_one_before_afterwards(followed):
    later = make_vintage(followed.indicator, make_delivery(followed.vintage.delivery.owner), drawn_on=date(2026, 11, 20))
    make_series(later, followed.region, [11.0] * 30)
    followed.calculate()
    later.withdrawn_at = AT + timedelta(hours=1)
    later.save()
    assert not queries.visible_figures(SYSTEM, AT).exists()
    followed.calculate(AT + timedelta(hours=2))
    assert len(followed.row("course").figures["points"]) == 46
    assert queries.visible_figures(SYSTEM, AT).exists()


def test_what_is_not_taken_is_not_there(followed):
    followed.vintage.delivery.state = "taking"
    followed.vintage.delivery.save()
    assert not followed.calculate()
    assert not Figures.objects.exists()


def test_figures_of_a_hidden_plan_are_hidden():
    hidden = FollowedGoal(published=False)
    hidden.calculate()
    stranger = make_party()
    kinds = set(queries.visible_figures(SYSTEM, AT).values_list("kind", flat=True))
    assert kinds == {"funnel", "gradient", "small_multiples"}
    assert queries.visible_figures(hidden.by, AT).filter(kind="course").exists()
    assert not queries.visible_targets(SYSTEM, AT).exists()
    assert stranger.pk


def test_values_without_counts_have_a_course_and_no_funnel(followed):
    followed.vintage.measurements.all().delete()
    for n in range(20):
        make_measurement(followed.vintage, followed.region, month_after(date(2024, 1, 1), n), value=5 + n % 3)
    for town in followed.towns:
        make_measurement(followed.vintage, town, date(2025, 1, 1), 12, value=6.5)
    followed.calculate()
    assert followed.row("course").figures["chart"] == "xmr"
    row = followed.row("funnel", party=followed.region)
    assert "limits" not in row.figures
    assert {area["standing"] for area in row.figures["areas"]} == {"inside"}
