"""Doors to the draft desk: begin, write, move, seal, publish."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tovholder.base.errors import Clash, Refused
from tovholder.consultations import queries as consultations
from tovholder.parties import queries as parties
from tovholder.plans import actions, queries, rules
from tovholder.texts.difference import difference
from tovholder.texts.fingerprint import short
from tovholder.threads import actions as threads
from tovholder.web.accounts.doors import signed_in

from . import across
from .forms import EditForm, GoalForm, NewProvisionForm, PartiesForm, PasteForm, PlanForm, SealForm, TieForm, tell
from .reading import crumbs_of, found

UNREADABLE = 422
_MOST_FOUND = 30


def _own(request, version_id):
    """The version and the right to write it; a stranger meets a page that does not exist, a colleague a sentence."""
    version = found(queries.version, version_id, request.by, request.at)
    rules.check_may_write(version.plan, by=request.by)
    return version


def _open(request, version_id):
    """The version to write in; when it was sealed while somebody wrote, the draft that follows, so that no words are lost."""
    version = _own(request, version_id)
    if version.sealed_at is None:
        return version
    if request.method == "POST":
        messages.info(request, _("»%(name)s« blev låst, mens du skrev. Det, du gemmer, kommer i det nye udkast.") % {"name": version.name})
    return queries.draft_of(version.plan)


@signed_in
def begin(request):
    """This will begin a plan with one open draft."""
    owners = [(held.party, held.party_name) for held in request.by.mandates if held.role == rules.PLANNER]
    if not owners:
        rules.check_holds(request.by, rules.PLANNER)
    kinds = [(row.code, row.label) for row in queries.kinds(parties.local_day(request.at))]
    form = PlanForm(request.POST or None, kinds=kinds, owners=dict(owners).items())
    if request.method == "POST" and form.is_valid():
        try:
            given = form.cleaned_data | {"owner": parties.party(form.cleaned_data["owner"])}
            plan = actions.begin_plan(**given, by=request.by, at=request.at)
            messages.success(request, _("»%(plan)s« er begyndt. Skriv det første punkt.") % {"plan": plan.title})
            return redirect("plans:draft", queries.draft_of(plan).pk)
        except Refused as refusal:
            tell(form, refusal)
    context = {"form": form, "crumbs": [(_("Planer"), reverse("plans:list")), (_("Begynd en plan"), "")]}
    return render(request, "plans/begin.html", context, status=UNREADABLE if form.errors else 200)


@signed_in
def desk(request, version_id):
    """This will show the draft desk; a sealed version leads to the draft that follows it."""
    version = _own(request, version_id)
    if version.sealed_at:
        return redirect("plans:draft", queries.draft_of(version.plan).pk)
    return _desk(request, version)


def _desk(request, version, *, paste_form=None, seal_form=None, tie_form=None, parties_form=None):
    rows = list(queries.texts_of(version))
    versions = queries.versions_of(version.plan, request.by, request.at)
    sealed = [row for row in versions if row.sealed_at]
    themes = across.themes(request.by, request.at)
    forms = (paste_form, seal_form, tie_form, parties_form and parties_form.errors)
    if parties_form is None and queries.names_parties(version.plan):
        chosen = [row.pk for row in queries.parties_named(version.plan)]
        parties_form = PartiesForm(candidates=_candidates(version.plan, request.at, chosen), initial={"parties": chosen})
    context = {
        "plan": version.plan, "version": version, "rows": rows, "sealed": sealed[-1] if sealed else None,
        "paste_form": paste_form or PasteForm(), "seal_form": seal_form or SealForm(initial={"name": version.name}),
        "tie_form": tie_form or _tie_form(None, themes, rows), "has_themes": bool(themes and rows),
        "is_out": bool(sealed and queries.board(sealed[-1], request.at).rows), "parties_form": parties_form,
        "is_edited": bool(sealed) and not queries.reads_alike(sealed[-1], version), "named": queries.parties_named(version.plan),
        "may_name": not queries.is_out_for_decision(version.plan),
        "crumbs": crumbs_of(version.plan, (_("Ret udkastet"), "")),
    }  # fmt: skip
    return render(request, "plans/draft.html", context, status=UNREADABLE if any(forms) else 200)


def _tie_form(given, themes, rows):
    return TieForm(given, themes=themes, provisions=[(row.provision_id, f"{row.label} {row.heading}") for row in rows])


def _candidates(plan, at, chosen, words=""):
    """The owner's municipalities first, then what is chosen already and what a search finds."""
    day = parties.local_day(at)
    rows = parties.members_on(plan.owner, day, kind="municipality")
    known = [row for row in parties.parties_on(day) if row.pk in chosen] if chosen else []
    hits = parties.parties_on(day, words=words)[:_MOST_FOUND] if words else []
    return list({row.pk: row for row in (*rows, *known, *hits) if row.pk != plan.owner_id}.values())


