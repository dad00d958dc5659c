"""Two axes along which people differ most: principal components of the votes, a missing answer being the statement's mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tovholder.evidence.opinion.axes import kernels
from tovholder.evidence.opinion.axes.kernels import Real
from tovholder.evidence.opinion.axes.leading import leading
from tovholder.evidence.opinion.votes import Short, Sign, Votes, Whole

# Above this many statements the table of all pairs costs more than going through the votes some fifty times.
PAIRED = 2_500


@dataclass(frozen=True, eq=False)
class Components:
    """Where each person and statement lies on the two axes.

    center (statements,): mean answer, -1 to 1; axes (2, statements): unit vectors; variances (2,): sums of squares along them;
    projection (participants, 2): scaled by sqrt(statements / own answers); extremity (statements,): length of a lone agreement.
    A statement that is left out has 0 everywhere, and so has an axis along which nobody differs.
    """

    center: Real
    axes: Real
    variances: Real
    projection: Real
    extremity: Real


@dataclass(frozen=True, eq=False)
class Rows:
    """Votes by person: row i holds the entries begin[i]:begin[i] + length[i]."""

    begin: Whole
    length: Whole
    statement: Short
    answer: Sign


def components_of(votes: Votes, *, without: Sequence[str] = ()) -> Components:
    """This will find the two axes of the votes, leaving the named statements out; nothing is raised.

    Principal components of X, x_ic = answer - mean where i answered c and 0 elsewhere, which is mean imputation exactly:
    X'X = V'V - V'O diag(mean) - (V'O diag(mean))' + diag(mean) O'O diag(mean). Same votes, same bytes.
    """
    left_out = mask(votes.statements, without)
    rows = rows_of(votes)
    sums = sums_of(rows, left_out.size)
    return components(rows, answers_by_statement(rows, sums, left_out.size), sums, left_out)


def components(
    rows: Rows,
    answers: Whole,
    sums: Short | None,
    left_out: Sign,
    *,
    order: Whole | None = None,
    zeroed: bool = False,
) -> Components:
    """This will find the axes from the sums of all pairs, or from the rows where sums is None.

    answers (3, statements): agree, disagree, all; left_out (statements,): 1 where a statement is left out; order (statements,): the
    columns in the order of the result, as they stand when None. With zeroed, as in Polis, a left-out statement counts as one that
    everybody has answered, in the scale of projection and extremity.
    """
    agreed, against, count = answers
    order = np.arange(count.size) if order is None else order
    used = order[left_out[order] == 0]
    center = np.where(left_out == 0, (agreed - against) / np.maximum(count, 1), 0.0)
    columns = count.size if zeroed else used.size
    variances, inner = _leading(rows, sums, used, center)
    axes = np.zeros((2, count.size))
    axes[:, used] = inner
    steps = np.array([-1.0, 0.0, 1.0])[None, :, None] - center[:, None, None]
    table = np.rint(steps * axes.T[:, None, :] * kernels.FINE).astype(np.int64)
    extra = count.size - used.size if zeroed else 0
    kept = (1 - left_out).astype(np.int8)
    projection = kernels.project(rows.begin, rows.length, rows.statement, rows.answer, table, kept, columns, extra)
    extremity = np.sqrt(columns) * (1.0 - center) * np.sqrt(axes[0] * axes[0] + axes[1] * axes[1])
    return Components(center[order], axes[:, order], variances, projection, extremity[order])


def mask(statements: Sequence[str], names: Sequence[str]) -> Sign:
    """This will mark the named statements, (statements,) of 0 and 1; a name nobody voted on is passed over."""
    marked = np.zeros(len(statements), dtype=np.int8)
    place = {name: n for n, name in enumerate(statements)} if names else {}
    for name in names:
        if name in place:
            marked[place[name]] = 1
    return marked


def rows_of(votes: Votes) -> Rows:
    """This will give the votes by person."""
    return Rows(votes.start[:-1], np.diff(votes.start), votes.statement, votes.answer)


def sums_of(rows: Rows, width: int) -> Short | None:
    """This will give the sums of all pairs of statements, (statements, statements, 4), or None above PAIRED statements."""
    return kernels.pair_sums(rows.begin, rows.length, rows.statement, rows.answer, width) if width <= PAIRED else None


def answers_by_statement(rows: Rows, sums: Short | None, width: int) -> Whole:
    """This will count agree, disagree and all answers of everybody, (3, statements), from the sums of pairs where there are some."""
    if sums is None:
        everyone = np.zeros(rows.begin.size, dtype=np.int32)
        alone: Whole = kernels.counts_by_group(rows.begin, rows.length, rows.statement, rows.answer, everyone, 1, width)[0]
        return alone
    own = sums[np.arange(width), np.arange(width)].astype(np.int64)
    return np.stack([(own[:, 0] + own[:, 1]) // 2, (own[:, 0] - own[:, 1]) // 2, own[:, 3]])


def _leading(rows: Rows, sums: Short | None, used: Whole, center: Real) -> tuple[Real, Real]:
    if sums is not None:
        gram = kernels.spread(sums, used, center)
        none, no_rows = np.zeros(0), np.zeros(0, dtype=np.int64)
        return leading(gram, no_rows, no_rows, np.zeros(0, dtype=np.int32), none, used.size)
    place = np.full(center.size, -1, dtype=np.int32)
    place[used] = np.arange(used.size, dtype=np.int32)
    inside = place[rows.statement]
    value = np.where(inside >= 0, rows.answer - center[rows.statement], 0.0)
    return leading(np.zeros((0, 0)), rows.begin, rows.length, np.maximum(inside, 0), value, used.size)
