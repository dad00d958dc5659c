"""Doors to what is promised: list, text, history and comparison."""

import json

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tovholder.base.errors import Refused, passes
from tovholder.base.written import long_date
from tovholder.parties.queries import local_day
from tovholder.plans import queries, rules
from tovholder.texts.danish import slug
from tovholder.threads import queries as threads
from tovholder.web.downloads import WORD, attachment

from . import across
from .changes import counted, rows_of
from .chapters import chapters_of, contents_of
from .forms import KindForm

_GROUPS = [
    ("in_force", gettext_lazy("Gældende"), "success"),
    ("deciding", gettext_lazy("Til beslutning"), "info"),
    ("heard", gettext_lazy("I høring"), "info"),
    ("published", gettext_lazy("Offentliggjort, ikke vedtaget"), "info"),
    ("draft", gettext_lazy("Udkast"), "warning"),
    ("ended", gettext_lazy("Udløbet eller trukket tilbage"), "plain"),
]
_GROUP_OF = {"adopted": "in_force", "withdrawn": "ended"}
BADGES = {"in_force": "success", "adopted": "success", "draft": "warning", "ended": "plain", "withdrawn": "plain"}


def found(query, *args):
    """This will return what a query finds, or answer that the page cannot be shown."""
    try:
        return query(*args)
    except LookupError as error:
        raise Http404 from error


def crumbs_of(plan, *more):
    """This will return the way from the list of plans to a page."""
    return [(_("Planer"), reverse("plans:list")), (plan.title, reverse("plans:plan", args=[plan.pk]) if more else ""), *more]


def date_of(version):
    """This will return the day a version is known by."""
    return local_day(version.published_at or version.sealed_at or version.made_at)


def listing(request):
    """This will list the plans that may be seen, by how far they have come."""
    plans = list(queries.visible_plans(request.by, request.at).order_by("title", "pk"))
    kinds = sorted({(row.kind_id, row.kind.label) for row in plans}, key=lambda pair: pair[1])
    form = KindForm(request.GET or None, kinds=kinds)
    kind = form.cleaned_data["slags"] if form.is_bound and form.is_valid() else ""
    states = queries.states_of(plans, request.at)
    heard = across.consultations_now(request.at)
    groups = {code: [] for code, _name, _badge in _GROUPS}
    for row in plans:
        state = states[row.pk]
        code = _GROUP_OF.get(state.code, state.code)
        if code in {"published", "draft"} and state.version and state.version.pk in heard:
            code = "heard"
        if not kind or row.kind_id == kind:
            approvals = [item for item in state.version.approvals.all() if item.step.part == "decides"] if state.version else []
            groups[code].append(
                {
                    "plan": row,
                    "state": state,
                    "consultation": heard.get(getattr(state.version, "pk", None)),
                    "asked": len(approvals),
                    "yes": sum(item.outcome in {"approved", "reserved"} for item in approvals),
                }
            )
    context = {
        "form": form if form.is_bound else KindForm(kinds=kinds, initial={"slags": kind}),
        "groups": [(name, badge, groups[code]) for code, name, badge in _GROUPS if groups[code]],
        "may_begin": bool(queries.may_write_for(request.by)),
        "kind": kind,
    }
    return render(request, "plans/list.html", context)


def plan(request, plan_id):
    """This will show the newest version that may be read."""
    work = found(queries.plan, plan_id, request.by, request.at)
    newest = queries.public_version(work, request.at) or queries.draft_of(work)
    return _read(request, found(queries.version, newest.pk, request.by, request.at), is_plan=True)


def version(request, version_id):
    """This will show one version of a plan, with what led to it beside."""
    return _read(request, found(queries.version, version_id, request.by, request.at))


