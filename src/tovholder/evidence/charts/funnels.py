"""The funnel: places by their size and value, with the limits that chance draws around the target. Never a ranking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from tovholder.evidence.charts.discoveries import Discoveries, discoveries
from tovholder.evidence.charts.funnel_limits import (
    LEVELS,
    Kind,
    distances,
    normal_probability,
    poisson_limits,
    poisson_probability,
    proportion_limits,
    tails,
)
from tovholder.evidence.charts.overdispersion import (
    Overdispersion,
    Scale,
    Treatment,
    error_on_scale,
    off_scale,
    on_scale,
    overdispersion,
)
from tovholder.evidence.results import Codes, Described, Real, Why, digest_of

Widening = Literal["none", "additive", "multiplicative"]
METHOD, VERSION = "funnel", "1"
CURVE_POINTS = 60


@dataclass(frozen=True, eq=False)
class Funnel(Described):
    """value, size: [places], NaN where `why` tells; low, high: [places, levels], the limits at each place's own size.

    passed: [places], how many levels a place is outside, negative below; p: [places], two-sided; found: which places differ by limit and
    by false-discovery rate; curve_size [sizes], curve_low, curve_high [sizes, levels]: the same limits as smooth lines; spread: how much
    more than chance the places vary. Values, limits and the centre are times the multiplier; sizes are not.
    """

    kind: Kind
    centre: float
    levels: tuple[float, ...]
    value: Real
    size: Real
    low: Real
    high: Real
    passed: Codes
    p: Real
    found: Discoveries
    curve_size: Real
    curve_low: Real
    curve_high: Real
    spread: Overdispersion
    why: Codes


def funnel(
    kind: Kind,
    x: npt.ArrayLike,
    n: npt.ArrayLike,
    *,
    centre: float | None = None,
    levels: Sequence[float] = LEVELS,
    multiplier: float = 1.0,
    widening: Widening = "none",
    scale: Scale | None = None,
    treatment: Treatment = "winsorise",
    share: float = 0.1,
    rate: float = 0.05,
    fewest: float = 0,
    at: npt.ArrayLike | None = None,
) -> Funnel:
    """This will give a funnel: which places differ by more than chance carries a place of their size.

    x: [places], events; n: [places], persons ("proportion"), expected events ("ratio") or persons or person-years ("rate"); NaN where not
    known. centre: the target as a share, a ratio or a rate per unit of n; by default all places together (1 for a ratio). levels: 95 and
    99.8 % by default. multiplier: 100 for per cent; it never moves a limit. widening: "additive" lets places truly differ by tau squared,
    "multiplicative" by phi times the variance (Spiegelhalter); where places vary no more than chance both give the plain limits. scale,
    treatment, share: see overdispersion. rate: the false-discovery rate. fewest: places with fewer events are blank (10 for directly
    standardised rates, whose persons are events / rate). at: sizes for the curves. Raises ValueError for negative
    figures, shares above one, or arrays of different length. A place with n = 0 is blank, and so is one not known; never an error.
    Source: Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in Medicine 24 (2005) 1185.
    """
    if kind not in ("proportion", "ratio", "rate") or widening not in ("none", "additive", "multiplicative"):
        raise ValueError(
            f"Vi kender ikke »{kind}« med »{widening}«. Vælg proportion, ratio eller rate, og none, additive eller multiplicative."
        )
    events, sizes = _checked(kind, x, n)
    why = np.where(np.isnan(events) | np.isnan(sizes), Why.MISSING, np.where(sizes > 0, Why.SHOWN, Why.NO_POPULATION)).astype(np.int8)
    with np.errstate(invalid="ignore"):
        why = np.where(events < fewest, Why.TOO_FEW_EVENTS, why).astype(np.int8)
    shown = why == Why.SHOWN
    events, sizes = np.where(shown, events, np.nan), np.where(shown, sizes, np.nan)
    middle = _centre(kind, events, sizes, centre)
    value = events / sizes
    expected = sizes if kind != "rate" else sizes * middle
    chosen: Scale = scale or ("arcsine" if kind == "proportion" else "square_root")
    target = middle if kind != "rate" else 1.0
    spread = overdispersion(events, expected, target, scale=chosen, treatment=treatment, share=share)
    wider = widening if spread.present else "none"
    low, high = _limits(kind, middle, sizes, levels, wider, spread)
    p = _probability(kind, events, expected, value, middle, wider, spread)
    curve = _curve(sizes) if at is None else np.asarray(at, dtype=np.float64)
    curve_low, curve_high = _limits(kind, middle, curve, levels, wider, spread)
    sign = np.where(value > middle, 1, -1)
    with np.errstate(invalid="ignore"):
        outside = (p[:, None] <= 2 * tails(levels) * (1 + 1e-9)).sum(axis=1)
    return Funnel(
        method=METHOD,
        version=VERSION,
        parameters={
            "kind": kind,
            "centre": None if centre is None else float(centre),
            "levels": list(levels),
            "multiplier": multiplier,
            "widening": widening,
            "scale": chosen,
            "treatment": treatment,
            "share": share,
            "rate": rate,
            "fewest": fewest,
        },
        digest=digest_of(events, sizes),
        kind=kind,
        centre=middle * multiplier,
        levels=tuple(levels),
        value=value * multiplier,
        size=sizes,
        low=low * multiplier,
        high=high * multiplier,
        passed=np.where(shown, sign * outside, 0).astype(np.int8),
        p=p,
        found=discoveries(p, limit=float(2 * tails(levels).min()), rate=rate),
        curve_size=curve,
        curve_low=curve_low * multiplier,
        curve_high=curve_high * multiplier,
        spread=spread,
        why=why,
    )


def _checked(kind: Kind, x: npt.ArrayLike, n: npt.ArrayLike) -> tuple[Real, Real]:
    events, sizes = np.asarray(x, dtype=np.float64), np.asarray(n, dtype=np.float64)
    if events.shape != sizes.shape or events.ndim != 1:
        raise ValueError(f"Der er {events.size} tællere og {sizes.size} nævnere. Der skal være én af hver for hvert sted.")
    events, sizes = np.where(np.isfinite(events), events, np.nan), np.where(np.isfinite(sizes), sizes, np.nan)
    with np.errstate(invalid="ignore"):
        if (events < 0).any() or (sizes < 0).any():
            raise ValueError("Et antal er negativt. Antal kan ikke være under 0.")
        if kind == "proportion" and (events > sizes).any():
            raise ValueError("En tæller er større end sin nævner. En andel kan ikke være over 1.")
    return events, sizes


def _centre(kind: Kind, events: Real, sizes: Real, centre: float | None) -> float:
    if centre is not None:
        if not np.isfinite(centre) or centre < 0 or (kind == "proportion" and centre > 1):
            raise ValueError(f"Midten {centre} kan ikke bruges. Skriv en andel mellem 0 og 1, eller et tal over 0.")
        return float(centre)
    if kind == "ratio":
        return 1.0
    total = float(np.nansum(sizes))
    return float(np.nansum(events)) / total if total > 0 else np.nan


def _limits(
    kind: Kind, middle: float, sizes: Real, levels: Sequence[float], widening: Widening, spread: Overdispersion
) -> tuple[Real, Real]:
    if widening == "none":
        if kind == "proportion":
            return proportion_limits(middle, sizes, levels)
        if middle == 0:
            # Where nothing happens anywhere, chance carries nobody away from nothing.
            nothing = np.where((sizes > 0)[..., None], 0.0, np.nan) * tails(levels)
            return nothing, nothing
        low, high = poisson_limits(sizes * middle, levels)
        return low * middle, high * middle
    # On the scale a rate is its ratio to the centre; back from it, it is a rate again.
    back = middle if kind == "rate" else 1.0
    error = error_on_scale(sizes * back, spread.scale)[..., None]
    wide = np.sqrt(error**2 + spread.tau2) if widening == "additive" else error * np.sqrt(max(spread.phi, 1.0))
    at, reach = on_scale(spread.target, spread.scale), distances(levels) * wide
    return off_scale(at - reach, spread.scale) * back, off_scale(at + reach, spread.scale) * back


def _probability(kind: Kind, events: Real, expected: Real, value: Real, middle: float, widening: Widening, spread: Overdispersion) -> Real:
    if middle == 0:
        # Nothing anywhere: no place differs from the others, and one that did would be certain to.
        return np.where(np.isnan(value), np.nan, np.where(value > 0, 0.0, 1.0))
    if widening == "none":
        if kind != "proportion":
            return poisson_probability(events, expected * (middle if kind == "ratio" else 1.0))
        with np.errstate(invalid="ignore", divide="ignore"):
            z = (value - middle) / np.sqrt(middle * (1 - middle) / expected)
        # All or none everywhere: no place can differ from the others.
        return normal_probability(np.where(value == middle, 0.0, z))
    grown = np.sqrt(1 + spread.tau2 / spread.error**2) if widening == "additive" else np.sqrt(max(spread.phi, 1.0))
    return normal_probability(spread.z / grown)


def _curve(sizes: Real) -> Real:
    some = sizes[sizes > 0]
    if not some.size:
        return np.zeros(0)
    return np.geomspace(some.min() / 1.1, some.max() * 1.1, CURVE_POINTS)
