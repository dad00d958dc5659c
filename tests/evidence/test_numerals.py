"""Numbers as people write them, and tables of measurements: read right, or refused with row, column and what to write."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tovholder.evidence.reading import Unreadable
from tovholder.evidence.reading import read_measurements as read_in_child
from tovholder.evidence.reading.measurements import NUMBERS, TEXTS, read_measurements
from tovholder.evidence.reading.numerals import COMMA, POINT, Numeral, decimal_sign, is_suppressed, number_in, number_of_cell
from tovholder.evidence.reading.table import fold

pytestmark = pytest.mark.once


def cells(*texts):
    return [Numeral(row, "Andel", text) for row, text in enumerate(texts, start=2)]


@pytest.mark.parametrize(
    ("text", "sign", "expected"),
    [
        ("12,5", COMMA, 12.5),
        ("1.234,5", COMMA, 1234.5),
        ("1.234", COMMA, 1234),
        ("1,234", COMMA, 1.234),
        ("0,05", COMMA, 0.05),
        ("1 234 567,8", COMMA, 1234567.8),
        ("1\u00a0234", COMMA, 1234),
        ("-3,2", COMMA, -3.2),
        ("\u22123,2", COMMA, -3.2),
        ("12,5 %", COMMA, 12.5),
        (" 7 ", COMMA, 7),
        ("12.5", POINT, 12.5),
        ("1,234.5", POINT, 1234.5),
        ("1,234", POINT, 1234),
        ("1.234", POINT, 1.234),
        ("6.5e-3", POINT, 0.0065),
        ("1e3", POINT, 1000),
        ("0", POINT, 0),
    ],
)
def test_a_number_is_read(text, sign, expected):
    assert number_in(text, sign) == pytest.approx(expected)


@pytest.mark.parametrize(
    "text", ["12;5", "12,5,0", "1.23.4", "tolv", "1.2345,0", "1e999", "12.", ",5", "--3", "0x10", "½", "١٢", "1_000", "inf"]
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError, match="."):
        number_in(text, COMMA)
    with pytest.raises(Unreadable, match="Række 14, »Andel«: ».*« kan vi ikke læse som et tal. Skriv"):
        number_of_cell(Numeral(14, "Andel", text), COMMA)


def test_the_sentence_of_the_design():
    with pytest.raises(Unreadable) as refused:
        number_of_cell(Numeral(14, "Andel", "12;5"), COMMA)
    assert str(refused.value) == "Række 14, »Andel«: »12;5« kan vi ikke læse som et tal. Skriv 12,5."


@pytest.mark.parametrize("mark", ["<5", "< 5", "<=4", "≤4", "&lt;5", ".", "..", "…", "-", "–", "*", "x", ":", "Diskretioneret"])
def test_marks_that_stand_for_a_hidden_number(mark):
    assert is_suppressed(mark)


@pytest.mark.parametrize("cell", ["0", "-5", "5", "<5a", "5<", "<", "12,5", ""])
def test_what_is_no_such_mark(cell):
    assert not is_suppressed(cell)


@pytest.mark.parametrize(
    ("texts", "separator", "sign", "doubtful"),
    [
        (["12,5", "3"], ";", COMMA, False),
        (["12.5", "3"], ";", POINT, False),
        (["1.234", "12,5"], ",", COMMA, False),
        (["1.234", "12.5"], ",", POINT, False),
        (["1,234", "0.5"], ",", POINT, False),
        (["1.234.567"], ",", COMMA, False),
        (["1234", "7"], ",", COMMA, False),
        (["1.234"], ";", COMMA, True),
        (["1.234"], "\t", COMMA, True),
    ],
)
def test_how_a_file_writes_decimals(texts, separator, sign, doubtful):
    found, doubt = decimal_sign(cells(*texts), separator)
    assert (found, doubt is not None) == (sign, doubtful)


def test_two_ways_in_one_file_and_one_that_nothing_explains_are_refused():
    with pytest.raises(Unreadable, match=r"Række 4, »Andel«: »12.5« er skrevet på en anden måde end »12,5« i række 2"):
        decimal_sign(cells("12,5", "7", "12.5"), ";")
    with pytest.raises(Unreadable, match=r"Række 2, »Andel«: »1.234« kan være både 1,234 og 1234"):
        decimal_sign(cells("1.234"), ",")


@given(st.floats(-1e9, 1e9).map(lambda value: round(value, 4)))
@settings(deadline=None)
def test_what_is_written_in_danish_or_english_is_read_back(value):
    english = f"{value:,.4f}"
    danish = english.translate({ord(","): ".", ord("."): ","})
    assert number_in(english, POINT) == number_in(danish, COMMA) == pytest.approx(value)


def test_no_heading_means_two_things():
    taken: dict[str, str] = {}
    for role, names in {**TEXTS, **NUMBERS}.items():
        for name in names:
            assert taken.setdefault(fold(name), role) == role, name


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "tal.csv"
    path.write_bytes(text.encode(encoding))
    return path


TABLE = "Kommune;År;Tæller;Nævner;Bemærkning\nOdense;2024;1.234;10.000;a\nÆrø;2024;<5;80;b\nVejle;2024;0;900;\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (TABLE, "utf-8"),
        (TABLE, "utf-8-sig"),
        (TABLE, "utf-16"),
        (TABLE, "cp1252"),
        (TABLE.replace(";", "\t"), "utf-8"),
        (TABLE.replace("\n", "\r\n"), "utf-8"),
        (TABLE.replace("1.234", "1234").replace("10.000", "10000").replace(";", ","), "utf-8"),
        (TABLE.replace("Kommune;År;Tæller;Nævner", "AREA;Year;Numerator;Denominator"), "utf-8"),
    ],
)
def test_one_table_however_it_is_written(tmp_path, text, encoding):
    read = read_measurements(written(tmp_path, text, encoding))
    assert read["texts"]["area"] == ["Odense", "Ærø", "Vejle"]
    assert read["numbers"]["numerator"] == [1234.0, None, 0.0]
    assert read["numbers"]["denominator"] == [10000.0, 80.0, 900.0]
    assert read["suppressed"] == {"numerator": [1]}
    assert read["row"] == [2, 3, 4]


def test_empty_lines_keep_the_numbers_of_the_rows_and_columns_stand_in_any_order(tmp_path):
    read = read_measurements(written(tmp_path, "værdi;x;gruppe\n\n7;;Kort\n;;\n8;NA;Lang\n"))
    assert read["row"] == [3, 5]
    assert read["numbers"] == {"value": [7.0, 8.0], "numerator": [None, None]}
    assert read["columns"] == {"group": "gruppe", "numerator": "x", "value": "værdi"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Kommune\tAndel\nOdense\t12;5\n", "Række 2, »Andel«: »12;5« kan vi ikke læse som et tal. Skriv 12,5."),
        ("Kommune;Navn\nOdense;a\n", "Række 1: vi kender ingen af kolonnerne i »tal.csv«. Den har »Kommune«, »Navn«"),
        ("Kommune;Værdi\n", "Der er ingen målinger i »tal.csv«."),
        ("Kommune;Værdi\nOdense;1;2\n", "Række 2, kolonne 3: rækken har 3 felter, men der er kun 2 overskrifter."),
        ("Kommune;Værdi;Andel\nOdense;1;2\n", "Række 1: »Værdi«, »Andel« kan begge være »værdi«"),
        ("Kommune;Værdi\n=1+1;5\n", "Række 2, »Kommune«: »=1+1« begynder som en formel"),
        ("Kommune;Tæller\nOdense;12,5\nVejle;3.5\n", "Række 3, »Tæller«: »3.5« er skrevet på en anden måde"),
        ("", "Filen »tal.csv« er tom"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(tmp_path, text, said):
    with pytest.raises(Unreadable) as refused:
        read_measurements(written(tmp_path, text))
    assert said in str(refused.value)


def test_the_first_bad_cell_is_the_one_a_person_meets_first(tmp_path):
    with pytest.raises(Unreadable, match="Række 2, »Nævner«: »x1«"):
        read_measurements(written(tmp_path, "Tæller;Nævner\n1;x1\nx2;3\n"))


def test_the_child_reads_the_same_and_refuses_the_same(tmp_path):
    path = written(tmp_path, TABLE)
    here, there = read_measurements(path), read_in_child(path)
    assert (list(there.row), dict(there.columns), list(there.notices)) == (here["row"], here["columns"], here["notices"])
    assert {role: list(column) for role, column in there.numbers.items()} == here["numbers"]
    assert {role: list(column) for role, column in there.texts.items()} == here["texts"]
    assert {role: list(column) for role, column in there.suppressed.items()} == here["suppressed"]
    with pytest.raises(Unreadable, match="Række 2, »Nævner«: »x1«"):
        read_in_child(written(tmp_path, "Tæller;Nævner\n1;x1\n"))
