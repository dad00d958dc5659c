"""The child's side of reading: one table in, its accepted rows as Parquet and a summary, or a sentence, out."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

from tovholder.formats.measurements.shapes import UnreadableTable


def answered(name: str, path: str, source: BinaryIO, target: BinaryIO) -> None:
    """This will read the table at a path, or from the source when there is none, and write the length of the summary, it, and the rows."""
    rows = b""
    try:
        summary, rows = _taken(_content(path, source), name)
    except UnreadableTable as sentence:
        summary = {"unreadable": str(sentence)}
    heading = json.dumps(summary, ensure_ascii=True).encode()
    target.write(len(heading).to_bytes(8, "little") + heading)
    target.write(rows)
    target.flush()


def _content(path: str, source: BinaryIO) -> bytes:
    return Path(path).read_bytes() if path else source.read()


def _taken(content: bytes, name: str) -> tuple[dict[str, object], bytes]:
    import io

    from tovholder.formats.measurements.taking import take_measurements

    taken = take_measurements(content)
    written = io.BytesIO()
    taken.frame.write_parquet(written, compression="zstd", statistics=False)
    return {
        "name": name,
        "kind": taken.kind,
        "rows": taken.frame.height,
        "refused": [asdict(one) for one in taken.refused],
        "refused_count": taken.refused_rows,
        "refused_kinds": taken.refused_kinds,
        "notices": list(taken.notices),
        "columns": [list(pair) for pair in taken.columns],
        "sheet": taken.sheet,
        "digest": taken.digest,
    }, written.getvalue()
