"""The page that searches: what it shows, what it says when there is nothing, and that it tells nobody what was asked."""

import re

import pytest

from tests.factories import (
    AT,
    SYSTEM,
    make_by,
    make_conference,
    make_party,
    make_plan,
    make_question,
    make_statement,
    make_theme,
    make_version_with,
)  # fmt: skip
from tovholder.base.models import Event
from tovholder.plans import actions as plans
from tovholder.plans.queries import draft_of
from tovholder.threads import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def search(client, at):
    """Returns a function that opens the page for some words, everything written anew first."""

    def open_page(words=None, **more):
        actions.rebuild_search(by=SYSTEM, at=AT)
        asked = {} if words is None else {"q": words}
        return client.get("/soeg/", asked | more)

    return open_page


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode().split("<main")[1].split("</main>")[0]).split())


def test_a_hit_shows_its_words_where_it_lives_and_when(search):
    conference = make_conference(title="Dialog i Vejle (eksempel)")
    statement = make_statement(make_question(conference), text="Ring til <b>zebraen</b>, før jeg går.", place="Grenaa")
    response = search("zebra")
    html = response.content.decode()
    assert "1 fundet" in text_of(response)
    assert "&lt;b&gt;<mark>zebraen</mark>&lt;/b&gt;" in html
    assert f"/traade/udsagn/{statement.pk}/" in html
    assert f'<a href="/dialog/{conference.pk}/">Dialog i Vejle (eksempel)</a>' in html or "Dialog i Vejle (eksempel)" in html
    assert "Udsagn Grenaa · Dialog i Vejle (eksempel) · 24. november 2026" in text_of(response)
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in html


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (None, "Skriv et eller flere ord."),
        ("   ", "Skriv et eller flere ord."),
        ("z", "Der skal mindst to bogstaver til."),
        ("?!", "Der skal mindst to bogstaver til."),
        ("og at", "»og at« står næsten overalt"),
        ("xylofon", "Intet fundet for »xylofon«. Prøv et kortere ord."),
        ("\x00xylofon\x00", "Intet fundet for »xylofon«."),
        ("x" * 300, "Vi søger efter de første 200 tegn."),
        ("<script>alert(1)</script>", "»<script>alert(1)</script>«".replace("<", "&lt;").replace(">", "&gt;")),
    ],
)
def test_what_it_says_when_there_is_nothing(search, words, sentence):
    response = search(words)
    assert response.status_code == 200
    assert sentence in text_of(response)


def test_a_misspelt_word_leads_to_what_is_there(search):
    make_statement(text="Der var ingen plan ved udskrivning.")
    told = text_of(search("udskrvning"))
    assert "Intet fundet for »udskrvning«. Her er det, der er fundet for »udskrivning«." in told


def test_filters_are_links_with_numbers(search):
    make_statement(text="Zebraen ringede.")
    make_theme(name="Zebra")
    html = search("zebra").content.decode()
    assert '<a href="?q=zebra&amp;slags=theme">' in html
    assert re.search(r"Temaer <span[^>]*>\(1\)", html)
    narrowed = text_of(search("zebra", slags="theme"))
    assert "1 fundet" in narrowed
    assert "ringede" not in narrowed
    assert "2 fundet" in text_of(search("zebra", slags="hvad som helst"))
    assert "Intet af den slags fundet" in text_of(search("zebra", slags="goal"))


def test_pages_keep_the_words(search):
    question = make_question()
    for number in range(23):
        make_statement(question, text=f"Zebra nummer {number}")
    first, second = search("zebra"), search("zebra", side="2")
    assert "Side 1 af 2" in text_of(first)
    assert 'href="?q=zebra&amp;side=2"' in first.content.decode()
    assert 'start="21"' in second.content.decode()
    for odd in ("0", "-1", "99", "1e3", "²", "x"):
        assert search("zebra", side=odd).status_code == 200


def test_a_draft_is_marked_for_those_who_may_read_it(search, log_in):
    owner = make_party()
    make_version_with(1, make_plan(owner, title="Zebraplan"))
    assert "Intet fundet" in text_of(search("løfte"))
    log_in(("planner", owner))
    assert "Løfte Udkast, kan ændres Zebraplan" in text_of(search("løfte"))


def test_a_heading_with_nothing_below_is_a_chapter(search, log_in):
    owner = make_party()
    plan = make_plan(owner, title="Zebraplan")
    by = make_by("planner", owner)
    make_version_with(0, plan)
    plans.add_provision(draft_of(plan), label="5", heading="Genoptræning", body="", by=by, at=AT)
    log_in(("planner", owner))
    told = text_of(search("genoptræning"))
    assert "5 Genoptræning Kapitel Udkast" in told
    assert "Løfte" not in told


def test_every_page_has_the_field_but_the_search_has_its_own(client, db):
    assert 'id="tov-find"' in client.get("/planer/").content.decode()
    assert 'id="tov-find"' not in client.get("/soeg/").content.decode()
    assert client.get("/").content.decode().count('action="/soeg/"') == 2


def test_nobody_is_told_what_was_searched_for(search, caplog):
    make_statement(text="Zebraen ringede.")
    before = Event.objects.count()
    with caplog.at_level("DEBUG"):
        search("zebra")
    assert Event.objects.count() == before + 1  # the rebuilding itself
    assert "zebra" not in caplog.text.replace("INSERT", "")


def test_it_speaks_english_too(client, db):
    client.cookies["sprog"] = "en"
    assert "Type one or more words." in text_of(client.get("/soeg/"))
