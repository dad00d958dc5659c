"""The parent's side of reading: a file's path goes to a limited child process, plain arrays come out and are checked again."""

from __future__ import annotations

import json
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tovholder.confined import Stopped, run_limited
from tovholder.evidence.reading.shapes import Unreadable, shown

if TYPE_CHECKING:
    from tovholder.evidence.opinion.votes import Votes

LARGEST_TABLE = 4 << 30
LARGEST_SMALL = 512 << 20
LARGEST_MEASUREMENTS = 128 << 20
_BASE_MEMORY = 2 << 30
_MOST_MEMORY = 12 << 30
_BASE_SECONDS = 30


@dataclass(frozen=True)
class ReadVotes:
    """Canonical votes, and what their owner should know about how the file was read."""

    votes: Votes
    notices: tuple[str, ...]


@dataclass(frozen=True)
class Texts:
    """Texts by id, in the order of the file, and the question each answers where the file tells."""

    ids: tuple[str, ...]
    texts: tuple[str, ...]
    questions: tuple[str, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True)
class Labels:
    """(id, label, coder, row in the file); an empty label is an answer too: read, and none fits."""

    rows: tuple[tuple[str, str, str, int], ...]
    notices: tuple[str, ...]


@dataclass(frozen=True)
class Measurements:
    """Columns by role, one entry for each row of the file: texts and numbers, None where there is none.

    columns: role and heading; row: each row's number in the spreadsheet; suppressed: role, and places whose number may not be shown.
    """

    columns: Mapping[str, str]
    row: tuple[int, ...]
    texts: Mapping[str, tuple[str | None, ...]]
    numbers: Mapping[str, tuple[float | None, ...]]
    suppressed: Mapping[str, tuple[int, ...]]
    notices: tuple[str, ...]


@dataclass(frozen=True)
class StatementRow:
    """What a file tells of a statement: its text, whether it is moderated out, and whether it tells about people only."""

    text: str
    moderated: bool
    meta: bool


def read_votes(path: Path) -> ReadVotes:
    """This will read a file of votes, long or wide; raises Unreadable with a sentence that names row and column."""
    told, rest = _asked("votes", path, LARGEST_TABLE)
    # After the child has found nothing wrong: loading the compiled loops takes longer than refusing a file.
    import numpy as np

    from tovholder.evidence.opinion.votes import votes_from_codes

    people, things, count, moments = told["participants"], told["statements"], int(told["count"]), told["at"]
    columns: list[Any] = []
    offset = 0
    for kind in ("<i4", "<i4", "i1", *([moments] if moments in ("<i8", "<f8") else [])):
        columns.append(np.frombuffer(rest, kind, count, offset))
        offset += columns[-1].nbytes
    person, thing, answer = columns[:3]
    # The compiled loops behind do not look again whether a number points to something that is there.
    if not (_below(person, len(people)) and _below(thing, len(things)) and _below(answer + 1, 3)):
        raise Unreadable(_NOT_SAFE.format(name=shown(path.name)))
    votes = votes_from_codes(people, things, person, thing, answer, columns[3] if len(columns) > 3 else None)
    return ReadVotes(votes, tuple(told["notices"]))


def read_sectors(path: Path) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """This will read which sector each participant speaks for, and notices; raises Unreadable."""
    told, _ = _asked("sectors", path, LARGEST_SMALL)
    return told["of"], tuple(told["notices"])


def read_groups(path: Path) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """This will read which group each participant is in, and notices; raises Unreadable."""
    told, _ = _asked("groups", path, LARGEST_SMALL)
    return told["of"], tuple(told["notices"])


def read_statements(path: Path) -> tuple[Mapping[str, StatementRow], tuple[str, ...]]:
    """This will read the statements' texts and marks, and notices; raises Unreadable."""
    told, _ = _asked("statements", path, LARGEST_SMALL)
    rows = {str(name): StatementRow(str(text), bool(out), bool(meta)) for name, (text, out, meta) in told["rows"].items()}
    return rows, tuple(told["notices"])


