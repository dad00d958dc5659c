"""Which answers are asked about, what is suggested and why, whether something has changed, and the report on it all."""

import json

import numpy as np
import pytest

from tests.texts.coded_texts import CODES, WORDS, coded_texts
from tovholder.texts.coding import choosing, model, space, suggesting
from tovholder.texts.coding.drift import discoveries, drift
from tovholder.texts.coding.report import coding_report

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def learned():
    texts, marks = coded_texts(300, seed=9, noise=0.02)
    made, rows = space.space_of(texts)
    return made, rows, texts, marks, model.fit(rows, marks, CODES)


def test_the_first_answers_are_spread_over_the_themes(learned):
    made, rows, _texts, marks, _fitted = learned
    first = choosing.next_to_ask(made.places(rows), (), 8, rng=np.random.default_rng(0))
    assert len({one.position for one in first}) == 8
    assert marks[[one.position for one in first]].any(axis=0).all()
    assert {one.why for one in first} == {"spread"}


def test_doubt_decides_and_nothing_is_asked_twice(learned):
    made, rows, _texts, _marks, _fitted = learned
    places, doubt = made.places(rows), np.zeros(300)
    doubt[40:60] = 1.0
    asked = list(range(40, 45))
    chosen = choosing.next_to_ask(places, asked, 10, rng=np.random.default_rng(0), doubt=doubt)
    positions = [one.position for one in chosen]
    assert len(set(positions)) == 10
    assert not set(positions) & set(asked)
    again = choosing.next_to_ask(places, asked, 10, rng=np.random.default_rng(0), doubt=doubt)
    assert again == chosen


def test_a_share_is_drawn_by_lot_and_the_end_is_reached(learned):
    made, rows, _texts, _marks, _fitted = learned
    places = made.places(rows)
    chosen = choosing.next_to_ask(places, range(100), 50, rng=np.random.default_rng(0), doubt=np.ones(300), random_share=0.2)
    assert sum(one.why == "random" for one in chosen) == 10
    last = choosing.next_to_ask(places, range(297), 50, rng=np.random.default_rng(0))
    assert {one.position for one in last} == {297, 298, 299}
    assert choosing.next_to_ask(places, range(300), 5, rng=np.random.default_rng(0)) == ()


def test_what_the_words_gave_adds_up_to_the_score(learned):
    made, _rows, texts, _marks, fitted = learned
    for text in [*texts[:20], "Aldrig sete ord!", ""]:
        raw = fitted.raw(made.rows([text]))[0]
        for k, code in enumerate(CODES):
            assert suggesting.reasons(fitted, made, text, code).total == pytest.approx(raw[k], abs=1e-6)


def test_with_questions_the_words_still_add_up():
    texts, marks = coded_texts(80, seed=1)
    questions = ["Hvad gik godt?", "Hvad kan blive bedre?"] * 40
    made, rows = space.space_of(texts, questions=questions)
    fitted = model.fit(rows, marks, CODES)
    for text, question in zip(texts[:8], questions):
        found = suggesting.reasons(fitted, made, text, "mad", question=question)
        assert found.total == pytest.approx(fitted.raw(made.rows([text], [question]))[0, CODES.index("mad")], abs=1e-6)


def test_the_words_that_spoke_are_the_words_of_the_code(learned):
    made, _rows, _texts, _marks, fitted = learned
    first = suggesting.suggest(fitted, made, "Maden smagte godt, men vi ventede længe.")
    assert {one.code for one in first if one.is_chosen} == {"mad", "ventetid"}
    for one in first[:2]:
        assert one.words[0].word in WORDS[one.code]
        assert "Maden smagte godt, men vi ventede længe."[one.words[0].start : one.words[0].end].casefold() == one.words[0].word


def test_words_without_a_subject_are_not_shown_as_those_that_spoke(learned):
    made, fitted = learned[0], learned[4]
    told = suggesting.suggest(fitted, made, "Og så skal der ikke være så lang ventetid på maden.")
    words = [word.word for one in told for word in one.words]
    assert words
    assert not {"og", "så", "skal", "der", "ikke", "på"} & set(words)


def test_candidate_themes_are_clear_and_the_rest_stands_alone():
    texts, marks = coded_texts(240, seed=6, both=0.0)
    texts += [f"Sætning {number} om noget ganske for sig" for number in range(3)]
    found = suggesting.candidate_themes(texts, most=8)
    assert 2 <= len(found.themes) <= 8
    assert found.note
    members = [member for theme in found.themes for member in theme.members]
    assert len(members) == len(set(members))
    assert sorted([*members, *found.alone]) == list(range(len(texts)))
    for theme in found.themes:
        assert set(theme.typical) <= set(theme.members)
        assert theme.words
        counts = marks[[member for member in theme.members if member < 240]].sum(axis=0)
        assert counts.max() >= 0.6 * counts.sum()
    assert suggesting.candidate_themes(texts, most=8) == found


