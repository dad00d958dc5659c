"""Where the names stand on a map: inside their area when there is room, else at sea with a line to it."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from .geography import Point
from .lettering import balanced, text_width

CELL = 4.0
_SEA = -1
_TAKEN = -2
_SEA_SHARES = (0.0, 0.12)
_REACH = 55
_LEFT_OUT, _MEETING = 10_000.0, 400.0
Cell = tuple[int, int]
Outline = tuple[str, str, Sequence[Sequence[Point]]]


@dataclass(frozen=True)
class Box:
    """A placed name: its lines, its rectangle, and where its leader line begins and ends, if it has one."""

    key: str
    lines: tuple[str, ...]
    left: float
    top: float
    width: float
    height: float
    leader: tuple[Point, Point] | None = None

    def overlaps(self, other: "Box", *, beside: float = 0, above: float = 0) -> bool:
        """This will tell whether two rectangles share any paper, counting some air between them."""
        return (
            self.left < other.left + other.width + beside
            and other.left < self.left + self.width + beside
            and self.top < other.top + other.height + above
            and other.top < self.top + self.height + above
        )


@dataclass(frozen=True)
class _Sheet:
    """The map in squares of four units: each holds the number of its area, or sea, or taken."""

    cells: list[list[int]]
    own: tuple[tuple[Cell, ...], ...]

    def take(self, row: int, column: int, high: int, wide: int) -> None:
        for line in self.cells[row : row + high]:
            line[column : column + wide] = [_TAKEN] * len(line[column : column + wide])


@dataclass(frozen=True)
class _Wish:
    """A name that has to stand at sea, with the places it could have, the cheapest first."""

    index: int
    north: int
    west: int
    places: tuple[tuple[float, Box], ...]


def line_height(size: float) -> float:
    """This will give the distance between two lines of a name."""
    return round(size * 1.2, 1)


def placed(
    outlines: Sequence[Outline],
    *,
    width: float,
    height: float,
    size: float,
    blocked: Sequence[tuple[float, float, float, float]],
    whole_inside: frozenset[str] = frozenset(),
) -> tuple[Box, ...]:
    """This will place each (key, name, rings) so that no two names meet; names that fit nowhere are left out."""
    sheet = _raster([rings for _, _, rings in outlines], int(width / CELL), int(height / CELL))
    for left, top, wide, high in blocked:
        sheet.take(int(top / CELL), int(left / CELL), math.ceil(high / CELL), math.ceil(wide / CELL))
    depths = [_depths(cells) for cells in sheet.own]
    boxes: list[Box] = []
    outside: list[int] = []
    for index in sorted(range(len(outlines)), key=lambda index: -depths[index][0][0] if depths[index] else 0):
        key, name, _ = outlines[index]
        box = _inside(sheet, index, key, name, size, whole=key in whole_inside) if depths[index] else None
        if box is not None:
            boxes.append(box)
        elif depths[index]:
            outside.append(index)
    sea = _sums(sheet.cells, _SEA)
    wishes = [_wish(sea, index, outlines[index], size, depths[index]) for index in outside]
    boxes += _at_sea(sheet, wishes, boxes)
    order = {key: index for index, (key, _, _) in enumerate(outlines)}
    return tuple(sorted(boxes, key=lambda box: order[box.key]))


def _raster(areas: Sequence[Sequence[Sequence[Point]]], columns: int, rows: int) -> _Sheet:
    cells = [[_SEA] * columns for _ in range(rows)]
    for index, rings in enumerate(areas):
        crossings: list[list[float]] = [[] for _ in range(rows)]
        for ring in rings:
            for (ax, ay), (bx, by) in zip(ring, [*ring[1:], *ring[:1]], strict=True):
                low, high = (ay, by) if ay < by else (by, ay)
                first, last = math.ceil(low / CELL - 0.5), math.ceil(high / CELL - 0.5)
                for row in range(max(first, 0), min(last, rows)):
                    crossings[row].append(ax + ((row + 0.5) * CELL - ay) * (bx - ax) / (by - ay))
        for row, found in enumerate(crossings):
            found.sort()
            for start, end in zip(found[::2], found[1::2], strict=False):
                first, last = max(math.ceil(start / CELL - 0.5), 0), min(math.ceil(end / CELL - 0.5), columns)
                cells[row][first:last] = [index] * max(last - first, 0)
    own: list[list[Cell]] = [[] for _ in areas]
    for row, line in enumerate(cells):
        for column, cell in enumerate(line):
            if cell >= 0:
                own[cell].append((row, column))
    return _Sheet(cells, tuple(tuple(found) for found in own))


def _depths(cells: Sequence[Cell]) -> list[tuple[int, int, int]]:
    """The cells as (depth, row, column), farthest from the edge first: a chessboard distance in two sweeps."""
    depth = dict.fromkeys(cells, 0)
    for y, x in cells:
        depth[y, x] = 1 + min(depth.get(near, 0) for near in ((y, x - 1), (y - 1, x - 1), (y - 1, x), (y - 1, x + 1)))
    for y, x in reversed(cells):
        near = ((y, x + 1), (y + 1, x - 1), (y + 1, x), (y + 1, x + 1))
        depth[y, x] = min(depth[y, x], 1 + min(depth.get(cell, 0) for cell in near))
    return sorted(((deep, y, x) for (y, x), deep in depth.items()), key=lambda cell: (-cell[0], cell[1], cell[2]))


def _sums(cells: Sequence[Sequence[int]], wanted: int) -> list[list[int]]:
    sums = [[0] * (len(cells[0]) + 1)]
    for line in cells:
        total, row = 0, [0]
        for above, cell in zip(sums[-1][1:], line, strict=True):
            total += cell == wanted
            row.append(above + total)
        sums.append(row)
    return sums


def _windows(
    sums: list[list[int]], high: int, wide: int, *, rows: tuple[int, int] = (1, 10_000), step: int = 1
) -> Iterator[tuple[int, int, int]]:
    for row in range(max(rows[0], 1), min(rows[1], len(sums) - high - 1), step):
        upper, lower = sums[row], sums[row + high]
        for column in range(1, len(upper) - wide - 1, step):
            yield row, column, lower[column + wide] - upper[column + wide] - lower[column] + upper[column]


def _measured(lines: Sequence[str], size: float) -> tuple[float, float]:
    return max(text_width(line, size, bold=True) for line in lines), len(lines) * line_height(size)


def _splits(name: str) -> list[tuple[str, ...]]:
    found = (balanced(name.replace("/", "/ "), lines) for lines in (1, 2, 3))
    return [tuple(line.replace("/ ", "/") for line in lines) for lines in found if lines]


def _inside(sheet: _Sheet, index: int, key: str, name: str, size: float, *, whole: bool) -> Box | None:
    own = sheet.own[index]
    middle = sum(row for row, _ in own) / len(own), sum(column for _, column in own) / len(own)
    top, bottom = max(own[0][0] - 2, 0), own[-1][0] + 3
    left, right = max(min(column for _, column in own) - 2, 0), max(column for _, column in own) + 3
    part = [line[left:right] for line in sheet.cells[top:bottom]]
    land, sea = _sums(part, index), _sums(part, _SEA)
    for share in _SEA_SHARES[:1] if whole else _SEA_SHARES:
        for lines in _splits(name):
            width, height = _measured(lines, size)
            wide, high = math.ceil((width + CELL) / CELL), math.ceil(height / CELL)
            best: tuple[float, int, int] | None = None
            for (row, column, on_land), (_, _, at_sea) in zip(_windows(land, high, wide), _windows(sea, high, wide), strict=True):
                if on_land + at_sea < wide * high or at_sea > share * wide * high:
                    continue
                y, x = row + top, column + left
                away = math.hypot(y + high / 2 - middle[0], x + wide / 2 - middle[1]) + at_sea / 2
                if best is None or away < best[0]:
                    best = (away, y, x)
            if best:
                _, row, column = best
                sheet.take(row, column, high, wide)
                across, down = column * CELL + (wide * CELL - width) / 2, row * CELL + (high * CELL - height) / 2
                return Box(key, lines, across, down, width, height)
    return None


def _wish(sea: list[list[int]], index: int, outline: Outline, size: float, depths: Sequence[tuple[int, int, int]]) -> _Wish:
    key, name, _ = outline
    anchors = _anchors(depths)
    north = depths[0][1]
    found: list[tuple[float, Box]] = []
    for lines in _splits(name):
        width, height = _measured(lines, size)
        wide, high = math.ceil(width / CELL) + 2, math.ceil(height / CELL) + 1
        for row, column, count in _windows(sea, high, wide, rows=(north - _REACH, north + _REACH), step=2):
            if count < wide * high:
                continue
            left, top = column * CELL + (wide * CELL - width) / 2, row * CELL + (high * CELL - height) / 2
            for x, y, shallow in anchors:
                near = (min(max(x, left), left + width), min(max(y, top), top + height))
                cost = math.dist(near, (x, y)) + 12 * len(lines) + 12 * shallow
                found.append((cost, Box(key, lines, left, top, width, height, (near, (x, y)))))
    found.sort(key=lambda place: place[0])
    return _Wish(index, north, depths[0][2], tuple(found))


def _anchors(depths: Sequence[tuple[int, int, int]]) -> list[tuple[float, float, int]]:
    """Where a leader line may end, and how much nearer the edge than the deepest cell that is."""
    deepest, *start = depths[0]
    mainland = _around({(y, x) for _, y, x in depths}, (start[0], start[1]))
    deep = [(depth, y, x) for depth, y, x in depths if depth * 3 >= deepest and (y, x) in mainland]
    ends = [deep[0]]
    for level in range(max(1, deepest // 3), deepest + 1):
        here = [cell for cell in deep if cell[0] >= level]
        ends += [min(here, key=itemgetter(1)), max(here, key=itemgetter(1))] if here else []
        ends += [min(here, key=itemgetter(2)), max(here, key=itemgetter(2))] if here else []
    return [((x + 0.5) * CELL, (y + 0.5) * CELL, deepest - depth) for depth, y, x in dict.fromkeys(ends)]


def _around(cells: set[Cell], start: Cell) -> set[Cell]:
    found, waiting = {start}, [start]
    while waiting:
        y, x = waiting.pop()
        for cell in ((y + down, x + right) for down in (-1, 0, 1) for right in (-1, 0, 1)):
            if cell in cells and cell not in found:
                found.add(cell)
                waiting.append(cell)
    return found


def _at_sea(sheet: _Sheet, wishes: Sequence[_Wish], others: Sequence[Box]) -> list[Box]:
    """Each order of asking gives one layout; the one with the shortest and clearest lines wins."""
    across: dict[tuple[Point, Point], float] = {}
    best: tuple[float, list[Box]] = (math.inf, [])
    orders = (
        sorted(wishes, key=lambda wish: wish.north),
        sorted(wishes, key=lambda wish: -wish.north),
        sorted(wishes, key=lambda wish: wish.west),
        sorted(wishes, key=lambda wish: -wish.west),
    )
    for order in orders:
        total, boxes = 0.0, list[Box]()
        for wish in order:
            cost, box = _cheapest(sheet, wish, [*others, *boxes], across)
            total += cost
            boxes += [box] if box else []
        if total < best[0]:
            best = (total, boxes)
    return best[1]


def _cheapest(sheet: _Sheet, wish: _Wish, others: Sequence[Box], across: dict[tuple[Point, Point], float]) -> tuple[float, Box | None]:
    best: tuple[float, Box | None] = (_LEFT_OUT, None)
    for cost, box in wish.places:
        if cost >= best[0]:
            break
        if box.leader is None:
            continue
        if box.leader not in across:
            across[box.leader] = _over_land(sheet, wish.index, *box.leader)
        cost += across[box.leader]
        if cost >= best[0] or any(box.overlaps(other, beside=4 * CELL, above=CELL / 2) for other in others):
            continue
        cost += _MEETING * sum(_meet(box, other) for other in others)
        if cost < best[0]:
            best = (cost, box)
    return best


def _over_land(sheet: _Sheet, index: int, start: Point, end: Point) -> float:
    """How far a line runs over areas that are not its own."""
    steps = max(1, int(math.dist(start, end) / CELL))
    (ax, ay), (bx, by) = start, end
    passed = (
        sheet.cells[int((ay + (by - ay) * step / steps) / CELL)][int((ax + (bx - ax) * step / steps) / CELL)] for step in range(1, steps)
    )
    return CELL * sum(cell >= 0 and cell != index for cell in passed)


def _meet(box: Box, other: Box) -> bool:
    """Whether either one's leader line runs into the other."""
    for one, two in ((box, other), (other, box)):
        if one.leader and _through(*one.leader, two):
            return True
    return bool(box.leader and other.leader and _cross(*box.leader, *other.leader))


def _through(start: Point, end: Point, box: Box) -> bool:
    left, right = box.left - 8, box.left + box.width + 8
    top, bottom = box.top - 2, box.top + box.height + 2
    if max(start[0], end[0]) < left or min(start[0], end[0]) > right:
        return False
    if max(start[1], end[1]) < top or min(start[1], end[1]) > bottom:
        return False
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    sides = {_turn(start, end, corner) > 0 for corner in corners}
    return len(sides) == 2


def _turn(p: Point, q: Point, r: Point) -> float:
    return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    return _turn(a, b, c) * _turn(a, b, d) < 0 and _turn(c, d, a) * _turn(c, d, b) < 0
