"""Danish alphabetical order for names of places: Ærø, Ølstykke and Aabenraa last."""

import unicodedata

_LAST = {"æ": "{a", "ä": "{a", "ø": "{b", "ö": "{b", "å": "{c"}


def danish_order(name: str) -> tuple[str, str]:
    """This will give a key that sorts names as a Danish register does: aa counts as å, and å is the last letter."""
    plain = unicodedata.normalize("NFC", name).casefold().replace("aa", "å")
    return "".join(_LAST.get(letter, letter) for letter in plain), name
