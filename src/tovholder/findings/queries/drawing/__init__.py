"""What was calculated, as pictures with their tables: the same on pages, in files and in the yearly status."""

from .courses import before_after_words, course_picture, course_series, latest_words
from .people import gradient_of, gradient_picture, unordered_table
from .places import (
    Named,
    all_places_picture,
    funnel_of,
    funnel_picture,
    in_order,
    interval_rows,
    lorenz_picture,
    map_picture,
    places_words,
    potential_words,
)
from .strips import goal_figures, strip_picture, target_label
from .words import last_day, measured_by, method_line, period_name, short_period, signed, years_name

__all__ = [
    "Named",
    "before_after_words",
    "in_order",
    "interval_rows",
    "last_day",
    "target_label",
    "all_places_picture",
    "course_picture",
    "course_series",
    "funnel_of",
    "funnel_picture",
    "goal_figures",
    "gradient_of",
    "gradient_picture",
    "latest_words",
    "lorenz_picture",
    "map_picture",
    "measured_by",
    "method_line",
    "period_name",
    "places_words",
    "potential_words",
    "short_period",
    "signed",
    "strip_picture",
    "unordered_table",
    "years_name",
]
