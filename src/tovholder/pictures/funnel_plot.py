"""A funnel: places by size, with what chance alone explains at each size. It takes the place of a ranking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .axes import Axis, axis, size_axis
from .chart_words import chart_words, ended, listed
from .colours import FJORD, INK, MUTED, STRONG_LINE, TARGET, THREAD, WHITE
from .elements import Markup, Picture, Table, element, joined
from .figures import checked, figure
from .lettering import text_width, wrapped
from .measured_places import HIDDEN, INSIDE, MISSING, OVER, UNDER, Funnel, FunnelLimits, FunnelPoint
from .notes import LINE_HEIGHT, TEXT, Board, Note, Room, beside, cut, leader, spread
from .saying_places import funnel_sentence, rest_sentence
from .sheets import sheet

_DOT, _DOT_OUT = 4.5, 6.5
# One name for so much width: more would only hide the points they name.
_WIDTH_OF_NAME = 45.0


@dataclass(frozen=True)
class _Plot:
    left: float
    right: float
    top: float
    bottom: float
    along: Axis
    up: Axis

    def at(self, size: float, value: float) -> tuple[float, float]:
        return self.along.scale.at(size), self.up.scale.at(value)


def funnel_plot(
    funnel: Funnel,
    *,
    title: str = "",
    words: Mapping[str, str] | None = None,
    width: float = 560,
    headed: bool = False,
    id_prefix: str = "funnel-plot",
) -> Picture:
    """This will draw places against the limits of chance at their size; raises ValueError for figures that cannot be drawn.

    title: instead of the sentence said from the figures. words: other words than the Danish. width: from 350 up; letters keep their size.
    headed: with its sentence above and its method below, for a file that stands alone.
    """
    _check(funnel)
    said = chart_words("da", words)
    named = title or funnel_sentence(funnel, said)
    shown = shown_points(funnel)
    plot, height = _laid_out(funnel, shown, said, width)
    described = _described(funnel, shown, plot, said) or named
    body = [
        *_axes(funnel, plot, height, said, width),
        *_curves(funnel, plot),
        *_levels(funnel, plot),
        *_dots(shown, plot),
        *_side_words(funnel, plot, said, width),
        *_names(funnel, shown, plot, int(width / _WIDTH_OF_NAME)),
    ]
    svg = sheet(
        body, width=width, height=height, title=named, description=described, method=funnel.method,
        headed=headed, id_prefix=id_prefix, kind="funnel-plot",
    )  # fmt: skip
    return Picture(svg, named, described, _table(funnel, named, said))


def shown_points(funnel: Funnel) -> list[tuple[FunnelPoint, float, float]]:
    """This will give the points that can be drawn, each with its size and figure."""
    return [
        (point, point.size, point.value)
        for point in funnel.points
        if point.size is not None and point.value is not None and point.standing not in (HIDDEN, MISSING)
    ]


def _check(funnel: Funnel) -> None:
    for point in funnel.points:
        checked(point.value, point.name)
        if (size := checked(point.size, point.name)) is not None and size < 0:
            raise ValueError(f"{point.name}: størrelsen er {size}. Giv et tal, der er 0 eller mere.")
    for limits in funnel.limits:
        if not len(limits.sizes) == len(limits.lower) == len(limits.upper):
            raise ValueError("En kurve i tragten har ikke lige mange størrelser og grænser. Giv hver størrelse én nedre og én øvre grænse.")
        for value in (*limits.sizes, *limits.lower, *limits.upper):
            checked(value, funnel.measure)
    checked(funnel.centre, funnel.measure)
    checked(funnel.target, funnel.measure)


def _described(funnel: Funnel, shown: Sequence[tuple[FunnelPoint, float, float]], plot: _Plot, said: Mapping[str, str]) -> str:
    over, under, inside = ([point.name for point, *_ in shown if point.standing == way] for way in (OVER, UNDER, INSIDE))
    told = [rest_sentence(len(over), len(under), inside, funnel.places, said)]
    told.append(ended(funnel.definition or ", ".join(part for part in (funnel.measure, funnel.unit) if part)))
    told += [said[f"{funnel.better}_better"]] if funnel.better in ("lower", "higher") else []
    if funnel.limits:
        levels = listed([said["limit"].format(level=_level(limits, said)) for limits in _outwards(funnel)], said)
        told += [said["funnel_signs"].format(levels=levels), said["funnel_filled"]]
    for key, standing in (("too_few", HIDDEN), ("no_figures", MISSING)):
        names = [point.name for point in funnel.points if point.standing == standing or (standing == MISSING and _is_missing(point))]
        told += [said[key].format(names=listed(names, said))] if names else []
    if plot.along.scale.logarithmic:
        told.append(said["logarithmic"])
    return " ".join(part for part in told if part)


def _is_missing(point: FunnelPoint) -> bool:
    return point.standing != HIDDEN and (point.value is None or point.size is None)


def _level(limits: FunnelLimits, said: Mapping[str, str]) -> str:
    return figure(limits.level, 0 if round(limits.level, 6) == round(limits.level) else 1, said)


def _outwards(funnel: Funnel) -> list[FunnelLimits]:
    return sorted(funnel.limits, key=lambda limits: limits.level)


def _laid_out(
    funnel: Funnel, shown: Sequence[tuple[FunnelPoint, float, float]], said: Mapping[str, str], width: float
) -> tuple[_Plot, float]:
    sizes = [size for _, size, _ in shown] or [size for limits in funnel.limits for size in limits.sizes]
    values = [value for *_, value in shown]
    values += [value for value in (funnel.centre, funnel.target) if value is not None]
    smallest = min(sizes, default=0.0)
    for limits in funnel.limits:
        # Curves fan out without end near size 0: the axis only has to hold them from where places begin.
        held = [n for n, size in enumerate(limits.sizes) if size >= smallest]
        values += [value for side in (limits.lower, limits.upper) for n in held if (value := side[n]) is not None]
    up = axis(values or (0.0, 1.0), 1.0, 0.0, said, decimals=funnel.decimals)
    left = max(text_width(label, TEXT) for label in up.labels) + 12
    side = max((text_width(text, TEXT, bold=bold) for text, _, _, bold in _sides(funnel, said)), default=0.0)
    right = width - min(side + 14, width * 0.36) if side else width - 12
    along = size_axis(sizes, left, right - 8, said)
    top, bottom = 10.0, 10.0 + min(max(width * 0.46, 220), 320)
    up = axis(values or (0.0, 1.0), bottom, top, said, decimals=funnel.decimals)
    named = wrapped(funnel.size_name, TEXT, width - 4) if funnel.size_name else ()
    return _Plot(left, right, top, bottom, along, up), bottom + 30 + LINE_HEIGHT * len(named)


def _axes(funnel: Funnel, plot: _Plot, height: float, said: Mapping[str, str], width: float) -> list[Markup]:
    drawn = [
        Note(label, plot.left - 8, plot.up.scale.at(tick) + 5, "end", fill=MUTED).drawn()
        for tick, label in zip(plot.up.ticks, plot.up.labels, strict=True)
    ]
    until = -1e9
    for tick, label in zip(plot.along.ticks, plot.along.labels, strict=True):
        x = plot.along.scale.at(tick)
        wide = text_width(label, TEXT)
        middle = min(max(x, plot.left - 8 + wide / 2), width - 2 - wide / 2)
        if middle - wide / 2 < until + 10:
            continue
        until = middle + wide / 2
        drawn.append(element("line", x1=x, y1=plot.bottom, x2=x, y2=plot.bottom + 5, stroke=STRONG_LINE))
        drawn.append(Note(label, middle, plot.bottom + 21, "middle", fill=MUTED).drawn())
    for n, line in enumerate(wrapped(funnel.size_name, TEXT, width - 4) if funnel.size_name else ()):
        room = text_width(line, TEXT)
        x = max(plot.right, room + 2)
        drawn.append(Note(line, x, plot.bottom + 21 + LINE_HEIGHT * (n + 1), "end", fill=MUTED).drawn())
    return drawn


def _curves(funnel: Funnel, plot: _Plot) -> list[Markup]:
    """The outermost pair is solid, those within it dashed; where a curve leaves the paper it is cut at the edge."""
    drawn: list[Markup] = []
    widest = max((limits.level for limits in funnel.limits), default=0.0)
    for limits in _outwards(funnel):
        for side in (limits.lower, limits.upper):
            drawn += [
                element(
                    "polyline", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in run), fill="none", stroke=STRONG_LINE, stroke_width=1.3,
                    stroke_dasharray=None if limits.level == widest else "4 4", class_="tov-limit",
                )
                for run in _visible(limits.sizes, side, plot)
            ]  # fmt: skip
    return drawn


def _visible(sizes: Sequence[float], values: Sequence[float | None], plot: _Plot) -> list[list[tuple[float, float]]]:
    """A curve in the pieces of it that lie inside the chart, cut straight where it crosses the edge."""
    along, up = plot.along.scale, plot.up.scale
    known = sorted((size, value) for size, value in zip(sizes, values, strict=True) if value is not None and size >= along.low)
    runs: list[list[tuple[float, float]]] = [[]]
    for n, (size, value) in enumerate(known):
        if size > along.high:
            break
        inside = up.low <= value <= up.high
        if n and inside != (up.low <= known[n - 1][1] <= up.high):
            before_size, before = known[n - 1]
            edge = up.low if min(value, before) < up.low else up.high
            part = (edge - before) / (value - before)
            runs[-1].append((along.at(before_size + part * (size - before_size)), up.at(edge)))
            if not inside:
                runs.append([])
        if inside:
            runs[-1].append(plot.at(size, value))
    return [run for run in runs if len(run) > 1]


def _levels(funnel: Funnel, plot: _Plot) -> list[Markup]:
    drawn: list[Markup] = []
    for value, colour, dash, name in ((funnel.centre, INK, None, "tov-centre"), (funnel.target, TARGET, "2 3", "tov-target")):
        if value is not None:
            y = plot.up.scale.at(value)
            wide = 2 if dash else 1.2
            drawn.append(
                element(
                    "line", x1=plot.left, y1=y, x2=plot.right, y2=y, stroke=colour, stroke_width=wide, stroke_dasharray=dash, class_=name
                )
            )
    return drawn


def _dots(shown: Sequence[tuple[FunnelPoint, float, float]], plot: _Plot) -> list[Markup]:
    """Those inside first, so that nobody who stands out is covered; over and under differ in shape as well as place."""
    ordered = sorted(shown, key=lambda row: row[0].standing in (OVER, UNDER))
    return [_dot(point, *plot.at(size, value)) for point, size, value in ordered]


def _dot(point: FunnelPoint, x: float, y: float) -> Markup:
    if point.standing in (OVER, UNDER):
        return element("circle", cx=x, cy=y, r=_DOT_OUT, fill=THREAD, stroke=WHITE, stroke_width=1.5, class_=f"tov-{point.standing}")
    return element("circle", cx=x, cy=y, r=_DOT, fill=WHITE, stroke=FJORD, stroke_width=1.5, class_="tov-inside-limits")


def _sides(funnel: Funnel, said: Mapping[str, str]) -> list[tuple[str, float, str, bool]]:
    """The words at the chart's right side: the levels, and each curve where it ends."""
    found: list[tuple[str, float, str, bool]] = []
    for limits in reversed(_outwards(funnel)):
        upper = [value for _, value in sorted((s, v) for s, v in zip(limits.sizes, limits.upper, strict=True) if v is not None)]
        found += [(said["limit"].format(level=_level(limits, said)), upper[-1], MUTED, False)] if upper else []
    if funnel.centre is not None:
        found.append((f"{said['mean']} {figure(funnel.centre, funnel.decimals, said)}", funnel.centre, INK, False))
    if funnel.target is not None:
        found.append((f"{said['target']} {figure(funnel.target, funnel.decimals, said)}", funnel.target, TARGET, True))
    return found


