"""Five words are the only key to what a person said: guesses learn nothing, lock nobody out, and the words lie nowhere."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import connection
from django.test import Client

from tests.factories import AT, make_conference, make_question
from tests.factories_threads import CODE, make_contributor
from tovholder.base.by import By
from tovholder.base.models import Event, EventPayload, OutboxMail
from tovholder.dialogue.actions.statements import code_of
from tovholder.dialogue.models import Statement
from tovholder.intake import actions as intake
from tovholder.threads import actions as threads

WRONG = [
    "birk",
    "birk-birk-birk-birk-birk",
    CODE[:-1],
    CODE + "x",
    CODE.replace("birk", "bjrk"),
    "-".join(reversed(CODE.split("-"))),
    CODE + "-sol",
    "\x00",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "ø" * 20_000,
    "👍" * 5,
    "1" * 200,
    "../../etc/passwd",
]
SENTENCE = "Vi kan ikke finde den kode. Tjek stavningen – fem ord med bindestreg."


def phone(conference):
    client = Client(raise_request_exception=False)
    client.get(f"/v/{conference.short_code}")
    return client


@pytest.mark.django_db
def test_every_wrong_code_gets_the_same_answer(at):
    make_contributor()
    conference = make_conference()
    answers = set()
    for number, typed in enumerate(WRONG):
        at.moment = AT + timedelta(minutes=number)
        response = phone(conference).post("/traade/min/", {"code": typed})
        page = response.content.decode()
        assert "<script>alert" not in page
        assert response.status_code == 422
        if "\x00" not in typed and len(typed) <= 200:
            answers.add(page.count(SENTENCE))
    assert len(answers) == 1
    assert answers.pop() >= 1


@pytest.mark.django_db
def test_fifty_tries_from_one_phone_lock_nobody_out_and_the_alarm_sounds_once(at):
    make_contributor()
    conference = make_conference()
    guesser, neighbour = phone(conference), phone(conference)
    seen = {guesser.post("/traade/min/", {"code": f"forkert {n}"}).status_code for n in range(50)}
    assert seen <= {422, 429}
    assert neighbour.post("/traade/min/", {"code": CODE}).status_code in (200, 302)
    assert not Event.objects.filter(kind="claim_alarm").exists()
    for number in range(300):
        with pytest.raises(Exception, match="kode"):
            intake.claim("forkert", device=f"d{number}", at=AT)
    assert Event.objects.filter(kind="claim_alarm").count() == 1
    at.moment = AT + timedelta(seconds=2)
    assert guesser.post("/traade/min/", {"code": CODE}).status_code in (200, 302)


def everything():
    """This will return every byte of the database as it lies, or every value where it lies elsewhere."""
    if connection.vendor == "sqlite":
        with TemporaryDirectory() as folder:
            copy = type(connection.connection)(f"{folder}/copy")
            connection.connection.backup(copy)
            copy.close()
            return Path(folder, "copy").read_bytes().lower()
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found.append(str(cursor.fetchall()))
    return "".join(found).lower().encode()


@pytest.mark.django_db(transaction=True)
def test_the_five_words_are_nowhere_and_what_is_forgotten_is_gone(at, caplog):
    question = make_question(make_conference())
    client = phone(question.conference)
    key, mail = "k" * 24, "karla.canarius@example.dk"
    where = f"/v/{question.conference.short_code}/skriv/{question.pk}"
    page = client.post(where, {"text": "Ring til kommunen først.", "step": "send", "idempotency_key": key, "sector": "citizen"})
    said = Statement.objects.select_related("contributor").get()
    code = code_of(said.device, said.key)
    assert code in page.content.decode()
    lies = everything()
    for form in (code, code.replace("-", " "), code.replace("-", "")):
        assert form.lower().encode() not in lies
    assert not any(code in row.body for row in (*EventPayload.objects.all(), *OutboxMail.objects.all()))
    assert code not in caplog.text
    contributor = said.contributor
    intake.ask_to_be_told(contributor, mail=mail, by=By(contributor=contributor.pk), at=AT)
    claim, device = contributor.claim, said.device
    assert mail.encode() in everything()
    threads.forget(contributor, by=By(contributor=contributor.pk), at=AT)
    gone = everything()
    for word in (mail, claim, key):
        assert word.lower().encode() not in gone
    assert device  # the phone's pseudonym may stay in the log of acts, but leads to no words
    said.refresh_from_db()
    assert (said.device, said.key, said.contributor) == ("", None, None)
    assert said.text == "Ring til kommunen først."
