from dataclasses import dataclass

from tovholder.consultations import queries as consultations
from tovholder.dialogue import queries as dialogue
from tovholder.findings import queries as findings
from tovholder.parties import queries as parties
from tovholder.plans import queries as plans
from tovholder.plans.models import PlanVersion

from .followed import plans_without_status


@dataclass(frozen=True)
class Desk:
    """What waits for a person: for whom they act, what those parties owe, must decide, and have begun."""

    mandates: tuple[tuple[str, str, tuple[str, ...]], ...]
    tasks: tuple
    approvals: tuple
    drafts: tuple
    responses: tuple
    moderated: tuple
    rounds: tuple
    asked: tuple
    statuses: tuple
    plans_without_status: tuple

    def __bool__(self):
        return any((self.tasks, self.approvals, self.drafts, self.responses, self.moderated, self.rounds, self.asked, self.statuses))


def desk(by, at):
    """This will return everything that waits for a signed-in person."""
    words = {role.code: role.label for role in parties.roles()}
    own = {}
    for held in by.mandates:
        own.setdefault((held.party, held.party_name), []).append(words.get(held.role, held.role))
    writes = plans.may_write_for(by)
    drafts = PlanVersion.objects.filter(sealed_at__isnull=True, plan__owner__in=writes, plan__withdrawn_at__isnull=True)
    responses = consultations.visible_responses(by, at).filter(state="draft").select_related("consultation")
    return Desk(
        mandates=tuple((party, name, tuple(roles)) for (party, name), roles in own.items()),
        tasks=tuple(parties.tasks_of([party for party, _name in own])),
        approvals=tuple(plans.my_approvals(by, at)),
        drafts=tuple(drafts.select_related("plan").order_by("plan__title")),
        responses=tuple(responses.order_by("consultation__deadline_at", "pk")),
        moderated=tuple(row for row in dialogue.desks(by, at) if row.waiting),
        rounds=tuple(consultations.rounds_of(writes, at)),
        asked=tuple(consultations.asks_for_answer(consultations.may_respond_for(by), at)),
        statuses=tuple(findings.waiting_reports(by, at)),
        plans_without_status=tuple((row, year) for row, year in plans_without_status(by, at) if row.owner_id in writes),
    )
