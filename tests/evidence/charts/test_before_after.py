"""Before and after: the frozen chart and the regression together, both right where the answer is known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tovholder.evidence.charts.before_after import before_after
from tovholder.evidence.charts.segmented import counted, durbin_watson, linear, newey_west_lag, terms_of
from tovholder.evidence.charts.xmr import xmr

pytestmark = pytest.mark.once
N = float("nan")


def series(level=0.0, slope=0.0, points=40, event=20, noise=1.0, seed=1):
    rng = np.random.default_rng(seed)
    _, columns = terms_of(points, event)
    return columns @ np.array([80, 0.1, level, slope]) + rng.normal(0, noise, points)


def test_what_was_put_in_is_found_again():
    found = before_after(series(level=-5, slope=-0.3, noise=1e-9), 20)
    assert found.regression.terms == ("1", "t", "post", "after")
    assert found.regression.coef == pytest.approx([80, 0.1, -5, -0.3], abs=1e-6)
    assert found.regression.without[-1] == pytest.approx(80 + 0.1 * 40, abs=1e-6)


def test_a_clear_step_is_told_by_both_and_none_by_neither():
    step, none = before_after(series(level=-9), 20, improvement="decrease"), before_after(series(seed=4) - np.arange(40) * 0.1, 20)
    assert step.agree is True
    assert step.regression.p[2] < 1e-4
    assert (step.chart.kind[20:] == 1).any()
    assert none.agree is True
    assert none.regression.p[2:].min() > 0.05


def test_the_chart_is_frozen_before_the_change():
    y = series(level=-9)
    found = before_after(y, 20)
    assert found.chart.centre[-1] == pytest.approx(y[:20].mean())
    assert found.chart.high[-1] == xmr(y[:20]).high[0]


def test_counts_with_their_persons_and_a_ratio_on_the_log_scale():
    persons = np.full(40, 9000.0)
    rate = np.where(np.arange(40) < 20, 0.012, 0.008)
    found = before_after(np.round(persons * rate), 20, persons=persons, multiplier=1000)
    assert np.exp(found.regression.coef[2]) == pytest.approx(0.008 / 0.012, rel=0.01)
    assert found.regression.fitted[-1] == pytest.approx(0.008, rel=0.01)
    assert found.chart.y[0] == pytest.approx(12)
    assert found.regression.method == "segmented_poisson"


def test_a_yearly_wave_is_not_a_change():
    t = np.arange(1, 49)
    y = 80 + 6 * np.sin(2 * np.pi * t / 12) + np.random.default_rng(2).normal(0, 0.5, 48)
    plain, wave = before_after(y, 27), before_after(y, 27, season=12)
    assert wave.regression.terms[-2:] == ("sin", "cos")
    assert wave.regression.coef[-2] == pytest.approx(6, abs=0.5)
    assert wave.regression.error[2] < plain.regression.error[2] / 2
    assert wave.regression.durbin_watson > plain.regression.durbin_watson


@pytest.mark.parametrize(
    ("y", "event", "said"),
    [
        ([80.0] * 14 + [70.0, 71.0], 14, "2 målinger efter ændringen"),
        ([80.0, 81.0] + [N] * 12 + [70.0] * 5, 14, "2 målinger før ændringen"),
        ([80.0, 81, 82, 70, 71, N], 3, "2 målinger efter"),
    ],
)
def test_too_few_points_give_the_chart_and_the_reason(y, event, said):
    found = before_after(y, event)
    assert found.regression is None
    assert said in found.reason
    assert found.agree is None


def test_eight_points_before_is_too_early_for_the_chart_and_no_verdict():
    found = before_after(series(points=20, event=8), 8)
    assert found.chart.too_early
    assert found.regression is not None
    assert found.agree is None


@pytest.mark.parametrize("event", [0, 40, -1, 99])
def test_a_change_outside_the_series_is_refused(event):
    with pytest.raises(ValueError, match="Rækken har 40 punkter"):
        before_after(series(), event)


def test_no_events_negative_counts_and_flat_lines():
    assert "ingen hændelser" in before_after([0] * 30, 15, persons=[100] * 30).reason
    after_none = before_after([5] * 15 + [0] * 15, 15, persons=[100] * 30)
    assert after_none.regression is None or np.isfinite(after_none.regression.coef).all()
    with pytest.raises(ValueError, match="negativt"):
        before_after([-1] * 30, 15, persons=[100] * 30)
    with pytest.raises(ValueError, match="tællere og"):
        before_after([1] * 30, 15, persons=[100] * 29)
    flat = before_after([5.0] * 30, 15)
    assert flat.regression.coef == pytest.approx([5, 0, 0, 0], abs=1e-9)
    assert not flat.chart.changed


def test_persons_of_none_are_not_measured():
    persons = np.full(40, 100.0)
    persons[7] = 0
    found = before_after(np.full(40, 5.0) + np.arange(40) % 3, 20, persons=persons)
    assert found.regression.points == 39
    assert np.isnan(found.chart.y[7])


def test_errors_hold_what_they_promise_with_autocorrelation():
    """The plain errors are too small when months resemble their neighbours; Newey-West's are nearer the truth."""
    rng = np.random.default_rng(8)
    terms, columns = terms_of(120, 60)
    wide, narrow = 0, 0
    for _ in range(300):
        noise = np.zeros(120)
        for place in range(1, 120):
            noise[place] = 0.5 * noise[place - 1] + rng.normal()
        robust, plain = linear(noise, columns, terms, lag=8), linear(noise, columns, terms, errors="ols")
        wide += robust.low[2] <= 0 <= robust.high[2]
        narrow += plain.low[2] <= 0 <= plain.high[2]
    assert narrow < 240
    assert wide > narrow + 15


def test_no_autocorrelation_lag_nought_is_plain_white():
    y = series()
    terms, columns = terms_of(40, 20)
    assert linear(y, columns, terms, lag=0).error * np.sqrt(40 / 36) == pytest.approx(linear(y, columns, terms, errors="hc1").error)
    assert newey_west_lag(48) == 3
    assert durbin_watson(np.array([1.0, -1, 1, -1])) == 3
    assert np.isnan(durbin_watson(np.zeros(5)))


def test_counts_without_extra_variation_have_dispersion_near_one():
    persons = np.full(200, 5000.0)
    events = np.random.default_rng(1).poisson(persons * 0.01)
    terms, columns = terms_of(200, 100)
    found = counted(events, persons, columns, terms)
    assert found.dispersion == pytest.approx(1, abs=0.25)
    assert found.error == pytest.approx(counted(events, persons, columns, terms, quasi=False).error * np.sqrt(found.dispersion))


@given(st.integers(3, 9), st.floats(0.1, 10), st.floats(-50, 50))
@settings(deadline=None, max_examples=15)
def test_another_unit_moves_the_coefficients_alike(seed, stretch, move):
    y = series(level=3, seed=seed)
    here, there = before_after(y, 20).regression, before_after(y * stretch + move, 20).regression
    assert there.coef[1:] == pytest.approx(here.coef[1:] * stretch, abs=1e-8)
    assert there.p[2:] == pytest.approx(here.p[2:], rel=1e-5, abs=1e-12)


def test_a_season_of_one_point_is_refused():
    with pytest.raises(ValueError, match="mindst 2"):
        before_after(series(), 20, season=1)
