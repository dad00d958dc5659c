"""The map of opinions and the bars of agreement: what they say stands in their tables, and nothing depends on colour alone."""

import math
import random
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tovholder.pictures import agreement_bars, opinion_map
from tovholder.pictures.opinion_marks import _GROUPS
from tovholder.pictures.opinion_places import MOST_DOTS, Box, Sheet, Spot, apart, core, fitted, gathered, hull

pytestmark = pytest.mark.once
SVG = "{http://www.w3.org/2000/svg}"
SECTORS = ["citizen", "municipality", "region", "practice", "other"]


def figures(letters="AB", dots=40, sectors=SECTORS, *, spread=0.8, tried=4, hidden=()):
    """Published figures as an opinion result has them, with each group around its own place."""
    rng = random.Random(1)
    middles = {letter: (3.0 * n, 1.5 * (n % 2)) for n, letter in enumerate(letters)} or {None: (0.0, 0.0)}
    drawn = []
    for n in range(dots):
        letter = [*middles][n % len(middles)]
        x, y = middles[letter]
        drawn.append({"x": rng.gauss(x, spread), "y": rng.gauss(y, spread), "people": rng.randint(5, 9), "group": letter})
    people = {letter: sum(dot["people"] for dot in drawn if dot["group"] == letter) for letter in letters}
    stands = [{"sector": key, "people": 12 + n, "x": 0.2 * n * n, "y": 0.1 * n} for n, key in enumerate(sectors)]
    groups = [{"group": letter, "x": x, "y": y, "people": people[letter]} for letter, (x, y) in middles.items() if letter]
    return {
        "map": {"dots": drawn, "groups": groups, "sectors": stands, "hidden": list(hidden), "smallest": 5},
        "found": {"k": len(letters), "people": people, "tried": tried, "stable": bool(letters), "reason": ""},
        "participants": sum(dot["people"] for dot in drawn),
    }


EVERY = [
    (figures(), "To grupper: den største er på 152 personer; borgere ligger tæt på kommuner"),
    (figures("ABC", 60), "Tre grupper: den største er"),
    (figures("ABCDE", 100, []), "Fem grupper: den største er"),
    (figures("", 30), "Ingen faste grupper: svarene går på kryds og tværs"),
    (figures("", 30, tried=0), "For tidligt at tale om grupper"),
    (figures("", 0, []), "For tidligt at sige: kortet kommer, når flere har svaret"),
    (figures("", 3, spread=0.0, sectors=[]), "Alle svarer næsten ens"),
    (figures("", 1, []), "Ingen faste grupper"),
    (figures("AB", 3000, ["Kommune", "Plejehjem"]), "To grupper: den største er"),
    ({}, "For tidligt at sige"),
]


@pytest.mark.parametrize("size", ["wide", "phone", "hall"])
@pytest.mark.parametrize(("told", "title"), EVERY, ids=[title[:24] for _, title in EVERY])
def test_every_map_can_be_read(told, title, size):
    picture = opinion_map(told, size=size, headed=size == "wide")
    assert picture.title.startswith(title)
    root = ElementTree.fromstring(picture.svg)
    width, height = (float(root.get(side)) for side in ("width", "height"))
    assert "style=" not in picture.svg
    assert all(float(text.get("font-size")) >= 14 for text in root.iter(f"{SVG}text"))
    for text in root.iter(f"{SVG}text"):
        assert -2 <= float(text.get("x")) <= width
        assert 0 < float(text.get("y")) <= height
    assert len(list(root.iter(f"{SVG}circle"))) <= 3 * MOST_DOTS
    assert root.find(f"{SVG}title").text == picture.title
    assert opinion_map(told, size=size, headed=size == "wide").svg == picture.svg


def test_groups_and_sectors_have_word_shape_and_size_and_stand_in_the_table():
    picture = opinion_map(figures("AB", 40, hidden=["region", "Plejehjem"]))
    said = "".join(ElementTree.fromstring(picture.svg).itertext())
    for words in ("Gruppe A", "Gruppe B", "Borgere", "Kommuner", "Almen praksis"):
        assert words in said
        assert any(words == row[0] for row in picture.table.rows)
    sizes = {row[0]: row[1] for row in picture.table.rows}
    assert f"{sizes['Gruppe A']} personer" in said
    assert sizes["Plejehjem"] == "for få til at vise"
    assert "Region og sygehus og Plejehjem er for få til at vise." in picture.description
    assert len({mark.kind for mark in _GROUPS}) == len({mark.colour for mark in _GROUPS}) == len(_GROUPS)


def test_in_english_nothing_danish_is_left():
    picture = opinion_map(figures("AB", 40), language="en", headed=True)
    assert picture.title == "Two groups: the largest has 152 people; citizens close to municipalities"
    everything = "".join(ElementTree.fromstring(picture.svg).itertext()) + str(picture.table)
    assert not re.search("gruppe|personer|Borgere|[æøå]", everything, re.IGNORECASE)


