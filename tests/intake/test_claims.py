"""Notices, claim codes, the alarm, the gate and the restricted originals."""

from datetime import timedelta

import pytest

from tests.factories import AT, make_by, make_party, make_statement, make_user
from tovholder.base.by import ANYONE, By
from tovholder.base.errors import Refused, TooMany
from tovholder.base.events import new_thing
from tovholder.base.models import Event, OutboxMail
from tovholder.intake import actions, queries, rules
from tovholder.intake.models import ClaimTries, Contributor, Redaction
from tovholder.texts import code_words

pytestmark = pytest.mark.django_db
CODE = code_words.new_code(123456789012345678)
SENTENCE = "Vi kan ikke finde den kode. Tjek stavningen – fem ord med bindestreg."


@pytest.fixture
def contributor():
    return actions.new_contributor(CODE, sector="citizen", delete_on=AT.date(), at=AT)


def test_the_code_is_nowhere_in_the_database(contributor):
    stored = Contributor.objects.get()
    assert stored.claim != CODE
    assert len(stored.claim) == 64
    assert not any(word in str(stored.__dict__) for word in CODE.split("-") if len(word) > 3)


def test_the_code_leads_back_however_it_is_typed(contributor):
    assert actions.claim(f"  {CODE.upper().replace('-', ' ')} ", device="a", at=AT) == contributor
    assert Event.objects.filter(kind="claimed", subject=contributor.thing, actor=contributor.pk).count() == 1


@pytest.mark.parametrize("typed", ["", "birk", "x" * 100_000, "'; drop table", code_words.new_code(7), "\x00", None])
def test_every_code_that_leads_nowhere_gets_the_same_sentence(contributor, typed):
    with pytest.raises(Refused) as refused:
        actions.claim(typed, device="a", at=AT)
    assert str(refused.value) == SENTENCE
    assert refused.value.field == "code"
    assert type(refused.value) is Refused


def test_a_forgotten_contributor_gets_the_same_sentence_as_an_unknown_code(contributor):
    actions.forget_contributor(contributor, by=By(contributor=contributor.pk), at=AT)
    with pytest.raises(Refused, match="Vi kan ikke finde den kode"):
        actions.claim(CODE, device="a", at=AT)
    row = Contributor.objects.get()
    assert (row.claim, row.sector, row.notify_mail, row.forgotten_at) == (None, "", "", AT)


def test_a_device_waits_a_second_and_is_never_locked_out(contributor):
    moment = AT
    for _ in range(30):
        with pytest.raises(Refused):
            actions.claim("en to tre fire fem", device="a", at=moment)
        with pytest.raises(TooMany, match="Vent et øjeblik, og prøv igen."):
            actions.claim(CODE, device="a", at=moment + timedelta(milliseconds=900))
        moment += timedelta(seconds=1)
    assert actions.claim(CODE, device="a", at=moment) == contributor


def test_within_the_second_a_right_and_a_wrong_code_answer_alike(contributor):
    for typed in (CODE, "en to tre fire fem"):
        ClaimTries.objects.all().delete()
        with pytest.raises(Refused):
            actions.claim("nej nej nej nej nej", device="a", at=AT)
        with pytest.raises(TooMany):
            actions.claim(typed, device="a", at=AT + timedelta(milliseconds=500))


def test_one_phone_in_a_hall_does_not_slow_the_others(contributor):
    with pytest.raises(Refused):
        actions.claim("forkert", device="a", at=AT)
    assert actions.claim(CODE, device="b", at=AT) == contributor


def test_more_than_200_wrong_tries_in_a_minute_raise_one_alarm_and_block_nobody(contributor):
    make_user(("operator", make_party()), email="drift@example.dk")
    make_user(("planner", make_party()), email="plan@example.dk")
    for number in range(203):
        with pytest.raises(Refused):
            actions.claim("forkert", device=f"d{number}", at=AT)
    assert queries.wrong_tries(AT - timedelta(minutes=1)) == 203
    assert Event.objects.filter(kind="claim_alarm").count() == 1
    assert list(OutboxMail.objects.values_list("recipient", flat=True)) == ["drift@example.dk"]
    assert actions.claim(CODE, device="z", at=AT) == contributor
    later = AT + timedelta(minutes=11)
    for number in range(201):
        with pytest.raises(Refused):
            actions.claim("forkert", device=f"e{number}", at=later)
    assert Event.objects.filter(kind="claim_alarm").count() == 2


