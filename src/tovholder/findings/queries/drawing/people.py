"""Inequality among people: bars in social order with their slope, or groups beside each other where they have no order."""

from django.utils.translation import gettext as _

from tovholder.base.written import language, number
from tovholder.pictures import Gradient, GradientGroup, GradientLine
from tovholder.pictures.chart_words import CHART_WORDS
from tovholder.pictures.gradient_bars import gradient_bars

from ..followup import unit_of
from .words import measured_by, method_line, period_name


def gradient_of(row, groups, indicator, definition):
    """This will return groups as the picture wants them; `groups` says what each is called: {code: name}."""
    found = row.figures
    line = None
    if "sii" in found and found["sii"][0] is not None:
        slope, low, high = found["sii"]
        line = GradientLine(slope, low, high, tuple(tuple(point) for point in found["line"]))
    is_education = row.breakdown_id.startswith("education")
    return Gradient(
        measure=indicator.label, unit=unit_of(definition), line=line, decimals=definition.decimals, position=row.breakdown.label,
        groups=tuple(
            GradientGroup(groups.get(one["group"], one["group"]), one["share"], one["value"], one["low"], one["high"])
            for one in found["groups"]
        ),
        first=_("kortere uddannelse") if is_education else "", last=_("længere uddannelse") if is_education else "",
        more=_("større andel") if definition.kind == "proportion" else _("højere tal"),
        people=(definition.denominator or "").lower(), better={"lower": "lower", "higher": "higher"}.get(definition.direction, ""),
        definition=measured_by(indicator, definition, definition.population, period_name(row.period_from, row.period_until)),
        method=method_line(row, definition),
    )  # fmt: skip


def gradient_picture(row, groups, indicator, definition, *, width=560, id_prefix="ulighed", headed=False):
    """This will draw groups as bars as wide as their share of the people."""
    found = gradient_of(row, groups, indicator, definition)
    return gradient_bars(found, words=CHART_WORDS[language()], width=width, id_prefix=id_prefix, headed=headed)


def unordered_table(row, definition):
    """This will return what says how far groups lie from each other: [(measure, figure, interval)]."""
    names = {
        "d": _("Afstand mellem yderste grupper (D)"), "r": _("Forhold mellem yderste grupper (R)"),
        "bgv": _("Variation mellem grupper (BGV)"), "aci": _("Koncentrationsindeks, absolut (ACI)"),
        "rci": _("Koncentrationsindeks, relativt (RCI)"), "sii": _("Hældning fra ende til anden (SII)"),
        "rii": _("Forhold fra ende til anden (RII)"),
    }  # fmt: skip
    rows = []
    for key, name in names.items():
        found = row.figures.get(key)
        if found and found[0] is not None:
            digits = 2 if key in ("r", "rii", "rci") else definition.decimals
            told = [number(value, digits) if value is not None else "–" for value in found]
            rows.append((name, told[0], _("%(low)s til %(high)s") % {"low": told[1], "high": told[2]} if found[1] is not None else "–"))
    return rows
