"""One figure for each area, period and group: proportions, rates, means, standardised rates and life expectancy."""

from __future__ import annotations

import re

import numpy as np

from tovholder.evidence.indicators.asked import Asked, one_of
from tovholder.evidence.indicators.laying import Laid, blanks_told, laid, rows_of
from tovholder.evidence.indicators.result import Calculated
from tovholder.evidence.indicators.sheet import Sheet
from tovholder.evidence.results import Estimates, Real

CONF = 0.95
_AGE = re.compile(r"[^0-9]*([0-9]{1,3})")


def proportion(sheet: Sheet, asked: Asked) -> Calculated:
    """This will give shares of persons with their limits, in per cent unless another multiplier is chosen; raises ValueError."""
    from tovholder.evidence.equity.proportions import proportion as estimated

    persons = denominator_of(sheet, "en andel")
    refuse_above(sheet, persons)
    rows = laid(sheet)
    x, n = (rows.number(role)[:, 0] for role in ("numerator", persons))
    method = one_of(asked.method, ("wilson", "exact"), "wilson", "metode")
    found = estimated(x, n, conf=asked.conf or CONF, method=method, multiplier=asked.multiplier or 100.0)  # type: ignore[arg-type]
    return _told(rows, found, "numerator", persons, figures={"numerator": x, "denominator": n})


def rate(sheet: Sheet, asked: Asked) -> Calculated:
    """This will give events per persons or person-years with their limits, per 100,000 unless another multiplier is chosen."""
    from tovholder.evidence.equity.rates import rate as estimated

    persons = denominator_of(sheet, "en rate")
    rows = laid(sheet)
    x, n = (rows.number(role)[:, 0] for role in ("numerator", persons))
    method = one_of(asked.method, ("exact", "fingertips"), "exact", "metode")
    found = estimated(x, n, conf=asked.conf or CONF, method=method, multiplier=asked.multiplier or 100_000.0)  # type: ignore[arg-type]
    return _told(rows, found, "numerator", persons, figures={"numerator": x, "denominator": n})


def mean(sheet: Sheet, asked: Asked) -> Calculated:
    """This will give means with their limits: of several values in each area, or from means, spreads and numbers of persons."""
    from tovholder.evidence.equity.means import mean as estimated
    from tovholder.evidence.equity.means import mean_of_summary

    sheet.needs("et gennemsnit", "value")
    conf = asked.conf or CONF
    if sheet.has("sd"):
        persons = denominator_of(sheet, "et gennemsnit med standardafvigelse", "value", "sd")
        rows = laid(sheet)
        middle, spread, n = (rows.number(role)[:, 0] for role in ("value", "sd", persons))
        return _told(rows, mean_of_summary(middle, spread, n, conf=conf), "value", "sd", persons, figures={"denominator": n})
    numbered, width = _numbered(sheet)
    rows = laid(numbered, across="age", columns=[str(place) for place in range(width)])
    found = estimated(rows.number("value"), conf=conf)
    return _told(rows, found, "value", figures={"denominator": found.n})


def _numbered(sheet: Sheet) -> tuple[Sheet, int]:
    """Several values of one area, told apart by their number so that they can stand side by side."""
    roles = [role for role in ("area", "period", "group") if sheet.has(role)]
    count: dict[tuple[object, ...], int] = {}
    number = []
    for key in sheet.keys(*roles):
        count[key] = count.get(key, 0) + 1
        number.append(str(count[key] - 1))
    texts = {**sheet.texts, "age": tuple(number)}
    return Sheet(texts, sheet.numbers, sheet.hidden, sheet.row, sheet.headings, sheet.periods), max(count.values(), default=0)


def dsr(sheet: Sheet, asked: Asked) -> Calculated:
    """This will give rates standardised to one population, per 100,000 unless chosen; raises ValueError."""
    from tovholder.evidence.equity.standardised import dsr as estimated

    persons = denominator_of(sheet, "en standardiseret rate")
    sheet.needs("en standardiseret rate", "age")
    ages = ages_of(sheet)
    rows = laid(sheet, across="age", columns=list(ages))
    standard = _standard(sheet, asked, rows, ages)
    method = one_of(asked.method, ("dobson", "fay-feuer"), "dobson", "metode")
    x, n = rows.number("numerator"), rows.number(persons)
    found = estimated(
        x,
        n,
        standard,
        conf=asked.conf or CONF,
        method=method,  # type: ignore[arg-type]
        multiplier=asked.multiplier or 100_000.0,
    )
    told = _told(rows, found, "numerator", persons, figures={"numerator": found.events, "crude": found.crude})
    parameters = {**told.parameters, "standard": asked.standard or "standard", "ages": list(ages)}
    return Calculated(told.method, told.version, parameters, told.rows, told.found, told.notices)


def _standard(sheet: Sheet, asked: Asked, rows: Laid, ages: dict[str, int]) -> Real:
    if asked.standard is not None:
        from tovholder.evidence.equity.standard_populations import ESP_2013

        one_of(asked.standard, ("esp2013",), "esp2013", "standardbefolkning")
        if tuple(ages.values()) != tuple(range(0, 95, 5)):
            raise ValueError(
                "Den europæiske standardbefolkning (esp2013) har aldersgrupperne 0-4, 5-9 … 85-89 og 90+. "
                f"Her er {', '.join(ages)}. Brug kolonnen »standardbefolkning« i stedet."
            )
        return np.asarray(ESP_2013, dtype=np.float64)
    if not sheet.has("standard"):
        raise ValueError("Række 1: der er ingen standardbefolkning. Tilføj kolonnen »standardbefolkning«, eller vælg --standard esp2013.")
    return _same_down(rows, "standard")


