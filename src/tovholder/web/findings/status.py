"""Doors to a plan's yearly status: the desk where it is written, the page everyone reads, and the same as Word and PDF."""

import json
from datetime import datetime

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tovholder.base.errors import Clash, Refused, passes
from tovholder.findings import actions, queries, rules
from tovholder.parties.queries import local_day
from tovholder.plans import queries as plans
from tovholder.texts.danish import slug
from tovholder.texts.difference import difference
from tovholder.threads import actions as threads
from tovholder.threads import queries as ties
from tovholder.web.accounts.doors import signed_in
from tovholder.web.design.strictness import finished
from tovholder.web.downloads import WORD, attachment
from tovholder.web.middleware import never_stored
from tovholder.web.plans.forms import tell

from .forms import ApproveForm, LineForm, SummaryForm, YearForm

UNREADABLE = 422
PDF = "application/pdf"


def found_report(request, report_id):
    """This will return a status report that may be read; raises Http404."""
    try:
        return queries.status_report(report_id, request.by, request.at)
    except LookupError as error:
        raise Http404 from error


def _crumbs(report, *steps):
    here = _("Status %(year)s") % {"year": report.year}
    own = reverse("findings:status", args=[report.pk]) if steps else ""
    return [
        (_("Mål"), reverse("findings:list")), (report.plan.title, reverse("findings:plan", args=[report.plan_id])), (here, own), *steps,
    ]  # fmt: skip


@signed_in
@require_POST
def draft(request, plan_id):
    """This will draft a plan's status for a year, with what the figures say."""
    try:
        plan = plans.plan(plan_id, request.by, request.at)
    except LookupError as error:
        raise Http404 from error
    rules.check_may_report_status(plan, by=request.by)
    form = YearForm(request.POST, years=queries.years_to_report(plan, request.at))
    if not form.is_valid():
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
        return redirect("findings:plan", plan.pk)
    report = actions.draft_status_report(plan, year=form.cleaned_data["year"], by=request.by, at=request.at)
    messages.success(request, _("Udkastet er klar. Læs, hvad tallene siger, og skriv det, de ikke siger."))
    return redirect("findings:status", report.pk)


@never_stored
def status(request, report_id):
    """This will show a status report: the desk while it is a draft, what is frozen afterwards."""
    report = found_report(request, report_id)
    if report.state == "draft":
        return _desk(request, report)
    return _read(request, report)


def _desk(request, report, *, summary_form=None, clash=None):
    rules.check_may_report_status(report.plan, by=request.by)
    lines = queries.lines_of(report)
    context = {
        "report": report, "plan": report.plan, "lines": lines, "clash": clash, "crumbs": _crumbs(report),
        "runs": difference(clash.theirs["summary"], clash.yours["summary"]) if clash else (),
        "summary_form": summary_form or SummaryForm(initial={"summary": report.summary, "revision": report.revision}),
        "written": sum(bool(line.comment) for line in lines),
    }  # fmt: skip
    code = 409 if clash else UNREADABLE if summary_form and summary_form.errors else 200
    return render(request, "findings/status_desk.html", context, status=code)


def _read(request, report, *, approve=None):
    failed, content = approve is not None, report.content
    approve = approve or ApproveForm(initial={"fingerprint": report.fingerprint})
    context = {
        "report": report, "plan": report.plan, "content": content, "goals": [_drawn(goal) for goal in content["goals"]],
        "may_approve": passes(rules.check_may_approve, report, by=request.by), "approve_form": approve,
        "may_reopen": passes(rules.check_may_reopen, report, by=request.by), "crumbs": _crumbs(report),
    }  # fmt: skip
    return render(request, "findings/status.html", context, status=UNREADABLE if failed else 200)


def _drawn(goal):
    """A kept goal as the page shows it: the pictures were drawn and escaped by the house when the report was finished."""
    return goal | {"charts": [chart | {name: finished(chart[name]) for name in ("svg", "narrow")} for chart in goal["charts"]]}


@signed_in
@require_POST
def summary(request, report_id):
    """This will keep what most people read."""
    report = found_report(request, report_id)
    form = SummaryForm(request.POST)
    if form.is_valid():
        try:
            actions.write_summary(report, **form.cleaned_data, by=request.by, at=request.at)
            messages.success(request, _("»Kort fortalt« er gemt."))
            return redirect("findings:status", report.pk)
        except Clash as clash:
            form = SummaryForm(initial=clash.yours | {"revision": clash.theirs["revision"]})
            return _desk(request, report, summary_form=form, clash=clash)
        except Refused as refusal:
            tell(form, refusal)
    return _desk(request, report, summary_form=form)


