"""Gradient bars: a measure by social position, each bar as wide as its share of the people, and the slope through them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .axes import Axis, axis
from .chart_words import begun, chart_words, ended, listed
from .colours import BAR, FJORD, INK, MUTED, STRONG_LINE, THREAD, WHITE
from .elements import Markup, Picture, Table, element, joined
from .figures import checked, figure, span
from .lettering import text_width, wrapped
from .measured_people import Gradient, GradientGroup
from .notes import LINE_HEIGHT, TEXT, Board, Note, Room, cut
from .saying_places import gradient_sentence, slope_words
from .sheets import sheet

_GAP = 3.0
_MOST_LINES, _MOST_STEPS = 3, 4
_UNKNOWN_SHARE = 0.5


@dataclass(frozen=True)
class _Bar:
    group: GradientGroup
    left: float
    right: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class _Foot:
    """The words under the bars, each with its bar and row; `listed` when they are a list that no lines lead to."""

    notes: tuple[tuple[Note, _Bar, int], ...]
    rows: int
    listed: bool = False


def gradient_bars(
    gradient: Gradient,
    *,
    title: str = "",
    words: Mapping[str, str] | None = None,
    width: float = 560,
    headed: bool = False,
    id_prefix: str = "gradient-bars",
) -> Picture:
    """This will draw groups in social order as bars with intervals and the slope through them; raises ValueError for impossible figures.

    title: instead of the sentence said from the figures. words: other words than the Danish. width: labels find their rows at any width.
    headed: with its sentence above and its method below, for a file that stands alone.
    """
    _check(gradient)
    said = chart_words("da", words)
    named = title or gradient_sentence(gradient, said)
    described = _described(gradient, said) or named
    up, bars, right = _laid_out(gradient, said, width)
    top, bottom = up.scale.end, up.scale.start
    in_bars = all(_has_room(bar, up, gradient, said) for bar in bars)
    foot = _foot(gradient, bars, in_bars, bars[0].left if bars else 40.0, right, said)
    below = bottom + 8 + foot.rows * LINE_HEIGHT
    shares = said["width_share"].format(people=gradient.people or said["people"])
    caption = ", ".join(part for part in (_common(gradient.groups), shares) if part) if bars else ""
    captions = wrapped(caption, TEXT, width - 4) if caption else ()
    height = below + LINE_HEIGHT * len(captions) + 8
    body = [
        *_ticks(up, bars[0].left if bars else 40.0),
        *(_drawn_bar(bar, up) for bar in bars),
        *_slope(gradient, bars, up),
        *(_interval(bar, up) for bar in bars),
        *(_figures(gradient, bars, up, said) if in_bars else ()),
        *_drawn_foot(foot, bottom),
        *(
            Note(line, max(right, text_width(line, TEXT) + 2), below + LINE_HEIGHT * n + 14, "end", fill=MUTED).drawn()
            for n, line in enumerate(captions)
        ),
        *_slope_words(gradient, bars, up, in_bars, Room(bars[0].left if bars else 0.0, top - LINE_HEIGHT, right, bottom), said),
    ]
    svg = sheet(
        body, width=width, height=height, title=named, description=described, method=gradient.method,
        headed=headed, id_prefix=id_prefix, kind="gradient-bars",
    )  # fmt: skip
    return Picture(svg, named, described, _table(gradient, named, said))


def _check(gradient: Gradient) -> None:
    for group in gradient.groups:
        for value in (group.share, group.value, group.low, group.high):
            checked(value, group.name)
        if group.share is not None and not 0 <= group.share <= 1:
            raise ValueError(f"{group.name}: andelen er {group.share}. Giv et tal fra 0 til 1.")
    if gradient.line:
        for value in (gradient.line.slope, gradient.line.low, gradient.line.high, *(y for _, y in gradient.line.points)):
            checked(value, gradient.measure)


def _described(gradient: Gradient, said: Mapping[str, str]) -> str:
    told = [ended(gradient.definition or ", ".join(part for part in (gradient.measure, gradient.unit) if part))]
    told += [said[f"{gradient.better}_better"]] if gradient.better in ("lower", "higher") else []
    if any(group.low is not None for group in gradient.groups):
        told.append(said["bars_signs"].format(level=_level(gradient, said)))
    if gradient.line is not None:
        told.append(ended(begun(said["difference"].format(slope=slope_words(gradient.line, gradient, said)))))
    hidden = [group.name for group in gradient.groups if group.value is None]
    told += [said["too_few"].format(names=listed(hidden, said))] if hidden else []
    return " ".join(part for part in told if part)


def _laid_out(gradient: Gradient, said: Mapping[str, str], width: float) -> tuple[Axis, tuple[_Bar, ...], float]:
    values = [value for group in gradient.groups for value in (group.value, group.low, group.high) if value is not None]
    values += [value for _, value in gradient.line.points] if gradient.line else []
    top, bottom = LINE_HEIGHT + 6.0, LINE_HEIGHT + 6.0 + min(max(width * 0.42, 200), 300)
    up = axis(values or (0.0, 1.0), bottom, top, said, decimals=gradient.decimals, from_zero=True)
    left, right = max(text_width(label, TEXT) for label in up.labels) + 14, width - 6
    shares = _shares(gradient.groups)
    room = right - left - _GAP * max(len(shares) - 1, 0)
    # A group that is next to nobody is still a bar; what it takes, the others give up alike.
    widths = [max(room * share, 1.0) for share in shares]
    fitting = room / sum(widths) if widths else 1.0
    bars: list[_Bar] = []
    x = left
    for group, wide in zip(gradient.groups, (wide * fitting for wide in widths), strict=True):
        bars.append(_Bar(group, x, x + wide))
        x += wide + _GAP
    return up, tuple(bars), right


def _shares(groups: Sequence[GradientGroup]) -> list[float]:
    """Shares that fill the chart; a hidden share takes half of what a group has on average, so that it can be seen but not read off."""
    typical = 1 / max(len(groups), 1)
    raw = [typical * _UNKNOWN_SHARE if group.share is None else group.share for group in groups]
    total = sum(raw)
    return [share / total for share in raw] if total > 0 else [typical] * len(groups)


def _has_room(bar: _Bar, up: Axis, gradient: Gradient, said: Mapping[str, str]) -> bool:
    """Whether a bar's own figure can stand inside its foot, clear of its interval."""
    value, low = bar.group.value, bar.group.low
    if value is None:
        return True
    wide = text_width(figure(value, gradient.decimals, said), TEXT, bold=True) + 6 <= bar.right - bar.left
    return wide and value > 0 and up.scale.start - up.scale.at(min(value, low if low is not None else value)) >= LINE_HEIGHT + 10


