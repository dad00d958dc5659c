"""The pages where people agree: what they show, to whom, and what never leaves the house."""

import json
import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from tests.factories import AT, make_conference, make_party, make_question, make_statement, make_theme
from tests.factories_opinion import make_finding, make_map
from tovholder.dialogue.models import DeclaredSector, Vote
from tovholder.findings.models import Finding, OpinionAlarm, OpinionMap
from tovholder.threads.models import Tie
from tovholder.web.findings import across, pictured
from tovholder.web.findings.opinion_hall import cut

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at"), pytest.mark.once]


@pytest.fixture
def conference():
    return make_conference(make_party(name="Region Syddanmark"), short_code="enig26", title="Konference (eksempel)")


@pytest.fixture
def said(conference):
    question = make_question(conference)
    return [make_statement(question, text=f"Udsagn {n} handler om udskrivning.", sector="citizen") for n in range(8)]


@pytest.fixture
def drawn(conference, said):
    return make_map(conference, said)


def page(client, path="/v/enig26/enige", status=200, **headers):
    response = client.get(path, headers=headers)
    assert response.status_code == status
    return unescape(response.content.decode())


def test_before_there_is_a_map_the_page_says_when_it_comes(client, said):
    assert "Kortet er ikke tegnet endnu" in page(client)
    assert "Svar på hinandens udsagn" in page(client, "/v/enig26/kort")
    for path in ("enige.csv", "enige.json", f"enige/{said[0].pk}"):
        assert client.get(f"/v/enig26/{path}").status_code == 404


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_what_is_not_public_has_no_map(client, conference, drawn, state):
    conference.state = state
    conference.save()
    for path in ("enige", "enige/nyt", "kort", "enige.csv", "enige.json", "enige/udgiv"):
        assert client.get(f"/v/enig26/{path}").status_code in ((404, 302) if path.endswith("udgiv") else (404,))


def test_the_page_shows_both_lenses_with_words_and_tables(client, drawn, said):
    seen = page(client)
    for word in (
        "57 telefoner har svaret 400 gange.",
        "Forsigtigt regnet er mindst 71 pct. enige i hver sektor. Grænsen er lavest hos borgere.", f"»{said[0].text}«",
        "90 pct. af 20 er enige", "Flest enige hos kommuner (90 pct.), færrest hos borgere (40 pct.).", "for få til at vise",
        "6 telefoner har svaret det samme på alt.", "Uden dem er listen over det, vi er enige om, den samme.",
        "fordi færre end 7 har svaret: foreninger", "Gruppe A", "90 pct. er enige mod 40 pct. af de andre:",
        "Vis 2 flere", "Hvem er på kortet",
    ):  # fmt: skip
        assert word in seen, word
    assert seen.count("<svg") > 3
    assert seen.count("tov-agreed-words") == 8


