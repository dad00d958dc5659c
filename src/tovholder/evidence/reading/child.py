"""The child's side of reading: one file in, plain arrays or a sentence out. Run by `limited` with limits, never by people."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from tovholder.evidence.reading.shapes import Unreadable


def main(arguments: list[str]) -> None:
    """This will read the file of the kind named and write the answer to standard output."""
    # A pool of threads costs memory that the limit counts.
    os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"
    kind, path = arguments[0], Path(arguments[1])
    parts: list[bytes] = []
    try:
        told = _votes(path, parts) if kind == "votes" else _small(kind, path)
    except Unreadable as sentence:
        told = {"unreadable": str(sentence)}
    heading = json.dumps(told, ensure_ascii=True).encode()
    out = sys.stdout.buffer
    out.write(len(heading).to_bytes(8, "little") + heading)
    for part in parts:
        out.write(part)
    out.flush()


def _votes(path: Path, parts: list[bytes]) -> dict[str, Any]:
    from tovholder.evidence.reading.votes import read_votes_table

    coded, notices = read_votes_table(path)
    parts += [coded.person.astype("<i4").tobytes(), coded.thing.astype("<i4").tobytes(), coded.answer.astype("i1").tobytes()]
    kind = "" if coded.at is None else "<f8" if coded.at.dtype.kind == "f" else "<i8"
    if coded.at is not None:
        parts.append(coded.at.astype(kind).tobytes())
    told = {"participants": coded.people, "statements": coded.things, "count": int(coded.answer.size), "at": kind}
    return {**told, "notices": notices}


def _small(kind: str, path: Path) -> dict[str, Any]:
    from tovholder.evidence.reading import measurements, small

    readers = {
        "measurements": measurements.read_measurements,
        "sectors": small.read_sectors,
        "groups": small.read_groups,
        "statements": small.read_statements,
        "texts": small.read_texts,
        "labels": small.read_labels,
    }
    return readers[kind](path)


if __name__ == "__main__":
    main(sys.argv[1:])
