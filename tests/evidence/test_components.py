"""The sparse components are the dense ones, and the same bytes however the votes came."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evidence.made_votes import drawn, votes_of
from tovholder.evidence.opinion.axes import components as module
from tovholder.evidence.opinion.axes.components import components_of

pytestmark = pytest.mark.once

TABLES = st.tuples(st.integers(1, 9), st.integers(1, 9)).flatmap(
    lambda size: st.lists(
        st.lists(st.sampled_from([1, 0, -1, 9]), min_size=size[1], max_size=size[1]).map(tuple), min_size=size[0], max_size=size[0]
    )
)


def dense(votes):
    """Answers less their means, 0 where there is none, (people, statements)."""
    answered = np.zeros((len(votes.participants), len(votes.statements)))
    answers = answered.copy()
    answered[votes.person, votes.statement] = 1
    answers[votes.person, votes.statement] = votes.answer
    return (answers - answers.sum(axis=0) / answered.sum(axis=0)) * answered


def as_bytes(found):
    return [array.tobytes() for array in (found.center, found.axes, found.variances, found.projection, found.extremity)]


def check_against_dense(votes):
    found, table = components_of(votes), dense(votes)
    cross = table.T @ table
    values = np.sort(np.linalg.eigvalsh(cross))[::-1]
    values = np.pad(values, (0, 2))[:2]
    np.testing.assert_allclose(found.variances, np.where(values > 1e-9, values, 0.0), rtol=1e-9, atol=1e-9)
    for axis, value in zip(found.axes, found.variances):
        np.testing.assert_allclose(cross @ axis, value * axis, atol=1e-9 * max(1.0, values[0]))
        assert np.linalg.norm(axis) == pytest.approx(1.0 if value else 0.0, abs=1e-12)
    assert abs(found.axes[0] @ found.axes[1]) < 1e-9
    scale = np.sqrt(len(votes.statements) / np.maximum(1, np.diff(votes.start)))
    np.testing.assert_allclose(found.projection, table @ found.axes.T * scale[:, None], atol=1e-11)
    lone = np.sqrt(len(votes.statements)) * (1 - found.center) * np.linalg.norm(found.axes, axis=0)
    np.testing.assert_allclose(found.extremity, lone, atol=1e-12)


@settings(max_examples=80, deadline=None)
@given(TABLES)
def test_sparse_is_dense(table):
    votes = votes_of(table)
    if votes.count:
        check_against_dense(votes)


@pytest.mark.parametrize("way", ["pairs", "rows"])
def test_a_larger_matrix_both_ways(monkeypatch, way):
    rng = np.random.default_rng(3)
    votes = votes_of(drawn(rng, rng.random((90, 1)) * rng.random((1, 70)), 0.3, missing=0.7))
    if way == "rows":
        monkeypatch.setattr(module, "PAIRED", 0)
    check_against_dense(votes)


@settings(max_examples=40, deadline=None)
@given(TABLES, st.randoms(use_true_random=False))
def test_any_order_gives_the_same_bytes(table, lot):
    order = list(range(int((np.asarray(table) != 9).sum())))
    lot.shuffle(order)
    assert as_bytes(components_of(votes_of(table))) == as_bytes(components_of(votes_of(table, order=np.array(order, dtype=int))))


def test_many_voters_on_one_statement_run_over_no_sum():
    """Four sums share one number of 64 bits: they must be emptied before one of them can run over."""
    people = 70_000
    table = np.ones((people, 3), dtype=int)
    table[::2, 1] = -1
    table[1::2, 2] = -1
    found = components_of(votes_of(table))
    assert found.center.tolist() == [1.0, 0.0, 0.0]
    assert found.variances == pytest.approx([2 * people, 0.0], abs=1e-6)


def test_left_out_is_as_if_never_asked():
    rng = np.random.default_rng(5)
    table = drawn(rng, rng.random((30, 8)), 0.2, missing=0.3)
    without = components_of(votes_of(table), without=["s00002", "s00099"])
    kept = np.delete(np.arange(8), 2)
    alone = components_of(votes_of(np.delete(table, 2, axis=1)))
    np.testing.assert_allclose(
        without.axes[:, kept], [axis * np.sign(axis @ other) for axis, other in zip(alone.axes, without.axes[:, kept])]
    )
    assert without.axes[:, 2].tolist() == [0.0, 0.0]
    assert without.extremity[2] == 0.0


@pytest.mark.parametrize(
    "table",
    [[[1]], [[1, 1, -1]], [[1], [1], [-1]], [[1, 1], [1, 1]], [[0, 0], [0, 0]], [[1, 9], [9, 1]]],
    ids=["one vote", "one participant", "one statement", "all agree", "all pass", "nobody in common"],
)
def test_small_and_flat_votes_have_no_noise_for_an_axis(table):
    votes = votes_of(table)
    found = components_of(votes)
    check_against_dense(votes)
    flat = found.variances == 0.0
    assert (found.axes[flat] == 0.0).all()
    assert (found.projection[:, flat] == 0.0).all()
    assert np.isfinite(found.projection).all()


def test_nobody_has_voted():
    found = components_of(votes_of(np.full((2, 2), 9)))
    assert found.projection.shape == (0, 2)
    assert found.axes.shape == (2, 0)


def test_two_equal_variances_are_both_found():
    """Four people, two statements, all four combinations: every direction is as good, and two must be found."""
    found = components_of(votes_of([[1, 1], [1, -1], [-1, 1], [-1, -1]]))
    assert found.variances == pytest.approx([4.0, 4.0])


@pytest.mark.slow
def test_any_number_of_threads_gives_the_same_bytes():
    program = (
        "import hashlib, numpy as np; from tests.evidence.made_votes import *\n"
        "from tovholder.evidence.opinion.axes.components import components_of\n"
        "found = components_of(votes_of(camps(np.random.default_rng(1), 400, 120)[0]))\n"
        "arrays = (found.center, found.axes, found.variances, found.projection)\n"
        "print(hashlib.sha256(b''.join(array.tobytes() for array in arrays)).hexdigest())"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "OMP_NUM_THREADS": threads, "NUMBA_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for threads in ("1", "2")
    }
    assert len(said) == 1
