"""Who may follow a goal by figures, move its baseline and have it calculated, and when."""

import math

from django.utils.translation import gettext as _

from tovholder.base.by import SYSTEM
from tovholder.base.errors import Refused
from tovholder.base.written import long_date
from tovholder.parties.rules import PLANNER, check_holds
from tovholder.plans.rules import check_may_measure

LONGEST_REASON = 300
LONGEST_REFERENCE = 200
# Limits of a control chart drawn from fewer points say more about chance than about the level.
FEWEST_IN_BASELINE = 12


def check_may_follow(goal, indicator, *, by):
    """This will refuse anyone but the owner's people and the plan's planner, and an indicator that is withdrawn."""
    check_may_measure(goal, indicator.name, by=by)
    if indicator.withdrawn_at:
        raise Refused(_("Indikatoren er trukket tilbage. Vælg en anden."), field="indicator")


def check_is_defined(is_defined):
    """This will refuse an indicator that nobody has said what counts."""
    if not is_defined:
        raise Refused(_("Indikatoren er ikke defineret endnu. Vælg en anden, eller vent, til definitionen er skrevet."), field="indicator")


def check_followed_once(is_there):
    """This will refuse to follow a goal twice by the same indicator."""
    if is_there:
        raise Refused(_("Målet følges allerede med den indikator. Ret det, der står, i stedet."), field="indicator")


def check_target(*, value, due_on, baseline_from, baseline_until):
    """This will refuse half a baseline, one that ends before it begins, no number, and a target due before its baseline ends."""
    if value is not None and not math.isfinite(value):
        raise Refused(_("Målet er ikke et tal. Skriv fx 12,0."), field="value")
    if (baseline_from is None) != (baseline_until is None):
        missing = "baseline_from" if baseline_from is None else "baseline_until"
        raise Refused(_("Skriv både første og sidste dag i det, I sammenligner med, eller ingen af dem."), field=missing)
    if baseline_from is not None and baseline_until <= baseline_from:
        raise Refused(_("Perioden slutter, før den begynder. Ret en af dagene."), field="baseline_until")
    if due_on is not None and baseline_until is not None and due_on < baseline_until:
        raise Refused(_("Målet skal nås efter den periode, I sammenligner med. Vælg en senere dag."), field="due_on")


def check_breakdown(breakdown, known):
    """This will refuse a breakdown that the indicator's definition does not have."""
    if breakdown is not None and breakdown.pk not in known:
        raise Refused(_("Indikatoren bliver ikke delt op på den måde. Vælg en anden opdeling."), field="breakdown")


def check_may_change_target(target, *, by):
    """This will refuse strangers, and to change what is withdrawn."""
    check_may_measure(target.goal, target.indicator.name, by=by)
    if target.withdrawn_at:
        raise Refused(_("Målet følges ikke længere med den indikator."))


def check_may_rebase(target, *, by):
    """This will refuse anyone but a planner for the plan or for the goal's owner."""
    if not by.holds(PLANNER, target.goal.plan.owner_id):
        check_holds(by, PLANNER, party=target.goal.owner_id)
    if target.withdrawn_at:
        raise Refused(_("Målet følges ikke længere med den indikator."))


def check_rebase(*, baseline_from, baseline_until, reason, decided_on, decision_reference, earliest, today):
    """This will refuse a new baseline nobody decided, one decided in the future, or one that begins no later than the last."""
    if not reason.strip():
        raise Refused(_("Skriv, hvorfor det gamle niveau ikke længere er det rigtige at sammenligne med."), field="reason")
    _check_length(reason, LONGEST_REASON, "reason")
    if not decision_reference.strip():
        raise Refused(_("Skriv, hvor beslutningen står, fx »Regionsrådet, punkt 9«."), field="decision_reference")
    _check_length(decision_reference, LONGEST_REFERENCE, "decision_reference")
    if decided_on > today:
        raise Refused(_("Den dag er ikke kommet endnu. Skriv dagen, hvor det blev besluttet."), field="decided_on")
    if baseline_until <= baseline_from:
        raise Refused(_("Perioden slutter, før den begynder. Ret en af dagene."), field="baseline_until")
    if earliest is not None and baseline_from <= earliest:
        sentence = _("Den nuværende basis begynder %(day)s. Den nye skal begynde senere.")
        raise Refused(sentence % {"day": long_date(earliest)}, field="baseline_from")


def _check_length(text, limit, field):
    over = len(text.strip()) - limit
    if over > 0:
        raise Refused(_("Teksten er %(over)s tegn over %(limit)s. Kort lidt ned.") % {"over": over, "limit": limit}, field=field)


def check_may_calculate(*, by):
    """This will refuse everyone but the system itself: sums are heavy, and never anybody's to steer."""
    if by is not SYSTEM:
        raise Refused(_("Det gør systemet selv."))
