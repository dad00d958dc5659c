"""Proposals from invented Danish texts of many genres, each with a person's own reading beside it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.texts.proposal_scores import LISTS, score
from tovholder.texts.proposals import KnownParty, as_expected, propose

TEXTS = sorted((Path(__file__).parent / "proposals").glob("*.txt"))


def read(text: str) -> dict[str, Any]:
    return as_expected(propose([line for line in text.splitlines() if line.strip()]))


@pytest.mark.parametrize("place", TEXTS, ids=lambda place: place.stem)
def test_a_text_is_read_as_a_person_reads_it(place: Path) -> None:
    expected = json.loads(place.with_suffix(".json").read_text("utf-8"))
    proposed = read(place.read_text("utf-8"))
    wrong = {
        name: (one.missing, one.surplus)
        for name in LISTS
        if name in expected
        for one in [score(name, expected[name], proposed[name])]
        if one.missing or one.surplus
    }
    assert not wrong


def test_there_are_enough_texts_to_speak_of() -> None:
    assert len(TEXTS) >= 10


@pytest.mark.parametrize(
    ("text", "begins", "speaker"),
    [
        ("»Det her er en god dag for alle,« siger borgmester Lone Bach (A).", "Det her er", "Lone Bach"),
        ("Borgmester Lone Bach (A) siger: »Det her er en god dag for alle.«", "Det her er", "Lone Bach"),
        ("- Det her er en god dag for alle, siger borgmester Lone Bach.", "Det her er", "Lone Bach"),
        ("– Det her er en god dag for alle! udbryder borgmester Lone Bach.", "Det her er", "Lone Bach"),
        ("“Det her er en god dag for alle”, understreger Lone Bach, der er borgmester i Ribe.", "Det her er", "Lone Bach"),
        ("Ifølge borgmester Lone Bach er det enkelt: ”Det her er en god dag for alle.”", "Det her er", "Lone Bach"),
        ("Det siger borgmester Lone Bach:\n”Det her er en god dag for alle.”", "Det her er", "Lone Bach"),
        ('"Det her er en god dag for alle"\nLone Bach, borgmester', "Det her er", "Lone Bach"),
    ],
)
def test_every_way_to_mark_a_quotation(text: str, begins: str, speaker: str) -> None:
    quotations = read(text)["quotations"]
    assert [(one["begins"].startswith(begins), one["speaker"]) for one in quotations] == [(True, speaker)]


def test_a_bullet_list_is_not_a_quotation() -> None:
    assert read("Fakta:\n- Planen gælder i fire år og dækker hele regionen.\n- Planen er vedtaget af regionsrådet.")["quotations"] == []


def test_a_person_without_public_office_is_held_back_also_as_speaker() -> None:
    proposed = read("»Det er på tide, at nogen gør noget,« siger chefkonsulent Lone Bach.")
    assert [(one["speaker"], one["role"]) for one in proposed["quotations"]] == [(None, "chefkonsulent")]
    assert proposed["held_back"] == ["Lone Bach"]
    assert proposed["people_with_office"] == []


def test_a_party_is_the_one_that_existed_on_the_day() -> None:
    parties = [
        KnownParty("Region Sjælland", "region", date(2007, 1, 1), date(2027, 1, 1)),
        KnownParty("Region Østdanmark", "region", date(2027, 1, 1)),
        KnownParty("Københavns Kommune", "municipality", aliases=("København",)),
    ]
    text = ["Region Sjælland og Region Østdanmark mødes med Københavns borgmester."]
    found = {one.name: one.valid for one in propose(text, parties, date(2020, 5, 1)).organisations}
    assert found == {"Region Sjælland": True, "Region Østdanmark": False, "Københavns Kommune": True}


def test_a_town_is_its_municipality_when_its_mayor_speaks() -> None:
    proposed = read("Kolding og Fredericia kommuner går sammen. Assens' borgmester er med.")
    assert proposed["organisations"] == ["Kolding Kommune", "Fredericia Kommune", "Assens Kommune"]


def test_every_proposal_points_to_its_place() -> None:
    for place in TEXTS:
        lines = [line for line in place.read_text("utf-8").splitlines() if line.strip()]
        proposals = propose(lines)
        for passages in vars(proposals).values():
            for one in passages if isinstance(passages, tuple) else ():
                if hasattr(one, "paragraph"):
                    assert 0 <= one.start < one.end <= len(lines[one.paragraph - 1]), one


def test_nothing_breaks_on_odd_lines() -> None:
    assert propose([]).organisations == ()
    assert propose(["", " ", "?", "»", "- ", ":", "(V)", "siger", "»«", "." * 2000]).quotations == ()


def test_a_paragraph_without_end_is_read_to_its_end_and_places_hold() -> None:
    text = "Vi taler om noget andet her. " * 400 + "Hvordan hjælper vi hinanden på Fyn? " + "x" * 50_000
    [question] = propose(["Indledning", text]).questions
    assert (question.paragraph, text[question.start : question.end]) == (2, "Hvordan hjælper vi hinanden på Fyn?")
