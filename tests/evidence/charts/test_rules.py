"""Each rule by its name: where it speaks, where it does not, and what it is called."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tovholder.evidence.charts.phases import Limits
from tovholder.evidence.charts.rules import RULES, SETS, chosen, named, signals

pytestmark = pytest.mark.once
N = float("nan")


def spoken(y, rule, *, phase=None, standing=Limits.SHOWN, **points):
    row = np.atleast_2d(np.asarray(y, dtype=float))
    one = np.ones_like(row)
    places = np.zeros(row.shape[1], dtype=int) if phase is None else np.asarray(phase)
    found = signals(row, 0 * one, one, -3 * one, 3 * one, places, np.full(row.shape, standing, dtype=np.int8), rules=rule, **points)
    return found.by_rule[rule][0].tolist() if rule != "crossings" else bool(found.few_crossings[0])


TABLE = [
    ("outside", [3.0, 3.1, -3.0, -3.1, N], [0, 1, 0, -1, 0]),
    ("one_side", [1] * 6, [0] * 6),
    ("one_side", [1] * 7, [1] * 7),
    ("one_side", [-1] * 8 + [1], [-1] * 8 + [0]),
    ("one_side", [1, 1, 1, N, 1, 1, 1, 1], [1, 1, 1, 0, 1, 1, 1, 1]),
    ("one_side", [1, 1, 1, 0, 1, 1, 1, 1], [0] * 8),
    ("trend", [1, 2, 3, 4, 5, 6], [0] * 6),
    ("trend", [1, 2, 3, 4, 5, 6, 7], [1] * 7),
    ("trend", [1, 2, 3, N, 4, 5, 6, 7, 7], [1, 1, 1, 0, 1, 1, 1, 1, 0]),
    ("trend", [1, 2, 3, 3, 4, 5, 6, 7], [0] * 8),
    ("trend", [7, 6, 5, 4, 3, 2, 1, 2], [-1] * 7 + [0]),
    ("two_of_three", [2.5, 0, 2.5], [1, 0, 1]),
    ("two_of_three", [2.5, -1, 2.5], [1, 0, 1]),
    ("two_of_three", [3.5, 0.5, 2.5], [1, 0, 1]),
    ("two_of_three", [2.5, 0, 0, 2.5], [0] * 4),
    ("two_of_three", [2.5, -2.5, 2.5], [1, 0, 1]),
    ("two_of_three", [-2.5, N, -2.5, 0], [-1, 0, -1, 0]),
    ("two_of_three_one_side", [2.5, -1, 2.5], [0, 0, 0]),
    ("two_of_three_one_side", [2.5, 1, 2.5], [1, 0, 1]),
    ("two_of_three_one_side", [3.5, 0.5, 2.5], [0, 0, 0]),
    ("four_of_five", [1.5, 1.5, 0, 1.5, 1.5], [1, 1, 0, 1, 1]),
    ("four_of_five", [1.5, 1.5, 0, 0, 1.5], [0] * 5),
    ("longest_run", [1, -1] * 6 + [1] * 9, [0] * 12 + [1] * 9),
]


@pytest.mark.parametrize(("rule", "y", "expected"), TABLE)
def test_where_a_rule_speaks(rule, y, expected):
    assert spoken(y, rule) == expected


@pytest.mark.parametrize(("rule", "y"), [(rule, y) for rule, y, _ in TABLE])
def test_upside_down_every_rule_speaks_the_other_way(rule, y):
    assert spoken([-value for value in y], rule) == [-one for one in spoken(y, rule)]


@pytest.mark.parametrize(
    ("rule", "y", "silent"),
    [
        ("one_side", [1] * 8, [0] * 8),
        ("trend", [1, 2, 3, 4, 5, 6, 7, 8], [0] * 8),
        ("two_of_three", [0, 0, 0, 2.5, 2.5, 0, 0, 0], [0] * 8),
        ("longest_run", [1] * 8, [0] * 8),
    ],
)
def test_no_run_goes_on_into_the_next_phase(rule, y, silent):
    assert any(spoken(y, rule))
    assert spoken(y, rule, phase=[0] * 4 + [1] * 4) == silent


def test_how_many_points_can_be_chosen():
    assert spoken([1] * 7, "one_side", side_points=8) == [0] * 7
    assert spoken([1] * 8, "one_side", side_points=8) == [1] * 8
    assert spoken([1, 2, 3, 4, 5, 6], "trend", trend_points=6) == [1] * 6
    assert named(("one_side",), side_points=8) == {"one_side": "8 på samme side af midten"}


def test_few_crossings_are_told_of_the_series():
    assert spoken([1] * 7 + [-1] * 7, "crossings") is True
    assert spoken([1, -1] * 7, "crossings") is False


def test_before_limits_can_be_shown_no_rule_speaks():
    for rule, y, _ in TABLE:
        assert not any(spoken(y, rule, standing=Limits.TOO_EARLY))


def test_every_rule_has_its_names_and_its_source():
    for key, rule in RULES.items():
        assert rule.source
        assert rule.danish != rule.english
        assert named((key,))[key].isprintable()
        assert "{" not in named((key,), english=True)[key]
    for names in SETS.values():
        assert set(names) <= set(RULES)
        assert len(chosen(names)) == len(names)


@pytest.mark.parametrize("wrong", ["shift", ("outside", "Trend"), ["nope"]])
def test_an_unknown_rule_is_named(wrong):
    with pytest.raises(ValueError, match=r"Vi kender ikke reglen »(shift|Trend|nope)«"):
        chosen(wrong)


@given(st.lists(st.floats(-4, 4), min_size=1, max_size=40), st.lists(st.booleans(), min_size=40, max_size=40))
@settings(deadline=None, max_examples=25)
def test_a_point_not_measured_is_passed_over(y, gaps):
    """The same rules speak at the same measurements whether or not gaps stand between them."""
    with_gaps, places = [], []
    for value, gap in zip(y, gaps):
        with_gaps += [N] * gap
        places.append(len(with_gaps))
        with_gaps.append(value)
    for rule in RULES:
        plain, spread = spoken(y, rule), spoken(with_gaps, rule)
        if rule == "crossings":
            assert plain == spread
        else:
            assert plain == [spread[place] for place in places]
            assert sum(map(abs, plain)) == sum(map(abs, spread))
