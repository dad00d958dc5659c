"""Public offices named with a person: a mayor speaks as a mayor, and the caller decides what that means."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tovholder.texts.personal_data.find import Span
from tovholder.texts.personal_data.vocabulary import is_institution
from tovholder.texts.personal_data.words import Word, given_status, name_end, runs

_OFFICE = re.compile(
    r"(?<![^\W_])(?:(?:administrerende|adm\.|konstitueret|kst\.|tidligere|fhv\.|lægefaglig|sygeplejefaglig)[ ])?"
    r"(?:(?:vice|over|social|sundheds|1\.[ ]?vice)?borgmest(?:eren|er|rene|re)|"
    r"(?:sundheds|ældre|social|børne)?rådm(?:and|ænd)(?:en)?|rådkvinde"
    r"|(?:regionsråds|regions|regionsraads|udvalgs|gruppe|parti|bestyrelses|næst|råds|forbunds|lands|klynge|sundhedsråds|vice)?(?:næst)?form(?:and|ænd)(?:en)?|forperson(?:en)?"
    r"|(?:regionsråds|regionråds|byråds|folketings|kommunalbestyrelses|udvalgs|bestyrelses)medlem(?:merne|mer|met)?|MF\b"
    r"|(?:[a-zæøå-]{0,20})?minister(?:en)?|(?:[a-zæøå]{0,20})ordfører(?:en)?|ombudsmand(?:en)?|spidskandidat"
    r"|(?:regions|sundheds|kommunal|koncern|hospitals|sygehus|vice|social|psykiatri|læge|cheflæge|ældre|velfærds|områ?de)?direktør(?:en)?|stadsdirektør)(?![\w])",
    re.IGNORECASE,
)
_PARTY = r"(?:[ ]\([^()\n]{1,14}\))?"
_BETWEEN = re.compile(
    rf"{_PARTY},?[ ](?:(?:der|som|også|er|var|tidligere|ny|nyvalgt|den|kst\.|konst\.|nuværende|fungerende|mangeårig)[ ]){{0,4}}$"
)
_COMPLEMENT = re.compile(r"[ ](?:for|i|af|på|ved)[ ][^,.;:()\n]{1,90}")
_PREPOSITION = re.compile(r"(?:\b(?:for|i|af|på|ved|og|til|fra)[ ])$")
_AND = re.compile(rf"{_PARTY}(?:,|,?[ ](?:og|samt))[ ](?=[^\W\d_a-zæøå])")


@dataclass(frozen=True)
class _Name:
    start: int
    end: int
    certain: bool


def _first_name(text: str, start: int, end: int) -> _Name | None:
    """The first thing between start and end that is a name now that an office stands before it."""
    for words in runs(text, start, end):
        first = 0
        for index, word in enumerate(words):
            if not word.is_initial and not word.is_particle and is_institution(word.text):
                first = index + 1
        rest = words[first:]
        if not rest or rest[0].is_particle:
            continue
        last = name_end(rest, 0)
        certain = given_status(rest[0].text) != ""
        bare = first == 0 and _PREPOSITION.search(text, max(0, rest[0].start - 6), rest[0].start) is not None
        if (last >= 2 and not bare) or certain:
            return _Name(rest[0].start, rest[last - 1].end, certain)
    return None


def _last_name(text: str, start: int, end: int) -> _Name | None:
    """The name that ends just before an office, if only a party letter or «der er» stands between."""
    found: list[Word] = []
    for words in runs(text, start, end):
        if _BETWEEN.fullmatch(text, words[-1].end, end):
            found = words
            break
    for index, word in enumerate(found):
        if not is_institution(word.text) and not word.is_particle and (given_status(word.text) or len(found) - index >= 2):
            last = name_end(found, index)
            if last == len(found):
                return _Name(word.start, found[-1].end, given_status(word.text) != "")
    return None


def office_spans(text: str) -> Iterator[Span]:
    """This will give the names that stand with a public office, and the office."""
    for office in _OFFICE.finditer(text):
        stop = re.compile(r"[;:\n]|\.[ ](?=[^\W\d_a-zæøå][a-zæøå])|,").search(text, office.end(), office.end() + 120)
        reach = stop.start() if stop else min(len(text), office.end() + 120)
        after = _first_name(text, office.end(), reach)
        comma_before = False
        before = _last_name(text, max(0, office.start() - 90), office.start()) if after is None or not after.certain else None
        if before:
            complement = _COMPLEMENT.match(text, office.end())
            yield Span("name", before.start, before.end, text[office.start() : complement.end() if complement else office.end()].strip())
            continue
        if after is None and stop is not None and stop[0] == ",":
            after = _first_name(text, stop.end(), min(len(text), stop.end() + 60))
            comma_before = after is not None and text[stop.end() : after.start].strip() != ""
        if after is None or comma_before:
            continue
        title = text[office.start() : after.start].strip(" ,\t")
        yield Span("name", after.start, after.end, title)
        while re.search("ænd|borgmestre|medlemmer", office[0]):
            link = _AND.match(text, after.end)
            after = _first_name(text, link.end(), min(len(text), link.end() + 60)) if link else None
            if after is None or link is None or after.start != link.end():
                break
            yield Span("name", after.start, after.end, title)
