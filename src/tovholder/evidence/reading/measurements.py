"""A table of measurements: which column is what in Danish or English, its numbers read, and what is suppressed kept apart from zero."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tovholder.evidence.reading.numerals import Numeral, decimal_sign, is_missing, is_suppressed, number_of_cell, told_apart
from tovholder.evidence.reading.shapes import Unreadable, listed, name_of, shown
from tovholder.evidence.reading.table import find_columns, fold, open_table

TEXTS: Mapping[str, Sequence[str]] = {
    "area": (
        "area",
        "område",
        "omraade",
        "kommune",
        "municipality",
        "region",
        "klynge",
        "sygehus",
        "hospital",
        "sted",
        "enhed",
        "geografi",
    ),
    "period": ("period", "periode", "år", "aar", "year", "måned", "month", "kvartal", "quarter", "dato", "date"),
    "group": ("group", "gruppe", "uddannelse", "education", "indkomst", "income", "socialgruppe", "social gruppe", "køn", "sex"),
    "age": ("age", "alder", "aldersgruppe", "age group", "ageband", "age band"),
    "vintage": ("vintage", "udtræk", "årgang", "udgave", "udtrukket"),
}
NUMBERS: Mapping[str, Sequence[str]] = {
    "numerator": ("numerator", "tæller", "antal", "hændelser", "events", "count", "observed", "observeret", "døde", "deaths", "x"),
    "denominator": ("denominator", "nævner", "personer", "persons", "n", "personår", "person years"),
    "population": ("population", "befolkning", "folketal", "indbyggere"),
    "expected": ("expected", "forventet", "forventede"),
    "value": ("value", "værdi", "andel", "rate", "gennemsnit", "mean", "måling", "måltal", "resultat", "y"),
    "low": ("low", "nedre", "lower", "nedre grænse", "lowerci"),
    "high": ("high", "øvre", "upper", "øvre grænse", "upperci"),
    "se": ("se", "standardfejl", "standard error"),
    "sd": ("sd", "standardafvigelse", "spredning", "standard deviation"),
    "standard": ("standard", "standardbefolkning", "standard population", "stdpop"),
    "share": ("share", "befolkningsandel", "andel af befolkningen", "population share"),
    "order": ("order", "rækkefølge", "orden", "rang", "rank"),
    "reference_numerator": ("reference numerator", "reference tæller", "referencetæller"),
    "reference_denominator": ("reference denominator", "reference nævner", "referencenævner"),
}
_ASKED = {"area": "hvilket område det er", "group": "hvilken gruppe det er", "age": "hvilken alder det er"}
_EMPTY_WHEN_MISSING = frozenset(("vintage", "group", "age", "area"))


def read_measurements(path: Path) -> dict[str, Any]:
    """This will read a table of measurements as plain columns; raises Unreadable.

    Gives `columns` (role: heading), `row` (numbers in the spreadsheet), `texts` and `numbers` (role: one for each row, null where there
    is none), `suppressed` (role: places in `row` where a mark says that the number may not be shown), and `notices`.
    """
    source = open_table(path)
    known = {**TEXTS, **NUMBERS}
    columns = find_columns(source, known, ())
    if not any(role in columns for role in NUMBERS):
        raise Unreadable(
            f"Række 1: vi kender ingen af kolonnerne i {shown(path.name)}. Den har {listed(source.headings)}. "
            "Kald kolonnen med tal tæller, nævner eller værdi."
        )
    _refuse_doubles(source.headings, columns, known)
    texts: dict[str, list[str | None]] = {role: [] for role in columns if role in TEXTS}
    cells: dict[str, list[Numeral | None]] = {role: [] for role in columns if role in NUMBERS}
    suppressed: dict[str, list[int]] = {}
    rows: list[int] = []
    for number, given in source.rows():
        if not any(cell.strip() for cell in given):
            continue
        rows.append(number)
        for role, column in columns.items():
            heading, cell = source.headings[column], given[column]
            if role in TEXTS:
                texts[role].append(_text(role, cell, number, heading))
            elif is_suppressed(cell):
                suppressed.setdefault(role, []).append(len(rows) - 1)
                cells[role].append(None)
            else:
                cells[role].append(None if is_missing(cell) else Numeral(number, heading, cell))
    if not rows:
        raise Unreadable(f"Der er ingen målinger i {shown(path.name)}.")
    everything = sorted((one for column in cells.values() for one in column if one is not None), key=lambda one: one.row)
    sign, doubtful = decimal_sign(everything, source.separator)
    # The first cell that cannot be read, as a person goes down the rows.
    read = {(one.row, one.heading): number_of_cell(one, sign) for one in everything}
    numbers = {role: [None if one is None else read[(one.row, one.heading)] for one in column] for role, column in cells.items()}
    return {
        "columns": {role: source.headings[column] for role, column in columns.items()},
        "row": rows,
        "texts": texts,
        "numbers": numbers,
        "suppressed": suppressed,
        "notices": [*source.notices, *told_apart(doubtful)],
    }


def _text(role: str, cell: str, number: int, heading: str) -> str | None:
    if not cell.strip() and role in _EMPTY_WHEN_MISSING:
        return None
    if role == "period":
        return cell.strip()
    try:
        # A sign in front of an age band (<65, 65+) is no formula.
        return cell.strip() if role == "age" and cell.strip()[:1] in "<+" else name_of(cell, _ASKED.get(role, "hvad det er"))
    except Unreadable as problem:
        raise Unreadable(f"Række {number}, {shown(heading)}: {problem}") from None


def _refuse_doubles(headings: Sequence[str], columns: Mapping[str, int], known: Mapping[str, Sequence[str]]) -> None:
    folded = [fold(heading) for heading in headings]
    for role in columns:
        here = [place for place, heading in enumerate(folded) if heading in {fold(name) for name in known[role]}]
        if len(here) > 1:
            both = listed(headings[place] for place in here)
            raise Unreadable(f"Række 1: {both} kan begge være »{known[role][1]}«. Behold den ene, eller giv den anden et andet navn.")
