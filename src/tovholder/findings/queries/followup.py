"""Questions to how goals are followed. A page reads what was calculated; it never calculates, and never loads the numbers' machinery."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from tovholder.base.rows import one
from tovholder.base.written import language
from tovholder.plans.queries import visible_plans

from ..models import Breakdown, Figures, Indicator, Rebase, Target, Vintage


def visible_targets(by, at):
    """This will return how goals are followed, of the plans and indicators that may be seen, without what is withdrawn."""
    rows = Target.objects.filter(withdrawn_at__isnull=True, indicator__withdrawn_at__isnull=True, goal__plan__in=visible_plans(by, at))
    return rows.select_related("indicator", "party", "goal__plan", "goal__owner", "breakdown")


def target(target_id, by, at):
    """This will return one way a goal is followed; raises LookupError."""
    return one(visible_targets(by, at), pk=target_id)


def targets_of(goal, by, at):
    """This will return how one goal is followed, the first first."""
    return list(visible_targets(by, at).filter(goal=goal).order_by("order", "pk"))


def followed_goals(goal_ids):
    """This will return the ids of those goals that are followed by an indicator."""
    rows = Target.objects.filter(goal__in=goal_ids, withdrawn_at__isnull=True, indicator__withdrawn_at__isnull=True)
    return set(rows.values_list("goal_id", flat=True))


def visible_figures(by, at):
    """This will return what was calculated and may be seen: of plans that may be read, from figures nobody has taken back since."""
    withdrawn_since = Vintage.objects.filter(indicator=OuterRef("indicator"), withdrawn_at__gt=OuterRef("calculated_at"))
    shown = Q(target__isnull=True) | Q(target__withdrawn_at__isnull=True, target__goal__plan__in=visible_plans(by, at))
    standing = Figures.objects.filter(shown, vintage__withdrawn_at__isnull=True, indicator__withdrawn_at__isnull=True)
    return standing.exclude(Exists(withdrawn_since))


def measured_goals(goal_ids, by, at):
    """This will return the ids of those goals for which a course over time has been calculated."""
    rows = visible_figures(by, at).filter(kind=Figures.Kind.COURSE, target__goal__in=goal_ids)
    return set(rows.values_list("target__goal_id", flat=True))


@dataclass(frozen=True)
class Followed:
    """One goal in a list: by what it is followed, and the few numbers of its course; None before there are any."""

    target: Target
    summary: dict | None
    calculated_at: object = None

    @property
    def definition(self):
        """The definition in force, or the last there was; the target comes with its indicator's definitions."""
        return definition_now(self.target.indicator)

    @property
    def decimals(self):
        return self.definition.decimals

    @property
    def unit(self):
        """The unit in the reader's language."""
        return unit_of(self.definition)


def followed(goals, by, at):
    """This will return {goal id: Followed} for many goals by their first indicator, with two questions whatever their number."""
    goal_ids = [row.pk for row in goals]
    first = {}
    for row in visible_targets(by, at).filter(goal__in=goal_ids).prefetch_related("indicator__definitions").order_by("goal", "order", "pk"):
        first.setdefault(row.goal_id, row)
    rows = visible_figures(by, at).filter(kind=Figures.Kind.COURSE, target__in=[row.pk for row in first.values()])
    courses = {row[0]: row[1:] for row in rows.values_list("target_id", "summary", "calculated_at")}
    return {goal_id: Followed(row, *courses.get(row.pk, (None, None))) for goal_id, row in first.items()}


_OF_A_PERIOD = (Figures.Kind.FUNNEL, Figures.Kind.GRADIENT)


@dataclass(frozen=True)
class Sheet:
    """All that is calculated about one target: its course, and for a chosen period its funnels, inequality and all municipalities."""

    course: Figures | None
    funnels: tuple
    gradient: Figures | None
    all_places: Figures | None
    periods: tuple

    @property
    def is_empty(self):
        return self.course is None and not self.funnels and self.gradient is None and self.all_places is None


def sheet(found, by, at, *, until=None, no_later_than=None):
    """This will return what is calculated about a target: for the newest period, the one that ends on a day, or the newest that had ended
    by a day; two questions."""
    rows = visible_figures(by, at).filter(indicator=found.indicator_id)
    own, country = Q(target=found.pk), Q(target__isnull=True, party__isnull=True)
    listed = rows.filter(own | country | Q(target__isnull=True, party=found.party_id))
    heads = list(listed.values_list("pk", "kind", "area_kind", "party_id", "breakdown_id", "period_from", "period_until"))
    if no_later_than is not None:
        heads = [row for row in heads if row[1] not in _OF_A_PERIOD or row[6] <= no_later_than]
    chosen, periods = _chosen(heads, found, until)
    full = {row.pk: row for row in Figures.objects.filter(pk__in=chosen).select_related("vintage", "breakdown")}
    kept = sorted(full.values(), key=lambda row: (row.area_kind != "municipality", row.area_kind))
    kinds = Figures.Kind
    return Sheet(
        course=next((row for row in kept if row.kind == kinds.COURSE), None),
        funnels=tuple(row for row in kept if row.kind == kinds.FUNNEL),
        gradient=next((row for row in kept if row.kind == kinds.GRADIENT), None),
        all_places=next((row for row in kept if row.kind == kinds.SMALL_MULTIPLES and row.figures["areas"]), None),
        periods=periods,
    )


