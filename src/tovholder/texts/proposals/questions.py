"""Questions a document asks: headings, bullets and sentences in running text, each once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tovholder.texts.proposals.sentences import BULLET, LOWER, sentences
from tovholder.texts.proposals.shapes import Question

_FURNITURE = re.compile(
    r"^(?:har du (?:spørgsmål|kommentarer|brug for hjælp|en idé)|vil du (?:vide|læse|høre) mere|fandt du|hjalp (?:denne|siden)|"
    r"var (?:denne|siden)|"
    r"kunne du (?:bruge|finde)|glemt|mangler du|ikke sandt|hvad synes du om (?:siden|hjemmesiden)|accepterer du|er du en robot|læs også)",
    re.IGNORECASE,
)
_MARKS = "»«”“„\"’‘' "
_CLOCK = re.compile(r"\s*(?:kl\. ?)?\d{1,2}[.:]\d{2}(?: ?[-–] ?\d{1,2}[.:]\d{2})?:?\s+")
_MIN_WORDS = 3


def find_questions(paragraphs: Sequence[str]) -> list[Question]:
    """This will find every question, without bullet and quotation marks, the first time it is asked."""
    found: dict[str, Question] = {}
    for number, text in enumerate(paragraphs, 1):
        starts = [start for start, _ in sentences(text)]
        for mark in re.finditer(r"\?(?![\w=&/])", text):
            start = max([place for place in starts if place <= mark.start()], default=0)
            start = max([start, *(stop.end() for stop in re.finditer(r"[?!]", text[: mark.start()]))])
            start = _clause(text, start, mark.end())
            asked = text[start : mark.end()].strip()
            key = asked.casefold()
            if len(asked.split()) >= _MIN_WORDS and not _FURNITURE.match(asked) and key not in found:
                found[key] = Question(paragraph=number, start=start, end=mark.end(), text=asked)
    return list(found.values())


def _clause(text: str, start: int, end: int) -> int:
    for mark in (BULLET, _CLOCK):
        opening = mark.match(text[start:end])
        start += opening.end() if opening else 0
    while start < end and text[start] in _MARKS + "-–—•":
        start += 1
    inside = text[start:end]
    opened = [
        match.end()
        for match in re.finditer(r"(?:^|(?<=[\s:(]))[»”“„\"](?=[^\s])", inside)
        if not re.search(r"[«”“\"]", inside[match.end() :])
    ]
    colon = [match.end() for match in re.finditer(rf":\s+[-–—]?\s*[»”“„\"]?(?=[^{LOWER}\d\s])", inside)]
    place = start + max([0, *opened, *colon])
    while place < end and text[place] in _MARKS:
        place += 1
    return place
