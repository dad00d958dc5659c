"""Whole drawings beside the fast part, and groups that keep their letters from one drawing to the next."""

import json
from datetime import timedelta

import pytest

from tests.factories import AT, SYSTEM
from tests.factories_opinion import DEVICE, make_hall
from tovholder.base.by import By
from tovholder.dialogue import actions as dialogue
from tovholder.dialogue.models import Vote
from tovholder.findings import actions, queries
from tovholder.findings.models import OpinionMap

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NOW = AT + timedelta(hours=1)


@pytest.fixture
def hall():
    return make_hall()


def over(conference):
    return conference.input_closes_at + timedelta(minutes=1)


def redraw(conference, at=NOW):
    return actions.redraw_map(conference, by=SYSTEM, at=at)


def kept(conference):
    return OpinionMap.objects.get(conference=conference)


class Aside(actions.InPlace):
    """A drawing that is done when it is told to be, or fails."""

    renews_live, started = False, []

    def __init__(self, conference, ballots, *, by, at):
        self.started.append(self)
        self.draw = lambda: super(Aside, self).__init__(conference, ballots, by=by, at=at)
        self.is_done = self.is_killed = False

    def result(self):
        if self.is_killed:
            raise RuntimeError("væk")
        if not self.is_done:
            return None
        self.draw()
        return super().result()


@pytest.fixture
def aside(monkeypatch):
    monkeypatch.setattr(Aside, "started", [])
    return Aside.started


def after(seconds):
    return NOW + timedelta(seconds=seconds)


def test_the_fast_part_goes_on_while_the_whole_is_drawn_aside(hall, aside):
    conference, rows = hall
    keeper = actions.Keeper(Aside)
    assert keeper.look(by=SYSTEM, at=NOW) == 1
    first = kept(conference)
    assert (len(aside), first.figures, first.drawn_at, first.live_at) == (1, {}, None, NOW)
    for number in range(20):
        dialogue.vote(rows[0].pk, answer=-1, key="k", by=By(device=f"ny-{number}"), at=NOW)
    assert keeper.look(by=SYSTEM, at=after(20)) == 1
    moved = kept(conference)
    assert (len(aside), moved.live["votes"] > first.live["votes"], moved.figures) == (1, True, {})
    aside[0].is_done = True
    assert keeper.look(by=SYSTEM, at=after(21)) == 1
    drawn = kept(conference)
    assert (bool(drawn.figures), drawn.drawn_at, drawn.live_at) == (True, NOW, after(21))
    assert drawn.live["votes"] == moved.live["votes"]
    # What came meanwhile is in the next whole drawing, and then there is no more to draw.
    assert keeper.look(by=SYSTEM, at=after(900)) == 0
    assert len(aside) == 2
    aside[1].is_done = True
    assert [keeper.look(by=SYSTEM, at=after(seconds)) for seconds in (901, 1800, 2700)] == [1, 0, 0]
    assert len(aside) == 2


def test_a_round_that_closes_while_the_whole_is_drawn_is_drawn_again_at_once(hall, aside):
    conference, _rows = hall
    closes, keeper = conference.input_closes_at, actions.Keeper(Aside)
    keeper.look(by=SYSTEM, at=closes - timedelta(seconds=1))
    assert kept(conference).live["votes"] < Vote.objects.count()
    keeper.look(by=SYSTEM, at=closes)
    assert (len(aside), kept(conference).live["votes"]) == (1, Vote.objects.count())
    aside[0].is_done = True
    keeper.look(by=SYSTEM, at=closes + timedelta(seconds=1))
    assert (len(aside), kept(conference).votes < Vote.objects.count()) == (2, True)
    aside[1].is_done = True
    keeper.look(by=SYSTEM, at=closes + timedelta(seconds=2))
    assert kept(conference).votes == Vote.objects.count()


def test_a_drawing_that_is_lost_is_begun_again(hall, aside):
    conference, _rows = hall
    keeper = actions.Keeper(Aside)
    keeper.look(by=SYSTEM, at=NOW)
    live = kept(conference).live
    aside[0].is_killed = True
    with pytest.raises(RuntimeError, match="væk"):
        keeper.look(by=SYSTEM, at=after(1))
    assert kept(conference).live == live
    keeper.look(by=SYSTEM, at=after(14))
    aside[1].is_done = True
    keeper.look(by=SYSTEM, at=after(15))
    assert kept(conference).figures


def sides(conference):
    """What each group is drawn by: {letter: {statement: side}}, and how many people it has."""
    figures = kept(conference).figures
    told = {letter: {row["statement"]: row["side"] for row in rows} for letter, rows in figures["representative"].items()}
    return told, figures["found"]["people"]


@pytest.mark.parametrize("is_started_again", [False, True])
def test_groups_keep_their_letters_when_votes_are_added_also_by_a_keeper_started_again(is_started_again):
    conference, rows = make_hall(sectors={"citizen": 60, "municipality": 60}, statements=14, answers=14)
    keeper, late = actions.Keeper(), conference.input_closes_at - timedelta(minutes=1)
    redraw(conference, over(conference))
    before, people = sides(conference)
    assert (set(before), people["A"] > people["B"]) == ({"A", "B"}, True)
    split = rows[len(rows) // 2 :]
    of_b = {row.pk: 1 if before["B"][row.pk] == "agree" else -1 for row in split if row.pk in before["B"]}
    assert len(of_b) > 3
    Vote.objects.bulk_create(
        Vote(statement=row, device=f"ny-{n}", answer=of_b.get(row.pk, 1 if row not in split else -1), key="k", at=late)
        for n in range(2 * people["A"])
        for row in rows
        if n % 7 or row not in split[-2:]
    )
    if is_started_again:
        keeper = actions.Keeper()
    keeper.look(by=SYSTEM, at=over(conference))
    after, grown = sides(conference)
    assert grown["B"] > grown["A"]
    shared = [(letter, row) for letter in "AB" for row in before[letter].keys() & after[letter].keys()]
    assert len(shared) > 5
    assert all(before[letter][row] == after[letter][row] for letter, row in shared)


def test_what_keeps_the_letters_names_no_phone_and_is_not_read_by_those_that_ask():
    conference, _rows = make_hall(sectors={"citizen": 60, "municipality": 60}, statements=14, answers=14)
    redraw(conference)
    plan = kept(conference).plan
    assert set(plan) == {"asking", "groups"}
    assert DEVICE not in json.dumps(plan)
    assert plan["groups"]["shares"]
    assert queries.next_for("en-telefon", conference, NOW).turn.statement is not None
