"""Inequality between groups beside the slope: concentration, the summary measures of the WHO, Gini and Lorenz."""

from __future__ import annotations

from typing import Any

import numpy as np

from tovholder.evidence.indicators.asked import Asked, one_of
from tovholder.evidence.indicators.laying import Laid, blanks_told, laid, rows_of
from tovholder.evidence.indicators.of_groups import CONF, PER, by_group, gradient, read_for, valued
from tovholder.evidence.indicators.result import Calculated, plain
from tovholder.evidence.indicators.sheet import Sheet
from tovholder.evidence.results import Real

CONCENTRATION = ("aci", "rci", "wagstaff", "erreygers")
# These compare with who does best, so they must know what best is.
_BEST = frozenset(("d", "r", "mdbu", "mdbw", "par", "paf"))


def concentration_index(sheet: Sheet, asked: Asked, measure: str) -> Calculated:
    """This will give a concentration index of each area and period, groups from the worst-off to the best-off; raises ValueError."""
    from tovholder.evidence.equity.concentration import concentration

    rows, persons, kind, value, error = _figures(sheet, asked, measure)
    multiplier = asked.multiplier or PER[kind]
    if measure in ("wagstaff", "erreygers") and kind != "proportion":
        raise ValueError(f"{measure} er for andele, som højst kan være 100 procent. Vælg --kind proportion, eller vælg rci.")
    ceiling = multiplier if kind == "proportion" else None
    found = concentration(rows.number(persons), value, error, ceiling=ceiling, conf=asked.conf or CONF)
    every = {"aci": found.absolute, "rci": found.relative, "wagstaff": found.wagstaff, "erreygers": found.erreygers}
    one = every[measure]
    if one is None:
        raise ValueError(f"{measure} kan ikke beregnes af disse tal.")
    beside = {name: other.value for name, other in every.items() if other is not None and name != measure}
    made = rows_of(rows, one, hidden=rows.any_hidden(*read_for(sheet, persons)), figures=beside)
    parameters = {**one.parameters, "kind": kind, "multiplier": multiplier}
    told = {**blanks_told(made), "curves": _curves(rows, found.curve_people, found.curve_figure, one.why)}
    return Calculated(one.method, one.version, parameters, made, told)


def summary(sheet: Sheet, asked: Asked, measure: str) -> Calculated:
    """This will give one of the WHO's summary measures of each area and period; raises ValueError.

    Groups have an order where a column tells it; then the last one does best, else the one with the best figure.
    """
    from tovholder.evidence.equity.between import between

    if measure in _BEST and asked.improvement not in ("increase", "decrease"):
        raise ValueError(f"Er et højt tal godt eller skidt? {measure} skal vide det: vælg --improvement increase eller decrease.")
    rows, persons, kind, value, error = _figures(sheet, asked, measure)
    multiplier = asked.multiplier or PER[kind]
    reference = None
    if asked.reference is not None:
        if asked.reference not in rows.columns:
            raise ValueError(
                f"Referencen »{asked.reference}« er ikke en af grupperne. De er {', '.join(f'»{one}«' for one in rows.columns)}."
            )
        reference = rows.columns.index(asked.reference)
    elif measure in ("mdru", "mdrw"):
        raise ValueError(f"{measure} sammenligner med én gruppe. Skriv den med --reference.")
    found = between(
        rows.number(persons),
        value,
        error,
        favourable=asked.improvement != "decrease",
        ordered=sheet.has("order"),
        reference=reference,
        scale=multiplier if kind == "proportion" else 100.0,
        conf=asked.conf or CONF,
    )
    if measure not in found.measures:
        raise ValueError(f"{measure} kan ikke beregnes af disse tal.")
    one = found.measures[measure]
    made = rows_of(rows, one, hidden=rows.any_hidden(*read_for(sheet, persons)))
    parameters = {**one.parameters, "kind": kind, "multiplier": multiplier}
    limits = (None, None) if error is None else (value - _reach(asked) * error, value + _reach(asked) * error)
    told = {**blanks_told(made), "groups": gradient(rows, persons, value, limits[0], limits[1], 1.0)}
    return Calculated(one.method, one.version, parameters, made, told)


def gini_index(sheet: Sheet, asked: Asked) -> Calculated:
    """This will give Gini's index and the Lorenz curve: over groups where there are groups, else over areas; raises ValueError."""
    from tovholder.evidence.equity.gini import gini

    across = "group" if sheet.has("group") else "area"
    rows, persons, kind, value, error = _figures(sheet, asked, "gini", across)
    found = gini(rows.number(persons), value, error, conf=asked.conf or CONF)
    one = found.gini
    hidden = rows.any_hidden(*read_for(sheet, persons))
    made = rows_of(rows, one, hidden=hidden, figures={"hoover": found.hoover.value})
    parameters = {**one.parameters, "kind": kind, "multiplier": asked.multiplier or PER[kind]}
    curves = _curves(rows, found.lorenz_people, found.lorenz_figure, np.where(hidden, 1, one.why))
    return Calculated(one.method, one.version, parameters, made, {**blanks_told(made), "curves": curves})


def _figures(sheet: Sheet, asked: Asked, measure: str, across: str = "group") -> tuple[Laid, str, str, Real, Real | None]:
    """Groups' figures as they are shown, with their standard errors where they can be had."""
    if across == "group":
        rows, persons = by_group(sheet, f"{measure} (ulighed)")
    else:
        sheet.needs("en fordeling", "area")
        persons = next((role for role in ("denominator", "population") if sheet.has(role)), "denominator")
        sheet.needs("en fordeling", persons)
        rows = laid(sheet, across="area", columns=sorted({key[0] for key in sheet.keys("area")}))
    if sheet.has("value") and not (sheet.has("se") or (sheet.has("low") and sheet.has("high"))):
        # Without them there is a figure and no limits, which these measures can bear.
        kind = one_of(asked.kind, ("mean", "proportion", "rate"), "mean", "slags")
        return rows, persons, kind, rows.number("value"), None
    kind, value, low, high, error = valued(rows, asked, persons)
    multiplier = asked.multiplier or PER[kind]
    if not sheet.has("value"):
        n = rows.number(persons)
        some = np.where(n > 0, n, np.nan)
        variance = np.clip(value * (1 - value), 0, None) / some if kind == "proportion" else value / some
        return rows, persons, kind, value * multiplier, np.sqrt(variance) * multiplier
    if error is None and low is not None and high is not None:
        error = (high - low) / (2 * _reach(Asked()))
        return rows, persons, kind, value * multiplier, error * multiplier
    return rows, persons, kind, value * multiplier, error


def _reach(asked: Asked) -> float:
    from scipy.special import ndtri

    return float(ndtri((1 + (asked.conf or CONF)) / 2))


def _curves(rows: Laid, people: Real, shares: Real, why: Any) -> list[dict[str, Any]]:
    told = []
    for number in range(len(rows.keys)):
        shown = int(why[number]) == 0
        curve = {"people": people[number], "shares": shares[number]} if shown else {"people": (), "shares": ()}
        told.append({**rows.about(number), **{name: [plain(one) for one in line] for name, line in curve.items()}})
    return told
