"""The Word document: real headings, header rows, pictures with words, and the same words as the PDF."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from tests.formats.reported_status import FINGERPRINT, FONTS, report
from tests.formats.test_office_round_trip import headings, office, saved_again
from tests.formats.test_office_round_trip import words as spoken
from tests.formats.test_status_report_pdf import HOSTILE
from tests.formats.test_status_report_pdf import words as words_of_pdf
from tovholder.formats.status_report_pdf import status_report_pdf
from tovholder.formats.status_report_word import status_report_docx

__all__ = ["office"]


def opened(content: bytes) -> Any:
    return Document(io.BytesIO(content))


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def made() -> bytes:
    return status_report_docx(report(), FONTS)


def test_the_two_forms_say_the_same(made: bytes) -> None:
    pdf = squeezed(words_of_pdf(status_report_pdf(report(), FONTS)))
    document = opened(made)
    lines = [part for paragraph in document.paragraphs for part in paragraph.text.split("\t") if part.strip()]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells if cell.text]
    assert len(lines) > 30
    assert len(cells) > 30
    missing = [text for text in [*lines, *cells] if squeezed(text) not in pdf]
    assert missing == []


def test_headings_are_word_s_own_and_stand_in_the_contents(made: bytes) -> None:
    document = opened(made)
    found = [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert found[0] == ("Heading 1", "Kort fortalt")
    assert ("Heading 2", "Kommentar fra Region Syddanmark") in found
    links = ["".join(text.text for text in link.iter(qn("w:t"))) for link in document.element.iter(qn("w:hyperlink"))]
    assert links == [text for style, text in found if style == "Heading 1"]


def test_every_table_has_a_header_row_and_a_name(made: bytes) -> None:
    tables = opened(made).tables
    assert len(tables) == 5
    for table in tables:
        assert table.rows[0]._tr.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def test_the_picture_has_words_and_is_sharp(made: bytes) -> None:
    document = opened(made)
    (shape,) = document.inline_shapes
    assert shape._inline.docPr.get("descr").startswith("Dage fra henvisning til første samtale.")
    image = document.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed].image
    assert image.content_type == "image/png"
    assert image.px_width >= 1333


def test_title_language_and_foot_are_said(made: bytes) -> None:
    document = opened(made)
    assert document.core_properties.title == "Status 2026 for Sundhedsplan 2024-2027"
    assert document.core_properties.language == "da-DK"
    assert document.sections[0].footer.paragraphs[0].text.startswith("Fingeraftryk 7F3A 91C2 … E04B · 30. november 2026 · Eksempel\tSide ")
    assert any(FINGERPRINT in paragraph.text for paragraph in document.paragraphs)


def test_the_same_report_gives_the_same_bytes(made: bytes) -> None:
    assert status_report_docx(report(), FONTS) == made


@pytest.mark.parametrize("title", [*HOSTILE, "{ HYPERLINK x }", "<w:p/>", "a\x00b\x0bc"])
def test_a_title_is_words_in_word_too(title: str) -> None:
    changed = replace(report(), summary=title, goals=(replace(report().goals[1], text=title, comment=title),))
    text = "\n".join(paragraph.text for paragraph in opened(status_report_docx(changed, None)).paragraphs)
    clean = " ".join(title.replace("\x00", "").replace("\x0b", " ").split())
    assert text.count(clean) >= 3


@pytest.mark.slow
def test_an_office_program_saves_it_again_without_losing_anything(office: str, tmp_path: Path, made: bytes) -> None:
    again = saved_again(made, tmp_path, "docx")
    assert headings(again) == headings(made)
    assert set(spoken(made)) <= set(spoken(again))
    (shape,) = opened(again).inline_shapes
    assert shape._inline.docPr.get("descr").startswith("Dage fra henvisning")
