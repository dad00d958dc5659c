"""A control chart: one figure period by period, with the chance around it, so that a change can be told from a swing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .axes import Axis, axis
from .chart_words import chart_words, ended
from .colours import BAND, FJORD, INK, MUTED, STRONG_LINE, TARGET, WHITE
from .control_marks import Flags, drawn_flags, flags_of
from .control_table import control_table
from .elements import Markup, Picture, element, joined
from .figures import checked, figure
from .lettering import text_width
from .measured_time import DEFINITION, HIDDEN, ControlPoint, ControlSeries
from .notes import LINE_HEIGHT, TEXT, Note, cut, spread
from .saying import began, control_sentence, direction_sentence, is_outside, known_points, latest_sentence
from .sheets import sheet

_LINE, _DASH = 1.6, "5 4"
_LEAST_DOT_STEP = 4.2


@dataclass(frozen=True)
class _Plot:
    """The chart's own paper: its sides, the axis up it, and where each period stands."""

    left: float
    right: float
    top: float
    bottom: float
    up: Axis
    xs: tuple[float, ...]
    step: float

    def y(self, value: float) -> float:
        return self.up.scale.at(value)

    def edge(self, index: int) -> float:
        """Halfway between this period and the one before it."""
        return min(max(self.xs[min(index, len(self.xs) - 1)] + (-0.5 if index < len(self.xs) else 0.5) * self.step, self.left), self.right)


def control_chart(
    series: ControlSeries,
    *,
    title: str = "",
    words: Mapping[str, str] | None = None,
    width: float = 820,
    headed: bool = False,
    id_prefix: str = "control-chart",
) -> Picture:
    """This will draw a measure over time with its limits, marks and target; raises ValueError for figures that cannot be drawn.

    title: instead of the sentence said from the figures. words: other words than the Danish. width: from 350 up; letters keep their size.
    headed: with its sentence above and its method below, for a file that stands alone.
    """
    _check(series)
    said = chart_words("da", words)
    shown = len(known_points(series)) >= series.least
    named = title or control_sentence(series, said)
    described = _described(series, shown, said) or named
    flags, plot, height = _laid_out(series, shown, said, width)
    body = [
        *(_limits(series, plot) if shown else ()),
        *_axes(series, plot),
        *_target(series, plot),
        drawn_flags(flags, 0.0, plot.bottom),
        *_line(series, plot),
        *_points(series, plot, shown),
        *_side_words(series, plot, shown, said, width),
        *_below(flags, plot, height),
        *(_early(plot, said) if not shown else ()),
    ]
    svg = sheet(
        body, width=width, height=height, title=named, description=described, method=series.method,
        headed=headed, id_prefix=id_prefix, kind="control-chart",
    )  # fmt: skip
    return Picture(svg, named, described, control_table(series, named, shown, said))


def _check(series: ControlSeries) -> None:
    for point in series.points:
        for value in (point.value, point.centre, point.lower, point.upper):
            checked(value, point.label)
    checked(series.target, series.measure)
    for mark in series.marks:
        if not 0 <= mark.at < max(len(series.points), 1):
            raise ValueError(f"Mærket »{mark.text}« står ved måling {mark.at + 1}, men der er kun {len(series.points)}.")
    for first, until in series.baselines:
        if not 0 <= first < until <= len(series.points):
            raise ValueError(f"Grænserne er fastlåst på måling {first + 1}–{until}, men der er kun {len(series.points)}.")


def _described(series: ControlSeries, shown: bool, said: Mapping[str, str]) -> str:
    told = [ended(series.definition or ", ".join(part for part in (series.measure, series.unit) if part))]
    if shown and any(point.centre is not None for point in series.points):
        band = said["band"]
        if series.baselines:
            first, until = series.baselines[-1]
            band = said["frozen"].format(band=band, first=series.points[first].label, last=series.points[until - 1].label)
        told += [ended(band), said["filled"]]
        if any(_is_pattern(point) for point in series.points):
            told.append(said["ringed"])
    elif not shown:
        told.append(said["line_only"].format(least=series.least))
    if any(point.value is None and point.reason == HIDDEN for point in series.points):
        told.append(said["cross"])
    if any(mark.kind == DEFINITION for mark in series.marks):
        told.append(said["gap"])
    told += [latest_sentence(series, said), direction_sentence(series, said) if shown else ""]
    return " ".join(part for part in told if part)


