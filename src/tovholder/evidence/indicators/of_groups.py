"""Inequality between ordered groups: the slope and relative index."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from tovholder.evidence.indicators.asked import Asked, one_of
from tovholder.evidence.indicators.laying import Laid, blanks_told, laid, rows_of
from tovholder.evidence.indicators.of_areas import refuse_above
from tovholder.evidence.indicators.result import Calculated, plain
from tovholder.evidence.indicators.sheet import Sheet, group_order
from tovholder.evidence.results import Real

CONF = 0.95
PER = {"mean": 1.0, "proportion": 100.0, "rate": 100_000.0}
_SHARES = 0.005


def slope_index(sheet: Sheet, asked: Asked, measure: Literal["sii", "rii"]) -> Calculated:
    """This will give the slope index (sii) or the relative index (rii) of each area and period, the other one beside it.

    Groups stand from the worst-off to the best-off. Raises ValueError.
    """
    from tovholder.evidence.equity.slope import slope
    from tovholder.evidence.equity.slope_of_counts import slope_of_counts

    rows, persons = by_group(sheet, f"{measure} (ulighed)")
    kind, value, low, high, error = valued(rows, asked, persons)
    multiplier = asked.multiplier or PER[kind]
    choices: dict[str, Any] = {
        "kind": kind,
        "transform": one_of(asked.transform, ("log", "logit"), "", "transformation") or None,
        "conf": asked.conf or CONF,
        "multiplier": multiplier,
        "direction": one_of(asked.direction, ("top_minus_bottom", "bottom_minus_top"), "top_minus_bottom", "retning"),
    }
    if sheet.has("value"):
        found = slope(rows.number(persons), value, low=low, high=high, se=error, **choices)
    else:
        found = slope_of_counts(rows.number("numerator"), rows.number(persons), **choices)
    absolute, relative = found.absolute(), found.relative()
    first, other = (absolute, relative) if measure == "sii" else (relative, absolute)
    word = "rii" if measure == "sii" else "sii"
    beside = {word: other.value, f"{word}_low": other.low, f"{word}_high": other.high, "intercept": found.intercept}
    made = rows_of(rows, first, hidden=rows.any_hidden(*read_for(sheet, persons)), figures=beside)
    return Calculated(
        found.method,
        found.version,
        {**found.parameters, "groups": list(rows.columns)},
        made,
        {**blanks_told(made), "groups": gradient(rows, persons, value, low, high, multiplier)},
    )


def by_group(sheet: Sheet, measure: str) -> tuple[Laid, str]:
    """This will lay groups across in order and name the column of persons; raises ValueError."""
    sheet.needs(measure, "group")
    names = group_order(sheet)
    persons = next((role for role in ("denominator", "population", "share") if sheet.has(role)), "denominator")
    sheet.needs(measure, persons)
    rows = laid(sheet, across="group", columns=names)
    if persons == "share":
        check_shares(rows)
    return rows, persons


def check_shares(rows: Laid) -> None:
    """This will raise ValueError where the groups' shares of the people do not add up to one, or to a hundred."""
    shares = rows.number("share")
    for number in range(shares.shape[0]):
        total = float(np.nansum(shares[number]))
        if np.isnan(shares[number]).any() or min(abs(total - 1), abs(total - 100) / 100) <= _SHARES:
            continue
        place = int(rows.place[number][rows.place[number] >= 0][0])
        about = ", ".join(f"»{said}«" for said in rows.about(number).values() if said)
        told = f"{total:.4g}".replace(".", ",")
        raise ValueError(
            f"{rows.sheet.at(place, 'share')}: gruppernes andele {f'for {about} ' if about else ''}giver tilsammen {told}. "
            "De skal give 1 eller 100."
        )


def valued(rows: Laid, asked: Asked, persons: str) -> tuple[str, Real, Real | None, Real | None, Real | None]:
    """This will give the kind, and each group's figure with its limits or standard error; raises ValueError."""
    from tovholder.evidence.equity.proportions import proportion
    from tovholder.evidence.equity.rates import rate

    sheet = rows.sheet
    if not sheet.has("value"):
        sheet.needs("et mål for ulighed", "numerator")
        kind = one_of(asked.kind, ("proportion", "rate"), "proportion", "slags")
        x, n = rows.number("numerator"), rows.number(persons)
        if kind == "proportion":
            refuse_above(sheet, persons)
            shares = proportion(x, n)
            return kind, shares.value, shares.low, shares.high, None
        rates = rate(x, n, multiplier=1.0)
        return kind, rates.value, rates.low, rates.high, None
    kind = one_of(asked.kind, ("mean", "proportion", "rate"), "mean", "slags")
    # Shares and rates stand in the table as they are shown: per hundred, per 100,000.
    per = 1.0 if kind == "mean" else asked.multiplier or PER[kind]
    value = rows.number("value") / per
    if sheet.has("low") and sheet.has("high"):
        return kind, value, rows.number("low") / per, rows.number("high") / per, None
    sheet.needs("et mål for ulighed", "se")
    return kind, value, None, None, rows.number("se")


def gradient(rows: Laid, persons: str, value: Real, low: Real | None, high: Real | None, multiplier: float) -> list[dict[str, Any]]:
    """This will give each row's groups with their share of the people and their figures, for the picture."""
    people, hidden = rows.number(persons), rows.hidden(*read_for(rows.sheet, persons))
    told = []
    for number in range(len(rows.keys)):
        # Where somebody's number is not known, nobody's share of all is.
        total = float(people[number].sum())
        groups = []
        for place, name in enumerate(rows.columns):
            blank = bool(hidden[number, place])
            share = people[number, place] / total if total > 0 else np.nan
            limits = [None if one is None or blank else plain(one[number, place] * multiplier) for one in (low, high)]
            groups.append({
                "group": name,
                "share": None if blank else plain(share),
                "value": None if blank else plain(value[number, place] * multiplier),
                "low": limits[0],
                "high": limits[1],
            })  # fmt: skip
        about = rows.about(number)
        told.append({"area": about["area"], "period": about["period"], "groups": groups})
    return told


def read_for(sheet: Sheet, persons: str) -> tuple[str, ...]:
    """This will name the columns of numbers that a figure for groups comes from."""
    return tuple(role for role in ("numerator", "value", "low", "high", "se", persons) if sheet.has(role))
