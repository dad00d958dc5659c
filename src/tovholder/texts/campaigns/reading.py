"""Many texts as arrays of word hashes, so that millions of words can be compared quickly. Places count from the start of each text."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from numba import njit

KNOWN_SIGNS = 0x3000
OTHER, WORD, STOP, SPACE, LINE, NOTHING = 0, 1, 2, 3, 4, 5
# So many texts at once that their letters stay near the processor.
AT_A_TIME = 1024

Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]
Offsets = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of n texts after one another: hash, start and end, whether it opens a sentence; text i is bounds[i] to bounds[i + 1]."""

    hashes: Hashes
    starts: Offsets
    ends: Offsets
    opens: npt.NDArray[np.bool_]
    bounds: Places

    def of(self, text: int) -> slice:
        """This will give where the words of one text stand."""
        return slice(int(self.bounds[text]), int(self.bounds[text + 1]))


def read(texts: Sequence[str]) -> Words:
    """This will read composed texts as words in small letters, parted by everything but letters and digits."""
    small, kinds = _signs()
    pieces = [_words_of(texts[start : start + AT_A_TIME], small, kinds) for start in range(0, max(len(texts), 1), AT_A_TIME)]
    counts = np.concatenate([piece[4] for piece in pieces])
    bounds = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=bounds[1:])
    hashes, starts, ends, opens = (np.concatenate([piece[column] for piece in pieces]) for column in range(4))
    return Words(hashes, starts, ends, opens, bounds)


def composed(texts: Sequence[str]) -> list[str]:
    """This will give texts with accents written as one sign each, as read wants them."""
    found: list[str] = []
    for start in range(0, len(texts), AT_A_TIME):
        some = texts[start : start + AT_A_TIME]
        # Asked once for many: what is composed together is composed apart.
        are_composed = unicodedata.is_normalized("NFC", "\n".join(some))
        found.extend(some if are_composed else [unicodedata.normalize("NFC", text) for text in some])
    return found


def place_in_original(original: str, plain: str, spans: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """This will move spans in the composed form of a text to the same words in the text as it was written."""
    if original == plain:
        return spans
    origins: list[int] = []
    start = 0
    while start < len(original):
        end = start + 1
        while end < len(original) and unicodedata.combining(original[end]):
            end += 1
        origins.extend([start] * len(unicodedata.normalize("NFC", original[start:end])))
        start = end
    origins.append(len(original))
    return tuple((origins[min(first, len(origins) - 1)], origins[min(last, len(origins) - 1)]) for first, last in spans)


@cache
def _signs() -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8]]:
    """The small form and the kind of every sign that European texts use."""
    small = np.arange(KNOWN_SIGNS, dtype=np.uint32)
    kinds = np.zeros(KNOWN_SIGNS, np.uint8)
    for code in range(KNOWN_SIGNS):
        sign = chr(code)
        lowered = sign.lower()
        if len(lowered) == 1:
            small[code] = ord(lowered)
        if sign.isalnum():
            kinds[code] = WORD
        elif sign in ".!?…":
            kinds[code] = STOP
        elif sign in "\n\r\u2028\u2029":
            kinds[code] = LINE
        elif sign in "\u00ad\u200b\u200c\u200d\u2060":
            kinds[code] = NOTHING
        elif sign.isspace():
            kinds[code] = SPACE
    return small, kinds


def _words_of(
    texts: Sequence[str], small: npt.NDArray[np.uint32], kinds: npt.NDArray[np.uint8]
) -> tuple[Hashes, Offsets, Offsets, npt.NDArray[np.bool_], Places]:
    bounds = np.zeros(len(texts) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)), out=bounds[1:])
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    found: tuple[Hashes, Offsets, Offsets, npt.NDArray[np.bool_], Places] = _split_words(codes, bounds, small, kinds)
    return found


@njit(cache=True)
def mixed(value):  # type: ignore[no-untyped-def]
    """This will spread the bits of a 64-bit number evenly (the finaliser of splitmix64, Steele, Lea and Flood 2014)."""
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


@njit(cache=True)
def _split_words(codes, bounds, small, kinds):  # type: ignore[no-untyped-def]
    # A word takes a letter and what parts it from the next; what is not used is never touched.
    room = len(codes) // 2 + len(bounds)
    hashes = np.empty(room, np.uint64)
    starts = np.empty(room, np.int32)
    ends = np.empty(room, np.int32)
    opens = np.empty(room, np.bool_)
    counts = np.empty(len(bounds) - 1, np.int64)
    at = 0
    for text in range(len(bounds) - 1):
        first = bounds[text]
        before = at
        inside = False
        stopped = True
        after_stop = False
        value = np.uint64(0)
        for place in range(first, bounds[text + 1]):
            code = codes[place]
            kind = np.uint8(WORD) if code >= KNOWN_SIGNS else kinds[code]
            if kind == NOTHING or code == 0xFEFF:
                continue
            if kind == WORD:
                letter = np.uint64(code if code >= KNOWN_SIGNS else small[code])
                if not inside:
                    starts[at] = place - first
                    opens[at] = stopped
                    value = np.uint64(0xCBF29CE484222325)
                    inside = True
                    stopped = False
                value = (value ^ letter) * np.uint64(0x100000001B3)
                ends[at] = place - first + 1
                after_stop = False
                continue
            if inside:
                hashes[at] = mixed(value)
                at += 1
                inside = False
            if kind == LINE or (kind == SPACE and after_stop):
                stopped = True
            after_stop = kind == STOP or (after_stop and kind == OTHER)
        if inside:
            hashes[at] = mixed(value)
            at += 1
        counts[text] = at - before
    return hashes[:at], starts[:at], ends[:at], opens[:at], counts
