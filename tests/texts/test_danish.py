from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tovholder.texts import danish


def in_order(*words: str) -> bool:
    return sorted(set(words), key=danish.sort_key) == list(words)


def test_danish_letters_come_last_and_aa_is_the_very_last() -> None:
    assert in_order("Assens", "Esbjerg", "Svendborg", "Vejen", "Vejle", "Ærø", "Ørsted", "Aabenraa", "Aalborg", "Aarhus")
    assert in_order("Zoo", "Æble", "Øl", "Ål", "Aas")


def test_accents_and_capitals_do_not_change_the_place() -> None:
    assert in_order("Andre", "André", "Andreas")
    assert in_order("myg", "Müller", "myrer")
    assert in_order("øje", "Öland", "ørn")
    assert in_order("æbler", "ärlig", "æsel")
    assert in_order("vest", "wagner", "xenon")


def test_numbers_follow_their_size() -> None:
    assert in_order("4.2", "4.10", "5", "12", "100")
    assert in_order("§ 9", "§ 10", "§ 10 a", "§ 11")
    assert in_order("99999999", "999999999", "1000000000", "123456789012345678901")


def test_a_shorter_name_comes_before_a_longer_one() -> None:
    assert in_order("Ny", "Ny Ellebjerg", "Nyborg")


def test_the_key_can_be_stored_in_any_database() -> None:
    assert "\x00" not in danish.sort_key("Ærø Kommune 4.10")
    assert danish.sort_key("Ærø").split("\t")[0].isascii()


@given(st.text(), st.text())
def test_only_the_same_text_has_the_same_key(left: str, right: str) -> None:
    import unicodedata

    same = unicodedata.normalize("NFC", left) == unicodedata.normalize("NFC", right)
    assert (danish.sort_key(left) == danish.sort_key(right)) == same


@given(st.integers(0, 10**24), st.integers(0, 10**24))
def test_any_two_numbers_are_in_order(left: int, right: int) -> None:
    assert (danish.sort_key(f"punkt {left}") < danish.sort_key(f"punkt {right}")) == (left < right)


def test_dates_are_written_as_danes_write_them() -> None:
    day = date(2026, 12, 11)
    assert danish.long_date(day) == "11. december 2026"
    assert danish.day_and_month(day) == "11. december"
    assert danish.long_date(day, language="en") == "11 December 2026"


def test_a_moment_is_shown_in_danish_time() -> None:
    assert danish.date_and_time(datetime(2026, 12, 11, 11, 0, tzinfo=UTC)) == "11. december kl. 12.00"
    assert danish.date_and_time(datetime(2026, 6, 30, 22, 5, tzinfo=UTC), with_year=True) == "1. juli 2026 kl. 00.05"
    assert danish.date_and_time(datetime(2026, 12, 11, 12, 0), language="en") == "11 December 12.00"
    assert danish.clock(datetime(2026, 12, 11, 8, 5, tzinfo=UTC)) == "09.05"


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        (date(2026, 10, 5), date(2026, 12, 11), "5. oktober – 11. december 2026"),
        (date(2026, 12, 5), date(2027, 1, 11), "5. december 2026 – 11. januar 2027"),
        (date(2026, 10, 5), date(2026, 10, 11), "5.–11. oktober 2026"),
        (date(2026, 10, 5), date(2026, 10, 5), "5. oktober 2026"),
        (date(2026, 10, 5), None, "fra 5. oktober 2026"),
        (None, date(2026, 10, 5), "til 5. oktober 2026"),
        (None, None, ""),
    ],
)
def test_a_period_repeats_nothing(first: date | None, last: date | None, written: str) -> None:
    assert danish.period(first, last) == written


def test_numbers_have_point_for_thousands_and_comma_for_decimals() -> None:
    assert danish.number(1942) == "1.942"
    assert danish.number(1234567.5) == "1.234.567,5"
    assert danish.number(-3) == "−3"
    assert danish.number(2.5, 0) == "3"
    assert danish.number(12, 1) == "12,0"
    assert danish.number(-0.04, 1) == "0,0"
    assert danish.number(1942.5, language="en") == "1,942.5"
    assert danish.percent(12.3) == "12,3 pct."
    assert danish.percent(12.3, language="en") == "12.3%"
    with pytest.raises(ValueError):
        danish.number(float("nan"))


