from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tovholder.dialogue import queries as dialogue

from .trace import ACCEPTED
from .walk import walk

_BEST_LENGTH = 45


@dataclass(frozen=True)
class Story:
    """Someone's words, and what came of them."""

    words: str
    sector: str
    said_by: str
    outcome: str
    kind: str
    id: str
    is_taken: bool = True


def stories(by, at, *, limit=3):
    """This will return what some said and what came of it, those that came furthest first, the last one a wish that was not met."""
    found = walk(by, at, theme_ids=[theme.pk for theme in dialogue.visible_themes(by, at)])
    quotes = _quotes(found, by, at)
    told = [story for theme_id in found.themes for story in _told(found, theme_id, quotes)]
    told.sort(key=lambda pair: (-pair[0], pair[1].words))
    refused = _refused(found)
    kept = limit - 1 if refused and len(told) >= limit else limit
    return [story for _rank, story in told[:kept]] + refused[: limit - min(kept, len(told))][:1]


def _quotes(found, by, at):
    """The words nearest to one line of a quotation stand for their theme."""
    rows = dialogue.visible_statements(by, at).filter(state="published", themes__in=list(found.themes))
    best = {}
    for row in rows.values_list("themes", "text", "sector", "speaker", "place", "pk").order_by("number", "pk"):
        theme_id, text = row[0], row[1]
        if theme_id not in best or abs(len(text) - _BEST_LENGTH) < abs(len(best[theme_id][1]) - _BEST_LENGTH):
            best[theme_id] = row
    return best


def _told(found, theme_id, quotes):
    promised = [found.words[item] for item in found.provisions_of[theme_id] if item in found.words]
    if not promised or theme_id not in quotes:
        return []
    _theme, text, sector, speaker, place, statement_id = quotes[theme_id]
    ranked = [(rank, row, sentence) for row in promised for rank, sentence in [_furthest(found, row)]]
    rank, row, sentence = max(ranked, key=lambda item: item[0])
    written = _("Skrevet ind i %(plan)s, punkt %(label)s.") if row.label else _("Skrevet ind i %(plan)s.")
    outcome = " ".join(filter(None, (written % {"plan": row.version.plan.title, "label": row.label}, sentence)))
    said_by = ", ".join(filter(None, (speaker, place)))
    return [(rank, Story(text, sector, said_by, outcome, "statement", statement_id))]


def _furthest(found, row):
    """How far a promise came, and the sentence that says it."""
    initiatives = found.initiatives[row.provision_id]
    measured = [goal for goal in found.goals[row.provision_id] if goal.indicator]
    if initiatives:
        others = found.reuses[initiatives[0].pk]
        sentence = _("»%(name)s« gør det.") % {"name": initiatives[0].name}
        if others:
            sentence += " " + ngettext("%(n)s anden gør det også.", "%(n)s andre gør det også.", others) % {"n": others}
        return (4 if measured else 3), sentence
    adoption = found.decisions.get(row.version.plan_id)
    if adoption:
        deciding = [item for item in adoption.version.approvals.all() if item.step.part == "decides"]
        yes = sum(item.outcome in ("approved", "reserved") for item in deciding)
        return 2, _("%(yes)s af %(all)s har sagt ja.") % {"yes": yes, "all": len(deciding)} if len(deciding) > 1 else _("Det er vedtaget.")
    accepted = sum(remark.verdict in ACCEPTED for remark in found.remarks[row.provision_id])
    if accepted:
        text = ngettext("%(n)s bemærkning i høringen gjorde det skarpere.", "%(n)s bemærkninger i høringen gjorde det skarpere.", accepted)
        return 1, text % {"n": accepted}
    return 0, ""


def _refused(found):
    """The wishes that were not met, the shortest first, with the reason that was given."""
    rows = [remark for remarks in found.remarks.values() for remark in remarks if remark.verdict == "not_accepted" and remark.reason]
    rows.sort(key=lambda remark: (len(remark.text), remark.pk))
    return [_not_met(row) for row in rows]


def _not_met(row):
    outcome = _("Kom ikke med i planen. %(why)s") % {"why": row.reason}
    return Story(row.text, row.response.sector, row.response.public_name, outcome, "remark", row.pk, is_taken=False)
