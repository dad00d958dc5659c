"""Who may write and approve a plan's yearly status, and when. The table is the state diagram."""

from django.utils.translation import gettext as _

from tovholder.base.errors import Refused
from tovholder.parties.rules import APPROVER, PLANNER, check_holds

LONGEST_SUMMARY = 4_000
LONGEST_COMMENT = 2_000
REPORT_CHANGES = {"draft": ("finished",), "finished": ("draft", "approved")}
EARLIEST_YEAR = 2007


def check_may_report_status(plan, *, by):
    """This will refuse anyone but a planner for the plan's owner, and a plan that is withdrawn."""
    check_holds(by, PLANNER, party=plan.owner_id)
    if plan.withdrawn_at:
        raise Refused(_("Planen er trukket tilbage og kan ikke ændres."))


def check_year(plan, year, *, is_there, goals, today):
    """This will refuse a second report for a year, one for a year to come or outside the plan, and one with nothing to report on."""
    if is_there:
        raise Refused(_("Der er allerede en status for %(year)s. Skriv videre på den.") % {"year": year}, field="year")
    if year > today.year:
        raise Refused(_("%(year)s er ikke begyndt endnu. Vælg et år, der er gået, eller det, vi er i.") % {"year": year}, field="year")
    first = max(EARLIEST_YEAR, plan.period_from.year) if plan.period_from else EARLIEST_YEAR
    if year < first:
        raise Refused(_("Planen begynder i %(first)s. Vælg det år eller et senere.") % {"first": first}, field="year")
    if plan.period_until and year > plan.last_day.year:
        raise Refused(_("Planen slutter i %(last)s. Vælg det år eller et tidligere.") % {"last": plan.last_day.year}, field="year")
    if not goals:
        raise Refused(_("Planen har ingen mål at gøre status over. Sæt det første mål."))


def check_may_write_status(report, *, by):
    """This will refuse strangers, and to write in a report that is finished."""
    check_may_report_status(report.plan, by=by)
    if report.state != "draft":
        raise Refused(_("Statusrapporten er gjort færdig. Åbn den igen, hvis noget skal rettes."))


def check_words(text, limit, field):
    """This will refuse a text longer than anybody reads."""
    over = len(text.strip()) - limit
    if over > 0:
        raise Refused(_("Teksten er %(over)s tegn over %(limit)s. Kort lidt ned.") % {"over": over, "limit": limit}, field=field)


def check_line_status(status, known):
    """This will refuse a status that is not on the list."""
    if status not in known:
        raise Refused(_("Vælg en af mulighederne på listen."), field="status")


def check_may_finish(report, *, by):
    """This will refuse to finish a report that says nothing in a person's words."""
    check_may_write_status(report, by=by)
    if not report.summary.strip():
        raise Refused(_("Skriv først »Kort fortalt«. Det er det, de fleste læser."), field="summary")


def check_may_reopen(report, *, by):
    """This will refuse strangers, and to open what is approved or never was finished."""
    check_may_report_status(report.plan, by=by)
    if "draft" not in REPORT_CHANGES.get(report.state, ()):
        raise Refused(_("Statusrapporten kan ikke åbnes igen. Er den godkendt, står den, som den er."))


def check_same_text(stored, seen):
    """This will refuse to approve another text than the one that was read."""
    if not stored or stored != seen:
        raise Refused(_("Rapporten er en anden end den, du har læst. Læs den nye, og tag stilling til den."))


def check_may_approve(report, *, by):
    """This will refuse anyone but an approver for the plan's owner, and a report that is not finished."""
    check_holds(by, APPROVER, party=report.plan.owner_id)
    if "approved" not in REPORT_CHANGES.get(report.state, ()):
        raise Refused(_("Statusrapporten er ikke klar til godkendelse. Den skal gøres færdig først."))
