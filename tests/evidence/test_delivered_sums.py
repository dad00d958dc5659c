"""Hidden counts that sums give away: over areas, groups and periods, alone and together, and beside what is public already."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evidence.delivered_tables import KNOWN, SHARE, held, public_of, sentences
from tovholder.evidence.delivered import sums
from tovholder.evidence.delivered.known import Area, Known, Member

HEAD = "Kommune;Periode;Tæller;Nævner"


def test_a_hidden_figure_that_the_sum_gives_away_takes_its_set():
    rows = "Vejen;2024;120;850\nÆrø;2024;.;850\nRegion Syddanmark;2024;124;1700"
    found = held(f"{HEAD}\n{rows}")
    assert found.frame["party_id"].to_list() == ["r83"]
    assert "tallet er skjult, men kan regnes ud af områderne og summen." in sentences(found)[1]


def test_hidden_figures_that_nobody_can_work_out_come_through():
    rows = "Vejen;2024;.;850\nÆrø;2024;.;850\nRegion Syddanmark;2024;124;1700"
    assert held(f"{HEAD}\n{rows}").frame.height == 3


def test_a_hidden_total_of_shown_parts_is_given_away():
    rows = "Vejen;2024;120;850\nÆrø;2024;130;850\nRegion Syddanmark;2024;.;1700"
    assert "regnes ud af områderne" in " ".join(sentences(held(f"{HEAD}\n{rows}")))


def test_two_small_ones_whose_sum_is_small_are_given_away():
    rows = "Vejen;2024;.;850\nÆrø;2024;.;850\nRegion Syddanmark;2024;8;1700"
    assert len(sentences(held(f"{HEAD}\n{rows}"))) == 2


def test_a_year_less_its_other_quarters_gives_the_hidden_one_away():
    quarters = "Vejen;2024K1;.;850\nVejen;2024K2;30;850\nVejen;2024K3;40;850\nVejen;2024K4;50;850"
    found = held(f"{HEAD}\n{quarters}\nVejen;2024;123;3400")
    assert [row["numerator"] for row in found.frame.iter_rows(named=True)] == [123]
    assert "tallet er skjult, men kan regnes ud af perioderne og summen." in " ".join(sentences(found))
    assert held(f"{HEAD}\n{quarters}").frame.height == 4


def test_a_year_that_is_no_sum_of_its_quarters_gives_nothing_away():
    """People with a disease are counted anew each quarter: the year's number is not theirs added up."""
    rows = "Vejen;2024K1;.;850\nVejen;2024K2;330;850\nVejen;2024K3;340;850\nVejen;2024K4;350;850\nVejen;2024;360;850"
    assert held(f"{HEAD}\n{rows}").frame.height == 5


def test_an_area_nobody_measured_hides_no_more_than_the_sum_leaves():
    """Nobody brought Ærø's number, and still Vejen cannot have more than the region."""
    assert held(f"{HEAD}\nVejen;2024;.;850\nRegion Syddanmark;2024;124;1700").frame.height == 2
    three = Known(KNOWN.areas, KNOWN.indicators, KNOWN.breakdowns, [*KNOWN.members, Member("k101", "r83")])
    rows = "Vejen;2024;.;850\nÆrø;2024;40;850\nRegion Syddanmark;2024;{};1700"
    assert held(f"{HEAD}\n{rows.format(44)}", known=three).frame.height == 3
    assert held(f"{HEAD}\n{rows.format(43)}", known=three).frame["party_id"].to_list() == ["r83"]


def test_a_total_that_is_held_back_for_a_parts_sake_may_be():
    """The region's number is no small one: it is blank because it would give Ærø's away."""
    assert held(f"{HEAD}\nVejen;2024;120;850\nÆrø;2024;.;850\nRegion Syddanmark;2024;.;1700").frame.height == 3


TOWNS = [Area(f"k{n}", "municipality", f"By {n} Kommune", f"090{n}", f"By {n}") for n in range(4)]
CLUSTERS = [Area(f"c{n}", "health_cluster", f"Klynge {n}", f"klynge-{n}") for n in range(3)]
WOVEN = Known(
    [*TOWNS, *CLUSTERS], KNOWN.indicators, KNOWN.breakdowns,
    [*(Member(f"k{n}", "c0") for n in (0, 1)), *(Member(f"k{n}", "c1") for n in (1, 2)), *(Member(f"k{n}", "c2") for n in (0, 2, 3))],
)  # fmt: skip
TOWN_ROWS = "\n".join(f"By {n};2024;.;850" for n in range(4))
CLUSTER_ROWS = "Klynge 0;2024;5;1700\nKlynge 1;2024;5;1700\nKlynge 2;2024;9;2550"