def test_a_theme_that_no_word_tells_from_the_rest_is_not_shown(monkeypatch):
    texts, _marks = coded_texts(240, seed=6, both=0.0)
    first = suggesting.candidate_themes(texts, most=8).themes[0]
    words_of = suggesting._words_of
    monkeypatch.setattr(
        suggesting, "_words_of", lambda texts, members, space: () if tuple(members) == first.members else words_of(texts, members, space)
    )
    found = suggesting.candidate_themes(texts, most=8)
    assert found.themes
    assert first.members not in [theme.members for theme in found.themes]
    assert set(first.members) <= set(found.alone)


def test_nothing_in_common_gives_no_themes():
    rng = np.random.default_rng(0)
    texts = ["".join(chr(97 + int(letter)) for letter in rng.integers(0, 26, 12)) for _ in range(40)]
    assert suggesting.candidate_themes(texts).themes == ()
    assert suggesting.candidate_themes(["et svar"]).alone == (0,)


def test_a_code_that_is_used_otherwise_than_before_is_seen():
    texts, marks = coded_texts(300, seed=11)
    _made, rows = space.space_of(texts)
    marks[200:, CODES.index("mad")] = False
    found = drift(rows, marks, CODES, recent=100, seed=0)
    assert {one.code for one in found.alarms} == {"mad"}
    seen = next(one for one in found.codes if one.code == "mad")
    assert seen.coding_changed
    assert not seen.answers_changed
    assert seen.used_now == 0 < seen.expected_now


def test_new_answers_are_not_taken_for_new_coding():
    texts, marks = coded_texts(400, seed=12)
    about_food = np.flatnonzero(marks[:, CODES.index("mad")])
    others = np.flatnonzero(~marks[:, CODES.index("mad")])
    order = np.concatenate([others[:200], about_food[:60], others[200:220]])
    _made, rows = space.space_of(texts)
    found = drift(rows[order], marks[order], CODES, recent=80, seed=0)
    seen = next(one for one in found.codes if one.code == "mad")
    assert seen.answers_changed


@pytest.mark.slow
def test_without_change_there_are_few_alarms():
    alarms = 0
    for seed in range(40):
        texts, marks = coded_texts(120, seed=100 + seed, noise=0.1)
        _made, rows = space.space_of(texts)
        alarms += bool(drift(rows, marks, CODES, recent=40, seed=seed).alarms)
    # Five per cent of the looks at the most: 40 looks, nine alarms would have a chance of 1 in 10,000.
    assert alarms <= 6


def test_too_little_or_many_looks_raise_no_alarm():
    texts, marks = coded_texts(60, seed=3)
    _made, rows = space.space_of(texts)
    assert drift(rows, marks, CODES, recent=10, seed=0).codes == ()
    assert discoveries(np.array([0.001, 0.2, 0.04]), 0.05).tolist() == [True, False, False]
    assert discoveries(np.array([0.01, 0.02, 0.03]), 0.05).all()


def test_the_report_tells_what_to_expect_of_the_open_answers():
    texts, marks = coded_texts(90, seed=8)
    ids = [f"s{number}" for number in range(90)]
    labels = {one: [CODES[k] for k in np.flatnonzero(row)] for one, row in zip(ids[:80], marks)}
    found = coding_report(ids, texts, labels, seed=3)
    assert json.loads(json.dumps(found)) == found
    assert found == coding_report(ids, texts, labels, seed=3)
    assert (found["coded"], found["texts"], len(found["suggestions"])) == (80, 90, 10)
    assert found["f1"]["samples"]["low"] <= found["f1"]["samples"]["value"] <= found["f1"]["samples"]["high"]
    assert [point["labelled"] for point in found["learning_curve"]["random"]] == [50, 64]
    assert {row["code"] for row in found["by_code"]} == set(CODES)


WRONG = [
    (["a", "a"], ["x", "y"], {}, "to gange"),
    (["a", "b"], ["x", "y"], {"c": ["k"]}, "ingen tekst med det id"),
    (["a", "b"], ["x", "y"], [["k"]], "samme orden"),
    (["a", "b"], ["x", "y"], {"a": ["k"]}, "mindst 20 tekster"),
]


@pytest.mark.parametrize(("ids", "texts", "labels", "sentence"), WRONG)
def test_a_report_that_cannot_be_made_says_why(ids, texts, labels, sentence):
    with pytest.raises(ValueError, match=sentence):
        coding_report(ids, texts, labels, seed=0)
