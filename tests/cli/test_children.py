"""Heavy work beside the maps: one child at a time, only when something waits, with a rest after it, and ended with its keeper."""

import subprocess
import sys

import pytest

from tests.factories import AT
from tovholder.cli import children


class Started:
    """A child that works until it is told that it is done."""

    def __init__(self, words):
        self.words, self.is_done, self.ended = words, False, 0

    def poll(self):
        return 0 if self.is_done else None

    def terminate(self):
        self.ended += 1

    def wait(self):
        self.is_done = True


class Machine:
    """A clock that is set by hand, the children that were started, and whether anything waits."""

    def __init__(self, monkeypatch):
        self.now, self.children, self.is_due, self.asked = 1000.0, [], True, 0
        monkeypatch.setattr(children.time, "monotonic", lambda: self.now)
        monkeypatch.setattr(children.subprocess, "Popen", self._start)

    def learner(self, **more):
        return children.Child("--learn", self.due, **more)

    def due(self, *, at):
        assert at == AT
        self.asked += 1
        return self.is_due

    def _start(self, words, **how):
        assert how == {"stdin": subprocess.DEVNULL}
        self.children.append(Started(words))
        return self.children[-1]


@pytest.fixture
def machine(monkeypatch):
    return Machine(monkeypatch)


def test_a_child_learns_and_no_other_is_started_before_it_is_done(machine):
    learner = machine.learner()
    assert learner.look(at=AT)
    assert machine.children[0].words == [sys.executable, "-m", "tovholder.cli", "keep", "--learn"]
    machine.now += 10_000
    assert not learner.look(at=AT)
    assert (len(machine.children), machine.asked) == (1, 1)


def test_nothing_is_started_when_nothing_waits_and_it_is_not_asked_again_at_once(machine):
    machine.is_due, learner = False, machine.learner()
    assert not learner.look(at=AT)
    machine.now += children.AT_LEAST_APART - 1
    assert not learner.look(at=AT)
    assert (machine.children, machine.asked) == ([], 1)
    machine.now += 1
    assert not learner.look(at=AT)
    assert machine.asked == 2


@pytest.mark.parametrize(("took", "rest"), [(1.0, children.AT_LEAST_APART), (100.0, 100.0 * children.SHARE_OF_TIME)])
def test_after_learning_it_rests_so_that_it_takes_its_share_and_no_more(machine, took, rest):
    learner = machine.learner()
    learner.look(at=AT)
    machine.now += took
    machine.children[0].is_done = True
    assert not learner.look(at=AT)
    machine.now += rest - 0.1
    assert not learner.look(at=AT)
    machine.now += 0.2
    assert learner.look(at=AT)
    assert len(machine.children) == 2


def test_work_that_somebody_waits_for_is_looked_for_more_often(machine):
    machine.is_due, learner = False, machine.learner(apart=1.0, share=1)
    for _ in range(3):
        learner.look(at=AT)
        machine.now += 1.0
    assert machine.asked == 3


def test_a_child_that_still_works_ends_with_its_keeper_and_one_that_is_done_is_left(machine):
    learner = machine.learner()
    learner.stop()
    learner.look(at=AT)
    learner.stop()
    learner.stop()
    assert machine.children[0].ended == 1
    assert machine.children[0].is_done
