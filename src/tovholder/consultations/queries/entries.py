"""What may be found by search about what is answered. Drafts, withdrawn responses and those that wait for review are found by nobody."""

from tovholder.base.search import Entry, joined
from tovholder.parties.models import Sector

from ..models import Consultation, Remark, Response


def entries_of_consultations(rows):
    """This will give the entries of rounds with their letter."""
    for row in rows:
        words = joined(row.asked_about, row.letter, row.next_steps, row.concluded_reason)
        home = row.version.plan_id
        yield Entry(row.pk, "consultation", row.title, words, gate="consultation", gate_thing=row.pk, home=home, at=row.opens_at)


def _is_read_by_all(response):
    return response.state == Response.State.SUBMITTED and not response.waits_for_review


def _name(response):
    """A citizen's own name stays with the secretariat."""
    return "" if response.sector == Sector.CITIZEN and response.party_id is None else response.name


def entries_of_responses(rows):
    """This will give the entries of the responses everyone may read, by who sent them."""
    for row in rows:
        if _is_read_by_all(row) and _name(row):
            yield Entry(
                row.pk, "response", _name(row), gate="response", gate_thing=row.pk, home=row.consultation_id, at=row.submitted_at
            )  # fmt: skip


def entries_of_remarks(rows):
    """This will give the entries of what responses say, and of the reasons they were answered with."""
    for row in rows:
        response = row.response
        if not _is_read_by_all(response):
            continue
        where = {"gate": "response", "gate_thing": response.pk, "home": response.consultation_id}
        yield Entry(row.pk, "remark", _name(response), row.text, at=response.submitted_at, **where)
        if row.verdict and row.reason:
            yield Entry(row.pk, "verdict", "", row.reason, part="verdict", at=row.verdict_at, **where)


def found_consultations():
    """This will return the rounds with what their entries need."""
    return Consultation.objects.select_related("version")


def found_remarks():
    """This will return the remarks with what their entries need."""
    return Remark.objects.select_related("response")


def searchable():
    """This will return every kind of thing here that can be found, with the function that gives its entries."""
    return [
        (found_consultations(), entries_of_consultations),
        (Response.objects.all(), entries_of_responses),
        (found_remarks(), entries_of_remarks),
    ]
