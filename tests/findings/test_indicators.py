"""What is measured: defined by the right people, defined anew from a day with a break mark, and loaded once."""

from datetime import date

import pytest

from tests.factories import AT, make_by, make_party
from tests.factories_figures import make_groups, make_indicator, make_vintage
from tovholder.base.by import ANYONE, SYSTEM
from tovholder.base.errors import Refused
from tovholder.base.models import Event, SearchRow
from tovholder.findings import actions, queries
from tovholder.findings.models import Breakdown, Definition, Group, Indicator
from tovholder.parties.models import Party

pytestmark = pytest.mark.django_db

WORDS = {
    "text": "Andelen af udskrivninger, der følges af en ny indlæggelse.", "kind": "proportion", "unit": "pct.", "direction": "lower",
    "numerator": "Genindlæggelser", "denominator": "Udskrivninger", "source": "Vores eget system",
}  # fmt: skip


def define(by, owner, **fields):
    return actions.define_indicator(**{"code": "egen", "name": "Egen", "owner": owner, **WORDS, **fields}, by=by, at=AT)


def test_a_planner_defines_for_the_own_party_and_it_can_be_found():
    owner = make_party()
    breakdown, _groups = make_groups()
    made = define(make_by("planner", owner), owner, breakdowns=[breakdown])
    definition = made.definitions.get()
    assert (definition.number, definition.valid_from, list(definition.breakdowns.all())) == ("1", None, [breakdown])
    assert SearchRow.objects.filter(thing=made.pk, kind="indicator", gate="").exists()
    assert Event.objects.filter(kind="indicator_defined", subject=made.pk).count() == 1


@pytest.mark.parametrize("role", ["coordinator", "moderator", "approver"])
def test_others_do_not_define(role):
    owner = make_party()
    with pytest.raises(Refused, match="mandat"):
        define(make_by(role, owner), owner)
    with pytest.raises(Refused, match="mandat"):
        define(make_by("planner", make_party()), owner)
    with pytest.raises(Refused, match="Log ind"):
        define(ANYONE, owner)


def test_a_national_indicator_is_an_operators():
    assert define(make_by("operator", make_party()), None, origin="national_goal").owner is None
    with pytest.raises(Refused):
        define(make_by("planner", make_party()), None, code="anden")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"code": "Med Mellemrum"}, "code"),
        ({"name": " "}, "name"),
        ({"text": ""}, "text"),
        ({"unit": " "}, "unit"),
        ({"source": ""}, "source"),
        ({"numerator": ""}, "numerator"),
        ({"denominator": " "}, "denominator"),
        ({"multiplier": 0}, "multiplier"),
        ({"decimals": 9}, "decimals"),
        ({"threshold": 1}, "threshold"),
        ({"name": "x" * 161}, "name"),
    ],
)
def test_a_definition_nobody_can_use_is_refused_at_its_field(fields, field):
    owner = make_party()
    with pytest.raises(Refused) as refused:
        define(make_by("planner", owner), owner, **fields)
    assert refused.value.field == field
    assert not Indicator.objects.exists()


def test_a_code_is_taken_once():
    owner = make_party()
    by = make_by("planner", owner)
    define(by, owner)
    with pytest.raises(Refused, match="Koden er taget"):
        define(by, owner)


def anew(indicator, by, **fields):
    given = {"number": "2", "valid_from": date(2025, 1, 1), **WORDS, **fields}
    return actions.define_anew(indicator, **given, by=by, at=AT)


def test_a_new_definition_closes_the_earlier_the_day_before_and_marks_the_break():
    owner = make_party()
    by = make_by("planner", owner)
    indicator = define(by, owner)
    made = anew(indicator, by, breaks_series=True, break_reason="Nyt patientregister.")
    first = indicator.definitions.get(number="1")
    assert (first.valid_until, first.last_day) == (date(2025, 1, 1), date(2024, 12, 31))
    assert (made.breaks_series, made.break_reason, made.valid_until) == (True, "Nyt patientregister.", None)
    assert queries.definition_on(indicator, date(2024, 12, 31)) == first
    assert queries.definition_on(indicator, date(2025, 1, 1)) == made


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"number": "1"}, "number"),
        ({"number": " "}, "number"),
        ({"valid_from": None}, "valid_from"),
        ({"breaks_series": True}, "break_reason"),
        ({"breaks_series": True, "break_reason": "x" * 301}, "break_reason"),
    ],
)
def test_a_new_definition_must_differ_and_say_why(fields, field):
    owner = make_party()
    by = make_by("planner", owner)
    indicator = define(by, owner)
    with pytest.raises(Refused) as refused:
        anew(indicator, by, **fields)
    assert refused.value.field == field
    assert indicator.definitions.get().valid_until is None


def test_definitions_follow_each_other_in_time():
    owner = make_party()
    by = make_by("planner", owner)
    indicator = define(by, owner)
    anew(indicator, by)
    with pytest.raises(Refused, match="gælder fra 1. januar 2025"):
        anew(indicator, by, number="3", valid_from=date(2025, 1, 1))
    assert anew(indicator, by, number="3", valid_from=date(2026, 1, 1)).number == "3"


def test_an_indicator_taken_out_of_use_shows_no_figures_and_is_not_found():
    owner = make_party()
    by = make_by("planner", owner)
    indicator = define(by, owner)
    vintage = make_vintage(indicator)
    assert queries.newest_vintage(indicator, ANYONE, AT) == vintage
    actions.withdraw_indicator(indicator, by=by, at=AT)
    assert queries.newest_vintage(indicator, ANYONE, AT) is None
    assert not SearchRow.objects.filter(thing=indicator.pk).exists()
    with pytest.raises(Refused, match="trukket tilbage"):
        anew(indicator, by)


def test_the_national_indicators_are_loaded_once_and_what_a_house_changed_stays():
    first = actions.load_indicators(by=SYSTEM, at=AT)
    counts = [model.objects.count() for model in (Indicator, Definition, Breakdown, Group)]
    assert first == counts[0] == 24
    assert Party.objects.get(kind="country").name == "Hele landet"
    agreement = Indicator.objects.filter(origin="agreement")
    assert (agreement.count(), agreement.filter(definitions__isnull=True).count()) == (11, 4)
    assert all("defineret på ny" in row.note for row in agreement.filter(definitions__isnull=True))
    changed = Definition.objects.get(indicator__code="genindlaeggelser-somatik")
    operator = make_by("operator", make_party())
    anew(changed.indicator, operator, number="2.1")
    assert actions.load_indicators(by=SYSTEM, at=AT) == 0
    assert [model.objects.count() for model in (Indicator, Definition, Breakdown, Group)] == [counts[0], counts[1] + 1, *counts[2:]]
    assert changed.indicator.definitions.get(valid_until__isnull=True).number == "2.1"


def test_what_is_loaded_says_where_it_comes_from_and_what_is_not_known():
    actions.load_indicators(by=SYSTEM, at=AT)
    for row in Definition.objects.select_related("indicator"):
        assert row.source
        assert row.kind == "years" or (row.numerator and row.denominator)
        assert row.indicator.threshold == 5
    assert {row.national_goal for row in Indicator.objects.filter(origin="national_goal")} <= set(range(1, 9))


def test_the_list_says_which_have_figures():
    owner = make_party()
    with_figures, without = make_indicator(owner=owner), make_indicator(owner=owner)
    vintage = make_vintage(with_figures)
    assert dict(queries.listed_indicators(ANYONE, AT)) == {with_figures: vintage, without: None}
