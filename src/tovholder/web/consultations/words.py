"""How a round in its time is said on a page."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tovholder.base.written import date_and_time, day_and_month, period
from tovholder.consultations import rules
from tovholder.parties.queries import local_day
from tovholder.texts.danish import clock


def days_left(consultation, at):
    """This will count the calendar days from today to the deadline."""
    return (local_day(consultation.deadline_at) - local_day(at)).days


def badge_of(consultation, at):
    """This will return (word, kind) of a round's badge."""
    phase = rules.phase_of(consultation, at)
    if phase == "open":
        return (_("Lukker i dag"), "warning") if days_left(consultation, at) == 0 else (_("Åben"), "info")
    if phase == "coming":
        return _("Åbner %(day)s") % {"day": day_and_month(local_day(consultation.opens_at))}, "plain"
    return (_("Afsluttet") if phase == "concluded" else _("Lukket")), "plain"


def time_line(consultation, at):
    """This will say how long a round is open: 17 dage tilbage · frist 11. december kl. 12.00."""
    deadline = date_and_time(consultation.deadline_at)
    phase = rules.phase_of(consultation, at)
    if phase == "coming":
        return _("Åbner %(start)s · frist %(deadline)s") % {"start": date_and_time(consultation.opens_at), "deadline": deadline}
    if phase != "open":
        return _("Lukkede %(deadline)s") % {"deadline": date_and_time(consultation.deadline_at, with_year=True)}
    days = days_left(consultation, at)
    if days == 0:
        return _("Lukker i dag kl. %(hour)s") % {"hour": clock(consultation.deadline_at)}
    return ngettext("%(n)s dag tilbage · frist %(deadline)s", "%(n)s dage tilbage · frist %(deadline)s", days) % {
        "n": days,
        "deadline": deadline,
    }


def eyebrow_of(consultation, at):
    """This will write the line over a desk: Høring · 5. oktober – 11. december 2026 · 17 dage tilbage."""
    days = period(local_day(consultation.opens_at), local_day(consultation.deadline_at))
    left = time_line(consultation, at).split(" · ")[0]
    return _("Høring · %(days)s · %(left)s") % {"days": days, "left": left}


def answered_line(answered, asked):
    """This will say how many of the list have answered."""
    if not asked:
        return ""
    return ngettext("%(answered)s af %(n)s har svaret", "%(answered)s af %(n)s har svaret", asked) % {"answered": answered, "n": asked}
