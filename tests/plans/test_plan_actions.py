"""What plans promise to keep: identity for life, one fingerprint for one text, and no adoption by half."""

from datetime import timedelta

import pytest

from tests.factories import AT, make_by, make_party
from tests.factories_plans import TODAY, World, answer, approver_of
from tovholder.base.by import ANYONE, By, Held
from tovholder.base.errors import Clash, Refused
from tovholder.base.models import Event, OutboxMail
from tovholder.plans import actions, queries
from tovholder.plans.models import PlanVersion, ProvisionText

pytestmark = pytest.mark.django_db


def words(version):
    return [(row.label, row.heading, row.body) for row in queries.texts_of(version)]


def edit(world, provision, **changes):
    row = queries.text_of(world.draft, provision)
    given = {"label": row.label, "heading": row.heading, "body": row.body, "revision": row.revision} | changes
    return actions.edit_provision(world.draft, provision, **given, by=world.by, at=AT)


def test_identity_survives_sealing_editing_and_moving():
    world = World()
    sealed = world.sealed()
    provision = world.provisions[1]
    edit(world, provision, label="4.7", body="Senest 24 timer før.")
    actions.move_provision(world.draft, provision, after=None, by=world.by, at=AT)
    first = queries.texts_of(world.draft)[0]
    assert first.provision_id == provision.pk
    assert first.provision.permalink == provision.permalink
    assert queries.text_of(sealed, provision).body == "Sygehuset giver besked hurtigst muligt."
    change = next(row for row in queries.comparison(sealed, world.draft) if row.key == provision.pk)
    assert (change.kind, change.moved) == ("changed", True)


def test_a_sealed_version_never_changes_whatever_object_the_caller_holds():
    world = World()
    stale = world.draft
    sealed = world.sealed()
    before = words(sealed)
    provision = world.provisions[1]
    for act in (
        lambda: actions.add_provision(stale, label="9", heading="Nyt", by=world.by, at=AT),
        lambda: actions.edit_provision(stale, provision, label="1", heading="Andet", body="", revision=1, by=world.by, at=AT),
        lambda: actions.remove_provision(stale, provision, by=world.by, at=AT),
        lambda: actions.move_provision(stale, provision, after=None, by=world.by, at=AT),
        lambda: actions.paste_outline(stale, "1 Mål\n\nTekst.", by=world.by, at=AT),
        lambda: actions.seal_version(stale, by=world.by, at=AT),
    ):
        with pytest.raises(Refused, match="låst"):
            act()
    assert words(sealed) == before


def test_the_fingerprint_follows_the_words_and_only_the_words():
    world = World()
    first = world.sealed("Første")
    second = world.sealed("Anden")
    assert first.fingerprint == second.fingerprint
    edit(world, world.provisions[2], body="Samme dag, som borgeren udskrives.")
    third = world.sealed("Tredje")
    assert third.fingerprint != second.fingerprint
    assert len(third.fingerprint) == 64


def test_sealing_leaves_exactly_one_open_draft_with_the_same_words():
    world = World()
    sealed = world.sealed()
    assert PlanVersion.objects.filter(plan=world.plan, sealed_at=None).count() == 1
    assert words(world.draft) == words(sealed)
    assert world.draft.based_on_id == sealed.pk


def test_the_second_of_two_writers_sees_both_texts_and_loses_neither():
    world = World()
    provision = world.provisions[1]
    jonas = make_by("planner", world.region)
    actions.edit_provision(world.draft, provision, label="1.1", heading="Besked", body="48 timer", revision=1, by=jonas, at=AT)
    with pytest.raises(Clash) as clash:
        actions.edit_provision(world.draft, provision, label="1.1", heading="Besked", body="24 timer", revision=1, by=world.by, at=AT)
    assert clash.value.theirs["body"] == "48 timer"
    assert clash.value.yours["body"] == "24 timer"
    assert str(clash.value) == f"{jonas.name} har gemt 1.1, mens du skrev. Din tekst er her stadig."
    row = edit(world, provision, body="24 timer")
    assert (row.body, row.revision) == ("24 timer", 3)


