"""The consultation desk: every remark gets its place, its verdict and its reason."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from tovholder.base.errors import Clash, Refused
from tovholder.consultations import actions, queries, rules
from tovholder.intake.queries import finds_in
from tovholder.plans.queries import draft_of, texts_of
from tovholder.web.accounts.doors import signed_in

from . import words
from .desk_forms import PlaceForm, RedactForm, SplitForm, VerdictForm
from .doors import found, posted
from .forms import refuse
from .rounds import with_places

SHOWN = 12
_NAME = gettext_lazy("navn")
MARKS = {
    "cpr": gettext_lazy("CPR"), "name": _NAME, "signed_name": _NAME, "phone": gettext_lazy("telefon"),
    "email": gettext_lazy("mail"), "address": gettext_lazy("adresse"),
}  # fmt: skip


def _remark(request, remark_id):
    remark = found(queries.remark, remark_id, request.by, request.at)
    rules.check_may_work(remark.response.consultation, by=request.by)
    return remark


def _address(consultation, response_id=None, remark_id=None):
    query = "&".join(f"{name}={value}" for name, value in (("svar", response_id), ("bemaerkning", remark_id)) if value)
    return reverse("consultations:desk", args=[consultation.pk]) + (f"?{query}" if query else "") + ("#svar" if remark_id else "")


@signed_in
def desk(request, consultation_id):
    """This will show the five counters, the register, one response's remarks, and where its next answer is written."""
    consultation = found(queries.consultation, consultation_id, request.by, request.at)
    rules.check_may_work(consultation, by=request.by)
    return _show(request, consultation, response_id=request.GET.get("svar"), remark_id=request.GET.get("bemaerkning"))


def _show(request, consultation, *, response_id=None, remark_id=None, form=None, clash=None, chosen=()):
    rows = queries.register(consultation, request.by, request.at)
    even = queries.equation(consultation, rows)
    step = request.GET.get("mangler")
    listed = list(even.missing.get(step, ())) if step else rows
    response = next((row for row in rows if row.pk == response_id), None) or _first(listed, rows)
    texts = list(texts_of(consultation.version))
    remarks = list(response.remarks.all()) if response else []
    with_places(remarks, {row.provision_id: row for row in texts}, consultation)
    remark = next((row for row in remarks if row.pk == remark_id), None) or next((row for row in remarks if not row.verdict), None)
    if remark is not None:
        remark.needs_place = not remark.is_coded
    themes = list(queries.themes_for(consultation)) if remark else ()
    alike = queries.similar_unanswered(rows, remark) if remark and not remark.verdict else []
    with_places(alike, {row.provision_id: row for row in texts}, consultation)
    context = {
        "consultation": consultation,
        "eyebrow": words.eyebrow_of(consultation, request.at),
        "steps": _steps(even, consultation),
        "even": even,
        "is_closed": rules.phase_of(consultation, request.at) == "closed",
        "rows": listed if request.GET.get("alle") or step else _around(listed, response),
        "total": len(listed),
        "step": step,
        "response": response,
        "remarks": remarks,
        "remark": remark,
        "form": form or _verdict_form(consultation, remark),
        "alike": [(row, row.pk in chosen) for row in alike],
        "place_form": _place_form(remark, texts, themes),
        "clash": clash,
        "draft": draft_of(consultation.version.plan),
        "marked": _marked(response, remarks),
        "asking": queries.drafts_asking_in(consultation),
        "crumbs": [(_("Høringer"), reverse("consultations:list")), (consultation.title, "")],
    }
    return render(request, "consultations/desk.html", context, status=422 if form is not None and form.errors or clash else 200)


def _first(listed, rows):
    """The response one lands on: the first that needs an answer, else the newest."""
    waiting = next((row for row in listed if row.answered_count < row.remark_count), None)
    return waiting or next(iter(listed), None) or next(iter(rows), None)


