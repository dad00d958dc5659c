"""Figures on their way in, for the world of the tests: an own indicator with two definitions and vintages, and a delivery in each state."""

from datetime import date, timedelta

from tests.factories_figures import make_definition, make_delivery, make_indicator, make_measurement, make_vintage
from tovholder.findings.models import DeliveredFile

HIDDEN_FILE = "bisamrottens-lemming.csv"
_SENTENCE = "Række 3, »Kommune«: Vi kender ikke »Vejn«. Mente du »Vejen Kommune (eksempel)«?"


def _shown(indicator):
    return {
        "rows": 1, "hidden": 0, "missing": 0, "areas": [{"area_kind": "region", "areas": 1, "rows": 1}], "headings": {},
        "indicators": [{"indicator": indicator.pk, "code": indicator.code, "drawn_on": "2026-11-12", "rows": 1, "areas": 1, "periods": 1,
                        "span": "2025", "definitions": ["2"], "breakdowns": [], "hidden": 0}],
        "first": [{"row": 2, "code": indicator.code, "area": "Region Syddanmark (eksempel)", "period": "2025", "group": "",
                   "numerator": 120.0, "denominator": 850.0, "value": 14.1, "decimals": 1, "why": ""}],
        "parts": [], "digest": "d" * 64, "held_against": "h" * 64, "read_refused": 0,
    }  # fmt: skip


def _waiting_to_be_looked_through(world, indicator, name):
    refused = [{"row": 3, "column": "Kommune", "found": "Vejn", "sentence": _SENTENCE}]
    made = make_delivery(
        world.region, state="read", filename=name, rows=1, refused=refused, refused_count=1, preview=_shown(indicator), indicator=indicator,
        notices=["Vi har set arket »Tal«."],
    )  # fmt: skip
    DeliveredFile.objects.create(delivery=made, content=b"x")
    return made


def deliver(world):
    """This will give the world an indicator of its own with figures, and deliveries that only its people see."""
    world.indicator = make_indicator(
        "egen-indikator", owner=world.region, name="Opfølgende besøg (eksempel)", name_en="Follow-up visits (example)"
    )
    make_definition(
        world.indicator, "2", valid_from=date(2024, 1, 1), breaks_series=True, break_reason="Kun besøg inden fem dage tæller nu (eksempel)."
    )
    world.vintage = make_vintage(world.indicator, make_delivery(world.region))
    make_measurement(world.vintage, world.region, date(2025, 1, 1), months=12, numerator=120, denominator=850)
    world.delivery = _waiting_to_be_looked_through(world, world.indicator, HIDDEN_FILE)
    world.waiting_delivery = make_delivery(world.region, state="waiting", filename=HIDDEN_FILE)


def deliver_more(world, n):
    """This will add one more of each."""
    other = make_indicator(f"endnu-en-{n}", owner=world.region, name=f"Endnu en indikator {n} (eksempel)")
    make_vintage(other, make_delivery(world.region))
    drawn_on = date(2026, 11, 12) - timedelta(days=30 * (n + 1))
    vintage = make_vintage(world.indicator, make_delivery(world.region), drawn_on=drawn_on)
    make_measurement(vintage, world.region, date(2025, 1, 1), months=12, numerator=100, denominator=850)
    make_definition(world.indicator, f"3.{n}", valid_from=date(2026, 1, 1 + n), breaks_series=True, break_reason=f"Brud {n} (eksempel).")
    _waiting_to_be_looked_through(world, other, f"flere-tal-{n}.csv")
    delivery = world.delivery
    delivery.preview["indicators"].append(_shown(other)["indicators"][0])
    delivery.preview["first"] += delivery.preview["first"][:1]
    delivery.refused.append(delivery.refused[0])
    delivery.save()
