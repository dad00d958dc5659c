"""The queue: what waits, what is held back, and what a moderator may do with it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import AT, make_by, make_conference, make_party, make_person, make_question, make_statement
from tovholder.base.by import ANYONE
from tovholder.base.errors import Clash, Refused
from tovholder.base.models import Event
from tovholder.dialogue import actions, queries, rules
from tovholder.intake.models import Redaction

pytestmark = pytest.mark.django_db
TEXT = "Det er ikke Karen Hansens skyld. Hun løber stærkt."
SHOWN = "Det er ikke [navn fjernet] skyld. Hun løber stærkt."


@pytest.fixture
def conference():
    return make_conference()


@pytest.fixture
def question(conference):
    return make_question(conference)


@pytest.fixture
def moderator(conference):
    return make_by("moderator", conference.organiser, make_person("Jonas"))


@pytest.fixture
def held(question):
    return make_statement(question, state="held", text=TEXT, marks="name")


def test_a_held_text_is_not_in_the_queue_and_opens_to_the_one_who_takes_it(conference, moderator, held):
    (row,) = queries.queue(conference, by=moderator, at=AT)
    assert (row.is_held, row.text, row.marks) == (True, "", ("name",))
    closed = queries.sheet(conference, held.pk, by=moderator, at=AT)
    assert closed.is_held_back
    assert "Karen" not in f"{closed.runs}{closed.result}{closed.statement.text}"
    actions.take(held, by=moderator, at=AT)
    opened = queries.sheet(conference, held.pk, by=moderator, at=AT)
    assert opened.statement.text == TEXT
    assert "muligt navn" in [why for _run, why in opened.runs]
    assert opened.may_show_all
    assert "Karen" not in opened.result
    assert Event.objects.filter(kind="held_read", actor=moderator.person, subject=held.thing).count() == 1
    later = queries.sheet(conference, held.pk, by=moderator, at=AT + timedelta(minutes=5))
    assert later.is_held_back


def test_another_moderators_statement_says_who_has_it(conference, moderator, held, question):
    other = make_by("moderator", conference.organiser, make_person("Sara"))
    actions.take(held, by=other, at=AT)
    for act in (
        lambda: actions.take(held, by=moderator, at=AT),
        lambda: actions.publish(held, by=moderator, at=AT),
        lambda: actions.decline(held, reason="Navn", by=moderator, at=AT),
    ):
        with pytest.raises(Clash) as clash:
            act()
        assert str(clash.value) == "Sara (eksempel) har den. Tag den næste."
    assert queries.queue(conference, by=moderator, at=AT)[0].taken_by == "Sara (eksempel)"
    assert queries.queue(conference, by=other, at=AT)[0].taken_by == ""
    assert queries.next_to_read(conference, by=moderator, at=AT) == ""
    assert queries.next_to_read(conference, by=other, at=AT) == held.pk
    actions.take(held, by=moderator, at=AT + timedelta(minutes=5))


def test_what_one_has_decided_the_other_cannot(conference, moderator, question):
    other = make_by("moderator", conference.organiser, make_person("Sara"))
    waiting = make_statement(question, state="waiting")
    actions.publish(waiting, by=other, at=AT)
    with pytest.raises(Clash, match=r"Sara \(eksempel\) har den"):
        actions.decline(waiting, reason="Navn", by=moderator, at=AT + timedelta(hours=1))


def test_publishing_gives_the_next_number_at_the_conference(conference, moderator, question):
    make_statement(question, number=185)
    make_statement(number=900)
    waiting = make_statement(question, state="waiting")
    shown = actions.publish(waiting, by=moderator, at=AT)
    assert (shown.number, shown.state, shown.state_at) == (186, "published", AT)
    assert list(queries.visible_statements(ANYONE, AT).filter(pk=waiting.pk))
    assert not Redaction.objects.exists()
    assert Event.objects.get(kind="published", subject=waiting.thing).on_behalf_of_id == conference.organiser_id


def test_publishing_without_the_name_restricts_the_original_for_ninety_days(moderator, held):
    with pytest.raises(Refused) as refused:
        actions.publish(held, text=SHOWN, by=moderator, at=AT)
    assert refused.value.field == "reason"
    shown = actions.publish(held, text=SHOWN, reason="Navn på en anden person", by=moderator, at=AT)
    assert shown.text == SHOWN
    kept = Redaction.objects.get(subject=held.thing)
    assert (kept.original, kept.made_by) == (TEXT, moderator.person)
    assert kept.delete_original_on == AT.date() + timedelta(days=90)
    assert set(Event.objects.filter(subject=held.thing).values_list("kind", flat=True)) == {"redacted", "published"}


def test_words_can_be_removed_and_not_rewritten(moderator, held):
    for text in ("Det er Karen Hansens skyld. Hun løber stærkt.", SHOWN + " Tak.", "Noget andet.", "", "[navn fjernet]x"):
        with pytest.raises(Refused, match="Du kan kun fjerne ord"):
            actions.publish(held, text=text, reason="Navn", by=moderator, at=AT)
    actions.publish(held, text="[oplysning fjernet] Hun [oplysning fjernet].", reason="Navn", by=moderator, at=AT)


@given(st.text(st.characters(exclude_characters="[]"), min_size=1), st.data())
def test_any_removal_is_accepted(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    rules.check_only_redacted(text, text[:start] + "[navn fjernet]" + text[end:])
    rules.check_only_redacted(text, text)


@given(st.text(st.sampled_from("ab "), min_size=2), st.text(st.sampled_from("abc "), min_size=1))
def test_no_insertion_is_accepted(text, more):
    with pytest.raises(Refused):
        rules.check_only_redacted(text, text + more)


def test_a_text_with_a_cpr_number_is_never_shown_whole(moderator, question, conference):
    waiting = make_statement(question, state="held", text="Min mor, 070761-4285, bor alene.", marks="cpr")
    actions.take(waiting, by=moderator, at=AT)
    sheet = queries.sheet(conference, waiting.pk, by=moderator, at=AT)
    assert not sheet.may_show_all
    with pytest.raises(Refused, match="CPR"):
        actions.publish(waiting, by=moderator, at=AT)
    shown = actions.publish(waiting, text=sheet.result, reason="CPR", by=moderator, at=AT)
    assert shown.text == "Min mor, [CPR-nummer fjernet], bor alene."


def test_declining_needs_a_reason_the_writer_can_read(moderator, held):
    with pytest.raises(Refused, match="Vælg en grund"):
        actions.decline(held, reason=" ", by=moderator, at=AT)
    reason = "Vi har ikke vist din tekst, fordi den nævner en anden person ved navn. Du kan skrive den igen uden navnet."
    assert actions.decline(held, reason=reason, by=moderator, at=AT).state_reason == reason
    assert not queries.visible_statements(ANYONE, AT).exists()


def test_undo_brings_back_the_words_and_drops_the_redaction(moderator, held):
    actions.publish(held, text=SHOWN, reason="Navn", by=moderator, at=AT)
    back = actions.undo(held, by=moderator, at=AT + timedelta(minutes=1))
    assert (back.state, back.text) == ("held", TEXT)
    assert not Redaction.objects.exists()
    again = actions.publish(held, text=SHOWN, reason="Navn", by=moderator, at=AT + timedelta(minutes=2))
    assert again.number == back.number
    with pytest.raises(Refused, match="for længe siden"):
        actions.undo(held, by=moderator, at=AT + timedelta(hours=1))


def test_undo_after_declining_puts_it_back_in_the_queue(moderator, question, conference):
    waiting = make_statement(question, state="waiting")
    actions.decline(waiting, reason="Navn", by=moderator, at=AT)
    assert actions.undo(waiting, by=moderator, at=AT).state == "waiting"
    assert [row.id for row in queries.queue(conference, by=moderator, at=AT)] == [waiting.pk]
    with pytest.raises(Refused):
        actions.undo(waiting, by=moderator, at=AT)


def test_a_shown_statement_is_withdrawn_with_a_reason(moderator, question):
    shown = make_statement(question)
    with pytest.raises(Refused):
        actions.withdraw(shown, reason="", by=moderator, at=AT)
    gone = actions.withdraw(shown, reason="Skribenten har bedt om det", by=moderator, at=AT)
    assert (gone.state, gone.number) == ("withdrawn", shown.number)
    with pytest.raises(Refused):
        actions.withdraw(shown, reason="igen", by=moderator, at=AT)


def test_everyone_else_is_refused(question, conference, held):
    shown = make_statement(question)
    others = [ANYONE, make_by("moderator", make_party()), make_by("planner", conference.organiser)]
    for by in others:
        for act in (
            lambda by=by: actions.take(held, by=by, at=AT),
            lambda by=by: actions.publish(held, by=by, at=AT),
            lambda by=by: actions.decline(held, reason="Navn", by=by, at=AT),
            lambda by=by: actions.undo(shown, by=by, at=AT),
            lambda by=by: actions.withdraw(shown, reason="Navn", by=by, at=AT),
            lambda by=by: actions.read_original(shown, because="check", by=by, at=AT),
        ):
            with pytest.raises(Refused):
                act()
        assert not queries.desks(by, AT).exists()
        with pytest.raises(LookupError):
            queries.moderated_conference(conference.pk, by=by, at=AT)


def test_the_original_is_read_by_a_moderator_and_recorded(moderator, held):
    actions.publish(held, text=SHOWN, reason="Navn", by=moderator, at=AT)
    assert actions.read_original(held, because="complaint", by=moderator, at=AT) == TEXT
    assert Event.objects.filter(kind="original_read", subject=held.thing, actor=moderator.person).exists()


def test_numbers_and_order_of_the_queue(conference, moderator, question, held):
    older = make_statement(question, state="waiting", written_at=AT - timedelta(minutes=40))
    apart = make_statement(question, state="held", marks="name many")
    make_statement(question)
    make_statement(question, state="declined")
    assert [row.id for row in queries.queue(conference, by=moderator, at=AT)] == [older.pk, held.pk]
    assert [row.id for row in queries.queue(conference, by=moderator, at=AT, many=True)] == [apart.pk]
    found = queries.numbers(conference, at=AT)
    assert (found["waiting"], found["marked"], found["published"], found["declined"], found["many"]) == (2, 1, 1, 1, 1)
    assert found["waited"] == timedelta(minutes=40)


def test_declined_and_held_texts_are_blanked_after_ninety_days(moderator, question, held):
    declined = make_statement(question, state="declined", text="Et navn stod her.", device="d", key="k")
    shown = make_statement(question)
    assert actions.erase_due_texts(by=moderator, at=AT + timedelta(days=89)) == 0
    assert actions.erase_due_texts(by=moderator, at=AT + timedelta(days=91)) == 2
    for row in (declined, held):
        row.refresh_from_db()
        assert (row.text, row.device) == ("", "")
    shown.refresh_from_db()
    assert shown.text


def test_the_restricted_original_keeps_no_cpr_number(db):
    from tests.factories import AT, make_by, make_conference, make_party, make_question, make_statement
    from tovholder.dialogue import actions
    from tovholder.intake.models import Redaction

    organiser = make_party()
    question = make_question(make_conference(organiser))
    row = make_statement(question, state="held", text="Min mor, 070761-4285, bor alene.", marks="cpr")
    by = make_by("moderator", organiser)
    actions.take(row, by=by, at=AT)
    actions.publish(row, text="Min mor, [CPR-nummer fjernet], bor alene.", reason="CPR-nummer", by=by, at=AT)
    assert Redaction.objects.get().original == "Min mor, [CPR-nummer fjernet], bor alene."
