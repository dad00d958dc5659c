"""The goal strip: where a figure was, is and is promised to go."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.pictures.paper import assert_readable, said_in, shapes
from tovholder.pictures import GoalFigures, chart_words, goal_strip

pytestmark = pytest.mark.once
DAYS = "2023–24", "seneste 12 mdr.", "udgangen af 2027"
GOAL = GoalFigures("Akutte genindlæggelser", "pct.", 14.2, 12.3, 12.0, *DAYS, "lower", 1, 12.1, 12.5)


@pytest.mark.parametrize("width", [350, 560])
def test_three_figures_each_with_its_own_sign_word_and_day(width):
    picture = goal_strip(GOAL, width=width)
    assert_readable(picture)
    assert picture.title == "Fra 14,2 til 12,3 pct. – målet er 12,0"
    assert "Der mangler 0,3 point." in picture.description
    assert {"før 14,2", "nu 12,3", "mål 12,0", "2023–24", "seneste 12 mdr.", "udgangen af 2027"} == set(said_in(picture))
    assert [len(shapes(picture, f"tov-{sign}")) for sign in ("baseline", "latest", "target", "interval")] == [1, 1, 1, 1]
    assert picture.table.rows == (
        ("før", "2023–24", "14,2"),
        ("nu", "seneste 12 mdr.", "12,3 (12,1–12,5)"),
        ("mål", "udgangen af 2027", "12,0"),
    )


@pytest.mark.parametrize(
    ("figures", "title"),
    [
        ((14.2, 11.9, 12.0, "lower"), "Målet på 12,0 er nået: 11,9 pct."),
        ((71.0, 80.0, 80.0, "higher"), "Målet på 80,0 er nået: 80,0 pct."),
        ((71.0, 79.96, 80.0, "higher"), "Målet på 80,0 er nået: 80,0 pct."),
        ((14.2, 11.9, 12.0, ""), "Målet på 12,0 er nået: 11,9 pct."),
        ((14.2, 15.0, 12.0, "lower"), "Fra 14,2 til 15,0 pct. – målet er 12,0"),
        ((None, 12.3, 12.0, "lower"), "12,3 pct. nu – målet er 12,0"),
        ((14.2, 12.3, None, "lower"), "Fra 14,2 til 12,3 pct. – intet mål er sat"),
        ((None, 12.3, None, ""), "12,3 pct. nu – intet mål er sat"),
        ((14.2, None, 12.0, ""), "Ingen måling endnu – målet er 12,0 pct."),
        ((0.0, 0.0, 0.0, ""), "Målet på 0,0 er nået: 0,0 pct."),
        ((None, None, None, ""), "Ingen tal endnu"),
    ],
)
def test_the_sentence_is_right_whatever_is_known(figures, title):
    before, now, target, better = figures
    picture = goal_strip(GoalFigures("Mål", "pct.", before, now, target, better=better))
    assert picture.title == title
    assert_readable(picture)


def test_in_english():
    assert goal_strip(GOAL, words=chart_words("en")).title == "From 14.2 to 12.3 pct.: the target is 12.0"


numbers = some.none() | some.floats(-1e12, 1e12, allow_nan=False) | some.sampled_from([0.0, 12.3])
names = some.text(alphabet="abcdefghijklm ÆØÅæøåWM.-<&", max_size=60)


@settings(max_examples=30, deadline=None)
@given(some.builds(GoalFigures, names, names, numbers, numbers, numbers, names, names, names), some.sampled_from([350, 560]))
def test_whatever_the_figures_no_words_meet_or_leave_the_paper(goal, width):
    assert_readable(goal_strip(goal, width=width))
