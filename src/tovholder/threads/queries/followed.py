"""What happened to a goal: the initiatives that are to move it, the decisions about it, and when it began to be counted anew."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tovholder.findings import queries as findings
from tovholder.initiatives.models import Initiative, Programme, Reuse
from tovholder.parties.queries import local_day
from tovholder.plans import queries as plans
from tovholder.plans.models import Adoption, PlanVersion

from .walk import live_ties, movers_of

INITIATIVE, DECISION, DEFINITION = "initiative", "decision", "definition"


@dataclass(frozen=True)
class Happening:
    """Something on a goal's time axis: when, what, and where it is told; `note` stands beside it in a list, and a chart marks it or not."""

    on: date
    kind: str
    text: str
    thing_kind: str = ""
    thing_id: str = ""
    note: str = ""
    is_marked: bool = True


def begins_of_goals():
    """This will return {goal id: [(initiative or programme id, first day)]} of everything that is to move a goal and has begun or will."""
    ties = list(live_ties(kind="aims_at").values_list("to_thing_id", "from_thing_id"))
    ids = [from_id for _goal, from_id in ties]
    begun = [model.objects.filter(pk__in=ids, begins_on__isnull=False).values_list("pk", "begins_on") for model in (Initiative, Programme)]
    days = {pk: day for rows in begun for pk, day in rows}
    found = defaultdict(list)
    for goal_id, from_id in ties:
        if from_id in days:
            found[goal_id].append((from_id, days[from_id]))
    return {goal_id: sorted(rows, key=lambda row: (row[1], row[0])) for goal_id, rows in found.items()}


def are_figures_due():
    """This will answer whether any indicator's figures are not those of what stands now; light, it compares digests."""
    return findings.are_figures_due(begins_of_goals())


def goals_moved_by(found, by, at):
    """This will return the goals an initiative or a programme is to move, of the plans that may be read."""
    ids = live_ties(kind="aims_at", from_thing=found.pk).values("to_thing")
    return list(plans.goals(by, at).filter(pk__in=ids))


def happenings(goal, targets, by, at):
    """This will return what has happened to a goal, the first first: begun initiatives and who joined, decisions, new definitions."""
    found = [*_initiatives(movers_of([goal.pk]).get(goal.pk, [])), *_decisions(goal, by, at)]
    for target in targets:
        found += _rebases(target)
        found += _definitions(target)
    return sorted(found, key=lambda row: (row.on, row.kind != INITIATIVE, row.text))


def happened_in(report, by, at):
    """This will return what happened to each goal of a status report: {goal id: [Happening]}."""
    found = {}
    for line in findings.lines_of(report):
        found[line.goal_id] = happenings(line.goal, findings.targets_of(line.goal, by, at)[:1], by, at)
    return found


def _initiatives(rows):
    joined = defaultdict(list)
    reuses = Reuse.objects.filter(initiative__in=[row.pk for row in rows], ended_at__isnull=True)
    for initiative, began, kind in reuses.order_by("began_at").values_list("initiative_id", "began_at", "party__kind"):
        joined[initiative].append((began, kind))
    for row in rows:
        kind = "initiative" if isinstance(row, Initiative) else "programme"
        if row.begins_on:
            yield Happening(row.begins_on, INITIATIVE, _("%(name)s begynder") % {"name": row.name}, kind, row.pk)
        others = joined.get(row.pk, [])
        if others:
            text = ngettext("%(n)s part er med", "%(n)s parter er med", len(others))
            if all(kind == "municipality" for _began, kind in others):
                text = ngettext("%(n)s kommune er med", "%(n)s kommuner er med", len(others))
            yield Happening(local_day(others[-1][0]), INITIATIVE, text % {"n": len(others)}, kind, row.pk, note=row.name)


def _decisions(goal, by, at):
    versions = plans.visible_versions(by, at).filter(plan=goal.plan_id)
    for row in Adoption.objects.filter(version__in=versions).select_related("version__plan").order_by("adopted_on"):
        title, reference = row.version.plan.title, row.decision_reference
        at_once = row.in_force_from == row.adopted_on
        told = ("plan_version", row.version_id, reference or title, at_once)
        yield Happening(row.adopted_on, DECISION, _("Planen bliver vedtaget"), *told)
        if not at_once and row.in_force_from <= local_day(at):
            yield Happening(row.in_force_from, DECISION, _("Planen gælder fra"), "plan_version", row.version_id, note=title)
    deciding = PlanVersion.objects.filter(pk__in=versions).prefetch_related("approvals__step")
    for row in deciding:
        deciding_now = [one for one in row.approvals.all() if one.step.part == "decides" and one.decided_on]
        yes = [one.decided_on for one in deciding_now if one.outcome in ("approved", "reserved")]
        if len(yes) > 1:
            text = ngettext("%(n)s råd har sagt ja", "%(n)s råd har sagt ja", len(yes)) % {"n": len(yes)}
            yield Happening(max(yes), DECISION, text, "plan_version", row.pk, row.name, is_marked=False)


def _rebases(target):
    for row in findings.rebases_of(target):
        note = " · ".join(filter(None, (row.reason, row.decision_reference)))
        yield Happening(row.baseline_from, DECISION, _("Nyt niveau at sammenligne med"), "indicator", target.indicator_id, note=note)


def _definitions(target):
    for row in target.indicator.definitions.all():
        if row.valid_from and row.breaks_series:
            text = _("Tælles på en ny måde (definition %(number)s)") % {"number": row.number}
            yield Happening(row.valid_from, DEFINITION, text, "indicator", target.indicator_id, note=row.break_reason)


def plans_without_status(by, at):
    """This will return (plan, year) for every plan in force that owes a status for last year, in the order of their titles."""
    year = local_day(at).year - 1
    shown = list(plans.visible_plans(by, at).filter(withdrawn_at__isnull=True).order_by("title", "pk"))
    states = plans.states_of(shown, at)
    reported = findings.plans_reported_on(year)
    first = date(year + 1, 1, 1) - timedelta(days=1)
    owing = [
        row
        for row in shown
        if states[row.pk].code == "in_force" and states[row.pk].adoption.in_force_from <= first and row.pk not in reported
    ]
    with_goals = plans.with_goals([row.pk for row in owing])
    return [(row, year) for row in owing if row.pk in with_goals]
