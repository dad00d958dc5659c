"""The marks that tables put where a figure may not be seen. Never zero, and never nothing."""

from __future__ import annotations

import re

MARKS = frozenset(
    (
        ".", "..", "...", "…", "*", "**", "x", ":", "for få til at vise", "for få", "diskretioneret", "skjult", "fortroligt", "hemmeligt",
        "suppressed", "hidden", "confidential",
    )
)  # fmt: skip
# Statistics Denmark writes a dash for none at all; many others write it for what is hidden. What it means, the reader of a table must say.
DASHES = frozenset(("-", "–", "—"))
BELOW = r"^(?:[<>≤≥]=?|&lt;|under|færre end|mindre end|less than|fewer than)\s*\d{1,3}\s*%?$"
_BELOW = re.compile(BELOW, re.ASCII)


def is_hidden(cell: str) -> bool:
    """This will tell whether a cell says that its figure may not be seen: a mark, or that it is below something."""
    plain = " ".join(cell.split()).casefold()
    return plain in MARKS or _BELOW.match(plain) is not None
