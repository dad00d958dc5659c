"""XmR: limits, baselines, phases, gaps, screening, and the series that other programs fall over."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tovholder.evidence.charts.phases import Limits
from tovholder.evidence.charts.xmr import mr, of_one, xmr

pytestmark = pytest.mark.once
N = float("nan")
SERIES = [12.0, 14, 11, 13, 15, 12, 13, 14, 12, 13, 15, 11, 13, 14]
STEADY = st.lists(st.integers(0, 50).map(float), min_size=14, max_size=40)


def test_limits_are_the_mean_and_two_point_six_six_mean_ranges():
    found = xmr(SERIES)
    mean, mean_range = np.mean(SERIES), np.abs(np.diff(SERIES)).mean()
    assert found.centre == pytest.approx(np.full(14, mean))
    assert found.low == pytest.approx(np.full(14, mean - 2.66 * mean_range))
    assert found.high == pytest.approx(np.full(14, mean + 2.66 * mean_range))
    assert found.mean_range[0] == pytest.approx(mean_range)
    assert found.high_range[0] == pytest.approx(3.267 * mean_range)
    assert (found.method, found.version) == ("control_chart_xmr", "1")
    assert found.parameters["rules"] == ["outside", "trend", "two_of_three", "one_side"]
    assert len(found.digest) == 64


def test_a_frozen_baseline_does_not_move_when_later_points_come():
    early = xmr(SERIES, baseline=12)
    late = xmr([*SERIES, 40, 41, 42], baseline=12, improvement="decrease")
    assert late.low[0] == early.low[0] == late.low[-1]
    assert late.by_rule["outside"].tolist() == [0] * 14 + [1] * 3
    assert late.kind[-1] == -1
    assert late.base.tolist() == [True] * 12 + [False] * 5
    assert xmr([*SERIES, 40, 41, 42], baseline=slice(0, 12)).low[0] == early.low[0]


def test_fewer_than_twelve_points_is_too_early_and_says_so():
    for few in ([], [3.0], SERIES[:11], [N] * 20, [*SERIES[:11], N, N]):
        found = xmr(few)
        assert found.too_early
        assert np.isnan(found.low).all()
        assert np.isnan(found.centre).all()
        assert not found.changed
    assert not xmr(SERIES[:12]).too_early
    # Twelve points in all are not twelve points of baseline.
    assert xmr(SERIES, baseline=6).too_early
    assert not xmr(SERIES, baseline=6, fewest=6).too_early


@pytest.mark.parametrize("value", [0.0, 5.0, 0.1, 1e9 / 7, -3.3])
@pytest.mark.parametrize("screen", [False, True])
def test_a_level_series_has_a_centre_no_limits_and_no_alarm(value, screen):
    found = xmr([value] * 30, screen=screen)
    assert (found.standing == Limits.NO_VARIATION).all()
    assert found.centre == pytest.approx(np.full(30, value))
    assert np.isnan(found.low).all()
    assert not found.changed


def test_a_level_baseline_cannot_call_one_step_unusual_but_a_lasting_one_it_can():
    once = xmr([5.0] * 12 + [6.0], baseline=12)
    assert not once.changed
    assert xmr([5.0] * 12 + [6.0] * 7, baseline=12).by_rule["one_side"].tolist() == [0] * 12 + [1] * 7


def test_screening_never_drops_every_range_that_varies():
    """A peer's own test expects limits of no width here, so that every point alarms."""
    few = [1.0, 1, 1, 1, 2]
    plain, screened = xmr(few, fewest=2), xmr(few, fewest=2, screen=True)
    assert screened.high[0] == plain.high[0] > screened.centre[0] + 0.1
    assert not screened.screened.any()
    assert screened.direction.tolist() == plain.direction.tolist() == [0, 0, 0, 0, 1]
    long = [1.0] * 20 + [2.0]
    assert xmr(long, screen=True).high[0] == xmr(long).high[0] > 1.1


def test_screening_leaves_out_a_large_range_once_and_says_which():
    y = [*SERIES, 60.0, 13, 12, 14, 13]
    found = xmr(y, screen=True)
    assert np.flatnonzero(found.screened).tolist() == [14, 15]
    assert found.high[0] < xmr(y).high[0]
    assert found.centre[0] == xmr(y).centre[0]
    assert found.parameters["screen"] is True


