"""The slope and relative index: the line, its limits with and without draws, and areas that have no line."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tovholder.evidence.equity.gradient import gradient
from tovholder.evidence.equity.proportions import proportion
from tovholder.evidence.equity.rates import rate
from tovholder.evidence.equity.slope import slope
from tovholder.evidence.equity.slope_of_counts import slope_of_counts
from tovholder.evidence.results import Why

pytestmark = pytest.mark.once
LIMITS = ("sii_low", "sii_high", "rii_low", "rii_high")


def areas(seed, count=6, groups=5, events=60.0):
    """People and events of made areas with a gradient."""
    rng = np.random.default_rng(seed)
    people = rng.integers(800, 4000, (count, groups)).astype(float)
    share = events / people.mean() * np.linspace(1.5, 0.6, groups)
    return rng.binomial(people.astype(int), np.clip(share, 0, 0.9)).astype(float), people


def of_kind(kind, x, n):
    if kind == "mean":
        return n, 70 + 100 * x / n, {"se": 0.5 + x / 100, "kind": kind}
    found = (rate if kind == "rate" else proportion)(x, n, multiplier=1)
    return n, found.value, {"low": found.low, "high": found.high, "kind": kind}


KINDS = [("mean", None), ("rate", None), ("rate", "log"), ("proportion", None), ("proportion", "logit"), ("proportion", "log")]


@given(st.lists(st.floats(10, 1000), min_size=3, max_size=8), st.floats(10, 90), st.floats(-9, 9))
@settings(deadline=None, max_examples=40)
def test_a_straight_line_is_found(people, bottom, change):
    share = np.array(people) / sum(people)
    y = bottom + change * (np.cumsum(share) - share / 2)
    found = slope(people, y, se=np.ones(len(people)))
    assert found.sii == pytest.approx(change, abs=1e-8)
    assert found.intercept == pytest.approx(bottom)
    assert found.rii == pytest.approx((bottom + change) / bottom)


def test_the_line_is_the_weighted_least_squares_one():
    x, n = areas(0)
    found = slope_of_counts(x, n)
    for area in range(len(x)):
        share = n[area] / n[area].sum()
        change, bottom = np.polyfit(np.cumsum(share) - share / 2, x[area] / n[area], 1, w=np.sqrt(share))
        assert (found.sii[area], found.intercept[area]) == (pytest.approx(change), pytest.approx(bottom))


@pytest.mark.parametrize(("kind", "transform"), KINDS)
@pytest.mark.parametrize("events", [12, pytest.param(60, marks=pytest.mark.slow), pytest.param(500, marks=pytest.mark.slow)])
def test_closed_limits_are_those_of_many_draws(kind, transform, events):
    x, n = areas(1, count=2, events=events)
    people, value, given = of_kind(kind, np.maximum(x, 1), n)
    closed = slope(people, value, **given, transform=transform, conf=(0.95, 0.998))
    # The share of draws outside may be this far from what it should be: five times the draws' own noise, and 0.02 standard deviations.
    tails = [(tail - apart, tail + apart) for tail, apart in ((0.025, 0.0025), (0.001, 0.0004))]
    bounds = tuple(1 - 2 * one for pair in tails for one in pair)
    drawn = slope(people, value, **given, transform=transform, conf=bounds, simulate=300_000, rng=np.random.default_rng(5))
    assert closed.method != drawn.method
    for index in ("sii", "rii"):
        for level in (0, 1):
            low, high = (getattr(closed, f"{index}_{end}")[:, level] for end in ("low", "high"))
            lows, highs = (getattr(drawn, f"{index}_{end}")[:, 2 * level : 2 * level + 2] for end in ("low", "high"))
            bounded = np.isfinite(high)
            assert bounded.any()
            assert not np.isfinite(highs[~bounded]).all(axis=1).any(), "unbounded for the draws too"
            assert (((lows[:, 0] < low) & (low < lows[:, 1])) | ~bounded).all(), (index, level)
            assert (((highs[:, 1] < high) & (high < highs[:, 0])) | ~bounded).all(), (index, level)


@pytest.mark.parametrize("kind", ["rate", "proportion"])
def test_a_handful_of_events_gives_limits_from_the_distribution_itself(kind):
    x = np.array([[5, 3, 4, 2, 2], [9, 7, 4, 4, 1], [0, 2, 3, 1, 5]], dtype=float)
    people, value, given = of_kind(kind, x, np.full(x.shape, 50.0))
    closed = slope(people, value, **given)
    drawn = slope(people, value, **given, simulate=400_000, rng=np.random.default_rng(5))
    spread = (drawn.sii_high - drawn.sii_low) / 3.92
    for part in ("sii_low", "sii_high"):
        assert (np.abs(getattr(closed, part) - getattr(drawn, part)) / spread).max() < 0.05, part


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "transform"), KINDS)
def test_limits_hold_the_truth_as_often_as_they_say(kind, transform):
    rng = np.random.default_rng(8)
    people = np.tile([900.0, 2500, 3000, 1600], (20_000, 1))
    truth = np.array([0.3, 0.24, 0.2, 0.15])
    x = rng.binomial(people.astype(int), truth).astype(float) if kind != "rate" else rng.poisson(people * truth).astype(float)
    if kind == "mean":
        given = {"se": np.sqrt(truth * (1 - truth) / people), "kind": "mean"}
        found = slope(people, x / people, **given)
        exact = slope(people[:1], truth[None], se=given["se"][:1])
    else:
        found = slope_of_counts(x, people, kind=kind, transform=transform)
        exact = slope_of_counts(people[:1] * truth, people[:1], kind=kind, transform=transform)
    for index in ("sii", "rii"):
        low, high, true = (getattr(found, f"{index}_low"), getattr(found, f"{index}_high"), getattr(exact, index)[0])
        assert np.mean((low <= true) & (true <= high)) == pytest.approx(0.95, abs=0.012), index


@given(st.integers(0, 30), st.sampled_from(KINDS), st.permutations(range(6)))
@settings(max_examples=40, deadline=None)
def test_areas_do_not_know_each_other(seed, kind, order):
    people, value, given = of_kind(kind[0], *areas(seed))
    held = {name: one for name, one in given.items() if name != "kind"}
    one = slope(people, value, **given, transform=kind[1])
    other = slope(people[order], value[order], **{name: part[order] for name, part in held.items()}, kind=kind[0], transform=kind[1])
    for part in ("sii", "rii", *LIMITS):
        np.testing.assert_allclose(getattr(one, part)[order], getattr(other, part), rtol=1e-9)


@given(st.integers(0, 30), st.sampled_from(KINDS))
@settings(max_examples=40, deadline=None)
def test_limits_hold_the_index_and_widen_with_certainty(seed, kind):
    people, value, given = of_kind(kind[0], *areas(seed, events=200))
    found = slope(people, value, **given, transform=kind[1], conf=(0.8, 0.95, 0.998))
    for index in ("sii", "rii"):
        low, high, middle = (getattr(found, f"{index}{end}") for end in ("_low", "_high", ""))
        assert (np.diff(low, axis=-1) < 0).all()
        assert (np.diff(high, axis=-1) > 0).all()
        assert ((low < middle[:, None]) & (middle[:, None] < high)).all()


@given(st.integers(0, 30), st.sampled_from(KINDS), st.sampled_from((0.5, 100.0, 1000.0)))
@settings(max_examples=40, deadline=None)
def test_the_other_direction_and_another_multiplier(seed, kind, per):
    people, value, given = of_kind(kind[0], *areas(seed))
    one = slope(people, value, **given, transform=kind[1])
    other = slope(people, value, **given, transform=kind[1], direction="bottom_minus_top", multiplier=per)
    np.testing.assert_allclose(other.sii, -per * one.sii, rtol=1e-9)
    np.testing.assert_allclose([other.sii_low, other.sii_high], [-per * one.sii_high, -per * one.sii_low], rtol=1e-9)
    np.testing.assert_allclose([other.rii, other.rii_low, other.rii_high], [1 / one.rii, 1 / one.rii_high, 1 / one.rii_low], rtol=1e-9)
    np.testing.assert_allclose(other.intercept, per * one.intercept)


def test_people_may_be_counted_in_thousands_and_a_group_without_people_may_be_left_out():
    x, n = areas(3)
    one = slope_of_counts(x, n)
    value, limits = x / n, proportion(x, n)
    other = slope(n / 1000, value, low=limits.low, high=limits.high, kind="proportion")
    np.testing.assert_allclose(other.sii_high, one.sii_high, rtol=1e-12)
    wide_x, wide_n = (np.insert(part, 2, 0.0, axis=1) for part in (x, n))
    wide = slope_of_counts(wide_x, wide_n)
    np.testing.assert_allclose([wide.sii, wide.sii_low, wide.rii_high], [one.sii, one.sii_low, one.rii_high], rtol=1e-12)
    assert wide.groups.tolist() == [5] * 6


def test_areas_that_have_no_line_are_blank_with_their_reason():
    x = np.array([[5, 6, 7], [0, 0, 0], [5, np.nan, 7], [5, 6, 0], [0, 0, 0], [0, 6, 7]], dtype=float)
    n = np.array([[50, 60, 70], [0, 0, 0], [50, 60, 70], [50, 60, 0], [50, 60, 70], [50, 60, 70]], dtype=float)
    plain, logit = slope_of_counts(x, n), slope_of_counts(x, n, transform="logit")
    assert plain.why.tolist() == [0, Why.NO_POPULATION, Why.MISSING, Why.NOT_DEFINED, 0, 0]
    assert logit.why.tolist() == [0, Why.NO_POPULATION, Why.MISSING, Why.NOT_DEFINED, Why.NOT_DEFINED, Why.NOT_DEFINED]
    assert (plain.sii[4], plain.rii_why[4]) == (0, Why.NOT_DEFINED)
    assert plain.sii_low[4] < 0 < plain.sii_high[4]
    assert np.isnan(plain.rii[4])
    for part in ("sii", "rii", "intercept", *LIMITS):
        assert np.isnan(getattr(plain, part)[1:4]).all(), part
    assert slope(np.ones(2), np.ones(2), se=np.ones(2)).why == Why.NOT_DEFINED


def test_a_relative_index_of_what_may_be_nothing_has_no_bounds():
    found = slope([100, 100, 100], [0.5, 2.0, 3.5], se=[1.0, 1.0, 1.0])
    assert found.why == found.rii_why == 0 or found.rii_why == Why.NOT_DEFINED
    assert np.isnan(found.rii_low)
    assert np.isnan(found.rii_high)
    assert np.isfinite(found.sii_low)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Hvor sikre er tallene"),
        ({"se": [1, 1, -1]}, "»se«, plads 3: -1 er negativt"),
        ({"low": [0, 0, 0], "high": [1, 1, 2]}, "uden for sine egne grænser (plads 1)"),
        ({"se": [1, 1, 1], "kind": "proportion"}, "mellem 0 og 1. Er den i procent"),
        ({"se": [1, 1, 1], "transform": "logit"}, "»logit« er for andele"),
        ({"se": [1, 1, 1], "multiplier": -1}, "positivt tal"),
        ({"se": [1, 1, 1], "conf": (0.95, 95)}, "mellem 0 og 1"),
        ({"se": [1, 1, 1], "simulate": 1000}, "tilfældighedskilde"),
        ({"se": [1, 1]}, "passer ikke sammen"),
    ],
)
def test_what_cannot_be_used_is_told_in_a_sentence(given, said):
    with pytest.raises(ValueError) as problem:
        slope([5, 5, 5], [2, 3, 4], **given)
    assert said in str(problem.value)


def test_the_same_input_gives_the_same_bytes_without_random_numbers():
    people, value, given = of_kind("rate", *areas(2))
    one, other = slope(people, value, **given), slope(people.copy(), value.copy(), **given)
    assert one.digest == other.digest
    assert all(getattr(one, part).tobytes() == getattr(other, part).tobytes() for part in LIMITS)


@pytest.mark.parametrize(("family", "link"), [("poisson", np.log), ("log-binomial", np.log), ("logistic", lambda q: np.log(q / (1 - q)))])
def test_a_regression_on_persons_finds_the_line_on_its_scale(family, link):
    people = np.array([500.0, 300, 200, 600])
    rank = np.cumsum(people / people.sum()) - people / people.sum() / 2
    line = link(0.4) + (link(0.1) - link(0.4)) * rank
    share = np.exp(line) if family != "logistic" else 1 / (1 + np.exp(-line))
    found = gradient(people * share, people, family=family)
    assert found.sii.value == pytest.approx(0.1 - 0.4, abs=1e-8)
    assert found.rii.value == pytest.approx(0.1 / 0.4, abs=1e-8)
    assert found.sii.low < found.sii.value < found.sii.high < 0


@pytest.mark.slow
@pytest.mark.parametrize("family", ["poisson", "log-binomial", "logistic"])
def test_limits_of_the_regression_hold_the_truth(family):
    rng = np.random.default_rng(3)
    people = np.tile([400.0, 700, 500, 300], (4000, 1))
    share = people / people.sum(axis=1, keepdims=True)
    rank = np.cumsum(share, axis=1) - share / 2
    line = np.log(0.3) - 0.9 * rank
    truth = np.exp(line) if family != "logistic" else 1 / (1 + np.exp(-line))
    ends = np.exp([np.log(0.3), np.log(0.3) - 0.9])
    if family == "logistic":
        ends = ends / (1 + ends)
    found = gradient(rng.binomial(people.astype(int), truth), people, family=family)
    for one, true in ((found.sii, ends[1] - ends[0]), (found.rii, ends[1] / ends[0])):
        assert np.mean((one.low <= true) & (true <= one.high)) == pytest.approx(0.95, abs=0.015)


def test_a_regression_takes_groups_without_events_and_refuses_what_has_no_line():
    x = np.array([[0, 5, 3], [0, 0, 0], [5, 0, 0], [50, 50, 50], [3, np.nan, 4], [0, 0, 0], [3, 0, 4]], dtype=float)
    n = np.array([[50, 50, 50]] * 5 + [[0, 0, 0], [50, 0, 50]], dtype=float)
    why = [0, Why.TOO_FEW_EVENTS, Why.NOT_DEFINED, Why.NOT_DEFINED, Why.MISSING, Why.NO_POPULATION, Why.NOT_DEFINED]
    for family in ("poisson", "log-binomial", "logistic"):
        found = gradient(x, n, family=family)
        assert found.sii.why.tolist() == why, family
        assert np.isfinite(found.rii.value[0])
        assert np.isnan(found.rii.high[1:]).all()


@pytest.mark.parametrize(
    ("work", "said"),
    [
        (lambda: gradient([1, 2, 9], [3, 4, 5]), "Tæller 9 er større"),
        (lambda: gradient([1, 2, 3], [3, 4, 5], family="log-binomial", kind="rate"), "kun regnes med »poisson«"),
        (lambda: gradient(1, 2), "et tal for hver gruppe"),
    ],
)
def test_what_a_regression_cannot_use_is_told_in_a_sentence(work, said):
    with pytest.raises(ValueError) as problem:
        work()
    assert said in str(problem.value)
