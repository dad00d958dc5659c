from tovholder.consultations.models import Remark
from tovholder.dialogue.models import Conference, Statement, Theme
from tovholder.findings.models import Finding, Indicator
from tovholder.initiatives.models import Initiative, Partner, Programme
from tovholder.plans.models import Goal, PlanVersion, Provision

_OWNERS = {
    "theme": (Theme, ("owner",)),
    "statement": (Statement, ("conference__organiser", "group__host")),
    "conference": (Conference, ("organiser",)),
    "provision": (Provision, ("plan__owner",)),
    "plan_version": (PlanVersion, ("plan__owner",)),
    "goal": (Goal, ("owner", "plan__owner")),
    "remark": (Remark, ("response__consultation__version__plan__owner",)),
    "initiative": (Initiative, ("started_by",)),
    "programme": (Programme, ("started_by",)),
    "finding": (Finding, ("owner",)),
    "indicator": (Indicator, ("owner",)),
}


def owners_of(thing):
    """This will return the ids of the parties that answer for a thing: its owner, and those who take part in what is done."""
    if thing.kind not in _OWNERS:
        return frozenset()
    model, fields = _OWNERS[thing.kind]
    named = model.objects.filter(pk=thing.pk).values_list(*fields).first() or ()
    partners = (
        Partner.objects.filter(**{thing.kind: thing.pk}).values_list("party", flat=True)
        if thing.kind in ("initiative", "programme")
        else ()
    )
    return frozenset(filter(None, (*named, *partners)))
