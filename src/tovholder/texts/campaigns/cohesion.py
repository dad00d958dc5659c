"""Groups of linked texts that really hang together: most share a core, and each member carries most of it, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

from .links import Shingles, linked
from .reading import Words, mixed

# A word pair belongs to the core when half of the texts have it.
COMMON = 0.5
# A group hangs together when its core is at least this share of its middle text.
SMALLEST_CORE = 0.25
# A copy has at least this share of the core, over more than this share of its sentences: one long sentence quoted is no copy.
CARRIES = 0.4
CARRIES_ACROSS = 0.55
# A text that no link found joins with this much of the core, when the core is at least so much of the text.
JOINS_AT = 0.45
JOINS_WITH = 0.15
# A sentence is met when a third of its word pairs are; two groups with so like cores are one; so much stricter are links in a chain.
MET = 3
SAME_CORE = 0.4
STRICTER = 0.15

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Group:
    """Texts that hang together, in the order of the reading; the word pairs most of them share, sorted, and the sentence of each."""

    texts: Places
    core: npt.NDArray[np.uint64]
    sentences: Places


def groups(words: Words, of: Shingles, texts: Places, limit: float, smallest: int) -> list[Group]:
    """This will put texts in groups of at least smallest that hang together; a text is in one group at most."""
    found = _merged(words, of, list(_groups(words, of, texts, limit, smallest)))
    return _joined(words, of, texts, found) if found else []


def _groups(words: Words, of: Shingles, texts: Places, limit: float, smallest: int) -> Iterator[Group]:
    first = linked(of, texts, limit)
    order = np.argsort(first, kind="stable")
    edges = np.flatnonzero(np.diff(first[order])) + 1
    starts, ends = [0, *edges.tolist()], [*edges.tolist(), len(order)]
    for start, end in zip(starts, ends, strict=True):
        if end - start < smallest:
            continue
        group = _group(words, of, texts[np.sort(order[start:end])])
        sizes = of.bounds[group.texts + 1] - of.bounds[group.texts]
        if len(group.core) < SMALLEST_CORE * float(np.median(sizes)):
            # Texts chained together by links, with nothing that most of them share: only closer links may hold them.
            if limit + STRICTER < 1.0:
                yield from _groups(words, of, group.texts, limit + STRICTER, smallest)
            continue
        keeps = _carries(of.hashes, of.bounds, group.texts, group.core, group.sentences, CARRIES)
        if keeps.all():
            yield group
            continue
        if keeps.sum() >= smallest:
            yield _group(words, of, group.texts[keeps])
        if smallest <= (~keeps).sum() < len(group.texts):
            yield from _groups(words, of, group.texts[~keeps], limit, smallest)


def _group(words: Words, of: Shingles, texts: Places) -> Group:
    pairs, counts = np.unique(of.together(texts), return_counts=True)
    core = pairs[counts >= COMMON * len(texts)]
    fullest = texts[np.argmax(_shares(of.hashes, of.bounds, texts, core))]
    place = words.of(fullest)
    return Group(texts, core, _sentence_of(words.hashes[place], words.opens[place], core))


def _merged(words: Words, of: Shingles, found: list[Group]) -> list[Group]:
    """Groups whose cores are each other's copies are one: links between edited copies can miss each other."""
    if len(found) < 2:
        return found
    found = sorted(found, key=lambda group: int(group.texts[0]))
    bounds = np.zeros(len(found) + 1, np.int64)
    np.cumsum([len(group.core) for group in found], out=bounds[1:])
    cores = Shingles(np.concatenate([group.core for group in found]), bounds)
    together: dict[int, list[Group]] = {}
    for group, leader in zip(found, linked(cores, np.arange(len(found)), SAME_CORE).tolist(), strict=True):
        together.setdefault(leader, []).append(group)
    return [
        same[0] if len(same) == 1 else _group(words, of, np.sort(np.concatenate([group.texts for group in same])))
        for same in together.values()
    ]


