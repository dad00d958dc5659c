"""Periods as people write them, as half-open days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tovholder.texts.periods import period_of


@pytest.mark.parametrize(
    ("text", "first", "until"),
    [
        ("2024", date(2024, 1, 1), date(2025, 1, 1)),
        ("2024-05", date(2024, 5, 1), date(2024, 6, 1)),
        ("2024-12", date(2024, 12, 1), date(2025, 1, 1)),
        ("2024/5", date(2024, 5, 1), date(2024, 6, 1)),
        ("202405", date(2024, 5, 1), date(2024, 6, 1)),
        ("2024M05", date(2024, 5, 1), date(2024, 6, 1)),
        ("05-2024", date(2024, 5, 1), date(2024, 6, 1)),
        ("maj 2024", date(2024, 5, 1), date(2024, 6, 1)),
        ("Maj 2024", date(2024, 5, 1), date(2024, 6, 1)),
        ("maj-24", date(2024, 5, 1), date(2024, 6, 1)),
        ("2024 dec.", date(2024, 12, 1), date(2025, 1, 1)),
        ("2024-Q2", date(2024, 4, 1), date(2024, 7, 1)),
        ("2024K2", date(2024, 4, 1), date(2024, 7, 1)),
        ("2. kvartal 2024", date(2024, 4, 1), date(2024, 7, 1)),
        ("4. kvt. 2024", date(2024, 10, 1), date(2025, 1, 1)),
        ("Q2 2024", date(2024, 4, 1), date(2024, 7, 1)),
        ("2. halvår 2024", date(2024, 7, 1), date(2025, 1, 1)),
        ("2024H1", date(2024, 1, 1), date(2024, 7, 1)),
        ("2022-2024", date(2022, 1, 1), date(2025, 1, 1)),
        ("2022:2024", date(2022, 1, 1), date(2025, 1, 1)),
        ("uge 1, 2025", date(2024, 12, 30), date(2025, 1, 6)),
        ("2024U12", date(2024, 3, 18), date(2024, 3, 25)),
        ("2024-05-17", date(2024, 5, 17), date(2024, 5, 18)),
        ("17-05-2024", date(2024, 5, 17), date(2024, 5, 18)),
        ("17. maj 2024", date(2024, 5, 17), date(2024, 5, 18)),
    ],
)
def test_a_period_is_half_open_days(text: str, first: date, until: date) -> None:
    assert period_of(text) == (first, until)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024-13",
        "2024-00",
        "2024K5",
        "5. kvartal 2024",
        "2022/23",
        "24",
        "99999",
        "31-02-2024",
        "i fjor",
        "2024-1-1-1",
        "uge 54, 2024",
        "0000",
        "9999",
    ],
)
def test_what_is_no_period_is_none(text: str) -> None:
    assert period_of(text) is None


@given(st.text(max_size=20))
def test_any_text_is_a_period_or_not(text: str) -> None:
    found = period_of(text)
    assert found is None or found[0] < found[1]
