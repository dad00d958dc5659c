"""Gradients and Lorenz curves: widths are shares, intervals always, the slope with its own, and words that never meet."""

import math
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.pictures.paper import SVG, assert_readable, said_in, shapes
from tovholder.pictures import Gradient, GradientGroup, GradientLine, Lorenz, chart_words, gradient_bars, lorenz_curve
from tovholder.pictures.saying_places import share_at

pytestmark = pytest.mark.once
GROUPS = (
    GradientGroup("Grundskole", 0.28, 16.1, 15.6, 16.6),
    GradientGroup("Faglært", 0.37, 12.6, 12.2, 13.0),
    GradientGroup("Kort eller mellemlang", 0.25, 10.4, 9.9, 10.9),
    GradientGroup("Lang", 0.10, 9.1, 8.3, 9.9),
)
GOAL = Gradient(
    "Akutte genindlæggelser", "pct.", GROUPS, GradientLine(-8.7, -9.7, -7.8, ((0.0, 17.1), (1.0, 8.4))), "Uddannelse",
    "kortere uddannelse", "længere uddannelse", "flere kommer tilbage", "borgerne", "lower",
)  # fmt: skip
SHARED = Lorenz(
    "Akutte indlæggelser", (0, 0.2, 0.4, 0.6, 0.8, 1), (0, 0.05, 0.13, 0.27, 0.51, 1), 0.41, 0.39, 0.43, "indlæggelserne", "borgerne"
)


@pytest.mark.parametrize("headed", [False, True])
@pytest.mark.parametrize("width", [350, 560, 800])
def test_the_goal_page_gradient_can_be_read_at_every_width(width, headed):
    picture = gradient_bars(GOAL, width=width, headed=headed)
    assert_readable(picture)
    assert picture.title == "Jo kortere uddannelse, jo flere kommer tilbage – 8,7 point fra ende til anden"
    assert "Lavere er bedre." in picture.description
    said = " ".join(said_in(picture))
    for words in ("forskel 8,7 point (7,8–9,7)", "bredde = andel af borgerne", "16,1", "12,6", "10,4", "9,1", "Faglært", "Lang"):
        assert words in said


def test_bars_are_as_wide_as_their_share_and_begin_at_nought():
    bars = shapes(gradient_bars(GOAL), "tov-gradient-bar")
    widths = [float(bar.get("width")) for bar in bars]
    assert [wide / sum(widths) for wide in widths] == pytest.approx([0.28, 0.37, 0.25, 0.10], abs=0.001)
    feet = {round(float(bar.get("y")) + float(bar.get("height")), 0) for bar in bars}
    assert len(feet) == 1
    heights = [float(bar.get("height")) for bar in bars]
    assert [high / heights[0] for high in heights] == pytest.approx([1, 12.6 / 16.1, 10.4 / 16.1, 9.1 / 16.1], abs=0.003)
    assert len(shapes(gradient_bars(GOAL), "tov-interval")) == 4


def test_a_negative_figure_hangs_under_nought():
    groups = (GradientGroup("En", 0.5, -2.0, -3.0, -1.0), GradientGroup("To", 0.5, 2.0, 1.0, 3.0))
    picture = gradient_bars(replace(GOAL, groups=groups, line=None))
    first, second = shapes(picture, "tov-gradient-bar")
    assert float(first.get("y")) == pytest.approx(float(second.get("y")) + float(second.get("height")), abs=0.2)
    assert any("−2,0" in text for text in said_in(picture))
    assert_readable(picture)


def test_a_hidden_group_is_an_empty_frame_with_its_words():
    groups = (*GROUPS[:2], GradientGroup("Kort eller mellemlang", None, None), GROUPS[3])
    for width in (350, 560):
        picture = gradient_bars(replace(GOAL, groups=groups), width=width)
        assert_readable(picture)
        assert len(shapes(picture, "tov-hidden-group")) == 1
        assert len(shapes(picture, "tov-gradient-bar")) == 3
        assert any("for få til at vise" in text for text in said_in(picture))
        assert "For få til at vise: Kort eller mellemlang." in picture.description
    assert picture.table.rows[2] == ("Kort eller mellemlang", "–", "for få til at vise", "–")


def test_tenths_share_one_word_below():
    tenths = tuple(GradientGroup(f"{n}. tiendedel", 0.1, 50 - 3 * n, 48 - 3 * n, 52 - 3 * n) for n in range(1, 11))
    picture = gradient_bars(replace(GOAL, groups=tenths, line=None, decimals=0), width=350)
    assert_readable(picture)
    assert "tiendedel, bredde = andel af borgerne" in said_in(picture)
    assert [f"{n}." for n in range(1, 11)] == [text for text in said_in(picture) if text.endswith(".") and text[:-1].isdecimal()]


def test_the_table_has_shares_intervals_and_the_slope():
    picture = gradient_bars(GOAL)
    assert picture.table.headers == ("Uddannelse", "Andel", "Pct.", "95 pct.")
    assert picture.table.rows[0] == ("Grundskole", "28 pct.", "16,1", "15,6–16,6")
    assert picture.table.rows[-1] == ("Hældning fra ende til anden", "–", "−8,7", "−9,7 til −7,8")


