"""Tables of counts with all their totals, and tables as readers have seen them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt

from tovholder.evidence.results import digest_of

Whole = npt.NDArray[np.int64]
Truth = npt.NDArray[np.bool_]
Key = frozenset[tuple[str, str]]
"""What a number counts: its levels by dimension; a dimension that is summed over is not named."""

TOTAL = "I alt"
HIDDEN, ABSENT = -1, -2
"""In a published table: the reader sees that a number is held back; the number is no part of the publication."""
MOST_DIMENSIONS = 6
LARGEST_COUNT = 10**12
LARGEST_TABLE = 20_000


class BadTable(ValueError):
    """A sentence about a table that cannot be used."""


@dataclass(frozen=True, eq=False)
class Shape:
    """The dimensions of a table and their levels. An array over it has one place more on each axis: the total, last."""

    dims: tuple[str, ...]
    levels: tuple[tuple[str, ...], ...]

    @property
    def extent(self) -> tuple[int, ...]:
        return tuple(len(one) + 1 for one in self.levels)

    def labels(self, place: Sequence[int]) -> tuple[str, ...]:
        """This will give the level of each dimension at a place, the total by its word."""
        return tuple(TOTAL if at == len(names) else names[at] for at, names in zip(place, self.levels, strict=True))

    def key(self, place: Sequence[int]) -> Key:
        """This will give what the number at a place counts, the same for every table that shows it."""
        return frozenset((dim, names[at]) for dim, at, names in zip(self.dims, place, self.levels, strict=True) if at < len(names))

    def places(self) -> Iterable[tuple[int, ...]]:
        """This will give every place in the order of a flattened array."""
        return product(*(range(size) for size in self.extent))


@dataclass(frozen=True, eq=False)
class Table(Shape):
    """True counts of people or events, whole numbers >= 0, totals included: counts[n1 + 1, ..., nd + 1].

    left_out: cells of the same shape that are not published, though their sums hold. must_show: cells that may not be hidden. None: no
    such cells.
    """

    counts: Whole
    left_out: Truth | None = None
    must_show: Truth | None = None


@dataclass(frozen=True, eq=False)
class Published(Shape):
    """What readers have seen: counts as in Table, HIDDEN where a number is held back, ABSENT where it was no part.

    name: where it stood. most: the largest that readers were told a hidden number can be ("<5"), of the same shape, -1 where nothing was.
    """

    counts: Whole
    name: str = ""
    most: Whole | None = None


def table_of(rows: Any, dims: Sequence[str], count: str = "n") -> Table:
    """This will build a table with all totals from rows (mappings, or a Polars frame) with one column a dimension and one of counts.

    A combination that no row has counts 0. The levels stand in the order in which they are met. Raises BadTable on a cell given twice,
    a count that is not a whole number from 0 up, no rows or no dimensions.
    """
    levels: list[dict[str, int]] = [{} for _ in dims]
    found: dict[tuple[int, ...], int] = {}
    named: Iterable[Mapping[str, Any]] = rows.iter_rows(named=True) if hasattr(rows, "iter_rows") else rows
    for number, row in enumerate(named, start=1):
        try:
            place = tuple(known.setdefault(str(row[dim]), len(known)) for dim, known in zip(dims, levels, strict=True))
            value = row[count]
        except KeyError as absent:
            raise BadTable(f"Række {number} mangler kolonnen »{absent.args[0]}«.") from None
        if isinstance(value, bool) or not isinstance(value, int | np.integer) or not 0 <= value <= LARGEST_COUNT:
            raise BadTable(f"Række {number}, kolonne »{count}«: »{value}« er ikke et antal. Skriv et helt tal fra 0 og op.")
        if place in found:
            raise BadTable(f"Række {number}: {_listed(row, dims)} står to gange. Læg rækkerne sammen, eller slet den ene.")
        found[place] = int(value)
    _check_size([len(known) for known in levels])
    inner = np.zeros([len(known) for known in levels], dtype=np.int64)
    for place, value in found.items():
        inner[place] = value
    return with_totals(dims, [tuple(known) for known in levels], inner)


def with_totals(dims: Sequence[str], levels: Sequence[Sequence[str]], inner: npt.ArrayLike) -> Table:
    """This will add all totals to the counts inside a table, inner[n1, ..., nd]. Raises BadTable."""
    counts = np.asarray(inner, dtype=np.int64)
    _check_size(counts.shape)
    if len(set(dims)) != len(dims) or len(dims) != counts.ndim or counts.shape != tuple(len(one) for one in levels):
        raise BadTable("Tabellens dimensioner passer ikke med dens tal. Hver dimension skal have sit eget navn og sine egne niveauer.")
    if any(len(set(one)) != len(one) for one in levels):
        raise BadTable("Et niveau står to gange i den samme dimension. Giv dem hver sit navn.")
    if counts.min() < 0 or counts.max() > LARGEST_COUNT:
        raise BadTable("Et antal er under 0 eller alt for stort. Skriv hele tal fra 0 og op.")
    for axis in range(counts.ndim):
        counts = np.concatenate([counts, counts.sum(axis=axis, keepdims=True)], axis=axis)
    return Table(tuple(dims), tuple(tuple(one) for one in levels), counts)


def seen(table: Table, hidden: Truth, name: str = "") -> Published:
    """This will give a table as its readers see it. hidden: [n1 + 1, ..., nd + 1]."""
    counts = np.where(hidden, HIDDEN, table.counts)
    if table.left_out is not None:
        counts = np.where(table.left_out, ABSENT, counts)
    return Published(table.dims, table.levels, counts, name)


def digest_of_tables(tables: Iterable[Table | Published]) -> str:
    """This will give the SHA-256 of tables. Small counts can be guessed until it fits: never show one made of what is hidden."""
    parts: list[object] = []
    for one in tables:
        parts += [list(one.dims), [list(names) for names in one.levels], one.counts]
    return digest_of(*parts)


def _check_size(sizes: Sequence[int]) -> None:
    if not sizes or min(sizes) == 0:
        raise BadTable("Tabellen er tom. Der skal være mindst én dimension og én række med et antal.")
    if len(sizes) > MOST_DIMENSIONS:
        raise BadTable(f"Tabellen har {len(sizes)} dimensioner. Brug højst {MOST_DIMENSIONS} ad gangen.")
    cells = 1
    for size in sizes:
        cells *= size + 1
    if cells > LARGEST_TABLE:
        most = f"{LARGEST_TABLE:,}".replace(",", ".")
        raise BadTable(f"Tabellen har over {most} celler med totaler. Del den op, for eksempel efter region, eller slå grupper sammen.")


def _listed(row: Mapping[str, Any], dims: Sequence[str]) -> str:
    return "»" + ", ".join(str(row[dim]) for dim in dims) + "«"
