"""Tables made in one go are those that Django's migrations make."""

import json
import os
import subprocess
import sys

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.once]
MAKE = """
import json, sys
from contextlib import nullcontext
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from tovholder.cli.tables import drawn_once, is_empty
assert is_empty()
with drawn_once() if sys.argv[1] == "once" else nullcontext():
    call_command("migrate", verbosity=0)
assert not is_empty()
with connection.cursor() as cursor:
    cursor.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name")
    print(json.dumps(cursor.fetchall()))
"""


def made(how, home):
    ours = {"TOVHOLDER_HOME": str(home), "TOVHOLDER_DATABASE": "", "DJANGO_SETTINGS_MODULE": "tovholder.config.settings"}
    done = subprocess.run([sys.executable, "-c", MAKE, how], env=os.environ | ours, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def test_tables_made_at_once_are_those_the_migrations_make(tmp_path):
    for how in ("once", "each"):
        (tmp_path / how).mkdir()
    assert made("once", tmp_path / "once") == made("each", tmp_path / "each") != []
