"""Log-ins by invitation, and a person's own page."""

import re

import pytest
from django.core import mail

from tests.factories import PASSWORD, make_party, make_plan, make_user, make_version_with
from tests.factories_threads import make_world
from tovholder.parties import actions as parties

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


@pytest.fixture
def region(at):
    return make_party(name="Region Syddanmark (eksempel)")


def log_in_with(client, user, password=PASSWORD, **more):
    return client.post("/konto/login/", {"login": user.email, "password": password, **more})


def test_log_in_leads_where_one_was_going_and_only_there(client, region):
    user = make_user(("planner", region))
    assert log_in_with(client, user, next="/traade/huller/").headers["Location"] == "/traade/huller/"
    client.post("/konto/logout/")
    for bad in ("https://example.com/", "//example.com/", "javascript:alert(1)"):
        assert log_in_with(client, user, next=bad).headers["Location"] == "/", bad
        client.post("/konto/logout/")


def test_a_wrong_password_says_so_in_danish_and_keeps_the_address(client, region):
    user = make_user(("planner", region))
    page = text(log_in_with(client, user, password="forkert"))
    assert user.email in page
    assert "Log ind" in page
    assert "placeholder" not in page.partition("<main")[2]
    assert not re.search(r"\b(The|Your|Password)\b", re.sub(r"<[^>]+>", " ", page))


def test_nobody_signs_up_or_keeps_addresses_here(client, at):
    for address in ("opret", "signup", "email", "confirm-email", "udefra", "3rdparty", "social/signup", "reauthenticate"):
        assert client.get(f"/konto/{address}/").status_code == 404, address


def test_a_forgotten_password_is_replaced_by_a_link(client, region):
    user = make_user(("planner", region))
    response = client.post("/konto/adgangskode/glemt/", {"email": user.email}, follow=True)
    assert "Linket er sendt" in text(response)
    [letter] = mail.outbox
    assert "Vælg den her:" in letter.body
    link = re.search(r"https?://[^/]+(/\S+)", letter.body)[1]
    page = client.get(link, follow=True)
    form = page.redirect_chain[-1][0]
    assert "Vælg en ny adgangskode" in text(page)
    short = client.post(form, {"password1": "kort", "password2": "kort"})
    assert short.status_code == 200
    assert text(short).count("<h1") == 1
    done = client.post(form, {"password1": "ny-birk-kompas-2027", "password2": "ny-birk-kompas-2027"}, follow=True)
    assert "Adgangskoden er skiftet" in text(done)
    assert log_in_with(client, user, password="ny-birk-kompas-2027").status_code == 302
    assert "Linket virker ikke mere" in text(client.get(link, follow=True))


def test_an_unknown_address_gets_the_same_page(client, at):
    response = client.post("/konto/adgangskode/glemt/", {"email": "ukendt@example.dk"}, follow=True)
    assert "Linket er sendt" in text(response)
    assert [letter.to for letter in mail.outbox] == [["ukendt@example.dk"]]
    assert "http" not in mail.outbox[0].body


def test_changing_the_password(client, region, log_in):
    log_in(("planner", region))
    assert "Skift adgangskode" in text(client.get("/konto/adgangskode/skift/"))
    new = "ny-birk-kompas-2027"
    assert client.post("/konto/adgangskode/skift/", {"oldpassword": PASSWORD, "password1": new, "password2": new}).status_code == 302


def test_my_page_shows_what_waits_and_nobody_elses(client, region, log_in):
    town = make_party("municipality", "Vejen Kommune (eksempel)")
    user = log_in(("planner", region), ("coordinator", town))
    world = make_world()
    mine, other = make_plan(region, title="Min kladde"), make_plan(title="Kanariekladde")
    make_version_with(1, plan=mine)
    make_version_with(1, plan=other)
    from tests.factories import AT, SYSTEM

    parties.give_task(what="Skriv til de tre", owner=region, about=world.plan.pk, by=SYSTEM, at=AT)
    parties.give_task(what="Kanarieopgave", owner=other.owner, about=world.plan.pk, by=SYSTEM, at=AT)
    response = client.get("/konto/min/")
    page = text(response)
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "Min kladde" in page
    assert "Skriv til de tre" in page
    assert "anarie" not in page
    assert str(user.person) in page
    assert "Vejen Kommune (eksempel)" in page


def test_my_page_needs_a_log_in(client, at):
    assert client.get("/konto/min/").headers["Location"] == "/konto/login/?next=/konto/min/"


def test_acting_for_another_of_the_own_parties(client, region, log_in):
    town = make_party("municipality", "Vejen Kommune (eksempel)")
    log_in(("planner", region), ("coordinator", town))
    assert "Du handler på vegne af Region Syddanmark (eksempel)." in text(client.get("/konto/min/"))
    assert client.post("/paa-vegne-af/", {"party": town.pk, "next": "//example.com"}).headers["Location"] == "/konto/min/"
    assert "Du handler på vegne af Vejen Kommune (eksempel)." in text(client.get("/konto/min/"))
    assert client.post("/paa-vegne-af/", {"party": make_party().pk}).status_code == 404
    assert client.get("/paa-vegne-af/").status_code == 405
    client.logout()
    assert client.post("/paa-vegne-af/", {"party": town.pk}).status_code == 302


def test_my_page_costs_the_same_with_one_and_three(client, region, log_in):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    log_in(("planner", region))

    def cost():
        with CaptureQueriesContext(connection) as counted:
            client.get("/konto/min/")
        return len(counted)

    make_version_with(1, plan=make_plan(region))
    before = cost()
    for _n in range(2):
        make_version_with(1, plan=make_plan(region))
    assert cost() == before
