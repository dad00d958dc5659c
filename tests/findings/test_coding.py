"""Coding: codes are themes, two may code the same, suggestions wait for a person, and what is learned is measured."""

from datetime import timedelta

import pytest

from tests.factories import (
    AT,
    make_by,
    make_conference,
    make_consultation,
    make_party,
    make_question,
    make_remark,
    make_response,
    make_theme,
)
from tests.factories_coding import CodingWorld
from tovholder.base.by import ANYONE, SYSTEM
from tovholder.base.errors import Refused
from tovholder.base.models import Event, EventPayload
from tovholder.dialogue.models import Statement, Theme, Theming
from tovholder.findings import actions, queries
from tovholder.findings.models import AskedAnswer, Codebook, Coding, ModelRun, Suggestion

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def world():
    return CodingWorld()


def themes_of(statement):
    return set(Theming.objects.filter(statement=statement).values_list("theme__name", flat=True))


def suggest(world, number, code, **fields):
    given = {"score": 0.9, "words": ["ventede"], "model": "m", "suggested_at": AT} | fields
    return Suggestion.objects.create(codebook=world.book, answer_id=world.statements[number].pk, code=code, **given)


def test_the_themes_of_the_conference_are_the_codes(world):
    assert {code.name for code in queries.codes_of(world.book)} == {theme.name for theme in world.themes}
    code = actions.add_code(world.book, name="Økonomi", description="Penge og regler", example="Det er for dyrt.", by=world.by, at=AT)
    assert Theme.objects.get(name="Økonomi").conference_id == world.conference.pk
    assert code in queries.codes_of(world.book)
    make_theme(world.conference.organiser, name="Navngivet et andet sted", conference=world.conference)
    actions.refit(world.book, by=SYSTEM, at=AT)
    assert "Navngivet et andet sted" in {row.name for row in queries.codes_of(world.book)}


def test_coding_an_answer_puts_it_under_its_themes_and_recoding_moves_it(world):
    statement = world.statements[0]
    actions.code_answer(world.book, statement.pk, codes=[world.codes[0].pk, world.codes[1].pk], by=world.by, at=AT)
    assert themes_of(statement) == {world.themes[0].name, world.themes[1].name}
    actions.code_answer(world.book, statement.pk, codes=[world.codes[2].pk], by=world.by, at=AT)
    assert themes_of(statement) == {world.themes[2].name}
    actions.code_answer(world.book, statement.pk, codes=[], by=world.by, at=AT)
    assert themes_of(statement) == set()
    assert Coding.objects.count() == 1


def test_the_second_coder_counts_for_agreement_and_moves_nothing(world):
    world.ask_all(double=[0])
    world.code(0)
    before = themes_of(world.statements[0])
    assert queries.turn(world.book, world.by, AT).answer.id == world.statements[1].pk
    turn = queries.turn(world.book, world.other, AT)
    assert (turn.answer.id, turn.is_blind, turn.suggestions) == (world.statements[0].pk, True, ())
    wrong = next(code for code in world.codes if code.pk not in world.right(0))
    actions.code_answer(world.book, world.statements[0].pk, codes=[wrong.pk], by=world.other, at=AT)
    assert themes_of(world.statements[0]) == before
    assert Coding.objects.get(coder=world.other.person).is_second
    assert queries.turn(world.book, world.other, AT).answer.id == world.statements[1].pk


def test_a_suggestion_is_no_coding_until_a_person_confirms(world):
    world.ask_all()
    chosen = suggest(world, 0, world.codes[0])
    other = suggest(world, 0, world.codes[1], source="language")
    assert not Coding.objects.exists()
    assert [row.code_id for row in queries.turn(world.book, world.by, AT).suggestions] == [world.codes[0].pk, world.codes[1].pk]
    actions.reject_suggestion(other, by=world.by, at=AT)
    actions.confirm_suggestions(world.book, world.statements[0].pk, by=world.by, at=AT)
    assert themes_of(world.statements[0]) == {world.themes[0].name}
    for row, state in ((chosen, "confirmed"), (other, "rejected")):
        row.refresh_from_db()
        assert (row.state, row.decided_by, row.words) == (state, world.by.person, [])
    with pytest.raises(Refused):
        actions.confirm_suggestions(world.book, world.statements[0].pk, by=world.by, at=AT)


def test_what_the_coder_left_out_is_rejected_and_what_was_only_possible_is_gone(world):
    left_out, possible = suggest(world, 0, world.codes[0]), suggest(world, 0, world.codes[1], is_chosen=False)
    actions.code_answer(world.book, world.statements[0].pk, codes=[world.codes[3].pk], by=world.by, at=AT)
    left_out.refresh_from_db()
    assert left_out.state == "rejected"
    assert not Suggestion.objects.filter(pk=possible.pk).exists()


def test_answers_drawn_by_lot_are_coded_without_suggestions(world):
    world.ask_all(why="random")
    suggest(world, 0, world.codes[0])
    turn = queries.turn(world.book, world.by, AT)
    assert (turn.is_blind, turn.suggestions) == (True, ())


