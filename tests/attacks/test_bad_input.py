"""Every field a person can type in, with what nobody should type: never a fault, never script, never a lost word."""

import re

import pytest
from django.forms import CharField, Form
from django.urls import reverse

from tests.attacks.forms_on_pages import read
from tests.web.routes_cases import CASES
from tests.web.test_routes import address_of, taken_back

pytestmark = pytest.mark.django_db
BAD = {
    "script": "<script>alert(1)</script> hej",
    "svg": "<svg onload=alert(1)> hej",
    "quote": "\"'><img src=x onerror=alert(1)> hej",
    "long": "ø" * 250_000,
    "nul": "a\x00b hej",
    "turned": "abc \u202egnp.exe hej \u2066x",
    "right to left": "مرحبا بالعالم hej",
    "emoji": "👩‍⚕️🏳️‍🌈🇩🇰 hej",
    "formula": '=HYPERLINK("x") hej',
    "surrogate": "\ud800\udfff hej",
    "path": "../../etc/passwd hej",
    "template": "{{ 7|add:7 }}{% debug %}${jndi:x} %(x)s %s hej",
    "spaces": "   \t\n  ",
    "empty": "",
}
# What cannot be stored or is nothing at all need not come back in the field.
NOTHING_TO_KEEP = {"nul", "surrogate", "spaces", "empty"}
DAYS = ["31-12-9999", "01-01-0001", "31-12-9999 23:59", "01-01-0001 00:00", "9999-12-31", "0001-01-01", "29-02-2027", "1" * 5000, "\x00", "24-12-2020"]
NUMBERS = ["99999999999999999999999", "9223372036854775807", "-1", "0", "1e309", "٣", "nan", "1" * 5000]
HOURS = ["99:99", "23:59", "24:00"]
ACTIVE = ("<script>alert", "<svg onload", "<img src=x", "\x00", "14{%")
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


GOOD = {"day": "24-12-2026", "moment": "24-12-2026 10:00", "hour": "12:00", "number": "7", "words": "Helt almindelige ord", "email": "a@example.dk"}


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
        raw = {name: value.encode("utf-8", "surrogatepass") for name, value in data.items()}
        return doors[who].post(where, raw)


def words_of(form):
    return [name for name, kind in form.typed.items() if kind_of(name, kind) == "words"]


def faults_of(name, where, response, fields):
    if response.status_code >= 500:
        yield (name, where, response.status_code, fields)
    if "html" in response.headers["Content-Type"] and any(mark in response.content.decode() for mark in ACTIVE):
        yield (name, where, "runs", fields)


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
    missing = {
        (module.__name__, name, field)
        for module in (consultation_desk, consultation_forms, dialogue, findings, initiatives, live, moderation, plans, threads)
        for name, form in vars(module).items()
        if isinstance(form, type) and issubclass(form, Form)
        for field, kind in form.base_fields.items()
        if type(kind) is CharField and field not in attacked
    }
    assert missing == set()


@pytest.mark.parametrize("kind", BAD)
def test_no_text_makes_a_fault_or_runs_and_what_is_refused_stays_in_the_form(forms, doors, kind):
    text, faults = BAD[kind], []
    for name, who, where, form in forms:
        fields = words_of(form)
        if not fields:
            continue
        response = post(doors, who, where, filled(form) | dict.fromkeys(fields, text))
        faults += faults_of(name, where, response, fields)
        if response.status_code == 422 and kind not in NOTHING_TO_KEEP:
            kept = read(response)[1]
            lost = [field for field in fields if not any(text.strip() in value for value in kept)]
            faults += [(name, where, "lost", lost)] if lost else []
    assert faults == []


@pytest.mark.parametrize("value", ["\x00", "9" * 40, "ø" * 5000, "' OR 1=1 --", "\ud800", "-1", ""], ids=ascii)
def test_no_hidden_field_or_choice_makes_a_fault(forms, doors, value):
    faults = []
    for name, who, where, form in forms:
        for field in form.sent:
            if field == "csrfmiddlewaretoken":
                continue
            faults += faults_of(name, where, post(doors, who, where, filled(form) | {field: value}), [field])
    assert faults == []


@pytest.mark.parametrize(("kind", "values"), [("day", DAYS), ("moment", DAYS), ("hour", [*HOURS, *DAYS[-3:]]), ("number", NUMBERS)])
def test_no_day_hour_or_number_makes_a_fault(forms, doors, kind, values):
    faults = []
    for name, who, where, form in forms:
        for field in [field for field, typed in form.typed.items() if kind_of(field, typed) == kind]:
            for value in values:
                faults += faults_of(name, where, post(doors, who, where, filled(form) | {field: value}), [field, value[:20]])
    assert faults == []