def test_saving_the_same_words_twice_is_no_clash():
    world = World()
    for _ in range(2):
        actions.edit_provision(world.draft, world.provisions[1], label="1.1", heading="B", body="24 timer", revision=1, by=world.by, at=AT)
    assert queries.text_of(world.draft, world.provisions[1]).revision == 2


def test_a_provision_gone_from_the_draft_is_said_and_stays_in_sealed_versions():
    world = World()
    sealed = world.sealed()
    gone = world.provisions[1]
    actions.remove_provision(world.draft, gone, by=world.by, at=AT)
    assert len(words(sealed)) == 3
    with pytest.raises(Refused, match="taget ud"):
        actions.edit_provision(world.draft, gone, label="1", heading="B", body="", revision=1, by=world.by, at=AT)
    with pytest.raises(Refused, match="taget ud"):
        actions.move_provision(world.draft, gone, after=None, by=world.by, at=AT)
    with pytest.raises(Refused, match="taget ud"):
        actions.add_provision(world.draft, label="2", heading="Efter", after=gone, by=world.by, at=AT)
    assert queries.newest_with(gone, world.by, AT).pk == sealed.pk


def test_moving_puts_each_provision_where_it_was_asked_to():
    world = World()
    first, second, third = world.provisions

    def order():
        return [row.provision_id for row in queries.texts_of(world.draft)]

    actions.move_provision(world.draft, first, after=third, by=world.by, at=AT)
    assert order() == [second.pk, third.pk, first.pk]
    actions.move_provision(world.draft, first, after=first, by=world.by, at=AT)
    assert order() == [second.pk, third.pk, first.pk]
    up = queries.place_beside(world.draft, third, up=True)
    actions.move_provision(world.draft, third, after=up, by=world.by, at=AT)
    assert order() == [third.pk, second.pk, first.pk]
    down = queries.place_beside(world.draft, third, up=False)
    actions.move_provision(world.draft, third, after=down, by=world.by, at=AT)
    assert order() == [second.pk, third.pk, first.pk]
    added = actions.add_provision(world.draft, label="", heading="Imellem", after=second, by=world.by, at=AT)
    assert order() == [second.pk, added.pk, third.pk, first.pk]


def test_a_pasted_text_without_headings_changes_nothing():
    world = World()
    with pytest.raises(Refused, match="overskrifter"):
        actions.paste_outline(world.draft, "bare løs tekst uden nummer", by=world.by, at=AT)
    added = actions.paste_outline(world.draft, "2 Mål\n\nFærre.\n\n2.1 Delmål\n\nEndnu færre.", by=world.by, at=AT)
    assert [queries.text_of(world.draft, item).label for item in added] == ["2", "2.1"]


def test_an_agreement_asks_the_region_and_each_municipality_about_one_text():
    world = World()
    asked = world.asked()
    assert {row.party_id for row in asked} == {world.region.pk, *(member.pk for member in world.members)}
    assert OutboxMail.objects.count() == 4
    version = asked[0].version
    assert queries.board(version, AT).total == 4
    with pytest.raises(Refused, match="allerede sendt"):
        actions.ask_for_approvals(version, by=world.by, at=AT)


def test_an_agreement_without_municipalities_is_not_sent():
    world = World(municipalities=())
    with pytest.raises(Refused, match="hvem der skal beslutte"):
        world.asked()


def test_a_small_agreement_asks_its_owner_and_those_it_names():
    world = World("partnership_agreement")
    with pytest.raises(Refused, match="hvem der er parter"):
        world.asked()
    named = world.members[:2]
    actions.name_parties(world.plan, parties=named, by=world.by, at=AT)
    asked = world.asked()
    assert {row.party_id for row in asked} == {world.region.pk, *(row.pk for row in named)}
    assert [row.party for row in queries.board(asked[0].version, AT).member_rows] == named
    with pytest.raises(Refused, match="til beslutning"):
        actions.name_parties(world.plan, parties=world.members, by=world.by, at=AT)
    world.sealed("En ny tekst")
    actions.name_parties(world.plan, parties=[], by=world.by, at=AT)
    assert queries.parties_named(world.plan) == []
    assert len(queries.board(asked[0].version, AT).rows) == 3


