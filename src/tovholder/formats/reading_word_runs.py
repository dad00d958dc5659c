"""The runs of a Word paragraph: what of it one sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
DEPTH = 400


def visible_text(paragraph: etree._Element) -> str:
    """This will give the text of a paragraph as it stands with tracked changes accepted, without hidden runs and text boxes."""
    parts: list[str] = []
    _gather(paragraph, parts, 0)
    return "".join(parts)


def _gather(element: etree._Element, parts: list[str], depth: int) -> None:
    for child in element:
        tag = child.tag
        if not isinstance(tag, str) or tag in (f"{W}del", f"{W}moveFrom", f"{W}txbxContent", f"{W}instrText", FALLBACK):
            continue
        if tag == f"{W}r" and is_vanished(child):
            continue
        if tag == f"{W}t":
            parts.append(child.text or "")
        elif tag in (f"{W}tab", f"{W}br", f"{W}cr"):
            parts.append(" ")
        elif tag == f"{W}noBreakHyphen":
            parts.append("-")
        elif depth < DEPTH and tag not in (f"{W}pPr", f"{W}rPr"):
            _gather(child, parts, depth + 1)


def is_vanished(run: etree._Element) -> bool:
    """This will tell whether a run is formatted as hidden text."""
    mark = run.find(f"{W}rPr/{W}vanish")
    return mark is not None and mark.get(f"{W}val", "true") not in ("0", "false", "off")
