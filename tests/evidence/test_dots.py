import json
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tovholder.evidence.opinion.axes.dots import dots, joined

pytestmark = pytest.mark.once


@given(st.integers(0, 120), st.integers(0, 2**32 - 1), st.integers(2, 7))
@settings(max_examples=60, deadline=None)
def test_every_dot_is_five_to_nine_people_of_one_group(people, seed, smallest):
    rng = np.random.default_rng(seed)
    place = rng.integers(0, 6, (people, 2)).astype(float)
    group = rng.integers(-1, 3, people)
    of = joined(place, group, smallest)
    for dot, count in Counter(of[of >= 0].tolist()).items():
        assert smallest <= count < 2 * smallest
        assert len(set(group[of == dot].tolist())) == 1
    for number, count in Counter(group.tolist()).items():
        assert (of[group == number] >= 0).all() == (count >= smallest)


@given(st.integers(5, 120), st.integers(0, 2**32 - 1))
@settings(max_examples=40, deadline=None)
def test_everybody_is_in_one_dot(people, seed):
    rng = np.random.default_rng(seed)
    found = dots(rng.normal(size=(people, 2)), rng.integers(-1, 3, people))
    assert sum(dot.people for dot in found.dots) == people
    assert min(dot.people for dot in found.dots) >= 5
    assert all(area.people >= 5 for area in found.groups)


def test_neighbours_share_a_dot():
    corners = np.repeat([[0.0, 0.0], [10.0, 0.0], [0.0, 10.0], [10.0, 10.0]], 5, axis=0)
    found = dots(corners, np.zeros(20))
    assert sorted((dot.x, dot.y, dot.people) for dot in found.dots) == [(0, 0, 5), (0, 10, 5), (10, 0, 5), (10, 10, 5)]


def test_a_small_sector_has_no_area_and_the_next_hides_with_it():
    rng = np.random.default_rng(4)
    found = dots(rng.normal(size=(33, 2)), np.zeros(33), np.repeat([0, 1, 2], (20, 10, 3)), ("Region", "Kommune", "Praksis"))
    assert [area.name for area in found.sectors] == ["Region"]
    assert found.hidden == ("Kommune", "Praksis")


def test_an_area_lies_along_its_people():
    rng = np.random.default_rng(5)
    along = rng.normal(size=400) * 3
    place = np.column_stack([along + rng.normal(size=400) * 0.1, along + rng.normal(size=400) * 0.1])
    (area,) = dots(place, np.zeros(400)).groups
    assert area.turn == pytest.approx(45, abs=1)
    assert area.wide == pytest.approx(3 * 2**0.5, rel=0.1)
    assert area.narrow < 0.2


def test_one_person_more_far_out_does_not_show_where_she_stands():
    rng = np.random.default_rng(6)
    place = np.vstack([rng.normal(size=(60, 2)), [[40.0, 40.0]]])
    found = dots(place, np.zeros(61))
    assert max(dot.x for dot in found.dots) < 20
    assert all(dot.people >= 5 for dot in found.dots)


def test_figures_are_plain_and_the_same_every_time():
    rng = np.random.default_rng(7)
    place, group, sector = rng.normal(size=(200, 2)), rng.integers(-1, 3, 200), rng.integers(-1, 2, 200)
    one, two = (json.dumps(dots(place, group, sector, ("A", "B")).figures()) for _ in range(2))
    assert one == two
    assert {"dots", "groups", "sectors", "hidden"} == json.loads(one).keys()


def test_few_people_give_an_empty_map():
    found = dots(np.zeros((4, 2)), np.zeros(4), np.zeros(4), ("A",))
    assert (found.dots, found.groups, found.sectors, found.hidden) == ((), (), (), ("A",))


@pytest.mark.parametrize(
    ("place", "group", "smallest", "words"),
    [
        (np.zeros((9, 2)), np.zeros(8), 5, "lige mange"),
        (np.zeros((9, 2)), np.zeros(9), 0, "mindst 1"),
        (np.full((9, 2), np.nan), np.zeros(9), 5, "ikke et tal"),
    ],
)
def test_places_that_make_no_map_are_refused(place, group, smallest, words):
    with pytest.raises(ValueError, match=words):
        dots(place, group, smallest=smallest)
