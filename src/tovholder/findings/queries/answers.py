"""The answers a codebook is for: statements of a conference, or remarks of a consultation, in one shape."""

from dataclasses import dataclass

from django.db.models import Count, Q

from tovholder.base.by import SYSTEM
from tovholder.consultations import queries as consultations
from tovholder.consultations.models import Remark
from tovholder.dialogue.queries import public_statements


@dataclass(frozen=True)
class Answer:
    """One answer as a coder meets it: its words and what it answers, and nothing about who wrote it."""

    id: str
    text: str
    question: str


def _remarks(by, at):
    # What waits for review is nobody's to code yet.
    rows = Remark.objects.filter(Q(response__held_at__isnull=True) | Q(response__released_at__isnull=False), response__state="submitted")
    return rows if by is SYSTEM else rows.filter(response__in=consultations.readable_responses(by, at))


def _rows(codebook, by, at):
    if codebook.consultation_id:
        return _remarks(by, at).filter(response__consultation=codebook.consultation_id), "provision__permalink", "response__number"
    rows = public_statements(at).filter(conference=codebook.conference_id)
    if codebook.question_id:
        rows = rows.filter(question=codebook.question_id)
    return rows, "question__text", "number"


def answers_of(codebook, by, at):
    """This will return the answers to code that the actor may read, in the order they came."""
    rows, question, order = _rows(codebook, by, at)
    found = rows.exclude(text="").order_by(order, "pk").values_list("pk", "text", question)
    # What a remark stands at is no question of its own: a model must not learn places for themes.
    return [Answer(pk, text, "" if codebook.consultation_id else asked or "") for pk, text, asked in found]


def answer_ids(codebook, by, at):
    """This will return the ids of the answers to code that the actor may read."""
    rows, _question, _order = _rows(codebook, by, at)
    return rows.exclude(text="").values("pk")


def answer_of(codebook, answer_id, by, at):
    """This will return one answer to code; raises LookupError when it is not there or may not be read."""
    rows, question, _order = _rows(codebook, by, at)
    found = rows.exclude(text="").filter(pk=answer_id).values_list("pk", "text", question).first()
    if found is None:
        raise LookupError(answer_id)
    return Answer(found[0], found[1], "" if codebook.consultation_id else found[2] or "")


def count_answers(codebooks, by, at):
    """This will return {book's id: how many answers it is for} that the actor may read; asks as often for one book as for many."""
    said = public_statements(at).exclude(text="").filter(conference__in=[row.conference_id for row in codebooks if row.conference_id])
    written = _remarks(by, at).exclude(text="")
    written = written.filter(response__consultation__in=[row.consultation_id for row in codebooks if row.consultation_id])
    asked = {(one, question): n for one, question, n in said.order_by().values_list("conference", "question").annotate(n=Count("pk"))}
    sent = dict(written.order_by().values_list("response__consultation").annotate(n=Count("pk")))
    return {
        row.pk: sent.get(row.consultation_id, 0)
        if row.consultation_id
        else sum(n for (one, question), n in asked.items() if one == row.conference_id and row.question_id in (None, question))
        for row in codebooks
    }
