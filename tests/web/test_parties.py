import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import AT, make_party


def text(response):
    return response.content.decode()


def test_the_map_changes_at_new_year(client, denmark):
    before, after = text(client.get("/parter/?dag=31-12-2026")), text(client.get("/parter/?dag=01-01-2027"))
    assert "Region Sjælland" in before
    assert "Region Østdanmark</a> (ny)" in after
    assert ">Region Sjælland<" not in after
    assert before.count("<svg")
    assert after.count("<svg")


def test_clusters_are_gone_in_2027(client, denmark):
    assert "Sundhedsklynge Fyn" in text(client.get("/parter/?dag=2026-12-31&visning=health_cluster"))
    assert "Den slags fandtes ikke den dag" in text(client.get("/parter/?dag=2027-01-01&visning=health_cluster"))


def test_what_ends_names_successors_and_doubt(client, denmark):
    page = text(client.get("/parter/ophoerer/?dag=1. januar 2027"))
    assert "Sidste dag er ikke bekræftet i lovteksten." in page
    assert "Region Østdanmark" in page


@pytest.mark.parametrize("typed", ["32-13-2026", "i går", "1. januari", "99999999999", "<script>"])
def test_a_day_we_cannot_read_gets_a_sentence_and_stays(client, denmark, typed):
    response = client.get("/parter/", {"dag": typed})
    assert response.status_code == 200
    assert "<script>" not in text(response).split("<main", 1)[1].split("</main")[0]
    assert "form-error-message" in text(response)


def test_the_register_finds_by_name_and_sorts_in_danish(client, denmark):
    page = text(client.get("/parter/register/?dag=2026-12-31&slags=municipality"))
    assert page.index("Ærø Kommune") < page.index("Aabenraa Kommune")
    assert "Vejen Kommune" in text(client.get("/parter/register/?ord=vejen"))


def test_a_party_page_tells_its_life(client, denmark):
    from tovholder.parties import queries

    region = queries.party_by_code("region", "1085", AT.date())
    page = text(client.get(f"/parter/{region.pk}/"))
    assert "31. december 2026" in page
    assert "Region Østdanmark" in page


def test_an_unknown_party_is_not_found(client, db):
    response = client.get("/parter/nosuchparty/")
    assert response.status_code == 404
    assert "Den side kan vi ikke vise dig" in text(response)


def test_the_spreadsheet_says_the_same(client, denmark):
    response = client.get("/parter/regneark/?dag=2026-12-31&visning=health_cluster")
    lines = response.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 99
    assert response["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("address", ["/parter/register/", "/parter/ophoerer/?dag=2027-01-01", "/parter/?dag=2026-12-31"])
def test_as_many_questions_for_three_as_for_one(client, db, address):
    def ask(extra):
        for _ in range(extra):
            make_party(valid_until="2027-01-01")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    assert ask(1) == ask(2)
