from dataclasses import dataclass

from django.db.models import Prefetch

from tovholder.consultations.models import Remark, Response
from tovholder.dialogue.models import Theme
from tovholder.texts.likeness import similar

STEPS = ("received", "registered", "coded", "answered", "reported")


@dataclass(frozen=True)
class Equation:
    """Five counts that must be equal, and the responses that are missing at each."""

    received: int
    registered: int
    coded: int
    answered: int
    reported: int
    missing: dict

    @property
    def counts(self):
        return tuple(getattr(self, step) for step in STEPS)

    @property
    def is_even(self):
        return len(set(self.counts)) == 1


def _is_registered(row, remarks):
    return row.number is not None and row.registered_at is not None


def _is_coded(row, remarks):
    return all(remark.is_coded for remark in remarks)


def _is_answered(row, remarks):
    return all(remark.verdict for remark in remarks)


def _is_reported(row, remarks):
    return not row.waits_for_review


_CHECKS = (("registered", _is_registered), ("coded", _is_coded), ("answered", _is_answered), ("reported", _is_reported))


def _submitted(found):
    remarks = Remark.objects.select_related("provision", "theme").order_by("order", "thing_id")
    rows = Response.objects.filter(consultation=found, state="submitted").select_related("party", "listed")
    return rows.prefetch_related(Prefetch("remarks", queryset=remarks)).order_by("-number", "-submitted_at", "thing_id")


def equation(found, rows=None):
    """This will count responses at five steps; one counts at a step when it has passed all the steps before it."""
    left = list(_submitted(found)) if rows is None else rows
    counts, missing = {"received": len(left)}, {}
    for step, passes in _CHECKS:
        there = [row for row in left if passes(row, row.remarks.all())]
        missing[step] = tuple(row for row in left if row not in there)
        counts[step], left = len(there), there
    return Equation(**counts, missing=missing)


def missing_at(found, step):
    """This will return the responses that stop at a step of the equation."""
    return equation(found).missing.get(step, ())


def register(found, by, at):
    """This will return every sent response, the newest number first, each with its remarks and how many are answered."""
    rows = list(_submitted(found))
    for row in rows:
        remarks = row.remarks.all()
        row.remark_count = len(remarks)
        row.answered_count = sum(bool(remark.verdict) for remark in remarks)
    return rows


def drafts_asking_in(found):
    """This will return the drafts whose writers ask to be included although the round closed."""
    return Response.objects.filter(consultation=found, state="draft", asked_in_at__isnull=False).order_by("asked_in_at")


def next_unanswered(rows, *, after=None):
    """This will return the next remark without a verdict in a register, first in the same response, or None."""
    waiting = [(row, remark) for row in rows for remark in row.remarks.all() if not remark.verdict]
    if after is not None:
        same = [pair for pair in waiting if pair[0].pk == after.response_id]
        later = [pair for pair in same if pair[1].order > after.order]
        waiting = later or same or waiting
    return waiting[0] if waiting else None


def similar_unanswered(rows, remark):
    """This will return the remarks in a register that wait for an answer and say nearly the same as one remark, the nearest first."""
    waiting = {one.pk: one for row in rows for one in row.remarks.all() if not one.verdict and one.pk != remark.pk}
    near = similar(remark.text, [(pk, one.text) for pk, one in waiting.items()])
    return [waiting[pk] for pk, _likeness in near]


def themes_for(found):
    """This will return the themes the plan's owner has named."""
    return Theme.objects.filter(owner=found.version.plan.owner_id, withdrawn_at__isnull=True).order_by("name")
