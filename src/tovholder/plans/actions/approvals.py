from django.utils.translation import gettext as _

from tovholder.base import search
from tovholder.base.errors import Refused
from tovholder.base.events import new_thing, record
from tovholder.base.outbox import post
from tovholder.base.rows import hold
from tovholder.base.write import write
from tovholder.parties.queries import local_day
from tovholder.plans import queries, rules
from tovholder.plans.models import Adoption, Approval, PlanVersion
from tovholder.plans.queries import entries
from tovholder.texts.danish import long_date
from tovholder.texts.fingerprint import short


def ask_for_approvals(version, *, due_on=None, by, at):
    """This will ask everyone the plan's kind names for one dated answer to this fingerprint."""
    day = local_day(at)
    with write():
        version = PlanVersion.objects.select_related("plan__owner", "plan__kind").get(pk=version.pk)
        rules.check_may_ask(version, by=by, due_on=due_on, today=day)
        hold(version)
        if version.approvals.exists():
            raise Refused(_("Denne version er allerede sendt til beslutning."))
        if version.published_at is None:
            PlanVersion.objects.filter(pk=version.pk).update(published_at=at)
            search.keep(entries.entries_of_provisions, entries.found_provisions().filter(plan=version.plan_id))
        steps = queries.to_be_asked(version.plan, day)
        rules.check_someone_decides(version.plan, steps)
        asked = [
            Approval.objects.create(thing=new_thing("approval", at), version=version, step=step, party=party, asked_at=at, due_on=due_on)
            for step, party in steps
            if party is not None
        ]
        for approval in asked:
            if approval.party.mailbox:
                _send_letter(approval, due_on, at)
        record("approvals_asked", version, by=by, at=at, parties=[row.party_id for row in asked], fingerprint=version.fingerprint)
    return asked


def _send_letter(approval, due_on, at):
    plan = approval.version.plan
    due = f" senest {long_date(due_on)}" if due_on else ""
    body = (
        f"Til {approval.party.name}\n\nI skal tage stilling til »{plan.title}«{due}.\n"
        f"Tekstens aftryk er {short(approval.version.fingerprint)}. Rettes bare ét komma, er det en ny version, som ingen har godkendt.\n"
    )
    post(approval, approval.party.mailbox, f"Til beslutning: {plan.title}", body, at=at)


def remind_silent(version, *, by, at):
    """This will write once more to those who have neither answered nor said when they will, and return them."""
    with write():
        version = PlanVersion.objects.select_related("plan__owner").get(pk=version.pk)
        rules.check_may_publish(version, by=by)
        silent = queries.board(version, at).silent
        for approval in silent:
            if approval.party.mailbox:
                _send_letter(approval, approval.due_on, at)
        record("approvals_reminded", version, by=by, at=at, parties=[row.party_id for row in silent])
    return silent


def say_when(approval, *, agenda_on, by, at):
    """This will tell everyone on which day a party takes the text up."""
    with write():
        approval = Approval.objects.select_related("version__plan", "step").get(pk=approval.pk)
        rules.check_may_say_when(approval, agenda_on=agenda_on, today=local_day(at), by=by)
        approval.agenda_on = agenda_on
        approval.save(update_fields=["agenda_on"])
        record("agenda_day_told", approval, by=by, at=at, agenda_on=agenda_on)
    return approval


def record_decision(approval, *, outcome, decided_on, body="", decision_reference="", reservation="", fingerprint, by, at):
    """This will store one party's dated answer to one fingerprint; raises Refused in the wrong order or to another text."""
    with write():
        approval = Approval.objects.select_for_update(of=("self",)).select_related("version__plan", "step", "party").get(pk=approval.pk)
        earlier = approval.version.approvals.filter(step__order__lt=approval.step.order, outcome="asked").select_related("party")
        rules.check_may_record(
            approval, outcome=outcome, fingerprint=fingerprint, decided_on=decided_on, reservation=reservation,
            earlier_missing=[row.party.name for row in earlier], today=local_day(at), by=by,
            is_adopted=Adoption.objects.filter(version=approval.version_id).exists(),
        )  # fmt: skip
        approval.outcome, approval.decided_on, approval.body = outcome, decided_on, body.strip()
        approval.decision_reference, approval.reservation = decision_reference.strip(), reservation.strip()
        approval.fingerprint = fingerprint
        approval.recorded_at, approval.recorded_by = at, by.person or ""
        approval.save()
        search.keep(entries.entries_of_approvals, [approval])
        record("decision_recorded", approval, by=by, at=at, outcome=outcome, fingerprint=fingerprint)
    return approval


def adopt(version, *, adopted_on, in_force_from, decision_reference="", by, at):
    """This will adopt a version when everyone the kind names has said yes to the same fingerprint."""
    with write():
        version = PlanVersion.objects.select_related("plan").get(pk=version.pk)
        hold(version)
        approvals = list(version.approvals.select_related("party", "step"))
        rules.check_may_adopt(version, approvals, adopted_on=adopted_on, in_force_from=in_force_from, today=local_day(at), by=by)
        if Adoption.objects.filter(version=version).exists():
            raise Refused(_("Planen er allerede vedtaget."))
        adoption = Adoption.objects.create(
            thing=new_thing("adoption", at), version=version, adopted_on=adopted_on, in_force_from=in_force_from,
            decision_reference=decision_reference, recorded_at=at,
        )  # fmt: skip
        if version.published_at is None:
            PlanVersion.objects.filter(pk=version.pk).update(published_at=at)
            search.keep(entries.entries_of_provisions, entries.found_provisions().filter(plan=version.plan_id))
        search.keep(entries.entries_of_plans, [version.plan])
        record("plan_adopted", version, by=by, at=at, fingerprint=version.fingerprint)
    return adoption
