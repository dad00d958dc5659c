from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace

import pytest

from tests.formats.reported_status import FONTS, report
from tovholder.confined import run_limited
from tovholder.formats.status_report import GoalStatus, status_report_as_json, status_report_from_json
from tovholder.formats.status_report_sections import Contents, Drawing, Facts, Grid, Heading, Points, Words, foot, sections

GOAL = {"number": "1", "text": "", "status": ""}


def said(pieces: tuple[object, ...]) -> str:
    return "\n".join(piece.text for piece in pieces if isinstance(piece, Words))


def test_a_report_survives_the_way_to_another_process() -> None:
    assert status_report_from_json(status_report_as_json(report())) == report()
    empty = replace(report(), goals=(), actions=(), not_shown=(), state="draft", approved_on=None)
    assert status_report_from_json(status_report_as_json(empty)) == empty


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"form": "another"}, "ikke en tovholder-status-report-1"),
        ({"unknown": 1}, "ikke en hel"),
        ({"made_at": None}, "ikke en hel"),
        ({"state": "ready"}, "»ready« kender vi ikke"),
        ({"approved_by": ""}, "hvem der har godkendt"),
        (
            {"goals": [{"number": "1", "text": "", "status": "", "charts": [{"title": "Fald", "svg": "", "alt": " "}]}]},
            "»Fald« under mål 1",
        ),
        (
            {
                "goals": [
                    {"number": "1", "text": "", "status": "", "tables": [{"caption": "T", "headers": ["a"], "rows": [["1"], ["1", "2"]]}]}
                ]
            },
            "»T« under mål 1 passer ikke sammen: tjek række 2",
        ),
        (
            {"goals": [GOAL | {"tables": [{"caption": "T", "headers": [], "rows": []}]}]},
            "tjek overskrifterne",
        ),
    ],
)
def test_something_else_is_refused_in_a_sentence(change: dict[str, object], says: str) -> None:
    content = json.loads(status_report_as_json(report())) | change
    with pytest.raises(ValueError, match=says):
        status_report_from_json(json.dumps(content))


@pytest.mark.parametrize("text", ["[]", "{}", "not json", '"x"'])
def test_what_is_no_report_at_all_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        status_report_from_json(text)


def test_the_report_has_the_parts_of_its_genre() -> None:
    pieces = sections(report())
    assert [piece.text for piece in pieces if isinstance(piece, Heading) and piece.level == 1] == [
        "Kort fortalt",
        "Mål 1: Ventetiden til den første samtale er højst 10 dage",
        "Mål 2: Lige mange får tilbuddet",
        "Indsatser og beslutninger",
        "Det kan vi ikke vise",
        "Sådan er tallene lavet",
    ]
    assert [piece for piece in pieces if isinstance(piece, Contents)] == [Contents("Indhold")]
    facts = [piece for piece in pieces if isinstance(piece, Facts)]
    assert ("Godkendt", "24. november 2026 af Regionsrådet") in facts[0].pairs
    assert facts[2].pairs == (("Udgangspunkt", "14,2 dage (2024)"), ("Senest", "12,3 dage (2025)"), ("Målet er", "10 dage i 2027"))
    assert facts[4].pairs == (("Udgangspunkt", "Ikke målt endnu"), ("Senest", "Ikke målt endnu"), ("Målet er", "Ikke sat"))
    assert [piece.items for piece in pieces if isinstance(piece, Points)] == [("Esbjerg begynder i januar", "Vejle begynder i marts")]
    assert "Planen har 2 mål: 1 »På vej, men ikke i mål« og 1 »For tidligt at sige«." in said(pieces)


def test_numbers_stand_to_the_right_and_words_to_the_left() -> None:
    grid = next(piece for piece in sections(report()) if isinstance(piece, Grid) and piece.caption == "Tallene bag tegningen")
    assert grid.right == (False, True)
    assert grid.rows[0] == ("1. kvartal 2025", "14,2 dage")


def test_a_long_table_goes_to_the_back_and_its_place_says_where() -> None:
    rows = tuple((f"{month}. måned", "12,3") for month in range(1, 14))
    goal = report().goals[0]
    table = replace(report().goals[1].tables[0], headers=("Periode", "Værdi"), rows=rows)
    pieces = sections(replace(report(), goals=(replace(goal, tables=(table,)),)))
    assert "Andel i 2025 står i bilag 1." in said(pieces)
    assert pieces[-2] == Heading(1, "Bilag 1: Mål 1, Andel i 2025")
    assert isinstance(pieces[-1], Grid)
    assert pieces[-1].rows == rows


def test_a_draft_and_an_example_cannot_be_mistaken() -> None:
    draft = replace(report(), state="draft", approved_by="", approved_on=None)
    assert "Udkast, kan ændres. Rapporten er ikke godkendt." in said(sections(draft))
    assert ("Godkendt", "Ikke godkendt endnu") in next(piece for piece in sections(draft) if isinstance(piece, Facts)).pairs
    assert foot(draft) == "Fingeraftryk 7F3A 91C2 … E04B · 30. november 2026 · Udkast · Eksempel"
    approved = replace(report(), is_example=False)
    assert "Udkast" not in said(sections(approved))
    assert "opdigtede" not in said(sections(approved))
    assert foot(approved) == "Fingeraftryk 7F3A 91C2 … E04B · 30. november 2026"


def test_an_empty_plan_still_gives_a_report_that_says_so() -> None:
    text = said(sections(replace(report(), goals=(), actions=(), not_shown=(), summary="", method="")))
    for sentence in ("Planen har ingen mål endnu.", "Der er ikke knyttet indsatser", "ingen tal er holdt tilbage", "ikke beskrevet endnu"):
        assert sentence in text


@pytest.mark.parametrize(
    "svg",
    [
        "",
        "intet",
        "<svg>",
        "<html xmlns='http://www.w3.org/1999/xhtml'/>",
        "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/hostname'/></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><foreignObject/></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><use href='#a'/></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><rect style='fill: red'/></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><rect fill='url(http://example.invalid/x)'/></svg>",
        "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg xmlns='http://www.w3.org/2000/svg'><text>&a;</text></svg>",
    ],
)
def test_a_drawing_that_does_more_than_draw_is_told_in_words(svg: str) -> None:
    goal = report().goals[0]
    changed = replace(report(), goals=(replace(goal, charts=(replace(goal.charts[0], svg=svg),)),))
    pieces = sections(changed)
    assert not [piece for piece in pieces if isinstance(piece, Drawing)]
    assert "Tegningen kan ikke trykkes her. Dage fra henvisning til første samtale." in said(pieces)
    assert any(isinstance(piece, Grid) and piece.caption == "Tallene bag tegningen" for piece in pieces)


def test_both_forms_are_made_in_the_child() -> None:
    content = status_report_as_json(replace(report(), goals=(GoalStatus("1", "Kort", "I mål"),))).encode()
    assert run_limited(["tovholder.formats", "status-report", "pdf", str(FONTS)], content).startswith(b"%PDF-")
    assert run_limited(["tovholder.formats", "status-report", "word"], content).startswith(b"PK")
    odd = subprocess.run([sys.executable, "-m", "tovholder.formats", "status-report", "odt"], input=b"", capture_output=True, check=False)
    assert odd.returncode == 2
