"""Denmark's municipalities on paper: arcs read, projected and simplified once, then dissolved into areas."""

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from .elements import short

Point = tuple[float, float]
Ring = tuple[int, ...]

WIDTH, HEIGHT, MARGIN = 620.0, 746.0, 8.0
INSET = (522.0, 56.0, 84.0, 98.0)
BORNHOLM, CHRISTIANSOE = "0400", "0411"
_TOLERANCE = 0.35
_SMALLEST_ISLAND = 0.9
_SPELLING = {"0169": "Høje-Taastrup"}


@dataclass(frozen=True)
class Land:
    """Simplified arcs in the map's own units; a ring is arc numbers, backwards ones as ~number."""

    arcs: tuple[tuple[Point, ...], ...]
    rings: Mapping[str, tuple[Ring, ...]]
    names: Mapping[str, str]
    users: Mapping[int, tuple[str, ...]]


@lru_cache(maxsize=1)
def land() -> Land:
    """This will read, project and simplify the 98 municipalities once per process."""
    topology = json.loads(files(__package__).joinpath("data/municipalities.topojson").read_text(encoding="utf-8"))
    geometries = [part for part in next(iter(topology["objects"].values()))["geometries"] if part["properties"]["KOMKODE"] != CHRISTIANSOE]
    names = {part["properties"]["KOMKODE"]: str(part["properties"]["KOMNAVN"]) for part in geometries}
    rings: dict[str, list[Ring]] = defaultdict(list)
    for part in geometries:
        polygons = [part["arcs"]] if part["type"] == "Polygon" else part["arcs"]
        rings[part["properties"]["KOMKODE"]].extend(tuple(ring) for polygon in polygons for ring in polygon)
    arcs = _projected(topology, {number(arc) for ring in rings[BORNHOLM] for arc in ring})
    kept = {code: _without_specks(arcs, found) for code, found in rings.items()}
    users: dict[int, list[str]] = defaultdict(list)
    for code, found in kept.items():
        for arc in (number(arc) for ring in found for arc in ring):
            users[arc].append(code)
    return Land(arcs, kept, names | _SPELLING, {arc: tuple(codes) for arc, codes in users.items()})


def number(arc: int) -> int:
    """This will give an arc's number whichever way it is walked."""
    return arc if arc >= 0 else ~arc


def _projected(topology: Mapping[str, Any], on_bornholm: set[int]) -> tuple[tuple[Point, ...], ...]:
    step_x, step_y = topology["transform"]["scale"]
    from_x, from_y = topology["transform"]["translate"]
    narrow = math.cos(math.radians(56))
    degrees: list[list[Point]] = []
    for arc in topology["arcs"]:
        x = y = 0
        line: list[Point] = []
        for dx, dy, *_ in arc:
            x, y = x + dx, y + dy
            line.append(((x * step_x + from_x) * narrow, -(y * step_y + from_y)))
        degrees.append(line)
    main = [point for index, line in enumerate(degrees) if index not in on_bornholm for point in line]
    # Christiansø lies east of everything that is drawn on the main map, so it is left out of the frame.
    main = [point for point in main if point[0] < 14 * narrow]
    west, north = min(x for x, _ in main), min(y for _, y in main)
    scale = (WIDTH - 2 * MARGIN) / (max(x for x, _ in main) - west)
    island = [point for index in on_bornholm for point in degrees[index]]
    middle_x = (min(x for x, _ in island) + max(x for x, _ in island)) / 2
    middle_y = (min(y for _, y in island) + max(y for _, y in island)) / 2
    left, top, width, height = INSET
    done: list[tuple[Point, ...]] = []
    for index, line in enumerate(degrees):
        if index in on_bornholm:
            moved = [((x - middle_x) * scale + left + width / 2, (y - middle_y) * scale + top + height / 2) for x, y in line]
        else:
            moved = [((x - west) * scale + MARGIN, (y - north) * scale + MARGIN) for x, y in line]
        done.append(tuple((round(x, 1), round(y, 1)) for x, y in _simplified(moved)))
    return tuple(done)


