"""Who was asked what differs: shares that weigh people as the sector is made up, not as the asking happened to meet it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tovholder.evidence.opinion.votes import Votes

# Two answers of the sector's own average in each class keep a class that has hardly been asked from deciding.
LENT = 2.0

Whole = npt.NDArray[np.int64]
Real = npt.NDArray[np.float64]


def weighed(votes: Votes, part: Whole, parts: int, memberships: npt.ArrayLike) -> tuple[Real, Real]:
    """This will give shares corrected for exposure, [statements, parts, 3], and how many evenly asked people each is worth.

    part[people]: the sector of each. memberships: [people, classes], rows sum to 1, for instance of latent classes. Within a sector
    every class counts as its share of the sector's people, however many of them were asked. Raises ValueError for another shape.
    Source: post-stratification, and (sum of weights) squared over the sum of their squares (Kish, Survey Sampling, 1965).
    """
    classes = np.asarray(memberships, dtype=np.float64)
    if classes.ndim != 2 or len(classes) != len(votes.participants):
        raise ValueError("Klasserne skal have en række for hver deltager.")
    statements = len(votes.statements)
    place = votes.statement.astype(np.int64) * parts + part[votes.person]
    cells = statements * parts
    asked = np.bincount(place, minlength=cells)
    hits = np.bincount(place * 3 + (1 - votes.answer), minlength=cells * 3).reshape(cells, 3)
    plain = hits / np.maximum(asked, 1)[:, None]
    people = np.maximum(np.bincount(part, minlength=parts), 1)
    share = np.zeros((cells, 3))
    weight = np.zeros(votes.count)
    for column in range(classes.shape[1]):
        own = classes[:, column]
        entry = own[votes.person]
        size = (np.bincount(part, weights=own, minlength=parts) / people)[np.arange(cells) % parts]
        met = np.bincount(place, weights=entry, minlength=cells) + LENT
        said = np.bincount(place * 3 + (1 - votes.answer), weights=entry, minlength=cells * 3).reshape(cells, 3)
        share += size[:, None] * (said + LENT * plain) / met[:, None]
        weight += entry * (size / met)[place]
    whole = np.bincount(place, weights=weight, minlength=cells)
    square = np.bincount(place, weights=weight * weight, minlength=cells)
    worth = np.where(square > 0, whole * whole / np.where(square > 0, square, 1.0), 0.0)
    return share.reshape(statements, parts, 3), np.minimum(worth, asked).reshape(statements, parts)
