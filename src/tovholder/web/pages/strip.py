"""The year in seven steps, each with what it counts now."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tovholder.base.written import day_and_month
from tovholder.parties.queries import local_day


def days_left(deadline_at, at):
    """This will return how many days are left until a deadline, 0 on its day."""
    return max((local_day(deadline_at) - local_day(at)).days, 0)


def year_strip(now, at):
    """This will return the seven steps as (title, text, address, is now)."""
    return [
        (_("Lyt"), _listen(now), reverse("dialogue:list"), now.live is not None),
        (_("Lov"), _promise(now), reverse("plans:list"), False),
        (_("Hør"), _consult(now, at), reverse("consultations:list"), bool(now.rounds)),
        (_("Beslut"), _decide(now), reverse("plans:list"), bool(now.boards)),
        (_("Gør"), _do(now), reverse("initiatives:list"), False),
        (pgettext("led", "Mål"), _measure(now), reverse("findings:list"), False),
        (_("Fortæl"), _tell(now), reverse("threads:list"), False),
    ]


def _listen(now):
    if now.live:
        return _("%(title)s i %(place)s") % {"title": now.live.title, "place": now.live.venue}
    if now.coming:
        return _("%(title)s %(day)s") % {"title": now.coming.title, "day": day_and_month(local_day(now.coming.starts_at))}
    if now.last:
        return _("Sidst: %(title)s") % {"title": now.last.title}
    return _("Ingen konference på vej endnu")


def _promise(now):
    if now.newest_plan is None:
        return _("Ingen planer er offentlige endnu")
    return _("Senest: %(plan)s, %(version)s") % {"plan": now.newest_plan.plan.title, "version": now.newest_plan.name.lower()}


def _consult(now, at):
    if not now.rounds:
        return _("Ingen høring er åben")
    first = now.rounds[0]
    days = days_left(first.deadline_at, at)
    title = first.version.plan.title
    if not days:
        return _("%(plan)s: lukker i dag") % {"plan": title}
    text = ngettext("%(plan)s: %(n)s dag til at svare", "%(plan)s: %(n)s dage til at svare", days)
    return text % {"plan": title, "n": days}


def _decide(now):
    if not now.boards:
        return _("Intet er til beslutning")
    first = now.boards[0]
    return _("%(n)s af %(all)s har godkendt %(plan)s") % {"n": first.approved, "all": first.total, "plan": first.version.plan.title}


def _do(now):
    return ngettext("%(n)s indsats i gang", "%(n)s indsatser i gang", now.initiatives) % {"n": now.initiatives}


def _measure(now):
    if not now.goals:
        return _("Ingen mål er sat endnu")
    return _("%(n)s af %(all)s mål bliver målt") % {"n": now.measured, "all": now.goals}


def _tell(now):
    text = ngettext("%(n)s bemærkning har fået svar", "%(n)s bemærkninger har fået svar", now.answered)
    return text % {"n": now.answered}
