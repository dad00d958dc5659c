"""Where a Danish sentence begins and ends, and what stands in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

UPPER = "A-ZÆØÅÉÖÄÜ"
LOWER = "a-zæøåéöäüß"
BULLET = re.compile(r"^\s*(?:[-–—•*·▪●◦‣]|\d{1,3}[.)](?=\s)|[a-zæøå]\))\s*")
DASH = re.compile(r"^\s*[-–—]\s*(?=[^\s\d])")
_SHORT = re.compile(
    r"(?:\b(?:d|kl|nr|ca|jf|mio|mia|dr|pct|stk|inkl|ekskl|tlf|mob|evt|hhv|ift|pga|vedr|mv|osv|etc|fx|bl\.\s?a|f\.\s?eks|m\.\s?v|m\.\s?fl|"
    r"o\.\s?l|dvs|prof|sml|max|min|st|afd|kap|pkt|adm|lic|cand|ph\.d|s|red)|\b[A-ZÆØÅ]|\b\d{1,2})\.$",
    re.IGNORECASE,
)
_STOP = re.compile(rf"[.!?…]+[»«”“\"’)]*(?=\s+[^{LOWER}\s]|\s*$)|(?<=[{LOWER}])[.!?](?=[{UPPER}][{LOWER}])")
_QUOTED = re.compile(r"»([^«»]+)[«»]|“([^“”]+)”|„([^“”„]+)[“”]|”([^”“]+)[”“]|\"([^\"]+)\"|(?<![\w’])[’‘']([^’‘'\s][^’‘'\n]*?)[’'](?!\w)")
_OPEN = re.compile(r"^\s*[»“„”\"](?P<text>[^»«“”„\"]{20,})$")


def sentences(text: str) -> list[tuple[int, int]]:
    """This will give the start and end of every sentence of a paragraph."""
    found: list[tuple[int, int]] = []
    start = 0
    for stop in _STOP.finditer(text):
        if stop[0].startswith(".") and _SHORT.search(text[start : stop.start() + 1]) and stop.end() < len(text):
            continue
        found.append((start, stop.end()))
        start = stop.end()
        while start < len(text) and text[start].isspace():
            start += 1
    if start < len(text):
        found.append((start, len(text)))
    return found


def sentence_at(text: str, place: int) -> tuple[int, int]:
    """This will give the start and end of the sentence a character stands in."""
    return next(((start, end) for start, end in sentences(text) if start <= place < end), (0, len(text)))


def quoted(text: str) -> Iterator[tuple[int, int, int, int]]:
    """This will give every quoted stretch: outer start and end, inner start and end; a mark that is never closed runs to the end."""
    for match in _QUOTED.finditer(text):
        group = next(number for number in range(1, 7) if match[number] is not None)
        yield match.start(), match.end(), match.start(group), match.end(group)
    unclosed = _OPEN.match(text)
    if unclosed:
        yield unclosed.start(), unclosed.end(), unclosed.start("text"), unclosed.end("text")


def is_short_line(text: str) -> bool:
    """This will tell whether a paragraph looks like a heading or a label: short, and without an end of sentence."""
    return len(text) <= 90 and len(text.split()) <= 12 and not text.rstrip().endswith((".", "!", ",", ";", "»", "«"))


def is_list_item(text: str) -> bool:
    """This will tell whether a paragraph starts with a bullet, a dash or a number."""
    return bool(BULLET.match(text))
