"""Large files of votes, read by DuckDB. It may open the one file and nothing else; whatever is not plain is left to the careful way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tovholder.evidence.reading.codes import Coded, Codes, Numbers
from tovholder.evidence.reading.shapes import Unreadable, answer_of
from tovholder.evidence.reading.table import Source

if TYPE_CHECKING:
    import duckdb

_MOST_ANSWERS = 200
_UNANSWERED = 2
_GLOB = frozenset("*?[]{}")
_LONGEST_LINE = 1 << 20


def open_for(path: Path, *, memory: int = 1 << 30) -> duckdb.DuckDBPyConnection:
    """This will give a DuckDB that can read this file alone: no other file, no folder, no network, no extension, and no way back."""
    import duckdb

    connection = duckdb.connect(
        ":memory:",
        config={
            "threads": 1,
            "memory_limit": f"{memory >> 20}MiB",
            "temp_directory": "",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "allow_community_extensions": "false",
            "python_enable_replacements": "false",
        },
    )
    connection.execute(f"SET allowed_paths = [{_quoted(path)}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def quick(source: Source, columns: Mapping[str, int], *, memory: int = 1 << 30) -> Coded | None:
    """This will read votes in the long form, or give None when the file has anything that needs a closer look."""
    import duckdb

    if source.encoding != "utf-8-sig" or _GLOB & set(str(source.path.resolve())) or _ends_in_a_long_line(source.path):
        return None
    try:
        with open_for(source.path, memory=memory) as connection:
            return _read(connection, source, columns)
    except (duckdb.Error, Unreadable, UnicodeError):
        return None


def _ends_in_a_long_line(path: Path) -> bool:
    """DuckDB refuses a line longer than its buffer, but leaves it out without a word when it is the file's last one."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(size - _LONGEST_LINE, 0))
        end = file.read().rstrip(b"\r\n")
    return size > _LONGEST_LINE and b"\n" not in end and b"\r" not in end


def _read(connection: duckdb.DuckDBPyConnection, source: Source, columns: Mapping[str, int]) -> Coded | None:
    table = _table(source)
    roles = {role: f"c{columns[role]}" for role in ("participant", "statement", "vote", "at") if role in columns}
    whole = {role: f"TRY_CAST({cell} AS BIGINT)" for role, cell in roles.items()}
    plain = ", ".join(f"bool_and(coalesce({whole[role]}::VARCHAR = {roles[role]}, false))" for role in roles)
    # Only column numbers and the file's own quoted name are put into the questions.
    found = connection.execute(f"SELECT {plain} FROM {table}").fetchall()  # noqa: S608
    numbers = dict(zip(roles, found[0], strict=True))
    if not numbers.get("at", True):
        return None
    # Looking a million names up costs ten times what reading a number does.
    named = [role for role in roles if role != "at" and not (numbers[role] and role != "vote")]
    for role in named:
        connection.execute(f"CREATE TYPE {role}_name AS ENUM (SELECT DISTINCT {roles[role]} FROM {table} ORDER BY 1)")  # noqa: S608
    asked = [f"enum_code({roles[role]}::{role}_name) AS {role}" if role in named else f"{whole[role]} AS {role}" for role in roles]
    rows = connection.execute(f"SELECT {', '.join(asked)} FROM {table}").fetchnumpy()  # noqa: S608
    if any(isinstance(column, np.ma.MaskedArray) for column in rows.values()):
        return None

    def names(role: str) -> tuple[list[str], Numbers]:
        if role not in named:
            used, codes = _distinct(rows[role])
            return [str(number) for number in used.tolist()], codes
        return [raw for (raw,) in connection.execute(f"SELECT unnest(enum_range(NULL::{role}_name))").fetchall()], rows[role]

    answers, answer = names("vote")
    if len(answers) > _MOST_ANSWERS:
        return None
    given = [answer_of(raw) for raw in answers]
    answer = np.array([_UNANSWERED if one is None else one for one in given], "i1")[answer]
    kept = answer != _UNANSWERED
    people, person = _coded(*names("participant"))
    things, thing = _coded(*names("statement"))
    at = np.asarray(rows["at"], "i8")[kept] if "at" in roles else None
    return Coded(people, things, person[kept], thing[kept], answer[kept], np.zeros(0, "i4"), at, int(answer.size - kept.sum()))


def _coded(names: Sequence[str], codes: Numbers) -> tuple[list[str], Numbers]:
    known = Codes("-")
    return known.names, np.array([known.add(raw) for raw in names] or [0], "i4")[codes]


def _distinct(numbers: Numbers) -> tuple[Numbers, Numbers]:
    low, high = (int(numbers.min()), int(numbers.max())) if numbers.size else (0, 0)
    if high - low > 4 * numbers.size:
        return np.unique(numbers, return_inverse=True)
    met = np.zeros(high - low + 1, bool)
    met[numbers - low] = True
    used = np.flatnonzero(met)
    return used + low, (np.cumsum(met) - 1)[numbers - low]


def _table(source: Source) -> str:
    columns = ", ".join(f"'c{n}': 'VARCHAR'" for n in range(len(source.headings)))
    # No text stands for null: an empty cell and a missing one are read as they are.
    written = f"delim = '{source.separator}', quote = '\"', escape = '\"', nullstr = chr(1), header = true, auto_detect = false"
    return f"read_csv({_quoted(source.path)}, {written}, columns = {{{columns}}})"


def _quoted(path: Path) -> str:
    text = str(path.resolve()).replace("'", "''")
    return f"'{text}'"
