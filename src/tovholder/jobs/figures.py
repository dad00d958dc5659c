"""Calculates what goal pages show when figures, definitions, targets or baselines have changed. Heavy: never where pages are answered."""

from tovholder.base.by import SYSTEM
from tovholder.threads import actions as threads
from tovholder.threads import queries


def is_anything_due(*, at):
    """This will return whether any indicator's figures are not those of what stands now; light."""
    return queries.are_figures_due()


def calculate(*, at):
    """This will calculate everything that is due, and return for how many indicators."""
    return threads.calculate_due_figures(by=SYSTEM, at=at)
