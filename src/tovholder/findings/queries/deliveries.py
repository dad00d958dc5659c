"""Questions to figures on their way in. Only the people of the party that brought them see a delivery."""

from datetime import timedelta

from django.db.models import Q

from tovholder.base.by import SYSTEM
from tovholder.base.rows import one
from tovholder.parties.models import Party
from tovholder.parties.rules import COORDINATOR, PLANNER

from ..models import DeliveredFile, Delivery, Vintage

FORGOTTEN_AFTER = timedelta(days=30)


def delivering_parties(by):
    """This will return the parties for which a person may bring figures, by name."""
    return Party.objects.filter(pk__in=by.parties_as(PLANNER, COORDINATOR)).order_by("name", "pk")


def visible_deliveries(by, at):
    """This will return the deliveries that a person may see."""
    rows = Delivery.objects.select_related("owner", "indicator").order_by("-received_at", "-pk")
    return rows if by is SYSTEM else rows.filter(owner__in=by.parties_as(PLANNER, COORDINATOR))


def delivery(delivery_id, by, at):
    """This will return one delivery with its vintages; raises LookupError."""
    return one(visible_deliveries(by, at).prefetch_related("vintages__indicator"), pk=delivery_id)


def is_any_delivery_waiting(at):
    """This will answer whether a delivery waits to be read or stored, or lies there for nobody; light."""
    waits = Q(state__in=(Delivery.State.WAITING, Delivery.State.TAKING))
    return Delivery.objects.filter(waits | _forgotten(at)).exists()


def forgotten_deliveries(at):
    """This will return the deliveries that nobody has said yes or no to for thirty days, the oldest first."""
    return list(Delivery.objects.filter(_forgotten(at)).select_related("owner").order_by("received_at", "pk"))


def _forgotten(at):
    return Q(state=Delivery.State.READ, received_at__lt=at - FORGOTTEN_AFTER)


def deliveries_in(state):
    """This will return the deliveries in a state, the oldest first."""
    return list(Delivery.objects.filter(state=state).select_related("owner", "indicator").order_by("received_at", "pk"))


def content_of_delivery(found):
    """This will return the bytes of a delivery, and its rows as they were read, when there are any; raises LookupError once decided on."""
    file = one(DeliveredFile.objects.all(), pk=found.pk)
    return bytes(file.content), None if file.parsed is None else bytes(file.parsed)


def resolved_of_delivery(found):
    """This will return the figures of a delivery that was read, as they will be stored; raises LookupError once decided on."""
    return bytes(one(DeliveredFile.objects.defer("content", "parsed"), pk=found.pk).resolved)


def earlier_releases(indicator_codes, *, but=None):
    """This will return the files of the releases that were ever taken of some indicators: what was once published is known for good."""
    rows = Vintage.objects.filter(
        indicator__code__in=indicator_codes, delivery__kind=Delivery.Kind.RELEASE, delivery__state=Delivery.State.TAKEN
    )
    if but is not None:
        rows = rows.exclude(delivery=but)
    files = DeliveredFile.objects.filter(delivery__in=rows.values("delivery")).order_by("delivery__received_at", "pk")
    return [bytes(file.content) for file in files]
