from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q

from tovholder.base.rows import one
from tovholder.consultations.models import Consultation, ConsultationParty, Response
from tovholder.parties.models import Sector
from tovholder.parties.queries import in_danish_order, members_on, parties_on
from tovholder.parties.rules import PLANNER, WORKING_ROLES
from tovholder.plans.models import PlanVersion


def visible_consultations(by, at):
    """This will return the rounds that may be seen: opened ones, and coming ones for those who ask and are asked."""
    own = by.parties_as(*WORKING_ROLES)
    if not own:
        return Consultation.objects.filter(opens_at__lte=at)
    asked = Exists(ConsultationParty.objects.filter(consultation=OuterRef("pk"), party__in=own, asked_at__lte=at))
    return Consultation.objects.filter(Q(opens_at__lte=at) | Q(version__plan__owner__in=own) | asked)


def _with_counts(rows):
    answered = Response.objects.filter(listed=OuterRef("list__pk"), state="submitted")
    return rows.select_related("version__plan__kind", "version__plan__owner", "notice__controller").annotate(
        listed_count=Count("list", distinct=True),
        answered_count=Count("list", filter=Exists(answered), distinct=True),
        response_count=Count("responses", filter=Q(responses__state="submitted"), distinct=True),
    )


def consultations(by, at):
    """This will return the rounds that may be seen, the nearest deadline first, with how many were asked and have answered."""
    return _with_counts(visible_consultations(by, at)).order_by("-deadline_at", "thing_id")


def consultation(consultation_id, by, at):
    """This will return one round; raises LookupError when it does not exist or may not be seen."""
    return one(_with_counts(visible_consultations(by, at)), pk=consultation_id)


def open_now(at):
    """This will return the rounds everyone may answer now, the one that closes first on top."""
    rows = Consultation.objects.filter(opens_at__lte=at, deadline_at__gt=at, concluded_at__isnull=True)
    return _with_counts(rows).order_by("deadline_at", "thing_id")


def rounds_of(owners, at):
    """This will return the opened rounds over plans of some owners that are not concluded, the nearest deadline first."""
    rows = Consultation.objects.filter(opens_at__lte=at, concluded_at__isnull=True, version__plan__owner__in=owners)
    return _with_counts(rows).order_by("deadline_at", "thing_id")


def asks_for_answer(parties, at):
    """This will return the lines of open consultation lists where some parties have begun no answer, the nearest deadline first."""
    begun = Response.objects.filter(consultation=OuterRef("consultation"), party=OuterRef("party")).exclude(state="withdrawn")
    rows = ConsultationParty.objects.filter(
        ~Exists(begun), party__in=parties, asked_at__lte=at, consultation__deadline_at__gt=at, consultation__concluded_at__isnull=True
    )
    return rows.select_related("consultation", "party").order_by("consultation__deadline_at", "pk")


def next_opening(at):
    """This will return the moment the next known round opens, or None."""
    return Consultation.objects.filter(opens_at__gt=at).order_by("opens_at").values_list("opens_at", flat=True).first()


def version_to_open(version_id, by):
    """This will return a version of a plan the actor writes; raises LookupError."""
    rows = PlanVersion.objects.filter(plan__owner__in=by.parties_as(PLANNER)).select_related("plan__kind", "plan__owner")
    return one(rows, pk=version_id)


def list_of(found):
    """This will return the consultation list in Danish order, each with its submitted responses."""
    rows = ConsultationParty.objects.filter(consultation=found).select_related("party__kind", "consultation")
    rows = in_danish_order(rows)
    answers = {}
    for row in Response.objects.filter(consultation=found, state="submitted", listed__isnull=False).order_by("submitted_at"):
        answers[row.listed_id] = row
    for row in rows:
        row.answer = answers.get(row.pk)
    return rows


@dataclass(frozen=True)
class Asked:
    """What everyone may read of a line on a consultation list: never its mailbox, never a citizen's name beside an answer."""

    name: str
    group: str
    answered_at: datetime | None


def who_is_asked(found):
    """This will return the consultation list as everyone may read it, in Danish order, with who has sent an answer and when."""
    return [
        Asked(
            name=row.answer.public_name if row.answer and row.answer.sector == Sector.CITIZEN else row.name,
            group=row.group,
            answered_at=row.answer.submitted_at if row.answer else None,
        )
        for row in list_of(found)
    ]


def listed(listed_id, by, at):
    """This will return one line of a consultation list the actor keeps; raises LookupError."""
    rows = ConsultationParty.objects.filter(consultation__version__plan__owner__in=by.parties_as(PLANNER))
    return one(rows.select_related("consultation__version__plan__owner", "party"), pk=listed_id)


def answered_counts(rows):
    """This will return (answered, all) of a consultation list."""
    return sum(row.answer is not None for row in rows), len(rows)


def add_candidates(found, on, *, kind=None):
    """This will return the parties of the register that are not on the list yet: the owner's own members, and the others."""
    there = set(ConsultationParty.objects.filter(consultation=found, party__isnull=False).values_list("party_id", flat=True))
    mine = {party.pk for party in members_on(found.version.plan.owner, on, kind=kind)}
    left = [party for party in parties_on(on, kind=kind) if party.pk not in there]
    return [party for party in left if party.pk in mine], [party for party in left if party.pk not in mine]
