"""How a goal is followed by figures: from what, to what, by when, and when the level compared with is another."""

from tovholder.base.events import new_thing, record
from tovholder.base.rows import hold
from tovholder.base.write import write
from tovholder.parties.queries import local_day

from .. import rules
from ..models import Rebase, Target
from ..queries.followup import baseline_begins, breakdowns_of

_FIELDS = ("party", "baseline_from", "baseline_until", "value", "due_on", "breakdown")


def set_target(
    goal, *, indicator, party, baseline_from=None, baseline_until=None, value=None, due_on=None, breakdown=None, by, at
):  # fmt: skip
    """This will say by which indicator a goal is followed, for whom, from what and to what; raises Refused."""
    rules.check_may_follow(goal, indicator, by=by)
    rules.check_is_defined(indicator.definitions.exists())
    rules.check_target(value=value, due_on=due_on, baseline_from=baseline_from, baseline_until=baseline_until)
    rules.check_breakdown(breakdown, {row.pk for row in breakdowns_of(indicator)})
    with write():
        hold(goal)
        standing = Target.objects.filter(goal=goal, withdrawn_at__isnull=True)
        rules.check_followed_once(standing.filter(indicator=indicator).exists())
        target = Target.objects.create(
            thing=new_thing("target", at), goal=goal, indicator=indicator, party=party, baseline_from=baseline_from,
            baseline_until=baseline_until, value=value, due_on=due_on, breakdown=breakdown, order=standing.count() + 1, set_at=at,
        )  # fmt: skip
        record("target_set", target, by=by, at=at, goal=goal.pk, indicator=indicator.pk)
    return target


def change_target(target, *, party, baseline_from=None, baseline_until=None, value=None, due_on=None, breakdown=None, by, at):
    """This will change what a goal is compared with or aims at. What has been rebased keeps its first baseline; raises Refused."""
    rules.check_may_change_target(target, by=by)
    rules.check_target(value=value, due_on=due_on, baseline_from=baseline_from, baseline_until=baseline_until)
    rules.check_breakdown(breakdown, {row.pk for row in breakdowns_of(target.indicator)})
    given = dict(zip(_FIELDS, (party, baseline_from, baseline_until, value, due_on, breakdown), strict=True))
    changed = [name for name in _FIELDS if getattr(target, name) != given[name]]
    with write():
        Target.objects.filter(pk=target.pk, withdrawn_at__isnull=True).update(**given)
        if changed:
            record("target_changed", target, by=by, at=at, fields=changed)
    for name in _FIELDS:
        setattr(target, name, given[name])
    return target


def withdraw_target(target, *, by, at):
    """This will stop following a goal by an indicator; that it once was stays. Raises Refused."""
    rules.check_may_change_target(target, by=by)
    with write():
        Target.objects.filter(pk=target.pk, withdrawn_at__isnull=True).update(withdrawn_at=at)
        record("target_withdrawn", target, by=by, at=at, goal=target.goal_id)
    target.withdrawn_at = at
    return target


def rebase(target, *, baseline_from, baseline_until, reason, decided_on, decision_reference, by, at):
    """This will record a decision that from a day another level is what to compare with; raises Refused without reason and reference."""
    rules.check_may_rebase(target, by=by)
    with write():
        hold(target)
        rules.check_rebase(
            baseline_from=baseline_from, baseline_until=baseline_until, reason=reason, decided_on=decided_on,
            decision_reference=decision_reference, earliest=baseline_begins(target), today=local_day(at),
        )  # fmt: skip
        row = Rebase.objects.create(
            target=target, baseline_from=baseline_from, baseline_until=baseline_until, reason=reason.strip(), decided_on=decided_on,
            decision_reference=decision_reference.strip(), recorded_at=at, recorded_by=by.person or "",
        )  # fmt: skip
        record("target_rebased", target, by=by, at=at, baseline_from=baseline_from, decided_on=decided_on)
    return row
