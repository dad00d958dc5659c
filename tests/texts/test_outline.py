from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tovholder.texts.outline import Section, outline

PLAN = """Sundhedsplan 2027
Udkast

Indholdsfortegnelse
1 Om planen .......... 3
1.1 Baggrund\t4
2 Indsatser ...... 7

1 Om planen
Planen gælder fra 2027.
1. Første punkt
2. Andet punkt
3. Tredje punkt

19. maj 2017 blev den første vedtaget.
2026 bliver et særligt år.
1.1 Baggrund
Tekst.

2. Indsatser
2.1. Genoptræning
Kommunen tilbyder genoptræning.

Regionen betaler.
2.1.1 Frister
Fristen er 7 dage.
"""


def test_a_pasted_plan_becomes_its_sections() -> None:
    assert [(section.level, section.label, section.heading) for section in outline(PLAN)] == [
        (0, "", ""),
        (1, "1", "Om planen"),
        (2, "1.1", "Baggrund"),
        (1, "2", "Indsatser"),
        (2, "2.1", "Genoptræning"),
        (3, "2.1.1", "Frister"),
    ]


def test_lists_dates_and_years_stay_in_the_text() -> None:
    body = outline(PLAN)[1].body
    assert "3. Tredje punkt" in body
    assert "19. maj 2017 blev" in body
    assert "2026 bliver" in body


def test_the_table_of_contents_is_left_out() -> None:
    assert outline(PLAN)[0] == Section(0, "", "", "Sundhedsplan 2027\nUdkast")


def test_chapters_and_paragraph_signs_as_in_an_agreement() -> None:
    text = "Kapitel 1\nFormål\n§ 1. Aftalen gælder alle.\nStk. 2. Også børn.\n"
    text += "§ 2 a Økonomi\nParterne deler.\n§ 3 i loven gælder."
    assert outline(text) == [
        Section(1, "Kapitel 1", "Formål", ""),
        Section(2, "§ 1", "", "Aftalen gælder alle.\nStk. 2. Også børn."),
        Section(2, "§ 2 a", "Økonomi", "Parterne deler.\n§ 3 i loven gælder."),
    ]


def test_a_chapter_may_share_its_number_with_its_sections() -> None:
    sections = outline("Kapitel 2: Indsatser\n2.1 Mål\nx\n2.2 Midler\ny\nKapitel 3\n1 Plan\nz")
    assert [(section.level, section.label) for section in sections] == [
        (1, "Kapitel 2"),
        (2, "2.1"),
        (2, "2.2"),
        (1, "Kapitel 3"),
        (2, "1"),
    ]


def test_headings_marked_with_a_hash() -> None:
    assert outline("# Plan\ntekst\n## 1.1 Mål\nmere") == [
        Section(1, "", "Plan", "tekst"),
        Section(2, "1.1", "Mål", "mere"),
    ]


def test_text_without_headings_is_one_section_and_nothing_is_nothing() -> None:
    assert outline("Bare en tekst.\r\n\r\nTo afsnit.") == [Section(0, "", "", "Bare en tekst.\n\nTo afsnit.")]
    assert outline("") == [] == outline(" \n\n")


LINES = st.sampled_from(
    [
        "1 Mål",
        "1.1 Vej",
        "2. Midler",
        "Kapitel 1",
        "Kapitel 2 Penge",
        "§ 3. Noget gælder.",
        "§ 4 Frist",
        "tekst",
        "",
        "7. x",
        "## Hash",
    ]
)


@given(st.lists(LINES).map("\n".join))
def test_no_word_is_lost(text: str) -> None:
    kept = " ".join(" ".join(section[1:]) for section in outline(text)).replace(".", " ").split()
    assert kept == text.replace("##", "").replace(".", " ").split()
