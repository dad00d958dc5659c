"""Plain text: which letters the bytes mean, and where a paragraph ends."""

from __future__ import annotations

import re

from tovholder.formats.reading_shapes import Piece, Unreadable

BULLET = re.compile(r"^\s*(?:[-–—•*·▪●◦‣]|\d{1,3}[.)]|[a-zæøå][.)])\s+", re.IGNORECASE)


def decode(content: bytes) -> tuple[str, str]:
    """This will give the text and the name of its encoding: UTF-8, UTF-16, UTF-32, else Windows-1252; raises Unreadable."""
    for mark, name in (
        (b"\xff\xfe\0\0", "utf-32"),
        (b"\0\0\xfe\xff", "utf-32"),
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            return _decoded(content, name), name
    sample = content[:8192]
    if sample[1::2].count(0) > len(sample) * 0.3:
        return _decoded(content, "utf-16-le"), "utf-16-le"
    if sample[0::2].count(0) > len(sample) * 0.3:
        return _decoded(content, "utf-16-be"), "utf-16-be"
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        # Windows-1252 leaves five bytes without meaning; Latin-1 gives every byte one.
        try:
            return content.decode("cp1252"), "cp1252"
        except UnicodeDecodeError:
            return content.decode("latin-1"), "latin-1"


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode(name)
    except UnicodeDecodeError:
        raise Unreadable("Filens bogstaver kan ikke læses. Gem den som UTF-8, og prøv igen.") from None


def read_text(content: bytes) -> tuple[str, list[Piece], list[str]]:
    """This will read plain text to pieces: a line is a paragraph, unless the whole text is wrapped to a narrow column."""
    text, encoding = decode(content)
    lines = [line.rstrip() for line in re.split(r"\r\n|\r|\n|\f|\v|\u2028|\u2029", text)]
    pieces = [_piece(line) for line in (_unwrapped(lines) if _is_wrapped(lines) else lines) if line.strip()]
    notices = [] if encoding.startswith("utf") else ["Filen er ikke gemt som UTF-8. Tjek, at æ, ø og å står rigtigt."]
    return (pieces[0].text[:200] if pieces else ""), pieces, notices


def _piece(line: str) -> Piece:
    stripped = " ".join(line.split())
    # A dash may open a quotation, so only marks that can be nothing but a bullet are taken off.
    marked = re.match(r"^[•*·▪●◦‣]\s+", stripped)
    return Piece(stripped[marked.end() :], "list") if marked else Piece(stripped)


def _is_wrapped(lines: list[str]) -> bool:
    filled = [line for line in lines if line.strip()]
    if len(filled) < 6 or max(map(len, filled)) > 100:
        return False
    pairs = [(line, follower) for line, follower in zip(lines, lines[1:], strict=False) if len(line) >= 55 and follower.strip()]
    broken = [line for line, follower in pairs if line.rstrip()[-1] not in '.!?:»”"' and not BULLET.match(follower)]
    return len(broken) >= 3 and len(broken) >= len(filled) * 0.2


def _unwrapped(lines: list[str]) -> list[str]:
    joined: list[str] = []
    previous = ""
    for line in lines:
        if joined and previous.strip() and line.strip() and len(previous) >= 55 and not BULLET.match(line):
            joined[-1] = f"{joined[-1]} {line.strip()}"
        else:
            joined.append(line.strip())
        previous = line
    return joined
