"""Which other cells to hide in a large table: one cheap way around each small cell, then everything that is not needed shown again."""

from __future__ import annotations

import numpy as np

from tovholder.evidence.disclosure.linear import Real
from tovholder.evidence.disclosure.primary import Demand
from tovholder.evidence.disclosure.tables import Truth
from tovholder.evidence.disclosure.witnesses import Witnesses

_FREE = 1e-4


def cover(witnesses: Witnesses, hidden: Truth, movable: Truth, cost: Real) -> tuple[Truth, Demand | None]:
    """This will hide cells until every demand is met, and give them; or the first demand that hiding everything cannot meet.

    hidden, movable, cost: [n]; only movable cells may be hidden. The cells that a change touches are hidden with it, and what one change
    proves stays proved whatever else is hidden. Source: Kelly, Golden and Assad (Networks 22, 1992); Castro (2007) for the order.
    """
    hidden = hidden.copy()
    for demand in witnesses.broken(hidden):
        if witnesses.is_proved(demand, hidden):
            continue
        change = witnesses.reach(demand, hidden)
        if change is None:
            price = np.where(hidden, _FREE, cost)
            options = [
                found
                for sign in ((1, -1) if demand.sign == 0 else (demand.sign,))
                if (found := witnesses.linear.cheapest(demand.cell, sign * demand.need, price, movable, demand.without)) is not None
            ]
            if not options:
                return hidden, demand
            change = min(options, key=lambda one: float(cost[(one != 0) & ~hidden].sum()))
        hidden |= change != 0
        witnesses.keep(change)
    return hidden, None


def prune(witnesses: Witnesses, hidden: Truth, must: Truth, cost: Real) -> Truth:
    """This will show again, the dearest first, each cell that can be shown while every demand is still met. must[n]: never shown."""
    hidden = hidden.copy()
    order = sorted(np.flatnonzero(hidden & ~must).tolist(), key=lambda cell: (-cost[cell], cell))
    for cell in order:
        hidden[cell] = False
        if witnesses.broken(hidden, first=True):
            hidden[cell] = True
        else:
            witnesses.forget()
    return hidden
