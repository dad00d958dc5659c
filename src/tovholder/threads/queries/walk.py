"""Everything that hangs on some themes and provisions, fetched once, whatever their number."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count

from tovholder.consultations import queries as consultations
from tovholder.dialogue import queries as dialogue
from tovholder.findings import queries as findings
from tovholder.initiatives import queries as initiatives
from tovholder.initiatives.models import Initiative, Programme, Reuse
from tovholder.plans import queries as plans
from tovholder.plans.models import Adoption, Goal, ProvisionText
from tovholder.threads.models import Tie


@dataclass
class Walk:
    themes: dict = field(default_factory=dict)
    sizes: dict = field(default_factory=lambda: defaultdict(Counter))
    provisions_of: dict = field(default_factory=lambda: defaultdict(list))
    themes_of: dict = field(default_factory=lambda: defaultdict(list))
    words: dict = field(default_factory=dict)
    first_words: dict = field(default_factory=dict)
    promised_on: dict = field(default_factory=dict)
    remarks: dict = field(default_factory=lambda: defaultdict(list))
    changed_by: dict = field(default_factory=lambda: defaultdict(list))
    decisions: dict = field(default_factory=dict)
    initiatives: dict = field(default_factory=lambda: defaultdict(list))
    reuses: dict = field(default_factory=Counter)
    goals: dict = field(default_factory=lambda: defaultdict(list))
    followed: dict = field(default_factory=dict)
    movers: dict = field(default_factory=dict)
    duties: dict = field(default_factory=lambda: defaultdict(list))


def live_ties(**where):
    """This will return ties that are not withdrawn."""
    return Tie.objects.filter(withdrawn_at__isnull=True, **where)


def walk(by, at, *, theme_ids=(), provision_ids=()):
    """This will fetch what led to some provisions or came of some themes, with a fixed number of queries."""
    found = Walk()
    theme_ids, provision_ids = set(theme_ids), set(provision_ids)
    for tie in live_ties(kind="answered_by", from_thing__in=theme_ids) | live_ties(kind="answered_by", to_thing__in=provision_ids):
        theme_ids.add(tie.from_thing_id)
        provision_ids.add(tie.to_thing_id)
        found.provisions_of[tie.from_thing_id].append(tie.to_thing_id)
        found.themes_of[tie.to_thing_id].append(tie.from_thing_id)
    found.themes = {row.pk: row for row in dialogue.visible_themes(by, at).filter(pk__in=theme_ids)}
    counted = dialogue.visible_statements(by, at).filter(state="published", themes__in=theme_ids)
    for theme_id, sector, size in counted.values_list("themes", "sector").annotate(size=Count("pk", distinct=True)):
        found.sizes[theme_id][sector or "other"] += size
    _promises(found, provision_ids, by, at)
    _deeds(found, provision_ids, by, at)
    return found


def _promises(found, provision_ids, by, at):
    visible = plans.visible_versions(by, at)
    rows = ProvisionText.objects.filter(provision__in=provision_ids, version__in=visible)
    holding = defaultdict(list)
    for row in rows.select_related("version__plan__kind", "provision").order_by("version__number"):
        holding[row.version_id].append(row.provision_id)
        found.words[row.provision_id] = row
        found.first_words.setdefault(row.provision_id, row)
    for remark in consultations.remarks_on(list(provision_ids), by, at):
        found.remarks[remark.provision_id].append(remark)
    for tie in live_ties(kind="changed", to_thing__in=provision_ids):
        found.changed_by[tie.to_thing_id].append(tie.from_thing_id)
    plan_ids = {row.version.plan_id for row in found.words.values()}
    adopted = Adoption.objects.filter(version__plan__in=plan_ids).select_related("version__plan__owner", "version__plan__kind")
    for row in adopted.prefetch_related("version__approvals__step").order_by("adopted_on"):
        found.decisions[row.version.plan_id] = row
        for provision_id in holding[row.version_id]:
            found.promised_on.setdefault(provision_id, row.adopted_on)
    for tie in live_ties(kind="required_by", from_thing__in=provision_ids):
        found.duties[tie.from_thing_id].append(tie.note)


def _deeds(found, provision_ids, by, at):
    ties = list(live_ties(kind="done_by", from_thing__in=provision_ids))
    known = initiatives.by_ids([tie.to_thing_id for tie in ties])
    for tie in ties:
        if tie.to_thing_id in known:
            found.initiatives[tie.from_thing_id].append(known[tie.to_thing_id])
    counted = Reuse.objects.filter(initiative__in=list(known), ended_at__isnull=True).values_list("initiative").annotate(n=Count("pk"))
    found.reuses.update(dict(counted))
    goals = list(Goal.objects.filter(provision__in=provision_ids).order_by("number"))
    for goal in goals:
        found.goals[goal.provision_id].append(goal)
    found.followed = findings.followed(goals, by, at)
    found.movers = movers_of([goal.pk for goal in goals])


def movers_of(goal_ids):
    """This will return {goal id: [initiative or programme]} of what is to move some goals, the first to begin first."""
    ties = list(live_ties(kind="aims_at", to_thing__in=goal_ids).values_list("to_thing_id", "from_thing_id"))
    ids = [from_id for _goal, from_id in ties]
    known = {row.pk: row for model in (Initiative, Programme) for row in model.objects.filter(pk__in=ids)}
    found = defaultdict(list)
    for goal_id, from_id in ties:
        if from_id in known:
            found[goal_id].append(known[from_id])
    return {goal_id: sorted(rows, key=lambda row: (row.begins_on or date.max, row.name)) for goal_id, rows in found.items()}