def _read(request, shown, *, is_plan=False):
    work = shown.plan
    versions = queries.versions_of(work, request.by, request.at)
    earlier = [row for row in versions if row.number < shown.number]
    later = [row for row in versions if row.number > shown.number and row.published_at]
    chapters = chapters_of(queries.texts_of(shown), threads.margin(shown, request.by, request.at))
    may_write = passes(rules.check_may_write, work, by=request.by)
    state = queries.state_of(work, request.at)
    context = {
        "plan": work,
        "version": shown,
        "state": state,
        "badge": BADGES.get(state.code, "info"),
        "board": queries.board(shown, request.at),
        "chapters": chapters,
        "contents": contents_of(chapters),
        "bar": [_in_bar(row, shown) for row in versions] if len(versions) > 1 else [],
        "before": earlier[-1] if earlier else None,
        "newer": later[-1] if later else None,
        "draft": next((row for row in versions if row.sealed_at is None), None) if may_write else None,
        "may_write": may_write,
        "consultation": across.consultations_now(request.at).get(shown.pk),
        "goals": list(queries.goals(request.by, request.at, plan=work)),
        "crumbs": crumbs_of(work) if is_plan else crumbs_of(work, (shown.name, "")),
    }
    return render(request, "plans/version.html", context)


def _in_bar(row, shown):
    date = long_date(date_of(row)) if row.sealed_at else _("kan ændres")
    return row.name, date, reverse("plans:version", args=[row.pk]), row.pk == shown.pk


def provision(request, provision_id):
    """This will lead a promise's lifelong address to the newest version that holds it."""
    promise = found(queries.provision, provision_id, request.by, request.at)
    holder = found(queries.newest_with, promise, request.by, request.at)
    return redirect(f"{reverse('plans:version', args=[holder.pk])}#{promise.permalink}")


def history(request, provision_id):
    """This will show a promise's words in every version that may be read."""
    promise = found(queries.provision, provision_id, request.by, request.at)
    rows = queries.history_of(promise, request.by, request.at)
    newest = rows[-1][0]
    context = {
        "plan": promise.plan,
        "promise": promise,
        "newest": newest,
        "rows": [(row, runs, same, date_of(row.version)) for row, runs, same in reversed(rows)],
        "crumbs": crumbs_of(promise.plan, (_("Punkt %(label)s") % {"label": newest.label or newest.heading}, "")),
    }
    return render(request, "plans/history.html", context)


def compare(request, before_id, after_id):
    """This will show what changed between two versions of a plan, and because of whom."""
    before = found(queries.version, before_id, request.by, request.at)
    after = found(queries.version, after_id, request.by, request.at)
    if before.plan_id != after.plan_id:
        raise Http404
    if before.number > after.number:
        return redirect("plans:compare", after.pk, before.pk)
    changes = queries.comparison(before, after)
    rows = rows_of(changes, threads.causes(before, after, request.by, request.at))
    beside = request.GET.get("visning") == "side"
    here = reverse("plans:compare", args=[before.pk, after.pk])
    context = {
        "plan": after.plan, "before": before, "after": after, "before_on": date_of(before), "after_on": date_of(after),
        "rows": rows, "jumps": [row for row in rows if row.change], "count": counted(changes), "beside": beside,
        "ways": [(_("I teksten"), here, not beside), (_("Side om side"), f"{here}?visning=side", beside)],
        "was_heard": any(row.causes for row in rows),
        "crumbs": crumbs_of(after.plan, (_("Sammenligning"), "")),
    }  # fmt: skip
    return render(request, "plans/compare.html", context)


def word(request, version_id):
    """This will hand out a version as a Word document, made in a process of its own."""
    from tovholder.confined import Stopped, run_limited

    shown = found(queries.version, version_id, request.by, request.at)
    try:
        content = run_limited(["tovholder.formats", "plan"], json.dumps(_as_plain(shown), ensure_ascii=False).encode())
    except Stopped as error:
        raise Refused(_("Word-filen kan ikke laves lige nu. Prøv igen om lidt.")) from error
    name = slug(f"{shown.plan.title} {shown.name}")
    return attachment(f"{name or 'plan'}.docx", content, WORD)


def _as_plain(shown):
    adopted = getattr(shown, "adoption", None) is not None
    moment = shown.sealed_at or shown.made_at
    return {
        "title": shown.plan.title,
        "status": "adopted" if adopted else "draft" if shown.sealed_at is None else _("Låst, ikke vedtaget"),
        "version": shown.name,
        "fingerprint": shown.fingerprint,
        "author": shown.plan.owner.name,
        "made_at": moment.isoformat(),
        "provisions": [(row.level, row.label, row.heading, row.body) for row in queries.texts_of(shown)],
    }
