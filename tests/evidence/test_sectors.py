import json
from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tests.evidence.made_votes import drawn, sectors_of, votes_of
from tovholder.evidence.opinion.sectors.comparison import (
    AGREEMENT,
    DISAGREEMENT,
    DIVIDING,
    KINDS,
    NOT_ASKED,
    TOO_EARLY,
    UNSETTLED,
    across_sectors,
)

pytestmark = pytest.mark.once


def a_hall(*columns):
    """Three sectors of 12, 10 and 8; each column gives (agree, disagree, missing) for each sector."""
    sizes, rows = (12, 10, 8), []
    for column in columns:
        answers = []
        for size, (agree, disagree, missing) in zip(sizes, column):
            answers += [1] * agree + [-1] * disagree + [9] * missing + [0] * (size - agree - disagree - missing)
        rows.append(answers)
    table = np.array(rows).T
    return votes_of(np.column_stack([table, np.zeros(30, dtype=int)])), sectors_of(np.repeat([0, 1, 2], sizes))


AGREED = ((11, 0, 0), (10, 0, 0), (8, 0, 0))
REFUSED = ((0, 12, 0), (0, 10, 0), (0, 8, 0))
SPLIT = ((12, 0, 0), (0, 10, 0), (4, 4, 0))
OPEN = ((6, 4, 0), (5, 4, 0), (4, 3, 0))
EARLY = ((12, 0, 0), (10, 0, 0), (0, 0, 8))


def test_every_statement_has_one_kind():
    votes, sector_of = a_hall(AGREED, REFUSED, SPLIT, OPEN, EARLY)
    found = across_sectors(votes, sector_of)
    assert [row.kind for row in found.statements][:5] == [AGREEMENT, DISAGREEMENT, DIVIDING, UNSETTLED, TOO_EARLY]
    assert sum(len(found.ranked(kind)) for kind in KINDS) == len(votes.statements)


def test_the_weakest_sector_decides():
    found = across_sectors(*a_hall(((12, 0, 0), (7, 2, 0), (8, 0, 0)))).statements[0]
    assert found.agrees_least == "B"
    assert found.agreement == pytest.approx(stats.beta.ppf(0.05, 7.5, 3.5), abs=1e-12)
    assert found.disagreement == 0


def test_a_statement_is_too_early_until_every_sector_that_counts_has_been_asked():
    row = across_sectors(*a_hall(EARLY)).statements[0]
    assert (row.agreement, row.difference, row.not_asked) == (None, None, ("C",))
    assert row.cells[2].state == NOT_ASKED


def test_a_sector_too_small_to_count_holds_nothing_up():
    votes = votes_of(np.ones((26, 2), dtype=int))
    found = across_sectors(votes, sectors_of([0] * 10 + [1] * 10 + [2] * 6))
    assert found.counting == ("A", "B")
    assert found.statements[0].kind == AGREEMENT
    assert found.statements[0].not_asked == ("C",)


def test_one_sector_alone_agrees_with_nobody():
    found = across_sectors(votes_of(np.ones((20, 2), dtype=int)), sectors_of([0] * 20))
    assert {row.kind for row in found.statements} == {TOO_EARLY}


def test_a_dividing_statement_names_both_sides_and_how_far_apart_they_are():
    apart = across_sectors(*a_hall(SPLIT)).statements[0].difference
    assert (apart.more, apart.less, apart.side) == ("A", "B", "agree")
    assert 0.5 < apart.low < apart.size == 1
    assert apart.false_discovery < 0.01


@given(st.randoms(use_true_random=False))
@settings(max_examples=15, deadline=None)
def test_the_order_of_answers_changes_nothing(random):
    rng = np.random.default_rng(3)
    table = drawn(rng, 0.6, np.full((40, 6), 0.2), missing=0.3)
    order = list(range(int((table != 9).sum())))
    random.shuffle(order)
    sector_of = sectors_of(rng.integers(-1, 3, 40))
    one, other = across_sectors(votes_of(table), sector_of), across_sectors(votes_of(table, order=order), sector_of)
    assert json.dumps(one.figures()) == json.dumps(other.figures())


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=25, deadline=None)
def test_no_list_of_agreement_holds_a_statement_with_too_little_evidence(seed):
    rng = np.random.default_rng(seed)
    table = drawn(rng, rng.random((1, 25)), np.zeros((60, 1)), missing=0.5)
    found = across_sectors(votes_of(table), sectors_of(rng.integers(-1, 4, 60)))
    for kind in (AGREEMENT, DISAGREEMENT, DIVIDING, UNSETTLED):
        for row in found.ranked(kind):
            assert all(cell.asked >= 7 for cell in row.cells if cell.sector in found.counting)


def test_lists_begin_with_the_strongest():
    rng = np.random.default_rng(5)
    found = across_sectors(votes_of(drawn(rng, rng.uniform(0.5, 1, (1, 30)), np.zeros((90, 1)))), sectors_of(np.arange(90) % 3))
    bounds = [row.agreement for row in found.ranked(AGREEMENT)]
    assert len(bounds) > 5
    assert bounds == sorted(bounds, reverse=True)


