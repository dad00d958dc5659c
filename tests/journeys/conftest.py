"""A real browser, a server in this process with a clock that stands still, and a page that fails the test when anything cracks."""

import re
import socket
import sqlite3
import threading
import traceback
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from tests.factories import AT, PASSWORD

PHONE, SMALL, DESK = {"width": 390, "height": 844}, {"width": 320, "height": 800}, {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@contextmanager
def _database_file(connection, folder):
    """SQLite in memory has one connection for all threads; the server needs its own, so the tables move into a file meanwhile."""
    memory, name = connection.connection, connection.settings_dict["NAME"]
    file = folder / "journey.sqlite3"
    copy = sqlite3.connect(file)
    memory.backup(copy)
    copy.close()
    connection.settings_dict["NAME"], connection.connection = str(file), None
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"], connection.connection = name, memory


@pytest.fixture(scope="module")
def db(django_db_setup, django_db_blocker, tmp_path_factory):
    """The database of one journey, empty before and after; what is written in it is committed, as in life."""
    from django.core.management import call_command
    from django.db import connection

    with django_db_blocker.unblock():
        connection.ensure_connection()
        if connection.vendor == "sqlite" and connection.is_in_memory_db():
            with _database_file(connection, tmp_path_factory.mktemp("database")):
                yield connection
        else:
            yield connection
            call_command("flush", verbosity=0, interactive=False)


class Site:
    """Where the house stands, and what its clock says."""

    def __init__(self, address):
        self.address = address
        self.moment = AT
        self.letters = []

    def wait(self, **time):
        """This will let time pass."""
        self.moment += timedelta(**time)


@pytest.fixture(scope="module")
def site(db):
    """The server, in a thread of its own; nothing but the clock is different from the one that `tovholder serve` starts."""
    from django.conf import settings
    from django.core.handlers.wsgi import WSGIHandler
    from django.core.servers.basehttp import ThreadedWSGIServer
    from django.test.testcases import QuietWSGIRequestHandler

    from tovholder.web import middleware

    class Server(ThreadedWSGIServer):
        calls = []

        def process_request(self, request, client_address):
            self.calls.append(request)
            super().process_request(request, client_address)

    server = Server(("127.0.0.1", 0), QuietWSGIRequestHandler, allow_reuse_address=False)
    here = Site(f"http://127.0.0.1:{server.server_port}")

    class Clock(middleware.datetime):
        @classmethod
        def now(cls, tz=None):
            return here.moment.astimezone(tz)

    server.set_app(WSGIHandler())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(middleware, "datetime", Clock)
        patch.setattr(settings, "ADDRESS", here.address)
        thread.start()
        yield here
        server.shutdown()
        thread.join()
        server.server_close()
        # A browser keeps its connections; hung up, their threads let go of the database.
        for call in server.calls:
            with suppress(OSError):
                call.shutdown(socket.SHUT_RDWR)
        for answering in threading.enumerate():
            if "process_request_thread" in answering.name:
                answering.join(5)


def watch(page, faults):
    """This will note everything that must never happen on a page: console errors, broken rules of the policy, server errors."""

    def heard(line):
        # A form that is answered with a sentence has status 422, which the browser calls an error.
        if line.type in ("error", "warning") and not re.match(r"Failed to load resource: .* status of 4(01|03|04|09|22|29)", line.text):
            faults.append(f"{page.url}: {line.text}")

    def answered(response):
        is_page = response.request.resource_type in ("document", "fetch", "xhr")
        if response.status >= (500 if is_page else 400):
            faults.append(f"{response.url}: {response.status}")

    page.on("console", heard)
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on("response", answered)
    return page


@pytest.fixture(scope="module")
def faults():
    """What cracked; whoever owns a journey asserts that it stays empty."""
    return []


@pytest.fixture(autouse=True)
def nothing_cracks(faults):
    """A console error, a broken policy or a server error fails the test in which it happened."""
    from django.core.signals import got_request_exception

    def cracked(**_more):
        faults.append(traceback.format_exc()[-1500:])

    del faults[:]
    got_request_exception.connect(cracked, weak=False)
    yield
    got_request_exception.disconnect(cracked)
    assert faults == []


@pytest.fixture(scope="module")
def someone(chromium, site, faults):
    """Returns a function that gives a person with a device of their own: a page in a context of its own."""
    contexts = []

    def comes(viewport=DESK, user=None, **more):
        context = chromium.new_context(viewport=viewport, locale="da-DK", timezone_id="Europe/Copenhagen", base_url=site.address, **more)
        contexts.append(context)
        context.set_default_timeout(15_000)
        if user is not None:
            context.add_cookies([{"name": "sid", "value": session_of(user), "url": site.address}])
        return watch(context.new_page(), faults)

    yield comes
    for context in contexts:
        context.close()


def session_of(user):
    """This will open a session for a log-in without the form, and return its key."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = user.pk
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key


def log_in(page, mail):
    """This will log in by the form, as a person does."""
    page.goto("/konto/login/")
    page.get_by_label("Mailadresse").fill(mail)
    page.get_by_label("Adgangskode").fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name="Log ind").click()
    assert "/login" not in page.url, page.get_by_role("main").inner_text()


__all__ = ["DESK", "PHONE", "SMALL", "log_in"]
