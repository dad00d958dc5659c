"""People who answer alike, as classes: a mixture in which a missing answer is missing, never a middle."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

from tovholder.evidence.opinion.votes import Short, Sign, Votes, Whole

Real = npt.NDArray[np.float64]
ROUNDS = 300
SHORT = 20
SAME = 1e-5
CLOSE = 1e-6


@dataclass(frozen=True, eq=False)
class Classes:
    """A fitted mixture of K classes over m statements and n participants.

    weights (K,): share of people, sums to 1. profile (m, 3, K): probability of disagree, pass, agree in a class.
    memberships (n, K): probability of each class given the person's answers; rows sum to 1. score: what the fit makes as large as
    it can; only fits of the same votes, K and temper compare.
    """

    weights: Real
    profile: Real
    memberships: Real
    temper: float
    score: float

    def told(self, person: npt.ArrayLike, statement: npt.ArrayLike) -> Real:
        """This will give the probability of disagree, pass, agree for pairs of row and column numbers, (pairs, 3)."""
        rows, columns = np.asarray(person, dtype=np.int64), np.asarray(statement, dtype=np.int64)
        return _mixed(self.memberships, self.profile, rows, columns)

    def places(self, votes: Votes) -> Real:
        """This will give the memberships of people by other votes on the same statements, (participants, K)."""
        memberships = np.empty((len(votes.participants), self.weights.size))
        logs = np.log(self.profile)
        _places(votes.start, votes.statement, votes.answer, memberships, self.temper, logs, np.log(self.weights))
        return memberships


def shares(votes: Votes, *, extra: float = 3.0) -> Real:
    """This will give each statement's own distribution of disagree, pass, agree, (m, 3).

    Every statement gets `extra` answers more, spread as all answers are: a statement that few have met leans on the rest.
    """
    width = len(votes.statements)
    counts = np.bincount(votes.statement.astype(np.int64) * 3 + votes.answer + 1, minlength=width * 3).reshape(width, 3)
    everywhere = (counts.sum(axis=0) + 1.0) / (counts.sum() + 3.0)
    return np.asarray((counts + extra * everywhere) / (counts.sum(axis=1, keepdims=True) + extra))


def fit_classes(
    votes: Votes, start: Real, *, temper: float = 1.0, prior: float = 4.0, people: float = 1.0, rounds: int = ROUNDS
) -> Classes:
    """This will fit as many classes as the start has columns; raises ValueError for a start of another shape.

    start (n, K): first memberships, rows sum to 1. prior: pseudo-votes of each statement's own distribution that every class is given.
    people: pseudo-persons in every class. temper, 0 to 1: the weight of one answer. At 1 answers are independent given the class:
    Lazarsfeld's latent classes by expectation and maximisation (Dempster, Laird and Rubin 1977). Below 1 a person's answers count as
    fewer than they are, since people in one class still differ among themselves (the power likelihood: Miller and Dunson 2019).
    At most `rounds` steps.
    """
    if start.ndim != 2 or start.shape[0] != len(votes.participants) or start.shape[1] < 1:
        raise ValueError("start skal have en række pr. deltager og mindst én kolonne.")
    memberships = np.array(start, dtype=np.float64, order="C")
    weights, profile, score = _fit(votes.start, votes.statement, votes.answer, memberships, shares(votes), prior, people, temper, rounds)
    return Classes(weights, profile, memberships, temper, score)


def best_classes(votes: Votes, starts: tuple[Real, ...], *, temper: float = 1.0, prior: float = 4.0) -> Classes:
    """This will go a short way from every start and the whole way from the two best places; raises ValueError.

    Of equal scores the earlier start is taken. Short runs first: Biernacki, Celeux and Govaert 2003.
    """
    short = [fit_classes(votes, start, temper=temper, prior=prior, rounds=SHORT) for start in starts]
    short.sort(key=lambda fit: -fit.score)
    first = short[0]
    other = next((fit for fit in short[1:] if first.score - fit.score > SAME * abs(first.score)), first)
    going = (first,) if other is first else (first, other)
    return max((fit_classes(votes, fit.memberships, temper=temper, prior=prior) for fit in going), key=lambda fit: fit.score)


@njit(cache=True)
def _mixed(memberships: Real, profile: Real, person: Whole, statement: Whole) -> Real:
    out = np.zeros((person.size, 3))
    for pair in range(person.size):
        line = profile[statement[pair]]
        for k in range(memberships.shape[1]):
            share = memberships[person[pair], k]
            for x in range(3):
                out[pair, x] += share * line[x, k]
    return out


@njit(cache=True)
def _fit(
    start: Whole, statement: Short, answer: Sign, memberships: Real, own: Real, prior: float, people: float, temper: float, rounds: int
) -> tuple[Real, Real, float]:
    """Expectation and maximisation in turn until the score stands still; the memberships are changed in place."""
    width, count = own.shape[0], memberships.shape[1]
    logs = np.empty((width, 3, count))
    weight = np.empty(count)
    score = last = -math.inf
    for _ in range(rounds):
        score = _profiles(start, statement, answer, memberships, own, prior, people, temper, logs, weight)
        score += _places(start, statement, answer, memberships, temper, logs, weight)
        if score - last < CLOSE * abs(score):
            break
        last = score
    return np.exp(weight), np.exp(logs), score


@njit(cache=True)
def _profiles(
    start: Whole, statement: Short, answer: Sign, memberships: Real, own: Real, prior: float, people: float, temper: float,
    logs: Real, weight: Real,
) -> float:  # fmt: skip
    """Sets the logarithms of profiles and weights, and gives the logarithm of the prior."""
    width, count = own.shape[0], memberships.shape[1]
    logs[:] = 0.0
    weight[:] = people
    for row in range(start.size - 1):
        if start[row] == start[row + 1]:
            continue
        place = memberships[row]
        for k in range(count):
            weight[k] += place[k]
        for entry in range(start[row], start[row + 1]):
            line = logs[statement[entry], answer[entry] + 1]
            for k in range(count):
                line[k] += place[k]
    total = 0.0
    for k in range(count):
        total += weight[k]
    score = 0.0
    for k in range(count):
        weight[k] = math.log(weight[k] / total)
        score += people * weight[k]
    for c in range(width):
        for k in range(count):
            seen = logs[c, 0, k] + logs[c, 1, k] + logs[c, 2, k] + prior
            for x in range(3):
                logs[c, x, k] = math.log((logs[c, x, k] + prior * own[c, x]) / seen)
                score += temper * prior * own[c, x] * logs[c, x, k]
    return score


@njit(cache=True)
def _places(start: Whole, statement: Short, answer: Sign, memberships: Real, temper: float, logs: Real, weight: Real) -> float:
    """Sets each row's memberships from its answers, and gives the logarithm of the likelihood."""
    count = memberships.shape[1]
    score = 0.0
    for row in range(start.size - 1):
        place = memberships[row]
        place[:] = 0.0
        for entry in range(start[row], start[row + 1]):
            line = logs[statement[entry], answer[entry] + 1]
            for k in range(count):
                place[k] += line[k]
        most = -math.inf
        for k in range(count):
            place[k] = weight[k] + temper * place[k]
            most = max(most, place[k])
        total = 0.0
        for k in range(count):
            place[k] = math.exp(place[k] - most)
            total += place[k]
        for k in range(count):
            place[k] /= total
        if start[row] < start[row + 1]:
            score += most + math.log(total)
    return score
