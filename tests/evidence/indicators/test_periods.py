"""Periods as tables write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tovholder.evidence.indicators.periods import DAY, MONTH, NUMBER, QUARTER, WEEK, YEAR, Period, read_period, whole_line

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("2024", YEAR, "2024"),
        ("2024,0", YEAR, "2024"),
        ("2024-05", MONTH, "2024-05"),
        ("2024-5", MONTH, "2024-05"),
        ("2024M05", MONTH, "2024-05"),
        ("maj 2024", MONTH, "2024-05"),
        ("May 2024", MONTH, "2024-05"),
        ("okt. 2024", MONTH, "2024-10"),
        ("October 2024", MONTH, "2024-10"),
        ("2024-Q2", QUARTER, "2024-K2"),
        ("2024K2", QUARTER, "2024-K2"),
        ("2. kvartal 2024", QUARTER, "2024-K2"),
        ("2024-W07", WEEK, "2024-U07"),
        ("uge 7, 2024", WEEK, "2024-U07"),
        ("2020-U53", WEEK, "2020-U53"),
        ("2024-05-01", DAY, "2024-05-01"),
        ("1.5.2024", DAY, "2024-05-01"),
        ("01-05-2024", DAY, "2024-05-01"),
        ("17", NUMBER, "17"),
    ],
)
def test_a_period_is_read(text, kind, said):
    found = read_period(text)
    assert (found.kind, str(found)) == (kind, said)


@pytest.mark.parametrize(
    "text", ["2024-13", "2024-Q5", "31.2.2024", "2021-U53", "i fjor", "20245", "maaj 2024", "2024-00", "9999", "", "2024/25"]
)
def test_what_is_no_period_is_refused_with_what_to_write(text):
    with pytest.raises(ValueError, match="er ikke en periode. Skriv 2024, 2024-K2"):
        read_period(text)


def test_gaps_are_filled_and_days_are_left_alone():
    line = whole_line([read_period("2024-11"), read_period("2025-02"), read_period("2024-11")])
    assert [str(one) for one in line] == ["2024-11", "2024-12", "2025-01", "2025-02"]
    assert len(whole_line([read_period("2024-01-01"), read_period("2024-03-01")])) == 2
    assert whole_line([]) == []


@given(st.sampled_from([YEAR, QUARTER, MONTH, WEEK, DAY, NUMBER]), st.integers(0, 300))
@settings(deadline=None)
def test_what_is_written_is_read_back(kind, step):
    beginning = {YEAR: 1900, QUARTER: 1900 * 4, MONTH: 1900 * 12, WEEK: -1000, DAY: 700_000, NUMBER: 0}[kind]
    here = Period(kind, beginning + step)
    assert read_period(str(here)) == here
    assert Period(kind, here.place + 1) > here