def _simplified(line: Sequence[Point]) -> list[Point]:
    """Douglas-Peucker; the ends stay, so arcs that meet still meet."""
    keep = {0, len(line) - 1}
    stack = [(0, len(line) - 1)]
    while stack:
        first, last = stack.pop()
        (ax, ay), (bx, by) = line[first], line[last]
        dx, dy = bx - ax, by - ay
        length = math.hypot(dx, dy)
        farthest, distance = 0, _TOLERANCE
        for index in range(first + 1, last):
            px, py = line[index]
            away = abs(dx * (py - ay) - dy * (px - ax)) / length if length else math.hypot(px - ax, py - ay)
            if away > distance:
                farthest, distance = index, away
        if farthest:
            keep.add(farthest)
            stack += [(first, farthest), (farthest, last)]
    return [line[index] for index in sorted(keep)]


def _without_specks(arcs: Sequence[Sequence[Point]], rings: Sequence[Ring]) -> tuple[Ring, ...]:
    sizes = [abs(area_of(points_of(arcs, ring))) for ring in rings]
    return tuple(ring for ring, size in zip(rings, sizes, strict=True) if size >= _SMALLEST_ISLAND or size == max(sizes))


def points_of(arcs: Sequence[Sequence[Point]], ring: Ring) -> list[Point]:
    """This will walk a ring and give its points, the first one not repeated."""
    points: list[Point] = []
    for arc in ring:
        line = arcs[arc] if arc >= 0 else arcs[~arc][::-1]
        points.extend(line[1:] if points else line)
    return points[:-1] if len(points) > 1 and points[0] == points[-1] else points


def area_of(points: Sequence[Point]) -> float:
    """This will measure a ring by the shoelace formula; the sign tells which way it runs."""
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(points, [*points[1:], *points[:1]], strict=True)) / 2


def dissolved(codes: Iterable[str]) -> tuple[Ring, ...]:
    """This will join municipalities into one outline: an arc that only one of them uses is border."""
    country = land()
    walked = [arc for code in codes for ring in country.rings[code] for arc in ring]
    times = Counter(number(arc) for arc in walked)
    waiting: dict[Point, list[int]] = defaultdict(list)
    for arc in (arc for arc in walked if times[number(arc)] == 1):
        waiting[_ends(country.arcs, arc)[0]].append(arc)
    rings: list[Ring] = []
    while waiting:
        start = next(iter(waiting))
        here, ring = start, list[int]()
        while here in waiting:
            arc = waiting[here].pop()
            if not waiting[here]:
                del waiting[here]
            ring.append(arc)
            here = _ends(country.arcs, arc)[1]
        rings.append(tuple(ring))
    return tuple(rings)


def _ends(arcs: Sequence[Sequence[Point]], arc: int) -> tuple[Point, Point]:
    line = arcs[number(arc)]
    return (line[0], line[-1]) if arc >= 0 else (line[-1], line[0])


def border_length(rings: Iterable[Ring]) -> float:
    """This will measure how long the outline of these rings is."""
    country = land()
    return sum(
        math.dist(a, b)
        for ring in rings
        for arc in ring
        for a, b in zip(country.arcs[number(arc)], country.arcs[number(arc)][1:], strict=False)
    )


def outline_path(rings: Iterable[Ring]) -> str:
    """This will write closed rings as one path."""
    country = land()
    return "".join(_relative(points_of(country.arcs, ring)) + "z" for ring in rings)


def line_path(arcs: Iterable[int]) -> str:
    """This will write open arcs as one path."""
    return "".join(_relative(land().arcs[arc]) for arc in arcs)


def _relative(points: Sequence[Point]) -> str:
    (x, y), *rest = points
    written = [f"M{short(x)} {short(y)}"]
    for next_x, next_y in rest:
        dx, dy = short(next_x - x), short(next_y - y)
        if dx != "0" or dy != "0":
            written.append(f"l{dx}{'' if dy.startswith('-') else ' '}{dy}")
        x, y = next_x, next_y
    return "".join(written)
