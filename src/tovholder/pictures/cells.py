"""A row of cells: n of m."""

from .colours import EMPTY_CELL, FJORD, STRONG_LINE
from .elements import Picture, Table, counted, drawing, element

_MOST_CELLS = 60


def gauge_cells(
    done: int,
    total: int,
    *,
    title: str = "",
    description: str = "",
    done_word: str = "Ja",
    left_word: str = "Mangler",
    width: float = 320,
    id_prefix: str = "cells",
) -> Picture:
    """This will draw one cell for each of `total`, the first `done` of them filled. Raises ValueError."""
    if total < 0 or not 0 <= done <= total:
        raise ValueError(f"{counted(done)} af {counted(total)} kan ikke tegnes. Det første tal er fra 0 til det andet.")
    named = title or f"{counted(done)} af {counted(total)}"
    told = description or f"{done_word}: {counted(done)}. {left_word}: {counted(total - done)}."
    svg = drawing(
        *(_cells(done, total, width) if total <= _MOST_CELLS else _bar(done, total, width)),
        width=width,
        height=18,
        title=named,
        description=told,
        id_prefix=id_prefix,
        kind="cells",
    )
    rows = ((done_word, counted(done)), (left_word, counted(total - done)), ("I alt", counted(total)))
    return Picture(svg, named, told, Table(named, ("Svar", "Antal"), rows))


def _cells(done: int, total: int, width: float) -> list[str]:
    gap = 3.0 if total <= 30 else 1.5
    wide = min((width - 1 - gap * (total - 1)) / total, 24.0) if total else 0.0
    # Empty cells carry an outline, so that colour is not the only sign.
    return [
        element(
            "rect",
            x=0.5 + index * (wide + gap),
            y=0.5,
            width=wide,
            height=17,
            rx=2,
            fill=FJORD if index < done else EMPTY_CELL,
            stroke=FJORD if index < done else STRONG_LINE,
            stroke_width=None if index < done else 0.8,
            class_="tov-cell-done" if index < done else "tov-cell-left",
        )
        for index in range(total)
    ]


def _bar(done: int, total: int, width: float) -> list[str]:
    filled = (width - 1) * done / total
    whole = element("rect", x=0.5, y=5.5, width=width - 1, height=8, rx=2, fill=EMPTY_CELL, stroke=STRONG_LINE, stroke_width=0.8)
    return [whole, element("rect", x=0.5, y=5.5, width=filled, height=8, rx=2, fill=FJORD, class_="tov-cell-done")]
