"""One goal in a line: where it was, where it is, and where it is promised to go."""

from functools import lru_cache

from django.utils.translation import gettext as _

from tovholder.base.written import language, long_date
from tovholder.pictures import GoalFigures
from tovholder.pictures.chart_words import CHART_WORDS
from tovholder.pictures.goal_strip import goal_strip

from .words import as_day, measured_by, short_period, years_name


def goal_figures(found):
    """This will return one followed goal's three numbers as the picture and its sentence want them; None before there are figures."""
    summary, definition, target = found.summary, found.definition, found.target
    if not summary:
        return None
    return GoalFigures(
        measure=target.indicator.label, unit=found.unit, baseline=summary["baseline"], latest=summary["latest"], target=target.value,
        baseline_label=years_name(summary["baseline_from"], summary["baseline_until"]),
        latest_label=latest_label(summary), target_label=target_label(target.due_on), better=summary["better"],
        decimals=definition.decimals, definition=measured_by(target.indicator, definition, target.party.name),
    )  # fmt: skip


def latest_label(summary):
    """This will say what period the latest figure covers."""
    if summary["latest"] is None:
        return ""
    if summary["latest_points"] > 1:
        return _("seneste 12 mdr.")
    return short_period(summary["latest_from"], summary["latest_until"])


def target_label(due_on):
    """This will say when a target is to be met: »udgangen af 2027«; nothing when no day is set."""
    if due_on is None:
        return ""
    day = as_day(due_on)
    if (day.month, day.day) == (12, 31):
        return _("udgangen af %(year)s") % {"year": day.year}
    return long_date(day)


def strip_picture(found, *, width=420, id_prefix="maal"):
    """This will draw one goal in a line, None before there are figures."""
    figures = goal_figures(found)
    return _drawn(figures, language(), width, id_prefix) if figures else None


@lru_cache(maxsize=512)
def _drawn(figures, spoken, width, id_prefix):
    """The same three numbers in the same words are the same drawing."""
    return goal_strip(figures, words=CHART_WORDS[spoken], width=width, id_prefix=id_prefix)
