"""The slope and relative index of inequality: how much a figure changes from the bottom to the top of a social order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from tovholder.evidence.equity.inputs import (
    blanks,
    check_choice,
    check_level,
    check_multiplier,
    counts,
    divided,
    numbers,
    spread_of,
    together,
)
from tovholder.evidence.equity.slope_fit import Family, Fit
from tovholder.evidence.equity.slope_limits import CLOSED, closed_limits
from tovholder.evidence.equity.slope_scales import Kind, Transform, back, onto
from tovholder.evidence.equity.slope_simulated import simulated_limits
from tovholder.evidence.results import Codes, Described, Estimates, Real, Why, digest_of

VERSION = "1"
FEWEST_GROUPS = 3
Direction = Literal["top_minus_bottom", "bottom_minus_top"]


@dataclass(frozen=True, eq=False)
class Slope(Described):
    """Absolute (SII) and relative (RII) inequality by area: [...]; limits [...], or [..., levels] when several were asked for.

    intercept: the fitted figure at the very bottom; groups: how many were used; why, rii_why: why they are blank.
    """

    sii: Real
    sii_low: Real
    sii_high: Real
    rii: Real
    rii_low: Real
    rii_high: Real
    intercept: Real
    conf: tuple[float, ...]
    groups: npt.NDArray[np.int64]
    why: Codes
    rii_why: Codes

    def absolute(self, level: int = 0) -> Estimates:
        """This will give the SII alone, at one of the levels."""
        return self._one(self.sii, self.sii_low, self.sii_high, self.why, level)

    def relative(self, level: int = 0) -> Estimates:
        """This will give the RII alone, at one of the levels."""
        return self._one(self.rii, self.rii_low, self.rii_high, self.rii_why, level)

    def _one(self, value: Real, low: Real, high: Real, why: Codes, level: int) -> Estimates:
        low, high = (one if one.ndim == value.ndim else one[..., level] for one in (low, high))
        return Estimates(self.method, self.version, self.parameters, self.digest, value, low, high, self.conf[level], why)


def slope(
    pop: npt.ArrayLike,
    value: npt.ArrayLike,
    *,
    low: npt.ArrayLike | None = None,
    high: npt.ArrayLike | None = None,
    se: npt.ArrayLike | None = None,
    kind: Kind = "mean",
    transform: Transform | None = None,
    conf: float | Sequence[float] = 0.95,
    limits_conf: float = 0.95,
    multiplier: float = 1.0,
    direction: Direction = "top_minus_bottom",
    simulate: int | None = None,
    rng: np.random.Generator | None = None,
) -> Slope:
    """This will give the SII and RII of every area, with limits and without random numbers. Raises ValueError.

    pop persons and value: [..., groups], the worst-off group first; at least three groups. Give how sure each value is either by its
    limits low and high at `limits_conf`, or by se: on the value's own scale for means, its logarithm for rates, its logit for
    proportions, and on the scale of `transform` where one is chosen. transform: "log" or "logit" fits the line on that scale.
    direction: top minus bottom, or the other way for figures where high is bad. simulate: draw that many instead, from `rng`, to
    cross-check the closed limits.
    Blank: nobody, a missing value in a group that has people, fewer than three groups, a 0 (or 1) that the chosen scale has no place
    for. The RII is blank too where the line reaches 0 at either end.
    Sources: Low and Low, Journal of Public Health 26 (2004); Fieller, Journal of the Royal Statistical Society B 16 (1954); Cornish
    and Fisher, Revue de l'Institut International de Statistique 5 (1937). Which is used when: see `slope_limits`.
    """
    check_choice("kind", kind, ("mean", "rate", "proportion"))
    check_choice("transform", transform, (None, "log", "logit"))
    check_choice("direction", direction, ("top_minus_bottom", "bottom_minus_top"))
    if transform == "logit" and kind != "proportion":
        raise ValueError("»logit« er for andele. Vælg »log« til rater, eller lad »transform« være.")
    if simulate is not None and (rng is None or simulate < 100):
        raise ValueError("Giv mindst 100 træk og en tilfældighedskilde, »rng«, når grænserne skal simuleres.")
    levels = tuple(check_level(one) for one in (conf if isinstance(conf, Sequence) else (conf,)))
    scale = check_multiplier(multiplier)
    people, figure = together(pop=counts("pop", pop), value=numbers("value", value))
    if not figure.ndim:
        raise ValueError("»value« skal have en værdi for hver gruppe.")
    _check_within(figure, people, kind)
    spread, by_distance = _spread(people, figure, low, high, se, kind, transform, limits_conf)
    fit, why, groups = _fitted(people, figure, spread, by_distance, kind, transform)
    ends = np.stack([back(transform, fit.middle - fit.slope / 2), back(transform, fit.middle + fit.slope / 2)])
    if simulate is None or rng is None:
        found = [closed_limits(fit, one) for one in levels]
    else:
        found = simulated_limits(fit, levels, simulate, rng)
    sii_low, sii_high, rii_low, rii_high = (np.stack([one[part] for one in found], axis=-1) for part in range(4))
    if not isinstance(conf, Sequence):
        sii_low, sii_high, rii_low, rii_high = (one[..., 0] for one in (sii_low, sii_high, rii_low, rii_high))
    sii, rii = ends[1] - ends[0], divided(ends[1], ends[0])
    if direction == "bottom_minus_top":
        sii, sii_low, sii_high = -sii, -sii_high, -sii_low
        rii, rii_low, rii_high = (divided(np.ones_like(one), one) for one in (rii, rii_high, rii_low))
    at_zero = (ends <= 0).any(axis=0)
    rii_why = np.where(why == Why.SHOWN, blanks(why.shape, {Why.NOT_DEFINED: at_zero}), why)
    absolute = [_blanked(one * scale, why) for one in (sii, sii_low, sii_high)]
    relative = [_blanked(one, rii_why) for one in (rii, rii_low, rii_high)]
    parameters = {
        "kind": kind,
        "transform": transform,
        "multiplier": scale,
        "direction": direction,
        "conf": list(levels),
        "limits_conf": limits_conf,
        "simulate": simulate,
    }
    method = f"slope-index-{'simulated' if simulate else CLOSED[fit.family]}"
    digest = digest_of(method, VERSION, parameters, people, figure, spread)
    intercept = _blanked(ends[0] * scale, why)
    told = (method, VERSION, parameters, digest)
    (sii, sii_low, sii_high), (rii, rii_low, rii_high) = absolute, relative
    return Slope(*told, sii, sii_low, sii_high, rii, rii_low, rii_high, intercept, levels, groups, why, rii_why)


def _fitted(
    people: Real, figure: Real, spread: Real, by_distance: npt.NDArray[np.bool_], kind: Kind, transform: Transform | None
) -> tuple[Fit, Codes, npt.NDArray[np.int64]]:
    """The weighted line through the groups at their middle ranks, as weights on the groups' values."""
    used = people > 0
    share = divided(np.where(used, people, 0.0), np.where(used, people, 0.0).sum(axis=-1, keepdims=True))
    rank = np.cumsum(share, axis=-1) - share / 2
    groups = used.sum(axis=-1)
    unplaced = used & ~np.isnan(figure) & ~np.isfinite(onto(transform, figure))
    reasons = {
        Why.MISSING: np.isnan(people).any(axis=-1) | (used & (np.isnan(figure) | (np.isnan(spread) & ~unplaced))).any(axis=-1),
        Why.NO_POPULATION: groups == 0,
        Why.NOT_DEFINED: (groups < FEWEST_GROUPS) | unplaced.any(axis=-1),
    }
    why = blanks(groups.shape, reasons)
    usable = used & (why == Why.SHOWN)[..., None]
    share = np.where(usable, share, 0.0)
    away = np.where(usable, rank - 0.5, 0.0)
    weight = divided(share * away, (share * away**2).sum(axis=-1, keepdims=True))
    weight = np.where(usable, weight, 0.0)
    # A group that is not used takes part with weight 0, so any figure will do.
    held, error = np.where(usable, figure, 0.5), np.where(usable, spread, 0.0)
    y = onto(transform, held)
    family: Family = "normal" if kind == "mean" or transform else ("log-normal" if kind == "rate" else "logit-normal")
    fit = Fit(share, weight, held, error, usable & by_distance, (weight * y).sum(axis=-1), (share * y).sum(axis=-1), family, transform)
    return fit, why, groups