def _joined(words: Words, of: Shingles, texts: Places, found: list[Group]) -> list[Group]:
    """Texts in no group join the one whose core they carry."""
    free = texts[~np.isin(texts, np.concatenate([group.texts for group in found]))]
    pairs = np.concatenate([group.core for group in found])
    owners = np.repeat(np.arange(len(found)), [len(group.core) for group in found])
    order = np.argsort(pairs, kind="stable")
    sizes = np.array([len(group.core) for group in found])
    joins = _joining(of.hashes, of.bounds, free, pairs[order], owners[order], sizes, JOINS_AT, JOINS_WITH)
    grown = []
    for number, group in enumerate(found):
        more = free[joins == number]
        more = more[_carries(of.hashes, of.bounds, more, group.core, group.sentences, JOINS_AT)]
        grown.append(group if len(more) == 0 else _group(words, of, np.sort(np.concatenate([group.texts, more]))))
    return grown


@njit(cache=True)
def _sentence_of(words, opens, core):  # type: ignore[no-untyped-def]
    """The sentence that each pair of the core stands in, in one text; -1 for a pair that the text does not have."""
    out = np.full(len(core), -1, np.int64)
    sentence = 0
    for place in range(len(words) - 1):
        sentence += opens[place] and place > 0
        at = np.searchsorted(core, mixed(words[place] * np.uint64(0x9E3779B97F4A7C15) + words[place + 1]))
        if at < len(core) and core[at] == mixed(words[place] * np.uint64(0x9E3779B97F4A7C15) + words[place + 1]):
            out[at] = sentence
    return out


@njit(cache=True)
def _shares(hashes, bounds, texts, core):  # type: ignore[no-untyped-def]
    out = np.zeros(len(texts), np.int64)
    for row in range(len(texts)):
        at = 0
        for place in range(bounds[texts[row]], bounds[texts[row] + 1]):
            while at < len(core) and core[at] < hashes[place]:
                at += 1
            if at == len(core):
                break
            out[row] += core[at] == hashes[place]
    return out


@njit(cache=True)
def _carries(hashes, bounds, texts, core, sentences, least):  # type: ignore[no-untyped-def]
    out = np.zeros(len(texts), np.bool_)
    count = 0
    for sentence in sentences:
        count = max(count, sentence + 1)
    lengths = np.zeros(count, np.int64)
    for sentence in sentences:
        if sentence >= 0:
            lengths[sentence] += 1
    whole = np.sqrt(lengths.astype(np.float64)).sum()
    hits = np.zeros(count, np.int64)
    for row in range(len(texts)):
        hits[:] = 0
        total = at = 0
        for place in range(bounds[texts[row]], bounds[texts[row] + 1]):
            while at < len(core) and core[at] < hashes[place]:
                at += 1
            if at == len(core):
                break
            if core[at] == hashes[place]:
                total += 1
                if sentences[at] >= 0:
                    hits[sentences[at]] += 1
        across = 0.0
        for sentence in range(count):
            if lengths[sentence] > 0 and MET * hits[sentence] >= lengths[sentence]:
                across += np.sqrt(np.float64(lengths[sentence]))
        out[row] = total >= least * len(core) and across >= CARRIES_ACROSS * whole
    return out


@njit(cache=True)
def _joining(hashes, bounds, texts, pairs, owners, sizes, at_least, part):  # type: ignore[no-untyped-def]
    out = np.full(len(texts), -1, np.int64)
    met = np.zeros(len(sizes), np.int64)
    size = 2
    while size < 2 * len(pairs):
        size *= 2
    slots = np.full(size, -1, np.int64)
    for place in range(len(pairs)):
        if place == 0 or pairs[place] != pairs[place - 1]:
            slot = np.int64(pairs[place] & np.uint64(size - 1))
            while slots[slot] >= 0:
                slot = (slot + 1) % size
            slots[slot] = place
    for row in range(len(texts)):
        first, last = bounds[texts[row]], bounds[texts[row] + 1]
        met[:] = 0
        for place in range(first, last):
            slot = np.int64(hashes[place] & np.uint64(size - 1))
            while slots[slot] >= 0:
                if pairs[slots[slot]] == hashes[place]:
                    at = slots[slot]
                    while at < len(pairs) and pairs[at] == hashes[place]:
                        met[owners[at]] += 1
                        at += 1
                    break
                slot = (slot + 1) % size
        best = 0
        for group in range(1, len(sizes)):
            if met[group] * sizes[best] > met[best] * sizes[group]:
                best = group
        if met[best] >= at_least * sizes[best] and met[best] >= part * (last - first) and met[best] > 0:
            out[row] = best
    return out