def test_a_cooperation_agreement_asks_every_municipality_until_it_names_some():
    world = World("cooperation_agreement")
    assert {party for _step, party in queries.to_be_asked(world.plan, TODAY)} == {world.region, *world.members}
    actions.name_parties(world.plan, parties=world.members[1:2], by=world.by, at=AT)
    assert [party for _step, party in queries.to_be_asked(world.plan, TODAY)] == [world.region, world.members[1]]


def test_who_may_be_named_and_by_whom():
    world, other = World("partnership_agreement"), World()
    gone = make_party("municipality", "Nedlagt Kommune (eksempel)", valid_until=TODAY)
    for plan, parties, by, sentence in (
        (world.plan, [world.region], world.by, "ejer aftalen"),
        (world.plan, [gone], world.by, "findes ikke i dag"),
        (world.plan, world.members, other.by, "mandat"),
        (other.plan, other.members, other.by, "faste parter"),
    ):
        with pytest.raises(Refused, match=sentence):
            actions.name_parties(plan, parties=parties, by=by, at=AT)
    assert queries.parties_named(world.plan) == []


def test_an_agreement_is_adopted_by_all_and_never_by_half():
    world = World()
    asked = world.asked()
    version = asked[0].version
    days = {"adopted_on": TODAY, "in_force_from": TODAY + timedelta(days=40)}
    for row in asked[:-1]:
        answer(row)
    with pytest.raises(Refused, match=asked[-1].party.name):
        actions.adopt(version, **days, by=world.by, at=AT)
    answer(asked[-1], "declined")
    with pytest.raises(Refused, match=asked[-1].party.name):
        actions.adopt(version, **days, by=world.by, at=AT)
    answer(asked[-1], "reserved", reservation="Punkt 1.2 skal finansieres.")
    actions.adopt(version, **days, by=world.by, at=AT)
    assert queries.state_of(world.plan, AT).code == "adopted"
    assert queries.state_of(world.plan, AT + timedelta(days=40)).code == "in_force"
    with pytest.raises(Refused, match="vedtaget"):
        answer(asked[-1], "declined")
    with pytest.raises(Refused, match="allerede vedtaget"):
        actions.adopt(version, **days, by=world.by, at=AT)


def test_a_health_plan_hears_the_authority_first_and_then_the_region_alone():
    world = World("health_plan")
    asked = world.asked()
    authority, region = sorted(asked, key=lambda row: row.step.order)
    assert [authority.party.kind_id, region.party_id] == ["national_authority", world.region.pk]
    with pytest.raises(Refused, match="Sundhedsstyrelsen .* skal svare først"):
        answer(region)
    with pytest.raises(Refused, match="mandat"):
        answer(authority, "advised", by=By(person="q", mandates=(Held("approver", world.members[0].pk),)))
    answer(authority, "advised", by=world.by)
    answer(region)
    actions.adopt(asked[0].version, adopted_on=TODAY, in_force_from=TODAY, by=world.by, at=AT)
    assert queries.state_of(world.plan, AT).code == "in_force"


def test_an_answer_to_an_older_text_is_refused_and_changes_nothing():
    world = World()
    asked = world.asked()
    with pytest.raises(Refused, match="Teksten er en anden"):
        answer(asked[0], fingerprint="0" * 64)
    assert queries.approval(asked[0].pk, ANYONE, AT).outcome == "asked"


def test_a_party_answers_for_itself_alone():
    world = World()
    asked = world.asked()
    vejen = next(row for row in asked if row.party == world.members[0])
    with pytest.raises(Refused, match="mandat"):
        answer(vejen, by=approver_of(world.members[1]))
    answer(vejen)
    events = Event.objects.filter(kind="decision_recorded", subject=vejen.thing_id)
    assert events.count() == 1


