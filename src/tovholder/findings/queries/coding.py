"""Questions to coding: the books, the next answer to code, what is suggested and why, and how well it all goes."""

import hashlib
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from tovholder.base.by import SYSTEM
from tovholder.base.rows import one
from tovholder.consultations.queries import visible_consultations
from tovholder.dialogue.queries import visible_conferences
from tovholder.parties.rules import PLANNER
from tovholder.texts.danish import sort_key

from ..models import AskedAnswer, Codebook, Coding, LanguageReading, ModelRun, Suggestion, Why
from .answers import Answer, answer_ids, answer_of, answers_of, count_answers


def visible_codebooks(by, at):
    """This will return the books an actor may code by; nobody else's business until the themes are public."""
    rows = Codebook.objects.filter(owner__in=by.parties_as(PLANNER))
    return rows.select_related("owner", "conference", "question", "consultation")


def codebook(codebook_id, by, at):
    """This will return one book; raises LookupError when it is not there or not the actor's."""
    return one(visible_codebooks(by, at), pk=codebook_id)


@dataclass(frozen=True)
class Progress:
    """How far a book has come."""

    codebook: Codebook
    answers: int
    coded: int
    run: ModelRun | None

    @property
    def left(self):
        return self.answers - self.coded


def codebooks(by, at):
    """This will return the actor's books with how far each has come, in Danish order."""
    rows = list(visible_codebooks(by, at))
    coded = dict(
        Coding.objects.filter(codebook__in=rows, is_second=False).values_list("codebook").annotate(n=Count("answer", distinct=True))
    )
    runs, answers = _latest_runs(rows), count_answers(rows, by, at)
    # What was coded and then taken back is still a coding, but no answer any more.
    found = [Progress(row, answers[row.pk], min(coded.get(row.pk, 0), answers[row.pk]), runs.get(row.pk)) for row in rows]
    return sorted(found, key=lambda row: (sort_key(str(row.codebook)), row.codebook.pk))


def _latest_runs(rows):
    found = {}
    for run in ModelRun.objects.filter(codebook__in=rows).order_by("fitted_at", "pk"):
        found[run.codebook_id] = run
    return found


def progress(codebook, by, at):
    """This will return how far one book has come just now."""
    ids = answer_ids(codebook, by, at)
    coded = Coding.objects.filter(codebook=codebook, is_second=False, answer__in=ids).count()
    run = ModelRun.objects.filter(codebook=codebook).order_by("-fitted_at", "-pk").first()
    return Progress(codebook, ids.count(), coded, run)


def places_to_code(by, at):
    """This will return (conferences, consultations) the actor may make a book for and has none for yet."""
    parties = by.parties_as(PLANNER)
    taken = Codebook.objects.filter(question__isnull=True)
    conferences = visible_conferences(by, at).filter(organiser__in=parties, state="published")
    consultations = visible_consultations(by, at).filter(version__plan__owner__in=parties)
    return (
        conferences.exclude(pk__in=taken.filter(conference__isnull=False).values("conference")).order_by("-starts_at", "pk"),
        consultations.exclude(pk__in=taken.filter(consultation__isnull=False).values("consultation")).order_by("-opens_at", "pk"),
    )


def codes_of(codebook):
    """This will return the codes that may be chosen, in Danish order."""
    rows = codebook.codes.filter(theme__withdrawn_at__isnull=True).select_related("theme")
    return sorted(rows, key=lambda row: (sort_key(row.name), row.pk))


@dataclass(frozen=True)
class Turn:
    """The answer a coder has before them. Suggestions are empty where they would colour what is measured."""

    answer: Answer
    why: str
    is_blind: bool
    suggestions: tuple
    own: frozenset
    left: int

    @property
    def why_words(self):
        """This will say why the coder is asked about this answer; one nobody has put in line yet is simply next."""
        words = {
            Why.SPREAD: _("det ligner mange andre"),
            Why.DOUBT: _("her er vi i tvivl"),
            Why.RANDOM: _("det er trukket ved lod"),
            Why.OWN: _("du har valgt det"),
        }
        return words.get(self.why) or _("ingen har kodet det endnu")


