import csv
import os
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tovholder.pictures import Area, area_fills, map_of_denmark
from tovholder.pictures.colours import FJORD, MAP_FILLS, WHITE
from tovholder.pictures.denmark import label_boxes, short_name
from tovholder.pictures.geography import (
    HEIGHT,
    WIDTH,
    area_of,
    border_length,
    dissolved,
    land,
    number,
    outline_path,
    points_of,
)

SVG = "{http://www.w3.org/2000/svg}"
EVERY_MAP = pytest.mark.parametrize("named", ["regions_2026", "regions_2027", "clusters", "councils"])


def drawn(areas, **more):
    words = {"title": "Regioner", "description": "Fire eller fem regioner."} | more
    return map_of_denmark(areas, **words)


def paths(picture, kind):
    return [e for e in ElementTree.fromstring(picture.svg).iter(f"{SVG}path") if e.get("class") == kind]


def test_all_98_municipalities_have_a_name_and_a_ring_and_christiansoe_has_none():
    assert len(land().rings) == 98
    assert all(land().rings.values())
    assert set(land().names) == set(land().rings)
    assert "0411" not in land().rings
    assert land().names["0169"] == "Høje-Taastrup"


def test_every_ring_is_closed_and_has_room_inside():
    for rings in land().rings.values():
        for ring in rings:
            points = points_of(land().arcs, ring)
            assert len(points) >= 3
            assert abs(area_of(points)) > 0
            for arc, following in zip(ring, [*ring[1:], ring[0]], strict=True):
                end = land().arcs[number(arc)][-1 if arc >= 0 else 0]
                assert end == land().arcs[number(following)][0 if following >= 0 else -1]


def test_everything_lies_on_the_paper():
    for rings in land().rings.values():
        for x, y in (point for ring in rings for point in points_of(land().arcs, ring)):
            assert 0 < x < WIDTH
            assert 0 < y < HEIGHT


@EVERY_MAP
def test_a_dissolved_border_is_shorter_than_its_parts_and_covers_the_same_land(named, request):
    for area in request.getfixturevalue(named):
        codes = area.municipality_codes
        together = dissolved(codes)
        apart = [ring for code in codes for ring in land().rings[code]]
        if any({*users} <= {*codes} and len(users) == 2 for users in land().users.values()):
            assert border_length(together) < border_length(apart)
        size = abs(sum(area_of(points_of(land().arcs, ring)) for ring in together))
        parts = abs(sum(area_of(points_of(land().arcs, ring)) for ring in apart))
        assert size == pytest.approx(parts, rel=1e-6)


def test_the_two_regions_that_merge_lose_only_the_border_between_them(regions_2026, regions_2027):
    capital, zealand = (dissolved(area.municipality_codes) for area in regions_2026[3:])
    shared = {number(a) for ring in capital for a in ring} & {number(a) for ring in zealand for a in ring}
    assert shared
    gone = sum(border_length([(arc,)]) for arc in shared)
    merged = border_length(dissolved(regions_2027[3].municipality_codes))
    assert merged == pytest.approx(border_length(capital) + border_length(zealand) - 2 * gone)


def test_a_path_can_be_read_back_to_the_same_outline():
    rings = dissolved(["0665", "0671"])
    for ring, written in zip(rings, outline_path(rings).split("z"), strict=False):
        pairs = re.findall(r"(-?[\d.]+) ?(-?[\d.]+)", written)
        x = y = 0.0
        points = [(x := x + float(dx), y := y + float(dy)) for dx, dy in pairs]
        for here, there in zip(points, points_of(land().arcs, ring), strict=True):
            assert here == pytest.approx(there, abs=1e-6)


@EVERY_MAP
def test_each_area_has_one_path_one_row_and_one_name(named, request):
    areas = request.getfixturevalue(named)
    picture = drawn(areas)
    assert [path.get("data-area") for path in paths(picture, "tov-area")] == [area.key for area in areas]
    assert [row[0] for row in picture.table.rows] == [area.name for area in areas]
    assert sum(int(row[1]) for row in picture.table.rows) >= 98
    written = " ".join("".join(text.itertext()) for text in ElementTree.fromstring(picture.svg).iter(f"{SVG}text"))
    for area in areas:
        assert short_name(area).split(" ")[0].split("/")[0] in written


@EVERY_MAP
def test_names_stay_apart_and_on_the_paper(named, request):
    boxes = label_boxes(request.getfixturevalue(named))
    for index, box in enumerate(boxes):
        assert box.left >= 0
        assert box.left + box.width <= WIDTH
        assert box.top >= 0
        assert box.top + box.height <= HEIGHT
        assert not any(box.overlaps(other) for other in boxes[index + 1 :])


@EVERY_MAP
def test_neighbours_have_different_colours(named, request):
    areas = request.getfixturevalue(named)
    fills = area_fills(areas)
    belongs = {code: area.key for area in areas for code in area.municipality_codes}
    for users in land().users.values():
        first, second = belongs[users[0]], belongs[users[-1]]
        assert first == second or fills[first] != fills[second]
    assert set(fills.values()) <= set(MAP_FILLS)


