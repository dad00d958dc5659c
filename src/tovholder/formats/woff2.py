"""A web font (WOFF2) turned into the TrueType that a page setter reads, by the W3C recommendation "WOFF File Format 2.0" (2018)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

SIGNATURE = b"wOF2"
# Four signs each, in the order of the table in section 4.1.
_TAGS = (
    b"cmapheadhheahmtxmaxpnameOS/2postcvt fpgmglyflocaprepCFF VORGEBDTEBLCgasphdmxkernLTSHPCLTVDMXvheavmtxBASEGDEF"
    b"GPOSGSUBEBSCJSTFMATHCBDTCBLCCOLRCPALSVG sbixacntavarbdatblocbslncvarfdscfeatfmtxfvargvarhstyjustlcarmortmorx"
    b"opbdproptrakZapfSilfGlatGlocFeatSill"
)
_MORE, _INSTRUCTED, _WORDS, _SCALE, _TWO_SCALES, _MATRIX = 0x20, 0x100, 0x01, 0x08, 0x40, 0x80
_NO_TRANSFORM = 3


@dataclass
class _Reader:
    content: bytes
    at: int = 0

    def take(self, count: int) -> bytes:
        if self.at + count > len(self.content):
            raise ValueError("Skriften er beskadiget: den slutter for tidligt.")
        self.at += count
        return self.content[self.at - count : self.at]

    def byte(self) -> int:
        return self.take(1)[0]

    def short(self) -> int:
        return int.from_bytes(self.take(2), "big")

    def signed(self) -> int:
        return int.from_bytes(self.take(2), "big", signed=True)

    def long(self) -> int:
        return int.from_bytes(self.take(4), "big")

    def base128(self) -> int:
        value = 0
        for _ in range(5):
            byte = self.byte()
            value = value << 7 | byte & 0x7F
            if byte < 0x80:
                return value
        raise ValueError("Skriften er beskadiget: et tal er for langt.")

    def short255(self) -> int:
        first = self.byte()
        if first == 253:
            return self.short()
        if first == 254:
            return self.byte() + 506
        return self.byte() + 253 if first == 255 else first


@dataclass(frozen=True)
class _Table:
    tag: bytes
    content: bytes
    is_transformed: bool


def truetype(content: bytes) -> bytes:
    """This will unpack a WOFF2 font to TrueType; raises ValueError when it is something else or damaged."""
    if not content.startswith(SIGNATURE):
        raise ValueError("Skriften er ikke en WOFF2-fil.")
    reader = _Reader(content, 4)
    flavor = reader.take(4)
    tables = {table.tag: table for table in _tables(reader)}
    plain = {tag: table.content for tag, table in tables.items()}
    if b"glyf" in tables and tables[b"glyf"].is_transformed:
        outlines, left_edges = _outlines(_Reader(plain[b"glyf"]))
        plain[b"glyf"] = b"".join(outlines)
        plain[b"loca"] = _offsets(outlines)
        head = bytearray(plain[b"head"])
        head[50:52] = (1).to_bytes(2, "big")
        plain[b"head"] = bytes(head)
        if tables[b"hmtx"].is_transformed:
            wide = int.from_bytes(plain[b"hhea"][34:36], "big")
            plain[b"hmtx"] = _widths(_Reader(plain[b"hmtx"]), wide, left_edges)
    return _font(flavor, plain)


def signs_of(font: bytes) -> frozenset[int]:
    """This will give the code points a TrueType font can draw, from its character map of format 4 or 12; raises ValueError."""
    count = int.from_bytes(font[4:6], "big")
    records = (struct.unpack(">4sIII", font[12 + 16 * number : 28 + 16 * number]) for number in range(count))
    start = next((offset for tag, _, offset, _ in records if tag == b"cmap"), None)
    if start is None:
        raise ValueError("Skriften har ikke noget tegnkort.")
    found: set[int] = set()
    for number in range(int.from_bytes(font[start + 2 : start + 4], "big")):
        place = start + int.from_bytes(font[start + 8 + 8 * number : start + 12 + 8 * number], "big")
        found.update(_mapped(font, place))
    return frozenset(found - {0xFFFF})


def _mapped(font: bytes, place: int) -> Iterator[int]:
    form = int.from_bytes(font[place : place + 2], "big")
    if form == 12:
        for group in range(int.from_bytes(font[place + 12 : place + 16], "big")):
            first, last, _ = struct.unpack(">III", font[place + 16 + 12 * group : place + 28 + 12 * group])
            yield from range(first, last + 1)
    elif form == 4:
        count = int.from_bytes(font[place + 6 : place + 8], "big") // 2
        lasts = struct.unpack(f">{count}H", font[place + 14 : place + 14 + 2 * count])
        firsts = struct.unpack(f">{count}H", font[place + 16 + 2 * count : place + 16 + 4 * count])
        for first, last in zip(firsts, lasts, strict=True):
            yield from range(first, last + 1)


def _tables(reader: _Reader) -> list[_Table]:
    import brotli

    reader.take(4)
    count = reader.short()
    reader.take(6)
    packed = reader.long()
    reader.take(24)
    listed = []
    for _ in range(count):
        flags = reader.byte()
        known = flags & 0x3F
        tag = reader.take(4) if known == 63 else _TAGS[4 * known : 4 * known + 4]
        length = reader.base128()
        version = flags >> 6
        is_transformed = version != _NO_TRANSFORM if tag in (b"glyf", b"loca") else version != 0
        listed.append((tag, reader.base128() if is_transformed else length, is_transformed))
    try:
        unpacked = _Reader(brotli.decompress(reader.take(packed)))
    except brotli.error:
        raise ValueError("Skriften er beskadiget: den kan ikke pakkes ud.") from None
    return [_Table(tag, unpacked.take(length), is_transformed) for tag, length, is_transformed in listed]


def _outlines(reader: _Reader) -> tuple[list[bytes], list[int]]:
    reader.take(4)
    count = reader.short()
    reader.take(2)
    sizes = [reader.long() for _ in range(7)]
    contours, points, flags, glyphs, parts, boxes, instructions = (_Reader(reader.take(size)) for size in sizes)
    has_box = boxes.take(4 * ((count + 31) // 32))
    outlines: list[bytes] = []
    edges: list[int] = []
    for number in range(count):
        kind = contours.signed()
        box = boxes.take(8) if has_box[number >> 3] & (0x80 >> (number & 7)) else b""
        if kind == 0:
            outlines.append(b"")
            edges.append(0)
            continue
        if kind < 0:
            body = _composite(parts, glyphs, instructions)
        else:
            body, computed = _simple(kind, points, flags, glyphs, instructions)
            box = box or computed
        outline = struct.pack(">h", kind) + box + body
        outlines.append(outline + b"\0" * (-len(outline) % 4))
        edges.append(int.from_bytes(box[:2], "big", signed=True))
    return outlines, edges


def _composite(parts: _Reader, glyphs: _Reader, instructions: _Reader) -> bytes:
    start = parts.at
    flags, is_instructed = _MORE, False
    while flags & _MORE:
        flags = parts.short()
        is_instructed = is_instructed or bool(flags & _INSTRUCTED)
        scale = 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _MATRIX else 0
        parts.take(2 + (4 if flags & _WORDS else 2) + scale)
    body = parts.content[start : parts.at]
    if is_instructed:
        length = glyphs.short255()
        body += struct.pack(">H", length) + instructions.take(length)
    return body


def _simple(kind: int, points: _Reader, flags: _Reader, glyphs: _Reader, instructions: _Reader) -> tuple[bytes, bytes]:
    ends: list[int] = []
    total = 0
    for _ in range(kind):
        total += points.short255()
        ends.append(total - 1)
    marks = flags.take(total)
    across, up = [], []
    for mark in marks:
        dx, dy = _step(mark & 0x7F, glyphs)
        across.append(dx)
        up.append(dy)
    length = glyphs.short255()
    # Flags that say nothing but "on the curve" leave every step as two whole bytes: larger, and read by all.
    body = b"".join(
        (
            struct.pack(f">{kind}H", *ends),
            struct.pack(">H", length),
            instructions.take(length),
            bytes(0 if mark & 0x80 else 1 for mark in marks),
            struct.pack(f">{total}h", *across),
            struct.pack(f">{total}h", *up),
        )
    )
    left, right = _reach(across)
    bottom, top = _reach(up)
    return body, struct.pack(">4h", left, bottom, right, top)


def _step(flag: int, glyphs: _Reader) -> tuple[int, int]:
    """One step between two points, from the table of triplets in section 5.2 of the recommendation."""
    if flag < 84:
        first = glyphs.byte()
        if flag < 10:
            return 0, _signed(flag, ((flag & 14) << 7) + first)
        if flag < 20:
            return _signed(flag, ((flag - 10 & 14) << 7) + first), 0
        base = flag - 20
        return _signed(flag, 1 + (base & 0x30) + (first >> 4)), _signed(flag >> 1, 1 + ((base & 0x0C) << 2) + (first & 0x0F))
    if flag < 120:
        base = flag - 84
        first, second = glyphs.take(2)
        return _signed(flag, 1 + (base // 12 << 8) + first), _signed(flag >> 1, 1 + (base % 12 >> 2 << 8) + second)
    if flag < 124:
        first, second, third = glyphs.take(3)
        return _signed(flag, (first << 4) + (second >> 4)), _signed(flag >> 1, ((second & 0x0F) << 8) + third)
    return _signed(flag, glyphs.short()), _signed(flag >> 1, glyphs.short())


def _signed(flag: int, size: int) -> int:
    return size if flag & 1 else -size


def _reach(steps: list[int]) -> tuple[int, int]:
    place, low, high = 0, 32767, -32768
    for step in steps:
        place += step
        low, high = min(low, place), max(high, place)
    return (low, high) if steps else (0, 0)


def _offsets(outlines: list[bytes]) -> bytes:
    places, place = [0], 0
    for outline in outlines:
        place += len(outline)
        places.append(place)
    return struct.pack(f">{len(places)}I", *places)


def _widths(reader: _Reader, wide: int, edges: list[int]) -> bytes:
    flags = reader.byte()
    advances = [reader.short() for _ in range(wide)]
    lefts = edges[:wide] if flags & 1 else [reader.signed() for _ in range(wide)]
    rest = edges[wide:] if flags & 2 else [reader.signed() for _ in range(len(edges) - wide)]
    pairs = b"".join(struct.pack(">Hh", advance, left) for advance, left in zip(advances, lefts, strict=True))
    return pairs + struct.pack(f">{len(rest)}h", *rest)


def _font(flavor: bytes, tables: dict[bytes, bytes]) -> bytes:
    count = len(tables)
    power = 1 << count.bit_length() - 1
    heading = flavor + struct.pack(">4H", count, power * 16, count.bit_length() - 1, (count - power) * 16)
    place = len(heading) + 16 * count
    records, bodies = b"", b""
    for tag in sorted(tables):
        body = tables[tag]
        padded = body + b"\0" * (-len(body) % 4)
        total = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        records += struct.pack(">4sIII", tag, total, place + len(bodies), len(body))
        bodies += padded
    return heading + records + bodies
