import csv
import json

import numpy as np
import pytest

from tests.evidence.made_votes import camps, votes_of
from tovholder.evidence.opinion.flags.flagging import Bloc, Flags, changed, flags, without_flagged

pytestmark = pytest.mark.once


@pytest.fixture
def hall():
    """200 honest people in two camps, 60 statements, 60 % answered."""
    return camps(np.random.default_rng(1), 200, 60)[0]


def test_people_of_two_clear_camps_are_left_in_peace(hall):
    found = flags(votes_of(hall))
    assert not found.flagged.any()
    assert found.blocs == ()


@pytest.mark.parametrize("answer", [1, -1, 0])
def test_the_same_answer_to_everything_is_flagged(hall, answer):
    rows = np.where(np.random.default_rng(2).random((10, 60)) < 0.4, 9, answer)
    found = flags(votes_of(np.vstack([hall, rows])))
    assert found.straight[200:].all()
    assert not found.flagged[:200].any()


def test_agreeing_to_what_everybody_agrees_to_is_no_straight_line():
    rng = np.random.default_rng(3)
    table = np.where(rng.random((150, 12)) < 0.97, 1, -1)
    assert not flags(votes_of(table)).flagged.any()


def test_few_answers_are_never_flagged(hall):
    rows = np.full((10, 60), 9)
    rows[:, :6] = 1
    assert not flags(votes_of(np.vstack([hall, rows]))).straight.any()


def test_a_bloc_with_one_pattern_is_found_with_its_slips(hall):
    rng = np.random.default_rng(4)
    pattern = rng.choice([1, -1], 60)
    rows = np.where(rng.random((10, 60)) < 0.05, -pattern, pattern)
    rows = np.where(rng.random((10, 60)) < 0.4, 9, rows)
    found = flags(votes_of(np.vstack([hall, rows])))
    (bloc,) = found.blocs
    assert len(bloc.people) >= 8
    assert set(bloc.people) <= set(range(200, 210))
    assert bloc.alike > 0.9
    assert bloc.arrived is None


def test_a_bloc_that_came_together_shows_it(hall):
    rng = np.random.default_rng(5)
    pattern = rng.choice([1, -1], 60)
    table = np.vstack([hall, np.where(rng.random((10, 60)) < 0.3, 9, pattern)])
    at = np.concatenate([rng.uniform(0, 1000, 200), rng.uniform(500, 502, 10)])
    (bloc,) = flags(votes_of(table), at).blocs
    assert bloc.arrived < 0.1


def test_times_of_other_people_are_refused(hall):
    with pytest.raises(ValueError, match="200 deltagere, men 3 tidspunkter"):
        flags(votes_of(hall), [1.0, 2.0, 3.0])


def test_flagged_people_are_counted_and_never_dropped_by_themselves(hall):
    votes = votes_of(np.vstack([hall, np.ones((10, 60), dtype=int)]))
    found = flags(votes)
    assert votes.count == int((hall != 9).sum()) + 600
    less = without_flagged(votes, found)
    assert less.participants == votes.participants
    assert less.count == votes.count - 600
    assert (np.diff(less.start)[200:] == 0).all()


def test_what_is_published_names_nobody_and_no_few(hall):
    rows = np.ones((3, 60), dtype=int)
    found = flags(votes_of(np.vstack([hall, rows])))
    assert found.straight.sum() == 3
    figures = found.figures()
    assert figures["straight"] == {"people": None, "answers": None}
    assert "p00" not in json.dumps(figures)


def test_lists_are_compared_by_what_they_lose_and_gain():
    seen = changed(("a", "b", "c"), ("c", "a", "d"))
    assert (seen.kept, seen.only_with, seen.only_without) == (("a", "c"), ("b",), ("d",))


def test_the_order_of_answers_flags_the_same_people(hall):
    table = np.vstack([hall, np.tile(np.random.default_rng(6).choice([1, -1], 60), (10, 1))])
    order = np.random.default_rng(7).permutation(int((table != 9).sum()))
    one, other = flags(votes_of(table)), flags(votes_of(table, order=order))
    assert (one.flagged == other.flagged).all()
    assert one.blocs == other.blocs


@pytest.mark.parametrize("table", [np.zeros((0, 0)), np.ones((1, 1)), np.ones((30, 1)), np.zeros((30, 20))])
def test_halls_with_nothing_to_compare_flag_nobody_in_a_bloc(table):
    found = flags(votes_of(table.astype(int)))
    assert not found.in_bloc.any()


@pytest.fixture(params=["scoop-hivemind.biodiversity", "scoop-hivemind.taxes", "brexit-consensus"])
def conversation(request, shared):
    path = shared / "data" / "opinion" / "conversations" / request.param / "participants-votes.csv"
    with path.open(newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    columns = [n for n, word in enumerate(header) if word.isdigit()]
    return np.array([[int(float(row[n])) if row[n] else 9 for n in columns] for row in rows])


@pytest.mark.oracle
@pytest.mark.slow
def test_in_real_conversations_a_bloc_is_found_and_nobody_else(conversation):
    assert flags(votes_of(conversation)).blocs == ()
    rng = np.random.default_rng(1)
    many = round(0.05 * len(conversation))
    pattern = rng.choice([1, -1], conversation.shape[1])
    lots = conversation[rng.permutation(np.flatnonzero((conversation != 9).sum(axis=1) >= 20))[:many]]
    rows = np.where(lots == 9, 9, np.where(rng.random(lots.shape) < 0.05, -pattern, pattern))
    found = flags(votes_of(np.vstack([conversation, rows])))
    assert found.in_bloc[len(conversation) :].mean() >= 0.8
    assert not found.in_bloc[: len(conversation)].any()


def test_few_straight_liners_cannot_be_taken_from_all_flagged_minus_the_blocs():
    straight, bloc = np.zeros(60, bool), np.zeros(60, bool)
    straight[:3] = bloc[10:18] = True
    told = Flags(straight, bloc, (Bloc(tuple(range(10, 18)), 80, 1.0, None),), np.full(60, 10)).figures(threshold=5)
    assert (told["straight"]["people"], told["blocs"][0]["people"]) == (None, 8)
    assert told["all"] == {"people": None, "answers": None}