def _spread(
    people: Real,
    figure: Real,
    low: npt.ArrayLike | None,
    high: npt.ArrayLike | None,
    se: npt.ArrayLike | None,
    kind: Kind,
    transform: Transform | None,
    limits_conf: float,
) -> tuple[Real, npt.NDArray[np.bool_]]:
    """Standard errors on the scale the groups vary on; and where a 0 or 1 leaves only the distance to a limit on the plain scale."""
    scale: Transform | None = transform or (None if kind == "mean" else "log" if kind == "rate" else "logit")
    if se is not None:
        given = together(pop=people, se=counts("se", se))[1]
        return given, np.zeros(given.shape, dtype=bool)
    if low is None or high is None:
        raise ValueError("Hvor sikre er tallene? Giv enten »low« og »high« eller »se« for hver gruppe.")
    _, lowest, highest = together(pop=people, low=numbers("low", low), high=numbers("high", high))
    if ((lowest > figure) | (highest < figure)).any():
        place = int(np.argmax(((lowest > figure) | (highest < figure)).ravel()))
        raise ValueError(f"Værdien ligger uden for sine egne grænser (plads {place + 1}). Er »low« og »high« byttet om?")
    spread = spread_of(onto(scale, lowest), onto(scale, highest), limits_conf)
    at_an_end = ~np.isfinite(onto(scale, figure)) | ~np.isfinite(onto(scale, lowest)) | ~np.isfinite(onto(scale, highest))
    at_an_end &= ~(np.isnan(lowest) | np.isnan(highest) | np.isnan(figure))
    distance = 2 * spread_of(np.zeros_like(figure), np.maximum(highest - figure, figure - lowest), limits_conf)
    return np.where(at_an_end, distance, spread), at_an_end


def _check_within(figure: Real, people: Real, kind: Kind) -> None:
    if kind == "mean":
        return
    wrong = (people > 0) & ((figure < 0) | ((figure > 1) & (kind == "proportion")))
    if wrong.any():
        place = int(np.argmax(wrong.ravel()))
        span = "mellem 0 og 1" if kind == "proportion" else "0 eller mere"
        raise ValueError(f"Værdien {figure.ravel()[place]:g} (plads {place + 1}) skal være {span}. Er den i procent, så del med 100.")


def _blanked(found: Real, why: Codes) -> Real:
    return np.where((why == Why.SHOWN).reshape(why.shape + (1,) * (found.ndim - why.ndim)), found, np.nan)
