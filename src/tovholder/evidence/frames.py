"""Tidy frames as arrays: one row for each area, one column for each band or group, nothing doubled and nothing silently missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from tovholder.evidence.results import Real

if TYPE_CHECKING:
    import polars as pl

Key = tuple[Any, ...]


@dataclass(frozen=True, eq=False)
class Grid:
    """Values by row and column. rows, columns: their keys; values[name]: [rows, columns], NaN where the frame has none.

    present: [rows, columns], false where the frame has no such row at all, which is not the same as a row with an empty field.
    """

    rows: tuple[Key, ...]
    columns: tuple[Key, ...]
    values: Mapping[str, Real]
    present: npt.NDArray[np.bool_]


def grid(
    frame: pl.DataFrame,
    rows: Sequence[str],
    columns: Sequence[str],
    values: Sequence[str],
    *,
    order: Mapping[str, Sequence[Any]] | None = None,
    missing: Literal["refuse", "blank"] = "refuse",
    first_row: int = 1,
) -> Grid:
    """This will lay a tidy frame out as arrays [rows, columns], one for each name in `values`. Raises ValueError with a sentence.

    rows, columns: names of the frame's columns that together tell each of its rows apart; either may be empty, which gives one row or
    one column. Keys come in the order they first appear, or as `order` says for a column that has one, such as ages or social groups.
    missing: whether a combination that is not there is refused, or left blank. first_row: the number that a person sees at the
    frame's first row (2 below headings in a spreadsheet). Source: tidy data, Wickham, Journal of Statistical Software 59 (2014).
    """
    for name in (*rows, *columns, *values):
        if name not in frame.columns:
            raise ValueError(f"Kolonnen »{name}« mangler. Her er {', '.join(f'»{one}«' for one in frame.columns) or 'ingen kolonner'}.")
    row_keys, row_place = _places(frame, rows, order or {}, first_row)
    column_keys, column_place = _places(frame, columns, order or {}, first_row)
    cell = row_place * len(column_keys) + column_place
    size = len(row_keys) * len(column_keys)
    seen = np.bincount(cell, minlength=size)
    if (seen > 1).any():
        _refuse_doubled(cell, seen, row_keys, column_keys, first_row)
    if missing == "refuse" and (seen == 0).any():
        place = int(np.argmin(seen > 0))
        told = _told(row_keys[place // len(column_keys)], column_keys[place % len(column_keys)])
        raise ValueError(f"Der mangler en række for {told}. Tilføj den, eller lad feltet stå tomt i rækken, hvis tallet er ukendt.")
    laid = {}
    for name in values:
        held = np.full(size, np.nan)
        held[cell] = _numbers(frame, name, first_row)
        laid[name] = held.reshape(len(row_keys), len(column_keys))
    return Grid(row_keys, column_keys, laid, (seen > 0).reshape(len(row_keys), len(column_keys)))


def _places(
    frame: pl.DataFrame, names: Sequence[str], order: Mapping[str, Sequence[Any]], first_row: int
) -> tuple[tuple[Key, ...], np.ndarray[Any, np.dtype[np.int64]]]:
    """The distinct keys in order, and which of them each row of the frame has."""
    if not names:
        return ((),), np.zeros(frame.height, dtype=np.int64)
    for name in names:
        held = frame.get_column(name)
        if held.null_count():
            row = int(held.is_null().arg_max() or 0)
            raise ValueError(f"Række {row + first_row}, kolonne »{name}«: feltet er tomt. Skriv, hvad rækken handler om.")
    keys = frame.select(names).rows()
    found = list(dict.fromkeys(keys))
    if any(name in order for name in names):
        ranked = [{one: place for place, one in enumerate(order[name])} if name in order else None for name in names]
        for row, key in enumerate(keys):
            for name, one, rank in zip(names, key, ranked, strict=True):
                if rank is not None and one not in rank:
                    known = ", ".join(f"»{allowed}«" for allowed in order[name])
                    raise ValueError(f"Række {row + first_row}, kolonne »{name}«: vi kender ikke »{one}«. Skriv en af {known}.")
        appeared = {key: place for place, key in enumerate(found)}
        found.sort(key=lambda key: tuple(appeared[key] if rank is None else rank[one] for one, rank in zip(key, ranked, strict=True)))
    place_of = {key: place for place, key in enumerate(found)}
    return tuple(found), np.fromiter((place_of[key] for key in keys), dtype=np.int64, count=len(keys))


def _numbers(frame: pl.DataFrame, name: str, first_row: int) -> Real:
    import polars as pl

    held = frame.get_column(name)
    if not held.dtype.is_numeric() and held.dtype != pl.Null:
        text = held.cast(pl.String, strict=False)
        read = text.cast(pl.Float64, strict=False)
        wrong = read.is_null() & text.is_not_null()
        if wrong.any():
            row = int(wrong.arg_max() or 0)
            raise ValueError(f"Række {row + first_row}, kolonne »{name}«: »{text[row]}« er ikke et tal.")
        held = read
    found: Real = held.cast(pl.Float64).fill_null(np.nan).to_numpy()
    if np.isinf(found).any():
        row = int(np.argmax(np.isinf(found)))
        raise ValueError(f"Række {row + first_row}, kolonne »{name}«: tallet er uendeligt. Skriv et almindeligt tal.")
    return found


def _refuse_doubled(
    cell: np.ndarray[Any, np.dtype[np.int64]],
    seen: np.ndarray[Any, np.dtype[np.int64]],
    rows: tuple[Key, ...],
    columns: tuple[Key, ...],
    first_row: int,
) -> None:
    place = int(np.argmax(seen > 1))
    first, second = (int(row) + first_row for row in np.flatnonzero(cell == place)[:2])
    told = _told(rows[place // len(columns)], columns[place % len(columns)])
    raise ValueError(f"Række {second}: {told} står også i række {first}. Slet den ene.")


def _told(row: Key, column: Key) -> str:
    return ", ".join(f"»{one}«" for one in (*row, *column)) or "det hele"
