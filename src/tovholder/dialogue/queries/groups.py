"""Questions to theme groups: who takes part on a day, what they want to talk about, whom a meeting concerns."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q

from tovholder.base.periods import valid_on
from tovholder.base.rows import one
from tovholder.parties.models import ContactPoint, Party
from tovholder.parties.queries import in_danish_order, local_day
from tovholder.parties.rules import WORKING_ROLES
from tovholder.texts.danish import sort_key

from ..models import AgendaItem, GroupMember, Meeting, Statement, ThemeGroup, Topic
from .statements import is_public


def groups(at=None):
    """This will return the theme groups in Danish order, with the number of parties on the day when one is given."""
    rows = ThemeGroup.objects.select_related("host")
    if at is not None:
        day = local_day(at)
        there = valid_on(day, "members__") & valid_on(day, "members__party__")
        rows = rows.annotate(parties=Count("members__party", filter=there, distinct=True))
    return in_danish_order(rows)


def group(group_id):
    """This will return one theme group; raises LookupError."""
    return one(ThemeGroup.objects.select_related("host").prefetch_related("partners"), pk=group_id)


def members_on_day(found, day):
    """This will return a group's members on a day, by party in Danish order; members whose party has ended are out."""
    rows = GroupMember.objects.filter(valid_on(day), valid_on(day, "party__"), group=found).select_related("party__kind", "person")
    return sorted(rows, key=lambda row: (sort_key(row.party.name), sort_key(row.role_title), row.pk))


def member(member_id):
    """This will return one membership of a group; raises LookupError."""
    return one(GroupMember.objects.select_related("group__host", "party"), pk=member_id)


@dataclass(frozen=True)
class Contact:
    """A role to turn to, in a party, with the numbers that party shows."""

    role_title: str
    party: Party
    name: str
    phones: str
    mail: str


def contacts_of(found, day):
    """This will return a group's contacts by role. A name is shown only where the party shows it itself."""
    rows = [row for row in members_on_day(found, day) if row.is_contact]
    shown = ContactPoint.objects.filter(party__in=[row.party_id for row in rows], is_public=True).select_related("person")
    by_role = {(point.party_id, point.role_title): point for point in shown}
    contacts = []
    for row in rows:
        point = by_role.get((row.party_id, row.role_title))
        name = str(point.person) if point and point.person else ""
        contacts.append(Contact(row.role_title, row.party, name, point.phones if point else "", point.mail if point else ""))
    return contacts


@dataclass(frozen=True)
class TopicSupport:
    topic: Topic
    supporters: tuple[Party, ...]
    not_yet: tuple[Party, ...]

    @property
    def count(self):
        return len(self.supporters)


def topics_of(found, by, day):
    """This will return a group's topics, most supported first, with the actor's own parties that may support each."""
    own = own_parties_in(found, by, day)
    rows = Topic.objects.filter(group=found).select_related("proposed_by").prefetch_related("supporters")
    topics = []
    for row in rows:
        supporters = in_danish_order(row.supporters.all())
        topics.append(TopicSupport(row, tuple(supporters), tuple(party for party in own if party not in supporters)))
    return sorted(topics, key=lambda item: (-item.count, sort_key(item.topic.text), item.topic.pk))


def own_parties_in(found, by, day):
    """This will return the actor's own parties that take part in a group on a day, in Danish order."""
    ids = by.parties_as(*WORKING_ROLES)
    if not ids:
        return []
    there = GroupMember.objects.filter(valid_on(day), group=found, party__in=ids).values("party")
    return in_danish_order(Party.objects.filter(Q(pk__in=there) | Q(pk=found.host_id), valid_on(day), pk__in=ids))


def is_member(found, party, day):
    """This will answer whether a party takes part in a group on a day."""
    return GroupMember.objects.filter(valid_on(day), group=found, party=party).exists()


def topic(topic_id):
    """This will return one topic with its group; raises LookupError."""
    return one(Topic.objects.select_related("group__host"), pk=topic_id)


def meetings_of(found):
    """This will return a group's meetings, the newest first, with how many items each agenda has."""
    return Meeting.objects.filter(group=found).annotate(items=Count("agenda")).order_by("-starts_at", "pk")


def meeting(meeting_id):
    """This will return one meeting with its group; raises LookupError."""
    return one(Meeting.objects.select_related("group__host"), pk=meeting_id)


def agenda_of(found):
    """This will return a meeting's agenda in its order."""
    return list(AgendaItem.objects.filter(meeting=found).select_related("topic").order_by("number"))


def agenda_kinds():
    """This will return the kinds of agenda items with their words."""
    return AgendaItem.Kind.choices


@dataclass(frozen=True)
class Invited:
    """A member that the agenda concerns, and by which items."""

    member: GroupMember
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Invitation:
    """Whom a meeting's agenda decides to invite, on the day it is held."""

    rows: tuple[Invited, ...]
    is_for_all: bool
    left_out: int

    @property
    def members(self):
        return [row.member for row in self.rows]


def invited(found, agenda=None):
    """This will return the members, valid on the meeting's day, whose sector an agenda item concerns; all when no item names a sector."""
    agenda = agenda_of(found) if agenda is None else agenda
    numbers = defaultdict(list)
    for item in agenda:
        for code in item.concerns:
            numbers[code].append(item.number)
    everyone = members_on_day(found.group, local_day(found.starts_at))
    if not numbers:
        return Invitation(tuple(Invited(row, ()) for row in everyone), True, 0)
    rows = [Invited(row, tuple(numbers[row.party.kind.sector])) for row in everyone if row.party.kind.sector in numbers]
    return Invitation(tuple(rows), False, len(everyone) - len(rows))


def experiences_of(found):
    """This will return what a group's members say worked, and what worked less well: two lists, the newest first."""
    rows = Statement.objects.filter(is_public(), group=found, kind__in=("good_experience", "bad_experience")).order_by("-written_at", "pk")
    good, less = [], []
    for row in rows:
        (good if row.kind == Statement.Kind.GOOD_EXPERIENCE else less).append(row)
    return good, less
