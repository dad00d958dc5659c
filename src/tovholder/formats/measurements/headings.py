"""Which heading means what: Danish or English, in any order, on one of the first rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tovholder.formats.measurements.shapes import UnreadableTable
from tovholder.texts.danish import fold, list_of

SEARCHED_ROWS = 20
_NAMES = {
    "place": (
        "kommunekode, kommunenr, områdekode, regionskode, kode for område, area code, municipality code, kommune, kommunenavn, område, "
        "områdenavn, part, region, regionsnavn, sted, geografi, bopælskommune, klynge, place, area, area name, municipality"
    ),
    "period": "periode, tid, tidspunkt, dato, period, time, date",
    "year": "år, årstal, year",
    "month": "måned, month",
    "quarter": "kvartal, quarter",
    "from": "fra, fra dato, startdato, start, periode fra, period from, from, periodestart, gyldig fra",
    "to": "til, til dato, slutdato, slut, periode til, to, end, til og med, tom, periodeslut, gyldig til",
    "until": "før, period until, until, til ikke med",
    "breakdown": "opdeling, opdelt på, fordelt på, inddeling, dimension, breakdown, stratifier",
    "group": "gruppe, undergruppe, kategori, group, subgroup, category",
    "sex": "køn, sex, gender",
    "age": "alder, aldersgruppe, aldersklasse, age, age group",
    "numerator": "tæller, antal, hændelser, antal hændelser, numerator, count, events",
    "denominator": "nævner, befolkning, folketal, personer, grundlag, denominator, population",
    "value": (
        "værdi, andel, rate, resultat, indikatorværdi, procent, pct, gennemsnit, forekomst, "
        "value, share, proportion, estimate, percent, percentage, mean, result"
    ),
    "low": "nedre, nedre grænse, nedre ki, nedre 95, ki nedre, low, lower, lower limit, lower ci, ci low, ci lower",
    "high": "øvre, øvre grænse, øvre ki, øvre 95, ki øvre, high, upper, upper limit, upper ci, ci high, ci upper",
    "vintage": "udtræk, udtræksdato, årgang, opgjort, opgjort den, vintage, version",
    "indicator": "indikator, indikatorkode, indikatornavn, indicator, indicator code, measure",
}
_SPELLED = {"place": "Kommune", "period": "Periode", "numerator": "Tæller", "value": "Værdi"}
_SHARES = {"andel", "share", "proportion", "procent", "pct", "percent", "percentage"}
_SIGNS = re.compile(r"[^a-z0-9%]+")
_PERCENT = re.compile(r"%|\bpct\b|\bprocent\b")
_BRACKETS = re.compile(r"[(\[].*?[)\]]")


def _plain(heading: str) -> str:
    return _SIGNS.sub(" ", fold(heading)).strip()


_ROLES = {_plain(name): (role, rank) for role, names in _NAMES.items() for rank, name in enumerate(names.split(", "))}


@dataclass(frozen=True)
class Headings:
    """Where the headings stand (0 is the first row), every heading as written, and the place of the column for each role."""

    at: int
    names: tuple[str, ...]
    roles: dict[str, int]
    in_percent: frozenset[int]
    are_shares: frozenset[int]
    notices: tuple[str, ...] = ()

    def named(self, role: str) -> str:
        """This will give a role's heading as it stands in the file, or none."""
        return self.names[self.roles[role]] if role in self.roles else ""


def score(cells: Sequence[str]) -> int:
    """This will count the roles that a row of headings fills."""
    return len({found[0] for cell in cells if (found := _role(cell))})


def find_headings(rows: Sequence[Sequence[str]]) -> Headings:
    """This will find the row of headings among the first rows; raises UnreadableTable with a sentence when what is needed is missing."""
    searched = [tuple(" ".join(cell.split()) for cell in row) for row in rows[:SEARCHED_ROWS]]
    at = max(range(len(searched)), key=lambda number: (score(searched[number]), -number), default=-1)
    if at < 0 or not any(any(row) for row in searched):
        raise UnreadableTable("Filen er tom. Den skal begynde med en række overskrifter.")
    names = searched[at] if score(searched[at]) else next(row for row in searched if any(row))
    _check_once(names)
    roles, notices = _roles(names)
    _check_needed(names, roles)
    percent = {place for place, name in enumerate(names) if _PERCENT.search(_plain_with_percent(name))}
    shares = {place for place, name in enumerate(names) if set(_bare(name).split()) & _SHARES}
    above = [f"Overskrifterne står i række {at + 1}. Det, der står over dem, er ikke læst."] if at else []
    return Headings(at, tuple(names), roles, frozenset(percent), frozenset(shares), (*above, *notices))


def _bare(heading: str) -> str:
    return _plain(_BRACKETS.sub(" ", heading)).replace("%", " ").strip()


def _plain_with_percent(heading: str) -> str:
    return _SIGNS.sub(" ", fold(heading))


def _role(heading: str) -> tuple[str, int] | None:
    bare = " ".join(_bare(heading).split())
    found = _ROLES.get(bare) or _ROLES.get(bare.removesuffix(" i pct").removesuffix(" i procent").removesuffix(" i").strip())
    return found or (("value", 99) if _plain(heading) == "%" else None)


def _check_once(names: Sequence[str]) -> None:
    counts = Counter(_plain(name) for name in names if name)
    twice = next((name for name in names if name and counts[_plain(name)] > 1), "")
    if twice:
        raise UnreadableTable(f"Overskriften »{twice}« står {counts[_plain(twice)]} gange. Giv hver kolonne sit eget navn.")


def _roles(names: Sequence[str]) -> tuple[dict[str, int], list[str]]:
    offered: dict[str, list[tuple[int, int]]] = {}
    unknown: list[str] = []
    for place, name in enumerate(names):
        found = _role(name)
        if found:
            offered.setdefault(found[0], []).append((found[1], place))
        elif name:
            unknown.append(f"»{name}«")
    roles = {role: min(places)[1] for role, places in offered.items()}
    notices = []
    if unknown:
        which = "Kolonnen" if len(unknown) == 1 else "Kolonnerne"
        notices.append(f"{which} {list_of(unknown)} kender vi ikke. {'Den' if len(unknown) == 1 else 'De'} er ikke læst.")
    for role, places in offered.items():
        spare = [f"»{names[place]}«" for _, place in sorted(places)[1:]]
        if spare:
            notices.append(f"Flere kolonner kan være den samme. Vi har læst »{names[roles[role]]}« og ikke {list_of(spare)}.")
    return roles, notices


def _check_needed(names: Sequence[str], roles: dict[str, int]) -> None:
    has_period = "period" in roles or "year" in roles or ("from" in roles and ("to" in roles or "until" in roles))
    missing = []
    if "place" not in roles:
        missing.append("Kolonnen »Kommune« mangler. Den kan også hedde Kommunekode, Område, Region eller Part.")
    if not has_period:
        missing.append("Kolonnen »Periode« mangler. I kan også skrive Fra og Til med datoer.")
    if not ({"numerator", "value"} & roles.keys()):
        missing.append("Kolonnen med tal mangler. Kald den Tæller (med Nævner), Værdi eller Andel.")
    if missing:
        shown = [f"»{name}«" for name in names if name]
        rest = " og flere" if len(shown) > 12 else ""
        raise UnreadableTable(f"{' '.join(missing)} Filen har {', '.join(shown[:12])}{rest}.")
