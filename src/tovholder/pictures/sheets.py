"""The sheet a chart is drawn on: on a page it is bare, as a file of its own it carries its title, definition and method."""

from collections.abc import Sequence

from .colours import INK, MUTED, WHITE
from .elements import Markup, drawing, element
from .lettering import wrapped
from .notes import TEXT

_TITLE = 20.0


def sheet(
    body: Sequence[Markup],
    *,
    width: float,
    height: float,
    title: str,
    description: str,
    method: str,
    headed: bool,
    id_prefix: str,
    kind: str,
) -> Markup:
    """This will frame a chart's shapes; with headed, its sentence stands above and its method below. Raises ValueError."""
    if not headed:
        return drawing(*body, width=width, height=height, title=title, description=description, id_prefix=id_prefix, kind=kind)
    above, top = _lines(title, _TITLE, width, 8.0, INK, bold=True)
    told, top = _lines(description, TEXT, width, top + 4.0, MUTED)
    below, bottom = _lines(method, TEXT, width, top + 16.0 + height, MUTED)
    return drawing(
        element("rect", x=0, y=0, width=width, height=bottom + 12.0, fill=WHITE),
        *above,
        *told,
        element("g", *body, transform=f"translate(0 {top + 16.0:.1f})"),
        *below,
        width=width,
        height=bottom + 12.0,
        title=title,
        description=description,
        id_prefix=id_prefix,
        kind=kind,
    )


def _lines(text: str, size: float, width: float, top: float, fill: str, *, bold: bool = False) -> tuple[list[Markup], float]:
    drawn: list[Markup] = []
    for line in wrapped(text, size, width - 4, bold=bold) if text.strip() else ():
        top += size * 1.35
        drawn.append(element("text", line, x=2, y=top - size * 0.3, font_size=size, font_weight=600 if bold else None, fill=fill))
    return drawn, top
