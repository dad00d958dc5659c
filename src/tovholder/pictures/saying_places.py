"""What charts of places and people show, in one sentence: who stands out, how steep a gradient is, how unevenly something is shared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .chart_words import begun, chart_words, listed
from .figures import figure, with_unit
from .measured_people import Gradient, GradientLine, Lorenz
from .measured_places import CHANGED, HIDDEN, INSIDE, OVER, UNDER, Funnel, MunicipalityFigures, SmallMultiples

_MOST_NAMES = 3
_EVEN = 0.02
_TOP = 0.2
Words = Mapping[str, str]


def places_sentence(
    over: Sequence[str],
    under: Sequence[str],
    inside: Sequence[str],
    places: tuple[str, str],
    *,
    hidden: int = 0,
    words: Words | None = None,
) -> str:
    """This will say who lies outside what chance explains, by name up to three on a side and by number above that."""
    said = chart_words("da", words)
    shown = len(over) + len(under) + len(inside)
    if not shown:
        return said["all_hidden"] if hidden else said["nothing"]
    if not over and not under:
        return said["only_place"].format(name=inside[0]) if shown == 1 else said["nobody_differs"].format(count=shown, places=places[1])
    if len(over) + len(under) == 1:
        return said["differs_over" if over else "differs_under"].format(name=(*over, *under)[0])
    if over and under:
        return said["places_both"].format(over=_named(over, places, said), under=_named(under, places, said))
    names = (*over, *under)
    if len(names) > _MOST_NAMES:
        told = said["count_of"].format(count=len(names), all=shown, places=places[1])
    else:
        told = listed(names, said)
    return said["places_over" if over else "places_under"].format(names=told)


def rest_sentence(over: int, under: int, inside: Sequence[str], places: tuple[str, str], words: Words | None = None) -> str:
    """This will say that the others cannot be told apart; nothing when nobody stands out or nobody is left."""
    said = chart_words("da", words)
    if not inside or not over + under:
        return ""
    if len(inside) == 1:
        return said["rest_one"].format(name=inside[0])
    return said["rest"].format(count=len(inside), places=places[1])


def funnel_sentence(funnel: Funnel, words: Words | None = None) -> str:
    """This will say who lies outside a funnel's limits."""
    over, under, inside = (
        [point.name for point in funnel.points if point.standing == standing and point.value is not None and point.size is not None]
        for standing in (OVER, UNDER, INSIDE)
    )
    hidden = sum(point.standing == HIDDEN for point in funnel.points)
    return places_sentence(over, under, inside, funnel.places, hidden=hidden, words=words)


def map_sentence(found: MunicipalityFigures, names: Mapping[str, str], words: Words | None = None) -> str:
    """This will say who stands out on a map, or between which figures the shades lie. names: a municipality's name by its code."""
    said = chart_words("da", words)
    places = said["municipality"].lower(), said["municipalities"]
    shown = [place for place in found.figures if place.standing not in (HIDDEN, "missing")]
    if found.classes:
        values = [place.value for place in shown if place.value is not None]
        if not values:
            return said["all_hidden"] if any(place.standing == HIDDEN for place in found.figures) else said["nothing"]
        low, high = (with_unit(value, found.decimals, found.unit, said) for value in (min(values), max(values)))
        if low == high:
            return said["map_same"].format(value=low)
        lowest = figure(min(values), found.decimals, said)
        return begun(said["map_range"].format(low=lowest, high=high, places=said["the_municipalities"]))
    over, under, inside = ([names[place.code] for place in shown if place.standing == standing] for standing in (OVER, UNDER, INSIDE))
    return places_sentence(over, under, inside, places, hidden=len(found.figures) - len(shown), words=words)


def small_sentence(found: SmallMultiples, words: Words | None = None) -> str:
    """This will say how many of many places stand out, and which when they are few."""
    said = chart_words("da", words)
    shown = [series for series in found.series if any(value is not None for value in series.values) and series.standing != HIDDEN]
    out = [series.name for series in shown if series.standing in (OVER, UNDER, CHANGED)]
    if not shown:
        return said["all_hidden"] if found.series else said["nothing"]
    if not out:
        if len(shown) == 1:
            return said["only_place"].format(name=shown[0].name)
        return said["nobody_differs"].format(count=len(shown), places=found.places[1])
    if len(out) <= _MOST_NAMES:
        return said["small_names"].format(names=listed(out, said))
    return said["small_count"].format(count=len(out), all=len(shown), places=found.places[1])


