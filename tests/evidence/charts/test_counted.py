"""Charts of counts, of several measurements at each point, and the run chart."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tovholder.evidence.charts.attribute import attribute
from tovholder.evidence.charts.phases import Limits
from tovholder.evidence.charts.run import run_chart
from tovholder.evidence.charts.subgroups import c4, subgroups
from tovholder.evidence.charts.xmr import xmr

pytestmark = pytest.mark.once
N = float("nan")
X = np.array([8, 11, 9, 7, 12, 10, 9, 8, 11, 10, 12, 9, 30])
SIZES = np.array([100, 120, 90, 110, 105, 95, 100, 130, 90, 100, 115, 100, 100])


def test_shares_have_limits_by_their_own_size():
    found = attribute("p", X, SIZES, multiplier=100, baseline=12)
    mean = X[:12].sum() / SIZES[:12].sum()
    reach = 3 * np.sqrt(mean * (1 - mean) / SIZES)
    assert found.centre == pytest.approx(np.full(13, 100 * mean))
    assert found.high == pytest.approx(100 * (mean + reach))
    assert found.low == pytest.approx(np.maximum(100 * (mean - reach), 0))
    assert found.by_rule["outside"].tolist() == [0] * 12 + [1]


def test_the_multiplier_moves_no_limit_and_no_alarm():
    one, thousand = (attribute("p", X, SIZES, multiplier=times) for times in (1, 1000))
    assert thousand.high == pytest.approx(one.high * 1000)
    assert thousand.direction.tolist() == one.direction.tolist()
    near_all = attribute("p", [9, 10] * 8, [10] * 16, multiplier=1000)
    assert near_all.high.max() == 1000


def test_rates_and_counts():
    rates, counts = attribute("u", X, SIZES), attribute("c", X)
    mean = X.sum() / SIZES.sum()
    assert rates.high == pytest.approx(mean + 3 * np.sqrt(mean / SIZES))
    assert counts.high == pytest.approx(np.full(13, X.mean() + 3 * np.sqrt(X.mean())))
    assert counts.low == pytest.approx(np.maximum(np.full(13, X.mean() - 3 * np.sqrt(X.mean())), 0))


@pytest.mark.parametrize(("chart", "plain"), [("p'", "p"), ("u'", "u")])
def test_laneys_correction_widens_limits_that_counting_alone_makes_too_narrow(chart, plain):
    sizes = np.full(24, 50_000)
    shares = 0.12 + 0.01 * np.sin(np.arange(24) * 2.3)
    events = np.round(sizes * shares)
    narrow, wide = attribute(plain, events, sizes), attribute(chart, events, sizes)
    assert (narrow.by_rule["outside"] != 0).sum() > 12
    assert not wide.by_rule["outside"].any()
    assert wide.centre == pytest.approx(narrow.centre)


def test_a_chart_of_rare_events_centres_on_the_median_between_them():
    found = attribute("g", [8, 11, 0, 9, 13, 32, 5, 7, 12, 4, 20, 3, 300])
    assert found.centre[0] == 9
    mean = np.mean([8, 11, 0, 9, 13, 32, 5, 7, 12, 4, 20, 3, 300])
    assert found.high[0] == pytest.approx(mean + 3 * np.sqrt(mean * (mean + 1)))
    assert found.low[0] == 0
    times = attribute("t", [8, 11, 0, 9, 13, 32, 5, 7, 12, 4, 20, 3, 2000], baseline=12)
    assert times.by_rule["outside"][-1] == 1
    assert (times.low >= 0).all()


def test_a_point_where_nobody_was_is_blank_and_counts_for_nothing():
    with_empty = attribute("p", [*X, 0, N], [*SIZES, 0, 100])
    without = attribute("p", X, SIZES)
    assert np.isnan(with_empty.y[-2:]).all()
    assert with_empty.centre[:13] == pytest.approx(without.centre)
    assert np.isnan(with_empty.high[-2])


@pytest.mark.parametrize("chart", ["p", "p'", "u", "u'", "c", "g", "t"])
def test_no_events_no_persons_one_point_and_none(chart):
    sized = chart[0] in "pu"
    for x, n in (([0] * 15, [100] * 15), ([0] * 15, [0] * 15), ([3], [10]), ([], [])):
        found = attribute(chart, x, n if sized else None)
        assert not found.changed
        assert np.isnan(found.low).all()
    level = attribute(chart, [0] * 15, [100] * 15 if sized else None)
    assert (level.standing == Limits.NO_VARIATION).all()
    assert not level.too_early


@pytest.mark.parametrize(
    ("chart", "x", "n", "said"),
    [
        ("p", [5, 11], [10, 10], "større end sin nævner"),
        ("p", [5, -1], [10, 10], "negativt"),
        ("u", [5, 1], [10, -10], "negativ"),
        ("p", [5, 1], [10], "2 tællere og 1 nævnere"),
        ("p", [5, 1], None, "skal have en nævner"),
        ("c", [5, 1], [3, 3], "har ingen nævner"),
        ("q", [5, 1], None, "Vi kender ikke kontroldiagrammet"),
    ],
)
def test_counts_that_cannot_be_are_refused(chart, x, n, said):
    with pytest.raises(ValueError, match=said):
        attribute(chart, x, n)


def test_an_unknown_choice_is_refused():
    with pytest.raises(ValueError, match="Vi kender ikke valget »limits«"):
        attribute("c", X, limits=3)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(60, 500)), min_size=12, max_size=30))
@settings(deadline=None, max_examples=25)
def test_shares_stay_between_none_and_all(rows):
    x, n = np.array(rows).T
    found = attribute("p", x, n)
    shown = ~np.isnan(found.low)
    assert (found.low[shown] >= 0).all()
    assert (found.high[shown] <= 1).all()
    assert ((found.low <= found.centre) & (found.centre <= found.high))[shown].all()


@pytest.mark.parametrize(
    ("size", "a3", "b3", "b4"), [(2, 2.659, 0, 3.267), (5, 1.427, 0, 2.089), (10, 0.975, 0.284, 1.716), (25, 0.606, 0.565, 1.435)]
)
def test_constants_are_those_of_the_published_tables(size, a3, b3, b4):
    """Montgomery, appendix VI: factors for limits of x-bar and s charts, to three decimals."""
    constant = float(c4(size))
    reach = 3 * np.sqrt(1 - constant**2) / constant
    assert 3 / (constant * np.sqrt(size)) == pytest.approx(a3, abs=6e-4)
    assert max(1 - reach, 0) == pytest.approx(b3, abs=6e-4)
    assert 1 + reach == pytest.approx(b4, abs=6e-4)


def test_means_and_spreads_of_several_measurements():
    cells = np.random.default_rng(3).normal(50, 4, size=(20, 5))
    cells[19] += 20
    means, spreads = (subgroups(chart, cells, baseline=19) for chart in ("xbar", "s"))
    pooled = np.sqrt(cells[:19].var(axis=1, ddof=1).mean())
    assert means.high[0] == pytest.approx(cells[:19].mean() + 3 * pooled / np.sqrt(5))
    assert spreads.centre[0] == pytest.approx(float(c4(5)) * pooled)
    assert means.by_rule["outside"][-1] == 1
    assert spreads.by_rule["outside"][-1] == 0
    cells[4, 2:] = N
    assert subgroups("xbar", cells).high[4] > subgroups("xbar", cells).high[5]
    cells[4, 1:] = N
    assert np.isnan(subgroups("s", cells).y[4])
    assert not np.isnan(subgroups("xbar", cells).y[4])
    for shape in ((3,), (2, 2, 2, 2)):
        with pytest.raises(ValueError, match="flere målinger i hvert"):
            subgroups("s", np.zeros(shape))


def test_a_run_chart_has_a_median_no_limits_and_anhoejs_rules():
    y = [5.0, 6, 4, 7, 5, 6, 4, 5, 6, 5, 7, 4, *[9.0] * 10]
    found = run_chart(y, baseline=12, improvement="increase")
    assert found.centre[0] == 5
    assert np.isnan(found.high).all()
    assert found.by_rule["longest_run"][-1] == 1
    assert found.kind[-1] == 1
    assert run_chart(y[:8]).too_early
    assert not run_chart([5.0] * 20).changed
    assert not run_chart([]).changed


def test_all_charts_take_many_series_and_tell_them_apart():
    rows, sizes = np.stack([X, X[::-1]]), np.stack([SIZES, SIZES[::-1]])
    both = attribute("u", rows, sizes)
    assert both.high[1, ::-1] == pytest.approx(both.high[0])
    assert both.high[0] == pytest.approx(attribute("u", X, SIZES).high)
    assert both.digest != attribute("u", X, SIZES).digest
    assert xmr(rows).y.shape == run_chart(rows).y.shape == (2, 13)
