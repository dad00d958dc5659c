"""From texts to campaigns: which are written from one text, what each campaign shares, and what is each copy's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from .cohesion import Group, groups
from .links import shingles
from .reading import Words, composed, place_in_original, read
from .template import own_words, template_of, written

METHOD = "campaigns-by-verified-links"
VERSION = 1
# Two texts are linked when at least half of all their word pairs are in both; a copy needs such a link to one other copy, not to all.
SIMILARITY = 0.5
SMALLEST = 3
# A text with fewer words says too little to be like another: it must be the same.
SHORTEST = 8

Kind = Literal["campaign", "short answer"]


@dataclass(frozen=True, slots=True)
class Copy:
    """One answer of a campaign: its id, the share of its words that the template has (0 to 1), and what is its own as (start, end)."""

    id: str
    likeness: float
    own_words: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Campaign:
    """Answers written from one text. A short answer that many happen to give, such as »Ingen bemærkninger«, is of its own kind."""

    kind: Kind
    template: tuple[str, ...]
    copies: tuple[Copy, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the copies, in order."""
        return tuple(copy.id for copy in self.copies)


def find_campaigns(texts: Sequence[tuple[str, str]], *, similarity: float = SIMILARITY, smallest: int = SMALLEST) -> tuple[Campaign, ...]:
    """This will find the answers (id, text) that are written from one text, largest campaign first; raises ValueError for unusable limits.

    Texts are compared by their distinct pairs of neighbouring words. Candidates come from MinHash (Broder 1997, one permutation: Li, Owen
    and Zhang 2012); every link is checked by exact Jaccard similarity of at least `similarity` (0 to 1, no unit). A group stays together
    while most of its texts share a core, and each copy carries most of the core's sentences: many texts that quote one sentence are no
    campaign. Texts under eight words must be the same word for word. The answer depends on the texts and ids alone, not on their order.
    """
    if not 0.0 < similarity <= 1.0:
        raise ValueError("Ligheden skal være over 0 og højst 1.")
    if smallest < 2:
        raise ValueError("En kampagne er på mindst 2 svar.")
    plain = composed([text for _, text in texts])
    ordered = sorted((read_as, id_, text) for read_as, (id_, text) in zip(plain, texts, strict=True))
    words = read([text for text, _, _ in ordered])
    pairs = shingles(words, SHORTEST)
    lengths = np.diff(words.bounds)
    found = [_campaign(ordered, words, group) for group in groups(words, pairs, np.flatnonzero(lengths >= SHORTEST), similarity, smallest)]
    found.extend(_short_answers(ordered, words, np.flatnonzero((lengths > 0) & (lengths < SHORTEST)).tolist(), smallest))
    return tuple(sorted(found, key=lambda campaign: (campaign.kind, -len(campaign.copies), campaign.ids)))


def _campaign(ordered: list[tuple[str, str, str]], words: Words, group: Group) -> Campaign:
    template = template_of(words, group)
    spans, shares = own_words(words, group, template)
    copies = [
        Copy(ordered[text][1], share, place_in_original(ordered[text][2], ordered[text][0], own))
        for text, own, share in zip(group.texts.tolist(), spans, shares, strict=True)
    ]
    sentences = [
        _commonest([written(ordered[text][0], words, start, end, text_end=int(words.bounds[text + 1])) for text, start, end in places])
        for places in template
    ]
    return Campaign("campaign", tuple(sentences), tuple(sorted(copies, key=lambda copy: copy.id)))


def _short_answers(ordered: list[tuple[str, str, str]], words: Words, short: list[int], smallest: int) -> list[Campaign]:
    same: dict[bytes, list[int]] = {}
    for text in short:
        same.setdefault(words.hashes[words.of(text)].tobytes(), []).append(text)
    return [
        Campaign(
            "short answer",
            (_commonest([ordered[text][0].strip() for text in texts]),),
            tuple(sorted((Copy(ordered[text][1], 1.0, ()) for text in texts), key=lambda copy: copy.id)),
        )
        for texts in same.values()
        if len(texts) >= smallest
    ]


def _commonest(ways: list[str]) -> str:
    counts = Counter(ways)
    return min(counts, key=lambda way: (-counts[way], way))
