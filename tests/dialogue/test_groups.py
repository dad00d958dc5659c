from datetime import date, timedelta

import pytest

from tests.factories import AT, make_by, make_kind, make_party, make_person
from tests.factories_dialogue import make_agenda_item, make_group, make_group_statement, make_meeting, make_member, make_topic
from tovholder.base.errors import Refused
from tovholder.base.models import Event
from tovholder.dialogue import actions, queries, rules
from tovholder.parties.models import ContactPoint, PartyKind

pytestmark = pytest.mark.django_db
TODAY = AT.date()


def run_by(group):
    return make_by("group_coordinator", group.host)


def events_of(thing):
    return list(Event.objects.filter(subject_id=thing.pk).order_by("pk").values_list("kind", flat=True))


def sector_of(kind, sector):
    make_kind(kind)
    PartyKind.objects.filter(code=kind).update(sector=sector)


def test_a_coordinator_at_the_host_founds_a_group():
    host, partner = make_party("municipality"), make_party("network")
    words = {"purpose": "At lære", "overarching_theme": "Ulighed i sundhed", "target_group": "Alle", "background": "Aftale"}
    made = actions.found_group(
        name="Styrket samarbejde", host=host, partners=[partner], **words, by=make_by("group_coordinator", host), at=AT
    )
    assert (made.status, made.overarching_theme, list(made.partners.all())) == ("active", "Ulighed i sundhed", [partner])
    assert events_of(made) == ["group_founded"]


@pytest.mark.parametrize("role", ["planner", "coordinator", "moderator"])
def test_nobody_else_runs_a_group(role):
    group = make_group()
    by = make_by(role, group.host)
    for act in (
        lambda: actions.found_group(name="Ny", host=group.host, by=by, at=AT),
        lambda: actions.pause_group(group, reason="x", on=TODAY, by=by, at=AT),
        lambda: actions.add_member(group, party=make_party(), by=by, at=AT),
        lambda: actions.call_meeting(group, title="M", starts_at=AT + timedelta(1), ends_at=AT + timedelta(2), by=by, at=AT),
    ):
        with pytest.raises(Refused, match="mandat"):
            act()


STATUSES = ("active", "paused", "closed")


@pytest.mark.parametrize("before", STATUSES)
@pytest.mark.parametrize("after", STATUSES)
def test_status_follows_the_table(before, after):
    group = make_group(status=before)
    act = {"active": actions.resume_group, "paused": actions.pause_group, "closed": actions.close_group}[after]
    if after in rules.STATUS_CHANGES[before]:
        moved = act(group, reason="Koordinatoren er på orlov.", on=TODAY, by=run_by(group), at=AT)
        assert (moved.status, moved.status_on, moved.status_reason) == (after, TODAY, "Koordinatoren er på orlov.")
    else:
        with pytest.raises(Refused, match="Det kan ikke lade sig gøre"):
            act(group, reason="x", on=TODAY, by=run_by(group), at=AT)
        assert queries.group(group.pk).status == before


@pytest.mark.parametrize(
    ("reason", "on", "field"),
    [
        (" ", TODAY, "reason"),
        ("Orlov", TODAY + timedelta(1), "on"),
        ("Orlov", TODAY - timedelta(days=91), "on"),
        ("x" * 5001, TODAY, "reason"),
    ],
)
def test_a_pause_has_a_reason_and_a_day_that_has_come(reason, on, field):
    group = make_group()
    with pytest.raises(Refused) as refused:
        actions.pause_group(group, reason=reason, on=on, by=run_by(group), at=AT)
    assert refused.value.field == field
    assert queries.group(group.pk).status == "active"


def test_a_party_that_ends_is_no_member_after_its_last_day_and_cannot_join():
    group = make_group()
    ends = make_party("region", valid_from=date(2007, 1, 1), valid_until=date(2027, 1, 1))
    by = run_by(group)
    actions.add_member(group, party=ends, role_title="Chefkonsulent", by=by, at=AT)
    assert [row.party for row in queries.members_on_day(group, date(2026, 12, 31))] == [ends]
    assert queries.members_on_day(group, date(2027, 1, 1)) == []
    with pytest.raises(Refused, match="findes ikke den dag"):
        actions.add_member(group, party=ends, role_title="Anden", valid_from=date(2027, 1, 1), by=by, at=AT)


def test_a_member_is_there_once_in_a_role_and_ends_after_it_begins():
    group, party = make_group(), make_party("municipality")
    by = run_by(group)
    member = actions.add_member(group, party=party, role_title="Planlægger", by=by, at=AT)
    with pytest.raises(Refused, match="allerede med") as refused:
        actions.add_member(group, party=party, role_title="Planlægger", by=by, at=AT)
    assert refused.value.field == "party"
    with pytest.raises(Refused, match="før første dag"):
        actions.add_member(group, party=make_party(), valid_from=TODAY, valid_until=TODAY, by=by, at=AT)
    with pytest.raises(Refused, match="før første dag"):
        actions.end_membership(member, on=TODAY, by=by, at=AT)
    actions.end_membership(member, on=TODAY + timedelta(1), by=by, at=AT)
    assert queries.members_on_day(group, TODAY + timedelta(1)) == []
    assert events_of(group) == ["member_added", "membership_ended"]


