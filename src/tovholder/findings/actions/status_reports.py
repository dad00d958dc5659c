"""A plan's yearly status: drafted by the system, finished by a person, approved. What is finished no longer moves with the figures."""

from django.utils.translation import gettext as _

from tovholder.base import search
from tovholder.base.errors import Clash
from tovholder.base.events import new_thing, record
from tovholder.base.rows import hold
from tovholder.base.write import write
from tovholder.parties.queries import local_day, name_of_person

from .. import rules
from ..models import StatusLine, StatusReport
from ..queries.entries import entries_of_status_reports, found_status_reports
from ..queries.status_content import content_of, drafted, fingerprint_of, known_of
from ..queries.status_reports import goals_of, lines_of


def draft_status_report(plan, *, year, by, at):
    """This will draft a plan's status for a year, with what the figures say about each goal; raises Refused."""
    rules.check_may_report_status(plan, by=by)
    goals = goals_of(plan)
    known = known_of(goals, year, by, at)
    with write():
        hold(plan)
        is_there = StatusReport.objects.filter(plan=plan, year=year).exists()
        rules.check_year(plan, year, is_there=is_there, goals=goals, today=local_day(at))
        report = StatusReport.objects.create(thing=new_thing("status_report", at), plan=plan, year=year, drafted_at=at)
        StatusLine.objects.bulk_create(
            StatusLine(report=report, goal=goal, status=goal.status, drafted=drafted(goal, known.get(goal.pk))) for goal in goals
        )
        record("status_report_drafted", report, by=by, at=at, plan=plan.pk, year=year)
    return report


def draft_again(report, *, by, at):
    """This will write anew what the figures say about each goal; what people wrote stays. Raises Refused once it is finished."""
    rules.check_may_write_status(report, by=by)
    lines = lines_of(report)
    known = known_of([line.goal for line in lines], report.year, by, at)
    with write():
        _held(report, by)
        for line in lines:
            StatusLine.objects.filter(pk=line.pk).update(drafted=drafted(line.goal, known.get(line.goal_id)))
        there = {line.goal_id for line in lines}
        for goal in goals_of(report.plan):
            if goal.pk not in there:
                StatusLine.objects.create(report=report, goal=goal, status=goal.status, drafted=drafted(goal, None))
        StatusReport.objects.filter(pk=report.pk).update(drafted_at=at)
        record("status_report_drafted", report, by=by, at=at, plan=report.plan_id, year=report.year)
    return report


def _held(report, by):
    """The report as it is now, kept for this write alone, and still open to write in."""
    hold(report)
    found = StatusReport.objects.select_related("plan").get(pk=report.pk)
    rules.check_may_write_status(found, by=by)
    return found


def write_status_line(line, *, status, comment, seen, by, at):
    """This will say how far a goal is and what a person says about it; raises Clash when someone saved in between, Refused otherwise.

    `seen` is when the line was last saved as the writer saw it: None for never."""
    rules.check_line_status(status, line.goal.Status.values)
    rules.check_words(comment, rules.LONGEST_COMMENT, "comment")
    with write():
        _held(line.report, by)
        row = StatusLine.objects.select_related("goal").get(pk=line.pk)
        if (row.status, row.comment) == (status, comment.strip()):
            return row
        if row.edited_at != seen:
            theirs = {"status": row.status, "comment": row.comment, "seen": row.edited_at, "name": name_of_person(row.edited_by)}
            yours = {"status": status, "comment": comment}
            sentence = _("%(name)s har gemt mål %(n)s, mens du skrev. Din tekst er her stadig.")
            raise Clash(sentence % {"name": theirs["name"] or _("En anden"), "n": row.goal.number}, theirs=theirs, yours=yours)
        row.status, row.comment, row.edited_at, row.edited_by = status, comment.strip(), at, by.person or ""
        row.save()
        record("status_line_written", line.report, by=by, at=at, goal=row.goal_id, fields=["status", "comment"])
    return row


def write_summary(report, *, summary, revision, by, at):
    """This will write what most people read; raises Clash when someone saved in between, Refused once it is finished."""
    rules.check_words(summary, rules.LONGEST_SUMMARY, "summary")
    with write():
        row = _held(report, by)
        if row.summary == summary.strip():
            return row
        if row.revision != revision:
            sentence = _("En anden har gemt »Kort fortalt«, mens du skrev. Din tekst er her stadig.")
            raise Clash(sentence, theirs={"summary": row.summary, "revision": row.revision}, yours={"summary": summary})
        row.summary, row.revision = summary.strip(), row.revision + 1
        row.save(update_fields=["summary", "revision"])
        record("status_summary_written", row, by=by, at=at, fields=["summary"])
    return row


def finish_status_report(report, *, happened=None, by, at):
    """This will freeze a status report as it is, figures, pictures and all, so that it can be approved; raises Refused.

    `happened` says what happened to each goal, see content_of."""
    with write():
        row = _held(report, by)
        rules.check_may_finish(row, by=by)
        content = content_of(row, lines_of(row), by, at, happened=happened)
        fingerprint = fingerprint_of(content)
        StatusReport.objects.filter(pk=row.pk).update(
            state=StatusReport.State.FINISHED, finished_at=at, finished_by=by.person or "", content=content, fingerprint=fingerprint
        )  # fmt: skip
        record("status_report_finished", row, by=by, at=at, fingerprint=fingerprint)
    return row


def reopen_status_report(report, *, by, at):
    """This will open a finished status report again; what was frozen is thrown away. Raises Refused once it is approved."""
    with write():
        hold(report)
        row = StatusReport.objects.select_related("plan").get(pk=report.pk)
        rules.check_may_reopen(row, by=by)
        StatusReport.objects.filter(pk=row.pk).update(
            state=StatusReport.State.DRAFT, finished_at=None, finished_by="", content={}, fingerprint=""
        )
        record("status_report_reopened", row, by=by, at=at)
    return row


def approve_status_report(report, *, fingerprint, reference="", by, at):
    """This will approve exactly what was read, so that everyone can read it; raises Refused when it is another text by now."""
    with write():
        hold(report)
        row = StatusReport.objects.select_related("plan").get(pk=report.pk)
        rules.check_may_approve(row, by=by)
        rules.check_same_text(row.fingerprint, fingerprint)
        StatusReport.objects.filter(pk=row.pk).update(
            state=StatusReport.State.APPROVED, approved_at=at, approved_by=by.person or "", approved_reference=reference.strip()[:200]
        )
        search.keep(entries_of_status_reports, found_status_reports().filter(pk=row.pk))
        record("status_report_approved", row, by=by, at=at, fingerprint=row.fingerprint)
    return row
