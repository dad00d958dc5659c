import numpy as np
import pytest
from scipy import stats

from tests.evidence.made_votes import drawn, votes_of
from tovholder.evidence.opinion.groups.found import find_groups
from tovholder.evidence.opinion.groups.representative import compared, counted, crossed_groups, representative

pytestmark = pytest.mark.once
REAL = 15


def halves(seed, people=160, statements=40):
    """Two groups that differ on the first REAL statements and on no other; about half of all answers are given."""
    rng = np.random.default_rng(seed)
    group = np.arange(people) < people * 0.4
    agree = np.broadcast_to(rng.uniform(0.3, 0.6, statements), (people, statements)).copy()
    turn = rng.random(REAL) < 0.5
    agree[:, :REAL] = np.where(group[:, None] == turn[None, :], 0.85, 0.1)
    return votes_of(drawn(rng, agree, 0.92 - agree, missing=0.4)), turn


def test_planted_statements_are_listed_with_their_direction():
    votes, turn = halves(0)
    found = find_groups(votes)
    listed = representative(votes, found)
    assert [len({row.statement for row in rows} & set(range(REAL))) for rows in listed] == [REAL, REAL]
    small = {row.statement: row.direction for row in listed[1] if row.statement < REAL}
    assert [small[c] == 1 for c in range(REAL)] == turn.tolist()
    for rows in listed:
        assert all(row.low <= row.share <= row.high and row.share > row.others and row.q <= 0.10 for row in rows)
    assert [len(rows) for rows in representative(votes, found, most=3)] == [3, 3]


def test_one_table_by_hand():
    counts = np.array([[[1, 0, 9]], [[8, 2, 0]]])

    first = next(row for row in compared(counts)[0] if row.direction == 1)

    assert (first.share, first.others, first.n, first.n_others) == (0.9, 0.0, 10, 10)
    chance = stats.fisher_exact([[9, 1], [0, 10]], alternative="greater").pvalue
    other = stats.fisher_exact([[8, 2], [1, 9]], alternative="greater").pvalue
    assert first.q == pytest.approx(min(chance * 4 / 1, other * 4 / 2))


def test_statements_nobody_answered_on_one_side_are_not_tested():
    counts = np.zeros((2, 2, 3), dtype=int)
    counts[0, 0], counts[0, 1], counts[1, 1] = (5, 0, 5), (9, 0, 1), (1, 0, 9)
    assert [{row.statement for row in rows} for rows in compared(counts)] == [{1}, {1}]
    assert all(np.isfinite(row.q) for rows in compared(counts) for row in rows)


def test_no_groups_no_statements():
    votes = votes_of([[1, 1]] * 20)
    assert representative(votes, find_groups(votes)) == ()


def test_every_vote_of_a_labelled_person_is_tested_once():
    votes, _ = halves(1)
    found = find_groups(votes)
    group = crossed_groups(votes, found)
    assert counted(votes, group, found.k).sum() == (found.labels[votes.person] >= 0).sum()


@pytest.mark.slow
def test_at_most_a_tenth_of_the_discoveries_are_false():
    false = []
    for seed in range(25):
        votes, _ = halves(100 + seed)
        rows = [row for group in representative(votes, find_groups(votes)) for row in group]
        false.append(np.mean([row.statement >= REAL for row in rows]) if rows else 0.0)
    assert np.mean(false) <= 0.10
    assert np.mean(false) > 0.0


@pytest.mark.slow
def test_on_noise_cut_by_force_hardly_anything_is_listed():
    from dataclasses import replace

    listed = 0
    for seed in range(25):
        rng = np.random.default_rng(500 + seed)
        votes = votes_of(drawn(rng, np.broadcast_to(rng.uniform(0.1, 0.8, 40), (160, 40)), 0.15, missing=0.5))
        side = (rng.random(len(votes.participants)) < 0.5).astype(np.int32)
        forced = replace(find_groups(votes), k=2, labels=side, memberships=np.eye(2)[side], stable=True)
        listed += any(representative(votes, forced))
    assert listed <= 5
