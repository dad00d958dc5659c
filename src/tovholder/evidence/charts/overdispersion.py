"""Places that differ more than chance: how much more (phi), and how much they truly differ (tau squared)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from tovholder.evidence.results import Described, Real, digest_of

Scale = Literal["square_root", "log", "arcsine", "log_ratio"]
Treatment = Literal["winsorise", "trim", "none"]
METHOD, VERSION = "overdispersion", "1"
FEWEST_PLACES = 3


@dataclass(frozen=True, eq=False)
class Overdispersion(Described):
    """phi: the mean squared z after the extremes are treated; tau2: the variance between places on the scale; used: places in phi.

    z, error: [places], each place's distance from the target and its standard error, on the scale. phi and tau2 are NaN for fewer than
    three places.
    """

    scale: Scale
    phi: float
    tau2: float
    used: int
    target: float
    z: Real
    error: Real

    @property
    def present(self) -> bool:
        """This will tell whether places differ by more than chance at all."""
        return bool(self.tau2 > 0)


def overdispersion(
    x: npt.ArrayLike,
    n: npt.ArrayLike,
    target: float,
    *,
    scale: Scale = "square_root",
    treatment: Treatment = "winsorise",
    share: float = 0.1,
) -> Overdispersion:
    """This will find how much more than chance places vary around the target.

    x, n: [places], events and expected events ("square_root", "log"; the target is a ratio), events and persons ("arcsine"; a share) or
    two counts ("log_ratio"). treatment: "winsorise" pulls the outermost tenth at each end in to the tenth's edge (Spiegelhalter 2012),
    "trim" leaves it out (the English SHMI), whole places rounded down. A place with n = 0, or one whose logarithm does not exist, has no
    z and is left out. tau2 = (used phi - (used - 1)) / (sum w - sum w^2 / sum w), w = 1 / error^2, and 0 below zero. Raises ValueError
    for a share outside 0 to 0.5 and for arrays of different length.
    Source: Spiegelhalter, Statistics in Medicine 24 (2005) 1185; Spiegelhalter et al., Journal of the Royal Statistical Society A 175
    (2012) 1.
    """
    events, sizes = np.asarray(x, dtype=np.float64), np.asarray(n, dtype=np.float64)
    if events.shape != sizes.shape or events.ndim != 1:
        raise ValueError(f"Der er {events.size} tællere og {sizes.size} nævnere. Der skal være én af hver for hvert sted.")
    if not 0 <= share < 0.5:
        raise ValueError("Den andel, der skæres af i hver ende, skal være mellem 0 og 0,5.")
    at, error = _placed(events, sizes, scale)
    with np.errstate(invalid="ignore", divide="ignore"):
        z = (at - on_scale(target, scale)) / error
    z = np.where(np.isfinite(z), z, np.nan)
    phi, tau2, used = _spread(z, error, treatment, share)
    return Overdispersion(
        method=METHOD,
        version=VERSION,
        parameters={"scale": scale, "treatment": treatment, "share": share},
        digest=digest_of(events, sizes, float(target)),
        scale=scale,
        phi=phi,
        tau2=tau2,
        used=used,
        target=float(target),
        z=z,
        error=error,
    )


def on_scale(value: npt.ArrayLike, scale: Scale) -> Real:
    """This will move shares or ratios to the scale on which their spread does not depend on them."""
    here = np.asarray(value, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        if scale == "arcsine":
            return np.asarray(np.arcsin(np.sqrt(np.clip(here, 0.0, 1.0))), dtype=np.float64)
        return np.asarray(np.sqrt(here) if scale == "square_root" else np.log(here), dtype=np.float64)


def off_scale(value: Real, scale: Scale) -> Real:
    """This will move figures back from the scale; below what it can show they are the least there is."""
    if scale == "arcsine":
        return np.asarray(np.sin(np.clip(value, 0.0, np.pi / 2)) ** 2, dtype=np.float64)
    return np.asarray(np.maximum(value, 0.0) ** 2 if scale == "square_root" else np.exp(value), dtype=np.float64)


def error_on_scale(size: npt.ArrayLike, scale: Scale) -> Real:
    """This will give the standard error that chance gives a place of that size, on the scale."""
    here = np.asarray(size, dtype=np.float64)
    per = np.where(here > 0, here, np.nan)
    return np.asarray(1 / np.sqrt(per) if scale in ("log", "log_ratio") else 1 / (2 * np.sqrt(per)), dtype=np.float64)


def _placed(events: Real, sizes: Real, scale: Scale) -> tuple[Real, Real]:
    if scale == "log_ratio":
        both = on_scale((events + 0.5) / (sizes + 0.5), scale)
        return both, np.sqrt(events / (events + 0.5) ** 2 + sizes / (sizes + 0.5) ** 2)
    some = sizes > 0
    share = np.where(some, events / np.where(some, sizes, 1.0), np.nan)
    return on_scale(share, scale), error_on_scale(sizes, scale)


def _spread(z: Real, error: Real, treatment: Treatment, share: float) -> tuple[float, float, int]:
    known = ~np.isnan(z)
    if known.sum() < FEWEST_PLACES:
        return np.nan, np.nan, int(known.sum())
    kept, errors = z[known], error[known]
    if treatment == "trim":
        cut = int(np.floor(kept.size * share))
        order = np.argsort(kept, kind="stable")[cut : kept.size - cut]
        kept, errors = kept[order], errors[order]
    elif treatment == "winsorise":
        kept = np.clip(kept, *np.quantile(kept, [share, 1 - share]))
    used = kept.size
    phi = float((kept**2).sum() / used)
    weight = 1 / errors**2
    free = float(weight.sum() - (weight**2).sum() / weight.sum())
    tau2 = (used * phi - (used - 1)) / free if free > 0 else 0.0
    return phi, max(tau2, 0.0), used