STRANGERS = [
    lambda world: ANYONE,
    lambda world: make_by("planner", make_party()),
    lambda world: make_by("moderator", world.conference.organiser),
]


@pytest.mark.parametrize("stranger", STRANGERS)
def test_strangers_neither_see_nor_code(world, stranger):
    by = stranger(world)
    with pytest.raises(LookupError):
        queries.codebook(world.book.pk, by, AT)
    refused = [
        lambda: actions.code_answer(world.book, world.statements[0].pk, codes=[], by=by, at=AT),
        lambda: actions.add_code(world.book, name="Nyt", by=by, at=AT),
        lambda: actions.change_guide(world.book, guide="", share=5, by=by, at=AT),
        lambda: actions.make_codebook(conference=world.conference, by=by, at=AT),
        lambda: actions.refit(world.book, by=by, at=AT),
        lambda: actions.reject_suggestion(suggest(world, 0, world.codes[0]), by=by, at=AT),
    ]
    for act in refused:
        with pytest.raises(Refused):
            act()
    assert not Coding.objects.exists()


def test_what_cannot_be_coded_is_refused(world):
    hidden = world.statements[0]
    Statement.objects.filter(pk=hidden.pk).update(state="withdrawn")
    other_book = CodingWorld()
    with pytest.raises(Refused, match="trukket tilbage"):
        actions.code_answer(world.book, hidden.pk, codes=[], by=world.by, at=AT)
    with pytest.raises(Refused, match="ikke i kodebogen"):
        actions.code_answer(world.book, world.statements[1].pk, codes=[other_book.codes[0].pk], by=world.by, at=AT)
    with pytest.raises(Refused, match="trukket tilbage"):
        actions.code_answer(world.book, other_book.statements[0].pk, codes=[], by=world.by, at=AT)
    with pytest.raises(Refused, match="allerede en kodebog"):
        actions.make_codebook(conference=world.conference, by=world.by, at=AT)
    with pytest.raises(Refused, match="0 til 100"):
        actions.change_guide(world.book, guide="", share=101, by=world.by, at=AT)
    with pytest.raises(Refused, match="tegn over 2000"):
        actions.change_guide(world.book, guide="x" * 2001, share=1, by=world.by, at=AT)


def test_one_question_of_a_conference_may_have_its_own_book(world):
    question = make_question(world.conference)
    book = actions.make_codebook(conference=world.conference, question=question, by=world.by, at=AT)
    assert Codebook.objects.count() == 2
    assert queries.answers_of(book, world.by, AT) == []
    assert len(queries.answers_of(world.book, world.by, AT)) == len(world.statements)


def test_remarks_of_a_consultation_get_their_theme_and_stay_where_they_stand():
    consultation = make_consultation()
    owner = consultation.version.plan.owner
    by, other = make_by("planner", owner), make_by("planner", make_party())
    remark = make_remark(make_response(consultation))
    held = make_remark(make_response(consultation, held_at=AT))
    theme = make_theme(owner, name="Tid")
    named = make_remark(make_response(consultation), theme=theme)
    book = actions.make_codebook(consultation=consultation, by=by, at=AT)
    assert {row.id for row in queries.answers_of(book, by, AT)} == {remark.pk, named.pk}
    code = queries.codes_of(book)[0]
    actions.code_answer(book, remark.pk, codes=[code.pk], by=by, at=AT)
    remark.refresh_from_db()
    assert (remark.theme_id, remark.provision_id, remark.is_general) == (theme.pk, None, False)
    with pytest.raises(Refused):
        actions.code_answer(book, held.pk, codes=[code.pk], by=by, at=AT)
    with pytest.raises(LookupError):
        queries.codebook(book.pk, other, AT)


def test_the_log_holds_ids_and_no_words(world):
    actions.code_answer(world.book, world.statements[0].pk, codes=world.right(0), by=world.by, at=AT)
    actions.add_code(world.book, name="Hemmeligt", example="Ord fra et svar", by=world.by, at=AT)
    bodies = "".join(EventPayload.objects.values_list("body", flat=True))
    assert "Hemmeligt" not in bodies
    assert "Ord fra" not in bodies
    assert world.statements[0].text not in bodies
    assert Event.objects.filter(kind="answer_coded", actor=world.by.person).exists()


def test_before_anyone_has_coded_the_answers_are_spread_and_themes_are_proposed():
    world = CodingWorld(answers=60)
    run = actions.refit(world.book, by=SYSTEM, at=AT)
    asked = AskedAnswer.objects.filter(codebook=world.book).order_by("order")
    assert asked.count() == 60
    assert asked[0].why in {"spread", "random"}
    assert (run.labelled, run.f1, Suggestion.objects.count()) == (0, None, 0)
    assert run.themes
    assert all(set(theme["typical"]) <= {row.pk for row in world.statements} for theme in run.themes)


