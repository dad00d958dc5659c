"""The map of opinions: who answers alike, for the page, the phone and the hall."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .colours import INK, LINE, MUTED, STRONG_LINE, WHITE
from .elements import Markup, Picture, Table, counted, drawing, element, joined
from .lettering import text_width, wrapped
from .opinion_marks import group_dot, mark_of, sector_named
from .opinion_places import MOST_DOTS, Box, Point, Sheet, Spot, apart, core, fitted, gathered, hull
from .opinion_words import begun, listed, people_in, sector_words, words_in
from .sectors import Sector, mark


@dataclass(frozen=True)
class Size:
    """How large the drawing is and how large its words are; `dot` is the radius of the smallest dot."""

    width: float
    height: float
    text: float
    name: float
    dot: float


SIZES: Mapping[str, Size] = {
    "wide": Size(920, 560, 16, 20, 7),
    "phone": Size(358, 420, 14, 16, 4.5),
    "hall": Size(490, 490, 18, 23, 6),
}
NEAR, FAR = 0.6, 1.4


@dataclass(frozen=True)
class _Shown:
    """The figures as the drawing needs them; stands: a sector's mark, its people and its place."""

    letters: list[str]
    people: Mapping[str, int | None]
    spots: list[Spot]
    middles: Mapping[str, Point]
    stands: list[tuple[Sector, int, Point]]
    hidden: list[str]
    smallest: int
    participants: int
    tried: bool


def opinion_map(
    figures: Mapping[str, Any],
    *,
    language: str = "da",
    size: str = "wide",
    sector_names: Mapping[str, str] | None = None,
    headed: bool = False,
    persons: str = "",
    id_prefix: str = "opinion-map",
) -> Picture:
    """This will draw where people stand from an opinion result's published figures; raises ValueError for a size it does not know.

    figures: `map`, `found` and `participants` of `OpinionResult.public()`. sector_names: other words for sectors. headed: with title,
    explanation and reservation written in the drawing, for a file that stands alone. persons: what one answer is from, if not a person.
    """
    if size not in SIZES:
        raise ValueError(f"Kortet tegnes som {', '.join(SIZES)}, ikke »{size}«.")
    words, look = words_in(language, persons), SIZES[size]
    shown = _read(figures, {**sector_words(language), **(sector_names or {})})
    title = _title(shown, words)
    table = _table(shown, words)
    described = _described(shown, words)
    top, heading = _heading(title, shown, words, look) if headed else (0.0, Markup(""))
    height = _height(shown, look)
    bottom, foot = _foot(shown, words, look, top + height) if headed else (0.0, Markup(""))
    frame = Box(0, top, look.width, height)
    body = _drawn(shown, words, look, frame) if shown.spots else _early(words, look, frame)
    svg = drawing(
        element("rect", x=0, y=0, width=look.width, height=top + height + bottom, fill=WHITE) if headed else Markup(""),
        heading,
        body,
        foot,
        width=look.width,
        height=top + height + bottom,
        title=title,
        description=described,
        id_prefix=id_prefix,
        kind="opinion-map",
    )
    return Picture(svg, title, described, table)


def _read(figures: Mapping[str, Any], names: Mapping[str, str]) -> _Shown:
    drawn, found = figures.get("map") or {}, figures.get("found") or {}
    people: Mapping[str, int | None] = found.get("people") or {}
    spots = [Spot(dot["x"], dot["y"], dot["people"], dot["group"]) for dot in drawn.get("dots", ())]
    areas = {area["group"]: (area["x"], area["y"]) for area in drawn.get("groups", ())}
    stands = [(sector_named(area["sector"], names), area["people"], (area["x"], area["y"])) for area in drawn.get("sectors", ())]
    hidden = [sector_named(name, names).name for name in drawn.get("hidden", ())]
    smallest, participants = int(drawn.get("smallest", 5)), int(figures.get("participants", 0))
    return _Shown(list(people), people, spots, areas, stands, hidden, smallest, participants, bool(found.get("tried", 1)))


