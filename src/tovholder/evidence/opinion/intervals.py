"""Shares with their uncertainty: Jeffreys intervals, differences between two shares, and false discoveries among many tests."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Real = npt.NDArray[np.float64]


def bound(successes: npt.ArrayLike, trials: npt.ArrayLike, at: float) -> Real:
    """This will give the quantile `at` of a share, from the posterior Beta(x + 1/2, n - x + 1/2).

    successes, trials: same shape, whole or weighted counts; `at` between 0 and 1. 0 of n has the lower bound 0 and n of n the upper
    bound 1; where nobody was asked the lower bound is 0 and the upper 1.
    Source: Brown, Cai and DasGupta, Interval estimation for a binomial proportion, Statistical Science 16 (2001), section 4.3.
    """
    from scipy.special import betaincinv

    hits, n = np.broadcast_arrays(np.asarray(successes, dtype=np.float64), np.asarray(trials, dtype=np.float64))
    pairs, back = np.unique(np.stack([hits.ravel(), n.ravel()]), axis=1, return_inverse=True)
    few, of = pairs
    found: Real = np.asarray(betaincinv(few + 0.5, of - few + 0.5, at), dtype=np.float64)
    found = np.where(few <= 0, 0.0, found) if at < 0.5 else np.where(few >= of, 1.0, found)
    found = np.where(of <= 0, 0.0 if at < 0.5 else 1.0, found)
    return found[back.ravel()].reshape(hits.shape)


def jeffreys(successes: npt.ArrayLike, trials: npt.ArrayLike, level: float = 0.90) -> tuple[Real, Real]:
    """This will give the two ends of the interval that holds a share with probability `level`; see `bound`."""
    return bound(successes, trials, (1 - level) / 2), bound(successes, trials, (1 + level) / 2)


def difference(first: tuple[Real, Real, Real], second: tuple[Real, Real, Real]) -> tuple[Real, Real]:
    """This will give the interval of first minus second, each given as (share, low, high) of independent people.

    Source: Newcombe, Interval estimation for the difference between independent proportions, Statistics in Medicine 17 (1998),
    method 10 (squares of the distances to each share's own limits), here with Jeffreys limits.
    """
    (one, one_low, one_high), (two, two_low, two_high) = first, second
    low = one - two - np.sqrt((one - one_low) ** 2 + (two_high - two) ** 2)
    high = one - two + np.sqrt((one_high - one) ** 2 + (two - two_low) ** 2)
    return low, high


def homogeneity(successes: npt.ArrayLike, trials: npt.ArrayLike) -> Real:
    """This will give the probability of differences between groups at least this large if all groups thought alike.

    successes, trials: [statements, groups], groups without trials are left out of their statement.
    Source: the permutation form of Pearson's chi-square, (N - 1) / N times it, on groups - 1 degrees of freedom
    (Mantel-Haenszel), which holds at smaller counts than the plain one.
    """
    from scipy.special import chdtrc

    hits, n = np.asarray(successes, dtype=np.float64), np.asarray(trials, dtype=np.float64)
    total = n.sum(axis=1)
    share = hits.sum(axis=1) / np.maximum(total, 1)
    apart = np.where(n > 0, (hits - n * share[:, None]) ** 2 / np.maximum(n, 1), 0.0).sum(axis=1)
    spread = share * (1 - share) * total / np.maximum(total - 1, 1)
    freedom = np.maximum((n > 0).sum(axis=1) - 1, 1)
    statistic = np.where(spread > 0, apart / np.where(spread > 0, spread, 1.0), 0.0)
    return np.asarray(chdtrc(freedom, statistic), dtype=np.float64)


def adjusted(probabilities: npt.ArrayLike) -> Real:
    """This will give each test's smallest false-discovery rate at which it would still be called a discovery.

    Source: Benjamini and Hochberg, Journal of the Royal Statistical Society B 57 (1995).
    """
    p = np.asarray(probabilities, dtype=np.float64)
    if not p.size:
        return p
    order = np.argsort(p, kind="stable")[::-1]
    ranked = p[order] * p.size / np.arange(p.size, 0, -1)
    found = np.empty_like(p)
    found[order] = np.minimum(np.minimum.accumulate(ranked), 1.0)
    return found
