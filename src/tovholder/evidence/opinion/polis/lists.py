"""The statements Polis shows: those that stand for each group, and those that nearly all agree on or reject."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tovholder.evidence.opinion.axes.kernels import Real
from tovholder.evidence.opinion.polis.statistics import SIGNIFICANT, Statistics, one_proportion, share
from tovholder.evidence.opinion.votes import Sign, Whole

LENGTH = 5


@dataclass(frozen=True)
class Representative:
    """A statement shown for a group. column: its number; for_agree: whether the group stands out by agreeing; counts and tests are of
    that side; agreed: how many agree, only for the one chosen as the group's best agreement."""

    column: int
    for_agree: bool
    successes: int
    trials: int
    share: float
    test: float
    ratio: float
    ratio_test: float
    agreed: int | None = None


@dataclass(frozen=True)
class Consensus:
    """A statement that all participants together agree on, or reject."""

    column: int
    successes: int
    trials: int
    share: float
    test: float


def representative(votes: Whole, figures: Statistics, left_out: Sign) -> tuple[tuple[Representative, ...], ...]:
    """This will choose at most five statements for each group, as Polis shows them; votes is (groups, 3, statements)."""
    return tuple(_of_group(votes[group], _rows(figures, group), left_out) for group in range(votes.shape[0]))


def consensus(votes: Whole, left_out: Sign) -> tuple[tuple[Consensus, ...], tuple[Consensus, ...]]:
    """This will choose at most five agreed and five rejected statements; votes is (3, statements), all participants as one group."""
    return _agreed(votes[0], votes[2], left_out), _agreed(votes[1], votes[2], left_out)


def _rows(figures: Statistics, group: int) -> tuple[Real, Real]:
    agree = np.stack([figures.agree_share, figures.agree_test, figures.agree_ratio, figures.agree_ratio_test])
    against = np.stack([figures.disagree_share, figures.disagree_test, figures.disagree_ratio, figures.disagree_ratio_test])
    return agree[:, group], against[:, group]


def _of_group(votes: Whole, sides: tuple[Real, Real], left_out: Sign) -> tuple[Representative, ...]:
    agree, against = sides
    allowed = np.flatnonzero(left_out == 0)
    if not allowed.size:
        return ()
    strong = ((agree[3] > SIGNIFICANT) & (agree[1] > SIGNIFICANT)) | ((against[3] > SIGNIFICANT) & (against[1] > SIGNIFICANT))
    sufficient = allowed[strong[allowed]]
    best = _best_agreement(votes, agree, allowed)
    shown = [] if best is None else [_shown(best, votes, sides, best=True)]
    if not sufficient.size:
        if best is None:
            highest = np.maximum(agree[3], against[3])[allowed]
            shown = [_shown(int(allowed[np.argmax(highest)]), votes, sides)]
        return tuple(shown)
    metric = np.where(agree[3] > against[3], agree.prod(axis=0), against.prod(axis=0))[sufficient]
    ranked = sufficient[np.argsort(-metric, kind="stable")].tolist()
    shown += [_shown(column, votes, sides) for column in ranked[: LENGTH + 1] if column != best]
    shown = shown[:LENGTH]
    return tuple(one for side in (True, False) for one in shown if one.for_agree is side)


def _best_agreement(votes: Whole, agree: Real, allowed: Whole) -> int | None:
    """The running best: which of two is better depends on the one that leads, so the order of statements counts."""
    voted = allowed[(votes[0] + votes[1])[allowed] > 0]
    value, plain = agree.prod(axis=0)[voted].tolist(), (agree[0] * agree[1])[voted].tolist()
    ratio = agree[2][voted].tolist()
    first = (agree[1] > SIGNIFICANT) | ((agree[2] > 1.0) & (agree[0] > 0.5))
    starts = np.flatnonzero(first[voted])
    if not starts.size:
        return None
    best = int(starts[0])
    for n in range(best + 1, voted.size):
        if value[n] > value[best] if ratio[best] > 1.0 else plain[n] > plain[best]:
            best = n
    return int(voted[best])


def _shown(column: int, votes: Whole, sides: tuple[Real, Real], *, best: bool = False) -> Representative:
    for_agree = bool(sides[0][3, column] > sides[1][3, column])
    own_share, test, ratio, ratio_test = (sides[0] if for_agree else sides[1])[:, column].tolist()
    agreed, against, seen = votes[:, column].tolist()
    successes = agreed if for_agree else against
    return Representative(column, for_agree, successes, seen, own_share, test, ratio, ratio_test, agreed if best else None)


def _agreed(successes: Whole, trials: Whole, left_out: Sign) -> tuple[Consensus, ...]:
    shares, tests = share(successes, trials), one_proportion(successes, trials)
    chosen = np.flatnonzero((left_out == 0) & (shares > 0.5) & (tests > SIGNIFICANT))
    ranked = chosen[np.argsort(-(shares * tests)[chosen], kind="stable")][:LENGTH].tolist()
    return tuple(Consensus(c, int(successes[c]), int(trials[c]), float(shares[c]), float(tests[c])) for c in ranked)
