"""Time and size: too late, too much, and somebody who no longer exists. The person is told, and every word stays."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.factories import (
    AT,
    make_conference,
    make_consultation,
    make_party,
    make_plan,
    make_question,
    make_remark,
    make_response,
    make_statement,
)
from tovholder.consultations.models import Consultation, Remark, Response
from tovholder.dialogue.models import Question, Statement, Vote
from tovholder.plans.models import Plan

pytestmark = [pytest.mark.django_db, pytest.mark.once]
WORDS = "Skriv et antal timer, så alle ved det."


def test_a_question_that_closes_while_someone_writes_keeps_the_text(at):
    question = make_question(make_conference())
    client = Client(raise_request_exception=False)
    where = f"/v/{question.conference.short_code}/skriv/{question.pk}"
    assert client.get(where).status_code == 200
    Question.objects.filter(pk=question.pk).update(closes_at=AT + timedelta(minutes=1))
    at.moment = AT + timedelta(minutes=2)
    response = client.post(where, {"text": WORDS, "step": "send", "idempotency_key": "k"})
    assert response.status_code == 422
    assert "lukkede kl." in response.content.decode()
    assert WORDS in response.content.decode()
    assert not Statement.objects.exists()


def test_a_consultation_that_closes_while_a_form_is_open_keeps_the_text(log_in, client, at):
    town = make_party("municipality", "Vejen Kommune (eksempel)")
    consultation = make_consultation()
    log_in(("coordinator", town))
    response = make_response(consultation, party=town, state="draft", number=None, submitted_at=None, registered_at=None)
    where = f"/hoeringer/svar/{response.pk}/"
    assert client.get(where).status_code == 200
    at.moment = consultation.deadline_at + timedelta(seconds=1)
    answer = client.post(where, {"t-generelt": WORDS})
    assert answer.status_code in (200, 302, 422)
    page = (client.get(where) if answer.status_code == 302 else answer).content.decode()
    assert "lukkede" in page
    assert Remark.objects.get().text == WORDS
    sent = client.post(f"/hoeringer/svar/{response.pk}/gennemse/", {"send": "1"})
    assert sent.status_code == 422
    assert Response.objects.get(pk=response.pk).state == "draft"


def test_a_deadline_in_the_past_is_refused_and_says_which_day(log_in, client, at):
    from tests.factories_plans import World

    world = World()
    log_in(("planner", world.region))
    given = {
        "title": "Høring",
        "opens_on": "24-11-2026",
        "deadline_on": "20-11-2026",
        "deadline_hour": "12:00",
        "letter": WORDS,
        "accepted_word": "imødekommet",
        "purpose": "at høre",
        "legal_basis": "artikel 6",
        "delete_on": "24-12-2027",
        "contact_role": "DPO",
        "contact_mail": "a@example.dk",
    }
    response = client.post(f"/hoeringer/aabn/{world.draft.pk}/", given)
    page = response.content.decode()
    assert response.status_code == 422
    assert "gået" in page, [line for line in page.splitlines() if "error" in line][:8]
    assert WORDS in page
    assert not Consultation.objects.exists()


def test_two_who_edit_one_promise_both_keep_their_words(log_in, client, at):
    from tests.factories import make_user
    from tests.factories_plans import World

    world = World()
    log_in(("planner", world.region))
    other = Client()
    other.force_login(make_user(("planner", world.region)), backend="django.contrib.auth.backends.ModelBackend")
    where = f"/planer/version/{world.draft.pk}/afsnit/{world.provisions[1].pk}/"
    first = {"label": "1.1", "heading": "Besked", "revision": "1", "body": "Den førstes ord."}
    assert client.get(where).status_code == other.get(where).status_code == 200
    from tests.attacks.forms_on_pages import read

    revision = next(form.sent["revision"] for form in read(client.get(where))[0] if "body" in form.typed)
    assert client.post(where, first | {"revision": revision}).status_code == 302
    clash = other.post(where, first | {"revision": revision, "body": "Den andens ord."})
    page = clash.content.decode()
    assert clash.status_code == 409
    assert "Den førstes ord." in page
    assert "Den andens ord." in page


@pytest.mark.parametrize("size", [10_000_000])
def test_ten_megabytes_of_text_are_refused_with_a_sentence(size, at):
    question = make_question(make_conference())
    client = Client(raise_request_exception=False)
    where = f"/v/{question.conference.short_code}/skriv/{question.pk}"
    client.get(where)
    response = client.post(where, "step=send&text=" + "a" * size, content_type="application/x-www-form-urlencoded")
    page = response.content.decode()
    assert response.status_code == 422
    assert "tegn over" in page
    assert not Statement.objects.exists()


def test_a_body_whose_period_ended_begins_and_answers_nothing(log_in, client, at):
    gone = make_party("region", "Region Nedlagt (eksempel)", valid_until=AT.date() - timedelta(days=1))
    town = make_party("municipality", "Vejen Kommune (eksempel)", valid_until=AT.date() - timedelta(days=1))
    log_in(("planner", gone), ("coordinator", town))
    consultation = make_consultation()
    response = make_response(consultation, party=town, state="draft", number=None, submitted_at=None, registered_at=None)
    make_remark(response)
    sent = client.post(f"/hoeringer/svar/{response.pk}/gennemse/", {"send": "1"})
    assert sent.status_code in (403, 422)
    assert Response.objects.get(pk=response.pk).state == "draft"
    begun = client.post("/dialog/konference/ny/", {"title": "Ny", "organiser": gone.pk})
    assert begun.status_code in (403, 422)
    make_plan(make_party())
    assert Plan.objects.filter(owner=gone).count() == 0


def test_a_vote_after_closing_time_says_so_and_is_not_kept(at):
    statement = make_statement()
    client = Client(raise_request_exception=False)
    client.get(f"/v/{statement.conference.short_code}")
    at.moment = statement.conference.input_closes_at
    response = client.post(
        f"/v/{statement.conference.short_code}/vote",
        {"statement": statement.pk, "answer": "1", "key": "k"},
        headers={"accept": "application/json"},
    )
    assert response.status_code == 422
    assert "Der blev lukket for svar" in response.json()["sentence"]
    assert not Vote.objects.exists()
