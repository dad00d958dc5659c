"""Doors to figures on their way in: a file is brought, looked through, and said yes or no to."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories import AT, make_party
from tests.findings.test_deliveries import TABLE, House
from tovholder.base.by import SYSTEM
from tovholder.findings import actions
from tovholder.findings.models import DeliveredFile, Delivery, Measurement
from tovholder.jobs import deliveries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]


@pytest.fixture
def house():
    return House()


def upload(client, house, text=TABLE, **fields):
    given = {
        "file": SimpleUploadedFile("tal.csv", text.encode()), "owner": house.region.pk, "indicator": house.indicator.pk,
        "drawn_on": "12-11-2026", "source": "Kilde", "series": "whole",
    }  # fmt: skip
    return client.post(reverse("findings:upload_figures"), given | fields)


def test_a_file_is_brought_looked_through_and_stored(client, log_in, house):
    log_in(("planner", house.region))
    page = client.get(upload(client, house, f"{TABLE}\nVejn;2024;120;850").headers["Location"])
    assert "Vi læser filen." in page.content.decode()
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page.content.decode()
    deliveries.work_through(at=AT)
    delivery = Delivery.objects.get()
    here = reverse("findings:delivery", args=[delivery.pk])
    page = client.get(here).content.decode()
    assert "4 tal kan gemmes" in page
    assert "1 række er afvist og bliver ikke gemt." in page
    assert "1 tal er skjult og bliver vist som »for få til at vise«." in page
    assert "Vi kender ikke »Vejn«." in page
    assert "http-equiv" not in page
    client.post(reverse("findings:take_delivery", args=[delivery.pk]))
    assert "Tallene bliver gemt" in client.get(here).content.decode()
    assert not Measurement.objects.exists()
    deliveries.work_through(at=AT)
    page = client.get(here).content.decode()
    assert "4 tal er gemt 24. november 2026 kl. 10.00. De vises nu." in page
    assert Measurement.objects.count() == 4


def test_refused_rows_are_a_file(client, log_in, house):
    log_in(("planner", house.region))
    delivery = house.read(f"{TABLE}\nVejn;2024;120;850\nÆrø;2023;1;2;3")
    lines = client.get(reverse("findings:refused_csv", args=[delivery.pk])).content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Række;Kolonne;Der stod;Hvad nu"
    assert [line.split(";")[0] for line in lines[1:]] == ["6", "7"]
    assert lines[1].startswith("6;Kommune;Vejn;"), lines


def test_a_no_deletes_the_file(client, log_in, house):
    log_in(("planner", house.region))
    delivery = house.read(TABLE)
    client.post(reverse("findings:leave_delivery", args=[delivery.pk]))
    assert not DeliveredFile.objects.exists()
    page = client.get(reverse("findings:delivery", args=[delivery.pk])).content.decode()
    assert "I sagde nej tak. Filen er slettet." in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"file": ""}, "Vælg en fil."),
        ({"file": SimpleUploadedFile("tom.csv", b"")}, "Filen er tom."),
        ({"drawn_on": "1-12-2026"}, "er ikke kommet endnu"),
        ({"drawn_on": "i går"}, "kan ikke læse datoen"),
        ({"owner": "en-anden"}, "owner"),
    ],
)
def test_what_was_filled_in_is_kept_when_something_is_wrong(client, log_in, house, fields, sentence):
    log_in(("planner", house.region))
    page = upload(client, house, **fields)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert 'value="Kilde"' in page.content.decode()
    assert not Delivery.objects.exists()


def test_the_same_file_twice_is_told(client, log_in, house):
    log_in(("planner", house.region))
    upload(client, house)
    page = upload(client, house)
    assert page.status_code == 422
    assert "Den fil har I allerede lagt ind." in page.content.decode()


def test_a_file_that_cannot_be_read_says_why(client, log_in, house):
    log_in(("coordinator", house.region))
    delivery = house.bring(TABLE)
    actions.refuse_delivery(delivery, sentence="Filen er låst med adgangskode.", by=SYSTEM, at=AT)
    page = client.get(reverse("findings:delivery", args=[delivery.pk])).content.decode()
    assert "Filen kan ikke bruges" in page
    assert "Filen er låst med adgangskode." in page


def test_strangers_see_no_delivery_and_bring_none(client, log_in, house):
    delivery = house.read(TABLE)
    log_in(("planner", make_party()))
    for name in ("delivery", "refused_csv"):
        assert client.get(reverse(f"findings:{name}", args=[delivery.pk])).status_code == 404
    for name in ("take_delivery", "leave_delivery"):
        assert client.post(reverse(f"findings:{name}", args=[delivery.pk])).status_code == 404
    assert upload(client, house, f"{TABLE}\n").status_code == 422
    log_in(("moderator", house.region))
    page = client.get(reverse("findings:deliveries")).content.decode()
    assert "Hvem kan lægge tal ind?" in page
    assert "tal.csv" not in page


def test_a_late_yes_is_answered_with_a_sentence(client, log_in, house):
    log_in(("planner", house.region))
    delivery = house.take(TABLE)
    page = client.post(reverse("findings:take_delivery", args=[delivery.pk]), follow=True).content.decode()
    assert "Der er allerede sagt ja til tallene." in page


def test_a_series_that_would_shrink_is_warned_about(client, log_in, house):
    log_in(("planner", house.region))
    house.take(TABLE)
    delivery = house.read("Kommune;Periode;Tæller;Nævner\n0575;2026;100;850")
    page = client.get(reverse("findings:delivery", args=[delivery.pk])).content.decode()
    assert "Udtrækket fra 12. november 2026 har 4 tal. Det nye har kun 1 og afløser det." in page