def _chosen(heads, found, until):
    """The rows of one period: a funnel for each kind of area, those within the target's own party before the whole country's."""
    kinds = Figures.Kind
    chosen = [row[0] for row in heads if row[1] in (kinds.COURSE, kinds.SMALL_MULTIPLES)]
    funnels = [row for row in heads if row[1] == kinds.FUNNEL]
    own = {row[2] for row in funnels if row[3] == found.party_id}
    funnels = [row for row in funnels if (row[3] == found.party_id) == (row[2] in own)]
    periods = tuple(sorted({(row[5], row[6]) for row in funnels}, key=lambda row: (row[1], row[0]), reverse=True))
    wanted = next((row for row in periods if row[1] == until), periods[0] if periods else None)
    chosen += [row[0] for row in funnels if (row[5], row[6]) == wanted]
    gradients = [row for row in heads if row[1] == kinds.GRADIENT and row[4] == found.breakdown_id]
    own_gradients = [row for row in gradients if row[3] == found.party_id] or gradients
    same = [row for row in own_gradients if wanted and row[6] == wanted[1]] or own_gradients
    newest = max(same, key=lambda row: (row[6], row[5]), default=None)
    return chosen + ([newest[0]] if newest else []), periods


def coherence_figures(by, at):
    """This will return, for each indicator of coherence, its newest funnel of all municipalities and its picture of all places.

    [(indicator, funnel or None, all places or None)], in the order of their names; three questions whatever their number."""
    indicators = list(Indicator.objects.filter(is_about_coherence=True, withdrawn_at__isnull=True).prefetch_related("definitions"))
    country = visible_figures(by, at).filter(indicator__in=indicators, target__isnull=True, party__isnull=True)
    heads = country.filter(Q(kind=Figures.Kind.FUNNEL, area_kind="municipality") | Q(kind=Figures.Kind.SMALL_MULTIPLES))
    newest = {}
    for pk, indicator, kind, _until in heads.order_by("period_until", "pk").values_list("pk", "indicator_id", "kind", "period_until"):
        newest[indicator, kind] = pk
    full = {row.pk: row for row in Figures.objects.filter(pk__in=newest.values()).select_related("vintage")}
    kinds = (Figures.Kind.FUNNEL, Figures.Kind.SMALL_MULTIPLES)
    return [(row, *(full.get(newest.get((row.pk, kind))) for kind in kinds)) for row in sorted(indicators, key=lambda row: row.label)]


def rebases_of(found):
    """This will return the recorded decisions that moved a target's baseline, the first first."""
    return list(Rebase.objects.filter(target=found).order_by("baseline_from"))


def baseline_begins(found):
    """This will return the first day of the baseline that counts now, None before there is one."""
    last = Rebase.objects.filter(target=found).order_by("-baseline_from").values_list("baseline_from", flat=True).first()
    return last or found.baseline_from


def definition_now(indicator):
    """This will return the definition of an indicator that came into force last."""
    return max(indicator.definitions.all(), key=lambda row: (row.valid_from is not None, row.valid_from or row.made_at.date(), row.pk))


def unit_of(definition):
    """This will return a definition's unit in the reader's language."""
    return definition.unit_en if language() == "en" and definition.unit_en else definition.unit


def breakdowns_of(indicator):
    """This will return what an indicator's figures may be split by, in any of its definitions."""
    return list(Breakdown.objects.filter(pk__in=indicator.definitions.values("breakdowns")).order_by("name"))


def indicators_to_follow():
    """This will return the indicators a goal may be followed by, those with figures first."""
    taken = Vintage.objects.filter(indicator=OuterRef("pk"), withdrawn_at__isnull=True, delivery__state="taken")
    rows = Indicator.objects.filter(withdrawn_at__isnull=True, definitions__isnull=False).distinct()
    return list(rows.annotate(has_figures=Exists(taken)).order_by("-has_figures", "origin", "name"))


def country_funnel(indicator, by, at):
    """This will return the newest funnel of all municipalities of the country, None before there is one."""
    rows = visible_figures(by, at).filter(indicator=indicator, kind=Figures.Kind.FUNNEL, area_kind="municipality", party__isnull=True)
    return rows.select_related("vintage").order_by("period_until", "pk").last()
