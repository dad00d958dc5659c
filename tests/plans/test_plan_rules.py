"""Every refusal, one row each: pure checks on plain objects, no database."""

from datetime import UTC, date, datetime
from types import SimpleNamespace as Row

import pytest

from tovholder.base.by import ANYONE, By, Held
from tovholder.base.errors import Refused
from tovholder.plans import rules

TODAY = date(2026, 11, 24)
SEALED = datetime(2026, 10, 1, 9, tzinfo=UTC)
PLANNER = By(person="p", mandates=(Held("planner", "region"),))
STRANGER = By(person="q", mandates=(Held("planner", "another"),))
APPROVER = By(person="a", mandates=(Held("approver", "vejen"),))


def plan(**fields):
    return Row(**({"owner_id": "region", "withdrawn_at": None, "title": "Vision"} | fields))


def version(**fields):
    return Row(**({"plan": plan(), "sealed_at": SEALED, "fingerprint": "f1"} | fields))


def approval(part="decides", who="members", **fields):
    row = {"step": Row(part=part, who=who), "party_id": "vejen", "party": Row(name="Vejen"), "outcome": "asked", "version": version()}
    return Row(**(row | {"decided_on": None, "fingerprint": ""} | fields))


def said_yes(**fields):
    return approval(**({"outcome": "approved", "fingerprint": "f1", "decided_on": date(2026, 11, 2)} | fields))


@pytest.mark.parametrize(
    ("target", "by", "sentence"),
    [
        (plan(), ANYONE, "Log ind først."),
        (plan(), STRANGER, "mandat"),
        (plan(), APPROVER, "mandat"),
        (plan(withdrawn_at=SEALED), PLANNER, "trukket tilbage"),
    ],
)
def test_only_the_owners_planner_writes_a_plan_that_stands(target, by, sentence):
    with pytest.raises(Refused, match=sentence):
        rules.check_may_write(target, by=by)


def test_the_owners_planner_may_write():
    rules.check_may_write(plan(), by=PLANNER)
    rules.check_may_edit(version(sealed_at=None), by=PLANNER)


@pytest.mark.parametrize(
    ("check", "args", "sentence"),
    [
        (rules.check_may_edit, (version(),), "låst"),
        (rules.check_may_seal, (version(sealed_at=None), []), "tomt"),
        (rules.check_may_seal, (version(), ["row"]), "låst"),
        (rules.check_may_publish, (version(sealed_at=None),), "Lås versionen først"),
    ],
)
def test_a_version_is_either_open_or_sealed(check, args, sentence):
    with pytest.raises(Refused, match=sentence):
        check(*args, by=PLANNER)


@pytest.mark.parametrize(
    ("words", "field"),
    [(("1", " ", ""), "heading"), (("1", "a" * 201, ""), "heading"), (("1" * 21, "a", ""), "label"), (("1", "a", "b" * 60_001), "body")],
)
def test_words_have_a_heading_and_a_size(words, field):
    with pytest.raises(Refused) as refusal:
        rules.check_words(*words)
    assert refusal.value.field == field


def test_words_at_the_limit_pass():
    rules.check_words("1" * 20, "a" * 200, "b" * 60_000)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": " "}, "title"),
        ({"period_from": date(2027, 1, 1), "period_until": date(2027, 1, 1)}, "period_until"),
        ({"kind": Row(label="Sundhedsaftale", valid_until=TODAY)}, "kind"),
    ],
)
def test_a_plan_begins_with_a_name_a_period_and_a_living_kind(fields, field):
    given = {"kind": Row(name="Vision", valid_until=None), "title": "Vision", "period_from": None, "period_until": None} | fields
    with pytest.raises(Refused) as refusal:
        rules.check_may_begin(given.pop("kind"), **given, today=TODAY)
    assert refusal.value.field == field


def test_a_deadline_must_lie_ahead_and_the_sentence_names_both_days():
    with pytest.raises(Refused, match="1. november er gået. Vælg en dag efter i dag, 24. november."):
        rules.check_may_ask(version(), by=PLANNER, due_on=date(2026, 11, 1), today=TODAY)
    with pytest.raises(Refused):
        rules.check_may_ask(version(), by=PLANNER, due_on=TODAY, today=TODAY)
    rules.check_may_ask(version(), by=PLANNER, due_on=date(2026, 11, 25), today=TODAY)


@pytest.mark.parametrize("steps", [[], [(Row(part="decides", who="members"), None)], [(Row(part="advises", who="authority"), "sst")]])
def test_nobody_is_asked_when_nobody_can_decide(steps):
    with pytest.raises(Refused, match="hvem der skal beslutte"):
        rules.check_someone_decides(plan(), steps)


