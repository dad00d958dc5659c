"""What the tests of consultations' pages share: a round, its planner, addresses and words."""

import re
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    make_party,
)

DAY = timedelta(days=1)


def url(name, *which):
    return reverse(f"consultations:{name}", args=[getattr(item, "pk", item) for item in which])


def text_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def a_municipality(name="Vejen Kommune (eksempel)", **fields):
    party = make_party("municipality", name=name, mailbox="post@vejen.example.dk", **fields)
    party.kind.sector = "municipality"
    party.kind.save()
    return party


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
