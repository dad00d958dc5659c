"""What is hidden stays hidden: where a small count could be worked out from totals and other parts, one more figure is hidden.

Counts are added up along every way that a reader could: the parts of a region, a cluster, a council and the country, the groups of a
breakdown, and the months of a year. A small count must be able to be anything it could have been, from the least to the greatest small
number, whatever follows from all that is shown. In a single sum that is arithmetic (Cox, Journal of the American Statistical Association
75 (1980) 377); where sums share hidden figures it is a small integer program (Fischetti and Salazar, Management Science 47 (2001) 1008)."""

import math
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta

from ...models import Measurement
from .inputs import MUNICIPALITY

_PROTECTS, _SMALL = Measurement.Why.PROTECTS, Measurement.Why.SUPPRESSED
COUNTRY = "country"


@dataclass(frozen=True)
class _Sum:
    """A total and its parts, by their places among the cells."""

    total: int
    parts: tuple


def protected(inputs):
    """This will return the inputs' cells with so many more hidden that no small count can be worked out from those that are shown."""
    cells = list(inputs.cells)
    if not any(cell.is_hidden for cell in cells):
        return cells
    least, most = (0 if inputs.indicator.zeros_are_small else 1), inputs.indicator.threshold - 1
    sums, found_safe = list(_sums(inputs, cells)), set()
    while True:
        given_away = None
        for tied in _tied(cells, sums):
            key = tuple((place, cells[place].why) for one in tied for place in (one.total, *one.parts) if cells[place].x is None)
            if key not in found_safe:
                given_away = _given_away(cells, tied, least, most)
                if given_away is not None:
                    break
                found_safe.add(key)
        if given_away is None or not _hide_one_more(cells, tied, given_away):
            return cells


def _tied(cells, sums):
    """The sums that share hidden figures, together; sums without any tell nothing that is not shown."""
    of_cell, groups = {}, {}
    for number, one in enumerate(sums):
        hidden = [place for place in (one.total, *one.parts) if cells[place].x is None]
        if not hidden:
            continue
        known = {of_cell[place] for place in hidden if place in of_cell}
        merged = [one, *(row for group in sorted(known) for row in groups.pop(group))]
        groups[number] = merged
        for row in merged:
            for place in (row.total, *row.parts):
                if cells[place].x is None:
                    of_cell[place] = number
    return list(groups.values())


def _given_away(cells, tied, least, most):
    """The place of a small count that cannot be everything a small count can be, None when there is none."""
    hidden = sorted({place for one in tied for place in (one.total, *one.parts) if cells[place].x is None})
    small = [place for place in hidden if cells[place].why == _SMALL]
    if not small:
        return None
    bounds = {place: (least, most) if cells[place].why == _SMALL else (0, math.inf) for place in hidden}
    for one in tied:
        _loosen(cells, one, bounds)
    reach = _reach_of_one(cells, tied[0], bounds) if len(tied) == 1 else _reach_of_many(cells, tied, bounds, small)
    for place in small:
        low, high = reach(place)
        if low > least + 1e-6 or high < most - 1e-6:
            return place
    return None


def _loosen(cells, one, bounds):
    """Where small counts could not add up to the total, some of those held back are not small, and nobody can tell which."""
    held = [place for place in one.parts if place in bounds]
    rest = (cells[one.total].x or 0) - sum(cells[place].x for place in one.parts if cells[place].x is not None)
    if held and rest > sum(bounds[place][1] for place in held):
        bounds.update(dict.fromkeys(held, (0, math.inf)))


def _reach_of_one(cells, one, bounds):
    """How far each hidden figure of a single sum can go: what the others leave it."""
    signs = {place: 1 for place in one.parts if place in bounds} | ({one.total: -1} if one.total in bounds else {})
    rest = (cells[one.total].x or 0) - sum(cells[place].x for place in one.parts if cells[place].x is not None)

    def reach(place):
        low, high = bounds[place]
        least = most = rest
        for other, sign in signs.items():
            if other != place:
                first, last = bounds[other] if sign > 0 else (-bounds[other][1], -bounds[other][0])
                least, most = least - last, most - first
        if signs[place] < 0:
            least, most = -most, -least
        return max(low, least), min(high, most)

    return reach


