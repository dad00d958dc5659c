"""Councils, committees, boards and groups, told by how Danish names them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from tovholder.texts.given_names import GIVEN_NAMES
from tovholder.texts.proposals.sentences import LOWER, UPPER, quoted
from tovholder.texts.proposals.shapes import Body

_L = f"{UPPER}{LOWER}"
_JOINED = rf"(?:[{_L}]{{3,}}-(?:, | og |, og ))*"
_DEFINITE = rf"{_JOINED}[{_L}]{{2,}}?(?:udvalget|(?<!om)rådet|(?<=l)bestyrelsen|bestyrelsen(?=s? for)|nævnet|kommissionen|klyngen)"
_GROUPS = r"(?:[Ss]tyregruppen|[Aa]rbejdsgruppen|[Ff]ølgegruppen|[Ee]kspertgruppen|[Dd]irektionen|[Ff]olketinget|[Hh]ovedudvalget)"
_OWNED = rf"(?:{_DEFINITE}s|[Ff]olketingets|[Rr]egionens|[Kk]ommunens) (?P<owned>{_JOINED}[{_L}]{{3,}}(?:udvalg|(?<!om)råd))\b"
_CAPITALS = rf"[{UPPER}][{LOWER}]+(?:-[{UPPER}][{LOWER}]+)*"
_NAMED = (
    rf"(?:(?:[Ss]undhedsråd|[Ss]undhedsklynge|[Kk]lynge|[Kk]lyngen|Kommunekontaktråd)(?:et|n)? {_CAPITALS}(?:(?: og|"
    rf" [A-ZÆØÅ]{{1,2}}\b| {_CAPITALS}))*|KKR(?: {_CAPITALS})?)"
)
_TITLED = (
    r"(?:[Uu]dvalget|Temagruppen|Rådet|Arbejdsgruppen|Styregruppen|Komitéen|Komiteen|Ekspertgruppen|Partnerskabet|Nævnet|Kommissionen|"
    r"Samarbejdsudvalget|Koordinationsudvalget|Netværksgruppen) (?:for|om|vedrørende) "
)
_TITLE_WORDS = re.compile(rf"(?:[{_L}]+-?,? ?)+")
_TITLE_STOP = re.compile(
    r"(?:,? (?:er|har|var|havde|vil|skal|kan|blev|bliver|får|der|som|at|siger|mødes|kalder|foreslår|ønsker|mener|anbefaler|besluttede|"
    r"drøftede|holder|behandler|godkender|arbejder|i dag|samt|"
    r"hvor)\b|, (?!og)"
    rf"| (?:i|på|den|og) (?=(?:Region |{_CAPITALS} Kommune|{_CAPITALS} {_CAPITALS}|\d)))"
)
_BODY = re.compile(
    rf"(?<![\w-])(?:(?P<own>{_OWNED})|(?P<named>{_NAMED})|(?P<titled>{_TITLED})|(?P<definite>{_DEFINITE}|{_GROUPS}))(?P<s>s|’s|"
    rf"'s)?(?![\w-])"
)
_TITLED_AT = re.compile(rf"(?<![\w-]){_TITLED}")
_PERSON = re.compile(rf" (?P<given>[{UPPER}][{LOWER}]+)(?:-[{UPPER}][{LOWER}]+)? (?=[{UPPER}])")
_IN_REGION = re.compile(rf" i (Region {_CAPITALS}|{_CAPITALS} Kommune)\b(?!s\b)")
_FALSE = re.compile(
    r"^(?:(?:for|til|be|på|an)rådet|raadet|.*(?:mål|alders|patient|borger|befolknings)gruppen|underudvalget|fagudvalget|spørgsmålet)$",
    re.IGNORECASE,
)
_NAMES_NOT_TO_MERGE = 0.7


def body_spans(text: str) -> Iterator[tuple[int, int, str]]:
    """This will give start, end and name of every body in a paragraph; the name stands without genitive."""
    quotes = list(quoted(text))
    for match in re.finditer(_BODY, text):
        if match["titled"]:
            continue
        name = match[0].removesuffix(match["s"]) if match["s"] else match[0]
        if match["named"] and match["s"]:
            name = match[0]
        if not _FALSE.match(name):
            yield match.start(), match.start() + len(name), name
    for match in _TITLED_AT.finditer(text):
        inside = next((inner for outer, _, inner, end in quotes if outer < match.start() < end and inner == match.start()), None)
        if inside is not None:
            end = next(end for _, _, inner, end in quotes if inner == inside)
        else:
            words = _TITLE_WORDS.match(text, match.end())
            end = words.end() if words else match.end()
            stop = _TITLE_STOP.search(text[:end], match.end())
            end = len(text[: stop.start() if stop else end].rstrip(" ,"))
            person = next((one for one in _PERSON.finditer(text, match.end()) if one["given"].casefold() in GIVEN_NAMES), None)
            end = min(end, person.start()) if person else end
            if end - match.end() < 4 or not (text[match.end()].isupper() or stop or end >= len(text.rstrip(" ."))):
                continue
        yield match.start(), end, text[match.start() : end]


def find_bodies(paragraphs: Sequence[str]) -> list[Body]:
    """This will find the bodies of a document, each once, with the spelling and the region it is best known by."""
    found: dict[str, Body] = {}
    bare: set[str] = set()
    seen: list[tuple[int, int, int, str, str]] = []
    for number, text in enumerate(paragraphs, 1):
        taken: list[tuple[int, int]] = []
        for start, end, name in sorted(body_spans(text), key=lambda span: (span[0], -span[1])):
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            taken.append((start, end))
            region = _IN_REGION.match(text, end)
            seen.append((number, start, end, name, f"{name}{region[0]}" if region else ""))
            if not region:
                bare.add(name.casefold())
    owned = {name.split(" ", 1)[1].casefold() + "et" for *_, name, _ in seen if re.search(r"s [\w -]+(?:udvalg|råd)$", name)}
    for number, start, end, name, longer in seen:
        key = name.casefold()
        if key in owned or (key == "folketinget" and any("folketingets" in other.casefold() for *_, other, _ in seen)):
            continue
        best = longer if longer and key not in bare else name
        if longer and key not in bare:
            end = start + len(longer)
        known = found.get(key)
        mid_capital = (
            start > 0 and name[0].isupper() and paragraphs[number - 1][start - 2 : start] not in (". ", "- ", "– ", "? ", "! ", ": ")
        )
        if known is None or (mid_capital and known.name[0].islower()):
            place = known or Body(paragraph=number, start=start, end=end, text=paragraphs[number - 1][start:end], name=best)
            found[key] = Body(paragraph=place.paragraph, start=place.start, end=place.end, text=place.text, name=best)
        elif known.name[0].isupper() and name[0].islower() and known.start == 0 and known.name.casefold() == key:
            found[key] = Body(paragraph=number, start=start, end=end, text=name, name=best)
    return list(found.values())


def not_to_merge(bodies: Sequence[Body]) -> list[tuple[str, str]]:
    """This will pair bodies whose names look so alike that a person might take them for one."""
    pairs: list[tuple[str, str]] = []
    for number, one in enumerate(bodies):
        for other in bodies[number + 1 :]:
            ours, theirs = one.name.casefold(), other.name.casefold()
            alike = SequenceMatcher(None, ours, theirs).ratio() > _NAMES_NOT_TO_MERGE
            if alike and ours not in theirs and theirs not in ours and " " not in ours + theirs:
                pairs.append((one.name, other.name))
    return pairs
