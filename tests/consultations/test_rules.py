"""Who may, and when, by tables."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from tests.factories import AT
from tovholder.base.by import By, Held
from tovholder.base.errors import Refused
from tovholder.consultations import rules

DAY = timedelta(days=1)


def a_round(**fields):
    owner = SimpleNamespace(pk="owner", name="Region", valid_from=None, valid_until=None)
    plan = SimpleNamespace(owner=owner, owner_id="owner", withdrawn_at=None)
    defaults = {"opens_at": AT - 10 * DAY, "deadline_at": AT + 10 * DAY, "concluded_at": None, "version": SimpleNamespace(plan=plan)}
    return SimpleNamespace(**(defaults | fields))


def planner(party="owner"):
    return By(person="p", mandates=(Held("planner", party),))


def said_by(check, *which):
    """The sentence a rule refuses with, or None when it lets the act pass."""
    try:
        check(*which)
    except Refused as refusal:
        return str(refusal)
    return None


@pytest.mark.parametrize(
    ("fields", "phase"),
    [
        ({}, "open"),
        ({"opens_at": AT + DAY}, "coming"),
        ({"opens_at": AT}, "open"),
        ({"deadline_at": AT}, "closed"),
        ({"deadline_at": AT - DAY}, "closed"),
        ({"deadline_at": AT - DAY, "concluded_at": AT}, "concluded"),
    ],
)
def test_a_round_is_in_one_phase(fields, phase):
    assert rules.phase_of(a_round(**fields), AT) == phase


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"deadline_at": AT - 23 * DAY}, "deadline_on", "1. november er gået. Vælg en dag efter i dag, 24. november."),
        ({"deadline_at": AT - timedelta(hours=1)}, "deadline_on", "Kl. 09.00 i dag er gået. Vælg en dag efter i dag, 24. november."),
        ({"opens_at": AT + 20 * DAY}, "deadline_on", "Fristen ligger, før høringen åbner. Vælg en senere dag."),
        ({"title": " "}, "title", "Giv høringen et navn."),
        ({"letter": ""}, "letter", "Skriv høringsbrevet. Det er det første, parterne læser."),
    ],
)
def test_a_round_opens_only_with_a_letter_and_a_deadline_ahead(fields, field, words):
    version = a_round().version
    told = {"title": "Høring", "letter": "Brev", "opens_at": AT, "deadline_at": AT + 10 * DAY} | fields
    with pytest.raises(Refused) as refusal:
        rules.check_may_open(version, **told, by=planner(), at=AT)
    assert (refusal.value.field, str(refusal.value)) == (field, words)


def test_an_owner_whose_period_has_ended_asks_nobody():
    version = a_round().version
    version.plan.owner.valid_until = AT.date()
    with pytest.raises(Refused, match="findes ikke den dag"):
        rules.check_may_open(version, title="H", letter="B", opens_at=AT, deadline_at=AT + DAY, by=planner(), at=AT)


@pytest.mark.parametrize(
    ("deadline", "extended", "sentence"),
    [
        (AT + DAY, None, None),
        (AT, None, "Høringen lukkede kl. 10.00. Vi har gemt dit svar som kladde."),
        (AT - DAY, None, "Høringen lukkede 23. november kl. 10.00. Vi har gemt dit svar som kladde."),
        (AT - DAY, AT + DAY, None),
        (AT - DAY, AT, "Høringen lukkede kl. 10.00. Vi har gemt dit svar som kladde."),
    ],
)
def test_the_deadline_is_the_partys_own(deadline, extended, sentence):
    listed = SimpleNamespace(extended_to=extended)
    assert said_by(rules.check_is_open, a_round(deadline_at=deadline), listed, AT) == sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("x" * 20_000, None),
        ("x" * 20_412, "Du er 412 tegn over 20.000. Kort lidt ned – eller del i to."),
        ("Min mor, 010190-1234, ventede.", "Det ligner et CPR-nummer. Fjern det, så sender vi resten."),
        ("", None),
    ],
)
def test_a_remark_is_readable_and_holds_no_cpr_number(text, sentence):
    assert said_by(rules.check_remark, text) == sentence


@pytest.mark.parametrize(
    ("verdict", "reason", "is_allowed"),
    [
        ("accepted", "Rettet i 4.2.", True),
        ("accepted", " ", False),
        ("partly", "", False),
        ("not_accepted", "", False),
        ("noted", "", True),
        ("maybe", "Fordi.", False),
        ("", "Fordi.", False),
    ],
)
def test_a_verdict_has_a_reason_unless_it_is_noted(verdict, reason, is_allowed):
    remark = SimpleNamespace(response=SimpleNamespace(consultation=a_round(), state="submitted"))
    if is_allowed:
        rules.check_may_judge(remark, verdict=verdict, reason=reason, by=planner())
    else:
        with pytest.raises(Refused):
            rules.check_may_judge(remark, verdict=verdict, reason=reason, by=planner())


@pytest.mark.parametrize("by", [By(), planner("another"), By(person="p", mandates=(Held("coordinator", "owner"),))])
def test_only_the_owners_planners_judge(by):
    remark = SimpleNamespace(response=SimpleNamespace(consultation=a_round(), state="submitted"))
    with pytest.raises(Refused):
        rules.check_may_judge(remark, verdict="noted", reason="", by=by)


@pytest.mark.parametrize(
    ("original", "parts", "is_allowed"),
    [
        ("Et. To.", ["Et.", "To."], True),
        ("Et.\n\nTo.", ["Et.", "To."], True),
        ("Et. To.", ["Et. To."], False),
        ("Et. To.", ["Et.", "Tre."], False),
        ("Et. To.", ["Et."], False),
    ],
)
def test_a_division_keeps_every_word(original, parts, is_allowed):
    if is_allowed:
        rules.check_parts(original, parts)
    else:
        with pytest.raises(Refused):
            rules.check_parts(original, parts)


@pytest.mark.parametrize(
    ("missing", "reason", "last", "is_allowed"),
    [(0, "", AT, True), (12, "", AT, False), (12, "De kom på svensk.", AT, True), (0, "", AT + DAY, False)],
)
def test_a_round_concludes_when_nothing_is_missing_or_someone_says_why(missing, reason, last, is_allowed):
    if is_allowed:
        rules.check_may_conclude(a_round(), missing=missing, last_deadline=last, reason=reason, by=planner(), at=AT)
    else:
        with pytest.raises(Refused):
            rules.check_may_conclude(a_round(), missing=missing, last_deadline=last, reason=reason, by=planner(), at=AT)


def test_the_sentence_about_gaps_counts_them():
    with pytest.raises(Refused) as refusal:
        rules.check_may_conclude(a_round(), missing=12, last_deadline=AT, reason="", by=planner(), at=AT)
    assert str(refusal.value) == "Høringen kan ikke lukkes endnu: 12 svar er ikke i notatet. Svar dem, eller skriv hvorfor."
