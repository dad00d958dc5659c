"""What other rooms know about a plan: what led to its words, who changed them, and whether they are out for consultation."""

from tovholder.base.rows import one
from tovholder.consultations import queries as consultations
from tovholder.dialogue import queries as dialogue
from tovholder.plans import actions as plans
from tovholder.threads import actions as threads


def themes(by, at):
    """This will return (id, name) of the themes that can be tied to a provision."""
    return [(row.pk, row.name) for row in dialogue.visible_themes(by, at).order_by("name", "pk")]


def theme(theme_id, by, at):
    """This will return one theme; raises LookupError."""
    return one(dialogue.visible_themes(by, at), pk=theme_id)


def consultations_now(at):
    """This will return {version id: consultation} for what is open."""
    return {row.version_id: row for row in consultations.open_now(at)}


def save_words(version, promise, because_of, words, *, by, at):
    """This will save a promise's words, and tie them to the remark that caused the change when there is one."""
    given = {name: words[name] for name in ("label", "heading", "body", "revision")}
    if because_of is None:
        return plans.edit_provision(version, promise, **given, by=by, at=at)
    return threads.edit_because_of(because_of, version, promise, **given, by=by, at=at)
