"""Direct and indirect standardisation, events that repeat, life tables and quantiles."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tovholder.evidence.equity.life import AGES, life_expectancy
from tovholder.evidence.equity.quantiles import quantiles
from tovholder.evidence.equity.standard_populations import ESP_2013, ESP_2013_BANDS
from tovholder.evidence.equity.standardised import dsr, dsr_repeated, isr
from tovholder.evidence.results import Why

pytestmark = pytest.mark.once
bands = hnp.arrays(np.int64, 19, elements=st.integers(0, 40))
populations = hnp.arrays(np.int64, 19, elements=st.integers(50, 5000))


def test_the_european_standard_population_is_whole():
    assert sum(ESP_2013) == 100_000
    assert len(ESP_2013) == len(ESP_2013_BANDS) == 19


@given(bands, populations, st.permutations(range(19)), st.floats(0.1, 1000))
@settings(deadline=None, max_examples=40)
def test_neither_the_order_of_bands_nor_the_size_of_the_standard_matters(x, n, order, factor):
    one = dsr(x, n, fewest=0)
    other = dsr(x[order], n[order], np.array(ESP_2013)[order] * factor, fewest=0)
    for part in ("value", "low", "high"):
        assert getattr(one, part) == pytest.approx(getattr(other, part), rel=1e-9, abs=1e-9)


@given(populations, st.floats(0.01, 0.3))
@settings(deadline=None, max_examples=40)
def test_the_same_rate_in_every_band_is_the_rate(n, share):
    found = dsr(n * share, n, multiplier=1, fewest=0)
    assert found.value == pytest.approx(share)
    assert found.crude == pytest.approx(share)


@given(bands, populations)
@settings(deadline=None, max_examples=40)
def test_limits_hold_the_rate_and_widen(x, n):
    for method in ("dobson", "fay-feuer"):
        narrow, wide = (dsr(x, n, method=method, fewest=0, conf=conf) for conf in (0.95, 0.998))
        assert wide.low <= narrow.low <= narrow.value <= narrow.high <= wide.high


@given(bands, populations)
@settings(deadline=None, max_examples=40)
def test_events_that_nobody_repeats_are_ordinary_events(x, n):
    one, other = dsr(x, n), dsr_repeated({1: x, 2: np.zeros(19)}, n)
    np.testing.assert_allclose([one.value, one.low, one.high], [other.value, other.low, other.high], rtol=1e-12)


def test_events_of_the_same_persons_are_less_certain():
    n = np.full(19, 1000)
    by_one_each, by_few = dsr_repeated({1: np.full(19, 6)}, n), dsr_repeated({3: np.full(19, 2)}, n)
    assert by_one_each.value == pytest.approx(by_few.value)
    assert by_few.variance == pytest.approx(3 * by_one_each.variance)
    assert by_few.high - by_few.low == pytest.approx(np.sqrt(3) * (by_one_each.high - by_one_each.low))


def test_a_direct_rate_that_cannot_be_had_is_blank_with_its_reason():
    x, n = np.full((6, 19), 2.0), np.full((6, 19), 500.0)
    x[1] = 0
    x[2, :] = [9, *[0] * 18]
    n[3, 7] = 0
    x[4, 3] = np.nan
    n[5] = 0
    found = dsr(x, n)
    fewer = Why.TOO_FEW_EVENTS
    assert found.why.tolist() == [0, fewer, fewer, Why.NO_POPULATION, Why.MISSING, Why.NO_POPULATION]
    assert np.isnan(found.value[1:]).all()
    gamma = dsr(x, n, method="fay-feuer")
    assert gamma.why.tolist()[:3] == [0, 0, 0]
    assert (gamma.value[1], gamma.low[1]) == (0, 0)
    assert gamma.high[1] > 0
    assert dsr(x[4], n[4], missing="zero").events == 36


def test_a_band_that_the_standard_leaves_out_may_be_empty():
    assert dsr([[20, 0]], [[100, 0]], [1, 0]).value == pytest.approx(20_000)


@pytest.mark.parametrize(
    ("work", "said"),
    [
        (lambda: dsr([1, 2], [3, 4]), "2 aldersgrupper i tallene, men 19 i standardbefolkningen"),
        (lambda: dsr([1, 2], [3, 4], [0, 0]), "mere end 0 i alt"),
        (lambda: dsr_repeated({}, [3, 4], [1, 1]), "ingen personer"),
        (lambda: dsr_repeated({0: [1, 1]}, [3, 4], [1, 1]), "helt tal fra 1"),
        (lambda: life_expectancy([1, 2], [3, 4]), "stigende rækkefølge"),
        (lambda: quantiles([1, 2, 3], 1), "helt tal fra 2"),
        (lambda: life_expectancy(np.ones(20), np.full(20, 900)).at(3), "ingen aldersgruppe"),
    ],
)
def test_what_cannot_be_used_is_told_in_a_sentence(work, said):
    with pytest.raises(ValueError) as problem:
        work()
    assert said in str(problem.value)


@given(bands, populations)
@settings(deadline=None, max_examples=40)
def test_the_reference_beside_itself_is_one_hundred(x, n):
    if x.sum():
        found = isr(x, n, x, n)
        assert found.value == pytest.approx(100)
        assert isr(x, n, x, n, statistic="rate").value == pytest.approx(x.sum() / n.sum() * 100_000)


def test_an_indirect_ratio_that_cannot_be_had_is_blank_with_its_reason():
    x = np.array([[0, 0], [1, 2], [1, 2], [np.nan, 2], [1, 2]], dtype=float)
    n = np.array([[10, 10], [0, 0], [10, 10], [10, 10], [10, 0]], dtype=float)
    found = isr(x, n, [1, 3], [10, 30])
    assert found.why.tolist() == [0, Why.NO_POPULATION, 0, Why.MISSING, 0]
    assert (found.value[0], found.low[0]) == (0, 0)
    assert isr(x, n, [1, 3], [10, 0]).why.tolist() == [Why.NOT_DEFINED] + [Why.NO_POPULATION] + [Why.NOT_DEFINED] * 2 + [0]
    assert isr(x[2], n[2], [0, 0], [10, 30]).why == Why.NOT_DEFINED


def people(seed, groups=5):
    rng = np.random.default_rng(seed)
    alive = rng.integers(2000, 6000, (groups, 20)).astype(float)
    risk = np.array([4, 0.3, *np.geomspace(0.1, 180, 18)]) / 1000
    return rng.poisson(alive * risk).astype(float), alive


def test_all_groups_at_once_is_each_group_alone():
    dead, alive = people(1)
    dead[:, -1] = np.maximum(dead[:, -1], 1)
    together = life_expectancy(dead, alive)
    for group in range(5):
        alone = life_expectancy(dead[group], alive[group])
        for part in ("value", "low", "high", "why"):
            np.testing.assert_array_equal(getattr(together, part)[group], getattr(alone, part))


def test_a_life_table_by_hand():
    # One death in two in the year 0-1, and one in a hundred a year after that: q = m / (1 + 0.9 m) and L = 1/M.
    dead, alive = np.array([400.0, 60.0]), np.array([1000.0, 6000.0])
    found = life_expectancy(dead, alive, ages=(0, 1), widest=np.inf)
    risk = 0.4 / (1 + 0.9 * 0.4)
    assert found.value.tolist() == pytest.approx([1 - risk + 0.1 * risk + (1 - risk) * 100, 100])
    open_variance = 100**2 / 60
    first = (0.9 + 100) ** 2 * risk**2 * (1 - risk) / 400 + (1 - risk) ** 2 * open_variance
    assert found.error.tolist() == pytest.approx([np.sqrt(first), np.sqrt(open_variance)])


@given(st.integers(0, 20), st.floats(1.05, 3))
@settings(deadline=None, max_examples=40)
def test_higher_mortality_shortens_life_at_every_age(seed, factor):
    dead, alive = people(seed, 1)
    dead = np.maximum(dead, 1)
    one, other = life_expectancy(dead, alive, widest=np.inf), life_expectancy(dead * factor, alive, widest=np.inf)
    assert (other.value < one.value).all()


def test_life_expectancy_that_cannot_be_had_is_blank_with_its_reason():
    dead, alive = (np.repeat(one[:1], 6, axis=0) for one in people(3))
    dead = np.maximum(dead, 1)
    alive[1] /= 40
    dead[2, -1] = 0
    alive[3, 4] = 0
    dead[4, 4] = np.nan
    dead[5] = alive[5] * 5
    found = life_expectancy(dead, alive)
    first = found.why[:, 0].tolist()
    assert first == [0, Why.TOO_UNCERTAIN, Why.TOO_FEW_EVENTS, Why.NO_POPULATION, Why.MISSING, 0]
    assert found.at(0).why.tolist() == first
    assert (found.value[5, 0] < 1) & (found.why[5, -1] == Why.NOT_DEFINED), "nobody is left at the last age when all die in the first"


def test_deaths_far_out_blank_only_the_ages_they_make_uncertain():
    dead, alive = people(4, 1)
    dead[0, -1], alive[0, -1] = 1, 5
    found = life_expectancy(dead, alive)
    assert found.why[0, -1] == 0
    dead[0, -1], alive[0, -1] = 2, 20
    found = life_expectancy(dead, alive)
    assert found.why[0, -1] == Why.TOO_UNCERTAIN
    assert found.why[0, 0] == 0


def test_ages_are_the_fingertips_ones():
    assert AGES[:3] == (0, 1, 5)
    assert AGES[-1] == 90


@given(st.lists(st.integers(0, 30), min_size=4, max_size=60), st.integers(2, 6))
@settings(deadline=None, max_examples=40)
def test_quantiles_follow_the_rank(values, k):
    found = quantiles(values, k)
    if len(values) < k:
        assert (found.why == Why.NOT_DEFINED).all()
        return
    order = np.argsort(values, kind="stable")
    assert (np.diff(found.group[order]) >= 0).all()
    assert found.group.min() >= 1
    assert found.group.max() <= k
    same = {value: set(found.group[np.array(values) == value]) for value in values}
    assert all(len(groups) == 1 for groups in same.values())


@given(st.permutations(range(40)), st.sampled_from((2, 4, 5, 8, 10)))
@settings(deadline=None, max_examples=40)
def test_distinct_values_are_shared_out_evenly(values, k):
    one, other = quantiles(values, k), quantiles(values, k, invert=True)
    assert np.bincount(one.group)[1:].tolist() == [40 // k] * k
    assert (one.group + other.group == k + 1).all()


def test_missing_values_are_in_no_group_and_do_not_count():
    found = quantiles([[4, np.nan, 1, 2], [np.nan, np.nan, 1, 2]], 3)
    assert found.group.tolist() == [[3, 0, 1, 2], [0, 0, 0, 0]]
    assert found.why.tolist() == [[0, Why.MISSING, 0, 0], [Why.MISSING, Why.MISSING, Why.NOT_DEFINED, Why.NOT_DEFINED]]
