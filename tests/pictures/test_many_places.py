"""Ninety-eight at once: small multiples and the map of municipalities, with a sign and a word for every standing."""

import random
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.pictures.paper import SVG, assert_readable, said_in, shapes
from tovholder.pictures import MunicipalityFigure, MunicipalityFigures, SmallMultiples, SmallSeries, municipality_map, small_multiples
from tovholder.pictures.geography import land
from tovholder.pictures.municipality_signs import STANDINGS, class_signs

pytestmark = pytest.mark.once
NAMES = sorted(land().names.values())


def ninety_eight(count=46):
    rng = random.Random(5)
    series = []
    for n, name in enumerate(NAMES):
        standing = {3: "over", 17: "under", 40: "changed", 55: "hidden", 70: "hidden"}.get(n, "")
        values = tuple(None if standing == "hidden" else round(rng.gauss(12, 1), 1) for _ in range(count))
        series.append(SmallSeries(name, values, standing))
    labels = tuple(f"{2023 + n // 12}" for n in range(count))
    return SmallMultiples("Akutte genindlæggelser", "pct.", labels, tuple(series), 12.5, "hele landet")


@pytest.mark.parametrize(("width", "columns"), [(350, 2), (780, 5), (1160, 7)])
def test_ninety_eight_lines_fit_the_width_in_danish_order(width, columns):
    picture = small_multiples(ninety_eight(), width=width)
    assert_readable(picture)
    assert len(picture.svg.encode()) < 250_000
    order = [row[0] for row in picture.table.rows]
    assert order[0] == "Albertslund"
    assert order[-4:] == ["Ærø", "Aabenraa", "Aalborg", "Aarhus"]
    drawn = [text for text in said_in(picture) if text in set(NAMES)]
    assert drawn == order
    tops = [node.get("y1") for node in ElementTree.fromstring(picture.svg).iter(f"{SVG}line") if node.get("stroke") == "#DDD8CF"]
    assert tops.count(tops[0]) == columns


def test_those_that_stand_out_have_a_sign_and_a_word():
    picture = small_multiples(ninety_eight())
    for standing, word in (("over", "over"), ("under", "under"), ("changed", "ændret")):
        assert len(shapes(picture, f"tov-sign-{standing}")) == 1
        assert said_in(picture).count(word) == 1
    names = NAMES[3], NAMES[17], NAMES[40]
    assert picture.title == f"{names[0]}, {names[1]} og {names[2]} skiller sig ud"
    assert said_in(picture).count("for få til at vise") == 2
    assert ("for få til at vise") in {row[-1] for row in picture.table.rows}
    assert "Alle felter: " in picture.description


def test_every_cell_has_the_same_axes():
    found = SmallMultiples("Mål", "pct.", ("2024", "2025"), (SmallSeries("A", (0.0, 10.0)), SmallSeries("B", (10.0, 10.0))))
    lines = list(ElementTree.fromstring(small_multiples(found, width=560).svg).iter(f"{SVG}polyline"))
    ends = [[float(pair.split(",")[1]) for pair in line.get("points").split()] for line in lines]
    assert ends[0][1] == ends[1][0] == ends[1][1]
    assert ends[0][0] > ends[0][1]


def test_a_cell_without_figures_and_uneven_lengths():
    assert small_multiples(SmallMultiples("Mål", "pct.", (), ())).title == "Ingen tal endnu"
    picture = small_multiples(SmallMultiples("Mål", "pct.", ("2025",), (SmallSeries("A", (None,)), SmallSeries("B", (1.0,)))))
    assert "ingen tal" in said_in(picture)
    assert picture.title == "Kun B har tal at vise"
    with pytest.raises(ValueError, match="A har 2 tal til 1 perioder"):
        small_multiples(SmallMultiples("Mål", "pct.", ("2025",), (SmallSeries("A", (1.0, 2.0)),)))


def standings():
    chosen = {"0461": "over", "0575": "under", "0400": "over", "0563": "hidden", "0482": "missing", "0101": "under"}
    figures = tuple(
        MunicipalityFigure(code, None if chosen.get(code) in ("hidden", "missing") else 12 + n % 7 / 10, chosen.get(code, "inside"))
        for n, code in enumerate(sorted(land().rings))
    )
    return MunicipalityFigures("Akutte genindlæggelser", "pct.", figures)


@pytest.mark.parametrize("headed", [False, True])
@pytest.mark.parametrize("width", [350, 620, 820])
def test_a_map_names_those_that_stand_out_and_lists_every_sign(width, headed):
    picture = municipality_map(standings(), width=width, headed=headed)
    assert_readable(picture)
    assert len(picture.svg.encode()) < 250_000
    assert picture.title == "København og Vejen ligger under og Bornholm og Odense over, hvad tilfældet forklarer"
    assert {"Vejen", "Odense", "København", "Bornholm"} <= set(said_in(picture))
    for words in ("over: 2", "under: 2", "som resten: 92", "for få til at vise: 1", "ingen tal: 1"):
        assert words in said_in(picture)
    assert "De andre 92 kommuner kan ikke skilles ad." in picture.description
    assert "For få til at vise: Fanø." in picture.description
    assert "Geodatastyrelsen" in picture.description
    assert len(shapes(picture, "tov-sign-over")) == len(shapes(picture, "tov-sign-under")) == 2 * 3


