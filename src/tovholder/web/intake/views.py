"""Doors to sources: hand in a document, see what it says, and confirm each thing."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from tovholder.base.errors import Refused
from tovholder.dialogue import queries as dialogue
from tovholder.intake import actions, queries
from tovholder.threads import actions as threads
from tovholder.web.accounts.doors import signed_in

from .forms import TargetForm, UploadForm

_LABELS = {
    "organisations": gettext_lazy("Organisation"),
    "bodies": gettext_lazy("Organ"),
    "documents": gettext_lazy("Dokument"),
    "events": gettext_lazy("Begivenhed"),
    "steps": gettext_lazy("Skridt"),
    "questions": gettext_lazy("Spørgsmål"),
    "quotations": gettext_lazy("Citat"),
    "people_with_office": gettext_lazy("Person med offentligt hverv"),
    "initiatives": gettext_lazy("Indsats"),
    "mottos": gettext_lazy("Motto"),
    "themes": gettext_lazy("Tema"),
    "empty_lists_to_report": gettext_lazy("Liste uden indhold"),
    "held_back": gettext_lazy("Holdt tilbage"),
    "other_words": gettext_lazy("Omtalt med andre ord"),
    "dates": gettext_lazy("Dato på dokumentet"),
    "status": gettext_lazy("Status"),
    "contact_roles": gettext_lazy("Kontaktens titel"),
}


def _crumbs(here):
    return [(_("Kilder"), reverse("intake:list")), (here, "")]


@signed_in
def listing(request):
    """This will list the sources, with how many proposals still wait for a person."""
    rows = queries.sources(request.by)
    return render(request, "intake/list.html", {"sources": rows, "form": UploadForm()})


@signed_in
@require_POST
def upload(request):
    """This will take a document in; a file that cannot be read gets a sentence."""
    from tovholder.formats.proposing import read_source
    from tovholder.formats.reading import Unreadable

    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        try:
            read = read_source(content, file.name, queries.known_parties())
            source = actions.take_in(
                filename=file.name, content=content, title=read.document.title, format=read.document.kind, paragraphs=read.paragraphs,
                proposals=read.rows, notices=read.document.notices, by=request.by, at=request.at,
            )  # fmt: skip
        except (Unreadable, Refused) as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("Dokumentet er læst. Bekræft det, der passer."))
            return redirect("intake:source", source.pk)
    return render(request, "intake/list.html", {"sources": queries.sources(request.by), "form": form}, status=422)


def _source_or_404(request, source_id):
    try:
        return queries.source(source_id, request.by)
    except LookupError as error:
        raise Http404 from error


def _target_form(request, data=None):
    return TargetForm(
        data, conferences=dialogue.conferences(request.by, request.at), groups=dialogue.groups(request.at)
    )  # fmt: skip


def _shown(passage):
    """A passage as runs: what is held back is covered until someone says it may be read."""
    covered = [row for row in passage.proposed if row.kind == "held_back" and row.state != "declined"]
    runs, reached = [], 0
    for row in sorted(covered, key=lambda row: row.start):
        if row.start >= reached:
            runs += [(passage.text[reached : row.start], ""), (_("holdt tilbage"), "held")]
            reached = row.end
    return [*runs, (passage.text[reached:], "")]


def _line(row):
    value = row.value
    if row.kind == "held_back":
        return value.get("kind", "")
    told = value.get("name") or value.get("what") or value.get("text", "")
    more = (value.get("speaker"), value.get("role"), value.get("place"), value.get("on"), value.get("when"), value.get("series"))
    return ", ".join(str(part) for part in (told, *more) if part)


@signed_in
def source(request, source_id):
    """This will show a source's paragraphs with what was proposed from each."""
    found = _source_or_404(request, source_id)
    rows = [
        (passage, _shown(passage), [(row, _LABELS.get(row.kind, row.kind), _line(row)) for row in passage.proposed])
        for passage in queries.passages_of(found)
    ]
    target = request.GET.get("target", "")
    form = _target_form(request, {"target": target} if target else None)
    context = {"source": found, "rows": rows, "form": form, "target": target, "crumbs": _crumbs(found.title)}
    return render(request, "intake/source.html", context)


@signed_in
@require_POST
def decide(request, proposal_id):
    """This will confirm or decline one proposal."""
    try:
        found = queries.proposal(proposal_id, request.by)
    except LookupError as error:
        raise Http404 from error
    target = request.POST.get("target", "")
    try:
        if request.POST.get("answer") == "confirmed":
            threads.confirm_proposal(found, **_target_form(request, {"target": target}).chosen(), by=request.by, at=request.at)
        else:
            actions.decide_proposal(found, state="declined", by=request.by, at=request.at)
    except Refused as refusal:
        messages.error(request, str(refusal))
    number = found.passage.number if found.passage else 1
    query = f"?target={target}" if target else ""
    return redirect(f"{reverse('intake:source', args=[found.source_id])}{query}#afsnit-{number}")
