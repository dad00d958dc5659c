"""Two groups compared."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tovholder.evidence.equity.differences import rate_ratio, risk_difference, risk_ratio
from tovholder.evidence.results import Why

pytestmark = pytest.mark.once


@given(st.integers(0, 40), st.integers(1, 40), st.integers(0, 40), st.integers(1, 40))
@settings(deadline=None, max_examples=40)
def test_turning_the_groups_around_turns_the_difference_around(x1, more1, x2, more2):
    one, other = risk_difference(x1, x1 + more1, x2, x2 + more2), risk_difference(x2, x2 + more2, x1, x1 + more1)
    assert one.value == pytest.approx(-other.value, abs=1e-12)
    assert one.low == pytest.approx(-other.high, abs=1e-12)
    assert -1 <= one.low <= one.value <= one.high <= 1


@given(st.integers(0, 30), st.integers(0, 30), st.floats(0.05, 0.95))
@settings(deadline=None, max_examples=40)
def test_the_probability_is_that_of_the_exact_binomial_test(x1, x2, share):
    if x1 + x2:
        expected = stats.binomtest(x1, x1 + x2, share).pvalue
        assert rate_ratio(x1, share, x2, 1 - share).p == pytest.approx(expected, rel=1e-6)


def test_many_events_cost_no_accuracy():
    found = rate_ratio(500_300, 1000.0, 499_700, 1000.0)
    assert found.p == pytest.approx(stats.binomtest(500_300, 1_000_000, 0.5).pvalue, rel=1e-6)


@given(st.integers(0, 30), st.integers(0, 30), st.floats(1, 9), st.floats(1, 9))
@settings(deadline=None, max_examples=40)
def test_a_ratio_and_its_inverse(x1, x2, t1, t2):
    one, other = rate_ratio(x1, t1, x2, t2), rate_ratio(x2, t2, x1, t1)
    if x1 and x2:
        assert one.value * other.value == pytest.approx(1)
        assert one.low * other.high == pytest.approx(1)
    assert one.p == pytest.approx(other.p, rel=1e-6, nan_ok=True)


def test_rows_without_events_or_time():
    found = rate_ratio([0, 3, 0, 2, None], [10, 10, 10, 0, 10], [4, 0, 0, 4, 1], [10] * 5)
    assert found.why.tolist() == [0, 0, Why.NOT_DEFINED, Why.NO_POPULATION, Why.MISSING]
    assert (found.value[0], found.low[0]) == (0, 0)
    assert np.isinf([found.value[1], found.high[1]]).all()
    assert found.low[1] > 0
    assert np.isnan(found.p[2:]).all()


def test_a_risk_ratio_is_not_made_up_where_a_group_has_no_events():
    found = risk_ratio([5, 0, 5, 0], [50, 50, 50, 0], [10, 10, 0, 3], [50, 50, 50, 5])
    assert found.why.tolist() == [0, Why.NOT_DEFINED, Why.NOT_DEFINED, Why.NO_POPULATION]
    assert found.value[0] == pytest.approx(0.5)
    assert found.low[0] * found.high[0] == pytest.approx(0.25)
    spread = np.log(found.high[0] / found.low[0]) / 2 / stats.norm.ppf(0.975)
    assert spread**2 == pytest.approx(1 / 5 - 1 / 50 + 1 / 10 - 1 / 50)