def _laid_out(series: ControlSeries, shown: bool, said: Mapping[str, str], width: float) -> tuple[Flags, _Plot, float]:
    values = [value for _, _, value in known_points(series)]
    if shown:
        values += [value for point in series.points for value in (point.lower, point.centre, point.upper) if value is not None]
    values += [series.target] if series.target is not None else []
    up = axis(values or (0.0, 1.0), 1.0, 0.0, said, decimals=series.decimals)
    left = max(text_width(label, TEXT) for label in up.labels) + 12
    side = max((text_width(text, TEXT, bold=True) for text, *_ in _sides(series, shown, said)), default=0.0)
    right = width - min(side + 14, width * 0.4) if side else width - 10
    count = len(series.points)
    # Dots at the ends keep a little paper to stand on.
    first, last = left + 4, right - 4
    step = (last - first) / max(count - 1, 1)
    xs = tuple(first + step * n for n in range(count)) if count > 1 else tuple((first + last) / 2 for _ in range(count))
    marks = [
        (mark, max(xs[mark.at] - step / 2, first) if count > 1 else xs[mark.at], series.points[mark.at].label)
        for mark in series.marks
        if xs
    ]
    flags = flags_of(marks, left, width - 2, width, said)
    top = flags.height + 14
    bottom = top + min(max(width * 0.27, 176), 240)
    up = axis(values or (0.0, 1.0), bottom, top, said, decimals=series.decimals)
    height = bottom + 30 + len(flags.below) * LINE_HEIGHT + (6 if flags.below else 0)
    return flags, _Plot(left, right, top, bottom, up, xs, step), height


def _runs(keys: Sequence[object]) -> list[tuple[int, int]]:
    """Half-open ranges of neighbours that are alike."""
    starts = [n for n in range(len(keys)) if n == 0 or keys[n] != keys[n - 1]]
    return list(zip(starts, [*starts[1:], len(keys)], strict=True)) if starts else []


def _limits(series: ControlSeries, plot: _Plot) -> list[Markup]:
    drawn: list[Markup] = []
    points = series.points
    for first, until in _runs([(point.lower, point.upper) for point in points]):
        lower, upper = points[first].lower, points[first].upper
        if lower is None and upper is None:
            continue
        x1, x2 = plot.edge(first), plot.edge(until)
        top = plot.top if upper is None else plot.y(upper)
        bottom = plot.bottom if lower is None else plot.y(lower)
        drawn.append(element("rect", x=x1, y=top, width=x2 - x1, height=max(bottom - top, 0.5), fill=BAND, class_="tov-band"))
        drawn += [
            element("line", x1=x1, y1=y, x2=x2, y2=y, stroke=STRONG_LINE, stroke_width=0.8, class_="tov-limit")
            for y, limit in ((top, upper), (bottom, lower))
            if limit is not None
        ]
    frozen = [any(first <= n < until for first, until in series.baselines) or not series.baselines for n in range(len(points))]
    for first, until in _runs([(point.centre, fixed) for point, fixed in zip(points, frozen, strict=True)]):
        centre = points[first].centre
        if centre is not None:
            y = plot.y(centre)
            drawn.append(
                element(
                    "line", x1=plot.edge(first), y1=y, x2=plot.edge(until), y2=y, stroke=INK, stroke_width=1.4,
                    stroke_dasharray=None if frozen[first] else _DASH, class_="tov-centre" if frozen[first] else "tov-centre-after",
                )
            )  # fmt: skip
    return drawn


def _axes(series: ControlSeries, plot: _Plot) -> list[Markup]:
    drawn = [
        Note(label, plot.left - 8, plot.y(tick) + 5, "end", fill=MUTED).drawn()
        for tick, label in zip(plot.up.ticks, plot.up.labels, strict=True)
    ]
    for index, label in period_ticks(series.points, plot.xs, plot.right):
        x = plot.xs[index]
        drawn.append(element("line", x1=x, y1=plot.bottom, x2=x, y2=plot.bottom + 6, stroke=STRONG_LINE))
        drawn.append(_period_word(label, x, plot).drawn())
    return drawn


def _period_word(label: str, x: float, plot: _Plot) -> Note:
    told = cut(label, plot.right - plot.left)
    fits = x + text_width(told, TEXT) <= plot.right
    return Note(told, x if fits else plot.right, plot.bottom + 21, "start" if fits else "end", fill=MUTED)


def period_ticks(points: Sequence[ControlPoint], xs: Sequence[float], right: float) -> list[tuple[int, str]]:
    """This will choose at most five periods to name under a chart: where years begin if labels end in years, else evenly apart."""
    years = [point.label[-4:] if point.label[-4:].isdecimal() else "" for point in points]
    wanted = [(n, year) for n, year in enumerate(years) if year and (n == 0 or years[n - 1] != year)]
    if len(wanted) < 2 or len(wanted) == len(points):
        wanted = [(n, point.label) for n, point in enumerate(points)]
    every = 1
    while True:
        chosen = wanted[::every]
        widths = [min(text_width(label, TEXT), right - xs[0]) for _, label in chosen]
        starts = [min(xs[n], right - wide) for (n, _), wide in zip(chosen, widths, strict=True)]
        apart = all(start + wide + 8 <= after for start, wide, after in zip(starts, widths, starts[1:], strict=False))
        if (len(chosen) <= 5 and apart) or len(chosen) <= 1:
            return chosen
        every += 1


