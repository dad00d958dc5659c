"""What the copies of a campaign have in common, as sentences, and the words each copy has of its own."""

from __future__ import annotations

import numpy as np
from numba import njit

from .cohesion import Group
from .reading import Words, mixed

# A sentence is in the template when so much of it is common to most copies; a wording of a sentence already there is not a new one.
COMMON_PART = 0.5
TRIES = 3

# So many copies are asked how they write a sentence (capitals, closing sign).
ASKED = 5

# For each sentence where it stands: (text, first word, word after the last), in one copy or more.
Template = list[list[tuple[int, int, int]]]


def template_of(words: Words, group: Group) -> Template:
    """This will give the sentences most copies share, in the order they usually stand, each with where some copies have it."""
    first, last = words.bounds[group.texts], words.bounds[group.texts + 1]
    wordings, starts, ends, copies, positions = _sentences(words.hashes, words.opens, first, last)
    _, shown, inverse, counts = np.unique(wordings, return_index=True, return_inverse=True, return_counts=True)
    # The wording that most copies have comes first: of an edited and an unedited sentence, that is the unedited one.
    order = np.lexsort((shown, -counts))
    chosen = _chosen(words.hashes, starts[shown], ends[shown], counts, order, group.core, len(group.texts) / 2)
    place_sums = np.bincount(inverse, weights=positions)
    in_order = sorted((place_sums[wording] / counts[wording], int(shown[wording]), wording) for wording in chosen.tolist())
    return [
        [
            (int(group.texts[copies[sentence]]), int(starts[sentence]), int(ends[sentence]))
            for sentence in np.flatnonzero(inverse == wording)[:ASKED].tolist()
        ]
        for _, _, wording in in_order
    ]


def own_words(words: Words, group: Group, template: Template) -> tuple[list[tuple[tuple[int, int], ...]], list[float]]:
    """This will give for each copy the spans (start, end) of what the template does not have, and the share of the copy's words it does."""
    sentences = [words.hashes[places[0][1] : places[0][2]] for places in template]
    bounds = np.zeros(len(sentences) + 1, np.int64)
    np.cumsum([len(sentence) for sentence in sentences], out=bounds[1:])
    whole = np.concatenate(sentences) if sentences else np.empty(0, np.uint64)
    first, last = words.bounds[group.texts], words.bounds[group.texts + 1]
    own = _own(words.hashes, words.opens, first, last, whole, bounds)
    counts, starts, ends, shares = _spans(own, first, last, words.starts, words.ends)
    spans = list(zip(starts.tolist(), ends.tolist(), strict=True))
    after = np.cumsum(counts).tolist()
    return [tuple(spans[begin:end]) for begin, end in zip([0, *after], after, strict=False)], shares.tolist()


def written(text: str, words: Words, start: int, end: int, *, text_end: int) -> str:
    """This will give a sentence as it stands in its text, with the sign it closes with."""
    last = int(words.ends[end - 1])
    after = int(words.starts[end]) if end < text_end else len(text)
    closing = text[last:after].rstrip()
    return text[int(words.starts[start]) : last] + closing[: 1 if closing[:1] in ".!?…" else 0]


@njit(cache=True)
def _sentences(hashes, opens, first, last):  # type: ignore[no-untyped-def]
    count = 0
    for copy in range(len(first)):
        for place in range(first[copy], last[copy]):
            count += opens[place] or place == first[copy]
    wordings = np.empty(count, np.uint64)
    starts = np.empty(count, np.int64)
    ends = np.empty(count, np.int64)
    copies = np.empty(count, np.int64)
    positions = np.empty(count, np.float64)
    at = -1
    for copy in range(len(first)):
        for place in range(first[copy], last[copy]):
            if opens[place] or place == first[copy]:
                at += 1
                wordings[at] = np.uint64(0)
                starts[at] = place
                copies[at] = copy
                positions[at] = (place - first[copy]) / (last[copy] - first[copy])
            wordings[at] = mixed(wordings[at] * np.uint64(31) + hashes[place])
            ends[at] = place + 1
    return wordings, starts, ends, copies, positions


@njit(cache=True)
def _chosen(hashes, starts, ends, counts, order, core, half):  # type: ignore[no-untyped-def]
    """The wordings of which enough is common to most copies and said by no wording chosen before."""
    out = np.empty(len(order), np.int64)
    used = 0
    covered = np.zeros(len(core), np.bool_)
    places = np.empty(0, np.int64)
    for wording in order:
        start, end = starts[wording], ends[wording]
        if end - start == 1:
            if counts[wording] >= half:
                out[used] = wording
                used += 1
            continue
        if len(places) < end - start:
            places = np.empty(2 * (end - start), np.int64)
        fresh = 0
        for place in range(start, end - 1):
            pair = mixed(hashes[place] * np.uint64(0x9E3779B97F4A7C15) + hashes[place + 1])
            at = np.searchsorted(core, pair)
            if at < len(core) and core[at] == pair and not covered[at]:
                places[fresh] = at
                fresh += 1
        if fresh >= COMMON_PART * (end - start - 1):
            for number in range(fresh):
                covered[places[number]] = True
            out[used] = wording
            used += 1
    return out[:used]