def test_200_wrong_tries_raise_no_alarm():
    for number in range(200):
        with pytest.raises(Refused):
            actions.claim("forkert", device=f"d{number}", at=AT)
    assert not Event.objects.filter(kind="claim_alarm").exists()


def test_only_the_one_with_the_code_may_forget_or_be_told(contributor):
    for stranger in (ANYONE, By(contributor="x"), make_by("moderator", make_party())):
        with pytest.raises(Refused):
            actions.forget_contributor(contributor, by=stranger, at=AT)
        with pytest.raises(Refused):
            actions.ask_to_be_told(contributor, mail="a@example.dk", by=stranger, at=AT)
    own = By(contributor=contributor.pk)
    with pytest.raises(Refused, match="ligner ikke en mailadresse"):
        actions.ask_to_be_told(contributor, mail="a@", by=own, at=AT)
    actions.ask_to_be_told(contributor, mail="a@example.dk", by=own, at=AT)
    assert queries.contributor(contributor.pk).notify_mail == "a@example.dk"


def test_a_notice_says_everything_or_is_refused():
    region, kommune = make_party(), make_party("municipality")
    by = make_by("planner", region)
    said = {
        "name": "Dialog", "controller": region, "purpose": "at lytte", "legal_basis": "artikel 9, stk. 2, litra g",
        "delete_on": AT.date(), "contact_role": "DPO", "by": by, "at": AT,
    }  # fmt: skip
    with pytest.raises(Refused) as refused:
        actions.write_notice(**said | {"legal_basis": " "})
    assert refused.value.field == "legal_basis"
    with pytest.raises(Refused):
        actions.write_notice(**said | {"by": make_by("planner", kommune)})
    notice = actions.write_notice(**said, joint_controllers=[kommune])
    assert list(queries.notice(notice.pk).joint_controllers.all()) == [kommune]


def test_the_gate_marks_and_removes_what_it_finds():
    text = "Ring til Karen Hansen på 22 33 44 55 eller karen@example.dk."
    finds = queries.finds_in(text)
    assert "".join(run for run, _why in queries.marked(text, finds)) == text
    assert {why for _run, why in queries.marked(text, finds) if why} >= {"telefonnummer", "mailadresse"}
    shown = queries.without(text, finds)
    assert "22 33 44 55" not in shown
    assert "karen@" not in shown
    assert "[telefonnummer fjernet]" in shown
    subject = new_thing("remark", AT)
    assert actions.note_finds(subject, text, at=AT) == len(finds)
    assert actions.note_finds(subject, text, at=AT) == len(finds)
    rows = queries.finds_of(subject.pk)
    assert [text[row.start : row.end] for row in rows] == [find.text for find in finds]


def test_an_original_is_read_with_a_reason_and_blanked_on_its_day():
    statement, by = make_statement(), make_by("moderator", make_party())
    actions.redact(statement.thing, original="Karen sagde", reason="Navn", delete_original_on=AT.date(), by=by, at=AT)
    with pytest.raises(Refused):
        actions.read_original(statement.thing, because="nysgerrig", by=by, at=AT)
    assert actions.read_original(statement.thing, because="complaint", by=by, at=AT) == "Karen sagde"
    assert Event.objects.filter(kind="original_read", actor=by.person).count() == 1
    assert actions.erase_due_originals(on=AT.date() - timedelta(days=1), by=by, at=AT) == 0
    assert actions.erase_due_originals(on=AT.date(), by=by, at=AT) == 1
    assert Redaction.objects.get().original == ""
    with pytest.raises(LookupError):
        actions.read_original(statement.thing, because="complaint", by=by, at=AT)


def test_the_budget_is_the_one_that_is_promised():
    assert (200, timedelta(seconds=1), timedelta(minutes=10)) == (rules.SITE_BUDGET, rules.DELAY, rules.ALARM_PAUSE)
