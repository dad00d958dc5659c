"""Which answers to ask the coders about next: those that teach the most, and some drawn at random to measure by."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

import numba as nb
import numpy as np

from .solver import Floats, Whole

LOOKED_AT = 1_500
# Chosen answers alone are hard ones: after some thousand, a model that saw nothing else is worse than one of random labels.
LOT_SHARE = 0.2
Why = Literal["spread", "doubt", "random"]


@dataclass(frozen=True)
class Asked:
    """One answer to ask about, and why: it stands for many others, the model is in doubt there, or the lot fell on it."""

    position: int
    why: Why


@nb.njit(cache=True)
def _alike(left: Floats, right: Floats) -> Floats:
    """Squared cosine where it is positive, of rows of length 1."""
    out = np.zeros((left.shape[0], right.shape[0]))
    for i in range(left.shape[0]):
        for j in range(right.shape[0]):
            total = 0.0
            for k in range(left.shape[1]):
                total += left[i, k] * right[j, k]
            out[i, j] = total * total if total > 0.0 else 0.0
    return out


@nb.njit(cache=True)
def _covered(asked: Floats, others: Floats) -> Floats:
    out = np.zeros(others.shape[0])
    for j in range(others.shape[0]):
        for i in range(asked.shape[0]):
            total = 0.0
            for k in range(asked.shape[1]):
                total += asked[i, k] * others[j, k]
            if total > 0.0:
                out[j] = max(out[j], total * total)
    return out


@nb.njit(cache=True)
def _greedy(alike: Floats, weight: Floats, covered: Floats, count: int) -> Whole:
    """Each choice adds the most: what it stands for, weighed, beyond what is stood for already."""
    size = alike.shape[0]
    taken = np.zeros(size, np.bool_)
    best = np.zeros(count, np.int64)
    for pick in range(count):
        most, at = -1.0, 0
        for i in range(size):
            if taken[i]:
                continue
            gain = 0.0
            for j in range(size):
                more = alike[i, j] - covered[j]
                if more > 0.0:
                    gain += more * weight[j]
            if gain > most:
                most, at = gain, i
        taken[at] = True
        best[pick] = at
        for j in range(size):
            covered[j] = max(covered[j], alike[at, j])
    return best


def next_to_ask(
    places: Floats,
    asked: Collection[int],
    count: int,
    *,
    rng: np.random.Generator,
    doubt: Floats | None = None,
    random_share: float = 0.0,
) -> tuple[Asked, ...]:
    """This will choose the answers to ask about next, the most useful first; fewer than count when fewer are left.

    places[n, m]: rows of length 1, near each other when the answers are alike (`Space.places`). doubt[n]: how wrong the model expects
    to be on each, 0 to 1; None before there is a model: then the choice is spread over all. random_share of the answers are drawn
    by lot, so that F1 can be measured without the choice's own slant.
    Greedy facility location, weighed by doubt: Wei, Iyer & Bilmes (2015).
    """
    known = np.zeros(len(places), dtype=bool)
    known[list(asked)] = True
    left = np.flatnonzero(~known)
    wanted = min(count, len(left))
    by_lot = min(int(round(wanted * random_share + rng.random() - 0.5)) if random_share else 0, wanted)
    drawn = np.sort(rng.permutation(left)[:by_lot])
    seen = np.setdiff1d(left, drawn)
    if len(seen) > LOOKED_AT:
        seen = np.sort(rng.permutation(seen)[:LOOKED_AT])
    weight = np.ones(len(seen)) if doubt is None else np.ascontiguousarray(doubt[seen], dtype=np.float64)
    here = np.ascontiguousarray(places[seen])
    stood_for = _covered(np.ascontiguousarray(places[np.concatenate([np.flatnonzero(known), drawn])]), here)
    chosen = seen[_greedy(_alike(here, here), weight, stood_for, wanted - by_lot)]
    why: Why = "spread" if doubt is None else "doubt"
    return tuple(_mixed([Asked(int(i), why) for i in chosen], [Asked(int(i), "random") for i in drawn]))


def _mixed(useful: Sequence[Asked], drawn: Sequence[Asked]) -> list[Asked]:
    """Spreads what was drawn evenly among the rest."""
    total = len(useful) + len(drawn)
    places = {int((k + 0.5) * total / len(drawn)) for k in range(len(drawn))} if drawn else set()
    waiting, lots = iter(useful), iter(drawn)
    return [next(lots) if at in places else next(waiting) for at in range(total)]
