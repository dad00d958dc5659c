from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Cm
from hypothesis import given, settings
from hypothesis import strategies as st

from tovholder.formats.consultation_report import (
    ConsultationReport,
    GeneralTheme,
    HeardParty,
    NextStep,
    ProvisionRemarks,
    ReportedChange,
    ReportedRemark,
)
from tovholder.formats.word import plan_docx, report_docx
from tovholder.formats.word_elements import cleaned

FINGERPRINT = "7f3a91c2" + "0" * 52 + "e04b"
REMARKS = (
    ReportedRemark("2", "KL (eksempel)", "Fristen er for kort.\n\nSe bilag.", "accepted", "Enig.", "Fristen er 14 dage."),
    ReportedRemark("10", "Ærø Kommune (eksempel)", "Hvem\x00 betaler?\x1b 🙂 שלום \ud800", "not_accepted", "Aftalt."),
    ReportedRemark("1", "Aabenraa Kommune (eksempel)", "<b>God</b> plan & tak", "noted"),
)


def report() -> ConsultationReport:
    return ConsultationReport(
        title="Sundhedsplan 2027",
        case_number="26/34038",
        sender="Region Syddanmark",
        period=(date(2026, 10, 5), date(2026, 12, 11)),
        fingerprint=FINGERPRINT,
        made_at=datetime(2026, 12, 14, 23, 30, tzinfo=UTC),
        heard=(
            HeardParty("Aabenraa Kommune (eksempel)", "Kommune", received=True, remarks=True),
            HeardParty("Ærø Kommune (eksempel)", "Kommune", received=True, no_remarks=True),
            HeardParty("KL (eksempel)", "Organisation", received=False),
        ),
        general=(GeneralTheme("Økonomi", "Flere spørger til økonomien.", "Vi svarer.", REMARKS[1:]),),
        by_provision=(ProvisionRemarks("4.2", "Frister", "Fristen er 7 dage.", "Fristen.", "", REMARKS[:1]),),
        changes=(ReportedChange("4.2", "Frister", "Fristen er 7 dage.", "Fristen er 14 dage.", ("10", "2")),),
        next_steps=(NextStep("12. januar 2027", "Udvalget behandler notatet."),),
        signature="Sekretariatet (eksempel)",
    )


def opened(content: bytes) -> Any:
    return Document(io.BytesIO(content))


def headings(document: Any) -> list[tuple[str, str]]:
    return [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith("Heading")]


def words(element: Any) -> str:
    return "".join(text.text for text in element.iter(qn("w:t")))


def rows(table: Any) -> list[list[str]]:
    return [[words(cell) for cell in row.iter(qn("w:tc"))] for row in table._tbl.iter(qn("w:tr"))]


def test_the_report_has_the_parts_of_its_genre_as_real_headings() -> None:
    found = headings(opened(report_docx(report())))
    assert [text for style, text in found if style == "Heading 1"] == [
        "1 Hørte myndigheder og organisationer",
        "2 Generelle bemærkninger",
        "3 Bemærkninger til enkelte punkter",
        "4 Ændringer",
        "5 Det videre forløb",
        "Bilag 1 Høringsoversigt",
    ]
    at = found.index(("Heading 2", "3.1 Til 4.2 Frister"))
    assert [text for _, text in found[at + 1 : at + 4]] == ["Teksten i høring", "Resumé", "Regionens kommentar"]


def test_the_heard_parties_stand_in_danish_order_with_crosses() -> None:
    table = opened(report_docx(report())).tables[1]
    assert rows(table)[1:] == [
        ["KL (eksempel)", "Organisation", "", "", ""],
        ["Ærø Kommune (eksempel)", "Kommune", "X", "", "X"],
        ["Aabenraa Kommune (eksempel)", "Kommune", "X", "X", ""],
    ]


def test_the_matrix_holds_every_remark_in_the_order_of_its_number() -> None:
    table = opened(report_docx(report())).tables[-1]
    assert rows(table)[0] == ["Nr.", "Afsender", "Afsnit", "Bemærkning", "Vurdering", "Begrundelse"]
    assert [row[0] for row in rows(table)[1:]] == ["1", "2", "10"]
    assert [row[4] for row in rows(table)[1:]] == ["Taget til efterretning", "Imødekommet", "Ikke imødekommet"]
    assert rows(table)[2][5] == "Enig.Ændring: Fristen er 14 dage."


def test_the_counts_add_up_in_words() -> None:
    text = "\n".join(paragraph.text for paragraph in opened(report_docx(report())).paragraphs)
    assert "3 parter er hørt. 2 har svaret, og 1 af dem har ingen bemærkninger. 1 har ikke svaret." in text
    assert "Notatet besvarer 3 bemærkninger: 1 imødekommet, 1 ikke imødekommet og 1 taget til efterretning." in text
    assert "Det er 68 dage" in text
    assert "Ændringen følger af bemærkning nr. 2 og 10." in text


def test_table_headings_come_again_on_every_page() -> None:
    for table in opened(report_docx(report())).tables[1:]:
        assert table.rows[0]._tr.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None


