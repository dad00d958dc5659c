"""What may stand in one cell of a file: a count, a sign that a number is held back, the word for a total, never a person's number."""

from __future__ import annotations

import re

from tovholder.evidence.disclosure.tables import HIDDEN, LARGEST_COUNT
from tovholder.evidence.reading.shapes import Unreadable, name_of, shown
from tovholder.texts.hidden_figures import DASHES, MARKS

TOTAL_WORDS = frozenset(("i alt", "ialt", "total", "totalt", "samlet", "alle", "sum"))
_MARKS = MARKS | {""}
_UNDER = re.compile(r"(<|<=|≤|under |færre end )\s*([0-9]{1,4})", re.IGNORECASE)
_COUNT = re.compile(r"[0-9]{1,13}")
_PERSON = re.compile(r"(?<![0-9])[0-9]{6}[\s\-–.]?[0-9]{4}(?![0-9])")


def count_of(raw: str) -> int:
    """This will read a count; raises Unreadable without the place."""
    text = raw.strip()
    if _COUNT.fullmatch(text) and int(text) <= LARGEST_COUNT:
        return int(text)
    if re.fullmatch(r"[\-−][0-9]+", text):
        raise Unreadable(f"{shown(text)} er under 0. Et antal er 0 eller mere.")
    if re.fullmatch(r"[0-9]{1,3}([. ][0-9]{3})+", text):
        raise Unreadable(f"{shown(text)}: skriv antallet uden punktum eller mellemrum, for eksempel {re.sub('[. ]', '', text)}.")
    if re.fullmatch(r"[0-9]+[.,][0-9]+", text):
        raise Unreadable(f"{shown(text)} er ikke et helt tal. Skriv et antal, ikke en andel.")
    if text in DASHES:
        raise Unreadable(f"{shown(text)} kan betyde både 0 og skjult. Skriv 0, hvis ingen er talt, og .. hvis tallet er skjult.")
    if is_mark(text):
        raise Unreadable("her mangler et antal. Skriv 0, hvis ingen er talt, eller det rigtige tal, hvis det er skjult.")
    raise Unreadable(f"{shown(text)} er ikke et antal. Skriv et helt tal fra 0 og op.")


def published_of(raw: str) -> tuple[int, int]:
    """This will read a count or that it is held back, and the largest it is said to be (-1: nothing said); raises Unreadable."""
    text = raw.strip()
    if text.casefold() in _MARKS:
        return HIDDEN, -1
    if under := _UNDER.fullmatch(text):
        most = int(under[2]) - (0 if under[1] in ("<=", "≤") else 1)
        if most < 0:
            raise Unreadable(f"{shown(text)} kan intet antal være. Skriv for eksempel <5.")
        return HIDDEN, most
    return count_of(text), -1


def is_mark(raw: str) -> bool:
    """This will tell whether a cell says that its number is held back."""
    text = raw.strip()
    return text.casefold() in _MARKS or _UNDER.fullmatch(text) is not None


def is_total(name: str) -> bool:
    """This will tell whether a level is the word for a total."""
    return name.strip().casefold() in TOTAL_WORDS


def like_a_person(text: str) -> bool:
    """This will tell whether a text holds what looks like a person's number: six digits and four."""
    return _PERSON.search(text) is not None


def level_of(raw: str) -> str:
    """This will read the name of a level; raises Unreadable, without repeating what may be a person's number."""
    if like_a_person(raw):
        raise Unreadable("her står noget, der ligner et personnummer. Vælg kolonner, der ikke peger på en person.")
    return name_of(raw, "hvilken gruppe tallet gælder")
