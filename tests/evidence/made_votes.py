"""Votes made for tests: people of known sectors and classes, answers drawn from known shares."""

import numpy as np

from tovholder.evidence.opinion.votes import votes_from_codes


def votes_of(table, *, order=None):
    """Votes from a matrix of 1, 0, -1 and 9 for no answer; `order` shuffles in which they are given."""
    answers = np.asarray(table)
    person, statement = np.nonzero(answers != 9)
    chosen = np.arange(person.size) if order is None else order
    person, statement = person[chosen], statement[chosen]
    people, statements = ([f"{letter}{n:05d}" for n in range(size)] for letter, size in zip("ps", answers.shape))
    return votes_from_codes(people, statements, person, statement, answers[person, statement])


def sectors_of(codes, names="ABCDEFGH"):
    """The mapping from participant to sector that goes with votes_of; -1 for none."""
    return {f"p{n:05d}": "" if code < 0 else names[code] for n, code in enumerate(codes)}


def drawn(rng, agree, disagree, *, missing=0.0):
    """Answers drawn from shares of agree and disagree, broadcast to [people, statements]."""
    lot = rng.random(np.broadcast(agree, disagree).shape)
    answers = np.where(lot < agree, 1, np.where(lot < agree + disagree, -1, 0))
    return np.where(rng.random(answers.shape) < missing, 9, answers)


def camps(rng, people, statements, *, missing=0.4, sharp=0.85):
    """People in two camps that answer every statement oppositely with probability `sharp`, and their camps."""
    camp = rng.integers(0, 2, people)
    side = rng.integers(0, 2, statements)
    agree = np.where(camp[:, None] == side[None, :], sharp, 1 - sharp) * 0.95
    return drawn(rng, agree, 0.95 - agree, missing=missing), camp
