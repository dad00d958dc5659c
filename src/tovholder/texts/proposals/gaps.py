"""What a document announces and does not give, what its status is, and what is page furniture rather than text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tovholder.texts.proposals.sentences import BULLET, is_list_item, is_short_line, sentences
from tovholder.texts.proposals.shapes import Phrase

_STATUS = re.compile(
    r"(?:\((?P<inside>[^()]*\b(?:på pause|sat i bero|nedlagt|afsluttet|lukket|under opbygning|aflyst|udskudt|ophørt|inaktiv|aktiv|"
    r"udkast)[^()]{0,20})\)|"
    r"\b(?:er|ligger|står) (?:i øjeblikket |lige nu |for tiden |midlertidigt |foreløbig )?(?P<said>på pause|sat på pause|sat i bero|"
    r"nedlagt|under opbygning|aflyst|udskudt)\b|"
    r"^Status: ?(?P<label>[^.]{3,40})$)",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"^(?:kontakt\w*|baggrund|målgruppe|formål|fakta|om os|indhold|bilag|links?|læs mere|yderligere oplysninger|deltagere|program|"
    r"tilmelding|relateret\w*|se også|nyheder)$",
    re.IGNORECASE,
)
_LIST_HEADING = re.compile(
    r"\b(?:emner|temaer|spørgsmål|mål|målsætninger|deltagere|medlemmer|forslag|indsatser|opgaver|fokusområder|indsatsområder|"
    r"kommentarer|punkter|"
    r"aktiviteter|anbefalinger|datoer|møder|oplægsholdere|partnere|projekter|links|dokumenter|bilag|referater|eksempler)\b",
    re.IGNORECASE,
)
_OPEN_END = re.compile(
    r"(?:\b(?:at|for|om|på|med|til|følgende|blandt andet|bl\.a\.|herunder|såsom|nemlig|som|ved|er|var|i|af|skal|vil|kan|fra|hos|under|"
    r"inden|disse|således|punkter|emner|temaer|temagruppe|spørgsmål|mål)\s*):$",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"\b(?:oplysninger|kontakt\w*|henvendelse|læs|tilmelding|information|ring|skriv)\b", re.IGNORECASE)
_SPEECH = re.compile(r"\b(?:siger|sagde|udtaler|mener|fortæller|skriver|lyder|spørger|forklarer|tilføjer)\b", re.IGNORECASE)
_CONTINUES = re.compile(r"^(?:hvis|som|der|når|at|fordi|hvor|hvilket|og|men|samt)\b", re.IGNORECASE)
_FURNITURE = re.compile(
    r"^\W*(?:(?:skip|spring|gå|hop) (?:til|over|direkte)\b.{0,40}|søg(?: på siden| her)?|menu|luk|log ?(?:ind|på|ud)|oprettet|opdateret|"
    r"sidst opdateret|udskriv(?: siden)?|skriv ud|print|"
    r"del(?: (?:siden|på|artiklen|denne|med|via).{0,30})?|læs op|cookies?.{0,30}|til toppen|"
    r"tilbage(?: til .{0,40})?|næste|forrige|forside|facebook|linkedin|twitter|"
    r"instagram|youtube|tilgængelighedserklæring|privatlivspolitik|english|hjem|abonnér|nyhedsbrev|accepter.{0,30}|læs mere|vis mere|"
    r"du er her:?.{0,80}|forside (?:[/>›»].{0,80})|"
    r"tilmeld nyhedsbrev|se alle nyheder|copyright.{0,60}|©.{0,80}|[A-Z]{3,}\d[A-Z0-9]*|[A-Z]{3,}[A-Z0-9]*\d+[A-Z0-9]*)\W*$",
    re.IGNORECASE,
)


def find_status(paragraphs: Sequence[str]) -> Phrase | None:
    """This will find the stated status of what the document is about, in its title or in its first paragraphs."""
    for number, text in enumerate(paragraphs[:12], 1):
        match = _STATUS.search(text)
        if match and (match["inside"] is None or len(match["inside"]) < 50):
            group = next(name for name in ("inside", "said", "label") if match[name])
            return Phrase(paragraph=number, start=match.start(group), end=match.end(group), text=match[group].strip())
    return None


def find_furniture(paragraphs: Sequence[str]) -> list[Phrase]:
    """This will find lines that belong to the web page and not to its text."""
    found: dict[str, Phrase] = {}
    for number, text in enumerate(paragraphs, 1):
        capitals = re.fullmatch(r"[A-ZÆØÅ0-9]+", text.strip())
        if _FURNITURE.match(text) and (capitals or not re.fullmatch(r"\W*[a-z]*[A-Za-z]+\d+\w*\W*", text)):
            found.setdefault(text.casefold(), Phrase(paragraph=number, start=0, end=len(text), text=text.strip()))
    return list(found.values())


def find_empty_lists(paragraphs: Sequence[str]) -> list[Phrase]:
    """This will find places where a list is announced and none follows."""
    found: list[Phrase] = []
    for number, text in enumerate(paragraphs, 1):
        stripped = text.strip()
        follower = paragraphs[number].strip() if number < len(paragraphs) else ""
        if stripped.endswith(":") and not _SPEECH.search(stripped):
            start = _announcing(text)
            open_end = bool(_OPEN_END.search(stripped)) or len(stripped.split()) > 5
            if open_end and not _LABELLED.search(stripped) and not _lists(paragraphs, number):
                found.append(Phrase(paragraph=number, start=start, end=len(text), text=text[start:].strip()))
        elif (
            is_short_line(stripped)
            and not is_list_item(stripped)
            and "?" not in stripped
            and len(stripped.split()) <= 6
            and _LIST_HEADING.search(stripped)
            and number > 1
            and stripped[:1].isupper()
            and (_SECTION.match(follower) or not follower or (follower.endswith(":") and not _lists(paragraphs, number + 1)))
        ):
            found.append(Phrase(paragraph=number, start=0, end=len(text), text=stripped))
    return found


def _announcing(text: str) -> int:
    """The last sentence, or its last clause when that can stand alone."""
    start = sentences(text)[-1][0]
    comma = text.rstrip(": ").rfind(", ")
    if comma > start and not _CONTINUES.match(text[comma + 2 :]):
        return comma + 2
    return start


def _lists(paragraphs: Sequence[str], number: int) -> bool:
    """Whether list content follows paragraph `number`: bullets, a lower-case continuation, a quotation or at least two short lines."""
    following = [text.strip() for text in paragraphs[number : number + 3]]
    if not following:
        return False
    first = following[0]
    if BULLET.match(first) or first[:1] in "»”“\"'’" or (first[:1].islower() and not _SECTION.match(first)):
        return True
    items = 0
    for text in following:
        if not text or _SECTION.match(text.strip(":")) or text.endswith(":") or len(sentences(text)) > 1 or len(text.split()) > 25:
            break
        if (
            _LIST_HEADING.search(text)
            and is_short_line(text)
            and items == 0
            and len(text.split()) <= 5
            and len(following) > 1
            and following[1].endswith(":")
        ):
            break
        if items and text.endswith(".") != first.endswith("."):
            break
        items += 1
    return items >= 2 or (items == 1 and len(following) == 1)
