from dataclasses import dataclass

from tovholder.consultations import queries as consultations
from tovholder.initiatives import queries as initiatives
from tovholder.plans import queries as plans


@dataclass(frozen=True)
class Doings:
    """What one party has said yes or no to, promised, answered and does."""

    answers: tuple
    goals: tuple
    responses: tuple
    initiatives: tuple


def doings(party, by, at):
    """This will return what a party has promised, answered and does, of what the actor may see."""
    responses = consultations.readable_responses(by, at).filter(party=party, state="submitted").select_related("consultation")
    return Doings(
        answers=tuple(plans.answers_of(party, by, at)),
        goals=tuple(plans.goals(by, at).filter(owner=party)),
        responses=tuple(responses.order_by("-submitted_at", "pk")),
        initiatives=tuple(initiatives.initiatives(party=party.pk)),
    )
