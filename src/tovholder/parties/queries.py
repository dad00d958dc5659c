"""Questions about who: always as of a day."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.core import signing
from django.db.models import Prefetch, Q
from django.utils import timezone

from tovholder.base.by import By, Held
from tovholder.base.periods import valid_on
from tovholder.base.rows import one
from tovholder.base.search import Entry, joined
from tovholder.texts.danish import sort_key

from .models import ContactPoint, Mandate, Membership, Party, PartyKind, Person, Role, Sector, Succession, Task, User

MAP_KINDS = ("region", "health_cluster", "health_council")


def local_day(at):
    """This will return the Danish calendar day of a moment."""
    return timezone.localtime(at).date()


def by_for(user, at, *, on_behalf_of=None, device=None):
    """This will return who a log-in acts as: its person and the mandates that are valid at the moment."""
    person = user.person
    if person is None:
        return By(name=user.email, device=device)
    rows = Mandate.objects.filter(valid_on(local_day(at)), person=person).select_related("party").order_by("id")
    held = tuple(Held(role=row.role_id, party=row.party_id, party_name=row.party.name) for row in rows)
    own = {item.party for item in held}
    chosen = on_behalf_of if on_behalf_of in own else (held[0].party if held else None)
    return By(person=person.thing_id, name=str(person), mandates=held, on_behalf_of=chosen, device=device)


def in_danish_order(rows, name="name"):
    """This will sort rows as a Dane reads: Ærø before Aabenraa."""
    return sorted(rows, key=lambda row: sort_key(getattr(row, name)))


def kinds():
    """This will return the kinds of parties in their order."""
    return PartyKind.objects.order_by("order", "code")


def party(party_id):
    """This will return one party; raises LookupError."""
    return one(Party.objects.select_related("kind", "belongs_to"), pk=party_id)


def party_by_code(kind, code, on):
    """This will return the party of a kind with a code on a day; raises LookupError."""
    return one(Party.objects.filter(valid_on(on)), kind=kind, code=code)


def parties_on(on, *, kind=None, words=""):
    """This will return the parties that exist on a day, in Danish order."""
    found = Party.objects.filter(valid_on(on)).select_related("kind", "belongs_to")
    if kind:
        found = found.filter(kind=kind)
    if words:
        found = found.filter(name__icontains=words)
    return in_danish_order(found)


def members_on(group, on, *, kind=None):
    """This will return the members of a party on a day, in Danish order."""
    rows = Party.objects.filter(valid_on(on), valid_on(on, "memberships__"), memberships__group=group).select_related("kind")
    if kind:
        rows = rows.filter(kind=kind)
    return in_danish_order(rows.distinct())


def groups_of(member, on):
    """This will return what a party is part of on a day."""
    rows = Party.objects.filter(valid_on(on), valid_on(on, "members__"), members__member=member).select_related("kind")
    return in_danish_order(rows.distinct())


def history_of(found):
    """This will return all memberships of a party through time, both ways."""
    return (
        Membership.objects.filter(member=found).select_related("group", "group__kind").order_by("valid_from", "id"),
        Succession.objects.filter(predecessor=found).select_related("successor"),
        Succession.objects.filter(successor=found).select_related("predecessor"),
    )


def bodies_of(organisation, on):
    """This will return an organisation's own bodies on a day."""
    return in_danish_order(Party.objects.filter(valid_on(on), belongs_to=organisation).select_related("kind"))


def mandates_on(found, on):
    """This will return who holds which role for a party on a day."""
    rows = Mandate.objects.filter(valid_on(on), party=found).select_related("person", "role")
    return sorted(rows, key=lambda row: (row.role.name, sort_key(row.person.name)))


def public_contacts(found):
    """This will return the contacts a party shows, by role."""
    return ContactPoint.objects.filter(party=found, is_public=True).select_related("person").order_by("id")


@dataclass(frozen=True)
class AreaOnMap:
    key: str
    name: str
    municipality_codes: tuple[str, ...]
    note: str
    begins_today: bool
    is_confirmed: bool
    party: Party


def areas_on(kind, on):
    """This will return regions, clusters or health councils on a day with their municipalities' codes."""
    municipal = Membership.objects.filter(valid_on(on), member__kind="municipality").select_related("member")
    found = Party.objects.filter(valid_on(on), kind=kind).prefetch_related(Prefetch("members", queryset=municipal, to_attr="municipal"))
    areas = []
    for row in in_danish_order(found):
        own = in_danish_order(membership.member for membership in row.municipal)
        confirmed = all(membership.certainty == Party.Certainty.CONFIRMED for membership in row.municipal)
        areas.append(
            AreaOnMap(
                key=row.thing_id,
                name=row.name,
                municipality_codes=tuple(member.code for member in own),
                note=", ".join(member.short_name or member.name for member in own),
                begins_today=row.valid_from == on,
                is_confirmed=confirmed and row.period_certainty == Party.Certainty.CONFIRMED,
                party=row,
            )
        )
    return areas


