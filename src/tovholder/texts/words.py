"""The words a text is found by: the same for searching, matching and theming, and the same on every database."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from . import compounds
from .danish import fold
from .stop_words import STOP_WORDS
from .word_list import spellings

WORD = re.compile(r"[^\W_]+")
# Soft hyphens and signs without width stand inside words that come from Word and PDF files.
INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
# What a word that is still being written may lack: forældr(e), sygeplejersk(e).
COMPLETIONS = ("e", "er", "en", "et", "ne", "ing", "else")


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """One word of a question. A text answers it with the stem, with all the parts, with one of the others, or a term that begins so."""

    stem: str
    parts: tuple[str, ...]
    others: tuple[str, ...]
    beginning: str


def terms(text: str) -> list[str]:
    """This will give the terms of a text in its own order: each word's stem, and after a compound's stem the stems of its parts."""
    found: list[str] = []
    for word in _written(text):
        found.extend(_terms_of(word))
    return found


def query_terms(text: str) -> list[QueryTerm]:
    """This will read a question as the words it asks for, each with the ways a text can answer it; stop words count only when alone."""
    written = list(dict.fromkeys(_written(text)))
    wanted = [word for word in written if _terms_of(word)] or written
    return [_query_term(word) for word in wanted]


def parts(word: str) -> tuple[str, ...]:
    """This will give the parts of a compound in their base form; a word that is no compound, or unknown, is returned alone as it stands."""
    return compounds.parts(word)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """This will give the stem that all forms of a word share, folded: forældrene, forælder and foraeldre alike."""
    ways = spellings(word.casefold())
    for way in ways:
        if (base := compounds.base_of(way)) is not None:
            return _stem_of(base)
    # Unknown: read as if spelled with the letters it may stand for, so that both spellings get one stem.
    return _stem_of(ways[-1])


def stop_words() -> frozenset[str]:
    """This will give the words that carry grammar and no subject, as they are spelled."""
    return STOP_WORDS


def _written(text: str) -> list[str]:
    return WORD.findall(INVISIBLE.sub("", unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())))


def _query_term(word: str) -> QueryTerm:
    whole, *pieces = _terms_of(word) or (stem(word),)
    others: list[str] = []
    if compounds.base_of(word) is None:
        others = [stem(word + ending) for ending in COMPLETIONS if compounds.base_of(word + ending) is not None]
    return QueryTerm(whole, tuple(pieces), tuple(dict.fromkeys(other for other in others if other != whole)), fold(word))


@lru_cache(maxsize=20_000)
def _terms_of(word: str) -> tuple[str, ...]:
    if any(way in STOP_WORDS for way in spellings(word)):
        return ()
    pieces = compounds.parts(word)
    if len(pieces) == 1:
        return (stem(word),)
    return (stem(word), *(_stem_of(piece) for piece in pieces))


def _stem_of(word: str) -> str:
    short: str = _stemmer().stemWord(word)
    # The stemmer would make sundhed and sund one word.
    if (place := word.rfind("hed")) > 2 and len(short) <= place:
        short = word[: place + 3]
    return fold(short)


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("danish")
