"""A goal strip: where a figure was, where it is, and where it is promised to go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .axes import Scale
from .chart_words import chart_words, ended
from .colours import FJORD, INK, MUTED, STRONG_LINE, TARGET, WHITE
from .elements import Markup, Picture, Table, element, joined
from .figures import checked, figure, span
from .lettering import text_width
from .measured_time import GoalFigures
from .notes import LINE_HEIGHT, TEXT, Note, cut
from .saying import goal_sentence, is_reached
from .saying_places import step_with_unit
from .sheets import sheet

_Placed = tuple[Note, int]


@dataclass(frozen=True)
class _Stop:
    """One of the three figures: its word, when it holds, its value and its place."""

    key: str
    word: str
    label: str
    value: float
    x: float


def goal_strip(
    goal: GoalFigures,
    *,
    title: str = "",
    words: Mapping[str, str] | None = None,
    width: float = 560,
    headed: bool = False,
    id_prefix: str = "goal-strip",
) -> Picture:
    """This will draw baseline, latest figure and target on one line; raises ValueError for figures that cannot be drawn.

    title: instead of the sentence said from the figures. words: other words than the Danish. headed: with its sentence above and its
    method below, for a file that stands alone.
    """
    for value in (goal.baseline, goal.latest, goal.target, goal.latest_low, goal.latest_high):
        checked(value, goal.measure)
    said = chart_words("da", words)
    named = title or goal_sentence(goal, said)
    told = [ended(goal.definition or ", ".join(part for part in (goal.measure, goal.unit) if part)), _left(goal, said)]
    described = " ".join(part for part in told if part) or named
    stops, scale = _stops(goal, said, width)
    body, height = _drawn(goal, stops, scale, said, width)
    svg = sheet(
        body, width=width, height=height, title=named, description=described, method=goal.method,
        headed=headed, id_prefix=id_prefix, kind="goal-strip",
    )  # fmt: skip
    return Picture(svg, named, described, _table(goal, named, said))


def _left(goal: GoalFigures, said: Mapping[str, str]) -> str:
    if goal.latest is None or goal.target is None or is_reached(goal):
        return ""
    left = step_with_unit(abs(goal.target - goal.latest), goal.decimals, goal.unit, said)
    return said["goal_left"].format(left=left.rstrip("."))


def _stops(goal: GoalFigures, said: Mapping[str, str], width: float) -> tuple[list[_Stop], Scale]:
    known = [
        (key, word, label, value)
        for key, word, label, value in (
            ("baseline", said["before"], goal.baseline_label, goal.baseline),
            ("target", said["goal"], goal.target_label, goal.target),
            ("latest", said["now"], goal.latest_label, goal.latest),
        )
        if value is not None
    ]
    values = [value for *_, value in known]
    if goal.latest is not None:
        values += [value for value in (goal.latest_low, goal.latest_high) if value is not None]
    low, high = min(values, default=0.0), max(values, default=1.0)
    if high - low < 10.0**-goal.decimals:
        low, high = low - 0.5 * 10.0**-goal.decimals, high + 0.5 * 10.0**-goal.decimals
    # From the baseline on the left towards the target on the right, whichever way the figures run.
    falls = goal.baseline is not None and goal.target is not None and goal.target < goal.baseline
    side = min(width * 0.12, 60.0)
    scale = Scale(low, high, width - side, side) if falls else Scale(low, high, side, width - side)
    return [_Stop(key, word, label, value, scale.at(value)) for key, word, label, value in known], scale


def _drawn(goal: GoalFigures, stops: list[_Stop], scale: Scale, said: Mapping[str, str], width: float) -> tuple[list[Markup], float]:
    if not stops:
        return [Note(said["nothing"], 2, 18, fill=MUTED).drawn()], 30.0
    above, below = _rows(goal, stops, said, width)
    y = 10 + LINE_HEIGHT * (max((row for *_, row in above), default=0) + 1) + 6
    height = y + 18 + LINE_HEIGHT * (max((row for *_, row in below), default=-1) + 1) + 6
    drawn = [
        element("line", x1=min(scale.start, scale.end), y1=y, x2=max(scale.start, scale.end), y2=y, stroke=STRONG_LINE, stroke_width=1)
    ]
    places = {stop.key: stop.x for stop in stops}
    if "baseline" in places and "latest" in places:
        drawn.append(element("line", x1=places["baseline"], y1=y, x2=places["latest"], y2=y, stroke=FJORD, stroke_width=3))
    if goal.latest is not None and goal.latest_low is not None and goal.latest_high is not None:
        x1, x2 = scale.at(goal.latest_low), scale.at(goal.latest_high)
        drawn.append(element("line", x1=x1, y1=y, x2=x2, y2=y, stroke=INK, stroke_width=1.6, class_="tov-interval"))
        drawn += [element("line", x1=x, y1=y - 5, x2=x, y2=y + 5, stroke=INK, stroke_width=1.6) for x in (x1, x2)]
    drawn += [_sign(stop, y) for stop in stops]
    lowest = 10 + LINE_HEIGHT * max((row for *_, row in above), default=0)
    drawn += [_moved(note, lowest - LINE_HEIGHT * row + 4).drawn() for note, row in above]
    drawn += [_moved(note, y + 29 + LINE_HEIGHT * row).drawn() for note, row in below]
    return drawn, height


def _moved(note: Note, y: float) -> Note:
    return Note(note.text, note.x, y, note.anchor, note.bold, note.fill, note.halo)


def _sign(stop: _Stop, y: float) -> Markup:
    if stop.key == "baseline":
        return element("circle", cx=stop.x, cy=y, r=6, fill=WHITE, stroke=FJORD, stroke_width=2, class_="tov-baseline")
    if stop.key == "latest":
        return element("circle", cx=stop.x, cy=y, r=6.5, fill=FJORD, class_="tov-latest")
    post = element("line", x1=stop.x, y1=y - 11, x2=stop.x, y2=y + 11, stroke=TARGET, stroke_width=2.5, stroke_dasharray="2 3")
    return joined(
        [post, element("rect", x=stop.x - 4, y=y - 4, width=8, height=8, fill=WHITE, stroke=TARGET, stroke_width=2, class_="tov-target")]
    )


def _rows(
    goal: GoalFigures, stops: list[_Stop], said: Mapping[str, str], width: float
) -> tuple[list[tuple[Note, int]], list[tuple[Note, int]]]:
    """The figures above the line and when they hold below it, each on the first row where it meets no other."""
    placed: tuple[list[_Placed], list[_Placed]] = ([], [])
    for stop in stops:
        fill = TARGET if stop.key == "target" else INK
        for notes, text, bold, colour in (
            (placed[0], f"{stop.word} {figure(stop.value, goal.decimals, said)}", True, fill),
            (placed[1], stop.label, False, MUTED),
        ):
            if not text:
                continue
            told = cut(text, width - 4, bold=bold)
            wide = text_width(told, TEXT, bold=bold)
            x = min(max(stop.x, 2 + wide / 2), width - 2 - wide / 2)
            note = Note(told, x, 0.0, "middle", bold=bold, fill=colour)
            row = next(row for row in range(len(notes) + 1) if not any(at == row and note.room.meets(other.room, 8) for other, at in notes))
            notes.append((note, row))
    return placed


def _table(goal: GoalFigures, caption: str, said: Mapping[str, str]) -> Table:
    headers = (said["measure_head"], said["period_head"], goal.unit or said["figure_head"])
    rows = []
    for word, label, value in (
        (said["before"], goal.baseline_label, goal.baseline),
        (said["now"], goal.latest_label, goal.latest),
        (said["goal"], goal.target_label, goal.target),
    ):
        told = said["missing"] if value is None else figure(value, goal.decimals, said)
        if value is not None and word == said["now"] and goal.latest_low is not None:
            told = f"{told} ({span(goal.latest_low, goal.latest_high, goal.decimals, said)})"
        rows.append((word, label or "–", told))
    return Table(caption, headers, tuple(rows))
