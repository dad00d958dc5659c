"""A Word document: headings, paragraphs, list items and table cells in the order one reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tovholder.formats.reading_shapes import Piece, Unreadable
from tovholder.formats.reading_word_hidden import hidden_pieces, main_part
from tovholder.formats.reading_word_runs import DEPTH, W, visible_text
from tovholder.formats.reading_zip import Package, parse_xml

if TYPE_CHECKING:
    from lxml import etree

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_HEADING = re.compile(r"^(?:heading|overskrift)\s*(\d)$", re.IGNORECASE)


def read_word(content: bytes) -> tuple[str, list[Piece], list[str]]:
    """This will read a .docx to pieces, first what one sees and then what lies hidden; raises Unreadable."""
    package = Package(content)
    name = main_part(package)
    raw = package.read(name)
    if _STRICT in raw[:4096]:
        raise Unreadable("Filen er gemt som Strict Open XML. Gem den som almindeligt Word-dokument, og prøv igen.")
    document = parse_xml(raw)
    body = document.find(f"{W}body")
    if body is None:
        raise Unreadable("Filen er beskadiget. Gem den igen i Word, og prøv.")
    styles = _styles(package)
    seen = list(_blocks(body, styles, "text", 0))
    hidden, notices = hidden_pieces(package, name, document)
    title = next((piece.text for piece in seen if piece.style in ("title", "heading 1")), seen[0].text if seen else "")
    return title[:200], [*seen, *hidden], notices


def _blocks(parent: etree._Element, styles: dict[str, str], inherited: str, depth: int) -> Iterator[Piece]:
    if depth > DEPTH:
        raise Unreadable("Filen er bygget på en måde, vi ikke stoler på. Gem den igen i Word, og prøv.")
    for child in parent:
        if child.tag == f"{W}p":
            text = visible_text(child)
            if text.strip():
                yield Piece(text, _style(child, styles, inherited))
        elif child.tag == f"{W}tbl":
            for cell in child.iterfind(f"{W}tr/{W}tc"):
                yield from _blocks(cell, styles, "table", depth + 1)
        elif child.tag == f"{W}sdt":
            inner = child.find(f"{W}sdtContent")
            if inner is not None:
                yield from _blocks(inner, styles, inherited, depth + 1)
        elif child.tag in (f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"):
            yield from _blocks(child, styles, inherited, depth + 1)


def _style(paragraph: etree._Element, styles: dict[str, str], inherited: str) -> str:
    named = paragraph.find(f"{W}pPr/{W}pStyle")
    style = styles.get((named.get(f"{W}val") or "") if named is not None else "", "")
    level = paragraph.find(f"{W}pPr/{W}outlineLvl")
    if level is not None and (level.get(f"{W}val") or "").isdigit() and int(level.get(f"{W}val") or 9) < 6:
        return f"heading {int(level.get(f'{W}val') or 0) + 1}"
    if style:
        return style
    return "list" if paragraph.find(f"{W}pPr/{W}numPr") is not None else inherited


def _styles(package: Package) -> dict[str, str]:
    tree = package.tree("word/styles.xml")
    known: dict[str, str] = {}
    for style in tree.iterfind(f"{W}style") if tree is not None else ():
        label = style.find(f"{W}name")
        name = (label.get(f"{W}val") or "").lower() if label is not None else ""
        heading = _HEADING.match(name)
        meaning = f"heading {heading[1]}" if heading else "title" if name in ("title", "titel") else ""
        if not meaning and (name.startswith(("list ", "liste", "opstilling")) or style.find(f"{W}pPr/{W}numPr") is not None):
            meaning = "list"
        if meaning:
            known[style.get(f"{W}styleId") or ""] = meaning
    return known
