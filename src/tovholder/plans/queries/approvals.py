from dataclasses import dataclass
from datetime import date

from tovholder.base.rows import one
from tovholder.parties.queries import in_danish_order, local_day, members_on
from tovholder.parties.rules import APPROVER, PLANNER
from tovholder.plans.models import Adoption, Approval, PlanVersion

from .plans import visible_versions

SILENT_AFTER_DAYS = 21
_YES = {"approved", "reserved", "advised", "recommended"}


@dataclass(frozen=True)
class Board:
    """Who has said yes, to which text, and who is silent."""

    version: PlanVersion
    owner_rows: tuple
    member_rows: tuple
    authority_rows: tuple
    approved: int
    reserved: int
    total: int
    due_on: date | None
    silent: tuple
    is_past_due: bool

    @property
    def missing(self):
        return [row for row in (*self.owner_rows, *self.member_rows) if row.outcome == "asked"]

    @property
    def rows(self):
        """Everyone asked, in the order they answer and are shown."""
        return (*self.authority_rows, *self.owner_rows, *self.member_rows)

    @property
    def reservations(self):
        return [row for row in self.rows if row.outcome == "reserved"]

    @property
    def is_complete(self):
        return bool(self.total) and all(row.outcome in _YES for row in (*self.owner_rows, *self.member_rows, *self.authority_rows))


def board(version, at):
    """This will return the approval board of a version: region first, municipalities in Danish order."""
    rows = list(Approval.objects.filter(version=version).select_related("party__kind", "step__body_kind"))
    return _board(version, rows, at)


def _board(version, rows, at):
    deciding = [row for row in rows if row.step.part == "decides"]
    due = next((row.due_on for row in rows if row.due_on), None)
    past = bool(due and due < local_day(at))
    advice_missing = any(row.outcome == "asked" for row in rows if row.step.part != "decides")
    waiting = [row for row in deciding if row.outcome == "asked" and not advice_missing]
    return Board(
        version=version,
        owner_rows=tuple(row for row in deciding if not row.step.asks_many),
        member_rows=tuple(sorted_by_party(row for row in deciding if row.step.asks_many)),
        authority_rows=tuple(row for row in rows if row.step.part != "decides"),
        approved=sum(row.outcome in {"approved", "reserved"} for row in deciding),
        reserved=sum(row.outcome == "reserved" for row in deciding),
        total=len(deciding),
        due_on=due,
        silent=tuple(sorted_by_party(row for row in waiting if past or is_silent(row, at))),
        is_past_due=past,
    )


def is_silent(row, at):
    """This will answer whether a party has neither answered nor named its day three weeks after it was asked."""
    return row.outcome == "asked" and row.agenda_on is None and (local_day(at) - local_day(row.asked_at)).days >= SILENT_AFTER_DAYS


def to_be_asked(plan, on):
    """This will return (step, party) for everyone the plan's kind asks on a day; the party is None when nobody is found."""
    found, steps = [], list(plan.kind.steps.select_related("authority", "body_kind"))
    kinds, named = {step.who for step in steps}, parties_named(plan)
    # A kind with both steps asks those the agreement names, and every municipality when it names nobody.
    skipped = ("members" if named else "named") if {"members", "named"} <= kinds else None
    for step in steps:
        if step.who == skipped:
            continue
        parties = {"owner": [plan.owner], "authority": [step.authority], "named": named or [None]}.get(step.who)
        if parties is None:
            parties = members_on(plan.owner, on, kind="municipality") or [None]
        found += [(step, party) for party in parties]
    return found


def names_parties(plan):
    """This will answer whether a plan's kind lets the agreement name who must say yes."""
    return plan.kind.steps.filter(who="named").exists()


def parties_named(plan):
    """This will return the parties an agreement names, in Danish order."""
    return in_danish_order(plan.parties_named.select_related("kind"))


def is_out_for_decision(plan):
    """This will answer whether the newest sealed version waits for answers or adoption."""
    newest = PlanVersion.objects.filter(plan=plan, sealed_at__isnull=False).order_by("-number").first()
    return bool(newest) and newest.approvals.exists() and not Adoption.objects.filter(version=newest).exists()


def answers_of(party, by, at):
    """This will return a party's answers to texts that may be seen, and what it is asked now, the newest first."""
    rows = Approval.objects.filter(party=party, version__in=visible_versions(by, at))
    return rows.select_related("version__plan__kind", "version__plan__owner").order_by("-asked_at", "pk")


def sorted_by_party(rows):
    """This will sort approvals by their party's name in Danish order."""
    by_party = {row.party: row for row in rows}
    return [by_party[party] for party in in_danish_order(by_party)]


def boards_now(by, at):
    """This will return the boards of versions that are out for decision and not adopted."""
    versions = visible_versions(by, at).filter(approvals__isnull=False, adoption__isnull=True, plan__withdrawn_at__isnull=True).distinct()
    versions = versions.select_related("plan__kind", "plan__owner").prefetch_related("approvals__party__kind", "approvals__step__body_kind")
    return [_board(row, list(row.approvals.all()), at) for row in versions.order_by("-sealed_at")]


def approval(approval_id, by, at):
    """This will return one approval; raises LookupError when its version may not be seen."""
    rows = Approval.objects.filter(version__in=visible_versions(by, at))
    return one(rows.select_related("version__plan__kind", "version__plan__owner", "party", "step", "step__body_kind"), pk=approval_id)


def my_approvals(by, at):
    """This will return what the actor's parties are asked to decide."""
    rows = Approval.objects.filter(party__in=by.parties_as(APPROVER, PLANNER), outcome="asked", version__published_at__lte=at)
    return rows.select_related("version__plan__kind", "party", "step").order_by("due_on", "thing_id")
