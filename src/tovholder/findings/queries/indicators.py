"""Questions to what is measured: which indicators there are, how each is defined on a day, and what figures are split by."""

from django.db.models import F, Q

from tovholder.base.periods import valid_on
from tovholder.base.rows import one
from tovholder.parties.models import PartyKind
from tovholder.parties.rules import OPERATOR, PLANNER

from ..models import Breakdown, Definition, Indicator, Target
from .holding import AREA_KINDS
from .vintages import newest_vintages


def indicators():
    """This will return all indicators with their definitions, those in use first."""
    rows = Indicator.objects.select_related("owner").prefetch_related("definitions")
    return rows.order_by("withdrawn_at", "origin", F("national_goal").asc(nulls_last=True), "name", "pk")


def indicators_in_use():
    """This will return the indicators that are not withdrawn, by name."""
    return Indicator.objects.filter(withdrawn_at__isnull=True).order_by("name", "pk")


def deliverable_indicators(owner_ids):
    """This will return the indicators that parties may bring figures of: national ones and their own, those with a definition in force."""
    open_ended = Definition.objects.filter(valid_until__isnull=True).values("indicator")
    return indicators_in_use().filter(Q(owner__isnull=True) | Q(owner__in=owner_ids), pk__in=open_ended)


def indicator(key):
    """This will return one indicator by id or code; raises LookupError."""
    return one(Indicator.objects.select_related("owner").prefetch_related("definitions__breakdowns"), **_named(key))


def _named(key):
    return {"pk": key} if Indicator.objects.filter(pk=key).exists() else {"code": key}


def definition_on(found, day):
    """This will return the definition of an indicator that held on a day, or None."""
    return Definition.objects.filter(valid_on(day), indicator=found).order_by("valid_from").last()


def definitions_of(found):
    """This will return all definitions of an indicator, the newest first, with what they are split by."""
    return found.definitions.prefetch_related("breakdowns").order_by("-valid_from", "-pk")


def breakdowns():
    """This will return what figures can be split by, with their groups in order."""
    return Breakdown.objects.prefetch_related("groups").order_by("name")


def breakdown(code):
    """This will return one breakdown with its groups; raises LookupError."""
    return one(breakdowns(), pk=code)


def definition_kinds():
    """This will return the kinds of figures a definition can count, with their words."""
    return Definition.Kind.choices


def definition_directions():
    """This will return which way is better, with the words."""
    return Definition.Direction.choices


def area_kinds():
    """This will return the kinds of parties that figures can be about."""
    return list(PartyKind.objects.filter(code__in=AREA_KINDS))


def goals_following(indicator_ids, plans):
    """This will return {indicator id: goals of the given plans that are followed by it}; one question."""
    found = {}
    rows = Target.objects.filter(indicator__in=indicator_ids, withdrawn_at__isnull=True, goal__plan__in=plans)
    for row in rows.select_related("goal__plan").order_by("goal__plan", "goal__number"):
        found.setdefault(row.indicator_id, []).append(row.goal)
    return found


def may_define_for(by):
    """This will return the ids of the parties for which a person may define indicators, and whether national ones too."""
    return by.parties_as(PLANNER), by.holds(OPERATOR)


def listed_indicators(by, at):
    """This will return [(indicator, its newest vintage or None)], those in use first; four questions whatever their number."""
    rows = list(indicators())
    newest = newest_vintages([row.pk for row in rows], by, at)
    return [(row, newest.get(row.pk)) for row in rows]
