"""Every verb, tried by nobody and by a neighbour who holds every role at home: refused for who they are, and nothing is written."""

import inspect
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import transaction

from tests.factories import AT
from tests.web.routes_cases import CASES
from tests.web.test_routes import address_of, taken_back
from tovholder.base.by import By, Held
from tovholder.base.errors import Refused
from tovholder.base.models import Thing
from tovholder.parties import rules as parties
from tovholder.plans import queries as plans
from tovholder.threads.models import Tie

# Who may do what is decided before anything is asked of the database.
pytestmark = [pytest.mark.django_db, pytest.mark.once]
ROOMS = ("parties", "intake", "dialogue", "plans", "initiatives", "consultations", "findings", "threads")
DAY = AT.date() + timedelta(days=30)
OPEN_TO_ALL = {
    "dialogue.say": "alle i salen må sige noget; alderen på spørgsmålet prøves i reglen",
    "dialogue.say_afterwards": "som say",
    "dialogue.preview": "skriver intet",
    "dialogue.vote": "alle telefoner må svare på et udsagn, der er vist",
    "dialogue.declare_sector": "alle telefoner må sige, hvem de svarer som",
    "intake.claim": "den, der har de fem ord, er den, der skrev",
    "intake.find_by_code": "som claim, uden hændelse",
    "intake.claim_digest": "regner kun",
    "dialogue.code_of": "regner kun",
}
BENEATH = {
    "intake.new_contributor": "kaldes af say og begin_response, når deres regel er spurgt",
    "intake.note_finds": "gemmer kun steder, porten har set",
    "intake.note_told": "kaldes af det natlige job",
    "intake.redact": "kaldes af publish og redact_remark, når deres regel er spurgt",
    "intake.take_back_redaction": "kaldes af undo, når dens regel er spurgt",
    "intake.read_original": "kaldes af dialogue.read_original, som spørger reglen",
    "intake.erase_due_originals": "natligt job uden dør",
    "intake.erase_old_tries": "natligt job uden dør",
    "dialogue.erase_due_texts": "natligt job uden dør",
    "dialogue.cut_device_ties": "natligt job uden dør",
    "threads.tell_back": "natligt job uden dør",
    "threads.forget_due": "natligt job uden dør",
    "consultations.receive": "kaldes af submit_response og type_in_response",
    "consultations.add_signers": "kaldes af begin_response og ask_signers",
    "parties.choose_password": "kaldes med en gyldig invitation, ikke med en By",
}
A_NEIGHBOUR_MAY = {
    "parties.give_task": "enhver på arbejde må skrive, hvad en part skylder; det står kun på partens eget bord",
    "intake.take_in": "enhver på arbejde må aflevere et dokument",
    "intake.decide_proposal": "kilder læses af alle med mandat; det, der bliver til noget, har sin egen regel",
    "initiatives.start_initiative": "enhver part må begynde noget i eget navn",
    "initiatives.start_programme": "enhver part må begynde noget i eget navn",
    "threads.confirm_proposal": "en indsats fra en kilde må enhver part begynde i eget navn",
}
WHO = (
    "Log ind først",
    "mandat, du ikke har",
    "Kun den, der svarer",
    "Det kan kun de, der begyndte",
    "Kun de, der ejer",
    "Kun ejeren",
    "Ingen af dine parter",
    "Konferencen er ikke offentlig",
    "Kun parter",
    "Det gør systemet selv",
)


def actions():
    """This will yield every (name, verb) of the house."""
    for room in ROOMS:
        try:
            module = import_module(f"tovholder.{room}.actions")
        except ModuleNotFoundError:
            continue
        names = getattr(module, "__all__", None) or [
            name for name, found in vars(module).items() if inspect.isfunction(found) and found.__module__ == module.__name__
        ]
        for name in names:
            verb = getattr(module, name)
            if not name.startswith("_") and inspect.isfunction(verb):
                yield f"{room}.{name}", verb


VERBS = dict(actions())
TRIED = sorted(set(VERBS) - set(OPEN_TO_ALL) - set(BENEATH))


