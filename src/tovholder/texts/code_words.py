"""Claim codes in words: five of 4,096 short Danish words carry 60 random bits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources

WORDS_IN_CODE = 5
BITS_IN_WORD = 12
BITS_IN_CODE = WORDS_IN_CODE * BITS_IN_WORD
LONGEST_TEXT = 200
LONGEST_TYPED_WORD = 20

_LETTERS = "abcdefghijklmnopqrstuvwxyzæøå"
_NOT_LETTERS = re.compile(r"[\W\d_]+")
_FOREIGN = str.maketrans({"ä": "æ", "ö": "ø", "ü": "y", "é": "e", "è": "e"})
_PLAIN = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


@lru_cache(maxsize=1)
def words() -> tuple[str, ...]:
    """This will return the 4,096 code words in their fixed order."""
    source = resources.files("tovholder.texts") / "data" / "code_words.txt"
    return tuple(source.read_text(encoding="utf-8").split())


def new_code(random_bits: int) -> str:
    """This will return the five-word code of a 60-bit integer; raises ValueError outside 60 bits."""
    if not 0 <= random_bits < 1 << BITS_IN_CODE:
        raise ValueError("a code is made of 60 random bits")
    listed = words()
    shifts = range(BITS_IN_CODE - BITS_IN_WORD, -1, -BITS_IN_WORD)
    return "-".join(listed[random_bits >> shift & (1 << BITS_IN_WORD) - 1] for shift in shifts)


def normalise(text: str) -> str | None:
    """This will return the canonical code a person meant, or None when it is not one code beyond doubt."""
    if len(text) > LONGEST_TEXT:
        return None
    typed = [word for word in _NOT_LETTERS.split(unicodedata.normalize("NFC", text).lower()) if word]
    if len(typed) != WORDS_IN_CODE:
        return None
    meant = [_meant(word.translate(_FOREIGN)) for word in typed]
    found = [word for word in meant if word is not None]
    return "-".join(found) if len(found) == WORDS_IN_CODE else None


@lru_cache(maxsize=1)
def _by_plain() -> dict[str, str]:
    return {word.translate(_PLAIN): word for word in words()}


@lru_cache(maxsize=1)
def _listed() -> frozenset[str]:
    return frozenset(words())


def _meant(typed: str) -> str | None:
    if len(typed) > LONGEST_TYPED_WORD:
        return None
    exact = _by_plain().get(typed.translate(_PLAIN))
    if exact is not None:
        return exact
    # A slip is counted in both spellings: "fyrtarn" is one letter from "fyrtårn" and from "fyrtaarn".
    near = {slip for slip in _one_slip_away(typed) if slip in _listed()}
    near |= {_by_plain()[slip] for slip in _one_slip_away(typed.translate(_PLAIN)) if slip in _by_plain()}
    return near.pop() if len(near) == 1 else None


def _one_slip_away(typed: str) -> Iterator[str]:
    for place in range(len(typed) + 1):
        before, after = typed[:place], typed[place:]
        for letter in _LETTERS:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]
        if after:
            yield before + after[1:]
