from dataclasses import dataclass

from django.db.models import Exists, Max, OuterRef, Q
from django.utils.translation import gettext as _

from tovholder.base.periods import valid_on
from tovholder.base.rows import one
from tovholder.parties.queries import local_day
from tovholder.parties.rules import WORKING_ROLES
from tovholder.plans.models import Adoption, Goal, Plan, PlanKind, PlanVersion, Provision


def _own(by):
    return by.parties_as(*WORKING_ROLES)


def visible_versions(by, at):
    """This will return the versions that may be read: public ones, and drafts for the owner's own people."""
    shown, own = Q(published_at__lte=at), _own(by)
    return PlanVersion.objects.filter(shown | Q(plan__owner__in=own) if own else shown)


def visible_plans(by, at):
    """This will return the plans of which at least one version may be read."""
    shown = Exists(PlanVersion.objects.filter(plan=OuterRef("pk"), published_at__lte=at))
    return Plan.objects.filter(shown | Q(owner__in=_own(by))).select_related("kind", "owner")


def plan(plan_id, by, at):
    """This will return one plan; raises LookupError when it does not exist or may not be seen."""
    return one(visible_plans(by, at), pk=plan_id)


def version(version_id, by, at):
    """This will return one version with its plan; raises LookupError."""
    return one(visible_versions(by, at).select_related("plan__kind", "plan__owner", "based_on", "adoption"), pk=version_id)


def provision(provision_id, by, at):
    """This will return one provision; raises LookupError when no readable version holds it."""
    seen = visible_versions(by, at).filter(texts__provision=OuterRef("pk"))
    return one(Provision.objects.filter(Exists(seen)).select_related("plan__kind", "plan__owner"), pk=provision_id)


def draft_of(found):
    """This will return the plan's open draft."""
    return PlanVersion.objects.filter(plan=found, sealed_at__isnull=True).select_related("plan__kind", "plan__owner").first()


def public_version(found, at):
    """This will return the newest version everyone may read, or None."""
    rows = PlanVersion.objects.filter(plan=found, published_at__lte=at).select_related("plan__kind", "plan__owner", "adoption")
    return rows.order_by("-number").first()


def versions_of(found, by, at):
    """This will return the versions of a plan that may be read, oldest first."""
    return list(visible_versions(by, at).filter(plan=found).select_related("adoption").order_by("number"))


def provision_of(found, provision_id):
    """This will return a provision of a plan, also one that no version holds any longer; raises LookupError."""
    return one(Provision.objects.filter(plan=found), pk=provision_id)


def newest_with(provision, by, at):
    """This will return the newest readable version that holds a provision; raises LookupError."""
    rows = visible_versions(by, at).filter(texts__provision=provision).order_by("-number")
    return one(rows, pk=rows.values_list("pk", flat=True).first())


def may_write_for(by):
    """This will return the ids of the parties for which the actor may write plans."""
    return by.parties_as("planner")


def kinds(on):
    """This will return the kinds of plans that may be made on a day."""
    return PlanKind.objects.filter(valid_on(on)).order_by("name")


@dataclass(frozen=True)
class PlanState:
    """How far a plan has come: code, word, and the version that says so."""

    code: str
    word: str
    version: PlanVersion | None
    adoption: Adoption | None = None


def states_of(plans, at):
    """This will return {plan id: PlanState} for many plans with one query."""
    rows = PlanVersion.objects.filter(plan__in=[row.pk for row in plans]).select_related("adoption").order_by("plan_id", "number")
    versions = {}
    for row in rows.prefetch_related("approvals__step"):
        versions.setdefault(row.plan_id, []).append(row)
    return {row.pk: _state(row, versions.get(row.pk, []), at) for row in plans}


def state_of(found, at):
    """This will return how far one plan has come."""
    return states_of([found], at)[found.pk]


def _state(found, versions, at):
    public = [row for row in versions if row.published_at and row.published_at <= at]
    newest = public[-1] if public else None
    if found.withdrawn_at:
        return PlanState("withdrawn", _("Trukket tilbage"), newest)
    for row in reversed(public):
        adoption = getattr(row, "adoption", None)
        if adoption is not None:
            day = local_day(at)
            if found.period_until and found.period_until <= day:
                return PlanState("ended", _("Udløbet"), row, adoption)
            if adoption.in_force_from <= day:
                return PlanState("in_force", _("Gældende"), row, adoption)
            return PlanState("adopted", _("Vedtaget"), row, adoption)
    if newest is None:
        return PlanState("draft", _("Udkast, kan ændres"), versions[-1] if versions else None)
    if newest.approvals.all():
        return PlanState("deciding", _("Til beslutning"), newest)
    return PlanState("published", _("Offentliggjort"), newest)


def open_goals_of(party_ids):
    """This will return the goals that the parties own and that are not reached."""
    rows = Goal.objects.filter(owner__in=party_ids).exclude(status__in=["reached", "dropped"])
    return rows.select_related("owner", "plan").order_by("plan_id", "number")


def goals(by, at, *, plan=None):
    """This will return the goals of plans that may be seen."""
    rows = Goal.objects.filter(plan__in=visible_plans(by, at)).select_related("plan__kind", "owner", "provision")
    if plan is not None:
        rows = rows.filter(plan=plan)
    return rows.order_by("plan__title", "number")


def goal(goal_id, by, at):
    """This will return one goal; raises LookupError."""
    return one(goals(by, at), pk=goal_id)


def next_goal_number(found):
    """This will return the first number after the plan's last goal."""
    return (Goal.objects.filter(plan=found).aggregate(last=Max("number"))["last"] or 0) + 1


def with_goals(plan_ids):
    """This will return the ids of those plans that have goals."""
    return set(Goal.objects.filter(plan__in=plan_ids).values_list("plan_id", flat=True))
