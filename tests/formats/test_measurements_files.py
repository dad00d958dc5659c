"""Measurements from any program: letters, separators, workbooks, Parquet, and files that were made to do harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tovholder.formats.measurements import reading, text_table
from tovholder.formats.measurements.headings import find_headings
from tovholder.formats.measurements.reading import UnreadableTable, read_measurements
from tovholder.formats.measurements.taking import take_measurements

PLAIN = "Kommune;Periode;Tæller;Nævner\nÆrø;2024;7;1.234\nVejle;2024;<5;5.000\n"


def workbook(rows: list[list[Any]], change: Callable[[Any], None] | None = None) -> bytes:
    """A workbook with one sheet of rows, changed as the test wants it."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def packed_again(content: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as before:
        entries = {name: before.read(name) for name in before.namelist()}
    change(entries)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as after:
        for name, entry in entries.items():
            after.writestr(name, entry)
    return written.getvalue()


def unreadable(content: bytes) -> str:
    with pytest.raises(UnreadableTable) as caught:
        take_measurements(content)
    assert str(caught.value).endswith(".")
    return str(caught.value)


HEADS = ["Kommune", "Periode", "Andel"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separator", [";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_text_may_come_from_any_program(encoding: str, separator: str, end: str) -> None:
    found = take_measurements(PLAIN.replace(";", separator).replace("\n", end).encode(encoding))
    assert found.frame["place"].to_list() == ["Ærø", "Vejle"]
    assert found.frame["denominator"].to_list() == [1234, 5000]
    assert found.frame["row"].to_list() == [2, 3]
    assert any("gamle Windows-tegn" in one for one in found.notices) == (encoding == "cp1252")


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    found = take_measurements(b'Kommune;Periode;Antal\n\nA;2024;7\n;;\n"B\nby";2024;8\nC;2024;tolv\n')
    assert found.frame["row"].to_list() == [3, 5]
    assert found.frame["place"].to_list() == ["A", "B\nby"]
    assert found.refused[0].row == 6


@pytest.mark.parametrize("line", ["A;2024;7", '"A";"2024";"7"', '"A";2024;7;', "A ; 2024 ; 7", "A;2024;7;;;"])
def test_quotation_marks_and_padding_change_nothing(line: str) -> None:
    found = take_measurements(f"Kommune;Periode;Antal\n{line}\n".encode())
    assert found.frame.select("place", "numerator").row(0) == ("A", 7)
    assert found.refused == ()


SIGNS = st.text(st.sampled_from("ab1æ ';,.-=@\t\u00a0"), max_size=5)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(SIGNS, max_size=6), max_size=12), st.booleans())
def test_both_ways_of_taking_lines_apart_agree(rows: list[list[str]], is_quoted: bool) -> None:
    lines = [";".join(f'"{cell}"' if is_quoted and ";" not in cell else cell for cell in row) for row in rows]
    plain = "\n".join(["Kommune;Periode;Antal", *lines]).encode()
    headings = find_headings([["Kommune", "Periode", "Antal"]])
    bare = text_table.without_quotes(plain, ";")
    assert bare is not None
    slow, fast = list(text_table.by_records(plain, ";", headings)), list(text_table.by_lines(bare, ";", headings))
    for one, other in zip(zip(*slow, strict=True), zip(*fast, strict=True), strict=True):
        assert pl.concat(one).sort("row").equals(pl.concat(other).sort("row"))


def test_a_workbook_s_own_numbers_are_exact() -> None:
    found = take_measurements(workbook([HEADS, ["Ærø", 2024, 12.345], ["Vejle", "2024", "12,5"], ["575", 2024, 1 / 3]]))
    assert found.frame["value"].to_list() == [12.345, 12.5, 1 / 3]
    assert found.frame["place"].to_list() == ["Ærø", "Vejle", "0575"]
    assert (found.sheet, found.kind) == ("Sheet", "xlsx")


