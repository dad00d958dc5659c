"""What a published finding is about, and what was found about a thing."""

from tovholder.dialogue import queries as dialogue
from tovholder.findings import queries as findings
from tovholder.plans import queries as plans

from .walk import live_ties


def tied_to_finding(finding_id, by, at):
    """This will return what a finding is about, as (kind, id, name), as far as the actor may read it."""
    ids = list(live_ties(kind="measured_by", to_thing=finding_id).values_list("from_thing_id", flat=True))
    if not ids:
        return []
    themes = [("theme", row.pk, row.name) for row in dialogue.visible_themes(by, at).filter(pk__in=ids).order_by("name")]
    goals = [("goal", row.pk, row.text) for row in plans.goals(by, at).filter(pk__in=ids).order_by("number")]
    words = plans.words_of(ids, at)
    return [*themes, *goals, *(("provision", pk, f"{row.label} {row.heading}") for pk, row in sorted(words.items()))]


def findings_about(thing_id, by, at):
    """This will return the published findings about a thing that are not withdrawn, the newest first."""
    ids = live_ties(kind="measured_by", from_thing=thing_id).values("to_thing")
    return list(findings.findings(by, at).filter(pk__in=ids))