def _reach_of_many(cells, tied, bounds, small):
    """The same where sums share hidden figures: the least and the most that fit all of them."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    places = list(bounds)
    at = {place: number for number, place in enumerate(places)}
    matrix, right = np.zeros((len(tied), len(places))), np.zeros(len(tied))
    for row, one in enumerate(tied):
        for place, sign in (*((place, 1) for place in one.parts), (one.total, -1)):
            if cells[place].x is None:
                matrix[row, at[place]] += sign
            else:
                right[row] -= sign * cells[place].x
    whole = float(np.allclose(right, np.round(right)))
    limits = Bounds(*zip(*(bounds[place] for place in places), strict=True))

    def furthest(place, sign):
        cost = np.zeros(len(places))
        cost[at[place]] = sign
        found = milp(cost, constraints=LinearConstraint(matrix, right, right), bounds=limits, integrality=np.full(len(places), whole))
        if found.status == 3:
            return -math.inf * sign
        # Figures that contradict each other, or a solver that gave up, protect nothing: one more is hidden.
        return found.x[at[place]] if found.x is not None else math.inf * sign

    return lambda place: (furthest(place, 1), furthest(place, -1))


def _hide_one_more(cells, tied, given_away):
    """Hides the smallest shown part beside a count that is given away, else a total; at last stops saying that a total is small."""
    own = [one for one in tied if given_away in (one.total, *one.parts)]
    for sums in (own, tied):
        shown = {place for one in sums for place in one.parts if cells[place].x is not None}
        some = [place for place in shown if cells[place].x > 0]
        if some:
            return _hide(cells, min(some, key=lambda place: (cells[place].x, place)))
        totals = [one.total for one in sums if cells[one.total].x is not None]
        if totals:
            return _hide(cells, min(totals, key=lambda place: (cells[place].x, place)))
        if shown:
            return _hide(cells, min(shown))
    told = [one.total for one in tied if cells[one.total].why == _SMALL]
    return _hide(cells, told[0]) if told else False


def _hide(cells, place):
    cells[place] = replace(cells[place], x=None, value=None, low=None, high=None, why=_PROTECTS)
    return True


def _sums(inputs, cells):
    at = {(cell.party, cell.first, cell.until, cell.group): place for place, cell in enumerate(cells)}
    yield from _sums_of_places(inputs, cells, at)
    yield from _sums_of_groups(inputs, cells, at)
    yield from _sums_of_time(cells)


def _sums_of_places(inputs, cells, at):
    for place, cell in enumerate(cells):
        party = inputs.parties.get(cell.party)
        day = cell.until - timedelta(days=1)
        if party is not None and cell.party in inputs.members:
            yield from _sum(at, place, cell, members_on(inputs, cell.party, day))
        elif party is None or party.kind_id == COUNTRY:
            for kind in ("region", MUNICIPALITY):
                own = [row.pk for row in inputs.parties.values() if row.kind_id == kind and _is_there(row, day)]
                yield from _sum(at, place, cell, own)


def _sum(at, place, cell, members):
    """The sum of a place's parts, where every part there must be has a cell; one that nobody measured leaves the others free."""
    parts = [at.get((member, cell.first, cell.until, cell.group)) for member in members]
    if parts and None not in parts:
        yield _Sum(place, tuple(parts))


def _is_there(party, day):
    return (party.valid_from is None or party.valid_from <= day) and (party.valid_until is None or party.valid_until > day)


def members_on(inputs, group, day):
    """This will return the ids of the municipalities that belonged to a region, cluster or council on a day, in their order."""
    return [
        member
        for member, first, until in inputs.members.get(group, ())
        if (first is None or first <= day) and (until is None or until > day)
    ]


def _sums_of_groups(inputs, cells, at):
    breakdown_of = {group.pk: code for code, groups in inputs.groups.items() for group in groups}
    parts = defaultdict(list)
    for place, cell in enumerate(cells):
        if cell.group is not None:
            parts[cell.party, cell.first, cell.until, breakdown_of.get(cell.group)].append(place)
    for (party, first, until, _breakdown), own in parts.items():
        total = at.get((party, first, until, None))
        if total is not None:
            yield _Sum(total, tuple(own))


def _sums_of_time(cells):
    rows = defaultdict(list)
    for place, cell in enumerate(cells):
        rows[cell.party, cell.group].append(place)
    for own in rows.values():
        ordered = sorted(own, key=lambda place: (cells[place].first, cells[place].until))
        for place in ordered:
            whole = cells[place]
            parts, reached = [], whole.first
            for other in ordered:
                if other != place and cells[other].first == reached and cells[other].until <= whole.until:
                    parts.append(other)
                    reached = cells[other].until
            if len(parts) > 1 and reached == whole.until:
                yield _Sum(place, tuple(parts))
