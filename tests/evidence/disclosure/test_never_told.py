"""No set of published tables lets a small number be worked out: every reader's table is tried, one by one."""

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.evidence.disclosure.readers import possible_numbers
from tovholder.evidence.disclosure.differencing import link_published
from tovholder.evidence.disclosure.primary import Rule, small_cells
from tovholder.evidence.disclosure.safe import Infeasible, suppress
from tovholder.evidence.disclosure.tables import with_totals

pytestmark = pytest.mark.once


def calm(examples):
    return settings(deadline=None, max_examples=examples, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


@st.composite
def cubes(draw, shapes):
    shape = draw(st.sampled_from(shapes))
    inner = draw(st.lists(st.integers(0, 5), min_size=int(np.prod(shape)), max_size=int(np.prod(shape))))
    dims = ["a", "b", "c"][: len(shape)]
    return dims, [[f"{dim}{n}" for n in range(size)] for dim, size in zip(dims, shape, strict=True)], np.array(inner).reshape(shape)


rules = st.builds(
    Rule,
    threshold=st.sampled_from([2, 3]),
    zeros_small=st.booleans(),
    criterion=st.sampled_from(["exact", "range"]),
    singletons=st.booleans(),
)


def kept(rule):
    return {
        "threshold": rule.threshold,
        "zeros_small": rule.zeros_small,
        "criterion": rule.criterion,
        "singletons": rule.singletons,
    }


def check(dims, levels, tables, shown, rule, largest):
    least, most = rule.span
    for known in [(), *alone(tables, shown, rule)]:
        told = possible_numbers(dims, levels, shown, largest, known)
        own = [tables[table].key(where) for table, where, _ in known]
        for (number, place), numbers in told.items():
            key = tables[number].key(place)
            # Someone alone in a group knows all within it, and that a group around it has at least one.
            mine = any(mine <= key for mine in own)
            floor = max([least, *(1 for mine in own if key < mine)])
            truth = int(tables[number].counts[place])
            assert truth in numbers
            if mine or not small_cells(np.array(truth), rule):
                continue
            assert len(numbers) > 1, f"{place} of table {number} must be {numbers}"
            if rule.criterion == "range":
                assert min(numbers) <= floor, (place, numbers)
                assert max(numbers) >= most, (place, numbers)


def alone(tables, shown, rule):
    """What each person who is alone in a hidden cell of the last table knows."""
    if not rule.singletons:
        return []
    last = len(tables) - 1
    return [[(last, tuple(place), 1)] for place in np.argwhere((shown[last].counts == -1) & (tables[last].counts == 1)).tolist()]


ONE = given(cubes([(2, 2), (2, 3), (3, 2), (5,)]), rules, st.sampled_from(["hideable", "all", "none"]), st.booleans())


def one_table(cube, rule, margins, every_hidden):
    dims, levels, inner = cube
    table = with_totals(dims, levels, inner)
    try:
        found = suppress(table, margins=margins, every_hidden=every_hidden, **kept(rule))
    except Infeasible:
        assume(False)
    small = small_cells(table.counts, rule)
    shown = found.published()
    assert not (small & (shown[0].counts >= 0)).any()
    check(dims, levels, [table], shown, rule, int(inner.max()) + 4)


SEVERAL = given(
    cubes([(2, 2, 2)]), rules, st.lists(st.sampled_from([(0, 1), (0, 2), (1, 2), (0,), (0, 1, 2)]), min_size=2, max_size=3, unique=True)
)


def several_tables(cube, rule, ways):
    """The last of the tables is published after the others."""
    dims, levels, inner = cube
    tables = [slice_of(dims, levels, inner, way) for way in ways]
    try:
        before = suppress(tables[:-1], **kept(rule)).published()
        after = suppress(tables[-1], known=before, **kept(rule)).published()
    except Infeasible:
        assume(False)
    check(dims, levels, tables, [*before, *after], rule, int(inner.max()) + 3)


test_one_table = calm(15)(ONE(one_table))
test_several_tables_and_earlier_ones = calm(3)(SEVERAL(several_tables))
test_one_table_at_length = pytest.mark.slow(calm(300)(ONE(one_table)))
test_several_tables_at_length = pytest.mark.slow(calm(200)(SEVERAL(several_tables)))


def slice_of(dims, levels, inner, way):
    summed = inner.sum(axis=tuple(axis for axis in range(inner.ndim) if axis not in way))
    return with_totals([dims[n] for n in way], [levels[n] for n in way], summed)


@calm(12)
@given(cubes([(2, 2), (2, 2, 2)]), st.data())
def test_the_readers_interval_is_what_trying_every_table_gives(cube, data):
    from tovholder.evidence.disclosure.audit import audit
    from tovholder.evidence.disclosure.tables import seen

    dims, levels, inner = cube
    table = with_totals(dims, levels, inner)
    hidden = np.array(data.draw(st.lists(st.booleans(), min_size=table.counts.size, max_size=table.counts.size))).reshape(
        table.counts.shape
    )
    hidden.flat[-1] = False
    shown = [seen(table, hidden)]
    numbers = possible_numbers(dims, levels, shown, int(table.counts.flat[-1]))
    found = audit(shown, Rule())
    assert {one.place: (one.low, one.high) for one in found.intervals} == {place: (min(of), max(of)) for (_, place), of in numbers.items()}
    assert link_published(shown).system.size == table.counts.size
