"""The PDF looked into: tags, language, standards, words; and titles that would be code somewhere else."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace

import pikepdf
import pypdf
import pytest

from tests.formats.reported_status import FONTS, report
from tovholder.formats.status_report import StatusReport
from tovholder.formats.status_report_pdf import status_report_pdf
from tovholder.formats.typesetting import Typesetting, width_share

HOSTILE = (
    '#import "@preview/cetz:0.3.1": *',
    '#read("/etc/passwd") #panic("x")',
    "<svg onload=alert(1)> $x^2$ *fed* _kursiv_ = Overskrift",
    "\\u{41} // kommentar /* mere */ @henvisning <mærke> `kode`",
    '"#eval("1+1")"',
)


def words(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def tags(pdf: pikepdf.Pdf) -> Counter[str]:
    found: Counter[str] = Counter()
    waiting = [pdf.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        if isinstance(element, pikepdf.Dictionary) and "/S" in element:
            found[str(element.S)] += 1
        inside = element.get("/K") if isinstance(element, pikepdf.Dictionary) else None
        waiting += list(inside) if isinstance(inside, pikepdf.Array) else [inside] if isinstance(inside, pikepdf.Dictionary) else []
    return found


def alternatives(pdf: pikepdf.Pdf) -> set[str]:
    return {str(one.Alt) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure" and "/Alt" in one}


@pytest.fixture(scope="module")
def made() -> bytes:
    return status_report_pdf(report(), FONTS)


def test_it_is_tagged_titled_and_in_danish(made: bytes) -> None:
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert "/StructTreeRoot" in pdf.Root
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).lower() == "da-dk"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo["/Title"]) == "Status 2026 for Sundhedsplan 2024-2027"
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert "/JavaScript" not in pdf.Root.get("/Names", pikepdf.Dictionary())
        assert "/OpenAction" not in pdf.Root


def test_headings_tables_lists_and_figures_are_what_they_look_like(made: bytes) -> None:
    with pikepdf.open(io.BytesIO(made)) as pdf:
        found = tags(pdf)
        assert found["/Table"] == 5
        assert found["/TH"] == 6 + 2 + 2 + 5 + 2
        assert found["/THead"] == found["/Table"]
        assert found["/H1"] + found["/H2"] + found["/H3"] >= 7
        assert found["/L"] >= 1
        assert any("Dage fra henvisning til første samtale." in told for told in alternatives(pdf))


def test_every_word_is_set_in_our_own_letters(made: bytes) -> None:
    with pikepdf.open(io.BytesIO(made)) as pdf:
        fonts = {str(one.BaseFont) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/BaseFont" in one}
    assert fonts
    assert all("IBMPlexSans" in name for name in fonts), fonts


def test_the_foot_of_every_page_says_which_text_this_is(made: bytes) -> None:
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages]
    for number, page in enumerate(pages, start=1):
        assert "7F3A 91C2 … E04B · 30. november 2026 · Eksempel" in page
        assert f"Side {number} af {len(pages)}" in page


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_is_words_and_never_instructions(title: str) -> None:
    goal = report().goals[0]
    table = replace(report().goals[1].tables[0], caption=title, headers=(title, title), rows=((title, title),))
    changed = replace(
        report(), plan=title, owner=title, summary=title, method=title, goals=(replace(goal, text=title, comment=title, tables=(table,)),)
    )
    assert words(status_report_pdf(changed, FONTS)).replace(" ", "").count(title.replace(" ", "")) >= 8


@pytest.mark.parametrize("sign", ["🙂", "漢", "\ue000", "a\u200b", "\ufeff", "\x07", "שלום", "\u202e", "e\u0301", "👩‍⚕️"])
def test_a_sign_that_no_font_has_does_not_stop_the_report(sign: str) -> None:
    changed = replace(report(), summary=f"Før {sign} efter")
    said = words(status_report_pdf(changed, FONTS))
    assert "Før" in said
    assert "efter" in said
    assert "Det går" not in said


def test_many_strange_signs_are_shown_as_question_marks() -> None:
    changed = replace(report(), summary="".join(chr(code) for code in range(0x4E00, 0x4E40)) + " slut")
    assert "?" * 64 + " slut" in words(status_report_pdf(changed, FONTS))


def test_the_same_report_gives_the_same_bytes(made: bytes) -> None:
    assert status_report_pdf(report(), FONTS) == made


def test_without_our_fonts_it_is_still_a_report() -> None:
    assert "Kort fortalt" in words(status_report_pdf(report(), None))


def test_a_tall_drawing_stays_on_its_page() -> None:
    assert width_share('<svg viewBox="0 0 640 220">') == 100
    assert width_share('<svg viewBox="0 0 100 500">') == pytest.approx(20)
    assert width_share("<svg>") == 100


def test_a_drawing_that_cannot_be_drawn_is_refused() -> None:
    with Typesetting(None) as setting, pytest.raises(ValueError):
        setting.png("<svg")


def test_an_empty_report_is_set() -> None:
    empty = StatusReport(plan="", owner="", year=2026, state="draft", fingerprint="", made_at=report().made_at)
    assert "Planen har ingen mål endnu." in words(status_report_pdf(empty, FONTS))