def values(world):
    """What stands for each argument, by its name: all of it belongs to the region."""
    words = dict.fromkeys(
        (
            "name",
            "title",
            "text",
            "reason",
            "heading",
            "body",
            "label",
            "letter",
            "purpose",
            "legal_basis",
            "contact_role",
            "role_title",
            "minutes",
            "because",
            "funder",
            "indicator",
            "what",
            "next_name",
            "worked",
            "changed",
            "note",
            "motto",
            "venue",
            "part",
        ),
        "Helt almindelige ord",
    )
    moments = dict.fromkeys(("opens_at", "starts_at", "received_at"), AT) | dict.fromkeys(
        ("deadline_at", "ends_at", "to", "due_at", "closes_at"), AT + timedelta(days=40)
    )
    days = dict.fromkeys(("due_on", "delete_on", "deadline", "agenda_on", "on", "in_force_from", "council_meets_on"), DAY)
    things = {
        "conference": world.conference,
        "place": world.conference,
        "codebook": world.codebook,
        "suggestion": world.suggestion,
        "answer_id": world.said.pk,
        "codes": [],
        "guide": "Helt almindelige ord",
        "share": 5,
        "suggested": {world.said.pk: []},
        "model": "m",
        "sizes": {},
        "answers": [],
        "group": world.group,
        "series": world.series,
        "question": world.question,
        "statement": world.waiting,
        "theme": world.theme,
        "topic": world.topic,
        "meeting": world.meeting,
        "member": world.member,
        "item": world.item,
        "plan": world.plan,
        "version": plans.draft_of(world.plan),
        "provision": world.provision,
        "approval": world.approval,
        "goal": world.goal,
        "consultation": world.consultation,
        "response": world.open_response,
        "remark": world.late_remark,
        "listed": world.listed,
        "signer": world.signer,
        "initiative": world.initiative,
        "found": world.initiative,
        "finding": world.finding,
        "ballots": None,
        "contributor": world.contributor,
        "party": world.region,
        "owner": world.region,
        "organiser": world.region,
        "host": world.region,
        "controller": world.region,
        "person": world.users["planner"].person,
        "reuse": world.initiative.reuses.first(),
        "about": world.plan.pk,
        "task": _task(world),
        "others": [(world.late_remark, 0)],
        "target": world.target,
        "report": world.draft_status,
        "line": world.draft_status.lines.first(),
        "delivery": world.delivery,
        "vintage": world.vintage,
        "parsed": b"",
        "chosen": {"party": world.region, "value": 1.0},
    }
    rest = {
        "kind": "health_plan",
        "claim_code": "",
        "key": "k",
        "short_code": "ny26",
        "code": "ny-indikator",
        "summary": "Helt almindelige ord",
        "comment": "Helt almindelige ord",
        "sentence": "Helt almindelige ord",
        "seen": None,
        "year": 2026,
        "valid_from": DAY,
        "baseline_from": AT.date() - timedelta(days=900),
        "baseline_until": AT.date() - timedelta(days=500),
        "decision_reference": "Punkt 4",
        "number": 77,
        "revision": 0,
        "fingerprint": "x",
        "outcome": "approved",
        "decided_on": AT.date(),
        "adopted_on": AT.date(),
        "verdict": "accepted",
        "approves": True,
        "parts": ["a", "b"],
        "pieces": [],
        "parties": [],
        "statements": [world.said],
        "role": "planner",
        "email": "ny@example.dk",
        "mail": "ny@example.dk",
        "mailbox": "ny@example.dk",
        "status": "running",
        "after": None,
        "on_behalf": (),
        "filename": "a.txt",
        "content": b"a",
        "format": "text",
        "paragraphs": [],
        "proposals": [],
        "state": "declined",
        "answer": 1,
        "start": 0,
        "end": 1,
        "from_id": world.theme.pk,
        "to_id": world.provision.pk,
    }
    return words | moments | days | things | rest


def _task(world):
    from tovholder.parties.models import Task

    return Task.objects.create(
        thing=Thing.objects.create(kind="task", created_at=AT), what="Ring", owner=world.region, about_id=world.plan.pk
    )


OTHERWISE = {
    "dialogue.withdraw": {"statement": "said"},
    "dialogue.take_out": {"statement": "said"},
    "dialogue.undo": {"statement": "said"},
    "dialogue.read_original": {"statement": "redacted"},
    "dialogue.add_programme_item": {"kind": "=talk"},
    "dialogue.tell_group_experience": {"kind": "=good_experience"},
    "threads.tie": {"kind": "=answered_by"},
    "parties.register_party": {"kind": "=region"},
    "plans.paste_outline": {"text": "=1 Mål\nVi gør det."},
    "plans.publish_version": {"version": "newer"},
    "plans.ask_for_approvals": {"version": "newer"},
    "plans.adopt": {"version": "deciding"},
    "plans.remind_silent": {"version": "deciding"},
    "threads.ask_after_consultation": {"version": "newer"},
    "threads.adopt_after_consultation": {"version": "deciding"},
    "consultations.release_response": {"response": "response"},
    "consultations.withdraw_response": {"response": "response"},
    "findings.write_status_line": {"status": "=delayed"},
}
# Verbs whose `indicator` is the thing itself, not a goal's words for it.
OF_AN_INDICATOR = ("findings.define_anew", "findings.withdraw_indicator", "findings.set_target", "threads.follow_goal")