def test_english_readers_get_english(client, drawn, said, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    seen = page(client)
    assert "Here we agree" in seen
    assert "Det er vi enige om" not in seen


def test_a_statement_that_is_taken_away_is_on_no_page_and_in_no_file(client, drawn, said):
    said[0].state = "withdrawn"
    said[0].save()
    for path in ("enige", "kort", "enige.csv", "enige.json"):
        assert said[0].text not in page(client, f"/v/enig26/{path}")
        assert said[0].pk not in page(client, f"/v/enig26/{path}")
    assert client.get(f"/v/enig26/enige/{said[0].pk}").status_code == 404


def test_why_tells_each_sector_and_who_is_missing(client, drawn, said):
    seen = page(client, f"/v/enig26/enige/{said[0].pk}")
    rows = re.findall(r'<tr><th scope="row">([^<]+)</th>(.*?)</tr>', seen)
    assert [(name, re.findall(r">([^<]*)</td>", cells)) for name, cells in rows] == [
        ("Borgere", ["20", "18", "0", "2", "75–100"]),
        ("Kommuner", ["20", "18", "0", "2", "75–100"]),
        ("Foreninger", ["–", "–", "–", "–", "for få til at vise"]),
    ]
    assert "Gruppe A: 90 pct. er enige mod 40 pct. af de andre" in seen
    assert client.get("/v/enig26/enige/" + "0" * 26).status_code == 404


def test_files_hold_the_same_figures_as_the_page(client, drawn, said):
    csv = client.get("/v/enig26/enige.csv")
    assert csv["Content-Disposition"].startswith("attachment")
    lines = csv.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 8 * 4
    assert [line for line in lines if "Foreninger" in line][0].endswith(";;;;;;;;For få til at vise")
    told = json.loads(client.get("/v/enig26/enige.json").content)
    assert told["agreement"] == [said[0].pk]
    assert (told["method"], told["votes"]) == ("tovholder", 400)
    assert {row["text"] for row in told["statements"]} == {one.text for one in said}


def test_newer_figures_wait_behind_a_link_and_nothing_new_is_not_changed(client, drawn):
    seen = page(client)
    assert f'hx-get="/v/enig26/enige/nyt?fra={AT.astimezone().isoformat()[:4]}' in seen
    address = re.search(r'hx-get="(/v/enig26/enige/nyt[^"]+)"', seen)[1]
    response = client.get(address)
    assert "Vis de nye tal" not in response.content.decode()
    assert client.get(address, headers={"If-None-Match": response["ETag"]}).status_code == 304
    OpinionMap.objects.update(live_at=AT + timedelta(minutes=2))
    newer = client.get(address, headers={"If-None-Match": response["ETag"]})
    assert newer.status_code == 200
    assert "Der er kommet svar kl. 10.02. Vis de nye tal" in newer.content.decode()


@pytest.mark.parametrize(("side", "share"), [("agree", "90 pct."), ("disagree", "10 pct.")])
def test_bars_measure_what_the_sentence_says(side, share):
    cell = {"sector": "citizen", "state": "enough", "asked": 20, "agree": 18, "pass": 0, "disagree": 2}
    cell |= {"agree_share": [0.9, 0.8, 1.0], "disagree_share": [0.1, 0.0, 0.2]}
    difference = {"more": "citizen", "less": "region", "side": side, "size": [0.4, 0.2, 0.6]}
    figures = {
        "statement": "s",
        "kind": "dividing",
        "difference": difference,
        "sectors": [cell],
        "total": None,
        "together": None,
        "not_asked": [],
    }
    row = across.row_of(figures, "Ring først", set())
    assert [bar.share for bar in row.bars] == [share]
    assert ("uenige" in row.sentence) == (side == "disagree")
    assert pictured.bars(figures, "Ring først").table.rows[0][4] == share.split()[0]


def test_a_long_list_is_folded_and_all_of_it_can_be_opened(client, conference):
    question = make_question(conference)
    rows = [make_statement(question, text=f"Udsagn {n} handler om breve.", sector="citizen") for n in range(20)]
    drawn = make_map(conference, rows)
    drawn.live |= {"dividing": [row.pk for row in rows]}
    drawn.save()
    seen = page(client)
    listed = seen[seen.index('id="list-dividing"') : seen.index('id="early"')]
    assert "Vis 15 flere" in listed
    assert listed.count("tov-agreed-words") == 20


def test_words_on_the_screen_are_cut_between_two_words():
    assert cut("Ring til kommunen, før patienten går", 22) == "Ring til kommunen, …"
    assert cut("Ring først", 22) == "Ring først"


def test_the_hall_takes_turns_between_map_and_agreement(client, conference, drawn, said, at):
    seen = []
    for turn in (0, 1, 2):
        at.moment = conference.input_opens_at + timedelta(seconds=20 * turn)
        seen.append(page(client, "/v/enig26/kort"))
    assert ["Hvem ligner hinanden?" in one for one in seen] == [True, False, True]
    assert f"»{said[0].text}«" in seen[1]
    tag = client.get("/v/enig26/kort")["ETag"]
    assert client.get("/v/enig26/kort", headers={"If-None-Match": tag}).status_code == 304
    assert '<meta http-equiv="refresh" content="15">' in seen[0]


def test_no_page_and_no_file_names_a_phone_or_a_small_cell(client, conference):
    from tests.factories import SYSTEM
    from tests.factories_opinion import DEVICE, cells_in, make_hall
    from tovholder.findings import actions

    _conference, rows = make_hall(conference)
    actions.redraw_map(conference, by=SYSTEM, at=AT + timedelta(hours=1))
    for path in ("enige", "kort", "enige.csv", "enige.json", f"enige/{rows[0].pk}"):
        seen = page(client, f"/v/enig26/{path}")
        assert DEVICE not in seen
        assert not re.search(r"\b[1-4] (telefon|person)", seen)
        assert not re.search(r"pct\. af [1-4] ", seen)
    told = json.loads(client.get("/v/enig26/enige.json").content)
    assert all(count >= 5 for count in cells_in(told["statements"]))
    for line in client.get("/v/enig26/enige.csv").content.decode("utf-8-sig").splitlines()[1:]:
        assert not 0 < int(line.split(";")[4] or 0) < 5


def test_who_one_answers_as_is_asked_with_the_first_answer_and_may_be_changed(client, conference, said):
    first = page(client, "/v/enig26/stem")
    assert first.count('name="sector"') == 6
    chosen = re.search(r'name="statement" value="([^"]+)"', first)[1]
    client.post("/v/enig26/vote", {"statement": chosen, "answer": "1", "sector": "practice", "idempotency_key": "k"})
    assert DeclaredSector.objects.get().sector == "practice"
    assert Vote.objects.count() == 1
    again = page(client, "/v/enig26/stem")
    assert 'name="sector"' not in again
    assert "Du svarer som" in again
    assert 'value="practice" form="who" checked' in page(client, "/v/enig26/hvem")
    assert client.post("/v/enig26/hvem", {"sector": ""}).status_code == 302
    assert DeclaredSector.objects.get().sector == ""
    assert "Du har ikke sagt, hvem du svarer som." in page(client, "/v/enig26/stem")


@pytest.mark.parametrize("given", [{}, {"sector": "konge"}])
def test_what_is_not_on_the_list_is_refused_with_a_sentence(client, said, given):
    client.get("/v/enig26")
    response = client.post("/v/enig26/hvem", given)
    assert response.status_code == 422
    assert "Vælg en af mulighederne" in response.content.decode()
    assert not DeclaredSector.objects.exists()


def test_an_answer_without_a_sector_is_stored_and_the_question_waits_folded(client, said):
    chosen = re.search(r'name="statement" value="([^"]+)"', page(client, "/v/enig26/stem"))[1]
    client.post("/v/enig26/vote", {"statement": chosen, "answer": "0", "idempotency_key": "k"})
    assert not DeclaredSector.objects.exists()
    assert re.search(r"<details[^>]*><summary[^>]*>Hvem svarer du som\?", page(client, "/v/enig26/stem"))


def test_a_planner_publishes_and_ties_a_finding_and_takes_it_back(client, conference, drawn, said, log_in):
    theme = make_theme(conference.organiser, conference=conference, name="Besked")
    log_in(("planner", conference.organiser))
    assert "Besked" in page(client, "/v/enig26/enige/udgiv")
    response = client.post("/v/enig26/enige/udgiv", {"title": "Alle vil have besked", "themes": [theme.pk]})
    finding = Finding.objects.get()
    assert response["Location"] == reverse("opinion:finding", args=[finding.pk])
    assert Tie.objects.get().kind == "measured_by"
    seen = page(client, response["Location"])
    for word in ("Alle vil have besked", "Besked", said[0].text, "AB12"):
        assert word in seen
    assert "Alle vil have besked" in page(client, reverse("dialogue:theme", args=[theme.pk]))
    assert "Alle vil have besked" in page(client, reverse("dialogue:conference", args=[conference.pk]))
    assert client.post(reverse("opinion:withdraw", args=[finding.pk])).status_code == 302
    assert "Trukket tilbage 24. november 2026" in page(client, response["Location"])
    assert "Alle vil have besked" not in page(client, reverse("dialogue:theme", args=[theme.pk]))
    assert "Ingen fund endnu" in page(client, "/fund/")


def test_a_finding_without_a_sentence_is_sent_back(client, conference, drawn, log_in):
    log_in(("moderator", conference.organiser))
    response = client.post("/v/enig26/enige/udgiv", {"title": ""})
    assert response.status_code == 422
    assert "Skriv med én sætning, hvad man ser." in response.content.decode()
    assert not Finding.objects.exists()


def test_strangers_neither_publish_nor_withdraw(client, conference, drawn, said, log_in):
    finding = make_finding(conference, said)
    log_in(("planner", make_party()))
    assert client.get("/v/enig26/enige/udgiv").status_code == 403
    assert client.post("/v/enig26/enige/udgiv", {"title": "Mit"}).status_code == 403
    assert client.post(reverse("opinion:withdraw", args=[finding.pk])).status_code == 403
    assert Finding.objects.get().withdrawn_at is None
    assert "Udgiv som fund" not in page(client)


def test_alarms_are_for_those_who_run_the_conference(client, conference, drawn, log_in):
    OpinionAlarm.objects.create(conference=conference, kind="votes_missing", raised_at=AT, seen_at=AT)
    assert "Noget stemmer ikke" not in page(client)
    log_in(("planner", conference.organiser))
    assert "Nogle svar er ikke talt med. Set første gang kl. 10.00." in page(client)


def test_a_map_that_stands_still_is_told_to_the_planner(client, conference, drawn, said, log_in, at):
    log_in(("planner", conference.organiser))
    assert "Noget stemmer ikke" not in page(client)
    Vote.objects.create(statement=said[0], device="d", answer=1, key="k", at=AT + timedelta(minutes=1))
    at.moment = AT + timedelta(minutes=7)
    assert "om processen »keep« kører" in page(client)


def test_the_method_is_told_in_plain_words_with_an_example(client):
    seen = page(client, "/metode/enighed")
    for word in ("Det viser vi ikke", "Det beviser tallene ikke", "80 pct.", "71 pct.", "51 pct.", "færre end fem"):
        assert word in seen
