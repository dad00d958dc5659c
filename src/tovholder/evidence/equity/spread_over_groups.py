"""Figures of groups with their sizes and standard errors, as every measure of spread between groups takes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from tovholder.evidence.equity.inputs import blanks, counts, divided, normal, numbers, together
from tovholder.evidence.results import Codes, Estimates, Real, Why

Limits = Literal["plain", "log", "not_negative"]


@dataclass(frozen=True, eq=False)
class Groups:
    """share, figure, error: [..., groups]; a group without people has share 0; mean: weighted, [...]; size: how many have people."""

    people: Real
    share: Real
    figure: Real
    error: Real | None
    mean: Real
    used: npt.NDArray[np.bool_]
    why: Codes

    @property
    def inputs(self) -> tuple[Real, ...]:
        """What a digest of the calculation rests on."""
        return (self.people, self.figure) if self.error is None else (self.people, self.figure, self.error)

    @property
    def size(self) -> npt.NDArray[np.int64]:
        return np.asarray(np.maximum(self.used.sum(axis=-1), 1))


def groups_of(pop: npt.ArrayLike, value: npt.ArrayLike, se: npt.ArrayLike | None, *, fewest: int = 2) -> Groups:
    """This will read groups' people, values and standard errors, [..., groups]; raises ValueError.

    Blank areas: a missing value in a group that has people, nobody at all, fewer groups than `fewest`.
    """
    people, figure = together(pop=counts("pop", pop), value=numbers("value", value))
    if not figure.ndim:
        raise ValueError("»value« skal have en værdi for hver gruppe.")
    error = None if se is None else together(pop=people, se=counts("se", se))[1]
    used = people > 0
    unknown = np.isnan(figure) if error is None else np.isnan(figure) | np.isnan(error)
    reasons = {
        Why.MISSING: (np.isnan(people) | (used & unknown)).any(axis=-1),
        Why.NO_POPULATION: ~used.any(axis=-1),
        Why.NOT_DEFINED: used.sum(axis=-1) < fewest,
    }
    why = blanks(figure.shape[:-1], reasons)
    kept = used & (why == Why.SHOWN)[..., None]
    held = np.where(kept, people, 0.0)
    share = np.where(kept, divided(held, held.sum(axis=-1, keepdims=True)), 0.0)
    # A group that does not count gets the mean, so that it adds nothing to any distance.
    mean = (share * np.where(kept, figure, 0.0)).sum(axis=-1)
    filled = np.where(kept, figure, mean[..., None])
    return Groups(held, share, filled, None if error is None else np.where(kept, error, 0.0), mean, kept, why)


def curve(parts: Real) -> Real:
    """This will sum the parts of the last axis from 0 up: [..., groups + 1]."""
    return np.concatenate([np.zeros_like(parts[..., :1]), np.cumsum(parts, axis=-1)], axis=-1)


def measured(
    groups: Groups,
    told: tuple[str, str, Mapping[str, Any], str],
    value: Real,
    gradient: Real | None,
    conf: float,
    limits: Limits = "plain",
    *,
    error: Real | None = None,
    defined: npt.ArrayLike = True,
) -> Estimates:
    """This will give one measure with limits by the delta method; without standard errors the limits are blank.

    told: method, version, parameters and digest. gradient: [..., groups], how much the measure moves with each group's value;
    error: the measure's own standard error where it is found another way. defined: [...], where the measure has a meaning.
    """
    if error is None and groups.error is not None and gradient is not None:
        error = np.sqrt(((gradient * groups.error) ** 2).sum(axis=-1))
    half = normal(conf) * (np.full(value.shape, np.nan) if error is None else error)
    if limits == "log":
        factor = np.exp(divided(half, value))
        low, high = value / factor, value * factor
    else:
        low, high = value - half, value + half
        low = np.maximum(low, 0.0) if limits == "not_negative" else low
    undefined = ~np.broadcast_to(np.asarray(defined, dtype=bool), value.shape) | ~np.isfinite(value)
    why = np.where((groups.why == Why.SHOWN) & undefined, np.int8(Why.NOT_DEFINED), groups.why)
    value, low, high = (np.where(why == Why.SHOWN, one, np.nan) for one in (value, low, high))
    return Estimates(*told, value, low, high, conf, why)
