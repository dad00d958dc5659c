"""Funnels: who is named, what the curves say, and words that never meet."""

import math
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.pictures.paper import SVG, assert_readable, said_in, shapes
from tovholder.pictures import Funnel, FunnelLimits, FunnelPoint, chart_words, funnel_plot
from tovholder.pictures.geography import land

pytestmark = pytest.mark.once
SIZES = {
    "Assens": 3100, "Billund": 2000, "Esbjerg": 11200, "Fredericia": 5200, "Haderslev": 5100, "Kolding": 8500, "Middelfart": 3300,
    "Odense": 19800, "Svendborg": 6200, "Vejen": 4100, "Vejle": 11900, "Ærø": 800, "Aabenraa": 4900,
}  # fmt: skip


def limits_of(level, z, sizes, centre=0.123):
    spread = [z * math.sqrt(centre * (1 - centre) / size) for size in sizes]
    lower, upper = (tuple(100 * (centre + way * part) for part in spread) for way in (-1, 1))
    return FunnelLimits(level, tuple(sizes), lower, upper)


def region():
    points = [
        FunnelPoint(name, size, {"Fredericia": 14.3, "Vejen": 10.1}.get(name, 12.0 + size % 700 / 1000), standing)
        for name, size in SIZES.items()
        for standing in [{"Fredericia": "over", "Vejen": "under"}.get(name, "inside")]
    ]
    points += [FunnelPoint(name, None, None, "hidden") for name in ("Fanø", "Langeland")]
    sizes = [600 * 1.07**n for n in range(53)]
    both = limits_of(95, 1.96, sizes), limits_of(99.8, 3.09, sizes)
    return Funnel("Akutte genindlæggelser", "pct.", "udskrivninger om året", tuple(points), both, 12.3)


@pytest.mark.parametrize("headed", [False, True])
@pytest.mark.parametrize("width", [350, 560, 800])
def test_the_goal_page_funnel_names_those_outside_and_the_two_extremes(width, headed):
    picture = funnel_plot(region(), width=width, headed=headed)
    assert_readable(picture)
    assert picture.title == "Vejen ligger under og Fredericia over, hvad tilfældet forklarer"
    assert "De andre 11 kommuner kan ikke skilles ad." in picture.description
    assert "For få til at vise: Fanø og Langeland." in picture.description
    said = said_in(picture)
    assert {"Vejen", "Fredericia", "Odense", "Ærø"} <= set(said)
    assert not {"Kolding", "Esbjerg", "Fanø", "Langeland"} & set(said)


def test_those_outside_are_filled_and_those_inside_open():
    picture = funnel_plot(region())
    over, under = shapes(picture, "tov-over"), shapes(picture, "tov-under")
    assert (len(over), len(under)) == (1, 1)
    assert over[0].get("fill") == under[0].get("fill") == "#A8123E"
    assert float(over[0].get("cy")) < float(under[0].get("cy"))
    inside = shapes(picture, "tov-inside-limits")
    assert len(inside) == 11
    assert {node.get("fill") for node in inside} == {"#FFFFFF"}
    assert float(over[0].get("r")) > float(inside[0].get("r"))


def test_the_outer_curves_are_solid_the_inner_dashed_and_both_named():
    picture = funnel_plot(region())
    dashes = [node.get("stroke-dasharray") for node in shapes(picture, "tov-limit")]
    assert dashes.count(None) == 2
    assert len(dashes) == 4
    assert {"95 pct.", "99,8 pct.", "snit 12,3"} <= set(said_in(picture))
    assert "Kurver: 95 pct. og 99,8 pct., hvad tilfældet forklarer ved den størrelse." in picture.description


def test_which_way_is_better_is_said_when_it_is_known():
    assert "bedre" not in funnel_plot(region()).description
    assert "Højere er bedre." in funnel_plot(replace(region(), better="higher")).description


def test_hidden_places_are_words_in_the_table_and_nowhere_in_the_drawing():
    picture = funnel_plot(region())
    rows = {row[0]: row[1:] for row in picture.table.rows}
    assert rows["Fanø"] == ("–", "–", "for få til at vise")
    assert rows["Fredericia"] == ("5.200", "14,3", "over")
    every_hidden = replace(region(), points=(FunnelPoint("Fanø", 150, 3.0, "hidden"),))
    picture = funnel_plot(every_hidden)
    assert picture.title == "For få til at vise"
    assert not list(ElementTree.fromstring(picture.svg).iter(f"{SVG}circle"))
    assert picture.table.rows == (("Fanø", "–", "–", "for få til at vise"),)


