"""The harness itself: it passes an honest hall that is killed, and it sees each kind of fault."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))
import votes  # noqa: E402  the benchmarks are programs, not a package

pytestmark = pytest.mark.once

HALL = (sys.executable, str(Path(__file__).with_name("hall.py")))


@pytest.fixture
def faulty(monkeypatch):
    return lambda fault: monkeypatch.setenv("HALL_FAULT", fault)


def test_an_honest_hall_that_is_killed_twice_keeps_every_vote():
    outcome = votes.run(8, 200, "sqlite", 2, program=HALL, duplicates=0.2)
    assert outcome.holds
    assert (outcome.attempted, outcome.acknowledged, outcome.stored, outcome.kills) == (200, 200, 200, 2)
    assert outcome.sql == 4
    assert outcome.server_cpu_ms > 0
    assert "The law holds." in votes.report(outcome)


@pytest.mark.slow
@pytest.mark.parametrize(("fault", "seen"), [("forget", "lost"), ("twice", "doubled"), ("invent", "invented")])
def test_a_faulty_hall_is_seen(faulty, fault, seen):
    faulty(fault)
    outcome = votes.run(4, 60, "sqlite", 0, program=HALL, duplicates=0.3)
    assert not outcome.holds
    assert getattr(outcome, seen) > 0
    assert "THE LAW IS BROKEN." in votes.report(outcome)


def test_a_hall_that_does_not_start_is_an_error():
    with pytest.raises(RuntimeError):
        votes.run(2, 10, "sqlite", 0, program=(sys.executable, "-c", "raise SystemExit('broken')"))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["x", "a", 1], ["x", "b", -1], ["y", "a", 0], ["y", "b", 1]], (0, 0, 0)),
        ([["x", "a", 1], ["y", "a", 0], ["y", "b", 1]], (1, 0, 0)),
        ([["x", "a", 1], ["x", "b", -1], ["y", "a", 0], ["y", "b", -1]], (1, 1, 0)),
        ([["x", "a", 1], ["x", "b", -1]], (2, 0, 0)),
        ([["x", "a", 1], ["x", "b", -1], ["x", "a", 1], ["y", "a", 0], ["y", "b", 1]], (0, 0, 1)),
        ([["x", "a", 1], ["x", "b", -1], ["y", "a", 0], ["y", "b", 1], ["z", "a", 1]], (0, 1, 0)),
    ],
)
def test_rows_are_compared_with_what_the_phones_were_told(rows, expected):
    told = {"first": {"a": 1, "b": -1}, "second": {"a": 0, "b": 1}}
    assert votes.compare(told, told, rows) == expected


def test_a_vote_of_unknown_outcome_may_be_stored_or_not():
    sent, acknowledged = {"first": {"a": 1, "b": -1}}, {"first": {"a": 1}}
    for rows in ([["x", "a", 1]], [["x", "a", 1], ["x", "b", -1]]):
        assert votes.compare(sent, acknowledged, rows) == (0, 0, 0)
