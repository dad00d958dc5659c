"""Every field a person can type in, with what nobody should type: never a fault, never script, never a lost word."""

import re
from urllib.parse import urlencode

import pytest
from django.forms import CharField, Form

from tests.attacks.forms_on_pages import read
from tests.web.routes_cases import CASES, part_of
from tests.web.test_routes import address_of, taken_back

pytestmark = pytest.mark.django_db
BAD = {
    "script": "<script>alert(1)</script><svg onload=alert(1)>\"'><img src=x onerror=alert(1)>{{ 7|add:7 }}{% debug %}%(x)s %s hej",
    "signs": '=HYPERLINK("x") ../../etc/passwd مرحبا بالعالم 👩‍⚕️🏳️‍🌈🇩🇰 abc \u202egnp.exe hej \u2066x',
    "long": "ø" * 40_000,
    "nul": "a\x00b hej",
    "surrogate": "\ud800\udfff hej",
    "empty": "   \t\n  ",
}
# What cannot be stored or is nothing at all need not come back in the field.
NOTHING_TO_KEEP = {"nul", "surrogate", "empty"}
DAYS = ["31-12-9999", "01-01-0001", "31-12-9999 23:59", "01-01-0001 00:00", "\x00"]
NUMBERS = ["99999999999999999999999", "9223372036854775807", "-1", "1e309", "nan"]
HOURS = ["99:99", "23:59", "24:00"]
ACTIVE = ("<script>alert", "<svg onload", "<img src=x", "14{%")
NOT_OURS = ("account_", "socialaccount_", "openid", "gallery", "set_language")
PAGES = [name for name, case in CASES.items() if case.kind in ("page", "list") and not name.startswith(NOT_OURS)]
_DAY = re.compile(r"(^|_)(on|from|until|deadline)$")
_MOMENT = re.compile(r"_at$")
_HOUR = re.compile(r"_hour$")


def kind_of(field, kind):
    """This will say what a field of the page is for: words, a day, a moment, an hour or a number."""
    for pattern, found in ((_DAY, "day"), (_MOMENT, "moment"), (_HOUR, "hour")):
        if pattern.search(field):
            return found
    return "number" if kind == "number" or field.startswith("amount") else "words" if kind in ("text", "textarea", "search") else kind


GOOD = {
    "day": "24-12-2026",
    "moment": "24-12-2026 10:00",
    "hour": "12:00",
    "number": "7",
    "words": "Helt almindelige ord",
    "email": "a@example.dk",
}


def filled(form):
    """This will return what an ordinary person would send."""
    return {name: GOOD.get(kind_of(name, kind), "") for name, kind in form.typed.items()} | {k: v for k, v in form.sent.items() if v}


@pytest.fixture(scope="module")
def forms(world, doors):
    """Every form of every page, as the one it is for finds it: (page, who, address, form)."""
    found = {}
    with taken_back():
        for name in PAGES:
            who = CASES[name].who
            where = address_of(world, name)
            response = doors[who].get(where)
            if response.status_code != 200 or "html" not in response.headers["Content-Type"]:
                continue
            for form in read(response)[0]:
                goes = (form.action or where).partition("#")[0]
                if not goes.startswith(("/sprog", "/konto")):
                    found.setdefault((who, goes, tuple(sorted(form.typed))), (name, who, goes, form))
    whole = [one for one in found.values() if one[3].typed or one[3].sent]
    for name, who, goes, form in [one for one in whole if one[0] == "live:write" and "text" in one[3].typed]:
        whole.append((f"{name} sent", who, goes, type(form)(form.action, "post", form.sent | {"step": "send"}, form.typed)))
    return whole


def post(doors, who, where, data):
    with taken_back():
        raw = urlencode(data, encoding="utf-8", errors="surrogatepass")
        return doors[who].post(where, raw, content_type="application/x-www-form-urlencoded")


def words_of(form):
    return [name for name, kind in form.typed.items() if kind_of(name, kind) == "words"]


def faults_of(name, where, response, fields):
    if response.status_code >= 500:
        yield (name, where, response.status_code, fields)
    if "html" in response.headers["Content-Type"] and any(mark in response.content.decode() for mark in ACTIVE):
        yield (name, where, "runs", fields)


