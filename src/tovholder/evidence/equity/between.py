"""Spread between groups: the summary measures of the World Health Organization's health equity monitoring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from tovholder.evidence.equity.inputs import check_choice, check_level, check_multiplier, divided
from tovholder.evidence.equity.spread_over_groups import Groups, Limits, groups_of, measured
from tovholder.evidence.results import Described, Estimates, Real, digest_of

VERSION = "1"
ImpactErrors = Literal["groups", "counts"]
# Each measure: its unit, its English and its Danish name.
NAMES: Mapping[str, tuple[str, str, str]] = {
    "d": ("as the figure", "difference", "forskel"),
    "r": ("ratio", "ratio", "forhold"),
    "bgv": ("the figure squared", "between-group variance", "varians mellem grupper"),
    "bgsd": ("as the figure", "between-group standard deviation", "standardafvigelse mellem grupper"),
    "cov": ("per cent", "coefficient of variation", "variationskoefficient"),
    "mdmu": ("as the figure", "mean difference from mean, unweighted", "gennemsnitlig afstand til gennemsnittet, uvægtet"),
    "mdmw": ("as the figure", "mean difference from mean, weighted", "gennemsnitlig afstand til gennemsnittet, vægtet"),
    "mdbu": ("as the figure", "mean difference from best, unweighted", "gennemsnitlig afstand til den bedste gruppe, uvægtet"),
    "mdbw": ("as the figure", "mean difference from best, weighted", "gennemsnitlig afstand til den bedste gruppe, vægtet"),
    "mdru": ("as the figure", "mean difference from reference, unweighted", "gennemsnitlig afstand til referencen, uvægtet"),
    "mdrw": ("as the figure", "mean difference from reference, weighted", "gennemsnitlig afstand til referencen, vægtet"),
    "idisu": ("per cent", "index of disparity, unweighted", "ulighedsindeks, uvægtet"),
    "idisw": ("per cent", "index of disparity, weighted", "ulighedsindeks, vægtet"),
    "ti": ("thousandths", "Theil index", "Theils indeks"),
    "mld": ("thousandths", "mean log deviation", "gennemsnitlig logaritmisk afvigelse"),
    "par": ("as the figure", "population attributable risk", "tilskrivelig forskel i befolkningen"),
    "paf": ("per cent", "population attributable fraction", "tilskrivelig andel i befolkningen"),
}


@dataclass(frozen=True, eq=False)
class Between(Described):
    """Every measure of `NAMES` that can be had, by area: [...]."""

    measures: Mapping[str, Estimates]


def between(
    pop: npt.ArrayLike,
    value: npt.ArrayLike,
    se: npt.ArrayLike | None = None,
    *,
    favourable: bool,
    ordered: bool = False,
    reference: int | None = None,
    scale: float = 100.0,
    conf: float = 0.95,
    impact_errors: ImpactErrors = "groups",
) -> Between:
    """This will give the measures of spread between groups, with limits in each measure's own unit. Raises ValueError.

    pop persons, value and its se: [..., groups], worst-off first when ordered. favourable: whether high is good, which decides who does
    best: the last group when ordered, else the one with the best value. reference: place of the group for the mdr measures, from 0.
    scale: what a figure that all have is called (100 for per cent), used where impact_errors is "counts": PAR and PAF then vary as
    pop persons of whom value had it (Walter), not as the groups' own se say.
    Standard errors by the delta method in the same unit as the estimate, of the variance exactly for normal values; without se the
    limits are blank. Sources: Harper and Lynch, Methods for Measuring Cancer Disparities (2005); Hosseinpoor, Nambiar, Schlotheuber,
    Reidpath and Ross, BMC Medical Research Methodology 16 (2016); Walter, International Journal of Epidemiology 7 (1978).
    """
    check_choice("impact_errors", impact_errors, ("groups", "counts"))
    groups = groups_of(pop, value, se)
    places = groups.figure.shape[-1]
    if reference is not None and not 0 <= reference < places:
        raise ValueError(f"Referencen skal være en af de {places} grupper, talt fra 0.")
    level, top = check_level(conf), check_multiplier(scale)
    asked: dict[str, Any] = {
        "favourable": favourable,
        "ordered": ordered,
        "reference": reference,
        "scale": top,
        "conf": level,
        "impact_errors": impact_errors,
    }
    told = ("between-groups", VERSION, asked, digest_of("between-groups", VERSION, asked, *groups.inputs))
    found: dict[str, Estimates] = {}

    def add(name: str, value_: Real, gradient: Real | None, limits: Limits = "not_negative", **more: Any) -> None:
        found[name] = measured(groups, told, value_, gradient, level, limits, **more)

    best = _place_of_best(groups, favourable, ordered)
    _ends(groups, best, favourable, ordered, add)
    _distances(groups, best, reference, add)
    _shares(groups, add)
    _impact(groups, best, top if impact_errors == "counts" else None, add)
    return Between(*told, {name: found[name] for name in NAMES if name in found})


def _place_of_best(groups: Groups, favourable: bool, ordered: bool) -> npt.NDArray[np.int64]:
    places = np.arange(groups.figure.shape[-1])
    if ordered:
        return np.asarray(np.where(groups.used, places, -1).max(axis=-1))
    return _extreme(groups, highest=favourable)


def _extreme(groups: Groups, *, highest: bool) -> npt.NDArray[np.int64]:
    outside = -np.inf if highest else np.inf
    held = np.where(groups.used, groups.figure, outside)
    return np.asarray(held.argmax(axis=-1) if highest else held.argmin(axis=-1))


def _at(figures: Real, place: npt.NDArray[np.int64]) -> Real:
    return np.asarray(np.take_along_axis(figures, np.maximum(place, 0)[..., None], axis=-1)[..., 0])


def _one_at(groups: Groups, place: npt.NDArray[np.int64]) -> Real:
    return np.asarray(np.arange(groups.figure.shape[-1]) == place[..., None], dtype=np.float64)


def _ends(groups: Groups, best: npt.NDArray[np.int64], favourable: bool, ordered: bool, add: Any) -> None:
    if ordered:
        places = np.arange(groups.figure.shape[-1])
        first = np.where(groups.used, places, places.size).min(axis=-1) % places.size
        high, low = (best, first) if favourable else (first, best)
    else:
        high, low = _extreme(groups, highest=True), _extreme(groups, highest=False)
    upper, lower = _at(groups.figure, high), _at(groups.figure, low)
    up, down = _one_at(groups, high), _one_at(groups, low)
    add("d", upper - lower, up - down, "plain")
    ratio = divided(upper, lower)
    by_ratio = divided(up, lower[..., None]) - down * divided(ratio, lower)[..., None]
    add("r", ratio, by_ratio, "log", defined=(lower > 0) & (upper > 0))


def _distances(groups: Groups, best: npt.NDArray[np.int64], reference: int | None, add: Any) -> None:
    share, figure, mean = groups.share, groups.figure, groups.mean
    even = groups.used / groups.size[..., None]
    variance = (share * (figure - mean[..., None]) ** 2).sum(axis=-1)
    deviation = np.sqrt(variance)
    by_deviation = divided(share * (figure - mean[..., None]), deviation[..., None])
    add("bgv", variance, None, error=_variance_error(groups))
    add("bgsd", deviation, by_deviation)
    by_cov = 100 * divided(by_deviation - divided(deviation, mean)[..., None] * share, mean[..., None])
    add("cov", 100 * divided(deviation, mean), by_cov, defined=mean > 0)
    for ending, weight in (("u", even), ("w", share)):
        side = np.sign(figure - mean[..., None])
        distance = (weight * np.abs(figure - mean[..., None])).sum(axis=-1)
        by_distance = weight * side - share * (weight * side).sum(axis=-1, keepdims=True)
        add(f"mdm{ending}", distance, by_distance)
        by_index = 100 * divided(by_distance - divided(distance, mean)[..., None] * share, mean[..., None])
        add(f"idis{ending}", 100 * divided(distance, mean), by_index, defined=mean > 0)
        _from_one(groups, best, weight, f"mdb{ending}", add)
        if reference is not None:
            _from_one(groups, np.full(mean.shape, reference), weight, f"mdr{ending}", add)


def _from_one(groups: Groups, place: npt.NDArray[np.int64], weight: Real, name: str, add: Any) -> None:
    """The mean distance from one group; without people in it there is nothing to measure from."""
    apart = groups.figure - _at(groups.figure, place)[..., None]
    side = np.sign(apart)
    gradient = weight * side - _one_at(groups, place) * (weight * side).sum(axis=-1, keepdims=True)
    there = _at(groups.used.astype(np.float64), place) > 0
    add(name, (weight * np.abs(apart)).sum(axis=-1), gradient, defined=there)


def _shares(groups: Groups, add: Any) -> None:
    share, mean = groups.share, groups.mean
    part = divided(groups.figure, mean[..., None])
    positive = part > 0
    log = np.log(np.where(positive, part, 1.0))
    is_whole = (mean > 0) & (part >= 0).all(axis=-1)
    theil = (share * part * log).sum(axis=-1)
    per_mean = divided(share, mean[..., None])
    # A group without events adds nothing to the Theil index, and its pull is without bound: the limits are blank then.
    pull = np.where(positive, log, np.where(groups.used, -np.inf, 0.0)) - theil[..., None]
    known = np.isfinite(pull).all(axis=-1)
    error = None if groups.error is None else _delta(np.where(known[..., None], per_mean * pull, np.nan), groups.error)
    add("ti", 1000 * theil, None, error=None if error is None else 1000 * error, defined=is_whole)
    every = is_whole & (positive | ~groups.used).all(axis=-1)
    by_log = 1000 * per_mean * (1 - divided(np.ones_like(part), np.where(positive, part, 0.0)))
    add("mld", -1000 * (share * log).sum(axis=-1), np.where(groups.used, by_log, 0.0), defined=every)


def _impact(groups: Groups, best: npt.NDArray[np.int64], scale: float | None, add: Any) -> None:
    share, mean = groups.share, groups.mean
    at_best = _at(groups.figure, best)
    risk = at_best - mean
    one = _one_at(groups, best)
    fraction = 100 * divided(risk, mean)
    by_fraction = 100 * (divided(one, mean[..., None]) - share * divided(at_best, mean**2)[..., None])
    error = None if scale is None else _walter_error(groups, best, scale)
    add("par", risk, one - share, "plain", error=None if error is None else error * mean)
    add("paf", fraction, by_fraction, "plain", error=None if error is None else 100 * error, defined=mean > 0)


def _walter_error(groups: Groups, best: npt.NDArray[np.int64], scale: float) -> Real:
    """The standard error of 1 - risk in the best group / risk of all, from the table of best or not by had it or not."""
    events = groups.people * groups.figure / scale
    whole, all_events = groups.people.sum(axis=-1), events.sum(axis=-1)
    had, of = _at(events, best), _at(groups.people, best)
    if (events > groups.people * (1 + 1e-12)).any():
        raise ValueError(f"En værdi er over {scale:g}. Ret »scale«, eller vælg impact_errors »groups«.")
    left = 1 - divided(divided(had, of), divided(all_events, whole))
    other_without = whole - of - (all_events - had)
    spread = divided(other_without + left * (all_events - had + of - had), whole * had)
    return np.sqrt(np.maximum(spread, 0.0)) * (1 - left)


def _variance_error(groups: Groups) -> Real | None:
    if groups.error is None:
        return None
    share, noise = groups.share, groups.error**2
    apart = groups.figure - groups.mean[..., None]
    by_mean = 4 * (share**2 * apart**2 * noise).sum(axis=-1)
    by_noise = 2 * ((share**2 * noise).sum(axis=-1) ** 2 + ((share**2 - 2 * share**3) * noise**2).sum(axis=-1))
    return np.asarray(np.sqrt(by_mean + by_noise))


def _delta(gradient: Real, error: Real) -> Real:
    return np.asarray(np.sqrt(((gradient * error) ** 2).sum(axis=-1)))
