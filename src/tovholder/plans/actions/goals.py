from tovholder.base import search
from tovholder.base.events import new_thing, record
from tovholder.base.rows import hold
from tovholder.base.write import write
from tovholder.parties.queries import local_day
from tovholder.plans import rules
from tovholder.plans.models import Goal
from tovholder.plans.queries import entries


def set_goal(plan, *, number, text, owner, deadline=None, provision=None, indicator="", by, at):
    """This will set a goal of a plan, with owner and deadline; raises Refused when the number is taken or the day is past."""
    with write():
        rules.check_may_write(plan, by=by)
        hold(plan)
        taken = set(Goal.objects.filter(plan=plan).values_list("number", flat=True))
        rules.check_goal(number=number, text=text, deadline=deadline, taken=taken, today=local_day(at))
        goal = Goal.objects.create(
            thing=new_thing("goal", at), plan=plan, provision=provision, number=number, text=text.strip(), owner=owner,
            deadline=deadline, indicator=indicator.strip(),
        )  # fmt: skip
        search.keep(entries.entries_of_goals, [goal])
        record("goal_set", goal, by=by, at=at, plan=plan.pk)
    return goal


def change_goal_status(goal, *, status, by, at):
    """This will say how far a goal has come; only the people of the party that owns it may."""
    rules.check_may_report(goal, by=by)
    rules.check_status(goal, status)
    with write():
        Goal.objects.filter(pk=goal.pk).update(status=status)
        record("goal_status_changed", goal, by=by, at=at, status=status)
    return goal


def choose_indicator(goal, *, indicator, by, at):
    """This will say what measures a goal."""
    rules.check_may_measure(goal, indicator, by=by)
    with write():
        Goal.objects.filter(pk=goal.pk).update(indicator=indicator.strip())
        search.keep(entries.entries_of_goals, entries.found_goals().filter(pk=goal.pk))
        record("goal_indicator_chosen", goal, by=by, at=at, fields=["indicator"])
    return goal


def drop_indicator(goal, *, by, at):
    """This will say that nothing measures a goal any longer."""
    rules.check_may_measure(goal, goal.indicator or "–", by=by)
    with write():
        Goal.objects.filter(pk=goal.pk).update(indicator="")
        search.keep(entries.entries_of_goals, entries.found_goals().filter(pk=goal.pk))
        record("goal_indicator_dropped", goal, by=by, at=at, fields=["indicator"])
    return goal
