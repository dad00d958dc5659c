"""The same calculations on tidy frames: a row for each area and band or group, columns named; back come rows with figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import numpy as np

from tovholder.evidence.equity.concentration import Concentration, concentration
from tovholder.evidence.equity.life import LifeExpectancy, life_expectancy
from tovholder.evidence.equity.proportions import proportion
from tovholder.evidence.equity.rates import rate
from tovholder.evidence.equity.slope import Slope, slope
from tovholder.evidence.equity.slope_of_counts import slope_of_counts
from tovholder.evidence.equity.standard_populations import ESP_2013, ESP_2013_BANDS
from tovholder.evidence.equity.standardised import Indirect, Standardised, dsr, isr
from tovholder.evidence.frames import Grid, Key, grid
from tovholder.evidence.results import Described, Estimates, Real, Why

if TYPE_CHECKING:
    import polars as pl

Result = TypeVar("Result", bound=Described)
ESP_2013_BY_BAND: Mapping[Any, float] = {
    **dict(zip(ESP_2013_BANDS, ESP_2013, strict=True)),
    **{5 * place: weight for place, weight in enumerate(ESP_2013)},
}


@dataclass(frozen=True, eq=False)
class Rows(Generic[Result]):
    """A result whose areas are told apart by the columns `by`: keys has one tuple for each area, in the result's order."""

    result: Result
    by: tuple[str, ...]
    keys: tuple[Key, ...]

    def frame(self, figures: Estimates) -> pl.DataFrame:
        """This will give the areas with value, low, high and why a value is blank; figures: the result itself, or a part of it."""
        import polars as pl

        named = {name: [key[place] for key in self.keys] for place, name in enumerate(self.by)}
        shown = {part: _nulled(getattr(figures, part)) for part in ("value", "low", "high")}
        why = [None if code == Why.SHOWN else Why(int(code)).name.lower() for code in figures.why]
        return pl.DataFrame({**named, **shown, "why": pl.Series(why, dtype=pl.String)})


def proportion_of(frame: pl.DataFrame, *, by: Sequence[str], x: str = "x", n: str = "n", **choices: Any) -> Rows[Estimates]:
    """This will give `proportion` of each row, told apart by the columns `by`; raises ValueError with row and column."""
    held = grid(frame, by, (), (x, n))
    return Rows(proportion(held.values[x][:, 0], held.values[n][:, 0], **choices), tuple(by), held.rows)


def rate_of(frame: pl.DataFrame, *, by: Sequence[str], x: str = "x", n: str = "n", **choices: Any) -> Rows[Estimates]:
    """This will give `rate` of each row, told apart by the columns `by`; raises ValueError with row and column."""
    held = grid(frame, by, (), (x, n))
    return Rows(rate(held.values[x][:, 0], held.values[n][:, 0], **choices), tuple(by), held.rows)


def dsr_of(
    frame: pl.DataFrame,
    *,
    by: Sequence[str],
    band: str = "age",
    x: str = "x",
    n: str = "n",
    standard: Mapping[Any, float] | str = ESP_2013_BY_BAND,
    **choices: Any,
) -> Rows[Standardised]:
    """This will give `dsr` by area; raises ValueError with row and column.

    standard: weight by band, or the name of a column that has it. Bands of the European standard may be called 0-4 … 90+ or 0, 5 … 90.
    """
    held = grid(frame, by, (band,), (x, n) if isinstance(standard, Mapping) else (x, n, standard))
    return Rows(dsr(held.values[x], held.values[n], _weights(held, band, standard), **choices), tuple(by), held.rows)


def isr_of(
    frame: pl.DataFrame,
    reference: pl.DataFrame,
    *,
    by: Sequence[str],
    band: str = "age",
    x: str = "x",
    n: str = "n",
    **choices: Any,
) -> Rows[Indirect]:
    """This will give `isr` by area, with the reference's events and persons by band in a frame of its own; raises ValueError."""
    held = grid(frame, by, (band,), (x, n))
    known = [key[0] for key in held.columns]
    laid = grid(reference, (), (band,), (x, n), order={band: known})
    if laid.columns != held.columns:
        lacking = next(key for key in known if (key,) not in laid.columns)
        raise ValueError(f"Referencen mangler en række for »{lacking}« i kolonnen »{band}«.")
    found = isr(held.values[x], held.values[n], laid.values[x][0], laid.values[n][0], **choices)
    return Rows(found, tuple(by), held.rows)


