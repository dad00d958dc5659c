"""The parts of a goal's page: figures with their sentence, drawn for a wide page and for a phone, and the same numbers as tables."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from tovholder.base.written import number
from tovholder.findings import queries
from tovholder.findings.queries import drawing
from tovholder.web.design.strictness import finished

from .drawn import drawn

WIDE, NARROW, HALF = 760, 350, 560
LATEST = 6


@dataclass(frozen=True)
class Shown:
    """One figure: its sentence, the line under it, both drawings, and its table. `rows` are what stands beside it at once."""

    id: str
    title: str
    line: str
    wide: str
    narrow: str
    table: object
    headers: tuple = ()
    rows: tuple = ()
    method: str = ""
    notes: tuple = ()
    more: dict = field(default_factory=dict)


def shown(draw, id, width, *, row=None, called="", names=None, **rest):
    """This will draw a figure in both widths; `draw` is asked for a width and a prefix for its ids. What depends on nothing but a row of
    figures, on what its indicator is called and on names is drawn once."""

    def at(width, prefix):
        if row is None:
            return draw(width=width, id_prefix=prefix)
        return drawn(row, lambda: draw(width=width, id_prefix=prefix), prefix, width, called, names=names)

    wide, narrow = at(width, f"{id}-bred"), at(NARROW, f"{id}-smal")
    return Shown(id, wide.title, wide.description, finished(str(wide.svg)), finished(str(narrow.svg)), wide.table, **rest)


def numbers_of(followed):
    """This will return the three numbers at the top of a page: before, now, promised; [(figure, what it is)]."""
    figures, target = drawing.goal_figures(followed), followed.target
    found = [(figures.baseline, _("før"), figures.baseline_label), (figures.latest, "", figures.latest_label)] if figures else []
    found.append((target.value, _("mål"), drawing.target_label(target.due_on)))
    return [
        (number(value, followed.decimals), f"{followed.unit} {', '.join(filter(None, (word, label)))}".strip())
        for value, word, label in found
        if value is not None
    ]


def course_of(sheet, target, definition, happened, movers):
    """This will return a goal's course, None before it is calculated."""
    row = sheet.course
    if row is None:
        return None

    def draw(**given):
        return drawing.course_picture(row, row.figures, target, definition, happened, **given)

    latest = drawing.latest_words(row.figures, definition)
    names = {one.pk: one.name for one in movers}
    said = [
        drawing.before_after_words(one, definition, names[one["initiative"]])
        for one in row.figures["before_after"]
        if one["initiative"] in names
    ]
    return shown(
        draw, "forloeb", WIDE, headers=(_when(row.figures["length"]), definition_unit(definition), _("Mod før")),
        rows=tuple((one.period, one.value, one.against, one.remark) for one in latest[:LATEST]), notes=tuple(said),
        method=drawing.method_line(row, definition),
        more={"count": len(row.figures["points"]), "is_early": row.figures["too_early"], "all": latest},
    )  # fmt: skip


def _when(length):
    return {"month": _("Måned"), "quarter": _("Kvartal"), "year": _("År")}.get(length, _("Periode"))


def definition_unit(definition):
    """This will write a unit at the head of a column: Pct."""
    unit = queries.unit_of(definition)
    return unit[:1].upper() + unit[1:]


def funnel_of(row, target, definition, names):
    """This will return the places of one kind: those that stand out at once, everyone else folded, none of them ranked."""

    def draw(**given):
        return drawing.funnel_picture(row, target.indicator, definition, names, **given)

    everyone = drawing.interval_rows(row, definition, names)
    areas = [area for _named, area in drawing.in_order(row.figures["areas"], names)]
    outside = tuple(told for told, area in zip(everyone, areas, strict=True) if area["standing"] in ("over", "under"))
    hidden = [told[0] for told, area in zip(everyone, areas, strict=True) if area["standing"] == "hidden"]
    one, many = drawing.places_words(row.area_kind)
    return shown(
        draw, f"tragt-{row.area_kind}", HALF, row=row, called=target.indicator.label, names=names,
        headers=places_headers(definition, one), rows=outside,
        method=drawing.method_line(row, definition), notes=reasons(row),
        more={"all": everyone, "hidden": hidden, "places": many, "count": len(everyone), "kind": row.area_kind},
    )  # fmt: skip


def places_headers(definition, one):
    """This will return the heads of a table of places."""
    size = definition.denominator or _("Antal")
    return (one[:1].upper() + one[1:], size, definition_unit(definition), _("95 pct. sikkerhed"), _("Vurdering"), _("Hvor sikkert"))


def reasons(row):
    """This will say what must be said about places that could not be set against chance, or only with wider limits."""
    if row.figures.get("reason"):
        return (_("Tallene modsiger hinanden, så der er ingen grænser: %(reason)s") % {"reason": row.figures["reason"]},)
    if "limits" not in row.figures:
        return (_("Der er for få steder eller ingen tællinger at tegne grænser af, så ingen kan siges at skille sig ud."),)
    if row.figures["spread"]["is_wide"]:
        return (_("Stederne svinger mere, end tilfældet forklarer, så grænserne er gjort bredere."),)
    return ()


def gradient_of(row, target, definition):
    """This will return the groups of one breakdown with their inequality."""
    if row is None:
        return None
    groups = queries.groups_of(row.breakdown_id)

    def draw(**given):
        return drawing.gradient_picture(row, groups, target.indicator, definition, **given)

    notes = []
    if row.figures.get("reason") == "hidden":
        notes.append(_("En gruppe er for lille til at vise, så andele og hældning er skjult: ellers kunne den regnes ud."))
    elif row.figures.get("reason") not in (None, "missing"):
        notes.append(_("Tallene modsiger hinanden, så der er ingen hældning: %(reason)s") % {"reason": row.figures["reason"]})
    return shown(
        draw, "ulighed", HALF, row=row, called=target.indicator.label, method=drawing.method_line(row, definition), notes=tuple(notes),
        more={"measures": drawing.unordered_table(row, definition)},
    )  # fmt: skip


def chosen_period(request):
    """This will return the last day after the period a reader chose in the address, None without one that can be read."""
    try:
        return date.fromisoformat(request.GET.get("til", ""))
    except ValueError:
        return None


def period_links(periods, chosen):
    """This will return the periods a reader can choose between: (name, address, whether it is the one shown)."""
    return [
        (drawing.period_name(first, until), f"?til={until.isoformat()}#steder", until == chosen or (chosen is None and place == 0))
        for place, (first, until) in enumerate(periods)
    ]


def everywhere(sheet, target, definition, request):
    """This will return all municipalities through the years, on the map, and how unevenly it is shared."""
    row = sheet.all_places
    country = queries.country_funnel(target.indicator, request.by, request.at)
    areas = [*row.figures["areas"], *(country.figures["areas"] if country else [])]
    names = queries.names_of(areas)

    def small(**given):
        return drawing.all_places_picture(row, target.indicator, definition, names, **given)

    kept = {"called": target.indicator.label, "names": names}
    found = shown(small, "alle", 1136, row=row, **kept, method=drawing.method_line(row, definition))
    told = {"definition": definition, "small": found, "row": row}
    if country is not None:

        def mapped(**given):
            return drawing.map_picture(country, target.indicator, definition, names, **given)

        told["map"] = shown(
            mapped, "kort", 620, row=country, **kept, method=drawing.method_line(country, definition), notes=reasons(country)
        )
        told["lorenz"] = drawing.lorenz_picture(country, target.indicator, definition)
    return told
