"""Running a theme group: members, topics, meetings, a pause with its reason, and what was learned."""

from django.db import IntegrityError
from django.db.models import Max
from django.utils.translation import gettext as _

from tovholder.base import search
from tovholder.base.errors import Refused
from tovholder.base.events import new_thing, record
from tovholder.base.rows import hold
from tovholder.base.write import write
from tovholder.parties.queries import local_day

from .. import queries, rules
from ..models import AgendaItem, GroupMember, Meeting, Statement, ThemeGroup, Topic
from ..queries import entries


def _keep_group(group):
    search.keep(entries.entries_of_groups, entries.found_groups().filter(pk=group.pk))


def _keep_meeting(meeting):
    search.keep(entries.entries_of_meetings, entries.found_meetings().filter(pk=meeting.pk))


def found_group(*, name, host, partners=(), source="", by, at, **words):
    """This will found a theme group at its host; raises Refused without a group coordinator's mandate there."""
    rules.check_may_found(host, day=local_day(at), by=by)
    rules.check_filled(_("Giv temagruppen et navn."), name=name)
    rules.check_lengths(name=name, source=source, **words)
    with write():
        group = ThemeGroup.objects.create(
            thing=new_thing("theme_group", at), name=name.strip(), host=host, status_on=local_day(at), source=rules.tidy(source),
            **{field: rules.tidy(text) for field, text in words.items()},
        )  # fmt: skip
        group.partners.set(partners)
        _keep_group(group)
        record("group_founded", group, by=by, at=at, partners=[row.pk for row in partners])
    return group


def change_group(group, *, name, by, at, **words):
    """This will change what a group says about itself; raises Refused."""
    rules.check_may_run(group, by=by)
    rules.check_filled(_("Giv temagruppen et navn."), name=name)
    rules.check_lengths(name=name, **words)
    changed = {"name": name.strip()} | {field: rules.tidy(text) for field, text in words.items()}
    fields = sorted(field for field, text in changed.items() if getattr(group, field) != text)
    with write():
        ThemeGroup.objects.filter(pk=group.pk).update(**changed)
        if fields:
            _keep_group(group)
            record("group_changed", group, by=by, at=at, fields=fields)
    return queries.group(group.pk)


def pause_group(group, *, reason, on, by, at):
    """This will pause a group from a day, with the reason everyone can read; raises Refused."""
    return _move(group, "paused", "group_paused", reason, on, by, at)


def resume_group(group, *, on=None, reason="", by, at):
    """This will let a paused group go on; raises Refused."""
    return _move(group, "active", "group_resumed", reason, on, by, at)


def close_group(group, *, reason, on, by, at):
    """This will close a group for good, with the reason; everything it made stays. Raises Refused."""
    return _move(group, "closed", "group_closed", reason, on, by, at)


def _move(group, to, event, reason, on, by, at):
    day = local_day(at)
    on = on or day
    with write():
        group = ThemeGroup.objects.select_for_update(of=("self",)).select_related("host").get(pk=group.pk)
        rules.check_status_change(group, to=to, reason=reason, on=on, day=day, by=by)
        group.status, group.status_on, group.status_reason = to, on, rules.tidy(reason)
        group.save(update_fields=["status", "status_on", "status_reason"])
        _keep_group(group)
        record(event, group, by=by, at=at, on=on)
    return group


def add_member(group, *, party, person=None, role_title="", is_contact=False, themes="", valid_from=None, valid_until=None, by, at):
    """This will add a party to a group from a day, in a role; raises Refused when the party does not exist that day."""
    first = valid_from or local_day(at)
    with write():
        there = GroupMember.objects.filter(group=group, party=party, person=person, role_title=role_title.strip())
        is_member = any(rules.is_active_member(row, first) for row in there.select_related("party"))
        rules.check_member(
            group, party, valid_from=first, valid_until=valid_until, is_member=is_member, role_title=role_title, themes=themes, by=by
        )
        member = GroupMember.objects.create(
            group=group, party=party, person=person, role_title=role_title.strip(), is_contact=is_contact, themes=themes.strip(),
            valid_from=first, valid_until=valid_until,
        )  # fmt: skip
        record("member_added", group, by=by, at=at, party=party.pk, valid_from=first)
    return member


def end_membership(member, *, on=None, by, at):
    """This will end a membership on a day, its first day without validity; raises Refused."""
    on = on or local_day(at)
    rules.check_may_run(member.group, by=by)
    if member.valid_from and on <= member.valid_from:
        raise Refused(_("Slutdagen ligger før første dag. Vælg en senere dag."), field="on")
    with write():
        GroupMember.objects.filter(pk=member.pk).update(valid_until=on)
        record("membership_ended", member.group, by=by, at=at, party=member.party_id, on=on)


