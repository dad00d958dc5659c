"""The child's side: one file in, added-up numbers, a release that was tried, or a sentence out. Run with limits, never by people."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from tovholder.evidence.reading.shapes import Unreadable


def main(arguments: list[str]) -> None:
    """This will read the file as asked and write the answer to standard output."""
    # A pool of threads costs memory that the limit counts.
    os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"
    asked = json.loads(arguments[0])
    try:
        told = _admitted(asked, sys.stdin.buffer.read()) if asked["kind"] == "release" else _told(asked, Path(arguments[1]))
    except Unreadable as sentence:
        told = {"unreadable": str(sentence)}
    heading = json.dumps(told, ensure_ascii=True).encode()
    out = sys.stdout.buffer
    out.write(len(heading).to_bytes(8, "little") + heading)
    out.flush()


def _told(asked: dict[str, Any], path: Path) -> dict[str, Any]:
    from tovholder.evidence.disclosure import counting, laid_out

    if asked["kind"] == "counted":
        return counting.counted(path, asked["by"], asked["numerator"], asked["denominator"], persons=asked["persons"])
    return laid_out.laid_out(path, published=asked["kind"] == "published")


def _admitted(asked: dict[str, Any], content: bytes) -> dict[str, Any]:
    from tovholder.evidence.disclosure.accepting import check_release, read_release, release_of_bytes
    from tovholder.evidence.disclosure.admission import Unacceptable

    parts, begin = [], 0
    for size in asked["sizes"]:
        parts.append(content[begin : begin + size])
        begin += size
    try:
        known = [read_release(release_of_bytes(one)) for one in parts]
        found = release_of_bytes(content[begin:])
        check_release(found, known=known, threshold=asked["threshold"], zeros_small=asked["zeros_small"], changes=asked["changes"])
    except Unacceptable as sentence:
        return {"unacceptable": str(sentence)}
    return {"content": found}


if __name__ == "__main__":
    main(sys.argv[1:])
