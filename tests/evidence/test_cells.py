import itertools
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tovholder.evidence.opinion.cells import published, smallest_cut, suppressed, suppressed_both
from tovholder.evidence.opinion.state.live import Steps, let_through

pytestmark = pytest.mark.once
COUNTS = st.one_of(st.integers(0, 6), st.integers(0, 40))


@pytest.mark.parametrize(
    ("persons", "shown", "total"),
    [
        ([20, 10, 8], [True, True, True], True),
        ([20, 10, 3], [True, False, False], True),
        ([20, 3, 2], [True, False, False], True),
        ([20, 10, 0], [True, True, False], True),
        ([3, 1, 0], [False, False, False], False),
        ([4, 4, 4], [False, False, False], True),
        ([6, 1, 0], [False, False, False], True),
        ([0, 0, 0], [False, False, False], False),
    ],
)
def test_a_small_cell_never_hides_alone(persons, shown, total):
    found = suppressed([persons], 5)
    assert found.cells[0].tolist() == shown
    assert bool(found.totals[0]) is total


def test_people_of_no_sector_are_never_a_cell_of_their_own():
    assert suppressed([[20, 10, 9]], 5, silent=(2,)).cells[0].tolist() == [True, True, False]
    assert suppressed([[20, 10, 2]], 5, silent=(2,)).cells[0].tolist() == [True, False, False]


def test_a_threshold_below_one_is_refused():
    with pytest.raises(ValueError, match="mindst 1"):
        suppressed([[1]], 0)


