"""Shrinkage, what is to be gained, and years taken together."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tovholder.evidence.equity.pooling import pooled, years_needed
from tovholder.evidence.equity.potential import potential
from tovholder.evidence.equity.shrinkage import shrunk
from tovholder.evidence.results import Why

pytestmark = pytest.mark.once


def made(seed, spread, areas=98, rate=0.02):
    rng = np.random.default_rng(seed)
    people = rng.integers(300, 20_000, areas).astype(float)
    true = rate * np.exp(spread * rng.standard_normal(areas) - spread**2 / 2)
    return rng.poisson(people * true).astype(float), people, true


@given(st.integers(0, 50), st.sampled_from(("gamma-poisson", "beta-binomial")), st.sampled_from(("likelihood", "moments")))
@settings(deadline=None, max_examples=25)
def test_a_shrunk_figure_lies_between_its_own_and_the_overall_and_weighs_its_people(seed, family, estimator):
    x, n, _ = made(seed, 0.25, areas=30)
    found = shrunk(x, n, family=family, estimator=estimator)
    between = (found.value - found.raw) * (found.value - found.overall)
    assert (between <= 1e-15).all()
    assert (np.diff(found.weight[np.argsort(n)]) >= 0).all()
    assert ((found.low < found.value) & (found.value < found.high)).all()
    wide = shrunk(x, n, family=family, estimator=estimator, conf=0.998)
    assert ((wide.low < found.low) & (found.high < wide.high)).all()


@given(st.integers(0, 20), st.permutations(range(25)), st.sampled_from(("likelihood", "moments")))
@settings(deadline=None, max_examples=15)
def test_the_order_of_areas_does_not_matter(seed, order, estimator):
    x, n, _ = made(seed, 0.2, areas=25)
    one, other = shrunk(x, n, estimator=estimator), shrunk(x[order], n[order], estimator=estimator, multiplier=1000)
    np.testing.assert_allclose(other.value, 1000 * one.value[order], rtol=1e-6)


@pytest.mark.parametrize("family", ["gamma-poisson", "beta-binomial"])
@pytest.mark.parametrize("estimator", ["likelihood", "moments"])
def test_shrunk_figures_are_nearer_the_truth_and_their_limits_hold_it(family, estimator):
    held, shrunk_error, raw_error, spread = [], 0.0, 0.0, []
    for seed in range(20):
        x, n, true = made(seed, 0.15)
        found = shrunk(x, n, family=family, estimator=estimator)
        held.append((found.low <= true) & (true <= found.high))
        shrunk_error += ((found.value - true) ** 2).sum()
        raw_error += ((found.raw - true) ** 2).sum()
        spread.append(found.between)
    assert np.mean(held) == pytest.approx(0.95, abs=0.015)
    assert shrunk_error < 0.6 * raw_error
    assert np.mean(spread) == pytest.approx(0.02 * 0.15, rel=0.1)


def test_the_likelihood_is_at_its_top():
    x, n, _ = made(3, 0.3, areas=40)
    found = shrunk(x, n)
    size = found.overall / found.between**2

    def likelihood(center, size):
        return stats.nbinom.logpmf(x, center * size, size / (size + n)).sum()

    best = likelihood(found.overall, size)
    for center in (0.99, 1.01):
        for wider in (0.95, 1.0, 1.05):
            assert likelihood(found.overall * center, size * wider) < best


def test_areas_that_differ_no_more_than_chance_get_one_figure():
    n = np.full(50, 1000.0)
    found = shrunk(stats.poisson.ppf(np.linspace(0.2, 0.8, 50), 20), n)
    assert found.between == 0
    np.testing.assert_allclose(found.value, found.overall)
    assert (found.low < found.overall).all()
    none = shrunk(np.zeros(5), n[:5])
    assert none.value.tolist() == [0] * 5
    assert (none.high > 0).all()
    assert (shrunk(n[:5], n[:5], family="beta-binomial").low < 1).all()


def test_areas_without_a_figure_are_blank_with_their_reason():
    x, n = np.array([5, 0, np.nan, 3, 8, 0.0]), np.array([100, 100, 100, 0, 100, 50.0])
    found = shrunk(x, n)
    assert found.why.tolist() == [0, 0, Why.MISSING, Why.NO_POPULATION, 0, 0]
    assert np.isnan(found.value[2:4]).all()
    assert 0 < found.value[1] < found.overall
    assert (shrunk([1, 2, 0], [5, 5, 0]).why == [Why.NOT_DEFINED, Why.NOT_DEFINED, Why.NO_POPULATION]).all()


@pytest.mark.parametrize("seed", range(5))
def test_a_potential_does_not_promise_chance(seed):
    x, n, _ = made(seed, 0.0)
    found = potential(x, n)
    assert found.unshrunk > 0.05 * x.sum(), "without shrinkage pure chance promises a twentieth or more of all events"
    assert found.total.value < 0.2 * found.unshrunk


def test_a_potential_is_near_what_is_truly_there():
    apart, raw = [], []
    for seed in range(10):
        x, n, true = made(seed, 0.3)
        best = np.argsort(true)[:20]
        target = (n * true)[best].sum() / n[best].sum()
        there = (n * np.maximum(true - target, 0)).sum()
        found = potential(x, n)
        assert found.best.sum() == 20
        assert found.total.low < found.total.value < found.total.high
        assert found.by_area.sum() == pytest.approx(found.total.value)
        apart.append(found.total.value / there - 1)
        raw.append(found.unshrunk / there - 1)
    assert np.abs(np.mean(apart)) < 0.05
    assert np.mean(raw) > np.mean(apart)


def test_what_is_good_is_gained_instead_of_saved():
    x, n, _ = made(1, 0.3)
    bad, good = potential(x, n, family="beta-binomial"), potential(n - x, n, favourable=True, family="beta-binomial")
    assert good.total.value == pytest.approx(bad.total.value, rel=1e-4)
    assert (good.best == bad.best).all()


def test_too_few_areas_have_no_best_fifth():
    found = potential([3, 4, 5], [100, 100, 100])
    assert found.total.why == Why.NOT_DEFINED
    assert np.isnan([found.unshrunk, found.target]).all()
    with pytest.raises(ValueError, match="mellem 0 og 1"):
        potential([3, 4, 5], [100, 100, 100], best=20)


@given(st.lists(st.integers(0, 40), min_size=5, max_size=9), st.integers(1, 5))
@settings(deadline=None, max_examples=40)
def test_a_window_is_the_sum_of_its_years(x, years):
    found = pooled(x, np.full(len(x), 100), years=years, fewest=0)
    assert found.x.tolist() == [sum(x[begin : begin + years]) for begin in range(len(x) - years + 1)]
    assert (found.n == 100 * years).all()
    assert found.last[-1] == len(x) - 1


def test_windows_that_may_not_be_shown_are_blank_with_their_reason():
    found = pooled([[3, 3, 3, 4], [9, np.nan, 9, 9], [0, 0, 0, 0]], [[50] * 4, [50] * 4, [0] * 4], years=3, fewest_persons=150)
    fewer = Why.TOO_FEW_EVENTS
    assert found.why.tolist() == [[fewer, 0], [Why.MISSING] * 2, [Why.NO_POPULATION] * 2]
    assert pooled([30, 30], [5, 5], years=1, fewest_persons=6).why.tolist() == [Why.TOO_UNCERTAIN] * 2
    for years in (0, 5, True):
        with pytest.raises(ValueError, match="fra 1 til de 4 år"):
            pooled([1] * 4, [1] * 4, years=years)


def test_years_are_added_until_enough_areas_have_enough():
    events = np.array([[9, 1, 4, 5], [9, 9, 9, 1], [1, 1, 1, 1]])
    assert years_needed(events, share=0.6) == 3
    assert years_needed(events, share=0.3, fewest=9) == 2
    assert years_needed(events, share=1.0) is None
    with pytest.raises(ValueError, match="en række for hvert område"):
        years_needed([1, 2])