def test_impossible_shares_are_said_in_a_sentence():
    with pytest.raises(ValueError, match=r"Lang: andelen er 28\. Giv et tal fra 0 til 1\."):
        gradient_bars(replace(GOAL, groups=(GradientGroup("Lang", 28, 1.0),)))


@pytest.mark.parametrize("headed", [False, True])
@pytest.mark.parametrize("width", [350, 560])
def test_a_lorenz_curve_has_its_coefficient_and_the_line_of_equality(width, headed):
    picture = lorenz_curve(SHARED, width=width, headed=headed)
    assert_readable(picture)
    assert picture.title == "De 20 pct. med flest har 49 pct. af indlæggelserne"
    assert {"Gini 0,41 (0,39–0,43)", "helt lige", "andel af borgerne"} <= set(said_in(picture))
    (equal,) = shapes(picture, "tov-equality")
    assert equal.get("stroke-dasharray")
    (curve,) = shapes(picture, "tov-lorenz")
    ends = [tuple(map(float, pair.split(","))) for pair in curve.get("points").split()]
    assert ends[0] == pytest.approx((float(equal.get("x1")), float(equal.get("y1"))), abs=0.1)
    assert ends[-1] == pytest.approx((float(equal.get("x2")), float(equal.get("y2"))), abs=0.1)
    assert picture.table.rows[-1] == ("Gini", "0,41 (0,39–0,43)")
    assert picture.table.rows[4] == ("80,0", "51,0")


def test_a_concentration_curve_over_the_line_says_who_comes_first():
    ranked = replace(SHARED, shares=(0, 0.3, 0.52, 0.71, 0.87, 1), gini=-0.16, low=-0.18, high=-0.14, ranked="kortest uddannelse")
    picture = lorenz_curve(ranked, width=350)
    assert_readable(picture)
    assert picture.title == "De 20 pct. med kortest uddannelse har 30 pct. af indlæggelserne"
    assert "Koncentration −0,16" in said_in(picture)
    assert lorenz_curve(ranked, words=chart_words("en")).title == "The 20% with kortest uddannelse have 30% of indlæggelserne"


def test_an_even_and_an_empty_curve():
    assert lorenz_curve(replace(SHARED, shares=SHARED.people, gini=0.0)).title == "Indlæggelserne er næsten ligeligt fordelt"
    empty = lorenz_curve(Lorenz("Mål", (), ()))
    assert empty.title == "Ingen tal endnu"
    assert_readable(empty)
    assert share_at(SHARED, 0.9) == pytest.approx(0.755)


@pytest.mark.parametrize(
    ("people", "shares", "said"),
    [
        ((0, 1), (0,), "Kurven har 2 andele af folk og 1 andele af tallet."),
        ((0, 0.7, 0.5, 1), (0, 0.1, 0.2, 1), "andelene af folk skal stige"),
        ((0, 1), (0, 100), "andelen 100 ligger ikke mellem 0 og 1"),
    ],
)
def test_a_broken_curve_is_said_in_a_sentence(people, shares, said):
    with pytest.raises(ValueError, match=said.replace(".", r"\.")):
        lorenz_curve(Lorenz("Mål", people, shares))


numbers = some.one_of(some.floats(-1e9, 1e9, allow_nan=False), some.floats(-1, 100), some.sampled_from([0.0, 12.3]))
names = some.text(alphabet="abcdefghijklm ÆØÅæøåWM.-<&", min_size=0, max_size=60)
groups = some.builds(
    GradientGroup, names, some.one_of(some.none(), some.floats(0, 1)), some.one_of(some.none(), numbers), some.none() | numbers,
    some.none() | numbers,
)  # fmt: skip
fitted = some.lists(numbers, min_size=2, max_size=12).map(lambda ys: tuple((n / (len(ys) - 1), y) for n, y in enumerate(ys)))
lines = some.none() | some.builds(GradientLine, numbers, some.none() | numbers, some.none() | numbers, fitted)


@settings(max_examples=40, deadline=None)
@given(some.lists(groups, max_size=12), lines, some.sampled_from([350, 560, 900]), names)
def test_whatever_the_groups_no_words_meet_or_leave_the_paper(found, line, width, people):
    picture = gradient_bars(replace(GOAL, groups=tuple(found), line=line if found else None, people=people), width=width)
    assert_readable(picture)
    assert len(list(ElementTree.fromstring(picture.svg).iter(f"{SVG}rect"))) == len(found)


@settings(max_examples=40, deadline=None)
@given(some.lists(some.floats(0, 1), min_size=1, max_size=40), some.floats(-1, 1), names, some.sampled_from([350, 560]))
def test_whatever_the_curve_no_words_meet_or_leave_the_paper(parts, gini, of, width):
    total = math.fsum(sorted(parts)) or 1.0
    cumulated = [min(math.fsum(sorted(parts)[:n]) / total, 1.0) for n in range(len(parts) + 1)]
    people = tuple(n / len(parts) for n in range(len(parts) + 1))
    assert_readable(lorenz_curve(Lorenz("Mål", people, tuple(cumulated), gini, gini - 0.1, gini + 0.1, of, of), width=width))
