from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tovholder.consultations import queries as consultations
from tovholder.dialogue import queries as dialogue
from tovholder.parties.queries import sectors
from tovholder.plans import queries as plans

from .trace import ACCEPTED, has_figures, told_of
from .walk import live_ties, walk


@dataclass(frozen=True)
class Row:
    """One line in the margin: what it is, its words, a note, and whose words led to it."""

    kind: str
    text: str
    thing_id: str = ""
    note: str = ""
    counts: dict = field(default_factory=dict)
    quote: str = ""
    quote_by: str = ""


@dataclass(frozen=True)
class Missing:
    kind: str
    text: str
    explanation: str = ""


@dataclass(frozen=True)
class Margin:
    """What stands beside a provision: what led here, what came of it, and what is missing."""

    led_here: tuple[Row, ...] = ()
    came_of_it: tuple[Row, ...] = ()
    gaps: tuple[Missing, ...] = ()


def margin(version, by, at):
    """This will return {provision id: Margin} for a version, with a fixed number of queries."""
    ids = [row.provision_id for row in plans.texts_of(version)]
    found = walk(by, at, provision_ids=ids)
    quotes = _quotes(found, by, at)
    return {item: Margin(_led_here(found, item, quotes), _came_of_it(found, item), _gaps(found, item)) for item in ids}


def _quotes(found, by, at):
    """The shortest published words under each theme stand for it."""
    rows = dialogue.visible_statements(by, at).filter(state="published", themes__in=list(found.themes))
    quotes = {}
    for theme_id, text, sector, place in rows.values_list("themes", "text", "sector", "place"):
        if theme_id not in quotes or len(text) < len(quotes[theme_id][0]):
            quotes[theme_id] = (text, sector, place)
    return quotes


def _led_here(found, item, quotes):
    rows = []
    for theme_id in found.themes_of[item]:
        theme = found.themes.get(theme_id)
        if theme is None:
            continue
        counts = dict(found.sizes[theme_id])
        size = sum(counts.values())
        text, sector, place = quotes.get(theme_id, ("", "", ""))
        words = dict(sectors())
        said_by = ", ".join(filter(None, (str(words.get(sector, "")), place)))
        note = ngettext("%(n)s udsagn", "%(n)s udsagn", size) % {"n": size}
        rows.append(Row("theme", theme.name, theme_id, note, counts, text, said_by))
    remarks = found.remarks[item]
    if remarks:
        accepted = sum(remark.verdict in ACCEPTED for remark in remarks)
        text = ngettext("%(n)s bemærkning", "%(n)s bemærkninger", len(remarks)) % {"n": len(remarks)}
        rows.append(Row("remark", text, remarks[0].pk, _("i høringen, %(n)s imødekommet helt eller delvist") % {"n": accepted}))
    rows += [Row("duty", note) for note in found.duties[item]]
    return tuple(rows)


def _came_of_it(found, item):
    rows = []
    for row in found.initiatives[item]:
        others = found.reuses[row.pk]
        note = ngettext("%(n)s gør det også", "%(n)s gør det også", others) % {"n": others} if others else ""
        rows.append(Row("initiative", row.name, row.pk, note))
    rows += [Row("goal", goal.text, goal.pk, told_of(goal, found.followed.get(goal.pk))) for goal in found.goals[item]]
    return tuple(rows)


def _gaps(found, item):
    missing = []
    if not any(theme_id in found.themes for theme_id in found.themes_of[item]) and not found.duties[item]:
        missing.append(Missing("theme", _("Ingen har bedt om dette.")))
    goals = found.goals[item]
    if goals and not any(goal.indicator for goal in goals):
        missing.append(Missing("goal", _("Ingen måler det endnu.")))
    elif goals and not any(has_figures(found.followed.get(goal.pk)) for goal in goals):
        missing.append(Missing("figures", _("Ingen har målt endnu.")))
    if not found.initiatives[item]:
        missing.append(Missing("initiative", _("Intet endnu. Ingen har meldt en indsats.")))
    return tuple(missing)


@dataclass(frozen=True)
class Cause:
    """Whose remark changed a provision, and what verdict it was given."""

    thing_id: str
    title: str
    by: str
    sector: str
    quote: str = ""
    verdict: str = ""
    reason: str = ""


def causes(before, after, by, at):
    """This will return {provision id: [Cause]} for edits made because of remarks after one version and up to another."""
    numbers = range(before.number + 1, after.number + 1)
    between = [row.pk for row in after.plan.versions.all() if row.number in numbers]
    ties = list(live_ties(kind="changed", in_version__in=between).order_by("made_at", "id"))
    remarks = {row.pk: row for row in consultations.remarks_on([tie.to_thing_id for tie in ties], by, at)}
    found = {}
    for tie in ties:
        found.setdefault(tie.to_thing_id, []).append(_cause(tie, remarks.get(tie.from_thing_id)))
    return found


def _cause(tie, remark):
    if remark is None:
        return Cause(tie.from_thing_id, _("En bemærkning"), _("Et svar, der ikke er offentligt endnu"), "other")
    number = remark.response.number or ""
    return Cause(
        tie.from_thing_id, _("Bemærkning i svar nr. %(n)s") % {"n": number}, remark.response.public_name, remark.response.sector,
        quote=remark.text, verdict=remark.verdict, reason=remark.reason,
    )  # fmt: skip
