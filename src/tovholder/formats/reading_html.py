"""A web page: its paragraphs, headings, list items and cells, without menus and scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tovholder.formats.reading_shapes import Piece, Unreadable
from tovholder.formats.reading_text import decode

if TYPE_CHECKING:
    from lxml import etree

_DROPPED = {
    "script",
    "style",
    "nav",
    "footer",
    "noscript",
    "template",
    "svg",
    "iframe",
    "object",
    "embed",
    "head",
    "select",
    "button",
    "form",
    "math",
    "video",
    "audio",
    "canvas",
}
_BLOCKS = {
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "aside",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "td",
    "th",
    "caption",
    "blockquote",
    "pre",
    "figure",
    "figcaption",
    "address",
    "details",
    "summary",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "body",
    "fieldset",
    "center",
}
_STYLES = {
    "li": "list",
    "td": "table",
    "th": "table",
    "h1": "heading 1",
    "h2": "heading 2",
    "h3": "heading 3",
    "h4": "heading 4",
    "h5": "heading 5",
    "h6": "heading 6",
}
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_DECLARED = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([a-zA-Z0-9_-]{3,20})", re.IGNORECASE)
_DEPTH = 200


class _Walk:
    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.unseen: list[Piece] = []
        self.dropped: set[str] = set()
        self._text: list[str] = []
        self._style = "text"

    def close(self) -> None:
        text = " ".join("".join(self._text).split())
        if text:
            self.pieces.append(Piece(text, self._style))
        self._text = []

    def into(self, element: etree._Element, style: str, depth: int) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag:
            self._comment(element)
        elif depth > _DEPTH:
            self._text.append(" ".join(str(text) for text in element.itertext()))
        elif tag in _DROPPED:
            self.dropped.add(tag)
        elif element.get("hidden") is not None or _UNSEEN.search(element.get("style") or ""):
            self._unseen(" ".join(str(text) for text in element.itertext()), "hidden")
        elif tag == "br":
            self.close()
        elif tag == "img":
            self._unseen(element.get("alt") or "", "alt")
        else:
            self._element(element, tag, _STYLES.get(tag, style), depth)
        if element.tail:
            self._style = style
            self._text.append(element.tail)

    def _element(self, element: etree._Element, tag: str, style: str, depth: int) -> None:
        block = tag in _BLOCKS
        if block:
            self.close()
            self._style = style
        self._text.append(element.text or "")
        for child in element:
            self.into(child, style, depth + 1)
        if block:
            self.close()

    def _comment(self, element: etree._Element) -> None:
        self._unseen(str(element.text or ""), "comment")

    def _unseen(self, text: str, place: str) -> None:
        if text.strip():
            self.unseen.append(Piece(text, "text", place))


def read_html(content: bytes) -> tuple[str, list[Piece], list[str]]:
    """This will read a web page to pieces; hidden elements, comments and descriptions come last with their place."""
    from lxml import html

    parser = html.HTMLParser(no_network=True, huge_tree=False, encoding="utf-8")
    try:
        tree: Any = html.document_fromstring(_text(content).encode("utf-8", "replace"), parser=parser)
    except (ValueError, html.etree.LxmlError):
        raise Unreadable("Websiden kan ikke læses. Gem den som ren tekst, og prøv igen.") from None
    title = " ".join((tree.findtext(".//title") or tree.findtext(".//h1") or "").split())[:200]
    walk = _Walk()
    body = tree.find("body")
    walk.into(tree if body is None else body, "text", 0)
    walk.close()
    described = [
        Piece(f"{one.get('name') or one.get('property')}: {one.get('content')}", "text", "metadata")
        for one in tree.iterfind(".//meta[@content]")
        if one.get("name") or one.get("property")
    ]
    notices = ["Menu og sidefod er ikke læst med."] if walk.dropped & {"nav", "footer"} else []
    return title, [*walk.pieces, *walk.unseen, *described], notices


def _text(content: bytes) -> str:
    declared = _DECLARED.search(content[:4096])
    if declared and not content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(content)[0]