@dataclass(frozen=True)
class Ending:
    party: Party
    successors: tuple[Party, ...]
    mandates: int
    members: int
    open_tasks: int


def parties_ending(on):
    """This will return the parties whose first day without validity is `on`, with what hangs on them in this room."""
    ending = in_danish_order(Party.objects.filter(valid_until=on).select_related("kind"))
    ids = [row.pk for row in ending]
    successors = defaultdict(list)
    for row in Succession.objects.filter(predecessor__in=ids).select_related("successor"):
        successors[row.predecessor_id].append(row.successor)
    counts = {name: defaultdict(int) for name in ("mandates", "members", "tasks")}
    for row in Mandate.objects.filter(valid_on(on) | valid_on_day_before(on), party__in=ids).values_list("party_id", flat=True):
        counts["mandates"][row] += 1
    for row in Membership.objects.filter(group__in=ids).values_list("group_id", flat=True):
        counts["members"][row] += 1
    for row in Task.objects.filter(owner__in=ids, done_at__isnull=True).values_list("owner_id", flat=True):
        counts["tasks"][row] += 1
    return [
        Ending(row, tuple(successors[row.pk]), counts["mandates"][row.pk], counts["members"][row.pk], counts["tasks"][row.pk])
        for row in ending
    ]


def valid_on_day_before(on):
    """This will return the condition that a period held on the day before."""
    return valid_on(date.fromordinal(on.toordinal() - 1))


def parties_beginning(on):
    """This will return the parties whose first valid day is `on`."""
    return in_danish_order(Party.objects.filter(valid_from=on).select_related("kind"))


def days_of_change(kind=None):
    """This will return the days on which parties begin or end, for the date switch."""
    rows = Party.objects.all() if kind is None else Party.objects.filter(kind=kind)
    days = set(rows.exclude(valid_from=None).values_list("valid_from", flat=True))
    days |= set(rows.exclude(valid_until=None).values_list("valid_until", flat=True))
    return sorted(days)


def tasks_of(party_ids):
    """This will return what the parties owe, the soonest first."""
    return Task.objects.filter(owner__in=party_ids, done_at__isnull=True).select_related("owner").order_by("due_on", "thing_id")


def known_parties():
    """This will return every party's name and period, for matching names in documents."""
    return Party.objects.select_related("kind").only("name", "short_name", "valid_from", "valid_until", "kind")


def people_named(name):
    """This will return persons with this name."""
    return Person.objects.filter(name__iexact=name)


def name_of_person(person_id):
    """This will return what a person is called, nothing for one who is not known."""
    found = Person.objects.filter(pk=person_id).first() if person_id else None
    return str(found) if found else ""


def roles():
    """This will return all roles."""
    return Role.objects.order_by("code")


def demo_log_ins():
    """This will return the log-ins of invented people with their mandates, for the demonstration's last lines."""
    users = User.objects.filter(person__is_example=True).select_related("person").order_by("id")
    mandates = defaultdict(list)
    for row in Mandate.objects.filter(person__in=[user.person_id for user in users]).select_related("role", "party"):
        mandates[row.person_id].append(f"{row.role.name}, {row.party.name}")
    return [(user.email, str(user.person), "; ".join(mandates[user.person_id])) for user in users]


def sectors():
    """This will return the five sectors with their words."""
    return Sector.choices


def user(user_id):
    """This will return one log-in; raises LookupError."""
    return one(User.objects.select_related("person"), pk=user_id)


def invitation_for(found):
    """This will return the token of an invitation; it opens the log-in once, within 14 days."""
    return signing.TimestampSigner(salt="invitation").sign_object([found.pk, found.password[-12:]])


def invited_by(token):
    """This will return the log-in an invitation leads to; raises LookupError when it was used, BadSignature when too old."""
    user_id, state = signing.TimestampSigner(salt="invitation").unsign_object(token, max_age=timedelta(days=14))
    found = user(user_id)
    if found.password[-12:] != state or found.last_login is not None:
        raise LookupError("used")
    return found


def role(code):
    """This will return one role; raises LookupError."""
    return one(Role.objects.all(), code=code)


def parties_named(text, on):
    """This will return the parties with a name, short name or code on a day."""
    where = Q(name__iexact=text) | Q(short_name__iexact=text) | Q(code=text)
    return list(Party.objects.filter(valid_on(on)).filter(where).select_related("kind"))


def entries_of_parties(rows):
    """This will give the search entries of parties, those that have ended too."""
    for row in rows:
        short = row.short_name if row.short_name not in row.name else ""
        yield Entry(row.pk, "party", row.name, joined(short, row.place, row.note), home=row.belongs_to_id)


def searchable():
    """This will return every kind of thing here that can be found, with the function that gives its entries."""
    return [(Party.objects.all(), entries_of_parties)]
