"""Saying something: once for each key, held when it must be, and never more than six statements to the database."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import AT, make_by, make_conference, make_party, make_question, make_statement
from tovholder.base.by import ANYONE, By
from tovholder.base.errors import Refused
from tovholder.base.models import Event
from tovholder.dialogue import actions, queries, rules
from tovholder.dialogue.models import Statement
from tovholder.intake import actions as intake
from tovholder.intake.models import Contributor
from tovholder.texts import code_words

pytestmark = pytest.mark.django_db
PHONE = By(device="a" * 64)
TEXT = "Ring til kommunen, før patienten går ud ad døren."


def statements_sent(captured):
    words = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
    return [row["sql"] for row in captured if not row["sql"].upper().startswith(words)]


def say(question, text=TEXT, key="k1", by=PHONE, at=AT, **more):
    return actions.say(question, kind="proposal", text=text, key=key, by=by, at=at, **more)


def test_a_statement_waits_and_gives_a_code_that_leads_back():
    question = make_question()
    statement = say(question, sector="citizen")
    assert statement.state == "waiting"
    assert statement.number is None
    assert code_words.normalise(statement.claim_code) == statement.claim_code
    contributor = intake.claim(statement.claim_code, device="b", at=AT)
    assert list(queries.statements_of(contributor)) == [statement]
    assert contributor.delete_on == question.conference.notice.delete_on


@pytest.mark.parametrize("text", [TEXT, "Karen Hansen fra 5B på 22 33 44 55 sagde nej til os."])
def test_an_anonymous_statement_takes_at_most_six_sql_statements(text):
    question = make_question()
    with CaptureQueriesContext(connection) as captured:
        say(question, text=text, sector="citizen")
    assert len(statements_sent(captured)) <= 6


def test_a_statement_with_a_code_of_ones_own_takes_at_most_six_and_hangs_on_the_same_contributor():
    question = make_question()
    first = say(question)
    with CaptureQueriesContext(connection) as captured:
        second = say(question, text="Spørg os, før I planlægger.", key="k2", claim_code=first.claim_code)
    assert len(statements_sent(captured)) <= 6
    assert second.contributor == first.contributor
    assert second.claim_code == ""
    assert Contributor.objects.count() == 1


def test_the_same_key_gives_the_same_answer_and_the_same_code_and_one_row():
    question = make_question()
    answers = [say(question, at=AT + timedelta(seconds=n)) for n in range(3)]
    assert len({(a.pk, a.claim_code, a.written_at) for a in answers}) == 1
    assert Statement.objects.count() == Contributor.objects.count() == Event.objects.filter(kind="said").count() == 1


def test_the_same_key_is_answered_after_the_question_has_closed():
    question = make_question(closes_at=AT + timedelta(minutes=1))
    first = say(question)
    assert say(question, at=AT + timedelta(minutes=2)).claim_code == first.claim_code


def test_keys_of_two_phones_do_not_meet():
    question = make_question()
    one, two = say(question), say(question, by=By(device="b" * 64))
    assert one.pk != two.pk
    assert one.claim_code != two.claim_code


def test_the_same_words_again_are_kept_once():
    question = make_question()
    say(question)
    with pytest.raises(Refused, match="Det har du allerede sendt. Vi har det én gang."):
        say(question, key="k2")
    assert Statement.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("Ring til mig på 22 33 44 55, når I er klar.", "phone"),
        ("Skriv til karen@example.dk om det.", "email"),
        ("Karen Hansen glemte min mors medicin.", "name"),
    ],
)
def test_what_looks_like_a_person_is_held_and_marked_before_anyone_sees_it(text, mark):
    question = make_question()
    statement = say(question, text=text)
    assert statement.state == "held"
    assert mark in statement.marks.split()
    assert text not in str(queries.visible_statements(ANYONE, AT).values())
    assert queries.hall(question.conference, AT).total == 0


def test_a_cpr_number_is_stopped_and_not_stored():
    with pytest.raises(Refused, match="Det ligner et CPR-nummer. Fjern det, så sender vi resten.") as refused:
        say(make_question(), text="Min mor er 070761-4285 og bor alene.")
    assert refused.value.field == "text"
    assert not Statement.objects.exists()


def test_what_the_gate_cannot_read_is_held(monkeypatch):
    from tovholder.dialogue.actions import statements as room

    def breaks(text):
        raise RuntimeError("gate")

    monkeypatch.setattr(room, "finds_in", breaks)
    statement = say(make_question())
    assert (statement.state, statement.marks) == ("held", "gate")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Skriv mindst et par ord."),
        ("   \n\x00 ", "Skriv mindst et par ord."),
        ("hej", "Skriv mindst et par ord."),
        ("a " * 520, "Du er 39 tegn over. Kort lidt ned – eller del i to."),
        ("a " * 5_000_000, "Du er 9.998.999 tegn over. Kort lidt ned – eller del i to."),
    ],
)
def test_a_wrong_text_is_answered_with_a_sentence(text, sentence):
    with pytest.raises(Refused) as refused:
        say(make_question(), text=text)
    assert str(refused.value) == sentence
    assert refused.value.field == "text"


@given(st.text())
def test_a_tidied_text_can_be_stored_and_shown(text):
    tidy = rules.tidy(text)
    assert "\x00" not in tidy
    assert "\r" not in tidy
    assert "\u202e" not in tidy
    assert rules.tidy(tidy) == tidy


def test_emoji_and_right_to_left_text_are_kept():
    text = "👩‍⚕️ نحن نريد المساعدة قبل الخروج"
    assert say(make_question(), text=text).text == text


def test_a_closed_question_refuses_and_the_text_may_be_sent_as_an_experience():
    question = make_question(closes_at=AT)
    with pytest.raises(Refused, match=r"Spørgsmålet lukkede kl\. 10\.00\. Vi har gemt din tekst"):
        say(question)
    kept = actions.say_afterwards(question.conference, kind="bad_experience", text=TEXT, key="k1", by=PHONE, at=AT)
    assert (kept.question, kept.conference, kept.state) == (None, question.conference, "waiting")
    again = actions.say_afterwards(question.conference, kind="bad_experience", text=TEXT, key="k1", by=PHONE, at=AT)
    assert again.claim_code == kept.claim_code
    assert Statement.objects.count() == 1
    late = question.conference.input_closes_at + timedelta(days=7, seconds=1)
    with pytest.raises(Refused, match="tager ikke imod mere"):
        actions.say_afterwards(question.conference, kind="proposal", text="Noget andet her.", key="k2", by=PHONE, at=late)


def test_nothing_is_taken_before_opening_from_drafts_or_without_a_device():
    unopened = make_question(make_conference(input_opens_at=AT + timedelta(seconds=1)))
    draft = make_question(make_conference(state="draft"))
    for question, by in ((unopened, PHONE), (draft, PHONE), (make_question(), ANYONE)):
        with pytest.raises(Refused):
            say(question, by=by)
    with pytest.raises(LookupError):
        say("0" * 26)


def test_over_the_budget_everything_is_stored_and_held_apart():
    question = make_question()
    by = make_by("moderator", question.conference.organiser)
    for number in range(70):
        say(question, text=f"Udsagn nummer {number} herfra.", key=str(number), at=AT + timedelta(minutes=number // 20, seconds=number % 20))
    assert Statement.objects.count() == 70
    queued = queries.queue(question.conference, by=by, at=AT)
    assert len(queued) == rules.statements.STATEMENTS_A_MINUTE == 6
    assert len(queries.queue(question.conference, by=by, at=AT, many=True)) == 70 - len(queued)
    assert not queries.visible_statements(ANYONE, AT).exists()
    other = say(question, by=By(device="b" * 64), at=AT + timedelta(minutes=3))
    assert other.state == "waiting"


def test_only_what_is_published_at_a_published_conference_is_visible():
    shown = make_statement()
    conference = shown.conference
    hidden = [make_statement(shown.question, state=state) for state in ("waiting", "held", "declined", "withdrawn")]
    draft = make_statement(make_question(make_conference(state="draft")))
    stranger = make_by("moderator", make_party())
    own = make_by("moderator", conference.organiser)
    for by in (ANYONE, PHONE, stranger, make_by("planner", conference.organiser)):
        assert list(queries.visible_statements(by, AT)) == [shown]
        with pytest.raises(LookupError):
            queries.statement(hidden[1].pk, by=by, at=AT)
    assert set(queries.visible_statements(own, AT)) == {shown, *hidden}
    assert draft not in queries.visible_statements(own, AT)


def test_the_hall_joins_small_sectors_and_counts_only_what_is_shown():
    question = make_question()
    for sector, n in (("citizen", 6), ("municipality", 5), ("practice", 4), ("", 2)):
        for number in range(n):
            make_statement(question, sector=sector, text=f"{sector} {number} siger noget")
    make_statement(question, state="held", sector="citizen")
    hall = queries.hall(question.conference, AT)
    assert hall.sectors == {"citizen": 6, "municipality": 5, "": 6}
    assert hall.total == 17
    assert hall.newest.state == "published"


def test_forgetting_cuts_every_tie_and_keeps_the_words():
    statement = say(make_question(), sector="citizen", place="Vejen")
    contributor = statement.contributor
    actions.cut_ties_of(contributor, by=By(contributor=contributor.pk), at=AT)
    row = Statement.objects.get()
    assert (row.device, row.key, row.place, row.sector, row.contributor) == ("", None, "", "", None)
    assert row.text == TEXT