def _foot(gradient: Gradient, bars: Sequence[_Bar], in_bars: bool, left: float, right: float, said: Mapping[str, str]) -> _Foot:
    """Names under their bars; stepped down with a thin line to the bar when they are too wide; else numbers, and the names below."""
    texts = [_foot_text(gradient, bar, in_bars, said) for bar in bars]
    return _under(texts, bars) or _stepped(texts, bars, left, right) or _numbered(texts, bars, left, right)


def _under(texts: Sequence[str], bars: Sequence[_Bar]) -> _Foot | None:
    notes: list[tuple[Note, _Bar, int]] = []
    for text, bar in zip(texts, bars, strict=True):
        room = bar.right - bar.left - 2
        lines = wrapped(text, TEXT, max(room, 20))
        if len(lines) > _MOST_LINES or any(line.endswith("-") or text_width(line, TEXT) > room for line in lines):
            return None
        notes += [(Note(line, bar.middle, 0.0, "middle", fill=INK), bar, row) for row, line in enumerate(lines)]
    return _Foot(tuple(notes), max((row + 1 for *_, row in notes), default=0))


def _stepped(texts: Sequence[str], bars: Sequence[_Bar], left: float, right: float) -> _Foot | None:
    notes: list[tuple[Note, _Bar, int]] = []
    for text, bar in sorted(zip(texts, bars, strict=True), key=lambda pair: pair[1].left - pair[1].right):
        wide = text_width(text, TEXT)
        if wide > right - left:
            return None
        middle = min(max(bar.middle, left + wide / 2), right - wide / 2)
        note = Note(text, middle, 0.0, "middle", fill=INK)
        row = next((row for row in range(_MOST_STEPS) if not any(_crossed(note, bar, row, other) for other in notes)), None)
        if row is None:
            return None
        notes.append((note, bar, row))
    return _Foot(tuple(notes), max((row + 1 for *_, row in notes), default=0))


def _crossed(note: Note, bar: _Bar, row: int, other: tuple[Note, _Bar, int]) -> bool:
    """Whether two names meet, or the line from either one's bar runs through the other."""
    mine, (theirs, their_bar, their_row) = note.room, (other[0].room, other[1], other[2])
    if row == their_row:
        return mine.left < theirs.right + 8 and theirs.left < mine.right + 8
    if their_row < row:
        return theirs.left - 4 < bar.middle < theirs.right + 4
    return mine.left - 4 < their_bar.middle < mine.right + 4


