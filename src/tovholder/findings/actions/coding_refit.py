"""Learning anew from what the coders did. The sums are heavy: only background work calls this."""

from tovholder.base.by import SYSTEM
from tovholder.base.events import record
from tovholder.base.rows import hold
from tovholder.base.write import write

from .. import rules
from ..models import AskedAnswer, Codebook, Coding, LanguageReading, ModelRun, Suggestion
from ..queries.answers import answer_ids
from ..queries.coding_learned import learned_from
from ..queries.due import is_book_due
from .coding import falls_on, take_in_themes


def refit(codebook, *, seed=0, by, at):
    """This will learn from a book's codings and keep what it suggests, whom to ask about next and how well it does; raises Refused."""
    rules.check_may_refit(codebook, by=by)
    take_in_themes(codebook, by=by, at=at)
    learned = learned_from(codebook, at, seed=seed)
    with write():
        # Two that learned at once take turns: the later one replaces what the first kept.
        hold(codebook)
        run = ModelRun.objects.create(codebook=codebook, fitted_at=at, **learned.run)
        _keep_suggestions(codebook, learned, run, at)
        _keep_asked(codebook, learned)
        record("coding_learned", codebook, by=by, at=at, labelled=run.labelled, digest=run.digest)
    return run


def refit_due(*, by, at):
    """This will learn anew for every book where enough has happened, and return how many; raises Refused."""
    rules.check_is_system(by=by)
    count = 0
    for codebook in Codebook.objects.order_by("pk"):
        # Asked one by one: somebody else may have learned it while the one before took its time.
        if is_book_due(codebook, at):
            refit(codebook, by=by, at=at)
            count += 1
    return count


def _keep_suggestions(codebook, learned, run, at):
    old = Suggestion.objects.filter(codebook=codebook, state="suggested")
    old.filter(source="linear").delete()
    old.exclude(answer__in=answer_ids(codebook, SYSTEM, at)).delete()
    # Somebody may have coded while the sums were made, or said no before.
    coded = set(Coding.objects.filter(codebook=codebook).values_list("answer", flat=True))
    refused = set(Suggestion.objects.filter(codebook=codebook, source="linear").values_list("answer", "code"))
    Suggestion.objects.bulk_create(
        [
            Suggestion(
                codebook=codebook,
                answer_id=answer,
                code=code,
                score=score,
                is_chosen=is_chosen,
                words=words,
                model=run.digest,
                suggested_at=at,
            )
            for answer, code, score, is_chosen, words in learned.suggestions
            if answer not in coded and (answer, code.pk) not in refused
        ],
        batch_size=500,
    )


def _keep_asked(codebook, learned):
    kept = dict(AskedAnswer.objects.filter(codebook=codebook).values_list("answer", "is_double"))
    done = set(Coding.objects.filter(codebook=codebook, is_second=False).values_list("answer", flat=True))
    # An answer that one of two has coded keeps waiting for the other.
    AskedAnswer.objects.filter(codebook=codebook).exclude(answer__in=done, is_double=True).delete()
    AskedAnswer.objects.bulk_create(
        [
            AskedAnswer(codebook=codebook, answer_id=answer, order=order, why=why, is_double=kept.get(answer, falls_on(codebook)))
            for order, (answer, why) in enumerate(learned.asked)
            if answer not in done
        ],
        batch_size=500,
        # Somebody may have coded one for two while the line was made.
        ignore_conflicts=True,
    )


def keep_language_suggestions(codebook, suggested, *, model, kept_back=(), by, at):
    """This will keep what a language model suggested as suggestions, {answer: codes}, and which answers never left the house.

    What people have coded stays as it is.
    """
    rules.check_may_refit(codebook, by=by)
    with write():
        there = set(Suggestion.objects.filter(codebook=codebook, source="language").values_list("answer", "code"))
        coded = set(Coding.objects.filter(codebook=codebook).values_list("answer", flat=True))
        rows = [
            Suggestion(codebook=codebook, answer_id=answer, code_id=code, source="language", score=1.0, model=model[:64], suggested_at=at)
            for answer, codes in suggested.items()
            for code in codes
            if answer not in coded and (answer, code) not in there
        ]
        Suggestion.objects.bulk_create(rows)
        LanguageReading.objects.bulk_create(
            [
                LanguageReading(codebook=codebook, answer_id=answer, model=model[:64], was_sent=answer in suggested, at=at)
                for answer in (*suggested, *kept_back)
            ],
            ignore_conflicts=True,
        )
    return len(rows)


def log_language_call(codebook, *, answers, model, status, sizes, by, at):
    """This will log one call to a language model: which answers, which model, how it went and how large it was; never words."""
    rules.check_may_refit(codebook, by=by)
    with write():
        record("language_model_asked", codebook, by=by, at=at, answers=answers, model=model, status=status, **sizes)