def _title(shown: _Shown, words: Mapping[str, str]) -> str:
    if not shown.spots:
        return words["early"]
    if not shown.letters:
        if len({(spot.x, spot.y) for spot in shown.spots}) == 1 and len(shown.spots) > 1:
            return words["alike"]
        return words["no_groups"] if shown.tried else words["early_groups"]
    k = len(shown.letters)
    told = words.get(f"groups_{k}", words["groups"]).format(count=k)
    known = [count for count in shown.people.values() if count is not None]
    parts = [words["largest"].format(count=counted(max(known)))] if known else []
    parts += _pair(shown, words)
    return f"{told}: {'; '.join(parts)}" if parts else told


def _pair(shown: _Shown, words: Mapping[str, str]) -> list[str]:
    """The two sectors that stand nearest, when they are near; with two sectors, also when they are far apart."""
    pairs = [(math.dist(a[2], b[2]), a[0].name, b[0].name) for n, a in enumerate(shown.stands) for b in shown.stands[n + 1 :]]
    if not pairs:
        return []
    people = sum(spot.people for spot in shown.spots)
    x, y = (sum(spot.people * value for spot, value in pairs_) / people for pairs_ in _axes(shown.spots))
    spread = math.sqrt(sum(spot.people * math.dist((spot.x, spot.y), (x, y)) ** 2 for spot in shown.spots) / people)
    distance, one, two = min(pairs)
    if distance < NEAR * spread:
        return [words["near"].format(one=_inside(one, words), two=_inside(two, words))]
    if len(pairs) == 1 and distance > FAR * spread:
        return [words["far"].format(one=_inside(one, words), two=_inside(two, words))]
    return []


def _axes(spots: Sequence[Spot]) -> tuple[list[tuple[Spot, float]], list[tuple[Spot, float]]]:
    return [(spot, spot.x) for spot in spots], [(spot, spot.y) for spot in spots]


def _inside(name: str, words: Mapping[str, str]) -> str:
    """A name as it stands inside a sentence."""
    plain = name.replace(", ", words["and"])
    return plain if plain[:2].isupper() else plain[:1].lower() + plain[1:]


def _nearest(point: Point, shown: _Shown) -> str | None:
    return min(shown.middles, key=lambda letter: (math.dist(point, shown.middles[letter]), letter), default=None)


def _table(shown: _Shown, words: Mapping[str, str]) -> Table:
    rows: list[tuple[str, str, str]] = []
    for letter in shown.letters:
        near = [sector.name for sector, _, place in shown.stands if _nearest(place, shown) == letter]
        count = shown.people[letter]
        rows.append((words["group"].format(letter=letter), words["hidden"] if count is None else counted(count), ", ".join(near) or "–"))
    between = sum(spot.people for spot in shown.spots if spot.group is None)
    if between:
        rows.append((words["between"] if shown.letters else words["everyone"], counted(between), "–"))
    for sector, count, place in shown.stands:
        nearest = _nearest(place, shown)
        rows.append((sector.name, counted(count), words["group"].format(letter=nearest) if nearest else "–"))
    rows += [(name, words["hidden"], "–") for name in shown.hidden]
    return Table(words["caption"], (words["who"], words["count"], words["nearest"]), tuple(rows))


def _dots_mean(shown: _Shown, words: Mapping[str, str]) -> str:
    if len(shown.spots) > MOST_DOTS:
        return words["dots"].format(least=shown.smallest)
    return words["dot"].format(least=shown.smallest, most=max(spot.people for spot in shown.spots))


def _described(shown: _Shown, words: Mapping[str, str]) -> str:
    told = [_dots_mean(shown, words)] if shown.spots else [words["early_more"]]
    for letter in shown.letters:
        told.append(words["said"].format(who=words["group"].format(letter=letter), count=people_in(shown.people[letter], words)))
    for sector, count, place in shown.stands:
        nearest = _nearest(place, shown)
        told.append(words["said"].format(who=sector.name, count=people_in(count, words)))
        if nearest:
            told.append(words["stands"].format(who=sector.name, near=_inside(words["group"].format(letter=nearest), words)))
    if shown.hidden:
        told.append(words["sectors_none"].format(names=begun(listed(shown.hidden, words))))
    return " ".join(told)


