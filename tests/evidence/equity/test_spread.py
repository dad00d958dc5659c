"""Concentration, spread between groups, Gini: definitions, invariances, and errors against repeated draws."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tovholder.evidence.equity.between import NAMES, between
from tovholder.evidence.equity.concentration import concentration
from tovholder.evidence.equity.gini import gini
from tovholder.evidence.results import Why

pytestmark = pytest.mark.once
PEOPLE = np.array([4271.0, 6365, 3665, 3420, 4655])
FIGURE = np.array([31.123, 25.389, 20.338, 17.08, 9.151])
ERROR = np.array([0.7085, 0.5455, 0.6649, 0.6435, 0.4226])
groups = st.lists(st.tuples(st.floats(1, 1000), st.floats(0.5, 90)), min_size=2, max_size=9)


def parts(pairs):
    return np.array([one for one, _ in pairs]), np.array([one for _, one in pairs])


def error_of(one):
    return (one.high - one.low) / 2 / stats.norm.ppf((1 + one.conf) / 2)


def every_measure(people, figure, error=None, **more):
    """All single measures by name, with how they are asked for by default here."""
    found = dict(between(people, figure, error, favourable=False, ordered=True, reference=2, **more).measures)
    gathered = concentration(people, figure, error, ceiling=100)
    found |= {"aci": gathered.absolute, "rci": gathered.relative, "wagstaff": gathered.wagstaff, "erreygers": gathered.erreygers}
    shared = gini(people, figure, error)
    return found | {"gini": shared.gini, "hoover": shared.hoover}


def test_standard_errors_are_the_spread_of_repeated_draws():
    rng = np.random.default_rng(4)
    figure, error = np.array([33.0, 29.0, 26.0, 12.0, 8.0]), ERROR
    drawn = figure + error * rng.standard_normal((20_000, 5))
    once, again = every_measure(PEOPLE, figure, error), every_measure(np.broadcast_to(PEOPLE, drawn.shape), drawn)
    # Distances have a kink where a group passes the mean or another group; these groups lie too far apart for that.
    for name, one in once.items():
        told = np.log(one.high / one.low) / 2 / stats.norm.ppf(0.975) * one.value if name == "r" else error_of(one)
        assert told == pytest.approx(np.std(again[name].value), rel=0.02), name


@given(groups, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=25)
def test_without_a_social_order_the_order_of_groups_does_not_matter(pairs, random):
    found, turned = [], []
    for told, kept in ((pairs, found), (random.sample(pairs, len(pairs)), turned)):
        shared = gini(*parts(told))
        kept += [*between(*parts(told), favourable=True).measures.items(), ("gini", shared.gini), ("hoover", shared.hoover)]
    for (name, one), (_, other) in zip(found, turned, strict=True):
        assert one.value == pytest.approx(other.value, rel=1e-9, abs=1e-9), name


@given(groups, st.floats(0.1, 10), st.floats(0.1, 1))
@settings(deadline=None, max_examples=25)
def test_scaling_people_changes_nothing_and_scaling_figures_only_the_absolute_measures(pairs, of_people, of_figures):
    people, figure = parts(pairs)
    one, other = (
        {**between(people * p, figure * f, favourable=True).measures, "aci": (c := concentration(people * p, figure * f)).absolute,
         "rci": c.relative, "gini": gini(people * p, figure * f).gini}
        for p, f in ((1, 1), (of_people, of_figures))
    )  # fmt: skip
    absolute = {"d", "bgsd", "mdmu", "mdmw", "mdbu", "mdbw", "par", "aci"}
    for name in one:
        factor = of_figures**2 if name == "bgv" else of_figures if name in absolute else 1
        assert other[name].value == pytest.approx(one[name].value * factor, rel=1e-9, abs=1e-9), name


@given(st.floats(1, 90), st.lists(st.floats(1, 100), min_size=2, max_size=8))
@settings(deadline=None, max_examples=25)
def test_where_all_are_alike_there_is_no_inequality(figure, people):
    same = np.full(len(people), figure)
    for name, one in (between(people, same, favourable=True).measures | {"gini": gini(people, same).gini}).items():
        assert one.value == pytest.approx(1 if name == "r" else 0, abs=1e-6), name
    assert concentration(people, same).relative.value == pytest.approx(0, abs=1e-12)


@given(groups)
@settings(deadline=None, max_examples=40)
def test_gini_is_half_the_mean_difference_and_the_concentration_index_of_its_own_order(pairs):
    people, figure = parts(pairs)
    share = people / people.sum()
    mean = (share * figure).sum()
    found = gini(people, figure)
    double = (share[:, None] * share * np.abs(figure[:, None] - figure)).sum() / 2 / mean
    assert found.gini.value == pytest.approx(double, abs=1e-12)
    order = np.argsort(figure, kind="stable")
    assert concentration(people[order], figure[order]).relative.value == pytest.approx(double, abs=1e-12)
    assert found.hoover.value == pytest.approx(np.max(found.lorenz_people - found.lorenz_figure), abs=1e-12)
    assert (np.diff(found.lorenz_figure) >= -1e-15).all()


def test_groups_with_the_same_figure_are_one_group():
    one = gini([10, 20, 30], [5, 5, 9], [1, 1, 1])
    other = gini([20, 10, 30], [5, 5, 9], [1, 1, 1])
    assert one.gini.value == pytest.approx(gini([30, 30], [5, 9]).gini.value)
    assert one.gini.high == pytest.approx(other.gini.high)


@given(groups)
@settings(deadline=None, max_examples=40)
def test_turning_the_social_order_around_turns_the_index_around(pairs):
    people, figure = parts(pairs)
    one, other = concentration(people, figure, ceiling=100), concentration(people[::-1], figure[::-1], ceiling=100)
    for name in ("absolute", "relative", "wagstaff", "erreygers"):
        assert getattr(one, name).value == pytest.approx(-getattr(other, name).value, abs=1e-9)


@given(groups)
@settings(deadline=None, max_examples=40)
def test_a_good_seen_as_a_lack_has_the_same_erreygers_and_wagstaff(pairs):
    people, figure = parts(pairs)
    one, other = concentration(people, figure, ceiling=100), concentration(people, 100 - figure, ceiling=100)
    for name in ("wagstaff", "erreygers"):
        assert getattr(one, name).value == pytest.approx(-getattr(other, name).value, rel=1e-6, abs=1e-9)


def test_errors_from_a_regression_scale_together():
    found = concentration(PEOPLE, FIGURE, ERROR, ceiling=100, errors="regression")
    mean = (PEOPLE * FIGURE).sum() / PEOPLE.sum()
    assert error_of(found.absolute) == pytest.approx(error_of(found.relative) * mean)
    assert error_of(found.erreygers) == pytest.approx(error_of(found.absolute) * 4 / 100)
    assert error_of(found.wagstaff) == pytest.approx(error_of(found.absolute) / (mean * (1 - mean / 100)))


def test_who_is_best_follows_from_the_figure_or_the_order():
    worst_last = [20.0, 30.0, 50.0]
    ordered = between([1, 1, 1], worst_last, favourable=False, ordered=True).measures
    free = between([1, 1, 1], worst_last, favourable=False).measures
    assert (ordered["d"].value, ordered["r"].value) == (-30, pytest.approx(0.4)), "worst-off minus best-off, even when it is the wrong way"
    assert (free["d"].value, free["r"].value) == (30, 2.5)
    assert (ordered["par"].value, free["par"].value) == (pytest.approx(50 - 100 / 3), pytest.approx(20 - 100 / 3))
    assert "mdru" not in free
    assert set(between([1, 1], [1, 2], favourable=True, reference=0).measures) == set(NAMES)


def test_areas_that_cannot_be_measured_are_blank_with_their_reason():
    figure = np.array([[5, 9, 7], [5, np.nan, 7], [5, 9, 7], [0, 0, 0], [5, 9, np.nan], [0, 4, 8]], dtype=float)
    people = np.array([[1, 2, 3], [1, 2, 3], [0, 0, 0], [1, 2, 3], [1, 2, 0], [1, 2, 3]], dtype=float)
    found = every_measure(people, figure, np.ones(3))
    assert found["d"].why.tolist() == [0, Why.MISSING, Why.NO_POPULATION, 0, 0, 0]
    for name in ("r", "cov", "idisw", "ti", "mld", "paf", "rci", "wagstaff", "gini", "hoover"):
        assert found[name].why.tolist()[3] == Why.NOT_DEFINED, name
    assert found["mld"].why[5] == Why.NOT_DEFINED
    assert found["ti"].why[5] == 0
    assert np.isnan(found["ti"].high[5])
    assert found["mdrw"].why[4] == Why.NOT_DEFINED, "nobody in the reference"
    alone = between(people[:, :2], figure[:, :2], np.ones(2), favourable=False, ordered=True).measures
    for name in ("d", "bgv", "mdmw", "ti"):
        assert found[name].value[4] == pytest.approx(alone[name].value[4]), name
    assert between([5, 0], [3, 4], favourable=True).measures["d"].why == Why.NOT_DEFINED


@pytest.mark.parametrize(
    ("work", "said"),
    [
        (lambda: gini([1, 2], [3, -4]), "negativ"),
        (lambda: concentration([1, 2], [3, 140], ceiling=100), "uden for 0 til 100"),
        (lambda: between([1, 2], [3, 4], favourable=True, reference=2), "en af de 2 grupper"),
        (lambda: between([1, 2], [3, 140], favourable=True, impact_errors="counts"), "over 100"),
        (lambda: between(1, 2, favourable=True), "en værdi for hver gruppe"),
    ],
)
def test_what_cannot_be_used_is_told_in_a_sentence(work, said):
    with pytest.raises(ValueError) as problem:
        work()
    assert said in str(problem.value)
