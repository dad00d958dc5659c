"""The red thread: one crimson line with knots, from what was said to what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from .colours import INK, MUTED, STRONG_LINE, THREAD, WHITE
from .elements import Markup, Picture, Table, drawing, element, joined
from .lettering import text_width, wrapped

State = Literal["done", "now", "ahead", "gap"]
STATE_WORDS: dict[State, str] = {
    "done": "Sket",
    "now": "Nu",
    "ahead": "Kommer",
    "gap": "Her stopper tråden – endnu",
}
_TOP, _SIDE, _COLUMN = 16.0, 14.0, 140.0


@dataclass(frozen=True)
class Step:
    """One knot: what happened, when in words, and whether it is done, now, ahead or missing."""

    label: str
    when: str
    state: State


def timeline(
    steps: Sequence[Step],
    *,
    title: str = "Tråden",
    description: str = "",
    width: float = 0,
    id_prefix: str = "thread",
) -> Picture:
    """This will draw the steps along one line: filled knot now, open knot done or ahead, dashed where it lacks."""
    for step in steps:
        if step.state not in get_args(State):
            raise ValueError(f"Trinnet »{step.label}« kan ikke være »{step.state}«. Vælg done, now, ahead eller gap.")
    wide = width or max(_COLUMN * len(steps), 2 * _COLUMN)
    column = (wide - _SIDE) / max(len(steps), 1)
    spots = [_SIDE + column * index for index in range(len(steps))]
    drawn = [_segment(steps, index, spots, wide) for index in range(len(steps))]
    drawn += [_knot(step, x) for step, x in zip(steps, spots, strict=True)]
    written = [_words(step, x, column - 16) for step, x in zip(steps, spots, strict=True)]
    height = max((bottom for _, bottom in written), default=40.0)
    told = "; ".join(_told(step) for step in steps) or "Tråden er ikke begyndt endnu"
    whole = f"{description} {told}.".strip()
    svg = drawing(
        *drawn,
        *(text for text, _ in written),
        width=wide,
        height=height,
        title=title,
        description=whole,
        id_prefix=id_prefix,
        kind="thread",
    )
    rows = tuple((step.when, step.label, STATE_WORDS[step.state]) for step in steps)
    return Picture(svg, title, whole, Table(title, ("Hvornår", "Trin", "Status"), rows))


def _told(step: Step) -> str:
    return (
        f"{step.when}: {step.label} ({STATE_WORDS[step.state].lower()})"
        if step.when
        else (f"{step.label} ({STATE_WORDS[step.state].lower()})")
    )


def _segment(steps: Sequence[Step], index: int, spots: Sequence[float], wide: float) -> Markup:
    """The line on from a knot: whole up to now, dots towards what is ahead, grey dashes around a gap."""
    here = steps[index].state
    last = index == len(steps) - 1
    there = here if last else steps[index + 1].state
    if last and here == "gap":
        return Markup("")
    end = wide - 2 if last else spots[index + 1]
    broken = "gap" in (here, there)
    ahead = there == "ahead" or (last and here != "done")
    return element(
        "line",
        x1=spots[index],
        y1=_TOP,
        x2=end,
        y2=_TOP,
        stroke=STRONG_LINE if broken else THREAD,
        stroke_width=2 if broken else 3,
        stroke_dasharray="6 5" if broken else "2 6" if ahead else None,
        stroke_linecap="round" if ahead and not broken else None,
    )


def _knot(step: Step, x: float) -> Markup:
    if step.state == "now":
        return element("circle", cx=x, cy=_TOP, r=11, fill=THREAD, class_="tov-knot-now")
    if step.state == "gap":
        return element(
            "circle", cx=x, cy=_TOP, r=8, fill=WHITE, stroke=MUTED, stroke_width=2, stroke_dasharray="3 3",
            class_="tov-knot-gap",
        )  # fmt: skip
    return element("circle", cx=x, cy=_TOP, r=7, fill=WHITE, stroke=THREAD, stroke_width=3, class_=f"tov-knot-{step.state}")


def _words(step: Step, x: float, room: float) -> tuple[Markup, float]:
    left, y = x - 11, 50.0
    pieces: list[Markup] = []
    for line in wrapped(step.when, 14, room) if step.when else ():
        pieces.append(element("text", line, x=left, y=y, font_size=14, fill=MUTED))
        y += 20
    y += 3
    for line in wrapped(step.label, 16, room, bold=True):
        pieces.append(element("text", line, x=left, y=y, font_size=16, font_weight=600, fill=INK))
        y += 21
    if step.state == "now":
        wide = text_width("Nu", 14, bold=True) + 12
        pieces.append(element("rect", x=left, y=y - 13, width=wide, height=20, rx=3, fill=THREAD))
        pieces.append(
            element(
                "text", "Nu", x=left + wide / 2, y=y + 2, font_size=14, font_weight=600, fill=WHITE,
                text_anchor="middle",
            )
        )  # fmt: skip
        y += 18
    elif step.state == "gap":
        for line in wrapped(STATE_WORDS["gap"], 14, room):
            pieces.append(element("text", line, x=left, y=y, font_size=14, fill=MUTED, font_style="italic"))
            y += 20
    return joined(pieces), y - 6
