"""Rates as if every area had the same ages: directly, for repeated events too, and indirectly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from tovholder.evidence.equity.inputs import (
    Missing,
    blanks,
    check_choice,
    check_level,
    check_multiplier,
    counts,
    divided,
    estimates,
    filled,
    together,
)
from tovholder.evidence.equity.rates import CountMethod, count_limits
from tovholder.evidence.equity.standard_populations import ESP_2013
from tovholder.evidence.results import Estimates, Real, Why

VERSION = "1"
FEWEST = 10
DirectMethod = Literal["dobson", "fay-feuer"]


@dataclass(frozen=True, eq=False, kw_only=True)
class Standardised(Estimates):
    """Directly standardised rates. events: how many they rest on; crude: not standardised; variance: of the rates as shown."""

    events: Real
    crude: Real
    variance: Real


@dataclass(frozen=True, eq=False, kw_only=True)
class Indirect(Estimates):
    """Indirectly standardised ratios or rates. observed and expected events; reference: the reference's own crude rate."""

    observed: Real
    expected: Real
    reference: Real


def dsr(
    x: npt.ArrayLike,
    n: npt.ArrayLike,
    standard: npt.ArrayLike = ESP_2013,
    *,
    conf: float = 0.95,
    method: DirectMethod = "dobson",
    multiplier: float = 100_000.0,
    fewest: int | None = None,
    missing: Missing = "blank",
) -> Standardised:
    """This will give directly standardised rates with limits, blank with a reason where they cannot be had. Raises ValueError.

    x events of n persons: [..., bands]; standard: [bands], any sum. fewest: fewer events than this are blank; 10 for `dobson`, whose
    limits do not hold below, 0 for `fay-feuer`. missing: "zero" where the source leaves a band empty when it had no events.
    Sources: Dobson, Kuulasmaa, Eberle and Scherer, Statistics in Medicine 10 (1991), with Byar's limits of the sum of events as in
    Fingertips; Fay and Feuer, Statistics in Medicine 16 (1997).
    """
    check_choice("method", method, ("dobson", "fay-feuer"))
    events, of, weight = _bands(x, n, standard, missing)
    scaled = _scaled(weight, of)
    variance = (scaled**2 * events).sum(axis=-1)
    asked = {"method": method, "multiplier": check_multiplier(multiplier), "missing": missing}
    return _direct(events, of, scaled, variance, asked, _fewest(fewest, method), conf, (events, of, weight))


def dsr_repeated(
    persons_by_event_frequency: Mapping[int, npt.ArrayLike],
    n: npt.ArrayLike,
    standard: npt.ArrayLike = ESP_2013,
    *,
    conf: float = 0.95,
    multiplier: float = 100_000.0,
    fewest: int | None = None,
    missing: Missing = "zero",
) -> Standardised:
    """This will give directly standardised rates of events that one person may have several of, such as readmissions. Raises ValueError.

    persons_by_event_frequency: for each number of events f, the persons [..., bands] who had exactly f; n: persons [..., bands].
    The rate counts every event; its variance is the sum over f of f^2 times that of the persons' rate, since a person's events are
    not independent. Limits by Dobson's method. Source: Stukel, Glynn, Fisher, Sharp, Lu-Yao and Wennberg, Standardized rates of
    recurrent outcomes, Statistics in Medicine 13 (1994).
    """
    if not persons_by_event_frequency:
        raise ValueError("Der er ingen personer fordelt efter antal hændelser. Giv mindst dem, der havde én.")
    of = counts("n", n)
    events, variance_terms = np.zeros_like(of), np.zeros_like(of)
    inputs: list[Any] = []
    for frequency, persons in sorted(persons_by_event_frequency.items()):
        if isinstance(frequency, bool) or not isinstance(frequency, int) or frequency < 1:
            raise ValueError(f"Antal hændelser pr. person skal være et helt tal fra 1, ikke »{str(frequency)[:20]}«.")
        held, of_all, weight = _bands(persons, of, standard, missing)
        events = events + frequency * held
        variance_terms = variance_terms + frequency**2 * held
        inputs += [frequency, held]
    scaled = _scaled(weight, of_all)
    variance = (scaled**2 * variance_terms).sum(axis=-1)
    asked = {"method": "repeated-dobson", "multiplier": check_multiplier(multiplier), "missing": missing}
    return _direct(events, of_all, scaled, variance, asked, _fewest(fewest, "dobson"), conf, (*inputs, of_all, weight))


