"""What periods, figures and methods are called, in the language of the page."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from tovholder.base.written import language, long_date, month_names, number, period
from tovholder.texts.fingerprint import short

from ..followup import unit_of

_SHORT = {
    "da": ("jan.", "feb.", "marts", "april", "maj", "juni", "juli", "aug.", "sept.", "okt.", "nov.", "dec."),
    "en": ("Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"),
}
MINUS = "−"


def as_day(text):
    """This will read a day as it is kept with figures."""
    return text if isinstance(text, date) else date.fromisoformat(text)


def last_day(until):
    """This will return the last day of a half-open period."""
    return as_day(until) - timedelta(days=1)


def short_period(first, until):
    """This will name a period where there is little room: okt. 2026, 2. kvt. 2026, 2026."""
    first, until = as_day(first), as_day(until)
    months = _whole_months(first, until)
    if months == 1:
        return f"{_SHORT[language()][first.month - 1]} {first.year}"
    return _longer(first, until, months, _("%(n)s. kvt. %(year)s"))


def period_name(first, until):
    """This will name a period inside a sentence: oktober 2026, 2. kvartal 2026, 2026, 1. november 2025 – 31. oktober 2026."""
    first, until = as_day(first), as_day(until)
    months = _whole_months(first, until)
    if months == 1:
        return f"{month_names()[first.month - 1]} {first.year}"
    return _longer(first, until, months, _("%(n)s. kvartal %(year)s"))


def _longer(first, until, months, quarter):
    if months == 12 and first.month == 1:
        return str(first.year)
    if months == 3 and first.month % 3 == 1:
        return quarter % {"n": first.month // 3 + 1, "year": first.year}
    if months == 6 and first.month in (1, 7):
        return _("%(n)s. halvår %(year)s") % {"n": 1 if first.month == 1 else 2, "year": first.year}
    if months:
        last = until - timedelta(days=1)
        begins = f"{_SHORT[language()][first.month - 1]} {first.year}"
        return f"{begins}–{_SHORT[language()][last.month - 1]} {last.year}"
    return period(first, until - timedelta(days=1))


def _whole_months(first, until):
    if first.day != 1 or until.day != 1:
        return 0
    return (until.year - first.year) * 12 + until.month - first.month


def years_name(first, until):
    """This will name a baseline shortly: 2023–24 for whole years, else its months."""
    first, until = as_day(first), as_day(until)
    months = _whole_months(first, until)
    if months and months % 12 == 0 and first.month == 1:
        last = until.year - 1
        return str(first.year) if last == first.year else f"{first.year}–{last % 100:02}"
    return short_period(first, until)


def signed(value, decimals):
    """This will write a difference with its sign: −1,3 or +0,4."""
    text = number(abs(value), decimals)
    if not value or not float(f"{abs(value):.{decimals}f}"):
        return text
    return f"{MINUS if value < 0 else '+'}{text}"


def measured_by(indicator, definition, *rest):
    """This will write what is measured, its unit, and what more is to be said: »Genindlæggelser inden 30 dage, pct., …«."""
    return ", ".join(filter(None, (indicator.label, unit_of(definition), *rest)))


_METHODS = {
    "course": {
        "xmr": lambda: _("XmR med fastlåst basis"),
        "p'": lambda: _("p′-kort (Laney) med fastlåst basis"),
        "u'": lambda: _("u′-kort (Laney) med fastlåst basis"),
    }
}


def method_line(figures, definition):
    """This will say how figures were made: method, definition, when the source was read, and the fingerprint of what went in."""
    told = {
        "method": _("Metode: %(method)s") % {"method": _method(figures)},
        "definition": _("Definition %(number)s") % {"number": definition.number},
        "vintage": _("tal hentet %(day)s") % {"day": long_date(figures.vintage.drawn_on)},
        "print": _("aftryk %(print)s") % {"print": short(figures.digest)},
    }
    return f"{told['method']}. {told['definition']} · {told['vintage']} · {told['print']}"


def _method(figures):
    if figures.kind == "course":
        return _METHODS["course"].get(figures.figures["chart"], _METHODS["course"]["xmr"])()
    if figures.kind == "funnel":
        if "limits" not in figures.figures:
            return _("sted for sted, uden grænser")
        return _("tragt med overspredning") if figures.figures["spread"]["is_wide"] else _("tragt uden overspredning")
    if figures.kind == "gradient":
        return _("SII, lineær, lukket form") if "sii" in figures.figures else _("grupper ved siden af hinanden")
    return _("alle kommuner, år for år")
