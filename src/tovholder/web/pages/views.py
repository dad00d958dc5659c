"""Doors to the pages about the house itself: the front page, the year, what we do with words, how to reach us."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tovholder.base.written import date_and_time, day_and_month, month_names
from tovholder.intake import queries as intake
from tovholder.parties.queries import local_day, parties_on
from tovholder.texts.danish import clock
from tovholder.threads import queries
from tovholder.web.design.gallery import samples
from tovholder.web.threads.addresses import address_of
from tovholder.web.threads.forms import CodeForm

from .strip import days_left, year_strip


def front(request):
    """This will show what is going on now, and what became of people's words."""
    now = queries.overview(request.by, request.at)
    context = {
        "now": now,
        "form": CodeForm(),
        "strip": year_strip(now, request.at),
        "live": _live(now, request.at),
        "rounds": [_round(row, request.at) for row in now.rounds],
        "next_opening": day_and_month(local_day(now.next_opening)) if now.next_opening else "",
    }
    return render(request, "pages/front.html", context)


def _live(now, at):
    if now.live is None:
        return None
    today = local_day(now.live.ends_at) == local_day(at)
    until = (
        _("i dag til kl. %(clock)s") % {"clock": clock(now.live.ends_at)}
        if today
        else _("til %(moment)s") % {"moment": date_and_time(now.live.ends_at)}
    )
    write = reverse("live:conference", args=[now.live.short_code]) if now.takes_input else ""
    return {
        "question": now.question.text if now.question else now.live.title,
        "eyebrow": now.live.title if now.question else now.live.motto,
        "place": f"{now.live.venue} · {until}",
        "write": write,
        "programme": address_of("conference", now.live.pk),
    }


def _round(row, at):
    days = days_left(row.deadline_at, at)
    whole = max((local_day(row.deadline_at) - local_day(row.opens_at)).days, 1)
    return {
        "row": row,
        "days": days,
        "gone": min(max(whole - days, 0), whole),
        "whole": whole,
        "url": address_of("consultation", row.pk),
        "unit": ngettext("dag tilbage", "dage tilbage", days),
        "deadline": date_and_time(row.deadline_at),
    }


def year(request):
    """This will show the year with everything that has a day."""
    this_year = local_day(request.at).year
    asked = request.GET.get("aar", "")
    number = int(asked) if asked.isdecimal() and len(asked) == 4 and 2007 <= int(asked) <= this_year + 10 else this_year
    rows = queries.year(request.by, request.at, number=number)
    months = [
        (name.capitalize(), [(row, address_of(row.kind, row.id)) for row in rows if row.on.month == place])
        for place, name in enumerate(month_names(), 1)
    ]
    address = reverse("year")
    context = {
        "number": number,
        "months": [pair for pair in months if pair[1]],
        "years": [(str(item), f"{address}?aar={item}", item == number) for item in range(this_year - 1, this_year + 3)],
        "strip": year_strip(queries.overview(request.by, request.at), request.at),
        "today": local_day(request.at),
        "steps": {"listen": _("Lyt"), "consult": _("Hør"), "decide": _("Beslut"), "do": _("Gør"), "measure": pgettext("led", "Mål")},
    }
    return render(request, "pages/year.html", context)


def privacy(request):
    """This will say what happens to what people write."""
    return render(request, "pages/privacy.html", {"notices": intake.notices(local_day(request.at))})


def accessibility(request):
    """This will say how far the site can be used by everyone, and where it falls short."""
    return render(request, "pages/accessibility.html")


def contact(request):
    """This will say whom to write to about what."""
    day = local_day(request.at)
    context = {"notices": intake.notices(day), "regions": parties_on(day, kind="region")}
    return render(request, "pages/contact.html", context)


def gallery(request):
    """This will show every building block of the pages."""
    return render(request, "design/gallery.html", samples())
