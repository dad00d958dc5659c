"""The map of Denmark: regions, clusters or health councils as they are on a date."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .colours import FJORD, INK, MAP_FILLS, OUTSIDE, STRONG_LINE, WHITE
from .elements import Markup, Picture, Table, checked_prefix, drawing, element, joined
from .geography import (
    BORNHOLM,
    CHRISTIANSOE,
    HEIGHT,
    INSET,
    WIDTH,
    Point,
    dissolved,
    land,
    line_path,
    outline_path,
    points_of,
)
from .labels import Box, line_height, placed

CREDIT = "Kort: Geodatastyrelsen."
WORDS: Mapping[str, str] = {
    "and": " og ",
    "shared": "{place} hører til både {areas} og er skraveret.",
    "none": "Ingen områder er tegnet ind.",
    "one_outside": "1 kommune er grå, fordi ingen af områderne dækker den.",
    "many_outside": "{count} kommuner er grå, fordi ingen af områderne dækker dem.",
    "credit": CREDIT,
}
_KIND = re.compile(r"^(Region|Sundhedsråd|Sundhedsklynge|Klynge) |klyngen$")
_FEW = 6


@dataclass(frozen=True)
class Area:
    """A region, cluster or health council, and the municipalities it covers; `label` is its short name."""

    key: str
    name: str
    municipality_codes: tuple[str, ...]
    note: str = ""
    label: str = ""


def map_of_denmark(
    areas: Sequence[Area],
    *,
    title: str,
    description: str,
    highlighted: frozenset[str] = frozenset(),
    divisions: Sequence[Area] = (),
    words: Mapping[str, str] | None = None,
    id_prefix: str = "map",
) -> Picture:
    """This will draw the areas, Bornholm in a frame, and say the same in a table. Raises ValueError."""
    return _map(tuple(areas), title, description, highlighted, tuple(divisions), tuple((words or {}).items()), checked_prefix(id_prefix))


def area_fills(areas: Sequence[Area], *, highlighted: frozenset[str] = frozenset()) -> Mapping[str, str]:
    """This will give each area its colour on the map: neighbours differ, what is new is fjord. Raises ValueError."""
    members = _members(tuple(areas))
    touching: dict[str, set[str]] = defaultdict(set)
    for codes in land().users.values():
        keys = {key for code in codes for key in members.get(code, ())}
        for key in keys:
            touching[key] |= keys - {key}
    fills: dict[str, str] = {}
    for index, area in enumerate(areas):
        taken = [fills[key] for key in touching[area.key] if key in fills]
        turned = MAP_FILLS[index % len(MAP_FILLS) :] + MAP_FILLS[: index % len(MAP_FILLS)]
        fills[area.key] = FJORD if area.key in highlighted else min(turned, key=taken.count)
    return fills


def swatch(fill: str) -> Markup:
    """This will draw a small square in an area's colour, for the table beside the map."""
    square = element("rect", x=0.5, y=0.5, width=13, height=13, rx=2, fill=fill, stroke=STRONG_LINE if fill != FJORD else FJORD)
    return element("svg", square, viewBox="0 0 14 14", width=14, height=14, class_="tov-swatch", aria_hidden="true")


def short_name(area: Area) -> str:
    """This will give the name as it stands on the map: without Region, Sundhedsråd or Sundhedsklynge."""
    return area.label or _KIND.sub("", area.name).strip()


def label_boxes(areas: Sequence[Area], *, highlighted: frozenset[str] = frozenset()) -> tuple[Box, ...]:
    """This will say where every name stands on the map, so that it can be checked that none meet."""
    return _label_boxes(tuple(areas), highlighted)


@lru_cache(maxsize=32)
def _map(
    areas: tuple[Area, ...],
    title: str,
    description: str,
    highlighted: frozenset[str],
    divisions: tuple[Area, ...],
    words: tuple[tuple[str, str], ...],
    prefix: str,
) -> Picture:
    members = _members(areas)
    fills = area_fills(areas, highlighted=highlighted)
    shared = {code: keys for code, keys in members.items() if len(keys) > 1}
    outside = sorted(set(land().rings) - set(members))
    said = {**WORDS, **dict(words)}
    told = " ".join([description, *_remarks(areas, shared, outside, said), said["credit"]]).strip()
    svg = drawing(
        _hatches(shared, fills, prefix),
        _land(areas, fills, shared, outside, prefix),
        _borders(members, _members(divisions), fills),
        _frame(areas, members),
        *(_name(box, box.key in highlighted, fills[box.key]) for box in _label_boxes(areas, highlighted)),
        width=WIDTH,
        height=HEIGHT,
        title=title,
        description=told,
        id_prefix=prefix,
        kind="map",
    )
    return Picture(svg, title, told, _table(areas, title, shared))


