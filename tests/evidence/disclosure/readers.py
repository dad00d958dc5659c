"""A reader with patience: tries every table of whole numbers that fits what is shown. Knows nothing of how it was hidden."""

from itertools import product

import numpy as np


def possible_numbers(dims, levels, shown, largest, known=()):
    """For each hidden cell of `shown` the numbers it can be, as {(table, place): set}.

    dims, levels: all dimensions that any table has. shown, known: Published. largest: no single crossing is tried beyond this.
    known: (table, place, number) that the reader knows besides.
    """
    inner = [len(names) for names in levels]
    cells = list(product(*(range(size) for size in inner)))
    rules = []
    for number, one in enumerate(shown):
        for place in product(*(range(size) for size in one.extent)):
            value = int(one.counts[place])
            told = [said for table, where, said in known if (table, where) == (number, place)]
            if value < 0 and not told:
                continue
            rules.append(
                (frozenset(n for n, cell in enumerate(cells) if _within(cell, place, one, dims, levels)), told[0] if told else value)
            )
    last = {}
    for members, value in rules:
        last.setdefault(max(members), []).append((members, value))
    of_cell = [[number for number, (members, _) in enumerate(rules) if n in members] for n in range(len(cells))]
    room = [value for _, value in rules]
    found, values = [], [0] * len(cells)

    def try_from(n):
        if n == len(cells):
            found.append(tuple(values))
            return
        most = min([largest, *(room[rule] for rule in of_cell[n])])
        ends = [number for number in of_cell[n] if max(rules[number][0]) == n]
        exact = {room[number] for number in ends}
        for value in exact if exact else range(most + 1):
            if len(exact) > 1 or value > most:
                continue
            values[n] = value
            for rule in of_cell[n]:
                room[rule] -= value
            try_from(n + 1)
            for rule in of_cell[n]:
                room[rule] += value
        values[n] = 0

    try_from(0)
    tables = np.array(found, dtype=np.int64)
    assert len(tables), "what is shown cannot be"
    out = {}
    for number, one in enumerate(shown):
        for place in map(tuple, np.argwhere(one.counts == -1).tolist()):
            members = [n for n, cell in enumerate(cells) if _within(cell, place, one, dims, levels)]
            out[number, place] = set(tables[:, members].sum(axis=1).tolist())
    return out


def _within(cell, place, one, dims, levels):
    for axis, dim in enumerate(one.dims):
        if place[axis] < len(one.levels[axis]):
            at = dims.index(dim)
            if levels[at][cell[at]] != one.levels[axis][place[axis]]:
                return False
    return True