def test_members_and_groups_stand_in_danish_order():
    group = make_group(name="Å-gruppen")
    make_group(name="Zoo")
    make_group(name="Ældre")
    for name in ("Aabenraa Kommune", "Zoneby Kommune", "Ærø Kommune"):
        make_member(group, make_party("municipality", name))
    assert [row.party.name for row in queries.members_on_day(group, TODAY)] == ["Zoneby Kommune", "Ærø Kommune", "Aabenraa Kommune"]
    assert [row.name for row in queries.groups()] == ["Zoo", "Ældre", "Å-gruppen"]


def test_topics_are_supported_once_by_each_member_and_by_no_one_else():
    group = make_group()
    party = make_party("municipality")
    make_member(group, party)
    by = make_by("coordinator", party)
    topic = actions.propose_topic(group, text="Fælles tal", party=party, by=by, at=AT)
    actions.support_topic(topic, party=party, by=by, at=AT)
    assert list(topic.supporters.all()) == [party]
    assert events_of(topic) == ["topic_proposed"]
    stranger = make_party("municipality")
    with pytest.raises(Refused, match="ikke med i gruppen"):
        actions.support_topic(topic, party=stranger, by=make_by("coordinator", stranger), at=AT)
    with pytest.raises(Refused, match="mandat"):
        actions.support_topic(topic, party=party, by=make_by("coordinator", stranger), at=AT)
    with pytest.raises(Refused, match="Støt det i stedet"):
        actions.propose_topic(group, text="fælles TAL", party=party, by=by, at=AT)


def test_a_member_whose_time_is_over_supports_nothing():
    group, party = make_group(), make_party("municipality")
    make_member(group, party, valid_until=TODAY)
    with pytest.raises(Refused, match="ikke med i gruppen"):
        actions.support_topic(make_topic(group), party=party, by=make_by("coordinator", party), at=AT)


def test_topics_come_by_support_then_in_danish_order():
    group = make_group()
    first, second = make_party("municipality"), make_party("municipality")
    for party in (first, second):
        make_member(group, party)
    quiet, least, most = make_topic(group, text="Årsplan"), make_topic(group, text="Økonomi"), make_topic(group, text="Tal")
    most.supporters.set([first, second])
    by = make_by("coordinator", first)
    rows = queries.topics_of(group, by, TODAY)
    assert [row.topic for row in rows] == [most, least, quiet]
    assert [row.count for row in rows] == [2, 0, 0]
    assert [list(row.not_yet) for row in rows] == [[], [first], [first]]


@pytest.mark.parametrize(
    ("starts", "ends", "field", "sentence"),
    [
        (-24, -22, "starts_at", "23. november 2026 er gået. Vælg en dag efter i dag, 24. november 2026."),
        (-1, 1, "starts_at", "klokkeslæt er gået"),
        (24, 24, "ends_at", "slutter, før det begynder"),
        (24, 23, "ends_at", "slutter, før det begynder"),
    ],
)
def test_a_meeting_lies_ahead_and_ends_after_it_begins(starts, ends, field, sentence):
    group = make_group()
    times = {"starts_at": AT + timedelta(hours=starts), "ends_at": AT + timedelta(hours=ends)}
    with pytest.raises(Refused, match=sentence) as refused:
        actions.call_meeting(group, title="Møde", **times, by=run_by(group), at=AT)
    assert refused.value.field == field


def test_a_paused_group_calls_no_meeting():
    group = make_group(status="paused")
    with pytest.raises(Refused, match="på pause"):
        actions.call_meeting(group, title="Møde", starts_at=AT + timedelta(1), ends_at=AT + timedelta(2), by=run_by(group), at=AT)


@pytest.mark.parametrize(
    ("concerns", "invited", "left_out"),
    [
        ([["municipality"]], {"municipality"}, 2),
        ([["municipality"], ["practice"]], {"municipality", "practice"}, 1),
        ([["citizen"]], set(), 3),
        ([[], ["region"]], {"region"}, 2),
        ([[]], {"municipality", "practice", "region"}, 0),
        ([], {"municipality", "practice", "region"}, 0),
    ],
)
def test_the_agenda_decides_whom_to_invite(concerns, invited, left_out):
    group = make_group()
    for kind, sector in (("municipality", "municipality"), ("practice_organisation", "practice"), ("hospital", "region")):
        make_member(group, make_party(kind))
        sector_of(kind, sector)
    meeting = make_meeting(group)
    for codes in concerns:
        actions.add_agenda_item(meeting, title="Punkt", concerns=codes, by=run_by(group), at=AT)
    found = queries.invited(meeting)
    assert {row.party.kind.sector for row in found.members} == invited
    assert found.left_out == left_out
    assert found.is_for_all is (not any(concerns))


