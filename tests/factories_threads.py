"""One small world in which a thread goes all the way, and every gap exists once more beside it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.factories import (
    AT,
    make_by,
    make_conference,
    make_consultation,
    make_initiative,
    make_party,
    make_plan,
    make_question,
    make_remark,
    make_response,
    make_statement,
    make_theme,
    make_version_with,
)
from tovholder.base.by import By
from tovholder.base.events import new_thing
from tovholder.dialogue.models import Theming
from tovholder.initiatives.models import Reuse
from tovholder.intake import actions as intake
from tovholder.plans.models import Adoption, Approval, Goal, KindStep
from tovholder.threads import actions

CODE = "birk-fyrtårn-otte-eng-sol"


@dataclass
class World:
    """Names for what the tests ask about."""

    by: By
    region: Any
    town: Any
    conference: Any
    question: Any
    statement: Any
    theme: Any
    plan: Any
    version: Any
    provision: Any
    consultation: Any
    remark: Any
    refused: Any
    initiative: Any
    goal: Any


def put_under(theme, *statements):
    """This will put statements under a theme without a planner."""
    for statement in statements:
        Theming.objects.create(statement=statement, theme=theme, made_at=AT, made_by="")


def make_adoption(version, *parties):
    """A version that all parties approved, adopted two days ago."""
    step, _made = KindStep.objects.get_or_create(kind=version.plan.kind, order=1, who="owner", defaults={"part": "decides"})
    for party in parties:
        Approval.objects.create(
            thing=new_thing("approval", AT),
            version=version,
            step=step,
            party=party,
            asked_at=AT - timedelta(days=9),
            outcome="approved",
            fingerprint=version.fingerprint,
            decided_on=AT.date() - timedelta(days=2),
        )
    return Adoption.objects.create(
        thing=new_thing("adoption", AT), version=version, adopted_on=AT.date() - timedelta(days=2), in_force_from=AT.date(), recorded_at=AT
    )


def make_goal(plan, provision=None, **fields):
    """A goal of a plan, owned by the plan's owner."""
    defaults = {"number": plan.goals.count() + 1, "text": "Færre bliver indlagt igen inden 30 dage.", "owner": plan.owner}
    return Goal.objects.create(thing=new_thing("goal", AT), plan=plan, provision=provision, **(defaults | fields))


def make_contributor(code=CODE, **fields):
    """Someone with a claim code."""
    return intake.new_contributor(code, delete_on=AT.date() + timedelta(days=300), at=AT, **fields)


def make_world():
    """Said, gathered, promised, answered, decided, done and measured."""
    region = make_party(name="Region Syddanmark (eksempel)")
    town = make_party("municipality", "Vejen Kommune (eksempel)")
    by = make_by("planner", region)
    conference = make_conference(region)
    question = make_question(conference, text="Hvordan sikrer vi, at patienten forbliver partner og ikke ender som tovholder?")
    statement = make_statement(question, text="Ingen vidste, at min mor kom hjem den dag.", place="Vejen", speaker="Pårørende")
    others = [
        make_statement(question, text=f"Ring, før patienten går ud ad døren {n}.", sector=sector)
        for n, sector in enumerate(("municipality", "region", "practice"))
    ]
    theme = make_theme(region, name="Besked, før man går ud ad døren", conference=conference)
    put_under(theme, statement, *others)
    plan = make_plan(region, title="Gode overgange 2025–2027 (eksempel)")
    version = make_version_with(2, plan=plan, published=True)
    provision = version.texts.get(label="1").provision
    consultation = make_consultation(version)
    response = make_response(consultation, name="Vejen Kommune (eksempel)", party=town)
    remark = make_remark(response, provision=provision, text="Skriv et antal timer.", verdict="accepted", reason="Vi skriver 24 timer.")
    citizen = make_response(consultation, name="Karla Canarius", sector="citizen")
    refused = make_remark(
        citizen,
        provision=provision,
        text="Giv mig én fast kontaktperson.",
        verdict="not_accepted",
        reason="Parterne vil først se erfaringerne i 2027.",
    )
    actions.tie_theme_to_provision(theme, provision, by=by, at=AT)
    actions.tie("changed", remark.pk, provision.pk, in_version=version.pk, by=by, at=AT)
    make_adoption(version, region, town)
    initiative = make_initiative(name="Udskrivning med følge (eksempel)", started_by=town, status="running")
    actions.tie_initiative(provision, initiative, by=by, at=AT)
    Reuse.objects.create(thing=new_thing("reuse", AT), initiative=initiative, party=region, began_at=AT)
    goal = make_goal(plan, provision, indicator="Genindlæggelser inden 30 dage")
    return World(
        by, region, town, conference, question, statement, theme, plan, version, provision, consultation, remark, refused, initiative, goal
    )