def test_what_a_reader_cannot_see_in_xml_is_cleaned_and_the_rest_is_kept() -> None:
    document = opened(report_docx(report()))
    assert rows(document.tables[-1])[3][3] == "Hvem betaler? 🙂 שלום"
    assert rows(document.tables[-1])[1][3] == "<b>God</b> plan & tak"


def test_language_title_author_and_date_are_said() -> None:
    document = opened(report_docx(report()))
    core = document.core_properties
    assert (core.title, core.author, core.language) == ("Sundhedsplan 2027", "Region Syddanmark", "da-DK")
    assert core.created.replace(tzinfo=UTC) == report().made_at
    defaults = document.styles.element.find(qn("w:docDefaults"))
    assert next(defaults.iter(qn("w:lang"))).get(qn("w:val")) == "da-DK"


def test_every_page_has_its_number_and_the_fingerprint() -> None:
    document = opened(report_docx(report()))
    footer = document.sections[0].footer
    assert "7F3A 91C2 … E04B" in footer.paragraphs[0].text
    assert "15. december 2026" in footer.paragraphs[0].text
    fields = [element.text.strip() for element in footer._element.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert all(section.footer.is_linked_to_previous for section in list(document.sections)[1:])
    assert FINGERPRINT in rows(document.tables[0])[-1]


def test_the_paper_is_a4_and_the_matrix_lies_on_its_side() -> None:
    upright, sideways = opened(report_docx(report())).sections
    assert abs(upright.page_width - Cm(21)) < Cm(0.01)
    assert abs(upright.page_height - Cm(29.7)) < Cm(0.01)
    assert sideways.orientation == WD_ORIENT.LANDSCAPE
    assert sideways.page_width > sideways.page_height


def test_the_contents_name_every_heading_and_lead_to_it() -> None:
    document = opened(report_docx(report()))
    assert any("TOC" in (element.text or "") for element in document.element.iter(qn("w:instrText")))
    marks = {mark.get(qn("w:name")) for mark in document.element.iter(qn("w:bookmarkStart"))}
    links = list(document.element.iter(qn("w:hyperlink")))
    assert [words(link) for link in links] == [text for style, text in headings(document) if style != "Heading 3"]
    assert {link.get(qn("w:anchor")) for link in links} == marks
    kinds = [element.get(qn("w:fldCharType")) for element in document.element.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]


def test_changes_are_shown_without_colour_alone() -> None:
    document = opened(report_docx(report()))
    marked = {run.style.name: run.text for p in document.paragraphs for run in p.runs if run.style.name.endswith("d Text")}
    assert marked == {"Inserted Text": "14", "Deleted Text": "7"}
    assert document.styles["Deleted Text"].font.strike
    assert document.styles["Inserted Text"].font.underline


def test_the_font_has_a_fallback() -> None:
    with zipfile.ZipFile(io.BytesIO(report_docx(report()))) as package:
        fonts = package.read("word/fontTable.xml").decode()
    assert '<w:font w:name="IBM Plex Sans"><w:altName w:val="Arial"/>' in fonts
    assert opened(report_docx(report())).styles["Normal"].font.name == "IBM Plex Sans"


def test_the_same_report_gives_the_same_bytes() -> None:
    assert report_docx(report()) == report_docx(report())


def test_an_empty_consultation_still_gives_a_report() -> None:
    empty = replace(report(), heard=(), general=(), by_provision=(), changes=(), next_steps=(), signature="")
    text = "\n".join(paragraph.text for paragraph in opened(report_docx(empty)).paragraphs)
    assert "Der står ingen parter på høringslisten." in text
    assert "Høringen har ikke ført til ændringer i teksten." in text
    assert text.count("Vi har ikke modtaget bemærkninger.") == 2


def test_the_reasons_stand_in_for_a_missing_comment_each_once() -> None:
    same = tuple(ReportedRemark(str(number), "KL (eksempel)", "Kort.", "accepted", "Enig.") for number in (9, 10, 11))
    changed = replace(report(), by_provision=(replace(report().by_provision[0], remarks=same),))
    assert "Nr. 9, 10 og 11: Enig." in [paragraph.text for paragraph in opened(report_docx(changed)).paragraphs]


def test_a_plan_keeps_its_levels_and_its_words() -> None:
    provisions = [(1, "1", "Formål", "Vi vil:\n\n- høre alle\n- svare alle"), (2, "1.1", "Mål", "Linje et\nLinje to")]
    document = opened(plan_docx("Sundhedsplan", "draft", "Version 3", FINGERPRINT, provisions))
    assert headings(document) == [("Heading 1", "1 Formål"), ("Heading 2", "1.1 Mål")]
    assert [p.text for p in document.paragraphs if p.style.name == "List Bullet"] == ["høre alle", "svare alle"]
    assert "Linje et\nLinje to" in [paragraph.text for paragraph in document.paragraphs]
    assert rows(document.tables[0])[0] == ["Status", "Udkast, kan ændres"]
    assert document.core_properties.created is None


@given(st.text(st.characters()))
@settings(max_examples=25, deadline=None)
def test_any_text_can_be_printed(text: str) -> None:
    document = opened(plan_docx(text, "", "", "", [(1, text, text, text)]))
    written = "".join(paragraph.text for paragraph in document.paragraphs)
    assert all(sign in written for sign in cleaned(text) if sign.isalnum())
