"""Doors to what is measured: what an indicator counts, how it was counted before, and its figures as a file."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import AT, make_party
from tests.factories_figures import make_definition, make_groups, make_indicator, make_series, make_vintage
from tovholder.findings.models import Definition, Indicator, Vintage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]


@pytest.fixture
def region():
    return make_party("region", "Region Syddanmark (eksempel)", code="1083")


FILLED = {
    "name": "Opfølgende besøg", "name_en": "", "code": "opfoelgende-besoeg", "text": "Besøg inden fem dage.", "kind": "proportion",
    "numerator": "Besøg", "denominator": "Udskrivninger", "multiplier": "100", "unit": "pct.", "unit_en": "", "decimals": "1",
    "direction": "higher", "population": "", "source": "Kommunens eget system", "threshold": "5", "number": "1", "valid_from": "1-1-2026",
}  # fmt: skip


def test_a_planner_defines_an_indicator(client, log_in, region):
    log_in(("planner", region))
    answer = client.post(reverse("findings:define_indicator"), FILLED | {"owner": region.pk})
    made = Indicator.objects.get()
    assert answer.headers["Location"] == reverse("findings:indicator", args=[made.pk])
    assert (made.owner, made.origin, made.definitions.get().valid_from) == (region, "own", date(2026, 1, 1))
    page = client.get(reverse("findings:indicator", args=[made.pk])).content.decode()
    assert "Sådan tæller vi nu: definition 1" in page
    assert "Besøg inden fem dage." in page


def test_what_was_written_is_kept_when_a_rule_says_no(client, log_in, region):
    log_in(("planner", region))
    page = client.post(reverse("findings:define_indicator"), FILLED | {"owner": region.pk, "code": "Ikke en kode"})
    assert page.status_code == 422
    assert "Koden skal være små bogstaver" in page.content.decode()
    assert "Besøg inden fem dage." in page.content.decode()
    assert not Indicator.objects.exists()


def test_an_operator_defines_a_national_one(client, log_in, region):
    log_in(("operator", region))
    client.post(reverse("findings:define_indicator"), FILLED | {"owner": "national"})
    assert Indicator.objects.get().owner is None


def test_nobody_defines_for_others(client, log_in, region):
    log_in(("planner", make_party()))
    assert client.post(reverse("findings:define_indicator"), FILLED | {"owner": region.pk}).status_code == 422
    log_in(("coordinator", region))
    assert client.get(reverse("findings:define_indicator")).status_code == 403


def test_a_new_definition_shows_the_break_and_the_old_words(client, log_in, region):
    log_in(("planner", region))
    indicator = make_indicator(owner=region)
    make_definition(indicator, "1.5", valid_from=date(2020, 1, 1))
    address = reverse("findings:define_anew", args=[indicator.pk])
    assert 'value="100"' in client.get(address).content.decode()
    given = FILLED | {"number": "2", "valid_from": "1-1-2027", "breaks_series": "on", "break_reason": "Nyt register."}
    client.post(address, given)
    page = client.get(reverse("findings:indicator", args=[indicator.pk])).content.decode()
    assert "Sådan tæller vi nu: definition 2" in page
    assert "Brud på kurven" in page
    assert "Nyt register." in page
    assert "1. januar 2020 – 31. december 2026" in page
    again = client.post(address, given)
    assert "Giv definitionen et nyt nummer" in again.content.decode()
    assert Definition.objects.filter(number="2").count() == 1


def test_figures_are_a_file_with_hidden_ones_hidden(client, region):
    indicator = make_indicator("genind")
    vintage = make_vintage(indicator)
    make_series(vintage, region, [14.2, None])
    breakdown, groups = make_groups()
    make_series(vintage, region, [16.0], group=groups[0])
    answer = client.get(reverse("findings:vintage_csv", args=[vintage.pk]))
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert 'filename="genind-2026-11-12.csv"' in answer.headers["Content-Disposition"]
    assert lines[1] == "1083;Region Syddanmark (eksempel);2023-01-01;2023-02-01;;;568,0;4000,0;14,2;;;;1"
    assert lines[2] == f"1083;Region Syddanmark (eksempel);2023-01-01;2023-02-01;{breakdown.name};Grundskole;640,0;4000,0;16,0;;;;1"
    assert lines[3] == "1083;Region Syddanmark (eksempel);2023-02-01;2023-03-01;;;;;;;;for få til at vise;1"


def test_a_vintage_is_withdrawn_with_its_reason_and_its_file_is_gone(client, log_in, region):
    log_in(("planner", region))
    indicator = make_indicator(owner=region)
    vintage = make_vintage(indicator)
    address = reverse("findings:withdraw_vintage", args=[vintage.pk])
    assert client.post(address, {"reason": " "}).status_code == 422
    client.post(address, {"reason": "Kilden har rettet."})
    assert Vintage.objects.get().withdrawn_at == AT
    page = client.get(reverse("findings:indicator", args=[indicator.pk])).content.decode()
    assert "Kilden har rettet." in page
    assert client.get(reverse("findings:vintage_csv", args=[vintage.pk])).status_code == 404


def test_an_indicator_out_of_use_says_so_and_shows_no_figures(client, log_in, region):
    log_in(("planner", region))
    indicator = make_indicator(owner=region)
    vintage = make_vintage(indicator)
    client.post(reverse("findings:withdraw_indicator", args=[indicator.pk]))
    page = client.get(reverse("findings:indicator", args=[indicator.pk])).content.decode()
    assert "Trukket tilbage 24. november 2026" in page
    assert reverse("findings:vintage_csv", args=[vintage.pk]) not in page
    assert client.get(reverse("findings:vintage_csv", args=[vintage.pk])).status_code == 404
    assert indicator.name in client.get(reverse("findings:indicators")).content.decode()


def test_an_indicator_is_known_by_its_code_too(client):
    make_indicator("genind")
    assert client.get("/maal/indikatorer/genind/").status_code == 200
    assert client.get("/maal/indikatorer/findes-ikke/").status_code == 404


def test_an_indicator_is_found_by_search(client, log_in, region):
    log_in(("planner", region))
    client.post(reverse("findings:define_indicator"), FILLED | {"owner": region.pk})
    page = client.get(reverse("search:results"), {"q": "opfølgende besøg"}).content.decode()
    assert reverse("findings:indicator", args=[Indicator.objects.get().pk]) in page
