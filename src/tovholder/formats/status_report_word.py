"""A status report as a Word document that a person can finish: real headings, tables with header rows, pictures with words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tovholder.formats.status_report import StatusReport
from tovholder.formats.status_report_sections import Contents, Drawing, Facts, Grid, Heading, Piece, Points, Words, foot, line, sections
from tovholder.formats.typesetting import Typesetting, width_share
from tovholder.formats.word_elements import FJORD, FONT, GREY, INK, Paper

LINE_CM = 16.0
_STYLES = {"text": "Normal", "lead": "Lead", "note": "Note", "mark": "Mark", "answer": "Answer"}
_POINTS = {"text": "List Bullet", "lead": "List Bullet", "answer": "Answer Bullet"}


def status_report_docx(report: StatusReport, fonts: Path | None) -> bytes:
    """This will write a status report as Word, its charts drawn with the fonts of a folder; raises ValueError when one cannot be drawn."""
    paper = Paper(title=line(report.title), author=line(report.owner), made_at=report.made_at)
    _style(paper)
    paper.foot_line(foot(report))
    paper.paragraph(line(report.owner), "Note")
    paper.paragraph(paper.title, "Title")
    with Typesetting(fonts) as setting:
        for piece in sections(report):
            _write(paper, piece, setting)
    return paper.as_bytes()


def _write(paper: Paper, piece: Piece, setting: Typesetting) -> None:
    if isinstance(piece, Heading):
        paper.heading(piece.text, piece.level)
    elif isinstance(piece, Words):
        paper.paragraph(piece.text, _STYLES[piece.style])
    elif isinstance(piece, Points):
        for item in piece.items:
            paper.paragraph(item, _POINTS[piece.style])
    elif isinstance(piece, Facts):
        paper.facts(piece.pairs)
    elif isinstance(piece, Contents):
        paper.contents(piece.heading, depth=1)
    elif isinstance(piece, Drawing):
        _draw(paper, piece, setting)
    else:
        _tabulate(paper, piece)


def _draw(paper: Paper, piece: Drawing, setting: Typesetting) -> None:
    if piece.title:
        paper.paragraph(piece.title, "Caption")
    paper.picture(setting.png(piece.svg), piece.alt, width=LINE_CM * width_share(piece.svg) / 100)
    if piece.note:
        paper.paragraph(piece.note, "Note")


def _tabulate(paper: Paper, grid: Grid) -> None:
    if grid.caption:
        paper.paragraph(grid.caption, "Caption")
    whole = sum(grid.shares)
    widths = [LINE_CM * share / whole for share in grid.shares]
    paper.table(grid.headers, grid.rows, widths, right=grid.right, caption=grid.caption)


def _style(paper: Paper) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    styles = paper.document.styles
    for name, base in (("Lead", "Normal"), ("Note", "Normal"), ("Mark", "Normal"), ("Answer", "Normal"), ("Answer Bullet", "List Bullet")):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles[base]
    looks = {"Lead": (12, INK), "Note": (8.5, GREY), "Mark": (10.5, INK), "Answer": (10.5, INK), "Caption": (10.5, INK)}
    for name, (size, colour) in looks.items():
        style: Any = styles[name]
        style.font.size, style.font.name, style.font.bold = Pt(size), FONT, name in ("Mark", "Caption")
        style.font.color.rgb = RGBColor.from_string(colour)
    caption: Any = styles["Caption"]
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before, caption.paragraph_format.space_after = Pt(10), Pt(4)
    for name in ("Title", "Heading 1", "Heading 2"):
        heading: Any = styles[name]
        heading.font.color.rgb = RGBColor.from_string(FJORD)
    for name in ("Answer", "Answer Bullet"):
        paper.shade(styles[name])
