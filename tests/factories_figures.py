"""Indicators with figures, for tests: all invented, stored straight, as an import would leave them."""

import hashlib
import itertools
from datetime import date

from tests.factories import AT, make_party
from tovholder.base.events import new_thing
from tovholder.findings.models import Breakdown, Definition, Delivery, Group, Indicator, Measurement, Vintage

_count = itertools.count(1)
EDUCATION = (
    ("basic", "Grundskole", "Primary school"),
    ("vocational", "Faglært", "Vocational"),
    ("short_medium", "Kort eller mellemlang", "Short or medium"),
    ("long", "Lang", "Long"),
)
SEX = (("women", "Kvinder", "Women"), ("men", "Mænd", "Men"))


def make_groups(code="education", groups=EDUCATION, *, name="Uddannelse", is_ordered=True):
    """A breakdown with its groups, from the least to the most; returns (breakdown, groups)."""
    breakdown, _made = Breakdown.objects.get_or_create(
        code=code, defaults={"name": name, "name_en": code.capitalize(), "is_ordered": is_ordered}
    )
    for order, (own, danish, english) in enumerate(groups, 1):
        Group.objects.get_or_create(breakdown=breakdown, code=own, defaults={"name": danish, "name_en": english, "order": order})
    return breakdown, list(breakdown.groups.order_by("order"))


def make_indicator(code=None, *, with_definition=True, **fields):
    """An indicator, with a definition that has always held unless told otherwise."""
    number = next(_count)
    defaults = {"name": f"Genindlæggelser inden 30 dage {number} (eksempel)", "name_en": f"Readmissions within 30 days {number} (example)"}
    indicator = Indicator.objects.create(thing=new_thing("indicator", AT), code=code or f"genind-{number}", **(defaults | fields))
    if with_definition:
        make_definition(indicator)
    return indicator


def make_definition(indicator, number="1", *, breakdowns=(), **fields):
    """A definition of an indicator; one that begins on a day closes the one before it."""
    begins = fields.get("valid_from")
    if begins is not None:
        Definition.objects.filter(indicator=indicator, valid_until__isnull=True).update(valid_until=begins)
    defaults = {
        "text": "Andelen af udskrivninger, der bliver fulgt af en akut indlæggelse inden 30 dage (eksempel).", "kind": "proportion",
        "unit": "pct.", "unit_en": "per cent", "direction": "lower", "numerator": "Genindlæggelser inden 30 dage",
        "denominator": "Udskrivninger", "source": "Opdigtet kilde (eksempel)", "made_at": AT,
    }  # fmt: skip
    made = Definition.objects.create(thing=new_thing("definition", AT), indicator=indicator, number=number, **(defaults | fields))
    made.breakdowns.set(breakdowns)
    return made


def make_delivery(owner=None, *, state="taken", **fields):
    """A delivery in a state; its digest is its own unless given."""
    number = next(_count)
    defaults = {
        "kind": "table", "filename": f"tal-{number}.csv", "digest": hashlib.sha256(str(number).encode()).hexdigest(), "received_at": AT,
        "drawn_on": date(2026, 11, 12), "source": "Opdigtet kilde (eksempel)",
    }  # fmt: skip
    return Delivery.objects.create(thing=new_thing("delivery", AT), owner=owner or make_party(), state=state, **(defaults | fields))


def make_vintage(indicator, delivery=None, *, drawn_on=date(2026, 11, 12), **fields):
    """A vintage of an indicator's figures, taken unless its delivery says otherwise."""
    number = next(_count)
    defaults = {"taken_at": AT, "digest": hashlib.sha256(f"vintage {number}".encode()).hexdigest()}
    delivery = delivery or make_delivery(indicator.owner, drawn_on=drawn_on)
    return Vintage.objects.create(
        thing=new_thing("vintage", AT), indicator=indicator, delivery=delivery, drawn_on=drawn_on, **(defaults | fields)
    )


def month_after(day, months=1):
    """The first day of the month so many months later."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def make_measurement(vintage, party, period_from, months=1, **fields):
    """One figure; counts make the value where none is given."""
    definition = fields.pop("definition", None) or vintage.indicator.definitions.order_by("valid_from").last()
    numerator, denominator = fields.get("numerator"), fields.get("denominator")
    if "value" not in fields and numerator is not None and denominator:
        fields["value"] = numerator / denominator * definition.multiplier
    made = {"period_from": period_from, "period_until": month_after(period_from, months), "definition": definition}
    return Measurement.objects.create(vintage=vintage, party=party, **(made | fields))


def make_series(vintage, party, values, *, begins=date(2023, 1, 1), months=1, denominator=4000, group=None):
    """A figure for each period in a row; None among the values is a count too small to show."""
    definition = vintage.indicator.definitions.order_by("valid_from").last()
    rows = []
    for n, value in enumerate(values):
        first = month_after(begins, n * months)
        made = {"vintage": vintage, "definition": definition, "party": party, "group": group, "period_from": first,
                "period_until": month_after(first, months)}  # fmt: skip
        if value is None:
            rows.append(Measurement(**made, why="suppressed"))
        else:
            numerator = round(value / definition.multiplier * denominator)
            made |= {"numerator": numerator, "denominator": denominator, "value": numerator / denominator * definition.multiplier}
            rows.append(Measurement(**made))
    Measurement.objects.bulk_create(rows)
    Vintage.objects.filter(pk=vintage.pk).update(rows=vintage.measurements.count())
    return rows
