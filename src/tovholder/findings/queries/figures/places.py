"""Places beside each other in a period: a funnel, who stands out and how surely, and never a ranking."""

from ...models import Definition, Figures
from .cells import Cell
from .inputs import AREA_KINDS, MUNICIPALITY
from .periods import MONTH, QUARTER, last_day, longest, months_on
from .protection import members_on
from .result import Calculated, count, number, numbers

METHOD = "places"
# So few places make no funnel: each of them would draw its own limits.
FEWEST_PLACES = 3
_KINDS = {Definition.Kind.PROPORTION: "proportion", Definition.Kind.RATE: "rate", Definition.Kind.RATIO: "ratio"}


def funnels(inputs):
    """This will return the funnels of every kind of area and period, of the whole country and within each region that follows a goal."""
    found = []
    regions = sorted({row.party_id for row in inputs.targets if inputs.parties[row.party_id].kind_id == "region"})
    for kind in AREA_KINDS:
        periods = periods_of(inputs, kind)
        for first, until in periods:
            cells = cells_in(inputs, kind, first, until)
            for scope in (None, *regions):
                rows = [(pk, cells.get(pk)) for pk in places_on(inputs, kind, last_day(until), scope)]
                if sum(cell is not None and cell.is_shown for _pk, cell in rows) >= 1:
                    found.append(_funnel(inputs, kind, scope, first, until, rows))
    return found


def periods_of(inputs, kind):
    """This will return the periods places of a kind are compared in: years where there are any, else twelve months together."""
    own = _of_kind(inputs, kind) or _of_kind(inputs, MUNICIPALITY)
    length, periods = longest({(cell.first, cell.until) for cell in own})
    if length not in (MONTH, QUARTER) or any(first.day != 1 for first, _until in periods):
        return periods
    begins, ends, found = periods[0][0], periods[-1][1], []
    while months_on(ends, -12) >= begins:
        found.append((months_on(ends, -12), ends))
        ends = months_on(ends, -12)
    return found[::-1]


def _of_kind(inputs, kind):
    own = [pk for pk in inputs.whole if pk in inputs.parties and inputs.parties[pk].kind_id == kind]
    return [cell for pk in own for cell in inputs.whole[pk]]


def places_on(inputs, kind, day, scope=None):
    """This will return the ids of the places of a kind that there were on a day, in the country or within a region, as it was."""
    there = [
        row.pk
        for row in inputs.parties.values()
        if row.kind_id == kind and (row.valid_from is None or row.valid_from <= day) and (row.valid_until is None or row.valid_until > day)
    ]
    if scope is None:
        return sorted(there)
    own = set(members_on(inputs, scope, day))
    if kind == MUNICIPALITY:
        return sorted(own & set(there))
    return sorted(pk for pk in there if (members := set(members_on(inputs, pk, day))) and members <= own)


def cells_in(inputs, kind, first, until):
    """This will return {party: Cell} of the places of a kind in a period: as delivered, else twelve months or a council's municipalities
    added up, where every part of the sum is shown."""
    found = inputs.in_period.get((first, until), {})
    if kind == MUNICIPALITY:
        return {pk: found.get(pk) or _of_year(inputs, pk, first, until) for pk in places_on(inputs, kind, last_day(until))}
    towns = None
    own = {}
    for pk in places_on(inputs, kind, last_day(until)):
        own[pk] = found.get(pk)
        if own[pk] is None:
            towns = cells_in(inputs, MUNICIPALITY, first, until) if towns is None else towns
            own[pk] = _added(pk, first, until, [towns.get(member) for member in members_on(inputs, pk, last_day(until))], inputs)
    return own


def _of_year(inputs, party, first, until):
    parts = [cell for cell in inputs.whole.get(party, ()) if first <= cell.first and cell.until <= until]
    reached = first
    for cell in parts:
        if cell.first != reached:
            return None
        reached = cell.until
    return _added(party, first, until, parts, inputs) if parts and reached == until else None


