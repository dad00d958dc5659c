"""Addresses: street and number, with floor, door, postcode and town where they follow."""

import re
from collections.abc import Iterable, Iterator

from tovholder.texts.personal_data.find import Span
from tovholder.texts.personal_data.vocabulary import NOT_A_STREET, UNITS, is_institution

_UPPER = "A-ZÆØÅÄÖÜÉ"
# Anchored on the number, so that a text without numbers costs nothing.
_NUMBER = re.compile(
    r"(?<=[^\W\d_]|[.’'])[ ]{1,2}(?:nr\.?[ ])?"
    r"(?P<number>[1-9]\d{0,2}(?:(?:[ ]?[A-Z]|[a-z])(?![\w]))?(?:[ ]?-[ ]?\d{1,3}(?:[ ]?[A-Z](?!\w))?)?)"
    r"(?![\w§])(?![.,:/]\d)(?!-\w)(?![ ]?%)"
)
_NO_NUMBER = re.compile(rf"(?<=[a-zæøåé]),?(?:[ ]|[ ]?\r?\n)(?=[1-9]\d{{3}}[ ][{_UPPER}][a-zæøå])")
_FLOOR = re.compile(
    r"(?:,?[ ]{1,2}(?:(?:stuen|st|kld?|kælder|\d{1,2})(?:\.|\b(?=[ ,]*(?:sal|t[hv]|mf)\b))[ ]?(?:sal\b)?[ ,.]{0,3}"
    r"(?:(?:t[hv]|mf)\b\.?|dør[ ]?\d+|(?:nr\.?[ ]|-)?\d{1,3}(?![\d.]))?|(?:t[hv]|mf)\b\.?|stuen\b|(?:dør|lejl\.?|lejlighed)[ ]\d+)){1,2}",
    re.IGNORECASE,
)
_TOWN = re.compile(
    rf"[ ]{{0,2}}[,;.]?[ ]{{0,2}}(?:\r?\n[ ]{{0,4}})?(?:[{_UPPER}][\w]{{1,30}},?(?:[ ]|[ ]?\r?\n))?(?:DK-)?[1-9]\d{{3}}[ ]{{1,2}}"
    rf"[{_UPPER}][a-zæøåéü]+(?:[ ](?:(?:NV|SØ|SV|NØ|[{_UPPER}])(?!\w)|(?:Sjælland|Fyn|Nord|Syd|Øst|Vest|Nykøbing|Lyngby|Fjord|J)\b))?"
)
_STRONG = re.compile(
    r"(?:vej(?:en)?|gade(?:n)?|all[eé](?:en)?|stræde(?:t)?|boulevard(?:en)?|vænge(?:t)?|torv(?:et)?|plads(?:en)?|toften|toft|bakken|parken|"
    r"stien|haven|haverne|ageren|agervej|skrænten|brinken|krogen|gyden|lunden|vangen|løkken|engen|højen|kajen|marken|park|passage|alleen)$",
    re.IGNORECASE,
)
_WEAK = re.compile(
    r"(?:bakke|have|sti|kaj|krog|ring|ringen|brink|ager|agre|agrene|lund|høj|høje|højene|vang|eng|enge|engene|løkke|gyde|slippen|led|leddet|mark|skov|"
    r"skoven|dal|dalen|gård|gården|gårdene|gaard|bro|broen|strand|stranden|holm|holmen|dam|dammen|vold|volden|banke|banken|mose|mosen|kær|kæret|hegn|"
    r"hegnet|bjerg|bjerget|ås|åsen|åen|huse|husene|linje|linjen|port|porten|næs|næsset|odde|odden|havn|havnen|kanten|kvarteret|minde|ly|by|byen|"
    r"kilden|borg|brynet|faldet|svinget|urten|bærret|klinten|kæret|banen|diget|lyngen|krattet|sletten|stenen|spring|torp|rup|bæk|bækken|kløften|kløft|sø|søen|hede|heden|rød|vig|vigen|kobbel|koblet|bo|pladsen)$",
    re.IGNORECASE,
)
_BARE_WORDS = """
vej gade allé alle stræde boulevard vænge torv plads park have passage kaj sti toft bakke
"""
_BARE = frozenset(_BARE_WORDS.split())
_BEFORE_STREET_WORDS = """
gammel gamle ny nye store lille nørre nordre vester vestre øster østre sønder søndre sankt sct. skt. nedre øvre nr. sdr. gl. vestre
bag ved under over neder oven syd nord øst vest indre ydre frederiksberg kongens dronningens prins hc h.c. chr. dr. kong
"""
_BEFORE_STREET = frozenset(_BEFORE_STREET_WORDS.split())
_PLACED = frozenset(["Ved", "Bag", "Under", "Over", "På", "Mellem", "Oven", "Neden", "Bagved"])
_SHORT = re.compile(r"(?:[^\W\d_]\.)+")
_LIVES = re.compile(
    r"(?:\bbo(?:r|ede|ende|et)?(?: \w{1,8}){0,2} (?:på|i)|adresse(?:n)?(?: er)?:?|flytte[rt]?(?:de)? (?:til|fra|ind på)|hjemme på)[ ]$",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"\.?[ ](?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|"
    r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|okt|nov|dec)\.)"
)
_ORDINAL = re.compile(r"\.[ ][a-zæøå]")
_NEXT_WORD = re.compile(r"[ ]([a-zæøå]+)")
_WORD = re.compile(r"[^\s,;:()\"»«!?]+")


