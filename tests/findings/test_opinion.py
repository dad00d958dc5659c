"""Maps that are kept, renewed and frozen: only what may be shown to all is stored, and what must hold is watched."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import AT, SYSTEM, make_by, make_conference, make_party, make_statement
from tests.factories_opinion import DEVICE, answer_again, cells_in, make_hall
from tovholder.base.by import ANYONE, By
from tovholder.base.errors import Refused
from tovholder.base.models import Event
from tovholder.dialogue import actions as dialogue
from tovholder.dialogue.models import Vote
from tovholder.findings import actions, queries
from tovholder.findings.models import Finding, OpinionAlarm, OpinionMap
from tovholder.findings.queries.ballots import Ballots

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NOW = AT + timedelta(hours=1)


@pytest.fixture
def hall():
    return make_hall()


def over(conference):
    return conference.input_closes_at + timedelta(minutes=1)


def redraw(conference, at=NOW, by=SYSTEM, **more):
    return actions.redraw_map(conference, by=by, at=at, **more)


def kept(conference):
    return OpinionMap.objects.get(conference=conference)


def test_what_is_kept_names_no_phone_and_shows_no_small_cell(hall):
    conference, _rows = hall
    for at in (NOW, over(conference)):
        redraw(conference, at)
        row = kept(conference)
        text = json.dumps([row.live, row.figures, row.parameters])
        assert DEVICE not in text
        assert min(cells_in(row.live)) >= 5
        assert all(count >= 5 or count == 0 for count in cells_in(row.figures))
        assert not any(cell["sector"] == "other" and "asked" in cell for line in row.live["statements"] for cell in line["sectors"])


def test_live_and_figures_are_together_what_evidence_publishes(hall):
    from tovholder.evidence.opinion.result import opinion
    from tovholder.findings.queries.whole import SEED

    conference, _rows = hall
    redraw(conference, over(conference))
    ballots = Ballots(conference)
    ballots.catch_up()
    row, votes = kept(conference), ballots.counted()
    told = opinion(votes, {name: ballots.sectors.get(name, "") for name in votes.participants}, seed=SEED).public()
    assert json.loads(json.dumps({**row.figures, **row.live})) == json.loads(json.dumps(told))
    assert (row.votes, row.digest) == (Vote.objects.count(), votes.digest)


def test_while_answers_come_the_groups_speak_in_words_alone():
    """A group is formed anew for each picture: its numbers would move by single people from one to the next."""
    conference, _rows = make_hall(sectors={"citizen": 60, "municipality": 60}, statements=14, answers=14)
    redraw(conference, NOW)
    during = [row for rows in kept(conference).figures["representative"].values() for row in rows]
    redraw(conference, over(conference))
    after = [row for rows in kept(conference).figures["representative"].values() for row in rows]
    assert during
    assert {row[name] for row in during for name in ("share", "others", "answers")} == {None}
    assert any(row["answers"] for row in after)


def test_what_all_sectors_agree_about_is_found(hall):
    conference, rows = hall
    redraw(conference, over(conference))
    found = queries.drawn(conference)
    agreed = set(found.live["agreement"])
    assert agreed
    assert agreed <= {row.pk for row in rows[:4]}
    assert found.texts[rows[0].pk] == rows[0].text


def test_a_running_hall_moves_in_steps_of_several_phones(hall):
    conference, rows = hall
    keeper = actions.Keeper()
    assert keeper.look(by=SYSTEM, at=NOW) == 1
    first = kept(conference).live
    assert first["votes"] < Vote.objects.count()
    for number in range(4):
        dialogue.vote(rows[0].pk, answer=-1, key="k", by=By(device=f"ny-{number}"), at=NOW)
        assert keeper.look(by=SYSTEM, at=NOW + timedelta(seconds=number)) == 0
    assert kept(conference).live == first
    for number in range(4, 16):
        dialogue.vote(rows[0].pk, answer=-1, key="k", by=By(device=f"ny-{number}"), at=NOW)
    assert keeper.look(by=SYSTEM, at=NOW + timedelta(seconds=5)) == 1
    moved = kept(conference).live["votes"] - first["votes"]
    assert moved >= 5
    assert moved % 5 == 0


def test_a_keeper_that_is_killed_loses_nothing(hall):
    conference, rows = hall
    keeper = actions.Keeper()
    keeper.look(by=SYSTEM, at=NOW)
    for number, row in enumerate(rows * 3):
        answer_again(row, f"{DEVICE}-{number}-1", number % 3 - 1, NOW + timedelta(seconds=number))
    keeper.look(by=SYSTEM, at=NOW + timedelta(minutes=1))
    held = kept(conference)
    actions.Keeper().look(by=SYSTEM, at=NOW + timedelta(minutes=1))
    again = kept(conference)
    assert (held.live, held.figures, held.digest, held.plan) == (again.live, again.figures, again.digest, again.plan)


def test_the_whole_is_drawn_at_once_when_the_round_closes_and_then_rests(hall):
    conference, _rows = hall
    keeper = actions.Keeper()
    keeper.look(by=SYSTEM, at=conference.input_closes_at - timedelta(seconds=1))
    assert kept(conference).votes < Vote.objects.count()
    assert keeper.look(by=SYSTEM, at=conference.input_closes_at) == 1
    assert kept(conference).votes == Vote.objects.count()
    assert keeper.look(by=SYSTEM, at=over(conference)) == 0
    assert keeper.look(by=SYSTEM, at=conference.input_closes_at + timedelta(days=1)) == 0


def test_what_a_moderator_takes_away_leaves_the_map(hall):
    conference, rows = hall
    keeper = actions.Keeper()
    keeper.look(by=SYSTEM, at=NOW)
    rows[0].state = "withdrawn"
    rows[0].save()
    assert rows[0].pk not in queries.drawn(conference).texts
    keeper.look(by=SYSTEM, at=NOW + timedelta(seconds=1))
    assert rows[0].pk not in json.dumps(kept(conference).live)


def test_a_pass_draws_what_changed_since_and_nothing_else(hall):
    conference, rows = hall
    assert actions.keep_maps(by=SYSTEM, at=NOW) == 1
    assert actions.keep_maps(by=SYSTEM, at=NOW + timedelta(minutes=5)) == 0
    dialogue.vote(rows[0].pk, answer=1, key="k", by=By(device="ny"), at=NOW + timedelta(minutes=6))
    assert actions.keep_maps(by=SYSTEM, at=NOW + timedelta(minutes=7)) == 1
    make_conference()
    assert OpinionMap.objects.count() == 1


def test_nothing_to_draw_is_no_error():
    conference = make_conference()
    assert actions.Keeper().look(by=SYSTEM, at=NOW) == 0
    redraw(conference)
    assert queries.drawn(conference).live["agreement"] == []


def test_once_ties_are_cut_the_last_map_stands_and_is_not_drawn_again(hall):
    conference, _rows = hall
    redraw(conference, over(conference))
    before = kept(conference).live
    dialogue.cut_device_ties(by=SYSTEM, at=conference.input_closes_at + timedelta(days=30))
    with pytest.raises(Refused, match="skilt fra telefonerne"):
        redraw(conference, over(conference))
    assert kept(conference).live == before


def test_an_alarm_is_raised_once_and_cleared_when_all_is_well(hall):
    conference, rows = hall
    ballots = Ballots(conference)
    ballots.catch_up()
    ballots.all.add("spøgelse", rows[0].pk, 1)
    for minute in (0, 1):
        redraw(conference, NOW + timedelta(minutes=minute), ballots=ballots)
    alarm = OpinionAlarm.objects.get()
    assert (alarm.kind, alarm.raised_at, alarm.seen_at) == ("votes_missing", NOW, NOW + timedelta(minutes=1))
    assert [row.kind for row in queries.alarms(conference)] == ["votes_missing"]
    redraw(conference, NOW + timedelta(minutes=2))
    assert queries.alarms(conference) == []
    assert list(Event.objects.filter(kind__startswith="opinion_alarm").order_by("pk").values_list("kind", flat=True)) == [
        "opinion_alarm_raised", "opinion_alarm_cleared",
    ]  # fmt: skip


def test_what_comes_while_the_whole_is_drawn_is_shown_afterwards(hall, monkeypatch):
    conference, rows = hall
    keeper = actions.Keeper()
    read_anew = actions.opinion.read_anew

    def meanwhile(found):
        for number in range(12):
            dialogue.vote(rows[0].pk, answer=-1, key="k", by=By(device=f"ny-{number}"), at=NOW)
        return read_anew(found)

    monkeypatch.setattr(actions.opinion, "read_anew", meanwhile)
    keeper.look(by=SYSTEM, at=NOW)
    before = kept(conference).live["votes"]
    assert keeper.look(by=SYSTEM, at=NOW + timedelta(seconds=1)) == 1
    assert kept(conference).live["votes"] > before


def test_an_answer_that_was_stored_late_is_found_without_an_alarm(hall):
    conference, rows = hall
    first = Vote.objects.order_by("pk").first()
    late = {"pk": first.pk, "statement": first.statement, "device": first.device, "answer": first.answer, "key": "k", "at": first.at}
    Vote.objects.filter(pk=first.pk).delete()
    keeper = actions.Keeper()
    keeper.look(by=SYSTEM, at=NOW)
    Vote.objects.create(**late)
    for minute in (1, 2):
        dialogue.vote(rows[0].pk, answer=1, key="k", by=By(device=f"ny-{minute}"), at=NOW + timedelta(minutes=minute))
        keeper.look(by=SYSTEM, at=NOW + timedelta(minutes=minute))
    assert queries.alarms(conference) == []
    keeper.look(by=SYSTEM, at=conference.input_closes_at)
    assert kept(conference).votes == Vote.objects.count()


def test_the_same_number_of_other_answers_is_another_result(hall):
    conference, _rows = hall
    ballots = Ballots(conference)
    ballots.catch_up()
    row = Vote.objects.first()
    ballots.all.add(row.device, row.statement_id, -row.answer)
    redraw(conference, ballots=ballots)
    assert [row.kind for row in queries.alarms(conference)] == ["other_result"]


def test_phones_are_asked_by_the_plan_and_it_costs_two_queries(hall):
    conference, rows = hall
    late = make_statement(rows[0].question, text="Et sent udsagn kom til.", sector="")
    with CaptureQueriesContext(connection) as before:
        queries.next_for("en-telefon", conference, NOW)
    redraw(conference)
    asked = [queries.next_for(f"{DEVICE}-{n}-1", conference, NOW).turn.statement.pk for n in range(12)]
    assert set(asked) == {late.pk}
    with CaptureQueriesContext(connection) as after:
        queries.next_for("en-telefon", conference, NOW)
    assert len(after) == len(before) == 4
    actions_made = dialogue.declare_sector(conference, sector="practice", by=By(device="en-telefon"), at=NOW)
    assert queries.next_for("en-telefon", conference, NOW).sector == actions_made.sector


@pytest.fixture
def planner(hall):
    return make_by("planner", hall[0].organiser)


def test_a_finding_is_frozen_while_the_map_goes_on(hall, planner):
    conference, rows = hall
    redraw(conference)
    finding = actions.publish_finding(conference, title=" Alle vil have besked ", by=planner, at=NOW)
    assert (finding.title, finding.owner, finding.published_by) == ("Alle vil have besked", conference.organiser, planner.person)
    figures = finding.figures["live"]
    redraw(conference, over(conference))
    shown = queries.kept_in(queries.finding(finding.pk, ANYONE, NOW))
    assert shown.live == json.loads(json.dumps(figures)) != kept(conference).live
    assert shown.texts[rows[0].pk] == rows[0].text
    assert [row.pk for row in queries.findings(ANYONE, NOW, conference=conference)] == [finding.pk]


def test_a_withdrawn_finding_is_readable_and_not_listed(hall, planner):
    redraw(hall[0])
    finding = actions.publish_finding(hall[0], title="Alle vil have besked", by=planner, at=NOW)
    actions.withdraw_finding(finding, by=planner, at=NOW)
    assert not queries.findings(ANYONE, NOW).exists()
    assert queries.finding(finding.pk, ANYONE, NOW).withdrawn_at == NOW
    with pytest.raises(Refused, match="allerede"):
        actions.withdraw_finding(queries.finding(finding.pk, planner, NOW), by=planner, at=NOW)


@pytest.mark.parametrize("title", ["", "  ", "a" * 201])
def test_a_finding_needs_a_sentence(hall, planner, title):
    redraw(hall[0])
    with pytest.raises(Refused) as refused:
        actions.publish_finding(hall[0], title=title, by=planner, at=NOW)
    assert refused.value.field == "title"
    assert not Finding.objects.exists()


def test_before_anything_is_calculated_and_for_strangers_nothing_is_published(hall, planner):
    with pytest.raises(Refused, match="regnet færdigt"):
        actions.publish_finding(hall[0], title="Alle", by=planner, at=NOW)
    redraw(hall[0])
    for by in (ANYONE, make_by("planner", make_party()), make_by("coordinator", hall[0].organiser)):
        for act in (
            lambda by=by: actions.publish_finding(hall[0], title="Alle", by=by, at=NOW),
            lambda by=by: redraw(hall[0], by=by),
        ):
            with pytest.raises(Refused):
                act()
    actions.publish_finding(hall[0], title="Alle", by=make_by("moderator", hall[0].organiser), at=NOW)
    assert Finding.objects.count() == 1