def _added(party, first, until, parts, inputs):
    """One cell of many: blank when any of them is, since what is hidden must not be counted in nor left out unsaid."""
    if not parts or any(cell is None for cell in parts):
        return None
    if len({cell.definition for cell in parts}) > 1:
        return None
    hidden = next((cell for cell in parts if cell.is_hidden), None)
    if hidden is not None:
        return Cell(party, first, until, None, None, None, None, None, None, hidden.why, hidden.definition)
    if not all(cell.is_counted for cell in parts):
        return None
    x, n, definition = sum(cell.x for cell in parts), sum(cell.n for cell in parts), inputs.definition_of(parts[0])
    return Cell(party, first, until, None, x, n, x / n * definition.multiplier, None, None, "", parts[0].definition)


def _funnel(inputs, kind, scope, first, until, rows):
    definition = inputs.definition_of(next(cell for _pk, cell in rows if cell is not None))
    areas = [_area(pk, cell) for pk, cell in rows]
    counted = [place for place, (_pk, cell) in enumerate(rows) if cell is not None and cell.is_counted]
    figures = {"areas": areas, "definition": definition.number, "multiplier": definition.multiplier}
    calculated = {"method": METHOD, "method_version": "1", "parameters": {"fewest": FEWEST_PLACES}}
    if definition.kind in _KINDS and len(counted) >= FEWEST_PLACES:
        try:
            calculated = _limits(definition, rows, counted, areas, figures, scope is None and kind == MUNICIPALITY)
        except ValueError as error:
            # Counts that contradict themselves have no limits; the places still stand, and the page says why.
            figures["reason"] = str(error)
    return Calculated(
        kind=Figures.Kind.FUNNEL, party=scope, area_kind=kind, period_from=first, period_until=until, figures=figures,
        summary=_summary(areas, figures), **calculated,
    )  # fmt: skip


def _area(pk, cell):
    if cell is None:
        return {"party": pk, "why": "missing", "value": None, "x": None, "n": None, "standing": "missing"}
    shown = cell.is_shown
    told = {"party": pk, "why": cell.why, "value": number(cell.value) if shown else None, "standing": "inside" if shown else "missing"}
    if cell.is_hidden:
        told["standing"] = "hidden"
    told |= {name: count(getattr(cell, name)) if shown else None for name in ("x", "n")}
    return told | {name: number(getattr(cell, name)) if shown else None for name in ("low", "high")}


def _limits(definition, rows, counted, areas, figures, is_country):
    import numpy as np

    from tovholder.evidence.charts.funnels import funnel

    x, n = (np.array([getattr(rows[place][1], name) for place in counted], dtype=float) for name in ("x", "n"))
    found = funnel(_KINDS[definition.kind], x, n, multiplier=definition.multiplier, widening="additive")
    for place, passed, p, by_rate in zip(counted, found.passed, found.p, found.found.by_rate, strict=True):
        areas[place] |= {"passed": int(passed), "p": number(p), "by_rate": bool(by_rate)}
        if abs(int(passed)) == len(found.levels):
            areas[place]["standing"] = "over" if passed > 0 else "under"
    _intervals(definition, x, n, counted, areas)
    figures |= _shared(definition, x, n)
    if is_country:
        figures |= _potential(definition, x, n)
    figures |= {
        "centre": number(found.centre),
        "limits": [
            {
                "level": number(100 * level), "sizes": numbers(found.curve_size), "lower": numbers(found.curve_low[:, place]),
                "upper": numbers(found.curve_high[:, place]),
            }
            for place, level in enumerate(found.levels)
        ],
        "spread": {"phi": number(found.spread.phi), "tau2": number(found.spread.tau2), "is_wide": found.spread.present},
        "expected_by_chance": number(found.found.expected_by_chance),
    }  # fmt: skip
    return {"method": found.method, "method_version": found.version, "parameters": dict(found.parameters)}


