"""The theme group of regions and municipalities: members, topics, meetings, experiences and its pause."""

from datetime import timedelta

from tovholder.dialogue import actions

from .world import load

_MEMBERS = [
    ("sbn", "Sekretariatschef", True, ""), ("dr", "Chefkonsulent", False, "data og forebyggelse"),
    ("1083", "Chefkonsulent", True, "patientrettet forebyggelse"), ("1082", "Konsulent", False, "sundhedsprofil"),
    ("1085", "Planlægger", False, "ulighed"), ("0370", "Sundhedskonsulent", True, "rygestop"),
    ("0410", "Sundhedsplanlægger og koordinator i Sund By Netværket", True, "borgerrettet forebyggelse"),
    ("0461", "Sundhedskonsulent", False, "boligområder"), ("0561", "Sundhedskonsulent", False, "rygestop"),
]  # fmt: skip


def run_theme_group(world):
    """This will found the group, hold two meetings, share experiences and pause it."""
    data, by, founded = load("earlier")["group"], world.actors["group_coordinator"], world.moment(-1700)
    words = {key: data[key] for key in ("purpose", "background", "overarching_theme", "motto", "target_group")}
    partners = [world.party("dr"), world.party("sbn")]
    group = actions.found_group(
        name=data["name"], host=world.party("sbn"), partners=partners, source=data["source"], **words, by=by, at=founded
    )
    for party, title, is_contact, themes in _MEMBERS:
        actions.add_member(group, party=world.party(party), role_title=title, is_contact=is_contact, themes=themes, by=by, at=founded)
    topics = [_topic(world, group, text, supporters) for text, supporters in data["topics"]]
    actions.ask_question(group=group, text="Hvad fungerede godt, og hvad fungerede mindre godt under pandemien?", by=by, at=founded)
    for meeting in data["meetings"]:
        _meet(world, group, meeting, topics, by)
    told = []
    for number, (kind, party, text) in enumerate(data["experiences"]):
        at = world.moment(-1590 + number)
        told.append(actions.tell_group_experience(group, party=world.party(party), kind=kind, text=text, by=world.actor(party), at=at))
    world.count("udsagn", len(told))
    for name, description, numbers in data["themes"]:
        own = [told[number] for number in numbers]
        at = world.moment(-1400)
        world.themes[name] = actions.name_theme(
            name=name, description=description, owner=world.region, group=group, statements=own, by=world.planner, at=at
        )
        world.count("temaer")
    actions.pause_group(group, reason=data["pause_reason"], on=world.day_in(-30), by=by, at=world.moment(-30))


def _topic(world, group, text, supporters):
    at = world.moment(-1690)
    first, *others = supporters
    topic = actions.propose_topic(group, text=text, party=world.party(first), by=world.actor(first), at=at)
    for party in others:
        actions.support_topic(topic, party=world.party(party), by=world.actor(party), at=at)
    return topic


def _meet(world, group, data, topics, by):
    called, begins = world.moment(data["days"] - 40), world.moment(data["days"], 10)
    meeting = actions.call_meeting(
        group, title=data["title"], place=data["place"], starts_at=begins, ends_at=begins + timedelta(hours=2), by=by, at=called
    )
    decisions = {}
    for number, (title, kind, topic, concerns, decision) in enumerate(data["agenda"], 1):
        about = topics[topic] if topic is not None else None
        actions.add_agenda_item(meeting, number=number, title=title, kind=kind, topic=about, concerns=concerns, by=by, at=called)
        decisions[number] = decision
    actions.write_minutes(meeting, minutes=data["minutes"], decisions=decisions, by=by, at=begins + timedelta(hours=4))
