"""What is hidden stays hidden: where a small count could be worked out from totals and other parts, one more figure is hidden.

Counts are added up along every way that a reader could: the parts of a region, a cluster, a council and the country, the groups of a
breakdown, and the months of a year. A small count must be able to be anything it could have been, from the least to the greatest small
number, whatever follows from all that is shown: `tovholder.evidence.disclosure.additions` tries it."""

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

from ...models import Measurement
from .inputs import MUNICIPALITY

_PROTECTS, _SMALL = Measurement.Why.PROTECTS, Measurement.Why.SUPPRESSED
COUNTRY = "country"


def protected(inputs):
    """This will return the inputs' cells with so many more hidden that no small count can be worked out from those that are shown."""
    from tovholder.evidence.disclosure.additions import Blanks, given_away, surely_large, tied

    cells = list(inputs.cells)
    if not any(cell.is_hidden for cell in cells):
        return cells
    least, most = (0 if inputs.indicator.zeros_are_small else 1), inputs.indicator.threshold - 1
    sums, found_safe = list(_sums(inputs, cells)), set()
    while True:
        lost = None
        counts = [cell.x for cell in cells]
        small = {place for place, cell in enumerate(cells) if cell.why == _SMALL} - surely_large(counts, sums, most)
        seen = Blanks(counts, small, (), least, most)
        for together in tied(seen.counts, sums):
            key = tuple((place, cells[place].why) for one in together for place in one.places if cells[place].x is None)
            if key not in found_safe:
                lost = next(iter(given_away(seen, together, first=True)), None)
                if lost is not None:
                    break
                found_safe.add(key)
        if lost is None or not _hide_one_more(cells, together, lost):
            return cells


def _hide_one_more(cells, together, lost):
    """Hides the smallest shown part beside a count that is given away, else a total; at last stops saying that a total is small."""
    own = [one for one in together if lost in one.places]
    for sums in (own, together):
        shown = {place for one in sums for place in one.parts if cells[place].x is not None}
        some = [place for place in shown if cells[place].x > 0]
        if some:
            return _hide(cells, min(some, key=lambda place: (cells[place].x, place)))
        totals = [one.total for one in sums if cells[one.total].x is not None]
        if totals:
            return _hide(cells, min(totals, key=lambda place: (cells[place].x, place)))
        if shown:
            return _hide(cells, min(shown))
    told = [one.total for one in together if cells[one.total].why == _SMALL]
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
    """The sum of a place's parts; one that nobody measured may be anything, and leaves the others no more than the total."""
    from tovholder.evidence.disclosure.additions import Addition

    parts = [at.get((member, cell.first, cell.until, cell.group)) for member in members]
    own = tuple(part for part in parts if part is not None)
    if own:
        yield Addition(place, own, len(own) == len(parts))


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
    from tovholder.evidence.disclosure.additions import Addition

    breakdown_of = {group.pk: code for code, groups in inputs.groups.items() for group in groups}
    parts = defaultdict(list)
    for place, cell in enumerate(cells):
        if cell.group is not None:
            parts[cell.party, cell.first, cell.until, breakdown_of.get(cell.group)].append(place)
    for (party, first, until, breakdown), own in parts.items():
        total = at.get((party, first, until, None))
        if total is not None:
            yield Addition(total, tuple(own), len(own) == len(inputs.groups.get(breakdown, ())))


def _sums_of_time(cells):
    from tovholder.evidence.disclosure.additions import whole_of_periods

    rows = defaultdict(list)
    for place, cell in enumerate(cells):
        rows[cell.party, cell.group].append((cell.first, cell.until, place))
    for own in rows.values():
        yield from whole_of_periods(own)
