"""A PDF with text: paragraphs with their page, and what lies in notes, form fields, metadata and attachments."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from tovholder.formats.reading_shapes import Piece, Unreadable

PAGES = 2_000
_ENDS = '.!?:»”"'
_STARTS = re.compile(r"^(?:[-–—•*·▪●]|\d{1,3}[.)])\s+")


def read_pdf(content: bytes) -> tuple[str, list[Piece], list[str]]:
    """This will read a PDF to pieces with "side N" as place; raises Unreadable when it is locked, too long or only pictures."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise Unreadable("PDF-filen er låst med adgangskode. Fjern koden, og prøv igen.")
        count = len(reader.pages)
        if count > PAGES:
            raise Unreadable("PDF-filen har mere end 2.000 sider. Del den op, og prøv igen.")
        pages = [reader.pages[number].extract_text() or "" for number in range(count)]
        hidden, notices = _hidden(reader)
        title = str(getattr(reader.metadata, "title", "") or "")
    except Unreadable:
        raise
    except (
        PyPdfError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        IndexError,
        RecursionError,
        OSError,
        NotImplementedError,
        AssertionError,
        OverflowError,
    ):
        raise Unreadable("PDF-filen er beskadiget. Gem den igen som PDF, og prøv.") from None
    pieces = [piece for number, page in enumerate(pages, 1) for piece in _paragraphs(page, number)]
    if not pieces:
        raise Unreadable("PDF-filen har kun billeder og ingen tekst. Find en udgave med tekst, og prøv igen.")
    empty = [str(number) for number, page in enumerate(pages, 1) if not page.strip()]
    if empty:
        notices.append(f"Der er ingen tekst på side {', '.join(empty[:20])}. Siderne kan være billeder.")
    return title.strip()[:200] or pieces[0].text[:200], [*pieces, *hidden], notices


def _paragraphs(page: str, number: int) -> Iterator[Piece]:
    lines = [" ".join(line.split()) for line in page.splitlines()]
    widest = max((len(line) for line in lines), default=0)
    current = ""
    previous = ""
    for line in [*lines, ""]:
        goes_on = bool(current and line and not _STARTS.match(line)) and (
            line[0].islower() or (len(previous) > widest * 0.75 and previous[-1] not in _ENDS) or (len(previous) > widest * 0.85)
        )
        if goes_on:
            hyphenated = re.search(r"[a-zæøå]-$", current) and line[0].islower()
            current = current[:-1] + line if hyphenated and not line.startswith(("og ", "eller ")) else f"{current} {line}"
        else:
            if current:
                yield Piece(current, "text", f"side {number}")
            current = line
        previous = line


def _hidden(reader: Any) -> tuple[list[Piece], list[str]]:
    found: list[Piece] = []
    notices: list[str] = []
    for key, text in (reader.metadata or {}).items():
        found.append(Piece(f"{str(key).lstrip('/')}: {text}", "text", "metadata"))
    packet = reader.root_object.get("/Metadata")
    if packet is not None:
        xmp = re.sub(rb"<[^>]*>", b" ", packet.get_object().get_data()[: 1 << 20]).decode("utf-8", "replace")
        found.append(Piece(xmp, "text", "metadata"))
    for page in reader.pages:
        for reference in page.get("/Annots") or []:
            note = reference.get_object()
            action = note.get("/A")
            target = action.get_object().get("/URI") if action is not None else None
            found.extend(
                Piece(str(text), "text", place)
                for text, place in (
                    (note.get("/Contents"), "comment"),
                    (note.get("/V"), "field"),
                    (note.get("/TU"), "field"),
                    (target, "link"),
                )
                if text
            )
    for name, value in (reader.get_fields() or {}).items():
        found.append(Piece(f"{name}: {value.get('/V') or ''}", "text", "field"))
    for name, versions in reader.attachments.items():
        notices.append("PDF-filen har en vedhæftet fil. Den er ikke læst og kommer ikke med.")
        found.append(Piece(str(name), "text", "embedded"))
        for version in versions if isinstance(versions, list) else [versions]:
            sample = bytes(version)[: 1 << 20]
            if b"\0" not in sample:
                found.append(Piece(sample.decode("utf-8", "replace"), "text", "embedded"))
    return found, list(dict.fromkeys(notices))
