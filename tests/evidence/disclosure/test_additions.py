"""Sums of figures as they stand: what several of them give away together, against every table that fits."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tovholder.evidence.disclosure import additions
from tovholder.evidence.disclosure.additions import Addition, Blanks, given_away, tied, whole_of_periods

pytestmark = pytest.mark.once
LEAST, MOST, LARGEST = 1, 4, 16


def possible(seen, sums):
    """Every number each blank can have, given all the sums."""
    blank = sorted({place for one in sums for place in one.places if seen.counts[place] is None})
    ranges = [range(seen.least, seen.most + 1) if place in seen.small else range(most_of(seen, sums, place) + 1) for place in blank]
    found = {place: set() for place in blank}
    for guess in product(*ranges):
        world = dict(enumerate(seen.counts)) | dict(zip(blank, guess, strict=True))
        left = [world[one.total] - sum(world[part] for part in one.parts) for one in sums]
        if all(rest == 0 if one.is_whole else rest >= 0 for one, rest in zip(sums, left, strict=True)):
            for place, number in zip(blank, guess, strict=True):
                found[place].add(number)
    return found


def most_of(seen, sums, place):
    """No part is more than a total that is shown; no total that is blank is more than all its parts can be."""
    shown = [seen.counts[one.total] for one in sums if place in one.parts and seen.counts[one.total] is not None]
    totals = [one for one in sums if one.total == place]
    return min([*shown, LARGEST] if not totals else [3 * LARGEST])


def expected(seen, sums):
    small = set(range(seen.least, seen.most + 1))
    numbers = possible(seen, sums)
    told = [place for place in seen.small if place in numbers and not small <= numbers[place]]
    return sorted(told + [place for place in seen.unsure if place in numbers and numbers[place] & small and not small <= numbers[place]])


@st.composite
def tables(draw):
    """Two rows with totals both ways; what is small is blank, and so is one more or none."""
    unsure = draw(st.booleans())
    width = 2 if unsure else 3
    cells = draw(st.lists(st.integers(1, 7), min_size=2 * width, max_size=2 * width))
    top, bottom = range(width), range(width, 2 * width)
    counts = [*cells, sum(cells[n] for n in top), sum(cells[n] for n in bottom), *(cells[n] + cells[n + width] for n in top)]
    small = {n for n, cell in enumerate(cells) if cell <= MOST}
    also = draw(st.sets(st.integers(0, len(counts) - 1), max_size=1)) - small
    seen = [None if n in small or n in also else count for n, count in enumerate(counts)]
    parts = [tuple(top), tuple(bottom), *((n, n + width) for n in top)]
    # Where a part is unknown to the readers, the shown total is larger than what they have.
    gaps = draw(st.lists(st.one_of(st.none(), st.integers(0, 2)), min_size=len(parts), max_size=len(parts)))
    sums = [Addition(2 * width + n, own, gap is None) for n, (own, gap) in enumerate(zip(parts, gaps, strict=True))]
    for one, gap in zip(sums, gaps, strict=True):
        if seen[one.total] is not None:
            seen[one.total] += gap or 0
    return Blanks(seen, set() if unsure else small, small if unsure else set(), LEAST, MOST), sums


def against_every_table(found):
    seen, sums = found
    told = [place for together in tied(seen.counts, sums) for place in given_away(seen, together)]
    assert sorted(told) == expected(seen, [one for together in tied(seen.counts, sums) for one in together])


test_what_is_told_is_what_no_other_table_hides = settings(max_examples=25, deadline=None)(given(tables())(against_every_table))
test_what_is_told_at_length = pytest.mark.slow(settings(max_examples=1_000, deadline=None)(given(tables())(against_every_table)))


def test_three_sums_tell_what_none_of_them_tells_alone():
    """A and B are five, B and C are five, A and C and D are nine: then A is three or four."""
    sums = [Addition(4, (0, 1)), Addition(5, (1, 2)), Addition(6, (0, 2, 3))]
    seen = Blanks([None, None, None, None, 5, 5, 9], {0, 1, 2, 3})
    assert [given_away(seen, [one]) for one in sums] == [[], [], []]
    assert given_away(seen, sums) == [0, 1, 2, 3]
    assert given_away(seen, sums, first=True) == [0]


def test_blanks_that_hang_together_are_tried_together_and_no_others():
    sums = [Addition(4, (0, 1)), Addition(5, (1, 2)), Addition(6, (3, 7)), Addition(8, (9,))]
    seen = [None, None, None, None, 5, 5, 9, 8, 3, 3]
    assert [{one.total for one in together} for together in tied(seen, sums)] == [{4, 5}, {6}]


def test_what_contradicts_itself_protects_nothing():
    sums = [Addition(2, (0, 1)), Addition(3, (0, 1))]
    assert given_away(Blanks([None, None, 5, 6], {0, 1}), sums) == [0, 1]


def test_what_is_not_tried_in_time_counts_as_given_away(monkeypatch):
    sums = [Addition(2, (0, 1)), Addition(4, (0, 3))]
    seen = Blanks([None, None, 5, None, 5], {0, 1, 3})
    assert given_away(seen, sums) == []
    monkeypatch.setattr(additions, "_PATIENCE", 0.0)
    assert given_away(seen, sums) == [0, 1, 3]


def test_an_unsure_blank_that_cannot_be_small_is_safe():
    assert given_away(Blanks([None, 40, 60], (), {0}), [Addition(2, (0, 1))]) == []
    assert given_away(Blanks([None, 57, 60], (), {0}), [Addition(2, (0, 1))]) == [0]


def test_what_nobody_measured_leaves_no_more_than_the_total():
    assert given_away(Blanks([None, 57, 60], {0}), [Addition(2, (0, 1), is_whole=False)]) == [0]
    assert given_away(Blanks([None, 50, 60], {0}), [Addition(2, (0, 1), is_whole=False)]) == []


def test_periods_add_up_as_they_follow_each_other():
    year, quarters = (date(2024, 1, 1), date(2025, 1, 1), 0), [date(2024, month, 1) for month in (1, 4, 7, 10)]
    ends = [*quarters[1:], date(2025, 1, 1)]
    cells = [year, *((first, until, n) for n, (first, until) in enumerate(zip(quarters, ends, strict=True), 1))]
    assert list(whole_of_periods(cells)) == [Addition(0, (1, 2, 3, 4))]
    assert list(whole_of_periods([cells[0], *cells[2:]])) == [Addition(0, (2, 3, 4), is_whole=False)]
    month = (date(2024, 2, 1), date(2024, 3, 1), 5)
    assert Addition(1, (5,), is_whole=False) in list(whole_of_periods([*cells, month]))
