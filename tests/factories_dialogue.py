"""Theme groups, meetings and series for tests. Everyone in them is invented."""

from datetime import timedelta

from tests.factories import AT, make_conference, make_party, make_question, make_statement, make_theme
from tovholder.base.events import new_thing
from tovholder.dialogue.models import (
    AgendaItem,
    ConferenceSeries,
    GroupMember,
    Meeting,
    ProgrammeItem,
    Statement,
    ThemeGroup,
    Theming,
    Topic,
)


def make_series(organiser=None, **fields):
    defaults = {"name": "Årlig dialogkonference (eksempel)", "decision": "Regionsrådet har besluttet det."}
    return ConferenceSeries.objects.create(
        thing=new_thing("conference_series", AT), organiser=organiser or make_party(), **(defaults | fields)
    )


def make_programme_item(conference, **fields):
    defaults = {"title": "Velkomst (eksempel)", "starts_at": conference.starts_at, "kind": "welcome"}
    return ProgrammeItem.objects.create(conference=conference, **(defaults | fields))


def make_group(host=None, **fields):
    defaults = {"name": "Styrket samarbejde (eksempel)", "purpose": "At lære af hinanden.", "status_on": AT.date() - timedelta(days=90)}
    return ThemeGroup.objects.create(thing=new_thing("theme_group", AT), host=host or make_party("municipality"), **(defaults | fields))


def make_member(group, party=None, **fields):
    defaults = {"role_title": "Sundhedsplanlægger", "valid_from": AT.date() - timedelta(days=90)}
    return GroupMember.objects.create(group=group, party=party or make_party("municipality"), **(defaults | fields))


def make_topic(group, **fields):
    defaults = {"text": "Fælles tal for forebyggelse (eksempel)"}
    return Topic.objects.create(thing=new_thing("topic", AT), group=group, **(defaults | fields))


def make_meeting(group=None, **fields):
    defaults = {"title": "Møde (eksempel)", "starts_at": AT + timedelta(days=7), "ends_at": AT + timedelta(days=7, hours=2)}
    return Meeting.objects.create(thing=new_thing("meeting", AT), group=group or make_group(), **(defaults | fields))


def make_agenda_item(meeting, **fields):
    defaults = {"number": meeting.agenda.count() + 1, "title": "Status (eksempel)"}
    return AgendaItem.objects.create(meeting=meeting, **(defaults | fields))


def make_group_statement(group, **fields):
    defaults = {
        "kind": "good_experience", "text": "Et fast nummer virkede.", "sector": "municipality", "written_at": AT,
        "state": "published", "state_at": AT,
    }  # fmt: skip
    return Statement.objects.create(thing=new_thing("statement", AT), group=group, **(defaults | fields))


def put(theme, *statements):
    """Puts statements under a theme without asking the rule."""
    Theming.objects.bulk_create(Theming(theme=theme, statement=row, made_at=AT, made_by="") for row in statements)


CANARY = "kanariefugl"


def make_dialogue():
    """A live conference with everything on it, a group with everything in it, and words nobody may see."""
    here = make_conference(series=make_series(), facts="- Første\n- Anden", invited="Borgmestre", source="Referat, pkt. 7", motto="Sammen")
    question = make_question(here, number=1)
    film = {"film_address": "https://example.dk/film", "film_text": "En kvinde fortæller."}
    make_programme_item(here, title="Patientfilm", kind="film", **film)
    shown = make_statement(question, text="Ring til kommunen først.")
    theme = make_theme(here.organiser, conference=here)
    put(theme, shown)
    for state in ("waiting", "held", "declined", "withdrawn"):
        put(theme, make_statement(question, text=f"{CANARY} {state}", state=state))
    draft = make_conference(here.organiser, state="draft", title=f"{CANARY} kladde")
    put(theme, make_statement(make_question(draft, text=f"{CANARY}?"), text=f"{CANARY} i kladde"))
    group = make_group(make_party("municipality", "Middelfart Kommune"), target_group="Alle", background="Aftale", motto="Del med glæde")
    member = make_member(group, is_contact=True)
    topic = make_topic(group)
    make_group_statement(group)
    make_group_statement(group, text=f"{CANARY} erfaring", state="held")
    meeting = make_meeting(group)
    make_agenda_item(meeting, concerns=["municipality"], topic=topic)
    return {
        "conference": here, "question": question, "statement": shown, "theme": theme, "draft": draft, "group": group,
        "member": member, "topic": topic, "meeting": meeting, "series": here.series,
    }  # fmt: skip
