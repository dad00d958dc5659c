"""The demonstration's world: built once for this file, inside a transaction that is rolled back."""

import os
import socket
from collections import Counter
from datetime import date, datetime, timedelta
from io import StringIO
from random import Random

import pytest
from django.contrib.auth import authenticate
from django.core import management
from django.core.management import call_command
from django.db import transaction

from tests.factories import AT
from tovholder.base.by import ANYONE, SYSTEM
from tovholder.base.errors import Refused
from tovholder.base.models import Event, Thing
from tovholder.cli import demo, entry
from tovholder.cli.demo.talks import hours_today
from tovholder.cli.management.commands.demo import free_port
from tovholder.consultations import queries as consultations
from tovholder.consultations.models import Consultation, Remark, Response
from tovholder.dialogue import queries as dialogue
from tovholder.dialogue.models import Conference, DeclaredSector, Statement, Theme, ThemeGroup, Vote
from tovholder.findings import actions as findings
from tovholder.findings.models import Codebook, Coding, Delivery, Measurement, Vintage
from tovholder.findings.queries import campaigns_at
from tovholder.initiatives.models import Initiative, Programme
from tovholder.intake import actions as intake
from tovholder.intake.models import Redaction
from tovholder.jobs.retention import keep_promises
from tovholder.parties.models import Mandate, Party, Person, Role, User
from tovholder.parties.queries import by_for
from tovholder.plans import queries as plans
from tovholder.plans.models import Approval, Plan, ProvisionText
from tovholder.texts.personal_data import contains_cpr
from tovholder.threads import queries as threads

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.slow]