def prepared(world, name, by):
    """This will give what a verb is called with: the region's things, whatever it asks for; AssertionError for an argument nobody knows."""
    verb, known, args, kwargs = VERBS[name], values(world), [], {}
    for key, part in OTHERWISE.get(name, {}).items():
        known[key] = part[1:] if part.startswith("=") else getattr(world, part)
    if name in OF_AN_INDICATOR:
        known["indicator"] = world.indicator
    if name == "threads.withdraw_tie":
        known["found"] = Tie.objects.filter(kind="answered_by").first()
    if name in ("threads.confirm_proposal", "intake.decide_proposal", "dialogue.quote"):
        known |= {"proposal": _proposal(), "passage": None}
    parameters = inspect.signature(verb).parameters.values()
    unknown = {one.name for one in parameters if one.default is one.empty and one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD)}
    unknown -= {*known, "by", "at"}
    assert not unknown, f"{name}: give {sorted(unknown)} a value in values(), or nobody has tried the verb"
    for parameter in parameters:
        if parameter.name in ("by", "at"):
            kwargs[parameter.name] = by if parameter.name == "by" else AT
        elif parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.POSITIONAL_ONLY):
            if parameter.default is parameter.empty:
                args.append(known[parameter.name])
        elif parameter.kind is parameter.KEYWORD_ONLY and parameter.default is parameter.empty:
            kwargs[parameter.name] = known[parameter.name]
    if name in ("dialogue.ask_question", "dialogue.quote", "dialogue.name_theme", "threads.confirm_proposal"):
        kwargs["conference"] = world.conference
    if name == "findings.make_codebook":
        kwargs["consultation"] = world.consultation
    if name == "consultations.begin_response":
        kwargs["party"] = world.region
    return verb, args, kwargs


def _proposal():
    from tovholder.intake.models import Proposal

    return (
        Proposal.objects.select_related("source", "passage").filter(kind="initiatives").first()
        or Proposal.objects.select_related("source").first()
    )


def counted():
    """This will count every row of every table of the house."""
    return {model.__name__: model.objects.count() for model in apps.get_models() if model.__module__.startswith("tovholder")}


def neighbour(world):
    """Someone with every role but the operator's, at a party that has nothing to do with it."""
    roles = [role for role in parties.WORKING_ROLES if role != parties.OPERATOR]
    return By(
        person=world.users["foreign"].person_id,
        name="Nabo",
        device="d" * 64,
        contributor="c" * 26,
        mandates=tuple(Held(role, world.elsewhere.pk, "Nord") for role in roles),
        on_behalf_of=world.elsewhere.pk,
    )


def refused_to(world, name, by):
    with taken_back():
        task = values(world)["task"]
        # Looked up beforehand: a KeyError here would be a LookupError, and look like a refusal.
        verb, args, kwargs = prepared(world, name, by)
        before = counted()
        with pytest.raises((Refused, LookupError)) as caught, transaction.atomic():
            verb(*args, **kwargs)
        assert not isinstance(caught.value, (KeyError, IndexError)), f"{name}: {caught.value!r} refuses nobody"
        if isinstance(caught.value, Refused):
            assert any(words in str(caught.value) for words in WHO), str(caught.value)
        after = counted()
        for table in ("Thing", "Task"):
            after[table] = before[table] if task else after[table]
        assert after == before


@pytest.mark.parametrize("name", TRIED)
def test_nobody_known_is_refused(world, name):
    refused_to(world, name, By(device="d" * 64))


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(TRIED) - set(A_NEIGHBOUR_MAY)))
def test_a_neighbour_with_every_role_at_home_is_refused(world, name):
    refused_to(world, name, neighbour(world))


def test_the_exceptions_name_verbs_that_exist():
    gone = {name for name in {**OPEN_TO_ALL, **BENEATH, **A_NEIGHBOUR_MAY} if name not in VERBS}
    assert gone <= {"consultations.receive", "consultations.add_signers", "dialogue.code_of", "intake.note_told", "threads.tell_back"}


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.where and case.statuses["foreign"] in (403, 404)])
def test_a_neighbour_gets_no_word_of_what_is_not_theirs(world, doors, name):
    with taken_back():
        send = doors["foreign"].post if CASES[name].kind == "action" else doors["foreign"].get
        response = send(address_of(world, name))
        assert response.status_code in (403, 404, 405)
        assert "Sneharen" not in response.content.decode()
        assert "Ilderen" not in response.content.decode()
