"""The table of a control chart: every period with its figure, its limits and what is to be said about it."""

from collections.abc import Mapping

from .chart_words import begun
from .elements import Table
from .figures import figure
from .measured_time import ControlPoint, ControlSeries
from .saying import is_outside


def control_table(series: ControlSeries, caption: str, shown: bool, words: Mapping[str, str]) -> Table:
    """This will lay out the same figures as the chart; limits are left out while it is too early for them."""
    limits = shown and any(point.centre is not None for point in series.points)
    headers = [words["when"], begun(series.unit) or words["figure_head"]]
    if limits:
        headers += [words["middle_head"], words["lower_head"], words["upper_head"]]
    rows = []
    for index, point in enumerate(series.points):
        row = [point.label, _told(point, series, words)]
        if limits:
            row += ["–" if value is None else figure(value, series.decimals, words) for value in (point.centre, point.lower, point.upper)]
        rows.append((*row, _remark(index, point, series, shown, words)))
    headers.append(words["remark"])
    if not any(row[-1] for row in rows):
        return Table(caption, tuple(headers[:-1]), tuple(row[:-1] for row in rows))
    return Table(caption, tuple(headers), tuple(rows))


def _told(point: ControlPoint, series: ControlSeries, words: Mapping[str, str]) -> str:
    if point.value is None:
        return words.get(point.reason, point.reason)
    return figure(point.value, series.decimals, words)


def _remark(index: int, point: ControlPoint, series: ControlSeries, shown: bool, words: Mapping[str, str]) -> str:
    told = [words.get(f"mark_{mark.kind}", "{text}").format(text=mark.text) for mark in series.marks if mark.at == index]
    if shown:
        broken = [rule for rule in point.broken if not (rule == "outside" and is_outside(point))]
        told += [words["rule_outside"]] if is_outside(point) else []
        told += [words.get(f"rule_{rule}", rule) for rule in broken]
    return "; ".join(told)
