"""What may be found by search about what is said. A thing that nobody but its makers should meet has no entry."""

from django.db.models import Prefetch

from tovholder.base.search import Entry, joined

from ..models import AgendaItem, Conference, ConferenceSeries, Meeting, ProgrammeItem, Question, Statement, Theme, ThemeGroup, Topic


def entries_of_statements(rows):
    """This will give the entries of statements: those shown, with the words that are shown, and nothing of any other."""
    for row in rows:
        withdrawn = row.conference is not None and row.conference.state == Conference.State.WITHDRAWN
        if row.state == Statement.State.PUBLISHED and not withdrawn:
            yield Entry(
                thing=row.pk, kind="statement", title=", ".join(filter(None, (row.speaker, row.place))), text=row.text,
                gate="statement", gate_thing=row.pk, home=row.conference_id or row.group_id, at=row.written_at,
            )  # fmt: skip


def entries_of_themes(rows):
    """This will give the entries of themes that are not withdrawn."""
    for row in rows:
        if row.withdrawn_at is None:
            home = row.conference_id or row.group_id
            yield Entry(row.pk, "theme", row.name, row.description, gate="theme", gate_thing=row.pk, home=home)


def entries_of_conferences(rows):
    """This will give the entries of conferences with their questions and programme; a withdrawn one has none."""
    for row in rows:
        if row.state != Conference.State.WITHDRAWN:
            asked = [question.text for question in row.questions.all()]
            programme = [joined(item.title, item.speakers, item.film_text) for item in row.programme.all()]
            words = joined(row.motto, row.venue, row.introduction, *asked, row.afterwards, row.invited, row.facts, *programme)
            yield Entry(
                row.pk, "conference", row.title, words, gate="conference", gate_thing=row.pk, home=row.series_id, at=row.starts_at
            )  # fmt: skip


def entries_of_series(rows):
    """This will give the entries of the standing decisions behind conferences."""
    for row in rows:
        yield Entry(row.pk, "conference_series", row.name, joined(row.purpose, row.decision))


def entries_of_groups(rows):
    """This will give the entries of theme groups with the questions they ask."""
    for row in rows:
        asked = [question.text for question in row.questions.all()]
        words = (row.motto, row.overarching_theme, row.purpose, row.background, row.target_group, row.status_reason, *asked)
        yield Entry(row.pk, "theme_group", row.name, joined(*words))


def entries_of_topics(rows):
    """This will give the entries of the topics that groups may take up."""
    for row in rows:
        yield Entry(row.pk, "topic", row.text, home=row.group_id)


def entries_of_meetings(rows):
    """This will give the entries of meetings with their agenda, minutes and what was decided."""
    for row in rows:
        agenda = [joined(item.title, item.decision) for item in row.agenda.all()]
        yield Entry(row.pk, "meeting", row.title, joined(row.place, *agenda, row.minutes), home=row.group_id, at=row.starts_at)


def found_conferences():
    """This will return the conferences with what their entries need."""
    return Conference.objects.prefetch_related(
        Prefetch("questions", Question.objects.order_by("number", "pk")),
        Prefetch("programme", ProgrammeItem.objects.order_by("starts_at", "pk")),
    )


def found_groups():
    """This will return the theme groups with what their entries need."""
    return ThemeGroup.objects.prefetch_related(Prefetch("questions", Question.objects.order_by("number", "pk")))


def found_meetings():
    """This will return the meetings with what their entries need."""
    return Meeting.objects.prefetch_related(Prefetch("agenda", AgendaItem.objects.order_by("number")))


def found_statements():
    """This will return the statements with what their entries need."""
    return Statement.objects.select_related("conference")


def searchable():
    """This will return every kind of thing here that can be found, with the function that gives its entries."""
    return [
        (ConferenceSeries.objects.all(), entries_of_series),
        (found_conferences(), entries_of_conferences),
        (found_groups(), entries_of_groups),
        (Topic.objects.all(), entries_of_topics),
        (found_meetings(), entries_of_meetings),
        (Theme.objects.all(), entries_of_themes),
        (found_statements(), entries_of_statements),
    ]
