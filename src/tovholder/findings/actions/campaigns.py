"""Looking for campaigns. The sums are heavy: only background work calls this."""

from tovholder.base.by import ANYONE
from tovholder.base.write import write

from .. import rules
from ..models import CampaignsFound
from ..queries.campaigns import FEWEST, campaigns_figures, digest_of, places_with_answers, texts_at


def find_campaigns(place, *, by, at):
    """This will look for campaigns among the public answers of a conference or consultation, when they have changed; True when it did."""
    rules.check_is_system(by=by)
    texts = texts_at(place, ANYONE, at)
    digest, name = digest_of(texts), place._meta.model_name
    if len(texts) < FEWEST or CampaignsFound.objects.filter(**{name: place}, digest=digest).exists():
        return False
    figures, method, version = campaigns_figures(texts)
    with write():
        CampaignsFound.objects.update_or_create(
            **{name: place},
            defaults={
                "found_at": at, "digest": digest, "answers": len(texts), "method": method, "method_version": version, "figures": figures,
            },
        )  # fmt: skip
    return True


def find_campaigns_due(*, by, at):
    """This will look where answers have changed since last, and return at how many places; raises Refused."""
    rules.check_is_system(by=by)
    return sum(find_campaigns(place, by=by, at=at) for place in places_with_answers(at))
