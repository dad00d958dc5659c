from xml.etree import ElementTree

import pytest

from tovholder.pictures import (
    SECTORS,
    Step,
    ThemeCount,
    flow,
    gauge_cells,
    sector_shape,
    sectorbar,
    spark,
    timeline,
)
from tovholder.pictures.elements import decimal, element, short
from tovholder.pictures.lettering import text_width, wrapped
from tovholder.pictures.themes import MOST_THEMES

SVG = "{http://www.w3.org/2000/svg}"
COUNTS = {"citizen": 21, "municipality": 14, "region": 7, "practice": 5}
STEPS = [
    Step("Nogen sagde det", "14. marts 2024", "done"),
    Step("Det blev et løfte", "juni 2024", "now"),
    Step("Det bliver gjort", "2027", "ahead"),
    Step("Ingen måler det", "", "gap"),
]
EVERY_PICTURE = pytest.mark.parametrize(
    "picture",
    [
        sectorbar(COUNTS),
        sectorbar({}),
        sectorbar(COUNTS, words=False, join_under=6),
        gauge_cells(15, 23),
        gauge_cells(0, 0),
        gauge_cells(41, 87),
        timeline(STEPS),
        timeline([]),
        spark([14.2, None, 12.3], title="Genindlagt", mark_at=1),
        spark([], title="Genindlagt"),
        flow([ThemeCount("Én, der <følger> med", COUNTS)]),
        flow([]),
    ],
)


def all_of(picture, name):
    return list(ElementTree.fromstring(picture.svg).iter(f"{SVG}{name}"))


def classes(picture):
    return [e.get("class") for e in ElementTree.fromstring(picture.svg).iter() if e.get("class")]


@EVERY_PICTURE
def test_every_picture_says_what_it_shows_and_keeps_to_the_page_rules(picture):
    root = ElementTree.fromstring(picture.svg)
    title, description = (root.find(f"{SVG}{name}") for name in ("title", "desc"))
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert title.text == picture.title
    assert description.text == picture.description
    assert not any(e.get("style") or e.tag == f"{SVG}style" for e in root.iter())
    assert all(float(e.get("font-size")) >= 14 for e in root.iter(f"{SVG}text"))
    assert all(len(row) == len(picture.table.headers) for row in picture.table.rows)
    assert "nan" not in picture.svg


def test_a_bar_has_one_segment_a_sector_and_adds_up():
    picture = sectorbar(COUNTS, width=300)
    bars = all_of(picture, "rect")[:4]
    assert [e.get("fill") for e in bars] == [SECTORS[key].colour for key in COUNTS]
    ends = float(bars[-1].get("x")) + float(bars[-1].get("width"))
    assert ends == pytest.approx(300, abs=0.5)
    widths = [float(e.get("width")) for e in bars]
    assert widths[0] / widths[1] == pytest.approx(21 / 14, rel=0.01)
    assert picture.table.rows[-1] == ("I alt", "47")
    assert ("Foreninger og andre", "0") in picture.table.rows


def test_small_counts_are_joined_so_that_no_sector_can_be_told_apart():
    picture = sectorbar({"citizen": 71, "municipality": 52, "practice": 19, "other": 3}, join_under=5)
    assert dict(picture.table.rows) == {
        "Borger, patient, pårørende": "71",
        "Kommune": "52",
        "Andre": "22",
        "I alt": "145",
    }
    assert "Almen praksis" not in picture.svg


def test_every_sector_has_its_own_shape_and_colour():
    drawings = {sector_shape(key) for key in SECTORS}
    assert len(drawings) == 5
    assert len({sector.shape for sector in SECTORS.values()}) == 5
    assert len({sector.colour for sector in SECTORS.values()}) == 5
    assert all('aria-hidden="true"' in drawing for drawing in drawings)


def test_an_unknown_sector_is_named():
    with pytest.raises(ValueError, match="Vi kender ikke sektoren »kirke«"):
        sectorbar({"kirke": 3})
    with pytest.raises(ValueError, match="Kommune kan ikke tælle −1"):
        sectorbar({"municipality": -1})


def test_cells_are_counted_one_by_one():
    kinds = classes(gauge_cells(15, 23))
    assert (kinds.count("tov-cell-done"), kinds.count("tov-cell-left")) == (15, 8)
    assert gauge_cells(15, 23).title == "15 af 23"


def test_more_cells_than_can_be_seen_become_a_bar_in_proportion():
    whole, filled = all_of(gauge_cells(41, 87, width=321), "rect")
    assert float(filled.get("width")) / float(whole.get("width")) == pytest.approx(41 / 87, abs=0.001)


