"""Questions to figures as sources gave them. Everything that shows a figure asks `visible_vintages`, and nothing else."""

from django.db.models import Exists, F, OuterRef, Q

from tovholder.base.rows import one

from ..models import Delivery, Measurement, Vintage


def visible_vintages(by, at):
    """This will return the vintages whose figures everybody may see: stored in full, and neither they nor their indicator withdrawn."""
    stands = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=at)
    in_use = Q(indicator__withdrawn_at__isnull=True) | Q(indicator__withdrawn_at__gt=at)
    return Vintage.objects.filter(stands, in_use, delivery__state=Delivery.State.TAKEN, taken_at__lte=at)


def vintage(vintage_id, by, at):
    """This will return one vintage that was ever shown, also one that is withdrawn now; raises LookupError."""
    rows = Vintage.objects.filter(delivery__state=Delivery.State.TAKEN, taken_at__lte=at)
    return one(rows.select_related("indicator", "delivery__owner", "continues"), pk=vintage_id)


def vintages_of(found, at):
    """This will return every vintage of an indicator that was ever shown, the newest first."""
    rows = Vintage.objects.filter(indicator=found, delivery__state=Delivery.State.TAKEN, taken_at__lte=at)
    return rows.select_related("delivery__owner", "continues").order_by("-drawn_on", "-taken_at", "-pk")


def in_order(rows):
    """This will put vintages in order, the oldest first; of two of the same moment, the one that continues the other is the newer."""
    later = Vintage.objects.filter(continues=OuterRef("pk"), delivery__state=Delivery.State.TAKEN, withdrawn_at__isnull=True)
    return rows.annotate(is_continued=Exists(later)).order_by("drawn_on", "taken_at", "-is_continued", "pk")


def newest_vintage(found, by, at):
    """This will return an indicator's newest vintage that stands, or None."""
    rows = visible_vintages(by, at).filter(indicator=found).select_related("delivery", "continues")
    return in_order(rows).last()


def newest_vintages(indicator_ids, by, at):
    """This will return {indicator id: its newest vintage that stands}; one question."""
    rows = in_order(visible_vintages(by, at).filter(indicator__in=indicator_ids))
    return {row.indicator_id: row for row in rows}


def chain_of(found, by, at):
    """This will return a vintage and those it continues that still stand, the newest first. What each says first, counts."""
    chain, seen = [found], {found.pk}
    while chain[-1].continues_id is not None and chain[-1].continues_id not in seen:
        earlier = visible_vintages(by, at).filter(pk=chain[-1].continues_id).first()
        if earlier is None:
            break
        seen.add(earlier.pk)
        chain.append(earlier)
    return chain


def standing_vintages(found, by, at):
    """This will return the vintages an indicator's figures are read from, the newest first: each deliverer's newest with what it continues.

    Where two say something of the same area, period and group, the first in the list counts."""
    rows = visible_vintages(by, at).filter(indicator=found).select_related("delivery", "continues")
    newest = {}
    for row in in_order(rows):
        newest[row.delivery.owner_id] = row
    whole = {row.pk: (row, -place) for last in newest.values() for place, row in enumerate(chain_of(last, by, at))}
    ordered = sorted(whole.values(), key=lambda pair: (pair[0].drawn_on, pair[0].taken_at, pair[1], pair[0].pk), reverse=True)
    return [row for row, _place in ordered]


_SHOWN = (
    "party__code", "party__name", "period_from", "period_until", "group__breakdown__name", "group__name", "numerator", "denominator",
    "value", "low", "high", "why", "definition__number",
)  # fmt: skip


def figures_of_vintage(found, limit=None):
    """This will return the figures of one vintage in the order of the file, as plain rows; whoever asks has asked for a visible vintage."""
    rows = Measurement.objects.filter(vintage=found)
    rows = rows.order_by("party__name", "period_from", F("group__order").asc(nulls_first=True), "pk").values_list(*_SHOWN)
    return rows[:limit] if limit is not None else rows
