"""The loops that take one vote into the state."""

from __future__ import annotations

import numpy as np
from numba import njit

from tovholder.evidence.opinion.votes import Short, Sign, Whole

ROW_FIELDS = 5  # Of a person: where the answers begin, how many there are, how many there is room for, sector or -1, first moment.


@njit(cache=True)
def take(
    row: int,
    column: int,
    answer: int,
    moment: int,
    rows: Whole,
    columns: Short,
    answers: Sign,
    moments: Whole,
    first_seen: Whole,
    sums: Short,
    counts: Whole,
    mark: Whole,
) -> int:
    """This will take one answer into the state and give 1 if it changed something, 0 if not, -1 if the rows must have more room first.

    mark: how much of the rows' room is used, and how many answers count.
    """
    person, timed = rows[row], moments.size > 0
    begin, size = person[0], person[1]
    place, old = -1, 0
    for n in range(begin, begin + size):
        if columns[n] == column:
            place = n
    if place < 0 and size == person[2]:
        room = max(8, size + size // 2)
        if mark[0] + room > columns.size:
            return -1
        for n in range(size):
            columns[mark[0] + n] = columns[begin + n]
            answers[mark[0] + n] = answers[begin + n]
            if timed:
                moments[mark[0] + n] = moments[begin + n]
        begin = mark[0]
        person[0], person[2] = begin, room
        mark[0] += room
    if timed:
        person[4] = min(person[4], moment)
        first_seen[column] = min(first_seen[column], moment)
    if place >= 0:
        old = int(answers[place])
        if timed:
            if moment < moments[place] or (moment == moments[place] and answer >= old):
                return 0
            moments[place] = moment
        if answer == old:
            return 0
        answers[place] = answer
    else:
        place = begin + size
        columns[place], answers[place] = column, answer
        if timed:
            moments[place] = moment
        person[1] += 1
        mark[1] += 1
    came = 1 if person[1] > size else 0
    for sector in (0, person[3] + 1):
        here = counts[sector]
        here[0, column] += (answer == 1) - (old == 1)
        here[1, column] += (answer == -1) - (old == -1)
        here[2, column] += came
        if person[3] < 0:
            break
    if sums.size:
        _take_pairs(sums, columns[begin : begin + person[1]], answers[begin : begin + person[1]], column, answer, old, came)
    return 1


@njit(cache=True)
def take_many(
    first: int,
    changed: int,
    row: Whole,
    column: Whole,
    answer: Whole,
    moment: Whole,
    rows: Whole,
    columns: Short,
    answers: Sign,
    moments: Whole,
    first_seen: Whole,
    sums: Short,
    counts: Whole,
    mark: Whole,
) -> tuple[int, int]:
    """This will take answers from number first on, and give where it stopped for want of room and how many changed something so far."""
    for n in range(first, row.size):
        taken = take(row[n], column[n], answer[n], moment[n], rows, columns, answers, moments, first_seen, sums, counts, mark)
        if taken < 0:
            return n, changed
        changed += taken
    return row.size, changed


@njit(cache=True)
def _take_pairs(sums: Short, columns: Short, answers: Sign, column: int, answer: int, old: int, came: int) -> None:
    change, own = answer - old, np.uint64(column)
    for n in range(columns.size):
        other = np.uint64(columns[n])
        if other == own:
            both = sums[own, own]
            both[0] += answer * answer - old * old
            both[1] += change
            both[2] += change
        elif other < own:
            both = sums[other, own]
            both[0] += change * answers[n]
            both[1] += came * answers[n]
            both[2] += change
        else:
            both = sums[own, other]
            both[0] += change * answers[n]
            both[1] += change
            both[2] += came * answers[n]
        both[3] += came


@njit(cache=True)
def counted(rows: Whole, columns: Short, answers: Sign, sectors: int, width: int) -> Whole:
    """This will count agree, disagree and all answers of everybody and of each sector, (1 + sectors, 3, width)."""
    counts = np.zeros((1 + sectors, 3, width), dtype=np.int64)
    for row in range(rows.shape[0]):
        for sector in (0, rows[row, 3] + 1):
            for n in range(rows[row, 0], rows[row, 0] + rows[row, 1]):
                counts[sector, 0, columns[n]] += answers[n] == 1
                counts[sector, 1, columns[n]] += answers[n] == -1
                counts[sector, 2, columns[n]] += 1
            if rows[row, 3] < 0:
                break
    return counts
