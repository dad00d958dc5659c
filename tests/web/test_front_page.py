"""The front page: what goes on, and what became of people's words."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import AT, make_consultation, make_party, make_statement, make_theme, make_version_with
from tests.factories_threads import make_world, put_under

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


@pytest.fixture
def world(at):
    return make_world()


def test_what_is_live_is_shown_with_its_question(client, world):
    page = text(client.get("/"))
    assert page.count("<h1") == 1
    assert world.question.text in page
    assert "I gang nu" in page
    assert "i dag til kl. 16.00" in page
    assert "4 har skrevet" in page
    assert f'href="/v/{world.conference.short_code}"' in page


def test_the_next_open_consultation_takes_the_place_of_what_is_not_live(client, world):
    type(world.conference).objects.update(
        starts_at=AT - timedelta(days=9), ends_at=AT - timedelta(days=8), input_closes_at=AT - timedelta(days=8)
    )
    page = text(client.get("/"))
    live = page[page.index('class="tov-live"') :][:900]
    assert world.plan.title in live
    assert "17 dage tilbage" in " ".join(live.split())


def test_nothing_open_says_when_the_next_begins(client, at):
    make_consultation(opens_at=AT + timedelta(days=42), deadline_at=AT + timedelta(days=80))
    page = text(client.get("/"))
    assert "Intet er åbent lige nu." in page
    assert "Næste høring begynder 5. januar." in page
    assert 'class="tov-strip"' in page


def test_an_empty_house_has_a_front_page(client, at):
    page = text(client.get("/"))
    assert "Næste høring er ikke sat i kalenderen endnu." in page
    assert "Det begynder ved den første konference." in page


def test_the_last_day_of_a_consultation_says_so(client, at):
    make_consultation(deadline_at=AT + timedelta(hours=2))
    page = text(client.get("/"))
    assert "Lukker i dag" in page
    assert "lukker i dag" in page


def test_the_board_shows_how_many_have_approved(client, world, at):
    from tests.factories_threads import make_adoption

    version = make_version_with(1, published=True)
    make_adoption(version, make_party(), make_party()).delete()
    version.approvals.filter(pk=version.approvals.first().pk).update(outcome="asked")
    page = text(client.get("/"))
    assert "<strong>1 af 2</strong> har godkendt den samme tekst." in page
    assert f"/planer/godkendelse/{version.pk}/" in page


def test_stories_tell_both_what_happened_and_what_did_not(client, world):
    page = text(client.get("/"))
    assert "Kom ikke med i planen. Parterne vil først se erfaringerne i 2027." in page
    assert "Læs hvorfor" in page
    assert "Canarius" not in page


def test_nothing_unpublished_is_on_the_front_page(client, world):
    put_under(world.theme, make_statement(world.question, text="Kanarie i salen", state="held"))
    make_theme(world.region, name="Kanarietema", withdrawn_at=AT)
    make_version_with(2, name="Kanarieudkast")
    assert "anarie" not in text(client.get("/"))


def test_the_front_page_costs_the_same_with_one_and_three_of_each(client, world):
    def cost():
        with CaptureQueriesContext(connection) as counted:
            client.get("/")
        return len(counted)

    cost()
    before = cost()
    for _n in range(2):
        theme = make_theme(world.region)
        put_under(theme, make_statement(world.question))
        make_consultation()
    assert cost() == before
