"""Questions to campaigns: which answers are written from one text, shown to whoever may read them."""

import hashlib
from dataclasses import dataclass

from django.db.models import Q

from tovholder.base.by import ANYONE
from tovholder.consultations.models import Remark
from tovholder.consultations.queries import readable_responses
from tovholder.dialogue.queries import public_statements

from ..models import CampaignsFound

FEWEST = 3


@dataclass(frozen=True)
class ShownCopy:
    """One answer of a campaign as its reader may see it: its words in pieces, each said to be its own or the template's."""

    id: str
    runs: tuple[tuple[str, bool], ...]
    likeness: float

    @property
    def has_own(self):
        return any(is_own and piece.strip() for piece, is_own in self.runs)


@dataclass(frozen=True)
class ShownCampaign:
    """Answers written from one text, with the words they share."""

    is_campaign: bool
    template: tuple[str, ...]
    copies: tuple[ShownCopy, ...]


@dataclass(frozen=True)
class Campaigns:
    """All campaigns at one place; `alone` answers are written by nobody else's text. found_at is None before anyone has looked."""

    found_at: object
    answers: int
    campaigns: tuple[ShownCampaign, ...]

    @property
    def is_enough(self):
        return self.answers >= FEWEST

    @property
    def copies(self):
        return sum(len(row.copies) for row in self.campaigns)

    @property
    def alone(self):
        return max(self.answers - self.copies, 0)


def texts_at(place, by, at):
    """This will return {id: text} of a conference's statements or a consultation's remarks that the actor may read."""
    if place._meta.model_name == "conference":
        rows = public_statements(at).filter(conference=place)
    else:
        rows = Remark.objects.filter(response__consultation=place, response__state="submitted", response__in=readable_responses(by, at))
        rows = rows.filter(Q(response__held_at__isnull=True) | Q(response__released_at__isnull=False))
    return dict(rows.exclude(text="").order_by("pk").values_list("pk", "text"))


def digest_of(texts):
    """This will give the fingerprint of texts by their ids."""
    found = hashlib.sha256()
    for one, text in sorted(texts.items()):
        found.update(f"{one}\x00{text}\x01".encode())
    return found.hexdigest()


def short_digest(text):
    """This will give a text's own fingerprint, short: places in it hold only while it is the same."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def campaigns_figures(texts):
    """This will look for campaigns among texts by id. Heavy: only background work asks this."""
    from tovholder.texts.campaigns import METHOD, VERSION, find_campaigns

    rows = [
        {
            "kind": found.kind,
            "copies": [
                {
                    "id": copy.id,
                    "digest": short_digest(texts[copy.id]),
                    "likeness": copy.likeness,
                    "own": [list(span) for span in copy.own_words],
                }
                for copy in found.copies
            ],
        }
        for found in find_campaigns(list(texts.items()))
    ]
    return rows, METHOD, str(VERSION)


def campaigns_at(place, by, at):
    """This will return the campaigns of a conference or consultation among the answers the actor may read."""
    texts = texts_at(place, by, at)
    row = CampaignsFound.objects.filter(**{place._meta.model_name: place}).first()
    if row is None:
        return Campaigns(None, len(texts), ())
    shown = [_shown(found, texts) for found in row.figures]
    return Campaigns(row.found_at, len(texts), tuple(found for found in shown if len(found.copies) >= FEWEST))


def _shown(found, texts):
    copies = []
    for copy in found["copies"]:
        text = texts.get(copy["id"])
        if text is None or short_digest(text) != copy["digest"]:
            continue
        copies.append(ShownCopy(copy["id"], _runs(text, copy["own"]), copy["likeness"]))
    return ShownCampaign(found["kind"] == "campaign", _template(copies), tuple(copies))


def _runs(text, own):
    runs, reached = [], 0
    for start, end in own:
        runs += [(text[reached:start], False), (text[start:end], True)]
        reached = end
    return tuple((piece, is_own) for piece, is_own in [*runs, (text[reached:], False)] if piece)


def _template(copies):
    """The words of the copy that has most of the template and least of its own."""
    if not copies:
        return ()
    purest = max(copies, key=lambda copy: (copy.likeness, -sum(len(piece) for piece, is_own in copy.runs if is_own), copy.id))
    # A full stop between two own words is nothing they share.
    return tuple(piece.strip() for piece, is_own in purest.runs if not is_own and any(map(str.isalnum, piece)))


def places_with_answers(at):
    """This will return the conferences and consultations whose answers everyone may read, for background work."""
    from tovholder.consultations.queries import visible_consultations
    from tovholder.dialogue.queries import visible_conferences

    return [*visible_conferences(ANYONE, at).order_by("pk"), *visible_consultations(ANYONE, at).order_by("pk")]
