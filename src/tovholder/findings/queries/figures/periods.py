"""Periods of figures: which lengths there are, which lie after each other without overlapping, and where one is missing."""

from datetime import date, timedelta

MONTH, QUARTER, HALF, YEAR, OTHER = "month", "quarter", "half", "year", "period"
_LENGTHS = ((MONTH, 28, 31), (QUARTER, 90, 92), (HALF, 181, 184), (YEAR, 365, 366))
MONTHS_IN = {MONTH: 1, QUARTER: 3, HALF: 6, YEAR: 12}


def length_of(first, until):
    """This will return what kind of period lies between two days: a month, a quarter, a half, a year or something else."""
    days = (until - first).days
    return next((name for name, least, most in _LENGTHS if least <= days <= most), OTHER)


def months_on(day, months):
    """This will return the first day of the month so many months later."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def finest(cells):
    """This will return the cells of the length there are most of (the shorter at a tie), the oldest first, none overlapping the next."""
    by_length = {}
    for cell in cells:
        by_length.setdefault(length_of(cell.first, cell.until), []).append(cell)
    if not by_length:
        return OTHER, []
    order = [name for name, _least, _most in _LENGTHS] + [OTHER]
    found = {name: apart(rows) for name, rows in by_length.items()}
    length = max(found, key=lambda name: (len(found[name]), -order.index(name)))
    return length, found[length]


def apart(cells):
    """This will return cells that do not overlap, chosen backwards from the newest, the oldest first: rolling years become years."""
    kept = []
    for cell in sorted(cells, key=lambda cell: (cell.until, cell.first), reverse=True):
        if not kept or cell.until <= kept[-1].first:
            kept.append(cell)
    return kept[::-1]


def slots(length, cells):
    """This will return the (first day, day after) of every period from the first cell to the last, those without a cell too."""
    if not cells:
        return []
    if length not in MONTHS_IN or any(cell.first.day != 1 for cell in cells):
        return [(cell.first, cell.until) for cell in cells]
    found, step = [], MONTHS_IN[length]
    known = {cell.first: cell.until for cell in cells}
    day = cells[0].first
    while day <= cells[-1].first:
        until = known.get(day, months_on(day, step))
        found.append((day, until))
        day = until
    # Years that begin in another month than the ones before make no regular row.
    return found if set(known) <= {first for first, _until in found} else [(cell.first, cell.until) for cell in cells]


def longest(periods):
    """This will return the periods of the longest length up to a year, the oldest first; rolling ones all count."""
    by_length = {}
    for first, until in periods:
        by_length.setdefault(length_of(first, until), set()).add((first, until))
    for length in (YEAR, HALF, QUARTER, MONTH, OTHER):
        if length in by_length:
            return length, sorted(by_length[length], key=lambda row: (row[1], row[0]))
    return OTHER, []


def last_day(until):
    """This will return the last day in a half-open period."""
    return until - timedelta(days=1)
