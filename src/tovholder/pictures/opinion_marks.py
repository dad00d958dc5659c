"""Groups' dots: a colour and a kind of ring for each letter, so that nobody needs to see colours, and never a sector's shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .colours import INK, MUTED, WHITE
from .elements import Markup, element, joined
from .sectors import SECTORS, Sector


@dataclass(frozen=True)
class Mark:
    """A group's colour, the pale colour of the ground it stands on, and the kind of its dots."""

    colour: str
    ground: str
    kind: str


_GROUPS = (
    Mark("#0A4A66", "#DCEAF0", "full"),
    Mark("#B35900", "#F8E8D6", "ring"),
    Mark("#8E44AD", "#EEE2F4", "eye"),
    Mark("#4D6B00", "#E6EDD5", "half"),
    Mark("#3A3A3A", "#E7E7E7", "cross"),
)
NO_GROUP = Mark(MUTED, WHITE, "small")


def mark_of(letter: str | None, letters: list[str]) -> Mark:
    """This will give a group's mark by its place among the groups."""
    return NO_GROUP if letter is None or letter not in letters else _GROUPS[letters.index(letter) % len(_GROUPS)]


def group_dot(mark: Mark, x: float, y: float, radius: float) -> Markup:
    """This will draw one dot of a group."""
    colour, r = mark.colour, radius
    if mark.kind == "full":
        return element("circle", cx=x, cy=y, r=r, fill=colour, stroke=WHITE)
    ring = element("circle", cx=x, cy=y, r=r - 1, fill=WHITE, stroke=colour, stroke_width=2.2)
    if mark.kind == "eye":
        return joined([ring, element("circle", cx=x, cy=y, r=r * 0.42, fill=colour)])
    if mark.kind == "half":
        arc = f"M{x - r + 1:.1f},{y:.1f} A{r - 1:.1f},{r - 1:.1f} 0 0 0 {x + r - 1:.1f},{y:.1f} Z"
        return joined([ring, element("path", d=arc, fill=colour)])
    if mark.kind == "cross":
        d = (r - 1) * 0.7
        lines = f"M{x - d:.1f},{y - d:.1f} L{x + d:.1f},{y + d:.1f} M{x - d:.1f},{y + d:.1f} L{x + d:.1f},{y - d:.1f}"
        return joined([ring, element("path", d=lines, stroke=colour, stroke_width=2, fill="none")])
    if mark.kind == "small":
        return element("circle", cx=x, cy=y, r=max(r * 0.6, 3), fill=WHITE, stroke=colour, stroke_width=1.5)
    return ring


def sector_named(name: str, names: Mapping[str, str]) -> Sector:
    """This will find the sector that is meant by its key or its words, or make one with a shape of its own; `names` are other words."""
    shown = names.get(name, "")
    for sector in SECTORS.values():
        if name.casefold() in {sector.key, sector.name.casefold(), sector.short_name.casefold(), *_ALSO.get(sector.key, ())}:
            return Sector(sector.key, shown or sector.short_name, shown or sector.short_name, sector.colour, sector.shape)
    return Sector(name, shown or name, shown or name, INK, "ring")


_ALSO: Mapping[str, tuple[str, ...]] = {
    "citizen": ("borger", "patient", "patienter", "pårørende", "citizens", "patients"),
    "municipality": ("kommuner", "municipalities"),
    "region": ("sygehus", "hospital", "hospitaler", "regioner", "sygehuse", "hospitals", "regions"),
    "practice": ("praksis", "general practice", "gp"),
    "other": ("forening", "andre", "associations", "others"),
}