def _members(areas: tuple[Area, ...]) -> dict[str, tuple[str, ...]]:
    """Which areas each municipality belongs to, in the order given."""
    known = land().rings
    members: dict[str, list[str]] = defaultdict(list)
    if len({area.key for area in areas}) < len(areas):
        raise ValueError("To områder på kortet har samme nøgle. Giv hvert område sin egen.")
    for area in areas:
        codes = [code for code in dict.fromkeys(area.municipality_codes) if code != CHRISTIANSOE]
        if not codes:
            raise ValueError(f"»{area.name}« har ingen kommuner, så det kan ikke tegnes på kortet.")
        for code in codes:
            if code not in known:
                raise ValueError(f"Kommunekoden {code} hos »{area.name}« findes ikke på kortet.")
            members[code].append(area.key)
    return {code: tuple(keys) for code, keys in members.items()}


def _codes(area: Area) -> tuple[str, ...]:
    return tuple(code for code in dict.fromkeys(area.municipality_codes) if code != CHRISTIANSOE)


def _hatches(shared: Mapping[str, tuple[str, ...]], fills: Mapping[str, str], prefix: str) -> Markup:
    patterns = [
        element(
            "pattern",
            *(element("rect", x=4 * index, y=0, width=4, height=4 * len(keys), fill=fills[key]) for index, key in enumerate(keys)),
            id=f"{prefix}-shared-{code}",
            patternUnits="userSpaceOnUse",
            width=4 * len(keys),
            height=4 * len(keys),
            patternTransform="rotate(45)",
        )
        for code, keys in shared.items()
    ]
    return element("defs", *patterns) if patterns else Markup("")


def _land(
    areas: Sequence[Area],
    fills: Mapping[str, str],
    shared: Mapping[str, tuple[str, ...]],
    outside: Sequence[str],
    prefix: str,
) -> Markup:
    drawn = [
        element(
            "path",
            element("title", area.name),
            d=outline_path(dissolved(_codes(area))),
            fill=fills[area.key],
            class_="tov-area",
            data_area=area.key,
        )
        for area in areas
    ]
    if outside:
        drawn.insert(0, element("path", d=outline_path(dissolved(outside)), fill=OUTSIDE, class_="tov-outside"))
    drawn += [
        element(
            "path",
            element("title", land().names[code]),
            d=outline_path(dissolved([code])),
            fill=f"url(#{prefix}-shared-{code})",
            class_="tov-shared",
        )
        for code in shared
    ]
    return element("g", *drawn, fill_rule="evenodd")


def _borders(members: Mapping[str, tuple[str, ...]], divided: Mapping[str, tuple[str, ...]], fills: Mapping[str, str]) -> Markup:
    thin, white, black = list[int](), list[int](), list[int]()
    for arc, codes in land().users.items():
        if len(codes) < 2 or codes[0] == codes[1]:
            continue
        first, second = codes
        if members.get(first) != members.get(second):
            dark = {fills[key] for code in codes for key in members.get(code, ())} == {FJORD}
            (white if dark else black).append(arc)
        elif divided.get(first) != divided.get(second):
            white.append(arc)
        else:
            thin.append(arc)
    kinds = (
        (thin, WHITE, 0.6, "tov-border-municipality"),
        (white, WHITE, 2.0, "tov-border-division"),
        (black, INK, 1.4, "tov-border-area"),
    )
    return element(
        "g",
        *(
            element("path", d=line_path(arcs), stroke=colour, stroke_width=width, class_=name)
            for arcs, colour, width, name in kinds
            if arcs
        ),
        fill="none",
        stroke_linejoin="round",
        stroke_linecap="round",
    )


