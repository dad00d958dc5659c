"""A conference whose answers can be coded, with a book and people who code."""

import numpy as np

from tests.factories import AT, make_by, make_conference, make_question, make_statement, make_theme
from tests.texts.coded_texts import CODES, coded_texts
from tovholder.findings import actions
from tovholder.findings.models import AskedAnswer, CampaignsFound, Coding, ModelRun, Suggestion
from tovholder.findings.queries.campaigns import short_digest


class CodingWorld:
    """`answers` statements to one question, four themes that are codes, and two planners of the organiser."""

    def __init__(self, answers=12, seed=0):
        self.conference = make_conference()
        self.question = make_question(self.conference)
        texts, self.marks = coded_texts(answers, seed=seed)
        self.statements = [make_statement(self.question, text=text) for text in texts]
        self.themes = [make_theme(self.conference.organiser, name=name, conference=self.conference) for name in CODES]
        self.by, self.other = make_by("planner", self.conference.organiser), make_by("planner", self.conference.organiser)
        self.book = actions.make_codebook(conference=self.conference, by=self.by, at=AT)
        self.codes = [self.book.codes.get(theme=theme) for theme in self.themes]

    def right(self, number):
        """The ids of the codes that fit a statement."""
        return [self.codes[k].pk for k in np.flatnonzero(self.marks[number])]

    def code(self, *numbers, by=None, at=AT):
        """Codes statements as they are."""
        for number in numbers:
            actions.code_answer(self.book, self.statements[number].pk, codes=self.right(number), by=by or self.by, at=at)

    def ask_all(self, *, double=(), why="spread"):
        """Puts all statements in line in their order, some of them for two."""
        AskedAnswer.objects.bulk_create(
            AskedAnswer(codebook=self.book, answer_id=row.pk, order=n, why=why, is_double=n in double)
            for n, row in enumerate(self.statements)
        )


def make_codebook_in_use(conference, statement, by, at, *, book=None, also=None):
    """A book where the statement waits with a suggestion and others are coded, and more of it all in a book that is there."""
    new = actions.make_codebook(conference=conference, by=by, at=at)
    if not new.codes.exists():
        actions.add_code(new, name=f"Kode til {conference.title}", by=by, at=at)
    found = _in_use(new, statement, by, at)
    if also is not None:
        row = also
        code = actions.add_code(book, name=f"Endnu en kode {row.number}", by=by, at=at)
        actions.code_answer(book, row.pk, codes=[code.pk], by=by, at=at)
        waiting = AskedAnswer.objects.filter(codebook=book).first()
        Suggestion.objects.create(
            codebook=book, answer_id=waiting.answer_id, code=code, score=0.4, is_chosen=False, model="m", suggested_at=at
        )
        more = make_statement(statement.question)
        AskedAnswer.objects.create(codebook=book, answer_id=more.pk, order=row.number, why="spread")
        CampaignsFound.objects.filter(conference=book.conference).delete()
        texts = {one.pk: one.text for one in [make_statement(book.conference.questions.first(), text=TEMPLATE) for _ in range(3)]}
        _campaigns(book.conference, texts, at)
    return found


TEMPLATE = "Vi beder om, at sygehuset ringer til kommunen, før patienten går hjem."


def _in_use(book, statement, by, at):
    code = book.codes.first()
    other = book.conference.statements.filter(state="published").exclude(pk=statement.pk).first()
    if other is not None:
        Coding.objects.create(codebook=book, answer_id=other.pk, coder=by.person, why="own", at=at).codes.add(code)
    AskedAnswer.objects.create(codebook=book, answer_id=statement.pk, order=0, why="doubt")
    found = Suggestion.objects.create(
        codebook=book, answer_id=statement.pk, code=code, score=0.8, words=["ingen", "hjem"], model="m", suggested_at=at
    )
    ModelRun.objects.create(
        codebook=book, fitted_at=at, method="tovholder-coding", method_version="1", digest="d" * 64, answers=3, labelled=40, measured_on=40,
        f1=0.71, f1_low=0.6, f1_high=0.8, doubles=12, alpha=0.74, alpha_low=0.68, alpha_high=0.8,
        by_code=[{"code": code.pk, "f1": 0.7, "alpha": 0.8, "seen": 12, "coding_changed": True}],
        themes=[{"words": ["hjem", "plan"], "size": 5, "typical": [statement.pk], "together": 0.6, "again": 0.8}],
    )  # fmt: skip
    _campaigns(book.conference, {statement.pk: statement.text}, at)
    return book, found


def _campaigns(conference, texts, at):
    copies = [{"id": pk, "digest": short_digest(text), "likeness": 1.0, "own": [[0, 3]]} for pk, text in texts.items()]
    CampaignsFound.objects.create(
        conference=conference, found_at=at, digest="d" * 64, answers=len(texts), method="m", method_version="1",
        figures=[{"kind": "campaign", "copies": copies}],
    )  # fmt: skip
