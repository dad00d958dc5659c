"""All that is calculated about one indicator, in one go, from one reading of its figures."""

from dataclasses import replace

from .course import course
from .gradient import gradients
from .inputs import MUNICIPALITY, with_cells
from .places import all_places, funnels
from .protection import protected


def everything(inputs):
    """This will calculate an indicator's courses, funnels, inequality and all municipalities; the same inputs give the same figures."""
    inputs = with_cells(inputs)
    inputs = replace(inputs, cells=protected(inputs))
    courses = [found for target in inputs.targets if (found := course(inputs, target)) is not None]
    places = funnels(inputs)
    country = [row for row in places if row.party is None and row.area_kind == MUNICIPALITY]
    newest = max(country, key=lambda row: row.period_until, default=None)
    return [*courses, *places, *gradients(inputs), all_places(inputs, newest)]
