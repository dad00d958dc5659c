"""The parent's side of reading measurements: a file goes to a limited child process, rows and sentences come back."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tovholder.confined import Stopped, run_limited
from tovholder.formats.measurements.sentences import Refused, rest_of
from tovholder.formats.measurements.shapes import UnreadableTable

__all__ = ["ReadMeasurements", "Refused", "UnreadableTable", "read_measurements"]

LARGEST = 200 << 20
MEMORY = 3 << 30
PROCESSOR_SECONDS = 90
WALL_SECONDS = 120
_TOO_LARGE = "Filen er større end 200 MB. Del den op, for eksempel i et år ad gangen."


@dataclass(frozen=True)
class ReadMeasurements:
    """What was read: accepted rows as Parquet bytes, the first refused cells with their sentences, and what the owner should know.

    The frame has row, place, period_from, period_until (half-open days), breakdown, group, sex, age, indicator, vintage, numerator,
    denominator, value, low, high (null where blank or suppressed), numerator_suppressed, denominator_suppressed, value_suppressed
    and unit ("%" or null). `refused_count` counts rows, `refused_kinds` cells; `columns` pairs each heading with what it was read as.
    """

    frame_bytes: bytes
    rows: int
    refused: tuple[Refused, ...]
    refused_count: int
    refused_kinds: dict[str, int]
    notices: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    sheet: str
    digest: str
    kind: str

    @property
    def refused_rest(self) -> str:
        """This will say how many refused cells of each kind are not listed, or nothing when all are."""
        listed = Counter("number" if one.kind == "error" else one.kind for one in self.refused)
        return rest_of({kind: count - listed[kind] for kind, count in self.refused_kinds.items()})


def read_measurements(source: Path | bytes, name: str) -> ReadMeasurements:
    """This will read a table of measurements in a limited child; raises UnreadableTable with a sentence when it cannot be read."""
    if (source.stat().st_size if isinstance(source, Path) else len(source)) > LARGEST:
        raise UnreadableTable(_TOO_LARGE)
    content, path = (b"", [str(source.resolve())]) if isinstance(source, Path) else (source, [])
    arguments = ["tovholder.formats", "measurements", name.replace("\0", "")[:200], *path]
    try:
        output = run_limited(arguments, content, memory=MEMORY, processor=PROCESSOR_SECONDS, wall=WALL_SECONDS)
    except Stopped as stopped:
        if stopped.reason == "time":
            raise UnreadableTable("Filen tog for lang tid at læse. Del den op, for eksempel i et år ad gangen.") from None
        raise UnreadableTable("Filen kunne ikke læses uden fare. Gem den igen i det program, den kommer fra, og prøv.") from None
    return _read(output)


def _read(output: bytes) -> ReadMeasurements:
    length = int.from_bytes(output[:8], "little")
    summary = json.loads(output[8 : 8 + length])
    if "unreadable" in summary:
        raise UnreadableTable(summary["unreadable"])
    return ReadMeasurements(
        frame_bytes=output[8 + length :],
        rows=summary["rows"],
        refused=tuple(Refused(**one) for one in summary["refused"]),
        refused_count=summary["refused_count"],
        refused_kinds=summary["refused_kinds"],
        notices=tuple(summary["notices"]),
        columns=tuple((heading, role) for heading, role in summary["columns"]),
        sheet=summary["sheet"],
        digest=summary["digest"],
        kind=summary["kind"],
    )