@pytest.mark.once
def test_every_form_with_words_in_it_is_attacked(forms):
    from tovholder.web.consultations import desk_forms as consultation_desk
    from tovholder.web.consultations import forms as consultation_forms
    from tovholder.web.dialogue import forms as dialogue
    from tovholder.web.findings import forms as findings
    from tovholder.web.initiatives import forms as initiatives
    from tovholder.web.live import forms as live
    from tovholder.web.moderation import forms as moderation
    from tovholder.web.plans import forms as plans
    from tovholder.web.threads import forms as threads

    attacked = {field for _name, _who, _where, form in forms for field in (*form.typed, *form.sent)}
    # These stand on pages of other moments than this world's: a decision, an adoption, a status to approve, a letter, a list's own search.
    elsewhere = {"reservation", "decision_reference", "fingerprint", "reference", "mail", "ord"}
    missing = {
        (module.__name__, name, field)
        for module in (consultation_desk, consultation_forms, dialogue, findings, initiatives, live, moderation, plans, threads)
        for name, form in vars(module).items()
        if isinstance(form, type) and issubclass(form, Form)
        for field, kind in form.base_fields.items()
        if type(kind) is CharField and field not in attacked | elsewhere
    }
    assert missing == set()


# What a database may stumble over is tried on both; the rest says the same on each.
HERE = {"nul": (), "script": (pytest.mark.once,), "long": (pytest.mark.slow,), "surrogate": (pytest.mark.slow,)}
RARELY = (pytest.mark.slow, pytest.mark.once)


@pytest.mark.parametrize("kind", [pytest.param(kind, marks=HERE.get(kind, RARELY)) for kind in BAD])
def test_no_text_makes_a_fault_or_runs_and_what_is_refused_stays_in_the_form(forms, doors, kind):
    text, faults = BAD[kind], []
    for name, who, where, form in forms:
        fields = words_of(form)
        if not fields:
            continue
        response = post(doors, who, where, filled(form) | dict.fromkeys(fields, text))
        faults += faults_of(name, where, response, fields)
        if response.status_code == 422 and kind not in NOTHING_TO_KEEP:
            kept = [response.content.decode()] if kind == "long" else read(response)[1]
            lost = [field for field in fields if not any(text.strip() in value for value in kept)]
            faults += [(name, where, "lost", lost)] if lost else []
    assert faults == []


@pytest.mark.slow
@pytest.mark.parametrize("value", ["\x00", "9" * 40], ids=lambda value: ascii(value[:9]))
def test_no_hidden_field_or_choice_makes_a_fault(forms, doors, value):
    faults = []
    for name, who, where, form in forms:
        for field in form.sent:
            if field == "csrfmiddlewaretoken":
                continue
            faults += faults_of(name, where, post(doors, who, where, filled(form) | {field: value}), [field])
    assert faults == []


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "values"), [("day", DAYS), ("moment", DAYS), ("hour", [*HOURS, *DAYS[-3:]]), ("number", NUMBERS)])
def test_no_day_hour_or_number_makes_a_fault(forms, doors, kind, values):
    faults = []
    for name, who, where, form in forms:
        for field in [field for field, typed in form.typed.items() if kind_of(field, typed) == kind]:
            for value in values:
                faults += faults_of(name, where, post(doors, who, where, filled(form) | {field: value}), [field, value[:20]])
    assert faults == []


QUERIES = (
    "q",
    "ord",
    "side",
    "dag",
    "aar",
    "slags",
    "svar",
    "bemaerkning",
    "mangler",
    "visning",
    "efter",
    "udsagn",
    "spm",
    "sidst",
    "program",
    "target",
    "question",
)


@pytest.mark.parametrize(
    "value",
    [
        "\x00",
        *(pytest.param(word, marks=RARELY) for word in ("9" * 40, "01-01-0001", "<script>alert(1)</script>")),
    ],
    ids=lambda v: ascii(v[:9]),
)
def test_no_address_makes_a_fault(world, doors, value):
    faults = []
    for name in (name for name in CASES if CASES[name].kind in ("page", "list", "download")):
        where = address_of(world, name).partition("?")[0]
        response = doors[CASES[name].who].get(where + "?" + urlencode(dict.fromkeys(QUERIES, value)))
        faults += faults_of(name, where, response, [value[:9]])
    assert faults == []


@pytest.mark.slow
@pytest.mark.parametrize("part", ["%00", "%ff%0d%0aSet-Cookie:a=b"])
def test_no_id_makes_a_fault(world, doors, part):
    statuses = set()
    for name, case in CASES.items():
        if case.where and not case.where.startswith("="):
            where = address_of(world, name).partition("?")[0]
            for word in case.where.split():
                where = where.replace(str(part_of(world, word)), part)
            with taken_back():
                statuses |= {(name, doors["planner"].get(where).status_code), (name, doors["planner"].post(where, {"x": "1"}).status_code)}
    assert [one for one in statuses if one[1] >= 500 or one[1] == 200] == []
