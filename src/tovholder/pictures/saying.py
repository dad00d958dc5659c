"""What a chart over time shows, in one sentence: said from its own figures, right at none, one, two and many, and never blaming."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .chart_words import begun, chart_words
from .figures import figure, with_unit
from .measured_time import HIDDEN, INITIATIVE, ControlPoint, ControlSeries, GoalFigures

# Seven in a row on one side of the centre: chance alone gives that once in 64 (2 x 0.5 to the seventh).
_RUN = 7
Words = Mapping[str, str]
_Known = tuple[int, ControlPoint, float]


def control_sentence(series: ControlSeries, words: Words | None = None) -> str:
    """This will say what a control chart shows: how many since when on which side, what stands out, or that nothing does."""
    said = chart_words("da", words)
    known = known_points(series)
    if not known:
        every_hidden = bool(series.points) and all(point.reason == HIDDEN for point in series.points)
        return said["all_hidden"] if every_hidden else said["nothing"]
    if len(known) < series.least:
        return said["early"].format(measured=measured(len(known), said))
    if not any(point.centre is not None for _, point, _ in known):
        return _path(series, known, said)
    after = [row for row in known if row[0] >= began(series)] or known
    return _all_since(series, after, said) or _outside(series, after, said) or _pattern(series, after, said) or said["steady"]


def known_points(series: ControlSeries) -> tuple[_Known, ...]:
    """This will give the points that have a figure, each with its number and its figure."""
    return tuple((index, point, point.value) for index, point in enumerate(series.points) if point.value is not None)


def began(series: ControlSeries) -> int:
    """This will tell from which point on something may have changed: after the frozen baseline, else at the first initiative."""
    if series.baselines:
        return max(until for _, until in series.baselines)
    return min((mark.at for mark in series.marks if mark.kind == INITIATIVE), default=0)


def is_outside(point: ControlPoint) -> bool:
    """This will tell whether a point lies outside its limits."""
    if point.value is None:
        return False
    return (point.upper is not None and point.value > point.upper) or (point.lower is not None and point.value < point.lower)


def direction_sentence(series: ControlSeries, words: Words | None = None) -> str:
    """This will say whether all that has happened since the baseline goes the way that was hoped for; nothing when it cannot be said."""
    said = chart_words("da", words)
    since = began(series)
    after = [row for row in known_points(series) if row[0] >= since] if since else []
    side = _one_side(after)
    if not side or len(after) < _RUN or series.better not in ("lower", "higher"):
        return ""
    return said["right_way" if (side == "under") == (series.better == "lower") else "wrong_way"]


def latest_sentence(series: ControlSeries, words: Words | None = None) -> str:
    """This will say the latest figure, and the target when there is one."""
    said = chart_words("da", words)
    known = known_points(series)
    if not known:
        return ""
    value = with_unit(known[-1][2], series.decimals, series.unit, said)
    if series.target is None:
        return said["latest"].format(value=value.rstrip("."))
    target = with_unit(series.target, series.decimals, series.unit, said)
    return said["latest_target"].format(value=value.rstrip("."), target=target.rstrip("."))


def goal_sentence(goal: GoalFigures, words: Words | None = None) -> str:
    """This will say where a goal's figure was, is and is promised to go."""
    said = chart_words("da", words)
    if goal.latest is None:
        return said["goal_unmeasured"].format(target=_with(goal.target, goal, said)) if goal.target is not None else said["nothing"]
    first, target = ("" if value is None else figure(value, goal.decimals, said) for value in (goal.baseline, goal.target))
    last = _with(goal.latest, goal, said)
    if not target:
        return said["goal_open" if first else "goal_only_now"].format(first=first, last=last)
    if is_reached(goal):
        return said["goal_reached"].format(target=target, last=last)
    return said["goal_path" if first else "goal_now"].format(first=first, last=last, target=target)


def _with(value: float | None, goal: GoalFigures, said: Words) -> str:
    return "" if value is None else with_unit(value, goal.decimals, goal.unit, said)


