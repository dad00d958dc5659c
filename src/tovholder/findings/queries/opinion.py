"""Questions to what the votes of a conference say. A page reads what was calculated; it never calculates."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from tovholder.base.rows import one
from tovholder.dialogue import queries as dialogue
from tovholder.parties.rules import MODERATOR, PLANNER

from ..models import Finding, OpinionAlarm, OpinionMap

# So long may a map be behind before somebody should look at it.
PATIENCE = timedelta(minutes=5)


@dataclass(frozen=True)
class Drawn:
    """A map with the words of what is still shown: figures about statements that were withdrawn are left out."""

    live: dict
    figures: dict
    live_at: object
    drawn_at: object
    digest: str
    method: str
    method_version: str
    parameters: dict
    texts: dict


def drawn(conference):
    """This will return a conference's map as last calculated, None before there is one."""
    row = OpinionMap.objects.filter(conference=conference).first()
    if row is None or not row.live:
        return None
    texts = dialogue.open_for_votes(conference)
    return Drawn(
        row.live, row.figures, row.live_at, row.drawn_at, row.digest, row.method, row.method_version, row.parameters, texts
    )  # fmt: skip


def stored_map(conference):
    """This will return the map's row itself, None before there is one."""
    return OpinionMap.objects.filter(conference=conference).first()


def is_behind(conference, at):
    """This will answer whether answers came that the map should show by now and does not."""
    last, renewed = dialogue.last_weighed(conference), drawn_whole_at(conference)
    return last is not None and last < at - PATIENCE and (renewed is None or renewed < last)


def drawn_whole_at(conference):
    """This will return when the whole map was last calculated, None before that."""
    return OpinionMap.objects.filter(conference=conference).values_list("drawn_at", flat=True).first()


def alarms(conference):
    """This will return what does not hold about a conference's map right now, the newest first."""
    return list(OpinionAlarm.objects.filter(conference=conference, cleared_at__isnull=True).order_by("-raised_at", "kind"))


def visible_findings(by, at):
    """This will return the findings that may be read: published ones, withdrawn ones too, and those of the actor's own parties."""
    own = by.parties_as(PLANNER, MODERATOR)
    rows = Finding.objects.select_related("owner", "conference")
    return rows.filter(Q(published_at__isnull=False) | Q(owner__in=own)) if own else rows.filter(published_at__isnull=False)


def findings(by, at, *, conference=None):
    """This will return the findings that may be read and are not withdrawn, the newest first."""
    rows = visible_findings(by, at).filter(withdrawn_at__isnull=True)
    if conference is not None:
        rows = rows.filter(conference=conference)
    return rows.order_by("-published_at", "pk")


def finding(finding_id, by, at):
    """This will return one finding, withdrawn or not; raises LookupError."""
    return one(visible_findings(by, at), pk=finding_id)


def kept_in(found):
    """This will return the figures a finding keeps, as a map is returned, with the words that may still be read; None without any."""
    kept = found.figures
    if "live" not in kept:
        return None
    texts = dialogue.open_for_votes(found.conference) if found.conference_id else {}
    drawn_at = datetime.fromisoformat(kept["drawn_at"])
    return Drawn(
        kept["live"],
        kept["figures"],
        drawn_at,
        drawn_at,
        found.inputs_digest,
        found.method,
        found.method_version,
        kept["parameters"],
        texts,
    )


def drawn_at(conference):
    """This will return when the figures of a conference's map were last renewed, None before there are any."""
    return OpinionMap.objects.filter(conference=conference).values_list("live_at", flat=True).first()
