"""Proportions, counts, rates and means: limits against their distributions, and rows without events or people."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tovholder.evidence.equity.means import mean, mean_of_summary
from tovholder.evidence.equity.proportions import clopper_pearson, proportion, wilson
from tovholder.evidence.equity.rates import byar, count, count_limits, garwood, rate
from tovholder.evidence.results import Why

pytestmark = pytest.mark.once
levels = st.sampled_from((0.8, 0.9, 0.95, 0.998))


@pytest.mark.parametrize(("x", "n"), [(0, 7), (1, 7), (3, 7), (7, 7), (12, 4000)])
def test_a_wilson_limit_is_where_the_score_test_just_accepts(x, n):
    for end in wilson(x, n, 0.95):
        if 0 < end < 1:
            assert abs(x / n - end) / np.sqrt(end * (1 - end) / n) == pytest.approx(stats.norm.ppf(0.975), rel=1e-9)


@pytest.mark.parametrize(("x", "n"), [(0, 7), (1, 7), (3, 7), (7, 7), (12, 4000)])
def test_exact_limits_leave_half_of_the_rest_on_each_side(x, n):
    low, high = clopper_pearson(x, n, 0.95)
    assert low == (0 if x == 0 else pytest.approx(low))
    if x > 0:
        assert stats.binom.sf(x - 1, n, low) == pytest.approx(0.025)
    if x < n:
        assert stats.binom.cdf(x, n, high) == pytest.approx(0.025)
    assert high == (1 if x == n else high)


@pytest.mark.parametrize("x", [0, 1, 9, 10, 65, 3500])
def test_exact_limits_of_a_count_leave_half_of_the_rest_on_each_side(x):
    low, high = garwood(x, 0.9)
    assert stats.poisson.cdf(x, high) == pytest.approx(0.05)
    assert (low == 0) if x == 0 else stats.poisson.sf(x - 1, low) == pytest.approx(0.05)


@given(st.integers(0, 300), st.integers(1, 300), levels)
@settings(deadline=None, max_examples=40)
def test_limits_of_a_proportion_hold_it_mirror_it_and_widen_with_certainty(x, more, conf):
    n = x + more
    for of in (wilson, clopper_pearson):
        low, high = of(x, n, conf)
        assert 0 <= low <= x / n <= high <= 1
        mirrored_low, mirrored_high = of(n - x, n, conf)
        assert low == pytest.approx(1 - mirrored_high, abs=1e-9)
        assert high == pytest.approx(1 - mirrored_low, abs=1e-9)
        wider_low, wider_high = of(x, n, 0.9999)
        assert wider_low <= low
        assert high <= wider_high


@given(st.integers(0, 500), levels, st.sampled_from(("exact", "fingertips")))
@settings(deadline=None, max_examples=40)
def test_limits_of_a_count_rise_with_the_count(x, conf, method):
    here, next_ = count(x, conf=conf, method=method), count(x + 1, conf=conf, method=method)
    assert here.low <= x <= here.high
    # Fingertips changes method at ten events; only there may a limit step a little aside.
    slack = 0.05 if method == "fingertips" and x == 9 else 0.0
    assert here.low <= next_.low + slack
    assert here.high <= next_.high + slack


def test_fingertips_is_exact_below_ten_and_byars_from_there():
    for x, limits in ((9, garwood), (10, byar)):
        assert [float(one) for one in count_limits(x, 0.95, "fingertips")] == pytest.approx([float(one) for one in limits(x, 0.95)])


def test_a_table_with_every_kind_of_row():
    x, n = [0, 5, 5, None, 2, 0, 3], [10, 10, None, 10, 0, 0, 3]
    for found in (proportion(x, n, multiplier=100), rate(x, n)):
        assert found.why.tolist() == [0, 0, Why.MISSING, Why.MISSING, Why.NO_POPULATION, Why.NO_POPULATION, 0]
        shown = found.why == 0
        for part in (found.value, found.low, found.high):
            assert np.isnan(part[~shown]).all()
            assert np.isfinite(part[shown]).all()
        assert found.value[0] == found.low[0] == 0
        assert found.high[0] > 0


@given(st.integers(0, 50), st.integers(50, 500), st.sampled_from((1.0, 100.0, 1000.0, 100_000.0)))
@settings(deadline=None, max_examples=40)
def test_a_multiplier_only_moves_the_point(x, n, per):
    for of in (proportion, rate):
        one, other = of(x, n, multiplier=1.0), of(x, n, multiplier=per)
        np.testing.assert_allclose([other.value, other.low, other.high], np.multiply([one.value, one.low, one.high], per), rtol=1e-12)


@pytest.mark.parametrize(
    ("work", "said"),
    [
        (lambda: proportion([1, 9], [5, 8]), "Tæller 9 er større end nævner 8 (plads 2)"),
        (lambda: rate([[1, -2]], [[5, 8]]), "»x«, plads 1, 2: -2 er negativt"),
        (lambda: rate([1, np.inf], [5, 8]), "»x«, plads 2: inf er uendeligt"),
        (lambda: rate(["mange"], [5]), "»x« skal være tal"),
        (lambda: rate([10**400], [5]), "»x« skal være tal"),
        (lambda: rate([1, 2, 3], [5, 8]), "passer ikke sammen"),
        (lambda: rate([1], [5], conf=95), "mellem 0 og 1"),
        (lambda: rate([1], [5], method="byar"), "exact, fingertips"),
        (lambda: rate([1], [5], multiplier=-100), "positivt tal"),
        (lambda: mean(4.0), "en række af tal"),
        (lambda: proportion(True, 2, conf=True), "mellem 0 og 1"),
    ],
)
def test_what_cannot_be_used_is_told_in_a_sentence(work, said):
    with pytest.raises(ValueError, match=r"^.+\.$") as problem:
        work()
    assert said in str(problem.value)


def test_a_mean_leaves_out_what_is_missing_and_says_when_there_is_too_little():
    found = mean([[3, 5, 10, np.nan], [4, np.nan, np.nan, np.nan], [np.nan] * 4])
    assert found.value[0] == pytest.approx(6)
    low, high = stats.t.interval(0.95, 2, 6, stats.sem([3, 5, 10]))
    assert (found.low[0], found.high[0]) == (pytest.approx(low), pytest.approx(high))
    assert found.why.tolist() == [0, Why.NOT_DEFINED, Why.NO_POPULATION]
    again = mean_of_summary(found.value[0], found.sd[0], found.n[0])
    assert (again.low, again.high) == (pytest.approx(low), pytest.approx(high))


def test_the_same_input_has_the_same_digest_and_another_choice_another():
    assert rate([1, None], [5, 5]).digest == rate(np.array([1, np.nan]), (5.0, 5.0)).digest
    assert (
        len({rate([1], [5]).digest, rate([1], [6]).digest, rate([1], [5], conf=0.9).digest, rate([1], [5], method="fingertips").digest})
        == 4
    )