def test_small_groups_are_not_counted_and_sizes_we_do_not_draw_are_refused():
    told = figures("AB", 40)
    told["found"]["people"]["B"] = None
    picture = opinion_map(told)
    assert ("Gruppe B", "for få til at vise") in [row[:2] for row in picture.table.rows]
    with pytest.raises(ValueError, match="kæmpe"):
        opinion_map(told, size="kæmpe")
    with pytest.raises(ValueError, match="kæmpe"):
        agreement_bars([], size="kæmpe")


@given(some.lists(some.tuples(some.floats(-1e6, 1e6), some.floats(-1e6, 1e6)), min_size=1, max_size=40))
def test_the_map_keeps_proportions_and_stays_in_its_frame(points):
    frame = Box(10, 20, 300, 200)
    to = fitted(points, frame)
    placed = [to(point) for point in points]
    assert all(frame.holds(point, 1e-3) for point in placed)
    corners = hull(core(points, 1.0))
    assert set(corners) <= set(points)


@given(some.lists(some.tuples(some.integers(0, 100), some.integers(0, 100)), max_size=5))
def test_marks_on_each_other_are_moved_apart_and_others_stay(points):
    moved = apart(points, 20)
    assert all(math.dist(one, two) > 19 for n, one in enumerate(moved) for two in moved[n + 1 :])
    far = [(1000 * n, y) for n, (_, y) in enumerate(points)]
    assert apart(far, 20) == far


def test_what_is_counted_may_have_another_name():
    picture = opinion_map(figures("AB", 40), persons="telefoner")
    assert "personer" not in picture.svg + picture.description
    assert picture.table.headers[1] == "Telefoner"


def test_bars_may_leave_the_statement_to_the_page():
    told = agreement_bars([row("agreement", CELLS)], texts={"7": "Ring først"}, worded=False)
    assert "Ring først" not in told.svg
    assert told.table.rows[0][0] == "Ring først"


def test_many_dots_are_gathered_and_nobody_is_lost():
    rng = random.Random(2)
    spots = [Spot(rng.gauss(0, 1), rng.gauss(0, 1), rng.randint(5, 9), rng.choice(["A", "B", None])) for _ in range(5000)]
    found = gathered(spots)
    assert len(found) <= MOST_DOTS
    for group in ("A", "B", None):
        assert sum(spot.people for spot in found if spot.group == group) == sum(spot.people for spot in spots if spot.group == group)


def test_words_find_room_beside_each_other():
    sheet = Sheet(Box(0, 0, 400, 300), [(200.0, 150.0)])
    boxes = [sheet.place((200.0, 150.0), 80, 20, [12, 30, 60, 90]) for _ in range(6)]
    assert all(one.over(other) == 0 for n, one in enumerate(boxes) for other in boxes[n + 1 :])


def row(kind, cells, total=None, text=""):
    return {"statement": "7", "kind": kind, "sectors": cells, "total": total, **({"text": text} if text else {})}


CELLS = [
    {
        "sector": "citizen", "state": "enough", "asked": 38, "agree": 24, "pass": 8, "disagree": 6,
        "agree_share": [0.6316, 0.49, 0.75], "disagree_share": [0.1579, 0.08, 0.28],
    },
    {"sector": "municipality", "state": "hidden"},
    {"sector": "practice", "state": "not_asked"},
    {
        "sector": "region", "state": "few", "asked": 5, "agree": 5, "pass": 0, "disagree": 0,
        "agree_share": [1.0, 0.7, 1.0], "disagree_share": [0.0, 0.0, 0.3],
    },
]  # fmt: skip


@pytest.mark.parametrize("size", ["wide", "phone", "hall"])
def test_bars_show_share_uncertainty_and_what_is_missing(size):
    picture = agreement_bars([row("agreement", CELLS)], texts={"7": "Ring <i>dagen</i> efter & spørg"}, size=size)
    root = ElementTree.fromstring(picture.svg)
    said = " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
    assert "»Ring <i>dagen</i> efter & spørg«" in " ".join(said.split())
    assert "63 pct. af 38 er enige" in said
    assert "for få til at vise" in said
    assert "ikke spurgt endnu" in said
    assert "100 pct. af 5 er enige, få svar endnu" in said
    assert all(float(text.get("font-size")) >= 14 for text in root.iter(f"{SVG}text"))
    assert picture.table.rows[0][1:] == ("Borgere", "38", "enige", "63", "49–75")
    assert picture.table.rows[1][1:] == ("Kommuner", "for få til at vise", "enige", "–", "–")


def test_bars_of_disagreement_groups_everyone_and_nothing():
    against = agreement_bars([row("disagreement", CELLS[:1])], language="en")
    assert against.table.rows[0][1:] == ("Citizens", "38", "disagree", "16", "8–28")
    grouped = agreement_bars([row("agreement", [{**CELLS[0], "sector": "A"}, {"sector": "B", "state": "hidden"}])], groups=True)
    assert [line[1] for line in grouped.table.rows] == ["Gruppe A", "Gruppe B"]
    total = {"asked": 40, "agree": 10, "pass": 10, "disagree": 20}
    assert agreement_bars([row("unsettled", [], total, "Alle")]).table.rows == (("Alle", "Alle", "40", "enige", "25", "–"),)
    assert agreement_bars([row("too_early", [])]).table.rows[0][2] == "for få til at vise"
    assert "Ingen udsagn at vise endnu." in agreement_bars([]).svg
