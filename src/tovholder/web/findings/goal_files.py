"""A goal's figures as files: the same that its page shows, what is hidden left out there too."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from tovholder.findings import queries
from tovholder.findings.queries import drawing

FORM = "tovholder-goal-figures-1"
_WHY = {"suppressed": "hidden", "protects": "hidden", "hidden": "hidden"}


def rows_of(target, sheet):
    """This will return headers and one row for each figure: the course, the places, the groups."""
    headers = [
        _("Hvad"), _("Hvem"), _("Fra"), _("Til"), _("Gruppe"), _("Tæller"), _("Nævner"), _("Værdi"), _("Nedre"), _("Øvre"), _("Note"),
    ]  # fmt: skip
    rows = []
    if sheet.course is not None:
        rows += [_row(_("Forløb"), target.party.name, one["from"], one["until"], "", one) for one in sheet.course.figures["points"]]
    names = queries.names_of([area for row in sheet.funnels for area in row.figures["areas"]])
    for row in sheet.funnels:
        what = row.area_kind and drawing.places_words(row.area_kind)[0].capitalize()
        period = (row.period_from.isoformat(), row.period_until.isoformat())
        rows += [_row(what, named.name, *period, "", area) for named, area in drawing.in_order(row.figures["areas"], names)]
    if sheet.gradient is not None:
        groups = queries.groups_of(sheet.gradient.breakdown_id)
        period = (sheet.gradient.period_from.isoformat(), sheet.gradient.period_until.isoformat())
        who = sheet.gradient.party.name if sheet.gradient.party_id else _("Hele landet")
        rows += [
            _row(sheet.gradient.breakdown.label, who, *period, groups.get(one["group"], one["group"]), one)
            for one in sheet.gradient.figures["groups"]
        ]
    return headers, rows


def _row(what, who, first, until, group, one):
    why = _WHY.get(one["why"], one["why"])
    note = {"hidden": _("for få til at vise"), "missing": _("ingen tal")}.get(why, "")
    last = drawing.last_day(until).isoformat()
    return [what, who, first, last, group, *(_told(one.get(name)) for name in ("x", "n", "value", "low", "high")), note]


def _told(value):
    if value is None:
        return ""
    return str(value).replace(".", ",")


def json_of(goal, target, sheet):
    """This will return everything that is calculated for a goal's page as JSON text, each part with how and from what it was made."""
    parts = [row for row in (sheet.course, *sheet.funnels, sheet.gradient, sheet.all_places) if row is not None]
    definition = queries.definition_now(target.indicator)
    told = {
        "schema": FORM,
        "goal": {"number": goal.number, "text": goal.text, "plan": goal.plan.title, "target": target.value, "due_on": target.due_on},
        "indicator": {
            "code": target.indicator.code,
            "name": target.indicator.name,
            "definition": definition.number,
            "unit": definition.unit,
        },
        "parts": [_part(row) for row in parts],
    }
    return json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1, sort_keys=True)


def _part(row):
    return {
        "kind": row.kind, "area_kind": row.area_kind, "period_from": row.period_from, "period_until": row.period_until,
        "figures": row.figures, "method": row.method, "method_version": row.method_version, "parameters": row.parameters,
        "digest": row.digest, "vintage_drawn_on": row.vintage.drawn_on, "calculated_at": row.calculated_at,
    }  # fmt: skip
