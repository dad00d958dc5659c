"""Which statement a phone is asked next. The process that answers phones reads a plan that was made elsewhere; it knows no numpy."""

from dataclasses import dataclass
from functools import partial
from threading import Lock

from tovholder.dialogue import queries as dialogue
from tovholder.evidence.opinion.asking.choosing import choose

from ..models import OpinionMap

# A plan is a large row that hundreds of phones need in the same minute; only its date is asked for each time.
_MOST_KEPT = 8
_plans = {}
_turn = Lock()


@dataclass(frozen=True)
class NextUp:
    """What a device answers next, and who it answers as: a sector, empty when it will not say, None before it was asked."""

    turn: dialogue.Turn
    sector: str | None


def next_for(device, conference, at, *, wanted=""):
    """This will return the statement a device answers next: early ones tell most, later ones are those its sector lacks most.

    Before there is a plan the device's own order counts."""
    sector, plan = dialogue.declared_sector(device, conference), _plan_of(conference)
    chooser = partial(_chosen, plan, sector or "", device or "") if plan else None
    return NextUp(dialogue.next_for(device, conference, at, wanted=wanted, choose=chooser), sector)


def _chosen(plan, sector, device, unseen, answers):
    return choose(plan, unseen, answers, sector=sector, device=device).statement


def _plan_of(conference):
    drawn_at = OpinionMap.objects.filter(conference=conference).values_list("drawn_at", flat=True).first()
    if drawn_at is None:
        return None
    known = _plans.get(conference.pk)
    if known is None or known[0] != drawn_at:
        known = OpinionMap.objects.filter(conference=conference).values_list("drawn_at", "plan__asking").get()
        with _turn:
            _plans.pop(conference.pk, None)
            _plans[conference.pk] = known
            for old in list(_plans)[:-_MOST_KEPT]:
                del _plans[old]
    return known[1]
