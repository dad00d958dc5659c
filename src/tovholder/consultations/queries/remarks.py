from tovholder.base.rows import one
from tovholder.consultations.models import Remark

from .responses import readable_responses


def _rows():
    return Remark.objects.select_related(
        "response__consultation__version__plan__owner", "response__party", "response__listed", "provision", "theme"
    )


def remark(remark_id, by, at):
    """This will return one remark; raises LookupError when its words may not be read."""
    return one(_rows().filter(response__in=readable_responses(by, at)), pk=remark_id)


def remarks_of(response):
    """This will return a response's remarks in their order."""
    return Remark.objects.filter(response=response).select_related("provision", "theme").order_by("order", "thing_id")


def remarks_on(provision_ids, by, at):
    """This will return the sent remarks on provisions that the actor may read, with who said them."""
    rows = _rows().filter(provision__in=provision_ids, response__state="submitted", response__in=readable_responses(by, at))
    return rows.order_by("response__number", "order")


def without_verdict(plan_ids, by, at):
    """This will return the remarks to plans that nobody has answered and the actor may read, the oldest first."""
    rows = _rows().filter(response__consultation__version__plan__in=plan_ids, response__state="submitted", verdict="")
    return rows.filter(response__in=readable_responses(by, at)).order_by("response__submitted_at", "order")
