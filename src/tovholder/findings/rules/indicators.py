"""Who may say what an indicator counts, change it from a day, and take it out of use."""

import re

from django.utils.translation import gettext as _

from tovholder.base.by import SYSTEM
from tovholder.base.errors import Refused
from tovholder.base.written import long_date
from tovholder.parties.rules import OPERATOR, PLANNER, check_holds

LONGEST_NAME = 160
LONGEST_TEXT = 2_000
LONGEST_LINE = 300
LOWEST_THRESHOLD, HIGHEST_THRESHOLD = 2, 100
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def check_may_define(owner, *, by):
    """This will refuse anyone but the owner's planner, and for an indicator nobody here owns anyone but an operator or the system."""
    if owner is not None:
        check_holds(by, PLANNER, party=getattr(owner, "pk", owner))
    elif by is not SYSTEM:
        check_holds(by, OPERATOR)


def check_code(code, *, is_taken):
    """This will refuse a code that cannot stand in a file, and one that is taken."""
    if not _CODE.fullmatch(code) or len(code) > 60:
        raise Refused(_("Koden skal være små bogstaver a-z, tal og bindestreg, fx genindlaeggelser-somatik."), field="code")
    if is_taken:
        raise Refused(_("Koden er taget. Vælg en anden."), field="code")


def check_threshold(threshold):
    """This will refuse a threshold that protects nobody, and one that hides all."""
    if not LOWEST_THRESHOLD <= threshold <= HIGHEST_THRESHOLD:
        sentence = _("Skriv et tal fra %(low)s til %(high)s.")
        raise Refused(sentence % {"low": LOWEST_THRESHOLD, "high": HIGHEST_THRESHOLD}, field="threshold")


def check_words(*, name, text, unit, source):
    """This will refuse an indicator nobody can understand: without name, words, unit or source."""
    missing = (
        ("name", name, _("Giv indikatoren et navn.")),
        ("text", text, _("Skriv, hvad der bliver talt.")),
        ("unit", unit, _("Skriv enheden, fx pct.")),
        ("source", source, _("Skriv, hvor tallene kommer fra.")),
    )
    for field, written, sentence in missing:
        if not written.strip():
            raise Refused(sentence, field=field)
    for field, written, limit in (("name", name, LONGEST_NAME), ("text", text, LONGEST_TEXT), ("source", source, LONGEST_LINE)):
        over = len(written.strip()) - limit
        if over > 0:
            raise Refused(_("Teksten er %(over)s tegn over %(limit)s. Kort lidt ned.") % {"over": over, "limit": limit}, field=field)


def check_measure(*, kind, numerator, denominator, multiplier, decimals):
    """This will refuse a definition that figures cannot be checked against."""
    if kind != "years" and not (numerator.strip() and denominator.strip()):
        field = "denominator" if numerator.strip() else "numerator"
        raise Refused(_("Skriv både, hvad der tælles, og hvad det deles med."), field=field)
    if not 0 < multiplier <= 1_000_000:
        raise Refused(_("Skriv et tal over 0, fx 100 for procent eller 1.000 for pr. 1.000."), field="multiplier")
    if not 0 <= decimals <= 6:
        raise Refused(_("Skriv et tal fra 0 til 6."), field="decimals")


def check_in_use(indicator):
    """This will refuse to define or deliver to an indicator that is withdrawn."""
    if indicator.withdrawn_at is not None:
        raise Refused(_("Indikatoren er trukket tilbage. Vælg en anden."), field="indicator")


def check_anew(earlier, *, number, numbers, valid_from, breaks_series, break_reason):
    """This will refuse a new definition with a used number, one that begins no later than the one before, and a break without a reason."""
    if not number.strip() or number in numbers:
        raise Refused(_("Giv definitionen et nyt nummer, fx 2.1. Det gamle bliver stående."), field="number")
    if earlier is not None and valid_from is None:
        raise Refused(_("Skriv den første dag, den nye definition gælder."), field="valid_from")
    if earlier is not None and earlier.valid_from is not None and valid_from <= earlier.valid_from:
        sentence = _("Den nuværende definition gælder fra %(day)s. Vælg en senere dag.")
        raise Refused(sentence % {"day": long_date(earlier.valid_from)}, field="valid_from")
    if breaks_series and not break_reason.strip():
        raise Refused(_("Skriv, hvorfor tallene før og efter ikke kan sammenlignes."), field="break_reason")
    over = len(break_reason.strip()) - LONGEST_LINE
    if over > 0:
        sentence = _("Teksten er %(over)s tegn over %(limit)s. Kort lidt ned.")
        raise Refused(sentence % {"over": over, "limit": LONGEST_LINE}, field="break_reason")
