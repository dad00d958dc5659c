"""Places as funnels, small multiples, a map and a Lorenz curve. Places stand in Danish order and are never ranked."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tovholder.base.written import language, number
from tovholder.pictures import (
    Funnel,
    FunnelLimits,
    FunnelPoint,
    Lorenz,
    MunicipalityFigure,
    MunicipalityFigures,
    SmallMultiples,
    SmallSeries,
)
from tovholder.pictures.chart_words import CHART_WORDS, begun
from tovholder.pictures.funnel_plot import funnel_plot
from tovholder.pictures.geography import land
from tovholder.pictures.lorenz import lorenz_curve
from tovholder.pictures.municipality_map import municipality_map
from tovholder.pictures.small_multiples import small_multiples
from tovholder.texts.danish import sort_key

from ..followup import unit_of
from .words import measured_by, method_line, period_name, short_period

_STANDINGS = {"over": "over", "under": "under", "inside": "inside", "hidden": "hidden", "missing": "missing"}


@dataclass(frozen=True)
class Named:
    """What a party is called in a picture, and its code on the map."""

    name: str
    code: str = ""


def places_words(area_kind):
    """This will return what one and many of a kind of area are called."""
    return {
        "municipality": (_("kommune"), _("kommuner")),
        "health_cluster": (_("klynge"), _("klynger")),
        "health_council": (_("sundhedsråd"), _("sundhedsråd")),
    }.get(area_kind, (_("område"), _("områder")))


def in_order(areas, names):
    """This will return areas with their names as a Dane reads them: Ærø before Aabenraa."""
    return sorted(((names[area["party"]], area) for area in areas if area["party"] in names), key=lambda pair: sort_key(pair[0].name))


def funnel_of(row, indicator, definition, names, *, target=None):
    """This will return a funnel as the picture wants it."""
    found = row.figures
    points = [
        FunnelPoint(named.name, area["n"], area["value"], _STANDINGS[area["standing"]]) for named, area in in_order(found["areas"], names)
    ]
    limits = [FunnelLimits(one["level"], tuple(one["sizes"]), tuple(one["lower"]), tuple(one["upper"])) for one in found.get("limits", ())]
    when = period_name(row.period_from, row.period_until)
    return Funnel(
        measure=indicator.label, unit=unit_of(definition), size_name=(definition.denominator or _("størrelse")).lower(),
        points=tuple(points), limits=tuple(limits), centre=found.get("centre"), target=target, places=places_words(row.area_kind),
        better={"lower": "lower", "higher": "higher"}.get(definition.direction, ""), decimals=definition.decimals,
        definition=measured_by(indicator, definition, when), method=method_line(row, definition),
    )  # fmt: skip


def funnel_picture(row, indicator, definition, names, *, width=560, id_prefix="tragt", headed=False):
    """This will draw places against what chance alone explains at their size."""
    found = funnel_of(row, indicator, definition, names)
    title = "" if found.limits else _("%(places)s uden grænser at holde dem op imod") % {"places": begun(found.places[1])}
    return funnel_plot(found, title=title, words=CHART_WORDS[language()], width=width, id_prefix=id_prefix, headed=headed)


def interval_rows(row, definition, names):
    """This will return one row for each place in Danish order: name, size, figure, interval, standing and how sure that is."""
    said = CHART_WORDS[language()]
    rows = []
    for named, area in in_order(row.figures["areas"], names):
        if area["value"] is None:
            rows.append((named.name, "–", "–", "–", said[_STANDINGS[area["standing"]]], ""))
            continue
        size = "–" if area["n"] is None else number(round(area["n"]))
        between = "–" if area["low"] is None else f"{number(area['low'], definition.decimals)}–{number(area['high'], definition.decimals)}"
        rows.append((named.name, size, number(area["value"], definition.decimals), between, said[area["standing"]], surely(area)))
    return rows


def potential_words(row, indicator, definition):
    """This will say what there would be fewer or more of if all were as good as the best fifth; nothing where that cannot be said."""
    kept = row.figures.get("potential")
    if not kept or kept["total"][1] is None or kept["total"][1] <= 0:
        return ""
    total, low, high = (number(round(value)) for value in kept["total"])
    what = (definition.numerator or indicator.label).lower()
    told = {
        "total": total, "low": low, "high": high, "what": what, "target": number(kept["target"], definition.decimals),
        # The sentence ends right after the unit, so "pct." must not bring a point of its own.
        "unit": unit_of(definition).removesuffix("."), "unshrunk": number(round(kept["unshrunk"])),
    }  # fmt: skip
    sentence = _(
        "Det ville give %(total)s færre %(what)s på et år (95 pct. sikkerhed: %(low)s–%(high)s), hvis alle var som den bedste "
        "femtedel: %(target)s %(unit)s."
    )
    if definition.direction == "higher":
        sentence = _(
            "Det ville give %(total)s flere %(what)s på et år (95 pct. sikkerhed: %(low)s–%(high)s), hvis alle var som den bedste "
            "femtedel: %(target)s %(unit)s."
        )
    shrunk = _(
        "Hver kommunes tal er først trukket mod midten efter sin størrelse. Uden det ville regnestykket love %(unshrunk)s, "
        "og meget af det ville være tilfældigheder."
    )
    return f"{sentence} {shrunk}" % told


def surely(area):
    """This will say how surely a place differs: by its limits, and together with all the others that were looked at."""
    if area.get("passed") is None:
        return ""
    if abs(area["passed"]) >= 2:
        return _("også når vi tager højde for, at vi ser på mange") if area["by_rate"] else _("ud over 99,8 pct.-grænsen")
    if abs(area["passed"]) == 1:
        return _("mellem 95 og 99,8 pct.: kan være tilfældigt")
    return ""


def all_places_picture(row, indicator, definition, names, *, width=1136, id_prefix="alle", headed=False):
    """This will draw every municipality's years on the same scale."""
    found = row.figures
    series = [
        SmallSeries(named.name, tuple(area["values"]), "" if area["standing"] in ("inside", "missing") else area["standing"])
        for named, area in in_order(found["areas"], names)
    ]
    labels = tuple(short_period(one["from"], one["until"]) for one in found["periods"])
    pictured = SmallMultiples(
        measure=indicator.label, unit=unit_of(definition), labels=labels, series=tuple(series), places=places_words("municipality"),
        decimals=definition.decimals, definition=measured_by(indicator, definition), method=method_line(row, definition),
    )  # fmt: skip
    return small_multiples(pictured, words=CHART_WORDS[language()], width=width, id_prefix=id_prefix, headed=headed)


