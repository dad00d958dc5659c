"""Doors to published findings: freeze what the map shows, read it later, tie it to what it is about, take it back."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tovholder.base.errors import Refused, passes
from tovholder.dialogue import queries as dialogue
from tovholder.findings import actions, queries, rules
from tovholder.threads import actions as threads
from tovholder.threads import queries as ties
from tovholder.web.accounts.doors import signed_in
from tovholder.web.threads.addresses import address_of

from .opinion import found_conference, shown


class FindingForm(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("Hvad ser man?"), help_text=gettext_lazy("Én sætning, fx »Alle sektorer vil have besked før udskrivning«."),
        widget=forms.Textarea(attrs={"rows": 2}), error_messages={"required": gettext_lazy("Skriv med én sætning, hvad man ser.")},
    )  # fmt: skip
    themes = forms.MultipleChoiceField(
        label=gettext_lazy("Temaer, det handler om"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=gettext_lazy("Så står fundet på temaets tråd."),
    )  # fmt: skip

    def __init__(self, *args, themes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["themes"].choices = [(row.pk, row.name) for row in themes]


@signed_in
def publish(request, code):
    """This will freeze what the map shows as a finding, and tie it to the themes it is about."""
    conference = found_conference(request, code)
    rules.check_may_publish(conference, by=request.by)
    form = FindingForm(request.POST or None, themes=dialogue.themes(request.by, request.at, conference=conference))
    if request.method == "POST" and form.is_valid():
        try:
            finding = actions.publish_finding(conference, title=form.cleaned_data["title"], by=request.by, at=request.at)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            for theme in form.cleaned_data["themes"]:
                threads.tie("measured_by", theme, finding.pk, by=request.by, at=request.at)
            messages.success(request, _("Fundet er udgivet. Tallene i det ændrer sig ikke mere."))
            return redirect("opinion:finding", finding.pk)
    above = (_("Her er vi enige"), reverse("opinion:agreement", args=[conference.short_code]))
    context = {
        "form": form, "title": _("Udgiv som fund"), "button": _("Udgiv fundet"), "eyebrow": conference.title, "back": above[1],
        "lead": _("Tallene, som de er lige nu, bliver gemt og får deres egen side. De ændrer sig ikke, selv om flere svarer."),
        "crumbs": [(_("Dialog"), reverse("dialogue:list")), above, (_("Udgiv som fund"), "")], "place": conference.title,
    }  # fmt: skip
    return render(request, "dialogue/form.html", context, status=422 if form.errors else 200)


@require_safe
def findings(request):
    """This will list the findings that are published."""
    rows = queries.findings(request.by, request.at)
    return render(request, "findings/findings.html", {"findings": rows, "crumbs": [(_("Fund"), "")]})


def _found(request, finding_id):
    try:
        return queries.finding(finding_id, request.by, request.at)
    except LookupError as error:
        raise Http404 from error


@require_safe
def finding(request, finding_id):
    """This will show a finding with its figures as they were, how they were made, and what it is tied to."""
    row = _found(request, finding_id)
    kept = queries.kept_in(row)
    context = {
        "finding": row,
        "found": kept,
        "tied": [(name, address_of(kind, pk)) for kind, pk, name in ties.tied_to_finding(row.pk, request.by, request.at)],
        "may_withdraw": passes(rules.check_may_withdraw, row, by=request.by),
        "crumbs": [(_("Fund"), reverse("opinion:findings")), (row.title, "")],
    }
    return render(request, "findings/finding.html", context | (shown(kept) if kept else {}))


@signed_in
@require_POST
def withdraw(request, finding_id):
    """This will withdraw a finding; its page stays and says so."""
    actions.withdraw_finding(_found(request, finding_id), by=request.by, at=request.at)
    messages.success(request, _("Fundet er trukket tilbage. Siden bliver stående og siger det."))
    return redirect("opinion:finding", finding_id)