def test_a_workbook_s_per_cent_and_dates_are_understood() -> None:
    def formatted(book: Any) -> None:
        for row, code in ((2, "0.0%"), (3, '0 "100%"'), (4, "0.00 %")):
            book.active.cell(row, 3).number_format = code

    rows = [HEADS, ["A", date(2024, 5, 1), 0.123], ["B", datetime(2024, 6, 1), 12], ["C", date(2024, 7, 1), 0.07]]
    found = take_measurements(workbook(rows, formatted))
    assert found.frame["value"].to_list() == [12.3, 7]
    assert found.frame["unit"].to_list() == ["%", "%"]
    assert [one.sentence for one in found.refused] == ["Række 3, »Andel«: »12« står uden %, men resten af kolonnen har %. Skriv 12 %."]
    assert (found.frame["period_from"][0], found.frame["period_until"][0]) == (date(2024, 5, 1), date(2024, 6, 1))


def test_what_a_workbook_makes_of_numbers_is_named() -> None:
    def broken(book: Any) -> None:
        book.active["C3"].data_type = "e"

    rows = [HEADS, ["A", 2024, date(2026, 5, 12)], ["B", 2024, "#DIV/0!"], ["C", 2024, True], ["D", 2024, 1e300], ["E", 2024, 7]]
    found = take_measurements(workbook(rows, broken))
    assert [one.sentence for one in found.refused] == [
        "Række 2, »Andel«: »12-05-2026« er en dato. Regnearket har nok lavet et tal om. Skriv tallet igen.",
        "Række 3, »Andel«: »#DIV/0!« er en fejl fra regnearket. Ret formlen, eller lad cellen være tom.",
        "Række 4, »Andel«: »SAND« kan vi ikke læse som et tal. Skriv tallet med cifre, for eksempel 12,3.",
        f"Række 5, »Andel«: »1{'0' * 38}…« er for stort til at være en måling. Tjek tallet.",
    ]


def test_the_first_shown_sheet_with_headings_is_read_and_the_rest_are_told() -> None:
    def more(book: Any) -> None:
        book.active.title = "Læs mig"
        hidden = book.create_sheet("Gammel")
        hidden.append(HEADS)
        hidden.append(["X", 2020, 1])
        hidden.sheet_state = "hidden"
        shown = book.create_sheet("Tal & <mere>")
        shown.append(["Titel"])
        shown.append(HEADS)
        shown.append(["A", 2024, 7])
        shown.row_dimensions[3].hidden = True

    found = take_measurements(workbook([["Vejledning"]], more))
    assert (found.sheet, found.frame["place"].to_list(), found.frame["row"].to_list()) == ("Tal & <mere>", ["A"], [3])
    assert "Filen har flere ark. Vi har læst »Tal & <mere>« og ikke »Læs mig«." in found.notices
    assert "Arket »Gammel« er skjult og er ikke læst." in found.notices
    assert "1 række i arket er skjult. Den er læst med." in found.notices


def test_headings_on_a_hidden_sheet_only_are_asked_for() -> None:
    def hidden(book: Any) -> None:
        sheet = book.create_sheet("Gammel")
        sheet.append(HEADS)
        sheet.sheet_state = "veryHidden"

    assert "Skjulte ark læser vi ikke: »Gammel«." in unreadable(workbook([["Vejledning"]], hidden))


def test_merged_words_stand_for_all_their_rows_and_merged_numbers_are_refused() -> None:
    def merged(book: Any) -> None:
        book.active.merge_cells("A2:A3")
        book.active.merge_cells("C3:C4")

    found = take_measurements(workbook([HEADS, ["A", 2024, 7], [None, 2025, 8], ["B", 2024, None], ["B", 2025, 9]], merged))
    assert found.frame.select("row", "place").rows() == [(2, "A"), (5, "B")]
    assert "Flettede celler i »Kommune« er læst, som om ordet stod i hver række." in found.notices
    assert [one.sentence for one in found.refused] == [
        f"Række {row}, »Andel«: Cellerne er flettet sammen. Del dem, og skriv tallet i hver række." for row in (3, 4)
    ]


def parquet(frame: pl.DataFrame) -> bytes:
    written = io.BytesIO()
    frame.write_parquet(written)
    return written.getvalue()


