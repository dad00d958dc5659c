"""Questions to statements and votes."""

import hashlib
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Case, Count, F, OuterRef, Prefetch, Q, Subquery, TextField, Value, When

from tovholder.base.rows import one
from tovholder.dialogue.models import Conference, Question, Statement, Theme, Vote
from tovholder.parties.rules import MODERATOR

FEWEST_SHOWN = 5
ON_SCREEN_FOR = timedelta(seconds=15)
_ANSWERS = {Vote.AGREE: "agree", Vote.DISAGREE: "disagree", Vote.PASS: "pass"}


def is_public():
    """This will return the condition that everybody may read a statement."""
    return Q(state=Statement.State.PUBLISHED) & (Q(conference__isnull=True) | Q(conference__state=Conference.State.PUBLISHED))


def visible_statements(by, at):
    """This will return the statements an actor may read: published ones, and all at a conference the actor moderates."""
    rows = Statement.objects.select_related("conference", "question", "group")
    own = by.parties_as(MODERATOR)
    return rows.filter(is_public() | Q(conference__organiser__in=own)) if own else rows.filter(is_public())


def statement(statement_id, *, by, at):
    """This will return one statement the actor may read; raises LookupError."""
    return one(visible_statements(by, at), pk=statement_id)


def statements_of(contributor):
    """This will return what a contributor has said, whatever became of it, for the one who holds the code."""
    return Statement.objects.filter(contributor=contributor).select_related("question", "conference").order_by("written_at")


def live_conference(code, at):
    """This will return a published conference by its short code, with notice and questions; raises LookupError."""
    rows = (
        Conference.objects.filter(state=Conference.State.PUBLISHED)
        .select_related("notice__controller", "organiser")
        .prefetch_related("notice__joint_controllers", Prefetch("questions", Question.objects.order_by("number", "pk")))
    )
    found = one(rows, short_code__iexact=code)
    for question in found.questions.all():
        question.is_open = is_open(found, question, at)
    found.is_open = is_open(found, None, at)
    return found


def is_open(conference, question, at):
    """This will answer whether a question, or the conference as a whole, takes input at a moment."""
    if conference.input_opens_at is None or at < conference.input_opens_at:
        return False
    if question is not None:
        return question.closed_at(at) is None
    return conference.input_closes_at is None or at < conference.input_closes_at


def live_question(code, question_id, at):
    """This will return a question of a conference by its code, the conference with it; raises LookupError."""
    conference = live_conference(code, at)
    for question in conference.questions.all():
        if question.pk == question_id:
            return conference, question
    raise LookupError("no such question here")


@dataclass(frozen=True)
class Turn:
    """Where a device stands among the statements of a conference."""

    statement: Statement | None
    answer: str
    done: int
    total: int
    previous: str


def next_for(device, conference, at, *, wanted="", choose=None):
    """This will return the statement a device answers next, or one it has answered and looks at again.

    `choose` is given what the device has not seen and {statement id: answer} of what it has; without it the device's own order counts."""
    mine = Vote.objects.filter(statement=OuterRef("pk"), device=device or "")
    rows = list(
        Statement.objects.filter(is_public(), conference=conference)
        .exclude(device=device or "-")
        .annotate(my_answer=Subquery(mine.values("answer")[:1]), my_at=Subquery(mine.values("at")[:1]))
        .values_list("pk", "my_answer", "my_at")
    )
    answered = [pk for pk, _answer, _at in sorted((row for row in rows if row[1] is not None), key=lambda row: (row[2], row[0]))]
    # Each device gets its own order, so that late statements are weighed by as many as early ones.
    unseen = sorted((row[0] for row in rows if row[1] is None), key=lambda pk: hash_of(device, pk))
    answers = {pk: answer for pk, answer, _at in rows if answer is not None}
    first = (choose(unseen, answers) if choose else unseen[0]) if unseen else ""
    chosen = wanted if wanted in answered else first
    before = answered[: answered.index(chosen)] if chosen in answered else answered
    return Turn(
        statement=Statement.objects.get(pk=chosen) if chosen else None,
        answer=_ANSWERS.get(answers.get(chosen), ""),
        done=len(answered),
        total=len(rows),
        previous=before[-1] if before else "",
    )


def hash_of(device, pk):
    """This will return a device's own order of things."""
    return hashlib.sha256(f"{device}:{pk}".encode()).digest()


def vote_counts(statement_ids):
    """This will return for each statement how many agree, disagree and do not know."""
    counts = {pk: dict.fromkeys(_ANSWERS.values(), 0) for pk in statement_ids}
    rows = Vote.objects.filter(statement__in=list(counts)).values_list("statement", "answer").annotate(n=Count("pk"))
    for pk, answer, n in rows:
        counts[pk][_ANSWERS[answer]] = n
    return counts


def stored_votes():
    """This will return every stored vote as device, statement and answer, for the benchmark that compares them with what was sent."""
    return list(Vote.objects.order_by("pk").values_list("device", "statement_id", "answer"))


def counts_by_sector(statements):
    """This will count statements by sector; sectors with too few to show are joined under an empty name."""
    rows = statements.order_by().values("sector").annotate(n=Count("pk"))
    shown, joined = {}, 0
    for row in rows:
        if row["sector"] and row["n"] >= FEWEST_SHOWN:
            shown[row["sector"]] = row["n"]
        else:
            joined += row["n"]
    return dict(sorted(shown.items(), key=lambda pair: (-pair[1], pair[0]))) | ({"": joined} if joined else {})


@dataclass(frozen=True)
class Hall:
    """What the hall's screen shows: nothing that a moderator has not shown."""

    question: Question | None
    number: int
    of: int
    closes_at: object
    newest: Statement | None
    total: int
    sectors: dict
    themes: list = field(default_factory=list)


def _on_screen(conference, questions, at, number):
    """The wanted question; else the open ones in turn, so that the same moment always gives the same; else the last."""
    if number is not None and 0 < number <= len(questions):
        return questions[number - 1]
    takes_input = [q for q in questions if is_open(conference, q, at)]
    if not takes_input:
        return questions[-1] if questions else None
    turns = (at - conference.input_opens_at) // ON_SCREEN_FOR
    return takes_input[turns % len(takes_input)]


def hall(conference, at, *, number=None):
    """This will return what the room sees of a conference: the question whose turn it is, or the wanted one, and what was said to it."""
    questions = list(conference.questions.all())
    question = _on_screen(conference, questions, at, number)
    shown = Statement.objects.filter(is_public(), conference=conference)
    here = shown.filter(question=question) if question else shown
    sectors = counts_by_sector(here)
    ends = [end for end in (conference.input_closes_at, question and question.closes_at) if end]
    themes = (
        Theme.objects.filter(conference=conference, withdrawn_at__isnull=True)
        .annotate(size=Count("themings", filter=Q(themings__statement__state=Statement.State.PUBLISHED)))
        .filter(size__gt=0)
        .order_by("-size", "name")[:5]
    )
    return Hall(
        question=question,
        number=questions.index(question) + 1 if question else 0,
        of=len(questions),
        closes_at=min(ends) if ends else None,
        newest=here.order_by("-state_at", "-pk").first(),
        total=sum(sectors.values()),
        sectors=sectors,
        themes=[(theme.name, theme.size) for theme in themes],
    )


def text_unless_held():
    """This will return the expression that leaves a held text in the database."""
    return Case(When(state=Statement.State.HELD, then=Value("")), default=F("text"), output_field=TextField())
