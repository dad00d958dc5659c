"""What every answer carries, what it never carries, and that reading writes nothing."""

import io
import json
import logging

import pytest
from django.conf import settings
from django.test import Client

from tests import world as worlds
from tests.attacks.test_rights import counted
from tests.web.routes_cases import CASES
from tests.web.test_routes import address_of, taken_back
from tovholder.base.models import Event
from tovholder.web.server import AccessLog

pytestmark = [pytest.mark.django_db, pytest.mark.once]
READ = [name for name, case in CASES.items() if case.kind != "action"]
TRACES = ("Traceback", "File &quot;", "django/", "tovholder/web", "sqlite", "psycopg", "/home/", "site-packages", "Exception")
EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Frame-Options": "DENY",
}


def policy_of(response):
    rows = (row.split(None, 1) for row in response.headers["Content-Security-Policy"].split("; "))
    return {name: " ".join(values) for name, *values in rows}


def check(response):
    for name, value in EXPECTED.items():
        assert response.headers.get(name) == value, name
    policy = policy_of(response)
    assert policy["default-src"] == "'none'"
    if "attachment" in response.headers.get("Content-Disposition", ""):
        assert "sandbox" in policy, response.headers["Content-Disposition"]
    else:
        assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert "unsafe" not in str(policy)
    assert "*" not in str(policy)
    assert "Server" not in response.headers
    for cookie in response.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie.key in {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.DEVICE_COOKIE_NAME, "sprog", "messages"}
    control = response.headers.get("Cache-Control", "")
    if response.cookies:
        assert "private" in control or "no-store" in control or "no-cache" in control
    if "public" in control or "max-age" in control.replace("max-age=0", ""):
        assert not response.cookies


@pytest.mark.parametrize("who", [pytest.param("anonymous", marks=pytest.mark.slow), "planner"])
def test_every_page_carries_every_header_and_reading_writes_nothing(world, doors, who):
    with taken_back():
        before, events = counted(), Event.objects.count()
        for name in READ:
            response = doors[who].get(address_of(world, name))
            check(response)
            assert response.status_code < 500, name
            if response.status_code == 200 and who == "planner" and CASES[name].statuses["anonymous"] == 302:
                assert "no-store" in response.headers["Cache-Control"], name
        after = counted()
    # A moderator's look at a held text is an event on purpose; these two readers are no moderators.
    assert Event.objects.count() == events
    assert after == before


def broken(request):
    raise RuntimeError("Bodil Kanarie 010203-1234")


def test_faults_refusals_static_files_and_nonsense_carry_them_too(world, doors, settings):
    client = doors["anonymous"]
    answers = {
        200: client.get("/static/tovholder.css"),
        404: client.get("/findes/ikke/"),
        422: client.post("/traade/min/", {"code": "forkert"}),
        405: client.get("/kilder/upload/", follow=False),
        400: client.get("/", headers={"host": "ond.example"}),
    }
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    answers[403] = strict.post("/traade/min/", {"code": "x"})
    settings.ROOT_URLCONF = "tests.attacks.broken_urls"
    answers[500] = client.get("/brudt/")
    settings.ROOT_URLCONF = "tovholder.config.urls"
    for status, response in answers.items():
        if status in (400, 403, 404, 422, 500):
            assert response.status_code == status
            assert "<h1" in response.content.decode()
        check(response)
        if "html" in response.headers.get("Content-Type", ""):
            assert not any(mark in response.content.decode() for mark in TRACES), status
            assert "Kanarie" not in response.content.decode()


def test_no_form_is_taken_without_its_token(world, doors):
    strict, faults = Client(enforce_csrf_checks=True, raise_request_exception=False), []
    with taken_back():
        before = counted()
        for name in (name for name, case in CASES.items() if case.kind == "action" or case.no_list):
            strict.cookies = doors[CASES[name].who].cookies.copy()
            response = strict.post(address_of(world, name), {"text": "x"})
            if response.status_code not in (403, 404, 405) or "Traceback" in response.content.decode():
                faults.append((name, response.status_code))
        assert faults == []
        assert counted() == before


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.kind == "action"])
def test_an_action_is_not_done_by_reading(world, doors, name):
    with taken_back():
        before = counted()
        assert doors[CASES[name].who].get(address_of(world, name)).status_code < 500
        assert counted() == before


