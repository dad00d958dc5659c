"""Measurements in canonical columns, checked: what each row is about, its counts, and what may not be shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from tovholder.evidence.indicators.periods import DANISH, Period, read_period
from tovholder.evidence.results import Real, digest_of

if TYPE_CHECKING:
    import polars as pl

KEYS = ("area", "period", "group")
TEXTS = (*KEYS, "age", "vintage")
NUMBERS = (
    *("numerator", "denominator", "population", "expected", "value", "low", "high", "se", "sd", "standard", "share", "order"),
    *("reference_numerator", "reference_denominator"),
)
COUNTS = frozenset(
    ("numerator", "denominator", "population", "expected", "standard", "share", "reference_numerator", "reference_denominator")
)
SUPPRESSED, ROW = "suppressed", "row"
_DANISH = {
    "area": "område",
    "period": "periode",
    "group": "gruppe",
    "age": "alder",
    "numerator": "tæller",
    "denominator": "nævner",
    "population": "befolkning",
    "expected": "forventet",
    "value": "værdi",
    "low": "nedre",
    "high": "øvre",
    "se": "standardfejl",
    "sd": "standardafvigelse",
    "standard": "standardbefolkning",
    "share": "befolkningsandel",
    "order": "rækkefølge",
    "vintage": "udtræk",
    "reference_numerator": "referencetæller",
    "reference_denominator": "referencenævner",
}
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Sheet:
    """Measurements row by row. texts and numbers by role; hidden: role, where the number may not be shown; row: as a person counts them."""

    texts: Mapping[str, tuple[str | None, ...]]
    numbers: Mapping[str, Real]
    hidden: Mapping[str, npt.NDArray[np.bool_]]
    row: Places
    headings: Mapping[str, str]
    periods: tuple[Period, ...]

    @property
    def height(self) -> int:
        """This will count the rows."""
        return int(self.row.size)

    def has(self, role: str) -> bool:
        """This will tell whether the column is there."""
        return role in self.texts or role in self.numbers

    def heading(self, role: str) -> str:
        """This will give what the column is called where it came from."""
        return self.headings.get(role, role)

    def at(self, place: int, role: str) -> str:
        """This will name a cell for a sentence: row and heading as a person sees them."""
        return f"Række {int(self.row[place])}, »{self.heading(role)}«"

    def needs(self, measure: str, *roles: str) -> None:
        """This will raise ValueError when a column that the measure needs is not there."""
        for role in roles:
            if not self.has(role):
                there = ", ".join(f"»{self.heading(one)}«" for one in (*self.texts, *self.numbers))
                raise ValueError(f"Række 1: {measure} skal have kolonnen »{_DANISH[role]}« (eller »{role}«). Her er {there}.")

    def number(self, role: str) -> Real:
        """This will give a column of numbers, NaN where there is none."""
        return self.numbers[role] if role in self.numbers else np.full(self.height, np.nan)

    def is_hidden(self, *roles: str) -> npt.NDArray[np.bool_]:
        """This will tell for each row whether any of these numbers may not be shown."""
        found = np.zeros(self.height, dtype=np.bool_)
        for role in roles:
            if role in self.hidden:
                found |= self.hidden[role]
        return found

    def keys(self, *roles: str) -> list[tuple[Any, ...]]:
        """This will give what each row is about; raises ValueError for an empty cell."""
        columns: list[Sequence[Any]] = []
        for role in roles:
            column: Sequence[Any] = self.periods if role == "period" and self.periods else self.texts[role]
            for place, one in enumerate(column):
                if one is None:
                    raise ValueError(f"{self.at(place, role)}: feltet er tomt. Skriv, hvad rækken handler om.")
            columns.append(column)
        return list(zip(*columns, strict=True)) if columns else [()] * self.height

    def once(self, keys: Sequence[tuple[Any, ...]]) -> None:
        """This will raise ValueError when two rows are about the same."""
        seen: dict[tuple[Any, ...], int] = {}
        for place, key in enumerate(keys):
            if key in seen:
                told = ", ".join(f"»{one}«" for one in key) or "det samme"
                raise ValueError(f"Række {int(self.row[place])}: {told} står også i række {int(self.row[seen[key]])}. Slet den ene.")
            seen[key] = place

    def chosen(self, places: Iterable[int]) -> Sheet:
        """This will give some of the rows."""
        kept = np.fromiter(places, dtype=np.int64)
        return Sheet(
            {role: tuple(column[place] for place in kept) for role, column in self.texts.items()},
            {role: column[kept] for role, column in self.numbers.items()},
            {role: column[kept] for role, column in self.hidden.items()},
            self.row[kept],
            self.headings,
            tuple(self.periods[place] for place in kept) if self.periods else (),
        )

    def digest(self) -> str:
        """This will give the SHA-256 of what was measured, whatever order the rows came in."""
        texts = [self.texts[role] if role != "period" else [str(one) for one in self.periods] for role in sorted(self.texts)]
        told = [
            [[column[place] for column in texts], [f"{self.numbers[role][place]:.17g}" for role in sorted(self.numbers)],
             [bool(self.hidden[role][place]) for role in sorted(self.hidden)]]
            for place in range(self.height)
        ]  # fmt: skip
        return digest_of(sorted(self.texts), sorted(self.numbers), sorted(told, key=repr))


def sheet_of(frame: pl.DataFrame, headings: Mapping[str, str] | None = None) -> Sheet:
    """This will take measurements out of a frame with canonical columns, see KEYS, TEXTS and NUMBERS; raises ValueError.

    Beside them, `row` may give each row's number for sentences, and `suppressed` (list of strings, or one truth for the whole row) which
    of its numbers may not be shown. Raises ValueError, naming row and column, for negative counts, text among numbers and periods that
    are none or are of two kinds.
    """
    import polars as pl

    if not frame.height:
        raise ValueError("Der er ingen målinger. Tabellen skal have mindst én række.")
    row = frame.get_column(ROW).to_numpy() if ROW in frame.columns else np.arange(1, frame.height + 1)
    texts = {role: tuple(frame.get_column(role).cast(pl.String).to_list()) for role in TEXTS if role in frame.columns}
    numbers: dict[str, Real] = {}
    for role in NUMBERS:
        if role in frame.columns:
            column = frame.get_column(role)
            if not column.dtype.is_numeric() and column.dtype != pl.Null:
                raise ValueError(f"Kolonnen »{(headings or {}).get(role, role)}« skal være tal.")
            numbers[role] = column.cast(pl.Float64).fill_null(np.nan).to_numpy()
    told = dict(headings or {})
    sheet = Sheet(texts, numbers, _hidden(frame, numbers), np.asarray(row, dtype=np.int64), told, ())
    _refuse_negative(sheet)
    return Sheet(sheet.texts, numbers, sheet.hidden, sheet.row, told, _periods(sheet))


def _hidden(frame: pl.DataFrame, numbers: Mapping[str, Real]) -> dict[str, npt.NDArray[np.bool_]]:
    import polars as pl

    if SUPPRESSED not in frame.columns:
        return {}
    column = frame.get_column(SUPPRESSED)
    if column.dtype == pl.Boolean:
        whole = column.fill_null(value=False).to_numpy()
        return {role: whole & np.isnan(values) for role, values in numbers.items()}
    named = [frozenset(one or ()) for one in column.to_list()]
    return {role: np.array([role in one for one in named]) for role in numbers if any(role in one for one in named)}


def _refuse_negative(sheet: Sheet) -> None:
    first: tuple[int, str] | None = None
    for role in COUNTS & sheet.numbers.keys():
        with np.errstate(invalid="ignore"):
            wrong = np.flatnonzero((sheet.numbers[role] < 0) | np.isinf(sheet.numbers[role]))
        if wrong.size and (first is None or (wrong[0], role) < first):
            first = int(wrong[0]), role
    if first is not None:
        place, role = first
        told = f"{sheet.numbers[role][place]:g}".replace(".", ",")
        raise ValueError(f"{sheet.at(place, role)}: {told} er ikke et antal. Antal kan ikke være under 0.")


def _periods(sheet: Sheet) -> tuple[Period, ...]:
    if "period" not in sheet.texts:
        return ()
    found: list[Period] = []
    for place, text in enumerate(sheet.texts["period"]):
        if text is None or not text.strip():
            raise ValueError(f"{sheet.at(place, 'period')}: feltet er tomt. Skriv, hvilken periode rækken handler om.")
        try:
            found.append(read_period(text))
        except ValueError as problem:
            raise ValueError(f"{sheet.at(place, 'period')}: {problem}") from None
        if found[-1].kind != found[0].kind:
            kinds = f"{DANISH[found[-1].kind]}, men række {int(sheet.row[0])} har {DANISH[found[0].kind]}"
            raise ValueError(f"{sheet.at(place, 'period')}: »{text}« er {kinds}. Brug den samme slags perioder i hele tabellen.")
    return tuple(found)


def of_one_vintage(sheet: Sheet, wanted: str | None) -> Sheet:
    """This will keep one vintage of the measurements; raises ValueError when there are several and none was chosen, or it is not there."""
    if "vintage" not in sheet.texts:
        if wanted is not None:
            raise ValueError(f"Udtræk »{wanted}« kan ikke vælges: der er ingen kolonne med udtræk.")
        return sheet
    said = [one or "" for one in sheet.texts["vintage"]]
    kinds = list(dict.fromkeys(said))
    if wanted is not None:
        if wanted not in kinds:
            raise ValueError(f"Der er intet udtræk »{wanted}«. Der er {_listed(sorted(kinds))}.")
        return sheet.chosen(place for place, one in enumerate(said) if one == wanted)
    if len(kinds) > 1:
        other = next(place for place, one in enumerate(said) if one != said[0])
        raise ValueError(
            f"{sheet.at(other, 'vintage')}: tallene er fra flere udtræk: {_listed(sorted(kinds))}. "
            "De kan være opgjort forskelligt. Vælg ét med --vintage."
        )
    return sheet


def _listed(kinds: Sequence[str]) -> str:
    told = [f"»{one}«" if one else "uden udtræk" for one in kinds[:6]]
    return ", ".join(told) + (f" og {len(kinds) - 6} mere" if len(kinds) > 6 else "")


def group_order(sheet: Sheet) -> list[str]:
    """This will give the groups in order: by the column that tells it, else as they first appear. Raises ValueError."""
    names = [key[0] for key in sheet.keys("group")]
    if "order" not in sheet.numbers:
        return list(dict.fromkeys(names))
    rank: dict[str, tuple[float, int]] = {}
    for place, name in enumerate(names):
        given = float(sheet.numbers["order"][place])
        if np.isnan(given):
            raise ValueError(f"{sheet.at(place, 'order')}: feltet er tomt. Skriv gruppens nummer i rækkefølgen.")
        before = rank.setdefault(name, (given, place))
        if before[0] != given:
            raise ValueError(
                f"{sheet.at(place, 'order')}: »{name}« har nummer {given:g} her og {before[0]:g} i række {int(sheet.row[before[1]])}. "
                "En gruppe skal have samme nummer overalt."
            )
    taken: dict[float, str] = {}
    for name, (given, place) in rank.items():
        if taken.setdefault(given, name) != name:
            raise ValueError(f"{sheet.at(place, 'order')}: »{name}« og »{taken[given]}« har begge nummer {given:g}. Giv dem hver sit.")
    return sorted(rank, key=lambda name: rank[name][0])
