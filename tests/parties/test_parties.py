from datetime import date

import pytest

from tests.factories import AT, make_by, make_party
from tovholder.base.by import ANYONE, SYSTEM
from tovholder.base.errors import Refused
from tovholder.base.models import Event
from tovholder.parties import actions, queries, rules
from tovholder.parties.models import Membership, Party

LAST = date(2026, 12, 31)
FIRST = date(2027, 1, 1)


def test_loading_twice_changes_nothing(denmark):
    before = Party.objects.count()
    assert actions.load_denmark(by=SYSTEM, at=AT) == 0
    assert Party.objects.count() == before


@pytest.mark.parametrize(
    ("kind", "day", "areas", "municipalities"),
    [
        ("region", LAST, 5, 98),
        ("region", FIRST, 4, 98),
        ("health_cluster", LAST, 22, 99),
        ("health_cluster", FIRST, 0, 0),
        ("health_council", LAST, 17, 98),
        ("health_council", FIRST, 17, 98),
    ],
)
def test_who_exists_on_either_side_of_the_new_year(denmark, kind, day, areas, municipalities):
    found = queries.areas_on(kind, day)
    assert len(found) == areas
    assert sum(len(area.municipality_codes) for area in found) == municipalities


def test_each_municipality_is_in_exactly_one_region_every_day(denmark):
    for day in (date(2010, 5, 1), LAST, FIRST, date(2030, 1, 1)):
        codes = [code for area in queries.areas_on("region", day) for code in area.municipality_codes]
        assert len(codes) == len(set(codes)) == 98


def test_syddanmark_has_its_22(denmark):
    region = queries.party_by_code("region", "1083", FIRST)
    names = [row.short_name for row in queries.members_on(region, FIRST, kind="municipality")]
    assert len(names) == 22
    assert names[-1] == "Aabenraa"
    assert names[-2] == "Ærø"


def test_copenhagen_is_in_two_clusters(denmark):
    copenhagen = queries.party_by_code("municipality", "0101", LAST)
    groups = [row.name for row in queries.groups_of(copenhagen, LAST) if row.kind_id == "health_cluster"]
    assert groups == ["Sundhedsklynge Byen", "Sundhedsklynge Syd"]


def test_what_ends_names_who_takes_over(denmark):
    ending = {row.party.name: row for row in queries.parties_ending(FIRST)}
    assert [row.name for row in ending["Region Sjælland"].successors] == ["Region Østdanmark"]
    assert ending["Sundhedsklynge Fyn"].party.period_certainty == "unconfirmed"
    assert "Region Syddanmark" not in ending


def test_similar_names_are_different_bodies(denmark):
    coordination = Party.objects.get(name="Sundhedskoordinationsudvalget i Region Syddanmark")
    alignment = Party.objects.get(name="Sundhedssamordningsudvalget i Region Syddanmark")
    assert coordination.kind_id == "health_coordination_committee"
    assert alignment.kind_id == "committee"


def test_the_last_valid_day_is_shown_as_people_say_it(denmark):
    assert Party.objects.get(name="Region Sjælland").last_day == LAST


def test_ending_a_party_needs_an_operator(db):
    party = make_party(valid_from=date(2020, 1, 1))
    with pytest.raises(Refused):
        actions.end_party(party, on=FIRST, by=make_by("planner", party), at=AT)
    with pytest.raises(Refused):
        actions.end_party(party, on=FIRST, by=ANYONE, at=AT)


def test_ending_a_party_keeps_its_history(db):
    party, heir = make_party(valid_from=date(2020, 1, 1)), make_party()
    actions.end_party(party, on=FIRST, successors=[heir], by=make_by("operator", heir), at=AT)
    party.refresh_from_db()
    assert party.valid_until == FIRST
    assert [row.successor for row in party.successions.all()] == [heir]
    assert Event.objects.filter(kind="party_ended", subject=party.pk).count() == 1


def test_a_party_cannot_end_before_it_begins(db):
    party = make_party(valid_from=FIRST)
    with pytest.raises(Refused):
        actions.end_party(party, on=LAST, by=make_by("operator", party), at=AT)


def test_nobody_acts_for_a_party_that_has_ended(db):
    party = make_party(valid_until=date(2026, 1, 1))
    with pytest.raises(Refused, match="findes ikke den dag"):
        rules.check_valid(party, LAST)


def test_a_mandate_counts_only_in_its_period(db):
    from tests.factories import make_mandate, make_person, make_user

    party = make_party()
    user = make_user(("planner", party))
    make_mandate(user.person, "approver", party, valid_until=date(2026, 11, 24))
    assert {held.role for held in queries.by_for(user, AT).mandates} == {"planner"}
    assert make_person().mandates.count() == 0


def test_rights_do_not_cross_parties(db):
    ours, theirs = make_party(), make_party()
    by = make_by("planner", ours)
    rules.check_holds(by, rules.PLANNER, party=ours.pk)
    with pytest.raises(Refused):
        rules.check_holds(by, rules.PLANNER, party=theirs.pk)


def test_a_period_cannot_end_before_it_begins_in_the_database(db):
    from django.db import IntegrityError, transaction

    member, group = make_party(), make_party()
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(member=member, group=group, valid_from=FIRST, valid_until=LAST)
