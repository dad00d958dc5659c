"""Faults that were found in the packages others use for the same figures; each has a test that we do not have it."""

import dataclasses

import numpy as np
import pytest
from scipy import stats

from tovholder.evidence.equity.between import between
from tovholder.evidence.equity.concentration import concentration
from tovholder.evidence.equity.gini import gini
from tovholder.evidence.equity.gradient import gradient
from tovholder.evidence.equity.life import life_expectancy
from tovholder.evidence.equity.means import mean
from tovholder.evidence.equity.pooling import pooled
from tovholder.evidence.equity.potential import potential
from tovholder.evidence.equity.proportions import proportion
from tovholder.evidence.equity.quantiles import quantiles
from tovholder.evidence.equity.rates import byar, garwood, rate
from tovholder.evidence.equity.shrinkage import shrunk
from tovholder.evidence.equity.slope import slope
from tovholder.evidence.equity.slope_of_counts import slope_of_counts
from tovholder.evidence.equity.standardised import dsr, isr
from tovholder.evidence.results import Described

pytestmark = pytest.mark.once
PEOPLE, FIGURE, ERROR = [4271, 6365, 3665, 3420, 4655], [31.1, 25.4, 20.3, 17.1, 9.2], [0.7, 0.5, 0.7, 0.6, 0.4]


@pytest.mark.parametrize("name", ["paf", "ti", "mld"])
@pytest.mark.parametrize("errors", ["groups", "counts"])
def test_1_and_2_limits_are_in_the_unit_of_the_estimate(name, errors):
    one = between(PEOPLE, FIGURE, ERROR, favourable=False, ordered=True, impact_errors=errors).measures[name]
    rng = np.random.default_rng(1)
    drawn = np.array(FIGURE) + np.array(ERROR) * rng.standard_normal((20_000, 5))
    again = between(np.broadcast_to(PEOPLE, drawn.shape), drawn, favourable=False, ordered=True).measures[name].value
    assert (one.high - one.low) / 2 / 1.96 == pytest.approx(np.std(again), rel=0.1)


def test_3_a_population_counts_once_and_no_scale_is_guessed():
    people = np.array(PEOPLE, dtype=float)
    for percent in (20.0, 0.4):
        x = people * percent / 100 * np.linspace(1.5, 0.5, 5)
        one = gradient(x, people, family="logistic", multiplier=100)
        persons = np.repeat(np.arange(5), 2)
        outcome, weight = np.tile([1.0, 0.0], 5), np.column_stack([x, people - x]).ravel()
        share = people / people.sum()
        rank = (np.cumsum(share) - share / 2)[persons]
        # The likelihood of single persons has its top at the same line.
        line = one.coefficients[0] + one.coefficients[1] * rank
        pull = weight * (outcome - 1 / (1 + np.exp(-line)))
        assert [pull.sum(), (pull * rank).sum()] == pytest.approx([0, 0], abs=1e-6 * weight.sum())
        assert one.sii.value == pytest.approx(gradient(x * 7, people * 7, family="logistic", multiplier=100).sii.value)
        assert one.sii.value == pytest.approx(slope_of_counts(x, people, multiplier=100).sii, rel=0.15)


def test_4_the_error_of_a_concentration_index_is_that_of_its_groups():
    one = concentration(PEOPLE, FIGURE, ERROR).relative
    drawn = np.array(FIGURE) + np.array(ERROR) * np.random.default_rng(2).standard_normal((20_000, 5))
    again = concentration(np.broadcast_to(PEOPLE, drawn.shape), drawn).relative.value
    assert (one.high - one.low) / 2 / 1.96 == pytest.approx(np.std(again), rel=0.03)


@pytest.mark.parametrize("transform", [None, "log"])
def test_5_a_multiplier_below_one_turns_nothing_around(transform):
    x, n = np.array([90.0, 70, 60, 40]), np.full(4, 1000.0)
    one = slope_of_counts(x, n, kind="rate", transform=transform)
    other = slope_of_counts(x, n, kind="rate", transform=transform, multiplier=0.5)
    assert other.sii_low < other.sii < other.sii_high
    assert other.sii == pytest.approx(one.sii / 2)
    assert (other.rii_low, other.rii, other.rii_high) == (one.rii_low, one.rii, one.rii_high)


def test_5_three_groups_are_enough_and_one_area_is_an_area():
    assert slope_of_counts([90, 70, 60], [1000, 1000, 1000]).why == 0
    alone, together = slope_of_counts([[90, 70, 60]], [[1000] * 3]), slope_of_counts([90, 70, 60], [1000] * 3)
    assert alone.sii[0] == together.sii


@pytest.mark.parametrize("x", [1, 200, 40_000, 3_000_000])
def test_5_limits_of_large_counts_are_exact_too(x):
    low, high = garwood(x)
    assert stats.poisson.cdf(x, high) == pytest.approx(0.025, rel=1e-6)
    assert stats.poisson.sf(x - 1, low) == pytest.approx(0.025, rel=1e-6)


def test_6_an_area_without_events_stops_nobody_and_confidence_is_not_turned_around():
    assert rate([0, 12], [100, 100]).value.tolist() == [0, 12_000]
    assert rate([0, 0], [0, 100]).why.tolist() == [2, 0]
    assert proportion([0], [0]).why.tolist() == [2]
    low, high = byar(65)
    assert (low, high) == (pytest.approx(50.163188, abs=1e-6), pytest.approx(82.849139, abs=1e-6))


def results():
    n = np.full((12, 20), 900.0)
    x = np.arange(240, dtype=float).reshape(12, 20) % 37 + 1
    people, figure = n[:, :5], x[:, :5] / 10
    yield proportion(x, n)
    yield rate(x, n)
    yield mean(x)
    yield dsr(x[:, 1:], n[:, 1:])
    yield isr(x, n, x.sum(axis=0), n.sum(axis=0))
    yield quantiles(x[:, 0], 5)
    yield life_expectancy(x, n)
    yield slope(people, figure, se=figure / 9)
    yield gradient(x[:, :5], people)
    yield concentration(people, figure, figure / 9)
    yield between(people, figure, figure / 9, favourable=True)
    yield gini(people, figure, figure / 9)
    yield shrunk(x[:, 0], n[:, 0])
    yield potential(x[:, 0], n[:, 0])
    yield pooled(x, n)


def test_11_every_figure_says_how_and_from_what_and_changes_name_with_its_method():
    found = list(results())
    for one in found:
        assert isinstance(one, Described)
        assert one.method
        assert one.version
        assert len(one.digest) == 64
        with pytest.raises(dataclasses.FrozenInstanceError):
            one.method = "another"
    assert len({one.method for one in found}) == len(found)
    assert rate([1], [9], method="exact").method != rate([1], [9], method="fingertips").method
    assert [one.digest for one in found] == [one.digest for one in results()]