def test_a_curve_is_cut_at_the_edge_of_the_chart():
    picture = funnel_plot(replace(region(), limits=(limits_of(99.8, 3.09, [1, 5, 50, 800, 5000, 20000]),)))
    root = ElementTree.fromstring(picture.svg)
    for line in root.iter(f"{SVG}polyline"):
        for pair in line.get("points").split():
            x, y = map(float, pair.split(","))
            assert 0 <= x <= float(root.get("width"))
            assert 9 <= y <= float(root.get("height")) - 30


def test_a_few_giants_bend_the_size_axis_and_it_is_said():
    names = list(land().names.values())
    points = tuple(FunnelPoint(name, 200 + n * 90 if name != "København" else 300_000, 12 + n % 5 / 10) for n, name in enumerate(names))
    picture = funnel_plot(replace(region(), points=points, limits=()), width=350)
    assert_readable(picture)
    assert "Aksen nederst er trukket sammen" in picture.description
    assert "Aksen nederst" not in funnel_plot(region()).description
    assert picture.title == "Ingen af de 98 kommuner skiller sig ud"


def test_in_english_for_other_places():
    told = replace(region(), places=("hospital", "hospitals"), points=tuple(replace(p, standing="inside") for p in region().points))
    picture = funnel_plot(told, words=chart_words("en"))
    assert picture.title == "None of the 13 hospitals stands out"
    assert picture.table.rows[0][1] == "3,100"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"points": (FunnelPoint("Vejen", -1, 2.0),)}, "Vejen: størrelsen er -1. Giv et tal, der er 0 eller mere."),
        ({"points": (FunnelPoint("Vejen", 10, math.inf),)}, "Vejen: »inf« kan ikke tegnes."),
        ({"limits": (FunnelLimits(95, (1.0, 2.0), (1.0,), (2.0, 3.0)),)}, "En kurve i tragten har ikke lige mange"),
    ],
)
def test_what_cannot_be_drawn_is_said_in_a_sentence(changes, said):
    with pytest.raises(ValueError, match=said.replace("(", r"\(").replace(".", r"\.")):
        funnel_plot(replace(region(), **changes))


numbers = some.one_of(some.floats(-1e12, 1e12, allow_nan=False), some.floats(0, 100), some.sampled_from([0.0, 12.3, -4.0]))
names = some.text(alphabet="abcdefghijklm ÆØÅæøåWM.-<&", min_size=0, max_size=50)
standings = some.sampled_from(["over", "under", "inside", "hidden", "missing"])
sizes = some.one_of(some.none(), some.floats(0, 1e9), some.sampled_from([0.0, 100.0, 100.0]))
points = some.builds(FunnelPoint, names, sizes, some.one_of(some.none(), numbers), standings)
curves = some.lists(some.tuples(some.floats(0, 1e6), some.one_of(some.none(), numbers), some.one_of(some.none(), numbers)), max_size=9)


@settings(max_examples=30, deadline=None)
@given(
    some.one_of(some.lists(points, max_size=4), some.lists(points, min_size=98, max_size=98)),
    some.lists(some.tuples(some.sampled_from([95.0, 99.8]), curves), max_size=2),
    some.one_of(some.none(), numbers),
    some.one_of(some.none(), numbers),
    some.sampled_from([350, 560]),
    names,
)
def test_whatever_the_figures_no_words_meet_or_leave_the_paper(found, limits, centre, target, width, size_name):
    made = tuple(FunnelLimits(level, *(tuple(c[n] for c in curve) for n in range(3))) for level, curve in limits)
    funnel = Funnel("Mål", "pct.", size_name, tuple(found), made, centre, target)
    picture = funnel_plot(funnel, width=width)
    assert_readable(picture)
    assert len(picture.table.rows) == len(found)
    hidden = [row for row, point in zip(picture.table.rows, found, strict=True) if point.standing == "hidden"]
    assert all(row[1:] == ("–", "–", "for få til at vise") for row in hidden)
