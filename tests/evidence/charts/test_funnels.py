"""Funnels: exact limits that agree with their own tests, sizes of nothing, overdispersion and false discoveries."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tovholder.evidence.charts.discoveries import discoveries
from tovholder.evidence.charts.funnel_limits import expected_at, poisson_limits, poisson_probability, proportion_limits
from tovholder.evidence.charts.funnels import funnel
from tovholder.evidence.charts.overdispersion import off_scale, on_scale, overdispersion
from tovholder.evidence.results import Why

pytestmark = pytest.mark.once
N = float("nan")
PLACES = st.lists(st.tuples(st.integers(0, 400), st.integers(1, 4000)), min_size=3, max_size=60)


def places(rng, count=98, rate=0.01, spread=0.0):
    sizes = rng.integers(1500, 60_000, count)
    return rng.poisson(sizes * rate * np.exp(rng.normal(0, spread, count))), sizes


def test_shares_are_inverted_wilson_around_all_places_together():
    found = funnel("proportion", [10, 30, 5], [100, 200, 100], multiplier=100)
    centre = 45 / 400
    assert found.centre == pytest.approx(100 * centre)
    z = stats.norm.ppf(0.975)
    assert found.high[:, 0] == pytest.approx(100 * (centre + z * np.sqrt(centre * (1 - centre) / np.array([100, 200, 100]))))
    # Wilson's interval of a share on the limit just reaches the centre.
    share, n = found.high[0, 0] / 100, 100
    low = (2 * n * share + z**2 - z * np.sqrt(z**2 + 4 * n * share * (1 - share))) / (2 * (n + z**2))
    assert low == pytest.approx(centre)


@pytest.mark.parametrize("multiplier", [1, 100, 1000])
def test_a_multiplier_never_cuts_a_limit(multiplier):
    """A peer cuts at 100 whatever the multiplier: baseline 600, upper limit 100."""
    found = funnel("proportion", [60, 55, 70], [100, 100, 100], multiplier=multiplier, at=[3, 20, 1000])
    plain = funnel("proportion", [60, 55, 70], [100, 100, 100], at=[3, 20, 1000])
    assert found.curve_high == pytest.approx(plain.curve_high * multiplier)
    assert found.curve_high[0, 0] == multiplier
    assert found.centre < found.curve_high[-1, 0] < multiplier
    assert found.passed.tolist() == plain.passed.tolist()


@pytest.mark.parametrize("expected", [0.3, 1, 7, 40, 900])
@pytest.mark.parametrize("level", [0.9, 0.95, 0.998])
def test_ratio_limits_are_where_the_exact_probability_is_the_tails(expected, level):
    low, high = (float(side[0, 0]) * expected for side in poisson_limits([expected], (level,)))
    tail = (1 - level) / 2
    assert poisson_probability([high], [expected])[0] == pytest.approx(2 * tail, rel=1e-8)
    if stats.poisson.cdf(0, expected) >= tail:
        assert low == 0
    else:
        assert poisson_probability([low], [expected])[0] == pytest.approx(2 * tail, rel=1e-7)
    # Between whole numbers: the first whole one above is outside by the plain distribution, the one below is not.
    assert stats.poisson.sf(np.ceil(high) - 1, expected) <= tail * (1 + 1e-9)
    assert stats.poisson.sf(np.ceil(high) - 2, expected) > tail


def test_curves_and_places_use_the_same_limits_whichever_way_they_are_found():
    observed = np.array([1.0, 4, 20, 300])
    at_low, at_high = expected_at(observed)
    for place, level in enumerate((0.95, 0.998)):
        low, _ = poisson_limits(at_low[:, place], (level,))
        _, high = poisson_limits(at_high[:, place], (level,))
        assert low[:, 0] * at_low[:, place] == pytest.approx(observed, rel=1e-7)
        assert high[:, 0] * at_high[:, place] == pytest.approx(observed, rel=1e-7)


@given(PLACES, st.sampled_from(["proportion", "rate", "ratio"]), st.sampled_from(["none", "additive", "multiplicative"]))
@settings(deadline=None, max_examples=30)
def test_a_place_is_outside_exactly_when_its_value_is_beyond_its_own_limit(rows, kind, widening):
    x, n = np.array(rows, dtype=float).T
    if kind == "proportion":
        x = np.minimum(x, n)
    found = funnel(kind, x, n, widening=widening)
    slack = 1e-7 * np.maximum(found.value, found.centre)[:, None]
    above = (found.value[:, None] > found.high + slack).sum(axis=1)
    below = (found.value[:, None] < found.low - slack).sum(axis=1)
    # On the limit itself either answer is right, to the last digits.
    near = (np.abs(found.value[:, None] - found.high) <= 2 * slack).any(axis=1) | (
        np.abs(found.value[:, None] - found.low) <= 2 * slack
    ).any(axis=1)
    assert ((above - below == found.passed) | near).all()
    assert (found.low[:, 1] <= found.low[:, 0] + slack[:, 0]).all()
    assert (found.high[:, 0] <= found.high[:, 1] + slack[:, 0]).all()
    assert (found.low >= 0).all()


@given(PLACES, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=30)
def test_the_order_of_places_does_not_count(rows, chance):
    turned = list(rows)
    chance.shuffle(turned)

    def by_place(some):
        found = funnel("rate", *np.array(some, dtype=float).T)
        return sorted(zip(map(tuple, some), found.passed.tolist(), np.round(found.p, 9).tolist()))

    assert by_place(rows) == by_place(turned)


def test_places_with_nothing_are_blank_with_a_reason_and_never_an_error():
    found = funnel("rate", [0, 5, N, 3, 0], [0, 1000, 800, N, 900])
    assert found.why.tolist() == [Why.NO_POPULATION, Why.SHOWN, Why.MISSING, Why.MISSING, Why.SHOWN]
    assert np.isnan(found.value).tolist() == [True, False, True, True, False]
    assert found.passed[[0, 2, 3]].tolist() == [0, 0, 0]
    assert np.isnan(found.p).tolist() == [True, False, True, True, False]
    for x, n in (([], []), ([0], [0]), ([0, 0], [0, 0]), ([0, 0, 0], [9, 9, 9]), ([N], [N]), ([4], [50])):
        for kind in ("proportion", "rate", "ratio"):
            for widening in ("none", "additive"):
                alone = funnel(kind, x, n, widening=widening)
                assert not alone.found.by_limit.any() or kind == "ratio"
    assert np.isnan(funnel("rate", [], []).centre)
    nobody_ill = funnel("proportion", [0, 0, 0], [50, 60, 70])
    assert nobody_ill.passed.tolist() == [0, 0, 0]
    assert nobody_ill.p.tolist() == [1, 1, 1]


def test_fewer_events_than_asked_for_are_blank():
    assert funnel("rate", [3, 40, 0], [100, 900, N], fewest=10).why.tolist() == [Why.TOO_FEW_EVENTS, Why.SHOWN, Why.TOO_FEW_EVENTS]


@pytest.mark.parametrize(
    ("kind", "x", "n", "choices", "said"),
    [
        ("proportion", [9], [5], {}, "større end sin nævner"),
        ("rate", [-1], [5], {}, "negativt"),
        ("rate", [1], [-5], {}, "negativt"),
        ("rate", [1, 2], [5], {}, "2 tællere og 1 nævnere"),
        ("rates", [1], [5], {}, "Vi kender ikke »rates«"),
        ("rate", [1], [5], {"levels": (95,)}, "mellem 0 og 1"),
        ("rate", [1], [5], {"levels": ()}, "mellem 0 og 1"),
        ("proportion", [1], [5], {"centre": 1.5}, "Midten 1.5"),
        ("rate", [1, 2, 3], [5, 5, 5], {"share": 0.6}, "mellem 0 og 0,5"),
    ],
)
def test_what_cannot_be_is_said(kind, x, n, choices, said):
    with pytest.raises(ValueError, match=said):
        funnel(kind, x, n, **choices)


def test_overdispersion_widens_and_without_it_the_plain_limits_stay():
    rng = np.random.default_rng(11)
    alike, apart = funnel("rate", *places(rng)), funnel("rate", *places(rng, spread=0.25))
    assert alike.spread.phi < 1.3
    assert apart.spread.phi > 3
    assert apart.spread.tau2 == pytest.approx((0.25 / 2) ** 2, rel=0.4), "on the square-root scale a spread of logs is halved"
    wide = funnel("rate", *places(np.random.default_rng(12), spread=0.25), widening="additive")
    plain = funnel("rate", *places(np.random.default_rng(12), spread=0.25))
    assert wide.found.by_limit.sum() < plain.found.by_limit.sum() / 4
    assert (wide.high > plain.high).all()
    level = funnel("rate", [100, 101, 99, 100], [1000] * 4, widening="additive")
    assert level.spread.tau2 == 0
    assert level.high == pytest.approx(funnel("rate", [100, 101, 99, 100], [1000] * 4).high)


@pytest.mark.parametrize("kind", ["proportion", "rate", "ratio"])
def test_few_false_names_among_98_places_that_are_all_alike(kind):
    """By the 95 % limits some five of 98 stand out by chance; false-discovery control names none in nearly every draw."""
    rng = np.random.default_rng(2)
    limit, rate = [], []
    for _ in range(60):
        x, n = places(rng)
        found = funnel(kind, x, n * 0.01 if kind == "ratio" else n)
        limit.append((found.passed != 0).sum())
        rate.append(found.found.by_rate.sum())
    assert 3.5 < np.mean(limit) < 6.5
    assert np.mean(np.array(rate) > 0) < 0.12


def test_discoveries_by_hand():
    found = discoveries([0.001, 0.01, 0.02, 0.8, N], limit=0.002, rate=0.05)
    assert found.q == pytest.approx([0.004, 0.02, 0.08 / 3, 0.8, N], nan_ok=True)
    assert found.by_limit.tolist() == [True, False, False, False, False]
    assert found.by_rate.tolist() == [True, True, True, False, False]
    assert found.expected_by_chance == pytest.approx(0.008)
    assert discoveries([]).q.size == 0
    for wrong in ({"p": [1.2]}, {"p": [0.5], "rate": 0}, {"p": [0.5], "limit": 2}):
        with pytest.raises(ValueError, match="mellem 0 og 1"):
            discoveries(**wrong)


def test_phi_by_hand_and_the_extremes_pulled_in():
    x, n = np.array([100.0, 150, 180, 80, 120, 225]), np.array([108.0, 112, 165, 95, 100, 220])
    z = 2 * np.sqrt(n) * (np.sqrt(x / n) - 1)
    plain = overdispersion(x, n, 1.0, treatment="none")
    assert plain.phi == pytest.approx((z**2).mean())
    low, high = np.quantile(z, [0.1, 0.9])
    assert overdispersion(x, n, 1.0).phi == pytest.approx((np.clip(z, low, high) ** 2).mean())
    trimmed = overdispersion(x, n, 1.0, treatment="trim", share=0.2)
    assert trimmed.used == 4
    assert trimmed.phi == pytest.approx((np.sort(z)[1:-1] ** 2).mean())
    weight = 4 * n
    tau2 = (6 * plain.phi - 5) / (weight.sum() - (weight**2).sum() / weight.sum())
    assert plain.tau2 == pytest.approx(tau2)


def test_a_place_without_a_logarithm_is_left_out_and_two_places_are_too_few():
    found = overdispersion([0, 10, 12, 9], [8, 10, 10, 10], 1.0, scale="log")
    assert found.used == 3
    assert np.isnan(found.z[0])
    assert np.isnan(overdispersion([3, 4], [3, 3], 1.0).phi)
    assert not overdispersion([3, 4], [3, 3], 1.0).present


@given(st.floats(0, 1), st.sampled_from(["square_root", "arcsine"]))
@settings(deadline=None, max_examples=30)
def test_back_from_the_scale_is_where_it_began(value, scale):
    assert float(off_scale(on_scale(value, scale), scale)) == pytest.approx(value, abs=1e-12)


def test_levels_may_be_any_and_nest():
    low, high = proportion_limits(0.2, [50.0, 0.0], (0.5, 0.8, 0.9999))
    assert (np.diff(high[0]) > 0).all()
    assert (np.diff(low[0]) < 0).all()
    assert np.isnan(low[1]).all()


def test_the_method_its_choices_and_its_inputs_go_with_the_result():
    x, n = places(np.random.default_rng(4), 20)
    found = funnel("rate", x, n, widening="additive", rate=0.1)
    assert (found.method, found.version) == ("funnel", "1")
    assert found.parameters["widening"] == "additive"
    assert found.digest == funnel("rate", x, n).digest != funnel("rate", x + 1, n).digest
    assert found.curve_size.size == 60
    assert found.curve_size[0] < n.min() < n.max() < found.curve_size[-1]