def test_parquet_is_believed_about_its_own_types() -> None:
    frame = pl.DataFrame(
        {
            "area": pl.Series(["A", "B", "C"], dtype=pl.Categorical),
            "period": [date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1)],
            "numerator": [1, 2, None],
            "value": [0.5, float("nan"), 5.25],
            "extra": [[1], [2], [3]],
        }
    )
    found = take_measurements(parquet(frame))
    assert found.frame["value"].to_list() == [0.5, None, 5.25]
    assert found.frame["numerator"].to_list() == [1, 2, None]
    assert found.frame["row"].to_list() == [1, 2, 3]
    assert found.kind == "parquet"
    assert "Kolonnen »extra« kender vi ikke. Den er ikke læst." in found.notices


def bomb(entries: dict[str, bytes]) -> None:
    entries["xl/worksheets/sheet1.xml"] = b"<worksheet>" + b" " * (40 << 20) + b"</worksheet>"


def far(entries: dict[str, bytes]) -> None:
    name = "xl/worksheets/sheet1.xml"
    entries[name] = entries[name].replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')


def crowded(entries: dict[str, bytes]) -> None:
    name = "xl/worksheets/sheet1.xml"
    cells = b"".join(b"<row>%s</row>" % (b"<c><v>%d</v></c>" % number * 10) for number in range(100_001))
    entries[name] = entries[name].replace(b"</sheetData>", cells + b"</sheetData>")


def entity(entries: dict[str, bytes]) -> None:
    entries["xl/styles.xml"] = b'<!DOCTYPE a [<!ENTITY b "c">]><styleSheet>&b;</styleSheet>'


def entity_in_sheet(entries: dict[str, bytes]) -> None:
    entries["xl/worksheets/sheet1.xml"] = b'<!DOCTYPE a [<!ENTITY b "c">]>' + entries["xl/worksheets/sheet1.xml"]


def macro(entries: dict[str, bytes]) -> None:
    entries["xl/vbaProject.bin"] = b"x"


def macro_type(entries: dict[str, bytes]) -> None:
    kinds = entries["[Content_Types].xml"]
    entries["[Content_Types].xml"] = kinds.replace(b"spreadsheetml.sheet.main+xml", b"sheet.macroEnabled.main+xml")


def outside(entries: dict[str, bytes]) -> None:
    entries["../../etc/passwd"] = b"x"


def no_book(entries: dict[str, bytes]) -> None:
    del entries["xl/workbook.xml"]


def broken_book(entries: dict[str, bytes]) -> None:
    entries["xl/workbook.xml"] = b"<workbook"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (bomb, "pakker ud til mere, end vi tør læse. Gem den igen i Excel"),
        (far, "celler langt fra tabellen"),
        (crowded, "over 1.000.000 celler"),
        (entity, "ikke stoler på. Gem den igen i Excel"),
        (entity_in_sheet, "ikke stoler på. Gem den igen i Excel"),
        (macro, "Filen har makroer."),
        (macro_type, "Filen har makroer."),
        (outside, "ikke stoler på"),
        (no_book, "Vi kan ikke læse den slags regneark."),
        (broken_book, "beskadiget. Gem den igen i Excel"),
    ],
)
def test_a_workbook_made_to_do_harm_is_refused_in_a_sentence(change: Callable[[dict[str, bytes]], None], says: str) -> None:
    assert says in unreadable(packed_again(workbook([HEADS, ["A", 2024, 7]]), change))


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "låst med adgangskode. Fjern koden i Excel"),
        (OLE + bytes(600), "gamle Excel-format"),
        (b"PK\x03\x04" + b"x" * 100, "beskadiget. Gem den igen i Excel"),
        (workbook([HEADS, ["A", 2024, 7]])[:-200], "beskadiget. Gem den igen i Excel"),
        (parquet(pl.DataFrame({"area": ["A"]}))[:-40], "Parquet-filen er beskadiget."),
        (parquet(pl.DataFrame({"area": ["A"]})), "Kolonnen »Periode« mangler."),
        (b"PAR1", "Parquet-filen er beskadiget."),
        (b"%PDF-1.7\n", "Filen er en PDF."),
        (b"Kommune;Periode;Antal\nA;2024;\x007\n", "ikke en tabel, vi kan læse"),
        (bytes(range(256)) * 20, "ikke en tabel, vi kan læse"),
        (b"Kommune;Periode;Antal\nA;2024;" + b"7" * 200_000 + b"\n", "Linje 2 er på over 131.000 tegn."),
        (b"x" * 2_000_000, "131.000 tegn"),
        (b'Kommune;Periode;Antal\n"' + b"A\n" * 100_000, "felt på over 131.000 tegn"),
        (b";" * 100_000 + b"\n", "Filen er tom"),
    ],
)
def test_a_file_of_another_kind_or_broken_is_refused_in_a_sentence(content: bytes, says: str) -> None:
    assert says in unreadable(content)


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tovholder.formats.measurements.text_table.ROWS", 3)
    monkeypatch.setattr("tovholder.formats.measurements.parquet_table.ROWS", 3)
    rows = "".join(f"A;{2000 + n};7\n" for n in range(4))
    assert "over 2.000.000 rækker" in unreadable(f"Kommune;Periode;Antal\n{rows}".encode())
    frame = pl.DataFrame({"area": ["A"] * 4, "year": [2001, 2002, 2003, 2004], "count": [1] * 4})
    assert "over 2.000.000 rækker" in unreadable(parquet(frame))


