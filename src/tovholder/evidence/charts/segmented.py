"""Segmented regression: the level and slope before, and how both moved. Shown only beside its control chart; see before_after."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tovholder.evidence.results import Described, Real, digest_of

VERSION = "1"
_STEPS, _CLOSE = 50, 1e-12


@dataclass(frozen=True, eq=False)
class Segmented(Described):
    """coef, error, low, high, p: [terms], in the order of `terms`; the errors are those named in `errors`, limits at `conf`.

    fitted: [points], and without: the same had the change not come; NaN where not measured. durbin_watson: near 2 without
    autocorrelation, near 0 with strong positive. dispersion: for counts, the variance beside the mean (1 is chance). On the log scale for
    counts: exp(coef) is a ratio.
    """

    terms: tuple[str, ...]
    coef: Real
    error: Real
    low: Real
    high: Real
    p: Real
    conf: float
    errors: str
    fitted: Real
    without: Real
    durbin_watson: float
    r2: float
    dispersion: float
    deviance: float
    points: int


def terms_of(points: int, event: int, *, season: int | None = None, start: int = 1) -> tuple[tuple[str, ...], Real]:
    """This will give the terms and their columns, [points, terms]: 1, t, post and after, and a yearly wave if there is a season.

    event: the first point after the change, counted from 0; t counts from `start`; after counts 1, 2, … from the event; season: points
    in a year. Raises ValueError when the change leaves no point before or after it.
    """
    if not 0 < event < points:
        raise ValueError(f"Ændringen skal komme efter første og senest ved sidste punkt. Rækken har {points} punkter.")
    t = np.arange(points, dtype=np.float64) + start
    post = (np.arange(points) >= event).astype(np.float64)
    columns = [np.ones(points), t, post, post * (np.arange(points) - event + 1)]
    names = ["1", "t", "post", "after"]
    if season is not None:
        if season < 2:
            raise ValueError("En sæson skal have mindst 2 punkter.")
        columns += [np.sin(2 * np.pi * t / season), np.cos(2 * np.pi * t / season)]
        names += ["sin", "cos"]
    return tuple(names), np.stack(columns, axis=1)


def linear(
    y: npt.ArrayLike,
    columns: Real,
    terms: tuple[str, ...],
    *,
    lag: int | None = None,
    adjust: bool = False,
    errors: str = "newey_west",
    conf: float = 0.95,
) -> Segmented:
    """This will fit a measured line by least squares, its errors allowing for autocorrelation.

    y: [points], NaN where not measured; columns: [points, terms], see terms_of; lag: of Newey and West's Bartlett weights, by default
    floor(4 (n / 100)^(2 / 9)); adjust: times n / (n - terms); errors: "newey_west", "hc1" (no autocorrelation) or "ols". Limits by
    Student's t with n - terms degrees of freedom. Raises ValueError when there are no more points than terms, or the terms cannot be told
    apart.
    Source: Wagner et al., Journal of Clinical Pharmacy and Therapeutics 27 (2002) 299; Newey and West, Econometrica 55 (1987) 703;
    MacKinnon and White, Journal of Econometrics 29 (1985) 305 for hc1; Durbin and Watson, Biometrika 37 (1950) 409.
    """
    values = np.asarray(y, dtype=np.float64)
    kept, x, inverse = _kept(values, columns)
    here = values[kept]
    coef = inverse @ (x.T @ here)
    left = here - x @ coef
    n, k = x.shape
    if errors == "ols":
        spread = inverse * (left @ left) / (n - k)
        used: int | None = None
    else:
        used = 0 if errors == "hc1" else newey_west_lag(n) if lag is None else lag
        meat = _meat(x * left[:, None], used)
        spread = inverse @ meat @ inverse * (n / (n - k) if adjust or errors == "hc1" else 1.0)
    squares = float(((here - here.mean()) ** 2).sum())
    return _told(
        "segmented_linear",
        terms,
        coef,
        np.sqrt(np.maximum(np.diag(spread), 0.0)),
        conf,
        n - k,
        columns,
        kept,
        values,
        errors=errors,
        parameters={"lag": used, "adjust": adjust, "errors": errors, "conf": conf, "terms": list(terms)},
        durbin_watson=durbin_watson(left),
        r2=1 - float(left @ left) / squares if squares > 0 else np.nan,
    )


def counted(
    events: npt.ArrayLike,
    persons: npt.ArrayLike,
    columns: Real,
    terms: tuple[str, ...],
    *,
    quasi: bool = True,
    conf: float = 0.95,
) -> Segmented:
    """This will fit counts beside the persons they come from by Poisson regression, its errors widened by how much more they vary.

    events, persons: [points], NaN where not measured; a point without persons is not measured. columns, terms: see terms_of. quasi:
    errors times the square root of Pearson's dispersion. `fitted` and `without` are rates per unit of persons. Raises ValueError for
    negative counts, for no events at all before or after, and as linear does.
    Source: McCullagh and Nelder, Generalized Linear Models (1989), chapter 6; Bernal, Cummins and Gasparrini, International Journal of
    Epidemiology 46 (2017) 348.
    """
    count, size = np.asarray(events, dtype=np.float64), np.asarray(persons, dtype=np.float64)
    with np.errstate(invalid="ignore"):
        if (count < 0).any() or (size < 0).any():
            raise ValueError("Et antal er negativt. Antal kan ikke være under 0.")
    known = (size > 0) & ~np.isnan(count)
    kept, x, _ = _kept(np.where(known, count, np.nan), columns)
    here, offset = count[kept], np.log(size[kept])
    if not here.any():
        raise ValueError("Der er ingen hændelser. Så er der ingen ændring at regne på.")
    coef, inverse, mean = _poisson(x, here, offset)
    n, k = x.shape
    pearson = float((((here - mean) ** 2) / mean).sum() / (n - k))
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = np.where(here > 0, here * np.log(here / mean), 0.0) - (here - mean)
    error = np.sqrt(np.diag(inverse)) * (np.sqrt(pearson) if quasi else 1.0)
    return _told(
        "segmented_poisson",
        terms,
        coef,
        error,
        conf,
        n - k if quasi else None,
        columns,
        kept,
        np.stack([count, size]),
        errors="quasi" if quasi else "poisson",
        parameters={"quasi": quasi, "conf": conf, "terms": list(terms)},
        durbin_watson=durbin_watson((here - mean) / np.sqrt(mean)),
        dispersion=pearson,
        deviance=2 * float(parts.sum()),
        counts=True,
    )


def newey_west_lag(points: int) -> int:
    """This will give the lag that grows with the series: floor(4 (n / 100)^(2 / 9)).

    Source: Newey and West, Review of Economic Studies 61 (1994) 631.
    """
    return int(np.floor(4 * (points / 100) ** (2 / 9)))


def durbin_watson(left: Real) -> float:
    """This will give the sum of squared steps between residuals beside their own squares; NaN where all are zero."""
    total = float((left**2).sum())
    return float((np.diff(left) ** 2).sum()) / total if total > 0 else np.nan


def _kept(values: Real, columns: Real) -> tuple[npt.NDArray[np.bool_], Real, Real]:
    if values.ndim != 1 or values.size != columns.shape[0]:
        raise ValueError(f"Der er {values.size} målinger og {columns.shape[0]} punkter. Der skal være én måling for hvert.")
    kept = np.isfinite(values)
    x = columns[kept]
    if x.shape[0] <= x.shape[1]:
        raise ValueError(f"Der er {x.shape[0]} målinger. Der skal være mindst {x.shape[1] + 1} for at regne på ændringen.")
    if np.linalg.matrix_rank(x) < x.shape[1]:
        raise ValueError("Der er for få målinger før eller efter ændringen til at skelne dens dele.")
    triangle = np.linalg.qr(x, mode="r")
    back = np.linalg.inv(triangle)
    return kept, x, back @ back.T


def _meat(scores: Real, lag: int) -> Real:
    meat = scores.T @ scores
    for step in range(1, lag + 1):
        beside = scores[step:].T @ scores[:-step]
        meat = meat + (1 - step / (lag + 1)) * (beside + beside.T)
    return np.asarray(meat, dtype=np.float64)


def _poisson(x: Real, here: Real, offset: Real) -> tuple[Real, Real, Real]:
    """Iteratively reweighted least squares; the last step is far below what is shown."""
    line = np.log(here + 0.5)
    coef = np.zeros(x.shape[1])
    for _ in range(_STEPS):
        mean = np.exp(np.clip(line, -700, 700))
        weighted = x * np.sqrt(mean)[:, None]
        goal = np.sqrt(mean) * (line - offset + (here - mean) / mean)
        triangle = np.linalg.qr(weighted, mode="r")
        back = np.linalg.inv(triangle)
        inverse = back @ back.T
        found = inverse @ (weighted.T @ goal)
        close = np.abs(found - coef).max() <= _CLOSE * max(1.0, float(np.abs(found).max()))
        coef = found
        line = x @ coef + offset
        if close:
            return coef, inverse, np.exp(line)
    raise ValueError("Der er for få hændelser før eller efter ændringen til at regne på den.")


def _told(
    method: str,
    terms: tuple[str, ...],
    coef: Real,
    error: Real,
    conf: float,
    degrees: int | None,
    columns: Real,
    kept: npt.NDArray[np.bool_],
    inputs: Real,
    *,
    errors: str,
    parameters: dict[str, object],
    durbin_watson: float,
    r2: float = np.nan,
    dispersion: float = np.nan,
    deviance: float = np.nan,
    counts: bool = False,
) -> Segmented:
    from scipy.special import ndtr, ndtri, stdtr, stdtrit

    if not 0 < conf < 1:
        raise ValueError("Sikkerheden skal ligge mellem 0 og 1, for eksempel 0,95.")
    reach = float(ndtri((1 + conf) / 2)) if degrees is None else float(stdtrit(degrees, (1 + conf) / 2))
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = np.where(error > 0, -np.abs(coef) / np.where(error > 0, error, 1.0), np.where(coef == 0, 0.0, -np.inf))
    p = 2 * (ndtr(ratio) if degrees is None else stdtr(degrees, ratio))
    unchanged = columns.copy()
    unchanged[:, [terms.index(one) for one in ("post", "after") if one in terms]] = 0
    lines = [np.exp(one @ coef) if counts else one @ coef for one in (columns, unchanged)]
    return Segmented(
        method=method,
        version=VERSION,
        parameters=parameters,
        digest=digest_of(inputs, columns),
        terms=terms,
        coef=coef,
        error=error,
        low=coef - reach * error,
        high=coef + reach * error,
        p=np.asarray(p, dtype=np.float64),
        conf=conf,
        errors=errors,
        fitted=np.where(kept, lines[0], np.nan),
        without=np.where(kept, lines[1], np.nan),
        durbin_watson=durbin_watson,
        r2=r2,
        dispersion=dispersion,
        deviance=deviance,
        points=int(kept.sum()),
    )
