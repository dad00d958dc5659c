"""Sentences that say what is seen: right at none, one, two and many, in Danish and English, and never blaming."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tovholder.pictures import (
    ControlPoint,
    ControlSeries,
    Funnel,
    FunnelPoint,
    Gradient,
    GradientGroup,
    GradientLine,
    Mark,
    MunicipalityFigure,
    MunicipalityFigures,
    SmallMultiples,
    SmallSeries,
    chart_words,
)
from tovholder.pictures.chart_words import CHART_WORDS
from tovholder.pictures.saying import control_sentence, direction_sentence, latest_sentence
from tovholder.pictures.saying_places import (
    funnel_sentence,
    gradient_sentence,
    map_sentence,
    places_sentence,
    rest_sentence,
    slope_words,
    small_sentence,
)

pytestmark = pytest.mark.once
KOMMUNER = ("kommune", "kommuner")


def series_of(values, *, frozen=0, broken=None, period="month", better="", marks=(), limits=(9.0, 10.0, 11.0)):
    lower, centre, upper = limits
    points = tuple(
        ControlPoint(f"nr. {n + 1}", value, centre, lower, upper, (broken or {}).get(n, ()), "hidden", said=f"nummer {n + 1}")
        for n, value in enumerate(values)
    )
    baselines = ((0, frozen),) if frozen else ()
    return ControlSeries("Mål", "pct.", points, baselines, marks=marks, better=better, period=period)


FLAT = [10.2, 9.8] * 6
CONTROL = [
    (series_of([]), "Ingen tal endnu"),
    (series_of([None, None]), "For få til at vise"),
    (series_of([10.0]), "For tidligt at sige: 1 måling"),
    (series_of([10.0] * 8), "For tidligt at sige: 8 målinger"),
    (series_of([10.0] * 8 + [None] * 9), "For tidligt at sige: 8 målinger"),
    (series_of(FLAT), "Intet tyder på en ændring"),
    (series_of(FLAT, frozen=12), "Intet tyder på en ændring"),
    (series_of([*FLAT, 9.9, 10.1], frozen=12), "Intet tyder på en ændring"),
    (series_of(FLAT + [9.5] * 7, frozen=12), "Siden nummer 13 har alle 7 måneder ligget under det gamle niveau"),
    (series_of(FLAT + [10.5] * 22, frozen=12, period="quarter"), "Siden nummer 13 har alle 22 kvartaler ligget over det gamle niveau"),
    (series_of(FLAT + [10.5] * 8, marks=(Mark(12, "Indsats"),)), "Siden nummer 13 har alle 8 måneder ligget over gennemsnittet"),
    (series_of(FLAT + [9.5] * 6, frozen=12), "Intet tyder på en ændring"),
    (series_of([*FLAT, 9.9, 12.5, 10.1], frozen=12), "Nummer 14 skiller sig ud: 12,5 pct."),
    (series_of([*FLAT, 8.0, 10.1, 8.5], frozen=12), "2 af 3 måneder ligger under, hvad tilfældet forklarer"),
    (series_of([*FLAT, 8.0, 10.1, 12.5], frozen=12, period="year"), "1 af 3 år ligger under og 1 over, hvad tilfældet forklarer"),
    (series_of([*FLAT, 10.1, *[9.5] * 8, 9.9], frozen=12, broken={20: ("one_side",)}),
     "Fra nummer 14 ligger 9 måneder i træk under det gamle niveau"),
    (series_of([10.1, 9.9] * 4 + [9.4, 9.6, 9.8, 10.1, 10.4, 10.6, 10.8], broken={14: ("trend",)}),
     "Tallet er steget 6 måneder i træk, til og med nummer 15"),
    (series_of([9.9, 10.1] * 4 + [10.8, 10.6, 10.4, 10.1, 9.8, 9.6], broken={13: ("trend",)}),
     "Tallet er faldet 5 måneder i træk, til og med nummer 14"),
    (series_of([*FLAT, 10.9, 10.0, 10.9], broken={14: ("two_of_three",)}), "Tegn på en ændring omkring nummer 15"),
    (series_of([10.0] * 13, limits=(None, None, None)), "Fra 10,0 til 10,0 pct. på 13 måneder"),
]  # fmt: skip


@pytest.mark.parametrize(("series", "said"), CONTROL, ids=[said for _, said in CONTROL])
def test_a_control_chart_says_what_is_seen(series, said):
    assert control_sentence(series) == said


def test_the_goal_page_sentence_in_english():
    series = series_of(FLAT + [9.5] * 22, frozen=12)
    assert control_sentence(series, chart_words("en")) == "Since nummer 13, all 22 months have been below the old level"


@pytest.mark.parametrize(
    ("values", "better", "said"),
    [
        ([9.5] * 7, "lower", "Det er den rigtige vej."),
        ([10.5] * 7, "higher", "Det er den rigtige vej."),
        ([10.5] * 7, "lower", "Det er ikke den vej, I vil."),
        ([9.5] * 7, "", ""),
        ([9.5] * 6, "lower", ""),
        ([9.5] * 6 + [10.5], "lower", ""),
        ([], "lower", ""),
    ],
)
def test_the_direction_is_told_only_when_it_can_be(values, better, said):
    assert direction_sentence(series_of(FLAT + values, frozen=12, better=better)) == said


def test_without_a_before_there_is_no_direction():
    assert direction_sentence(series_of([9.5] * 20, better="lower")) == ""


def test_the_latest_figure_and_the_target():
    series = series_of([*FLAT, None], frozen=12)
    assert latest_sentence(series) == "Seneste tal: 9,8 pct."
    assert latest_sentence(replace(series, target=9.0, unit="dage")) == "Seneste tal: 9,8 dage. Mål: 9,0 dage."
    assert latest_sentence(series_of([])) == ""


PLACES = [
    ((), (), (), 0, "Ingen tal endnu"),
    ((), (), (), 3, "For få til at vise"),
    ((), (), ("Ærø",), 0, "Kun Ærø har tal at vise"),
    ((), (), ("Ærø", "Fanø"), 0, "Ingen af de 2 kommuner skiller sig ud"),
    (("Odense",), (), ("Ærø", "Fanø"), 0, "Odense skiller sig ud: højere, end tilfældet forklarer"),
    ((), ("Odense",), ("Ærø",), 0, "Odense skiller sig ud: lavere, end tilfældet forklarer"),
    (("Fredericia",), ("Vejen",), ("Ærø",), 0, "Vejen ligger under og Fredericia over, hvad tilfældet forklarer"),
    (("A", "B"), (), ("Ærø",), 0, "A og B ligger over, hvad tilfældet forklarer"),
    ((), ("A", "B", "C"), (), 0, "A, B og C ligger under, hvad tilfældet forklarer"),
    ((), ("A", "B", "C", "D"), ("E",), 0, "4 af 5 kommuner ligger under, hvad tilfældet forklarer"),
    (("A", "B", "C", "D"), ("E", "F"), (), 0, "E og F ligger under og 4 kommuner over, hvad tilfældet forklarer"),
]


@pytest.mark.parametrize(("over", "under", "inside", "hidden", "said"), PLACES, ids=[row[-1] for row in PLACES])
def test_places_are_named_up_to_three_and_counted_above(over, under, inside, hidden, said):
    assert places_sentence(over, under, inside, KOMMUNER, hidden=hidden) == said


def test_the_rest_cannot_be_told_apart():
    assert rest_sentence(1, 1, ["x"] * 18, KOMMUNER) == "De andre 18 kommuner kan ikke skilles ad."
    assert rest_sentence(1, 0, ["Ærø"], KOMMUNER) == "Ærø skiller sig ikke ud."
    assert rest_sentence(0, 0, ["x"] * 18, KOMMUNER) == ""
    assert rest_sentence(2, 0, [], KOMMUNER) == ""


def test_a_funnel_does_not_count_those_without_figures():
    shown = FunnelPoint("A", 10, 1.0), FunnelPoint("C", 10, 1.0)
    without = FunnelPoint("B", None, None, "over"), FunnelPoint("D", 1, None, "hidden")
    assert funnel_sentence(Funnel("Mål", "pct.", "antal", (*shown, *without))) == "Ingen af de 2 kommuner skiller sig ud"


GROUPS = (GradientGroup("Grundskole", 0.5, 16.0), GradientGroup("Lang", 0.5, 9.0))
WORDED = Gradient("Mål", "pct.", GROUPS, None, "", "kortere uddannelse", "længere uddannelse", "flere kommer tilbage")


def line(slope, low, high):
    return GradientLine(slope, low, high, ((0.0, 10.0), (1.0, 10.0 + slope)))


@pytest.mark.parametrize(
    ("gradient", "said"),
    [
        (replace(WORDED, line=line(-8.7, -9.7, -7.8)), "Jo kortere uddannelse, jo flere kommer tilbage – 8,7 point fra ende til anden"),
        (replace(WORDED, line=line(8.7, 7.8, 9.7)), "Jo længere uddannelse, jo flere kommer tilbage – 8,7 point fra ende til anden"),
        (replace(WORDED, line=line(-8.7, -9.7, -7.8), first=""), "Tallet falder fra Grundskole til Lang – 8,7 point fra ende til anden"),
        (replace(WORDED, line=line(3, 1, 5), more="", unit="dage"), "Tallet stiger fra Grundskole til Lang – 3,0 dage fra ende til anden"),
        (replace(WORDED, line=line(-0.7, -1.7, 0.3)), "Ingen sikker forskel fra ende til anden"),
        (replace(WORDED, line=line(-0.7, None, None)), "Fra Grundskole til Lang er forskellen 0,7 point"),
        (WORDED, "Fra 16,0 pct. (Grundskole) til 9,0 pct. (Lang)"),
        (replace(WORDED, groups=(GROUPS[0], GradientGroup("Lang", None, None))), "Kun Grundskole kan vises"),
        (replace(WORDED, groups=(GradientGroup("Lang", None, None),)), "For få til at vise"),
        (replace(WORDED, groups=()), "Ingen tal endnu"),
    ],
)
def test_a_gradient_says_who_has_more_and_how_steep_it_is(gradient, said):
    assert gradient_sentence(gradient) == said


def test_a_slope_downwards_is_written_by_its_size():
    assert slope_words(line(-8.7, -9.7, -7.8), WORDED) == "8,7 point (7,8–9,7)"
    assert slope_words(line(-0.7, -1.7, 0.3), WORDED) == "0,7 point (−0,3 til 1,7)"


def test_maps_and_small_multiples():
    figures = tuple(MunicipalityFigure(code, 1.0, "over" if code == "0461" else "inside") for code in ("0461", "0575", "0101"))
    names = {"0461": "Odense", "0575": "Vejen", "0101": "København"}
    assert map_sentence(MunicipalityFigures("Mål", "pct.", figures), names) == "Odense skiller sig ud: højere, end tilfældet forklarer"
    assert map_sentence(MunicipalityFigures("Mål", "pct.", figures, ("lav", "høj")), names) == "Alle ligger på 1,0 pct."
    hidden = (MunicipalityFigure("0461", None, "hidden"),)
    assert map_sentence(MunicipalityFigures("Mål", "pct.", hidden, ("lav", "høj")), names) == "For få til at vise"
    series = [SmallSeries(name, (1.0,), "over") for name in "ABCDE"]
    found = SmallMultiples("Mål", "pct.", ("2025",), (*series, SmallSeries("F", (1.0,))))
    assert small_sentence(found) == "5 af 6 kommuner skiller sig ud"
    assert small_sentence(replace(found, series=found.series[3:])) == "D og E skiller sig ud"
    assert small_sentence(replace(found, series=found.series[5:])) == "Kun F har tal at vise"
    assert small_sentence(replace(found, series=(replace(series[0], standing="hidden"),))) == "For få til at vise"


def test_both_languages_have_the_same_words_with_the_same_gaps():
    danish, english = CHART_WORDS["da"], CHART_WORDS["en"]
    assert set(danish) == set(english)
    for key in danish:
        gaps = [{part.split("}")[0] for part in words[key].split("{")[1:]} for words in (danish, english)]
        assert gaps[0] == gaps[1], key


@settings(max_examples=80, deadline=None)
@given(
    some.lists(some.none() | some.floats(5, 15), max_size=40),
    some.integers(0, 20),
    some.sampled_from(["month", "quarter", "year", "week", "period", "fortnight"]),
    some.booleans(),
)
def test_some_sentence_is_always_said_and_only_of_what_is_there(values, frozen, period, flagged):
    broken = dict.fromkeys(range(0, len(values), 4), ("trend",)) if flagged else None
    series = series_of(values, frozen=min(frozen, len(values)), broken=broken, period=period)
    for language in ("da", "en"):
        said = control_sentence(series, chart_words(language))
        assert said
        assert "{" not in said
        assert "!" not in said
    known = [value for value in values if value is not None]
    assert ("For tidligt" in control_sentence(series)) == (0 < len(known) < 12)
