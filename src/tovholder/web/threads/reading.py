"""Doors to threads: what led to what, both ways, and where it breaks."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tovholder.base.written import long_date
from tovholder.initiatives import queries as initiatives
from tovholder.plans import queries as plans
from tovholder.threads import queries

from .addresses import address_of, told

_A_PAGE = 25


def found(query, *args):
    """This will return what a query finds, or answer as for a page that does not exist."""
    try:
        return query(*args)
    except LookupError as error:
        raise Http404 from error


def step_words():
    """This will return the seven steps of a thread as short words."""
    return (_("Sagt"), _("Samlet"), _("Lovet"), _("I høring"), _("Besluttet"), _("Gjort"), _("Målt"))


def crumbs(here):
    """This will return the way to a page about threads."""
    return [(_("Tråde"), reverse("threads:list")), (here, "")]


def listing(request):
    """This will list every theme with how far its thread has come, furthest first."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:80]
    rows = queries.threads_now(request.by, request.at, words=words)
    page = Paginator(rows, _A_PAGE).get_page(request.GET.get("side"))
    names = step_words()
    page.object_list = [(theme, size, _knots(reach, names), _far(reach, names)) for theme, size, reach in page.object_list]
    return render(request, "threads/list.html", {"page": page, "words": words, "total": len(rows)})


def _knots(reach, names):
    return ["result" if there and place == len(names) - 1 else "open" if there else "gap" for place, there in enumerate(reach)]


def _far(reach, names):
    there = [name for name, passed in zip(names, reach) if passed]
    return _("%(n)s af 7 led: %(steps)s") % {"n": len(there), "steps": ", ".join(there).lower()}


def _thread(request, thread, *, eyebrow, here, root, lead, quote=False, url=""):
    context = {
        "thread": thread, "eyebrow": eyebrow, "crumbs": crumbs(here), "lead": lead, "quote": quote, "here": here, "read_url": url,
        "told": [{"text": root, "children": told(thread.nested)}] if root else told(thread.nested),
    }  # fmt: skip
    return render(request, "threads/thread.html", context)


def reach_sentence(thread):
    """This will say how far a thread has come."""
    if thread.reach == len(thread.steps):
        return _("Tråden er nået alle syv led.")
    return _("Tråden er nået %(n)s af syv led.") % {"n": thread.reach}


def statement(request, statement_id):
    """This will show what came of one public statement."""
    row = found(queries.public_statement, statement_id, request.by, request.at)
    thread = queries.thread_of_statement(row, request.by, request.at)
    root = _("%(statement)s, %(day)s") % {"statement": row, "day": long_date(row.written_at)}
    return _thread(request, thread, eyebrow=str(row), here=str(row), root=root, lead=reach_sentence(thread), quote=True)


def theme(request, theme_id):
    """This will show what came of a theme."""
    row = found(queries.shown_theme, theme_id, request.by, request.at)
    thread = queries.thread_of_theme(row, request.by, request.at)
    return _thread(request, thread, eyebrow=_("Tema"), here=row.name, root="", lead=row.description or reach_sentence(thread))


def provision(request, provision_id):
    """This will show who asked for a provision, and what came of it."""
    row = found(plans.provision, provision_id, request.by, request.at)
    thread = queries.thread_of_provision(row, request.by, request.at)
    url = address_of("provision", row.pk)
    return _thread(request, thread, eyebrow=row.plan.title, here=thread.words, root=thread.words, lead=reach_sentence(thread), url=url)


def initiative(request, initiative_id):
    """This will show which promises an initiative fulfils, and who asked for them."""
    row = found(initiatives.initiative, initiative_id)
    thread = queries.thread_of_initiative(row, request.by, request.at)
    url = address_of("initiative", row.pk)
    return _thread(request, thread, eyebrow=_("Indsats"), here=row.name, root=row.name, lead=reach_sentence(thread), url=url)


def thing(request, thing_id):
    """This will lead from an id to the page where the thing is read."""
    address = address_of(found(queries.kind_of, thing_id, request.by, request.at), thing_id)
    if not address:
        raise Http404
    return redirect(address)


def gaps(request):
    """This will show where the chain breaks in everything that may be read."""
    return _gaps(request, None)


def plan_gaps(request, plan_id):
    """This will show where the chain breaks in one plan."""
    return _gaps(request, found(plans.plan, plan_id, request.by, request.at))


def _gaps(request, plan):
    context = {
        "plan": plan,
        "gaps": queries.gaps(request.by, request.at, plan=plan),
        "reach": queries.reach(request.by, request.at, plan=plan),
        "may_mend": queries.may_tie_themes(request.by),
        "crumbs": [
            (_("Tråde"), reverse("threads:list")),
            *([(plan.title, address_of("plan", plan.pk))] if plan else []),
            (_("Huller"), ""),
        ],
        "plans": [] if plan else plans.visible_plans(request.by, request.at).filter(withdrawn_at__isnull=True).order_by("title"),
    }
    return render(request, "threads/gaps.html", context)
