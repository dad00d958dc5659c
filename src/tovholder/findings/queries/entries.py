"""What may be found by search about what is measured: indicators by what they count, and the approved yearly status of plans."""

from tovholder.base.search import Entry, joined

from ..models import Indicator, StatusReport


def found_indicators():
    """This will return the indicators with what their entries need."""
    return Indicator.objects.prefetch_related("definitions")


def entries_of_indicators(rows):
    """This will give the entries of indicators that are in use: everybody may find them."""
    for row in rows:
        if row.withdrawn_at is None:
            words = [(text.text, text.numerator, text.denominator) for text in row.definitions.all() if text.valid_until is None]
            told = joined(row.note, *(part for texts in words for part in texts))
            yield Entry(row.pk, "indicator", row.name, joined(told, row.name_en, row.code))


def found_status_reports():
    """This will return the status reports with what their entries need."""
    return StatusReport.objects.select_related("plan").prefetch_related("lines")


def entries_of_status_reports(rows):
    """This will give the entries of approved status reports: whoever may read the plan may find them, also when it was withdrawn since."""
    for row in rows:
        if row.state == StatusReport.State.APPROVED:
            said = joined(row.summary, *(line.comment for line in row.lines.all()))
            title = f"Status {row.year}: {row.plan.title}"
            where = {"gate": "plan", "gate_thing": row.plan_id, "home": row.plan_id, "at": row.approved_at}
            yield Entry(row.pk, "status_report", title, said, **where)


def searchable():
    """This will return every kind of thing here that can be found, with the function that gives its entries."""
    return [(found_indicators(), entries_of_indicators), (found_status_reports(), entries_of_status_reports)]
