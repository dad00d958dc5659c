"""Whole drawings beside the keeper: the fast part goes on meanwhile, and a drawing that is killed is lost without anything else."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.once]
ROOT = Path(__file__).resolve().parents[2]
BEGINNING = """
import json, os, sys, time
sys.path.insert(0, {root!r})
import django; django.setup()
from datetime import timedelta
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.factories import AT, SYSTEM
from tests.factories_opinion import make_hall
from tovholder.base.by import By
from tovholder.cli import aside
from tovholder.dialogue import actions as dialogue
from tovholder.findings import actions
from tovholder.findings.actions import opinion
from tovholder.findings.models import OpinionMap
NOW = AT + timedelta(hours=1)
conference, rows = make_hall()
def held_back():
    # Every drawing waits until the file is there.
    gate, whole_of = os.path.join(os.environ["TOVHOLDER_HOME"], "go on"), opinion.whole_of
    def whole(*words, **more):
        while not os.path.exists(gate):
            time.sleep(0.05)
        return whole_of(*words, **more)
    opinion.whole_of = whole
    return gate
def vote(numbers):
    for number in numbers:
        dialogue.vote(rows[0].pk, answer=-1, key="k", by=By(device=f"ny-{{number}}"), at=NOW)
def kept():
    return OpinionMap.objects.get(conference=conference)
def until(true, seconds=60):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "det skete ikke"
        time.sleep(0.1)
"""


def run(tmp_path, script):
    """What a script prints, run with a keeper on a database of its own."""
    environment = os.environ | {
        "TOVHOLDER_HOME": str(tmp_path), "TOVHOLDER_DATABASE": "", "DJANGO_SETTINGS_MODULE": "tovholder.config.settings",
        "OMP_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1",
    }  # fmt: skip
    words = [sys.executable, "-c", BEGINNING.format(root=str(ROOT)) + script]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_the_fast_part_goes_on_while_the_whole_is_drawn_and_the_end_is_as_if_drawn_in_place(tmp_path):
    told = run(
        tmp_path,
        """
gate, keeper, closes = held_back(), actions.Keeper(aside.Aside), conference.input_closes_at
keeper.look(by=SYSTEM, at=NOW)
vote(range(20))
drawn = keeper.look(by=SYSTEM, at=NOW + timedelta(seconds=1))
meanwhile = kept()
open(gate, "w").close()
until(lambda: keeper.look(by=SYSTEM, at=NOW + timedelta(seconds=2)))
during = kept()
until(lambda: keeper.look(by=SYSTEM, at=closes) and kept().drawn_at == closes)
ended = kept()
actions.redraw_map(conference, by=SYSTEM, at=closes)
again = kept()
print(json.dumps({
    "drawn": drawn, "whole": [bool(row.figures) for row in (meanwhile, during)], "votes": meanwhile.live["votes"],
    "same": [getattr(ended, name) == getattr(again, name) for name in ("live", "figures", "digest", "plan", "votes")],
    "groups": [dot["group"] for dot in ended.live["map"]["dots"]],
}))
""",
    )
    assert told["drawn"] == 1
    assert told["whole"] == [False, True]
    assert told["votes"] > 0
    assert told["same"] == [True] * 5
    assert told["groups"]


def test_a_drawing_that_is_killed_is_told_of_and_drawn_again_and_the_fast_part_stands(tmp_path):
    told = run(
        tmp_path,
        """
import multiprocessing, signal
from tovholder.findings import queries
gate, keeper = held_back(), actions.Keeper(aside.Aside)
keeper.look(by=SYSTEM, at=NOW)
live = kept().live
child, = multiprocessing.active_children()
os.kill(child.pid, signal.SIGKILL)
child.join()
try:
    keeper.look(by=SYSTEM, at=NOW + timedelta(seconds=1))
    trouble = ""
except RuntimeError as error:
    trouble = str(error)
stands = kept().live == live
open(gate, "w").close()
until(lambda: keeper.look(by=SYSTEM, at=NOW + timedelta(minutes=1)) is not None and kept().figures)
aside_row = kept()
actions.redraw_map(conference, by=SYSTEM, at=NOW + timedelta(minutes=1))
print(json.dumps({
    "trouble": trouble, "stands": stands, "same": [aside_row.figures == kept().figures, aside_row.digest == kept().digest],
    "alarms": len(queries.alarms(conference)), "left": len(multiprocessing.active_children()),
}))
""",
    )
    assert "tegnes igen" in told["trouble"] or "er væk" in told["trouble"]
    assert told["stands"]
    assert told["same"] == [True, True]
    assert (told["alarms"], told["left"]) == (0, 0)


def test_a_drawing_that_fails_says_what_went_wrong(tmp_path):
    told = run(
        tmp_path,
        """
def broken(*words, **more):
    raise ValueError("ingen farver")
opinion.whole_of, keeper = broken, actions.Keeper(aside.Aside)
troubles = []
def trouble():
    try:
        keeper.look(by=SYSTEM, at=NOW)
    except RuntimeError as error:
        troubles.append(str(error))
    return troubles
until(trouble)
print(json.dumps({"trouble": troubles[0], "votes": kept().live["votes"]}))
""",
    )
    assert "ingen farver" in told["trouble"]
    assert told["votes"] > 0
