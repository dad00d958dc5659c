"""The slope and relative index from counts: each group's figure and limits first, then the line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from tovholder.evidence.equity.inputs import check_choice, counts, divided, together
from tovholder.evidence.equity.proportions import wilson
from tovholder.evidence.equity.rates import garwood
from tovholder.evidence.equity.slope import Direction, Slope, slope
from tovholder.evidence.equity.slope_scales import Transform

_SURE = 0.95


def slope_of_counts(
    x: npt.ArrayLike,
    n: npt.ArrayLike,
    *,
    kind: Literal["rate", "proportion"] = "proportion",
    transform: Transform | None = None,
    conf: float | Sequence[float] = 0.95,
    multiplier: float = 1.0,
    direction: Direction = "top_minus_bottom",
) -> Slope:
    """This will give the SII and RII from x events of n persons or person-years: [..., groups], worst-off first. Raises ValueError.

    Each group's limits are Wilson's for proportions and exact Poisson for rates, at 95 %; the rest is `slope`. For a line on the log or
    logit scale a group without events leaves the area blank; `gradient` needs no such group left out.
    """
    check_choice("kind", kind, ("rate", "proportion"))
    events, of = together(x=counts("x", x), n=counts("n", n))
    figure = divided(events, of)
    low, high = wilson(events, of, _SURE) if kind == "proportion" else (divided(one, of) for one in garwood(events, _SURE))
    # A group without people has no figure, and none is needed.
    low, figure, high = (np.where(of == 0, np.nan, one) for one in (low, figure, high))
    shown: dict[str, Any] = {"multiplier": multiplier, "direction": direction}
    return slope(of, figure, low=low, high=high, kind=kind, transform=transform, conf=conf, limits_conf=_SURE, **shown)
