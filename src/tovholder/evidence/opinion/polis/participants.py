"""Where each participant stands in the map, as Polis counts it."""

from __future__ import annotations

import numpy as np

from tovholder.evidence.opinion.axes.kernels import Real
from tovholder.evidence.opinion.votes import Short


def standing(projection: Real, group: Short) -> Real:
    """This will give centricness, coreness and extremeness of each participant, (participants, 3); not a number without a group.

    centricness = 1 - distance to the middle of all grouped; coreness = 1 - distance to the middle of the own group; extremeness =
    how far beyond the group's middle, seen from the middle of all.
    """
    found = np.full((len(projection), 3), np.nan)
    inside = group >= 0
    if not inside.any():
        return found
    points, own = projection[inside], group[inside]
    size = np.maximum(np.bincount(own), 1)
    middles = np.stack([np.bincount(own, weights=points[:, axis]) / size for axis in (0, 1)], axis=1)
    middle = np.array([points[:, 0].sum(), points[:, 1].sum()]) / len(points)
    away = middles - middle
    length = np.sqrt((away * away).sum(axis=1))
    outward = away / np.where(length > 0.0, length, 1.0)[:, None]
    beyond = points - middles[own]
    found[inside, 0] = 1.0 - np.sqrt(((points - middle) ** 2).sum(axis=1))
    found[inside, 1] = 1.0 - np.sqrt((beyond * beyond).sum(axis=1))
    found[inside, 2] = (beyond * outward[own]).sum(axis=1)
    return found
