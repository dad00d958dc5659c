"""A find, and the folded form of a text in which the finders look."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

# Strongest first: where two finds overlap, the earlier kind keeps the characters.
KINDS = ("cpr", "email", "phone", "signed_name", "name", "address")


@dataclass(frozen=True)
class Find:
    """Something in a text that points to a person; `office` holds a public office named with the person."""

    kind: str
    start: int
    end: int
    text: str
    office: str = ""


@dataclass(frozen=True)
class Span:
    """A find before it is settled against the others; positions are in the folded text."""

    kind: str
    start: int
    end: int
    office: str = ""


@dataclass(frozen=True)
class Folded:
    """A text with one form for digits, blanks and dashes, and the way back to the original positions."""

    text: str
    positions: Sequence[int] | None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """This will give the place in the original text of a place in the folded one."""
        if self.positions is None:
            return start, end
        return self.positions[start], self.positions[end]


_BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u2028\u2029\x0b\x0c"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_HIDDEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2061\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_WANTS_MAP = re.compile(f"[{_HIDDEN}\u0300-\u036f]")


@cache
def _table() -> dict[int, str]:
    table = {ord(char): " " for char in _BLANKS} | {ord(char): "-" for char in _DASHES}
    for code in range(0x660, 0x1FC00):
        if unicodedata.category(chr(code)) == "Nd":
            table[code] = str(unicodedata.decimal(chr(code)))
    table |= {ord("\uff20"): "@", ord("\ufe6b"): "@", ord("\uff0e"): ".", ord("\uff0f"): "/", ord("\uff1a"): ":", ord("\uff0b"): "+"}
    return table


def fold(text: str) -> Folded:
    """This will give the text with plain digits, blanks and dashes, composed letters and no invisible characters."""
    if text.isascii():
        return Folded(text, None)
    plain = text.translate(_table())
    if not _WANTS_MAP.search(plain):
        return Folded(plain, None)
    kept: list[str] = []
    positions: list[int] = []
    for position, char in enumerate(plain):
        if char in _HIDDEN:
            continue
        if kept and unicodedata.combining(char):
            composed = unicodedata.normalize("NFC", kept[-1] + char)
            kept[-1] = composed if len(composed) == 1 else kept[-1]
            continue
        kept.append(char)
        positions.append(position)
    positions.append(len(text))
    return Folded("".join(kept), positions)


def settle(text: str, folded: Folded, spans: Iterable[Span]) -> tuple[Find, ...]:
    """This will give sorted finds that share no character; a weaker kind keeps what a stronger one leaves of it."""
    taken: list[Span] = []
    owner = bytearray(len(folded.text))
    for span in sorted(spans, key=lambda s: (KINDS.index(s.kind), s.start, s.start - s.end)):
        start = span.start
        while start < span.end:
            end = owner.find(1, start, span.end)
            end = span.end if end < 0 else end
            piece = folded.text[start:end]
            # What is left of a cut span must still say something: a letter word or a number.
            if piece.strip(" \t\r\n,.;:-") and (start == span.start and end == span.end or len(piece.strip()) > 2):
                lead = len(piece) - len(piece.lstrip(" \t\r\n,;:"))
                tail = len(piece) - len(piece.rstrip(" \t\r\n,;:"))
                taken.append(Span(span.kind, start + lead, end - tail, span.office))
            following = owner.find(0, end, span.end)
            owner[start:end] = b"\x01" * (end - start)
            start = span.end if following < 0 else following
    finds = []
    for span in sorted(taken, key=lambda s: s.start):
        start, end = folded.original(span.start, span.end)
        if folded.positions is not None:
            end = folded.positions[span.end - 1] + 1
            while end < len(text) and unicodedata.combining(text[end]):
                end += 1
        finds.append(Find(span.kind, start, end, text[start:end], span.office))
    return tuple(finds)


def redact(text: str, finds: Iterable[Find], replacement: str) -> str:
    """This will give the text with every find replaced."""
    parts: list[str] = []
    reached = 0
    for find in sorted(finds, key=lambda f: (f.start, f.end)):
        if find.end <= reached:
            continue
        if find.start >= reached:
            parts += [text[reached : find.start], replacement]
        reached = find.end
    parts.append(text[reached:])
    return "".join(parts)
