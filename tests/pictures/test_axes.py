"""Axes, figures and order: round ticks, at most five, Danish numbers, Aabenraa last."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tovholder.pictures import chart_words
from tovholder.pictures.alphabet import danish_order
from tovholder.pictures.axes import axis, size_axis
from tovholder.pictures.figures import checked, figure, span
from tovholder.pictures.notes import spread
from tovholder.texts.danish import sort_key

pytestmark = pytest.mark.once
values = some.floats(-1e15, 1e15, allow_nan=False) | some.floats(-1e-6, 1e-6)
DA, EN = chart_words("da"), chart_words("en")


@pytest.mark.parametrize(
    ("values", "from_zero", "labels"),
    [
        ((11.7, 15.3), False, ("10", "12", "14", "16")),
        ((8.4, 17.1), True, ("0", "5", "10", "15", "20")),
        ((0.0, 1.0), False, ("0,00", "0,25", "0,50", "0,75", "1,00")),
        ((12.3, 12.3), False, ("12,1", "12,2", "12,3", "12,4", "12,5")),
        ((-5.0, 6.9), True, ("−5", "0", "5", "10")),
        ((0, 2_400_000), True, ("0", "1 mio.", "2 mio.", "3 mio.")),
        ((0, 19_800), True, ("0", "5.000", "10.000", "15.000", "20.000")),
    ],
)
def test_ticks_are_round_and_danish(values, from_zero, labels):
    assert axis(values, 100, 0, DA, from_zero=from_zero).labels == labels


@settings(max_examples=120, deadline=None)
@given(some.lists(values, min_size=1, max_size=5), some.integers(0, 3), some.booleans())
def test_every_value_lies_on_the_axis_between_two_to_five_different_ticks(shown, decimals, from_zero):
    found = axis(shown, 200, 20, DA, decimals=decimals, from_zero=from_zero)
    assert 2 <= len(found.ticks) <= 5
    assert len(set(found.labels)) == len(found.labels)
    for value in shown:
        assert 20 - 1e-6 <= found.scale.at(value) <= 200 + 1e-6
    assert list(found.ticks) == sorted(found.ticks)
    if from_zero:
        assert found.scale.low <= 0 <= found.scale.high


@settings(max_examples=80, deadline=None)
@given(some.lists(some.floats(0, 1e9) | some.just(0.0), max_size=98))
def test_sizes_lie_on_their_axis_straight_or_bent(sizes):
    found = size_axis(sizes, 40, 500, DA)
    assert 1 <= len(found.ticks) <= 5
    assert all(39.9 <= found.scale.at(size) <= 500.1 for size in sizes)


def test_giants_bend_the_size_axis():
    assert not size_axis([100, 200, 700], 0, 1, DA).scale.logarithmic
    bent = size_axis([100, 200, 300, 90_000], 0, 1, DA)
    assert bent.scale.logarithmic
    assert bent.labels == ("100", "1.000", "10.000", "100.000")


@pytest.mark.parametrize(
    ("value", "decimals", "danish", "english"),
    [
        (5200, 0, "5.200", "5,200"),
        (12.345, 1, "12,3", "12.3"),
        (-0.04, 1, "0,0", "0.0"),
        (-1234.5, 1, "−1.234,5", "−1,234.5"),
        (12, 1, "12,0", "12.0"),
    ],
)
def test_figures_in_two_languages(value, decimals, danish, english):
    assert (figure(value, decimals, DA), figure(value, decimals, EN)) == (danish, english)


def test_an_interval_below_nought_has_a_word_between():
    assert span(7.8, 9.7, 1, DA) == "7,8–9,7"
    assert span(-0.5, 9.0, 1, DA) == "−0,5 til 9,0"
    assert span(None, 9.0, 1, DA) == "–"
    for wrong in (math.nan, math.inf, -math.inf, 1e16):
        with pytest.raises(ValueError, match="Odense: »"):
            checked(wrong, "Odense")
    assert checked(None, "Odense") is None


def test_danish_order_agrees_with_the_order_of_texts():
    names = ["Aabenraa", "Ærø", "Åby", "Ølstykke", "Vejen", "Aalborg", "Assens", "Lyngby-Taarbæk", "Lolland", "Ærøskøbing", "Aarhus"]
    expected = ["Assens", "Lolland", "Lyngby-Taarbæk", "Vejen", "Ærø", "Ærøskøbing", "Ølstykke", "Aabenraa", "Åby", "Aalborg", "Aarhus"]
    assert sorted(names, key=danish_order) == sorted(names, key=sort_key) == expected


@given(some.lists(some.floats(-50, 350), max_size=8))
def test_words_at_the_side_are_spread_without_leaving_their_room(wanted):
    placed = spread(wanted, 18, 0, 300)
    assert all(0 - 1e-9 <= place <= 300 + 1e-9 for place in placed)
    ordered = sorted(placed)
    assert all(later - earlier >= 18 - 1e-9 for earlier, later in zip(ordered, ordered[1:], strict=False))