def _height(shown: _Shown, look: Size) -> float:
    """As high as the dots need, so that a wide map has no empty bands above and below."""
    if not shown.spots:
        return look.height * 0.6
    xs, ys = ([*(getattr(spot, axis) for spot in shown.spots), *(place[n] for *_, place in shown.stands)] for n, axis in enumerate("xy"))
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    side, above = _margins(look)
    needed = (look.width - 2 * side) * high / wide + 2 * above if wide else look.height
    return min(look.height, max(needed, look.height * 0.5))


def _margins(look: Size) -> tuple[float, float]:
    return 2 * look.dot + look.text, 2 * look.dot + 2.2 * look.text


def _drawn(shown: _Shown, words: Mapping[str, str], look: Size, frame: Box) -> Markup:
    spots = gathered(shown.spots)
    usual = min(spot.people for spot in spots)
    small = look.dot * (1.25 if len(spots) <= 60 else 1.0 if len(spots) <= 200 else 0.8)
    side, above = _margins(look)
    inner = Box(frame.x + side, frame.y + above, frame.width - 2 * side, frame.height - 2 * above)
    to = fitted([(spot.x, spot.y) for spot in spots] + [place for *_, place in shown.stands], inner)
    at = [(spot, to((spot.x, spot.y))) for spot in spots]
    sheet = Sheet(frame, [point for _, point in at])
    # The sectors' own marks may not be written over.
    reach = look.dot * 1.8
    marks = apart([to(place) for *_, place in shown.stands], 2 * reach + 2)
    sheet.taken += [Box(x - reach, y - reach, 2 * reach, 2 * reach) for x, y in marks]
    middles = {letter: to(place) for letter, place in shown.middles.items()}
    grounds, names = [], []
    for letter in shown.letters:
        own = [point for spot, point in at if spot.group == letter]
        if own:
            grounds.append(_ground(own, mark_of(letter, shown.letters).ground, look))
            names.append(_group_name(letter, own, middles, shown, words, look, sheet))
    dots = [
        group_dot(mark_of(spot.group, shown.letters), x, y, min(small * math.sqrt(spot.people / usual), 3 * look.dot))
        for spot, (x, y) in sorted(at, key=lambda pair: -pair[0].people)
    ]
    sectors = [_sector(sector, place, look, sheet) for (sector, *_), place in zip(shown.stands, marks, strict=True)]
    # Lines to the words go under all marks, and words over all.
    return joined([*grounds, *dots, *(part[n] for n in range(3) for part in sectors), *names])


def _ground(own: Sequence[Point], fill: str, look: Size) -> Markup:
    corners = hull(core(own))
    if len(corners) < 3:
        path = " ".join(f"{'L' if n else 'M'}{x:.1f},{y:.1f}" for n, (x, y) in enumerate([*corners, corners[-1]]))
    else:
        halves = [((x + u) / 2, (y + v) / 2) for (x, y), (u, v) in zip(corners, [*corners[1:], corners[0]], strict=True)]
        bends = [
            f"Q{x:.1f},{y:.1f} {u:.1f},{v:.1f}" for (x, y), (u, v) in zip([*corners[1:], corners[0]], [*halves[1:], halves[0]], strict=True)
        ]
        path = f"M{halves[0][0]:.1f},{halves[0][1]:.1f} {' '.join(bends)} Z"
    # The wide round line around the corners makes the ground soft.
    return element(
        "path", d=path, fill=fill, stroke=fill, stroke_width=look.dot * 7, stroke_linejoin="round", stroke_linecap="round", opacity="0.85"
    )


def _group_name(
    letter: str, own: Sequence[Point], middles: Mapping[str, Point], shown: _Shown, words: Mapping[str, str], look: Size, sheet: Sheet
) -> Markup:
    name, size = words["group"].format(letter=letter), people_in(shown.people[letter], words)
    width = max(text_width(name, look.name, bold=True), text_width(size, look.text)) + 6
    height = look.name * 1.2 + look.text * 1.3
    middle = sum(x for x, _ in own) / len(own), sum(y for _, y in own) / len(own)
    others = [place for other, place in middles.items() if other != letter]
    away: Point | None = None
    if others:
        mean = sum(x for x, _ in others) / len(others), sum(y for _, y in others) / len(others)
        away = 2 * middle[0] - mean[0], 2 * middle[1] - mean[1]
    reach = max(math.dist(point, middle) for point in core(own))
    box = sheet.place(middle, width, height, [part * reach for part in (0.2, 0.5, 0.8, 1.0, 1.2, 1.4)], away)
    colour = mark_of(letter, shown.letters).colour
    return joined(
        [
            _words(name, box.x + 3, box.y + look.name, look.name, colour, bold=True),
            _words(size, box.x + 3, box.y + look.name * 1.2 + look.text, look.text, INK),
        ]
    )


