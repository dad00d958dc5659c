"""Goals that are followed, in the world of the tests: figures, a target, an initiative, an approved status and a draft."""

from datetime import date, timedelta

from tests.factories_figures import make_definition, make_groups, make_indicator, make_measurement, make_series, make_vintage
from tests.factories_followup import BASELINE, monthly
from tests.factories_threads import make_goal
from tovholder.base.by import SYSTEM, By, Held
from tovholder.findings import actions
from tovholder.findings.models import StatusReport
from tovholder.threads import actions as threads

HIDDEN_SUMMARY = "Skovmåren har skrevet en kladde til status"
HIDDEN_COMMENT = "Skovmåren mener, at målet er langt væk"


def follow(world, by):
    """This will follow the world's goal by an indicator with figures, and give its plan a status for two years."""
    world.education, world.groups = make_groups()
    world.followed = _indicator(world, "genind", "Genindlæggelser inden 30 dage (eksempel)")
    given = BASELINE | {"value": 12.0, "due_on": date(2027, 12, 31), "breakdown": world.education, "party": world.region}
    world.target = threads.follow_goal(world.goal, world.followed, chosen=given, by=by, at=world.at)
    world.initiative.begins_on = date(2025, 1, 1)
    world.initiative.save()
    threads.aim_at_goal(world.initiative, world.goal, by=by, at=world.at)
    threads.calculate_due_figures(by=SYSTEM, at=world.at)
    world.status = _status(world, 2025, "Færre bliver indlagt igen.", by)
    world.draft_status = actions.draft_status_report(world.plan, year=2026, by=by, at=world.at)
    actions.write_summary(world.draft_status, summary=HIDDEN_SUMMARY, revision=1, by=by, at=world.at)
    line = world.draft_status.lines.get(goal=world.goal)
    actions.write_status_line(line, status="delayed", comment=HIDDEN_COMMENT, seen=None, by=by, at=world.at)


def _indicator(world, code, name):
    indicator = make_indicator(code, with_definition=False, name=name, is_about_coherence=True)
    make_definition(indicator, "2.1", breakdowns=[world.education])
    vintage = make_vintage(indicator)
    make_series(vintage, world.region, monthly(30))
    for town, share in zip(world.towns, (10.1, 14.6, None), strict=True):
        make_series(vintage, town, [share], begins=date(2025, 1, 1), months=12, denominator=4_000)
    for group, share in zip(world.groups, (16, 13, 10, 9), strict=True):
        made = {"numerator": share * 40, "denominator": 4_000}
        make_measurement(vintage, world.region, date(2025, 1, 1), 12, group=group, **made)
    return indicator


def _status(world, year, summary, by):
    report = actions.draft_status_report(world.plan, year=year, by=by, at=world.at - timedelta(days=2))
    actions.write_summary(report, summary=summary, revision=1, by=by, at=world.at - timedelta(days=2))
    threads.finish_status_report(report, by=by, at=world.at - timedelta(days=2))
    report = StatusReport.objects.select_related("plan").get(pk=report.pk)
    approver = By(person="a" * 26, mandates=(Held("approver", world.region.pk),), on_behalf_of=world.region.pk)
    actions.approve_status_report(report, fingerprint=report.fingerprint, by=approver, at=world.at - timedelta(days=1))
    return report


def follow_more(world, n, by):
    """This will add to what a followed goal, its plan and the comparison of places can list."""
    other = _indicator(world, f"genind-{n}", f"Akutte indlæggelser {n} (eksempel)")
    goal = make_goal(world.plan, world.provision, indicator="Noget andet")
    given = {"party": world.region, "value": 11.0}
    threads.follow_goal(goal, other, chosen=given, by=by, at=world.at)
    if n == 0:
        threads.follow_goal(world.goal, other, chosen=given, by=by, at=world.at)
    threads.aim_at_goal(world.programme if n else world.initiative, goal, by=by, at=world.at)
    threads.calculate_due_figures(by=SYSTEM, at=world.at)
    _status(world, 2023 + n, "Det går.", by)
