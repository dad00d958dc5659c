"""Control charts: signs, gaps and marks as DESIGN.md has them; no words that meet, whatever the figures."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.pictures.paper import SVG, assert_readable, said_in, shapes, words_on
from tovholder.pictures import ControlPoint, ControlSeries, Mark, chart_words, control_chart

pytestmark = pytest.mark.once
MONTHS = ["jan.", "feb.", "mar.", "apr.", "maj", "juni", "juli", "aug.", "sept.", "okt.", "nov.", "dec."]
FULL = ["januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november", "december"]
BEFORE = [14.1, 14.5, 14.1, 14.1, 13.7, 14.1, 14.9, 14.5, 14.8, 14.4, 14.5, 14.4, 13.3, 14.7, 14.5, 14.5, 13.3, 13.3, 13.8, 14.0, 14.4]
AFTER = [14.0, 13.8, 13.0, 13.7, 12.9, 12.9, 12.0, 12.0, 12.2, 12.3, 12.6, 12.4, 12.1, 11.9, 12.1, 12.8, 12.0, 12.4, 12.5, 11.7, 12.3, 12.9]
WHOLE = [*BEFORE, 14.2, 14.5, 13.9, *AFTER]


def series_of(values, *, centre=14.2, lower=13.1, upper=15.3, **changes):
    points = tuple(
        ControlPoint(f"{MONTHS[n % 12]} {2023 + n // 12}", value, centre, lower, upper, said=f"{FULL[n % 12]} {2023 + n // 12}")
        for n, value in enumerate(values)
    )
    chosen = {"baselines": ((0, 24),), "target": 12.0, "better": "lower", "marks": (Mark(24, "Udskrivning med følge begynder"),)}
    return ControlSeries("Akutte genindlæggelser", "pct.", points, **{**chosen, **changes})


GOAL = series_of(WHOLE)


@pytest.mark.parametrize("headed", [False, True])
@pytest.mark.parametrize("width", [350, 560, 820, 1160])
def test_the_goal_page_chart_can_be_read_at_every_width(width, headed):
    picture = control_chart(GOAL, width=width, headed=headed)
    assert_readable(picture)
    assert picture.title == "Siden januar 2025 har alle 22 måneder ligget under det gamle niveau"
    for words in ("øvre 15,3", "før 14,2", "nedre 13,1", "mål 12,0"):
        assert words in said_in(picture)
    assert float(ElementTree.fromstring(picture.svg).get("width")) == width


def test_points_are_filled_outside_the_limits_and_open_inside():
    picture = control_chart(GOAL)
    outside = sum(value < 13.1 or value > 15.3 for value in WHOLE)
    assert len(shapes(picture, "tov-outside-limits")) == outside
    assert len(shapes(picture, "tov-inside-limits")) == len(WHOLE) - outside
    assert {node.get("fill") for node in shapes(picture, "tov-outside-limits")} == {"#0A4A66"}
    assert {node.get("fill") for node in shapes(picture, "tov-inside-limits")} == {"#FFFFFF"}


def test_a_frozen_baseline_is_solid_over_its_period_and_dashed_after():
    picture = control_chart(GOAL)
    (solid,), (dashed,) = shapes(picture, "tov-centre"), shapes(picture, "tov-centre-after")
    assert solid.get("stroke-dasharray") is None
    assert dashed.get("stroke-dasharray")
    assert float(solid.get("x2")) == pytest.approx(float(dashed.get("x1")))
    mark = next(n for n in ElementTree.fromstring(picture.svg).iter(f"{SVG}line") if n.get("stroke") == "#A8123E")
    assert float(mark.get("x1")) == pytest.approx(float(solid.get("x2")), abs=0.2)


def test_the_target_is_dotted_green_with_its_word():
    picture = control_chart(GOAL)
    (target,) = shapes(picture, "tov-target")
    assert (target.get("stroke"), bool(target.get("stroke-dasharray"))) == ("#2B6A00", True)
    assert "mål 12,0" in said_in(picture)
    assert not shapes(control_chart(replace(GOAL, target=None)), "tov-target")


def test_the_thread_colour_is_only_for_initiatives():
    marks = (Mark(10, "Nyt udvalg", "decision"), Mark(20, "Nyt register", "definition"))
    assert "#A8123E" not in control_chart(replace(GOAL, marks=marks)).svg
    assert "#A8123E" in control_chart(GOAL).svg


def test_fewer_than_twelve_figures_give_a_line_only():
    picture = control_chart(series_of(WHOLE[:11], baselines=(), marks=()))
    assert picture.title == "For tidligt at sige: 11 målinger"
    assert "for tidligt at sige" in said_in(picture)
    assert not shapes(picture, "tov-band")
    assert not shapes(picture, "tov-inside-limits")
    assert len(list(ElementTree.fromstring(picture.svg).iter(f"{SVG}polyline"))) == 1
    assert picture.table.headers == ("Periode", "Pct.")
    assert shapes(control_chart(series_of(WHOLE[:12], baselines=(), marks=())), "tov-band")


def test_a_hidden_figure_is_a_cross_and_words_and_never_nought():
    points = list(GOAL.points)
    points[5] = ControlPoint("juni 2023", None, 14.2, 13.1, 15.3, reason="hidden")
    points[7] = ControlPoint("aug. 2023", None, 14.2, 13.1, 15.3)
    picture = control_chart(replace(GOAL, points=tuple(points)))
    rows = {row[0]: row[1] for row in picture.table.rows}
    assert (rows["juni 2023"], rows["aug. 2023"]) == ("for få til at vise", "ingen tal")
    assert "Kryds nederst: for få til at vise." in picture.description
    lines = [node.get("points") for node in ElementTree.fromstring(picture.svg).iter(f"{SVG}polyline")]
    assert len(lines) == 2, "the line breaks twice, and one point between the gaps stands alone"


def test_a_new_definition_breaks_the_line_and_is_marked():
    picture = control_chart(replace(GOAL, marks=(Mark(12, "Nyt register", "definition"),)))
    lines = [node.get("points").split() for node in ElementTree.fromstring(picture.svg).iter(f"{SVG}polyline")]
    assert [len(line) for line in lines] == [12, 34]
    assert "Nyt register" in said_in(picture)
    assert picture.table.rows[12][-1] == "Ny definition: Nyt register"


def test_a_pattern_inside_the_limits_has_a_dot_and_its_rule_in_the_table():
    points = list(GOAL.points)
    points[3] = replace(points[3], broken=("trend",))
    points[30] = replace(points[30], broken=("outside", "min egen regel"))
    picture = control_chart(replace(GOAL, points=tuple(points)))
    assert len(shapes(picture, "tov-pattern")) == 1
    assert picture.table.rows[3][-1] == "mange i træk samme vej"
    assert picture.table.rows[30][-1] == "uden for grænserne; min egen regel"


def test_limits_that_change_step_by_step_are_drawn_as_they_are():
    points = tuple(ControlPoint(f"{n + 1}", 10.0 + n % 3, 11.0, 8.0 - n / 10, 14.0 + n / 10) for n in range(20))
    picture = control_chart(ControlSeries("Fald", "pr. 1.000", points))
    assert len(shapes(picture, "tov-band")) == 20
    assert_readable(picture)
    assert picture.title == "Intet tyder på en ændring"


def test_many_marks_become_numbers_with_a_list_in_words():
    marks = tuple(Mark(4 * n, f"Indsats {n + 1} med et langt navn, der ikke kan stå ved sin streg") for n in range(11))
    for width in (350, 820):
        picture = control_chart(replace(GOAL, marks=marks), width=width)
        assert_readable(picture)
        assert any(text.startswith("9 sept. 2025: Indsats 9") for text in said_in(picture))
        assert any("2 mærker til står i tabellen." in text for text in said_in(picture))


def test_in_english_with_english_numbers():
    picture = control_chart(GOAL, words=chart_words("en"))
    assert picture.title == "Since januar 2025, all 22 months have been below the old level"
    assert "target 12.0" in said_in(picture)
    assert picture.table.rows[0][1] == "14.1"


def test_at_most_five_ticks_on_each_axis():
    for count in (1, 2, 13, 46, 180):
        picture = control_chart(series_of([10 + n % 7 * 0.9 for n in range(count)], baselines=(), marks=(), target=None))
        root = ElementTree.fromstring(picture.svg)
        foot = max(float(t.get("y")) for t in root.iter(f"{SVG}text"))
        below = [t for t in root.iter(f"{SVG}text") if float(t.get("y")) == foot]
        left = [t for t in root.iter(f"{SVG}text") if t.get("text-anchor") == "end" and float(t.get("x")) < 60 and float(t.get("y")) < foot]
        assert 1 <= len(below) <= 5
        assert 2 <= len(left) <= 5


def test_every_figure_in_the_picture_stands_in_the_table():
    picture = control_chart(GOAL)
    assert [row[1] for row in picture.table.rows] == [f"{value:.1f}".replace(".", ",") for value in WHOLE]
    assert picture.table.rows[24][-1].startswith("Indsats: Udskrivning med følge begynder")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"marks": (Mark(46, "For sent"),)}, "Mærket »For sent« står ved måling 47, men der er kun 46."),
        ({"baselines": ((0, 50),)}, "Grænserne er fastlåst på måling 1–50, men der er kun 46."),
        ({"target": float("nan")}, "Akutte genindlæggelser: »nan« kan ikke tegnes."),
    ],
)
def test_what_cannot_be_drawn_is_said_in_a_sentence(changes, said):
    with pytest.raises(ValueError, match="^" + said.replace("(", r"\(").replace(".", r"\.")):
        control_chart(replace(GOAL, **changes))


def test_words_from_strangers_stay_words():
    mark = Mark(24, "<script>alert(1)</script> & »citat« \x07")
    picture = control_chart(replace(GOAL, marks=(mark,), measure='"><svg onload=x>', definition=""), headed=True)
    assert "<script" not in picture.svg
    assert "<svg onload" not in picture.svg
    assert_readable(picture)


numbers = some.one_of(
    some.floats(-1e12, 1e12, allow_nan=False),
    some.floats(-1, 1),
    some.sampled_from([0.0, 12.3, -12.3, 1e-9, 100.0]),
)
names = some.text(alphabet="abcdefghijklm ÆØÅæøåWM.-0123456789", min_size=0, max_size=60)


@some.composite
def any_series(draw):
    count = draw(some.sampled_from([0, 1, 2, 5, 12, 13, 46, 180]))
    style = draw(some.sampled_from(["same", "any", "gaps", "none"]))
    same = draw(numbers)
    pool = draw(some.lists(numbers, min_size=1, max_size=6))
    limits = draw(some.sampled_from([None, (-1.0, 0.0, 1.0), (12.0, 12.3, 12.6), (None, 5.0, 9.0), (0.0, 0.0, 0.0)]))
    points = []
    for n in range(count):
        value = None if style == "none" or (style == "gaps" and n % 3 == 1) else same if style == "same" else pool[n % len(pool)]
        lower, centre, upper = limits or (None, None, None)
        reason = draw(some.sampled_from(["hidden", "missing"])) if value is None else "missing"
        broken = ("trend",) if n % 5 == 4 else ()
        points.append(
            ControlPoint(f"{MONTHS[n % 12]} {2010 + n // 12}" if same > 0 else draw(names), value, centre, lower, upper, broken, reason)
        )
    kinds = some.sampled_from(["initiative", "decision", "definition"])
    marks = draw(some.lists(some.builds(Mark, some.integers(0, count - 1), names, kinds), max_size=12)) if count else []
    baselines = ((0, draw(some.integers(1, count))),) if count and draw(some.booleans()) else ()
    target = draw(some.one_of(some.none(), numbers))
    unit = draw(some.sampled_from(["pct.", "", "indlæggelser pr. 1.000 borgere"]))
    better, period = draw(some.sampled_from(["", "lower", "higher"])), draw(some.sampled_from(["month", "year", "week", "x"]))
    decimals = draw(some.integers(0, 3))
    return ControlSeries(draw(names), unit, tuple(points), baselines, target, tuple(marks), better, decimals, period)


def test_enormous_numbers_leave_no_room_for_a_remark_that_the_heading_makes():
    picture = control_chart(ControlSeries("", "pct.", (ControlPoint("jan. 2010", -501.0),), target=902414772728.0, decimals=0), width=350)
    assert_readable(picture)
    assert picture.title.startswith("For tidligt at sige")


@settings(max_examples=30, deadline=None)
@given(any_series(), some.sampled_from([350, 480, 820, 1160]), some.booleans())
def test_whatever_the_figures_no_words_meet_or_leave_the_paper(series, width, headed):
    picture = control_chart(series, width=width, headed=headed)
    assert_readable(picture)
    assert len(picture.table.rows) == len(series.points)
    assert control_chart(series, width=width, headed=headed).svg == picture.svg


def test_the_reader_of_words_sees_words_that_meet():
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><text x="2" y="20" font-size="14">otte</text></svg>'
    (word,) = words_on(svg)
    assert word[1:] == pytest.approx((2, 9.64, 2 + 14 * (0.6 + 0.36 + 0.36 + 0.6), 23.08), abs=0.01)
