"""Cases about small cells: the known optima of suppression, and tables in which too much could be worked out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from tovholder.evidence.disclosure.audit import audit
from tovholder.evidence.disclosure.differencing import ALL, HIDEABLE
from tovholder.evidence.disclosure.primary import EXACT, Rule, small_cells
from tovholder.evidence.disclosure.safe import CELLS, VALUE, Hidden, Infeasible, Suppressed, suppress
from tovholder.evidence.disclosure.tables import TOTAL, Table, Truth, seen, table_of, with_totals
from tovholder.evidence.verifying.cases import Faults

Case = Mapping[str, Any]


def suppress_table(case: Case) -> Faults:
    """This will hide what must be, for the fewest cells and for the least value, and compare with the known optimum and the audit."""
    given, params, expected = case["input"], case["params"], case["expected"]
    table = table_of(given["rows"], given["dims"])
    rule = Rule(params["threshold"], params["zeros_small"], params["criterion"], singletons=False)
    faults = []
    small = {table.labels(place) for place in map(tuple, np.argwhere(small_cells(table.counts, rule)).tolist())}
    wanted = {tuple(TOTAL if level == "Total" else level for level in one) for one in expected["primary"]}
    if small != wanted:
        faults.append(f"små celler: {sorted(small)} i stedet for {sorted(wanted)}")
    for objective, name in ((CELLS, "min_secondary_cells"), (VALUE, "min_secondary_value")):
        try:
            found = suppress(
                table,
                threshold=rule.threshold,
                zeros_small=rule.zeros_small,
                criterion=rule.criterion,
                objective=objective,
                margins=ALL if params["publish_all_margins"] else HIDEABLE,
                singletons=False,
                zeros_shown=not rule.zeros_small,
            )
        except Infeasible as reason:
            return Faults([*faults, f"afvist: {reason}"] if expected["feasible"] else faults)
        if not expected["feasible"]:
            return Faults([*faults, "blev ikke afvist"])
        hidden = found.cells if objective == CELLS else found.value
        if hidden != expected[name]:
            faults.append(f"{name}: {hidden} i stedet for {expected[name]}")
        faults += _audited(found, rule)
    return Faults(faults)


def audit_and_repair(case: Case) -> Mapping[str, Any]:
    """This will name the cell that can be worked out, and hide as few more as it takes."""
    given = case["input"]
    table = with_totals(("rows", "cols"), (given["rows"], given["cols"]), given["n"])
    hidden = _mask(table, given["primary"])
    rule = Rule(criterion=EXACT, singletons=False)
    before = audit([seen(table, hidden)], rule, small=[hidden])
    worst = before.narrowest
    assert worst is not None
    extra, after = _repaired(table, hidden, rule, worst.place)
    return {
        "recomputable_before": list(table.labels(worst.place)),
        "extra_suppressions_needed": extra,
        "sdctable_interval_after": {"cell": list(table.labels(worst.place)), "lo": after[0], "up": after[1]},
    }


def optimal_single(case: Case) -> Mapping[str, Any]:
    """This will give how many cells it takes to protect the small ones."""
    table = _table(case)
    threshold = int(table.counts[tuple(np.argwhere(_mask(table, case["input"]["primary"]))[0])]) + 1
    found = suppress(table, threshold=threshold, criterion=EXACT, margins=ALL, singletons=False)
    return {"secondary": found.cells}


def singleton_problem(case: Case) -> Faults:
    """This will tell of each person alone in a cell whom they could work out from what is published."""
    table = _table(case)
    rule = Rule(case["input"]["maxN"] + 1)
    found = suppress(table, threshold=rule.threshold)
    faults = _audited(found, rule)
    for place in map(tuple, np.argwhere((found.pattern[0] == Hidden.SMALL) & (table.counts == 1)).tolist()):
        hidden: Truth = found.pattern[0] != Hidden.SHOWN
        small: Truth = found.pattern[0] == Hidden.SMALL
        hidden[place], small[place] = False, False
        # Someone alone in a column knows the cells within it.
        for within in table.places():
            small[within] &= not table.key(place) < table.key(within)
        told = audit([seen(table, hidden)], rule, small=[small]).told
        faults += [f"{', '.join(table.labels(place))} kan regne {one.name} ud" for one in told]
    return Faults(faults)


def _repaired(table: Table, hidden: Truth, rule: Rule, place: tuple[int, ...]) -> tuple[int, tuple[int, int | None]]:
    """The fewest extra cells, by trying; among those the pattern that leaves the cell the least room, as the published one does."""
    inner = [
        cell for cell in table.places() if not hidden[cell] and all(at < size - 1 for at, size in zip(cell, table.extent, strict=True))
    ]
    found: list[tuple[int, int | None]] = []
    for cell in inner:
        tried = hidden.copy()
        tried[cell] = True
        told = audit([seen(table, tried)], rule, small=[hidden])
        if told.safe:
            found += [(one.low, one.high) for one in told.intervals if one.place == place]
    return (1, min(found, key=lambda one: (one[1] is None, one[1]))) if found else (2, (0, None))


def _audited(found: Suppressed, rule: Rule) -> list[str]:
    small = [np.asarray(one == Hidden.SMALL) for one in found.pattern]
    told = audit(found.published(), rule, small=small).told
    return [f"{one.name} kan regnes ud til {one.low}-{one.high}" for one in told]


def _table(case: Case) -> Table:
    given = case["input"]
    return with_totals(("rows", "cols"), (given["rows"], given["cols"]), given["n"])


def _mask(table: Table, cells: Sequence[Sequence[str]]) -> Truth:
    wanted = {tuple(one) for one in cells}
    mask: Truth = np.zeros(table.extent, dtype=bool)
    for place in table.places():
        mask[place] = table.labels(place) in wanted
    return mask


ADAPTERS: Mapping[str, Callable[[Case], Mapping[str, Any] | Faults]] = {
    "suppress_table": suppress_table,
    "audit_and_repair": audit_and_repair,
    "optimal_single": optimal_single,
    "singleton_problem": singleton_problem,
}
