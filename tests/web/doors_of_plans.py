"""How tests knock at the doors of plans."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse


def page(client, view, /, *args, **query):
    return client.get(reverse(f"plans:{view}", args=args), query)


def sent(client, view, /, *args, **given):
    return client.post(reverse(f"plans:{view}", args=args), given)


def text(response):
    return response.content.decode()


def queries_of(client, name, *args):
    with CaptureQueriesContext(connection) as caught:
        assert page(client, name, *args).status_code == 200
    return len(caught)
