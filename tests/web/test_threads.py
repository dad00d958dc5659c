"""Doors to threads."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import AT, make_initiative, make_statement, make_theme, make_version_with
from tests.factories_threads import CODE, make_contributor, make_world, put_under
from tovholder.intake.models import ClaimTries, Contributor
from tovholder.threads.models import Tie
from tovholder.web.threads import addresses, claims

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


@pytest.fixture
def world(at):
    return make_world()


@pytest.fixture
def person(world):
    person = make_contributor()
    type(world.statement).objects.filter(pk=world.statement.pk).update(contributor=person)
    return person


def token(response):
    return re.search(r'name="token" value="([^"]+)"', text(response))[1]


def test_every_kind_of_thread_page_opens_and_links_both_ways(client, world):
    pages = {
        f"/traade/udsagn/{world.statement.pk}/": world.theme.pk,
        f"/traade/tema/{world.theme.pk}/": world.statement.pk,
        f"/traade/afsnit/{world.provision.pk}/": world.initiative.pk,
        f"/traade/indsats/{world.initiative.pk}/": world.provision.pk,
    }
    for address, other in pages.items():
        response = client.get(address)
        assert response.status_code == 200
        assert text(response).count("<h1") == 1
        assert other in text(response)
        assert "Det, der ikke blev til noget" in text(response)
        assert "Canarius" not in text(response)


def test_hidden_and_unknown_threads_answer_alike(client, world):
    held = make_statement(world.question, state="held", text="Kanarie")
    draft = make_version_with(1).texts.get().provision_id
    gone = make_theme(world.region, withdrawn_at=AT)
    for address in (
        f"udsagn/{held.pk}",
        "udsagn/x",
        f"afsnit/{draft}",
        f"tema/{gone.pk}",
        "indsats/x",
        f"ting/{held.pk}",
        "ting/x",
        "huller/x",
    ):
        response = client.get(f"/traade/{address}/")
        assert response.status_code == 404, address
        assert "Kanarie" not in text(response)


def test_the_list_shows_how_far_and_searches(client, world):
    make_theme(world.region, name="Transport til genoptræning")
    page = text(client.get("/traade/"))
    assert page.index(world.theme.name) < page.index("Transport til genoptræning")
    assert "7 af 7 led" in page
    assert world.theme.name not in text(client.get("/traade/?q=genoptræning"))
    assert "Ingen tråde med de ord" in text(client.get("/traade/?q=xyzzy"))


def test_the_list_costs_the_same_with_one_and_three(client, world):
    def cost(address):
        with CaptureQueriesContext(connection) as counted:
            client.get(address)
        return len(counted)

    put_under(make_theme(world.region), make_statement(world.question))
    addresses = ("/traade/", "/traade/huller/")
    before = [cost(address) for address in addresses]
    for _n in range(2):
        put_under(make_theme(world.region), make_statement(world.question))
        make_version_with(2, published=True)
    assert [cost(address) for address in addresses] == before


def test_a_thing_leads_to_its_page(client, world):
    assert client.get(f"/traade/ting/{world.theme.pk}/").headers["Location"] == f"/traade/tema/{world.theme.pk}/"
    assert client.get(f"/traade/ting/{world.provision.pk}/").headers["Location"] == f"/planer/afsnit/{world.provision.pk}/"
    assert client.get(f"/traade/ting/{world.remark.pk}/").headers["Location"] == f"/hoeringer/bemaerkning/{world.remark.pk}/"
    assert client.get(f"/traade/ting/{world.by.person}/").status_code == 404


def test_every_kind_with_a_page_has_one():
    for kind in addresses.PAGES:
        assert addresses.address_of(kind, "x").startswith("/")
    assert addresses.address_of("contributor", "x") == ""
    assert addresses.address_of("theme", "") == ""


def test_a_code_shows_the_thread_at_once_and_is_never_written(client, world, person):
    response = client.post("/traade/min/", {"code": CODE})
    page = text(response)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "»Ingen vidste, at min mor kom hjem den dag.«</h1>" in page
    assert page.count("<h1") == 1
    assert CODE not in page
    assert "Tråden er nået alle syv led." in page


@pytest.mark.parametrize("typed", ["birk-birk-birk-birk-birk", "kun to", "<script>alert(1)</script>", "x" * 200])
def test_wrong_and_unknown_codes_get_one_sentence_and_keep_what_was_typed(client, world, person, typed):
    response = client.post("/traade/min/", {"code": typed})
    assert response.status_code == 422
    assert "Vi kan ikke finde den kode. Tjek stavningen – fem ord med bindestreg." in text(response)
    assert "<script>alert" not in text(response)
    assert ("x" * 200 if typed[0] == "x" else typed.split("<")[0]) in text(response)


def test_an_empty_code_asks_for_the_words(client, world):
    response = client.post("/traade/min/", {"code": " "})
    assert response.status_code == 422
    assert "Skriv de fem ord." in text(response)


def test_a_device_that_tries_at_once_again_waits_a_moment(client, world, person):
    from django.conf import settings

    from tovholder.web import acting

    client.cookies[settings.DEVICE_COOKIE_NAME] = acting._signer.sign("telefon")
    assert client.post("/traade/min/", {"code": "forkert"}).status_code == 422
    response = client.post("/traade/min/", {"code": CODE})
    assert response.status_code == 429
    assert "Vent et øjeblik, og prøv igen." in text(response)
    assert CODE in text(response)
    ClaimTries.objects.update(last_at=AT - timedelta(seconds=2))
    assert client.post("/traade/min/", {"code": CODE}).status_code == 200


def test_what_is_not_shown_is_told_to_its_author_with_the_reason(client, world, person):
    make_statement(
        world.question, state="declined", state_reason="Teksten nævner en anden ved navn.", text="Det var Karens skyld.", contributor=person
    )
    make_statement(world.question, state="waiting", text="Endnu et forslag fra mig.", contributor=person)
    page = text(client.post("/traade/min/", {"code": CODE}))
    assert page.count("<h1") == 1
    assert "Grunden er: Teksten nævner en anden ved navn." in page
    assert "Intet bliver vist, før en ordstyrer har læst det." in page
    assert "Endnu et forslag fra mig." in page


def test_sig_til_keeps_the_address(client, world, person):
    ticket = token(client.post("/traade/min/", {"code": CODE}))
    wrong = client.post("/traade/min/sig-til/", {"token": ticket, "mail": "ikke en mail"})
    assert wrong.status_code == 422
    assert "ikke en mail" in text(wrong)
    assert "Det ligner ikke en mailadresse." in text(wrong)
    assert client.post("/traade/min/sig-til/", {"token": ticket, "mail": "mig@example.dk"}).status_code == 200
    assert Contributor.objects.get(pk=person.pk).notify_mail == "mig@example.dk"
    assert "mig@example.dk" not in text(client.post("/traade/min/", {"code": CODE}))


def test_glem_mig_asks_once_and_then_forgets(client, world, person):
    ticket = token(client.post("/traade/min/", {"code": CODE}))
    asked = client.post("/traade/min/glem/", {"token": ticket})
    assert "Vil du glemmes?" in text(asked)
    assert Contributor.objects.get(pk=person.pk).forgotten_at is None
    done = client.post("/traade/min/glem/", {"token": token(asked), "sure": "1"})
    assert "Dine ord står stadig, men intet fører til dig." in text(done)
    assert Contributor.objects.get(pk=person.pk).claim is None
    assert client.post("/traade/min/", {"code": CODE}).status_code == 422
    again = client.post("/traade/min/glem/", {"token": ticket, "sure": "1"})
    assert again.status_code == 422


@pytest.mark.parametrize("address", ["sig-til", "glem"])
def test_a_ticket_that_is_old_or_made_up_does_nothing(client, world, person, address, monkeypatch):
    forged = signing.TimestampSigner(salt="noget-andet").sign(person.pk)
    old = claims.token_of(person)
    for ticket in ("", person.pk, forged):
        response = client.post(f"/traade/min/{address}/", {"token": ticket, "sure": "1", "mail": "x@example.dk"})
        assert response.status_code == 422
        assert "Skriv din kode igen." in text(response)
    monkeypatch.setattr(claims, "HALF_AN_HOUR", -1)
    assert client.post(f"/traade/min/{address}/", {"token": old, "sure": "1", "mail": "x@example.dk"}).status_code == 422
    row = Contributor.objects.get(pk=person.pk)
    assert (row.forgotten_at, row.notify_mail) == (None, "")
    assert client.get(f"/traade/min/{address}/").status_code == 405


def test_gaps_are_counted_and_only_planners_get_the_tools(client, world, log_in):
    theme = make_theme(world.region, name="Transport til genoptræning")
    page = text(client.get("/traade/huller/"))
    assert "Transport til genoptræning" in page
    assert "Knyt til et punkt" not in page
    log_in(("planner", world.region))
    page = text(client.get("/traade/huller/"))
    assert f"/traade/knyt/{theme.pk}/" in page
    assert text(client.get(f"/traade/huller/{world.plan.pk}/")).count("<h1") == 1


def test_mending_needs_a_log_in(client, world):
    for address in (f"knyt/{world.theme.pk}", f"lovkrav/{world.provision.pk}", f"indsats-til/{world.provision.pk}"):
        response = client.get(f"/traade/{address}/")
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/konto/login/?next=/traade/")


def test_a_planner_mends_three_gaps(client, world, log_in):
    log_in(("planner", world.region))
    theme, initiative = make_theme(world.region), make_initiative()
    other = world.version.texts.get(label="2").provision
    assert client.post(f"/traade/knyt/{theme.pk}/", {"provision": other.pk}).status_code == 302
    assert client.post(f"/traade/lovkrav/{other.pk}/", {"party": world.region.pk, "because": "Sundhedslovens § 205"}).status_code == 302
    assert client.post(f"/traade/indsats-til/{other.pk}/", {"initiative": initiative.pk}).status_code == 302
    assert {"answered_by", "required_by", "done_by"} == set(
        Tie.objects.filter(made_at__gt=AT - timedelta(days=1)).exclude(kind="changed").values_list("kind", flat=True)
    )
    assert "Temaet er knyttet til punktet." in text(client.get("/traade/huller/"))


def test_mending_without_a_reason_keeps_the_form(client, world, log_in):
    log_in(("planner", world.region))
    response = client.post(f"/traade/lovkrav/{world.provision.pk}/", {"party": world.region.pk, "because": ""})
    assert response.status_code == 422
    assert "Skriv, hvilken regel der kræver det." in text(response)


def test_a_coordinator_cannot_tie_a_theme(client, world, log_in):
    log_in(("coordinator", world.town))
    response = client.post(f"/traade/knyt/{world.theme.pk}/", {"provision": world.provision.pk})
    assert response.status_code == 422
    response = client.post(f"/traade/lovkrav/{world.provision.pk}/", {"party": world.region.pk, "because": "§ 1"})
    assert response.status_code == 422
    assert "Det kræver et mandat" in text(response)
