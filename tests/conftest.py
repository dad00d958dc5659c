"""What every test may lean on."""

import os
from contextlib import ExitStack
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("TOVHOLDER_SHARED", ROOT.parent / "shared"))
# A browser test leaves an event loop running in its process, and Django would then refuse the database to every test after it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
CALM = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
]
_not_run, _drawn = [], ExitStack()


# Folders with few and long tests; the others follow as they come.
LONG = ("journeys", "cli", "benchmarks", "attacks", "web")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    folders = {item: item.path.relative_to(ROOT).parts[1] for item in items}
    items.sort(key=lambda item: LONG.index(folders[item]) if folders[item] in LONG else len(LONG))
    for item in items:
        # Pages ask the rooms, and the rooms are tried on both databases every time; the pages on the second one in the thorough run.
        if folders[item] == "web":
            item.add_marker(pytest.mark.once)
    if SHARED.is_dir():
        return
    for item in items:
        if item.get_closest_marker("oracle"):
            _not_run.append(item.nodeid)
            reason = "reference data are not beside this clone"
            item.add_marker(pytest.mark.skip(reason=reason) if os.environ.get("REQUIRE_SHARED") != "1" else pytest.mark.missing_shared)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    if item.get_closest_marker("missing_shared"):
        pytest.fail("REQUIRE_SHARED=1, but the reference data are not beside this clone", pytrace=False)


def pytest_terminal_summary(terminalreporter):
    if _not_run:
        terminalreporter.write_line(f"{len(_not_run)} oracle tests not run")


def pytest_configure():
    """Tables are made as `tovholder demo` makes them: four test databases would else cost ten seconds each."""
    from tovholder.cli.tables import drawn_once

    _drawn.enter_context(drawn_once())


def pytest_unconfigure():
    _drawn.close()


@pytest.fixture(scope="session", autouse=True)
def light_passwords():
    """Passwords are hashed as always but few times over: a third of a second for each person in each test is a third of the suite."""
    from django.contrib.auth.hashers import PBKDF2PasswordHasher

    PBKDF2PasswordHasher.iterations = 1_000


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests of this process: a second one could not be started beside it."""
    from tests import machine

    program = machine.browser()
    if program is None:
        if os.environ.get("ALLOW_SKIP") == "1":
            pytest.skip("no browser on this machine")
        pytest.fail("No browser: install chromium, or set ALLOW_SKIP=1")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tool:
        found = tool.chromium.launch(executable_path=program, args=CALM)
        yield found
        found.close()


@pytest.fixture
def shared():
    return SHARED


@pytest.fixture
def log_in(client, db):
    """Returns a function that logs the client in as a person with the (role, party) pairs, and returns the user."""
    from tests.factories import make_user

    def log_in_as(*pairs):
        user = make_user(*pairs)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return user

    return log_in_as


@pytest.fixture(scope="module")
def _denmark_loaded(django_db_setup, django_db_blocker):
    from django.db import transaction

    from tests.factories import AT
    from tovholder.base.by import SYSTEM
    from tovholder.parties import actions

    with django_db_blocker.unblock(), transaction.atomic():
        actions.load_denmark(by=SYSTEM, at=AT)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def denmark(_denmark_loaded, db):
    """Regions, municipalities, clusters and councils as they are: loaded once for a whole file, and as they were after each test."""


@pytest.fixture
def at(monkeypatch):
    """Makes the door's one moment the tests' own, so that periods and deadlines stand still."""
    from tests.factories import AT
    from tovholder.web import middleware

    class Clock(middleware.datetime):
        moment = AT

        @classmethod
        def now(cls, tz=None):
            return cls.moment.astimezone(tz)

    monkeypatch.setattr(middleware, "datetime", Clock)
    return Clock
