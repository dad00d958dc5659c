"""Small numbers: figures drawn towards all areas', and what would be gained if all were as good as the best, shrunk first."""

from __future__ import annotations

from typing import Any

import numpy as np

from tovholder.evidence.indicators.asked import Asked, one_of
from tovholder.evidence.indicators.laying import Laid, blanked, blanks_told, laid
from tovholder.evidence.indicators.of_areas import denominator_of, refuse_above
from tovholder.evidence.indicators.of_groups import PER
from tovholder.evidence.indicators.of_places import apart
from tovholder.evidence.indicators.result import Calculated, Row, plain, reason
from tovholder.evidence.indicators.sheet import Sheet
from tovholder.evidence.results import Real, Why

CONF = 0.95
_FAMILY = {"proportion": "beta-binomial", "rate": "gamma-poisson", "ratio": "gamma-poisson"}


def shrink(sheet: Sheet, asked: Asked) -> Calculated:
    """This will give every area's figure drawn towards all areas', one reckoning for each period and group; raises ValueError."""
    from tovholder.evidence.equity.shrinkage import shrunk

    rows, kind, x, n, hidden = _counts(sheet, asked, "udjævnede tal")
    multiplier = asked.multiplier or {**PER, "ratio": 100.0}[kind]
    method = one_of(asked.method, ("likelihood", "moments"), "likelihood", "metode")
    made: dict[int, Row] = {}
    told: list[dict[str, Any]] = []
    found = None
    for about, places in apart(rows):
        found = shrunk(
            x[places],
            n[places],
            family=_FAMILY[kind],  # type: ignore[arg-type]
            estimator=method,  # type: ignore[arg-type]
            conf=asked.conf or CONF,
            multiplier=multiplier,
        )
        why = blanked(found.why, hidden[places])
        told.append({**about, "overall": plain(found.overall), "between": plain(found.between), "areas": int((why == Why.SHOWN).sum())})
        for number, place in enumerate(places):
            shown = why[number] == Why.SHOWN
            value, low, high = (plain(one[number]) if shown else None for one in (found.value, found.low, found.high))
            beside = {"raw": plain(found.raw[number]), "weight": plain(found.weight[number])} if shown else {}
            made[place] = Row(**rows.about(place), value=value, low=low, high=high, why=reason(int(why[number])), figures=beside)
    if found is None:
        raise ValueError("Der er ingen målinger.")
    every = tuple(made[place] for place in sorted(made))
    return Calculated(found.method, found.version, {**found.parameters, "kind": kind}, every, {**blanks_told(every), "overall": told})


def potential_gain(sheet: Sheet, asked: Asked) -> Calculated:
    """This will say how many events fewer (or more, where they are good) each area would have as the best fifth; raises ValueError."""
    from tovholder.evidence.equity.potential import potential

    rows, kind, x, n, hidden = _counts(sheet, asked, "et potentiale")
    made: dict[int, Row] = {}
    told: list[dict[str, Any]] = []
    notices: list[str] = []
    found = None
    for about, places in apart(rows):
        found = potential(
            x[places],
            n[places],
            favourable=asked.improvement == "increase",
            family=_FAMILY[kind],  # type: ignore[arg-type]
            conf=asked.conf or CONF,
        )
        total = found.total
        why = blanked(found.shrunk.why, hidden[places])
        blank = reason(int(np.atleast_1d(total.why)[0]))
        told.append({
            **about,
            "total": plain(total.value), "low": plain(total.low), "high": plain(total.high), "why": blank,
            "target": plain(found.target), "unshrunk": plain(found.unshrunk),
            "best": [rows.about(place)["area"] for number, place in enumerate(places) if found.best[number]],
        })  # fmt: skip
        if blank is not None:
            notices.append("Der er for få områder til at sige, hvad der kunne vindes, hvis alle var som de bedste.")
        for number, place in enumerate(places):
            own = int(why[number]) or (0 if blank is None else int(Why.NOT_DEFINED))
            value = plain(found.by_area[number]) if own == Why.SHOWN else None
            made[place] = Row(**rows.about(place), value=value, low=None, high=None, why=reason(own), figures={})
    if found is None:
        raise ValueError("Der er ingen målinger.")
    every = tuple(made[place] for place in sorted(made))
    return Calculated(
        found.method, found.version, {**found.parameters, "kind": kind}, every, {**blanks_told(every), "potentials": told}, tuple(notices)
    )


def _counts(sheet: Sheet, asked: Asked, measure: str) -> tuple[Laid, str, Real, Real, Any]:
    sheet.needs(measure, "area")
    kind = one_of(asked.kind, ("proportion", "rate", "ratio"), "ratio" if sheet.has("expected") else "proportion", "slags")
    persons = "expected" if kind == "ratio" and sheet.has("expected") else denominator_of(sheet, measure)
    sheet.needs(measure, "numerator")
    if kind == "proportion":
        refuse_above(sheet, persons)
    rows = laid(sheet)
    hidden = rows.any_hidden("numerator", persons)
    x, n = (np.where(hidden, np.nan, rows.number(role)[:, 0]) for role in ("numerator", persons))
    return rows, kind, x, n, hidden
