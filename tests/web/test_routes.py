"""Every address there is: who gets what, how many questions it asks, that reading never writes, and that nothing hidden shows."""

import hashlib
import re
from collections import Counter
from contextlib import contextmanager
from functools import cache

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from tests import world as worlds
from tests.factories import AT
from tests.web.routes_cases import CASES, part_of
from tests.world_grown import grow

pytestmark = pytest.mark.once

READ = {name: case for name, case in CASES.items() if case.kind != "action"}
# The first is one page with two addresses; the second says the same to whoever did not get in.
SAME = {("moderation:queue", "moderation:item"), ("socialaccount_login_cancelled", "socialaccount_login_error")}
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
def db(django_db_setup, django_db_blocker):
    """One transaction for the whole file; each test takes its own writes back."""
    with django_db_blocker.unblock(), taken_back():
        yield


@pytest.fixture(scope="module")
def world(db, clock):
    return worlds.build()


@pytest.fixture(scope="module")
def doors(world):
    """A client for everyone who comes to the door."""
    clients = {"anonymous": Client()}
    for name, user in world.users.items():
        clients[name] = Client()
        if name != "invited":
            clients[name].force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return clients


@pytest.fixture(scope="module")
def knock(world, doors):
    """Returns a function that opens a case's address as someone, once; what it writes is taken back."""

    @cache
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


@pytest.mark.parametrize("name", [name for name, case in READ.items() if case.who not in VIEWERS])
def test_it_is_there_for_those_it_is_for(knock, name):
    assert knock(name, CASES[name].who).status_code == (302 if CASES[name].no_axe else 200)


def asked(world, doors, name):
    """How many questions a page asks the database when it is opened once more."""
    case = CASES[name]
    doors[case.who].get(address_of(world, name))
    with CaptureQueriesContext(connection) as captured:
        assert doors[case.who].get(address_of(world, name)).status_code == 200
    return Counter(re.sub(r"IN \([^)]*\)", "IN (…)", row["sql"].split("WHERE")[0]) for row in captured.captured_queries)


@pytest.fixture(scope="module")
def counted(world, doors):
    """What each list asks with one of everything and with three: {name: (one, three)}."""
    lists = [name for name, case in CASES.items() if case.kind == "list"]
    with taken_back():
        one = {name: asked(world, doors, name) for name in lists}
    with taken_back():
        grow(world)
        return {name: (one[name], asked(world, doors, name)) for name in lists}


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.kind == "list"])
def test_a_list_asks_the_same_for_one_and_for_three(counted, name):
    one, three = counted[name]
    assert sum(three.values()) == sum(one.values()), (three - one, one - three)


def fingerprint():
    """What every table holds, as {table: (rows, digest)}."""
    found = {}
    for model in apps.get_models():
        rows = sorted(map(repr, model.objects.order_by().values_list()))
        found[model._meta.db_table] = (len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest())
    return found


# tests/attacks/test_headers.py reads everything as a planner every time, and sees that nothing was written.
@pytest.mark.slow
@pytest.mark.parametrize("who", ["anonymous", "planner", "moderator", "coordinator"])
def test_reading_never_writes(world, doors, who):
    with taken_back():
        before = fingerprint()
        for name, case in READ.items():
            if case.kind != "download" or case.who == who:
                doors[who].get(address_of(world, name))
        assert fingerprint() == before


PAGES = [name for name, case in READ.items() if not case.no_axe]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_one_heading_a_title_and_its_language(knock, name):
    html = knock(name, CASES[name].who).content.decode()
    assert '<html lang="da"' in html
    assert len(re.findall(r"<h1[ >]", html)) == 1
    assert len(re.findall(r"<main[ >]", html)) == 1
    assert re.search(r"<title>\s*\S[^<]*</title>", html)
    assert "{{" not in html
    assert "{%" not in html


def title_of(response):
    return " ".join(re.search(r"<title>(.*?)</title>", response.content.decode(), re.DOTALL)[1].split())


def test_no_two_pages_have_the_same_title(knock):
    found = {}
    for name in PAGES:
        found.setdefault(title_of(knock(name, CASES[name].who)), []).append(name)
    alike = [f"{title}: {', '.join(names)}" for title, names in found.items() if len(names) > 1 and tuple(names) not in SAME]
    if alike:
        pytest.fail("\n".join(alike), pytrace=False)


@pytest.mark.parametrize("name", [name for name, case in READ.items() if case.kind != "download"])
def test_a_page_carries_the_headers_that_protect(knock, name):
    response = knock(name, CASES[name].who)
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("name", [name for name, case in READ.items() if case.who != "anonymous"])
def test_a_working_page_is_kept_nowhere(knock, name):
    assert "no-store" in knock(name, CASES[name].who).get("Cache-Control", "")


@pytest.mark.parametrize("who", ["anonymous", "foreign"])
@pytest.mark.parametrize("name", CASES)
def test_nothing_hidden_shows(knock, name, who):
    response = knock(name, who)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    for word, text in worlds.HIDDEN.items():
        assert text.encode() not in body, word


def test_the_canaries_are_alive(knock):
    """What is hidden shows where it should, so that the test above can fail."""
    seen = {
        "draft plan": knock("plans:list", "planner"),
        "waiting": knock("moderation:queue", "moderator"),
        "draft conference": knock("dialogue:list", "planner"),
        "draft remark": knock("consultations:response", "coordinator"),
        "next draft": knock("plans:edit", "planner"),
    }
    for word, response in seen.items():
        assert worlds.HIDDEN[word] in response.content.decode(), word


def test_a_held_text_is_not_in_the_queue(knock):
    queue = knock("moderation:queue", "moderator").content.decode()
    assert worlds.HIDDEN["phone"] not in queue
    assert worlds.HIDDEN["held"] not in queue
