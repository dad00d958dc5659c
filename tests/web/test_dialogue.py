from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import AT, make_conference, make_party, make_question, make_statement, make_theme
from tests.factories_dialogue import (
    CANARY,
    make_agenda_item,
    make_dialogue,
    make_group,
    make_group_statement,
    make_meeting,
    make_member,
    make_programme_item,
    make_topic,
    put,
)
from tovholder.dialogue.models import Theme

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]


def url(name, *which):
    return reverse(f"dialogue:{name}", args=which)


@pytest.fixture
def world():
    return make_dialogue()


PUBLIC = [
    ("list",), ("conference", "conference"), ("series", "series"), ("groups",), ("group", "group"), ("meeting", "meeting"), ("themes",),
    ("theme", "theme"), ("statement", "statement"),
]  # fmt: skip


@pytest.mark.parametrize("where", PUBLIC, ids=lambda where: where[0])
def test_public_pages_open_and_hold_nothing_unpublished(client, world, where):
    answer = client.get(url(where[0], *(world[name].pk for name in where[1:])))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert CANARY not in text
    assert text.count("<h1") == 1


@pytest.mark.parametrize("where", ["conference", "series", "group", "meeting", "theme", "statement"])
def test_what_does_not_exist_is_not_found(client, world, where):
    assert client.get(url(where, "0" * 26)).status_code == 404


def test_a_draft_is_not_found_by_strangers_and_found_by_its_own(client, world, log_in):
    draft = url("conference", world["draft"].pk)
    assert client.get(draft).status_code == 404
    log_in(("planner", make_party()))
    assert client.get(draft).status_code == 404
    log_in(("planner", world["draft"].organiser))
    assert client.get(draft).status_code == 200
    assert f"{CANARY} kladde" in client.get(url("list")).content.decode()


@pytest.mark.parametrize("state", ["waiting", "held", "declined", "withdrawn"])
def test_an_unpublished_statement_has_no_page_even_for_its_moderator(client, world, log_in, state):
    hidden = make_statement(world["question"], state=state)
    log_in(("moderator", world["conference"].organiser))
    assert client.get(url("statement", hidden.pk)).status_code == 404


def test_counts_hold_only_public_statements(client, world):
    text = client.get(url("theme", world["theme"].pk)).content.decode()
    assert ">1 udsagn</h2>" in text
    assert "1 udsagn</p>" in client.get(url("conference", world["conference"].pk)).content.decode()


def test_the_list_shows_the_live_question_and_says_so_when_nothing_is_there(client, world):
    text = client.get(url("list")).content.decode()
    assert "I gang nu" in text
    assert world["question"].text in text
    assert reverse("live:conference", args=[world["conference"].short_code]) in text


def test_empty_lists_say_what_comes(client):
    assert "Ingen er meldt ud endnu" in client.get(url("list")).content.decode()
    assert "Ingen temagrupper endnu" in client.get(url("groups")).content.decode()
    assert "Ingen temaer endnu" in client.get(url("themes")).content.decode()


def test_the_conference_page_carries_film_text_facts_and_code(client, world):
    text = client.get(url("conference", world["conference"].pk)).content.decode()
    for words in (
        "En kvinde fortæller.",
        "https://example.dk/film",
        "Første",
        "Borgmestre",
        "Referat, pkt. 7",
        world["conference"].short_code,
    ):
        assert words in text


def test_what_people_said_is_narrowed_from_the_address(client, world):
    make_statement(world["question"], text="Fra en læge", sector="practice", kind="bad_experience")
    address = url("conference", world["conference"].pk)
    text = client.get(address, {"sektor": "practice"}).content.decode()
    assert "Fra en læge" in text
    assert "Ring til kommunen først." not in text
    assert "Ingen har sagt noget, der passer" in client.get(address, {"slags": "good_experience"}).content.decode()
    assert client.get(address, {"slags": "nonsens", "side": "99"}).status_code == 200


def test_a_paused_group_says_since_when_and_why(client):
    group = make_group(status="paused", status_on=AT.date(), status_reason="Koordinatoren er på orlov.")
    text = client.get(url("group", group.pk)).content.decode()
    assert ">På pause siden 24. november 2026</span> fordi: Koordinatoren er på orlov." in text


def test_a_withdrawn_theme_keeps_its_page(client, world):
    Theme.objects.filter(pk=world["theme"].pk).update(withdrawn_at=AT)
    assert "Trukket tilbage 24. november 2026" in client.get(url("theme", world["theme"].pk)).content.decode()
    assert world["theme"].name not in client.get(url("themes")).content.decode()


def more(world, n):
    """n more of everything that stands in lists."""
    for _n in range(n):
        here, group = world["conference"], world["group"]
        other = make_conference(here.organiser, series=here.series)
        make_question(other)
        past = make_conference(starts_at=AT - timedelta(days=9), ends_at=AT - timedelta(days=8), input_opens_at=None, input_closes_at=None)
        past.questions.create(thing=past.organiser.thing.__class__.objects.create(kind="question", created_at=AT), text="Hvad?")
        make_programme_item(here)
        row = make_statement(make_question(here))
        put(world["theme"], row)
        theme = make_theme(here.organiser, conference=here)
        put(theme, row)
        make_statement(world["question"])
        make_group()
        member = make_member(group, is_contact=True)
        topic = make_topic(group, text=f"Emne {theme.pk}")
        topic.supporters.add(member.party)
        make_group_statement(group)
        make_meeting(group)
        make_agenda_item(world["meeting"], topic=topic, concerns=["municipality"])


@pytest.mark.parametrize("where", [*PUBLIC, ("desk", "conference")], ids=lambda where: where[0])
def test_pages_ask_as_often_with_three_as_with_one(client, world, log_in, where):
    log_in(("planner", world["conference"].organiser), ("group_coordinator", world["group"].host))
    address = url(where[0], *(world[name].pk for name in where[1:]))
    counts = []
    for extra in (1, 2):
        more(world, extra)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_themes_page_draws_and_tells_the_same_numbers(client, world):
    text = client.get(url("themes")).content.decode()
    assert "<svg" in text
    assert "1 udsagn er samlet i temaer." in text
    assert "<table" in text


def test_a_long_statement_is_no_heading(client, world):
    long = make_statement(world["question"], text="Vi venter. " * 40)
    text = client.get(url("statement", long.pk)).content.decode()
    assert f"<h1>Udsagn {long.number}</h1>" in text
    assert "»Vi venter." in text
