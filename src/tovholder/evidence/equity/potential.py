"""What could be gained if every area did as well as the best: shrunk first, or chance would be promised too."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
import numpy.typing as npt

from tovholder.evidence.equity.inputs import check_level, estimates, normal
from tovholder.evidence.equity.shrinkage import ShrinkageEstimator, ShrinkageFamily, Shrunk, shrunk
from tovholder.evidence.results import Described, Estimates, Real, Why

VERSION = "1"
FEWEST_AREAS = 10
BEST = 0.2


@dataclass(frozen=True, eq=False)
class Potential(Described):
    """total: events fewer (or more, where events are good); by_area: [areas]; target: the best areas' figure; best: who they are.

    unshrunk: what the same sum would promise without shrinkage, to be shown beside and never alone.
    """

    total: Estimates
    by_area: Real
    target: float
    best: npt.NDArray[np.bool_]
    unshrunk: float
    shrunk: Shrunk


def potential(
    x: npt.ArrayLike,
    n: npt.ArrayLike,
    *,
    best: float = BEST,
    favourable: bool = False,
    family: ShrinkageFamily = "gamma-poisson",
    estimator: ShrinkageEstimator = "likelihood",
    conf: float = 0.95,
) -> Potential:
    """This will say how many events fewer there would be if all areas did as well as the best share of them. Raises ValueError.

    x events of n: [areas]; best: the share of areas that set the target, by their shrunk figures, weighted by n. favourable: events are
    good, and more of them is the gain. Areas already better than the target add nothing. Limits: normal, from the areas' posterior
    variances; who is best is taken as known. Blank with fewer than ten areas. Source: the sum is that of "best fifth" analyses;
    shrinkage as in `shrunk`.
    """
    if not 0 < best < 1:
        raise ValueError("Andelen af de bedste områder skal ligge mellem 0 og 1, for eksempel 0.2.")
    level = check_level(conf)
    found = shrunk(x, n, family=family, estimator=estimator, conf=level)
    of = np.asarray(n, dtype=np.float64)
    usable = found.why == Why.SHOWN
    enough = int(usable.sum()) >= FEWEST_AREAS
    people = np.where(usable, of, 0.0)
    leading, target = _target(found.value, people, usable, best, favourable)
    by_area = _gain(found.value, people, target, favourable)
    spread = np.where(usable, found.variance, 0.0)
    gaining = people * (by_area > 0)
    # The gaining areas' own variances, and the target's, which all of them share.
    of_target = (people**2 * spread * leading).sum() / max(float((people * leading).sum()), 1e-300) ** 2
    error = np.sqrt((gaining**2 * spread).sum() + gaining.sum() ** 2 * of_target)
    total = np.asarray(by_area.sum())
    why = np.asarray(Why.SHOWN if enough else Why.NOT_DEFINED, dtype=np.int8)
    asked: dict[str, Any] = {"best": best, "favourable": favourable, "family": family, "estimator": estimator}
    limits = (total, np.maximum(total - normal(level) * error, 0.0), total + normal(level) * error)
    told = estimates("potential-best-areas-shrunk", VERSION, asked, (found.digest,), limits, level, why)
    _, raw_target = _target(found.raw, people, usable, best, favourable)
    unshrunk = float(_gain(found.raw, people, raw_target, favourable).sum()) if enough else np.nan
    shown = by_area if enough else np.full(by_area.shape, np.nan)
    how = (told.method, told.version, told.parameters, told.digest)
    return Potential(*how, told, shown, target if enough else np.nan, leading & enough, unshrunk, found)


def _target(
    figure: Real, people: Real, usable: npt.NDArray[np.bool_], best: float, favourable: bool
) -> tuple[npt.NDArray[np.bool_], float]:
    """The best areas, and their figure together; of equal figures the first area comes first."""
    size = max(ceil(best * int(usable.sum()) - 1e-9), 1)
    keyed = np.where(usable, -figure if favourable else figure, np.inf)
    leading = np.zeros(usable.shape, dtype=bool)
    leading[np.argsort(keyed, kind="stable")[:size]] = True
    leading &= usable
    whole = (people * leading).sum()
    return leading, float((people * np.where(leading, figure, 0.0)).sum() / whole) if whole > 0 else np.nan


def _gain(figure: Real, people: Real, target: float, favourable: bool) -> Real:
    apart = np.where(people > 0, target - figure if favourable else figure - target, 0.0)
    return np.asarray(people * np.maximum(np.nan_to_num(apart), 0.0))