@njit(cache=True)
def _wording(hashes, start, end):  # type: ignore[no-untyped-def]
    value = np.uint64(0)
    for place in range(start, end):
        value = mixed(value * np.uint64(31) + hashes[place])
    return value


@njit(cache=True)
def _own(hashes, opens, first, last, template, bounds):  # type: ignore[no-untyped-def]
    total = 0
    for copy in range(len(first)):
        total += last[copy] - first[copy]
    own = np.ones(total, np.bool_)
    count = len(bounds) - 1
    # Every word and word pair of the template, sorted, with the sentence it stands in: they vote for what a copy's sentence is a copy of.
    keys = np.empty(2 * len(template), np.uint64)
    homes = np.empty(2 * len(template), np.int64)
    used = 0
    for sentence in range(count):
        for place in range(bounds[sentence], bounds[sentence + 1]):
            keys[used] = template[place]
            homes[used] = sentence
            used += 1
            if place + 1 < bounds[sentence + 1]:
                keys[used] = mixed(template[place] * np.uint64(0x9E3779B97F4A7C15) + template[place + 1])
                homes[used] = sentence
                used += 1
    order = np.argsort(keys[:used], kind="mergesort")
    keys = keys[:used][order]
    homes = homes[:used][order]
    wordings = np.array([_wording(template, bounds[sentence], bounds[sentence + 1]) for sentence in range(count)], np.uint64)
    votes = np.zeros(max(count, 1), np.int64)
    offset = 0
    for copy in range(len(first)):
        start = first[copy]
        while start < last[copy]:
            end = start + 1
            while end < last[copy] and not opens[end]:
                end += 1
            base = offset - first[copy]
            wording = _wording(hashes, start, end)
            for sentence in range(count):
                if wording == wordings[sentence]:
                    own[base + start : base + end] = False
                    break
            if not own[base + start]:
                start = end
                continue
            # A copy that lost a full stop has two sentences in one: what the first does not explain asks again.
            for again in range(TRIES):
                votes[:] = 0
                for place in range(start, end):
                    for kind in range(2):
                        if not own[base + place] or (kind == 1 and (place + 1 == end or not own[base + place + 1])):
                            break
                        key = hashes[place]
                        if kind == 1:
                            key = mixed(hashes[place] * np.uint64(0x9E3779B97F4A7C15) + hashes[place + 1])
                        at = np.searchsorted(keys, key)
                        while at < used and keys[at] == key:
                            votes[homes[at]] += 1 + 2 * kind
                            at += 1
                best = np.argmax(votes)
                least = min(3, end - start) if again else 1
                row = own[base + start : base + end]
                if votes[best] == 0 or not _mark(hashes[start:end], template[bounds[best] : bounds[best + 1]], row, least):
                    break
            start = end
        offset += last[copy] - first[copy]
    return own


@njit(cache=True)
def _spans(own, first, last, starts, ends):  # type: ignore[no-untyped-def]
    counts = np.zeros(len(first), np.int64)
    shares = np.zeros(len(first), np.float64)
    begins = np.empty(len(own), np.int64)
    closes = np.empty(len(own), np.int64)
    used = offset = 0
    for copy in range(len(first)):
        mine = 0
        for place in range(first[copy], last[copy]):
            at = offset + place - first[copy]
            if not own[at]:
                continue
            mine += 1
            if place == first[copy] or not own[at - 1]:
                begins[used] = starts[place]
                used += 1
                counts[copy] += 1
            closes[used - 1] = ends[place]
        offset += last[copy] - first[copy]
        if last[copy] > first[copy]:
            shares[copy] = 1.0 - mine / (last[copy] - first[copy])
    return counts, begins[:used], closes[:used], shares


@njit(cache=True)
def _mark(words, sentence, own, least):  # type: ignore[no-untyped-def]
    """Longest common subsequence of what is still unexplained: what both have is not the copy's own, when it is at least half of either."""
    free = np.flatnonzero(own)
    lengths = np.zeros((len(free) + 1, len(sentence) + 1), np.int32)
    for row in range(len(free) - 1, -1, -1):
        for column in range(len(sentence) - 1, -1, -1):
            if words[free[row]] == sentence[column]:
                lengths[row, column] = lengths[row + 1, column + 1] + 1
            else:
                lengths[row, column] = max(lengths[row + 1, column], lengths[row, column + 1])
    if lengths[0, 0] < least or 2 * lengths[0, 0] < min(len(free), len(sentence)):
        return False
    row = column = 0
    while row < len(free) and column < len(sentence):
        if words[free[row]] == sentence[column]:
            own[free[row]] = False
            row += 1
            column += 1
        elif lengths[row + 1, column] >= lengths[row, column + 1]:
            row += 1
        else:
            column += 1
    return True
