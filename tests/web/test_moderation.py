"""The moderator's desk, without script."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.dialogue.test_moderation import SHOWN, TEXT
from tests.factories import AT, make_conference, make_mandate, make_party, make_person, make_question, make_statement
from tovholder.base.by import By, Held
from tovholder.base.models import Event
from tovholder.dialogue import actions
from tovholder.dialogue.models import Statement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]


@pytest.fixture
def conference():
    return make_conference()


@pytest.fixture
def question(conference):
    return make_question(conference)


@pytest.fixture
def held(question):
    return make_statement(question, state="held", text=TEXT, marks="name")


@pytest.fixture
def desk(log_in, client, conference):
    log_in(("moderator", conference.organiser))
    return client


def page(response):
    return unescape(response.content.decode())


def decide(client, row, do, **more):
    return client.post(f"/ordstyrer/{row.conference_id}/{row.pk}/afgoer", {"do": do} | more)


def test_strangers_are_asked_to_log_in_and_others_see_nothing(client, log_in, conference, held):
    for path in ("", f"{conference.pk}/", f"{conference.pk}/{held.pk}/"):
        response = client.get(f"/ordstyrer/{path}")
        assert response.status_code == 302
        assert response["Location"].startswith("/konto/")
    log_in(("moderator", make_party()), ("planner", conference.organiser))
    assert conference.title not in page(client.get("/ordstyrer/"))
    for path in (f"{conference.pk}/", f"{conference.pk}/{held.pk}/"):
        assert client.get(f"/ordstyrer/{path}").status_code == 404
    for act in ("take", "whole", "undo"):
        assert decide(client, held, act).status_code == 404
    assert client.post(f"/ordstyrer/{conference.pk}/{held.pk}/oprindelig", {"because": "check"}).status_code == 404
    held.refresh_from_db()
    assert (held.state, held.taken_by) == ("held", "")


def test_a_held_text_is_in_no_html_before_it_is_opened(desk, conference, held):
    for path in ("", f"{held.pk}/"):
        response = desk.get(f"/ordstyrer/{conference.pk}/{path}")
        assert "Karen" not in page(response)
        assert "Holdt tilbage" in page(response)
        assert response["Cache-Control"] == "private, no-store"
    opened = desk.post(f"/ordstyrer/{conference.pk}/{held.pk}/afgoer", {"do": "take"}, follow=True)
    assert "Karen Hansens" in page(opened)
    assert "muligt navn" in page(opened)
    queue = page(opened).split('data-tov-keys="jk"')[1].split("</ul>")[0]
    assert "Karen" not in queue
    assert Event.objects.filter(kind="held_read").count() == 1


def test_showing_without_the_name_and_undoing_it(desk, conference, held):
    decide(desk, held, "take")
    shown = page(desk.get(f"/ordstyrer/{conference.pk}/{held.pk}/"))
    result = re.search(r"<textarea name=\"text\"[^>]*>\n?([^<]*)</textarea>", shown)[1]
    assert result == SHOWN
    response = decide(desk, held, "redacted", text=result, removal="name")
    assert response["Location"] == f"/ordstyrer/{conference.pk}/?sidst={held.pk}"
    after = page(desk.get(response["Location"]))
    assert "Udsagn 1 er vist på skærmen." in after
    assert "Køen er tom. Godt gået." in after
    assert Statement.objects.get(pk=held.pk).text == SHOWN
    back = desk.post(f"/ordstyrer/{conference.pk}/{held.pk}/afgoer", {"do": "undo"}, follow=True)
    assert back.status_code == 200
    assert Statement.objects.get(pk=held.pk).text == TEXT


def test_rewriting_is_refused_and_what_was_typed_is_kept(desk, held):
    decide(desk, held, "take")
    response = decide(desk, held, "redacted", text="Noget helt andet.", removal="name")
    assert response.status_code == 422
    assert "Du kan kun fjerne ord" in page(response)
    assert "Noget helt andet.</textarea>" in page(response)


def test_whole_texts_are_not_offered_when_a_cpr_number_is_in_them(desk, conference, question):
    row = make_statement(question, state="held", text="Min mor, 070761-4285, bor alene.", marks="cpr")
    decide(desk, row, "take")
    shown = page(desk.get(f"/ordstyrer/{conference.pk}/{row.pk}/"))
    assert "CPR?" in shown
    assert 'value="whole"' not in shown
    assert decide(desk, row, "whole").status_code == 422


def test_declining_asks_for_a_reason_and_keeps_it_for_the_writer(desk, question):
    row = make_statement(question, state="waiting")
    assert "Vælg en grund" in page(decide(desk, row, "decline"))
    assert decide(desk, row, "decline", declined="name").status_code == 302
    row.refresh_from_db()
    assert row.state_reason == "Vi har ikke vist din tekst, fordi den nævner en anden person ved navn. Du kan skrive den igen uden navnet."
    other = make_statement(question, state="waiting")
    decide(desk, other, "decline", declined="topic", own="Den er skrevet på en andens vegne.")
    other.refresh_from_db()
    assert other.state_reason == "Den er skrevet på en andens vegne."


def test_what_another_has_taken_says_so(desk, conference, held):
    sara = make_person("Sara")
    make_mandate(sara, "moderator", conference.organiser)
    other = By(person=sara.pk, name=str(sara), mandates=(Held("moderator", conference.organiser_id),), on_behalf_of=conference.organiser_id)
    actions.take(held, by=other, at=AT)
    assert "Sara (eksempel) har den" in page(desk.get(f"/ordstyrer/{conference.pk}/"))
    response = decide(desk, held, "take")
    assert response.status_code == 422
    assert "Sara (eksempel) har den. Tag den næste." in page(response)
    assert "Karen" not in page(response)


def test_the_original_is_shown_once_with_a_reason(desk, conference, held):
    decide(desk, held, "take")
    decide(desk, held, "redacted", text=SHOWN, removal="name")
    assert "Karen" not in page(desk.get(f"/ordstyrer/{conference.pk}/{held.pk}/"))
    address = f"/ordstyrer/{conference.pk}/{held.pk}/oprindelig"
    assert desk.post(address, {"because": "nysgerrig"}).status_code == 403
    assert desk.get(address).status_code == 405
    response = desk.post(address, {"because": "complaint"})
    assert "Karen Hansens" in page(response)
    assert response["Cache-Control"] == "private, no-store"
    assert Event.objects.filter(kind="original_read").count() == 1


def test_a_shown_statement_is_withdrawn_from_the_desk(desk, question):
    row = make_statement(question)
    assert decide(desk, row, "withdraw").status_code == 422
    assert decide(desk, row, "withdraw", declined="name").status_code == 302
    row.refresh_from_db()
    assert row.state == "withdrawn"


def test_unknown_acts_and_other_conferences_statements_are_not_found(desk, conference, question):
    row, foreign = make_statement(question, state="waiting"), make_statement(state="waiting")
    assert decide(desk, row, "slet").status_code == 404
    assert desk.post(f"/ordstyrer/{conference.pk}/{foreign.pk}/afgoer", {"do": "whole"}).status_code == 404
    assert desk.get(f"/ordstyrer/{conference.pk}/{foreign.pk}/").status_code == 404


def test_the_desk_takes_the_same_queries_with_one_and_with_three(desk, conference, question):
    counted = []
    for n in (1, 2):
        for number in range(n):
            make_statement(question, state="waiting", text=f"Udsagn {n}{number} siger noget", written_at=AT - timedelta(minutes=number))
        for path in ("", f"{conference.pk}/"):
            with CaptureQueriesContext(connection) as captured:
                assert desk.get(f"/ordstyrer/{path}").status_code == 200
            counted.append(len(captured))
    assert counted[:2] == counted[2:]
