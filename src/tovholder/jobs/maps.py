"""Draws the maps that no keeper has drawn: where none runs beside the server, and after a round has closed."""

from tovholder.base.by import SYSTEM
from tovholder.findings import actions as findings


def draw_what_changed(*, at):
    """This will draw the maps whose answers changed since they were drawn, and return how many."""
    return findings.keep_maps(by=SYSTEM, at=at)
