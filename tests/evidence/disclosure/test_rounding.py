"""Rounding: totals still add up, nothing is moved further than to a neighbour, and what the sums give away is told."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evidence.disclosure.test_suppress import table
from tovholder.evidence.disclosure.derived import rates
from tovholder.evidence.disclosure.rounding import rounded
from tovholder.evidence.disclosure.tables import BadTable
from tovholder.evidence.results import Why

pytestmark = pytest.mark.once


@settings(deadline=None, max_examples=8)
@given(st.lists(st.integers(0, 40), min_size=9, max_size=9), st.sampled_from([3, 5, 10]))
def test_controlled_rounding(inner, base):
    given_ = table(np.array(inner).reshape(3, 3))
    found = rounded(given_, base=base)
    assert (found.counts % base == 0).all()
    assert (np.abs(found.counts - given_.counts) < base).all()
    assert (found.counts[given_.counts % base == 0] == given_.counts[given_.counts % base == 0]).all()
    assert (found.counts[:-1].sum(axis=0) == found.counts[-1]).all()
    assert (found.counts[:, :-1].sum(axis=1) == found.counts[:, -1]).all()
    assert ((found.low <= given_.counts) & (given_.counts <= found.high)).all()


@settings(deadline=None, max_examples=8)
@given(st.lists(st.integers(0, 40), min_size=6, max_size=6), st.sampled_from([4, 5]))
def test_plain_rounding_and_what_it_implies(inner, base):
    given_ = table(np.array(inner).reshape(2, 3))
    found = rounded(given_, base=base, controlled=False)
    assert (np.abs(2 * (found.counts - given_.counts)) <= base).all()
    assert ((found.low <= given_.counts) & (given_.counts <= found.high)).all()


def test_totals_that_are_off_give_numbers_away():
    """Three counts of 2 are shown as 0 and their total as 5: each is 1 or 2, not 0 to 2."""
    found = rounded(table([2, 2, 2], ("a",)), controlled=False)
    assert found.counts.tolist() == [0, 0, 0, 5]
    assert (found.low[:3].tolist(), found.high[:3].tolist()) == ([0, 0, 0], [2, 2, 2])
    found = rounded(table([2, 2, 2, 2], ("a",)), controlled=False)
    assert found.counts.tolist() == [0, 0, 0, 0, 10]
    assert found.low[:4].tolist() == [2, 2, 2, 2]
    assert found.told[:4].all()


def test_a_base_of_one_rounds_nothing():
    with pytest.raises(BadTable, match="fra 2 og op, ikke 1"):
        rounded(table([3], ("a",)), base=1)


def test_rates_are_masked_with_their_counts():
    numerator, denominator = np.array([3, 20, 0]), np.array([10, 80, 0])
    value, why = rates(numerator, denominator, np.array([False, True, True]))
    assert np.isnan(value[[0, 2]]).all()
    assert value[1] == 25
    assert why.tolist() == [Why.SUPPRESSED, Why.SHOWN, Why.NO_POPULATION]
