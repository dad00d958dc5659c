import numpy as np
import pytest

from tests.evidence.made_votes import camps, votes_of
from tovholder.evidence.opinion.groups.classes import best_classes, fit_classes, shares
from tovholder.evidence.opinion.groups.habits import habits_of, tilted
from tovholder.evidence.opinion.groups.prediction import fit_prediction
from tovholder.evidence.opinion.groups.starting import map_of, scattered, starts
from tovholder.evidence.opinion.groups.thinning import drawn, kept, lots

pytestmark = pytest.mark.once


def two_camps(seed=0, people=120, statements=20, missing=0.4):
    answers, camp = camps(np.random.default_rng(seed), people, statements, missing=missing)
    return votes_of(answers), camp


def test_one_step_by_hand():
    votes = votes_of([[1, 9], [1, -1], [-1, 9]])
    start = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    fit = fit_classes(votes, start, prior=2.0, people=1.0, rounds=1)
    own = shares(votes)
    assert fit.weights.tolist() == pytest.approx([3 / 5, 2 / 5])
    assert fit.profile[0, 2].tolist() == pytest.approx([(2 + 2 * own[0, 2]) / 4, 2 * own[0, 2] / 3])
    likely = np.array([3 / 5 * fit.profile[0, 2, 0], 2 / 5 * fit.profile[0, 2, 1]])
    assert fit.memberships[0].tolist() == pytest.approx((likely / likely.sum()).tolist())


def test_statements_lean_on_all_answers():
    votes = votes_of([[1, 1], [1, 9], [-1, 9], [0, 9]])
    everywhere = (np.array([1, 1, 3]) + 1) / 8
    assert shares(votes)[1].tolist() == pytest.approx(((np.array([0, 0, 1]) + 3 * everywhere) / 4).tolist())


def test_camps_are_told_apart_and_a_missing_answer_is_missing():
    votes, camp = two_camps()
    fit = best_classes(votes, starts(map_of(votes), 2))
    side = fit.memberships.argmax(axis=1)
    assert max(np.mean(side == camp), np.mean(side != camp)) > 0.98
    nobody = kept(votes, votes.person != 3)
    assert fit.places(nobody)[3].tolist() == pytest.approx(fit.weights.tolist())


def test_a_lower_temper_is_less_certain():
    votes, _ = two_camps(missing=0.7)
    begin = starts(map_of(votes), 2)
    certain = [best_classes(votes, begin, temper=temper).memberships.max(axis=1).mean() for temper in (0.3, 1.0)]
    assert certain[0] < certain[1]


@pytest.mark.parametrize("shape", [(3,), (2, 2), (3, 0)])
def test_a_start_of_another_shape_is_refused(shape):
    with pytest.raises(ValueError, match="en række pr. deltager"):
        fit_classes(votes_of([[1], [0], [-1]]), np.ones(shape))


def test_habits_are_what_is_left_when_statements_are_known():
    votes = votes_of([[1, 1, 1, 1], [1, -1, 0, 1], [-1, -1, -1, -1]])
    habits = habits_of(votes, shares(votes)[votes.statement])
    assert habits[0, 2] > 1 > habits[0, 0]
    assert habits[2, 0] > 1 > habits[2, 2]
    told = tilted(shares(votes)[[0, 0]], habits[[0, 2]])
    assert told.sum(axis=1).tolist() == pytest.approx([1, 1])
    assert told[0, 2] > shares(votes)[0, 2] > told[1, 2]


def test_prediction_beats_the_statement_alone_on_hidden_votes():
    votes, _ = two_camps(people=200)
    out = drawn(lots(votes), seed=1, draw=0, share=0.1)
    left, answer = kept(votes, ~out), votes.answer[out].astype(int) + 1
    told = fit_prediction(left).chances(votes.person[out], votes.statement[out])
    plain = shares(left)[votes.statement[out]]
    rows = np.arange(answer.size)
    assert told.sum(axis=1) == pytest.approx(1)
    assert -np.log(told[rows, answer]).mean() < -np.log(plain[rows, answer]).mean() - 0.12


def test_thinning_goes_by_name_not_by_place():
    votes, _ = two_camps()
    fewer = kept(votes, votes.person >= 10)
    out, less = (drawn(lots(some), seed=4, draw=2, share=0.25) for some in (votes, fewer))
    assert out[votes.person >= 10].tolist() == less.tolist()
    assert 0.2 < out.mean() < 0.3
    assert not np.array_equal(out, drawn(lots(votes), seed=5, draw=2, share=0.25))
    with pytest.raises(ValueError, match="Andelen"):
        drawn(lots(votes), seed=0, draw=0, share=1.0)


def test_scattered_starts_are_shares_of_every_class():
    votes, _ = two_camps()
    start = scattered(votes, 4, seed=0, run=0)
    assert start.sum(axis=1) == pytest.approx(1)
    assert (start > 0).all()
    assert not np.array_equal(start, scattered(votes, 4, seed=0, run=1))
