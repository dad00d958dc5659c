"""Calculating what goal pages show. The sums are heavy: only background work calls this, never the process that answers."""

import logging

from tovholder.base.events import record
from tovholder.base.write import write

from .. import rules
from ..models import Figures
from ..queries.figures.everything import everything
from ..queries.figures.inputs import all_inputs, due

_KEPT = (
    "kind", "figures", "summary", "method", "method_version", "parameters", "area_kind", "period_from", "period_until",
)  # fmt: skip


def calculate_indicator(indicator, *, begins=None, by, at):
    """This will calculate everything that is shown about an indicator and put it in place of what was; True when anything changed.

    `begins` says which initiatives are to move each goal and since when: {goal id: [(initiative id, day)]}. Raises Refused."""
    rules.check_may_calculate(by=by)
    return any(_calculate(row, by, at) for row in all_inputs(begins, indicator_ids=[indicator.pk]))


def calculate_due_figures(*, begins=None, by, at):
    """This will calculate every indicator whose vintages, definitions, targets or baselines have changed, and return how many it was."""
    rules.check_may_calculate(by=by)
    count = 0
    for row in due(begins):
        try:
            count += _calculate(row, by, at)
        except (ArithmeticError, ValueError, LookupError):
            # One indicator whose figures nobody has foreseen must not keep the others from being calculated; it is tried again.
            logging.getLogger("tovholder.figures").exception("indikatoren %s kan ikke regnes", row.indicator.code)
    return count


def _calculate(inputs, by, at):
    kept = set(Figures.objects.filter(indicator=inputs.indicator).values_list("digest", flat=True).distinct())
    if kept == ({inputs.digest} if inputs.chain else set()):
        return False
    rows = [_row(inputs, found, at) for found in everything(inputs)] if inputs.chain else []
    with write():
        Figures.objects.filter(indicator=inputs.indicator).delete()
        Figures.objects.bulk_create(rows, batch_size=200)
        record("figures_calculated", inputs.indicator, by=by, at=at, rows=len(rows), digest=inputs.digest)
    return True


def _row(inputs, found, at):
    return Figures(
        indicator=inputs.indicator, party_id=found.party, target_id=found.target, breakdown_id=found.breakdown, vintage=inputs.newest,
        digest=inputs.digest, calculated_at=at, **{name: getattr(found, name) for name in _KEPT},
    )  # fmt: skip