def _side_words(funnel: Funnel, plot: _Plot, said: Mapping[str, str], width: float) -> list[Markup]:
    sides = _sides(funnel, said)
    held = [min(max(plot.up.scale.at(value), plot.top), plot.bottom) + 5 for _, value, *_ in sides]
    x = plot.right + 6
    return [
        Note(cut(text, width - x, bold=bold), x, y, bold=bold, fill=fill).drawn()
        for (text, _, fill, bold), y in zip(sides, spread(held, LINE_HEIGHT - 2, plot.top + 5, plot.bottom + 4), strict=True)
    ]


def _names(funnel: Funnel, shown: Sequence[tuple[FunnelPoint, float, float]], plot: _Plot, most: int) -> list[Markup]:
    """Names of the smallest and the largest place, which have the least room, and of those outside the limits, the farthest first."""
    middle = funnel.centre if funnel.centre is not None else 0.0
    out = sorted((row for row in shown if row[0].standing in (OVER, UNDER)), key=lambda row: (-abs(row[2] - middle), row[0].name))
    ordered = sorted(shown, key=lambda row: (row[1], row[0].name))
    extremes = [row for row in (ordered[:1] + ordered[-1:]) if row not in out]
    board = Board(Room(plot.left, plot.top - 8, plot.right - 2, plot.bottom + 2))
    dots = [(plot.at(size, value), _DOT_OUT if point.standing in (OVER, UNDER) else _DOT) for point, size, value in shown]
    board.busy = [Room(x - r, y - r, x + r, y + r) for (x, y), r in dots] + _inked(funnel, plot)
    drawn: list[Markup] = []
    for point, size, value in dict.fromkeys((*extremes, *out[:most])):
        outside = point.standing in (OVER, UNDER)
        x, y = plot.at(size, value)
        name = cut(point.name, (plot.right - plot.left) * 0.6, bold=outside)
        note = board.settle(beside(name, x, y, (_DOT_OUT if outside else _DOT) + 4, bold=outside, fill=THREAD if outside else INK), (x, y))
        if note:
            drawn.append(joined([leader(note, (x, y), _DOT_OUT), note.drawn()]))
    return drawn


def _inked(funnel: Funnel, plot: _Plot) -> list[Room]:
    """Where lines and curves run, in pieces small enough to be stepped around."""
    pieces = [
        Room(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
        for limits in funnel.limits
        for side in (limits.lower, limits.upper)
        for run in _visible(limits.sizes, side, plot)
        for (x1, y1), (x2, y2) in zip(run, run[1:], strict=False)
    ]
    levels = [plot.up.scale.at(value) for value in (funnel.centre, funnel.target) if value is not None]
    return pieces + [Room(plot.left, y - 1, plot.right, y + 1) for y in levels]


def _table(funnel: Funnel, caption: str, said: Mapping[str, str]) -> Table:
    headers = (said["place"], said["size"], funnel.unit or said["figure_head"], said["standing"])
    rows = []
    for point in funnel.points:
        hidden = point.standing == HIDDEN
        standing = HIDDEN if hidden else MISSING if _is_missing(point) else point.standing
        size = "–" if hidden or point.size is None else figure(point.size, 0, said)
        value = "–" if hidden or point.value is None else figure(point.value, funnel.decimals, said)
        rows.append((point.name, size, value, said.get(standing, standing)))
    return Table(caption, headers, tuple(rows))
