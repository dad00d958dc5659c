"""Who is in the world: parties that were missing, invented people with mandates, and what their parties owe."""

from datetime import date

from tovholder.base.by import SYSTEM, By, Held
from tovholder.parties import actions
from tovholder.parties import queries as parties
from tovholder.texts.danish import slug

from .world import BEFORE_2022, BEFORE_THE_REFORM, PASSWORD, load

_BODIES = {
    "municipal_contact_council": "kkr", "health_cooperation_committee": "ssu", "patient_involvement_committee": "patients",
    "practice_plan_committee": "praksisplan", "regional_council": "council",
}  # fmt: skip
_MANDATES_BESIDES = [
    ("Jonas Fynbo", "ssu"), ("Jonas Fynbo", "klynge"), ("Jonas Fynbo", "patients"), ("Mette Holm", "council_lb"), ("Hanne Bregnved", "kkr"),
]  # fmt: skip
_TASKS = [
    ("0575", "Send en ny formulering af 5.3 til sekretariatet", "hp2027", 6),
    ("0440", "Sæt den fælles politiske vision på dagsordenen", "vision", 10),
    ("region", "Svar på de bemærkninger, der mangler en vurdering", "hp2027", 17),
    ("ssu", "Læg hvert åbent løfte over til et sundhedsråd", "agreement", 21),
    ("fks-syd", "Saml de kommuner, der ikke har svaret om det fælles svar", "hp2027", 9),
    ("0461", "Fortæl, hvordan det går med opkald to dage efter", "agreement", 35),
]


def gather(world):
    """This will register everyone the demonstration needs."""
    data = load("parties")
    _find_parties(world)
    person = actions.register_person(name="Ole Tangbjerg", title="Driftsansvarlig", is_example=True, by=SYSTEM, at=world.at)
    world.people["Ole Tangbjerg"] = person
    world.operator = By(person=person.pk, name=str(person), mandates=(Held("operator", world.region.pk, world.region.name),))
    _register_parties(world, data)
    for key, name, mail, title, party, role in data["log_ins"]:
        _person(world, name, title, role, party)
        person, is_operator = world.people[name], role == "operator"
        actions.open_log_in(person, email=mail, password=PASSWORD, is_operator=is_operator, by=world.operator, at=world.at)
        world.actors[key] = _by(world, name)
    for name, title, party, role, letter in data["more_people"]:
        _person(world, name, title, role, party, letter=letter)
    for code, (clerk, mayor, letter) in data["municipal_people"].items():
        if clerk not in world.people:
            _person(world, clerk, "Byrådssekretær", "approver", code)
        _mandate(world, clerk, "coordinator", code)
        _person(world, mayor, "Borgmester", "mayor", code, letter=letter, valid_from=date(2026, 1, 1))
    for name, key in _MANDATES_BESIDES:
        _mandate(world, name, "coordinator" if key == "kkr" else "planner", key)
    _mandate(world, "Pia Rosendahl", "moderator", "1085")
    _mandate(world, "Aksel Mørkdal", "approver", "council_lb")
    _name_actors(world)
    for party, title, phone, mail in data["contacts"]:
        actions.add_contact(world.party(party), role_title=title, phones=phone, mail=mail, by=world.operator, at=world.at)


def _find_parties(world):
    known = world.parties
    for row in (*parties.parties_on(BEFORE_2022, kind="health_coordination_committee"), *parties.parties_on(BEFORE_THE_REFORM)):
        known.setdefault(row.name, row)
        if row.code and row.kind_id != "health_council" and row.kind_id != "health_cluster":
            known[row.code] = row
        if row.belongs_to is not None and row.belongs_to.code == "1083":
            if row.kind_id in _BODIES:
                known[_BODIES[row.kind_id]] = row
            elif row.kind_id == "health_coordination_committee":
                known["sku"] = row
            elif row.kind_id == "health_cluster" and row.code == "lillebaelt":
                known["klynge"] = row
            elif row.kind_id == "health_council" and row.code == "lillebaelt":
                known["council_lb"] = row
            elif row.kind_id == "acute_hospital":
                known[row.name.split(" (")[0]] = row
    known["region"] = known["1083"]
    known["municipalities"] = parties.members_on(known["region"], world.day, kind="municipality")
    known |= {row.code: row for row in known["municipalities"]}


def _register_parties(world, data):
    for kind, name, code, note in data["parties"]:
        mailbox = f"{code}@example.dk"
        made = actions.register_party(kind=kind, name=name, code=code, note=note, mailbox=mailbox, by=world.operator, at=world.at)
        world.parties[code] = world.parties[name] = made
    for name, code in data["committees"]:
        made = actions.register_party(kind="committee", name=name, belongs_to=world.party(code), by=world.operator, at=world.at)
        if code == "0575":
            world.parties["vejen-udvalg"] = made
    keys = ["region", "kkr", "fks-syd", "ssu", "patients", "praksisplan", "sst", "plo", "dr", "kl", "sbn", "1081", "1082", "1084", "1085"]
    keys += ["Odense Universitetshospital", "Sygehus Lillebælt", "Sygehus Sønderjylland", "Esbjerg Sygehus"]
    for party in (*(world.parties[key] for key in keys), *world.municipalities):
        mailbox = f"post-{slug(party.short_name or party.name, 40)}@example.dk"
        actions.change_mailbox(party, mailbox=mailbox, by=world.operator, at=world.at)


def _person(world, name, title, role, party, *, letter="", valid_from=None):
    if name not in world.people:
        world.people[name] = actions.register_person(
            name=name, title=title, is_example=True, party_letter=letter, by=world.operator, at=world.at
        )
    _mandate(world, name, role, party, valid_from=valid_from)


def _mandate(world, name, role, party, *, valid_from=None):
    person, found = world.people[name], world.parties[party]
    actions.give_mandate(person, role=role, party=found, valid_from=valid_from, by=world.operator, at=world.at)
    held = Held(role, found.pk, found.name)
    world.held.setdefault(name, []).append(held)


def _by(world, name):
    held = tuple(world.held[name])
    person = world.people[name]
    return By(person=person.pk, name=str(person), mandates=held, on_behalf_of=held[0].party)


_WORKING = ("planner", "coordinator", "approver", "practitioner", "group_coordinator")


def _name_actors(world):
    """Everyone acts with all the mandates they came to hold."""
    for name, rows in world.held.items():
        by = _by(world, name)
        for row in rows:
            if row.role in _WORKING:
                world.actors.setdefault(row.party, by)
                world.actors.setdefault((row.role, row.party), by)
    for key, name, *_rest in load("parties")["log_ins"]:
        world.actors[key] = _by(world, name)
    for name in ("Jonas Fynbo", "Pia Rosendahl", "Hanne Bregnved", "Aksel Mørkdal"):
        world.actors[name] = _by(world, name)


def give_tasks(world):
    """This will note what some parties owe, about plans that are there."""
    for owner, what, plan, days in _TASKS:
        actions.give_task(
            what=what, owner=world.party(owner), about=world.plans[plan].pk, due_on=world.day_in(days), by=world.planner, at=world.at
        )