@signed_in
@require_POST
def name_parties(request, version_id):
    """This will name who must say yes to an agreement beside its owner, or find more to choose from and keep the ticks."""
    version = _own(request, version_id)
    if not queries.names_parties(version.plan):
        raise Http404
    chosen, words = request.POST.getlist("parties"), request.POST.get("ord", "").replace("\x00", "").strip()[:80]
    candidates = _candidates(version.plan, request.at, chosen, words)
    if "search" in request.POST:
        return _desk(request, version, parties_form=PartiesForm(candidates=candidates, initial={"parties": chosen, "ord": words}))
    form = PartiesForm(request.POST, candidates=candidates)
    if form.is_valid():
        try:
            named = [form.candidates[key] for key in form.cleaned_data["parties"]]
            actions.name_parties(version.plan, parties=named, by=request.by, at=request.at)
            messages.success(request, ngettext("%(n)s part er nævnt.", "%(n)s parter er nævnt.", len(named)) % {"n": len(named)})
            return redirect(f"{reverse('plans:draft', args=[version.pk])}#parter")
        except Refused as refusal:
            tell(form, refusal)
    return _desk(request, version, parties_form=form)


@signed_in
@require_POST
def paste(request, version_id):
    """This will add the sections of a pasted text at the end of the draft."""
    version = _own(request, version_id)
    form = PasteForm(request.POST)
    if form.is_valid():
        try:
            added = actions.paste_outline(version, form.cleaned_data["text"], by=request.by, at=request.at)
            messages.success(request, ngettext("%(n)s punkt er sat ind.", "%(n)s punkter er sat ind.", len(added)) % {"n": len(added)})
            return redirect("plans:draft", version.pk)
        except Refused as refusal:
            tell(form, refusal)
    return _desk(request, version, paste_form=form)


@signed_in
@require_POST
def seal(request, version_id):
    """This will seal the draft under its fingerprint, and go on with a copy."""
    version = _own(request, version_id)
    form = SealForm(request.POST)
    if form.is_valid():
        try:
            actions.seal_version(version, name=form.cleaned_data["name"], by=request.by, at=request.at)
            sealed = found(queries.version, version.pk, request.by, request.at)
            sentence = _("»%(name)s« er låst med aftryk %(print)s. Ret videre i det nye udkast.")
            messages.success(request, sentence % {"name": sealed.name, "print": short(sealed.fingerprint)})
            return redirect("plans:version", version.pk)
        except Refused as refusal:
            tell(form, refusal)
    return _desk(request, version, seal_form=form)


@signed_in
@require_POST
def publish(request, version_id):
    """This will let everyone read a sealed version."""
    version = _own(request, version_id)
    actions.publish_version(version, by=request.by, at=request.at)
    messages.success(request, _("»%(name)s« kan nu læses af alle.") % {"name": version.name})
    return redirect("plans:version", version.pk)


@signed_in
@require_POST
def tie_theme(request, version_id):
    """This will say that a provision answers a theme."""
    version = _own(request, version_id)
    rows = list(queries.texts_of(version))
    form = _tie_form(request.POST, across.themes(request.by, request.at), rows)
    if form.is_valid():
        try:
            theme = found(across.theme, form.cleaned_data["theme"], request.by, request.at)
            promise = found(queries.provision_of, version.plan, form.cleaned_data["provision"])
            threads.tie_theme_to_provision(theme, promise, by=request.by, at=request.at)
            messages.success(request, _("»%(theme)s« er knyttet til punktet.") % {"theme": theme.name})
            return redirect("plans:draft", version.pk)
        except Refused as refusal:
            tell(form, refusal)
    return _desk(request, version, tie_form=form)


@signed_in
def add(request, version_id):
    """This will add a promise to the draft, last or after another one."""
    version = _open(request, version_id)
    after = request.GET.get("efter", "")
    form = NewProvisionForm(request.POST or None, initial={"after": after, **_next_place(list(queries.texts_of(version)), after)})
    if request.method == "POST" and form.is_valid():
        try:
            given = dict(form.cleaned_data)
            there = {row.provision_id: row.provision for row in queries.texts_of(version)}
            promise = actions.add_provision(version, **(given | {"after": there.get(given["after"])}), by=request.by, at=request.at)
            messages.success(request, _("Punktet er tilføjet. Dets adresse for livet er %(link)s.") % {"link": promise.permalink})
            return redirect(f"{reverse('plans:draft', args=[version.pk])}#{promise.permalink}")
        except Refused as refusal:
            tell(form, refusal)
    context = {"plan": version.plan, "version": version, "form": form, "crumbs": _desk_crumbs(version, _("Tilføj et punkt"))}
    return render(request, "plans/add.html", context, status=UNREADABLE if form.errors else 200)