def isr(
    x: npt.ArrayLike,
    n: npt.ArrayLike,
    reference_x: npt.ArrayLike,
    reference_n: npt.ArrayLike,
    *,
    conf: float = 0.95,
    method: CountMethod = "exact",
    statistic: Literal["ratio", "rate"] = "ratio",
    multiplier: float | None = None,
    missing: Missing = "blank",
) -> Indirect:
    """This will give events observed over expected, had each band the reference's rate; as a ratio, or as a rate. Raises ValueError.

    x, n: [..., bands] (x may be the sums already: [..., 1]); reference_x, reference_n: [bands]. multiplier: 100 for ratios and 100,000
    for rates unless said; a rate is the ratio times the reference's crude rate. Two areas' ratios may not be compared with each other,
    only with the reference. Source: Breslow and Day, Statistical Methods in Cancer Research II (1987), chapter 2.
    """
    check_choice("statistic", statistic, ("ratio", "rate"))
    scale = check_multiplier(multiplier or (100.0 if statistic == "ratio" else 100_000.0))
    of, whole, cases = together(n=counts("n", n), ref_n=counts("reference_n", reference_n), ref_x=counts("reference_x", reference_x))
    known = filled(counts("x", x), missing)
    observed = known.sum(axis=-1)
    cases = filled(cases, missing)
    nobody = (of == 0) & ~np.isnan(cases)
    expected = np.where(nobody, 0.0, of * divided(cases, whole)).sum(axis=-1)
    if observed.shape != expected.shape:
        observed, expected = together(x=observed, n=expected)
    crude = divided(cases.sum(axis=-1), whole.sum(axis=-1))
    factor = scale * (crude if statistic == "rate" else 1.0)
    low, high = count_limits(observed, conf, method)
    found = (divided(one, expected) * factor for one in (observed, low, high))
    unknown_reference = ((whole == 0) & (of > 0)).any(axis=-1)
    reasons = {
        Why.NOT_DEFINED: unknown_reference | ((expected == 0) & (of.sum(axis=-1) > 0)),
        Why.MISSING: np.isnan(observed) | (np.isnan(expected) & ~unknown_reference),
        Why.NO_POPULATION: of.sum(axis=-1) == 0,
    }
    asked = {"statistic": statistic, "multiplier": scale, "method": method, "missing": missing}
    value, lowest, highest = found
    why = blanks(observed.shape, reasons)
    inputs = (known, of, cases, whole)
    told = estimates(f"indirect-{statistic}-{method}", VERSION, asked, inputs, (value, lowest, highest), check_level(conf), why)
    shown = crude * (scale if statistic == "rate" else 1.0)
    return Indirect(**vars(told), observed=observed, expected=expected, reference=np.broadcast_to(shown, observed.shape))


def _bands(x: npt.ArrayLike, n: npt.ArrayLike, standard: npt.ArrayLike, missing: Missing) -> tuple[Real, Real, Real]:
    weight = counts("standard", standard)
    if weight.ndim != 1 or np.isnan(weight).any() or not weight.sum() > 0:
        raise ValueError("Standardbefolkningen skal være én række af antal, ét for hver aldersgruppe, og mere end 0 i alt.")
    events, of = together(x=counts("x", x), n=counts("n", n))
    if not events.ndim or events.shape[-1] != weight.size:
        bands = events.shape[-1] if events.ndim else 0
        raise ValueError(f"Der er {bands} aldersgrupper i tallene, men {weight.size} i standardbefolkningen. De skal passe sammen.")
    return filled(events, missing), of, weight


def _scaled(weight: Real, of: Real) -> Real:
    """Each event's part of the rate; NaN where a band that the standard counts has nobody."""
    return np.where(weight == 0, 0.0, divided(np.broadcast_to(weight / weight.sum(), of.shape), of))


def _fewest(fewest: int | None, method: DirectMethod) -> int:
    if fewest is None:
        return FEWEST if method == "dobson" else 0
    if fewest < 0:
        raise ValueError("Det mindste antal hændelser kan ikke være negativt.")
    return fewest


def _direct(
    events: Real, of: Real, scaled: Real, variance: Real, asked: Mapping[str, Any], fewest: int, conf: float, inputs: tuple[Any, ...]
) -> Standardised:
    value = (scaled * events).sum(axis=-1)
    total = events.sum(axis=-1)
    scale = asked["multiplier"]
    low, high = _gamma(value, variance, scaled, conf) if asked["method"] == "fay-feuer" else _dobson(value, variance, total, conf)
    reasons = {
        Why.MISSING: np.isnan(total) | np.isnan(of).any(axis=-1),
        Why.NO_POPULATION: np.isnan(scaled).any(axis=-1),
        Why.TOO_FEW_EVENTS: total < fewest,
    }
    why = blanks(value.shape, reasons)
    told = {"fewest": fewest, **{key: one for key, one in asked.items() if key != "method"}}
    limits = (value * scale, low * scale, high * scale)
    found = estimates(f"direct-{asked['method']}", VERSION, told, inputs, limits, check_level(conf), why)
    crude = divided(total, of.sum(axis=-1)) * scale
    return Standardised(**vars(found), events=total, crude=crude, variance=variance * scale**2)


def _dobson(value: Real, variance: Real, total: Real, conf: float) -> tuple[Real, Real]:
    low, high = count_limits(total, conf, "fingertips")
    # Without events the variance is nothing: the limits shrink to the value, and `fewest` decides whether they are shown.
    root = np.sqrt(np.where(total > 0, divided(variance, total), 0.0))
    return value + root * (low - total), value + root * (high - total)


def _gamma(value: Real, variance: Real, scaled: Real, conf: float) -> tuple[Real, Real]:
    from scipy.special import gammainccinv, gammaincinv

    tail = (1 - check_level(conf)) / 2
    most = scaled.max(axis=-1)
    some = variance > 0
    safe_value, safe_variance = np.where(some, value, 1.0), np.where(some, variance, 1.0)
    low = np.where(some, safe_variance / safe_value * gammaincinv(safe_value**2 / safe_variance, tail), 0.0 * value)
    upper_value, upper_variance = value + most, variance + most**2
    return low, upper_variance / upper_value * gammainccinv(upper_value**2 / upper_variance, tail)
