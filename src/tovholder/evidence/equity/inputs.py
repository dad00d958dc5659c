"""What goes into a calculation, checked: numbers, counts and levels; and what comes out, blanked with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import NormalDist
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from tovholder.evidence.results import Codes, Estimates, Real, Why, digest_of

Missing = Literal["blank", "zero"]


def numbers(name: str, values: npt.ArrayLike) -> Real:
    """This will give values as floats, NaN where missing. Raises ValueError for text and for what is not finite."""
    try:
        found = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"»{name}« skal være tal, lige mange i hver række, og None eller NaN, hvor tallet mangler.") from None
    _refuse(name, found, np.isinf(found), "er uendeligt")
    return found


def counts(name: str, values: npt.ArrayLike) -> Real:
    """This will give counts as floats, NaN where missing. Raises ValueError for negative ones too; decimals are weighted counts."""
    found = numbers(name, values)
    _refuse(name, found, found < 0, "er negativt. Antal begynder ved 0")
    return found


def together(**named: Real) -> tuple[Real, ...]:
    """This will bring arrays to one shape. Raises ValueError with their names when they do not fit."""
    try:
        return tuple(np.broadcast_arrays(*named.values()))
    except ValueError:
        told = ", ".join(f"»{name}« {one.shape}" for name, one in named.items())
        raise ValueError(f"Tallene passer ikke sammen i form: {told}. Giv lige mange af hver.") from None


def check_level(conf: float) -> float:
    """This will give a level of confidence between 0 and 1; raises ValueError."""
    if isinstance(conf, bool) or not isinstance(conf, int | float | np.floating) or not 0 < conf < 1:
        raise ValueError(f"Sikkerheden skal ligge mellem 0 og 1, for eksempel 0.95, ikke »{str(conf)[:20]}«.")
    return float(conf)


def check_choice(name: str, chosen: object, allowed: tuple[object, ...]) -> None:
    """This will raise ValueError when a choice is none of those there are."""
    if chosen not in allowed:
        raise ValueError(f"»{name}« kan være {', '.join(str(one) for one in allowed)}, ikke »{str(chosen)[:30]}«.")


def check_multiplier(multiplier: float) -> float:
    """This will give what a figure is shown per, such as 100 or 100,000; raises ValueError unless it is positive and finite."""
    if not 0 < multiplier < np.inf:
        raise ValueError("Faktoren skal være et positivt tal, for eksempel 100 eller 100000. Retning vælges med »direction«.")
    return float(multiplier)


def check_part(hits: Real, of: Real) -> None:
    """This will raise ValueError where more were hit than there were; where nobody was, the figure is left blank instead."""
    if (above := (hits > of) & (of > 0)).any():
        place = int(np.argmax(above.ravel()))
        told = f"Tæller {hits.ravel()[place]:g} er større end nævner {of.ravel()[place]:g}"
        raise ValueError(f"{told} (plads {place + 1}). Byt dem, eller ret.")


def normal(conf: float) -> float:
    """This will give the normal quantile of (1 + conf) / 2."""
    return NormalDist().inv_cdf((1 + check_level(conf)) / 2)


def spread_of(low: Real, high: Real, conf: float) -> Real:
    """This will give standard errors from limits that lie evenly around their value, at level `conf`."""
    return np.asarray((high - low) / (2 * normal(conf)))


def blanks(shape: tuple[int, ...], reasons: Mapping[Why, npt.ArrayLike]) -> Codes:
    """This will give why each figure is blank, zero where it is not; of several reasons the first named counts."""
    found = np.zeros(shape, dtype=np.int8)
    for why, where in reversed(tuple(reasons.items())):
        found = np.where(where, np.int8(why), found)
    return found


def estimates(
    method: str,
    version: str,
    parameters: Mapping[str, Any],
    inputs: tuple[Any, ...],
    limits: tuple[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike],
    conf: float,
    why: Codes,
) -> Estimates:
    """This will put value, low and high together with how they were found; blank where `why` is not zero."""
    value, low, high = (np.where(why == Why.SHOWN, one, np.nan) for one in limits)
    told = {**parameters, "conf": conf}
    return Estimates(method, version, told, digest_of(method, version, told, *inputs), value, low, high, conf, why)


def filled(values: Real, missing: Missing) -> Real:
    """This will read missing counts as they are, or as 0 where the source leaves empty what nobody had."""
    check_choice("missing", missing, ("blank", "zero"))
    return np.where(np.isnan(values), 0.0, values) if missing == "zero" else values


def divided(top: Real, bottom: Real) -> Real:
    """This will divide, NaN where the bottom is 0 or missing."""
    safe = np.where(bottom == 0, np.nan, bottom)
    return np.asarray(top / safe)


def _refuse(name: str, found: Real, wrong: npt.NDArray[np.bool_], said: str) -> None:
    if wrong.any():
        place = np.unravel_index(int(np.argmax(wrong)), found.shape) if found.ndim else ()
        where = f", plads {', '.join(str(int(one) + 1) for one in place)}" if place else ""
        raise ValueError(f"»{name}«{where}: {found[place]:g} {said}.")
