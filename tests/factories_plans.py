"""Small worlds of plans: a region with its municipalities, and people who may write and approve."""

from datetime import date, timedelta

from tests.factories import AT, make_by, make_party
from tovholder.base.by import By, Held
from tovholder.parties.models import Membership
from tovholder.plans import actions, queries
from tovholder.plans.models import KindStep, PlanKind

TODAY = AT.date()
ROWS = [
    ("1", "Udskrivning", ""),
    ("1.1", "Besked før udskrivning", "Sygehuset giver besked hurtigst muligt."),
    ("1.2", "Epikrise", "Samme dag."),
]
_BESIDE_THE_OWNER = {
    "joint_vision": ("members",),
    "partnership_agreement": ("named",),
    "cooperation_agreement": ("members", "named"),
}


def make_plan_kind(code="joint_vision"):
    """The shapes a kind can have: every council, adviser then region, region alone, and those an agreement names."""
    kind, is_new = PlanKind.objects.get_or_create(code=code, defaults={"name": code, "name_en": code})
    if is_new:
        authority = make_party("national_authority", "Sundhedsstyrelsen (eksempel)") if code == "health_plan" else None
        if authority:
            KindStep.objects.create(kind=kind, order=1, part="advises", who="authority", authority=authority)
        KindStep.objects.create(kind=kind, order=2 if authority else 1, part="decides", who="owner")
        for who in _BESIDE_THE_OWNER.get(code, ()):
            KindStep.objects.create(kind=kind, order=1, part="decides", who=who)
    return kind


class World:
    """A region, its municipalities, a planner, and one open draft with three provisions."""

    def __init__(self, kind="joint_vision", municipalities=("Vejen Kommune", "Ærø Kommune", "Aabenraa Kommune")):
        self.region = make_party("region", "Region Syddanmark (eksempel)", mailbox="region@example.dk")
        self.members = [make_party("municipality", name, mailbox=f"kommune{n}@example.dk") for n, name in enumerate(municipalities)]
        for member in self.members:
            Membership.objects.create(member=member, group=self.region, valid_from=date(2007, 1, 1))
        make_plan_kind(kind)
        self.by = make_by("planner", self.region)
        self.plan = actions.begin_plan(kind=kind, title="Fælles vision (eksempel)", owner=self.region, by=self.by, at=AT)
        self.provisions = [
            actions.add_provision(self.draft, label=label, heading=heading, body=body, level=1 if not body else 2, by=self.by, at=AT)
            for label, heading, body in ROWS
        ]

    @property
    def draft(self):
        return queries.draft_of(self.plan)

    def sealed(self, name="Sendt i høring", published=False):
        version = self.draft
        actions.seal_version(version, name=name, by=self.by, at=AT)
        if published:
            actions.publish_version(version, by=self.by, at=AT)
        return queries.version(version.pk, self.by, AT)

    def asked(self, due_on=TODAY + timedelta(days=24)):
        version = self.sealed()
        return actions.ask_for_approvals(version, due_on=due_on, by=self.by, at=AT)


def approver_of(party, role="approver"):
    return By(person="p" * 26, name="Godkender (eksempel)", mandates=(Held(role, party.pk, party.name),))


def answer(approval, outcome="approved", by=None, at=AT, **fields):
    approval = queries.approval(approval.pk, by or approver_of(approval.party), at)
    given = {"outcome": outcome, "decided_on": TODAY, "fingerprint": approval.version.fingerprint} | fields
    return actions.record_decision(approval, **given, by=by or approver_of(approval.party), at=at)
