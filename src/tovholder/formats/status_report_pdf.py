"""A status report as PDF that everyone can read, aloud too (PDF/UA-1), and that an archive can keep (PDF/A-2a)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tovholder.formats.status_report import StatusReport
from tovholder.formats.status_report_sections import Contents, Drawing, Facts, Grid, Heading, Piece, Points, Words, foot, line, sections
from tovholder.formats.typesetting import Typesetting, width_share
from tovholder.texts import danish

_TEMPLATE = Path(__file__).with_name("status_report.typ")


def status_report_pdf(report: StatusReport, fonts: Path | None) -> bytes:
    """This will write a status report as tagged PDF with the fonts of a folder; raises ValueError when it cannot be set."""
    pieces = sections(report)
    drawings = [piece for piece in pieces if isinstance(piece, Drawing)]
    files = {f"chart-{number}.svg": piece.svg.encode() for number, piece in enumerate(drawings)}
    names = {id(piece): f"chart-{number}.svg" for number, piece in enumerate(drawings)}
    day = danish.in_denmark(report.made_at)
    said = {
        "title": line(report.title),
        "author": line(report.owner),
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "foot": foot(report),
        "pieces": [_plain(piece, names) for piece in pieces],
    }
    with Typesetting(fonts) as setting:
        return setting.pdf(_TEMPLATE.read_bytes(), said, files, made_at=report.made_at)


def _plain(piece: Piece, names: dict[int, str]) -> dict[str, Any]:
    if isinstance(piece, Heading):
        return {"kind": "heading", "level": piece.level, "text": piece.text}
    if isinstance(piece, Words):
        return {"kind": "words", "style": piece.style, "text": piece.text}
    if isinstance(piece, Points):
        return {"kind": "points", "items": list(piece.items), "style": piece.style}
    if isinstance(piece, Facts):
        return {"kind": "facts", "pairs": [list(pair) for pair in piece.pairs], "are-figures": piece.are_figures}
    if isinstance(piece, Contents):
        return {"kind": "contents", "heading": piece.heading}
    if isinstance(piece, Drawing):
        shown = {"title": piece.title, "alt": piece.alt, "note": piece.note}
        return {"kind": "drawing", "file": names[id(piece)], "width": width_share(piece.svg), **shown}
    return _plain_grid(piece)


def _plain_grid(grid: Grid) -> dict[str, Any]:
    return {
        "kind": "grid",
        "caption": grid.caption,
        "headers": list(grid.headers),
        "rows": [list(row) for row in grid.rows],
        "shares": list(grid.shares),
        "right": list(grid.right),
    }
