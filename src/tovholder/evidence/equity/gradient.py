"""The slope and relative index from a regression on persons: Poisson, log-binomial or logistic on the social rank."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from tovholder.evidence.equity.inputs import (
    blanks,
    check_choice,
    check_level,
    check_multiplier,
    check_part,
    counts,
    divided,
    normal,
    together,
)
from tovholder.evidence.equity.slope_scales import Transform, back
from tovholder.evidence.results import Codes, Described, Estimates, Real, Why, digest_of

VERSION = "1"
GradientFamily = Literal["poisson", "log-binomial", "logistic"]
_FEWEST_GROUPS = 3
_STEPS, _NEAR = 100, 1e-12
# A coefficient this far out is on its way to infinity: the events lie so that no line fits.
_FARTHEST = 30.0


@dataclass(frozen=True, eq=False)
class Gradient(Described):
    """SII and RII from a regression; coefficients: [..., 2], the bottom and the change to the top, on the log or logit scale."""

    sii: Estimates
    rii: Estimates
    coefficients: Real


def gradient(
    x: npt.ArrayLike,
    n: npt.ArrayLike,
    *,
    family: GradientFamily = "poisson",
    kind: Literal["proportion", "rate"] = "proportion",
    conf: float = 0.95,
    multiplier: float = 1.0,
    weights: npt.ArrayLike | None = None,
) -> Gradient:
    """This will fit events on social rank and give the SII and RII between the very top and the very bottom. Raises ValueError.

    x events of n persons (or person-years, kind "rate"): [..., groups], worst-off first; persons of a group share their middle rank, so
    this equals the regression on single persons. Groups without events are welcome. weights: extra weights, [..., groups].
    Limits: of the RII on the log scale, of the SII by the delta method; for the Poisson family on persons with the robust variance
    that a yes-or-no outcome needs. Blank: nobody, fewer than three groups, or events so placed that no line fits.
    Sources: Mackenbach and Kunst, Social Science and Medicine 44 (1997); Zou, American Journal of Epidemiology 159 (2004);
    Wacholder, American Journal of Epidemiology 123 (1986).
    """
    check_choice("family", family, ("poisson", "log-binomial", "logistic"))
    check_choice("kind", kind, ("proportion", "rate"))
    if kind == "rate" and family != "poisson":
        raise ValueError("Rater kan kun regnes med »poisson«. Vælg den, eller regn på andele.")
    scale, z = check_multiplier(multiplier), normal(conf)
    given = np.ones(()) if weights is None else counts("weights", weights)
    events, of, extra = together(x=counts("x", x), n=counts("n", n), weights=given)
    if not events.ndim:
        raise ValueError("»x« og »n« skal have et tal for hver gruppe.")
    if kind == "proportion":
        check_part(events, of)
    used = of > 0
    # When everybody had it there is no chance left in the model, and its limits would be nothing wide.
    everybody = (kind == "proportion") & (np.where(used, events - of, 0.0) == 0).all(axis=-1)
    reasons = {
        Why.MISSING: (np.isnan(events) | np.isnan(of) | np.isnan(extra)).any(axis=-1),
        Why.NO_POPULATION: ~used.any(axis=-1),
        Why.TOO_FEW_EVENTS: np.nan_to_num(events).sum(axis=-1) == 0,
        Why.NOT_DEFINED: (used.sum(axis=-1) < _FEWEST_GROUPS) | everybody,
    }
    why = blanks(events.shape[:-1], reasons)
    whole = (why == Why.SHOWN)[..., None] & used
    n_used, x_used = np.where(whole, of, 0.0), np.where(whole, events, 0.0)
    share = divided(n_used, n_used.sum(axis=-1, keepdims=True))
    rank = np.nan_to_num(np.cumsum(share, axis=-1) - share / 2)
    link: Transform = "logit" if family == "logistic" else "log"
    at, variance, fits = _iterated(x_used, n_used, rank, np.where(whole, extra, 0.0), family, kind)
    why = np.where((why == Why.SHOWN) & ~fits, np.int8(Why.NOT_DEFINED), why)
    asked: dict[str, Any] = {
        "family": family,
        "kind": kind,
        "multiplier": scale,
        "conf": check_level(conf),
        "weighted": weights is not None,
    }
    method = f"gradient-{family}"
    digest = digest_of(method, VERSION, asked, events, of, extra)
    bottom, top = back(link, at[..., 0]), back(link, at.sum(axis=-1))
    sii, rii = _both(bottom, top, variance, link, z, scale)
    told = (method, VERSION, asked, digest)
    absolute, relative = (_shown(told, one, check_level(conf), why) for one in (sii, rii))
    return Gradient(*told, absolute, relative, np.where((why == Why.SHOWN)[..., None], at, np.nan))


def _shown(told: tuple[str, str, dict[str, Any], str], parts: tuple[Real, Real, Real], conf: float, why: Codes) -> Estimates:
    value, low, high = (np.where(why == Why.SHOWN, one, np.nan) for one in parts)
    return Estimates(*told, value, low, high, conf, why)


def _both(
    bottom: Real, top: Real, variance: Real, link: Transform, z: float, scale: float
) -> tuple[tuple[Real, Real, Real], tuple[Real, Real, Real]]:
    """SII and RII with limits from the ends and the coefficients' variances: [..., 3], of the bottom, both, and the change."""
    below, both, change = (variance[..., place] for place in range(3))
    top_slope, bottom_slope = (one * (1 - one) if link == "logit" else one for one in (top, bottom))
    # By the bottom's coefficient both ends move, by the change only the top does.
    by_bottom, by_change = top_slope - bottom_slope, top_slope
    half = z * np.sqrt(np.maximum(by_bottom**2 * below + 2 * by_bottom * by_change * both + by_change**2 * change, 0.0))
    sii = top - bottom
    log_bottom, log_top = (1 - one if link == "logit" else np.ones_like(one) for one in (bottom, top))
    first, second = log_top - log_bottom, log_top
    factor = np.exp(z * np.sqrt(np.maximum(first**2 * below + 2 * first * second * both + second**2 * change, 0.0)))
    rii = divided(top, bottom)
    return (sii * scale, (sii - half) * scale, (sii + half) * scale), (rii, rii / factor, rii * factor)


