"""Random histories of edits, seals and answers: adoption never happens by half, nor to two texts."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.factories import AT
from tests.factories_plans import TODAY, World, answer
from tovholder.base.errors import Refused
from tovholder.plans import actions, queries
from tovholder.plans.models import Adoption, Approval, PlanVersion

STEPS = st.lists(
    st.tuples(st.sampled_from(["edit", "seal", "ask", "yes", "reserve", "no", "old", "adopt"]), st.integers(0, 5)), min_size=4, max_size=18
)


def play(world, act, number):
    """One step of a history; what the rules refuse is part of it."""
    sealed = list(PlanVersion.objects.filter(plan=world.plan, sealed_at__isnull=False).order_by("number"))
    asked = list(Approval.objects.select_related("party", "version").order_by("version__number", "thing_id"))
    version = sealed[number % len(sealed)] if sealed else world.draft
    row = asked[number % len(asked)] if asked else None
    if act == "edit":
        provision = world.provisions[number % 3]
        text = queries.text_of(world.draft, provision)
        actions.edit_provision(
            world.draft, provision, label=text.label, heading=text.heading, body=f"Ord {number}", revision=text.revision, by=world.by, at=AT
        )
    elif act == "seal":
        actions.seal_version(world.draft, by=world.by, at=AT)
    elif act == "ask":
        actions.ask_for_approvals(version, by=world.by, at=AT)
    elif act == "adopt":
        actions.adopt(version, adopted_on=TODAY, in_force_from=TODAY + timedelta(days=number), by=world.by, at=AT)
    elif row is not None:
        outcome = {"yes": "approved", "old": "approved", "reserve": "reserved", "no": "declined"}[act]
        fields = {"fingerprint": "0" * 64} if act == "old" else {}
        answer(row, outcome, reservation="Punkt 3", **fields)


@pytest.mark.once
class Histories(TestCase):
    @settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
    @given(steps=STEPS, finish=st.booleans())
    def test_adoption_needs_everyone_and_one_fingerprint(self, steps, finish):
        world = World(municipalities=("Vejen Kommune",))
        ending = [("seal", 0), ("ask", 0), ("yes", 0), ("yes", 1), ("adopt", 0)] if finish else []
        for act, number in [*steps, *ending]:
            try:
                play(world, act, number)
            except Refused:
                continue
        for adoption in Adoption.objects.select_related("version"):
            rows = list(adoption.version.approvals.all())
            assert len(rows) == 2
            assert {row.fingerprint for row in rows} == {adoption.version.fingerprint}
            assert {row.outcome for row in rows} <= {"approved", "reserved"}
            texts = queries.texts_of(adoption.version)
            assert actions.versions.fingerprint_of(world.plan, list(texts)) == adoption.version.fingerprint
        assert PlanVersion.objects.filter(plan=world.plan, sealed_at=None).count() == 1

    def test_a_history_of_yes_is_adopted(self):
        world = World(municipalities=("Vejen Kommune",))
        for act, number in [("seal", 0), ("ask", 0), ("yes", 0), ("yes", 1), ("adopt", 0)]:
            play(world, act, number)
        assert Adoption.objects.count() == 1