def run_demo():
    out = StringIO()
    call_command("demo", no_serve=True, no_migrate=True, at=AT, stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def printed(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield run_demo()
        transaction.set_rollback(True)


def test_a_conference_is_on_and_people_have_spoken(printed):
    states = Counter(Statement.objects.values_list("state", flat=True))
    assert 290 <= sum(states.values()) <= 310
    assert (states["waiting"] + states["held"], states["held"], states["declined"]) == (12, 6, 6)
    live = dialogue.live_now(AT).get()
    assert Statement.objects.filter(conference=live).count() >= 180
    assert live.questions.count() == 4
    assert Vote.objects.count() > 8000
    assert DeclaredSector.objects.filter(conference=live).exclude(sector="").count() > 300
    assert Theme.objects.exclude(description="").count() == 25
    assert Statement.objects.filter(state="published", themes=None).exists()
    assert Statement.objects.values("text").distinct().count() == Statement.objects.count()


def test_the_real_events_are_there_as_facts(printed):
    series = Conference.objects.get(short_code="rs17")
    assert (series.venue, series.starts_at.date(), series.questions.count()) == ("Køge Handelsskole", date(2017, 5, 15), 10)
    assert "ingen dato" in Conference.objects.get(short_code="plan10").facts
    group = ThemeGroup.objects.get()
    assert (group.status, group.overarching_theme, group.meetings.count()) == ("paused", "Ulighed i sundhed", 2)
    assert Initiative.objects.get(name="Sammen om min vej").programme == Programme.objects.get(name="Broen til bedre sundhed")
    assert Initiative.objects.get(name="Aktiv patientstøtte").programme is None


def test_one_consultation_is_open_and_one_is_concluded(printed):
    now = consultations.open_now(AT)[0]
    assert (now.deadline_at.astimezone(AT.tzinfo).date() - AT.date()).days == 17
    assert now.list.count() == 90
    assert Response.objects.filter(consultation=now, state="submitted").count() == 40
    remarks = Remark.objects.filter(response__consultation=now, response__state="submitted")
    assert remarks.count() == 200
    assert 110 <= remarks.exclude(verdict="").count() <= 150
    joint = Response.objects.get(consultation=now, state="draft")
    assert Counter(joint.signers.values_list("state", flat=True)).keys() == {"asked", "approved", "tacit", "opted_out"}
    assert joint.signers.count() == 22
    then = Consultation.objects.exclude(concluded_at=None).get()
    counts = consultations.equation(then)
    assert counts.received == counts.coded == counts.answered == counts.reported == 10


def test_there_is_a_book_that_two_have_coded_by_and_one_that_is_new(printed):
    worked, new = sorted(Codebook.objects.all(), key=lambda book: book.conference_id is None)
    assert (worked.conference, new.consultation) == (dialogue.live_now(AT).get(), consultations.open_now(AT)[0])
    first = Coding.objects.filter(codebook=worked, is_second=False)
    second = Coding.objects.filter(codebook=worked, is_second=True)
    assert (first.count(), second.count()) == (80, 20)
    assert {coding.coder for coding in first}.isdisjoint(coding.coder for coding in second)
    said = {coding.answer_id: set(coding.codes.values_list("pk", flat=True)) for coding in first}
    otherwise = [coding for coding in second if set(coding.codes.values_list("pk", flat=True)) != said[coding.answer_id]]
    assert 2 <= len(otherwise) <= 6
    assert not Coding.objects.filter(codebook=new).exists()
    assert Theme.objects.count() == 25, "coding made no new theme"


def test_some_wrote_the_same_words_and_the_books_have_something_to_learn(printed):
    live = dialogue.live_now(AT).get()
    assert findings.find_campaigns(live, by=SYSTEM, at=AT)
    (campaign,) = campaigns_at(live, ANYONE, AT).campaigns
    assert (campaign.is_campaign, len(campaign.copies)) == (True, 5)
    assert all(copy.has_own for copy in campaign.copies)
    for book in Codebook.objects.all():
        run = findings.refit(book, by=SYSTEM, at=AT)
        if book.conference_id:
            assert (run.labelled, run.doubles) == (80, 20)
            assert run.f1 is not None
            assert run.alpha is not None
        else:
            assert run.themes
            assert all(theme["words"] for theme in run.themes)


def test_plans_stand_at_every_stage(printed):
    states = plans.states_of(list(Plan.objects.all()), AT)
    assert Counter(state.code for state in states.values()).keys() >= {"draft", "deciding", "in_force"}
    board = plans.boards_now(ANYONE, AT)[0]
    assert (board.approved, board.reserved, board.total, len(board.silent)) == (15, 1, 23, 3)
    adopted = Approval.objects.filter(version__plan__title__startswith="Aftale om gode overgange")
    assert set(adopted.values_list("outcome", flat=True)) == {"approved"}
    assert adopted.count() == 23


def test_the_code_leads_to_a_thread_without_a_gap(printed):
    code = demo.sample_code()
    assert code in printed
    mine = threads.mine(intake.claim(code, device="a-phone", at=AT), AT)
    (own,) = mine.statements
    assert own.statement.text.startswith("Ingen vidste, at min mor kom hjem den dag.")
    assert [step.code for step in own.thread.steps] == ["said", "gathered", "promised", "consulted", "decided", "done", "measured"]
    assert "gap" not in {step.state for step in own.thread.steps}


def test_gaps_are_left_open_on_purpose(printed):
    found = {gap.code: gap.count for gap in threads.gaps(ANYONE, AT)}
    assert min(found.values()) > 0, found
    assert threads.ending(date(2027, 1, 1)).goals


def test_everyone_can_log_in_and_stands_in_the_list(printed):
    mails = list(User.objects.values_list("email", flat=True))
    assert len(mails) == 9
    assert all(mail in printed for mail in mails)
    assert authenticate(username=mails[0], password=demo.PASSWORD)
    assert demo.PASSWORD in printed
    unused = Role.objects.exclude(pk__in=Mandate.objects.values("role")).values_list("code", flat=True)
    assert list(unused) == ["municipal_councillor"]


def test_nobody_real_is_named_and_no_number_is_shown(printed):
    assert not Person.objects.filter(is_example=False).exists()
    assert not Plan.objects.filter(is_example=False).exists()
    assert set(Initiative.objects.filter(is_example=False).values_list("name", flat=True)) == {"Aktiv patientstøtte", "Sammen om min vej"}
    shown = [*Statement.objects.filter(state="published").values_list("text", flat=True), *Remark.objects.values_list("text", flat=True)]
    shown += [*ProvisionText.objects.values_list("body", flat=True), *Initiative.objects.values_list("worked", flat=True)]
    assert not [text for text in shown if contains_cpr(text)]
    mails = Party.objects.exclude(mailbox="").values_list("mailbox", flat=True)
    assert all(mail.endswith("@example.dk") for mail in mails)


def test_a_response_that_names_someone_waits_for_the_secretariat(printed):
    (held,) = Response.objects.filter(held_at__isnull=False, released_at=None)
    plan = held.consultation.version.plan_id
    planner = by_for(User.objects.get(email="mette@example.dk"), AT)
    assert held.pk in {remark.response_id for remark in consultations.without_verdict([plan], planner, AT)}
    assert held.pk not in {remark.response_id for remark in consultations.without_verdict([plan], ANYONE, AT)}


def test_four_hundred_days_later_no_restricted_original_stands(printed):
    assert Redaction.objects.exclude(original="").exists()
    with transaction.atomic():
        due = max(Redaction.objects.values_list("delete_original_on", flat=True))
        assert due <= (AT + timedelta(days=90)).date()
        told = keep_promises(at=AT + timedelta(days=400))
        assert told["originaler slettet"] > 0
        assert not Redaction.objects.exclude(original="").exists()
        assert not Statement.objects.filter(state__in=("declined", "waiting", "held")).exclude(text="").exists()
        transaction.set_rollback(True)


def test_a_second_start_adds_nothing(printed):
    before = Thing.objects.count(), Event.objects.count()
    again = run_demo()
    assert (Thing.objects.count(), Event.objects.count()) == before
    assert "Laver en verden" not in again
    assert demo.PASSWORD in again


def test_the_command_tells_settings_that_it_is_a_demonstration(monkeypatch):
    monkeypatch.setenv("TOVHOLDER_DEMO", "")
    monkeypatch.delenv("TOVHOLDER_DEMO")
    monkeypatch.setattr(management, "execute_from_command_line", lambda argv: None)
    entry.main(["help"])
    assert "TOVHOLDER_DEMO" not in os.environ
    entry.main(["demo"])
    assert os.environ["TOVHOLDER_DEMO"] == "1"


@pytest.mark.parametrize("hour", [0, 3, 9, 10, 14, 19, 23])
def test_the_hall_is_open_whatever_the_hour(hour):
    at = datetime(2026, 11, 24, hour, 17, tzinfo=AT.tzinfo)
    begins, ends = hours_today(demo.World(at=at, tell=print, rng=Random(1)))
    assert begins + timedelta(minutes=60) <= at <= ends - timedelta(hours=3) or at.hour == 14
    assert begins < at < ends


def test_the_next_free_port_is_chosen():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port(port) > port


def test_a_moment_without_its_zone_is_refused():
    with pytest.raises(Refused, match="tidszonen"):
        call_command("demo", no_serve=True, at=AT.replace(tzinfo=None))


def test_figures_are_invented_say_so_and_tell_the_story_of_the_goal(printed):
    vintages = list(Vintage.objects.select_related("delivery", "indicator"))
    assert {row.delivery.source for row in vintages} == {"Tallene er opdigtede (Tovholders prøve)"}
    delivery = Delivery.objects.get(filename="opdigtede-tal.parquet")
    assert (delivery.state, delivery.refused_count) == ("taken", 0)
    region = Measurement.objects.filter(vintage__indicator__code="genindlaeggelser-somatik", party__code="1083", group=None)
    monthly = [row for row in region.order_by("period_from") if (row.period_until - row.period_from).days < 32]
    before = [row.value for row in monthly if row.period_from.year < 2025]
    assert len(before) == 24
    assert abs(sum(before) / 24 - 14.2) < 0.3
    assert abs(sum(row.value for row in monthly[-12:]) / 12 - 12.3) < 0.3
    hidden = Measurement.objects.exclude(why="")
    assert set(hidden.values_list("why", flat=True)) == {"suppressed"}
    assert not Measurement.objects.filter(numerator__gt=0, numerator__lt=5).exists()
    assert Measurement.objects.filter(vintage__indicator__code="genindlaeggelser-somatik").values("party").distinct().count() > 98
