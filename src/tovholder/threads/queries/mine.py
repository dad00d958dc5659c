from dataclasses import dataclass

from tovholder.base.by import By
from tovholder.consultations import queries as consultations
from tovholder.dialogue import queries as dialogue

from .trace import Thread, thread_of_statement

_MOST = 10


@dataclass(frozen=True)
class Own:
    """One of a person's own statements, whatever became of it, and its thread."""

    statement: object
    thread: Thread

    @property
    def state(self):
        return self.statement.state


@dataclass(frozen=True)
class Mine:
    """Everything one code leads to."""

    statements: tuple[Own, ...]
    responses: tuple

    def __bool__(self):
        return bool(self.statements or self.responses)


def mine(contributor, at):
    """This will return what a person with a code has said and answered, and what came of it."""
    by = By(contributor=contributor.pk)
    statements = list(dialogue.statements_of(contributor)[:_MOST])
    responses = consultations.visible_responses(by, at).filter(contributor=contributor).select_related("consultation")
    return Mine(
        statements=tuple(Own(row, thread_of_statement(row, by, at)) for row in statements),
        responses=tuple(responses.prefetch_related("remarks").order_by("submitted_at", "pk")[:_MOST]),
    )


def steps_of(contributor, at):
    """This will count the steps that a person's threads have come, and the answers their remarks were given."""
    found = mine(contributor, at)
    answered = sum(bool(remark.verdict) for response in found.responses for remark in response.remarks.all())
    return sum(own.thread.reach for own in found.statements) + answered