def _around(rows, response):
    at = next((n for n, row in enumerate(rows) if row is response), 0)
    start = max(0, min(at - SHOWN // 2, len(rows) - SHOWN))
    return rows[start : start + SHOWN]


def _steps(even, consultation):
    labels = (_("modtaget"), _("registreret"), _("kodet"), _("besvaret"), _("i notatet"))
    address = reverse("consultations:desk", args=[consultation.pk])
    keys = ("", "registered", "coded", "answered", "reported")
    return [
        (count, label, f"{address}?mangler={key}" if key and even.missing[key] else "")
        for count, label, key in zip(even.counts, labels, keys, strict=True)
    ]


def _verdict_form(consultation, remark, data=None):
    if remark is None:
        return None
    initial = {"verdict": remark.verdict, "reason": remark.reason, "revision": remark.revision}
    reader = remark.response.public_name
    return VerdictForm(data, initial=initial, words=consultation.verdict_words, reader=reader)


def _place_form(remark, texts, themes, data=None):
    if remark is None:
        return None
    return PlaceForm(data, texts=texts, themes=themes, initial={"provision": remark.provision_id or "", "theme": remark.theme_id or ""})


def _marked(response, remarks):
    """What the gate saw in a response that waits, as runs of (text, why)."""
    if response is None or not response.waits_for_review:
        return []
    return [(remark, _runs(remark.text)) for remark in remarks]


def _runs(text):
    runs, last = [], 0
    for find in finds_in(text):
        runs += [(text[last : find.start], ""), (text[find.start : find.end], str(MARKS[find.kind]))]
        last = find.end
    return [*runs, (text[last:], "")]


@signed_in
@require_POST
def verdict(request, remark_id):
    """This will give a remark its verdict, and show the next one without, or the point that is changed because of it."""
    remark = _remark(request, remark_id)
    consultation = remark.response.consultation
    form = _verdict_form(consultation, remark, request.POST)
    edit = _edit_address(remark, consultation) if request.POST.get("then") == "edit" else ""
    if edit:
        if not (request.POST.get("reason", "").strip() or request.POST.get("verdict") == "noted"):
            return redirect(edit)
        form.fields["verdict"].error_messages["required"] = _("Vælg en vurdering, før du går videre. Din begrundelse står her stadig.")
    clash, others = None, _chosen(request, remark)
    if form.is_valid():
        try:
            actions.give_same_verdict(remark, others, **form.cleaned_data, by=request.by, at=request.at)
            return redirect(edit) if edit else _to_next(request, remark, 1 + len(others))
        except Clash as caught:
            clash = caught
            form.data = form.data.copy()
            form.data["revision"] = caught.theirs["revision"]
        except Refused as refusal:
            refuse(form, refusal)
    chosen = {other.pk for other, _revision in others}
    return _show(request, consultation, response_id=remark.response_id, remark_id=remark.pk, form=form, clash=clash, chosen=chosen)


def _chosen(request, remark):
    """The remarks that were ticked to be answered with this one, each with the revision that was read."""
    ticked = [value.partition(":") for value in request.POST.getlist("also")]
    others = [(_remark(request, pk), int(revision) if revision.isdecimal() else -1) for pk, _colon, revision in ticked]
    return [(other, revision) for other, revision in others if other.pk != remark.pk]


def _edit_address(remark, consultation):
    """Where the point of a remark is changed because of it; empty when it has none, or there is no draft to change."""
    draft = draft_of(consultation.version.plan)
    if draft is None or not remark.provision_id:
        return ""
    return reverse("plans:edit", args=[draft.pk, remark.provision_id]) + f"?bemaerkning={remark.pk}"


def _to_next(request, remark, count):
    consultation = remark.response.consultation
    waiting = queries.next_unanswered(queries.register(consultation, request.by, request.at), after=remark)
    if count > 1:
        done = _("%(n)s bemærkninger er besvaret samlet.") % {"n": count}
    else:
        done = _("Bemærkning %(n)s er besvaret.") % {"n": f"{remark.response.number}.{remark.order}"}
    where = _("Det var den sidste.") if waiting is None else _("Her er den næste.")
    messages.success(request, f"{done} {where}")
    if waiting is None:
        return redirect(_address(consultation, remark.response_id))
    return redirect(_address(consultation, waiting[0].pk, waiting[1].pk))


@signed_in
@require_POST
def code(request, remark_id):
    """This will place a remark at a provision or as general, with a theme."""
    remark = _remark(request, remark_id)
    consultation = remark.response.consultation
    form = _place_form(remark, list(texts_of(consultation.version)), queries.themes_for(consultation), request.POST)
    if not form.is_valid():
        raise Refused(_("Vælg et punkt og et tema på listerne."))
    actions.code_remark(
        remark,
        provision=form.provisions.get(form.cleaned_data["provision"]),
        theme=form.themes.get(form.cleaned_data["theme"]),
        by=request.by,
        at=request.at,
    )
    messages.success(request, _("Bemærkningen er placeret."))
    return redirect(_address(consultation, remark.response_id, remark.pk))


@signed_in
def split(request, remark_id):
    """This will divide a remark where the planner puts an empty line."""
    remark = _remark(request, remark_id)
    form = SplitForm(posted(request), initial={"text": remark.text})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.split_remark(remark, parts=form.cleaned_data["text"].split("\n\n"), by=request.by, at=request.at)
            messages.success(request, _("Bemærkningen er delt i %(n)s.") % {"n": len(made)})
            return redirect(_address(remark.response.consultation, remark.response_id, remark.pk))
        except Refused as refusal:
            refuse(form, refusal)
    context = {"remark": remark, "consultation": remark.response.consultation, "form": form}
    return render(request, "consultations/split.html", context, status=422 if form.errors else 200)


@signed_in
def redact(request, remark_id):
    """This will take what points to a person out of a remark; the original is kept apart until its date."""
    remark = _remark(request, remark_id)
    form = RedactForm(posted(request), initial={"text": remark.text})
    if request.method == "POST" and form.is_valid():
        try:
            actions.redact_remark(remark, **form.cleaned_data, by=request.by, at=request.at)
            messages.success(request, _("Teksten er ændret. Frigiv svaret, når hele svaret kan læses af alle."))
            return redirect(_address(remark.response.consultation, remark.response_id))
        except Refused as refusal:
            refuse(form, refusal)
    context = {"remark": remark, "consultation": remark.response.consultation, "form": form, "runs": _runs(remark.text)}
    return render(request, "consultations/redact.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def release(request, response_id):
    """This will let everyone read a response that waited for review."""
    response = found(queries.response, response_id, request.by, request.at)
    actions.release_response(response, by=request.by, at=request.at)
    messages.success(request, _("Svar nr. %(n)s kan nu læses af alle.") % {"n": response.number})
    return redirect(_address(response.consultation, response.pk))