def _numbered(texts: Sequence[str], bars: Sequence[_Bar], left: float, right: float) -> _Foot:
    """Numbers under the bars that have room for one, and the names as a running list: from left to right as the bars."""
    notes: list[tuple[Note, _Bar, int]] = []
    until = left - 100
    for n, bar in enumerate(bars, start=1):
        half = text_width(str(n), TEXT) / 2
        note = Note(str(n), min(max(bar.middle, left + half), right - half), 0.0, "middle", fill=INK)
        if note.room.left > until + 4:
            notes.append((note, bar, 0))
            until = note.room.right
    x, row = 0.0, 1
    for n, (text, bar) in enumerate(zip(texts, bars, strict=True), start=1):
        told = cut(f"{n} {text}", right - 4)
        wide = text_width(told, TEXT)
        if x and x + wide > right - 2:
            x, row = 0.0, row + 1
        notes.append((Note(told, x + 2, 0.0, fill=INK), bar, row))
        x += wide + 18
    return _Foot(tuple(notes), row + 1, listed=True)


def _common(groups: Sequence[GradientGroup]) -> str:
    """The words after the first that every group's name ends in, as in »1. tiendedel«: said once under the chart."""
    parts = [group.name.partition(" ") for group in groups]
    ends = {end for _, _, end in parts}
    return ends.pop() if len(ends) == 1 and len({first for first, *_ in parts}) == len(parts) > 1 else ""


def _foot_text(gradient: Gradient, bar: _Bar, in_bars: bool, said: Mapping[str, str]) -> str:
    common = _common(gradient.groups)
    name = bar.group.name.removesuffix(f" {common}") if common else bar.group.name
    if bar.group.value is None:
        return f"{name}: {said['hidden']}"
    return name if in_bars else f"{name} {figure(bar.group.value, gradient.decimals, said)}"


def _drawn_foot(foot: _Foot, bottom: float) -> list[Markup]:
    drawn: list[Markup] = []
    for note, bar, row in foot.notes:
        y = bottom + 20 + row * LINE_HEIGHT
        if row and not foot.listed and all(other is not bar or at >= row for _, other, at in foot.notes):
            drawn.append(element("line", x1=bar.middle, y1=bottom + 4, x2=bar.middle, y2=y - 13, stroke=STRONG_LINE))
        drawn.append(Note(note.text, note.x, y, note.anchor, fill=note.fill).drawn())
    return drawn


def _ticks(up: Axis, left: float) -> list[Markup]:
    return [
        Note(label, left - 8, up.scale.at(tick) + 5, "end", fill=MUTED).drawn() for tick, label in zip(up.ticks, up.labels, strict=True)
    ]


def _drawn_bar(bar: _Bar, up: Axis) -> Markup:
    zero = up.scale.at(0.0)
    if bar.group.value is None:
        return element(
            "rect", x=bar.left + 0.5, y=zero - 36, width=max(bar.right - bar.left - 1, 0.5), height=36, fill=WHITE, stroke=STRONG_LINE,
            stroke_dasharray="3 4", class_="tov-hidden-group",
        )  # fmt: skip
    y = up.scale.at(bar.group.value)
    return joined(
        [
            element(
                "rect", x=bar.left, y=min(y, zero), width=bar.right - bar.left, height=abs(zero - y), fill=BAR, class_="tov-gradient-bar"
            ),
            element("line", x1=bar.left, y1=y, x2=bar.right, y2=y, stroke=FJORD, stroke_width=1.5),
        ]
    )


def _interval(bar: _Bar, up: Axis) -> Markup:
    if bar.group.value is None or bar.group.low is None or bar.group.high is None:
        return Markup("")
    y1, y2 = up.scale.at(bar.group.low), up.scale.at(bar.group.high)
    return joined(
        [
            element("line", x1=bar.middle, y1=y1, x2=bar.middle, y2=y2, stroke=INK, stroke_width=1.6, class_="tov-interval"),
            *(element("line", x1=bar.middle - 4, y1=y, x2=bar.middle + 4, y2=y, stroke=INK, stroke_width=1.6) for y in (y1, y2)),
        ]
    )


