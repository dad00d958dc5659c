"""Words on a chart: where each stands, so that none meets another and none leaves the paper."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .colours import INK, MUTED, WHITE
from .elements import Markup, element, joined
from .lettering import text_width

TEXT = 14.0
LINE_HEIGHT = 19.0
_ASCENT, _DESCENT = 0.8, 0.26
_WORTH = 22.0
_RING = 8
Spot = tuple[float, float]


@dataclass(frozen=True)
class Room:
    """A rectangle of paper."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Room, air: float = 0.0) -> bool:
        """This will tell whether two rectangles share paper, counting some air between them."""
        return (
            self.left < other.right + air
            and other.left < self.right + air
            and self.top < other.bottom + air
            and other.top < self.bottom + air
        )

    def holds(self, spot: Spot) -> bool:
        """This will tell whether a spot lies in the rectangle."""
        return self.left <= spot[0] <= self.right and self.top <= spot[1] <= self.bottom

    def within(self, other: Room) -> bool:
        """This will tell whether this rectangle lies wholly inside another."""
        return self.left >= other.left and self.right <= other.right and self.top >= other.top and self.bottom <= other.bottom


@dataclass(frozen=True)
class Note:
    """A line of words with the point it hangs on, from `start`, `middle` or `end`."""

    text: str
    x: float
    y: float
    anchor: str = "start"
    bold: bool = False
    fill: str = INK
    halo: bool = False

    @property
    def room(self) -> Room:
        """This will give the rectangle the words take."""
        width = text_width(self.text, TEXT, bold=self.bold)
        left = self.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor] * width
        return Room(left, self.y - _ASCENT * TEXT, left + width, self.y + _DESCENT * TEXT)

    def drawn(self) -> Markup:
        """This will write the words as SVG."""
        return element(
            "text",
            self.text,
            x=self.x,
            y=self.y,
            font_size=TEXT,
            font_weight=600 if self.bold else None,
            fill=self.fill,
            text_anchor=None if self.anchor == "start" else self.anchor,
            stroke=WHITE if self.halo else None,
            stroke_width=3 if self.halo else None,
            stroke_linejoin="round" if self.halo else None,
            paint_order="stroke" if self.halo else None,
        )


@dataclass
class Board:
    """The part of a chart where words may stand: `taken` is closed to them, `busy` is only worse than bare paper."""

    frame: Room
    taken: list[Room] = field(default_factory=list)
    busy: list[Room] = field(default_factory=list)
    leaders: list[tuple[Spot, Spot]] = field(default_factory=list)

    def settle(self, choices: Iterable[Note], point: Spot | None = None) -> Note | None:
        """This will pick the first of the choices that meets nothing, else the one that hides least, and close its room.

        point: what the words name; a line from them to it may cross no other words, nor they any other line.
        """
        best: tuple[float, Note] | None = None
        for note in choices:
            room = note.room
            if not room.within(self.frame) or any(room.meets(other, 2.0) for other in self.taken):
                continue
            if any(_runs_through(line, room) for line in self.leaders):
                continue
            line = (nearest(room, point), point) if point else None
            if line and any(_runs_through(line, other) for other in self.taken if not other.holds(line[1])):
                continue
            hidden = sum(room.meets(other) for other in self.busy)
            # A covered dot or line is about as bad as standing this many pixels farther away.
            cost = hidden + (self._reach(*line) if line else 0.0)
            if best is None or cost < best[0]:
                best = (cost, note)
            if not hidden:
                break
        if best is None:
            return None
        room = best[1].room
        self.taken.append(room)
        if point:
            self.leaders.append((nearest(room, point), point))
        return best[1]

    def _reach(self, start: Spot, end: Spot) -> float:
        away = math.dist(start, end)
        crossed = sum(_runs_through((start, end), other) and not other.holds(end) for other in self.busy) if away > _WORTH else 0
        return away / _WORTH + crossed / 2


def nearest(room: Room, point: Spot) -> Spot:
    """This will find the spot in a rectangle that is nearest to a point."""
    return min(max(point[0], room.left), room.right), min(max(point[1], room.top), room.bottom)


def leader(note: Note, point: Spot, radius: float) -> Markup:
    """This will draw a thin line from words to the edge of the point they name, when the two do not stand side by side."""
    x, y = nearest(note.room, point)
    away = math.hypot(x - point[0], y - point[1])
    if away < radius + 10:
        return Markup("")
    part = (radius + 1) / away
    ends = {"x1": point[0] + part * (x - point[0]), "y1": point[1] + part * (y - point[1]), "x2": x, "y2": y}
    halo = element("line", **ends, stroke=WHITE, stroke_width=3)
    return joined([halo, element("line", **ends, stroke=MUTED, stroke_width=1)])


def _runs_through(line: tuple[Spot, Spot], room: Room) -> bool:
    (x1, y1), (x2, y2) = line
    steps = max(int(max(abs(x2 - x1), abs(y2 - y1)) / 4), 1)
    walked = ((x1 + (x2 - x1) * n / steps, y1 + (y2 - y1) * n / steps) for n in range(steps + 1))
    return any(room.left - 1 < x < room.right + 1 and room.top - 1 < y < room.bottom + 1 for x, y in walked)


def centred(choices: Sequence[Note]) -> tuple[Note, ...]:
    """This will put places over and under a point before those at its sides, ring by ring: on a map, words lie across their land."""
    rings = sorted(enumerate(choices), key=lambda choice: (choice[0] // _RING, choice[1].anchor != "middle"))
    return tuple(note for _, note in rings)


def beside(text: str, x: float, y: float, gap: float, *, bold: bool = False, fill: str = INK) -> tuple[Note, ...]:
    """This will list places for a point's name, the nearest first: right, left, over, under and then farther out."""
    found: list[Note] = []
    for far in (0.0, 10.0, 22.0, 38.0, 58.0, 82.0):
        for dx, dy, anchor in (
            (gap + far, 5.0, "start"),
            (-gap - far, 5.0, "end"),
            (0.0, -gap - far - 3.0, "middle"),
            (0.0, gap + far + 12.0, "middle"),
            (gap * 0.7 + far * 0.7, -gap * 0.7 - far * 0.7, "start"),
            (-gap * 0.7 - far * 0.7, -gap * 0.7 - far * 0.7, "end"),
            (gap * 0.7 + far * 0.7, gap * 0.7 + far * 0.7 + 10.0, "start"),
            (-gap * 0.7 - far * 0.7, gap * 0.7 + far * 0.7 + 10.0, "end"),
        ):
            found.append(Note(text, x + dx, y + dy, anchor, bold, fill, halo=True))
    return tuple(found)


def cut(text: str, width: float, *, bold: bool = False) -> str:
    """This will shorten a line until it fits, ending in …; the whole text stands in the table."""
    if text_width(text, TEXT, bold=bold) <= width:
        return text
    kept = text
    while kept and text_width(f"{kept}…", TEXT, bold=bold) > width:
        kept = kept[:-1]
    return f"{kept.rstrip()}…" if kept else ""


def spread(wanted: Sequence[float], apart: float, low: float, high: float) -> tuple[float, ...]:
    """This will move heights as little as needed so that neighbours are `apart` and all stay between low and high."""
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    places = [min(max(wanted[index], low), high) for index in order]
    for n in range(1, len(places)):
        places[n] = max(places[n], places[n - 1] + apart)
    over = high
    for n in reversed(range(len(places))):
        places[n] = min(places[n], over)
        over = places[n] - apart
    done = [0.0] * len(wanted)
    for index, place in zip(order, places, strict=True):
        done[index] = place
    return tuple(done)