@pytest.mark.parametrize(
    "wanted",
    [
        "https://ond.example/",
        "//ond.example/",
        "/\\ond.example",
        "\\\\ond.example",
        "javascript:alert(1)",
        "http:ond.example",
        "/\t/ond.example",
        " //ond.example",
        "/%09/ond.example",
        "///ond.example",
        "/x\r\nSet-Cookie: a=b",
    ],
)
def test_no_form_leads_away_from_here(world, doors, wanted):
    from tests.factories import PASSWORD

    with taken_back():
        mail = world.users["planner"].email
        for path, data in (
            ("/sprog/", {"language": "en", "next": wanted}),
            ("/konto/login/", {"login": mail, "password": PASSWORD, "next": wanted}),
            ("/konto/login/?next=" + wanted.replace("\r\n", "%0d%0a"), {"login": mail, "password": PASSWORD}),
        ):
            response = Client(raise_request_exception=False).post(path, data)
            assert response.status_code in (200, 302), path
            where = response.headers.get("Location", "/")
            assert where.startswith("/")
            assert not where.startswith(("//", "/\\", "/\t"))
            assert "\r" not in where
            assert "\n" not in where


@pytest.mark.parametrize(
    "header",
    [{"x-forwarded-host": "ond.example"}, {"x-forwarded-for": "6.6.6.6"}, {"x-real-ip": "6.6.6.6"}, {"x-forwarded-proto": "https"}],
)
def test_what_a_stranger_claims_about_the_way_here_changes_nothing(doors, header):
    plain, claimed = doors["anonymous"].get("/"), doors["anonymous"].get("/", headers=header)
    assert "ond.example" not in claimed.content.decode()
    assert plain.status_code == claimed.status_code == 200


@pytest.mark.parametrize("host", ["ond.example", "127.0.0.1.ond.example", "127.0.0.1@ond.example", "ond.example:8000", "", "a b"])
def test_another_host_name_is_refused(doors, host):
    response = doors["anonymous"].get("/", headers={"host": host})
    assert response.status_code == 400
    assert "ond.example" not in response.content.decode()


def test_nothing_is_logged_that_points_to_a_person(world, doors, settings):
    import asyncio
    import threading

    written, lines = io.StringIO(), []
    listener = logging.StreamHandler(written)
    logging.getLogger().addHandler(listener)
    before = logging.getLogger().level
    logging.getLogger().setLevel(logging.INFO)
    try:
        with taken_back():
            client = doors["anonymous"]
            client.get("/traade/?q=Kanarie+010203-1234")
            client.post("/traade/min/", {"code": "kanarie kanarie kanarie kanarie kanarie"})
            client.post(address_of(world, "live:write"), {"text": "Ring til Tordis Kanarie 010203-1234", "step": "send"})
            client.get("/kanarie/findes/ikke/?mail=kanarie@example.dk")
            client.get("/", headers={"host": "kanarie.example"})
            settings.ROOT_URLCONF = "tests.attacks.broken_urls"
            client.get("/brudt/?cpr=kanarie")
    finally:
        logging.getLogger().removeHandler(listener)
        logging.getLogger().setLevel(before)

    async def answer(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def nothing(*_message):
        return None

    scope = {
        "type": "http",
        "method": "GET",
        "path": "/kanarie/",
        "query_string": b"q=kanarie",
        "headers": [(b"cookie", b"kanarie")],
        "client": ("10.9.8.7", 1),
    }
    # A thread of its own: a browser test may have left an event loop running in this one.
    alone = threading.Thread(target=asyncio.run, args=(AccessLog(answer, lines.append)(scope, nothing, nothing),))
    alone.start()
    alone.join()
    assert set(json.loads(lines[0])) == {"at", "request", "method", "route", "status", "ms", "sql"}
    for hidden in ("kanarie", "10.9.8.7", "010203", *worlds.HIDDEN.values()):
        assert hidden.lower() not in (written.getvalue() + "".join(lines)).lower()
