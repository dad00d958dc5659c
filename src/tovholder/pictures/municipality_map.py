"""A map of the 98 municipalities: who stands out, or up to five shades of a figure. Every sign has fill and pattern, and its word."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from .alphabet import danish_order
from .chart_words import chart_words, ended, listed
from .colours import INK, STRONG_LINE, WHITE
from .elements import Markup, Picture, Table, checked_prefix, element, joined
from .figures import checked, figure
from .geography import BORNHOLM, HEIGHT, INSET, WIDTH, Point, area_of, dissolved, land, line_path, outline_path, points_of
from .lettering import text_width
from .measured_places import HIDDEN, INSIDE, MISSING, OVER, UNDER, MunicipalityFigure, MunicipalityFigures
from .municipality_signs import STANDINGS, Sign, class_signs, fill_of, lifted_sign, pattern, swatch_of
from .notes import TEXT, Board, Note, Room, beside, centred, cut, leader
from .saying_places import map_sentence, rest_sentence
from .sheets import sheet

_WIDTH_OF_NAME = 44.0
_REACH = 8.0
_ROW = 28.0
_SAMPLES = 14


def municipality_map(
    found: MunicipalityFigures,
    *,
    title: str = "",
    words: Mapping[str, str] | None = None,
    width: float = 620,
    headed: bool = False,
    id_prefix: str = "municipality-map",
) -> Picture:
    """This will draw how the municipalities stand, Bornholm in a frame, and say it in a table; raises ValueError for unknown codes.

    title: instead of the sentence said from the figures. words: other words than the Danish. width: the map is never wider than 620.
    headed: with its sentence above and its method below, for a file that stands alone.
    """
    _check(found)
    prefix = checked_prefix(id_prefix)
    said = chart_words("da", words)
    named = title or map_sentence(found, land().names, said)
    scale = min(width, WIDTH) / WIDTH
    signs = dict(_signed(found))
    groups: dict[Sign, list[str]] = defaultdict(list)
    for code in sorted(land().rings):
        groups[signs[code]].append(code)
    legend, foot = _legend(found, groups, prefix, HEIGHT * scale + 8, width, said)
    body = [
        element("defs", *(pattern(sign, prefix, scale) for sign in groups if sign.texture)),
        element("g", *_land(groups, prefix), _borders(), fill_rule="evenodd", transform=f"scale({scale:.4f})"),
        _frame(scale),
        *_named(found, signs, scale),
        *legend,
    ]
    described = _described(found, said)
    svg = sheet(
        body, width=width, height=foot, title=named, description=described, method=found.method,
        headed=headed, id_prefix=prefix, kind="municipality-map",
    )  # fmt: skip
    return Picture(svg, named, described, _table(found, named, said))


def _check(found: MunicipalityFigures) -> None:
    seen: set[str] = set()
    for place in found.figures:
        if place.code not in land().rings:
            raise ValueError(f"Kommunekoden {place.code} findes ikke på kortet. Brug de fire cifre, for eksempel 0461 for Odense.")
        if place.code in seen:
            raise ValueError(f"{land().names[place.code]} står to gange. Giv hver kommune ét tal.")
        seen.add(place.code)
        checked(place.value, land().names[place.code])
        if place.standing not in STANDINGS:
            raise ValueError(f"{land().names[place.code]}: »{place.standing}« er ikke en vurdering. Brug {', '.join(STANDINGS)}.")
        if found.classes and place.shade is not None and not 0 <= place.shade < len(found.classes):
            raise ValueError(f"{land().names[place.code]} er i klasse {place.shade}, men der er kun {len(found.classes)}, fra 0.")


def _signed(found: MunicipalityFigures) -> list[tuple[str, Sign]]:
    """Each municipality's sign; one without a figure has none to show, whatever class it was put in."""
    classes = class_signs(len(found.classes)) if found.classes else ()
    signs = dict.fromkeys(land().rings, STANDINGS[MISSING])
    for place in found.figures:
        if place.standing in (HIDDEN, MISSING):
            signs[place.code] = STANDINGS[place.standing]
        elif classes:
            signs[place.code] = STANDINGS[MISSING] if place.shade is None else classes[place.shade]
        else:
            signs[place.code] = STANDINGS[place.standing]
    return list(signs.items())


def _land(groups: Mapping[Sign, Sequence[str]], prefix: str) -> list[Markup]:
    return [
        element(
            "path",
            d=outline_path(dissolved(codes)),
            fill=fill_of(sign, prefix),
            stroke=STRONG_LINE,
            stroke_width=0.6,
            class_=f"tov-{sign.key}",
        )
        for sign, codes in groups.items()
    ]


@lru_cache(maxsize=1)
def _borders() -> Markup:
    arcs = [arc for arc, codes in land().users.items() if len(codes) > 1 and codes[0] != codes[1]]
    return element("path", d=line_path(arcs), fill="none", stroke=WHITE, stroke_width=0.9, stroke_linejoin="round")


def _frame(scale: float) -> Markup:
    left, top, width, height = (scale * side for side in INSET)
    frame = element("rect", x=left, y=top, width=width, height=height, fill="none", stroke=STRONG_LINE)
    return joined([frame, Note("Bornholm", left + width, top + height + 17, "end", fill=INK).drawn()])


