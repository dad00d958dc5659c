from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.core.management import call_command

from tests.factories import AT, make_conference, make_party, make_question, make_statement
from tovholder.base import outbox
from tovholder.base.models import OutboxMail
from tovholder.dialogue.models import Statement, Vote
from tovholder.intake import actions as intake
from tovholder.intake.models import Contributor
from tovholder.jobs import mail, retention, telling

LATER = AT + timedelta(days=32)


@pytest.fixture
def letter(db):
    return outbox.post(make_party(), "hovedpostkasse@vejen.example", "Til\r\nbeslutning", "Kære alle", at=AT)


def test_a_letter_leaves_once_with_its_own_number(letter, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert mail.send_waiting(at=AT) == (1, 0)
    assert mail.send_waiting(at=AT) == (0, 0)
    sent = django_mail.outbox[0]
    assert sent.to == ["hovedpostkasse@vejen.example"]
    assert sent.extra_headers["Message-ID"] == letter.message_id
    assert "\n" not in sent.subject


def test_a_letter_that_cannot_leave_waits_and_is_tried_again(letter, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert mail.send_waiting(at=AT) == (0, 1)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert mail.send_waiting(at=AT) == (1, 0)
    assert OutboxMail.objects.get().attempts == 2


@pytest.fixture
def closed(db):
    question = make_question(make_conference())
    statement = make_statement(question, device="d1", key="k1")
    for device, answer in (("d1", 1), ("d2", -1), ("d3", 1)):
        Vote.objects.create(statement=statement, device=device, answer=answer, key=f"{device}-k", at=AT)
    return statement


def test_a_month_after_the_round_votes_are_nobodys_and_totals_stand(closed):
    retention.keep_promises(at=LATER)
    assert sorted(Vote.objects.values_list("answer", flat=True)) == [-1, 1, 1]
    assert not Vote.objects.filter(device__in=["d1", "d2", "d3"]).exists()
    assert not Vote.objects.exclude(key="").exists()
    closed.refresh_from_db()
    assert (closed.device, closed.key) == ("", None)


def test_before_the_month_is_over_nothing_is_cut(closed):
    retention.keep_promises(at=AT + timedelta(days=20))
    assert Vote.objects.filter(device="d1").exists()


def test_cutting_twice_changes_nothing(closed):
    retention.keep_promises(at=LATER)
    before = sorted(Vote.objects.values_list("device", flat=True))
    assert retention.keep_promises(at=LATER)["svar skilt fra deres enhed"] == 0
    assert sorted(Vote.objects.values_list("device", flat=True)) == before


def test_people_are_forgotten_on_the_day_they_were_promised(db):
    contributor = intake.new_contributor("birk-eng-otte-sol-hav", delete_on=AT.date(), at=AT)
    retention.keep_promises(at=AT)
    found = Contributor.objects.get(pk=contributor.pk)
    assert found.claim is None
    assert found.forgotten_at is not None


def test_a_declined_text_is_blanked_after_ninety_days(db):
    statement = make_statement(state="declined", text="Min nabo hedder noget.", state_reason="Nævner en anden")
    retention.keep_promises(at=AT + timedelta(days=91))
    assert Statement.objects.get(pk=statement.pk).text == ""


def test_the_command_says_what_it_did(closed, capsys):
    call_command("tick", at=LATER)
    assert "3 svar skilt fra deres enhed." in capsys.readouterr().out


@pytest.fixture
def asked(db):
    from tests.factories import make_theme

    contributor = intake.new_contributor("birk-eng-otte-sol-hav", delete_on=LATER.date() + timedelta(days=300), at=AT)
    Contributor.objects.filter(pk=contributor.pk).update(notify_mail="borger@example.dk")
    statement = make_statement(contributor=contributor)
    return statement, make_theme(conference=statement.conference)


def put_under(statement, theme):
    from tovholder.dialogue.models import Theming

    Theming.objects.create(statement=statement, theme=theme, made_at=AT, made_by="")


def test_people_who_asked_hear_once_when_the_thread_grows(asked):
    assert telling.tell_back(at=AT) == 0
    put_under(*asked)
    assert telling.tell_back(at=LATER) == 1
    assert telling.tell_back(at=LATER) == 0
    letter = OutboxMail.objects.get()
    assert letter.recipient == "borger@example.dk"
    assert asked[0].text not in letter.body


def test_nobody_who_was_forgotten_hears_more(asked):
    telling.tell_back(at=AT)
    put_under(*asked)
    Contributor.objects.update(forgotten_at=AT, notify_mail="")
    assert telling.tell_back(at=LATER) == 0


def test_sent_letters_lose_their_words_after_ninety_days(letter, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.send_waiting(at=AT)
    assert retention.keep_promises(at=AT + timedelta(days=89))["afsendte breve slettet"] == 0
    assert retention.keep_promises(at=AT + timedelta(days=91))["afsendte breve slettet"] == 1
    letter.refresh_from_db()
    assert letter.body == ""
    assert "vejen" not in letter.recipient
