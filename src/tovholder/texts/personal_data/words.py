"""Runs of capitalised words, the raw material of names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tovholder.texts.given_names import GIVEN_NAMES, GIVEN_NAMES_ALSO_WORDS
from tovholder.texts.personal_data.vocabulary import is_institution

_UPPER = "A-ZÆØÅÄÖÜÉÈÁÍÓÚÇŠŽĆČÐÞŁŚŻİŞĞ"
_WORD = rf"(?:[{_UPPER}]\.(?:-?[{_UPPER}]\.){{0,3}}|(?:Chr|Fr|Th|Joh|Sct|Skt|Dr|Hr|Frk)\.|[{_UPPER}][^\W\d_]*(?:['’\-][^\W\d_]+)*)"
_PARTICLE = r"(?:von|van|de|der|den|af|la|el|al|da|du|bin|ben|le|zu|ten)"
_GAP = r"(?:[ \t]{1,2}|(?<=\.))"
RUN = re.compile(rf"(?<![\w@])(?<![\w]['’\-]){_WORD}(?:{_GAP}(?:{_PARTICLE}[ ]){{0,2}}{_WORD})*")
_TOKEN = re.compile(rf"{_WORD}|{_PARTICLE}(?=[ ])")


@dataclass(frozen=True)
class Word:
    """One word of a run, with its place in the text."""

    start: int
    end: int
    text: str

    @property
    def is_initial(self) -> bool:
        """This will tell whether the word is an initial or a short form such as «H.C.» or «Chr.»."""
        return self.text.endswith(".")

    @property
    def is_particle(self) -> bool:
        """This will tell whether the word is a small word inside a name, such as «von»."""
        return self.text[0].islower()


def runs(text: str, start: int = 0, end: int | None = None) -> Iterator[list[Word]]:
    """This will give the runs of capitalised words."""
    for run in RUN.finditer(text, start, len(text) if end is None else end):
        yield [Word(token.start(), token.end(), token[0]) for token in _TOKEN.finditer(text, run.start(), run.end())]


def given_status(word: str) -> str:
    """This will tell whether a word is a given name: «sure», «word» when it is also an everyday word, or «»."""
    low = word.casefold()
    for form in (low, low[:-1] if low.endswith("s") else low, low[:-2] if low.endswith(("'s", "’s")) else low):
        if form in GIVEN_NAMES:
            return "sure"
        if form in GIVEN_NAMES_ALSO_WORDS:
            return "word"
    if "-" in low:
        parts = low.split("-")
        if parts[0] in GIVEN_NAMES and not is_institution(parts[-1]):
            return "sure"
    return ""


def name_end(words: list[Word], first: int) -> int:
    """This will give the index after the last word of a name that begins at `first`."""
    index = first + 1
    while index < len(words) and index - first < 7:
        word = words[index]
        if word.is_particle:
            following = words[index + 1 : index + 3]
            if not following or is_institution(following[-1].text):
                break
        elif is_institution(word.text) and not word.is_initial:
            break
        index += 1
    while index > first + 1 and words[index - 1].is_particle:
        index -= 1
    return index
