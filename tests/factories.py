"""Small worlds for tests. Everyone in them is invented."""

import itertools
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tovholder.base.by import SYSTEM, By, Held
from tovholder.base.events import new_thing
from tovholder.consultations.models import Consultation, Remark, Response
from tovholder.dialogue.models import Conference, Question, Statement, Theme
from tovholder.initiatives.models import Initiative
from tovholder.intake.models import PrivacyNotice
from tovholder.parties.models import Mandate, Party, PartyKind, Person, Role, User
from tovholder.plans.models import Plan, PlanKind, PlanVersion, Provision, ProvisionText
from tovholder.texts.fingerprint import fingerprint

AT = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Europe/Copenhagen"))
PASSWORD = "birk-kompas-eng-2026"
_count = itertools.count(1)


def make_kind(code="region", **fields):
    defaults = {"name": code, "name_plural": code, "name_en": code}
    return PartyKind.objects.get_or_create(code=code, defaults=defaults | fields)[0]


def make_party(kind="region", name=None, **fields):
    make_kind(kind)
    number = next(_count)
    return Party.objects.create(thing=new_thing("party", AT), kind_id=kind, name=name or f"Part {number} (eksempel)", **fields)


def make_person(name=None, **fields):
    return Person.objects.create(thing=new_thing("person", AT), name=name or f"Person {next(_count)}", is_example=True, **fields)


def make_mandate(person, role, party, **fields):
    Role.objects.get_or_create(code=role, defaults={"name": role, "name_en": role})
    return Mandate.objects.create(person=person, role_id=role, party=party, **fields)


def make_by(role, party, person=None):
    """A signed-in actor with one mandate, which is stored too."""
    person = person or make_person()
    make_mandate(person, role, party)
    return By(person=person.pk, name=str(person), mandates=(Held(role, party.pk, party.name),), on_behalf_of=party.pk)


def make_user(*pairs, email=None):
    """A log-in whose person holds the (role, party) pairs."""
    person = make_person()
    for role, party in pairs:
        make_mandate(person, role, party)
    return User.objects.create_user(email or f"person{next(_count)}@example.dk", PASSWORD, person=person)


def make_notice(controller=None, **fields):
    defaults = {
        "name": "Dialogkonference",
        "purpose": "at få borgernes oplevelser med i sundhedsplanen",
        "legal_basis": "databeskyttelsesforordningens artikel 6, stk. 1, litra e, og artikel 9, stk. 2, litra g",
        "delete_on": AT.date() + timedelta(days=365),
        "contact_role": "Region Syddanmarks databeskyttelsesrådgiver",
        "contact_mail": "dpo@example.dk",
    }
    return PrivacyNotice.objects.create(controller=controller or make_party(), **(defaults | fields))


def make_conference(organiser=None, **fields):
    organiser = organiser or make_party(name=fields.pop("organiser_name", None))
    defaults = {
        "title": "Dialogkonference 2026 (eksempel)",
        "venue": "Fredericia",
        "starts_at": AT - timedelta(hours=2),
        "ends_at": AT + timedelta(hours=6),
        "input_opens_at": AT - timedelta(hours=2),
        "input_closes_at": AT + timedelta(hours=4),
        "short_code": f"dk{next(_count)}",
        "state": "published",
    }
    notice = fields.pop("notice", None) or make_notice(organiser)
    return Conference.objects.create(thing=new_thing("conference", AT), organiser=organiser, notice=notice, **(defaults | fields))


def make_question(conference=None, **fields):
    conference = conference or make_conference()
    defaults = {"text": "Hvordan får vi bedre sammenhæng (eksempel)?", "number": next(_count) % 30000}
    return Question.objects.create(thing=new_thing("question", AT), conference=conference, **(defaults | fields))


def make_statement(question=None, **fields):
    question = question or make_question()
    state = fields.get("state", "published")
    defaults = {
        "kind": "proposal",
        "text": "Ring til kommunen, før patienten går ud ad døren.",
        "sector": "citizen",
        "written_at": AT - timedelta(minutes=30),
        "state": state,
        "state_at": AT - timedelta(minutes=20),
        "number": next(_count) if state == "published" else None,
    }
    return Statement.objects.create(
        thing=new_thing("statement", AT), question=question, conference=question.conference, **(defaults | fields)
    )


def make_theme(owner=None, **fields):
    defaults = {"name": f"Besked før udskrivning {next(_count)}"}
    return Theme.objects.create(thing=new_thing("theme", AT), owner=owner or make_party(), **(defaults | fields))


def make_plan(owner=None, kind="health_plan", **fields):
    PlanKind.objects.get_or_create(code=kind, defaults={"name": kind, "name_en": kind})
    defaults = {"title": f"Sundhedsplan {next(_count)} (eksempel)", "is_example": True}
    return Plan.objects.create(thing=new_thing("plan", AT), kind_id=kind, owner=owner or make_party(), **(defaults | fields))


def make_version_with(provisions=2, plan=None, sealed=False, published=False, **fields):
    """A version with its provisions; sealed ones carry a fingerprint."""
    plan = plan or make_plan()
    number = plan.versions.count() + 1
    rows = [(f"{n}", f"Løfte {n}", f"Kommunen og regionen gør {n} ting sammen.") for n in range(1, provisions + 1)]
    if sealed or published:
        fields |= {"sealed_at": AT - timedelta(days=3), "fingerprint": fingerprint(plan.title, rows)}
    if published:
        fields |= {"published_at": AT - timedelta(days=2)}
    defaults = {"number": number, "name": "Udkast", "made_at": AT - timedelta(days=5)}
    version = PlanVersion.objects.create(thing=new_thing("plan_version", AT), plan=plan, **(defaults | fields))
    for order, (label, heading, body) in enumerate(rows, 1):
        provision = Provision.objects.create(thing=new_thing("provision", AT), plan=plan, permalink=f"p-{number}{order}")
        ProvisionText.objects.create(
            version=version, provision=provision, order=order, label=label, heading=heading, body=body, edited_at=AT
        )
    return version


def make_consultation(version=None, **fields):
    version = version or make_version_with(2, published=True)
    defaults = {
        "title": f"Høring om {version.plan.title}",
        "opens_at": AT - timedelta(days=10),
        "deadline_at": AT + timedelta(days=17),
        "sent_at": AT - timedelta(days=10),
    }
    notice = fields.pop("notice", None) or make_notice(version.plan.owner)
    return Consultation.objects.create(thing=new_thing("consultation", AT), version=version, notice=notice, **(defaults | fields))


def make_response(consultation=None, **fields):
    consultation = consultation or make_consultation()
    number = consultation.responses.count() + 1
    defaults = {
        "name": f"Vejen Kommune {number} (eksempel)",
        "sector": "municipality",
        "state": "submitted",
        "number": number,
        "submitted_at": AT - timedelta(days=1),
        "registered_at": AT - timedelta(days=1),
    }
    return Response.objects.create(thing=new_thing("response", AT), consultation=consultation, **(defaults | fields))


def make_remark(response=None, **fields):
    response = response or make_response()
    defaults = {"text": "Skriv et antal timer.", "order": response.remarks.count() + 1}
    return Remark.objects.create(thing=new_thing("remark", AT), response=response, **(defaults | fields))


def make_initiative(**fields):
    defaults = {"name": f"Udskrivning med følge {next(_count)} (eksempel)", "purpose": "Ingen kommer alene hjem.", "is_example": True}
    return Initiative.objects.create(thing=new_thing("initiative", AT), **(defaults | fields))


__all__ = [name for name in dir() if name.startswith("make_")] + ["AT", "PASSWORD", "SYSTEM"]
