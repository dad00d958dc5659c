"""Names of private persons in running text."""

import re
from collections.abc import Iterable, Iterator

from tovholder.texts.given_names import GIVEN_NAMES
from tovholder.texts.personal_data.find import Span
from tovholder.texts.personal_data.surnames import is_surname
from tovholder.texts.personal_data.vocabulary import (
    ADDRESSED,
    INSTITUTION_HEADS,
    INTRODUCTIONS,
    NOT_A_PERSON_AFTER,
    RELATIONS,
    SPEECH,
    TITLES,
    is_institution,
)
from tovholder.texts.personal_data.words import Word, given_status, name_end, runs

_PERSON_SUBJECT = frozenset(["jeg", "hun", "han", "som", "der", "du", "hende", "ham", "barnet"]) | RELATIONS
# «Hans Majestæt», «Per Borger»: at the start of a sentence these need a real surname.
_FUNCTION_WORDS_WORDS = """
hans per sine mine ville tage held jo line maj sol can said an tro max din
"""
_FUNCTION_WORDS = frozenset(_FUNCTION_WORDS_WORDS.split())
_SMALL = re.compile(
    r"(?<!\w)(?:(?:min|mit|vores|hans|hendes)[ ](?P<relation>[^\W\d_]{2,15}),?|(?:jeg|hun|han)[ ]hedder|mit[ ]navn[ ]er)[ ]"
    r"(?P<name>[a-zæøåéöü]{2,20}(?:[ ][a-zæøåéöü]{2,20})?)",
    re.IGNORECASE,
)
# Two capitalised words that one calls, writes to or talks with are a person, whatever they are called.
_CALLED = re.compile(
    r"(?:\b(?:ring|ringe|ringer|ringede|skriv|skrive|skriver|skrev|tak|takke|henvend dig|henvende sig) til"
    r"|\b(?:kontakt|kontakte|kontaktede|mødte|spurgte)"
    r"|\b(?:tal|tale|taler|talte|talt|snak|snakke|snakkede|snakket) med|\bhilsen fra|\btakket være)[ ]$",
    re.IGNORECASE,
)
_NEXT = re.compile(r"[ ]([a-zæøå]+)")
_AGE = re.compile(r",?[ ](?:på[ ])?\(?\d{1,3}[ ]?år|[ ]\(\d{1,2}\)|,[ ]\d{2}\b")
_SENTENCE_END = ".!?:\n\"»«”“•-|>*'’’_"


def _lead(text: str, start: int) -> tuple[str, bool]:
    """What stands before a run: the kind of evidence («person», «thing» or «»), and whether a sentence begins here."""
    before = text[max(0, start - 64) : start]
    line = before.rsplit("\n", 1)[-1]
    stripped = line.rstrip()
    opens = not stripped or stripped[-1] in _SENTENCE_END
    words = stripped.split()
    if not words:
        return "", True
    last = words[-1].casefold().lstrip('("»”-')
    bare = last.rstrip(",")
    if bare in NOT_A_PERSON_AFTER:
        return "thing", False
    if last.rstrip(":") in INTRODUCTIONS or last in TITLES or bare in RELATIONS:
        return "person", opens
    tail = [word.casefold().strip(",.:") for word in words[-6:]]
    if last == "hedder" and _PERSON_SUBJECT.intersection(tail):
        return "person", False
    if last.rstrip(":") == "er" and "navn" in tail:
        return "person", False
    return "", opens


def _accept(text: str, words: list[Word], index: int, lead: str, opens: bool) -> bool:
    """Whether a name begins at this word of the run."""
    word = words[index]
    low = word.text.casefold()
    last = name_end(words, index)
    company = last - index >= 2
    status = given_status(word.text)
    if lead == "thing":
        return False
    if status == "sure":
        return True
    surname = any(is_surname(other.text) for other in words[index + 1 : last])
    if status == "word" and company:
        return surname or not opens or low not in _FUNCTION_WORDS
    if lead == "person" and not word.is_initial and low not in ADDRESSED:
        return True
    if status == "word":
        following = _NEXT.match(text, word.end)
        if following and following[1] in SPEECH or _AGE.match(text, word.end):
            return True
        return not opens and index == 0 and len(words) == 1
    if word.is_initial:
        return surname
    if (
        company
        and _CALLED.search(text[max(0, word.start - 24) : word.start])
        and not any(is_institution(other.text) for other in words[index:last])
    ):
        return True
    return company and surname and (is_surname(words[last - 1].text)) and (index > 0 or not opens or last - index == 2)


def _named_after(words: list[Word], last: int) -> bool:
    """Whether an institution's head noun follows: «Mary Elizabeths Hospital» is no person."""
    if last >= len(words):
        return False
    low = words[last].text.casefold()
    return low in INSTITUTION_HEADS or low.endswith(("hospital", "skole", "centret", "center", "fonden", "hjemmet", "kollegiet", "hospice"))


def name_spans(text: str, streets: Iterable[Span]) -> Iterator[Span]:
    """This will give names of persons, apart from those a street is named after."""
    inside = {position for street in streets for position in range(street.start, min(street.end, street.start + 80))}
    for words in runs(text):
        lead, opens = _lead(text, words[0].start)
        index = 0
        while index < len(words):
            word = words[index]
            low = word.text.casefold()
            if low in NOT_A_PERSON_AFTER:
                lead, opens = "thing", False
                index += 1
                continue
            if low in TITLES or low in RELATIONS or low in INTRODUCTIONS:
                lead, opens = "person", False
                index += 1
                continue
            stop = word.is_particle or is_institution(word.text) and not word.is_initial
            if stop and not given_status(word.text) or word.start in inside or not _accept(text, words, index, lead, opens):
                index += 1
                opens, lead = False, "" if lead == "person" else lead
                continue
            last = name_end(words, index)
            if not _named_after(words, last):
                yield Span("name", word.start, words[last - 1].end)
            index, lead = last, ""
    for found in _SMALL.finditer(text):
        parts = found["name"].split(" ")
        if (found["relation"] is None or found["relation"].casefold() in RELATIONS) and parts[0] in GIVEN_NAMES:
            end = (
                found.end() if len(parts) > 1 and (is_surname(parts[1]) or parts[1] in GIVEN_NAMES) else found.start("name") + len(parts[0])
            )
            yield Span("name", found.start("name"), end)