def _iterated(
    x: Real, n: Real, rank: Real, extra: Real, family: GradientFamily, kind: Literal["proportion", "rate"]
) -> tuple[Real, Real, npt.NDArray[np.bool_]]:
    """Coefficients by Newton's method with halved steps, their variances, and where they were found; all areas at once."""
    overall = np.clip(divided((extra * x).sum(axis=-1), (extra * n).sum(axis=-1)), 1e-12, None)
    overall = np.where(np.isfinite(overall), overall, 0.5)
    start = np.log(overall) if family != "logistic" else np.log(np.clip(overall, 0, 1 - 1e-12) / (1 - np.clip(overall, 0, 1 - 1e-12)))
    at = np.stack([start, np.zeros_like(start)], axis=-1)
    fits = _likelihood(at, x, n, rank, extra, family)
    done = np.zeros(fits.shape, dtype=bool)
    for _ in range(_STEPS):
        score, information = _score(at, x, n, rank, extra, family)
        step = _solved(information, score)
        size = np.ones(fits.shape)
        for _ in range(30):
            tried = at + size[..., None] * step
            better = _likelihood(tried, x, n, rank, extra, family)
            worse = ~(better >= fits - 1e-12 * np.abs(fits)) & (size > 1e-8)
            if not worse.any():
                break
            size = np.where(worse, size / 2, size)
        moved = np.abs(size[..., None] * step).max(axis=-1)
        done |= ~(moved > _NEAR * (1 + np.abs(at).max(axis=-1)))
        at, fits = tried, better
        if done.all():
            break
    score, information = _score(at, x, n, rank, extra, family)
    variance = _variance(at, x, n, rank, extra, information, family, kind)
    flat = np.abs(score).max(axis=-1) <= 1e-6 * np.maximum((extra * x).sum(axis=-1), 1e-300)
    return at, variance, flat & (np.abs(at[..., 1]) < _FARTHEST) & np.isfinite(variance).all(axis=-1)


