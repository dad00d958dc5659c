"""What goes on across all rooms: now, for the front page, and through the year, for the year wheel."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tovholder.consultations import queries as consultations
from tovholder.consultations.models import Remark
from tovholder.dialogue import queries as dialogue
from tovholder.dialogue.models import Conference, Question, Vote
from tovholder.initiatives import queries as initiatives
from tovholder.parties import queries as parties
from tovholder.parties.queries import local_day
from tovholder.plans import queries as plans
from tovholder.plans.models import Adoption, Approval

from .stories import Story, stories


@dataclass(frozen=True)
class Overview:
    """What is going on now, counted."""

    live: Conference | None
    question: Question | None
    takes_input: bool
    said: int
    weighed: int
    coming: Conference | None
    last: Conference | None
    rounds: tuple
    next_opening: object
    boards: tuple
    newest_plan: object
    initiatives: int
    goals: int
    measured: int
    answered: int
    themes: int
    stories: tuple[Story, ...]


def overview(by, at):
    """This will return what the front page tells, with a fixed number of queries."""
    live = next(iter(dialogue.live_now(at)), None)
    public = dialogue.visible_conferences(by, at).filter(state="published")
    said = dialogue.visible_statements(by, at).filter(state="published", conference=live) if live else None
    goals = list(plans.goals(by, at).values_list("indicator", flat=True))
    answered = Remark.objects.filter(response__in=consultations.readable_responses(by, at), response__state="submitted").exclude(verdict="")
    return Overview(
        live=live,
        question=dialogue.question_now(live, at) if live else None,
        takes_input=bool(live) and dialogue.input_is_open(live, at),
        said=said.count() if live else 0,
        weighed=Vote.objects.filter(statement__conference=live).count() if live else 0,
        coming=public.filter(starts_at__gt=at).order_by("starts_at").first(),
        last=public.filter(ends_at__lte=at).order_by("-ends_at").first(),
        rounds=tuple(consultations.open_now(at)[:4]),
        next_opening=consultations.next_opening(at),
        boards=tuple(plans.boards_now(by, at)[:4]),
        newest_plan=plans.visible_versions(by, at)
        .filter(published_at__lte=at)
        .select_related("plan")
        .order_by("-published_at", "-number")
        .first(),
        initiatives=initiatives.running_count(),
        goals=len(goals),
        measured=sum(bool(indicator) for indicator in goals),
        answered=answered.count(),
        themes=dialogue.visible_themes(by, at).count(),
        stories=tuple(stories(by, at)),
    )


@dataclass(frozen=True)
class Dated:
    """Something with a day in the year."""

    on: date
    step: str
    text: str
    kind: str
    id: str


def year(by, at, *, number):
    """This will return what has a day in a year, in order: conferences, consultations, decisions, deadlines and parties that end."""
    rows = [*_said(by, at), *_answered(by, at), *_decided(by, at), *_due(by, at), *_ending(number)]
    return sorted((row for row in rows if row.on.year == number), key=lambda row: (row.on, row.text))


def _said(by, at):
    for row in dialogue.visible_conferences(by, at).filter(state="published"):
        yield Dated(local_day(row.starts_at), "listen", row.title, "conference", row.pk)


def _answered(by, at):
    for row in consultations.visible_consultations(by, at):
        yield Dated(local_day(row.opens_at), "consult", _("%(title)s åbner") % {"title": row.title}, "consultation", row.pk)
        yield Dated(local_day(row.deadline_at), "consult", _("Frist: %(title)s") % {"title": row.title}, "consultation", row.pk)


def _decided(by, at):
    seen = plans.visible_versions(by, at)
    asked = (
        Approval.objects.filter(version__in=seen, due_on__isnull=False).values_list("due_on", "version", "version__plan__title").distinct()
    )
    for on, version_id, title in asked.order_by("due_on"):
        yield Dated(on, "decide", _("Frist for at godkende %(plan)s") % {"plan": title}, "plan_version", version_id)
    for row in Adoption.objects.filter(version__in=seen).select_related("version__plan"):
        plan = row.version.plan
        yield Dated(row.adopted_on, "decide", _("%(plan)s blev vedtaget") % {"plan": plan.title}, "plan", plan.pk)
        yield Dated(row.in_force_from, "do", _("%(plan)s begynder at gælde") % {"plan": plan.title}, "plan", plan.pk)


def _due(by, at):
    for goal in plans.goals(by, at).filter(deadline__isnull=False):
        yield Dated(goal.deadline, "measure", _("Frist for mål %(n)s: %(text)s") % {"n": goal.number, "text": goal.text}, "goal", goal.pk)


def _ending(number):
    for first in (date(number, 1, 1), date(number, 7, 1)):
        ending = parties.parties_ending(first)
        if ending:
            text = _("%(n)s parter er ophørt, og andre tager over") % {"n": len(ending)}
            yield Dated(first, "do", text, "", "")