def test_the_parent_gets_rows_and_sentences(tmp_path: Path) -> None:
    content = (PLAIN + "Fanø;i fjor;3;10\n").encode()
    path = tmp_path / "maalinger.csv"
    path.write_bytes(content)
    read = read_measurements(path, path.name)
    assert read == read_measurements(content, "maalinger.csv")
    frame = pl.read_parquet(io.BytesIO(read.frame_bytes))
    assert (read.rows, frame["place"].to_list(), frame["numerator_suppressed"].to_list()) == (2, ["Ærø", "Vejle"], [False, True])
    assert (read.refused_count, read.refused[0].row, read.refused_kinds, read.refused_rest) == (1, 4, {"period": 1}, "")
    assert frame.schema["period_from"] == pl.Date
    assert len(read.digest) == 64


def test_what_is_not_listed_is_counted() -> None:
    rows = "".join(f"A{n};2024;x{n}x\n" for n in range(1250)).encode()
    read = read_measurements(b"Kommune;Periode;Antal\n" + rows, "a.csv")
    assert len(read.refused) == 200
    assert read.refused_rest == "Desuden: 1.050 celler, der ikke er et tal."


def test_the_parent_gets_the_sentence_when_nothing_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableTable, match="Filen er tom"):
        read_measurements(b"", "a.csv")
    monkeypatch.setattr(reading, "LARGEST", 10)
    with pytest.raises(UnreadableTable, match="større end 200 MB"):
        read_measurements(PLAIN.encode(), "a.csv")


def test_a_child_that_needs_too_much_is_ended_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MEMORY", 100 << 20)
    with pytest.raises(UnreadableTable, match="uden fare"):
        read_measurements(PLAIN.encode(), "a.csv")
    monkeypatch.setattr(reading, "MEMORY", 3 << 30)
    monkeypatch.setattr(reading, "WALL_SECONDS", 0.01)
    with pytest.raises(UnreadableTable, match="for lang tid"):
        read_measurements(PLAIN.encode(), "a.csv")


@pytest.mark.slow
def test_two_and_a_half_million_rows_are_refused_and_a_million_read(tmp_path: Path) -> None:
    path = tmp_path / "mange.csv"
    with path.open("w", encoding="utf-8") as target:
        target.write("Kommune;Periode;Antal\n")
        target.writelines(f"{n};2024;{n}\n" for n in range(1_000_000))
    assert read_measurements(path, path.name).rows == 1_000_000
    with path.open("a", encoding="utf-8") as target:
        target.writelines(f"{n};2024;{n}\n" for n in range(1_000_000, 2_500_000))
    with pytest.raises(UnreadableTable, match=r"over 2\.000\.000 rækker"):
        read_measurements(path, path.name)
