"""What Polis counts for each group and statement: shares, tests, representativeness, group-aware consensus and priority."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tovholder.evidence.opinion.axes.kernels import Real
from tovholder.evidence.opinion.votes import Sign, Whole

SIGNIFICANT = 1.2816
META_PRIORITY = 49.0
# 2^(-S/5) from five numbers and shifts: a library's power may differ in the last bit from one processor to the next.
FIFTHS = np.array([2.0 ** (-fifth / 5.0) for fifth in range(5)])


@dataclass(frozen=True, eq=False)
class Statistics:
    """Per group and statement, (groups, statements), for agreement and for disagreement.

    agree_share, disagree_share: with one of two pseudo-answers; *_test: one-proportion z against a half; *_ratio: share against the
    share in all other groups together; *_ratio_test: two-proportion z of the same.
    """

    agree_share: Real
    disagree_share: Real
    agree_test: Real
    disagree_test: Real
    agree_ratio: Real
    disagree_ratio: Real
    agree_ratio_test: Real
    disagree_ratio_test: Real


def statistics(votes: Whole) -> Statistics:
    """This will give the shares and tests of group votes, (groups, 3, statements): agree, disagree, all answers, passes included."""
    agreed, against, seen = votes[:, 0], votes[:, 1], votes[:, 2]
    others = votes.sum(axis=0) - votes
    seen_there = others[:, 2]
    return Statistics(
        share(agreed, seen),
        share(against, seen),
        one_proportion(agreed, seen),
        one_proportion(against, seen),
        share(agreed, seen) / share(others[:, 0], seen_there),
        share(against, seen) / share(others[:, 1], seen_there),
        two_proportions(agreed, seen, others[:, 0], seen_there),
        two_proportions(against, seen, others[:, 1], seen_there),
    )


def share(successes: Whole, trials: Whole) -> Real:
    """This will give (s + 1) / (n + 2)."""
    return (successes + 1.0) / (trials + 2.0)


def one_proportion(successes: Whole, trials: Whole) -> Real:
    """This will give z = 2 sqrt(n + 1) ((s + 1) / (n + 1) - 1/2)."""
    more = trials + 1.0
    result: Real = 2.0 * np.sqrt(more) * ((successes + 1.0) / more - 0.5)
    return result


def two_proportions(here: Whole, trials_here: Whole, there: Whole, trials_there: Whole) -> Real:
    """This will give the pooled z of two proportions, every count one higher; 0 where all of both succeeded."""
    n, m = trials_here + 1.0, trials_there + 1.0
    pooled = (here + there + 2.0) / (n + m)
    spread = pooled * (1.0 - pooled) * (1.0 / n + 1.0 / m)
    certain = spread <= 0.0
    return np.where(certain, 0.0, ((here + 1.0) / n - (there + 1.0) / m) / np.sqrt(np.where(certain, 1.0, spread)))


def group_aware_consensus(votes: Whole) -> Real:
    """This will give the product over the groups of the agreeing share, (statements,)."""
    product = np.ones(votes.shape[2])
    for group in votes:
        product *= share(group[0], group[2])
    return product


def priorities(votes: Whole, extremity: Real, meta: Sign) -> Real:
    """This will give how often each statement is to be asked, (statements,): importance, more for what few have seen, squared."""
    agreed, against, seen = votes.sum(axis=0)
    importance = (1.0 - share(seen - agreed - against, seen)) * (1.0 + extremity) * share(agreed, seen)
    wanted = importance * (1.0 + 8.0 * np.ldexp(FIFTHS[seen % 5], -(seen // 5)))
    return np.where(meta != 0, META_PRIORITY, wanted * wanted)