def test_no_two_signs_share_fill_and_texture_or_grey():
    signs = [*STANDINGS.values()]
    assert len({(sign.ground, sign.texture) for sign in signs}) == len(signs)
    for count in range(1, 6):
        classes = class_signs(count)
        greys = [_grey(sign.ground) for sign in classes]
        assert greys == sorted(greys, reverse=True)
        assert all(a - b > 25 for a, b in zip(greys, greys[1:], strict=False))
    # Over and under are equally dark in grey print, so one is striped.
    assert STANDINGS["over"].texture != STANDINGS["under"].texture
    with pytest.raises(ValueError, match="1 til 5 klasser, ikke 6"):
        class_signs(6)


def _grey(colour):
    red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_five_shades_with_their_words():
    words = ("under 11", "11 til 12", "12 til 13", "13 til 14", "over 14")
    figures = tuple(MunicipalityFigure(code, 10 + n % 50 / 10, shade=n % 5) for n, code in enumerate(sorted(land().rings)))
    figures = (MunicipalityFigure(figures[0].code, None, "hidden", 3), *figures[1:])
    picture = municipality_map(MunicipalityFigures("Mål", "pct.", figures, words), width=350)
    assert_readable(picture)
    assert picture.title == "Kommunerne ligger fra 10,0 til 14,9 pct."
    for word in words:
        assert any(text.startswith(f"{word}: ") for text in said_in(picture))
    rows = {row[0]: row[1:] for row in picture.table.rows}
    assert len(rows) == 98
    assert rows["København"] == ("–", "for få til at vise")


def test_patterns_carry_the_prefix_so_that_two_maps_can_share_a_page():
    one, two = (municipality_map(standings(), id_prefix=prefix).svg for prefix in ("a", "b"))
    found = [set(re.findall(r'id="([^"]+)"', svg)) for svg in (one, two)]
    assert not found[0] & found[1]
    assert set(re.findall(r"url\(#([^)]+)\)", one)) <= found[0]


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ((MunicipalityFigure("0411", 1.0),), "Kommunekoden 0411 findes ikke på kortet."),
        ((MunicipalityFigure("0461", 1.0), MunicipalityFigure("0461", 2.0)), "Odense står to gange."),
        ((MunicipalityFigure("0461", 1.0, "godt"),), "Odense: »godt« er ikke en vurdering."),
    ],
)
def test_what_cannot_be_drawn_is_said_in_a_sentence(figures, said):
    with pytest.raises(ValueError, match=said.replace(".", r"\.")):
        municipality_map(replace(standings(), figures=figures))
    classed = MunicipalityFigures("Mål", "pct.", (MunicipalityFigure("0461", 1.0, shade=2),), ("lav", "høj"))
    with pytest.raises(ValueError, match="Odense er i klasse 2, men der er kun 2, fra 0"):
        municipality_map(classed)


chances = some.lists(some.sampled_from(["over", "under", "inside", "hidden", "missing"]), min_size=98, max_size=98)


@settings(max_examples=8, deadline=None)
@given(chances, some.sampled_from([350, 620]), some.integers(0, 98))
def test_however_many_stand_out_no_words_meet(found, width, given_count):
    codes = sorted(land().rings)[:given_count]
    figures = tuple(MunicipalityFigure(code, 1.0, standing) for code, standing in zip(codes, found, strict=False))
    picture = municipality_map(MunicipalityFigures("Mål", "", figures), width=width)
    assert_readable(picture)
    assert len(picture.table.rows) == 98


values = some.one_of(some.none(), some.floats(-1e9, 1e9, allow_nan=False), some.sampled_from([0.0, 12.3]))
marked = some.sampled_from(["", "over", "under", "changed", "hidden"])
names = some.text(alphabet="abcdefghijklm ÆØÅæøåWM.-<&", min_size=0, max_size=50)


@settings(max_examples=40, deadline=None)
@given(
    some.lists(some.tuples(names, some.tuples(values, values, values), marked), max_size=20),
    some.sampled_from([350, 560, 1160]),
    values,
)
def test_whatever_the_lines_no_words_meet_or_leave_the_paper(rows, width, reference):
    series = tuple(SmallSeries(name, tuple(found), standing) for name, found, standing in rows)
    picture = small_multiples(SmallMultiples("Mål", "pct.", ("1", "2", "3"), series, reference), width=width)
    assert_readable(picture)
    assert len(picture.table.rows) == len(series)
