"""Verbs about who."""

import csv
import json
from datetime import date, timedelta
from pathlib import Path

from django.utils.translation import gettext as _

from tovholder.base import search
from tovholder.base.by import By
from tovholder.base.errors import Refused
from tovholder.base.events import new_thing, record
from tovholder.base.write import write

from . import queries, rules
from .models import ContactPoint, Mandate, Membership, Party, PartyKind, Person, Role, Succession, Task, User

_DATA = Path(__file__).parent / "data"
_CERTAINTY = {"verified": "confirmed", "partly": "unconfirmed", "inferred": "unconfirmed"}


def register_party(*, kind, name, by, at, **fields):
    """This will store a party of a kind; raises Refused without an operator's mandate."""
    rules.check_may_keep_register(by)
    with write():
        party = _register(kind, name, by, at, **fields)
        search.keep(queries.entries_of_parties, [party])
    return party


def _register(kind, name, by, at, **fields):
    with write():
        party = Party.objects.create(thing=new_thing("party", at), kind_id=kind, name=name, **fields)
        record("party_registered", party, by=by, at=at, party_kind=kind)
    return party


def end_party(party, *, on, successors=(), by, at):
    """This will end a party on a day (its first day without validity) and name who takes over."""
    rules.check_may_end(party, on=on, by=by)
    with write():
        Party.objects.filter(pk=party.pk).update(valid_until=on)
        for successor in successors:
            Succession.objects.get_or_create(predecessor=party, successor=successor, on=on)
        record("party_ended", party, by=by, at=at, on=on, successors=[item.pk for item in successors])


def change_mailbox(party, *, mailbox, by, at):
    """This will keep the main mailbox that letters to a party go to; raises Refused without an operator's mandate."""
    rules.check_may_keep_register(by)
    with write():
        Party.objects.filter(pk=party.pk).update(mailbox=mailbox)
        record("mailbox_changed", party, by=by, at=at, fields=["mailbox"])
    party.mailbox = mailbox
    return party


def register_person(*, name, title="", is_example=False, party_letter="", by, at):
    """This will store a person in a public role; raises Refused without an operator's mandate."""
    rules.check_may_keep_register(by)
    with write():
        person = Person.objects.create(
            thing=new_thing("person", at), name=name, title=title, is_example=is_example, party_letter=party_letter
        )
        record("person_registered", person, by=by, at=at)
    return person


def give_mandate(person, *, role, party, valid_from=None, valid_until=None, appointed_by=None, by, at):
    """This will let a person act in a role for a party in a period; raises Refused without an operator's mandate."""
    rules.check_may_keep_register(by)
    with write():
        mandate = Mandate.objects.create(
            person=person, role_id=role, party=party, valid_from=valid_from, valid_until=valid_until, appointed_by=appointed_by
        )
        record("mandate_given", person, by=by, at=at, role=role, party=party.pk)
    return mandate


def open_log_in(person, *, email, password=None, is_operator=False, by, at):
    """This will open a log-in for a person; raises Refused without an operator's mandate."""
    rules.check_may_keep_register(by)
    with write():
        user = User.objects.create_user(email, password, person=person, is_operator=is_operator)
        record("log_in_opened", person, by=by, at=at)
    return user


def choose_password(user, *, password, at):
    """This will give an invited log-in its first password; raises Refused when it has one."""
    if user.has_usable_password():
        raise Refused(_("Dit log-in er allerede åbnet. Log ind, eller bed om en ny adgangskode."))
    with write():
        user.set_password(password)
        user.save(update_fields=["password"])
        record("password_chosen", user.person, by=By(person=user.person_id), at=at)


def invite(*, email, name, role, party, by, at):
    """This will register a person with a mandate and a log-in that an invitation opens; raises Refused when the address is known."""
    rules.check_may_keep_register(by)
    if User.objects.filter(email__iexact=email).exists():
        raise Refused(_("%(email)s har allerede et log-in.") % {"email": email})
    with write():
        person = register_person(name=name, by=by, at=at)
        give_mandate(person, role=role.pk, party=party, by=by, at=at)
        return open_log_in(person, email=email, by=by, at=at)


def add_contact(party, *, role_title, phones="", mail="", is_public=True, person=None, by, at):
    """This will add a way to reach a role in a party; raises Refused without an operator's mandate."""
    rules.check_may_keep_register(by)
    with write():
        contact = ContactPoint.objects.create(
            party=party, role_title=role_title, phones=phones, mail=mail, is_public=is_public, person=person
        )
        record("contact_added", party, by=by, at=at)
    return contact