def _frame(areas: Sequence[Area], members: Mapping[str, tuple[str, ...]]) -> Markup:
    left, top, width, height = INSET
    names = {area.key: short_name(area) for area in areas}
    belongs = [names[key] for key in members.get(BORNHOLM, ()) if names[key] != "Bornholm"]
    # Beyond a handful of areas the fills repeat, so the frame says in words where Bornholm belongs.
    lines = ["Bornholm", *(f"({name})" for name in belongs if len(areas) > _FEW)]
    return joined(
        [
            element("rect", x=left, y=top, width=width, height=height, fill="none", stroke=STRONG_LINE),
            *(
                element(
                    "text",
                    line,
                    x=left + width,
                    y=top + height + 18 * (index + 1),
                    font_size=14,
                    text_anchor="end",
                    font_weight=600 if "Bornholm" in names.values() else None,
                    fill=INK,
                    class_="tov-map-caption",
                )
                for index, line in enumerate(lines)
            ),
        ]
    )


@lru_cache(maxsize=32)
def _label_boxes(areas: tuple[Area, ...], highlighted: frozenset[str]) -> tuple[Box, ...]:
    members = _members(areas)
    outlines: list[tuple[str, str, list[list[Point]]]] = []
    for area in areas:
        own = [code for code in _codes(area) if members[code][0] == area.key and code != BORNHOLM]
        own = own or [code for code in _codes(area) if code != BORNHOLM]
        if own:
            rings = [points_of(land().arcs, ring) for ring in dissolved(own)]
            outlines.append((area.key, short_name(area), rings))
    left, top, width, height = INSET
    return placed(
        outlines,
        width=WIDTH,
        height=HEIGHT,
        size=_size(len(areas)),
        blocked=[(left - 30, top - 4, width + 34, height + 48)],
        whole_inside=highlighted,
    )


def _size(count: int) -> float:
    return 16 if count <= _FEW else 14


def _name(box: Box, new: bool, fill: str) -> Markup:
    inside = box.leader is None
    size = 16 if line_height(16) * len(box.lines) == box.height else 14
    middle = box.left + box.width / 2
    lines = joined(element("tspan", line, x=middle, y=box.top + line_height(size) * (index + 0.78)) for index, line in enumerate(box.lines))
    text = element(
        "text",
        lines,
        font_size=size,
        font_weight=600,
        text_anchor="middle",
        fill=WHITE if new and inside else FJORD if new else INK,
        stroke=fill if inside else WHITE,
        stroke_width=3,
        stroke_linejoin="round",
        paint_order="stroke",
        class_="tov-map-name",
        data_label=box.key,
    )
    if box.leader is None:
        return text
    (x1, y1), (x2, y2) = box.leader
    line = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
    return joined(
        [
            element("line", **line, stroke=WHITE, stroke_width=3, stroke_linecap="round"),
            element("line", **line, stroke=INK, stroke_width=1),
            element("circle", cx=x2, cy=y2, r=2.5, fill=INK, stroke=WHITE, stroke_width=1),
            text,
        ]
    )


def _remarks(areas: Sequence[Area], shared: Mapping[str, tuple[str, ...]], outside: Sequence[str], said: Mapping[str, str]) -> list[str]:
    names = {area.key: area.name for area in areas}
    remarks = [
        said["shared"].format(place=land().names[code], areas=said["and"].join(names[key] for key in keys)) for code, keys in shared.items()
    ]
    if len(outside) == len(land().rings):
        remarks.append(said["none"])
    elif outside:
        remarks.append(said["one_outside" if len(outside) == 1 else "many_outside"].format(count=len(outside)))
    return remarks


def _table(areas: Sequence[Area], title: str, shared: Mapping[str, tuple[str, ...]]) -> Table:
    names = {area.key: area.name for area in areas}
    rows = []
    for area in areas:
        codes = _codes(area)
        also = [
            f"{land().names[code]} hører også til {', '.join(names[key] for key in shared[code] if key != area.key)}."
            for code in codes
            if code in shared
        ]
        listed = ", ".join(land().names[code] for code in codes)
        rows.append((area.name, str(len(codes)), listed, " ".join([area.note, *also]).strip()))
    headers = ("Område", "Kommuner", "Hvilke kommuner", "Bemærkning")
    if not any(row[-1] for row in rows):
        return Table(title, headers[:-1], tuple(row[:-1] for row in rows))
    return Table(title, headers, tuple(rows))
