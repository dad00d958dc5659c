"""People in two steps, as Polis does it: at most a hundred base clusters of people, and two to five groups of base clusters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tovholder.evidence.opinion.axes.kernels import Real
from tovholder.evidence.opinion.polis import kernels
from tovholder.evidence.opinion.votes import Short, Votes, Whole

BASE, BASE_ROUNDS, GROUP_ROUNDS, STILL = 100, 100, 20, 0.01
ENOUGH_VOTES, ENOUGH_PEOPLE, MOST_GROUPS, BASES_FOR_MORE = 7, 15, 5, 12


@dataclass(frozen=True, eq=False)
class Clusters:
    """base (participants,): base cluster of each, -1 for those not grouped; base_center (bases, 2); base_size (bases,);
    group_of_base (bases,); center (groups, 2); silhouettes: the mean silhouette for 2, 3 ... groups."""

    base: Short
    base_center: Real
    base_size: Whole
    group_of_base: Short
    center: Real
    silhouettes: tuple[float, ...]

    @property
    def groups(self) -> Short:
        """The group of each participant, -1 for none."""
        if not self.group_of_base.size:
            return self.base
        return np.where(self.base < 0, np.int32(-1), self.group_of_base[self.base])


def grouped_people(votes: Votes) -> Whole:
    """This will give the rows of those who may be grouped, in the order they came: 7 votes, or all there are; at least 15 people."""
    answers = np.diff(votes.start)
    arrival = np.argsort(votes.person_rank, kind="stable")
    enough = answers[arrival] >= min(ENOUGH_VOTES, len(votes.statements))
    chosen = arrival[enough]
    if chosen.size < ENOUGH_PEOPLE:
        rest = arrival[~enough]
        active = rest[np.argsort(-answers[rest], kind="stable")][: ENOUGH_PEOPLE - chosen.size]
        chosen = arrival[np.isin(arrival, np.concatenate([chosen, active]))]
    return chosen


def cluster(votes: Votes, projection: Real) -> Clusters:
    """This will group the participants from a cold start, so that the result depends on the votes and their order of arrival alone."""
    people = grouped_people(votes)
    base = np.full(len(votes.participants), -1, dtype=np.int32)
    if not people.size:
        empty = np.zeros((0, 2))
        return Clusters(base, empty, np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int32), empty, ())
    points = projection[people]
    labels, center = means(points, np.ones(people.size), BASE, BASE_ROUNDS)
    base[people] = labels
    size = np.bincount(labels, minlength=len(center))
    group_of_base, group_center, silhouettes = group_bases(center, size)
    return Clusters(base, center, size, group_of_base, group_center, silhouettes)


def group_bases(center: Real, size: Whole) -> tuple[Short, Real, tuple[float, ...]]:
    """This will group base clusters, (bases, 2), weighted by their size, for every number of groups and keep the best silhouette."""
    most = min(MOST_GROUPS, 2 + len(center) // BASES_FOR_MORE)
    tried = [means(center, size.astype(np.float64), k, GROUP_ROUNDS) for k in range(2, most + 1)]
    x, y = np.ascontiguousarray(center.T)
    scores = tuple(float(kernels.silhouette(x, y, labels, len(middle))) for labels, middle in tried)
    labels, middle = tried[int(np.argmax(scores))]
    return labels, middle, scores


def means(points: Real, weight: Real, clusters: int, rounds: int) -> tuple[Short, Real]:
    """This will find clusters from the first distinct points on; it gives each point's cluster and the centers, (clusters, 2)."""
    first = _first_distinct(points, clusters)
    x, y = np.ascontiguousarray(points.T)
    found: tuple[Short, Real] = kernels.nearest_centers(x, y, weight, x[first], y[first], rounds, STILL)
    return found


def _first_distinct(points: Real, most: int) -> Whole:
    seen: dict[tuple[float, float], int] = {}
    for step in range(0, len(points), 1024):
        for n, (x, y) in enumerate(points[step : step + 1024].tolist(), step):
            seen.setdefault((x, y), n)
            if len(seen) == most:
                return np.array(list(seen.values()), dtype=np.int64)
    return np.array(list(seen.values()), dtype=np.int64)
