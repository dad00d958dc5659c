from tovholder.base.rows import one
from tovholder.consultations.models import Remark

from .responses import visible_responses


def _rows():
    return Remark.objects.select_related(
        "response__consultation__version__plan__owner", "response__party", "response__listed", "provision", "theme"
    )


def remark(remark_id, by, at):
    """This will return one remark; raises LookupError when its response may not be seen."""
    return one(_rows().filter(response__in=visible_responses(by, at)), pk=remark_id)


def remarks_of(response):
    """This will return a response's remarks in their order."""
    return Remark.objects.filter(response=response).select_related("provision", "theme").order_by("order", "thing_id")


def remarks_on(provision_ids):
    """This will return the sent, reviewed remarks on provisions, with who said them."""
    rows = _rows().filter(provision__in=provision_ids, response__state="submitted")
    return rows.exclude(response__held_at__isnull=False, response__released_at__isnull=True).order_by("response__number", "order")


def without_verdict(plan_ids):
    """This will return the remarks to plans that nobody has answered, the oldest first."""
    rows = _rows().filter(response__consultation__version__plan__in=plan_ids, response__state="submitted", verdict="")
    return rows.order_by("response__submitted_at", "order")
