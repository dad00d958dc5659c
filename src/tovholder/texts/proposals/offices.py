"""Public offices in Danish: which words name one, and how far the description of an office runs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tovholder.texts.given_names import GIVEN_NAMES
from tovholder.texts.proposals.organisations import named_spans
from tovholder.texts.proposals.sentences import LOWER, UPPER

_BEFORE = (
    r"(?:(?:administrerende|adm\.|lægefaglig|sygeplejefaglig|lægelig|politisk|konstitueret|fungerende|daværende|tidligere|kommende|nyvalgt|"
    r"ny|genvalgt|første|1\.|2\.) )*"
)
_HEADS = (
    r"(?:(?:over|vice)?borgmester|rådmand|\w*(?:regionsråds|udvalgs|råds|bestyrelses|klynge|forbunds|lands|kreds|forenings|vice)?(?:for|"
    r"næstfor)mand|"
    r"\w*forkvinde|\w*forperson|(?:\w+-(?:, | og |, og ))*\w*(?:direktør|minister|ordfører)|(?:regionsråds|byråds|kommunalbestyrelses|"
    r"folketings|sundhedsråds|udvalgs|"
    r"bestyrelses|råds)medlem|byrådspolitiker|regionsrådspolitiker|generalsekretær|rektor|dekan|overpræsident|statsrevisor|"
    r"medlem af (?=\w*(?:råd|udvalg|bestyrelse|folketing|byråd)))"
)
_PLURALS = {
    "borgmestre": "borgmester",
    "borgmestrene": "borgmester",
    "viceborgmestre": "viceborgmester",
    "rådmænd": "rådmand",
    "rådmændene": "rådmand",
    "direktører": "direktør",
    "direktørerne": "direktør",
    "ministre": "minister",
    "ministrene": "minister",
    "ordførere": "ordfører",
    "ordførerne": "ordfører",
    "formænd": "formand",
    "formændene": "formand",
    "medlemmer": "medlem",
    "medlemmerne": "medlem",
}
_PLURAL = re.compile(r"(?<![\w-])\w*?(?P<ending>" + "|".join(sorted(_PLURALS, key=len, reverse=True)) + r")(?![\w-])", re.IGNORECASE)
_OFFICE = re.compile(rf"(?<![\w-])(?P<head>{_BEFORE}{_HEADS})(?P<definite>en)?(?![\w-])", re.IGNORECASE)
_NOT_OFFICES = re.compile(r"(?:administrator|^administer|fremmand|nordmand|idrætsmand)", re.IGNORECASE)
_LETTERED = re.compile(r" \([A-ZÆØÅ]{1,2}\)(?= (?:i|for|på) )")
_PREPOSITION = re.compile(r" (?:for|i|på|ved|hos|af|under) ")
_WORD = re.compile(rf"[{UPPER}{LOWER}0-9][\w&’'-]*\.?")
_ENDS = re.compile(
    r"(?:og|samt|er|var|har|havde|vil|skal|kan|blev|bliver|siger|sagde|udtaler|mener|fortæller|forklarer|understreger|tilføjer|som|der|"
    r"at|men|når|hvis|"
    r"glæder|ser|håber|kalder|tror|synes|bød|byder|åbner|åbnede|holder|holdt|deltager|takker|takkede|orienterede|oplyste|til|med|om|fra|"
    r"da|fordi|også|"
    r"i dag|ifølge|præsenterer|fremlægger|fremlagde|indledte|indleder|mødes|peger|foreslog|spurgte)$"
)
_GENITIVE = re.compile(
    rf"(?P<owner>[{UPPER}][\w-]*(?: [{UPPER}][\w-]*)*?)(?:s|'s|’s|’|') (?:nye |kommende |tidligere |politiske |faglige )?$"
)


@dataclass(frozen=True)
class Office:
    """An office as it stands in a paragraph, with the roles it names and whether it names several people."""

    start: int
    end: int
    roles: tuple[str, ...]
    several: bool = False


def offices(text: str, bare_bodies: frozenset[str] = frozenset()) -> list[Office]:
    """This will find the public offices of a paragraph; a body known by its bare name loses "i Region …" in the role."""
    found: list[Office] = []
    named = named_spans(text)
    for match in _PLURAL.finditer(text):
        ending = match["ending"].lower()
        whole = match[0]
        prefix = whole[: len(whole) - len(ending)].lower()
        single = _PLURALS[ending]
        if single == "medlem" and not prefix.endswith(("råds", "bestyrelses", "folketings", "udvalgs")):
            continue
        end, complement = _complement(text, match.end(), named, bare_bodies)
        found.append(Office(match.start(), end, (f"{prefix}{single}{complement}",), True))
    for match in _OFFICE.finditer(text):
        if _NOT_OFFICES.search(match["head"]) or any(other.start <= match.start() < other.end for other in found):
            continue
        end, complement = _complement(text, match.end() - (1 if match[0].endswith(" ") else 0), named, bare_bodies)
        head = _lowered(match["head"].strip())
        owner = _GENITIVE.search(text[: match.start()])
        start = match.start()
        if owner and not complement:
            start = owner.start("owner")
            if head.endswith("borgmester"):
                start = min([begin for begin, finish in named if begin <= start < finish], default=start)
            elif any(begin <= start < finish for begin, finish in named):
                complement = f" for {owner['owner']}"
                start = next(begin for begin, finish in named if begin <= start < finish)
        found.append(Office(start, end, (f"{head}{complement}",)))
    return _joined(text, sorted(found, key=lambda office: (office.start, -office.end)))


def _joined(text: str, found: Sequence[Office]) -> list[Office]:
    """Two offices of one person stand with "og" between them: borgmester i X og formand for Y."""
    joined: list[Office] = []
    for office in found:
        if joined and office.start < joined[-1].end:
            continue
        between = text[joined[-1].end : office.start] if joined else ""
        if joined and not joined[-1].several and re.fullmatch(r",? (?:og|samt)(?: (?:også|tillige))? ", between):
            joined[-1] = Office(joined[-1].start, office.end, (*joined[-1].roles, *office.roles))
        else:
            joined.append(office)
    return joined


def _lowered(head: str) -> str:
    return head[0].lower() + head[1:] if head[:1].isupper() and not head[:2].isupper() else head


def _complement(text: str, place: int, named: Sequence[tuple[int, int]], bare_bodies: frozenset[str]) -> tuple[int, str]:
    lettered = _LETTERED.match(text, place)
    place = lettered.end() if lettered else place
    start = place
    while True:
        preposition = _PREPOSITION.match(text, place)
        if not preposition:
            break
        after = preposition.end()
        article = re.compile(r"(?:den|det|de) ").match(text, after)
        after = article.end() if article else after
        covered = max((end for begin, end in named if begin == after), default=0)
        if place != start and not covered:
            break
        if place != start and preposition[0] == " i " and text[start:place].split(" ", 2)[-1].strip().casefold() in bare_bodies:
            return covered, text[start:place]
        last = re.compile(rf" [{UPPER}][\w-]+(?=[,.;:]|$)").match(text, covered) if covered else None
        if last and last[0].strip().casefold().split("-")[0] not in GIVEN_NAMES:
            covered = last.end()
        end = covered or _phrase_end(text, after)
        if end <= after:
            break
        place = end
    return place, text[start:place]


def _phrase_end(text: str, place: int) -> int:
    end = place
    capital_before = False
    while True:
        word = _WORD.match(text, end + (1 if end > place else 0))
        if not word or (end > place and text[end] != " "):
            break
        plain = word[0].rstrip(".")
        if _ENDS.match(plain) and not (plain == "og" and _goes_on(text, word.end(), capital_before)):
            break
        follower = _WORD.match(text, word.end() + 1)
        if plain.casefold().split("-")[0] in GIVEN_NAMES and plain[0].isupper() and follower and follower[0][0].isupper():
            break
        end = word.end() - (1 if word[0].endswith(".") else 0)
        capital_before = plain[0].isupper()
        if word[0].endswith("."):
            break
    return end


def _goes_on(text: str, place: int, capital_before: bool) -> bool:
    """An "og" belongs to the office when a word of the same kind follows, not a name and not another office."""
    word = _WORD.match(text, place + 1)
    if not word or _OFFICE.match(text, word.start()) or word[0].casefold() in GIVEN_NAMES or _ENDS.match(word[0]):
        return False
    return word[0][0].isupper() == capital_before