def test_a_gap_has_no_range_and_does_not_move_the_mean():
    y = [*SERIES[:6], N, *SERIES[6:]]
    found = xmr(y)
    assert np.isnan(found.ranges[[0, 6, 7]]).all()
    assert found.centre[0] == pytest.approx(np.mean(SERIES))
    ranges = np.abs(np.diff(SERIES))
    assert found.mean_range[0] == pytest.approx(np.delete(ranges, 5).mean())


def test_a_new_phase_has_limits_of_its_own_when_it_has_points_enough():
    y = [*SERIES, *[value + 30 for value in SERIES]]
    found = xmr(y, rebase_at=(14,))
    assert found.centre[0] + 30 == pytest.approx(found.centre[14])
    assert found.high[0] + 30 == pytest.approx(found.high[14])
    assert np.isnan(found.ranges[14])
    assert not found.changed
    short = xmr(y[:20], rebase_at=(14,))
    assert (short.standing[14:] == Limits.TOO_EARLY).all()
    assert not short.too_early
    assert (xmr(y, rebase_at=(14,), baseline=12).base[[11, 12, 25, 26]] == [True, False, True, False]).all()


def test_points_left_out_of_the_baseline_are_still_judged():
    y = [*SERIES, 60.0]
    found = xmr(y, exclude=(14,))
    assert found.high[0] == xmr(SERIES).high[0]
    assert found.by_rule["outside"][-1] == 1


@pytest.mark.parametrize(("direction", "kind"), [("increase", 1), ("decrease", -1), (None, 2)])
def test_better_or_worse_follows_the_wanted_direction(direction, kind):
    assert xmr([*SERIES, 60.0], improvement=direction).kind[-1] == kind


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ({"rebase_at": (99,)}, "Punkt 100 findes ikke"),
        ({"exclude": (-1,)}, "Punkt 0 findes ikke"),
        ({"baseline": 0}, "mindst ét punkt"),
        ({"baseline": slice(90, 95)}, "ingen af rækkens 14 punkter"),
        ({"improvement": "up"}, "»up« er ikke en retning"),
        ({"rules": "nope"}, "Vi kender ikke reglen"),
    ],
)
def test_what_cannot_be_chosen_is_said(choices, said):
    with pytest.raises(ValueError, match=said):
        xmr(SERIES, **choices)


def test_moving_ranges_have_a_chart_of_their_own():
    found = mr([*SERIES, 60.0], baseline=14)
    assert found.high[0] == pytest.approx(3.267 * np.abs(np.diff(SERIES)).mean())
    assert np.flatnonzero(found.outside).tolist() == [14]
    assert np.isnan(found.y[0])


def test_a_baseline_taken_for_the_whole_series_is_the_whole_series():
    assert xmr(SERIES, baseline=14).high[0] == xmr(SERIES).high[0]
    assert xmr(SERIES, baseline=50).high[0] == xmr(SERIES).high[0]


@given(STEADY, st.floats(-100, 100), st.floats(0.1, 50))
@settings(deadline=None, max_examples=25)
def test_moving_and_stretching_the_line_moves_and_stretches_its_limits(y, move, stretch):
    here, there = xmr(y), xmr([value * stretch + move for value in y])
    assert there.centre == pytest.approx(here.centre * stretch + move, abs=1e-6)
    assert there.high == pytest.approx(here.high * stretch + move, abs=1e-6, nan_ok=True)


@given(STEADY)
@settings(deadline=None, max_examples=25)
def test_improvement_up_is_concern_down(y):
    up, down = xmr(y, improvement="increase"), xmr([-value for value in y], improvement="decrease")
    assert up.kind.tolist() == down.kind.tolist()
    assert (up.low <= up.high)[~np.isnan(up.low)].all()


@given(st.lists(STEADY, min_size=1, max_size=4), st.booleans())
@settings(deadline=None, max_examples=25)
def test_many_series_at_once_are_each_as_alone(rows, screen):
    width = min(map(len, rows))
    table = np.array([row[:width] for row in rows])
    table[0, 3] = N
    together = xmr(table, screen=screen)
    for number, row in enumerate(table):
        alone, one = xmr(row, screen=screen), of_one(together, number)
        for name in ("centre", "low", "high", "mean_range"):
            assert getattr(one, name) == pytest.approx(getattr(alone, name), nan_ok=True)
        assert one.direction.tolist() == alone.direction.tolist()
        assert one.screened.tolist() == alone.screened.tolist()
