"""Doors to figures on their way in: bring a file, see what it became, say yes or no."""

from datetime import date

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tovholder.base.errors import Refused
from tovholder.base.written import number
from tovholder.findings import actions, queries
from tovholder.web.accounts.doors import signed_in
from tovholder.web.downloads import spreadsheet
from tovholder.web.plans.forms import tell

from .delivery_forms import CONTINUES, DeliveryForm
from .indicators import crumbs_of

BADGES = {"waiting": "info", "read": "now", "unreadable": "error", "taking": "info", "taken": "success", "left": "plain"}
_SHOWN_REFUSED = 50
_SHOWN_DELIVERIES = 100
_WHY = {
    "suppressed": gettext_lazy("For få til at vise"),
    "protects": gettext_lazy("For få til at vise"),
    "missing": gettext_lazy("Ingen måling"),
}


def _form(request, *given):
    owners = list(queries.delivering_parties(request.by))
    indicators = queries.deliverable_indicators([row.pk for row in owners])
    initial = {"indicator": request.GET.get("indikator", ""), "owner": request.by.on_behalf_of}
    return DeliveryForm(*given, owners=owners, indicators=indicators, initial=initial), owners


@signed_in
def listing(request):
    """This will list what the own parties have brought, and let them bring more."""
    form, owners = _form(request)
    return _listed(request, form, owners)


def _listed(request, form, owners, status=200):
    rows = list(queries.visible_deliveries(request.by, request.at)[:_SHOWN_DELIVERIES])
    for row in rows:
        row.badge = BADGES[row.state]
    context = {"deliveries": rows, "form": form if owners else None, "crumbs": crumbs_of((_("Tal ind"), ""))}
    return render(request, "findings/deliveries.html", context, status=status)


@signed_in
@require_POST
def upload(request):
    """This will take a file of figures in; what was filled in is kept when something must be corrected."""
    form, owners = _form(request, request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.receive_delivery(
                owner=next(row for row in owners if row.pk == given["owner"]), filename=given["file"].name, content=given["file"].read(),
                indicator=queries.indicator(given["indicator"]) if given["indicator"] else None, drawn_on=given["drawn_on"],
                source=given["source"], continues=given["series"] == CONTINUES, by=request.by, at=request.at,
            )  # fmt: skip
        except Refused as refusal:
            tell(form, refusal)
        else:
            return redirect("findings:delivery", made.pk)
    return _listed(request, form, owners, status=422)


def _found(request, delivery_id):
    try:
        return queries.delivery(delivery_id, request.by, request.at)
    except LookupError as error:
        raise Http404 from error


@signed_in
@require_safe
def delivery(request, delivery_id):
    """This will show how far a delivery has come: being read, ready to be looked through, being stored, stored, or why not."""
    found = _found(request, delivery_id)
    shown = found.preview if found.state in {"read", "taking", "taken"} else {}
    names = {row.pk: row.label for row in queries.indicators()} if shown else {}
    kinds = {row.code: row for row in queries.area_kinds()} if shown else {}
    context = {
        "delivery": found, "badge": BADGES[found.state], "is_moving": found.state in {"waiting", "taking"}, "shown": shown,
        "indicators": [_indicator(row, names) for row in shown.get("indicators", ())],
        "areas": [_areas(row, kinds) for row in shown.get("areas", ())], "first": [_first(row) for row in shown.get("first", ())],
        "refused": [_reasoned(row) for row in found.refused[:_SHOWN_REFUSED]], "more_refused": max(0, found.refused_count - _SHOWN_REFUSED),
        "vintages": list(found.vintages.all()) if found.state == "taken" else [],
        "crumbs": crumbs_of((_("Tal ind"), reverse("findings:deliveries")), (found.filename, "")),
    }  # fmt: skip
    return render(request, "findings/delivery.html", context)


def _indicator(row, names):
    return row | {"name": names.get(row["indicator"], row["code"]), "drawn_on": date.fromisoformat(row["drawn_on"])}


def _reasoned(row):
    """A refused row beside its own number and column: the sentence without them."""
    reason = row["sentence"].split(": ", 1)[-1] if row["row"] else row["sentence"]
    return row | {"reason": reason[:1].upper() + reason[1:]}


def _areas(row, kinds):
    kind = kinds.get(row["area_kind"])
    return f"{number(row['areas'])} {(kind.label if row['areas'] == 1 else kind.label_plural).lower()}" if kind else ""


def _first(row):
    """A first row as it will be shown: the value, or why there is none."""
    cells = [number(row[name]) if row[name] is not None else "–" for name in ("numerator", "denominator")]
    value = number(row["value"], row["decimals"]) if row["value"] is not None else _WHY.get(row["why"], "–")
    return {**row, "counts": cells, "said": value}


@signed_in
@require_POST
def take(request, delivery_id):
    """This will say yes to a delivery; it is stored within moments."""
    found = _found(request, delivery_id)
    return _decided(request, found, actions.take_delivery, _("Tallene bliver gemt nu."))


@signed_in
@require_POST
def leave(request, delivery_id):
    """This will say no to a delivery; its file is deleted."""
    found = _found(request, delivery_id)
    return _decided(request, found, actions.leave_delivery, _("Tallene er ikke gemt, og filen er slettet."))


def _decided(request, found, act, sentence):
    try:
        act(found, by=request.by, at=request.at)
        messages.success(request, sentence)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("findings:delivery", found.pk)


@signed_in
@require_safe
def refused_csv(request, delivery_id):
    """This will give all rows of a delivery that were refused, as a file."""
    found = _found(request, delivery_id)
    rows = [(row["row"] or None, row["column"], row["found"], row["sentence"]) for row in found.refused]
    if found.refused_count > len(rows):
        left = found.refused_count - len(rows)
        rows.append((None, "", "", _("Og %(n)s rækker mere. Ret dem, der står her, og læg filen ind igen.") % {"n": number(left)}))
    return spreadsheet(f"afvist-{found.pk[:6]}.csv", ("Række", "Kolonne", "Der stod", "Hvad nu"), rows)
