"""What can be found follows what people do, in the same transaction: after any history the rows are as if written anew."""

import random
from datetime import timedelta

import pytest

from tests.factories import (
    AT,
    make_by,
    make_conference,
    make_consultation,
    make_party,
    make_plan,
    make_question,
    make_remark,
    make_response,
    make_statement,
    make_theme,
    make_version_with,
)  # fmt: skip
from tests.factories_dialogue import make_agenda_item, make_group, make_meeting
from tovholder.base import search as rows
from tovholder.base.by import ANYONE, SYSTEM, By
from tovholder.base.models import SearchRow
from tovholder.consultations import actions as consultations
from tovholder.consultations.models import Remark, Response
from tovholder.dialogue import actions as dialogue
from tovholder.dialogue.models import Conference, Statement
from tovholder.initiatives import actions as initiatives
from tovholder.intake import actions as intake
from tovholder.parties import actions as parties
from tovholder.plans import actions as plans
from tovholder.plans.queries import draft_of, texts_of
from tovholder.threads import actions, queries
from tovholder.threads.queries import search as search_of

FIELDS = (
    "thing_id", "part", "kind", "gate", "gate_thing_id", "home_id", "title", "text", "title_terms", "text_terms", "forms", "size", "at",
)  # fmt: skip


def found(text, by=ANYONE, at=AT, **more):
    """The ids of all hits, over all pages."""
    result = search_of(text, by, at, **more)
    pages = range(1, -(-result.total // queries.A_PAGE) + 1)
    return [hit for page in pages for hit in search_of(text, by, at, page=page, **more).found]


def things(text, by=ANYONE, at=AT, **more):
    return {hit.thing for hit in found(text, by, at, **more)}


def stored():
    return {tuple(getattr(row, name) for name in FIELDS) for row in SearchRow.objects.all()}


def wanted():
    """The rows as every room would write them now."""
    entries = [entry for things, entries_of in queries.searchable() for entry in entries_of(things)]
    return {tuple(getattr(rows.row_of(entry), name) for name in FIELDS) for entry in entries}


def check_rows():
    have, want = stored(), wanted()
    assert have - want == set()
    assert want - have == set()


@pytest.mark.django_db
def test_rows_are_as_if_written_anew_whatever_a_moderator_does():
    rng = random.Random(11)
    conference = make_conference()
    question, moderator = make_question(conference), make_by("moderator", conference.organiser)
    said = [make_statement(question, state="waiting", text=f"Udsagn {n}: Karen Hansen hjalp med medicin.") for n in range(6)]
    verbs = [
        lambda row: dialogue.publish(row, by=moderator, at=AT),
        lambda row: dialogue.publish(row, text=row.text.replace("Karen Hansen", "[navn fjernet]"), reason="navn", by=moderator, at=AT),
        lambda row: dialogue.decline(row, reason="Nævner en anden.", by=moderator, at=AT),
        lambda row: dialogue.withdraw(row, reason="Vi trak det.", by=moderator, at=AT),
        lambda row: dialogue.undo(row, by=moderator, at=AT),
        lambda row: dialogue.take(row, by=moderator, at=AT),
    ]
    from tovholder.base.errors import Refused

    actions.rebuild_search(by=SYSTEM, at=AT)
    for _step in range(60):
        row = Statement.objects.get(pk=rng.choice(said).pk)
        try:
            rng.choice(verbs)(row)
        except Refused:
            continue
        shown = list(Statement.objects.filter(state="published"))
        assert things("medicin") == {one.pk for one in shown}
        assert things("karen") == {one.pk for one in shown if "Karen" in one.text}
    check_rows()


@pytest.mark.django_db
def test_a_withdrawn_conference_takes_its_words_along():
    conference = make_conference(title="Zebrakonference")
    statement = make_statement(make_question(conference), text="Giraffen fik besked.")
    actions.rebuild_search(by=SYSTEM, at=AT)
    assert (things("zebrakonference"), things("giraf")) == ({conference.pk}, {statement.pk})
    dialogue.withdraw_conference(conference, by=make_by("planner", conference.organiser), at=AT)
    assert (things("zebrakonference"), things("giraf")) == (set(), set())
    assert not SearchRow.objects.filter(thing__in=[conference.pk, statement.pk]).exists()
    check_rows()


@pytest.mark.django_db
def test_what_is_written_to_a_hall_is_found_when_it_is_shown_and_not_before():
    conference = make_conference()
    question = make_question(conference)
    said = dialogue.say(question, kind="proposal", text="Zebraen ringede til kommunen.", key="k1", by=By(device="d1"), at=AT)
    assert not SearchRow.objects.filter(thing=said.pk).exists()
    dialogue.publish(said, by=make_by("moderator", conference.organiser), at=AT)
    assert things("zebra") == {said.pk}


@pytest.mark.django_db
def test_forgetting_takes_the_place_out_of_the_index():
    conference = make_conference()
    contributor = intake.new_contributor("birk-eng-sol-otte-ko", delete_on=AT.date() + timedelta(days=9), at=AT)
    statement = make_statement(make_question(conference), text="Ingen vidste det.", place="Grenaa", contributor=contributor)
    actions.rebuild_search(by=SYSTEM, at=AT)
    assert things("grenå") == {statement.pk}
    actions.forget(contributor, by=By(contributor=contributor.pk), at=AT)
    assert things("grenå") == set()
    assert things("vidste") == {statement.pk}
    check_rows()


@pytest.mark.django_db
def test_rows_follow_a_plan_from_draft_to_withdrawal():
    owner = make_party()
    by = make_by("planner", owner)
    plan = make_plan(owner, title="Elefantplan")
    make_version_with(0, plan)
    actions.rebuild_search(by=SYSTEM, at=AT)
    draft = draft_of(plan)
    provision = plans.add_provision(draft, label="1", heading="Zebraen", body="Giraffen lover.", by=by, at=AT)
    assert (things("giraf"), things("giraf", by)) == (set(), {provision.pk})
    plans.seal_version(draft, name="Udgave", by=by, at=AT)
    plans.publish_version(draft, by=by, at=AT)
    assert things("giraf") == {provision.pk}
    assert [hit.part for hit in found("giraf", by)] == [""]
    newer = draft_of(plan)
    row = texts_of(newer).get(provision=provision)
    plans.edit_provision(newer, provision, label="1", heading="Zebraen", body="Kænguruen lover.", revision=row.revision, by=by, at=AT)
    check_rows()
    assert (things("giraf"), things("kænguru"), things("kænguru", by)) == ({provision.pk}, set(), {provision.pk})
    goal = plans.set_goal(plan, number=1, text="Flere næsehorn", owner=owner, by=by, at=AT)
    plans.choose_indicator(goal, indicator="Antal flodheste", by=by, at=AT)
    assert things("flodhest") == {goal.pk}
    plans.remove_provision(newer, provision, by=by, at=AT)
    check_rows()
    assert (things("giraf"), things("kænguru", by)) == ({provision.pk}, set())
    plans.withdraw_plan(plan, by=by, at=AT)
    check_rows()
    assert [things(word, by) for word in ("giraf", "næsehorn", "elefantplan")] == [set()] * 3


@pytest.mark.django_db
def test_rows_follow_a_response_through_review_verdict_and_withdrawal():
    consultation = make_consultation()
    owner, party = consultation.version.plan.owner, make_party("municipality", "Grønby Kommune")
    planner, coordinator = make_by("planner", owner), make_by("coordinator", party)
    actions.rebuild_search(by=SYSTEM, at=AT)
    response = consultations.begin_response(consultation, party=party, by=coordinator, at=AT)
    consultations.save_remark(response, text="Zebraen mangler. Ring til Karen Hansen på 61 72 83 94.", by=coordinator, at=AT)
    check_rows()
    response = consultations.submit_response(response, by=coordinator, at=AT)
    assert response.held_at is not None
    assert things("zebra", planner) == set()
    remark = Remark.objects.select_related("response__consultation__version__plan").get(response=response)
    remark = consultations.redact_remark(remark, text="Zebraen mangler.", reason="navn og nummer", by=planner, at=AT)
    assert things("zebra") == set()
    consultations.release_response(response, by=planner, at=AT)
    assert things("zebra") == {remark.pk}
    assert things("grønby") == {party.pk, response.pk, remark.pk}
    check_rows()
    assert things("karen") == set()
    remark = Remark.objects.select_related("response__consultation__version__plan").get(pk=remark.pk)
    one, two = consultations.split_remark(remark, parts=["Zebraen", "mangler."], by=planner, at=AT)
    check_rows()
    consultations.give_verdict(one, verdict="accepted", reason="Vi skriver flamingoen ind.", revision=one.revision, by=planner, at=AT)
    assert [(hit.kind, hit.thing) for hit in found("flamingo")] == [("verdict", one.pk)]
    check_rows()
    response = Response.objects.select_related("consultation__version__plan").get(pk=response.pk)
    consultations.withdraw_response(response, reason="Byrådet sagde nej.", by=coordinator, at=AT)
    assert (things("zebra"), things("flamingo")) == (set(), set())
    check_rows()


@pytest.mark.django_db
def test_rows_follow_what_else_people_do():
    region = make_party()
    planner, host = make_by("planner", region), make_by("group_coordinator", region)
    conference = make_conference(region, state="draft")
    actions.rebuild_search(by=SYSTEM, at=AT)
    party = parties.register_party(kind="region", name="Region Fjernland", by=SYSTEM, at=AT)
    series = dialogue.found_series(name="Zebrarækken", organiser=region, by=planner, at=AT)
    dialogue.ask_question(text="Hvor blev giraffen af?", conference=conference, by=planner, at=AT)
    item = dialogue.add_programme_item(conference, starts_at=conference.starts_at, title="Om næsehorn", by=planner, at=AT)
    assert (things("giraf"), things("næsehorn", planner)) == (set(), {conference.pk})
    dialogue.publish_conference(conference, by=planner, at=AT)
    dialogue.remove_programme_item(item, by=planner, at=AT)
    assert (things("giraf"), things("næsehorn")) == ({conference.pk}, set())
    theme = dialogue.name_theme(name="Flamingo", owner=region, conference=Conference.objects.get(pk=conference.pk), by=planner, at=AT)
    dialogue.rename_theme(theme, name="Pelikan", by=planner, at=AT)
    assert (things("flamingo"), things("pelikan")) == (set(), {theme.pk})
    dialogue.withdraw_theme(theme, by=planner, at=AT)
    group = dialogue.found_group(name="Ottergruppen", host=region, by=host, at=AT)
    topic = dialogue.propose_topic(group, text="Bæverdæmninger", by=host, at=AT)
    programme = initiatives.start_programme(name="Hermelin", purpose="Sammen", by=planner, at=AT)
    initiative = initiatives.start_initiative(name="Lækat", purpose="Alene", programme=programme, by=planner, at=AT)
    initiatives.tell_experience(initiative, worked="Mårdyret kom.", by=planner, at=AT)
    assert [things(word) for word in ("fjernland", "zebrarækken", "pelikan", "ottergruppe", "bæverdæmning", "hermelin", "mårdyr")] == [
        {party.pk}, {series.pk}, set(), {group.pk}, {topic.pk}, {programme.pk}, {initiative.pk},
    ]  # fmt: skip
    check_rows()


@pytest.mark.django_db
def test_minutes_and_decisions_of_a_meeting_are_found():
    region = make_party()
    host = make_by("group_coordinator", region)
    meeting = make_meeting(make_group(region), starts_at=AT - timedelta(hours=3), ends_at=AT - timedelta(hours=1))
    make_agenda_item(meeting, number=1)
    dialogue.write_minutes(meeting, minutes="Vi talte om zebraer.", decisions={1: "Giraffen får plads."}, by=host, at=AT)
    assert (things("zebra"), things("giraf")) == ({meeting.pk}, {meeting.pk})


@pytest.mark.django_db
def test_a_citizens_name_is_never_found_and_a_party_is():
    consultation = make_consultation()
    citizen = make_response(consultation, name="Zenobia Tjelvar", sector="citizen")
    make_remark(citizen, text="Zebraen mangler.")
    town = make_response(consultation, name="Grønby Kommune")
    actions.rebuild_search(by=SYSTEM, at=AT)
    assert (things("zenobia"), things("grønby")) == (set(), {town.pk})
    assert [hit.title for hit in found("zebra")] == [""]


@pytest.mark.django_db
def test_a_round_that_has_not_begun_is_found_by_those_who_hold_it():
    consultation = make_consultation(title="Zebrahøring", opens_at=AT + timedelta(days=2))
    actions.rebuild_search(by=SYSTEM, at=AT)
    assert things("zebrahøring") == set()
    assert things("zebrahøring", make_by("planner", consultation.version.plan.owner)) == {consultation.pk}
    assert things("zebrahøring", at=AT + timedelta(days=3)) == {consultation.pk}


@pytest.mark.django_db
def test_counts_pages_and_kinds_count_only_what_is_seen():
    open_question = make_question(make_conference())
    secret = make_question(make_conference(state="draft"))
    for number in range(45):
        make_statement(open_question, text=f"Zebra nummer {number}")
        make_statement(secret, text=f"Zebra nummer {number}")
    theme = make_theme(name="Zebra")
    actions.rebuild_search(by=SYSTEM, at=AT)
    result = search_of("zebra", ANYONE, AT)
    assert (result.total, result.kinds, result.is_more) == (46, {"theme": 1, "statement": 45}, False)
    assert result.found[0].thing == theme.pk
    last = search_of("zebra", ANYONE, AT, page=99)
    assert (last.page, len(last.found)) == (3, 6)
    assert search_of("zebra", ANYONE, AT, kind="theme").total == 1
    assert len(found("zebra")) == len(things("zebra")) == 46


@pytest.mark.django_db
def test_a_release_that_finds_otherwise_rebuilds_once(monkeypatch):
    make_statement(text="Zebraen ringede.")
    assert things("zebra") == set()
    assert actions.rebuild_search_when_due(by=SYSTEM, at=AT) is True
    assert len(things("zebra")) == 1
    assert actions.rebuild_search_when_due(by=SYSTEM, at=AT) is False
    monkeypatch.setattr(rows, "EDITION", rows.EDITION + 1)
    assert actions.rebuild_search_when_due(by=SYSTEM, at=AT) is True