def _named(found: MunicipalityFigures, signs: Mapping[str, Sign], scale: float) -> list[Markup]:
    """Triangles on all that stand out, and beside them as many names as the width allows, the farthest from the rest first."""
    out = [place for place in found.figures if signs[place.code].key in (OVER, UNDER)]
    spots = {place.code: (_middle(place.code)[0] * scale, _middle(place.code)[1] * scale) for place in out}
    drawn = [lifted_sign(signs[code].key, x, y) for code, (x, y) in spots.items()]
    left, top, width, height = (scale * side for side in INSET)
    board = Board(Room(2, 2, WIDTH * scale - 2, HEIGHT * scale - 2))
    board.taken = [Room(x - _REACH, y - _REACH, x + _REACH, y + _REACH) for x, y in spots.values()]
    board.taken.append(Room(min(left, left + width - text_width("Bornholm", TEXT)) - 4, top - 4, left + width + 4, top + height + 24))
    named = [place for place in _farthest(found, out) if place.code != BORNHOLM]
    for place in named[: int(WIDTH * scale / _WIDTH_OF_NAME)]:
        x, y = spots[place.code]
        note = board.settle(centred(beside(land().names[place.code], x, y, _REACH + 4, bold=True)), (x, y))
        if note:
            drawn.append(joined([leader(note, (x, y), _REACH), note.drawn()]))
    return drawn


def _farthest(found: MunicipalityFigures, out: Sequence[MunicipalityFigure]) -> list[MunicipalityFigure]:
    inside = sorted(place.value for place in found.figures if place.standing == INSIDE and place.value is not None)
    middle = inside[len(inside) // 2] if inside else 0.0
    return sorted(out, key=lambda place: (-abs((place.value if place.value is not None else middle) - middle), place.code))


@lru_cache(maxsize=128)
def _middle(code: str) -> Point:
    """The point of a municipality's largest island that lies farthest from its edge, among samples."""
    rings = [points_of(land().arcs, ring) for ring in dissolved([code])]
    ring = max(rings, key=lambda points: abs(area_of(points)))
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    edges = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    best: tuple[float, Point] = (-1.0, ring[0])
    for n in range(1, _SAMPLES):
        for m in range(1, _SAMPLES):
            point = min(xs) + (max(xs) - min(xs)) * n / _SAMPLES, min(ys) + (max(ys) - min(ys)) * m / _SAMPLES
            if not _inside(point, edges):
                continue
            depth = min(_distance(point, a, b) for a, b in edges)
            if depth > best[0]:
                best = (depth, point)
    return best[1]


def _inside(point: Point, edges: Sequence[tuple[Point, Point]]) -> bool:
    x, y = point
    crossings = sum((ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay) for (ax, ay), (bx, by) in edges)
    return crossings % 2 == 1


def _distance(point: Point, a: Point, b: Point) -> float:
    (x, y), (ax, ay), (bx, by) = point, a, b
    length = (bx - ax) ** 2 + (by - ay) ** 2
    part = max(0.0, min(1.0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length)) if length else 0.0
    return math.hypot(x - ax - part * (bx - ax), y - ay - part * (by - ay))


def _legend(
    found: MunicipalityFigures, groups: Mapping[Sign, Sequence[str]], prefix: str, top: float, width: float, said: Mapping[str, str]
) -> tuple[list[Markup], float]:
    """What each fill means and how many have it; only those on the map are listed."""
    order = [*(class_signs(len(found.classes)) if found.classes else (STANDINGS[OVER], STANDINGS[UNDER], STANDINGS[INSIDE]))]
    order += [STANDINGS[HIDDEN], STANDINGS[MISSING]]
    drawn: list[Markup] = []
    x, y = 1.0, top
    for sign in (sign for sign in order if groups.get(sign)):
        text = cut(said["count_head"].format(word=_word(sign, found, said), count=len(groups[sign])), width - 32)
        wide = 26 + text_width(text, TEXT)
        if x > 1 and x + wide > width - 2:
            x, y = 1.0, y + _ROW
        drawn.append(swatch_of(sign, prefix, x, y))
        drawn.append(Note(text, x + 26, y + 14, fill=INK).drawn())
        x += wide + 22
    return drawn, y + _ROW


def _word(sign: Sign, found: MunicipalityFigures, said: Mapping[str, str]) -> str:
    if sign.key.startswith("class-"):
        return found.classes[int(sign.key.removeprefix("class-"))]
    return said[sign.key]


def _described(found: MunicipalityFigures, said: Mapping[str, str]) -> str:
    names = land().names
    over, under, inside, hidden = (
        [names[place.code] for place in found.figures if place.standing == key] for key in (OVER, UNDER, INSIDE, HIDDEN)
    )
    told = [ended(found.definition or ", ".join(part for part in (found.measure, found.unit) if part))]
    if not found.classes:
        told.append(rest_sentence(len(over), len(under), inside, (said["municipality"].lower(), said["municipalities"]), said))
    told += [said["too_few"].format(names=listed(sorted(hidden, key=danish_order), said))] if hidden else []
    told.append(said["credit"])
    return " ".join(part for part in told if part)


def _table(found: MunicipalityFigures, caption: str, said: Mapping[str, str]) -> Table:
    given = {place.code: place for place in found.figures}
    headers = (said["municipality"], found.unit or said["figure_head"], said["class"] if found.classes else said["standing"])
    rows = []
    signs = dict(_signed(found))
    for code in sorted(land().names, key=lambda code: danish_order(land().names[code])):
        place, sign = given.get(code), signs[code]
        shown = place is not None and place.value is not None and sign.key not in (HIDDEN, MISSING)
        value = figure(place.value, found.decimals, said) if shown and place is not None and place.value is not None else "–"
        rows.append((land().names[code], value, _word(sign, found, said)))
    return Table(caption, headers, tuple(rows))
