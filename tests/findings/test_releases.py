"""The one file a secure environment hands over: taken in only when it stands up to what readers already have, and kept for good."""

import json
from datetime import date
from functools import cache

import numpy as np
import pytest

from tests.factories import AT
from tests.factories_figures import make_groups
from tests.findings.test_deliveries import House
from tovholder.base.by import ANYONE, SYSTEM
from tovholder.evidence.disclosure.release import Terms, release
from tovholder.evidence.disclosure.released import Definition, digest_of_content
from tovholder.evidence.disclosure.tables import with_totals
from tovholder.findings import actions, queries
from tovholder.findings.models import DeliveredFile, Measurement

pytestmark = pytest.mark.django_db

PEOPLE = np.array([[900, 700, 800], [400, 300, 500]])
SICK = np.array([[120, 80, 70], [40, 3, 45]])


@cache
def made(number="1", period="2025", *, threshold=5, code="genind", more=0):
    """A release of invented counts by municipality and education, as the secure side's command writes it."""
    dims, levels = ("kommune", "uddannelse"), (("Vejen", "Ærø"), ("Grundskole", "Faglært", "Lang"))
    numerator, denominator = (with_totals(dims, levels, counts) for counts in (SICK + more, PEOPLE + 10 * more))
    terms = Terms("Region Syddanmark (eksempel)", threshold)
    return json.dumps(release(numerator, denominator, Definition(code, number, "pct.", period), terms), ensure_ascii=False)


def changed(text, **fields):
    """The release with something else in it, and a digest that fits: as one who wants to deceive would hand it over."""
    content = json.loads(text) | fields
    content["digest"] = digest_of_content(content)
    return json.dumps(content)


@pytest.fixture
def house():
    house = House()
    make_groups(groups=(("basic", "Grundskole", "Primary"), ("vocational", "Faglært", "Vocational"), ("long", "Lang", "Long")))
    return house


def brought(house, content):
    delivery = house.bring(content, indicator=None, drawn_on=None, filename="udgivelse.json")
    assert delivery.kind == "release"
    return actions.read_release(delivery, by=SYSTEM, at=AT)


def taken(house, content):
    delivery = brought(house, content)
    assert delivery.state == "read", delivery.refused
    actions.take_delivery(delivery, by=house.by, at=AT)
    actions.store_delivery(delivery, by=SYSTEM, at=AT)
    return delivery


def test_a_release_carries_small_areas_and_hides_what_must_be(house):
    delivery = taken(house, made())
    vintage = queries.visible_vintages(ANYONE, AT).get()
    rows = {
        (row.party.short_name, row.group.code if row.group else ""): row for row in vintage.measurements.select_related("party", "group")
    }
    assert rows["Ærø", "vocational"].why == "suppressed"
    assert rows["Ærø", "vocational"].numerator is None
    assert rows["Vejen", "basic"].numerator in {120, None}
    assert not any(0 < (row.numerator or 0) < 5 for row in rows.values())
    assert sum(row.why == "suppressed" for row in rows.values()) >= 2
    assert (vintage.drawn_on, delivery.state) == (AT.date(), "taken")
    assert bytes(DeliveredFile.objects.get(delivery=delivery).content).decode() == made()


def test_sums_that_no_party_is_are_told_and_left_out(house):
    delivery = brought(house, made())
    assert any("en sum af områderne" in notice for notice in delivery.notices)
    assert delivery.notices[0].startswith("Udgivelsen er prøvet igen her")


def small_shown(text):
    """The hidden cell of Ærø filled in again."""
    content = json.loads(text)
    for row in content["rows"]:
        if row["at"] == ["Ærø", "Faglært"]:
            row |= {"numerator": 3, "denominator": 300, "value": 1.0, "blank": ""}
    content["disclosure"]["hidden"] = sum(row["blank"] == "suppressed" for row in content["rows"])
    return changed(text, rows=content["rows"], disclosure=content["disclosure"])


BAD = [
    (lambda: made().replace('"period": "2025"', '"period": "2024"'), "fingeraftryk passer ikke"),
    (lambda: small_shown(made()), "viser et tal under 5"),
    (lambda: changed(made(), persons=[{"id": 1}]), "hører ikke til i filen"),
    (lambda: changed(made(), schema="andet-1"), "er ikke en udgivelse, vi kender"),
    (lambda: made(threshold=3), "aftalen med dataejeren siger 5"),
    (lambda: made("9"), "lavet efter definition 9, men i den periode gælder definition 1"),
    (lambda: made(code="ukendt"), "Vi kender ikke indikatoren »ukendt«"),
    (lambda: changed(made(), period="engang"), "kan vi ikke læse"),
    (lambda: "{", "kan ikke læses som JSON"),
    (lambda: "{}", "er ikke en udgivelse, vi kan læse"),
    (lambda: '{"a":' * 5_000, "den kan ikke læses"),
    (lambda: '{"indicator": {"code": ["x"]}, "period": {}}', "er ikke en udgivelse, vi kan læse"),
]


@pytest.mark.parametrize(("content", "sentence"), BAD, ids=[sentence for _content, sentence in BAD])
def test_what_does_not_stand_up_is_refused_and_not_kept(house, content, sentence):
    delivery = brought(house, content())
    assert delivery.state == "unreadable"
    assert sentence in delivery.refused[0]["sentence"]
    assert not DeliveredFile.objects.exists()


def test_a_later_release_may_not_give_an_earlier_one_away(house):
    taken(house, made())
    delivery = brought(house, made(more=1))
    assert delivery.state == "unreadable"
    assert "er ændret med 1" in delivery.refused[0]["sentence"] or "udgivet før" in delivery.refused[0]["sentence"]


def test_the_first_release_still_counts_when_it_is_withdrawn(house):
    vintage = taken(house, made()).vintages.get()
    actions.withdraw_vintage(vintage, reason="Forkert fil.", by=house.by, at=AT)
    assert brought(house, made(more=1)).state == "unreadable"


def test_another_period_is_another_matter(house):
    taken(house, made())
    assert brought(house, made(period="2024", more=1)).state == "read"


def test_a_plain_table_may_not_add_to_a_period_with_hidden_cells(house):
    taken(house, made())
    delivery = house.read("Kommune;Periode;Tæller;Nævner\n1083;2025;358;3600\n1083;2024;300;3500")
    assert (delivery.rows, delivery.refused_count) == (1, 1)
    assert "har vi en udgivelse med skjulte tal" in delivery.refused[0]["sentence"]


def test_the_same_release_is_taken_once(house):
    taken(house, made())
    assert Measurement.objects.filter(period_from=date(2025, 1, 1)).exists()
    from tovholder.base.errors import Refused

    with pytest.raises(Refused, match="allerede gemt"):
        house.bring(made(), indicator=None)
