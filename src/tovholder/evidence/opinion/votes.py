"""Votes in one canonical form: whatever order, batch or file they came in, the same votes are the same arrays."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from numba import njit

AGREE, PASS, DISAGREE = 1, 0, -1

# A number of one bit times SPREAD has the bit's place in its six highest bits (a de Bruijn sequence), in the order LOWEST undoes.
SPREAD = np.uint64(0x03F79D71B4CB0A89)
LOWEST = np.zeros(64, dtype=np.int64)
LOWEST[[((1 << bit) * int(SPREAD) & 0xFFFFFFFFFFFFFFFF) >> 58 for bit in range(64)]] = range(64)

NEVER = int(np.iinfo(np.int64).max)

Whole = npt.NDArray[np.int64]
Short = npt.NDArray[np.int32]
Sign = npt.NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class Votes:
    """The last answer of each participant to each statement, by rows.

    participants, statements: names in natural order (2 before 10). Row i holds the entries start[i]:start[i + 1] of `statement`
    (column numbers, rising) and `answer` (1 agree, 0 pass, -1 disagree). `person_rank` and `statement_rank` say who came first,
    by time and then by name; without times they are the canonical order. Only the Polis mode reads them.
    """

    participants: tuple[str, ...]
    statements: tuple[str, ...]
    start: Whole
    statement: Short
    answer: Sign
    person_rank: Whole
    statement_rank: Whole

    @property
    def count(self) -> int:
        return int(self.start[-1])

    @cached_property
    def person(self) -> Short:
        """The row number of every entry."""
        return np.repeat(np.arange(len(self.participants), dtype=np.int32), np.diff(self.start))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of names and answers; times are left out, since they change no default result."""
        seen = hashlib.sha256(b"tovholder-votes-2\n")
        for names in (self.participants, self.statements):
            lengths = np.fromiter(map(len, names), dtype="<i8", count=len(names))
            seen.update(b"%d\n" % len(names) + lengths.tobytes() + "".join(names).encode("utf-8", "surrogatepass"))
        for array in (self.start.astype("<i8"), self.statement.astype("<i4"), self.answer.astype("i1")):
            seen.update(array.tobytes())
        return seen.hexdigest()


def natural(name: str) -> tuple[int, int, str]:
    """This will give a key under which 2 comes before 10 and numbers before words."""
    return (0, int(name), name) if name.isascii() and name.isdigit() and len(name) < 19 else (1, 0, name)


def votes_from_codes(
    participants: Sequence[str],
    statements: Sequence[str],
    person: npt.ArrayLike,
    statement: npt.ArrayLike,
    answer: npt.ArrayLike,
    at: npt.ArrayLike | None = None,
) -> Votes:
    """This will put votes given as numbers into lists of names into canonical form; raises ValueError.

    person, statement: whole numbers, one per vote; answer: 1, 0 or -1; at: moments as numbers, optional. The latest vote of a pair
    counts; at the same moment the smaller answer, and without moments the last given one. Names that nobody uses are left out.
    """
    rows, columns, given = _codes(person), _codes(statement), _answers(answer)
    if not rows.size == columns.size == given.size:
        raise ValueError("Der skal være én person, ét udsagn og ét svar i hver stemme.")
    moments = _moments(at, rows.size)
    people, row_of, per_row = _canonical(participants, rows)
    things, column_of, per_column = _canonical(statements, columns)
    start = np.zeros(len(people) + 1, dtype=np.int64)
    np.cumsum(per_row, out=start[1:])
    kept_columns, kept, first_row, first_column = _arranged(rows, row_of, columns, column_of, given, moments, start, per_column.size)
    count = start[-1]
    return Votes(
        people,
        things,
        start,
        kept_columns if count == kept.size else kept_columns[:count].copy(),
        kept if count == kept.size else kept[:count].copy(),
        ranks(first_row),
        ranks(first_column),
    )


def votes_from_rows(rows: Sequence[tuple[str, str, int]], at: Sequence[float] | None = None) -> Votes:
    """This will put (participant, statement, answer) rows into canonical form; raises ValueError."""
    people = {name: n for n, name in enumerate(dict.fromkeys(row[0] for row in rows))}
    things = {name: n for n, name in enumerate(dict.fromkeys(row[1] for row in rows))}
    return votes_from_codes(
        list(people),
        list(things),
        [people[row[0]] for row in rows],
        [things[row[1]] for row in rows],
        [row[2] for row in rows],
        at,
    )


def ranks(first: Whole) -> Whole:
    """This will number moments from the earliest on, equal ones as they stand."""
    numbers = np.empty(first.size, dtype=np.int64)
    numbers[np.argsort(first, kind="stable")] = np.arange(first.size)
    return numbers


def _codes(given: npt.ArrayLike) -> Short:
    codes = np.asarray(given)
    if codes.size and codes.dtype.kind not in "iu":
        raise ValueError("Personer og udsagn skal være hele tal, der peger ind i navnelisterne.")
    return np.ascontiguousarray(codes.ravel(), dtype=np.int32)


def _answers(given: npt.ArrayLike) -> Sign:
    answers = np.asarray(given).ravel()
    if answers.dtype != np.int8:
        if answers.size and not np.isin(answers, (-1, 0, 1)).all():
            raise ValueError("Et svar er 1 (enig), 0 (ved ikke) eller -1 (uenig).")
        answers = answers.astype(np.int8)
    if answers.size and (answers.min() < -1 or answers.max() > 1):
        raise ValueError("Et svar er 1 (enig), 0 (ved ikke) eller -1 (uenig).")
    return np.ascontiguousarray(answers)