def _mean(at: Real, rank: Real, family: GradientFamily) -> Real:
    line = at[..., :1] + at[..., 1:] * rank
    return np.exp(np.minimum(line, 700.0)) if family != "logistic" else 1 / (1 + np.exp(np.clip(-line, -700, 700)))


def _likelihood(at: Real, x: Real, n: Real, rank: Real, extra: Real, family: GradientFamily) -> Real:
    mean = _mean(at, rank, family)
    if family == "poisson":
        return np.asarray((extra * (x * np.log(np.maximum(mean, 1e-300)) - n * mean)).sum(axis=-1))
    inside = (mean < 1) | (n == 0)
    safe = np.clip(mean, 1e-300, 1 - 1e-16)
    total = (extra * (x * np.log(safe) + (n - x) * np.log1p(-safe))).sum(axis=-1)
    return np.asarray(np.where(inside.all(axis=-1), total, -np.inf))


def _score(at: Real, x: Real, n: Real, rank: Real, extra: Real, family: GradientFamily) -> tuple[Real, Real]:
    """The likelihood's slope, [..., 2], and expected curvature, [..., 3]: of the bottom, both, the change."""
    mean = _mean(at, rank, family)
    if family == "poisson":
        pull, weight = x - n * mean, n * mean
    elif family == "logistic":
        pull, weight = x - n * mean, n * mean * (1 - mean)
    else:
        rest = np.maximum(1 - mean, 1e-12)
        pull, weight = (x - n * mean) / rest, n * mean / rest
    pull, weight = extra * pull, extra * weight
    score = np.stack([pull.sum(axis=-1), (pull * rank).sum(axis=-1)], axis=-1)
    return score, np.stack([weight.sum(axis=-1), (weight * rank).sum(axis=-1), (weight * rank**2).sum(axis=-1)], axis=-1)


def _inverted(curvature: Real) -> Real:
    first, both, second = (curvature[..., place] for place in range(3))
    whole = first * second - both**2
    whole = np.where(whole > 0, whole, np.nan)
    return np.stack([second / whole, -both / whole, first / whole], axis=-1)


def _solved(curvature: Real, score: Real) -> Real:
    first, both, second = (_inverted(curvature)[..., place] for place in range(3))
    found = np.stack([first * score[..., 0] + both * score[..., 1], both * score[..., 0] + second * score[..., 1]], axis=-1)
    return np.nan_to_num(found, nan=0.0, posinf=0.0, neginf=0.0)


def _variance(
    at: Real, x: Real, n: Real, rank: Real, extra: Real, information: Real, family: GradientFamily, kind: Literal["proportion", "rate"]
) -> Real:
    inverse = _inverted(information)
    if family != "poisson" or kind == "rate":
        return inverse
    mean = _mean(at, rank, family)
    # The squared distances of single persons, x of whom are 1 and the others 0.
    meat = extra**2 * (x * (1 - mean) ** 2 + (n - x) * mean**2)
    middle = [(meat * rank**power).sum(axis=-1) for power in range(3)]
    a, b, c = (inverse[..., place] for place in range(3))
    first = a * a * middle[0] + 2 * a * b * middle[1] + b * b * middle[2]
    both = a * b * middle[0] + (a * c + b * b) * middle[1] + b * c * middle[2]
    second = b * b * middle[0] + 2 * b * c * middle[1] + c * c * middle[2]
    return np.stack([first, both, second], axis=-1)