def _street(text: str, end: int, proven: bool) -> int | None:
    """Where the street that ends here begins, or None where these words are no street."""
    begin = max(0, end - 90)
    begin = max(begin, text.rfind("\n", begin, end) + 1, *(text.rfind(mark, begin, end) + 1 for mark in ",;:()"))
    words = list(_WORD.finditer(text, begin, end))
    if not words or words[-1].end() != end:
        return None
    last = words[-1][0]
    low = last.casefold()
    capital = last[0].isupper()
    start = words[-1].start()
    before = words[:-1]
    if low in _BARE:
        first = start
        for word in reversed(before[-4:]):
            if not (word[0][0].isupper() or word[0] in ("de", "den", "af", "d.", "og")) or word[0].casefold() in NOT_A_STREET:
                break
            if word[0].endswith(".") and not _SHORT.fullmatch(word[0]) and word[0].casefold() not in _BEFORE_STREET:
                break
            first = word.start() if word[0][0].isupper() else first
        return first if first < start else None
    by_something = bool(before) and before[-1][0] in _PLACED
    if not by_something and (low in NOT_A_STREET or is_institution(last) and not _STRONG.search(last)):
        return None
    lives = _LIVES.search(text, max(0, start - 40), start) is not None
    strong = _STRONG.search(low)
    accepted = (
        (strong is not None and (capital or len(low) - len(strong[0]) >= 3))
        or (capital and (proven or lives))
        or (capital and len(low) >= 6 and _WEAK.search(low) is not None)
    )
    if not accepted and capital and by_something:
        accepted = _WEAK.search(low) is not None
    if not accepted:
        return None
    for word in reversed(before[-3:]):
        known = (
            word[0].casefold() in _BEFORE_STREET
            or (strong and word[0].endswith("s"))
            or (proven and not strong and word[0].casefold() not in NOT_A_STREET and word[0][-1] != ".")
        )
        if not (word[0][0].isupper() and known) or text[word.end() : start] != " ":
            break
        start = word.start()
    return start


def _begins_line_after(text: str, position: int, signed: frozenset[int]) -> bool:
    """Whether the line of this position is the one right under a signature."""
    line = text.rfind("\n", max(0, position - 60), position)
    return line >= 0 and bool(signed) and any(line - back in signed for back in range(3))


def address_spans(text: str, signed: Iterable[int] = ()) -> Iterator[Span]:
    """This will give every address in a folded text; `signed` holds where signatures end."""
    under = frozenset(signed)
    for found in _NUMBER.finditer(text):
        end = found.end()
        floor = _FLOOR.match(text, end)
        if floor:
            end = floor.end()
        town = _TOWN.match(text, end)
        if town:
            end = town.end()
        following = _NEXT_WORD.match(text, found.end())
        if not floor and not town and (following and following[1] in UNITS or _MONTH.match(text, found.end())):
            continue
        if not floor and not town and _ORDINAL.match(text, found.end()):
            continue
        start = _street(text, found.start(), bool(floor or town) or _begins_line_after(text, found.start(), under))
        if start is not None:
            yield Span("address", start, end)
    for found in _NO_NUMBER.finditer(text):
        town = _TOWN.match(text, found.start())
        line = max(text.rfind("\n", max(0, found.start() - 60), found.start()) + 1, found.start() - 60, 0)
        word = text[line : found.start()].rsplit(" ", 1)[-1]
        if town and word[:1].isupper() and _STRONG.search(word) and word.casefold() not in NOT_A_STREET:
            start = _street(text, found.start(), False)
            if start is not None:
                yield Span("address", start, town.end())