def _moments(at: npt.ArrayLike | None, size: int) -> Whole:
    """Moments as whole numbers in the same order; none at all when there are none."""
    if at is None:
        return np.zeros(0, dtype=np.int64)
    moments = np.asarray(at).ravel()
    if moments.size != size:
        raise ValueError("Der skal være ét tidspunkt for hver stemme, eller slet ingen.")
    if moments.dtype.kind in "iuM":
        return moments.astype(np.int64)
    real = moments.astype(np.float64) + 0.0
    if not np.isfinite(real).all():
        raise ValueError("Et tidspunkt mangler eller er ikke et tal.")
    bits = real.view(np.int64)
    return np.where(bits < 0, bits ^ np.int64(0x7FFFFFFFFFFFFFFF), bits)


def _canonical(names: Sequence[str], codes: Short) -> tuple[tuple[str, ...], Short, Whole]:
    """The used names in natural order, the new number of every old one, and how many votes each new one has."""
    counts = _counted(codes, len(names))
    if not counts.size and codes.size:
        raise ValueError("En stemme peger på et navn, der ikke er i listen.")
    used = np.flatnonzero(counts)
    kept = names if used.size == len(names) else [names[code] for code in used.tolist()]
    order = _natural_order(kept)
    place = np.full(max(len(names), 1), -1, dtype=np.int32)
    place[used[order]] = np.arange(order.size, dtype=np.int32)
    in_order = (order == np.arange(order.size)).all()
    return tuple(kept) if in_order else tuple([kept[n] for n in order.tolist()]), place, counts[used[order]]


def _natural_order(names: Sequence[str]) -> Whole:
    joined = "".join(names)
    if joined.isascii() and joined.isdigit():
        lengths = np.fromiter(map(len, names), dtype=np.int64, count=len(names))
        if lengths.min() > 0 and lengths.max() < 19:
            numbers = _numbers(np.frombuffer(joined.encode(), dtype=np.uint8), lengths)
            order = np.argsort(numbers, kind="stable")
            if (np.diff(numbers[order]) > 0).all():
                return order
    if len(set(names)) != len(names):
        raise ValueError("Det samme navn står flere gange i listen.")
    return np.array(sorted(range(len(names)), key=lambda n: natural(names[n])), dtype=np.int64)


@njit(cache=True)
def _numbers(digits: npt.NDArray[np.uint8], lengths: Whole) -> Whole:
    numbers, at = np.zeros(lengths.size, dtype=np.int64), 0
    for n in range(lengths.size):
        for _ in range(lengths[n]):
            numbers[n] = numbers[n] * 10 + digits[at] - 48
            at += 1
    return numbers


@njit(cache=True)
def _counted(codes: Short, size: int) -> Whole:
    """How often each number occurs; nothing at all when one is outside 0 to size - 1."""
    counts = np.zeros(size, dtype=np.int64)
    for code in codes:
        if code < 0 or code >= size:
            return counts[:0]
        counts[code] += 1
    return counts


@njit(cache=True)
def _arranged(
    person: Short, row_of: Short, statement: Short, column_of: Short, answer: Sign, moments: Whole, start: Whole, width: int
) -> tuple[Short, Sign, Whole, Whole]:
    """Puts the votes in rows, each row by column with one answer a column, and shortens start to what is left.

    Also gives the first moment of every row and column, all 0 without moments.
    """
    height, timed = start.size - 1, moments.size > 0
    columns, kept = np.empty(answer.size, dtype=np.int32), np.empty(answer.size, dtype=np.int8)
    at = np.empty(moments.size, dtype=np.int64)
    first_row, first_column, end = np.zeros(height, dtype=np.int64), np.zeros(width, dtype=np.int64), np.empty(height, dtype=np.int64)
    for row in range(height):
        end[row] = start[row]
        first_row[row] = NEVER if timed else 0
    for column in range(width):
        first_column[column] = NEVER if timed else 0
    for n in range(answer.size):
        row, column = row_of[person[n]], column_of[statement[n]]
        place = end[row]
        end[row] = place + 1
        columns[place] = column
        kept[place] = answer[n]
        if timed:
            at[place] = moments[n]
            first_row[row] = min(first_row[row], moments[n])
            first_column[column] = min(first_column[column], moments[n])
    seen = np.zeros((width + 63) // 64, dtype=np.uint64)
    last, last_at = np.zeros(width, dtype=np.int8), np.zeros(width, dtype=np.int64)
    ahead = 0
    for row in range(height):
        begin, stop, previous, rising = start[row], end[row], np.int64(-1), True
        start[row] = ahead
        for n in range(begin, stop):
            rising = rising and columns[n] > previous
            previous = np.int64(columns[n])
        if rising:
            for n in range(begin, stop):
                columns[ahead] = columns[n]
                kept[ahead] = kept[n]
                ahead += 1
            continue
        for n in range(begin, stop):
            column, one = columns[n], np.uint64(1) << np.uint64(columns[n] & 63)
            known = seen[column >> 6] & one != 0
            if known and timed and (at[n] < last_at[column] or (at[n] == last_at[column] and kept[n] > last[column])):
                continue
            seen[column >> 6] |= one
            last[column] = kept[n]
            if timed:
                last_at[column] = at[n]
        for word in range(seen.size):
            bits = seen[word]
            seen[word] = 0
            while bits != 0:
                lowest = bits & (~bits + np.uint64(1))
                bits ^= lowest
                column = np.int64(word) * 64 + LOWEST[(lowest * SPREAD) >> np.uint64(58)]
                columns[ahead] = column
                kept[ahead] = last[column]
                ahead += 1
    start[height] = ahead
    return columns, kept, first_row, first_column
