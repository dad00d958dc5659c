"""What background work waits: books with new codings, and places whose answers have changed. Light: it counts and compares."""

from tovholder.base.by import ANYONE, SYSTEM

from ..models import CampaignsFound, Codebook, Coding, ModelRun, Suggestion
from .answers import answer_ids
from .campaigns import FEWEST, digest_of, places_with_answers, texts_at

# So many new codings, or so large a share of all, make it worth to learn anew.
NEW_CODINGS = 10
NEW_SHARE = 0.05


def is_book_due(codebook, at):
    """This will return whether enough has happened in a book to learn anew."""
    run = ModelRun.objects.filter(codebook=codebook).order_by("-fitted_at", "-pk").first()
    ids = answer_ids(codebook, SYSTEM, at)
    if run is None:
        return ids.exists()
    rows = Suggestion.objects.filter(codebook=codebook, state="suggested")
    # What may no longer be read must leave no words behind.
    if rows.exclude(answer__in=ids).exists() or ids.count() != run.answers:
        return True
    labelled = Coding.objects.filter(codebook=codebook, is_second=False, answer__in=ids).count()
    doubles = Coding.objects.filter(codebook=codebook, is_second=True, answer__in=ids).count()
    return labelled + doubles - run.labelled - run.doubles >= max(NEW_CODINGS, NEW_SHARE * run.labelled)


def is_place_due(place, at):
    """This will return whether a conference's or consultation's public answers have changed since campaigns were looked for."""
    texts = texts_at(place, ANYONE, at)
    return len(texts) >= FEWEST and not CampaignsFound.objects.filter(**{place._meta.model_name: place}, digest=digest_of(texts)).exists()


def is_anything_due(at):
    """This will return whether there is anything to learn or to look for."""
    return any(is_book_due(row, at) for row in Codebook.objects.order_by("pk")) or any(
        is_place_due(row, at) for row in places_with_answers(at)
    )
