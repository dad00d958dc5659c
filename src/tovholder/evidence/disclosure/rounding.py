"""Counts rounded to a base instead of hidden, and what the rounded numbers still give away."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tovholder.evidence.disclosure.differencing import link
from tovholder.evidence.disclosure.linear import program
from tovholder.evidence.disclosure.systems import System
from tovholder.evidence.disclosure.tables import BadTable, Table, Truth, Whole, digest_of_tables
from tovholder.evidence.results import Described

CONTROLLED, PLAIN = "controlled rounding", "rounding to nearest"
VERSION = "1"


class Unroundable(Exception):
    """A sentence about a table that cannot be rounded so that all totals add up."""


@dataclass(frozen=True, eq=False)
class Rounded(Described):
    """counts: rounded, of the table's shape, totals included. low, high: the true number a reader can be sure lies between them.

    told: cells that may be small and of which the sums tell a reader more than the rounding alone does; only of these is it asked.
    """

    counts: Whole
    low: Whole
    high: Whole
    told: Truth


def rounded(table: Table, *, base: int = 5, controlled: bool = True) -> Rounded:
    """This will round every count to a multiple of `base`. Raises BadTable and Unroundable.

    controlled: each number to one of its two neighbours so that all totals still add up, as near to the truth as can be (always possible
    with one or two dimensions); a multiple stays. Otherwise each to its nearest, and totals may be off. Readers know the method.
    Source: Cox, A constructive procedure for unbiased controlled rounding, JASA 82 (1987); Causey, Cox and Ernst (1985).
    """
    if isinstance(base, bool) or base < 2:
        raise BadTable(f"Der skal afrundes til et helt tal fra 2 og op, ikke {base}.")
    linked = link((table,))
    system, ids = linked.system, linked.ids[0]
    values = _controlled(system, base) if controlled else _nearest(system.values, base)
    reach = base - 1 if controlled else base // 2
    low, high = np.maximum(values - reach, 0), values + reach
    if not controlled and base % 2 == 0:
        # Halves go up, so the number just half a base above is the next multiple's.
        high = values + reach - 1
    least, most = implied(system, low, high, np.flatnonzero(values <= base))
    told = (least > low) | (most < high)
    parameters = {"base": base}
    method = CONTROLLED if controlled else PLAIN
    digest = digest_of_tables((table,))
    return Rounded(method, VERSION, parameters, digest, values[ids], least[ids], most[ids], told[ids])


def implied(system: System, low: Whole, high: Whole, cells: Whole) -> tuple[Whole, Whole]:
    """This will give the smallest and largest whole number of each cell, [n], when every cell lies from low to high and all sums hold.

    cells: the ones to narrow down; the others keep low and high.
    """
    count = system.size
    rows, right = system.matrix.tocsr(), np.zeros(len(system.sums))
    least, most = low.copy(), high.copy()
    for cell in cells.tolist():
        cost = np.zeros(count)
        for sign, ends in ((1.0, least), (-1.0, most)):
            cost[cell] = sign
            found = program(cost, rows, right, low.astype(np.float64), high.astype(np.float64), whole=True)
            if found is None:
                raise BadTable("De afrundede tal passer ikke sammen.")
            ends[cell] = int(np.rint(found[cell]))
    return least, most


def _nearest(values: Whole, base: int) -> Whole:
    return (2 * values + base) // (2 * base) * base


def _controlled(system: System, base: int) -> Whole:
    """rounded = base * (values // base + up): choose up in {0, 1} so that the sums hold and little is moved."""
    whole, rest = system.values // base, system.values % base
    high = np.where(rest == 0, 0.0, 1.0)
    # Up moves a number by base - rest, down by rest; among equals the larger remainder goes up.
    cost = (base - 2 * rest).astype(np.float64) * high
    right = -(system.matrix @ whole.astype(np.float64))
    found = program(cost, system.matrix.tocsr(), right, np.zeros(system.size), high, whole=True)
    if found is None:
        raise Unroundable(f"Tabellen kan ikke afrundes til {base}, så alle totaler stemmer. Brug færre dimensioner, eller skjul små tal.")
    return base * (whole + np.rint(found).astype(np.int64))
