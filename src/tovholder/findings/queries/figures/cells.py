"""The figures that stand: those of the newest vintage, and of the ones it continues, as plain cells."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from ...models import Delivery, Measurement, Vintage

SHOWN = Measurement.Why.SHOWN
MISSING = Measurement.Why.MISSING
HIDDEN = (Measurement.Why.SUPPRESSED, Measurement.Why.PROTECTS)


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure: whose, when, of which group, what was counted, and why it is blank when it is."""

    party: str
    first: date
    until: date
    group: int | None
    x: float | None
    n: float | None
    value: float | None
    low: float | None
    high: float | None
    why: str
    definition: str

    @property
    def is_shown(self):
        return self.why == SHOWN and self.value is not None

    @property
    def is_hidden(self):
        return self.why in HIDDEN

    @property
    def is_counted(self):
        return self.is_shown and self.x is not None and bool(self.n)


def taken_vintages(indicator_ids):
    """This will return {indicator id: vintages that stand}, of deliveries that were taken; one question."""
    found = {}
    rows = Vintage.objects.filter(indicator__in=indicator_ids, delivery__state=Delivery.State.TAKEN, withdrawn_at__isnull=True)
    for row in rows.select_related("delivery").order_by("drawn_on", "taken_at", "pk"):
        found.setdefault(row.indicator_id, []).append(row)
    return found


def chain_of(vintages):
    """This will return the vintages an indicator's figures are read from, the newest first: each deliverer's newest and those it continues.

    The same rule as `vintages.standing_vintages`, for many indicators at once."""
    known = {row.pk: row for row in vintages}
    newest = {row.delivery.owner_id: row for row in vintages}
    chain = {}
    for link in newest.values():
        while link is not None and link.pk not in chain:
            chain[link.pk] = link
            link = known.get(link.continues_id)
    return sorted(chain.values(), key=lambda row: (row.drawn_on, row.taken_at, row.pk), reverse=True)


def cells_of(chain, definitions, *, watched=(), breakdowns=()):
    """This will return the cells of a chain of vintages: all figures for everyone, and by group for the watched parties.

    Where two vintages have the same cell, the newer one holds."""
    found = {}
    condition = Q(group__isnull=True)
    if watched and breakdowns:
        condition |= Q(party__in=watched, group__breakdown__in=breakdowns)
    fields = (
        "party_id",
        "period_from",
        "period_until",
        "group_id",
        "numerator",
        "denominator",
        "value",
        "low",
        "high",
        "why",
        "definition_id",
    )
    by_id = {row.pk: row for row in definitions}
    for vintage in chain:
        for row in Measurement.objects.filter(condition, vintage=vintage).values_list(*fields).iterator(chunk_size=5_000):
            key = row[:4]
            if key not in found:
                found[key] = _cell(row, by_id)
    return list(found.values())


def _cell(row, definitions):
    party, first, until, group, x, n, value, low, high, why, definition = row
    if value is None and not why and x is not None and n:
        value = x / n * definitions[definition].multiplier
    if value is None and not why:
        why = MISSING
    return Cell(party, first, until, group, x, n, value, low, high, why, definition)