def map_picture(row, indicator, definition, names, *, width=620, id_prefix="kort", headed=False):
    """This will draw the municipalities on the map by how they stand."""
    figures = [
        MunicipalityFigure(names[area["party"]].code, area["value"], _STANDINGS[area["standing"]])
        for area in row.figures["areas"]
        if area["party"] in names and names[area["party"]].code in land().names
    ]
    found = MunicipalityFigures(
        measure=indicator.label, unit=unit_of(definition), figures=tuple(figures), decimals=definition.decimals,
        definition=measured_by(indicator, definition, period_name(row.period_from, row.period_until)), method=method_line(row, definition),
    )  # fmt: skip
    return municipality_map(found, words=CHART_WORDS[language()], width=width, id_prefix=id_prefix, headed=headed)


def lorenz_picture(row, indicator, definition, *, width=420, id_prefix="lorenz", headed=False):
    """This will draw how unevenly something is shared between places, None where that was not calculated."""
    kept = row.figures.get("lorenz")
    if not kept:
        return None
    gini, low, high = kept["gini"]
    found = Lorenz(
        measure=indicator.label, people=tuple(kept["people"]), shares=tuple(kept["shares"]), gini=gini, low=low, high=high,
        of=(definition.numerator or indicator.label).lower(), among=(definition.denominator or "").lower(),
        definition=measured_by(indicator, definition, period_name(row.period_from, row.period_until)), method=method_line(row, definition),
    )  # fmt: skip
    return lorenz_curve(found, words=CHART_WORDS[language()], width=width, id_prefix=id_prefix, headed=headed)