@given(st.lists(st.tuples(COUNTS, COUNTS, COUNTS, COUNTS), min_size=1, max_size=6), st.integers(1, 10))
def test_which_cells_are_hidden_depends_on_people_never_on_answers(rows, threshold):
    one = suppressed(rows, threshold)
    unanimous = np.array(rows)[:, :, None] * np.array([1, 0, 0])
    split = np.stack([np.array(rows) // 2, np.array(rows) - np.array(rows) // 2, np.zeros_like(rows)], axis=2)
    hidden = [[row["hidden"] for row in published(counts, "ABCD", one)] for counts in (unanimous, split)]
    assert hidden[0] == hidden[1]


@given(st.lists(st.lists(COUNTS, min_size=5, max_size=5), min_size=1, max_size=5), st.integers(2, 8), st.booleans())
@settings(max_examples=50, deadline=None)
def test_no_sum_and_no_difference_of_what_is_published_tells_of_few_people(rows, threshold, silent):
    persons = np.array(rows)
    shown = suppressed(persons, threshold, silent=(4,) if silent else ())
    for count, cells, total in zip(persons, shown.cells, shown.totals):
        sets = [np.eye(5)[part] for part in range(5) if cells[part]] + ([np.ones(5)] if total else [])
        assert fewest_told(sets, count) >= threshold


@given(
    st.lists(st.lists(st.lists(COUNTS, min_size=3, max_size=3), min_size=3, max_size=3), min_size=1, max_size=4),
    st.integers(2, 8),
    st.booleans(),
)
@settings(max_examples=30, deadline=None)
def test_sectors_and_groups_beside_each_other_tell_of_no_few(rows, threshold, silent):
    atoms = np.array(rows)
    sectors, groups = suppressed_both(atoms, threshold, silent_sectors=(2,) if silent else ())
    for count, by_sector, by_group, total in zip(atoms, sectors.cells, groups.cells, sectors.totals):
        sets = [_mask(0, part) for part in range(3) if by_sector[part]] + [_mask(1, part) for part in range(3) if by_group[part]]
        assert fewest_told(sets + ([np.ones(9)] if total else []), count.ravel()) >= threshold


def test_a_group_that_is_a_sector_and_three_more_is_not_shown():
    sectors, groups = suppressed_both([[[7, 0], [3, 20]]], 5)
    assert sectors.cells.all()
    assert not groups.cells.any()


@given(st.lists(st.lists(COUNTS, min_size=3, max_size=3), min_size=2, max_size=4))
@settings(max_examples=30, deadline=None)
def test_the_smallest_cut_is_the_fewest_that_subtraction_can_single_out(rows):
    atoms = np.array(rows)[None, :, :]
    everything = np.ones((1, atoms.shape[1]), dtype=bool), np.ones((1, 3), dtype=bool)
    sets = [_mask(0, part, atoms.shape[1]) for part in range(atoms.shape[1])] + [_mask(1, part, atoms.shape[1]) for part in range(3)]
    told = fewest_told(sets, atoms.ravel())
    cut = int(smallest_cut(atoms, *everything)[0])
    assert cut == told or (cut > 10**6 and told == np.inf)


@given(st.lists(st.lists(st.tuples(COUNTS, COUNTS, COUNTS), min_size=4, max_size=4), min_size=2, max_size=5))
@settings(max_examples=40, deadline=None)
def test_sums_over_statements_of_what_is_shown_add_nothing(rows):
    counts = np.array(rows)
    shown = suppressed(counts.sum(axis=2))
    sums = defaultdict(int)
    for row in published(counts, "ABCD", shown):
        for name, cell in row["cells"].items():
            assert cell["asked"] >= 5
            sums[name] += cell["agree"]
        together, total = row["together"], row["total"]
        if total:
            assert total["asked"] == sum(cell["asked"] for cell in row["cells"].values()) + (together["asked"] if together else 0)
            assert not together or together["asked"] >= 5
        else:
            assert not row["cells"]
            assert together is None
    assert all(sums[name] <= counts[:, part, 0].sum() for part, name in enumerate("ABCD"))


PRESSES = st.lists(st.tuples(st.integers(0, 39), st.integers(0, 1), st.sampled_from([1, 0, -1])), max_size=150)


@given(PRESSES, st.integers(1, 6), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_between_two_pictures_and_to_the_result_a_cell_changes_by_nobody_or_by_enough(presses, threshold, random):
    steps, pictures, said = Steps(threshold), [frozenset()], {}
    for number, statement, answer in presses:
        key = f"p{number}", f"s{statement}"
        if key in said:
            continue
        said[key] = answer
        steps.add(*key, answer, "AB"[number % 2])
        if random.random() < 0.4:
            pictures.append(frozenset(steps.rows()))
    pictures.append(frozenset(steps.rows()))
    result = _cells((*key, answer) for key, answer in said.items())
    for earlier, later in itertools.pairwise(pictures):
        assert earlier <= later
        assert all(len(people) >= threshold for people in _cells(later - earlier).values())
    for cell, people in result.items():
        unseen = len(people) - len(_cells(pictures[-1])[cell])
        assert unseen >= threshold or len(people) < threshold


@given(PRESSES, st.integers(1, 6))
@settings(max_examples=60, deadline=None)
def test_when_a_cell_moves_as_many_have_pressed_since_it_last_could(presses, threshold):
    steps, waiting = Steps(threshold), defaultdict(dict)
    before = {}
    for number, statement, answer in presses:
        person, name, cell = f"p{number}", f"s{statement}", (f"s{statement}", "AB"[number % 2])
        if before.get((person, name)) != answer or person in waiting[cell]:
            waiting[cell][person] = answer
        moved = steps.add(person, name, answer, cell[1])
        now = {(one, of): said for one, of, said in steps.rows()}
        changed = {key for key in now if before.get(key) != now[key]}
        assert not changed or moved
        assert {(one, cell[0]) for one in waiting[cell]} >= changed
        if moved:
            assert len(waiting[cell]) == 2 * threshold
            for one in list(waiting[cell])[:threshold]:
                del waiting[cell][one]
        before = now


@given(st.integers(1, 60), st.integers(1, 8))
def test_new_answers_come_in_whole_steps_and_the_last_step_is_never_short(people, threshold):
    shown = [len(let_through([(f"p{n}", "s", 1, "A") for n in range(upto)], threshold)) for upto in range(people + 1)]
    steps = {later - earlier for earlier, later in itertools.pairwise(shown)}
    assert steps <= {0, threshold}
    assert shown[-1] == 0 or people - shown[-1] >= threshold
    assert people < 2 * threshold or shown[-1] >= people - 2 * threshold + 1


def test_one_vote_more_shows_in_no_total():
    events = [(f"p{n}", "s", 1, "A") for n in range(23)]
    for answer in (1, 0, -1):
        assert let_through([*events, ("late", "s", answer, "A")]) == let_through(events)
        assert let_through([*events, ("late", "s", answer, "B")]) == let_through(events)


def test_a_changed_answer_waits_for_company():
    events = [(f"p{n}", "s", 1, "A") for n in range(10)]
    before = let_through(events)
    assert len(before) == 5
    assert let_through([*events, ("p0", "s", -1, "A")]) == before
    company = [(f"q{n}", "s", 1, "A") for n in range(9)]
    assert ("p0", "s", -1) in let_through([*events, ("p0", "s", -1, "A"), *company])


def fewest_told(sets, people):
    """By brute force: the fewest people (more than none) whose answers alone some combination of the published sums depends on."""
    here = np.flatnonzero(np.asarray(people) > 0)
    if not sets or not here.size:
        return np.inf
    rows = np.array(sets)[:, here]
    rank = np.linalg.matrix_rank(rows)
    fewest = np.inf
    for size in range(1, here.size + 1):
        for chosen in itertools.combinations(range(here.size), size):
            weight = sum(people[here[n]] for n in chosen)
            rest = np.delete(rows, chosen, axis=1)
            if weight < fewest and (np.linalg.matrix_rank(rest) if rest.size else 0) < rank:
                fewest = weight
    return fewest


def _cells(rows):
    found = defaultdict(set)
    for person, statement, _ in rows:
        found[statement, "AB"[int(person[1:]) % 2]].add(person)
    return found


def _mask(side, part, rows=3):
    grid = np.zeros((rows, 3))
    grid[(part, slice(None)) if side == 0 else (slice(None), part)] = 1
    return grid.ravel()