def read_texts(path: Path) -> Texts:
    """This will read texts with their ids; raises Unreadable."""
    told, _ = _asked("texts", path, LARGEST_SMALL)
    return Texts(tuple(told["ids"]), tuple(told["texts"]), tuple(told["questions"]), tuple(told["notices"]))


def read_labels(path: Path) -> Labels:
    """This will read the labels that coders gave; raises Unreadable."""
    told, _ = _asked("labels", path, LARGEST_SMALL)
    rows = tuple((str(one), str(label), str(coder), int(number)) for one, label, coder, number in told["rows"])
    return Labels(rows, tuple(told["notices"]))


def read_measurements(path: Path) -> Measurements:
    """This will read a table of measurements with Danish or English columns and numbers; raises Unreadable."""
    told, _ = _asked("measurements", path, LARGEST_MEASUREMENTS)
    texts = {str(role): tuple(one if one is None else str(one) for one in column) for role, column in told["texts"].items()}
    numbers = {str(role): tuple(one if one is None else float(one) for one in column) for role, column in told["numbers"].items()}
    suppressed = {str(role): tuple(int(place) for place in places) for role, places in told["suppressed"].items()}
    columns = {str(role): str(heading) for role, heading in told["columns"].items()}
    rows = tuple(int(number) for number in told["row"])
    return Measurements(columns, rows, texts, numbers, suppressed, tuple(told["notices"]))


_NOT_SAFE = "{name} kunne ikke læses uden fare. Gem den igen som CSV i det program, den kommer fra, og prøv."


def _asked(kind: str, path: Path, largest: int) -> tuple[dict[str, Any], memoryview]:
    return asked_of(("tovholder.evidence.reading.child", kind, str(path.absolute())), path, largest)


def asked_of(child: Sequence[str], path: Path, largest: int) -> tuple[dict[str, Any], memoryview]:
    """This will let a limited child (its module, then its arguments) read a file, and give what it tells; raises Unreadable."""
    size = _size(path)
    if size > largest:
        raise Unreadable(f"{shown(path.name)} fylder mere end {largest >> 20} MB. Del den op, og prøv igen.")
    seconds = _BASE_SECONDS + size // (1 << 20)
    memory = min(_BASE_MEMORY + 12 * size, _MOST_MEMORY)
    try:
        output = run_limited(child, b"", memory=memory, processor=seconds, wall=4 * seconds)
    except Stopped as stopped:
        if stopped.reason == "time":
            raise Unreadable(f"{shown(path.name)} tog for lang tid at læse. Del den op, og prøv igen.") from None
        if stopped.reason == "memory":
            raise Unreadable(f"{shown(path.name)} fylder for meget, når den læses. Del den op, og prøv igen.") from None
        raise Unreadable(_NOT_SAFE.format(name=shown(path.name))) from None
    view = memoryview(output)
    end = 8 + int.from_bytes(view[:8], "little")
    told: dict[str, Any] = json.loads(bytes(view[8:end]))
    if "unreadable" in told:
        raise Unreadable(told["unreadable"])
    return told, view[end:]


def _size(path: Path) -> int:
    name = shown(path.name or str(path))
    try:
        found = path.stat()
    except FileNotFoundError:
        raise Unreadable(f"Filen {name} findes ikke.") from None
    except (OSError, ValueError):
        raise Unreadable(f"Filen {name} kan ikke åbnes.") from None
    if stat.S_ISDIR(found.st_mode):
        raise Unreadable(f"{name} er en mappe. Vælg en fil.")
    if not stat.S_ISREG(found.st_mode):
        raise Unreadable(f"{name} er ikke en almindelig fil. Gem tabellen som CSV, og prøv igen.")
    try:
        with path.open("rb"):
            return found.st_size
    except OSError:
        raise Unreadable(f"Filen {name} kan ikke åbnes.") from None


def _below(numbers: Any, end: int) -> bool:
    return bool(numbers.size == 0 or (numbers.min() >= 0 and numbers.max() < end))
