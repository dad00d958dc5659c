"""Small multiples: one small line for each place, all on the same axes, so that 98 municipalities can be seen at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .alphabet import danish_order
from .axes import Scale
from .chart_words import begun, chart_words, ended
from .colours import FJORD, INK, LINE, MUTED, STRONG_LINE, THREAD
from .elements import Markup, Picture, Table, element, joined
from .figures import checked, figure, with_unit
from .lettering import text_width
from .measured_places import CHANGED, HIDDEN, OVER, UNDER, SmallMultiples, SmallSeries
from .notes import LINE_HEIGHT, TEXT, Note, cut
from .saying_places import small_sentence
from .sheets import sheet

_GAP = 22.0
_NARROWEST, _WIDEST_NAME = 120.0, 158.0
_LINE_TOP, _LINE_HIGH, _CELL = 30.0, 44.0, 112.0
_SIGN = 13.0


@dataclass(frozen=True)
class _Grid:
    columns: int
    cell: float
    low: float
    high: float


def small_multiples(
    found: SmallMultiples,
    *,
    title: str = "",
    words: Mapping[str, str] | None = None,
    width: float = 1160,
    headed: bool = False,
    id_prefix: str = "small-multiples",
) -> Picture:
    """This will draw a small line for each place in Danish alphabetical order, on the same axes; raises ValueError for uneven lengths.

    title: instead of the sentence said from the figures. words: other words than the Danish. width: as many columns as names allow.
    headed: with its sentence above and its method below, for a file that stands alone.
    """
    _check(found)
    said = chart_words("da", words)
    ordered = sorted(found.series, key=lambda series: danish_order(series.name))
    named = title or small_sentence(found, said)
    grid = _grid(found, said, width)
    described = _described(found, grid, said) or named
    rows = -(-len(ordered) // grid.columns)
    height = max(rows * _CELL, LINE_HEIGHT + 8)
    body = [
        _cell(series, found, grid, (n % grid.columns) * (grid.cell + _GAP), (n // grid.columns) * _CELL, said)
        for n, series in enumerate(ordered)
    ]
    if not ordered:
        body = [Note(said["nothing"], 2, 18, fill=MUTED).drawn()]
    svg = sheet(
        body, width=width, height=height, title=named, description=described, method=found.method,
        headed=headed, id_prefix=id_prefix, kind="small-multiples",
    )  # fmt: skip
    return Picture(svg, named, described, _table(found, ordered, named, said))


def _check(found: SmallMultiples) -> None:
    for series in found.series:
        if len(series.values) != len(found.labels):
            raise ValueError(f"{series.name} har {len(series.values)} tal til {len(found.labels)} perioder. Giv hver periode ét felt.")
        for value in series.values:
            checked(value, series.name)
    checked(found.reference, found.measure)


def _shown(series: SmallSeries) -> bool:
    return series.standing != HIDDEN and any(value is not None for value in series.values)


def _latest(series: SmallSeries, found: SmallMultiples, said: Mapping[str, str]) -> str:
    known = [value for value in series.values if value is not None]
    return figure(known[-1], found.decimals, said)


def _widest_foot(found: SmallMultiples, said: Mapping[str, str]) -> float:
    widths = [text_width(said[HIDDEN], TEXT)]
    for series in (series for series in found.series if _shown(series)):
        number = text_width(_latest(series, found, said), TEXT, bold=True)
        flagged = series.standing in (OVER, UNDER, CHANGED)
        widths.append(number + (12 + _SIGN + text_width(said[series.standing], TEXT, bold=True) if flagged else 0.0))
    return max(widths)


def _grid(found: SmallMultiples, said: Mapping[str, str], width: float) -> _Grid:
    longest = max((text_width(series.name, TEXT, bold=True) for series in found.series), default=0.0)
    # Names that are too long are cut, but a figure or its word never is.
    wanted = max(min(max(longest, _NARROWEST), _WIDEST_NAME), min(_widest_foot(found, said), width))
    columns = max(int((width + _GAP) // (wanted + _GAP)), 1)
    columns = min(columns, max(len(found.series), 1))
    values = [value for series in found.series if _shown(series) for value in series.values if value is not None]
    values += [found.reference] if found.reference is not None else []
    low, high = min(values, default=0.0), max(values, default=1.0)
    least = 10.0**-found.decimals
    if high - low < least:
        low, high = (low + high - least) / 2, (low + high + least) / 2
    return _Grid(columns, (width - _GAP * (columns - 1)) / columns, low, high)


def _described(found: SmallMultiples, grid: _Grid, said: Mapping[str, str]) -> str:
    told = [ended(found.definition or ", ".join(part for part in (found.measure, found.unit) if part))]
    low, high = figure(grid.low, found.decimals, said), with_unit(grid.high, found.decimals, found.unit, said)
    if any(_shown(series) for series in found.series):
        ends = {"low": low, "high": high, "first": found.labels[0], "last": found.labels[-1]}
        told.append(said["same_axes"].format(**ends))
        told.append(said["signs"])
    if found.reference is not None:
        name = found.reference_name or said["reference_name"]
        told.append(
            ended(said["reference"].format(name=name, value=with_unit(found.reference, found.decimals, found.unit, said).rstrip(".")))
        )
    return " ".join(told)


def _cell(series: SmallSeries, found: SmallMultiples, grid: _Grid, left: float, top: float, said: Mapping[str, str]) -> Markup:
    flagged = series.standing in (OVER, UNDER, CHANGED) and _shown(series)
    name = Note(cut(series.name, grid.cell, bold=flagged), left, top + 22, bold=flagged, fill=THREAD if flagged else INK)
    rule = element("line", x1=left, y1=top + 1, x2=left + grid.cell, y2=top + 1, stroke=LINE)
    if not _shown(series):
        told = said[HIDDEN] if series.standing == HIDDEN else said["missing"]
        foot = Note(cut(told, grid.cell), left, top + _LINE_TOP + _LINE_HIGH + 17, fill=MUTED)
        middle = top + _LINE_TOP + _LINE_HIGH / 2
        gone = element("line", x1=left, y1=middle, x2=left + grid.cell, y2=middle, stroke=STRONG_LINE, stroke_dasharray="2 4")
        return joined([rule, name.drawn(), gone, foot.drawn()])
    return joined([rule, name.drawn(), *_small_line(series, found, grid, left, top, flagged), *_foot(series, found, grid, left, top, said)])


def _small_line(series: SmallSeries, found: SmallMultiples, grid: _Grid, left: float, top: float, flagged: bool) -> list[Markup]:
    up = Scale(grid.low, grid.high, top + _LINE_TOP + _LINE_HIGH - 3, top + _LINE_TOP + 3)
    step = (grid.cell - 8) / max(len(series.values) - 1, 1)
    drawn: list[Markup] = []
    if found.reference is not None:
        y = up.at(found.reference)
        drawn.append(element("line", x1=left, y1=y, x2=left + grid.cell, y2=y, stroke=LINE, stroke_width=1.5))
    runs: list[list[tuple[float, float]]] = [[]]
    for n, value in enumerate(series.values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((left + 4 + n * step, up.at(value)))
    for run in (run for run in runs if run):
        if len(run) > 1:
            points = " ".join(f"{x:.1f},{y:.1f}" for x, y in run)
            drawn.append(element("polyline", points=points, fill="none", stroke=FJORD, stroke_width=1.5, stroke_linejoin="round"))
        elif run is not runs[-1]:
            drawn.append(element("circle", cx=run[0][0], cy=run[0][1], r=1.6, fill=FJORD))
    x, y = [run for run in runs if run][-1][-1]
    drawn.append(element("circle", cx=x, cy=y, r=4 if flagged else 2.6, fill=THREAD if flagged else FJORD))
    return drawn


def _foot(series: SmallSeries, found: SmallMultiples, grid: _Grid, left: float, top: float, said: Mapping[str, str]) -> list[Markup]:
    """The latest figure, and for those that stand out a sign with its word."""
    y = top + _LINE_TOP + _LINE_HIGH + 17
    number = Note(cut(_latest(series, found, said), grid.cell), left, y, bold=series.standing in (OVER, UNDER, CHANGED), fill=INK)
    if series.standing not in (OVER, UNDER, CHANGED):
        return [number.drawn()]
    x = number.room.right + 12
    word = Note(cut(said[series.standing], left + grid.cell - x - _SIGN), x + _SIGN, y, bold=True, fill=THREAD)
    return [number.drawn(), standing_sign(series.standing, x + 4, y - 5), word.drawn()]


def standing_sign(standing: str, x: float, y: float, *, radius: float = 5.0, fill: str = THREAD) -> Markup:
    """This will draw the sign of a standing: a triangle up for over, down for under, a diamond for changed."""
    corners = {
        OVER: ((0.0, -1.0), (1.0, 0.85), (-1.0, 0.85)),
        UNDER: ((0.0, 1.0), (1.0, -0.85), (-1.0, -0.85)),
        CHANGED: ((0.0, -1.1), (1.1, 0.0), (0.0, 1.1), (-1.1, 0.0)),
    }[standing]
    points = " ".join(f"{x + dx * radius:.1f},{y + dy * radius:.1f}" for dx, dy in corners)
    return element("polygon", points=points, fill=fill, class_=f"tov-sign-{standing}")


def _table(found: SmallMultiples, ordered: Sequence[SmallSeries], caption: str, said: Mapping[str, str]) -> Table:
    ends = (
        f"{said['first']} ({found.labels[0]})" if found.labels else said["first"],
        f"{said['last']} ({found.labels[-1]})" if found.labels else said["last"],
    )
    headers = (begun(found.places[0]), *ends, said["standing"])
    rows = []
    for series in ordered:
        known = [value for value in series.values if value is not None] if _shown(series) else []
        told = (figure(known[0], found.decimals, said), figure(known[-1], found.decimals, said)) if known else ("–", "–")
        standing = series.standing if series.standing == HIDDEN or known else "missing"
        rows.append((series.name, *told, said.get(standing, standing) if standing else said["inside"]))
    return Table(caption, headers, tuple(rows))
