"""What other rooms know about a plan: what led to its words, who changed them, and whether they are out for consultation."""

from tovholder.plans import actions as plans


def margins(version, by, at):
    """This will return {provision id: Margin} for a version."""
    try:
        from tovholder.threads import queries as threads
    except ImportError:
        return {}
    return threads.margin(version, by, at)


def causes(before, after, by, at):
    """This will return {provision id: [Cause]} between two versions."""
    try:
        from tovholder.threads import queries as threads
    except ImportError:
        return {}
    return threads.causes(before, after, by, at)


def themes(by, at):
    """This will return (id, name) of the themes that can be tied to a provision."""
    try:
        from tovholder.dialogue.queries import visible_themes
    except ImportError:
        return []
    return [(row.pk, row.name) for row in visible_themes(by, at).order_by("name", "pk")]


def theme(theme_id, by, at):
    """This will return one theme; raises LookupError."""
    from tovholder.base.rows import one
    from tovholder.dialogue.queries import visible_themes

    return one(visible_themes(by, at), pk=theme_id)


def consultations_now(at):
    """This will return {version id: consultation} for what is open."""
    try:
        from tovholder.consultations.queries import open_now
    except ImportError:
        return {}
    return {row.version_id: row for row in open_now(at)}


def remark(remark_id, by, at):
    """This will return one remark; raises LookupError."""
    from tovholder.consultations import queries as consultations

    return consultations.remark(remark_id, by, at)


def save_words(version, promise, because_of, words, *, by, at):
    """This will save a promise's words, and tie them to the remark that caused the change when there is one."""
    given = {name: words[name] for name in ("label", "heading", "body", "revision")}
    if because_of is None:
        return plans.edit_provision(version, promise, **given, by=by, at=at)
    from tovholder.threads import actions as threads

    return threads.edit_because_of(because_of, version, promise, **given, by=by, at=at)
