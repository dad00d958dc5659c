"""The model learns what the words say, the same every time, and knows how sure it is."""

import os
import subprocess
import sys

import numpy as np
import pytest

from tests.texts.coded_texts import CODES, coded_texts
from tovholder.texts.coding import model, scores, solver, space

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def learned():
    texts, marks = coded_texts(240)
    made, rows = space.space_of(texts[:200])
    return made, rows, texts, marks, model.fit(rows, marks[:200], CODES)


def test_it_finds_the_codes_of_answers_it_has_not_seen(learned):
    made, _rows, texts, marks, fitted = learned
    chosen, expected = model.decide(fitted.likely(made.rows(texts[200:])))
    found = scores.scores(marks[200:], chosen, rng=np.random.default_rng(0))
    assert found.samples.value > 0.9
    assert found.samples.low <= found.samples.value <= found.samples.high
    assert expected.mean() == pytest.approx(found.samples.value, abs=0.1)


def test_the_same_labels_give_the_same_model(learned):
    _made, rows, _texts, marks, fitted = learned
    again = model.fit(rows, marks[:200], CODES)
    assert again.digest == fitted.digest
    assert again.weights.tobytes() == fitted.weights.tobytes()
    assert again.offset.tobytes() == fitted.offset.tobytes()
    changed = marks[:200].copy()
    changed[0] = ~changed[0]
    assert model.fit(rows, changed, CODES).digest != fitted.digest


PROGRAM = """
import hashlib
from tests.texts.coded_texts import CODES, coded_texts
from tovholder.texts.coding import model, space
texts, marks = coded_texts(80)
made, rows = space.space_of(texts)
fitted = model.fit(rows, marks, CODES)
print(hashlib.sha256(fitted.weights.tobytes() + made.axes.tobytes() + fitted.likely(rows).tobytes()).hexdigest())
"""


@pytest.mark.slow
def test_no_number_of_threads_changes_a_bit():
    seen = set()
    for threads in ("1", "4"):
        environment = os.environ | dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"), threads)
        done = subprocess.run([sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=True)
        seen.add(done.stdout)
    assert len(seen) == 1


def test_the_directions_are_those_of_the_table():
    rng = np.random.default_rng(3)
    table = rng.standard_normal((60, 3)) @ rng.standard_normal((3, 25)) + 0.01 * rng.standard_normal((60, 25))
    start, column, value = np.arange(61) * 25, np.tile(np.arange(25), 60), table.ravel()
    found = solver.directions(start, column, value, 25, 3, np.random.default_rng(0))
    right = np.linalg.svd(table)[2][:3].T
    assert np.abs((found * right).sum(axis=0)) == pytest.approx(np.ones(3), abs=1e-3)
    assert found.T @ found == pytest.approx(np.eye(3), abs=1e-9)


def test_the_choice_has_the_highest_expected_f1():
    rng = np.random.default_rng(5)
    likely = rng.random((40, 4))
    chosen, expected = model.decide(likely)
    outcomes = np.array([[bool(number >> k & 1) for k in range(4)] for number in range(16)])
    for row in range(len(likely)):
        chance = np.where(outcomes, likely[row], 1 - likely[row]).prod(axis=1)
        worth = [
            (chance * 2 * (outcomes & choice).sum(axis=1) / np.maximum(outcomes.sum(axis=1) + choice.sum(), 1)).sum()
            for choice in outcomes[1:]
        ]
        assert expected[row] == pytest.approx(max(worth))
        assert (outcomes[1:][int(np.argmax(worth))] == chosen[row]).all()


def test_a_probability_means_what_it_says():
    texts, marks = coded_texts(600, seed=4, noise=0.1)
    made, rows = space.space_of(texts[:300])
    likely = model.fit(rows, marks[:300], CODES).likely(made.rows(texts[300:]))
    for low in (0.0, 0.5):
        inside = (likely >= low) & (likely < low + 0.5)
        assert likely[inside].mean() == pytest.approx(marks[300:][inside].mean(), abs=0.1)


def test_the_same_words_may_mean_something_else_under_another_question():
    texts = ["Personalet og ventetiden"] * 2 + ["Maden", "Hjælpen hjemme", "Intet at sige"] * 20
    questions = ["Hvad gik godt?", "Hvad gik skidt?"] + ["Hvad gik godt?"] * 30 + ["Hvad gik skidt?"] * 30
    marks = np.array([[question == "Hvad gik godt?", question != "Hvad gik godt?"] for question in questions])
    made, rows = space.space_of(texts, questions=questions)
    likely = model.fit(rows, marks, ("ros", "ris")).likely(made.rows(["Maden"] * 2, questions[:2]))
    assert (likely[0].argmax(), likely[1].argmax()) == (0, 1)


def test_odd_labels_and_texts_are_borne():
    texts, marks = coded_texts(30, seed=2)
    marks[:, 1] = True
    marks[:, 2] = False
    made, rows = space.space_of([*texts[:28], "", "🙂"])
    fitted = model.fit(rows, marks, CODES)
    likely = fitted.likely(made.rows(["", "   ", "ord ingen kender", "x" * 100_000]))
    assert np.isfinite(likely).all()
    assert (likely[:, 1] > 0.5).all()
    assert (likely[:, 2] < 0.5).all()


def test_too_little_is_said_in_words():
    with pytest.raises(ValueError, match="ingen ord"):
        space.space_of(["", "!"])
    made, rows = space.space_of(["en mand", "en kone", "et barn"])
    with pytest.raises(ValueError, match="Kod mindst fire svar"):
        model.fit(rows, np.ones((3, 1), dtype=bool), ("a",))


def test_scores_are_what_the_formulas_say():
    true = np.array([[1, 1, 0], [0, 1, 0], [0, 0, 1], [0, 0, 0]], dtype=bool)
    found = np.array([[1, 0, 0], [0, 1, 1], [0, 0, 1], [0, 0, 0]], dtype=bool)
    result = scores.scores(true, found, rng=np.random.default_rng(0), draws=50)
    assert result.samples.value == pytest.approx((2 / 3 + 2 / 3 + 1 + 1) / 4)
    assert result.micro.value == pytest.approx(2 * 3 / (4 + 4))
    assert result.macro.value == pytest.approx((1 + 2 / 3 + 2 / 3) / 3)
    assert result.subset.value == pytest.approx(0.5)
    with pytest.raises(ValueError, match="lige mange"):
        scores.scores(true, found[:2], rng=np.random.default_rng(0))
