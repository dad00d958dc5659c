"""A Lorenz curve: how much of something those with the least have, and the Gini coefficient beside it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from .axes import Axis, Scale
from .chart_words import chart_words, ended
from .colours import BAR, FJORD, INK, MUTED, STRONG_LINE
from .elements import Markup, Picture, Table, element
from .figures import checked, figure, span
from .lettering import text_width, wrapped
from .measured_people import Lorenz
from .notes import LINE_HEIGHT, TEXT, Board, Note, Room, cut
from .saying_places import lorenz_sentence
from .sheets import sheet

_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
_TOLERANCE = 1e-9


def lorenz_curve(
    lorenz: Lorenz,
    *,
    title: str = "",
    words: Mapping[str, str] | None = None,
    width: float = 560,
    headed: bool = False,
    id_prefix: str = "lorenz-curve",
) -> Picture:
    """This will draw cumulated shares against equality, with the coefficient and its interval; raises ValueError for a broken curve.

    title: instead of the sentence said from the figures. words: other words than the Danish. headed: with its sentence above and its
    method below, for a file that stands alone.
    """
    _check(lorenz)
    said = chart_words("da", words)
    named = title or lorenz_sentence(lorenz, said)
    described = _described(lorenz, said)
    left = text_width(f"100 {said['per_cent']}", TEXT) + 12
    side = min(width - left - 16, 380.0)
    top = 12.0
    across, up = Scale(0, 1, left, left + side), Scale(0, 1, top + side, top)
    of, among = lorenz.of or said["lorenz_things"], lorenz.among or said["people"]
    people = wrapped(said["lorenz_people"].format(among=among), TEXT, side + 20)
    shares = wrapped(said["lorenz_shares"].format(of=of), TEXT, side * 0.46)
    height = top + side + 26 + LINE_HEIGHT * len(people) + 4
    board = Board(Room(left + 4, top, width - 2, top + side))
    body = [
        *_axes(across, up, said),
        *_curve(lorenz, across, up),
        *_words(lorenz, shares, across, up, board, said),
        *(
            Note(line, max(left + side, text_width(line, TEXT) + 2), top + side + 26 + LINE_HEIGHT * n + 14, "end", fill=MUTED).drawn()
            for n, line in enumerate(people)
        ),
    ]
    svg = sheet(
        body, width=width, height=height, title=named, description=described, method=lorenz.method,
        headed=headed, id_prefix=id_prefix, kind="lorenz-curve",
    )  # fmt: skip
    return Picture(svg, named, described, _table(lorenz, named, said))


def _check(lorenz: Lorenz) -> None:
    if len(lorenz.people) != len(lorenz.shares):
        raise ValueError(f"Kurven har {len(lorenz.people)} andele af folk og {len(lorenz.shares)} andele af tallet. Giv lige mange.")
    for value in (*lorenz.people, *lorenz.shares):
        checked(value, lorenz.measure)
        if not -_TOLERANCE <= value <= 1 + _TOLERANCE:
            raise ValueError(f"{lorenz.measure}: andelen {value} ligger ikke mellem 0 og 1.")
    if any(later < earlier for earlier, later in pairwise(lorenz.people)):
        raise ValueError(f"{lorenz.measure}: andelene af folk skal stige. Læg dem sammen fra den første gruppe til den sidste.")
    for coefficient in (lorenz.gini, lorenz.low, lorenz.high):
        checked(coefficient, lorenz.measure)


def _described(lorenz: Lorenz, said: Mapping[str, str]) -> str:
    told = [ended(lorenz.definition or lorenz.measure), said["lorenz_signs"]]
    told += [ended(_coefficient(lorenz, said))] if lorenz.gini is not None else []
    return " ".join(part for part in told if part)


def _coefficient(lorenz: Lorenz, said: Mapping[str, str]) -> str:
    if lorenz.gini is None:
        return ""
    told = said["concentration" if lorenz.ranked else "gini"].format(value=figure(lorenz.gini, lorenz.decimals, said))
    return told if lorenz.low is None or lorenz.high is None else f"{told} ({span(lorenz.low, lorenz.high, lorenz.decimals, said)})"


def _axes(across: Scale, up: Scale, said: Mapping[str, str]) -> list[Markup]:
    foot = Axis(across, _TICKS, tuple(f"{figure(100 * tick, 0, said)}" for tick in _TICKS))
    drawn: list[Markup] = []
    for tick, label in zip(foot.ticks, foot.labels, strict=True):
        x, y = across.at(tick), up.at(tick)
        drawn.append(element("line", x1=x, y1=up.start, x2=x, y2=up.start + 5, stroke=STRONG_LINE))
        drawn.append(element("line", x1=across.start - 5, y1=y, x2=across.start, y2=y, stroke=STRONG_LINE))
        drawn.append(Note(label, x, up.start + 20, "middle", fill=MUTED).drawn())
        drawn.append(Note(label if tick < 1 else f"{label} {said['per_cent']}", across.start - 8, y + 5, "end", fill=MUTED).drawn())
    return drawn


def _curve(lorenz: Lorenz, across: Scale, up: Scale) -> list[Markup]:
    ends = {"x1": across.start, "y1": up.start, "x2": across.end, "y2": up.end}
    drawn = [element("line", **ends, stroke=MUTED, stroke_width=1.3, stroke_dasharray="5 4", class_="tov-equality")]
    if len(lorenz.people) < 2:
        return drawn
    points = [(across.at(people), up.at(share)) for people, share in zip(lorenz.people, lorenz.shares, strict=True)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    back = f"{points[-1][0]:.1f},{points[-1][1]:.1f} {across.end:.1f},{up.end:.1f} {across.start:.1f},{up.start:.1f}"
    drawn.insert(0, element("polygon", points=f"{line} {back}", fill=BAR, class_="tov-gap-to-equality"))
    drawn.append(element("polyline", points=line, fill="none", stroke=FJORD, stroke_width=2.4, class_="tov-lorenz"))
    return drawn


def _words(lorenz: Lorenz, shares: tuple[str, ...], across: Scale, up: Scale, board: Board, said: Mapping[str, str]) -> list[Markup]:
    """What the axis up counts stands in its corner; the coefficient and »helt lige« where nothing is drawn."""
    points = [(across.at(people), up.at(share)) for people, share in zip(lorenz.people, lorenz.shares, strict=True)]
    board.busy = [Room(min(x1, x2) - 3, min(y1, y2) - 3, max(x1, x2) + 3, max(y1, y2) + 3) for (x1, y1), (x2, y2) in _steps(points)]
    diagonal = [(across.at(n / 60), up.at(n / 60)) for n in range(61)]
    board.busy += [Room(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)) for (x1, y1), (x2, y2) in pairwise(diagonal)]
    side = across.end - across.start
    wanted = [[Note(line, across.start + 8, up.end + 12 + n * LINE_HEIGHT, fill=MUTED, halo=True)] for n, line in enumerate(shares)]
    if lorenz.gini is not None and len(lorenz.people) > 1:
        told = _coefficient(lorenz, said)
        lines = [told] if text_width(told, TEXT, bold=True) <= side * 0.62 else told.replace(" (", "\n(").split("\n")
        for n, line in enumerate(reversed(lines)):
            heights = (up.start - 10 - n * LINE_HEIGHT - away for away in range(0, int(side / 2), 14))
            text = cut(line, side - 8, bold=True)
            wanted.append([Note(text, across.end - 6, y, "end", bold=True, fill=INK, halo=True) for y in heights])
    # The word for equality keeps to the side of its line where the curve is not.
    above = sum(share > people for people, share in zip(lorenz.people, lorenz.shares, strict=True)) * 2 <= len(lorenz.people)
    parts = [(part, away) for away in (4, 14, 30) for part in (0.6, 0.5, 0.7, 0.4, 0.8)]
    if above:
        wanted.append([Note(said["equal_line"], across.at(n) - d, up.at(n) - 6, "end", fill=MUTED, halo=True) for n, d in parts])
    else:
        wanted.append([Note(said["equal_line"], across.at(n) + d + 4, up.at(n) + 16, fill=MUTED, halo=True) for n, d in parts])
    settled = (board.settle(choices) for choices in wanted)
    return [note.drawn() for note in settled if note]


def _steps(points: list[tuple[float, float]]) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Short pieces along the curve, so that a word is only turned away by the part it would cover."""
    pieces: list[tuple[tuple[float, float], tuple[float, float]]] = []
    for (x1, y1), (x2, y2) in pairwise(points):
        count = max(int(max(abs(x2 - x1), abs(y2 - y1)) / 8), 1)
        walked = [(x1 + (x2 - x1) * n / count, y1 + (y2 - y1) * n / count) for n in range(count + 1)]
        pieces += pairwise(walked)
    return pieces


def _table(lorenz: Lorenz, caption: str, said: Mapping[str, str]) -> Table:
    of, among = lorenz.of or said["lorenz_things"], lorenz.among or said["people"]
    names = said["lorenz_people"].format(among=among), said["lorenz_shares"].format(of=of)
    cumulated = zip(lorenz.people, lorenz.shares, strict=True)
    rows = [(figure(100 * people, 1, said), figure(100 * share, 1, said)) for people, share in cumulated]
    if lorenz.gini is not None:
        name = said["concentration" if lorenz.ranked else "gini"].format(value="").strip()
        rows.append((name, _coefficient(lorenz, said).removeprefix(name).strip()))
    return Table(caption, tuple(f"{name}, {said['per_cent']}" for name in names), tuple(rows))
