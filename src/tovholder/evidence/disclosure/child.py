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
        told = _of_release(asked, sys.stdin.buffer.read()) if asked["kind"] in ("release", "claimed") else _told(asked, Path(arguments[1]))
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


def _of_release(asked: dict[str, Any], content: bytes) -> dict[str, Any]:
    from tovholder.evidence.disclosure.admission import Unacceptable

    try:
        return _claimed(content) if asked["kind"] == "claimed" else _admitted(asked, content)
    except Unacceptable as sentence:
        return {"unacceptable": str(sentence)}


def _claimed(content: bytes) -> dict[str, Any]:
    """What a file says it is about: a stranger's file may say anything, and in any shape."""
    from tovholder.evidence.disclosure.accepting import LONGEST_TEXT, release_of_bytes
    from tovholder.evidence.disclosure.admission import Unacceptable

    found = release_of_bytes(content)
    indicator = found.get("indicator") if isinstance(found, dict) else None
    code = indicator.get("code") if isinstance(indicator, dict) else None
    period = found.get("period") if isinstance(found, dict) else None
    if not isinstance(code, str) or not isinstance(period, str) or max(len(code), len(period)) > LONGEST_TEXT:
        raise Unacceptable("Filen er ikke en udgivelse, vi kan læse. Lav den igen i jeres sikre miljø.")
    return {"code": code, "period": period}


def _admitted(asked: dict[str, Any], content: bytes) -> dict[str, Any]:
    from tovholder.evidence.disclosure.accepting import check_release, read_release, release_of_bytes

    parts, begin = [], 0
    for size in asked["sizes"]:
        parts.append(content[begin : begin + size])
        begin += size
    known = [read_release(release_of_bytes(one)) for one in parts]
    found = release_of_bytes(content[begin:])
    check_release(found, known=known, threshold=asked["threshold"], zeros_small=asked["zeros_small"], changes=asked["changes"])
    return {"content": found}


if __name__ == "__main__":
    main(sys.argv[1:])
