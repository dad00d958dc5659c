"""Results to files: all of a file or nothing, the same bytes every time, and never over what was read."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any


class Unwritable(Exception):
    """A sentence about where the result cannot be written."""


def check_place(out: Path, read: Iterable[Path | None]) -> None:
    """This will see that the result can be written there, before anything is calculated; raises Unwritable."""
    name = out.name or str(out)
    if out.is_dir():
        raise Unwritable(f"»{name}« er en mappe. Skriv navnet på den fil, resultatet skal stå i.")
    if not out.absolute().parent.is_dir():
        raise Unwritable(f"Mappen til »{name}« findes ikke. Lav den først, eller vælg en anden.")
    if any(source is not None and source.exists() and out.exists() and source.samefile(out) for source in read):
        raise Unwritable(f"»{name}« er en af de filer, der skal læses. Giv resultatet et andet navn.")


def as_json(result: Mapping[str, Any]) -> bytes:
    """This will write a result as JSON: keys sorted, letters as they are, the same bytes every time."""
    return (json.dumps(result, sort_keys=True, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode("utf-8")


def write(out: Path, content: bytes) -> None:
    """This will put the content in the file at once, so that a half written result is never read; raises Unwritable."""
    try:
        if out.exists() and not out.is_file():
            out.write_bytes(content)
            return
        with tempfile.NamedTemporaryFile(dir=out.absolute().parent, prefix=".tovholder-", delete=False) as file:
            file.write(content)
        half = Path(file.name)
        half.chmod(0o666 & ~_mask())
        half.replace(out)
    except OSError:
        raise Unwritable(f"Resultatet kan ikke skrives i »{out.name}«. Vælg en anden mappe.") from None


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
