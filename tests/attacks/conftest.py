"""The world under attack, and a client for everyone who comes to the door."""

import pytest
from django.test import Client

from tests import world as worlds
from tests.factories import AT
from tests.web.test_routes import taken_back


@pytest.fixture(scope="module")
def clock():
    """The door's moment, for the whole file."""
    from tovholder.web import middleware

    class Clock(middleware.datetime):
        moment = AT

        @classmethod
        def now(cls, tz=None):
            return cls.moment.astimezone(tz)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(middleware, "datetime", Clock)
        yield Clock


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, clock):
    with django_db_blocker.unblock(), taken_back():
        yield worlds.build()


@pytest.fixture(scope="module")
def doors(world):
    """A client for everyone; a fault inside shows as a page with status 500, as it does to people."""
    clients = {"anonymous": Client(raise_request_exception=False)}
    for name, user in world.users.items():
        clients[name] = Client(raise_request_exception=False)
        clients[name].force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return clients
