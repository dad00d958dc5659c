"""What we write as Word, an office program opens and saves again without losing a word, a heading or a row."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from pathlib import Path

import docx
import pytest

from tests.formats.test_consultation_report import report
from tovholder.formats.reading import read_document
from tovholder.formats.word import plan_docx, report_docx
from tovholder.texts.danish import fold

pytestmark = pytest.mark.slow

PROVISIONS = [
    (1, "4", "Udskrivning", ""),
    (
        2,
        "4.2",
        "Besked, før borgeren går ud ad døren",
        "Sygehuset giver besked senest 24 timer før.\n\nKan fristen ikke holdes, ringer afdelingen.",
    ),
    (2, "4.10", "Ærø og Aabenraa", "Færgen sejler ikke om natten. 🙂 שלום"),
]


def saved_again(content: bytes, folder: Path, ending: str) -> bytes:
    """The file after an office program has opened it and saved it in a format."""
    before = folder / "before.docx"
    before.write_bytes(content)
    out = folder / ending
    command = [
        "soffice",
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        ending,
        "--outdir",
        str(out),
        str(before),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (out / f"before.{ending}").read_bytes()


@pytest.fixture(scope="module")
def office() -> str:
    found = shutil.which("soffice")
    if not found and os.environ.get("ALLOW_SKIP") == "1":
        pytest.skip("no office program on this machine")
    assert found, "LibreOffice is missing; tests/machine.py --office installs it on Debian"
    return found


def words(content: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(content))
    rows = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [text.strip() for text in [*(paragraph.text for paragraph in document.paragraphs), *rows] if text.strip()]


def headings(content: bytes) -> list[tuple[str, str]]:
    document = docx.Document(io.BytesIO(content))
    return [(row.style.name, row.text) for row in document.paragraphs if row.style is not None and row.style.name.startswith("Heading")]


@pytest.mark.parametrize("kind", ["report", "plan"])
def test_no_word_and_no_heading_is_lost(office: str, tmp_path: Path, kind: str) -> None:
    made = report_docx(report()) if kind == "report" else plan_docx("Plan (eksempel)", "Udkast", "Udkast 2", "7f3a" * 16, PROVISIONS)
    again = saved_again(made, tmp_path, "docx")
    assert headings(again) == headings(made)
    assert set(words(made)) <= set(words(again))
    tables = [len(table.rows) for table in docx.Document(io.BytesIO(made)).tables]
    assert [len(table.rows) for table in docx.Document(io.BytesIO(again)).tables] == tables


def test_our_own_reader_reads_what_the_office_saved(office: str, tmp_path: Path) -> None:
    again = saved_again(plan_docx("Plan (eksempel)", "Udkast", "Udkast 2", "7f3a" * 16, PROVISIONS), tmp_path, "docx")
    read = " ".join(one.text for one in read_document(again, "plan.docx").visible)
    for _level, _label, heading, body in PROVISIONS:
        assert fold(heading) in fold(read)
        assert all(fold(part) in fold(read) for part in body.split("\n\n") if part)


def test_it_prints(office: str, tmp_path: Path) -> None:
    assert saved_again(report_docx(report()), tmp_path, "pdf").startswith(b"%PDF")