def gradient_sentence(gradient: Gradient, words: Words | None = None) -> str:
    """This will say who has more of it and how steep that is, or that no difference is certain."""
    said = chart_words("da", words)
    shown = [(group.name, group.value) for group in gradient.groups if group.value is not None]
    if not shown:
        return said["all_hidden"] if gradient.groups else said["nothing"]
    if gradient.line is None:
        if len(shown) == 1:
            return said["gradient_one"].format(name=shown[0][0])
        low, high = (with_unit(value, gradient.decimals, gradient.unit, said) for _, value in (shown[0], shown[-1]))
        return said["gradient_groups"].format(low=low, high=high, first=shown[0][0], last=shown[-1][0])
    line = gradient.line
    slope = step_with_unit(abs(line.slope), gradient.decimals, gradient.unit, said)
    ends = gradient.groups[0].name, gradient.groups[-1].name
    if line.low is None or line.high is None:
        return said["gradient_bare"].format(first=ends[0], last=ends[1], slope=slope)
    if line.low <= 0 <= line.high or not line.slope:
        return said["gradient_unsure"]
    if gradient.more and (gradient.first if line.slope < 0 else gradient.last):
        return said["gradient"].format(position=gradient.first if line.slope < 0 else gradient.last, outcome=gradient.more, slope=slope)
    return said["gradient_falls" if line.slope < 0 else "gradient_rises"].format(first=ends[0], last=ends[1], slope=slope)


def slope_words(line: GradientLine, gradient: Gradient, words: Words | None = None) -> str:
    """This will write a slope's size with its interval, as it stands by the line: 8,7 point (7,8–9,7)."""
    said = chart_words("da", words)
    size = step_with_unit(abs(line.slope), gradient.decimals, gradient.unit, said)
    if line.low is None or line.high is None:
        return size
    low, high = (line.low, line.high) if line.slope >= 0 else (-line.high, -line.low)
    between = f" {said['to']} " if low < 0 or high < 0 else "–"
    return f"{size} ({figure(low, gradient.decimals, said)}{between}{figure(high, gradient.decimals, said)})"


def step_with_unit(value: float, decimals: int, unit: str, said: Words) -> str:
    """This will write a difference: in points where the figures are per cent, else in their unit."""
    return with_unit(value, decimals, said["step"] if unit in (said["per_cent"], "pct.", "%") else unit, said)


def lorenz_sentence(lorenz: Lorenz, words: Words | None = None) -> str:
    """This will say how much of it the fifth with the most has, or the fifth ranked first."""
    said = chart_words("da", words)
    if len(lorenz.people) < 2:
        return said["nothing"]
    of = lorenz.of or said["lorenz_things"]
    part, share = f"{100 * _TOP:.0f}", share_at(lorenz, _TOP) if lorenz.ranked else 1 - share_at(lorenz, 1 - _TOP)
    told = figure(100 * share, 0, said)
    if not lorenz.ranked and share - _TOP < _EVEN:
        return begun(said["lorenz_even"].format(of=of))
    if lorenz.ranked:
        return said["lorenz_ranked"].format(part=part, share=told, of=of, ranked=lorenz.ranked)
    return said["lorenz_top"].format(part=part, share=told, of=of)


def share_at(lorenz: Lorenz, people: float) -> float:
    """This will read a Lorenz curve at a share of the people, straight between its points."""
    points = list(zip(lorenz.people, lorenz.shares, strict=True))
    for (x1, y1), (x2, y2) in zip(points, points[1:], strict=False):
        if x1 <= people <= x2 and x2 > x1:
            return y1 + (people - x1) / (x2 - x1) * (y2 - y1)
    return points[-1][1] if people > points[-1][0] else points[0][1]


def _named(names: Sequence[str], places: tuple[str, str], said: Words) -> str:
    if len(names) > _MOST_NAMES:
        return said["count_places"].format(count=len(names), places=places[1])
    return listed(names, said)