def _intervals(definition, x, n, counted, areas):
    """Each place's own interval: Wilson's for shares, the exact Poisson one for counts."""
    from tovholder.evidence.equity.proportions import proportion
    from tovholder.evidence.equity.rates import rate

    own = proportion if definition.kind == Definition.Kind.PROPORTION else rate
    found = own(x, n, multiplier=definition.multiplier)
    for place, low, high in zip(counted, found.low, found.high, strict=True):
        if areas[place]["low"] is None:
            areas[place] |= {"low": number(low), "high": number(high)}


def _shared(definition, x, n):
    """How unevenly events are shared between places: Gini with its limits, and the Lorenz curve."""
    import numpy as np

    from tovholder.evidence.equity.gini import gini

    share = x / n
    is_share = definition.kind == Definition.Kind.PROPORTION
    found = gini(n, share, np.sqrt(share * (1 - share) / n) if is_share else np.sqrt(x) / n)
    index = [number(float(one)) for one in (found.gini.value, found.gini.low, found.gini.high)]
    return {"lorenz": {"people": numbers(found.lorenz_people), "shares": numbers(found.lorenz_figure), "gini": index}}


def _potential(definition, x, n):
    """What there would be fewer or more of if all were as good as the best fifth, shrunk first; nothing where no direction is better."""
    from tovholder.evidence.equity.potential import BEST, potential

    if definition.direction == Definition.Direction.NEUTRAL or definition.kind not in (Definition.Kind.PROPORTION, Definition.Kind.RATE):
        return {}
    family = "beta-binomial" if definition.kind == Definition.Kind.PROPORTION else "gamma-poisson"
    found = potential(x, n, favourable=definition.direction == Definition.Direction.HIGHER, family=family)
    total = [number(float(one)) for one in (found.total.value, found.total.low, found.total.high)]
    if total[0] is None:
        return {}
    target = number(found.target * definition.multiplier)
    return {"potential": {"total": total, "best": BEST, "target": target, "unshrunk": number(found.unshrunk)}}


def _summary(areas, figures):
    return {
        "over": sum(row["standing"] == "over" for row in areas),
        "under": sum(row["standing"] == "under" for row in areas),
        "inside": sum(row["standing"] == "inside" for row in areas),
        "hidden": sum(row["standing"] == "hidden" for row in areas),
        "missing": sum(row["standing"] == "missing" for row in areas),
        "centre": figures.get("centre"),
    }


def all_places(inputs, newest=None):
    """This will return all municipalities through the years, each with its standing in the newest funnel of the country."""
    periods = periods_of(inputs, MUNICIPALITY)
    by_period = [cells_in(inputs, MUNICIPALITY, first, until) for first, until in periods]
    standing = {row["party"]: row["standing"] for row in newest.figures["areas"]} if newest else {}
    day = last_day(periods[-1][1]) if periods else None
    areas = []
    for pk in places_on(inputs, MUNICIPALITY, day) if day else ():
        cells = [cells.get(pk) for cells in by_period]
        if any(cell is not None for cell in cells):
            areas.append(
                {
                    "party": pk, "values": [number(cell.value) if cell is not None and cell.is_shown else None for cell in cells],
                    "whys": ["missing" if cell is None else cell.why for cell in cells], "standing": standing.get(pk, "missing"),
                }
            )  # fmt: skip
    told = [{"from": first.isoformat(), "until": until.isoformat()} for first, until in periods]
    return Calculated(
        kind=Figures.Kind.SMALL_MULTIPLES, area_kind=MUNICIPALITY, figures={"periods": told, "areas": areas}, method=METHOD,
        method_version="1", period_from=periods[0][0] if periods else None, period_until=periods[-1][1] if periods else None,
        summary={"areas": len(areas), "periods": len(periods)},
    )  # fmt: skip
