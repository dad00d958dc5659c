"""What every calculation hands back: figures that say how, from what and how surely they were found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt

Real = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int8]


class Why(IntEnum):
    """Why a figure is blank; zero means that it is not."""

    SHOWN = 0
    MISSING = 1
    NO_POPULATION = 2
    TOO_FEW_EVENTS = 3
    TOO_UNCERTAIN = 4
    NOT_DEFINED = 5
    SUPPRESSED = 6


@dataclass(frozen=True, eq=False)
class Described:
    """The method, its version, the choices made, and the SHA-256 of what went in."""

    method: str
    version: str
    parameters: Mapping[str, Any]
    digest: str


@dataclass(frozen=True, eq=False)
class Estimates(Described):
    """Figures with their limits: value, low and high of one shape; NaN where blank, and `why` says why it is."""

    value: Real
    low: Real
    high: Real
    conf: float
    why: Codes = field(default_factory=lambda: np.zeros(0, dtype=np.int8))


def digest_of(*inputs: Any) -> str:
    """This will give the SHA-256 of arrays and plain values, shape and type included: the same inputs, the same 64 signs."""
    found = hashlib.sha256()
    for one in inputs:
        if isinstance(one, np.ndarray):
            array = np.ascontiguousarray(one)
            # A blank is a blank whatever bits it carries, and minus zero is zero.
            if array.dtype.kind == "f":
                array = np.where(np.isnan(array), np.nan, array) + 0.0
            if array.dtype.kind in "OU":
                found.update(json.dumps([array.shape, array.ravel().tolist()], ensure_ascii=True).encode())
                continue
            found.update(f"{array.dtype.str}{array.shape}".encode())
            found.update(array.tobytes())
        else:
            found.update(json.dumps(one, sort_keys=True, ensure_ascii=True, default=_plain).encode())
        found.update(b"\0")
    return found.hexdigest()


def _plain(one: Any) -> Any:
    if isinstance(one, np.generic):
        return one.item()
    raise TypeError(f"a digest cannot be made of {type(one).__name__}")
