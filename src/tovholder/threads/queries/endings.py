from dataclasses import dataclass

from tovholder.parties import queries as parties
from tovholder.plans import queries as plans


@dataclass(frozen=True)
class WhatEnds:
    """The parties that end on a day, and the open goals they leave behind."""

    parties: list
    goals: list

    def __bool__(self):
        return bool(self.parties)


def ending(on):
    """This will return the parties that end on a day, and the open goals they leave behind."""
    found = parties.parties_ending(on)
    return WhatEnds(parties=found, goals=list(plans.open_goals_of([row.party.pk for row in found])))
