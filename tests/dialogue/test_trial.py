"""The commands a measurement calls: prepare a hall, count what was stored."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from tovholder.dialogue.models import Vote

pytestmark = pytest.mark.django_db


def told(*words):
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_a_hall_is_prepared_and_its_votes_are_counted(client):
    hall = json.loads(told("prepare_votes", "--statements", "3", "--json"))
    assert len(set(hall["statements"])) == 3
    client.get(f"/v/{hall['code']}")
    for answer in ("1", "-1"):
        data = {"statement": hall["statements"][0], "answer": answer, "key": "k"}
        assert client.post(f"/v/{hall['code']}/vote", data, headers={"Accept": "application/json"}).status_code == 200
    device = Vote.objects.get().device
    assert json.loads(told("count_votes", "--json")) == {"rows": 1, "keys": [[device, hall["statements"][0], -1]]}
    assert told("count_votes") == "1 stemme.\n"


def test_two_halls_do_not_meet():
    assert json.loads(told("prepare_votes", "--json"))["code"] != json.loads(told("prepare_votes", "--json"))["code"]
    assert "/v/" in told("prepare_votes")
