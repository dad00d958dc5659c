"""Files of figures made to do harm: nothing runs, nothing leaks, nothing is stored, and each gets a sentence."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories import AT
from tests.findings.test_deliveries import HEAD, House
from tests.findings.test_releases import changed, made
from tovholder.base.by import SYSTEM
from tovholder.findings import actions
from tovholder.findings.models import DeliveredFile, Delivery, Measurement
from tovholder.jobs import deliveries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at"), pytest.mark.once]

CELLS = [
    "<script>alert(1)</script>", "=HYPERLINK(\"http://x\")", "+1+cmd|' /C calc'!A0", "@SUM(A1)", "\u202egnp.exe",
    "'; DROP TABLE findings_measurement;--",
    "{{ 7*7 }}", "%(day)s", "x" * 5_000, "0575\x00", "../../etc/passwd",
]  # fmt: skip


@pytest.fixture
def house():
    return House()


@pytest.mark.parametrize("cell", CELLS, ids=range(len(CELLS)))
def test_a_hostile_cell_is_text_on_the_page_and_in_the_file(client, log_in, house, cell):
    log_in(("planner", house.region))
    quoted = '"' + cell.replace('"', '""') + '"'
    given = {"file": SimpleUploadedFile("<b>tal</b>.csv", f"{HEAD}\n{quoted};2024;120;850\n".encode()), "owner": house.region.pk}
    given |= {"indicator": house.indicator.pk, "drawn_on": "12-11-2026", "series": "whole"}
    client.post(reverse("findings:upload_figures"), given)
    deliveries.work_through(at=AT)
    delivery = Delivery.objects.get()
    page = client.get(reverse("findings:delivery", args=[delivery.pk])).content.decode()
    assert "<script>alert" not in page
    assert "<b>tal</b>" not in page
    assert delivery.rows == 0
    file = client.get(reverse("findings:refused_csv", args=[delivery.pk])).content.decode("utf-8-sig")
    assert not [row for row in file.splitlines() for part in row.split(";") if part[:1] in {"=", "+", "@"}]
    assert not Measurement.objects.exists()


ROWS = [
    {"numerator": float("nan")}, {"numerator": 1e308}, {"numerator": True}, {"numerator": "120"}, {"numerator": -1},
    {"value": float("inf")},
    {"denominator": 10**30}, {"at": ["Vejen"]}, {"at": ["<script>", "Grundskole"]}, {"person": "0101701234"},
]  # fmt: skip


@pytest.mark.parametrize("fields", ROWS, ids=range(len(ROWS)))
def test_a_release_with_a_hostile_row_is_refused_with_a_sentence(house, fields):
    content = json.loads(made())
    content["rows"][0] |= fields
    try:
        text = changed(made(), rows=content["rows"])
    except ValueError:
        text = json.dumps(content)
    delivery = house.bring(text, indicator=None, drawn_on=None)
    actions.read_release(delivery, by=SYSTEM, at=AT)
    delivery.refresh_from_db()
    assert delivery.state == "unreadable"
    assert delivery.refused[0]["sentence"].endswith(".")
    assert not DeliveredFile.objects.exists()


def test_a_cpr_number_stops_the_whole_file(house):
    delivery = house.bring(f"{HEAD};Person\n0575;2024;120;850;010170-1234\n0575;2023;120;850;020270-1234\n")
    deliveries.work_through(at=AT)
    delivery.refresh_from_db()
    assert delivery.state == "unreadable"
    assert "010170" not in json.dumps([delivery.refused, delivery.notices, delivery.preview])
    assert not DeliveredFile.objects.exists()
