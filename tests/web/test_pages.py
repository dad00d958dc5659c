"""Doors to the pages about the house, and the doors for machines."""

import json

import pytest

from tests.factories import make_conference, make_notice, make_party
from tests.factories_threads import make_world
from tovholder.base.models import Thing

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("address", ["/om/dine-ord/", "/om/tilgaengelighed/", "/om/kontakt/", "/aarshjul/", "/design/"])
def test_pages_open_with_one_heading_in_an_empty_house(client, at, address):
    response = client.get(address)
    assert response.status_code == 200
    assert text(response).count("<h1") >= 1
    assert "vildtvoksende" not in text(response)


def test_privacy_lists_the_notices_that_still_hold(client, at):
    region = make_party(name="Region Syddanmark (eksempel)")
    make_notice(region, name="Dialogkonference 2026")
    make_notice(region, name="Gammel kanarie", delete_on=at.moment.date())
    page = text(client.get("/om/dine-ord/"))
    assert "Dialogkonference 2026" in page
    assert "Region Syddanmark (eksempel)" in page
    assert "Gammel kanarie" not in page
    assert "ikke en hemmelig afstemning" in page
    assert "dpo@example.dk" in text(client.get("/om/kontakt/"))


def test_the_year_wheel_turns(client, at):
    world = make_world()
    make_conference(title="Kanarie", state="draft")
    page = text(client.get("/aarshjul/"))
    assert f"Frist: {world.consultation.title}" in page
    assert "11. december 2026" in page
    assert "Kanarie" not in page
    assert "Intet har en dato det år" in text(client.get("/aarshjul/?aar=2025"))
    for odd in ("abc", "99999", "0", "²²²²", ""):
        assert "Årets gang 2026" in text(client.get("/aarshjul/", {"aar": odd}))


def test_the_language_is_kept_and_leads_only_to_own_paths(client, at):
    response = client.post("/sprog/", {"language": "en", "next": "/traade/?q=x"})
    assert response.headers["Location"] == "/traade/?q=x"
    assert response.cookies["sprog"].value == "en"
    for bad in ("https://example.com/", "//example.com", "/\\example.com", "javascript:alert(1)", "http:///example.com", ""):
        assert client.post("/sprog/", {"language": "da", "next": bad}).headers["Location"] == "/", bad
    assert client.get("/sprog/").status_code == 405


def test_the_machine_doors(client, at):
    assert text(client.get("/healthz")) == "ok\n"
    before = Thing.objects.count()
    assert (client.get("/readyz").status_code, Thing.objects.count()) == (200, before)
    told = text(client.get("/.well-known/security.txt"))
    assert "Contact: http" in told
    assert "Expires: 2027-" in told


def test_readyz_says_no_when_nothing_can_be_written(client, at):
    from django.db import OperationalError, connection

    def broken(execute, sql, params, many, context):
        if sql.startswith("INSERT"):
            raise OperationalError("disk is full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(broken):
        assert client.get("/readyz").status_code == 503


def test_a_fault_can_be_looked_up_by_its_number_without_anyones_words(client, monkeypatch, caplog):
    from tovholder.web.parties import views

    def fall(*args, **kwargs):
        raise RuntimeError("Karen fra 5B")

    monkeypatch.setattr(views.queries, "parties_on", fall)
    client.raise_request_exception = False
    response = client.get("/parter/register/?ord=Karen")
    assert response.status_code == 500
    told = next(row.getMessage() for row in caplog.records if row.name == "tovholder.fault")
    number = json.loads(told)["number"]
    assert number in response.content.decode()
    assert "RuntimeError" in told
    assert "Karen" not in told
