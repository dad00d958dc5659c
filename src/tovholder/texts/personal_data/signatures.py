"""Names under a greeting: «Venlig hilsen», «Mvh», «Kærlig hilsen» and their kin."""

import re
from collections.abc import Iterable, Iterator

from tovholder.texts.given_names import GIVEN_NAMES, GIVEN_NAMES_ALSO_WORDS
from tovholder.texts.personal_data.find import Span
from tovholder.texts.personal_data.surnames import is_surname
from tovholder.texts.personal_data.vocabulary import ADDRESSED, is_institution
from tovholder.texts.personal_data.words import given_status, name_end, runs

_GREETING = re.compile(
    r"(?<![^\W_])(?:(?P<plain>(?:hilsen|hilsner|hilsener|mvh|m\.[ ]?v\.[ ]?h|m\.h|v\.?h|d\.?b\.?h|k\.?h|vbh|knus|kram|kys|"
    r"ærbødigst|venligst|kærligst|bedste|b\.?h|(?:best|kind)[ ]regards|høfligst|underskrevet|underskrift|"
    r"sign|skrevet[ ]af|indsendt[ ]af|indsender|afsender)\b\.?"
    r"(?:[ ](?:fra|herfra|af|din|jeres|deres))?(?:[ ]?/[ ]?(?:best|kind)[ ]regards)?"
    r"(?:[ ](?:på[ ]vegne[ ]af|for)[ ][^\n]{1,60}(?=\n))?)"
    r"|(?P<line>(?:på[ ]forhånd[ ](?:mange[ ])?tak|(?:mange[ ]|1000[ ]|tusind[ ])?tak|"
    r"tak[ ]for[ ][^\W\d_]+|de[ ]bedste[ ]ønsker|alt[ ]godt|med[ ]ønske[ ]om[ ][^\n.]{1,30})[ ]?[.,!]?[ \t]*(?=\r?\n)))"
    r"[ \t]*[,.!:;\-*_]{0,3}(?:</?\w{1,6}[ ]?/?>\s?){0,4}(?:[ \t]*\r?\n){0,4}[ \t]*[\-*_]{0,3}[ \t]{0,3}",
    re.IGNORECASE,
)
_STROKE = re.compile(r"(?:(?<=\s)|(?<=[.!?])|^)[/~]{1,2}[ ]?(?=[^\W\d_a-zæøå])", re.MULTILINE)
_LINE_END = re.compile(r"[ \t.,!]*(?:\n|\r|$)")
_LOWER_WORD = re.compile(r"[a-zæøåéöü]+(?:-[a-zæøå]+)?")
_LOWER_NEXT = re.compile(r"[ ]([a-zæøåéöü]+)")
_AND = re.compile(r"(?:[ ]?(?:&|\+|/)[ ]?|,?[ ]og[ ]|,[ ])(?=[^\W\d_a-zæøå])")
_FAMILY = re.compile(r"(?:[Ff]amilien|[Ff]am\.)[ ]")
_BELOW = re.compile(r"(?:\r?\n[ \t]*){1,2}")
_NOUN_END = re.compile(r"(?:en|et|erne|ende|ene|er|ning|hed)$")


def _signed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The name that begins exactly here, or None."""
    for words in runs(text, start, end):
        if words[0].start != start:
            return None
        word = words[0]
        low = word.text.casefold()
        if word.is_initial and len(words) == 1:
            return None
        if is_institution(word.text) and not word.is_initial or low in ADDRESSED:
            return None
        last = name_end(words, 0)
        following = words[last].text if last < len(words) else ""
        if following and is_institution(following) and not given_status(word.text):
            return None
        known = given_status(word.text) != "" or any(is_surname(w.text) for w in words[:last])
        if last == 1 and not known:
            rest = text[word.end : word.end + 2]
            coupled = _AND.match(text, word.end) is not None
            if rest[:1] == " " and rest[1:].islower() and not coupled or len(low) >= 7 and _NOUN_END.search(low) or len(low) < 2:
                return None
        return word.start, words[last - 1].end
    return None


def _signed_small(text: str, start: int) -> tuple[int, int] | None:
    word = _LOWER_WORD.match(text, start)
    if word is None or not (
        word[0] in GIVEN_NAMES or word[0] in GIVEN_NAMES_ALSO_WORDS and re.compile(r"[ ]*(?:\n|$)").match(text, word.end())
    ):
        return None
    end = word.end()
    for _ in range(3):
        following = _LOWER_NEXT.match(text, end)
        if following is None or not (is_surname(following[1]) or following[1] in GIVEN_NAMES):
            break
        end = following.end()
    return start, end


def _signed_below(text: str, begin: int, line_end: int) -> tuple[int, int] | None:
    """A name alone on the line under the organisation that signs."""
    below = _BELOW.match(text, line_end) if line_end >= 0 else None
    if below is None or not any(is_institution(word.text) for words in runs(text, begin, line_end) for word in words):
        return None
    found = _signed(text, below.end(), min(len(text), below.end() + 80))
    return found if found and " " in text[found[0] : found[1]] and _LINE_END.match(text, found[1]) else None


def promoted(text: str, named: Iterable[Span]) -> Iterator[Span]:
    """This will give the names on the two lines under a greeting once more, as signatures."""
    reach = [(found.start(), found.end()) for found in _GREETING.finditer(text)]
    index = 0
    for span in sorted(named, key=lambda s: s.start):
        while index + 1 < len(reach) and reach[index + 1][1] <= span.start:
            index += 1
        if reach and reach[index][1] <= span.start <= reach[index][1] + 80 and "\n" in text[reach[index][0] : span.start]:
            line = text.rfind("\n", reach[index][0], span.start) + 1
            begun = text[line : span.start].strip()
            if text.count("\n", reach[index][1], span.start) <= 1 and (not begun or begun.endswith(".") and " " not in begun):
                yield Span("signed_name", span.start, span.end, span.office)


def signature_spans(text: str) -> Iterator[Span]:
    """This will give every name that signs under a greeting."""
    for greeting in _GREETING.finditer(text):
        start = greeting.end()
        family = _FAMILY.match(text, start)
        begin = family.end() if family else start
        line_end = text.find("\n", begin, begin + 120)
        end = line_end if line_end >= 0 else min(len(text), begin + 120)
        found = _signed(text, begin, end) or _signed_small(text, begin) or _signed_below(text, begin, line_end)
        while found:
            yield Span("signed_name", start if family and found[0] == begin else found[0], found[1])
            link = _AND.match(text, found[1])
            following = _signed(text, link.end(), end) if link and link.end() < end else None
            if link and "," in link[0] and following and not given_status(text[following[0] : following[1]].split(" ")[0]):
                following = None
            found = following
    for stroke in _STROKE.finditer(text):
        found = _signed(text, stroke.end(), min(len(text), stroke.end() + 80))
        if found and _LINE_END.match(text, found[1]):
            yield Span("signed_name", *found)
