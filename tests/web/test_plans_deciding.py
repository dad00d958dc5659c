"""The approval board: who answers what, in which order, to which text."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories import AT, make_consultation
from tests.factories_plans import World, answer
from tests.web.doors_of_plans import page, sent, text
from tovholder.plans import actions, queries
from tovholder.plans.models import Adoption

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]


@pytest.fixture
def world():
    return World()


@pytest.fixture
def planner(world, log_in):
    return log_in(("planner", world.region))


def test_the_board_before_and_after_asking(client, world, planner):
    version = world.sealed()
    before = text(page(client, "board", version.pk))
    assert "4 råd skal tage stilling" in before
    past = sent(client, "ask", version.pk, due_on="1. november 2026")
    assert past.status_code == 422
    assert "1. november er gået. Vælg en dag efter i dag, 24. november." in text(past)
    assert "1. november 2026" in text(past)
    sent(client, "ask", version.pk, due_on="18. december 2026")
    client.logout()
    shown = text(page(client, "board", version.pk))
    assert "af 4 har godkendt" in shown
    assert shown.index(">Vejen<") < shown.index(">Ærø<") < shown.index(">Aabenraa<")
    assert "24 dage tilbage" in shown


def test_the_board_counts_names_the_silent_and_quotes_reservations(client, world, at):
    asked = {row.party.name: row for row in world.asked()}
    answer(asked["Region Syddanmark (eksempel)"], body="regionsrådet")
    answer(asked["Vejen Kommune"], "reserved", reservation="Punkt 3.2 skal finansieres")
    at.moment = AT + timedelta(days=22)
    shown = text(page(client, "board", asked["Vejen Kommune"].version_id))
    assert "af 4 har godkendt, én med forbehold" in shown
    assert "Tavse (2)" in shown
    assert "Ærø og Aabenraa har ikke svaret på brevet fra 24. november." in shown
    assert "»Punkt 3.2 skal finansieres«" in shown
    assert "Skriv til de to" not in shown


def test_a_new_version_is_said_on_the_old_board(client, world):
    version = world.asked()[0].version
    newer = world.sealed("Rettet", published=True)
    shown = text(page(client, "board", version.pk))
    assert "Ny version 24. november 2026" in shown
    assert reverse("plans:board", args=[newer.pk]) in shown
    assert "Ingen har godkendt denne tekst." in text(page(client, "board", newer.pk))


def test_a_health_plan_waits_for_advice_then_for_the_region(client):
    world = World("health_plan")
    authority, region = sorted(world.asked(), key=lambda row: row.step.order)
    board = authority.version_id
    assert "Venter på rådgivning fra Sundhedsstyrelsen" in text(page(client, "board", board))
    answer(authority, "advised", by=world.by)
    assert "Rådgivningen er på plads. Nu mangler" in text(page(client, "board", board))
    answer(region, body="Regionsrådet")
    assert "Regionsrådet har godkendt" in text(page(client, "board", board))


def test_an_approver_answers_for_the_own_party(client, world, log_in):
    asked = {row.party.name: row for row in world.asked()}
    vejen = asked["Vejen Kommune"]
    log_in(("approver", vejen.party))
    shown = text(page(client, "approval", vejen.pk))
    assert vejen.version.fingerprint[:4].upper() in shown
    sent(client, "agenda", vejen.pk, agenda_on="7. december 2026")
    assert "7. dec." in text(page(client, "board", vejen.version_id))
    given = {"outcome": "approved", "decided_on": "24. november 2026", "fingerprint": vejen.version.fingerprint, "body": "Vejen Byråd"}
    assert sent(client, "approval", vejen.pk, **given).url == reverse("plans:board", args=[vejen.version_id])
    assert "Vejen Byråd" in text(page(client, "approval", vejen.pk))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"outcome": ""}, "Vælg et svar."),
        ({"decided_on": ""}, "hvilken dag"),
        ({"decided_on": "31. februar 2026"}, "31. februar"),
        ({"decided_on": "25. november 2026"}, "ikke kommet endnu"),
        ({"decided_on": "1. november 2026"}, "låst 24. november 2026"),
        ({"outcome": "reserved"}, "forbeholdet"),
        ({"fingerprint": "0" * 64}, "Teksten er en anden"),
    ],
)
def test_an_answer_that_is_refused_keeps_what_was_typed(client, world, log_in, changes, sentence):
    row = next(item for item in world.asked() if item.party == world.members[0])
    log_in(("approver", row.party))
    given = {"outcome": "approved", "decided_on": "24. november 2026", "fingerprint": row.version.fingerprint, "body": "Vejen Byråd"}
    response = sent(client, "approval", row.pk, **(given | changes))
    assert response.status_code == 422
    assert sentence in text(response)
    assert "Vejen Byråd" in text(response)
    assert queries.approval(row.pk, world.by, AT).outcome == "asked"


def test_another_partys_answer_and_the_wrong_order_are_refused_with_a_sentence(client, world, log_in):
    asked = {row.party.name: row for row in world.asked()}
    aeroe = asked["Ærø Kommune"]
    log_in(("approver", world.members[0]))
    given = {"outcome": "approved", "decided_on": "24. november 2026", "fingerprint": aeroe.version.fingerprint}
    response = sent(client, "approval", aeroe.pk, **given)
    assert response.status_code == 403
    assert "mandat" in text(response)
    assert "Gem svaret" not in text(page(client, "approval", aeroe.pk))
    assert sent(client, "agenda", aeroe.pk, agenda_on="7. december 2026").status_code == 403


def test_the_region_cannot_answer_before_the_adviser(client, log_in):
    world = World("health_plan")
    region = next(row for row in world.asked() if row.party == world.region)
    log_in(("approver", world.region))
    given = {"outcome": "approved", "decided_on": "24. november 2026", "fingerprint": region.version.fingerprint}
    response = sent(client, "approval", region.pk, **given)
    assert response.status_code == 422
    assert "Sundhedsstyrelsen (eksempel) skal svare først." in text(response)


def test_adoption_from_the_board(client, world, planner):
    asked = world.asked()
    version = asked[0].version
    days = {"adopted_on": "24. november 2026", "in_force_from": "1. januar 2027"}
    early = sent(client, "adopt", version.pk, **days)
    assert early.status_code == 422
    assert "Disse mangler at sige ja" in text(early)
    for row in asked:
        answer(row)
    wrong = sent(client, "adopt", version.pk, **(days | {"in_force_from": "1. november 2026"}))
    assert "før den er vedtaget" in text(wrong)
    assert "1. november 2026" in text(wrong)
    assert not Adoption.objects.exists()
    sent(client, "adopt", version.pk, **days)
    client.logout()
    assert "Vedtaget af 4 af 4 parter, 24. november 2026" in text(page(client, "version", version.pk))


def test_a_text_is_neither_sent_nor_adopted_while_its_consultation_is_open(client, world, planner, at):
    version = world.sealed(published=True)
    make_consultation(version)
    refused = sent(client, "ask", version.pk)
    assert refused.status_code == 422
    assert "Høringen er åben til 11. december 2026 kl. " in text(refused)
    assert not queries.board(version, AT).rows
    at.moment = AT + timedelta(days=18)
    assert sent(client, "ask", version.pk).status_code == 302
    for row in queries.board(version, at.moment).rows:
        answer(row, at=at.moment)
    make_consultation(version, deadline_at=AT + timedelta(days=30))
    refused = sent(client, "adopt", version.pk, adopted_on="12. december 2026", in_force_from="1. januar 2027")
    assert refused.status_code == 422
    assert "Høringen er åben til 24. december 2026 kl. " in text(refused)
    assert not Adoption.objects.exists()


def test_the_board_of_a_small_agreement_shows_those_it_names(client, log_in):
    world = World("partnership_agreement")
    log_in(("planner", world.region))
    version = world.sealed()
    unnamed = sent(client, "ask", version.pk)
    assert unnamed.status_code == 422
    assert "Skriv først i udkastet, hvem der er parter i »Fælles vision (eksempel)«." in text(unnamed)
    actions.name_parties(world.plan, parties=world.members[:2], by=world.by, at=AT)
    assert "3 råd skal tage stilling" in text(page(client, "board", version.pk))
    sent(client, "ask", version.pk)
    shown = text(page(client, "board", version.pk))
    assert "af 3 har godkendt" in shown
    assert shown.index(">Vejen<") < shown.index(">Ærø<")
    assert "Aabenraa" not in shown


def test_those_who_are_silent_get_one_more_letter(client, world, planner, at):
    version = world.asked()[0].version
    at.moment = AT + timedelta(days=22)
    assert "Skriv til de fire" in text(page(client, "board", version.pk))
    sent(client, "remind", version.pk)
    assert "Vi har skrevet til 4 parter." in text(page(client, "board", version.pk))
