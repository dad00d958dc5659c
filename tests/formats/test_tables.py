from __future__ import annotations

import csv
import io
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tovholder.formats.tables import TableProblem, csv_bytes, read_csv


def problems(content: bytes, *required: str) -> tuple[str, ...]:
    with pytest.raises(TableProblem) as caught:
        read_csv(content, required)
    return caught.value.problems


def test_danish_excel_opens_the_table_as_it_is() -> None:
    content = csv_bytes(
        ["Kommune", "Andel", "Dato", "Svar"],
        [["Ærø", 12.3, date(2026, 12, 11), True], ["Vejle; by", Decimal("-1942"), datetime(2026, 12, 11, 12), None]],
    )
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").split("\r\n") == [
        "Kommune;Andel;Dato;Svar",
        "Ærø;12,3;2026-12-11;ja",
        '"Vejle; by";-1942;2026-12-11 12:00;',
        "",
    ]


@pytest.mark.parametrize("text", ["=1+1", "+45", "-5", "@x", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x", " =1+1", "\ufeff=1", "'=1"])
def test_a_text_that_looks_like_a_formula_is_made_harmless(text: str) -> None:
    (row,) = csv.reader(io.StringIO(csv_bytes([], [[text]]).decode("utf-8-sig").lstrip("\r\n"), newline=""), delimiter=";")
    assert row == ["'" + text]


def test_a_comma_does_not_let_a_formula_out_in_another_language() -> None:
    assert b'"a,=1+1"' in csv_bytes(["x"], [["a,=1+1"]])


def test_numbers_stay_numbers_and_what_is_no_number_stays_empty() -> None:
    lines = csv_bytes(["x"], [[-5], [1e-7], [float("nan")], [10**20]]).decode("utf-8-sig").split("\r\n")
    assert lines[1:5] == ["-5", "0,0000001", "", "100000000000000000000"]


@given(st.lists(st.tuples(st.text(st.characters(codec="utf-8")), st.text("=+-@'\t;,\"\n a")), max_size=5))
def test_what_is_written_can_be_read_again(rows: list[tuple[str, str]]) -> None:
    sheet = read_csv(csv_bytes(["nr", "a", "b"], [[1, *row] for row in rows]), ["nr"])
    assert [row["nr"] for row in sheet.rows] == ["1"] * len(rows)
    for row, (left, right) in zip(sheet.rows, rows, strict=True):
        assert row["a"].strip() == left.replace("\x00", "").strip()
        assert row["b"].strip() == right.strip()


@pytest.mark.parametrize(
    "content",
    [
        "Navn;Kommunekode\nÆrø;0492\n".encode(),
        "\ufeffnavn,kommunekode\r\nÆrø,0492\r\n".encode(),
        "NAVN\tKommunekode\nÆrø\t0492".encode("latin-1"),
        "Navn;Kommunekode\nÆrø;0492\n".encode("utf-16"),
        ' Navn ; Kommunekode \n\n"Ærø"; 0492 ;\n'.encode(),
    ],
)
def test_a_table_may_come_from_any_program(content: bytes) -> None:
    (row,) = read_csv(content, ["navn", "kommunekode"]).rows
    assert row.cells == {"navn": "Ærø", "kommunekode": "0492"}


def test_problems_name_row_and_column() -> None:
    assert problems(b"navn;kode\nVejle;630\n;450\nFaaborg;\nA;B;C\n", "navn", "kode") == (
        "Række 3: Kolonnen »navn« er tom.",
        "Række 4: Kolonnen »kode« er tom.",
        "Række 5 har 3 felter, men der er kun 2 overskrifter.",
    )


def test_a_missing_column_says_what_the_file_has() -> None:
    assert problems(b"navn;by\n", "navn", "kode") == ("Kolonnen »kode« mangler. Filen har »navn«, »by«.",)
    assert problems(b"navn;Navn\n", "navn") == ("Kolonnen »navn« står 2 gange.",)


def test_what_is_not_a_table_is_said_in_one_sentence() -> None:
    assert problems(b"", "navn") == ("Filen er tom. Den skal begynde med en række overskrifter.",)
    assert problems(b"PK\x03\x04rest", "navn") == ("Filen er et regneark. Gem den som CSV, og prøv igen.",)
    assert problems(b"a\x00b", "navn") == ("Filen er ikke en tekstfil. Gem den som CSV, og prøv igen.",)


def test_an_open_quotation_mark_does_not_swallow_the_rest() -> None:
    assert problems(b'navn;kode\n"Vejle;630\nKolding;621\n', "navn") == (
        "Række 2 kan ikke læses. Tjek, at hvert anførselstegn i rækken bliver lukket.",
    )


def test_a_hundred_problems_are_not_a_hundred_sentences() -> None:
    found = problems(b"navn;kode\n" + b";1\n" * 100, "navn")
    assert len(found) == 21
    assert found[-1] == "Og 80 mere af samme slags."


@given(st.binary(max_size=200))
def test_any_bytes_give_a_table_or_a_sentence(content: bytes) -> None:
    try:
        read_csv(content, ["navn"])
    except TableProblem as problem:
        said = problem.problems
    else:
        return
    assert all(sentence.endswith(".") for sentence in said)