def test_several_sums_together_give_away_what_none_of_them_does_alone():
    found = held(f"{HEAD}\n{TOWN_ROWS}\n{CLUSTER_ROWS}", known=WOVEN)
    assert found.frame["area_kind"].unique().to_list() == ["health_cluster"]
    assert "kan regnes ud af flere summer, der holdes sammen" in " ".join(sentences(found))
    assert {row["found"] for row in found.refused} == {""}
    assert held(f"{HEAD}\n{TOWN_ROWS}\n{CLUSTER_ROWS.rpartition(chr(10))[0]}", known=WOVEN).frame.height == 6


@pytest.mark.parametrize(
    ("stands", "comes", "known"),
    [
        ("Vejen;2024;120;850\nÆrø;2024;.;850", "Region Syddanmark;2024;124;1700", KNOWN),
        ("Vejen;2024K1;.;850\nVejen;2024K2;30;850\nVejen;2024K3;40;850\nVejen;2024K4;50;850", "Vejen;2024;123;3400", KNOWN),
        (TOWN_ROWS, CLUSTER_ROWS, WOVEN),
    ],
)
def test_what_is_public_already_is_held_beside_what_comes(stands, comes, known):
    found = held(f"{HEAD}\n{comes}", known=known, public=public_of(f"{HEAD}\n{stands}", known=known))
    assert found.frame.is_empty()
    assert "tallet gør, at et skjult tal, der allerede står her, kan regnes ud." in " ".join(sentences(found))
    turned = held(f"{HEAD}\n{stands}", known=known, public=public_of(f"{HEAD}\n{comes}", known=known))
    assert turned.frame.is_empty()
    assert held(f"{HEAD}\n{comes}", known=known).frame.height == comes.count("\n") + 1


def test_what_was_told_before_does_not_stop_what_tells_nothing_more():
    before = public_of(f"{HEAD}\nVejen;2024;120;850\nÆrø;2024;.;850", f"{HEAD}\nRegion Syddanmark;2024;124;1700")
    assert held(f"{HEAD}\nÆrø;2024K1;.;850\nVejen;2025;120;850", public=before).frame.height == 2


def test_a_release_beside_which_a_hidden_count_can_be_told_is_refused_whole():
    """Ærø's three stand hidden; the release brings what is missing of the region."""
    before = public_of(f"{HEAD}\nÆrø;2024;.;850\nRegion Syddanmark;2024;124;1700")
    found = held(f"{HEAD}\nVejen;2024;121;850\nVejen;2025;121;850", is_release=True, public=before)
    assert found.frame.is_empty()
    assert "sammen med tal, der allerede står her, kan et skjult tal regnes ud." in sentences(found)[0]
    assert held(f"{HEAD}\nVejen;2025;80;850", is_release=True, public=before).frame.height == 1


def test_more_that_hangs_together_than_can_be_tried_must_come_as_a_release(monkeypatch):
    monkeypatch.setattr(sums, "MOST_TIED", 3)
    found = held(f"{HEAD}\n{TOWN_ROWS}\n{CLUSTER_ROWS}", known=WOVEN)
    assert "så mange skjulte tal hænger sammen" in " ".join(sentences(found))


@settings(max_examples=25, deadline=None)
@given(
    counts=st.lists(st.one_of(st.integers(0, 40), st.none()), min_size=2, max_size=2),
    shown_total=st.booleans(),
)
def test_nothing_hidden_in_a_table_that_comes_through_can_be_worked_out(counts, shown_total):
    """Brute force over one region of two: each hidden count of a stored set could be any of one to four, as far as readers know."""
    from itertools import product

    secret = [3 if count is None else count for count in counts]
    lines = [f"{name};2024;{'.' if count is None else count};850" for name, count in zip(("Vejen", "Ærø"), counts)]
    if shown_total:
        lines.append(f"Region Syddanmark;2024;{sum(secret)};1700")
    found = held("\n".join([HEAD, *lines]))
    stored = {row["party_id"]: row for row in found.frame.iter_rows(named=True)}
    hidden = [n for n, pk in enumerate(("k575", "k492")) if pk in stored and stored[pk]["why"] == "suppressed"]
    total = stored["r83"]["numerator"] if "r83" in stored and stored["r83"]["why"] == "" else None
    for n in hidden:
        possible = set()
        for guess in product(range(1, 45), repeat=len(hidden)):
            whole = [stored[pk]["numerator"] if pk in stored else None for pk in ("k575", "k492")]
            for place, value in zip(hidden, guess):
                whole[place] = value
            if total is None or None in whole or sum(whole) == total:
                possible.add(guess[hidden.index(n)])
        assert {1, 2, 3, 4} <= possible
    for row in stored.values():
        assert row["why"] or not 1 <= row["numerator"] < SHARE.threshold
