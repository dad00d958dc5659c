"""Results as plain numbers and words that are the same bytes every time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

_DIGITS = 12


def rounded(value: Any) -> Any:
    """This will round every number to 12 significant digits, so that another machine's last bit does not change the file."""
    if isinstance(value, float):
        return float(f"{value:.{_DIGITS}g}") + 0.0
    if isinstance(value, Mapping):
        return {key: rounded(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(one) for one in value]
    return value


def pairs_digest(pairs: Mapping[str, str]) -> str:
    """This will give the SHA-256 of a mapping of names, whatever order it came in."""
    return hashlib.sha256(json.dumps(sorted(pairs.items()), ensure_ascii=True).encode()).hexdigest()