def split_hall(*small, answer=1):
    """Two sectors that are split, one that agrees, and small ones: the first statement across them, and what is published of it."""
    split = np.concatenate([np.ones(20), -np.ones(20), np.ones(20), np.full(sum(small), answer)]).astype(int)
    sectors = sectors_of([0] * 20 + [1] * 20 + [2] * 20 + [n for n, size in enumerate(small, 3) for _ in range(size)])
    found = across_sectors(votes_of(np.column_stack([split, np.ones(split.size, dtype=int)])), sectors)
    assert found.statements[0].kind == DIVIDING
    assert found.counting == ("A", "B", "C")
    row = found.figures()["statements"][0]
    return row, {cell["sector"] for cell in row["sectors"] if cell["state"] == "hidden"}


@pytest.mark.parametrize(("small", "hidden", "is_told"), [
    ((), set(), True),
    ((6,), set(), True),
    # Two small ones hide each other, and count in no comparison.
    ((3, 3), {"D", "E"}, True),
    # One alone needs the company of a sector that counts, and the difference rests on that one.
    ((3,), {"A", "D"}, False),
])  # fmt: skip
def test_a_difference_is_told_when_every_sector_that_counts_is_shown(small, hidden, is_told):
    row, found = split_hall(*small)
    assert (found, row["difference"] is not None) == (hidden, is_told)


def test_a_difference_says_nothing_of_those_who_do_not_count():
    told = [split_hall(3, 3, answer=answer)[0]["difference"] for answer in (-1, 0, 1)]
    assert told[0] is not None
    assert told == [told[0]] * 3


def test_what_is_published_hides_small_cells_and_bounds_that_rest_on_them():
    table = np.ones((33, 1), dtype=int)
    table[0, 0] = -1
    figures = across_sectors(votes_of(table), sectors_of([0] * 20 + [1] * 10 + [2] * 3)).figures()
    (row,) = figures["statements"]
    assert [cell["state"] for cell in row["sectors"]] == ["enough", "hidden", "hidden"]
    assert row["together"] == {"asked": 13, "agree": 13, "pass": 0, "disagree": 0}
    assert row["difference"] is None
    assert row["agreement"] is None or row["agrees_least"] == "A"
    assert [sector["people"] for sector in figures["people"]["sectors"]] == [20, None, None]
    assert "10" not in json.dumps(figures["people"])


def test_rows_are_frozen():
    with pytest.raises(FrozenInstanceError):
        across_sectors(*a_hall(AGREED)).statements[0].kind = DIVIDING


@pytest.mark.parametrize("wrong", [{"level": 1.0}, {"level": 0}, {"evidence": 0}, {"threshold": 0}])
def test_a_limit_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError, match="mindst 1|mellem 0 og 1"):
        across_sectors(*a_hall(AGREED), **wrong)


def test_no_votes_give_no_statements():
    assert across_sectors(votes_of(np.zeros((0, 0), dtype=int)), {}).figures()["statements"] == []


def test_a_sector_asked_ten_times_as_often_does_not_move_the_comparison():
    rng = np.random.default_rng(1)
    table = drawn(rng, np.repeat([[0.9], [0.6]], 400, axis=0), np.zeros((800, 20)))
    table[400:][rng.random((400, 20)) < 0.9] = 9
    rows = across_sectors(votes_of(table), sectors_of(np.repeat([0, 1], 400))).statements
    assert np.mean([row.cells[1].agree_share for row in rows]) == pytest.approx(0.6, abs=0.03)
    assert np.mean([row.agree / row.asked for row in rows]) > 0.85
    assert {row.agrees_least for row in rows} == {"B"}


def test_memberships_correct_for_who_was_asked_inside_a_sector():
    rng = np.random.default_rng(2)
    camp = np.arange(600) % 2
    table = drawn(rng, np.where(camp == 0, 0.9, 0.3)[:, None], np.zeros((600, 30)))
    table[camp == 1] = np.where(rng.random((300, 30)) < 0.8, 9, table[camp == 1])
    votes, sector_of = votes_of(table), sectors_of(np.repeat([0, 1], 300))
    plain = across_sectors(votes, sector_of).statements
    kept = [int(name[1:]) for name in votes.participants]
    corrected = across_sectors(votes, sector_of, memberships=np.eye(2)[camp[kept]]).statements
    assert np.mean([row.cells[0].agree_share for row in plain]) > 0.75
    assert np.mean([row.cells[0].agree_share for row in corrected]) == pytest.approx(0.6, abs=0.03)
    assert corrected[0].cells[0].asked == plain[0].cells[0].asked
    wide = corrected[0].cells[0].agree_high - corrected[0].cells[0].agree_low
    assert wide > plain[0].cells[0].agree_high - plain[0].cells[0].agree_low


@pytest.mark.slow
def test_permuted_sectors_are_seldom_called_divided():
    rng = np.random.default_rng(11)
    called = 0
    for _ in range(200):
        table = drawn(rng, rng.random((1, 40)) * 0.8, np.full((150, 1), 0.15), missing=0.5)
        found = across_sectors(votes_of(table), sectors_of(rng.permutation(np.arange(150) % 4)))
        called += bool(found.ranked(DIVIDING))
    assert called <= 0.10 * 200 + 3 * (200 * 0.1 * 0.9) ** 0.5
