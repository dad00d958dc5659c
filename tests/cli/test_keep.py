"""The process that keeps the maps: one pass, and a life beside its server that ends with it."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from tests.factories import AT
from tests.factories_opinion import make_hall
from tovholder.findings.models import OpinionMap

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def told(command, at, *words):
    out = StringIO()
    call_command(command, *words, at=at, stdout=out)
    return out.getvalue()


def test_one_pass_draws_what_is_missing_and_says_so():
    conference, _rows = make_hall()
    assert told("keep", AT + timedelta(hours=1), "--once") == "1 kort er tegnet.\n"
    assert told("keep", AT + timedelta(hours=1, minutes=5), "--once") == "Kortene er, som de skal være.\n"
    assert OpinionMap.objects.get().conference == conference


def test_the_minutes_pass_draws_maps_too():
    make_hall()
    assert "1 kort over enighed er tegnet." in told("tick", AT + timedelta(hours=1))


@pytest.mark.slow
def test_a_keeper_ends_with_the_process_that_started_it(tmp_path):
    environment = os.environ | {"TOVHOLDER_HOME": str(tmp_path), "TOVHOLDER_DATABASE": ""}
    run = [sys.executable, "-m", "tovholder.cli"]
    subprocess.run([*run, "migrate", "--verbosity", "0"], env=environment, check=True)
    script = f"import os, subprocess, time; subprocess.Popen({[*run, 'keep']!r} + ['--parent', str(os.getpid())]); time.sleep(600)"
    server = subprocess.Popen([sys.executable, "-c", script], env=environment)
    try:
        keeper = wait_for(lambda: children_of(server.pid))[0]
        server.kill()
        server.wait()
        assert wait_for(lambda: not is_alive(keeper))
    finally:
        server.kill()


@pytest.mark.slow
def test_a_keeper_that_dies_is_started_again_and_ends_with_the_server(tmp_path):
    environment = os.environ | {"TOVHOLDER_HOME": str(tmp_path), "TOVHOLDER_DATABASE": ""}
    subprocess.run([sys.executable, "-m", "tovholder.cli", "migrate", "--verbosity", "0"], env=environment, check=True)
    script = "import os, django, time; django.setup(); from tovholder.cli.beside import start_keeper; start_keeper(); time.sleep(600)"
    settings = {"DJANGO_SETTINGS_MODULE": "tovholder.config.settings"}
    server = subprocess.Popen([sys.executable, "-c", script], env=environment | settings)
    try:
        watcher = wait_for(lambda: children_of(server.pid))[0]
        first = wait_for(lambda: children_of(watcher))[0]
        os.kill(first, signal.SIGKILL)
        second = wait_for(lambda: [pid for pid in children_of(watcher) if pid != first and is_alive(pid)])[0]
        server.kill()
        server.wait()
        assert wait_for(lambda: not is_alive(watcher) and not is_alive(second))
    finally:
        server.kill()


def children_of(pid):
    with open(f"/proc/{pid}/task/{pid}/children") as told_:
        return [int(one) for one in told_.read().split()]


def is_alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as told_:
            return told_.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_for(answer, seconds=60):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := answer():
            return found
        time.sleep(0.1)
    return None