def test_regions_keep_the_colours_of_the_design(regions_2026):
    assert tuple(area_fills(regions_2026).values()) == MAP_FILLS


@EVERY_MAP
def test_a_map_is_light_well_formed_and_without_styles(named, request):
    svg = drawn(request.getfixturevalue(named)).svg
    root = ElementTree.fromstring(svg)
    assert len(svg.encode()) < 150_000
    assert root.get("role") == "img"
    assert not any(element.get("style") or element.tag == f"{SVG}style" for element in root.iter())
    sizes = [float(text.get("font-size", "0")) for text in root.iter(f"{SVG}text")]
    assert min(sizes) >= 14


def test_what_is_new_is_fjord_with_a_white_name(regions_2027):
    picture = drawn(regions_2027, highlighted=frozenset({"east"}))
    fills = {path.get("data-area"): path.get("fill") for path in paths(picture, "tov-area")}
    assert fills.pop("east") == FJORD
    assert FJORD not in fills.values()
    names = {e.get("data-label"): e for e in ElementTree.fromstring(picture.svg).iter(f"{SVG}text")}
    assert names["east"].get("fill") == WHITE
    assert names["a0"].get("fill") != WHITE
    assert picture.svg != drawn(regions_2027).svg


def test_a_municipality_in_two_areas_is_hatched_and_told(clusters):
    picture = drawn(clusters, id_prefix="klynger")
    shared = paths(picture, "tov-shared")
    assert [path.get("fill") for path in shared] == ["url(#klynger-shared-0101)"]
    assert 'id="klynger-shared-0101"' in picture.svg
    assert "København hører til både Sundhedsklynge Byen og Sundhedsklynge Syd" in picture.description
    remarks = {row[0]: row[-1] for row in picture.table.rows}
    assert "København hører også til Sundhedsklynge Syd." in remarks["Sundhedsklynge Byen"]
    assert remarks["Sundhedsklynge Fyn"] == ""


def test_the_frame_says_where_bornholm_belongs_when_colours_repeat(councils, regions_2026):
    assert "(Hovedstaden)" in drawn(councils).svg
    assert "(Hovedstaden)" not in drawn(regions_2026).svg


def test_divisions_are_white_lines_inside_the_areas(regions_2027, councils):
    assert not paths(drawn(regions_2027), "tov-border-division")
    (lines,) = paths(drawn(regions_2027, divisions=councils), "tov-border-division")
    assert lines.get("stroke") == WHITE


def test_the_rest_of_the_country_is_grey_and_told(regions_2026):
    picture = drawn(regions_2026[:1])
    assert len(paths(picture, "tov-outside")) == 1
    assert "87 kommuner er grå, fordi ingen af områderne dækker dem." in picture.description


def test_notes_stand_in_the_table():
    picture = drawn([Area("x", "Region X", ("0851", "0411"), note="Ikke bekræftet.")])
    assert picture.table.rows == (("Region X", "1", "Aalborg", "Ikke bekræftet."),)


def test_two_maps_can_stand_on_one_page(regions_2026, clusters):
    first, second = drawn(regions_2026, id_prefix="en").svg, drawn(clusters, id_prefix="to").svg
    ids = re.findall(r' id="([^"]+)"', first + second)
    assert len(ids) == len(set(ids)) >= 5


@pytest.mark.parametrize(
    ("areas", "sentence"),
    [
        ([Area("x", "Region X", ("0999",))], "Kommunekoden 0999 hos »Region X« findes ikke på kortet."),
        ([Area("x", "Region X", ())], "»Region X« har ingen kommuner, så det kan ikke tegnes på kortet."),
        ([Area("x", "A", ("0101",)), Area("x", "B", ("0147",))], "To områder på kortet har samme nøgle."),
    ],
)
def test_what_cannot_be_drawn_is_said_in_danish(areas, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        drawn(areas)


def test_names_are_escaped():
    picture = drawn([Area("x", 'A & B <script>"', ("0851",))], title="<b>", description="a & b")
    root = ElementTree.fromstring(picture.svg)
    assert root.find(f"{SVG}title").text == "<b>"
    assert "<script>" not in picture.svg


@pytest.mark.oracle
def test_names_and_areas_agree_with_the_public_register(regions_2026, councils, clusters):
    register = Path(os.environ.get("TOVHOLDER_SHARED", "../shared")) / "data" / "denmark" / "municipalities.csv"
    if not register.exists():
        pytest.skip("the register is not beside the project")
    rows = [row for row in csv.DictReader(register.open(encoding="utf-8")) if row["code"] != "0411"]
    assert {row["code"]: row["name"] for row in rows} == dict(land().names)
    belongs = {code: area.name for area in regions_2026 for code in area.municipality_codes}
    assert {row["code"]: row["region_2007_2026"] for row in rows} == belongs
    for areas, column in ((councils, "health_council_id"), (clusters, "cluster_ids_2022_2026")):
        theirs = {}
        for row in rows:
            for key in row[column].split(";"):
                theirs.setdefault(key, set()).add(row["code"])
        assert {frozenset(codes) for codes in theirs.values()} == {frozenset(a.municipality_codes) for a in areas}