def test_from_the_coders_labels_come_suggestions_a_measure_and_an_order():
    world = CodingWorld(answers=90)
    world.ask_all(double=range(12))
    world.code(*range(50))
    world.code(*range(12), by=world.other)
    run = actions.refit(world.book, by=SYSTEM, at=AT)
    assert (run.labelled, run.answers, run.doubles) == (50, 90, 12)
    assert 0.5 < run.f1_low <= run.f1 <= run.f1_high <= 1
    assert run.alpha == 1
    assert {row["code"] for row in run.by_code} == {code.pk for code in world.codes}
    uncoded = {row.pk for row in world.statements[50:]}
    assert set(Suggestion.objects.values_list("answer", flat=True)) == uncoded
    right = [
        set(Suggestion.objects.filter(answer=world.statements[n].pk, is_chosen=True).values_list("code", flat=True)) == set(world.right(n))
        for n in range(50, 90)
    ]
    assert sum(right) >= 30
    assert set(AskedAnswer.objects.values_list("answer", flat=True)) == uncoded
    first = AskedAnswer.objects.filter(why="doubt").order_by("order").first()
    assert Suggestion.objects.filter(answer=first.answer_id).exists()
    assert any(row.words for row in Suggestion.objects.all())


def test_learning_anew_waits_until_enough_has_happened():
    world = CodingWorld(answers=45)
    assert actions.refit_due(by=SYSTEM, at=AT) == 1
    assert actions.refit_due(by=SYSTEM, at=AT) == 0
    world.code(*range(9))
    assert actions.refit_due(by=SYSTEM, at=AT) == 0
    world.code(9)
    assert actions.refit_due(by=SYSTEM, at=AT + timedelta(minutes=1)) == 1
    assert ModelRun.objects.count() == 2


def test_what_waits_is_known_before_anyone_learns():
    world = CodingWorld(answers=45)
    assert queries.is_anything_due(AT)
    actions.refit_due(by=SYSTEM, at=AT)
    actions.find_campaigns_due(by=SYSTEM, at=AT)
    assert not queries.is_anything_due(AT)
    world.code(*range(10))
    assert queries.is_anything_due(AT)


def test_the_lot_for_two_falls_before_the_line_is_made(world):
    Codebook.objects.filter(pk=world.book.pk).update(double_share=100)
    world.book.refresh_from_db()
    world.code(0)
    assert queries.turn(world.book, world.by, AT).answer.id != world.statements[0].pk
    turn = queries.turn(world.book, world.other, AT)
    assert (turn.answer.id, turn.is_blind) == (world.statements[0].pk, True)
    actions.refit(world.book, by=SYSTEM, at=AT)
    assert AskedAnswer.objects.get(answer=world.statements[0].pk).is_double


def test_a_list_of_books_counts_each_ones_own_answers(world):
    question = make_question(world.conference)
    actions.make_codebook(conference=world.conference, question=question, by=world.by, at=AT)
    world.code(0, 1)
    assert [(row.codebook.question_id, row.answers, row.coded) for row in queries.codebooks(world.by, AT)] in (
        [(None, 12, 2), (question.pk, 0, 0)],
        [(question.pk, 0, 0), (None, 12, 2)],
    )


def test_what_is_withdrawn_leaves_no_words_behind():
    world = CodingWorld(answers=45)
    world.code(*range(25))
    actions.refit(world.book, by=SYSTEM, at=AT)
    gone = Suggestion.objects.first()
    Statement.objects.filter(pk=gone.answer_id).update(state="withdrawn")
    assert queries.turn(world.book, world.by, AT).answer.id != gone.answer_id
    assert actions.refit_due(by=SYSTEM, at=AT) == 1
    assert not Suggestion.objects.filter(answer=gone.answer_id).exists()


def test_a_rejected_suggestion_does_not_come_again():
    world = CodingWorld(answers=45)
    world.code(*range(25))
    actions.refit(world.book, by=SYSTEM, at=AT)
    row = Suggestion.objects.filter(is_chosen=True).first()
    actions.reject_suggestion(row, by=world.by, at=AT)
    actions.refit(world.book, by=SYSTEM, at=AT)
    assert Suggestion.objects.get(answer=row.answer_id, code=row.code_id).state == "rejected"


def test_nothing_to_learn_from_is_borne():
    book = actions.make_codebook(conference=(here := make_conference()), by=(by := make_by("planner", here.organiser)), at=AT)
    assert actions.refit_due(by=SYSTEM, at=AT) == 0
    assert actions.refit(book, by=by, at=AT).answers == 0
    assert queries.turn(book, by, AT) is None


def test_progress_counts_answers_once(world):
    world.ask_all(double=[0])
    world.code(0, 1)
    world.code(0, by=world.other)
    found = queries.progress(world.book, world.by, AT)
    assert (found.answers, found.coded, found.left) == (12, 2, 10)
    assert [row.codebook for row in queries.codebooks(world.by, AT)] == [world.book]
    assert queries.codebooks(make_by("planner", make_party()), AT) == []


def test_a_sign_between_own_words_is_nothing_the_copies_share():
    from tovholder.findings.queries.campaigns import ShownCopy, _template

    runs = (("Så ingen leder", False), ("fredag", True), (".", False), (" Min søster ringede", True), (" 2026!", False))
    assert _template([ShownCopy("1", runs, 0.9)]) == ("Så ingen leder", "2026!")
