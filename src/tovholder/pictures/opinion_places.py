"""Where things stand on the map of opinions: from the figures' axes to the drawing, and words where they hide least."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

Point = tuple[float, float]
MOST_DOTS = 350


@dataclass(frozen=True)
class Spot:
    """A dot: its place, how many people it stands for, and its group."""

    x: float
    y: float
    people: int
    group: str | None


@dataclass(frozen=True)
class Box:
    """A rectangle by its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    def over(self, other: Box) -> float:
        """This will give the area two rectangles share."""
        wide = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        high = min(self.y + self.height, other.y + other.height) - max(self.y, other.y)
        return max(wide, 0) * max(high, 0)

    def holds(self, point: Point, margin: float = 0) -> bool:
        """This will tell whether a point is inside, or nearly."""
        return self.x - margin <= point[0] <= self.x + self.width + margin and self.y - margin <= point[1] <= self.y + self.height + margin


@dataclass
class Sheet:
    """The drawing's frame, the dots in it, and the words that have got a place."""

    frame: Box
    dots: Sequence[Point]
    taken: list[Box] = field(default_factory=list)

    def place(self, anchor: Point, width: float, height: float, away: Iterable[float], towards: Point | None = None) -> Box:
        """This will find room for words near a point: inside the frame, over nothing written, over as few dots as can be."""
        best: tuple[float, Box] | None = None
        for distance in away:
            for turn in range(16):
                angle = math.pi * turn / 8
                box = _beside(anchor, width, height, distance, angle)
                outside = box.width * box.height - box.over(self.frame)
                crossed = sum(box.over(other) for other in self.taken)
                cost = 60 * outside / 100 + crossed / 4 + distance / 8 + _against(angle, anchor, towards)
                if best is not None and cost >= best[0]:
                    continue
                cost += 6 * sum(box.holds(dot, 4) for dot in self.dots)
                if best is None or cost < best[0]:
                    best = (cost, box)
        if best is None:
            raise ValueError("Der skal være mindst én afstand at prøve.")
        self.taken.append(best[1])
        return best[1]


def fitted(points: Sequence[Point], frame: Box) -> Callable[[Point], Point]:
    """This will give the way from the figures' axes to the frame: one scale for both axes, up is up, in the middle."""
    xs, ys = [x for x, _ in points] or [0.0], [y for _, y in points] or [0.0]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    scale = min(frame.width / wide if wide else math.inf, frame.height / high if high else math.inf)
    scale = scale if math.isfinite(scale) else 1.0
    middle = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    centre = frame.x + frame.width / 2, frame.y + frame.height / 2
    return lambda point: (centre[0] + (point[0] - middle[0]) * scale, centre[1] - (point[1] - middle[1]) * scale)


def apart(points: Sequence[Point], least: float) -> list[Point]:
    """This will move marks that lie on each other just so far that each can be seen; the others stay where they are."""
    placed = list(points)
    for _ in range(50):
        moved = False
        for n in range(len(placed)):
            for other in range(n + 1, len(placed)):
                one, two = placed[n], placed[other]
                gap = math.dist(one, two)
                if gap >= least - 0.01:
                    continue
                # Two marks in the very same place part along a line of their own.
                angle = math.atan2(two[1] - one[1], two[0] - one[0]) if gap else float(other)
                push = (least - gap) / 2
                step = math.cos(angle) * push, math.sin(angle) * push
                placed[n], placed[other], moved = (one[0] - step[0], one[1] - step[1]), (two[0] + step[0], two[1] + step[1]), True
        if not moved:
            break
    return placed


def gathered(spots: Sequence[Spot], most: int = MOST_DOTS) -> list[Spot]:
    """This will join neighbouring dots of one group until there are few enough to see."""
    found = list(spots)
    if len(found) <= most:
        return found
    reach = max(max(s.x for s in found) - min(s.x for s in found), max(s.y for s in found) - min(s.y for s in found)) or 1.0
    cells = 64
    while len(found) > most and cells > 1:
        rooms: dict[tuple[str, int, int], list[Spot]] = {}
        for spot in spots:
            rooms.setdefault((spot.group or "", int(spot.x / reach * cells), int(spot.y / reach * cells)), []).append(spot)
        found = [_joined(rooms[key]) for key in sorted(rooms)]
        cells = cells * 3 // 4
    return found


def hull(points: Iterable[Point]) -> list[Point]:
    """This will give the corners around the points (Andrew's monotone chain)."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    return _chain(ordered)[:-1] + _chain(ordered[::-1])[:-1]


def core(points: Sequence[Point], share: float = 0.9) -> list[Point]:
    """This will leave out the points farthest from the middle, so that one stray dot does not stretch a group's ground."""
    middle = sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)
    ordered = sorted(points, key=lambda point: (math.dist(point, middle), point))
    return ordered[: max(1, math.ceil(share * len(points)))]


def _chain(points: Sequence[Point]) -> list[Point]:
    chain: list[Point] = []
    for point in points:
        while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= 0:
            chain.pop()
        chain.append(point)
    return chain


def _turn(p: Point, q: Point, r: Point) -> float:
    return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])


def _joined(spots: Sequence[Spot]) -> Spot:
    people = sum(spot.people for spot in spots)
    x, y = (sum(value * spot.people for value, spot in pairs) / people for pairs in ([(s.x, s) for s in spots], [(s.y, s) for s in spots]))
    return Spot(x, y, people, spots[0].group)


def _beside(anchor: Point, width: float, height: float, distance: float, angle: float) -> Box:
    # The rectangle's nearest edge is the distance away, whatever the direction.
    right, down = math.cos(angle), -math.sin(angle)
    x = anchor[0] + right * distance + (right - 1) * width / 2
    y = anchor[1] + down * distance + (down - 1) * height / 2
    return Box(x, y, width, height)


def _against(angle: float, anchor: Point, towards: Point | None) -> float:
    if towards is None or towards == anchor:
        return 0.0
    wish = math.atan2(anchor[1] - towards[1], towards[0] - anchor[0])
    return 8 * (1 - math.cos(angle - wish))
