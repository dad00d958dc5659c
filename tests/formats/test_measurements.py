"""Tables of measurements as people write them: what each cell becomes, and what is said about the cells that cannot be read."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tovholder.formats.measurements.shapes import UnreadableTable
from tovholder.formats.measurements.taking import LISTED, Taken, take_measurements
from tovholder.formats.tables import csv_bytes


def taken(*lines: str) -> Taken:
    return take_measurements("\n".join(lines).encode())


def values(heading: str, *cells: str) -> tuple[list[float | None], list[bool], list[str]]:
    """A column of cells in a table of its own, parted by tabs so that any sign may stand in a cell."""
    found = taken(f"Kommune\tPeriode\tNævner\t{heading}", *(f"{n}\t{2000 + n}\t1\t{cell}" for n, cell in enumerate(cells)))
    role = dict(found.columns)[heading]
    return found.frame[role].to_list(), found.frame[f"{role}_suppressed"].to_list(), [one.sentence for one in found.refused]


def unreadable(content: bytes | str) -> str:
    with pytest.raises(UnreadableTable) as caught:
        take_measurements(content if isinstance(content, bytes) else content.encode())
    sentence = str(caught.value)
    assert sentence.endswith(".")
    return sentence


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["12,3", "7", "−4,5", "–1", "+2,0"], [12.3, 7, -4.5, -1, 2]),
        (["12.3", "7.25"], [12.3, 7.25]),
        (["5.200", "12,5"], [5200, 12.5]),
        (["5.200", "12.5"], [5.2, 12.5]),
        (["1.234.567", "5.200"], [1234567, 5200]),
        (["1,234,567", "5,200"], [1234567, 5200]),
        (["1.234,5"], [1234.5]),
        (["1,234.5"], [1234.5]),
        (["5 200", "5\u00a0200,5", "1\u202f234\u202f567"], [5200, 5200.5, 1234567]),
        (["0,123", "1,234"], [0.123, 1.234]),
        (["0.123", "1.234"], [0.123, 1.234]),
        ([",5", "12,50"], [0.5, 12.5]),
        (["12,3 %", "7%", "8 pct.", "9 pct", "10 procent"], [12.3, 7, 8, 9, 10]),
        (["007", "0"], [7, 0]),
        (["5.200", "950"], [5200, 950]),
    ],
)
def test_a_number_is_read_as_the_whole_column_tells(cells: list[str], expected: list[float]) -> None:
    assert values("Værdi", *cells) == (expected, [False] * len(cells), [])


@pytest.mark.parametrize(
    "cell", ["<5", "< 5", "<3", "≤4", "under 5", ".", "..", "-", "–", "*", "x", "X", ":", "For få til at vise", "skjult"]
)
@pytest.mark.parametrize("heading", ["Værdi", "Tæller"])
def test_what_was_hidden_stays_hidden_and_is_never_a_nought(cell: str, heading: str) -> None:
    found, hidden, refused = values(heading, cell, "7")
    assert (found, hidden, refused) == ([None, 7], [True, False], [])


def test_how_often_something_was_hidden_is_told() -> None:
    found = taken("Kommune;Periode;Tæller", "A;2024;<5", "B;2024;.", "C;2024;.")
    assert "».« og lignende står 3 gange i »Tæller«. De er læst som for få til at vise, ikke som 0." in found.notices


@pytest.mark.parametrize(
    ("cells", "row", "sentence"),
    [
        (["12,5", "12;5"], 3, "»12;5« kan vi ikke læse som et tal. Skriv 12,5."),
        (["O,5"], 2, "»O,5« kan vi ikke læse som et tal. Skriv 0,5."),
        (["l2"], 2, "»l2« kan vi ikke læse som et tal. Skriv 12."),
        (["tolv"], 2, "»tolv« kan vi ikke læse som et tal. Skriv tallet med cifre, for eksempel 12,3."),
        (["1.23.4"], 2, "»1.23.4« kan vi ikke læse som et tal. Skriv tallet med cifre, for eksempel 12,3."),
        (["12.34.567"], 2, "»12.34.567« kan vi ikke læse som et tal. Skriv tallet med cifre, for eksempel 12,3."),
        (["NaN"], 2, "»NaN« kan vi ikke læse som et tal. Skriv tallet med cifre, for eksempel 12,3."),
        (["inf"], 2, "»inf« kan vi ikke læse som et tal. Skriv tallet med cifre, for eksempel 12,3."),
        (["=1+1"], 2, "»=1+1« er en formel. Skriv tallet i stedet."),
        (["1,2E+05"], 2, "»1,2E+05« er afkortet af regnearket. Vis hele tallet i cellen, og gem filen igen."),
        (["9" * 30], 2, f"»{'9' * 30}« er for stort til at være en måling. Tjek tallet."),
        (["#N/A"], 2, "»#N/A« er en fejl fra regnearket. Ret formlen, eller lad cellen være tom."),
        (["1,5"] * 30 + ["2.25"], 32, "»2.25« er skrevet med punktum, hvor resten af kolonnen har komma. Skriv 2,25."),
    ],
)
def test_a_cell_that_is_no_number_is_named_with_what_to_write(cells: list[str], row: int, sentence: str) -> None:
    assert values("Værdi", *cells)[2] == [f"Række {row}, »Værdi«: {sentence}"]


def test_what_may_be_read_two_ways_is_said() -> None:
    danish = taken("Kommune;Periode;Værdi", "A;2024;5.200", "B;2024;1.234")
    assert danish.frame["value"].to_list() == [5200, 1234]
    assert "I »Værdi« kan »1.234« læses på to måder. Vi har læst det som 1234. Tjek, at det passer." in danish.notices
    english = taken("Municipality,Period,Value", "A,2024,5.200", "B,2024,1.234")
    assert english.frame["value"].to_list() == [5.2, 1.234]
    assert any("Vi har læst det som 1,234." in one for one in english.notices)
    beside = taken("Kommune;Periode;Værdi;Nedre", "A;2024;5.200;5.1")
    assert beside.frame["value"].to_list() == [5.2]


def test_a_column_that_contradicts_itself_is_refused_with_both_rows() -> None:
    assert unreadable("Kommune;Periode;Andel\nA;2024;12,5\nB;2024;12.5\n") == (
        "Tallene i »Andel« er skrevet på to måder: række 2 har »12,5«, og række 3 har »12.5«. Skriv alle tal med komma som decimaltegn."
    )


@pytest.mark.parametrize(
    ("headings", "cells", "expected"),
    [
        ("Kommune;År;Måned;Antal", "A;2024;5;3", (date(2024, 5, 1), date(2024, 6, 1))),
        ("Kommune;År;Måned;Antal", "A;2024;maj;3", (date(2024, 5, 1), date(2024, 6, 1))),
        ("Kommune;År;Kvartal;Antal", "A;2024;K2;3", (date(2024, 4, 1), date(2024, 7, 1))),
        ("Kommune;År;Kvartal;Antal", "A;2024;2. kvartal;3", (date(2024, 4, 1), date(2024, 7, 1))),
        ("Kommune;Fra;Til;Antal", "A;01-01-2024;31-12-2024;3", (date(2024, 1, 1), date(2025, 1, 1))),
        ("Kommune;Fra;Til;Antal", "A;01-01-2024;01-04-2024;3", (date(2024, 1, 1), date(2024, 4, 1))),
        ("Area;period_from;period_until;Count", "A;2024-01-01;2024-01-31;3", (date(2024, 1, 1), date(2024, 1, 31))),
        ("Kommune;Periode;Antal", "A;2024-05-01;3\nB;2024-06-01;3", (date(2024, 5, 1), date(2024, 6, 1))),
        ("Kommune;Periode;Antal", "A;2024-01-01;3\nB;2025-01-01;3", (date(2024, 1, 1), date(2025, 1, 1))),
        ("Kommune;Periode;Antal", "A;2024-05-01;3\nB;2024-06-17;3", (date(2024, 5, 1), date(2024, 5, 2))),
    ],
)
def test_periods_may_stand_in_more_columns_and_days_may_mean_months(headings: str, cells: str, expected: tuple[date, date]) -> None:
    frame = taken(headings, cells).frame
    assert (frame["period_from"][0], frame["period_until"][0]) == expected


def test_a_lone_first_of_january_is_asked_about() -> None:
    assert "en måned eller et år" in unreadable("Kommune;Periode;Antal\nA;2024-01-01;3\n")


@pytest.mark.parametrize(
    ("headings", "row", "sentence"),
    [
        (
            "Kommune;Periode;Tæller;Nævner",
            "A;2024;-5;100",
            "Række 2, »Tæller«: »-5« er mindre end 0. Et antal kan ikke være negativt. Skriv det rigtige antal.",
        ),
        ("Kommune;Periode;Tæller;Nævner", "A;2024;5;0", "Række 2, »Nævner«: Nævneren er 0, men tælleren er 5. Skriv den rigtige nævner."),
        (
            "Kommune;Periode;Andel",
            "A;2024;123,5",
            "Række 2, »Andel«: »123,5« kan ikke være en andel. En andel ligger mellem 0 og 100. Skriv den rigtige andel.",
        ),
        (
            "Kommune;Periode;Rate;Nedre;Øvre",
            "A;2024;5,5;6,5;7,5",
            "Række 2, »Rate«: Grænserne 6,5–7,5 ligger ikke om værdien 5,5. Tjek de tre tal.",
        ),
        ("Kommune;Periode;Antal", ";2024;5", "Række 2, »Kommune«: Cellen er tom. Skriv kommune, område eller part."),
        ("Kommune;Periode;Antal", "A;;5", "Række 2, »Periode«: Cellen er tom. Skriv for eksempel 2024, 2024-05, maj 2024 eller 2024-K2."),
        (
            "Kommune;Periode;Antal",
            "A;i fjor;5",
            "Række 2, »Periode«: »i fjor« kan vi ikke læse som en periode. Skriv for eksempel 2024, 2024-05, maj 2024 eller 2024-K2.",
        ),
        ("Kommune;Fra;Til;Antal", "A;31-12-2024;01-02-2024;5", "Række 2, »Til«: Perioden slutter, før den begynder. Tjek de to datoer."),
        (
            "Kommune;Fra;Til;Antal",
            "A;2024;31-12-2024;5",
            "Række 2, »Fra«: »2024« kan vi ikke læse som en dato. Skriv for eksempel 31-12-2024.",
        ),
        (
            "Kommune;Periode;Opdeling;Gruppe;Antal",
            "A;2024;Uddannelse;;5",
            "Række 2, »Opdeling«: Opdelingen er »Uddannelse«, men gruppen er tom. Skriv gruppen.",
        ),
        (
            "Kommune;Periode;Opdeling;Gruppe;Antal",
            "A;2024;;Grundskole;5",
            "Række 2, »Gruppe«: Gruppen er »Grundskole«, men opdelingen er tom. Skriv opdelingen.",
        ),
        ("Kommune;Periode;Antal", "A;2024;", "Række 2: Rækken har ingen tal. Skriv et tal, eller slet rækken."),
        (
            "Kommune;Periode;Antal",
            "A;2024;12;5",
            "Række 2: Rækken har 4 felter, men der er kun 3 overskrifter. Sæt anførselstegn om tekst med skilletegn i.",
        ),
    ],
)
def test_a_row_that_cannot_be_right_is_refused_alone(headings: str, row: str, sentence: str) -> None:
    told = {"Kommune": "Vejle", "Fra": "01-01-2024", "Til": "31-01-2024", "Opdeling": "x", "Gruppe": "x", "Periode": "2024"}
    fine = ";".join(told.get(name, "7") for name in headings.split(";"))
    found = taken(headings, row, fine)
    assert [one.sentence for one in found.refused] == [sentence]
    assert (found.refused_rows, found.frame["place"].to_list(), found.frame["row"].to_list()) == (1, ["Vejle"], [3])


def test_a_row_that_stands_twice_is_refused_and_the_first_is_kept() -> None:
    found = taken("Kommune;Periode;Køn;Antal", "A;2024;k;5", "A;2024;m;5", "A;2024K1;k;5", "A;2024;k;6")
    assert found.frame["row"].to_list() == [2, 3, 4]
    assert [one.sentence for one in found.refused] == ["Række 5: Rækken handler om det samme som række 2. Slet den ene."]


def test_nought_of_nobody_is_kept_without_a_share() -> None:
    found = taken("Kommune;Periode;Tæller;Nævner", "A;2024;0;0")
    assert found.frame["denominator"].to_list() == [0]
    assert found.frame["value"].to_list() == [None]
    assert "Nævneren er 0 i 1 række (række 2). De får ingen andel, heller ikke 0." in found.notices


def test_what_is_worth_a_look_is_said_with_its_rows() -> None:
    found = taken(
        "Kommune;Periode;Opdeling;Gruppe;Tæller;Nævner;Udtræk",
        "A;2024;Uddannelse;Grundskole;7;5;2026-03",
        "A;2024;Uddannelse;Anden;1;5;2026-03",
        "B;2024;Uddannelse;Grundskole;1;5;2026-11",
    )
    assert found.frame.height == 3
    said = "\n".join(found.notices)
    assert "Tælleren er større end nævneren i 1 række (række 2)." in said
    assert "»Udtræk« blander 2 udtræk: »2026-03« (2 rækker, fra række 2) og »2026-11« (1 række, fra række 4)." in said
    assert "En eller flere grupper mangler for et sted og en periode 1 gang, første gang for »B« ved række 4." in said


def test_shares_as_fractions_are_kept_and_said() -> None:
    found = taken("Kommune;Periode;Andel", "A;2024;0,123", "B;2024;0,5")
    assert found.frame["value"].to_list() == [0.123, 0.5]
    assert "»Andel« ligger mellem 0 og 1. Tallene er læst, som de står, og ikke som procent." in found.notices


@pytest.mark.parametrize(
    ("cells", "kept", "unit", "sentence"),
    [
        (["12 %", "13 %", "14"], [12, 13], "%", "Række 4, »Rate«: »14« står uden %, men resten af kolonnen har %. Skriv 14 %."),
        (
            ["12", "13", "14 %"],
            [12, 13],
            None,
            "Række 4, »Rate«: »14 %« står med %, men resten af kolonnen har det ikke. Skriv alle tal på samme måde.",
        ),
    ],
)
def test_per_cent_is_the_whole_column_s(cells: list[str], kept: list[float], unit: str | None, sentence: str) -> None:
    found = taken("Kommune;Periode;Rate", *(f"{n};2024;{cell}" for n, cell in enumerate(cells)))
    assert (found.frame["value"].to_list(), found.frame["unit"].to_list()) == (kept, [unit] * 2)
    assert [one.sentence for one in found.refused] == [sentence]


@pytest.mark.parametrize("heading", ["Andel (%)", "Andel i pct.", "Andel [pct.]", "Procent", "Pct."])
def test_per_cent_in_the_heading_goes_for_all(heading: str) -> None:
    found = taken(f"Kommune;Periode;{heading}", "A;2024;12", "B;2024;13 %")
    assert (found.frame["value"].to_list(), found.frame["unit"].to_list()) == ([12, 13], ["%", "%"])


def test_headings_may_be_danish_or_english_in_any_order() -> None:
    headings = "UPPER CI;denominator;Numerator; lower_ci ;share;subgroup;Stratifier;PERIOD;municipality code;vintage"
    found = taken(headings, "60;200;100;40;50;a;b;2024;575;v1")
    assert dict(found.columns) == {
        "UPPER CI": "high",
        "denominator": "denominator",
        "Numerator": "numerator",
        "lower_ci": "low",
        "share": "value",
        "subgroup": "group",
        "Stratifier": "breakdown",
        "PERIOD": "period",
        "municipality code": "place",
        "vintage": "vintage",
    }
    assert found.frame["place"].to_list() == ["0575"]


def test_titles_above_the_headings_and_columns_nobody_knows_are_told() -> None:
    found = taken("Ventetid 2024;;;", "Kilde: regionen;;;", "Kommune;Periode;Antal;Farve", "A;2024;7;blå")
    assert found.frame["row"].to_list() == [4]
    assert found.notices[:2] == (
        "Overskrifterne står i række 3. Det, der står over dem, er ikke læst.",
        "Kolonnen »Farve« kender vi ikke. Den er ikke læst.",
    )


def test_of_two_columns_for_the_place_the_code_is_read() -> None:
    found = taken("Kommune;Kommunekode;Periode;Antal", "Vejle;630;2024;7")
    assert found.frame["place"].to_list() == ["0630"]
    assert "Flere kolonner kan være den samme. Vi har læst »Kommunekode« og ikke »Kommune«." in found.notices


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "Filen er tom."),
        ("\n\n", "Filen er tom."),
        ("Kommune;Periode;Antal\n", "Der er ingen rækker under overskrifterne."),
        ("Periode;Antal\n2024;7\n", "Kolonnen »Kommune« mangler."),
        ("Kommune;Antal\nA;7\n", "Kolonnen »Periode« mangler."),
        ("Kommune;Fra;Antal\nA;7\n", "Kolonnen »Periode« mangler."),
        ("Kommune;Periode\nA;2024\n", "Kolonnen med tal mangler."),
        ("Kommune;Periode;Antal;antal\nA;2024;7;7\n", "Overskriften »Antal« står 2 gange."),
        ("Kommune;Periode;Antal;CPR-nr\nA;2024;7;1\n", "Kolonnen »CPR-nr« ser ud til at rumme CPR-numre."),
        ("Kommune;Periode;Antal;Note\nA;2024;7;\nB;2024;7;set 010203-1234 i dag\n", "Række 3, »Note«, ligner et CPR-nummer."),
        ("Kommune;Periode;Antal\nA;2024;010203-1234\n", "Række 2, »Antal«, ligner et CPR-nummer."),
        ("Kommune;Periode;Antal\n0102031234;2024;3\n", "Række 2, »Kommune«, ligner et CPR-nummer."),
        ("Kommune;Periode;Antal\nA;2024;0102031234\nB;2024;1112131234\n", "Række 2, »Antal«, ligner et CPR-nummer."),
        ('Kommune;Periode;Antal\n"A;2024;7\nB;2024;7\n', "Række 2 kan ikke læses. Tjek, at hvert anførselstegn"),
    ],
)
def test_a_file_that_cannot_be_used_gets_one_sentence(content: str, says: str) -> None:
    assert says in unreadable(content)


def test_a_sum_with_ten_digits_is_no_personal_number() -> None:
    assert taken("Kommune;Periode;Antal", "A;2024;1012001234", "B;2024;5", "C;2024;7").frame.height == 3


def test_only_the_first_are_listed_and_all_are_counted() -> None:
    found = taken("Kommune;Periode;Antal", *(f"{n};2024;{'x1' if n % 2 else '-3'}" for n in range(LISTED * 2)))
    assert len(found.refused) == LISTED
    assert [one.row for one in found.refused] == list(range(2, LISTED + 2))
    assert found.refused_kinds == {"number": LISTED, "negative": LISTED}
    assert found.refused_rows == LISTED * 2


CELLS: Any = st.text(st.characters(codec="utf-8", exclude_characters='"\x00'), max_size=8)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(CELLS, st.integers(1900, 2100), st.floats(-1e9, 1e9).map(lambda one: round(one, 4)), st.integers(0, 10**9)),
        min_size=1,
        max_size=12,
        unique_by=lambda row: (row[0].strip(), row[1]),
    )
)
def test_what_we_write_we_can_read_again(rows: list[tuple[str, int, float, int]]) -> None:
    places = [f"p{n} {' '.join(name.split())}".strip() for n, (name, _, _, _) in enumerate(rows)]
    content = csv_bytes(["Kommune", "Periode", "Værdi", "Tæller"], [[place, *row[1:]] for place, row in zip(places, rows, strict=True)])
    found = take_measurements(content)
    assert found.refused == ()
    assert found.frame["place"].to_list() == [place.strip() for place in places]
    assert found.frame["value"].to_list() == [row[2] for row in rows]
    assert found.frame["numerator"].to_list() == [row[3] for row in rows]
    assert found.frame["period_from"].to_list() == [date(row[1], 1, 1) for row in rows]


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_rows_or_a_sentence(content: bytes) -> None:
    for start in (b"", b"Kommune;Periode;Antal\n", b"PK\x03\x04", b"PAR1"):
        try:
            found = take_measurements(start + content)
        except UnreadableTable as sentence:
            said = [str(sentence)]
        else:
            assert isinstance(found.frame, pl.DataFrame)
            said = [one.sentence for one in found.refused]
        assert all(one.endswith(".") for one in said)
