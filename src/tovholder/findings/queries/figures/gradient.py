"""Inequality in a period: groups in their order with slope and concentration, or groups without one and how far apart they are."""

from ...models import Definition, Figures
from .periods import longest
from .result import Calculated, count, number

METHOD = "gradient"
# A 95 % interval is so many standard errors wide.
_WIDTH = 2 * 1.959963984540054
_KINDS = {Definition.Kind.PROPORTION: "proportion", Definition.Kind.RATE: "rate"}


def gradients(inputs):
    """This will return the inequality of every party and breakdown, period by period."""
    found = []
    for (party, breakdown), cells in sorted(inputs.of_groups.items()):
        length, periods = longest({(cell.first, cell.until) for cell in cells})
        scope = None if party in inputs.parties and inputs.parties[party].kind_id == "country" else party
        for first, until in periods:
            own = {cell.group: cell for cell in cells if (cell.first, cell.until) == (first, until)}
            if any(cell.is_shown for cell in own.values()):
                found.append(_gradient(inputs, scope, breakdown, first, until, own, length))
    return found


def _gradient(inputs, party, breakdown, first, until, own, length):
    groups = inputs.groups[breakdown]
    is_ordered = groups[0].breakdown.is_ordered
    definition = inputs.definition_of(next(cell for cell in own.values() if cell.is_shown))
    rows = [(group, own.get(group.pk)) for group in groups]
    people = _people(rows)
    figures = {
        "groups": [_group(group, cell, share) for (group, cell), share in zip(rows, people, strict=True)],
        "definition": definition.number, "multiplier": definition.multiplier, "is_ordered": is_ordered, "length": length,
    }  # fmt: skip
    whole = all(cell is not None and cell.is_shown and cell.n for _group, cell in rows) and len(rows) > 1
    method, version, parameters = METHOD, "1", {}
    if whole:
        _intervals(definition, rows, figures)
        if is_ordered:
            method, version, parameters = _slope(definition, rows, figures)
        _apart(definition, rows, figures, is_ordered)
    else:
        figures["reason"] = "hidden" if any(cell is not None and cell.is_hidden for _group, cell in rows) else "missing"
    return Calculated(
        kind=Figures.Kind.GRADIENT, party=party, breakdown=breakdown, period_from=first, period_until=until, figures=figures,
        summary={"sii": figures.get("sii"), "is_whole": whole}, method=method, method_version=version, parameters=parameters,
    )  # fmt: skip


def _people(rows):
    """Each group's share of the people, None where any group's number is not known: the others' shares would tell it."""
    if any(cell is None or not cell.is_shown or not cell.n for _group, cell in rows):
        return [None] * len(rows)
    total = sum(cell.n for _group, cell in rows)
    return [number(cell.n / total) for _group, cell in rows]


def _group(group, cell, share):
    shown = cell is not None and cell.is_shown
    told = {"group": group.code, "share": share, "why": "missing" if cell is None else cell.why}
    told |= {name: count(getattr(cell, name)) if shown else None for name in ("x", "n")}
    return told | {name: number(getattr(cell, name)) if shown else None for name in ("value", "low", "high")}


def _intervals(definition, rows, figures):
    """Intervals that were not delivered: Wilson's for shares, the exact Poisson one for counts."""
    from tovholder.evidence.equity.proportions import proportion
    from tovholder.evidence.equity.rates import rate

    own = {"proportion": proportion, "rate": rate}.get(_KINDS.get(definition.kind))
    if own is None or not all(cell.is_counted for _group, cell in rows):
        return
    found = own([cell.x for _group, cell in rows], [cell.n for _group, cell in rows], multiplier=definition.multiplier)
    for row, low, high in zip(figures["groups"], found.low, found.high, strict=True):
        if row["low"] is None:
            row |= {"low": number(low), "high": number(high)}


def _slope(definition, rows, figures):
    from tovholder.evidence.equity.slope import slope

    groups = figures["groups"]
    if any(row["low"] is None or row["high"] is None for row in groups):
        return METHOD, "1", {}
    kind = _KINDS.get(definition.kind, "mean")
    scale = definition.multiplier if kind != "mean" else 1.0
    given = {name: [row[name] / scale for row in groups] for name in ("value", "low", "high")}
    try:
        found = slope([cell.n for _group, cell in rows], given.pop("value"), **given, kind=kind, multiplier=scale)
    except ValueError as error:
        # Figures that contradict themselves have no slope; the groups still stand, and the page says why.
        figures["reason"] = str(error)
        return METHOD, "1", {}
    figures |= {
        "sii": [number(float(one)) for one in (found.sii, found.sii_low, found.sii_high)],
        "rii": [number(float(one)) for one in (found.rii, found.rii_low, found.rii_high)],
        "line": [[0.0, number(float(found.intercept))], [1.0, number(float(found.intercept + found.sii))]],
    }
    return found.method, found.version, dict(found.parameters)


def _apart(definition, rows, figures, is_ordered):
    """How far groups lie from each other: concentration where they have an order, difference, ratio and variation always."""
    import numpy as np

    from tovholder.evidence.equity.between import between
    from tovholder.evidence.equity.concentration import concentration

    groups = figures["groups"]
    people, value = (np.array([given(row) for row in zip(rows, groups, strict=True)], dtype=float) for given in (_n, _value))
    error = np.array([np.nan if row["low"] is None else (row["high"] - row["low"]) / _WIDTH for row in groups], dtype=float)
    se = None if np.isnan(error).any() else error
    if is_ordered:
        found = concentration(people, value, se)
        figures |= {"aci": _triple(found.absolute), "rci": _triple(found.relative)}
    measures = between(people, value, se, favourable=definition.direction == Definition.Direction.HIGHER, ordered=is_ordered).measures
    figures |= {name: _triple(measures[name]) for name in ("d", "r", "bgv")}


def _n(pair):
    return pair[0][1].n


def _value(pair):
    return pair[1]["value"]


def _triple(found):
    return [number(float(one)) for one in (found.value, found.low, found.high)]
