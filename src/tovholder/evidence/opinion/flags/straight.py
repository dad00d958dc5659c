"""Straight-liners: people who give the same answer to (nearly) everything, where that is not what people here do."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tovholder.evidence.opinion.votes import Votes

FEWEST = 7
SLIPS = 20  # one other answer in twenty is still the same answer to everything
EXPECTED_BY_CHANCE = 0.5

Real = npt.NDArray[np.float64]
Truth = npt.NDArray[np.bool_]


def straight_liners(votes: Votes) -> Truth:
    """This will tell which participants gave one answer to at least 19 of 20 statements although nobody would by chance.

    Somebody who answers as people do has for each statement the statement's own distribution, shifted by a person's own leaning
    (normal on the log-odds scale, its width taken from these votes). A participant with at least 7 answers is flagged when among
    as many people as took part half a person or fewer would be expected to give so even a row of answers.
    """
    people, statements = len(votes.participants), len(votes.statements)
    flagged = np.zeros(people, dtype=bool)
    given = np.diff(votes.start)
    asked = np.bincount(votes.statement, minlength=statements)
    allowed = EXPECTED_BY_CHANCE / max(int((given >= FEWEST).sum()), 1)
    for answer in (1, 0, -1):
        same = votes.answer == answer
        count = np.bincount(votes.person[same], minlength=people)
        share = (np.bincount(votes.statement[same], minlength=statements) + 0.5) / (asked + 1.5)
        odds = np.log(share / (1 - share))
        candidates = np.flatnonzero((given >= FEWEST) & (given - count <= given // SLIPS))
        if not candidates.size:
            continue
        width = leaning(votes, share, count, given)
        for row in candidates:
            own = odds[votes.statement[votes.start[row] : votes.start[row + 1]]]
            flagged[row] |= chance_of_row(own, width, int(given[row] - count[row])) <= allowed
    return flagged


def leaning(votes: Votes, share: Real, count: npt.NDArray[np.int64], given: npt.NDArray[np.int64]) -> float:
    """This will give the width (standard deviation, log-odds) of people's own leaning towards one answer, not moved by a few extremes."""
    people = given.size
    expected = np.bincount(votes.person, weights=share[votes.statement], minlength=people)
    spread = np.bincount(votes.person, weights=(share * (1 - share))[votes.statement], minlength=people)
    used = np.flatnonzero((given >= 2 * FEWEST) & (spread > 0))
    if used.size < 2 * FEWEST:
        return 1.0
    lean = (count[used] - expected[used]) / spread[used]
    middle = float(np.median(lean))
    robust = (1.4826 * float(np.median(np.abs(lean - middle)))) ** 2 - float(np.median(1 / spread[used]))
    return float(np.sqrt(max(robust, 0.25)))


def chance_of_row(odds: Real, width: float, others: int) -> float:
    """This will give the chance that somebody gives at most `others` other answers to statements with these log-odds.

    The leaning is summed over at 21 places (Gauss-Hermite); at each the other answers follow the Poisson binomial distribution.
    """
    places, weights = np.polynomial.hermite_e.hermegauss(21)
    same = 1 / (1 + np.exp(-(odds[None, :] + width * places[:, None])))
    reached = np.zeros((places.size, others + 1))
    reached[:, 0] = 1
    for column in range(odds.size):
        p = same[:, column : column + 1]
        moved = reached * p
        moved[:, 1:] += reached[:, :-1] * (1 - p)
        reached = moved
    total = np.cumsum(reached, axis=1)[:, -1]
    return float(np.cumsum(weights * total)[-1] / np.cumsum(weights)[-1])
