"""Life expectancy from abridged life tables."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tovholder.evidence.equity.inputs import blanks, counts, divided, estimates, normal, together
from tovholder.evidence.results import Estimates, Real, Why

VERSION = "1"
AGES = (0, 1, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90)
# The part of the year that those who die before their first birthday live on average.
FIRST_YEAR = 0.1
FEWEST_PERSONS = 5000
WIDEST = 20.0


@dataclass(frozen=True, eq=False, kw_only=True)
class LifeExpectancy(Estimates):
    """Years left to live at the beginning of each age band: [..., ages]. error: their standard errors; ages: where the bands begin."""

    error: Real
    ages: tuple[int, ...]

    def at(self, age: int) -> Estimates:
        """This will give the years left at one of the ages, 0 for life expectancy at birth; raises ValueError."""
        if age not in self.ages:
            raise ValueError(f"Der er ingen aldersgruppe, der begynder ved {age} år. Vælg en af {', '.join(map(str, self.ages))}.")
        place = self.ages.index(age)
        asked = {**self.parameters, "age": age}
        parts = (self.value[..., place], self.low[..., place], self.high[..., place])
        return Estimates(self.method, self.version, asked, self.digest, *parts, self.conf, self.why[..., place])


def life_expectancy(
    deaths: npt.ArrayLike,
    population: npt.ArrayLike,
    *,
    ages: tuple[int, ...] = AGES,
    conf: float = 0.95,
    first_year: float = FIRST_YEAR,
    fewest_persons: float = FEWEST_PERSONS,
    widest: float = WIDEST,
) -> LifeExpectancy:
    """This will give life expectancy with limits at the beginning of every band, for all groups at once. Raises ValueError.

    deaths, population (person-years): [..., bands]; ages: where each band begins, the last one open. Blank where the whole population
    is not above `fewest_persons`, nobody died in the open band, a band has nobody, or the limits are more than `widest` years apart
    (judged at 95 %, whatever `conf` is, so that the same figures stand at every level).
    Sources: Chiang, The Life Table and its Applications (1984); the open band's variance, Silcocks, Jenner and Reza, Journal of
    Epidemiology and Community Health 55 (2001).
    """
    dead, alive = together(deaths=counts("deaths", deaths), population=counts("population", population))
    widths = np.diff(np.asarray(ages, dtype=np.float64))
    if not dead.ndim or len(ages) != dead.shape[-1] or len(ages) < 2 or (widths <= 0).any():
        raise ValueError("Giv døde og befolkning for hver aldersgruppe, og aldrene, som grupperne begynder ved, i stigende rækkefølge.")
    if not 0 < first_year < 1:
        raise ValueError("Den del af det første år, som spædbørn lever, skal ligge mellem 0 og 1.")
    years, error = _table(dead, alive, widths, np.where((widths == 1) & (np.asarray(ages[:-1]) == 0), first_year, 0.5))
    half = normal(conf) * error
    missing = (np.isnan(dead) | np.isnan(alive)).any(axis=-1, keepdims=True)
    reasons = {
        Why.MISSING: missing,
        Why.NO_POPULATION: np.asarray(alive == 0).any(axis=-1, keepdims=True),
        Why.TOO_UNCERTAIN: np.asarray(alive.sum(axis=-1, keepdims=True) <= fewest_persons) | (2 * normal(0.95) * error > widest),
        Why.TOO_FEW_EVENTS: np.asarray(dead[..., -1:] == 0),
        Why.NOT_DEFINED: np.isnan(years),
    }
    why = blanks(dead.shape, reasons)
    asked = {"ages": list(ages), "first_year": first_year, "fewest_persons": fewest_persons, "widest": None if np.isinf(widest) else widest}
    found = estimates("life-expectancy-chiang-silcocks", VERSION, asked, (dead, alive), (years, years - half, years + half), conf, why)
    return LifeExpectancy(**vars(found), error=np.where(why == Why.SHOWN, error, np.nan), ages=tuple(ages))


def _table(dead: Real, alive: Real, widths: Real, lived: Real) -> tuple[Real, Real]:
    """Years left and their standard errors, [..., bands]. lived: the part of the band that those who die in it live."""
    mortality = divided(dead, alive)
    risk = np.minimum(widths * mortality[..., :-1] / (1 + widths * (1 - lived) * mortality[..., :-1]), 1.0)
    kept = np.concatenate([np.ones_like(risk[..., :1]), np.cumprod(1 - risk, axis=-1)], axis=-1)
    lost = kept[..., :-1] * risk
    lived_years = widths * (kept[..., :-1] - lost) + widths * lived * lost
    last = kept[..., -1:] * divided(np.ones_like(mortality), mortality)[..., -1:]
    left = np.cumsum(np.concatenate([lived_years, last], axis=-1)[..., ::-1], axis=-1)[..., ::-1]
    years = divided(left, kept)
    dying = dead[..., :-1]
    risk_variance = np.where(dying > 0, divided(risk**2 * (1 - risk), dying), 0.0)
    ahead = (1 - lived) * widths + np.where(np.isnan(years[..., 1:]), 0.0, years[..., 1:])
    open_dead, open_rate = dead[..., -1:], mortality[..., -1:]
    open_variance = divided(kept[..., -1:] ** 2, open_dead * open_rate**2)
    terms = np.concatenate([kept[..., :-1] ** 2 * ahead**2 * risk_variance, open_variance], axis=-1)
    summed = np.cumsum(terms[..., ::-1], axis=-1)[..., ::-1]
    return years, np.sqrt(divided(summed, kept**2))
