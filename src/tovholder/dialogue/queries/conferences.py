"""Questions to conferences: what is live, what comes, what was; programme, questions and the series behind."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q

from tovholder.base.rows import one
from tovholder.parties.rules import MODERATOR, PLANNER, WORKING_ROLES

from ..models import Conference, ConferenceSeries, ProgrammeItem, Question


def visible_conferences(by, at):
    """This will return the conferences that may be read: public and withdrawn ones, and drafts for the organiser's own people."""
    own = Q(organiser__in=by.parties_as(*WORKING_ROLES))
    return Conference.objects.filter(~Q(state=Conference.State.DRAFT) | own).select_related("organiser", "series", "notice")


def conferences(by, at):
    """This will return the conferences that may be read and are not withdrawn, the newest first."""
    return visible_conferences(by, at).exclude(state=Conference.State.WITHDRAWN).order_by("-starts_at", "pk")


def conference(conference_id, by, at):
    """This will return one conference; raises LookupError when it does not exist or may not be seen."""
    return one(visible_conferences(by, at), pk=conference_id)


def conference_by_code(code, at):
    """This will return the public conference with a short code; raises LookupError."""
    rows = Conference.objects.filter(state=Conference.State.PUBLISHED).select_related("organiser", "series", "notice")
    return one(rows, short_code=(code or "").strip().lower())


def input_is_open(found, at):
    """This will answer whether a conference takes input at the moment."""
    begun = found.state == Conference.State.PUBLISHED and found.input_opens_at is not None and found.input_opens_at <= at
    return begun and (found.input_closes_at is None or at < found.input_closes_at)


def is_live(found, at):
    """This will answer whether a conference goes on or takes input at the moment."""
    going_on = found.state == Conference.State.PUBLISHED and found.starts_at <= at < found.ends_at
    return going_on or input_is_open(found, at)


def live_now(at):
    """This will return the public conferences that go on or take input now, each with its questions."""
    going_on = Q(starts_at__lte=at, ends_at__gt=at)
    open_now = Q(input_opens_at__lte=at) & (Q(input_closes_at__gt=at) | Q(input_closes_at__isnull=True))
    rows = Conference.objects.filter(going_on | open_now, state=Conference.State.PUBLISHED).select_related("organiser", "series")
    return rows.prefetch_related(_questions()).order_by("ends_at", "pk")


def _questions():
    return Prefetch("questions", queryset=Question.objects.order_by("number", "pk"))


def question_now(found, at):
    """This will return the first question of a conference that is still open, or None."""
    return next((row for row in found.questions.all() if row.closes_at is None or row.closes_at > at), None)


@dataclass(frozen=True)
class Live:
    conference: Conference
    question: Question | None
    takes_input: bool


@dataclass(frozen=True)
class Calendar:
    """Conferences by where they are in time."""

    live: tuple[Live, ...]
    coming: tuple[Conference, ...]
    past: tuple[Conference, ...]
    drafts: tuple[Conference, ...]


def calendar(by, at):
    """This will return what is live, what comes, what was and what is being planned."""
    rows = list(conferences(by, at).prefetch_related(_questions()))
    public = [row for row in rows if row.state == Conference.State.PUBLISHED]
    live = [row for row in public if is_live(row, at)]
    return Calendar(
        live=tuple(Live(row, question_now(row, at), input_is_open(row, at)) for row in reversed(live)),
        coming=tuple(row for row in reversed(public) if row.starts_at > at and row not in live),
        past=tuple(row for row in public if row.starts_at <= at and row not in live),
        drafts=tuple(row for row in rows if row.state == Conference.State.DRAFT),
    )


def programme(found):
    """This will return a conference's programme in the order of the day."""
    return found.programme.order_by("starts_at", "pk")


def programme_item(item_id, by, at):
    """This will return one programme item with its conference; raises LookupError."""
    rows = ProgrammeItem.objects.filter(conference__in=visible_conferences(by, at)).select_related("conference")
    return one(rows, pk=item_id)


def questions_of(found):
    """This will return the guiding questions of a conference or a theme group in their order."""
    return found.questions.order_by("number", "pk")


def programme_kinds():
    """This will return the kinds of programme items with their words."""
    return ProgrammeItem.Kind.choices


def series(series_id):
    """This will return one series; raises LookupError."""
    return one(ConferenceSeries.objects.select_related("organiser"), pk=series_id)


def editions(found, by, at):
    """This will return the conferences of a series that may be read, the newest first."""
    return conferences(by, at).filter(series=found)


def series_for(by):
    """This will return the series that the actor may plan editions of."""
    return ConferenceSeries.objects.filter(organiser__in=by.parties_as(PLANNER, MODERATOR)).order_by("name")
