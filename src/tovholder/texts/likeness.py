"""Texts that say nearly the same as one text: for answering several remarks together. Light enough for the process that answers phones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log

from .words import terms


def similar(text: str, others: Sequence[tuple[str, str]], *, least: float = 0.3, most: int = 10) -> list[tuple[str, float]]:
    """This will give the ids of the texts (id, text) most like one text with their likeness from least to 1, nearest first.

    Likeness is the weight of the words both have over the weight of the words either has; a word weighs more the fewer texts have it.
    """
    wanted = set(terms(text))
    found = [(id_, set(terms(other))) for id_, other in others]
    counts = Counter(term for _, words in found for term in words)
    weights = {term: 1.0 + log((1 + len(found)) / (1 + counts[term])) for term in counts | Counter(wanted)}

    def weight(words: set[str]) -> float:
        # Sorted, so that the sum has the same bits every time.
        return sum(weights[word] for word in sorted(words))

    near = [(id_, weight(wanted & words) / weight(wanted | words)) for id_, words in found if wanted & words]
    return sorted(((id_, likeness) for id_, likeness in near if likeness >= least), key=lambda one: (-one[1], one[0]))[:most]
