"""Fills and patterns of the map of municipalities: every standing and every class has a shade and a texture of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .colours import BAR, FJORD, MUTED, OUTSIDE, STRONG_LINE, THREAD, WHITE
from .elements import Markup, element, joined
from .measured_places import HIDDEN, INSIDE, MISSING, OVER, UNDER
from .small_multiples import standing_sign

_SIDE = 18.0
_SHADES = ("#EAF2F5", "#B9D2DC", "#7FA9BA", "#3F7C95", FJORD)
_CHOSEN: Mapping[int, tuple[int, ...]] = {1: (2,), 2: (1, 4), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}
MOST_CLASSES = 5


@dataclass(frozen=True)
class Sign:
    """How one standing or class is drawn: its ground, its texture (dots, stripes, hatch, fine lines or none) and the texture's colour."""

    key: str
    ground: str
    texture: str = ""
    ink: str = WHITE


STANDINGS: Mapping[str, Sign] = {
    OVER: Sign(OVER, THREAD),
    UNDER: Sign(UNDER, FJORD, "stripes"),
    INSIDE: Sign(INSIDE, BAR),
    HIDDEN: Sign(HIDDEN, WHITE, "dots", MUTED),
    MISSING: Sign(MISSING, OUTSIDE, "hatch", STRONG_LINE),
}
_TEXTURES = ("", "fine", "", "hatch", "")


def class_signs(count: int) -> tuple[Sign, ...]:
    """This will give the signs of that many classes, the lowest lightest; raises ValueError outside one to five."""
    if count not in _CHOSEN:
        raise ValueError(f"Kortet kan vise 1 til {MOST_CLASSES} klasser, ikke {count}. Slå nogle af dem sammen.")
    return tuple(Sign(f"class-{n}", _SHADES[at], _TEXTURES[at], FJORD if at < 2 else WHITE) for n, at in enumerate(_CHOSEN[count]))


def pattern(sign: Sign, prefix: str, scale: float) -> Markup:
    """This will define a sign's texture, equally coarse whatever the scale of the map; nothing for a plain one."""
    side = {"stripes": 7.0, "hatch": 6.0, "dots": 7.0, "fine": 5.0}.get(sign.texture)
    if side is None:
        return Markup("")
    side /= scale
    ground = element("rect", x=0, y=0, width=side, height=side, fill=sign.ground)
    if sign.texture != "dots":
        wide = side * {"stripes": 0.42, "hatch": 0.2}.get(sign.texture, 0.14)
        texture = element("rect", x=0, y=0, width=wide, height=side, fill=sign.ink)
    else:
        texture = element("circle", cx=side / 2, cy=side / 2, r=side * 0.22, fill=sign.ink)
    return element(
        "pattern",
        joined([ground, texture]),
        id=f"{prefix}-{sign.key}",
        patternUnits="userSpaceOnUse",
        width=side,
        height=side,
        patternTransform="rotate(45)",
    )


def fill_of(sign: Sign, prefix: str) -> str:
    """This will give what a shape of that sign is filled with."""
    return f"url(#{prefix}-{sign.key})" if sign.texture else sign.ground


def swatch_of(sign: Sign, prefix: str, x: float, y: float) -> Markup:
    """This will draw a sign's square for the list under the map, with its triangle when it has one."""
    square = element("rect", x=x, y=y, width=_SIDE, height=_SIDE, rx=2, fill=fill_of(sign, prefix), stroke=STRONG_LINE)
    if sign.key not in (OVER, UNDER):
        return square
    return joined([square, lifted_sign(sign.key, x + _SIDE / 2, y + _SIDE / 2)])


def lifted_sign(standing: str, x: float, y: float) -> Markup:
    """This will draw a triangle that can be seen on any ground: white, with an edge in the sign's colour."""
    colour = STANDINGS[standing].ground
    return joined([standing_sign(standing, x, y, radius=7.5, fill=colour), standing_sign(standing, x, y, radius=4.5, fill=WHITE)])