def life_expectancy_of(
    frame: pl.DataFrame, *, by: Sequence[str], age: str = "age", deaths: str = "deaths", population: str = "population", **choices: Any
) -> Rows[LifeExpectancy]:
    """This will give `life_expectancy` by area; age is where each band begins, a whole number. Raises ValueError with row and column."""
    order = _whole_numbers(frame, age)
    held = grid(frame, by, (age,), (deaths, population), order={age: order})
    found = life_expectancy(held.values[deaths], held.values[population], ages=tuple(order), **choices)
    return Rows(found, tuple(by), held.rows)


def slope_of(
    frame: pl.DataFrame,
    *,
    by: Sequence[str],
    group: str = "group",
    order: Sequence[Any] | None = None,
    pop: str = "n",
    x: str | None = None,
    value: str = "value",
    low: str | None = None,
    high: str | None = None,
    se: str | None = None,
    **choices: Any,
) -> Rows[Slope]:
    """This will give `slope` by area, or `slope_of_counts` when x names the events; raises ValueError with row and column.

    order: the groups, worst-off first; groups that are numbers may do without. A group that an area lacks counts as nobody.
    """
    names = [pop, x] if x is not None else [pop, value, *(one for one in (low, high, se) if one is not None)]
    held = _ordered(frame, by, group, order, names)
    people = _nobody(held.values[pop], held)
    if x is not None:
        return Rows(slope_of_counts(_nobody(held.values[x], held), people, **choices), tuple(by), held.rows)
    given: dict[str, Any] = {name: held.values[one] for name, one in (("low", low), ("high", high), ("se", se)) if one is not None}
    return Rows(slope(people, held.values[value], **given, **choices), tuple(by), held.rows)


def concentration_of(
    frame: pl.DataFrame,
    *,
    by: Sequence[str],
    group: str = "group",
    order: Sequence[Any] | None = None,
    pop: str = "n",
    value: str = "value",
    se: str | None = None,
    **choices: Any,
) -> Rows[Concentration]:
    """This will give `concentration` by area; order as in `slope_of`. Raises ValueError with row and column."""
    held = _ordered(frame, by, group, order, [pop, value, *([] if se is None else [se])])
    error = None if se is None else held.values[se]
    return Rows(concentration(_nobody(held.values[pop], held), held.values[value], error, **choices), tuple(by), held.rows)


def _ordered(frame: pl.DataFrame, by: Sequence[str], group: str, order: Sequence[Any] | None, names: Sequence[str]) -> Grid:
    if order is None and group in frame.columns:
        if not frame.get_column(group).dtype.is_numeric():
            raise ValueError(f"I hvilken rækkefølge står grupperne i »{group}«? Giv dem med »order«, de dårligst stillede først.")
        order = sorted(frame.get_column(group).drop_nulls().unique().to_list())
    return grid(frame, by, (group,), names, order={group: order or []}, missing="blank")


def _nobody(figures: Real, held: Grid) -> Real:
    """A row that is not there is nobody; a row that is there without a figure is unknown."""
    return np.where(held.present, figures, 0.0)


def _weights(held: Grid, band: str, standard: Mapping[Any, float] | str) -> Real:
    if isinstance(standard, str):
        laid = held.values[standard]
        if (laid != laid[:1]).any() or np.isnan(laid).any():
            raise ValueError(f"Kolonnen »{standard}« skal have samme tal for en aldersgruppe i alle områder, og intet felt må stå tomt.")
        return np.asarray(laid[0])
    unknown = next((key[0] for key in held.columns if key[0] not in standard), None)
    if unknown is not None:
        raise ValueError(f"Standardbefolkningen har ikke »{unknown}« fra kolonnen »{band}«. Brug {', '.join(ESP_2013_BANDS[:2])} … 90+.")
    return np.array([standard[key[0]] for key in held.columns], dtype=np.float64)


def _whole_numbers(frame: pl.DataFrame, name: str) -> list[int]:
    if name in frame.columns and not frame.get_column(name).dtype.is_integer():
        raise ValueError(f"Kolonnen »{name}« skal være hele tal: den alder, som gruppen begynder ved.")
    return sorted(frame.get_column(name).drop_nulls().unique().to_list()) if name in frame.columns else []


def _nulled(figures: Real) -> list[float | None]:
    return [None if np.isnan(one) else float(one) for one in figures]