def _sector(sector: Sector, place: Point, look: Size, sheet: Sheet) -> tuple[Markup, Markup, Markup]:
    x, y = place
    r = look.dot * 1.25
    width, height = text_width(sector.name, look.text, bold=True) + 6, look.text * 1.25
    box = sheet.place(place, width, height, [r + 6, r + 14, r + 26, r + 44, r + 70, r + 100, r + 140])
    near = min(max(x, box.x), box.x + box.width), min(max(y, box.y), box.y + box.height)
    line = [
        element("line", x1=x, y1=y, x2=near[0], y2=near[1], stroke=colour, stroke_width=wide)
        for colour, wide in ((WHITE, 4), (sector.colour, 1.4))
        if math.dist(near, place) > r + 10
    ]
    plate = element("circle", cx=x, cy=y, r=r * 1.5, fill=WHITE, stroke=STRONG_LINE)
    name = _words(sector.name, box.x + 3, box.y + look.text, look.text, sector.colour, bold=True)
    return joined(line), joined([plate, mark(sector, x, y, radius=r)]), name


def _words(text: str, x: float, y: float, size: float, fill: str, *, bold: bool = False) -> Markup:
    return element(
        "text", text, x=x, y=y, font_size=size, font_weight=600 if bold else None, fill=fill,
        stroke=WHITE, stroke_width=4, stroke_linejoin="round", paint_order="stroke",
    )  # fmt: skip


def _early(words: Mapping[str, str], look: Size, frame: Box) -> Markup:
    x, y = frame.x + frame.width / 2, frame.y + frame.height / 2
    rings = [
        element("circle", cx=x + dx * frame.width, cy=y + dy * frame.height, r=look.dot, fill="none", stroke=LINE, stroke_width=2)
        for dx, dy in ((-0.3, -0.2), (-0.22, 0.22), (-0.36, 0.05), (0.3, -0.22), (0.24, 0.2), (0.37, 0.02), (0.02, -0.32), (-0.05, 0.34))
    ]
    said = [element("text", words["early_middle"], x=x, y=y - 4, font_size=look.name, font_weight=600, fill=INK, text_anchor="middle")]
    for n, line in enumerate(wrapped(words["early_more"], look.text, frame.width - 40)):
        said.append(element("text", line, x=x, y=y + look.text * 1.4 * (n + 1), font_size=look.text, fill=MUTED, text_anchor="middle"))
    return joined([*rings, *said])


def _heading(title: str, shown: _Shown, words: Mapping[str, str], look: Size) -> tuple[float, Markup]:
    room = look.width - 32
    pieces, y = [], 12.0
    for line in wrapped(title, look.name, room, bold=True):
        y += look.name * 1.25
        pieces.append(element("text", line, x=16, y=y, font_size=look.name, font_weight=600, fill=INK))
    y += 4
    for line in wrapped(_dots_mean(shown, words), look.text, room) if shown.spots else ():
        y += look.text * 1.4
        pieces.append(element("text", line, x=16, y=y, font_size=look.text, fill=MUTED))
    return y + 12, joined(pieces)


def _foot(shown: _Shown, words: Mapping[str, str], look: Size, top: float) -> tuple[float, Markup]:
    said = words["not_proved"]
    if shown.participants >= shown.smallest:
        said += " " + words["answered"].format(people=people_in(shown.participants, words))
    if shown.hidden:
        said += " " + words["sectors_none"].format(names=begun(listed(shown.hidden, words)))
    pieces, y = [], 0.0
    for line in wrapped(said, max(look.text - 2, 14), look.width - 32):
        y += max(look.text - 2, 14) * 1.4
        pieces.append(element("text", line, x=16, y=top + y, font_size=max(look.text - 2, 14), fill=MUTED))
    return y + 14, joined(pieces)
