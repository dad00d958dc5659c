"""The same words reach the same places when scripts are switched off."""

import re

import pytest

from tests import world as worlds
from tests.journeys.conftest import PHONE, log_in
from tovholder.consultations.models import Remark
from tovholder.dialogue.models import Statement, Vote

pytestmark = pytest.mark.once

SAID = "Ingen ringede, før jeg blev sendt hjem."
REMARK = "Skriv, hvem der ringer."


@pytest.fixture(scope="module")
def world(site):
    return worlds.build()


@pytest.fixture(scope="module")
def plain(someone):
    """Returns a function that gives a person whose browser runs no scripts."""
    return lambda viewport=PHONE: someone(viewport, java_script_enabled=False)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).first.click()


def test_a_citizen_writes_and_gets_five_words(world, plain):
    page = plain()
    page.goto("/v/sund26")
    page.get_by_role("link", name="Skriv dit svar").first.click()
    page.get_by_label("Din oplevelse eller dit forslag").fill(SAID)
    page.get_by_role("radio", name="En dårlig oplevelse").check()
    press(page, "Se, hvad der bliver vist")
    assert SAID in page.get_by_role("main").inner_text()
    press(page, "Ret teksten")
    assert page.get_by_label("Din oplevelse eller dit forslag").input_value() == SAID
    press(page, "Se, hvad der bliver vist")
    press(page, "Send")
    words = page.get_by_role("main").inner_text()
    assert "Sendt. Tak." in words
    code = re.search(r"\b[a-zæøå]+(?:-[a-zæøå]+){4}\b", words)[0]
    page.goto("/")
    page.get_by_label("Din kode").fill(code)
    press(page, "Vis min tråd")
    assert SAID in page.get_by_role("main").inner_text()


@pytest.mark.slow
def test_a_citizen_weighs_and_changes_her_mind(world, plain):
    page = plain()
    page.goto("/v/sund26")
    page.get_by_role("link", name="Se andres udsagn").click()
    before = Vote.objects.count()
    first = page.get_by_role("article").inner_text()
    press(page, "Enig")
    page.get_by_role("link", name="Tilbage til forrige").click()
    assert page.get_by_role("article").inner_text() == first
    press(page, "Uenig")
    assert Vote.objects.count() == before + 1
    assert Vote.objects.order_by("-pk").first().answer == -1


@pytest.mark.slow
def test_a_moderator_shows_a_text_without_the_name(world, plain):
    page = plain({"width": 1280, "height": 900})
    log_in(page, "sara@example.dk")
    page.goto(f"/ordstyrer/{world.conference.pk}/{world.held.pk}/")
    assert worlds.HIDDEN["phone"] not in page.content()
    press(page, "Læs teksten")
    assert worlds.HIDDEN["phone"] in page.get_by_role("main").inner_text()
    page.get_by_text("Fjern ord i teksten").click()
    field = page.get_by_label("Teksten, som den bliver vist")
    field.fill(field.input_value().replace("Tordis Kanarie", "[navn fjernet]"))
    press(page, "Vis uden navnet")
    shown = Statement.objects.get(pk=world.held.pk)
    assert shown.state == "published"
    assert "Tordis" not in shown.text
    assert "61 72" not in shown.text
    page.goto("/v/sund26/skaerm")
    assert "Tordis" not in page.content()


@pytest.mark.slow
def test_a_municipality_answers_a_consultation(world, plain):
    page = plain()
    log_in(page, "villy@example.dk")
    page.goto(f"/hoeringer/svar/{world.open_response.pk}/")
    if not page.get_by_label("Bemærkning til 1.1").is_visible():
        page.get_by_text("1.1 Besked før udskrivning").first.click()
    page.get_by_label("Bemærkning til 1.1").fill(REMARK)
    press(page, "Gem og fortsæt senere")
    assert "Gemt. Du kan lukke siden og fortsætte senere." in page.get_by_role("main").inner_text()
    assert Remark.objects.filter(response=world.open_response, text=REMARK).exists()


@pytest.mark.slow
def test_a_citizen_answers_a_consultation(world, plain):
    page = plain()
    page.goto(f"/hoeringer/{world.consultation.pk}/svar/")
    page.get_by_label("Dit navn eller jeres organisation").fill("Ulla (eksempel)")
    page.get_by_role("radio", name=re.compile("^Borger")).check()
    press(page, "Begynd dit svar")
    assert re.search(r"\b[a-zæøå]+(?:-[a-zæøå]+){4}\b", page.get_by_role("main").inner_text())
    page.get_by_label("Bemærkning til hele teksten").fill(REMARK)
    press(page, "Se svaret, før du sender")
    assert REMARK in page.get_by_role("main").inner_text()
    press(page, "Send svar")
    assert "Dit svar er modtaget som nr." in page.get_by_role("main").inner_text()
