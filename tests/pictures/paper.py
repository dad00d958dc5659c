"""Reads a drawing as a reader's eye does: where every word stands, and whether words meet or leave the paper."""

import re
from xml.etree import ElementTree

from tovholder.pictures.lettering import text_width

SVG = "{http://www.w3.org/2000/svg}"
_MOVED = re.compile(r"translate\(([-\d.]+) ([-\d.]+)\)")


def words_on(svg):
    """Every line of words as (text, left, top, right, bottom), moved as its groups are."""
    found = []

    def walk(node, dx, dy):
        moved = _MOVED.search(node.get("transform") or "")
        if moved:
            dx, dy = dx + float(moved.group(1)), dy + float(moved.group(2))
        if node.tag == f"{SVG}text":
            size, text = float(node.get("font-size")), "".join(node.itertext())
            wide = text_width(text, size, bold=node.get("font-weight") == "600")
            left = float(node.get("x")) + dx - {None: 0, "start": 0, "middle": 0.5, "end": 1}[node.get("text-anchor")] * wide
            y = float(node.get("y")) + dy
            found.append((text, left, y - 0.74 * size, left + wide, y + 0.22 * size))
        for child in node:
            walk(child, dx, dy)

    walk(ElementTree.fromstring(svg), 0.0, 0.0)
    return found


def assert_readable(picture):
    """Words apart and on the paper, 14 px or more, never turned, without style or script, and the table as wide as its head."""
    root = ElementTree.fromstring(picture.svg)
    width, height = float(root.get("width")), float(root.get("height"))
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text is not None
    for node in root.iter():
        assert not node.get("style")
        assert node.tag not in (f"{SVG}style", f"{SVG}script", f"{SVG}image", f"{SVG}foreignObject")
        assert not any(name.startswith("on") for name in node.attrib)
        assert node.tag != f"{SVG}text" or "rotate" not in (node.get("transform") or "")
    assert all(float(text.get("font-size")) >= 14 for text in root.iter(f"{SVG}text"))
    assert "nan" not in picture.svg
    assert "inf" not in re.sub(r">[^<]*<", "><", picture.svg)
    words = words_on(picture.svg)
    for text, left, top, right, bottom in words:
        assert left >= -1, text
        assert top >= -1, text
        assert right <= width + 1, text
        assert bottom <= height + 1, text
    for n, (text, left, top, right, bottom) in enumerate(words):
        for other, other_left, other_top, other_right, other_bottom in words[n + 1 :]:
            apart = left >= other_right or other_left >= right or top >= other_bottom or other_top >= bottom
            assert apart, f"»{text}« meets »{other}«"
    assert all(len(row) == len(picture.table.headers) for row in picture.table.rows)
    assert picture.title
    assert picture.description


def shapes(picture, kind):
    """The shapes that carry this class."""
    return [node for node in ElementTree.fromstring(picture.svg).iter() if node.get("class") == kind]


def said_in(picture):
    """All words in the drawing, in order."""
    return [text for text, *_ in words_on(picture.svg)]
