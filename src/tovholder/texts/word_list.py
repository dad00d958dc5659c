"""The Danish word list: which forms exist, and what each is a form of. Read from an installed package the first time someone asks."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

# A form that carries these endings itself is a word of its own, not only another word's form: »bad« (badet) beside »bede«.
OWN_ENDINGS = ("s", "en", "et", "n", "t", "er", "erne", "ne", "e")
# Where the list has lost a form to another word.
CORRECTED = {
    "børne": "barn",
    "forældre": "forælder",
    "tænder": "tand",
}
SPELLED_OUT = {"ae": "æ", "oe": "ø", "aa": "å"}


@cache
def _forms() -> Mapping[str, str]:
    # Inside the function: the list takes a third of a second to read, and a process that never searches shall not pay for it.
    from simplemma.strategies.dictionaries import StreamDictionaryFactory

    return StreamDictionaryFactory().get_dictionary("da")


@lru_cache(maxsize=50_000)
def base_form(word: str) -> str | None:
    """This will give the base form of a word in small letters, or None when the list does not know it."""
    if word in CORRECTED:
        return CORRECTED[word]
    forms = _forms()
    base = forms.get(word)
    if base is None or base == word:
        return base
    if not base.isalpha():
        return None
    if any(forms.get(word + ending) == word for ending in OWN_ENDINGS):
        return word
    return CORRECTED.get(base, base).casefold()


def is_known(word: str) -> bool:
    """This will say whether the list knows a word in small letters."""
    return base_form(word) is not None


def is_name(word: str) -> bool:
    """This will say whether the list knows a word in small letters as a name and as nothing else."""
    forms = _forms()
    return word not in forms and word.capitalize() in forms


def spellings(word: str) -> list[str]:
    """This will give a word with its ae, oe and aa read as æ, ø and å, every way it can be, at most sixteen; itself comes first."""
    ways = [""]
    place = 0
    while place < len(word):
        letter = SPELLED_OUT.get(word[place : place + 2])
        if letter is None:
            ways = [way + word[place] for way in ways]
            place += 1
        elif len(ways) < 16:
            ways = [way + word[place : place + 2] for way in ways] + [way + letter for way in ways]
            place += 2
        else:
            ways = [way + letter for way in ways]
            place += 2
    return ways