def _next_place(rows, after):
    """The level and number that follow another promise, or the last one; the number stays empty when it is taken."""
    there = next((row for row in rows if row.provision_id == after), rows[-1] if rows else None)
    if there is None:
        return {"level": 1, "label": "1"}
    stem, _dot, last = there.label.rpartition(".")
    if there.level == 1 and there.label.isdecimal() and not there.body:
        level, label = 2, f"{there.label}.1"
    else:
        level, label = there.level, ".".join(filter(None, (stem, str(int(last) + 1)))) if last.isdecimal() else ""
    return {"level": level, "label": "" if label in {row.label for row in rows} else label}


def _desk_crumbs(version, here):
    return crumbs_of(version.plan, (_("Ret udkastet"), reverse("plans:draft", args=[version.pk])), (here, ""))


@signed_in
def edit(request, version_id, provision_id):
    """This will change a promise's words; when two write at once, the second is shown both texts."""
    version = _open(request, version_id)
    promise = found(queries.provision_of, version.plan, provision_id)
    row = queries.texts_of(version).filter(provision=promise).first()
    if row is None and request.method != "POST":
        raise Http404
    remark = found(consultations.remark, request.GET["bemaerkning"], request.by, request.at) if request.GET.get("bemaerkning") else None
    first = {"label": row.label, "heading": row.heading, "body": row.body, "revision": row.revision} if row else {}
    form = EditForm(request.POST or None, initial=first)
    clash = None
    if request.method == "POST" and "theirs" in request.POST:
        form = EditForm(initial=first | {"kept_heading": request.POST.get("heading", ""), "kept_body": request.POST.get("body", "")})
    elif request.method == "POST" and form.is_valid():
        try:
            across.save_words(version, promise, remark, form.cleaned_data, by=request.by, at=request.at)
            messages.success(request, _("%(label)s er gemt.") % {"label": form.cleaned_data["label"] or form.cleaned_data["heading"]})
            return redirect(f"{reverse('plans:draft', args=[version.pk])}#{promise.permalink}")
        except Clash as refusal:
            clash = refusal
            form = EditForm(initial=refusal.yours | {"revision": refusal.theirs["revision"]})
        except Refused as refusal:
            tell(form, refusal)
    context = {
        "plan": version.plan, "version": version, "promise": promise, "row": row, "form": form, "remark": remark, "clash": clash,
        "runs": difference(clash.theirs["body"], clash.yours["body"]) if clash else (), "kept": form["kept_body"].value(),
        "kept_heading": form["kept_heading"].value(), "crumbs": _desk_crumbs(version, _("Ret et punkt")),
    }  # fmt: skip
    return render(request, "plans/edit.html", context, status=409 if clash else UNREADABLE if form.errors else 200)


@signed_in
@require_POST
def move(request, version_id, provision_id):
    """This will move a promise one place up or down."""
    version = _own(request, version_id)
    promise = found(queries.provision_of, version.plan, provision_id)
    after = queries.place_beside(version, promise, up=request.POST.get("vej") == "op")
    actions.move_provision(version, promise, after=after, by=request.by, at=request.at)
    return redirect(f"{reverse('plans:draft', args=[version.pk])}#{promise.permalink}")


@signed_in
@require_POST
def remove(request, version_id, provision_id):
    """This will take a promise out of the draft."""
    version = _own(request, version_id)
    promise = found(queries.provision_of, version.plan, provision_id)
    actions.remove_provision(version, promise, by=request.by, at=request.at)
    messages.success(request, _("Punktet er taget ud af udkastet. Låste versioner har det stadig."))
    return redirect("plans:draft", version.pk)


@signed_in
def new_goal(request, plan_id):
    """This will set a goal of a plan, with owner and deadline."""
    plan = found(queries.plan, plan_id, request.by, request.at)
    rules.check_may_write(plan, by=request.by)
    day = parties.local_day(request.at)
    owners = [plan.owner, *parties.members_on(plan.owner, day)]
    rows = {row.provision_id: row for row in queries.texts_of(queries.draft_of(plan))}
    form = GoalForm(
        request.POST or None, owners=[(row.pk, row.name) for row in owners], initial={"number": queries.next_goal_number(plan)},
        provisions=[(key, f"{row.label} {row.heading}") for key, row in rows.items()],
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            given = form.cleaned_data | {
                "owner": parties.party(form.cleaned_data["owner"]),
                "provision": rows[form.cleaned_data["provision"]].provision if form.cleaned_data["provision"] else None,
            }
            goal = actions.set_goal(plan, **given, by=request.by, at=request.at)
            messages.success(request, _("Mål %(n)s er sat.") % {"n": goal.number})
            return redirect("findings:goal", goal.pk)
        except Refused as refusal:
            tell(form, refusal)
    context = {"plan": plan, "form": form, "crumbs": crumbs_of(plan, (_("Sæt et mål"), ""))}
    return render(request, "plans/new_goal.html", context, status=UNREADABLE if form.errors else 200)
