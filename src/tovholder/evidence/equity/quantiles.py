"""Areas or persons in equally large groups by rank, such as fifths."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tovholder.evidence.equity.inputs import blanks, numbers
from tovholder.evidence.results import Codes, Described, Why, digest_of

VERSION = "1"


@dataclass(frozen=True, eq=False)
class Quantiles(Described):
    """group: [..., values], 1 to k, 0 where blank; why: why it is blank."""

    group: npt.NDArray[np.int64]
    why: Codes


def quantiles(values: npt.ArrayLike, k: int, *, invert: bool = False) -> Quantiles:
    """This will divide the values of the last axis in k groups by rank; group 1 has the lowest, or with `invert` the highest.
    Raises ValueError.

    values: [..., areas], NaN where missing. Equal values share the lowest rank and so the group. With fewer values than groups all are
    blank: not defined. Source: the Fingertips technical guidance of England (deciles of areas); counted in whole numbers throughout.
    """
    held = numbers("values", values)
    if isinstance(k, bool) or not isinstance(k, int | np.integer) or k < 2:
        raise ValueError(f"Antal grupper skal være et helt tal fra 2, ikke »{str(k)[:20]}«.")
    if not held.ndim:
        raise ValueError("»values« skal være en række af tal, ikke et enkelt.")
    missing = np.isnan(held)
    keyed = np.where(missing, np.inf, -held if invert else held)
    n = (~missing).sum(axis=-1, keepdims=True)
    order = np.sort(keyed, axis=-1)
    flat, sorted_flat = keyed.reshape(-1, keyed.shape[-1]), order.reshape(-1, keyed.shape[-1])
    lower = np.array([np.searchsorted(row, one, side="left") for row, one in zip(sorted_flat, flat, strict=True)], dtype=np.int64)
    rank = lower.reshape(held.shape) + 1
    # Ceiling of (n + 1 - rank) / (n / k) without decimals, so that a whole number never becomes one too many.
    from_the_top = -((-(n + 1 - rank) * k) // np.maximum(n, 1))
    group = np.maximum(k + 1 - from_the_top, 1)
    why = blanks(held.shape, {Why.MISSING: missing, Why.NOT_DEFINED: np.broadcast_to(n < k, held.shape)})
    asked = {"k": int(k), "invert": bool(invert)}
    digest = digest_of("quantiles", VERSION, asked, held)
    return Quantiles("quantiles-lowest-rank", VERSION, asked, digest, np.where(why == Why.SHOWN, group, 0), why)
