"""The door to »Danish champion in coherence«: all municipalities compared fairly by each indicator of coherence, and never ranked."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tovholder.findings import queries
from tovholder.findings.queries import drawing

from . import sheets


@require_safe
def champion(request):
    """This will show where municipalities differ in coherence, how surely, and what would change if all were as good as the best fifth."""
    found = queries.coherence_figures(request.by, request.at)
    areas = [area for _indicator, funnel, _all in found if funnel for area in funnel.figures["areas"]]
    names = queries.names_of(areas)
    shown = [_one(place, indicator, funnel, names) for place, (indicator, funnel, _all) in enumerate(found) if funnel]
    context = {
        "shown": shown, "without": [indicator for indicator, funnel, _all in found if not funnel],
        "crumbs": [(_("Mål"), reverse("findings:list")), (_("Danmarksmester i sammenhæng"), "")],
    }  # fmt: skip
    return render(request, "findings/champion.html", context)


def _one(place, indicator, row, names):
    definition = queries.definition_now(indicator)

    def draw(**given):
        return drawing.funnel_picture(row, indicator, definition, names, **given)

    def mapped(**given):
        return drawing.map_picture(row, indicator, definition, names, **given)

    kept = {"row": row, "called": indicator.label, "names": names}
    one, _many = drawing.places_words(row.area_kind)
    return {
        "indicator": indicator, "definition": definition, "period": drawing.period_name(row.period_from, row.period_until),
        "funnel": sheets.shown(
            draw, f"tragt-{place}", sheets.HALF, **kept, method=drawing.method_line(row, definition), notes=sheets.reasons(row)
        ),
        "map": sheets.shown(mapped, f"kort-{place}", sheets.HALF, **kept),
        "headers": sheets.places_headers(definition, one), "rows": drawing.interval_rows(row, definition, names),
        "chance": row.figures.get("expected_by_chance"), "potential": drawing.potential_words(row, indicator, definition),
    }  # fmt: skip