def test_members_are_invited_as_of_the_meetings_day():
    group = make_group()
    meeting = make_meeting(group)
    day = meeting.starts_at.date()
    make_member(group, valid_until=day)
    there = make_member(group, valid_until=day + timedelta(1))
    make_member(group, make_party("region", valid_from=date(2007, 1, 1), valid_until=day))
    assert queries.invited(meeting).members == [there]


def test_an_invitation_says_which_items_concern_a_member():
    group = make_group()
    sector_of("municipality", "municipality")
    make_member(group)
    meeting = make_meeting(group)
    for codes in (["municipality"], ["region"], ["municipality", "citizen"]):
        make_agenda_item(meeting, concerns=codes)
    assert [row.numbers for row in queries.invited(meeting).rows] == [(1, 3)]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": ""}, "title"),
        ({"kind": "party"}, "kind"),
        ({"concerns": ["moon"]}, "concerns"),
        ({"number": 1}, "number"),
        ({"title": "x" * 201}, "title"),
    ],
)
def test_an_agenda_item_is_refused_at_its_field(changed, field):
    meeting = make_meeting()
    make_agenda_item(meeting)
    with pytest.raises(Refused) as refused:
        actions.add_agenda_item(meeting, **({"title": "Punkt"} | changed), by=run_by(meeting.group), at=AT)
    assert refused.value.field == field
    assert meeting.agenda.count() == 1


def test_another_groups_topic_and_a_held_meeting_are_refused():
    meeting = make_meeting()
    by = run_by(meeting.group)
    with pytest.raises(Refused, match="anden gruppe"):
        actions.add_agenda_item(meeting, title="Punkt", topic=make_topic(make_group()), by=by, at=AT)
    with pytest.raises(Refused, match="Mødet er holdt"):
        actions.add_agenda_item(meeting, title="Punkt", by=by, at=meeting.ends_at)


def test_minutes_come_after_the_beginning_and_keep_the_decisions():
    meeting = make_meeting()
    make_agenda_item(meeting)
    by = run_by(meeting.group)
    with pytest.raises(Refused, match="ikke begyndt"):
        actions.write_minutes(meeting, minutes="Vi talte.", by=by, at=AT)
    with pytest.raises(Refused, match="hvad I besluttede"):
        actions.write_minutes(meeting, minutes=" ", decisions={1: ""}, by=by, at=meeting.ends_at)
    written = actions.write_minutes(meeting, minutes="Vi talte.", decisions={1: "Alle deler tal."}, by=by, at=meeting.ends_at)
    assert written.minutes == "Vi talte."
    assert queries.agenda_of(written)[0].decision == "Alle deler tal."
    assert events_of(meeting) == ["minutes_written"]


def test_a_contacts_name_is_shown_only_where_the_party_shows_it():
    group = make_group()
    shown, hidden = make_person("Iben Holm"), make_person("Skjult Person")
    for person, public in ((shown, True), (hidden, False)):
        party = make_party("municipality")
        make_member(group, party, person=person, role_title="Koordinator", is_contact=True)
        ContactPoint.objects.create(party=party, person=person, role_title="Koordinator", phones="11 22 33 44", is_public=public)
    contacts = queries.contacts_of(group, TODAY)
    assert {(row.name, row.phones) for row in contacts} == {("Iben Holm (eksempel)", "11 22 33 44"), ("", "")}


def test_experiences_are_told_by_members_without_pointing_to_a_person():
    group, party = make_group(), make_party("municipality", "Vejen Kommune")
    sector_of("municipality", "municipality")
    party.refresh_from_db()
    make_member(group, party)
    by = make_by("practitioner", party)
    told = actions.tell_group_experience(group, party=party, kind="good_experience", text="Et fast telefonnummer virkede.", by=by, at=AT)
    make_group_statement(group, kind="bad_experience", text="Skjult", state="held")
    assert queries.experiences_of(group) == ([told], [])
    assert told.by_line == "Vejen Kommune"
    for bad, field in (({"text": ""}, "text"), ({"kind": "proposal"}, "kind"), ({"text": "Ring til 22 33 44 55 om det."}, "text")):
        with pytest.raises(Refused) as refused:
            actions.tell_group_experience(group, **({"party": party, "kind": "good_experience", "text": "Fint"} | bad), by=by, at=AT)
        assert refused.value.field == field


def test_a_closed_group_stands_still():
    group, party = make_group(status="closed", status_reason="Færdig"), make_party("municipality")
    make_member(group, party)
    with pytest.raises(Refused, match="lukket"):
        actions.add_member(group, party=make_party(), by=run_by(group), at=AT)
    with pytest.raises(Refused, match="lukket"):
        actions.propose_topic(group, text="Nyt", party=party, by=make_by("coordinator", party), at=AT)