def test_more_done_than_there_are_is_refused():
    with pytest.raises(ValueError, match="24 af 23 kan ikke tegnes"):
        gauge_cells(24, 23)


def test_each_step_has_its_knot_and_the_line_breaks_at_a_gap():
    picture = timeline(STEPS)
    kinds = [kind for kind in classes(picture) if kind.startswith("tov-knot")]
    assert kinds == ["tov-knot-done", "tov-knot-now", "tov-knot-ahead", "tov-knot-gap"]
    lines = all_of(picture, "line")
    assert [line.get("stroke-dasharray") for line in lines] == [None, "2 6", "6 5"]
    assert lines[0].get("stroke") != lines[2].get("stroke")
    assert picture.table.rows[3] == ("", "Ingen måler det", "Her stopper tråden – endnu")
    assert "Nu" in [text.text for text in all_of(picture, "text")]


def test_an_unknown_state_is_refused():
    with pytest.raises(ValueError, match="kan ikke være »later«"):
        timeline([Step("Noget", "2027", "later")])


def test_a_missing_value_breaks_the_line_and_is_said():
    picture = spark([1.0, 2.0, None, 3.0, 4.0], title="Tal", unit="pct.")
    assert len(all_of(picture, "polyline")) == 2
    assert picture.table.rows[2] == ("3", "Ingen måling")
    assert picture.table.rows[3] == ("4", "3 pct.")
    assert picture.description == "Fra 1 til 4 pct."


def test_a_larger_value_stands_higher():
    (line,) = all_of(spark([1.0, 5.0, 3.0], title="Tal"), "polyline")
    low, high, middle = (float(point.split(",")[1]) for point in line.get("points").split())
    assert high < middle < low


def test_the_mark_stands_where_the_initiative_begins():
    picture = spark([3.0, 3.0, 1.0], title="Tal", labels=["2024", "2025", "2026"], mark_at=2)
    assert picture.table.rows[2] == ("2026", "1", "Indsats begynder")
    with pytest.raises(ValueError, match="Mærket står ved måling 4"):
        spark([3.0, 3.0, 1.0], title="Tal", mark_at=3)
    with pytest.raises(ValueError, match="2 målinger, men 1 navne"):
        spark([3.0, 3.0], title="Tal", labels=["2024"])


def test_bars_of_themes_share_one_scale():
    picture = flow([ThemeCount("A", {"citizen": 20}), ThemeCount("B", {"citizen": 10})])
    first, second = (float(e.get("width")) for e in all_of(picture, "rect") if e.get("height") == "16")
    assert first / second == pytest.approx(2)
    assert "Flest udsagn har »A« med 20." in picture.description


def test_themes_beyond_the_limit_are_joined_in_the_picture_and_whole_in_the_table():
    picture = flow([ThemeCount(f"Tema {n}", {"region": 1}) for n in range(MOST_THEMES + 5)])
    written = [text.text for text in all_of(picture, "text")]
    assert "6 andre temaer" in written
    assert f"Tema {MOST_THEMES}" not in written
    assert len(picture.table.rows) == MOST_THEMES + 5


def test_numbers_are_written_short_and_in_danish():
    assert [short(number) for number in (0.04, -0.04, 0.5, -0.5, 12.0, 12.34, -3.06)] == [
        "0", "0", ".5", "-.5", "12", "12.3", "-3.1",
    ]  # fmt: skip
    assert [decimal(number) for number in (12.3, -1234.5, 2.0)] == ["12,3", "−1.234,5", "2"]


def test_styles_and_handlers_cannot_be_written():
    for name in ("style", "onclick"):
        with pytest.raises(ValueError, match="er ikke tilladt i en tegning"):
            element("rect", **{name: "x"})


def test_what_xml_cannot_hold_is_left_out():
    written = element("text", "a\x00<b>&", title='"\x0b')
    assert ElementTree.fromstring(written).text == "a<b>&"
    assert ElementTree.fromstring(written).get("title") == '"'


def test_an_id_prefix_begins_with_a_letter():
    with pytest.raises(ValueError, match="Begynd med et bogstav"):
        gauge_cells(1, 2, id_prefix='x" onload="y')


def test_long_words_and_texts_are_broken_to_the_width():
    lines = wrapped("Speciallægepraksisoverenskomstforhandlinger og mere endnu", 14, 120, lines=2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert all(text_width(line, 14) <= 120 for line in lines)
