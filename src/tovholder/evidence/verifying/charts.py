"""Cases of control charts, funnels and segmented regression, answered by our own functions under the names the cases use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from tovholder.evidence.charts.anhoej import anhoej
from tovholder.evidence.charts.attribute import attribute
from tovholder.evidence.charts.chart import ControlChart
from tovholder.evidence.charts.funnel_limits import LEVELS, distances, expected_at, poisson_limits, proportion_limits
from tovholder.evidence.charts.funnels import Funnel, funnel
from tovholder.evidence.charts.overdispersion import Overdispersion, error_on_scale, off_scale, on_scale, overdispersion
from tovholder.evidence.charts.rules import Signs, signals, stretches
from tovholder.evidence.charts.run import run_chart
from tovholder.evidence.charts.segmented import Segmented, counted, linear
from tovholder.evidence.charts.xmr import mr, xmr
from tovholder.evidence.results import Why
from tovholder.evidence.verifying.cases import Faults

Case = Mapping[str, Any]
Answer = Mapping[str, Any] | Faults
D2 = 1.128
# What one peer calls a point, by the first of our rules that speaks there.
_LABELS = {
    "outside": {1: "Above UCL", -1: "Below LCL"},
    "trend": {1: "7 Point Trend (Increasing)", -1: "7 Point Trend (Decreasing)"},
    "two_of_three_one_side": {1: "2 in 3 Above CL", -1: "2 in 3 Below CL"},
    "one_side": {1: "7 Points Above CL", -1: "7 Points Below CL"},
}
_KINDS = {0: "common_cause", 1: "special_cause_improvement", -1: "special_cause_concern", 2: "special_cause_neutral"}


def _numbers(values: Any) -> npt.NDArray[np.float64]:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _xmr_chart(case: Case) -> Answer:
    asked = case["params"]
    found = xmr(
        _numbers(case["input"]["y"]),
        baseline=asked["fix_after"],
        # A case counts its points from 1.
        rebase_at=tuple(place - 1 for place in case["input"]["rebase_at"]),
        screen=asked["screen_moving_ranges"],
        improvement=asked["improvement"],
        rules="making_data_count",
        fewest=2,
        constant=asked["constant"],
    )
    labels = ["Common Cause"] * found.y.size
    for name in reversed(list(found.by_rule)):
        for place in np.flatnonzero(found.by_rule[name]):
            labels[place] = _LABELS[name][int(found.by_rule[name][place])]
    outside = found.by_rule["outside"] != 0
    return {
        "mean": found.centre,
        "lpl": found.low,
        "upl": found.high,
        "outside": outside.astype(int),
        "close": (~outside & (np.abs(found.y - found.centre) > 2 * found.sigma)).astype(int),
        "special_cause": labels,
        "point_type": [_KINDS[int(kind)] for kind in found.kind],
    }


def _xmr_limits(case: Case) -> Answer:
    found = xmr(_numbers(case["input"]["y"]), screen=case["params"]["screen_moving_ranges"], fewest=2)
    return {"mean": found.centre[0], "lpl": found.low[0], "upl": found.high[0]}


def _anhoej_rules(case: Case) -> Answer:
    y, asked = _numbers(case["input"]["y"]), case["params"]
    chart: ControlChart = run_chart(y, fewest=2)
    if asked["centre"] == "mean":
        chart = xmr(y, screen=asked["screen_moving_ranges"], fewest=2, constant=3 / asked["d2"], rules="outside_and_anhoej")
    runs = anhoej(y, chart.centre)
    outside = chart.by_rule.get("outside", np.zeros(y.size, dtype=np.int8))
    return {"cl": chart.centre[0], "lcl": chart.low[0], "ucl": chart.high[0], **_runs(runs), "sigma": _places(outside)}


def _runs(runs: Any) -> dict[str, Any]:
    return {
        "n_useful": int(runs.useful[0]),
        "longest": int(runs.longest[0]),
        "longest_max": int(runs.longest_max[0]),
        "cross": int(runs.crossings[0]),
        "cross_min": int(runs.crossings_min[0]),
        "runs_signal": bool(runs.signal[0]),
    }


def _places(outside: Signs) -> Any:
    """The places of the points outside, counted from 1; a single one stands alone in the cases."""
    places = [int(place) + 1 for place in np.flatnonzero(outside)]
    return places[0] if len(places) == 1 else places


def _control_chart(case: Case) -> Answer:
    given, asked = case["input"], case["params"]
    kind, y = asked["chart"], _numbers(given.get("y", given.get("x")))
    sizes = None if given.get("n") is None else _numbers(given["n"])
    choices: dict[str, Any] = {
        "baseline": asked.get("freeze"),
        "exclude": tuple(place - 1 for place in asked.get("exclude", ())),
        "rebase_at": (asked["part"],) if "part" in asked else (),
        "rules": "outside_and_anhoej",
        "fewest": 2,
    }
    screen = asked.get("screen_moving_ranges", False)
    if kind == "mr":
        ranges = mr(y, **choices)
        return _chart_told(ranges.y, ranges.centre, np.zeros_like(ranges.y), ranges.high, ranges.outside, case)
    if kind == "i":
        chart: ControlChart = xmr(y, screen=screen, constant=3 / D2, chart="i", **choices)
    else:
        chart = attribute(kind, y, sizes, multiplier=asked.get("multiply", 1), screen=screen, **choices)
    return _chart_told(chart.y, chart.centre, chart.low, chart.high, chart.by_rule["outside"] != 0, case)


def _chart_told(y: Any, centre: Any, low: Any, high: Any, outside: Any, case: Case) -> dict[str, Any]:
    asked = case["params"]
    kept = np.ones(y.size, dtype=bool)
    kept[[place - 1 for place in asked.get("exclude", ())]] = False
    # With parts, the runs told are those of the first one.
    kept[asked.get("part", y.size) :] = False
    runs = anhoej(np.where(kept, y, np.nan), centre)
    # Some cases give the centre once, others at every point.
    every_point = isinstance(case["expected"].get("cl"), list)
    return {
        "cl": centre if every_point else centre[0],
        "lcl": low,
        "ucl": high,
        "sigma_signal_at": [int(place) + 1 for place in np.flatnonzero(outside)],
        "sigma_signal": outside,
        "runs_signal": bool(runs.signal[0]),
        "longest_run": int(runs.longest[0]),
        "longest_run_max": int(runs.longest_max[0]),
        "crossings": int(runs.crossings[0]),
        "crossings_min": int(runs.crossings_min[0]),
    }


def _by_prefix(values: npt.NDArray[np.float64], centre: npt.NDArray[np.float64], rule: str) -> list[int]:
    """Whether the rule speaks at the last point when no later one is known, for each point."""
    found = []
    for end in range(1, values.size + 1):
        row, middle = values[None, :end], centre[None, :end]
        none = np.full(row.shape, np.nan)
        spoken = signals(row, middle, none, none, none, np.zeros(end, dtype=np.int64), np.zeros(row.shape, dtype=np.int8), rules=rule)
        found.append(int(spoken.by_rule[rule][0, -1]))
    return found


def _seven_one_side_end(case: Case) -> Answer:
    side = _numbers(case["input"]["relative_to_mean"])
    return {"flag": np.abs(_by_prefix(side, np.zeros_like(side), "one_side"))}


def _seven_trend_end(case: Case) -> Answer:
    y = _numbers(case["input"]["y"])
    return {"flag": _by_prefix(y, np.zeros_like(y), "trend")}


def _two_in_three_window(case: Case) -> Answer:
    close = np.array(case["input"]["close"], dtype=np.int8)[None]
    side = np.array(case["input"]["relative_to_mean"], dtype=np.int8)[None]
    new = np.zeros(side.shape, dtype=bool)
    new[0, 0] = True
    return {"flag": stretches((close * side).astype(np.int8), 2, 3, new, side)[0]}


def _funnel_proportion_limits(case: Case) -> Answer:
    given, multiplier = case["input"], case["params"]["multiplier"]
    found = funnel("proportion", _numbers(given["x"]), _numbers(given["n"]), at=_numbers(given["at"]), multiplier=multiplier)
    (low2, low3), (high2, high3) = found.curve_low.T, found.curve_high.T
    return {
        "baseline": found.centre,
        "lower_2s_limit": low2,
        "upper_2s_limit": high2,
        "lower_3s_limit": low3,
        "upper_3s_limit": high3,
        "base": np.full(low2.size, found.centre),
        "l2": low2,
        "u2": high2,
        "l3": low3,
        "u3": high3,
    }


def _labels(found: Funnel) -> list[str]:
    names = {-2: "Low (0.001)", -1: "Low (0.025)", 0: "Not significant", 1: "High (0.025)", 2: "High (0.001)"}
    few = "Not applicable for events less than 10 for dsrs"
    return [few if why == Why.TOO_FEW_EVENTS else names[int(one)] for one, why in zip(found.passed, found.why, strict=True)]


def _funnel_proportion_significance(case: Case) -> Answer:
    found = funnel("proportion", _numbers(case["input"]["x"]), _numbers(case["input"]["n"]))
    return {"label": _labels(found)}


def _funnel_ratio_significance(case: Case) -> Answer:
    found = funnel("ratio", _numbers(case["input"]["observed"]), _numbers(case["input"]["expected"]))
    return {"label": _labels(found)}


def _funnel_poisson_expected(case: Case) -> Answer:
    observed = np.asarray(case["input"]["observed"], dtype=np.float64)
    low, high = expected_at(observed)
    told: dict[str, Any] = {}
    for place, name in enumerate(("2s", "3s")):
        for word, expected in (("lower", low[..., place]), ("upper", high[..., place])):
            told |= {
                f"{word}_{name}": expected,
                f"{word}_{name}_exp_events": expected,
                f"{word}_{name}_count": observed / expected - 1,
                f"{word}_{name}_isr": observed / expected * 100,
            }
    return told


def _funnel_rate_limits(case: Case) -> Answer:
    given, asked = case["input"], case["params"]
    events, rates, observed = (_numbers(given[name]) for name in ("events", "rate", "at"))
    persons = events / rates * asked["multiplier"]
    centre = float(events.sum() / persons.sum()) * asked["multiplier"]
    low, high = expected_at(observed)
    told: dict[str, Any] = {"baseline": np.full(observed.size, centre)}
    for place, name in enumerate(("2s", "3s")):
        for word, expected in (("lower", low[:, place]), ("upper", high[:, place])):
            told[f"{word}_{name}_limit"] = observed / expected * centre
            told[f"{word}_{name}_population_1_year"] = expected / centre * asked["multiplier"] / asked["years"]
    return told


def _funnel_rate_significance(case: Case) -> Answer:
    given = case["input"]
    events, persons, standardised = (_numbers(given[name]) for name in ("count", "pop", "rate_dsr"))
    # A directly standardised rate comes from as many persons as would have given it; none with the rate is as good as the population.
    behind = np.where(events > 0, events / standardised * 1e5, persons)
    told: dict[str, Any] = {}
    for rate, sizes, fewest in (("crude", persons, 0), ("dsr", behind, 10)):
        for zero, counts in (("with_0", events), ("without_0", np.where(events > 0, events, np.nan))):
            labels = _labels(funnel("rate", counts, sizes, fewest=fewest))
            told |= {f"{rate}_per_{unit}_{zero}": labels for unit in ("100000", "100")}
    return told


_SCALES = {"SR": "log", "PR": "arcsine"}


def _dispersion(case: Case) -> tuple[Overdispersion, str]:
    kind, asked = case["params"]["type"], case["params"]
    x, n = _numbers(case["input"]["num"]), _numbers(case["input"]["den"])
    target = 1.0 if kind == "SR" else float(x.sum() / n.sum())
    # SHMI trims standardised ratios; shares are winsorised as by Spiegelhalter.
    treatment = "trim" if kind == "SR" and asked["method"] == "SHMI" else "winsorise"
    return overdispersion(x, n, target, scale=_SCALES[kind], treatment=treatment, share=asked["trim"]), kind  # type: ignore[arg-type]


def _overdispersion_phi(case: Case) -> Answer:
    return {"phi": _dispersion(case)[0].phi}


def _funnel_overdispersion(case: Case) -> Answer:
    found, kind = _dispersion(case)
    from scipy.special import ndtr

    sizes = _numbers(case["expected"]["limits_plain"]["number_seq"])
    # The peer rounds its normal quantiles to six digits.
    z = np.round(distances(LEVELS), 6)
    reach = z * np.sqrt(error_on_scale(sizes, found.scale)[:, None] ** 2 + found.tau2)
    middle = on_scale(found.target, found.scale)
    wide_low, wide_high = off_scale(middle - reach, found.scale), off_scale(middle + reach, found.scale)
    if kind == "SR":
        low, high = poisson_limits(sizes, method="garwood")
    else:
        low, high = proportion_limits(found.target, sizes, tuple(1 - 2 * ndtr(-z)), method="arcsine")
    names = ("95", "998")
    return {
        "phi": found.phi,
        "tau2": found.tau2,
        "target": found.target,
        "n_used": found.used,
        "limits_od": {
            "number_seq": sizes,
            **{f"odll{name}": wide_low[:, place] for place, name in enumerate(names)},
            **{f"odul{name}": wide_high[:, place] for place, name in enumerate(names)},
        },
        "limits_plain": {
            "number_seq": sizes,
            **{f"ll{name}": low[:, place] for place, name in enumerate(names)},
            **{f"ul{name}": high[:, place] for place, name in enumerate(names)},
        },
    }


def _poisson_limits(case: Case) -> Answer:
    low, high = poisson_limits(_numbers(case["input"]["expected"]), method="garwood")
    return {"ll95": low[:, 0], "ul95": high[:, 0], "ll998": low[:, 1], "ul998": high[:, 1]}


def _segmented_regression(case: Case) -> Answer:
    given = {name: _numbers(values) for name, values in case["input"].items()}
    wave = 2 * np.pi * given["t"] / 12
    columns = np.stack([np.ones_like(wave), given["t"], given["post"], given["after"], np.sin(wave), np.cos(wave)], axis=1)
    terms = ("(Intercept)", "t", "post", "after", "s", "c")

    def by_term(values: npt.NDArray[np.float64]) -> dict[str, float]:
        return dict(zip(terms, values.tolist(), strict=True))

    def errors(**choices: Any) -> dict[str, float]:
        return by_term(linear(given["y"], columns, terms, **choices).error)

    plain: Segmented = linear(given["y"], columns, terms, errors="ols")
    counts = {quasi: counted(given["count"], given["denom"], columns, terms, quasi=quasi) for quasi in (False, True)}
    return {
        "ols": {"coef": by_term(plain.coef), "se": by_term(plain.error), "r2": plain.r2, "dw": plain.durbin_watson},
        **{f"nw_lag{lag}": errors(lag=lag) for lag in (1, 3, 4)},
        "nw_lag3_adj": errors(lag=3, adjust=True),
        "hc1": errors(errors="hc1"),
        "poisson": {
            "coef": by_term(counts[True].coef),
            "se": by_term(counts[False].error),
            "deviance": counts[True].deviance,
            "phi": counts[True].dispersion,
            "se_quasi": by_term(counts[True].error),
        },
    }


ADAPTERS: Mapping[str, Callable[[Case], Answer]] = {
    "anhoej_rules": _anhoej_rules,
    "control_chart": _control_chart,
    "funnel_overdispersion": _funnel_overdispersion,
    "funnel_poisson_expected": _funnel_poisson_expected,
    "funnel_proportion_limits": _funnel_proportion_limits,
    "funnel_proportion_significance": _funnel_proportion_significance,
    "funnel_rate_limits": _funnel_rate_limits,
    "funnel_rate_significance": _funnel_rate_significance,
    "funnel_ratio_significance": _funnel_ratio_significance,
    "overdispersion_phi": _overdispersion_phi,
    "poisson_limits": _poisson_limits,
    "segmented_regression": _segmented_regression,
    "seven_one_side_end": _seven_one_side_end,
    "seven_trend_end": _seven_trend_end,
    "two_in_three_window": _two_in_three_window,
    "xmr_chart": _xmr_chart,
    "xmr_limits": _xmr_limits,
}
