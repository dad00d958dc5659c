"""Files with counts or persons, read by a limited child: what comes out is a table or a sentence, never a row about a person."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tovholder.evidence.disclosure.accepting import read_release, release_of_bytes
from tovholder.evidence.disclosure.admission import LARGEST, Unacceptable
from tovholder.evidence.disclosure.released import Release
from tovholder.evidence.disclosure.tables import Published, Table, with_totals
from tovholder.evidence.reading.limited import asked_of
from tovholder.evidence.reading.shapes import Unreadable, shown

LARGEST_TABLE_FILE = 64 << 20
LARGEST_PERSONS_FILE = 4 << 30
_CHILD = "tovholder.evidence.disclosure.child"


@dataclass(frozen=True, eq=False)
class Counted:
    """Numerators and denominators by the same dimensions, of one shape."""

    numerator: Table
    denominator: Table
    notices: tuple[str, ...]


def read_table(path: Path) -> tuple[Table, tuple[str, ...]]:
    """This will read a table of counts, tidy or crossed, with all its totals; raises Unreadable and BadTable."""
    told = _asked({"kind": "table"}, path, LARGEST_TABLE_FILE)
    counts = np.array(told["counts"], dtype=np.int64).reshape([len(one) + 1 for one in told["levels"]])
    inner = counts[tuple(slice(0, -1) for _ in told["levels"])]
    return with_totals(told["dims"], told["levels"], inner), tuple(told["notices"])


def read_published(path: Path) -> tuple[Published, tuple[str, ...]]:
    """This will read a table in which some numbers are held back; totals that do not stand there are absent. Raises Unreadable."""
    told = _asked({"kind": "published"}, path, LARGEST_TABLE_FILE)
    shape = [len(one) + 1 for one in told["levels"]]
    counts, most = (np.array(told[key], dtype=np.int64).reshape(shape) for key in ("counts", "most"))
    levels = tuple(tuple(one) for one in told["levels"])
    table = Published(tuple(told["dims"]), levels, counts, path.name, most if (most >= 0).any() else None)
    return table, tuple(told["notices"])


def read_counted(path: Path, *, by: Sequence[str], numerator: str, denominator: str | None, persons: bool) -> Counted:
    """This will read tidy counts, or one row for each person (0 or 1), and add them up by dimension; raises Unreadable and BadTable."""
    asked = {"kind": "counted", "by": list(by), "numerator": numerator, "denominator": denominator, "persons": persons}
    told = _asked(asked, path, LARGEST_PERSONS_FILE if persons else LARGEST_TABLE_FILE)
    shape = [len(one) for one in told["levels"]]
    tables = [
        with_totals(told["dims"], told["levels"], np.array(told[key], dtype=np.int64).reshape(shape))
        for key in ("numerator", "denominator")
    ]
    return Counted(tables[0], tables[1], tuple(told["notices"]))


def read_releases(paths: Sequence[Path]) -> list[Release]:
    """This will read earlier releases; raises Unreadable."""
    found = []
    for path in paths:
        if not path.is_file():
            raise Unreadable(f"Filen {shown(path.name)} findes ikke.")
        try:
            with path.open("rb") as file:
                content = file.read(LARGEST + 1)
        except OSError:
            raise Unreadable(f"Filen {shown(path.name)} kan ikke åbnes.") from None
        if len(content) > LARGEST:
            raise Unreadable(f"{shown(path.name)} fylder mere end {LARGEST >> 20} MB og er ikke en udgivelse.")
        try:
            found.append(read_release(release_of_bytes(content)))
        except Unacceptable as sentence:
            raise Unreadable(f"{shown(path.name)}: {sentence}") from None
    return found


def _asked(asked: Mapping[str, Any], path: Path, largest: int) -> dict[str, Any]:
    told, _ = asked_of((_CHILD, json.dumps(asked), str(path.absolute())), path, largest)
    return told
