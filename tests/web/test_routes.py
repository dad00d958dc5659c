"""Every address there is: who gets what, how many questions it asks, that reading never writes, and that nothing hidden shows."""

from contextlib import contextmanager

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from tests import world as worlds
from tests.factories import AT
from tests.web.routes_cases import CASES, part_of

READ = {name: case for name, case in CASES.items() if case.kind != "action"}
VIEWERS = ("anonymous", "foreign", "planner")


def routes(patterns=None, space=""):
    """This will yield every (name, view) of the URL configuration."""
    for item in get_resolver().url_patterns if patterns is None else patterns:
        if hasattr(item, "url_patterns"):
            yield from routes(item.url_patterns, f"{space}{item.namespace}:" if item.namespace else space)
        else:
            yield (f"{space}{item.name}" if item.name else None), item.callback


def address_of(world, name):
    """This will return the address of a case in a world."""
    case = CASES[name]
    path = reverse(name, args=[part_of(world, word) for word in case.where.split()])
    return f"{path}?{case.query}" if case.query else path


@contextmanager
def taken_back():
    """Whatever is written inside is gone afterwards, so that one world serves all tests."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


@pytest.fixture(scope="module")
def clock():
    """The door's moment, for the whole file."""
    from tovholder.web import middleware

    class Clock(middleware.datetime):
        @classmethod
        def now(cls, tz=None):
            return AT.astimezone(tz)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(middleware, "datetime", Clock)
        yield


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, clock):
    with django_db_blocker.unblock(), taken_back():
        yield worlds.build()


@pytest.fixture(scope="module")
def doors(world):
    """A client for everyone who comes to the door."""
    clients = {"anonymous": Client()}
    for name, user in world.users.items():
        clients[name] = Client()
        clients[name].force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return clients


@pytest.fixture
def knock(world, doors):
    """Returns a function that opens a case's address as someone; what it writes is taken back."""

    def at_the_door(name, who):
        with taken_back():
            send = doors[who].post if CASES[name].kind == "action" else doors[who].get
            return send(address_of(world, name))

    return at_the_door


def test_every_route_has_a_case_and_every_case_a_route():
    found = list(routes())
    named = {name for name, _view in found if name}
    nameless = {view for name, view in found if not name} - {view for name, view in found if name}
    assert sorted(named - set(CASES)) == []
    assert sorted(set(CASES) - named) == []
    assert nameless == set()


def test_every_page_that_is_no_list_says_why():
    assert [name for name, case in CASES.items() if (case.kind == "list") == bool(case.no_list)] == []


@pytest.mark.parametrize("who", VIEWERS)
@pytest.mark.parametrize("name", CASES)
def test_it_shows_itself_to_the_right_people(knock, name, who):
    assert knock(name, who).status_code == CASES[name].statuses[who]


@pytest.mark.parametrize("name", READ)
def test_it_is_there_for_those_it_is_for(knock, name):
    case = CASES[name]
    if case.who in VIEWERS:
        pytest.skip("stands in the statuses")
    assert knock(name, case.who).status_code in ((302,) if case.no_axe else (200,))
