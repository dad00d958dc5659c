from django.db.models import Prefetch, Q

from tovholder.base.rows import one
from tovholder.consultations.models import RESPONDERS, Remark, Response, Signer
from tovholder.parties.models import Party
from tovholder.parties.queries import in_danish_order
from tovholder.parties.rules import PLANNER

from .rounds import visible_consultations


def _mine(by):
    own = by.parties_as(*RESPONDERS)
    mine = Q(party__in=own) | Q(signers__party__in=own) if own else Q()
    if by.contributor:
        mine |= Q(contributor=by.contributor)
    return mine


def visible_responses(by, at):
    """This will return the responses that may be seen: sent ones, and drafts for the writer's party, its signers and the code's owner."""
    public = Q(state__in=["submitted", "withdrawn"], consultation__in=visible_consultations(by, at))
    return _either(public, _mine(by))


def readable_responses(by, at):
    """This will return the responses whose words may be read: not those that wait for review or are withdrawn."""
    public = Q(state="submitted", consultation__in=visible_consultations(by, at)) & (Q(held_at__isnull=True) | Q(released_at__isnull=False))
    planned = by.parties_as(PLANNER)
    worked = Q(state__in=["submitted", "withdrawn"], consultation__version__plan__owner__in=planned) if planned else Q()
    return _either(public, worked | _mine(by))


def _either(public, own):
    """What nobody can be among is not asked for: a stranger's question then looks at the responses alone."""
    return Response.objects.filter(public | own).distinct() if own else Response.objects.filter(public)


def response(response_id, by, at):
    """This will return one response; raises LookupError when it does not exist or may not be seen."""
    rows = visible_responses(by, at).select_related(
        "consultation__version__plan__owner", "consultation__version__plan__kind", "consultation__notice", "listed", "party", "contributor"
    )
    return one(rows, pk=response_id)


def published_responses(found):
    """This will return the sent responses to a round with their remarks, the newest first."""
    remarks = Remark.objects.select_related("provision", "theme").order_by("order", "thing_id")
    rows = Response.objects.filter(consultation=found, state__in=["submitted", "withdrawn"])
    return rows.select_related("party").prefetch_related(Prefetch("remarks", queryset=remarks)).order_by("-number", "-submitted_at")


def drafts_of(found, by):
    """This will return the actor's own responses to a round, drafts and sent ones."""
    mine = _mine(by)
    rows = Response.objects.filter(mine, consultation=found) if mine else Response.objects.none()
    return rows.select_related("party").distinct().order_by("-submitted_at", "thing_id")


def may_respond_for(by):
    """This will return the parties the actor may answer for, in Danish order."""
    return in_danish_order(Party.objects.filter(pk__in=by.parties_as(*RESPONDERS)).select_related("kind"))


def signers_asked(found):
    """This will return who a joint response speaks for, in Danish order."""
    rows = list(Signer.objects.filter(response=found).select_related("party"))
    by_party = {row.party: row for row in rows}
    return [by_party[party] for party in in_danish_order(by_party)]


def signer(signer_id, by, at):
    """This will return one signer of a response that may be seen; raises LookupError."""
    rows = Signer.objects.filter(response__in=visible_responses(by, at))
    return one(rows.select_related("response__consultation__version__plan", "party"), pk=signer_id)
