"""A person's habits: how much more often than their statements invite they disagree, pass and agree, whatever the matter."""

from __future__ import annotations

import numpy as np

from tovholder.evidence.opinion.groups.classes import Real
from tovholder.evidence.opinion.votes import Votes

EXTRA = 3.0


def habits_of(votes: Votes, told: Real, *, extra: float = EXTRA) -> Real:
    """This will give each person's answers over the answers told, for disagree, pass and agree, (n, 3); 1 is as told.

    told (votes, 3): the chances of each given vote's three answers. `extra` answers, spread as everybody's are, are added to both
    sides, so a person with few answers stays near 1. Source: one round of iterative proportional fitting (Deming and Stephan 1940).
    """
    count = len(votes.participants)
    given = np.bincount(votes.person.astype(np.int64) * 3 + votes.answer + 1, minlength=count * 3).reshape(count, 3)
    expected = np.stack([np.bincount(votes.person, weights=told[:, answer], minlength=count) for answer in range(3)], axis=1)
    usual = extra * (given.sum(axis=0) + 1.0) / (given.sum() + 3.0)
    return np.asarray((given + usual) / (expected + usual))


def tilted(told: Real, habits: Real) -> Real:
    """This will give chances (pairs, 3) after each pair's person's habits (pairs, 3); rows sum to 1."""
    out = told * habits
    return np.asarray(out / out.sum(axis=1, keepdims=True))
