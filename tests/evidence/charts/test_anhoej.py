"""Anhøj's rules: runs and crossings, and what becomes of points on the centre and points not measured."""

from math import comb, log2

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tovholder.evidence.charts.anhoej import anhoej, longest_and_crossings

pytestmark = pytest.mark.once
POINTS = st.lists(st.one_of(st.integers(-3, 3).map(float), st.just(float("nan"))), max_size=40)


@pytest.mark.parametrize(("useful", "longest", "crossings"), [(10, 6, 2), (12, 7, 3), (16, 7, 4), (20, 7, 6), (24, 8, 8), (30, 8, 10)])
def test_limits_are_those_of_the_published_table(useful, longest, crossings):
    assert longest_and_crossings(useful) == (longest, crossings)


@pytest.mark.parametrize("useful", range(2, 200))
def test_limits_follow_the_binomial(useful):
    trials = useful - 1
    tail = [sum(comb(trials, k) for k in range(top + 1)) for top in range(trials + 1)]
    longest, crossings = longest_and_crossings(useful)
    assert longest == round(log2(useful)) + 3
    assert tail[crossings] * 20 >= 2**trials
    assert crossings == 0 or tail[crossings - 1] * 20 < 2**trials


def by_hand(row, centre):
    signs = [1 if value > centre else -1 for value in row if value == value and value != centre]
    longest = run = crossings = 0
    for place, sign in enumerate(signs):
        run = run + 1 if place and sign == signs[place - 1] else 1
        crossings += bool(place and sign != signs[place - 1])
        longest = max(longest, run)
    return len(signs), longest, crossings


@given(POINTS)
@settings(deadline=None, max_examples=50)
def test_runs_are_what_counting_by_hand_gives(row):
    found = anhoej(row, 0.0)
    assert (int(found.useful[0]), int(found.longest[0]), int(found.crossings[0])) == by_hand(row, 0.0)
    at = np.flatnonzero(found.longest_at[0])
    assert at.size == found.longest[0]
    assert len({np.sign(row[place]) for place in at}) <= 1


@given(POINTS, st.integers(0, 5))
@settings(deadline=None, max_examples=50)
def test_turning_the_line_over_or_measuring_nothing_changes_no_rule(row, gap):
    there = anhoej(row, 0.0)
    turned = anhoej([-value for value in row], 0.0)
    padded = anhoej([*row, *[float("nan")] * gap], 0.0)
    for other in (turned, padded):
        assert (other.longest[0], other.crossings[0], other.signal[0]) == (there.longest[0], there.crossings[0], there.signal[0])


def test_a_step_is_seen_and_a_level_line_is_not():
    step = anhoej([1.0] * 10 + [2.0] * 10 + [3.0, 1.0])
    assert step.signal.tolist() == [True]
    assert anhoej([5.0] * 20).useful.tolist() == [0]
    assert not anhoej([5.0] * 20).signal.any()
    for short in ([], [4.0], [float("nan")] * 5):
        assert not anhoej(short).signal.any()


def test_many_series_at_once_are_judged_one_by_one():
    rows = np.random.default_rng(5).normal(size=(9, 24))
    together = anhoej(rows)
    for number, row in enumerate(rows):
        alone = anhoej(row)
        assert (together.longest[number], together.crossings[number]) == (alone.longest[0], alone.crossings[0])
    assert together.digest == anhoej(rows).digest != anhoej(rows + 1).digest


def test_points_in_three_dimensions_are_refused():
    with pytest.raises(ValueError, match="række"):
        anhoej(np.zeros((2, 2, 2)))
