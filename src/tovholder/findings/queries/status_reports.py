"""Questions to the yearly status of plans: drafts are seen by the owner's people alone, approved ones by whoever may read the plan."""

from dataclasses import dataclass

from django.db.models import Q

from tovholder.base.rows import one
from tovholder.parties.queries import local_day
from tovholder.parties.rules import APPROVER, PLANNER
from tovholder.plans.models import Goal
from tovholder.plans.queries import visible_plans

from ..models import StatusLine, StatusReport


def visible_reports(by, at):
    """This will return the status reports that may be read."""
    own = by.parties_as(PLANNER, APPROVER)
    shown = Q(state=StatusReport.State.APPROVED, approved_at__lte=at)
    rows = StatusReport.objects.filter(shown | Q(plan__owner__in=own) if own else shown)
    return rows.filter(plan__in=visible_plans(by, at)).select_related("plan__owner", "plan__kind")


def status_report(report_id, by, at):
    """This will return one status report; raises LookupError."""
    return one(visible_reports(by, at), pk=report_id)


def reports_of(plan, by, at):
    """This will return a plan's status reports that may be read, the newest year first."""
    return list(visible_reports(by, at).filter(plan=plan).order_by("-year"))


def plans_reported_on(year):
    """This will return the ids of the plans with an approved status for a year."""
    return set(StatusReport.objects.filter(year=year, state=StatusReport.State.APPROVED).values_list("plan_id", flat=True))


def lines_of(report):
    """This will return the goals of a status report with what is said about each, in their order."""
    rows = StatusLine.objects.filter(report=report).select_related("goal__owner", "goal__plan", "goal__provision")
    return list(rows.order_by("goal__number"))


def line(report, goal_id):
    """This will return what a status report says about one goal; raises LookupError."""
    return one(StatusLine.objects.filter(report=report).select_related("goal__owner", "goal__plan"), goal=goal_id)


def goals_of(plan):
    """This will return the goals a status report of a plan is about: all but those that were given up before it began."""
    return list(Goal.objects.filter(plan=plan).select_related("owner").order_by("number"))


def years_to_report(plan, at):
    """This will return the years a plan may still be given a status for, the newest first."""
    today = local_day(at)
    first = plan.period_from.year if plan.period_from else today.year - 1
    last = min(today.year, plan.last_day.year) if plan.period_until else today.year
    written = set(StatusReport.objects.filter(plan=plan).values_list("year", flat=True))
    return [year for year in range(last, max(first, last - 5) - 1, -1) if year not in written]


@dataclass(frozen=True)
class Waiting:
    """A status report that waits for somebody: to be finished, or to be approved."""

    report: StatusReport
    is_to_approve: bool


def waiting_reports(by, at):
    """This will return the status reports that wait for a person, the oldest year first."""
    mine = visible_reports(by, at).filter(
        Q(state=StatusReport.State.FINISHED, plan__owner__in=by.parties_as(APPROVER))
        | Q(state=StatusReport.State.DRAFT, plan__owner__in=by.parties_as(PLANNER))
    )
    return [Waiting(row, row.state == StatusReport.State.FINISHED) for row in mine.order_by("year", "pk")]