def _target(series: ControlSeries, plot: _Plot) -> list[Markup]:
    if series.target is None:
        return []
    y = plot.y(series.target)
    return [
        element("line", x1=plot.left, y1=y, x2=plot.right, y2=y, stroke=TARGET, stroke_width=2, stroke_dasharray="2 3", class_="tov-target")
    ]


def _line(series: ControlSeries, plot: _Plot) -> list[Markup]:
    breaks = {mark.at for mark in series.marks if mark.kind == DEFINITION}
    runs: list[list[tuple[float, float]]] = [[]]
    for n, point in enumerate(series.points):
        if n in breaks or point.value is None:
            runs.append([])
        if point.value is not None:
            runs[-1].append((plot.xs[n], plot.y(point.value)))
    return [
        element(
            "polyline",
            points=" ".join(f"{x:.1f},{y:.1f}" for x, y in run),
            fill="none",
            stroke=FJORD,
            stroke_width=_LINE,
            stroke_linejoin="round",
        )
        for run in runs
        if len(run) > 1
    ]


def _is_pattern(point: ControlPoint) -> bool:
    return bool(point.broken) and point.value is not None and not is_outside(point)


def _points(series: ControlSeries, plot: _Plot, shown: bool) -> list[Markup]:
    """Filled outside, open inside, dotted in a pattern; where dots would touch, only those that tell something are drawn."""
    radius = min(3.6, max(2.2, plot.step * 0.38)) if len(series.points) > 1 else 3.6
    crowded = plot.step < _LEAST_DOT_STEP and len(series.points) > 1
    drawn: list[Markup] = []
    values = [point.value for point in series.points]
    for n, point in enumerate(series.points):
        x = plot.xs[n]
        if point.value is None:
            if point.reason == HIDDEN:
                drawn.append(_cross(x, plot.bottom - 6))
            continue
        y = plot.y(point.value)
        alone = all(values[m] is None for m in (n - 1, n + 1) if 0 <= m < len(values))
        if not shown:
            drawn += [element("circle", cx=x, cy=y, r=2.2, fill=FJORD)] if alone else []
        elif is_outside(point):
            drawn.append(element("circle", cx=x, cy=y, r=radius + 0.3, fill=FJORD, class_="tov-outside-limits"))
        elif not crowded or alone or _is_pattern(point):
            drawn.append(element("circle", cx=x, cy=y, r=radius, fill=WHITE, stroke=FJORD, stroke_width=1.4, class_="tov-inside-limits"))
            if _is_pattern(point):
                drawn.append(element("circle", cx=x, cy=y, r=max(radius * 0.42, 1.0), fill=FJORD, class_="tov-pattern"))
    return drawn


def _cross(x: float, y: float) -> Markup:
    return joined(
        element("line", x1=x - 3.5, y1=y - 3.5 * way, x2=x + 3.5, y2=y + 3.5 * way, stroke=MUTED, stroke_width=1.5) for way in (1, -1)
    )


def _sides(series: ControlSeries, shown: bool, said: Mapping[str, str]) -> list[tuple[str, float, str, bool]]:
    """The words at the chart's right side: what they say, at which figure, in which colour, and whether bold."""
    found: list[tuple[str, float, str, bool]] = []
    last = next((point for point in reversed(series.points) if point.centre is not None), None) if shown else None
    if last is not None and last.centre is not None:
        middle = said["before"] if series.baselines and began(series) < len(series.points) else said["middle"]
        for word, value, fill in ((said["upper"], last.upper, MUTED), (middle, last.centre, INK), (said["lower"], last.lower, MUTED)):
            found += [(f"{word} {figure(value, series.decimals, said)}", value, fill, False)] if value is not None else []
    if series.target is not None:
        found.append((f"{said['target']} {figure(series.target, series.decimals, said)}", series.target, TARGET, True))
    return found


def _side_words(series: ControlSeries, plot: _Plot, shown: bool, said: Mapping[str, str], width: float) -> list[Markup]:
    sides = _sides(series, shown, said)
    heights = spread([plot.y(value) + 5 for _, value, *_ in sides], LINE_HEIGHT - 1, plot.top + 5, plot.bottom + 4)
    x = plot.right + 8
    return [
        Note(cut(text, width - x, bold=bold), x, y, bold=bold, fill=fill).drawn()
        for (text, _, fill, bold), y in zip(sides, heights, strict=True)
    ]


def _below(flags: Flags, plot: _Plot, height: float) -> list[Markup]:
    start = height - len(flags.below) * LINE_HEIGHT
    return [Note(line, 2, start + n * LINE_HEIGHT + 11, fill=INK).drawn() for n, line in enumerate(flags.below)]


def _early(plot: _Plot, said: Mapping[str, str]) -> list[Markup]:
    """That it is too early to tell, where there is room for it between the numbers; the heading says it in any case."""
    if plot.left + 6 + text_width(said["early_short"], TEXT, bold=True) > plot.right:
        return []
    return [Note(said["early_short"], plot.left + 6, plot.top + 3, bold=True, fill=MUTED, halo=True).drawn()]
