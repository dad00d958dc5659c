"""Doors to what is done."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_initiative, make_party
from tests.factories_threads import make_world
from tovholder.initiatives.models import Funding, Initiative, Partner, Programme, Reuse

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


@pytest.fixture
def town(at):
    return make_party("municipality", "Vejen Kommune (eksempel)")


def test_the_list_is_narrowed_by_words_status_kind_and_party(client, town):
    make_initiative(name="Udskrivning med følge", started_by=town, prevention="patient")
    make_initiative(name="Cykelvenner", status="ended", prevention="citizen")
    for query, shown, hidden in (
        ("ord=cykel", "Cykelvenner", "Udskrivning"),
        ("status=ended", "Cykelvenner", "Udskrivning"),
        ("rettet=patient", "Udskrivning", "Cykelvenner"),
        (f"part={town.pk}", "Udskrivning", "Cykelvenner"),
    ):
        page = text(client.get(f"/indsatser/?{query}"))
        assert shown in page
        assert hidden not in page
    assert "Ingen indsatser passer" in text(client.get("/indsatser/?ord=xyzzy"))
    assert "Cykelvenner" in text(client.get("/indsatser/?status=ukendt"))


def test_the_list_costs_the_same_with_one_and_three(client, town):
    def cost():
        with CaptureQueriesContext(connection) as counted:
            client.get("/indsatser/")
        return len(counted)

    make_initiative(started_by=town)
    before = cost()
    make_initiative(started_by=town)
    make_initiative(started_by=town)
    assert cost() == before


def test_the_page_tells_everything_and_which_promise_it_keeps(client, at):
    world = make_world()
    Initiative.objects.update(
        worked="Færre blev indlagt igen.",
        worked_less="Weekenderne var svære.",
        included="Over 65 år",
        excluded="Plejehjem",
        equity_note="Vi når ikke alle.",
    )
    Partner.objects.create(initiative=world.initiative, name="Fonden (eksempel)", part="Penge")
    Funding.objects.create(initiative=world.initiative, funder="Puljen (eksempel)", amount_million_kroner="2.5")
    page = text(client.get(f"/indsatser/{world.initiative.pk}/"))
    for words in (
        "Færre blev indlagt igen.",
        "Weekenderne var svære.",
        "Over 65 år",
        "Plejehjem",
        "Vi når ikke alle.",
        "Fonden (eksempel)",
        "Puljen (eksempel)",
        "mio. kr.",
    ):
        assert words in page
    assert world.provision.pk in page
    assert f"{world.region.name}</strong>" in page
    assert "Vejen Kommune (eksempel) begyndte. Æren er deres." in page
    assert client.get("/indsatser/findes-ikke/").status_code == 404
    assert client.get("/indsatser/program/findes-ikke/").status_code == 404


def test_telling_about_an_initiative_in_a_programme(client, town, log_in):
    log_in(("coordinator", town))
    assert client.post("/indsatser/program/nyt/", {"name": "Sammen om hjemmet", "purpose": "Flere bliver hjemme."}).status_code == 302
    programme = Programme.objects.get()
    answer = client.post(
        "/indsatser/ny/", {"name": "Besøgsvenner", "purpose": "Færre er alene.", "programme": programme.pk, "status": "running"}
    )
    row = Initiative.objects.get()
    assert answer.headers["Location"] == f"/indsatser/{row.pk}/"
    assert (row.started_by, row.programme) == (town, programme)
    assert "Besøgsvenner" in text(client.get(f"/indsatser/program/{programme.pk}/"))
    assert client.post(f"/indsatser/{row.pk}/partner/", {"name": "Ældre Sagen (eksempel)"}).status_code == 302
    assert client.post(f"/indsatser/program/{programme.pk}/partner/", {"party": make_party().pk}).status_code == 302
    assert client.post(f"/indsatser/{row.pk}/penge/", {"funder": "Puljen", "amount_million_kroner": "2,5"}).status_code == 302
    assert client.post(f"/indsatser/{row.pk}/erfaring/", {"worked": "Kaffe."}).status_code == 302
    row.refresh_from_db()
    assert (row.worked, str(row.funding.get().amount_million_kroner), row.partners.count()) == ("Kaffe.", "2.50", 1)
    client.post(f"/indsatser/{row.pk}/afslut/")
    row.refresh_from_db()
    assert (row.status, str(row.ends_on)) == ("ended", "2026-11-24")


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"name": "", "purpose": "Noget"}, "Giv indsatsen et navn."),
        ({"name": "Noget", "purpose": " "}, "Skriv, hvad indsatsen skal gøre bedre, og for hvem."),
        (
            {"name": "Noget", "purpose": "Mere", "begins_on": "2. februar 2027", "ends_on": "1. februar 2027"},
            "Slutdagen ligger før første dag.",
        ),
        ({"name": "Noget", "purpose": "Mere", "begins_on": "i går"}, "Skriv"),
    ],
)
def test_a_refusal_keeps_what_was_typed(client, town, log_in, sent, sentence):
    log_in(("coordinator", town))
    response = client.post("/indsatser/ny/", {"status": "running", "method": "Vi ringer først.", **sent})
    assert response.status_code == 422
    assert sentence in text(response)
    assert "Vi ringer først." in text(response)
    assert not Initiative.objects.exists()


def test_doing_it_too_takes_one_form_and_gives_credit(client, town, log_in):
    row = make_initiative(started_by=make_party(name="Sønderborg Kommune (eksempel)"))
    assert client.get(f"/indsatser/{row.pk}/det-goer-vi-ogsaa/").status_code == 302
    log_in(("coordinator", town))
    answer = client.post(f"/indsatser/{row.pk}/det-goer-vi-ogsaa/", {"party": town.pk, "changed": "Kun hverdage."}, follow=True)
    assert "Tak til dem, der begyndte: Sønderborg Kommune (eksempel)." in text(answer)
    assert "Kun hverdage." in text(answer)
    again = client.post(f"/indsatser/{row.pk}/det-goer-vi-ogsaa/", {"party": town.pk})
    assert again.status_code == 422
    assert Reuse.objects.count() == 1


def test_nobody_speaks_for_another_party(client, town, log_in):
    other, row = make_party(), make_initiative()
    log_in(("coordinator", town))
    assert client.post(f"/indsatser/{row.pk}/det-goer-vi-ogsaa/", {"party": other.pk}).status_code == 422
    assert not Reuse.objects.exists()


def test_only_those_who_began_and_their_partners_tell_more(client, town, log_in):
    row = make_initiative(started_by=make_party())
    log_in(("coordinator", town))
    assert "Fortæl, hvad I har lært" not in text(client.get(f"/indsatser/{row.pk}/"))
    refused = client.post(f"/indsatser/{row.pk}/erfaring/", {"worked": "Alt."})
    assert refused.status_code == 403
    assert "Det kan kun de, der begyndte, og deres partnere skrive." in text(refused)
    Partner.objects.create(initiative=row, party=town)
    assert client.post(f"/indsatser/{row.pk}/erfaring/", {"worked": "Noget."}).status_code == 302


def test_telling_needs_a_mandate(client, town, log_in):
    assert client.get("/indsatser/ny/").status_code == 302
    log_in(("approver", town))
    response = client.get("/indsatser/ny/")
    assert response.status_code == 403
    assert "Det kræver et mandat" in text(response)
