import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tovholder.evidence.opinion.intervals import adjusted, bound, difference, homogeneity, jeffreys

pytestmark = pytest.mark.once


@pytest.mark.parametrize(("x", "n"), [(1, 5), (3, 7), (6, 20), (19, 20), (500, 1000)])
def test_an_interval_is_the_middle_of_the_posterior(x, n):
    low, high = jeffreys(x, n, 0.9)
    assert low == pytest.approx(stats.beta.ppf(0.05, x + 0.5, n - x + 0.5), abs=1e-12)
    assert high == pytest.approx(stats.beta.ppf(0.95, x + 0.5, n - x + 0.5), abs=1e-12)


def test_nothing_and_everything_reach_the_ends():
    low, high = jeffreys([0, 7, 0], [7, 7, 0])
    assert low[0] == 0
    assert 0 < high[0] < 0.3
    assert high[1] == 1
    assert 0.7 < low[1] < 1
    assert (low[2], high[2]) == (0, 1)


@given(st.integers(0, 60), st.integers(0, 60))
def test_agree_and_disagree_mirror_each_other(x, y):
    low, high = jeffreys(x, x + y)
    mirrored_low, mirrored_high = jeffreys(y, x + y)
    assert float(low) == pytest.approx(1 - float(mirrored_high), abs=1e-9)
    assert float(high) == pytest.approx(1 - float(mirrored_low), abs=1e-9)


@given(st.integers(1, 40), st.integers(0, 40))
def test_more_of_the_same_evidence_moves_the_bound_up(x, y):
    assert float(bound(2 * x, 2 * (x + y), 0.05)) > float(bound(x, x + y, 0.05))


def test_a_difference_holds_both_uncertainties():
    one, two = (np.array([0.8]), np.array([0.7]), np.array([0.9])), (np.array([0.5]), np.array([0.2]), np.array([0.6]))
    low, high = difference(one, two)
    assert low[0] == pytest.approx(0.3 - np.sqrt(0.1**2 + 0.1**2))
    assert high[0] == pytest.approx(0.3 + np.sqrt(0.1**2 + 0.3**2))


def test_homogeneity_agrees_with_counting_every_order():
    hits, n = np.array([[1.0, 4.0, 3.0]]), np.array([[5.0, 5.0, 4.0]])
    statistic = _spread(hits[0], n[0])
    orders = list(itertools.product(range(6), range(6), range(5)))
    ways = {
        order: np.prod([stats.binom.pmf(k, m, 0.5) * 2**m for k, m in zip(order, (5, 5, 4))])
        for order in orders
        if sum(order) == hits.sum()
    }
    exact = sum(way for order, way in ways.items() if _spread(np.array(order), n[0]) >= statistic - 1e-9) / sum(ways.values())
    assert homogeneity(hits, n)[0] == pytest.approx(exact, abs=0.05)


def test_groups_that_were_not_asked_are_left_out():
    assert homogeneity([[3, 9, 0]], [[10, 10, 0]]) == pytest.approx(homogeneity([[3, 9]], [[10, 10]]))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.floats(0.01, 0.5))
def test_adjusted_calls_what_the_step_up_procedure_calls(p, level):
    ranked = sorted(p)
    largest = max((k for k in range(1, len(p) + 1) if ranked[k - 1] <= level * k / len(p) * (1 - 1e-12)), default=0)
    called = sorted(value for value, rate in zip(p, adjusted(p)) if rate < level * (1 - 1e-12))
    assert len(called) <= largest + sum(1 for value in p if abs(value * len(p) - level) < 1e-6)
    assert called == ranked[: len(called)]


def test_nobody_is_called_without_tests():
    assert adjusted([]).size == 0


@pytest.mark.slow
@pytest.mark.parametrize("n", [7, 12, 25, 60])
def test_nine_tenths_of_the_intervals_hold_the_share(n):
    rng = np.random.default_rng(n)
    share = rng.uniform(0.02, 0.98, 40_000)
    low, high = jeffreys(rng.binomial(n, share), n)
    assert 0.87 <= np.mean((low <= share) & (share <= high)) <= 0.93


def _spread(hits, n):
    share = hits.sum() / n.sum()
    return float(((hits - n * share) ** 2 / n).sum())
