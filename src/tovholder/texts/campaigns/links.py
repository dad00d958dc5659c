"""Texts that share so many neighbouring words that one is written from the other: candidates by MinHash, each link checked exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

from .reading import Hashes, Places, Words, mixed

BINS = 72
ROWS = 4
# Leaders of one bucket that a text is compared with before it becomes a leader itself.
LEADERS = 12


@dataclass(frozen=True, slots=True)
class Shingles:
    """The distinct hashed word pairs of n texts, sorted within each text; text i is bounds[i] to bounds[i + 1]."""

    hashes: Hashes
    bounds: Places

    def of(self, text: int) -> Hashes:
        """This will give the word pairs of one text."""
        return self.hashes[self.bounds[text] : self.bounds[text + 1]]

    def together(self, texts: npt.NDArray[np.int64]) -> Hashes:
        """This will give the word pairs of several texts after one another."""
        return np.concatenate([self.of(text) for text in texts.tolist()])


def shingles(words: Words, shortest: int) -> Shingles:
    """This will give the distinct pairs of neighbouring words of each text; a text with fewer words than shortest gets none."""
    hashes, bounds = _shingles(words.hashes, words.bounds, shortest)
    return Shingles(hashes, bounds)


def linked(of: Shingles, texts: npt.NDArray[np.int64], limit: float) -> npt.NDArray[np.int64]:
    """This will give for each of the texts the first text it hangs together with, every link checked: Jaccard similarity of at least limit.

    Candidates come from one-permutation MinHash (Li, Owen and Zhang 2012) with empty bins filled by rotation (Shrivastava and Li 2014),
    in bands of four. The texts are taken in the order given, so the same order gives the same answer.
    """
    found: npt.NDArray[np.int64] = _linked(of.hashes, of.bounds, texts, limit)
    return found


@njit(cache=True)
def _shingles(words, bounds, shortest):  # type: ignore[no-untyped-def]
    count = len(bounds) - 1
    out = np.empty(max(len(words), 1), np.uint64)
    ends = np.zeros(count + 1, np.int64)
    at = 0
    for text in range(count):
        first, last = bounds[text], bounds[text + 1]
        start = at
        if last - first >= shortest:
            pairs = np.empty(last - first - 1, np.uint64)
            for place in range(first, last - 1):
                pairs[place - first] = mixed(words[place] * np.uint64(0x9E3779B97F4A7C15) + words[place + 1])
            pairs.sort()
            for place in range(len(pairs)):
                if place == 0 or pairs[place] != pairs[place - 1]:
                    out[at] = pairs[place]
                    at += 1
        ends[text + 1] = ends[text] + at - start
    return out[:at].copy(), ends


@njit(cache=True)
def shared(one, other):  # type: ignore[no-untyped-def]
    """This will count the numbers that two sorted rows have in common."""
    first = second = both = 0
    while first < len(one) and second < len(other):
        if one[first] == other[second]:
            both += 1
            first += 1
            second += 1
        elif one[first] < other[second]:
            first += 1
        else:
            second += 1
    return both


@njit(cache=True)
def _root(parents, one):  # type: ignore[no-untyped-def]
    while parents[one] != one:
        parents[one] = parents[parents[one]]
        one = parents[one]
    return one


@njit(cache=True)
def _sketches(hashes, bounds, texts):  # type: ignore[no-untyped-def]
    nothing = np.uint64(0xFFFFFFFFFFFFFFFF)
    out = np.empty((len(texts), BINS), np.uint32)
    for row in range(len(texts)):
        sketch = np.full(BINS, nothing, np.uint64)
        for place in range(bounds[texts[row]], bounds[texts[row] + 1]):
            value = hashes[place]
            bin_ = (value >> np.uint64(32)) * np.uint64(BINS) >> np.uint64(32)
            sketch[bin_] = min(sketch[bin_], value)
        for bin_ in range(BINS):
            step = 0
            while step < BINS and sketch[(bin_ + step) % BINS] == nothing:
                step += 1
            # How far the value was fetched is part of it: two bins filled from different places are not the same.
            out[row, bin_] = np.uint32(mixed(sketch[(bin_ + step) % BINS] + np.uint64(step)) >> np.uint64(32))
    return out


@njit(cache=True)
def _may_be_like(one, other, limit):  # type: ignore[no-untyped-def]
    """Half of the agreement that the limit promises is four standard deviations below it: less is not worth the exact check."""
    same = 0
    for bin_ in range(BINS):
        same += one[bin_] == other[bin_]
    return 2 * same >= limit * BINS


@njit(cache=True)
def _linked(hashes, bounds, texts, limit):  # type: ignore[no-untyped-def]
    count = len(texts)
    parents = np.arange(count)
    sketches = _sketches(hashes, bounds, texts)
    size = 2
    while size < 2 * count:
        size *= 2
    for band in range(BINS // ROWS):
        slots = np.full(size, -1, np.int32)
        following = np.full(count, -1, np.int32)
        keys = np.empty(count, np.uint64)
        for one in range(count):
            if bounds[texts[one] + 1] == bounds[texts[one]]:
                continue
            key = np.uint64(0)
            for row in range(ROWS):
                key = mixed(key * np.uint64(31) + np.uint64(sketches[one, band * ROWS + row]))
            keys[one] = key
            slot = np.int64(key & np.uint64(size - 1))
            other, last, met = slots[slot], np.int32(-1), 0
            is_linked = False
            while other >= 0:
                last = other
                if keys[other] == key:
                    met += 1
                    mine, theirs = _root(parents, one), _root(parents, other)
                    if mine == theirs:
                        is_linked = True
                        break
                    a = hashes[bounds[texts[one]] : bounds[texts[one] + 1]]
                    b = hashes[bounds[texts[other]] : bounds[texts[other] + 1]]
                    if limit * max(len(a), len(b)) <= min(len(a), len(b)) and _may_be_like(sketches[one], sketches[other], limit):
                        both = shared(a, b)
                        if both >= limit * (len(a) + len(b) - both):
                            parents[max(mine, theirs)] = min(mine, theirs)
                            is_linked = True
                            break
                other = following[other]
            if not is_linked and met < LEADERS:
                if last < 0:
                    slots[slot] = one
                else:
                    following[last] = one
    for one in range(count):
        parents[one] = _root(parents, one)
    return parents
