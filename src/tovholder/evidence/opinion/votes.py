"""Votes in one canonical form: whatever order, batch or file they came in, the same votes are the same arrays."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

AGREE, PASS, DISAGREE = 1, 0, -1

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
        seen = hashlib.sha256(b"tovholder-votes-1\n")
        for names in (self.participants, self.statements):
            seen.update(str(len(names)).encode())
            for name in names:
                raw = name.encode("utf-8", "surrogatepass")
                seen.update(b"%d:" % len(raw) + raw)
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
    rows, columns = np.asarray(person, dtype=np.int64), np.asarray(statement, dtype=np.int64)
    given = np.asarray(answer, dtype=np.int8)
    if given.size and not np.isin(given, (-1, 0, 1)).all():
        raise ValueError("Et svar er 1 (enig), 0 (ved ikke) eller -1 (uenig).")
    moments = None if at is None else np.asarray(at)
    people, rows = _canonical(participants, rows)
    things, columns = _canonical(statements, columns)
    place = rows * max(len(things), 1) + columns
    if moments is None:
        order = np.argsort(place, kind="stable")
    else:
        order = np.lexsort((-given, moments, place))
    last = np.ones(order.size, dtype=bool)
    if order.size:
        last[:-1] = place[order][1:] != place[order][:-1]
    kept = order[last]
    start = np.zeros(len(people) + 1, dtype=np.int64)
    np.cumsum(np.bincount(rows[kept], minlength=len(people)), out=start[1:])
    return Votes(
        people,
        things,
        start,
        columns[kept].astype(np.int32),
        given[kept],
        _ranks(rows, moments, len(people)),
        _ranks(columns, moments, len(things)),
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


def _canonical(names: Sequence[str], codes: Whole) -> tuple[tuple[str, ...], Whole]:
    used = np.unique(codes)
    ordered = sorted((int(code) for code in used), key=lambda code: natural(names[code]))
    place = np.zeros(max(len(names), 1), dtype=np.int64)
    place[ordered] = np.arange(len(ordered))
    return tuple(names[code] for code in ordered), place[codes]


def _ranks(codes: Whole, moments: npt.NDArray[np.generic] | None, count: int) -> Whole:
    if moments is None or not codes.size:
        return np.arange(count, dtype=np.int64)
    order = np.lexsort((codes, moments))
    met, first = np.unique(codes[order], return_index=True)
    ranks = np.empty(count, dtype=np.int64)
    ranks[met[np.argsort(first, kind="stable")]] = np.arange(count)
    return ranks