@pytest.mark.parametrize(
    ("row", "changes", "sentence"),
    [
        (approval(), {"by": ANYONE}, "Log ind"),
        (approval(), {"by": PLANNER}, "mandat"),
        (approval(party_id="varde"), {}, "mandat"),
        (approval("advises", "authority", party_id="sst"), {"outcome": "advised"}, "mandat"),
        (approval(), {"is_adopted": True}, "vedtaget"),
        (approval(), {"outcome": "advised"}, "passer ikke"),
        (approval(), {"outcome": "asked"}, "passer ikke"),
        (approval(outcome="approved"), {"outcome": "declined"}, "passer ikke"),
        (approval("advises", "members"), {}, "passer ikke"),
        (approval(), {"earlier_missing": ["Sundhedsstyrelsen"]}, "Sundhedsstyrelsen skal svare først"),
        (approval(), {"fingerprint": "f0"}, "Teksten er en anden"),
        (approval(), {"fingerprint": ""}, "Teksten er en anden"),
        (approval(), {"decided_on": None}, "hvilken dag"),
        (approval(), {"decided_on": date(2026, 11, 25)}, "ikke kommet endnu"),
        (approval(), {"decided_on": date(2026, 9, 30)}, "låst 1. oktober 2026"),
        (approval(), {"outcome": "reserved", "reservation": " "}, "forbeholdet"),
    ],
)
def test_an_answer_is_refused(row, changes, sentence):
    given = {"outcome": "approved", "fingerprint": "f1", "decided_on": TODAY, "reservation": "", "earlier_missing": [], "by": APPROVER}
    with pytest.raises(Refused, match=sentence):
        rules.check_may_record(row, today=TODAY, **(given | changes))


@pytest.mark.parametrize(
    ("row", "by", "outcome"),
    [
        (approval(), APPROVER, "approved"),
        (approval(), APPROVER, "reserved"),
        (approval(outcome="reserved"), APPROVER, "approved"),
        (approval("advises", "authority", party_id="sst"), PLANNER, "advised"),
        (approval("advises", "authority", party_id="vejen"), APPROVER, "advised"),
    ],
)
def test_an_answer_is_taken(row, by, outcome):
    rules.check_may_record(
        row, outcome=outcome, fingerprint="f1", decided_on=date(2026, 10, 1), reservation="3.2", earlier_missing=[], today=TODAY, by=by
    )


@pytest.mark.parametrize(
    ("rows", "changes", "sentence"),
    [
        ([], {}, "Ingen er spurgt"),
        ([said_yes(), approval(party=Row(name="Ærø"))], {}, "mangler at sige ja: Ærø"),
        ([said_yes(outcome="declined")], {}, "mangler at sige ja: Vejen"),
        ([approval(party=Row(name=f"K{n}")) for n in range(7)], {}, "K0, K1, K2, K3, K4 og 2 flere"),
        ([said_yes(), said_yes(fingerprint="f0")], {}, "samme tekst"),
        ([said_yes()], {"adopted_on": date(2026, 11, 25)}, "ikke kommet"),
        ([said_yes()], {"adopted_on": date(2026, 11, 1)}, "sagde først ja 2. november 2026"),
        ([said_yes()], {"in_force_from": date(2026, 11, 23)}, "før den er vedtaget"),
        ([said_yes()], {"by": STRANGER}, "mandat"),
    ],
)
def test_adoption_is_refused(rows, changes, sentence):
    given = {"adopted_on": TODAY, "in_force_from": TODAY, "today": TODAY, "by": PLANNER} | changes
    with pytest.raises(Refused, match=sentence):
        rules.check_may_adopt(version(), rows, **given)


def test_an_open_draft_is_never_adopted():
    with pytest.raises(Refused, match="Lås versionen først"):
        rules.check_may_adopt(version(sealed_at=None), [said_yes()], adopted_on=TODAY, in_force_from=TODAY, today=TODAY, by=PLANNER)


def test_everyone_said_yes_to_the_same_text():
    rows = [said_yes(), said_yes(outcome="reserved")]
    rules.check_may_adopt(version(), rows, adopted_on=TODAY, in_force_from=TODAY, today=TODAY, by=PLANNER)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"text": " "}, "text"), ({"text": "a" * 301}, "text"), ({"number": 4}, "number"), ({"deadline": TODAY}, "deadline")],
)
def test_a_goal_is_refused(changes, field):
    given = {"number": 5, "text": "Færre", "deadline": None, "taken": {4}, "today": TODAY} | changes
    with pytest.raises(Refused) as refusal:
        rules.check_goal(**given)
    assert refusal.value.field == field


def test_only_the_owners_people_report_on_a_goal():
    goal = Row(owner_id="vejen", plan=plan())
    rules.check_may_report(goal, by=APPROVER)
    rules.check_may_measure(goal, "Genindlæggelser", by=PLANNER)
    with pytest.raises(Refused, match="mandat"):
        rules.check_may_report(goal, by=PLANNER)
    with pytest.raises(Refused, match="mandat"):
        rules.check_may_measure(goal, "Genindlæggelser", by=STRANGER)
    for empty in ("", " ", "a" * 201):
        with pytest.raises(Refused):
            rules.check_may_measure(goal, empty, by=PLANNER)