def is_reached(goal: GoalFigures) -> bool:
    """This will tell whether the latest figure, as it is written, has come to the target or past it."""
    if goal.latest is None or goal.target is None:
        return False
    latest, target = round(goal.latest, goal.decimals), round(goal.target, goal.decimals)
    if goal.better in ("lower", "higher"):
        return latest <= target if goal.better == "lower" else latest >= target
    if goal.baseline is None:
        return latest == target
    return latest <= target if goal.baseline > target else latest >= target


def measured(count: int, said: Words) -> str:
    """This will write how many measurements there are."""
    return said["measured_one"] if count == 1 else said["measured_many"].format(count=count)


def periods(series: ControlSeries, count: int, said: Words) -> str:
    """This will give the word for that many periods: måned, måneder."""
    return said.get(series.period if count == 1 else f"{series.period}s", said["period" if count == 1 else "periods"])


def _said(point: ControlPoint) -> str:
    return point.said or point.label


def _level(series: ControlSeries, said: Words) -> str:
    return said["old_level" if series.baselines and began(series) < len(series.points) else "average"]


def _one_side(rows: Sequence[_Known]) -> str:
    """Under or over when every point lies on that side of its centre."""
    sides = {_side(point.centre, value) for _, point, value in rows}
    return sides.pop() if len(sides) == 1 else ""


def _side(centre: float | None, value: float) -> str:
    if centre is None or value == centre:
        return ""
    return "under" if value < centre else "over"


def _all_since(series: ControlSeries, after: Sequence[_Known], said: Words) -> str:
    side = _one_side(after)
    if not side or len(after) < _RUN or not began(series):
        return ""
    return said["since"].format(
        since=_said(after[0][1]), count=len(after), periods=periods(series, len(after), said), side=said[side], level=_level(series, said)
    )


def _outside(series: ControlSeries, after: Sequence[_Known], said: Words) -> str:
    found = [row for row in after if is_outside(row[1])]
    if not found:
        return ""
    if len(found) == 1:
        _, point, value = found[0]
        return said["one_outside"].format(when=begun(_said(point)), value=with_unit(value, series.decimals, series.unit, said))
    over = sum(point.upper is not None and value > point.upper for _, point, value in found)
    under = len(found) - over
    told = {"count": len(found), "all": len(after), "over": over, "under": under, "periods": periods(series, len(after), said)}
    if over and under:
        return said["both_outside"].format(**told)
    return said["some_outside"].format(**told, side=said["over" if over else "under"])


def _pattern(series: ControlSeries, after: Sequence[_Known], said: Words) -> str:
    """The latest flagged point inside the limits, told by what it ends: a run, a rise, a fall, or only as a sign."""
    flagged = [n for n, (_, point, _) in enumerate(after) if point.broken]
    if not flagged:
        return ""
    last = flagged[-1]
    first = last
    while first and _one_side(after[first - 1 : last + 1]):
        first -= 1
    if last - first + 1 >= _RUN:
        while last + 1 < len(after) and _one_side(after[first : last + 2]):
            last += 1
        count = last - first + 1
        told = {"since": _said(after[first][1]), "count": count, "periods": periods(series, count, said)}
        return said["run"].format(**told, side=said[_one_side(after[first : last + 1])], level=_level(series, said))
    steps = [later[2] - earlier[2] for earlier, later in zip(after[:last], after[1 : last + 1], strict=True)]
    for key, sign in (("rising", 1), ("falling", -1)):
        same = 0
        while same < len(steps) and steps[-1 - same] * sign > 0:
            same += 1
        if same >= _RUN - 2:
            return said[key].format(count=same, periods=periods(series, same, said), until=_said(after[last][1]))
    return said["sign"].format(when=_said(after[last][1]))


def _path(series: ControlSeries, known: Sequence[_Known], said: Words) -> str:
    last = with_unit(known[-1][2], series.decimals, series.unit, said)
    if len(known) == 1:
        return said["only"].format(value=last, when=_said(known[0][1]))
    first = figure(known[0][2], series.decimals, said)
    return said["from_to"].format(first=first, last=last, count=len(known), periods=periods(series, len(known), said))
