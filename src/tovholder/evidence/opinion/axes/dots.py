"""Points for the map that show no single person: each dot stands for five to nine people who are near each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tovholder.evidence.opinion import cells

SMALLEST = 5
# A mean given exactly would tell, from one update to the next, where the newest person stands.
STEPS = 200

Whole = npt.NDArray[np.int64]
Real = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Dot:
    """`people` neighbours at their mean place; group is the found group most of them belong to, -1 between groups."""

    x: float
    y: float
    people: int
    group: int


@dataclass(frozen=True)
class Area:
    """Where a group or a sector stands: its centre and the ellipse of one standard deviation (half axes, turn in degrees)."""

    name: str
    people: int
    x: float
    y: float
    wide: float
    narrow: float
    turn: float


@dataclass(frozen=True)
class Dots:
    """The map: dots, an area for each found group, and one for each sector large enough to show. hidden: names of the others."""

    dots: tuple[Dot, ...]
    groups: tuple[Area, ...]
    sectors: tuple[Area, ...]
    hidden: tuple[str, ...]

    def figures(self) -> dict[str, object]:
        """This will give the map as plain numbers and words; it holds no single person and no small group."""
        return {
            "dots": [{"x": dot.x, "y": dot.y, "people": dot.people, "group": dot.group} for dot in self.dots],
            "groups": [_area(area) | {"group": int(area.name)} for area in self.groups],
            "sectors": [_area(area) | {"sector": area.name} for area in self.sectors],
            "hidden": list(self.hidden),
        }


def dots(
    projection: npt.ArrayLike,
    labels: npt.ArrayLike,
    sectors: npt.ArrayLike | None = None,
    names: Sequence[str] = (),
    *,
    smallest: int = SMALLEST,
) -> Dots:
    """This will join nearest people in dots of `smallest` to 2 x smallest - 1, within their group. Raises ValueError.

    projection: [people, 2]; labels: found group of each, -1 for none; sectors: index into `names`, -1 for none. Places are rounded to
    1/200 of the map's larger side. Groups with fewer than `smallest` people have no dots of their own: their people go into the
    nearest dot. Source: micro-aggregation by halving at the median (Mondrian; LeFevre, DeWitt and Ramakrishnan, ICDE 2006).
    """
    place = np.asarray(projection, dtype=np.float64).reshape(-1, 2)
    group = np.asarray(labels, dtype=np.int64)
    sector = np.full(len(place), -1, dtype=np.int64) if sectors is None else np.asarray(sectors, dtype=np.int64)
    if not len(place) == len(group) == len(sector):
        raise ValueError(f"Kortet har {len(place)} steder, {len(group)} grupper og {len(sector)} sektorer; de skal være lige mange.")
    if smallest < 1:
        raise ValueError(f"En prik står for mindst 1 person, ikke {smallest}.")
    if len(place) < smallest:
        return Dots((), (), (), tuple(names))
    if not np.isfinite(place).all():
        raise ValueError("Et sted på kortet er ikke et tal.")
    step = float((place.max(axis=0) - place.min(axis=0)).max()) / STEPS or 1.0
    parts, count = np.unique(group, return_counts=True)
    large = parts[count >= smallest]
    if not large.size:
        group, large = np.full(len(place), -1, dtype=np.int64), np.array([-1])
    of = joined(place, group, smallest)
    stray = np.flatnonzero(~np.isin(group, large))
    number = int(of.max()) + 1
    home = np.zeros(number, dtype=np.int64)
    home[of[of >= 0]] = group[of >= 0]
    middle = _means(place[of >= 0], of[of >= 0], number)
    if stray.size:
        away = place[stray, None, :] - middle[None, :, :]
        of[stray] = (away[:, :, 0] ** 2 + away[:, :, 1] ** 2).argmin(axis=1)
        middle = _means(place, of, number)
    people = np.bincount(of, minlength=number)
    at = _rounded(middle, step)
    order = np.lexsort((at[:, 1], at[:, 0], home))
    found = tuple(map(Dot, *(column[order].tolist() for column in (at[:, 0], at[:, 1], people, home))))
    groups = tuple(_shape(str(n), place[group == n], step) for n in large if n >= 0)
    tally = np.bincount(np.where(sector < 0, len(names), sector), minlength=len(names) + 1)
    shown = cells.suppressed(tally[None, :], smallest, silent=(len(names),)).cells[0]
    areas = tuple(_shape(name, place[sector == n], step) for n, name in enumerate(names) if shown[n])
    return Dots(found, groups, areas, tuple(name for n, name in enumerate(names) if tally[n] and not shown[n]))


def joined(place: Real, group: Whole, smallest: int) -> Whole:
    """This will give each person's dot, numbered from 0; -1 in groups with fewer than `smallest`. Groups never share a dot.

    Every part of `smallest` x 2 or more is halved across its wider side until no part is that large, all parts at once.
    """
    people = len(place)
    rank = np.empty((2, people), dtype=np.int64)
    for side in (0, 1):
        rank[side, np.argsort(place[:, side], kind="stable")] = np.arange(people)
    order = np.argsort(group, kind="stable")
    size: Whole = np.unique(group, return_counts=True)[1].astype(np.int64)
    while True:
        start = np.cumsum(size) - size
        halved = size >= 2 * smallest
        if not halved.any():
            break
        part = np.repeat(np.arange(size.size), size)
        spot = place[order]
        reach = np.maximum.reduceat(spot, start, axis=0) - np.minimum.reduceat(spot, start, axis=0)
        wider: Whole = (reach[:, 1] > reach[:, 0]).astype(np.int64)
        order = order[np.argsort(part * people + np.where(halved[part], rank[wider[part], order], np.arange(people) - start[part]))]
        leaves = size // smallest
        left = np.where(halved, size * (leaves // 2) // np.maximum(leaves, 1), size)
        pair = np.stack([left, size - left], axis=1).ravel()
        size = pair[pair > 0]
    found = np.empty(people, dtype=np.int64)
    kept = size >= smallest
    number = np.where(kept, np.cumsum(kept) - 1, -1)
    found[order] = np.repeat(number, size)
    return found


def _means(place: Real, of: Whole, number: int) -> Real:
    count = np.maximum(np.bincount(of, minlength=number), 1)
    return np.stack([np.bincount(of, weights=place[:, side], minlength=number) / count for side in (0, 1)], axis=1)


def _shape(name: str, place: Real, step: float) -> Area:
    people = len(place)
    centre = _mean(place)
    across, up = (place - centre).T
    xx, yy, xy = _mean(np.stack([across * across, up * up, across * up], axis=1))
    half, apart = (xx + yy) / 2, np.hypot((xx - yy) / 2, xy)
    turn = float(np.degrees(np.arctan2(2 * xy, xx - yy))) / 2
    half_axes = np.sqrt(np.maximum([half + apart, half - apart], 0.0))
    x, y, wide, narrow = (float(value) for value in _rounded(np.concatenate([centre, half_axes]), step))
    return Area(name, people, x, y, wide, narrow, round(turn))


def _mean(rows: Real) -> Real:
    # A running sum adds in the rows' order on every machine; numpy's own mean does not promise that.
    mean: Real = np.cumsum(rows, axis=0)[-1] / len(rows)
    return mean


def _rounded(values: Real, step: float) -> Real:
    return np.round(np.rint(values / step) * step, 3 - int(np.floor(np.log10(step)))) + 0.0


def _area(area: Area) -> dict[str, object]:
    return {"people": area.people, "x": area.x, "y": area.y, "wide": area.wide, "narrow": area.narrow, "turn": area.turn}