def turn(codebook, by, at, *, wanted=""):
    """This will return the next answer for a coder to code, or the wanted one, or None; raises LookupError for a stranger."""
    ids = answer_ids(codebook, by, at)
    own = Coding.objects.filter(codebook=codebook, coder=by.person or "")
    open_ones = AskedAnswer.objects.filter(codebook=codebook, answer__in=ids).exclude(answer__in=own.values("answer"))
    left = open_ones.count()
    # Before anything is learned, and when the line is done, the rest comes as it falls: nobody waits for a sum.
    rest = [] if left or wanted else _uncoded(codebook, ids)
    # An answer a colleague has coded, and which is for two, comes before new ones.
    by_others = Q(answer__in=Coding.objects.filter(codebook=codebook, is_second=False).values("answer"))
    if wanted:
        asked = AskedAnswer.objects.filter(codebook=codebook, answer=wanted).first()
        answer_id = wanted
    else:
        asked = open_ones.filter(by_others).order_by("order").first() or open_ones.order_by("order").first()
        if asked is None and not rest:
            return None
        answer_id = asked.answer_id if asked else min(rest, key=lambda one: _lot(codebook, one, by))
    answer = answer_of(codebook, answer_id, by, at)
    mine = own.filter(answer=answer_id).prefetch_related("codes").first()
    is_blind = mine is None and asked is not None and (asked.is_double or asked.why == Why.RANDOM)
    rows = Suggestion.objects.filter(codebook=codebook, answer=answer_id, state="suggested", code__theme__withdrawn_at__isnull=True)
    shown = () if is_blind else tuple(rows.select_related("code__theme").order_by("-is_chosen", "-score", "pk"))
    return Turn(
        answer,
        asked.why if asked else Why.OWN if wanted else "",
        is_blind,
        shown,
        frozenset(code.pk for code in mine.codes.all()) if mine else frozenset(),
        left or len(rest),
    )


def _uncoded(codebook, ids):
    done = Coding.objects.filter(codebook=codebook).values("answer")
    return list(ids.exclude(pk__in=done).values_list("pk", flat=True))


def _lot(codebook, answer_id, by):
    """A place in line that stays the same, and differs from coder to coder, so that two do not read the same answer."""
    return hashlib.sha256(f"{codebook.pk} {by.person} {answer_id}".encode()).digest()


def suggestion(suggestion_id, by, at):
    """This will return one open suggestion; raises LookupError."""
    return one(
        Suggestion.objects.filter(codebook__in=visible_codebooks(by, at)).select_related("codebook", "code__theme"), pk=suggestion_id
    )


@dataclass(frozen=True)
class Recent:
    """One of the actor's own codings, with the names of its codes."""

    answer_id: str
    at: object
    shown: str


def recent_codings(codebook, by, at, limit=20):
    """This will return the actor's own latest codings of answers that may still be read."""
    rows = Coding.objects.filter(codebook=codebook, coder=by.person or "", answer__in=answer_ids(codebook, by, at))
    rows = rows.prefetch_related("codes__theme").order_by("-at", "-pk")[:limit]
    return [Recent(row.answer_id, row.at, ", ".join(sorted((code.name for code in row.codes.all()), key=sort_key))) for row in rows]


def open_codebooks():
    """This will return every book, for the background work that belongs to no one."""
    return list(Codebook.objects.select_related("owner", "conference", "question", "consultation").order_by("pk"))


def unread_answers(codebook, at, *, model, limit):
    """This will return the next answers nobody has coded and the named language model has not read."""
    ids = answer_ids(codebook, SYSTEM, at)
    done = Coding.objects.filter(codebook=codebook).values("answer")
    read = LanguageReading.objects.filter(codebook=codebook, model=model[:64]).values("answer")
    rows = AskedAnswer.objects.filter(codebook=codebook, answer__in=ids).exclude(answer__in=done).exclude(answer__in=read)
    wanted = list(rows.order_by("order").values_list("answer", flat=True)[:limit])
    found = {answer.id: answer for answer in answers_of(codebook, SYSTEM, at)} if wanted else {}
    return [found[one] for one in wanted if one in found]
