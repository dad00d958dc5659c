"""What every test may lean on."""

import os
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
_not_run = []


def pytest_collection_modifyitems(items):
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
