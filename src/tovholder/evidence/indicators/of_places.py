"""Places side by side: the funnel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tovholder.evidence.charts.funnels import Funnel, funnel
from tovholder.evidence.indicators.asked import Asked, one_of
from tovholder.evidence.indicators.laying import Laid, blanked, blanks_told, laid
from tovholder.evidence.indicators.of_areas import denominator_of, refuse_above
from tovholder.evidence.indicators.result import Calculated, Row, plain, reason
from tovholder.evidence.indicators.sheet import Sheet
from tovholder.evidence.results import Real

_PER = {"proportion": 100.0, "rate": 100_000.0, "ratio": 100.0}


def funnel_plot(sheet: Sheet, asked: Asked) -> Calculated:
    """This will give one funnel for each period and group: which areas differ by more than chance; raises ValueError."""
    sheet.needs("en tragt", "area", "numerator")
    kind = one_of(asked.kind, ("proportion", "rate", "ratio"), "ratio" if sheet.has("expected") else "proportion", "slags")
    persons = "expected" if kind == "ratio" and sheet.has("expected") else denominator_of(sheet, "en tragt")
    if kind == "proportion":
        refuse_above(sheet, persons)
    widening = one_of(asked.method, ("none", "additive", "multiplicative"), "none", "metode")
    multiplier = asked.multiplier or _PER[kind]
    rows = laid(sheet)
    x, n = (rows.number(role)[:, 0] for role in ("numerator", persons))
    hidden = rows.hidden("numerator", persons)[:, 0]
    made: list[Row] = []
    told: list[dict[str, Any]] = []
    notices: list[str] = []
    one: Funnel | None = None
    for about, places in apart(rows):
        one = funnel(
            kind,  # type: ignore[arg-type]
            np.where(hidden, np.nan, x)[places],
            np.where(hidden, np.nan, n)[places],
            centre=None if asked.centre is None else asked.centre / multiplier,
            multiplier=multiplier,
            widening=widening,  # type: ignore[arg-type]
            rate=asked.rate or 0.05,
        )
        made += _rows(rows, places, one, hidden[places])
        told.append({**about, **_told(one)})
        notices += _said(one, about, widening)
    if one is None:
        raise ValueError("Der er ingen målinger.")
    order = {place: number for number, place in enumerate(place for _, places in apart(rows) for place in places)}
    made = [made[order[place]] for place in range(len(rows.keys))]
    return Calculated(
        one.method,
        one.version,
        {**one.parameters, "centre": asked.centre},
        tuple(made),
        {**blanks_told(made), "funnels": told},
        tuple(notices),
    )


def apart(rows: Laid) -> list[tuple[dict[str, str | None], list[int]]]:
    """This will give the places of each period and group, in order."""
    found: dict[tuple[str | None, str | None], list[int]] = {}
    for place in range(len(rows.keys)):
        about = rows.about(place)
        found.setdefault((about["period"], about["group"]), []).append(place)
    return [({"period": period, "group": group}, places) for (period, group), places in found.items()]


def _rows(rows: Laid, places: Sequence[int], one: Funnel, hidden: Any) -> list[Row]:
    why = blanked(one.why, hidden)
    return [
        Row(
            **rows.about(place),
            value=plain(one.value[number]),
            low=plain(one.low[number, 0]),
            high=plain(one.high[number, 0]),
            why=reason(int(why[number])),
            figures={} if hidden[number] else {
                "size": plain(one.size[number]),
                "limits": _limits(one, one.low[number], one.high[number]),
                "outside": int(one.passed[number]),
                "p": plain(one.p[number]),
                "q": plain(one.found.q[number]),
                "differs": bool(one.found.by_limit[number]),
                "differs_with_false_discovery_control": bool(one.found.by_rate[number]),
            },
        )
        for number, place in enumerate(places)
    ]  # fmt: skip


def _limits(one: Funnel, low: Real, high: Real) -> list[dict[str, Any]]:
    return [{"level": level, "low": plain(low[place]), "high": plain(high[place])} for place, level in enumerate(one.levels)]


def _told(one: Funnel) -> dict[str, Any]:
    return {
        "centre": plain(one.centre),
        "places": int((one.why == 0).sum()),
        "curve": [
            {"size": plain(size), "limits": _limits(one, one.curve_low[place], one.curve_high[place])}
            for place, size in enumerate(one.curve_size)
        ],
        "phi": plain(one.spread.phi),
        "tau2": plain(one.spread.tau2),
        "scale": one.spread.scale,
        "outside_by_limit": int(one.found.by_limit.sum()),
        "outside_with_false_discovery_control": int(one.found.by_rate.sum()),
        "outside_by_chance": one.found.expected_by_chance,
    }


def _said(one: Funnel, about: dict[str, str | None], widening: str) -> list[str]:
    where = "".join(f" ({word})" for word in (", ".join(said for said in about.values() if said),) if word)
    shown = int((one.why == 0).sum())
    if shown < 2:
        return [f"Kun {shown} område har tal{where}. En tragt sammenligner områder, og her er der intet at sammenligne med."]
    # With so few places phi itself is too uncertain to speak of.
    if widening == "none" and shown >= 10 and one.spread.phi > 2:
        return [
            f"Områderne er mere forskellige, end tilfældet giver{where}: {one.spread.phi:.1f} gange så meget. ".replace(".", ",", 1)
            + "Mange vil ligge uden for grænserne. Vælg --method additive for at tage højde for det."
        ]
    return []