def propose_topic(group, *, text, party=None, by, at):
    """This will put a topic on a group's list, with the first support from the party that proposes it; raises Refused."""
    text = rules.tidy(text)
    if party is None:
        rules.check_may_run(group, by=by)
    else:
        _check_takes_part(group, party, by, at)
    with write():
        rules.check_topic(text, is_proposed=False)
        hold(group)
        rules.check_topic(text, is_proposed=Topic.objects.filter(group=group, text__iexact=text).exists())
        topic = Topic.objects.create(thing=new_thing("topic", at), group=group, text=text, proposed_by=party)
        if party is not None:
            topic.supporters.add(party)
        search.keep(entries.entries_of_topics, [topic])
        record("topic_proposed", topic, by=by, at=at, group=group.pk, party=party.pk if party else None)
    return topic


def support_topic(topic, *, party, by, at):
    """This will say once that a party supports a topic; raises Refused for a party outside the group."""
    _check_takes_part(topic.group, party, by, at)
    with write():
        if not topic.supporters.filter(pk=party.pk).exists():
            topic.supporters.add(party)
            record("topic_supported", topic, by=by, at=at, party=party.pk)
    return topic


def _check_takes_part(group, party, by, at):
    day = local_day(at)
    rules.check_may_take_part(group, party, is_member=queries.is_member(group, party, day), day=day, by=by)


def call_meeting(group, *, title, starts_at, ends_at, place="", by, at):
    """This will call a meeting of a group that is not on pause; raises Refused for a time that is past."""
    rules.check_may_call(group, title=title, place=place, starts_at=starts_at, ends_at=ends_at, by=by, at=at)
    with write():
        meeting = Meeting.objects.create(
            thing=new_thing("meeting", at), group=group, title=title.strip(), place=place.strip(), starts_at=starts_at, ends_at=ends_at
        )
        _keep_meeting(meeting)
        record("meeting_called", meeting, by=by, at=at, group=group.pk)
    return meeting


def add_agenda_item(meeting, *, title, number=None, kind="discussion", topic=None, concerns=(), by, at):
    """This will add an item to an agenda; the sectors it concerns decide whom to invite. Raises Refused."""
    agenda = AgendaItem.objects.filter(meeting=meeting)
    try:
        with write():
            number = number or (agenda.aggregate(last=Max("number"))["last"] or 0) + 1
            rules.check_agenda_item(
                meeting, title=title, kind=kind, kinds=AgendaItem.Kind.values, concerns=concerns, topic=topic,
                is_number_taken=agenda.filter(number=number).exists(), by=by, at=at,
            )  # fmt: skip
            item = AgendaItem.objects.create(
                meeting=meeting, number=number, title=title.strip(), kind=kind, topic=topic, concerns=[*concerns]
            )
            _keep_meeting(meeting)
            record("agenda_item_added", meeting, by=by, at=at, number=number, concerns=[*concerns])
    except IntegrityError as error:
        raise Refused(_("Det nummer har et andet punkt. Vælg et nyt."), field="number") from error
    return item


def write_minutes(meeting, *, minutes, decisions=None, by, at):
    """This will write a meeting's minutes and, by agenda number, what was decided; raises Refused before it begins."""
    decisions = {number: rules.tidy(text) for number, text in (decisions or {}).items()}
    rules.check_minutes(meeting, minutes=minutes, decisions=decisions, by=by, at=at)
    with write():
        Meeting.objects.filter(pk=meeting.pk).update(minutes=rules.tidy(minutes))
        for number, text in decisions.items():
            AgendaItem.objects.filter(meeting=meeting, number=number).update(decision=text)
        _keep_meeting(meeting)
        record("minutes_written", meeting, by=by, at=at, decided=sorted(number for number, text in decisions.items() if text))
    return queries.meeting(meeting.pk)


def tell_group_experience(group, *, party, kind, text, by, at):
    """This will tell, for a party in the group, what worked or what worked less well; raises Refused when it points to a person."""
    text = rules.tidy(text)
    _check_takes_part(group, party, by, at)
    rules.check_experience(kind=kind, text=text)
    with write():
        statement = Statement.objects.create(
            thing=new_thing("statement", at), group=group, kind=kind, text=text, sector=party.kind.sector, speaker=party.name,
            written_at=at, state=Statement.State.PUBLISHED, state_at=at,
        )  # fmt: skip
        search.keep(entries.entries_of_statements, [statement])
        record("group_experience_told", statement, by=by, at=at, group=group.pk, party=party.pk)
    return statement
