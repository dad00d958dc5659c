"""Which sectors speak of what: one stacked bar for each theme."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .colours import INK, LINE, MUTED
from .elements import Markup, Picture, Table, counted, drawing, element
from .lettering import text_width, wrapped
from .sectors import SECTORS, bar, mark, ordered

MOST_THEMES = 25
WORDS: Mapping[str, str] = {
    **{key: sector.name for key, sector in SECTORS.items()},
    "theme": "Tema",
    "total": "I alt",
    "rest": "{count} andre temaer",
    "most": "Flest udsagn har »{name}« med {count}.",
    "none": "Ingen udsagn endnu.",
}
_NAMES, _BARS, _COUNT, _ROW = 250.0, 330.0, 56.0, 34.0


@dataclass(frozen=True)
class ThemeCount:
    """A theme's name and how many statements it has from each sector."""

    name: str
    counts: Mapping[str, int]


def flow(
    themes: Sequence[ThemeCount],
    *,
    title: str = "Temaer og sektorer",
    description: str = "",
    words: Mapping[str, str] | None = None,
    id_prefix: str = "flow",
) -> Picture:
    """This will draw up to 25 themes as stacked bars on one scale, the rest in one row; `words` replaces WORDS. Raises ValueError."""
    said = {**WORDS, **(words or {})}
    split = [(theme.name, ordered(theme.counts)) for theme in themes]
    shown = split[:MOST_THEMES]
    if len(split) > MOST_THEMES:
        rest = split[MOST_THEMES - 1 :]
        sums = [(sector, sum(shares[n][1] for _, shares in rest)) for n, sector in enumerate(SECTORS.values())]
        shown = [*split[: MOST_THEMES - 1], (said["rest"].format(count=len(rest)), sums)]
    largest = max((_total(shares) for _, shares in shown), default=0)
    legend, y = _legend(said)
    drawn = [legend]
    for name, shares in shown:
        total = _total(shares)
        lines = wrapped(name, 14, _NAMES - 12, lines=2)
        high = _ROW + 12 if len(lines) > 1 else _ROW
        middle = y + high / 2
        drawn.append(element("line", x1=0, y1=y, x2=_NAMES + _BARS + _COUNT, y2=y, stroke=LINE))
        for n, line in enumerate(lines):
            drawn.append(element("text", line, x=0, y=middle + 5 + 18 * (n - (len(lines) - 1) / 2), font_size=14, fill=INK))
        length = _BARS * total / largest if largest else 0
        if total:
            drawn.append(bar(shares, x=_NAMES, y=middle - 8, width=max(length, 8), height=16, shapes=True))
        drawn.append(
            element(
                "text", counted(total), x=_NAMES + (max(length, 8) if total else 0) + 8, y=middle + 5, font_size=14,
                font_weight=600, fill=INK if total else MUTED,
            )
        )  # fmt: skip
        y += high
    most = said["most"].format(name=_most(shown), count=counted(largest)) if largest else said["none"]
    whole = f"{description} {most}".strip()
    svg = drawing(
        *drawn,
        width=_NAMES + _BARS + _COUNT,
        height=y + 2,
        title=title,
        description=whole,
        id_prefix=id_prefix,
        kind="flow",
    )
    headers = (said["theme"], *(said[key] for key in SECTORS), said["total"])
    rows = tuple((name, *(counted(count) for _, count in shares), counted(_total(shares))) for name, shares in split)
    return Picture(svg, title, whole, Table(title, headers, rows))


def _total(shares: Sequence[tuple[object, int]]) -> int:
    return sum(count for _, count in shares)


def _most(shown: Sequence[tuple[str, Sequence[tuple[object, int]]]]) -> str:
    return max(shown, key=lambda row: _total(row[1]))[0]


def _legend(said: Mapping[str, str]) -> tuple[Markup, float]:
    pieces: list[Markup] = []
    x, y = 0.0, 16.0
    for sector in SECTORS.values():
        wide = 20 + text_width(said[sector.key], 14)
        if x and x + wide > _NAMES + _BARS + _COUNT:
            x, y = 0.0, y + 24
        pieces.append(mark(sector, x + 6, y - 5, radius=5.5))
        pieces.append(element("text", said[sector.key], x=x + 18, y=y, font_size=14, fill=INK))
        x += wide + 16
    return element("g", *pieces), y + 14