def give_task(*, what, owner, about, due_on=None, by, at):
    """This will note what a party owes, about which thing and by when; raises Refused without a mandate at work."""
    rules.check_may_give_task(by)
    with write():
        task = Task.objects.create(thing=new_thing("task", at), what=what, owner=owner, about_id=about, due_on=due_on)
        record("task_given", task, by=by, at=at, owner=owner.pk, about=about)
    return task


def finish_task(task, *, by, at):
    """This will mark a task as done."""
    rules.check_holds(by, *rules.WORKING_ROLES, party=task.owner_id)
    with write():
        Task.objects.filter(pk=task.pk).update(done_at=at)
        record("task_finished", task, by=by, at=at)


def _rows(name):
    with (_DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _day(text):
    return date.fromisoformat(text) if text else None


def _first_day_without(text):
    return date.fromisoformat(text) + timedelta(days=1) if text else None


def load_denmark(*, by, at):
    """This will store regions, municipalities, clusters, health councils and hospitals with their periods, once; raises Refused."""
    rules.check_may_keep_register(by)
    if Party.objects.filter(kind="region").exists():
        return 0
    with write():
        keep_kinds(by=by, at=at)
        regions = _load_regions(by, at)
        councils = _load_health_councils(by, at, regions)
        clusters = _load_clusters(by, at, regions)
        _load_municipalities(by, at, regions, clusters, councils)
        _load_hospitals(by, at, regions)
        _load_bodies(by, at, regions)
        search.keep(queries.entries_of_parties, Party.objects.all())
    return Party.objects.count()


def _load_regions(by, at):
    regions = {}
    for row in _rows("regions.csv"):
        regions[row["name"]] = _register(
            "region", row["name"], by, at,
            short_name=row["name"].removeprefix("Region "), code=row["code"], place=row["seat"],
            valid_from=_day(row["valid_from"]), valid_until=_first_day_without(row["valid_to"]), note=row["note"], source=row["source"],
        )  # fmt: skip
    new = regions["Region Østdanmark"]
    for name in ("Region Hovedstaden", "Region Sjælland"):
        Succession.objects.create(predecessor=regions[name], successor=new, on=new.valid_from)
    for region in regions.values():
        _register(
            "regional_council", f"Regionsrådet i {region.name}", by, at,
            belongs_to=region, valid_from=region.valid_from, valid_until=region.valid_until,
        )  # fmt: skip
    return regions


def _load_health_councils(by, at, regions):
    councils = {}
    for row in _rows("health_councils.csv"):
        council = councils[row["id"]] = _register(
            "health_council", row["name"], by, at,
            code=row["id"], valid_from=_day(row["preparatory_from"]), valid_until=_first_day_without(row["valid_to"]),
            belongs_to=regions[row["region"]], seats=int(row["total_seats"]) if row["total_seats"] else None,
            website=row["minutes_url"], note=row["note"], source=row["source"],
        )  # fmt: skip
        Membership.objects.create(
            member=council, group=regions[row["region"]], valid_from=_day(row["full_effect_from"]), source=row["source"]
        )
    return councils


def _load_clusters(by, at, regions):
    clusters = {}
    for row in _rows("clusters.csv"):
        region = regions[row["region"]]
        clusters[row["id"]] = cluster = _register(
            "health_cluster", row["name"] if "klynge" in row["name"].lower() else f"Sundhedsklynge {row['name']}", by, at,
            code=row["id"], place=row["hospital"], belongs_to=region, valid_from=_day(row["valid_from"]),
            valid_until=_first_day_without(row["valid_to"]), period_certainty="unconfirmed",
            note=row["valid_to_status"], source=row["source"],
        )  # fmt: skip
        Membership.objects.create(
            member=cluster, group=region, valid_from=cluster.valid_from, valid_until=cluster.valid_until, source=row["source"]
        )
    return clusters


def _load_municipalities(by, at, regions, clusters, councils):
    in_cluster = {(row["cluster_id"], row["municipality_code"]): row for row in _rows("cluster_municipalities.csv")}
    merger = regions["Region Østdanmark"].valid_from
    for row in _rows("municipalities.csv"):
        if row["code"] == "0411":
            continue
        first = _day(row["valid_from"])
        party = _register(
            "municipality", row["authority_name"], by, at,
            short_name=row["name"], code=row["code"], valid_from=first, note=row["note"], source=row["source"],
        )  # fmt: skip
        old, new = regions[row["region_2007_2026"]], regions[row["region_from_2027"]]
        Membership.objects.create(
            member=party, group=old, valid_from=first, valid_until=None if old == new else merger, source=row["source"]
        )
        if old != new:
            Membership.objects.create(member=party, group=new, valid_from=merger, source=row["source"])
        for cluster_id in filter(None, row["cluster_ids_2022_2026"].split(";")):
            cluster, link = clusters[cluster_id], in_cluster.get((cluster_id, row["code"]))
            Membership.objects.create(
                member=party, group=cluster, valid_from=cluster.valid_from, valid_until=cluster.valid_until,
                certainty=_CERTAINTY.get(link["composition_status"], "unconfirmed") if link else "unconfirmed",
                source=link["source"] if link else row["source"],
            )  # fmt: skip
        council = councils[row["health_council_id"]]
        Membership.objects.create(
            member=party, group=council, valid_from=council.valid_from, valid_until=council.valid_until, source=row["source"]
        )


def _load_hospitals(by, at, regions):
    for row in _rows("hospitals.csv"):
        hospital = _register(
            "hospital" if row["acute_hospital"] != "yes" else "acute_hospital", row["name"], by, at,
            place=row["sites"], belongs_to=regions[row["region"]], period_certainty="unknown", source=row["source"],
        )  # fmt: skip
        Membership.objects.create(
            member=hospital, group=regions[row["region"]], valid_until=regions[row["region"]].valid_until, source=row["source"]
        )
        if row["region_from_2027"] != row["region"]:
            after = regions[row["region_from_2027"]]
            Membership.objects.create(member=hospital, group=after, valid_from=after.valid_from, source=row["source"])


_PER_REGION = (
    ("municipal_contact_council", "Kommunekontaktrådet i", date(2007, 1, 1), None),
    ("health_coordination_committee", "Sundhedskoordinationsudvalget i", date(2007, 1, 1), date(2022, 7, 1)),
    ("health_cooperation_committee", "Sundhedssamarbejdsudvalget i", date(2022, 7, 1), date(2027, 1, 1)),
    ("patient_involvement_committee", "Patientinddragelsesudvalget i", date(2014, 1, 1), date(2027, 1, 1)),
    ("practice_plan_committee", "Praksisplanudvalget i", date(2014, 1, 1), date(2027, 1, 1)),
)


def _load_bodies(by, at, regions):
    """Bodies of law per region. Last days of 2026 are not confirmed in the law that was readable, and say so."""
    five = [region for region in regions.values() if region.valid_from.year == 2007]
    per_region = {}
    for kind, prefix, first, until in _PER_REGION:
        for region in five:
            ends = until if region.valid_until is None or (until and until <= region.valid_until) else region.valid_until
            per_region[kind, region.code] = _register(
                kind, f"{prefix} {region.name}", by, at, belongs_to=region, valid_from=first, valid_until=ends,
                period_certainty="unconfirmed" if ends and ends.year == 2027 else "confirmed",
            )  # fmt: skip
    for region in five:
        coordination, cooperation = (
            per_region[kind, region.code] for kind in ("health_coordination_committee", "health_cooperation_committee")
        )
        Succession.objects.create(predecessor=coordination, successor=cooperation, on=coordination.valid_until)
        heir = region if region.valid_until is None else regions["Region Østdanmark"]
        for council in Party.objects.filter(kind="health_council", belongs_to=heir):
            Succession.objects.create(predecessor=cooperation, successor=council, on=cooperation.valid_until)
    by_code = {region.code: region for region in regions.values() if region.code}
    for row in json.loads((_DATA / "bodies.json").read_text(encoding="utf-8")):
        kind, name, certainty = row.pop("kind"), row.pop("name"), row.pop("certainty", "confirmed")
        region = by_code.get(row.pop("region", ""))
        _register(kind, name, by, at, belongs_to=region, period_certainty=certainty, **row)


def keep_kinds(*, by, at):
    """This will store the kinds of parties and the roles that this release knows; existing ones are updated by code. Raises Refused."""
    rules.check_may_keep_register(by)
    known = json.loads((_DATA / "kinds.json").read_text(encoding="utf-8"))
    with write():
        for model, rows in ((PartyKind, known["kinds"]), (Role, known["roles"])):
            for row in rows:
                model.objects.update_or_create(code=row["code"], defaults={key: row[key] for key in row if key != "code"})