@signed_in
def line(request, report_id, goal_id):
    """This will show what the figures say about one goal, and take a person's own words; when two write at once, both are shown."""
    report = found_report(request, report_id)
    rules.check_may_write_status(report, by=request.by)
    try:
        row = queries.line(report, goal_id)
    except LookupError as error:
        raise Http404 from error
    first = {"status": row.status, "comment": row.comment, "seen": row.edited_at.isoformat() if row.edited_at else ""}
    form, clash = LineForm(request.POST or None, statuses=row.goal.Status.choices, initial=first), None
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            actions.write_status_line(row, **given | {"seen": _moment(given["seen"])}, by=request.by, at=request.at)
            messages.success(request, _("Mål %(n)s er gemt.") % {"n": row.goal.number})
            return redirect(f"{reverse('findings:status', args=[report.pk])}#maal-{row.goal.number}")
        except Clash as refusal:
            clash, seen = refusal, refusal.theirs["seen"]
            form = LineForm(statuses=row.goal.Status.choices, initial=refusal.yours | {"seen": seen.isoformat() if seen else ""})
        except Refused as refusal:
            tell(form, refusal)
    here = _("Mål %(n)s") % {"n": row.goal.number}
    context = {
        "report": report, "line": row, "form": form, "clash": clash, "crumbs": _crumbs(report, (here, "")),
        "runs": difference(clash.theirs["comment"], clash.yours["comment"]) if clash else (),
        "their_status": dict(row.goal.Status.choices).get(clash.theirs["status"]) if clash else "",
    }  # fmt: skip
    return render(request, "findings/status_line.html", context, status=409 if clash else UNREADABLE if form.errors else 200)


def _moment(text):
    """When a line was last saved as the writer saw it; what cannot be read was never seen."""
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


@signed_in
@require_POST
def decide(request, report_id):
    """This will take a status report one step on: read the figures again, finish it, open it again, approve it."""
    report = found_report(request, report_id)
    what = request.POST.get("hvad")
    if what == "approve":
        return _approve(request, report)
    acts = {
        "again": (actions.draft_again, _("Tallene er læst igen. Jeres egne ord er urørte.")),
        "finish": (threads.finish_status_report, _("Statusrapporten er gjort færdig. Nu kan den godkendes.")),
        "reopen": (actions.reopen_status_report, _("Statusrapporten er åbnet igen.")),
    }
    if what not in acts:
        raise Http404
    act, sentence = acts[what]
    act(report, by=request.by, at=request.at)
    messages.success(request, sentence)
    return redirect("findings:status", report.pk)


def _approve(request, report):
    rules.check_may_approve(report, by=request.by)
    form = ApproveForm(request.POST)
    if not form.is_valid():
        return _read(request, report, approve=form)
    actions.approve_status_report(report, **form.cleaned_data, by=request.by, at=request.at)
    messages.success(request, _("Status %(year)s er godkendt, og alle kan læse den.") % {"year": report.year})
    return redirect("findings:status", report.pk)


@require_safe
def word(request, report_id):
    """This will hand out a status report as a Word document, made in a process of its own."""
    return _file(request, report_id, "word", "docx", WORD)


@require_safe
def pdf(request, report_id):
    """This will hand out a status report as a PDF that can be read aloud, made in a process of its own."""
    return _file(request, report_id, "pdf", "pdf", PDF)


def _file(request, report_id, kind, ending, content_type):
    from tovholder.confined import Stopped, run_limited

    report = found_report(request, report_id)
    try:
        content = run_limited(
            ["tovholder.formats", "status-report", kind], json.dumps(_as_plain(request, report), ensure_ascii=False).encode()
        )
    except Stopped as error:
        raise Refused(_("Filen kan ikke laves lige nu. Prøv igen om lidt.")) from error
    name = slug(f"status {report.year} {report.plan.title}")
    return attachment(f"{name or 'status'}.{ending}", content, content_type)


def _as_plain(request, report):
    """What is frozen, or what a draft would be if it were finished now; and whether somebody has approved it."""
    content = report.content
    if report.state == "draft":
        content = queries.content_of(
            report, queries.lines_of(report), request.by, request.at, happened=ties.happened_in(report, request.by, request.at)
        )
    approved = report.state == "approved"
    # On paper there is one width.
    goals = [
        goal | {"charts": [{name: chart[name] for name in chart if name != "narrow"} for chart in goal["charts"]]}
        for goal in content["goals"]
    ]
    return content | {
        "goals": goals,
        "state": "approved" if approved else "draft",
        "fingerprint": report.fingerprint,
        "made_at": (report.approved_at or report.finished_at or request.at).isoformat(),
        "approved_by": ", ".join(filter(None, (report.plan.owner.name, report.approved_reference))) if approved else "",
        "approved_on": local_day(report.approved_at).isoformat() if approved else None,
    }
