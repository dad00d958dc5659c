"""How goals of the demonstration are followed: targets, what is to move them, what is calculated, and the agreement's yearly status."""

from datetime import date

from tovholder.base.by import SYSTEM
from tovholder.findings import actions
from tovholder.findings import queries as findings
from tovholder.plans import queries as plans
from tovholder.threads import actions as threads

from .world import load


def follow(world):
    """This will follow goals by the indicators that have figures, calculate them, and write the agreement's status for two years."""
    at = world.moment(-11)
    for words in load("followup")["goals"]:
        goal = _goal(world, words["plan"], words["number"], at)
        indicator = findings.indicator(words["indicator"])
        threads.follow_goal(goal, indicator, chosen=_chosen(world, words, indicator), by=world.planner, at=at)
        for name in words.get("initiatives", ()):
            threads.aim_at_goal(world.initiatives[name], goal, by=world.planner, at=at)
        world.count("mål, der følges")
    threads.calculate_due_figures(by=SYSTEM, at=at)
    for words in load("followup")["status"]:
        _report(world, words)


def _goal(world, plan, number, at):
    return next(row for row in plans.goals(world.planner, at, plan=world.plans[plan]) if row.number == number)


def _chosen(world, words, indicator):
    breakdown = next((row for row in findings.breakdowns_of(indicator) if row.pk == words.get("breakdown")), None)
    first, until, due = (date.fromisoformat(words[key]) if words.get(key) else None for key in ("from", "until", "due"))
    return {
        "party": world.region, "value": words.get("value"), "due_on": due, "baseline_from": first, "baseline_until": until,
        "breakdown": breakdown,
    }  # fmt: skip


def _report(world, words):
    """One year's status, finished and approved when the region has said yes to it."""
    plan, by = world.plans[words["plan"]], world.planner
    report = actions.draft_status_report(plan, year=words["year"], by=by, at=world.moment(-10))
    for line in findings.lines_of(report):
        comment = words["comments"].get(str(line.goal.number))
        if comment:
            actions.write_status_line(line, status=line.status, comment=comment, seen=None, by=by, at=world.moment(-9))
    if words["summary"]:
        actions.write_summary(report, summary=words["summary"], revision=1, by=by, at=world.moment(-9, 10))
    if words["approved"]:
        threads.finish_status_report(report, by=by, at=world.moment(-8))
        report = findings.status_report(report.pk, by, world.moment(-8))
        approver = world.actors["Aksel Mørkdal"]
        actions.approve_status_report(report, fingerprint=report.fingerprint, reference=words["approved"], by=approver, at=world.moment(-7))
    world.count("statusrapporter")
