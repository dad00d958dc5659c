"""The door to »Danmarksmester i sammenhæng«: fair comparison, intervals, and no ranking."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import AT, make_party
from tests.factories_figures import make_indicator, make_series, make_vintage
from tests.factories_followup import NAMES
from tovholder.base.by import SYSTEM
from tovholder.findings import actions
from tovholder.texts.danish import sort_key

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]
SHARES = (10.1, 14.6, 12.3, 12.6, None, 12.4, 12.1, 12.5, 11.9, 12.2, 12.6, 12.0, 12.9)


def make_towns():
    names = (*NAMES, "Aabenraa", "Varde", "Nyborg", "Assens", "Vejle")
    return [make_party("municipality", f"{name} Kommune", short_name=name, code=f"09{n:02}") for n, name in enumerate(names)]


def make_figures(towns, **fields):
    indicator = make_indicator(is_about_coherence=True, **fields)
    vintage = make_vintage(indicator)
    for town, share in zip(towns, SHARES, strict=True):
        make_series(vintage, town, [share], begins=date(2025, 1, 1), months=12, denominator=5_000)
    actions.calculate_indicator(indicator, by=SYSTEM, at=AT)
    return indicator


def shown(client):
    response = client.get(reverse("findings:champion"))
    assert response.status_code == 200
    return response.content.decode()


def test_places_stand_in_alphabetical_order_and_never_by_their_figure(client):
    towns = make_towns()
    make_figures(towns)
    table = shown(client).split("<table")[1]
    names = re.findall(r'<th scope="row">([^<]+)</th>', table)
    assert names == sorted((town.short_name for town in towns), key=sort_key)
    assert not re.search(r"(nr\.|nummer|plads) ?\d|rangliste: ", table)


def test_it_says_who_stands_out_how_surely_and_what_is_hidden(client):
    make_figures(make_towns())
    said = " ".join(re.sub(r"<[^>]+>", " ", shown(client)).split())
    assert "Vejen ligger under og Fredericia over, hvad tilfældet forklarer" in said
    assert "også når vi tager højde for, at vi ser på mange" in said
    assert "Der er ingen rangliste, og det er med vilje." in said
    assert "Fanø – – – for få til at vise" in said


def test_the_potential_is_shrunk_first_and_has_an_interval(client):
    make_figures(make_towns())
    said = " ".join(re.sub(r"<[^>]+>", " ", shown(client)).split())
    found = re.search(r"Det ville give ([\d.]+) færre .*?\(95 pct\. sikkerhed: ([\d.]+)–([\d.]+)\).*?love ([\d.]+),", said)
    total, low, high, unshrunk = (int(one.replace(".", "")) for one in found.groups())
    assert low < total < high
    assert total < unshrunk


def test_where_no_way_is_better_nothing_is_promised(client):
    indicator = make_figures(make_towns())
    indicator.definitions.update(direction="neutral")
    actions.calculate_indicator(indicator, by=SYSTEM, at=AT)
    assert "Det ville give" not in shown(client)


def test_what_has_no_figures_is_named(client):
    assert "Ingen tal endnu" in shown(client)
    indicator = make_indicator(is_about_coherence=True)
    assert indicator.name in shown(client)


def test_what_is_not_about_coherence_is_not_here(client):
    indicator = make_figures(make_towns())
    other = make_indicator()
    assert other.name not in shown(client)
    indicator.is_about_coherence = False
    indicator.save()
    assert indicator.name not in shown(client)


def test_it_asks_as_often_for_three_indicators_as_for_one(client):
    towns, counts = make_towns(), []
    for more in (1, 2):
        for _n in range(more):
            make_figures(towns)
        with CaptureQueriesContext(connection) as caught:
            shown(client)
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_a_picture_drawn_before_is_drawn_anew_when_a_place_is_called_something_else(client):
    towns = make_towns()
    make_figures(towns)
    assert "og Fredericia over" in shown(client)
    towns[1].short_name = "Fredericia Ny"
    towns[1].save()
    assert "og Fredericia Ny over" in shown(client)