def test_lists_and_counts_read_as_sentences() -> None:
    assert danish.list_of([]) == ""
    assert danish.list_of(["a"]) == "a"
    assert danish.list_of(["a", "b", "c"]) == "a, b og c"
    assert danish.list_of(["a", "b"], language="en") == "a and b"
    assert danish.count_of(1, "høring", "høringer") == "1 høring"
    assert danish.count_of(0, "høring", "høringer") == "0 høringer"
    assert danish.count_of(1942, "høring", "høringer") == "1.942 høringer"


@pytest.mark.parametrize(
    "text",
    [
        "19. maj 2017",
        "19 maj 2017",
        "19-05-2017",
        "19.05.17",
        "19/5 2017",
        "2017-05-19",
        " fredag den 19. maj 2017. ",
        "19 May 2017",
        "d. 19. maj 2017",
        "2017-05-19T12:00",
    ],
)
def test_a_date_can_be_written_in_many_ways(text: str) -> None:
    assert danish.parse_date(text) == date(2017, 5, 19)


@given(st.dates(date(1970, 1, 1), date(2069, 12, 31)))
def test_every_way_we_write_a_date_can_be_read_again(day: date) -> None:
    assert danish.parse_date(danish.long_date(day)) == day
    assert danish.parse_date(danish.long_date(day, language="en")) == day
    assert danish.parse_date(f"{day:%d-%m-%Y}") == day
    assert danish.parse_date(f"{day:%d.%m.%y}") == day
    assert danish.parse_date(day.isoformat()) == day


@pytest.mark.parametrize("text", ["", "snart", "19. foo 2017", "2017", "19-05", "1-2-3-4"])
def test_an_unreadable_date_says_how_to_write_one(text: str) -> None:
    with pytest.raises(ValueError, match="19. maj 2017"):
        danish.parse_date(text)


def test_a_day_that_does_not_exist_is_named() -> None:
    with pytest.raises(ValueError, match="»31-02-2017« findes ikke"):
        danish.parse_date("31-02-2017")


@pytest.mark.parametrize(
    ("year", "easter"),
    [
        (1961, (4, 2)),
        (2000, (4, 23)),
        (2008, (3, 23)),
        (2024, (3, 31)),
        (2025, (4, 20)),
        (2026, (4, 5)),
        (2038, (4, 25)),
    ],
)
def test_easter_falls_where_the_almanac_says(year: int, easter: tuple[int, int]) -> None:
    assert danish.easter_sunday(year) == date(year, *easter)


def test_store_bededag_ended_with_2023() -> None:
    assert danish.public_holidays(2023)[date(2023, 5, 5)] == "store bededag"
    assert "store bededag" not in danish.public_holidays(2024).values()
    assert danish.is_working_day(date(2024, 4, 26))


def test_working_days_pass_over_easter() -> None:
    assert danish.working_days_between(date(2026, 3, 27), date(2026, 4, 7)) == 4
    assert danish.working_day_after(date(2026, 3, 27), 4) == date(2026, 4, 7)
    assert danish.working_days_between(date(2026, 4, 7), date(2026, 3, 27)) == -4
    assert danish.working_days_between(date(2026, 4, 7), date(2026, 4, 7)) == 0


@given(st.dates(date(2019, 1, 1), date(2030, 1, 1)), st.integers(0, 800))
def test_working_days_agree_with_counting_them_one_by_one(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    counted = sum(danish.is_working_day(start + timedelta(days=step)) for step in range(1, days + 1))
    assert danish.working_days_between(start, end) == counted


def test_folding_and_slugs() -> None:
    assert danish.fold("Ærø får én Ål") == "aeroe faar en aal"
    assert danish.fold("A\u030ase") == "aase"
    assert danish.slug("Ærø får én plan – nu!") == "aeroe-faar-en-plan-nu"
    assert danish.slug("Rehabilitering og genoptræning", 20) == "rehabilitering-og"
    assert danish.slug("שלום") == ""


@given(st.text())
def test_a_slug_is_safe_in_an_address(text: str) -> None:
    slug = danish.slug(text)
    assert len(slug) <= 80
    assert slug == "" or all(part.isalnum() and part.isascii() for part in slug.split("-"))
