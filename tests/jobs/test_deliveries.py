"""The work beside the web process: files are read in a limited child, what was said yes to is stored, and one bad file stops no other."""

from datetime import timedelta
from io import StringIO

import openpyxl
import pytest
from django.core.management import call_command

from tests.factories import AT
from tests.findings.test_deliveries import HEAD, TABLE, House
from tovholder.base.by import SYSTEM
from tovholder.base.errors import Refused
from tovholder.findings import actions, queries
from tovholder.findings.models import DeliveredFile, Delivery, Measurement
from tovholder.jobs import deliveries

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return House()


def state_of(delivery):
    delivery.refresh_from_db()
    return delivery.state


def test_what_waits_is_read_and_what_was_agreed_is_stored(house):
    delivery = house.bring(TABLE)
    assert deliveries.is_anything_waiting(at=AT)
    assert deliveries.work_through(at=AT) == (1, 0)
    assert state_of(delivery) == "read"
    assert not deliveries.is_anything_waiting(at=AT)
    actions.take_delivery(delivery, by=house.by, at=AT)
    assert deliveries.work_through(at=AT + timedelta(minutes=1)) == (0, 1)
    assert (state_of(delivery), Measurement.objects.count()) == ("taken", 4)


def test_columns_are_called_what_the_file_calls_them(house):
    delivery = house.bring("Kommunekode;År;Antal;Befolkning\n0575;2024;1200;850\n0999;2024;12;850")
    deliveries.work_through(at=AT)
    delivery.refresh_from_db()
    assert [row["sentence"].split(":")[0] for row in delivery.refused] == ["Række 2, »Antal«", "Række 3, »Kommunekode«"]


def test_a_file_with_two_vintages_and_no_day_is_refused_whole(house):
    rows = [f"0575;{year};{count};850" for count in (120, 130) for year in range(2015, 2025)]
    delivery = house.bring("\n".join([HEAD, *rows]))
    deliveries.work_through(at=AT)
    assert state_of(delivery) == "unreadable"
    assert "ligner to udtræk lagt sammen: 10 rækker" in delivery.refused[0]["sentence"]


def test_a_file_that_cannot_be_read_gets_a_sentence_and_stops_no_other(house):
    bad, good = house.bring("ikke en tabel"), house.bring(TABLE)
    deliveries.work_through(at=AT)
    assert (state_of(bad), state_of(good)) == ("unreadable", "read")
    assert bad.refused[0]["sentence"].startswith("Kolonnen »Kommune« mangler.")


def test_trouble_of_our_own_is_told_and_stops_no_other(house, monkeypatch):
    trouble, good = house.bring(TABLE), house.bring(f"{TABLE}\n")
    whole = actions.keep_read_delivery

    def breaks(delivery, **words):
        if delivery == trouble:
            raise ZeroDivisionError
        return whole(delivery, **words)

    monkeypatch.setattr(actions, "keep_read_delivery", breaks)
    deliveries.work_through(at=AT)
    assert (state_of(trouble), state_of(good)) == ("unreadable", "read")
    assert "Noget gik galt hos os" in trouble.refused[0]["sentence"]


def test_a_workbook_says_which_sheet_was_read(house, tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Tal"
    for row in (("Kommune", "Periode", "Tæller", "Nævner"), ("0575", 2024, 120, 850)):
        book.active.append(row)
    book.save(tmp_path / "tal.xlsx")
    content = (tmp_path / "tal.xlsx").read_bytes()
    delivery = actions.receive_delivery(
        owner=house.region, filename="tal.xlsx", content=content, indicator=house.indicator, drawn_on=AT.date(), by=house.by, at=AT
    )
    deliveries.work_through(at=AT)
    assert (state_of(delivery), delivery.rows) == ("read", 1)
    assert "Vi har læst arket »Tal«." in delivery.notices


def test_the_minute_does_it_too(house):
    house.bring(TABLE)
    out = StringIO()
    call_command("tick", at=AT, stdout=out)
    assert "1 leveringer af tal er læst, 0 er gemt." in out.getvalue()
    assert Delivery.objects.get().state == "read"


def imported(path, *words):
    out, err = StringIO(), StringIO()
    call_command("import_measurements", str(path), "--at", AT.isoformat(), *words, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_command_reads_says_what_is_wrong_and_stores_when_told(house, tmp_path):
    path = tmp_path / "tal.csv"
    path.write_text(f"{TABLE}\nVejn;2024;120;850\n", encoding="utf-8")
    words = ["--owner", "1083", "--indicator", "genind", "--drawn-on", "2026-11-12"]
    said, wrong = imported(path, *words)
    assert "Intet er gemt endnu." in said
    assert "Række 6, »Kommune«: Vi kender ikke »Vejn«." in wrong
    assert not Measurement.objects.exists()
    actions.leave_delivery(Delivery.objects.get(), by=SYSTEM, at=AT)
    said, _wrong = imported(path, *words, "--take")
    assert "4 tal er gemt." in said
    assert queries.newest_vintage(house.indicator, SYSTEM, AT).rows == 4


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--owner", "9999"], "Vi ved ikke, hvem »9999« er."),
        (["--owner", "1083", "--indicator", "ukendt"], "Vi kender ikke indikatoren »ukendt«."),
    ],
)
def test_the_command_asks_for_what_it_must_know(house, tmp_path, words, sentence):
    path = tmp_path / "tal.csv"
    path.write_text(TABLE, encoding="utf-8")
    with pytest.raises(Refused, match=sentence):
        imported(path, *words)


@pytest.mark.parametrize("name", ["findes-ikke.csv", "."])
def test_the_command_needs_a_file(house, tmp_path, name):
    with pytest.raises(Refused, match="Vi kan ikke åbne|er en mappe"):
        imported(tmp_path / name, "--owner", "1083")


def test_a_file_nobody_decides_on_is_not_kept(house):
    delivery = house.bring(TABLE)
    deliveries.work_through(at=AT)
    deliveries.work_through(at=AT + timedelta(days=29))
    assert state_of(delivery) == "read"
    assert deliveries.is_anything_waiting(at=AT + timedelta(days=31))
    deliveries.work_through(at=AT + timedelta(days=31))
    assert (state_of(delivery), delivery.decided_by, DeliveredFile.objects.exists()) == ("left", "", False)
    assert not deliveries.is_anything_waiting(at=AT + timedelta(days=31))
