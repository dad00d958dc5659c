"""Cases of indicators and inequality, answered by `evidence.equity`.

The published cases come from packages whose rules sometimes differ from our defaults (limits, empty bands, units); then the adapter asks
our function for the source's rule by name. Nothing here reads what a case expects, except which figures its source did not publish.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from statistics import NormalDist
from typing import Any

import numpy as np

from tovholder.evidence.equity.between import between
from tovholder.evidence.equity.concentration import concentration
from tovholder.evidence.equity.differences import rate_ratio, risk_difference
from tovholder.evidence.equity.gini import gini
from tovholder.evidence.equity.gradient import gradient
from tovholder.evidence.equity.life import life_expectancy
from tovholder.evidence.equity.means import mean
from tovholder.evidence.equity.proportions import proportion, wilson
from tovholder.evidence.equity.quantiles import quantiles
from tovholder.evidence.equity.rates import byar, count, rate
from tovholder.evidence.equity.slope import slope
from tovholder.evidence.equity.slope_of_counts import slope_of_counts
from tovholder.evidence.equity.standardised import dsr, dsr_repeated, isr
from tovholder.evidence.results import Estimates
from tovholder.evidence.verifying.cases import Adapter, Case

Answer = Mapping[str, Any]
_LEVELS = {"95": 0.95, "998": 0.998}
_Z = re.compile(r"\bz = (\d+\.\d+)")
_PER = re.compile(r"(rate|ratio) (?:per|x) (\d+)")


def _both(found: Estimates) -> list[float]:
    return [float(found.low), float(found.high)]


def _at_levels(name: str, ask: Callable[..., Estimates]) -> dict[str, Any]:
    return {f"{name}{level}": _both(ask(conf=conf)) for level, conf in _LEVELS.items()}


def _proportion(case: Case) -> Answer:
    x, n = case["input"]["x"], case["input"]["n"]
    per = case["params"].get("multiplier", 1)
    found: dict[str, Any] = {"value": proportion(x, n, multiplier=per).value}
    found |= _at_levels("clopper_pearson", partial(proportion, x, n, method="exact", multiplier=per))
    for name in ("ci", "wilson"):
        found |= _at_levels(name, partial(proportion, x, n, multiplier=per))
    return found


def _wilson(case: Case) -> Answer:
    low, high = wilson(case["input"]["x"], case["input"]["n"], case["params"].get("conf", 0.95))
    return {"lo": low, "up": high}


def _byar(case: Case) -> Answer:
    low, high = byar(case["input"]["x"], case["params"].get("conf", 0.95))
    return {"lo": low, "up": high}


def _rate(case: Case) -> Answer:
    x, n = case["input"]["x"], case["input"]["n"]
    per = case["params"].get("multiplier", 100_000)
    found: dict[str, Any] = {"value": rate(x, n, multiplier=per).value}
    for name in ("ci", "fingertips"):
        found |= _at_levels(name, partial(rate, x, n, method="fingertips", multiplier=per))
    found |= _at_levels("exact", partial(rate, x, n, multiplier=per))
    return found | {f"exact{level}_count": _both(count(x, conf=conf)) for level, conf in _LEVELS.items()}


def _mean(case: Case) -> Answer:
    found = mean(case["input"]["values"])
    levels = _at_levels("ci", partial(mean, case["input"]["values"]))
    return levels | {"value": found.value, "n": found.n, "sd": found.sd, "sum": found.total}


def _risk_difference(case: Case) -> Answer:
    given = (case["input"][name] for name in ("x1", "n1", "x2", "n2"))
    x1, n1, x2, n2 = given
    levels = _at_levels("ci", partial(risk_difference, x1, n1, x2, n2))
    return levels | {"value": risk_difference(x1, n1, x2, n2).value}


def _rate_ratio(case: Case) -> Answer:
    x1, t1, x2, t2 = (case["input"][name] for name in ("x1", "t1", "x2", "t2"))
    found = rate_ratio(x1, t1, x2, t2)
    return _at_levels("ci", partial(rate_ratio, x1, t1, x2, t2)) | {"ratio": found.value, "p": found.p}


def _direct(case: Case) -> Answer:
    given, params = case["input"], case["params"]
    per, fewest = params.get("multiplier", 100_000), params.get("suppress_below")
    # The sources leave a band empty when it had no events.
    same: dict[str, Any] = {"multiplier": per, "fewest": fewest, "missing": "zero"}
    if "persons_by_event_frequency" in given:
        persons = {int(frequency): held for frequency, held in given["persons_by_event_frequency"].items()}
        found = dsr_repeated(persons, given["n"], given["std"], **same)
        levels = _at_levels("ci", partial(dsr_repeated, persons, given["n"], given["std"], **same))
    else:
        x, n, std = given["x"], given["n"], given["std"]
        found = dsr(x, n, std, **same)
        levels = _at_levels("ci", partial(dsr, x, n, std, **same))
        levels |= _at_levels("dobson", partial(dsr, x, n, std, **same))
        levels |= _at_levels("fay_feuer", partial(dsr, x, n, std, method="fay-feuer", **same))
    return levels | {"value": found.value, "adj": found.value, "crude": found.crude, "total": found.events}


def _indirect(case: Case) -> Answer:
    given, params = case["input"], case["params"]
    bands = (given["x"], given["n"], given["refx"], given["refn"])
    same: dict[str, Any] = {"method": "fingertips", "missing": "zero"}
    if "statistic" in params:
        asked = _PER.search(params["statistic"])
        if asked is None:
            raise ValueError(f"vi kender ikke størrelsen {params['statistic'][:40]}")
        same |= {"statistic": asked[1], "multiplier": float(asked[2])}
        found = isr(*bands, **same)
        levels = _at_levels("ci", partial(isr, *bands, **same))
        # A ratio is not of the reference's rate, and its sources give none.
        shown = found.reference if asked[1] == "rate" else None
        return levels | {"value": found.value, "observed": found.observed, "expected": found.expected, "ref_rate": shown}
    as_rate: dict[str, Any] = {**same, "statistic": "rate", "multiplier": params.get("rate_multiplier", 100_000)}
    as_ratio: dict[str, Any] = {**same, "statistic": "ratio", "multiplier": params.get("multiplier", 100)}
    rated, found = isr(*bands, **as_rate), isr(*bands, **as_ratio)
    levels = _at_levels("ci", partial(isr, *bands, **as_ratio))
    levels |= _at_levels("israte_ci", partial(isr, *bands, **as_rate))
    told = {"smr": found.value, "israte": rated.value, "ref_rate": rated.reference}
    return levels | told | {"observed": found.observed, "expected": found.expected}


def _life(case: Case) -> Answer:
    given, params = case["input"], case["params"]
    same: dict[str, Any] = {"ages": tuple(given["age"])}
    renamed = {"a0": "first_year", "min_population": "fewest_persons"}
    same |= {renamed[name]: params[name] for name in renamed if name in params}
    widest = params.get("suppress_if_ci95_wider_than_years", 20)
    # A source that calculates with a rounded z says so in the note; it is the same as a level a hair above.
    rounded = _Z.search(str(case.get("note") or ""))
    levels = dict(_LEVELS) | ({"95": 2 * NormalDist().cdf(float(rounded[1])) - 1} if rounded else {})
    found: dict[str, Any] = {"e": life_expectancy(given["deaths"], given["pop"], widest=float(widest), **same).value}
    for level, conf in levels.items():
        # The sources publish the limits that a value is blanked for.
        every = life_expectancy(given["deaths"], given["pop"], conf=conf, widest=np.inf, **same)
        found |= {f"lo{level}": every.low, f"up{level}": every.high}
    return found


def _quantile(case: Case) -> Answer:
    found = quantiles(case["input"]["values"], case["params"]["k"], invert=case["params"].get("invert", False))
    return {"quantile": [int(group) or None for group in found.group]}


def _slope(case: Case) -> Answer:
    given, params = case["input"], case["params"]
    kind, per = params["kind"], params.get("multiplier", 1)
    scaled = {"rate": "log", "proportion": "logit"}.get(kind)
    if "x" in given:
        plain, on_scale = (slope_of_counts(given["x"], given["pop"], kind=kind, transform=one) for one in (None, scaled))  # type: ignore[arg-type]
        found = {"sii": plain.sii, "rii": plain.rii, "intercept": plain.intercept}
        return found | {f"{scaled}_sii": on_scale.sii, f"{scaled}_rii": on_scale.rii}
    named = {"sim95": 0.95, "closed95": 0.95, "cornish_fisher95": 0.95, "sim998": 0.998, "closed998": 0.998, "cornish_fisher998": 0.998}
    levels = {"ci": params.get("conf", 0.95), **named}
    one = slope(
        given["pop"],
        given["value"],
        low=given["lo"],
        high=given["up"],
        kind=kind,
        transform=scaled if params.get("transform") else None,  # type: ignore[arg-type]
        conf=tuple(levels.values()),
        multiplier=abs(per),
        # The source turns the index around with a negative multiplier.
        direction="bottom_minus_top" if per < 0 else "top_minus_bottom",
    )
    answer: dict[str, Any] = {"sii": one.sii, "rii": one.rii, "intercept": one.intercept}
    for place, name in enumerate(levels):
        answer[f"sii_{name}"] = [float(one.sii_low[place]), float(one.sii_high[place])]
        answer[f"rii_{name}"] = [float(one.rii_low[place]), float(one.rii_high[place])]
    expected = case["expected"]
    if expected.get("sii") is None:
        return answer
    # The source's tests do not publish every figure of every run; what is null there was not asked for.
    unpublished: dict[str, Any] = {name: one for name, one in expected.items() if one in (None, [None, None])}
    return answer | unpublished


def _groups(case: Case) -> dict[str, Any]:
    given, params = case["input"], case["params"]
    place = given["ref"].index(1) if "ref" in given else params.get("reference_group_index")
    asked = {name: given.get(name, params.get(name)) for name in ("favourable", "ordered")}
    # PAR and PAF with the sources' own kind of error, from the table of persons.
    scale = params.get("scale", 100)
    found = between(given["pop"], given["est"], given["se"], **asked, reference=place, scale=scale, impact_errors="counts")
    return {name: _told(one) for name, one in found.measures.items()}


def _told(one: Estimates) -> dict[str, Any]:
    half = (one.high - one.low) / 2
    return {"estimate": one.value, "se": half / NormalDist().inv_cdf((1 + one.conf) / 2), "lowerci": one.low, "upperci": one.high}


def _inequality(case: Case) -> Answer:
    given, params = case["input"], case["params"]
    scale = params.get("scale", 100)
    found = _groups(case)
    gathered = concentration(given["pop"], given["est"], given["se"], ceiling=scale)
    found |= {"aci": _told(gathered.absolute), "rci": _told(gathered.relative)}
    if gathered.wagstaff is not None and gathered.erreygers is not None:
        found |= {"rci_wagstaff": _told(gathered.wagstaff), "rci_erreygers": _told(gathered.erreygers)}
    if not given["ordered"]:
        return found
    share, error = np.asarray(given["est"]) / scale, np.asarray(given["se"]) / scale
    z = NormalDist().inv_cdf(0.975)
    line = slope(given["pop"], share, low=share - z * error, high=share + z * error, multiplier=scale)
    people = np.asarray(given["pop"], dtype=float)
    log = gradient(people * share, people, family="poisson", multiplier=scale)
    logit = gradient(people * share, people, family="logistic", multiplier=scale)
    for name, sii, rii in (
        ("linear", line.absolute(), line.relative()),
        ("log", log.sii, log.rii),
        ("logit", logit.sii, logit.rii),
    ):
        found |= {f"sii_{name}": _told(sii), f"rii_{name}": _told(rii)}
    return found


def _one_measure(name: str, shown: str) -> Adapter:
    def answer(case: Case) -> Answer:
        found = _groups(case)[name]
        return {name: found["estimate"], shown: found["estimate"], **found}

    return answer


def _regressed_concentration(shown: str) -> Adapter:
    def answer(case: Case) -> Answer:
        given = case["input"]
        # The source takes its error from the regression on five points; ours, from the groups, is the default elsewhere.
        found = concentration(given["pop"], given["est"], given["se"], errors="regression")
        told = _told(found.absolute if shown == "aci" else found.relative)
        return {shown: told["estimate"], **told}

    return answer


def _double_weighted(shown: str) -> Adapter:
    def answer(case: Case) -> Answer:
        given, scale = case["input"], case["params"].get("scale", 100)
        people = np.asarray(given["pop"], dtype=float)
        # The source's logistic line has whole persons as events and counts the population twice, as the case's note says.
        events = np.round(people * np.asarray(given["est"]) / scale)
        found = gradient(events, people, family="logistic", multiplier=scale, weights=people)
        told = _told(found.sii if shown == "sii" else found.rii)
        return {shown: told["estimate"], **told}

    return answer


def _gini(case: Case) -> Answer:
    found = gini(case["input"]["pop"], case["input"]["y"])
    curves = {"lorenz_x": found.lorenz_people, "lorenz_y": found.lorenz_figure}
    return {"gini": found.gini.value, "hoover": found.hoover.value, **curves}


_MEASURES = ("bgsd", "bgv", "idisu", "mdbu", "mdbw", "mdmu", "mdmw", "mdru", "mdrw", "mld", "paf", "ti")
ADAPTERS: Mapping[str, Adapter] = {
    "byar": _byar,
    "directly_standardised_rate": _direct,
    "gini_lorenz": _gini,
    "indirectly_standardised": _indirect,
    "indirectly_standardised_ratio": _indirect,
    "inequality_measures": _inequality,
    "life_expectancy": _life,
    "mean": _mean,
    "proportion": _proportion,
    "quantile_assign": _quantile,
    "rate": _rate,
    "rate_ratio_exact": _rate_ratio,
    "risk_difference_newcombe": _risk_difference,
    "sii_rii": _slope,
    "wilson": _wilson,
    **{name: _one_measure(name, name) for name in _MEASURES},
    # The source's test of the weighted index names its figure as the unweighted one.
    "idisw": _one_measure("idisw", "idisu"),
    "paf-nonordered": _one_measure("paf", "paf"),
    "par-nonordered": _one_measure("par", "parisk"),
    "parisk": _one_measure("par", "parisk"),
    **{name: _regressed_concentration(name) for name in ("aci", "rci")},
    **{name: _double_weighted(name) for name in ("sii", "rii")},
}
