"""Krippendorff's alpha against the examples he published, and what must hold for any data."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tovholder.texts.coding.agreement import agreement, alpha, by_code, jaccard, masi

pytestmark = pytest.mark.once


def _units(*coders):
    return [[None if value == "." else value for value in unit] for unit in zip(*coders, strict=True)]


PUBLISHED = [
    # Krippendorff (2011), Computing Krippendorff's alpha-reliability, sections A, B and C.
    (["0100000010", "1110010000"], 0.095),
    (["aabbdcccedda", "babbbcccedda".replace("dda", "ddd")], 0.692),
    (["123321412...", "1233224125.3", ".3332342251.", "12332441251."], 0.743),
]


@pytest.mark.parametrize(("coders", "expected"), PUBLISHED)
def test_the_published_examples(coders, expected):
    assert alpha(_units(*coders)) == pytest.approx(expected, abs=0.0005)


MASI = [
    ({"a"}, {"a"}, 0),
    ({"a", "b"}, {"a", "b", "c", "d"}, 1 - 2 / 3 * 2 / 4),
    ({"a", "b"}, {"b", "c"}, 1 - 1 / 3 * 1 / 3),
    ({"a"}, {"b"}, 1),
    (set(), {"a"}, 1),
    (set(), set(), 0),
]


@pytest.mark.parametrize(("left", "right", "expected"), MASI)
def test_masi_weighs_how_the_sets_lie(left, right, expected):
    assert float(masi(frozenset(left), frozenset(right))) == pytest.approx(expected)
    assert float(jaccard(frozenset(left), frozenset(right))) <= float(masi(frozenset(left), frozenset(right)))


CODINGS = st.lists(st.lists(st.sampled_from([None, "a", "b", "c"]), min_size=3, max_size=3), min_size=1, max_size=25)


@given(CODINGS)
def test_one_code_an_answer_is_the_same_as_sets_of_one(units):
    sets = [[None if one is None else frozenset([one]) for one in unit] for unit in units]
    plain = alpha(units)
    for distance in (masi, jaccard):
        other = alpha(sets, distance)
        assert (plain is None) == (other is None)
        assert plain is None or other == pytest.approx(plain)


@given(CODINGS, st.randoms())
def test_neither_the_order_of_answers_nor_of_coders_matters(units, shuffled):
    turned = [shuffled.sample(unit, len(unit)) for unit in shuffled.sample(units, len(units))]
    before, after = alpha(units), alpha(turned)
    assert (before is None) == (after is None)
    assert before is None or after == pytest.approx(before)
    assert before is None or before <= 1


def test_nothing_to_compare_gives_no_number():
    assert alpha([]) is None
    assert alpha([["a", None], [None, "b"]]) is None
    assert alpha([["a", "a"], ["a", "a"]]) is None


def test_the_interval_holds_the_value_and_the_codes_are_told_apart():
    rng = np.random.default_rng(1)
    units = []
    for number in range(120):
        mad = frozenset(["mad"] if number % 3 else [])
        # They agree on the food and toss a coin for the waiting time.
        units.append([mad | frozenset(["ventetid"] if rng.random() < 0.5 else []) for _ in range(2)])
    found = by_code(units, ["mad", "ventetid"], rng=rng)
    assert found["mad"].alpha == 1
    assert found["ventetid"].low < 0 < found["ventetid"].high
    whole = agreement(units, masi, rng=rng)
    assert whole.low <= whole.alpha <= whole.high < 1
    assert (whole.units, whole.codings) == (120, 240)