def _same_down(rows: Laid, role: str) -> Real:
    """One figure for each age, the same in every area."""
    values = rows.number(role)
    first = np.full(values.shape[1], np.nan)
    for column, name in enumerate(rows.columns):
        known = np.flatnonzero(~np.isnan(values[:, column]))
        if not known.size:
            raise ValueError(f"Kolonnen »{rows.sheet.heading(role)}« er tom for {name}. Skriv, hvor mange der er i standardbefolkningen.")
        first[column] = values[known[0], column]
        other = known[values[known, column] != first[column]]
        if other.size:
            place = int(rows.place[other[0], column])
            told = f"{values[other[0], column]:g}, men {first[column]:g} i række {int(rows.sheet.row[rows.place[known[0], column]])}"
            raise ValueError(f"{rows.sheet.at(place, role)}: {name} har {told}. Standarden skal være den samme for alle områder.")
    return first


def isr(sheet: Sheet, asked: Asked) -> Calculated:
    """This will give events beside those expected by the reference's rates, times 100 unless chosen; raises ValueError."""
    from tovholder.evidence.equity.standardised import isr as estimated

    persons = denominator_of(sheet, "en indirekte standardiseret rate")
    sheet.needs("en indirekte standardiseret rate", "age")
    rows = laid(sheet, across="age", columns=list(ages_of(sheet)))
    x, n = rows.number("numerator"), rows.number(persons)
    reference_x, reference_n, reference = _reference(rows, asked, x, n)
    method = one_of(asked.method, ("exact", "fingertips"), "exact", "metode")
    statistic = one_of(asked.kind, ("ratio", "rate"), "ratio", "slags")
    found = estimated(
        x,
        n,
        reference_x,
        reference_n,
        conf=asked.conf or CONF,
        method=method,  # type: ignore[arg-type]
        statistic=statistic,  # type: ignore[arg-type]
        multiplier=asked.multiplier,
    )
    told = _told(rows, found, "numerator", persons, figures={"observed": found.observed, "expected": found.expected})
    return Calculated(told.method, told.version, {**told.parameters, "reference": reference}, told.rows, told.found, told.notices)


def _reference(rows: Laid, asked: Asked, x: Real, n: Real) -> tuple[Real, Real, str]:
    if rows.sheet.has("reference_numerator") or rows.sheet.has("reference_denominator"):
        rows.sheet.needs("en reference", "reference_numerator", "reference_denominator")
        return _same_down(rows, "reference_numerator"), _same_down(rows, "reference_denominator"), "columns"
    if asked.reference is not None:
        chosen = [place for place, key in enumerate(rows.keys) if asked.reference in key]
        if not chosen:
            raise ValueError(f"Referencen »{asked.reference}« er ikke et af områderne.")
        return np.nansum(x[chosen], axis=0), np.nansum(n[chosen], axis=0), asked.reference
    return np.nansum(x, axis=0), np.nansum(n, axis=0), "all"


def le(sheet: Sheet, asked: Asked) -> Calculated:
    """This will give life expectancy in years at the youngest age, and at 65, from deaths and persons by age; raises ValueError."""
    from tovholder.evidence.equity.life import life_expectancy

    persons = denominator_of(sheet, "en middellevetid")
    sheet.needs("en middellevetid", "age")
    ages = ages_of(sheet)
    rows = laid(sheet, across="age", columns=list(ages))
    starts = tuple(ages.values())
    found = life_expectancy(rows.number("numerator"), rows.number(persons), ages=starts, conf=asked.conf or CONF)
    beside = {f"at_{age}": found.at(age).value for age in (65,) if age in starts[1:]}
    return _told(rows, found.at(starts[0]), "numerator", persons, figures=beside)


def ages_of(sheet: Sheet) -> dict[str, int]:
    """This will give the age bands and where each begins, in order; raises ValueError for one without a number, or two that begin alike."""
    starts: dict[str, int] = {}
    for place, (name,) in enumerate(sheet.keys("age")):
        if name in starts:
            continue
        begins = 0 if name.startswith("<") else None
        match = _AGE.match(name)
        if begins is None and match is None:
            raise ValueError(f"{sheet.at(place, 'age')}: »{name}« er ikke en alder. Skriv for eksempel 0-4, 65-69 eller 90+.")
        begin = begins if begins is not None else int(match[1]) if match else 0
        same = next((other for other, age in starts.items() if age == begin), None)
        if same is not None:
            raise ValueError(f"{sheet.at(place, 'age')}: »{name}« og »{same}« begynder ved samme alder. Skriv den på én måde.")
        starts[name] = begin
    return dict(sorted(starts.items(), key=lambda one: one[1]))


def denominator_of(sheet: Sheet, measure: str, *beside: str) -> str:
    """This will give the column that persons stand in; raises ValueError when it, or the events, or what goes beside them, are missing."""
    persons = "denominator" if sheet.has("denominator") or not sheet.has("population") else "population"
    sheet.needs(measure, *(beside or ("numerator",)), persons)
    return persons


def refuse_above(sheet: Sheet, persons: str) -> None:
    """This will raise ValueError where more were counted than there were."""
    x, n = sheet.number("numerator"), sheet.number(persons)
    with np.errstate(invalid="ignore"):
        wrong = np.flatnonzero(x > n)
    if wrong.size:
        place = int(wrong[0])
        told = f"tælleren {x[place]:g} er større end nævneren {n[place]:g}"
        raise ValueError(f"{sheet.at(place, 'numerator')}: {told}. Er de byttet om, eller er det en rate?")


def _told(rows: Laid, found: Estimates, *roles: str, figures: dict[str, Real]) -> Calculated:
    made = rows_of(rows, found, hidden=rows.any_hidden(*roles), figures=figures)
    return Calculated(found.method, found.version, {**found.parameters, "conf": found.conf}, made, blanks_told(made))