def _figures(gradient: Gradient, bars: Sequence[_Bar], up: Axis, said: Mapping[str, str]) -> list[Markup]:
    foot = up.scale.at(0.0) - 8
    return [
        Note(figure(bar.group.value, gradient.decimals, said), bar.middle, foot, "middle", bold=True).drawn()
        for bar in bars
        if bar.group.value is not None
    ]


def _curve(gradient: Gradient, bars: Sequence[_Bar], up: Axis) -> list[tuple[float, float]]:
    if gradient.line is None or not bars:
        return []
    left, right = bars[0].left, bars[-1].right
    return [(left + rank * (right - left), up.scale.at(value)) for rank, value in gradient.line.points]


def _slope(gradient: Gradient, bars: Sequence[_Bar], up: Axis) -> list[Markup]:
    points = _curve(gradient, bars, up)
    if len(points) < 2:
        return []
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return [element("polyline", points=line, fill="none", stroke=THREAD, stroke_width=2.4, class_="tov-slope")]


def _slope_words(gradient: Gradient, bars: Sequence[_Bar], up: Axis, in_bars: bool, frame: Room, said: Mapping[str, str]) -> list[Markup]:
    """The slope in words over the line where it hides least; on a line that leaves no room, above the chart."""
    points = _curve(gradient, bars, up)
    if gradient.line is None or len(points) < 2:
        return []
    text = cut(said["difference"].format(slope=slope_words(gradient.line, gradient, said)), frame.right - frame.left, bold=True)
    wide = text_width(text, TEXT, bold=True)
    board = Board(frame)
    board.busy = [Room(min(x1, x2) - 2, min(y1, y2) - 2, max(x1, x2) + 2, max(y1, y2) + 2) for (x1, y1), (x2, y2) in _pieces(points)]
    board.busy += [
        Room(bar.middle - 5, up.scale.at(bar.group.high) - 3, bar.middle + 5, up.scale.at(bar.group.low) + 3)
        for bar in bars
        if bar.group.low is not None and bar.group.high is not None
    ]
    if in_bars:
        foot = up.scale.at(0.0)
        board.taken = [Room(bar.left, foot - LINE_HEIGHT - 4, bar.right, foot) for bar in bars]
    choices: list[Note] = []
    for away in (10.0, 18.0, 28.0, 42.0, 60.0, 84.0):
        for rank in (0.6, 0.5, 0.4, 0.7, 0.3, 0.8, 0.2):
            x = min(max(frame.left + rank * (frame.right - frame.left), frame.left + wide / 2), frame.right - wide / 2)
            over = min((y for px, y in _walked(points) if x - wide / 2 - 4 <= px <= x + wide / 2 + 4), default=frame.top)
            choices.append(Note(text, x, over - away, "middle", bold=True, fill=THREAD, halo=True))
    choices.append(Note(text, frame.right - wide / 2, frame.top + 12, "middle", bold=True, fill=THREAD, halo=True))
    settled = board.settle(choices)
    return [settled.drawn()] if settled else []


def _walked(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Points close together along the line, so that what lies under a word can be asked for."""
    walked: list[tuple[float, float]] = []
    for (x1, y1), (x2, y2) in zip(points, points[1:], strict=False):
        steps = max(int(abs(x2 - x1) / 8), 1)
        walked += [(x1 + (x2 - x1) * n / steps, y1 + (y2 - y1) * n / steps) for n in range(steps + 1)]
    return walked


def _pieces(points: Sequence[tuple[float, float]]) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    walked = _walked(points)
    return list(zip(walked, walked[1:], strict=False))


def _table(gradient: Gradient, caption: str, said: Mapping[str, str]) -> Table:
    headers = (
        gradient.position or said["group"],
        said["share"],
        begun(gradient.unit) or said["figure_head"],
        said["interval"].format(level=_level(gradient, said)),
    )
    rows = []
    for group in gradient.groups:
        share = "–" if group.share is None else f"{figure(100 * group.share, 0, said)} {said['per_cent']}"
        value = said["hidden"] if group.value is None else figure(group.value, gradient.decimals, said)
        interval = "–" if group.value is None else span(group.low, group.high, gradient.decimals, said)
        rows.append((group.name, share, value, interval))
    if gradient.line is not None:
        line = gradient.line
        told = figure(line.slope, gradient.decimals, said), span(line.low, line.high, gradient.decimals, said)
        rows.append((said["slope"], "–", *told))
    return Table(caption, headers, tuple(rows))


def _level(gradient: Gradient, said: Mapping[str, str]) -> str:
    return figure(gradient.level, 0 if gradient.level == int(gradient.level) else 1, said)
