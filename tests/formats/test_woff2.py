"""Our web fonts, unpacked for the page setter: every outline where the font itself says that it is."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from tovholder.formats.woff2 import SIGNATURE, signs_of, truetype

FONTS = Path(__file__).parents[2] / "src" / "tovholder" / "web" / "static" / "vendor" / "dkfds" / "fonts"
FILES = sorted(FONTS.rglob("*.woff2"))


def tables(font: bytes) -> dict[str, bytes]:
    count = int.from_bytes(font[4:6], "big")
    records = [struct.unpack(">4sIII", font[12 + 16 * number : 28 + 16 * number]) for number in range(count)]
    return {tag.decode(): font[offset : offset + length] for tag, _, offset, length in records}


def outlines(found: dict[str, bytes]) -> list[bytes]:
    places = struct.unpack(f">{len(found['loca']) // 4}I", found["loca"])
    return [found["glyf"][first:last] for first, last in zip(places, places[1:], strict=False)]


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def packed(request: pytest.FixtureRequest) -> bytes:
    return request.param.read_bytes()


def test_the_fonts_are_there() -> None:
    assert {path.stem for path in FILES} == {"IBMPlexSans-Italic", "IBMPlexSans-Regular", "IBMPlexSans-SemiBold"}


def test_every_glyph_is_unpacked_and_together_they_reach_as_far_as_the_font_says(packed: bytes) -> None:
    found = tables(truetype(packed))
    glyphs = outlines(found)
    assert len(glyphs) == int.from_bytes(found["maxp"][4:6], "big")
    boxes = [struct.unpack(">4h", glyph[2:10]) for glyph in glyphs if glyph]
    reach = (min(box[0] for box in boxes), min(box[1] for box in boxes), max(box[2] for box in boxes), max(box[3] for box in boxes))
    assert reach == struct.unpack(">4h", found["head"][36:44])


def test_every_simple_glyph_lies_in_its_own_box(packed: bytes) -> None:
    for glyph in outlines(tables(truetype(packed))):
        if not glyph or glyph[0] & 0x80:
            continue
        contours = int.from_bytes(glyph[:2], "big")
        points = int.from_bytes(glyph[8 + 2 * contours : 10 + 2 * contours], "big") + 1
        flags = 12 + 2 * contours + int.from_bytes(glyph[10 + 2 * contours : 12 + 2 * contours], "big")
        steps = struct.unpack(f">{2 * points}h", glyph[flags + points : flags + 5 * points])
        for low, high, moved in ((2, 6, steps[:points]), (4, 8, steps[points:])):
            place, reached = 0, []
            for step in moved:
                place += step
                reached.append(place)
            box = struct.unpack(">h", glyph[low : low + 2])[0], struct.unpack(">h", glyph[high : high + 2])[0]
            assert box == (min(reached), max(reached))


def test_danish_letters_and_signs_are_in_it(packed: bytes) -> None:
    signs = signs_of(truetype(packed))
    assert {ord(sign) for sign in "æøåÆØÅ»«–−≤½é"} <= signs
    assert ord("🙂") not in signs


def test_a_damaged_font_is_refused(packed: bytes) -> None:
    for cut in (4, 40, 60, 200, len(packed) // 2):
        with pytest.raises(ValueError, match="beskadiget"):
            truetype(packed[:cut])
    with pytest.raises(ValueError, match="ikke en WOFF2"):
        truetype(b"OTTO" + packed[4:])
    with pytest.raises(ValueError, match="beskadiget"):
        truetype(SIGNATURE + b"\xff" * 100)
