"""What a thing is, and what may be tied to what: asked by doors that only have an id."""

from tovholder.base.models import Thing
from tovholder.base.rows import one
from tovholder.consultations import queries as consultations
from tovholder.dialogue import queries as dialogue
from tovholder.findings import queries as findings
from tovholder.initiatives.models import Initiative, Programme
from tovholder.parties.models import Party
from tovholder.parties.queries import in_danish_order, local_day, parties_on
from tovholder.parties.rules import PLANNER
from tovholder.plans import queries as plans
from tovholder.plans.models import ProvisionText

_READABLE = {
    "statement": lambda by, at: dialogue.visible_statements(by, at).filter(state="published"),
    "theme": dialogue.visible_themes,
    "conference": dialogue.visible_conferences,
    "plan": plans.visible_plans,
    "plan_version": plans.visible_versions,
    "goal": plans.goals,
    "consultation": consultations.visible_consultations,
    "initiative": lambda by, at: Initiative.objects.all(),
    "finding": findings.visible_findings,
    "status_report": findings.visible_reports,
    "indicator": lambda by, at: findings.indicators(),
    "programme": lambda by, at: Programme.objects.all(),
    "party": lambda by, at: Party.objects.all(),
}
_ASKED_ONE_BY_ONE = {
    "provision": plans.provision,
    "approval": plans.approval,
    "remark": consultations.remark,
    "response": consultations.response,
    "conference_series": lambda thing_id, by, at: dialogue.series(thing_id),
    "theme_group": lambda thing_id, by, at: dialogue.group(thing_id),
    "meeting": lambda thing_id, by, at: dialogue.meeting(thing_id),
}


def kind_of(thing_id, by, at):
    """This will return what kind of thing an id is; raises LookupError when it does not exist or may not be seen."""
    kind = one(Thing.objects.all(), pk=thing_id).kind
    if kind in _READABLE:
        one(_READABLE[kind](by, at), pk=thing_id)
    elif kind in _ASKED_ONE_BY_ONE:
        _ASKED_ONE_BY_ONE[kind](thing_id, by, at)
    else:
        raise LookupError(f"nobody reads a {kind} on its own")
    return kind


def public_statement(statement_id, by, at):
    """This will return one statement everybody may read; raises LookupError."""
    return one(dialogue.visible_statements(by, at).filter(state="published"), pk=statement_id)


def shown_theme(theme_id, by, at):
    """This will return one theme that may be read and is not withdrawn; raises LookupError."""
    return one(dialogue.visible_themes(by, at), pk=theme_id)


def words_of_provision(provision, by, at):
    """This will return the newest readable words of a provision; raises LookupError."""
    rows = ProvisionText.objects.filter(provision=provision, version__in=plans.visible_versions(by, at))
    newest = rows.order_by("-version__number").values_list("pk", flat=True).first()
    return one(rows.select_related("version__plan__kind", "provision__plan"), pk=newest)


def provisions_to_tie(by, at):
    """This will return the newest words of every provision in the plans that the actor writes."""
    versions = {}
    for row in (
        plans.visible_versions(by, at).filter(plan__owner__in=by.parties_as(PLANNER), plan__withdrawn_at__isnull=True).order_by("number")
    ):
        versions[row.plan_id] = row.pk
    rows = ProvisionText.objects.filter(version__in=versions.values()).select_related("provision__plan")
    return list(rows.order_by("provision__plan__title", "order"))


def authorities(provision, at):
    """This will return who can require something: the state's authorities, and the plan's owner, in Danish order."""
    found = {row.pk: row for row in parties_on(local_day(at), kind="national_authority")}
    found[provision.plan.owner_id] = provision.plan.owner
    return in_danish_order(found.values())


def may_tie_themes(by):
    """This will answer whether the actor writes plans for anyone."""
    return bool(by.parties_as(PLANNER))