def test_silence_is_named_after_three_weeks_and_at_the_deadline():
    world = World()
    asked = world.asked()
    vejen = next(row for row in asked if row.party == world.members[0])
    actions.say_when(vejen, agenda_on=TODAY + timedelta(days=23), by=approver_of(vejen.party), at=AT)
    assert queries.board(vejen.version, AT).silent == ()
    later = queries.board(vejen.version, AT + timedelta(days=21))
    assert vejen.party not in {row.party for row in later.silent}
    assert len(later.silent) == 3
    past = queries.board(vejen.version, AT + timedelta(days=25))
    assert past.is_past_due
    assert len(past.silent) == 4
    OutboxMail.objects.all().delete()
    actions.remind_silent(vejen.version, by=world.by, at=AT + timedelta(days=21))
    assert OutboxMail.objects.count() == 3


def test_an_agenda_day_lies_ahead_and_belongs_to_who_has_not_answered():
    world = World()
    row = world.asked()[0]
    with pytest.raises(Refused, match="gået"):
        actions.say_when(row, agenda_on=TODAY - timedelta(days=1), by=approver_of(row.party), at=AT)
    with pytest.raises(Refused, match="mandat"):
        actions.say_when(row, agenda_on=TODAY, by=approver_of(make_party()), at=AT)
    answer(row)
    with pytest.raises(Refused, match="Svaret er givet"):
        actions.say_when(row, agenda_on=TODAY, by=approver_of(row.party), at=AT)


def test_goals_have_one_number_each_and_their_owners_report():
    world = World()
    owner = world.members[0]
    goal = actions.set_goal(world.plan, number=4, text="Færre genindlæggelser", owner=owner, by=world.by, at=AT)
    with pytest.raises(Refused, match="Mål 4 findes"):
        actions.set_goal(world.plan, number=4, text="Flere", owner=owner, by=world.by, at=AT)
    actions.change_goal_status(goal, status="reached", by=approver_of(owner), at=AT)
    with pytest.raises(Refused, match="listen"):
        actions.change_goal_status(goal, status="vundet", by=approver_of(owner), at=AT)
    with pytest.raises(Refused, match="mandat"):
        actions.change_goal_status(goal, status="delayed", by=approver_of(world.members[1]), at=AT)
    actions.choose_indicator(goal, indicator="Genindlæggelser inden 30 dage", by=world.by, at=AT)
    found = queries.goal(goal.pk, world.by, AT)
    assert (found.status, found.indicator) == ("reached", "Genindlæggelser inden 30 dage")


def test_strangers_see_only_what_is_published():
    world = World()
    goal = actions.set_goal(world.plan, number=1, text="Færre", owner=world.region, by=world.by, at=AT)
    stranger = make_by("planner", make_party())
    for who in (ANYONE, stranger):
        assert not queries.visible_plans(who, AT).exists()
        assert not queries.goals(who, AT).exists()
        with pytest.raises(LookupError):
            queries.provision(world.provisions[0].pk, who, AT)
    sealed = world.sealed(published=True)
    assert queries.version(sealed.pk, ANYONE, AT).pk == sealed.pk
    assert queries.goal(goal.pk, ANYONE, AT) == goal
    with pytest.raises(LookupError):
        queries.version(world.draft.pk, ANYONE, AT)
    new = actions.add_provision(world.draft, label="9", heading="Hemmeligt endnu", by=world.by, at=AT)
    with pytest.raises(LookupError):
        queries.provision(new.pk, ANYONE, AT)
    assert len(queries.history_of(world.provisions[1], ANYONE, AT)) == 1
    assert len(queries.history_of(world.provisions[1], world.by, AT)) == 2


def test_events_hold_no_words():
    world = World()
    edit(world, world.provisions[1], body="Et ord, som ingen må finde i loggen: Rosenhaven")
    assert Event.objects.filter(kind="provision_edited").count() == 1
    assert not any("Rosenhaven" in event.payload.body for event in Event.objects.select_related("payload"))
    assert ProvisionText.objects.filter(body__contains="Rosenhaven").count() == 1
