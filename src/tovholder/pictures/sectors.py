"""The five sectors: colour and shape and word, always together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .colours import INK, MUTED, WHITE
from .elements import Markup, Picture, Table, counted, drawing, element, joined
from .lettering import text_width, wrapped

CITIZEN, MUNICIPALITY, REGION = "citizen", "municipality", "region"
GENERAL_PRACTICE, ASSOCIATION = "practice", "other"
OTHERS = "others"
_GAP = 2.0


@dataclass(frozen=True)
class Sector:
    """A sector's word, its short word where room is scarce, its colour and its shape."""

    key: str
    name: str
    short_name: str
    colour: str
    shape: str


SECTORS: Mapping[str, Sector] = {
    sector.key: sector
    for sector in (
        Sector(CITIZEN, "Borger, patient, pårørende", "Borgere", "#981671", "circle"),
        Sector(MUNICIPALITY, "Kommune", "Kommuner", "#00784C", "square"),
        Sector(REGION, "Region og sygehus", "Region og sygehus", "#04339F", "triangle"),
        Sector(GENERAL_PRACTICE, "Almen praksis", "Almen praksis", "#8A5C00", "diamond"),
        Sector(ASSOCIATION, "Foreninger og andre", "Foreninger", "#18181B", "plus"),
    )
}
_JOINED = Sector(OTHERS, "Andre", "Andre", MUTED, "ring")


def sector_of(key: str) -> Sector:
    """This will find a sector by its key. Raises ValueError."""
    if key not in SECTORS:
        raise ValueError(f"Vi kender ikke sektoren »{key}«. Vælg mellem {', '.join(SECTORS)}.")
    return SECTORS[key]


def sector_shape(key: str, *, size: float = 14) -> Markup:
    """This will draw a sector's shape, to stand before its word. Raises ValueError."""
    sector = sector_of(key)
    return element(
        "svg",
        mark(sector, 7, 7),
        viewBox="0 0 14 14",
        width=size,
        height=size,
        class_=f"tov-sector-shape tov-sector-{key.replace('_', '-')}",
        aria_hidden="true",
        focusable="false",
    )


def mark(sector: Sector, x: float, y: float, *, radius: float = 6, fill: str = "") -> Markup:
    """This will draw a sector's shape around a point inside another drawing."""
    colour, r = fill or sector.colour, radius
    if sector.shape == "circle":
        return element("circle", cx=x, cy=y, r=r, fill=colour)
    if sector.shape == "ring":
        return element("circle", cx=x, cy=y, r=r - 1, fill="none", stroke=colour, stroke_width=2)
    if sector.shape == "square":
        return element("rect", x=x - r * 0.9, y=y - r * 0.9, width=r * 1.8, height=r * 1.8, fill=colour)
    third = r * 0.38
    corners = {
        "triangle": ((0, -r), (r * 1.08, r * 0.9), (-r * 1.08, r * 0.9)),
        "diamond": ((0, -r * 1.1), (r * 1.1, 0), (0, r * 1.1), (-r * 1.1, 0)),
        "plus": (
            (-third, -r), (third, -r), (third, -third), (r, -third), (r, third), (third, third),
            (third, r), (-third, r), (-third, third), (-r, third), (-r, -third), (-third, -third),
        ),
    }[sector.shape]  # fmt: skip
    return element("polygon", points=" ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in corners), fill=colour)


def bar(shares: Sequence[tuple[Sector, int]], *, x: float, y: float, width: float, height: float, shapes: bool = False) -> Markup:
    """This will draw the segments of one stacked bar; every segment that counts anything can be seen."""
    counts = [(sector, count) for sector, count in shares if count > 0]
    total = sum(count for _, count in counts)
    room = width - _GAP * max(len(counts) - 1, 0)
    sizes = [max(room * count / total, min(2.0, room / len(counts))) for _, count in counts]
    shrink = room / sum(sizes) if sizes else 1
    pieces: list[Markup] = []
    for (sector, _), size in zip(counts, sizes, strict=True):
        pieces.append(element("rect", x=x, y=y, width=size * shrink, height=height, rx=1, fill=sector.colour))
        if shapes and size * shrink >= height:
            pieces.append(mark(sector, x + size * shrink / 2, y + height / 2, radius=height * 0.27, fill=WHITE))
        x += size * shrink + _GAP
    return joined(pieces)


def sectorbar(
    counts: Mapping[str, int],
    *,
    title: str = "Fordelt på sektorer",
    description: str = "",
    unit: str = "udsagn",
    words: bool = True,
    join_under: int = 0,
    width: float = 320,
    id_prefix: str = "sectors",
) -> Picture:
    """This will draw how many come from each sector, in one bar with shapes and counts below. Raises ValueError."""
    shares = _shares(counts, join_under)
    total = sum(count for _, count in shares)
    told = ", ".join(f"{sector.name} {counted(count)}" for sector, count in shares if count) or f"Ingen {unit} endnu"
    shown: list[Markup] = [bar(shares, x=0, y=0, width=width, height=8)]
    x, y = 0.0, 30.0
    for sector, count in shares:
        if not count:
            continue
        lead = f"{sector.short_name} " if words else ""
        wide = 20 + text_width(lead, 14) + text_width(counted(count), 14, bold=True)
        if x and x + wide > width:
            x, y = 0.0, y + 24
        label = joined([lead, element("tspan", counted(count), font_weight=600 if words else None)])
        shown.append(mark(sector, x + 6, y - 5, radius=5.5))
        shown.append(element("text", label, x=x + 18, y=y, font_size=14, fill=INK if words else MUTED))
        x += wide + (14 if words else 8)
    if not total:
        lines = wrapped(f"Ingen {unit} endnu", 14, width)
        shown = [element("text", line, x=0, y=14 + 20 * n, font_size=14, fill=MUTED) for n, line in enumerate(lines)]
    whole = f"{description} {told}.".strip()
    svg = drawing(*shown, width=width, height=y + 6, title=title, description=whole, id_prefix=id_prefix, kind="sectorbar")
    rows = [(sector.name, counted(count)) for sector, count in shares]
    return Picture(svg, title, whole, Table(title, ("Sektor", unit.capitalize()), (*rows, ("I alt", counted(total)))))


def ordered(counts: Mapping[str, int]) -> list[tuple[Sector, int]]:
    """This will put counts in the sectors' own order. Raises ValueError."""
    for key, count in counts.items():
        if count < 0:
            raise ValueError(f"{sector_of(key).name} kan ikke tælle {counted(count)}. Antal er 0 eller mere.")
    found = {sector_of(key).key: count for key, count in counts.items()}
    return [(sector, found.get(key, 0)) for key, sector in SECTORS.items()]


def _shares(counts: Mapping[str, int], join_under: int) -> list[tuple[Sector, int]]:
    shares = ordered(counts)
    small = sorted((pair for pair in shares if 0 < pair[1] < join_under), key=lambda pair: pair[1])
    if not small:
        return shares
    larger = sorted((pair for pair in shares if pair[1] >= join_under), key=lambda pair: pair[1])
    # One sector alone under the limit could be named by elimination, so the next smallest joins it.
    while larger and (len(small) < 2 or sum(count for _, count in small) < join_under):
        small.append(larger.pop(0))
    return [pair for pair in shares if pair not in small and pair[1]] + [(_JOINED, sum(count for _, count in small))]
