"""The state of a conversation while it runs: whole numbers that one vote changes a little, and everything else a function of them."""

from __future__ import annotations

import bisect
import dataclasses
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from tovholder.evidence.opinion.axes.components import PAIRED, Components, Rows, components, components_of, mask, rows_of, sums_of
from tovholder.evidence.opinion.state import taking
from tovholder.evidence.opinion.votes import NEVER, Short, Sign, Votes, Whole, natural, ranks, votes_from_codes

Event = tuple[str, str, int] | tuple[str, str, int, int]
Number = TypeVar("Number", bound=np.generic)
NO_SUMS: Short = np.zeros((0, 0, 4), dtype=np.int32)


class Tally:
    """Votes in, one by one or many at a time; counts and sums of all pairs of statements kept as whole numbers.

    A person's last answer to a statement counts and takes the earlier one out. With moments (whole numbers, such as milliseconds) the
    latest counts whenever it comes in, and of two at the same moment the smaller; so the same events in any order and any batches give
    the same state. Either all events have a moment or none has. sectors: which sector a person belongs to.
    """

    def __init__(self, sectors: Mapping[str, str] | None = None) -> None:
        self._sector_of = dict(sectors or {})
        self.sectors = tuple(sorted(set(self._sector_of.values()), key=natural))
        self._sector_number = {name: n for n, name in enumerate(self.sectors)}
        self._people, self._things = _Names(()), _Names(())
        self._timed: bool | None = None
        self._row = np.zeros((16, taking.ROW_FIELDS), dtype=np.int64)
        self._first_seen = np.zeros(8, dtype=np.int64)
        self._columns, self._answers = np.zeros(64, dtype=np.int32), np.zeros(64, dtype=np.int8)
        self._moments = np.zeros(0, dtype=np.int64)
        self._sums = np.zeros((8, 8, 4), dtype=np.int32)
        self._counts = np.zeros((1 + len(self.sectors), 3, 8), dtype=np.int64)
        self._mark = np.zeros(2, dtype=np.int64)

    @classmethod
    def of(cls, votes: Votes, sectors: Mapping[str, str] | None = None) -> Tally:
        """This will give the state after votes without moments, all at once."""
        tally, rows, width = cls(sectors), rows_of(votes), len(votes.statements)
        tally._timed = False
        tally._people, tally._things = _Names(votes.participants), _Names(votes.statements)
        tally._row = np.zeros((len(votes.participants), taking.ROW_FIELDS), dtype=np.int64)
        tally._row[:, 0] = rows.begin
        tally._row[:, 1] = tally._row[:, 2] = rows.length
        tally._row[:, 3] = [tally._sector(name) for name in votes.participants]
        tally._columns, tally._answers = rows.statement.copy(), rows.answer.copy()
        tally._first_seen = np.zeros(width, dtype=np.int64)
        sums = sums_of(rows, width)
        tally._sums = NO_SUMS if sums is None else sums
        tally._counts = taking.counted(tally._row, rows.statement, rows.answer, len(tally.sectors), width)
        tally._mark[:] = votes.count
        return tally

    @property
    def count(self) -> int:
        """How many answers count now."""
        return int(self._mark[1])

    @property
    def participants(self) -> tuple[str, ...]:
        return self._people.in_order()[0]

    @property
    def statements(self) -> tuple[str, ...]:
        return self._things.in_order()[0]

    def add(self, person: str, statement: str, answer: int, at: int | None = None) -> bool:
        """This will count one vote, and say whether it changed anything; raises ValueError for an answer other than 1, 0 and -1."""
        self._check(answer, at is not None)
        row, column = self._row_of(person), self._column_of(statement)
        while True:
            taken = taking.take(row, column, int(answer), at or 0, *self._state())
            if taken >= 0:
                return bool(taken)
            self._more_room()

    def extend(self, events: Iterable[Event]) -> int:
        """This will count many votes, (person, statement, answer) with or without a moment, and say how many changed anything.

        Raises ValueError, and counts none of them, when one has an answer other than 1, 0 and -1, or only some have a moment.
        """
        known = list(events)
        for event in known:
            self._check(event[2], len(event) == 4)
        rows = np.array([self._row_of(event[0]) for event in known], dtype=np.int64)
        columns = np.array([self._column_of(event[1]) for event in known], dtype=np.int64)
        answers = np.array([event[2] for event in known], dtype=np.int64)
        moments = np.array([event[3] if len(event) == 4 else 0 for event in known], dtype=np.int64)
        done = changed = 0
        while done < len(known):
            done, changed = taking.take_many(done, changed, rows, columns, answers, moments, *self._state())
            if done < len(known):
                self._more_room()
        return int(changed)

    def votes(self) -> Votes:
        """This will give the answers that count, in canonical form."""
        begin, length = self._row[: self._people.count, 0], self._row[: self._people.count, 1]
        person = np.repeat(np.arange(begin.size, dtype=np.int32), length)
        place = np.repeat(begin - np.cumsum(length) + length, length) + np.arange(person.size)
        names = list(self._people.number), list(self._things.number)
        votes = votes_from_codes(*names, person, self._columns[place], self._answers[place])
        if not self._timed:
            return votes
        first = self._row[self._people.in_order()[1], 4], self._first_seen[self._things.in_order()[1]]
        return dataclasses.replace(votes, person_rank=ranks(first[0]), statement_rank=ranks(first[1]))

    def counts(self) -> Whole:
        """This will give agree, disagree and all answers of everybody and of each sector, (1 + sectors, 3, statements)."""
        return self._counts[:, :, self._things.in_order()[1]]

    def components(self, *, without: Sequence[str] = ()) -> Components:
        """This will find the axes, the same bytes as from the votes themselves."""
        if not self._sums.size:
            return components_of(self.votes(), without=without)
        people, order = self._people.in_order()[1], self._things.in_order()[1]
        rows = Rows(self._row[people, 0], self._row[people, 1], self._columns, self._answers)
        left_out = np.zeros(order.size, dtype=np.int8)
        left_out[order] = mask(self.statements, without)
        return components(rows, self._counts[0, :, : order.size], self._sums, left_out, order=order)

    def digest(self) -> str:
        """This will give SHA-256 of the state in canonical form: names, counts and the sums of all pairs."""
        seen = hashlib.sha256(self.votes().digest.encode() + self.counts().astype("<i8").tobytes())
        if self._sums.size:
            order = self._things.in_order()[1]
            low, high = np.minimum.outer(order, order), np.maximum.outer(order, order)
            pairs = self._sums[low, high].astype("<i4")
            turned = np.greater.outer(order, order)
            pairs[turned] = pairs[turned][:, [0, 2, 1, 3]]
            seen.update(pairs.tobytes())
        return seen.hexdigest()

    def _check(self, answer: int, timed: bool) -> None:
        if answer not in (-1, 0, 1):
            raise ValueError(f"Et svar er 1 (enig), 0 (ved ikke) eller -1 (uenig), ikke {answer!r}.")
        if self._timed is timed:
            return
        if self._timed is not None:
            raise ValueError("Enten har alle stemmer et tidspunkt, eller også har ingen det.")
        self._timed = timed
        if timed:
            self._moments = np.zeros(self._columns.size, dtype=np.int64)

    def _state(self) -> tuple[Whole, Short, Sign, Whole, Whole, Short, Whole, Whole]:
        return self._row, self._columns, self._answers, self._moments, self._first_seen, self._sums, self._counts, self._mark

    def _row_of(self, person: str) -> int:
        row = self._people.number.get(person, -1)
        return self._new_person(person) if row < 0 else row

    def _column_of(self, statement: str) -> int:
        column = self._things.number.get(statement, -1)
        return self._new_statement(statement) if column < 0 else column

    def _sector(self, person: str) -> int:
        return self._sector_number.get(self._sector_of.get(person, ""), -1)

    def _new_person(self, name: str) -> int:
        row = self._people.add(name)
        if row >= len(self._row):
            self._row = _longer(self._row, 0, row + 1)
        self._row[row] = (0, 0, 0, self._sector(name), NEVER)
        return row

    def _new_statement(self, name: str) -> int:
        column = self._things.add(name)
        if column >= self._first_seen.size:
            self._first_seen = _longer(self._first_seen, 0, column + 1)
            self._counts = _longer(self._counts, 2, column + 1)
        self._first_seen[column] = NEVER
        if column >= PAIRED:
            self._sums = NO_SUMS
        elif column >= len(self._sums):
            self._sums = _longer(_longer(self._sums, 0, column + 1), 1, column + 1)
        return column

    def _more_room(self) -> None:
        needed = int(self._mark[0]) + 2 * int(self._row[:, 2].max()) + 8
        self._columns, self._answers = _longer(self._columns, 0, needed), _longer(self._answers, 0, needed)
        if self._timed:
            self._moments = _longer(self._moments, 0, needed)


class _Names:
    """Names numbered as they come, and their natural order."""

    def __init__(self, names: Sequence[str]) -> None:
        self.number = {name: n for n, name in enumerate(names)}
        self._sorted = sorted((natural(name), n) for n, name in enumerate(names))
        self._known: tuple[tuple[str, ...], Whole] | None = None

    @property
    def count(self) -> int:
        return len(self.number)

    def add(self, name: str) -> int:
        number = self.number[name] = len(self.number)
        bisect.insort(self._sorted, (natural(name), number))
        self._known = None
        return number

    def in_order(self) -> tuple[tuple[str, ...], Whole]:
        """The names in natural order, and their numbers."""
        if self._known is None:
            names = tuple([key[2] for key, _ in self._sorted])
            self._known = names, np.fromiter((number for _, number in self._sorted), dtype=np.int64, count=len(self._sorted))
        return self._known


def _longer(array: npt.NDArray[Number], axis: int, least: int) -> npt.NDArray[Number]:
    shape = list(array.shape)
    shape[axis] = max(least, shape[axis] + shape[axis] // 2) - shape[axis]
    return np.concatenate([array, np.zeros(shape, dtype=array.dtype)], axis=axis)
