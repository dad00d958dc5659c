"""A phone in a hall, without script: it is told who listens, writes, gets a code, weighs others' words; and the hall's screen."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.dialogue.test_statements import TEXT, statements_sent
from tests.factories import AT, make_conference, make_notice, make_party, make_question, make_statement, make_theme
from tovholder.base.models import Event
from tovholder.dialogue.models import Statement, Theming, Vote
from tovholder.intake.models import ClaimTries, Contributor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]


@pytest.fixture
def conference():
    region, kommune = make_party(name="Region Syddanmark"), make_party("municipality", name="Vejen Kommune")
    notice = make_notice(region)
    notice.joint_controllers.add(kommune)
    return make_conference(region, title="Dialogkonference 2026", short_code="7KF2", notice=notice)


@pytest.fixture
def question(conference):
    return make_question(conference, text="Hvordan får vi bedre sammenhæng?", number=1, closes_at=AT + timedelta(hours=1))


@pytest.fixture
def phone(client, question):
    client.get("/v/7KF2")
    return client


def page(response):
    return unescape(response.content.decode())


def _without_token(response):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page(response))


def filled(**more):
    return {"text": TEXT, "kind": "proposal", "sector": "citizen", "idempotency_key": "k1", "step": "send"} | more


def write(phone, question, **more):
    return phone.post(f"/v/7KF2/skriv/{question.pk}", filled(**more))


@pytest.mark.parametrize("address", ["/v/7KF2", "/v/7KF2/", "/v/7kf2"])
def test_the_short_address_opens_and_gives_the_phone_its_cookie(client, question, address):
    response = client.get(address)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    cookie = client.cookies["enhed"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert "csrfmiddlewaretoken" in page(response)
    assert "enhed" not in client.get(address).cookies


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_what_is_not_public_is_as_if_it_did_not_exist(client, conference, question, state):
    conference.state = state
    conference.save()
    for path in ("", "/stem", "/skaerm", "/qr.svg", f"/skriv/{question.pk}"):
        hidden, missing = client.get(f"/v/7KF2{path}"), client.get(f"/v/findesikke{path}")
        assert hidden.status_code == missing.status_code == 404
        assert _without_token(hidden) == _without_token(missing).replace("findesikke", "7KF2")


@pytest.mark.parametrize("path", ["", "/skriv/{question}"])
def test_who_listens_why_on_what_basis_and_until_when_stands_before_the_first_field(phone, question, path):
    shown = page(phone.get("/v/7KF2" + path.format(question=question.pk)))
    before = shown.split("<textarea")[0]
    told = ("Region Syddanmark", "Vejen Kommune", "at få borgernes oplevelser med", "artikel 9", "24. november 2027", "dpo@example.dk")
    for said in told:
        assert said in before
    assert "http-equiv" not in shown


def test_a_text_is_first_shown_as_it_will_be_seen_and_not_stored(phone, question):
    response = write(phone, question, step="preview", text="Karen Hansen ringede ikke tilbage.")
    shown = page(response)
    assert response.status_code == 200
    assert "Sådan bliver det vist" in shown
    assert "muligt navn" in shown
    assert not Statement.objects.exists()
    again = page(write(phone, question, step="edit", text="Karen Hansen ringede ikke tilbage."))
    assert ">\nKaren Hansen ringede ikke tilbage.</textarea>" in again
    assert 'value="k1"' in again


def test_sending_stores_once_and_gives_a_code_that_is_shown_only_in_that_answer(phone, question):
    first, again = write(phone, question), write(phone, question)
    code = re.search(r"data-tov-code[^>]*>([^<]+)<", page(first))[1]
    assert len(code.split("-")) == 5
    assert code in page(again)
    assert "Sendt. Tak." in page(first)
    assert "Dit udsagn er gemt kl. 10.00." in page(first)
    assert first["Cache-Control"] == "private, no-store"
    assert Statement.objects.count() == Contributor.objects.count() == 1
    assert Event.objects.filter(kind="said").count() == 1
    for path in ("", f"/skriv/{question.pk}", "/stem", "/skaerm"):
        assert code not in page(phone.get(f"/v/7KF2{path}"))


def test_an_anonymous_post_takes_at_most_six_sql_statements(phone, question):
    shown = make_statement(question)
    for send in (
        lambda: write(phone, question),
        lambda: write(phone, question, text="Karen Hansen på 22 33 44 55 svarede.", idempotency_key="k2"),
        lambda: phone.post("/v/7KF2/vote", {"statement": shown.pk, "answer": "1", "key": "v"}),
    ):
        with CaptureQueriesContext(connection) as captured:
            response = send()
        assert response.status_code in (200, 302)
        assert len(statements_sent(captured)) <= 6


@pytest.mark.parametrize("step", ["preview", "send"])
@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Skriv mindst et par ord."),
        ("\x00", "Skriv mindst et par ord."),
        ("æ " * 520, "Du er 39 tegn over. Kort lidt ned – eller del i to."),
        ("Min mor er 070761-4285 og bor alene.", "Det ligner et CPR-nummer. Fjern det, så sender vi resten."),
    ],
)
def test_a_wrong_text_stays_in_its_field_with_a_sentence(phone, question, step, text, sentence):
    response = write(phone, question, step=step, text=text)
    shown = page(response)
    assert response.status_code == 422
    assert sentence in shown
    assert text.replace("\x00", "").strip() in shown.split("<textarea")[1]
    assert not Statement.objects.exists()


def test_ten_megabytes_are_answered_with_a_sentence(phone, question):
    response = write(phone, question, text="a" * 5_000_000 + " " + "b" * 5_000_000)
    assert response.status_code == 422
    assert "tegn over" in page(response)


HOSTILE = ["<script>alert(1)</script> og <b>mere</b>", "{{ settings.SECRET_KEY }} og mere", "\u202eevil 👩‍⚕️ שלום לכם"]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_looks_like_code_or_turns_around_is_shown_inert(phone, question, text):
    shown = write(phone, question, text=text, step="preview").content.decode()
    assert "<script>alert" not in shown
    assert "\u202e" not in shown.split("<textarea")[0]
    write(phone, question, text=text)
    Statement.objects.update(state="published", state_at=AT, number=1)
    for path in ("/skaerm", "/stem"):
        assert "<script>alert" not in Client().get(f"/v/7KF2{path}").content.decode()


def test_a_question_that_closes_meanwhile_keeps_the_text_and_offers_to_send_it(phone, question, at):
    at.moment = AT + timedelta(hours=1)
    for step in ("preview", "send"):
        response = write(phone, question, step=step)
        shown = page(response)
        assert response.status_code == 422
        assert "Spørgsmålet lukkede kl. 11.00. Vi har gemt din tekst – vil du sende den som en oplevelse?" in shown
        assert TEXT in shown.split("<textarea")[1]
        assert 'action="/v/7KF2/tekst"' in shown
    unsaid = phone.post("/v/7KF2/tekst", filled(kind=""))
    assert (unsaid.status_code, TEXT in page(unsaid)) == (422, True)
    assert "Sendt. Tak." in page(phone.post("/v/7KF2/tekst", filled(kind="bad_experience")))
    kept = Statement.objects.get()
    assert (kept.text, kept.kind, kept.question) == (TEXT, "bad_experience", None)
    assert "Spørgsmålet lukkede kl. 11.00" in page(phone.get(f"/v/7KF2/skriv/{question.pk}"))


def test_what_waited_on_the_phone_is_stored_without_a_preview(phone, question):
    response = phone.post(f"/v/7KF2/skriv/{question.pk}", filled(step="preview"), headers={"Sec-Fetch-Mode": "cors"})
    assert "data-tov-stored" in page(response)
    assert Statement.objects.count() == 1


def test_a_code_one_has_gathers_the_statements_and_a_wrong_one_keeps_the_text(phone, question):
    code = re.search(r"data-tov-code[^>]*>([^<]+)<", page(write(phone, question)))[1]
    more = {"text": "Spørg os, før I planlægger.", "idempotency_key": "k2"}
    wrong = write(phone, question, code="birk-eng", **more)
    assert wrong.status_code == 422
    assert "Vi kan ikke finde den kode. Tjek stavningen – fem ord med bindestreg." in page(wrong)
    assert more["text"] in page(wrong)
    assert write(phone, question, code=code, **more).status_code == 429
    ClaimTries.objects.all().delete()
    right = page(write(phone, question, code=code.upper(), **more))
    assert "Sendt. Tak." in right
    assert "data-tov-code>" not in right
    assert Contributor.objects.count() == 1


def test_a_phone_without_the_page_is_asked_to_open_it(client, question):
    response = write(client, question)
    assert response.status_code == 422
    assert "Åbn siden igen" in page(response)
    assert TEXT in page(response)


def test_a_post_without_token_is_refused(question):
    strict = Client(enforce_csrf_checks=True)
    strict.get("/v/7KF2")
    assert strict.post(f"/v/7KF2/skriv/{question.pk}", filled()).status_code == 403
    assert not Statement.objects.exists()


def test_one_statement_at_a_time_until_all_are_seen_and_back_again(phone, question):
    statements = {make_statement(question, text=f"Udsagn {n} siger noget", sector="municipality").pk for n in range(3)}
    make_statement(question, state="held", text="Karen sagde noget")
    seen = []
    for number in range(3):
        shown = page(phone.get("/v/7KF2/stem"))
        assert f"{number} af 3" in shown
        assert shown.count('class="tov-vote-card"') == 1
        seen.append(re.search(r'name="statement" value="([^"]+)"', shown)[1])
        key = re.search(r'name="idempotency_key" value="([^"]+)"', shown)[1]
        response = phone.post("/v/7KF2/vote", {"statement": seen[-1], "answer": "1", "idempotency_key": key})
        assert (response.status_code, response["Location"]) == (302, "/v/7KF2/stem")
    assert set(seen) == statements
    end = page(phone.get("/v/7KF2/stem"))
    assert "Du har set dem alle" in end
    back = re.search(r'href="(/v/7KF2/stem\?udsagn=[^"]+)"', end)[1]
    again = page(phone.get(back))
    assert "Du svarede enig" in again
    phone.post("/v/7KF2/vote", {"statement": re.search(r'name="statement" value="([^"]+)"', again)[1], "answer": "-1"})
    assert sorted(Vote.objects.values_list("answer", flat=True)) == [-1, 1, 1]


def test_json_tells_what_is_stored_and_why_not(phone, question):
    shown, held = make_statement(question), make_statement(question, state="held")
    json = {"Accept": "application/json"}
    told = phone.post("/v/7KF2/vote", {"statement": shown.pk, "answer": "-1", "key": "k"}, headers=json)
    assert (told.status_code, told.json()) == (200, {"stored": True, "statement": shown.pk, "answer": -1})
    for data in ({"statement": held.pk, "answer": "1"}, {"statement": shown.pk, "answer": "2"}, {"statement": shown.pk}):
        refused = phone.post("/v/7KF2/vote", data, headers=json)
        assert refused.status_code == 422
        assert refused.json()["sentence"]
    assert phone.post("/v/7KF2/vote", {"statement": "x", "answer": "1"}, headers=json).status_code == 404
    assert phone.get("/v/7KF2/vote").status_code == 405
    assert Vote.objects.count() == 1


def test_the_hall_shows_only_what_a_moderator_has_shown_and_answers_not_changed(client, conference, question):
    make_statement(question, state="waiting", text="Ulæst tekst her.")
    make_statement(question, state="held", text="Karen Hansen sagde.")
    empty = page(client.get("/v/7KF2/skaerm"))
    assert "tov-hall-empty" in empty
    for number in range(6):
        shown = make_statement(question, sector="citizen", text=f"Ring før udskrivning {number}", state_at=AT + timedelta(seconds=number))
    make_statement(question, sector="practice", text="Epikrisen samme dag", state_at=AT - timedelta(hours=1))
    theme = make_theme(name="Én, der følger med", conference=conference)
    Theming.objects.create(theme=theme, statement=shown, made_at=AT, made_by="x")
    response = client.get("/v/7KF2/skaerm")
    seen = page(response)
    for word in ("Hvordan får vi bedre sammenhæng?", "»Ring før udskrivning 5«", "Én, der følger med", "Åbent til kl. 11.00"):
        assert word in seen
    for word in ("Borgere", "Andre"):
        assert word in seen
    for word in ("Ulæst", "Karen", "Almen praksis"):
        assert word not in seen
    assert '<noscript><meta http-equiv="refresh" content="15"></noscript>' in seen
    assert not response.cookies
    same = client.get("/v/7KF2/skaerm", headers={"If-None-Match": response["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    make_statement(question, text="Noget nyt kom til.")
    assert client.get("/v/7KF2/skaerm", headers={"If-None-Match": response["ETag"]}).status_code == 200


def test_the_hall_turns_to_the_next_open_question_every_fifteen_seconds(client, conference, question, at):
    second = make_question(conference, text="Hvad skal vi holde op med?", number=2)
    make_question(conference, text="Hvad lukkede i morges?", number=3, closes_at=AT - timedelta(hours=1))
    make_statement(question, text="Ring før udskrivning.")
    make_statement(second, text="Færre skemaer.")

    def screen(seconds, query=""):
        at.moment = conference.input_opens_at + timedelta(seconds=seconds)
        return client.get(f"/v/7KF2/skaerm{query}")

    at.moment = AT
    for seconds, here, away in ((7200, question, second), (7214, question, second), (7215, second, question), (7230, question, second)):
        seen = page(screen(seconds))
        assert here.text in seen
        assert away.text not in seen
        assert ("Færre skemaer." in seen) is (here is second)
        assert ("Ring før udskrivning." in seen) is (here is question)
    for seconds in (7200, 7215):
        assert second.text in page(screen(seconds, "?spoergsmaal=2"))
    for wrong in ("0", "4", "x", "-1"):
        assert question.text in page(screen(7200, f"?spoergsmaal={wrong}"))
    tag = screen(7200)["ETag"]
    assert client.get("/v/7KF2/skaerm", headers={"If-None-Match": tag}).status_code == 304
    at.moment += timedelta(seconds=15)
    assert client.get("/v/7KF2/skaerm", headers={"If-None-Match": tag}).status_code == 200


def test_the_qr_code_leads_to_the_short_address(client, question, settings):
    settings.ADDRESS = "https://tovholder.example"
    response = client.get("/v/7kf2/qr.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert "<title>QR-kode til https://tovholder.example/v/7KF2</title>" in page(response)
    assert "tovholder.example" in page(client.get("/v/7KF2/skaerm"))


def test_pages_take_the_same_queries_with_one_and_with_three(phone, question, conference):
    counted = []
    for n in range(2):
        for number in range(1 if n == 0 else 2):
            make_statement(question, text=f"Udsagn {n}{number} siger noget")
        if n:
            make_question(conference, number=2)
        counts = []
        for path in ("", f"/skriv/{question.pk}", "/stem", "/skaerm"):
            with CaptureQueriesContext(connection) as captured:
                assert phone.get(f"/v/7KF2{path}").status_code == 200
            counts.append(len(captured))
        counted.append(counts)
    assert counted[0] == counted[1]


def test_reading_never_writes(phone, question):
    make_statement(question)
    for path in ("", f"/skriv/{question.pk}", "/stem", "/skaerm", "/qr.svg", "/tekst"):
        with CaptureQueriesContext(connection) as captured:
            phone.get(f"/v/7KF2{path}")
        assert all(sql.upper().startswith("SELECT") for sql in statements_sent(captured))


def test_who_insists_that_it_is_no_cpr_number_is_heard_and_held(client, db, at):
    from tests.factories import make_conference, make_question
    from tovholder.dialogue.models import Statement

    question = make_question(make_conference())
    address = f"/v/{question.conference.short_code}/skriv/{question.pk}"
    client.get(f"/v/{question.conference.short_code}", follow=True)
    words = {"text": "Sagen har nummer 070761-4285 hos os.", "kind": "bad_experience", "idempotency_key": "k-1"}
    refused = client.post(address, words | {"step": "preview"})
    assert refused.status_code == 422
    assert "Send, og lad en ordstyrer se på tallet" in refused.content.decode()
    assert Statement.objects.count() == 0
    assert client.post(address, words | {"step": "send", "insists": "1"}).status_code == 200
    statement = Statement.objects.get()
    assert statement.state == "held"
    assert "cpr" in statement.marks
