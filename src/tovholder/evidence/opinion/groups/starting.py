"""Where a fit of classes begins: a few divisions of the map of people, the same for the same votes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tovholder.evidence.opinion.axes.components import components_of
from tovholder.evidence.opinion.groups.classes import Real
from tovholder.evidence.opinion.groups.thinning import scatter
from tovholder.evidence.opinion.votes import Votes

SURE = 0.9


@dataclass(frozen=True, eq=False)
class Map:
    """Places of all people on the two axes, (n, 2), and of those who have answered anything."""

    places: Real
    present: Real


def map_of(votes: Votes) -> Map:
    """This will place everybody: sums over a person's answers divided by the root of their number, so few answers lie in the middle."""
    lengths = np.diff(votes.start)
    places = components_of(votes).projection * np.sqrt(lengths / len(votes.statements))[:, None]
    return Map(places, places[lengths > 0] if lengths.any() else places)


def starts(people: Map, k: int) -> tuple[Real, ...]:
    """This will give first memberships for k >= 2 classes, each (participants, k): halves and ends of the two axes, slices of the map."""
    places, present = people.places, people.present
    if k == 2:
        cuts = [(axis, share) for axis in (0, 1) for share in (0.15, 0.5, 0.85)]
        divisions = [(places[:, axis] > _quantile(present[:, axis], share)).astype(np.int64) for axis, share in cuts]
    else:
        divisions = [_bands(places[:, axis], present[:, axis], k) for axis in (0, 1)]
        turn = np.arctan2(places[:, 1], places[:, 0]) / (2 * np.pi) + 0.5
        reach = np.hypot(places[:, 0], places[:, 1])
        far = reach > _quantile(np.hypot(present[:, 0], present[:, 1]), 0.5)
        divisions.append((turn * k).astype(np.int64) % k)
        divisions.append(np.where(far, 1 + (turn * (k - 1)).astype(np.int64) % (k - 1), 0))
    return tuple(_sure(division, k) for division in divisions)


def scattered(votes: Votes, k: int, *, seed: int, run: int) -> Real:
    """This will give first memberships at random by name and seed, (participants, k), most of each person in one or two classes."""
    lengths = -np.log(1.0 - scatter(votes, k, seed=seed, run=run)) + 1e-12
    lengths *= lengths
    return np.asarray(lengths / lengths.sum(axis=1, keepdims=True))


def _bands(place: Real, present: Real, k: int) -> npt.NDArray[np.int64]:
    edges = np.array([_quantile(present, share / k) for share in range(1, k)])
    return np.searchsorted(edges, place).astype(np.int64)


def _quantile(numbers: Real, share: float) -> float:
    return float(np.sort(numbers)[min(int(share * numbers.size), numbers.size - 1)])


def _sure(division: npt.NDArray[np.int64], k: int) -> Real:
    memberships = np.full((division.size, k), (1.0 - SURE) / (k - 1))
    memberships[np.arange(division.size), division] = SURE
    return memberships
