"""What every request is given at the door, and what every response carries away."""

from datetime import UTC, datetime

import pytest
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.cache import patch_vary_headers

from tovholder.web.front import NOTED
from tovholder.web.middleware import doorstep, never_stored

pytestmark = pytest.mark.once


def visit(view, noted=None, **attributes):
    request = RequestFactory().get("/")
    if noted is not None:
        request.META["asgi.scope"] = {NOTED: noted}
    for name, value in attributes.items():
        setattr(request, name, value)
    return request, doorstep(view)(request)


def varying(request):
    response = HttpResponse("")
    patch_vary_headers(response, ["Cookie"])
    return response


def test_the_moment_is_read_once_and_knows_its_zone():
    before = datetime.now(UTC)
    seen = []
    request, _ = visit(lambda request: seen.extend([request.at, request.at]) or HttpResponse(""))
    assert seen == [request.at, request.at]
    assert before <= request.at <= datetime.now(UTC)
    assert request.at.tzinfo is UTC


def test_the_id_is_the_one_in_the_log():
    request, response = visit(lambda _: HttpResponse(""), noted={"request_id": "abc"})
    assert request.request_id == response.headers["X-Request-Id"] == "abc"


def test_without_the_server_each_request_still_has_its_own_id():
    first, second = (visit(lambda _: HttpResponse(""))[0].request_id for _ in range(2))
    assert first != second


@pytest.mark.django_db
def test_statements_are_counted_for_the_log():
    def ask_twice(_):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.execute("SELECT 2")
        return HttpResponse("")

    noted = {"request_id": "abc"}
    visit(ask_twice, noted=noted)
    assert noted["sql"] == 2


def test_a_view_may_open_what_is_closed_by_default():
    opened = HttpResponse("", headers={"Cross-Origin-Resource-Policy": "cross-origin"})
    _, response = visit(lambda _: opened)
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response.headers["Permissions-Policy"] == "camera=(), geolocation=(), microphone=()"
    assert response.headers["X-Frame-Options"] == "DENY"


def test_a_page_made_for_embedding_carries_no_frame_ban():
    embedded = HttpResponse("")
    embedded.xframe_options_exempt = True
    assert "X-Frame-Options" not in visit(lambda _: embedded)[1].headers


def test_a_page_read_from_a_session_is_never_stored():
    session = SessionStore()
    session["person"] = "x"
    _, response = visit(lambda _: HttpResponse(""), session=session)
    assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (varying, "private, no-cache"),
        (never_stored(varying), "private, no-store"),
        (lambda _: HttpResponse(""), None),
        (lambda _: HttpResponse("", headers={"Cache-Control": "max-age=60"}), "max-age=60"),
    ],
)
def test_only_pages_for_everybody_may_be_kept(view, expected):
    _, response = visit(view, session=SessionStore())
    assert response.headers.get("Cache-Control") == expected
