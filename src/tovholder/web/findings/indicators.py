"""Doors to what is measured: which indicators there are, how each is defined and has been, and the figures as they were given."""

from itertools import groupby

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tovholder.base.errors import Refused, passes
from tovholder.findings import actions, queries
from tovholder.findings.rules import deliveries as delivery_rules
from tovholder.findings.rules import indicators as rules
from tovholder.parties import queries as parties
from tovholder.plans import queries as plans
from tovholder.web.accounts.doors import signed_in
from tovholder.web.downloads import streamed_spreadsheet
from tovholder.web.plans.forms import tell

from .indicator_forms import NATIONAL, AnewForm, IndicatorForm, WithdrawForm

_SHOWN_WHY = {"suppressed": "for få til at vise", "protects": "skjult for at beskytte et andet tal", "missing": "ingen måling"}


def found_indicator(indicator_id):
    """This will return the indicator an address names, or answer that there is none."""
    try:
        return queries.indicator(indicator_id)
    except LookupError as error:
        raise Http404 from error


def crumbs_of(*more):
    """This will return where a page about indicators stands."""
    return [(_("Mål"), reverse("findings:list")), (_("Indikatorer"), reverse("findings:indicators")), *more]


@require_safe
def listing(request):
    """This will list what is measured, by where it comes from, with whether there are figures and which goals use it."""
    rows = queries.listed_indicators(request.by, request.at)
    goals = queries.goals_following([row.pk for row, _vintage in rows], plans.visible_plans(request.by, request.at))
    told = [(row, _in_force(row), vintage, goals.get(row.pk, [])) for row, vintage in rows if row.withdrawn_at is None]
    owners, may_define_national = queries.may_define_for(request.by)
    by_origin = [(key, list(some)) for key, some in groupby(told, lambda row: row[0].get_origin_display())]
    context = {
        "groups": by_origin,
        "withdrawn": [row for row, _vintage in rows if row.withdrawn_at is not None],
        "counts": [(_("indikatorer i brug"), len(told)), (_("har tal"), sum(row[2] is not None for row in told))],
        "may_define": bool(owners) or may_define_national, "may_deliver": bool(queries.delivering_parties(request.by)),
        "crumbs": [(_("Mål"), reverse("findings:list")), (_("Indikatorer"), "")],
    }  # fmt: skip
    return render(request, "findings/indicators.html", context)


def _in_force(row):
    return next((one for one in row.definitions.all() if one.valid_until is None), None)


@require_safe
def indicator(request, indicator_id):
    """This will show what an indicator counts now and has counted, its figures as they were given, and where they are shown."""
    found = found_indicator(indicator_id)
    definitions = list(queries.definitions_of(found))
    vintages = list(queries.vintages_of(found, request.at))
    standing = {row.pk for row in queries.standing_vintages(found, request.by, request.at)}
    may_define = passes(rules.check_may_define, found.owner, by=request.by)
    context = {
        "indicator": found, "definition": next((row for row in definitions if row.valid_until is None), None), "definitions": definitions,
        "vintages": [(row, row.pk in standing, _may_withdraw(request, row)) for row in vintages],
        "goals": queries.goals_following([found.pk], plans.visible_plans(request.by, request.at)).get(found.pk, []),
        "may_define": may_define and found.withdrawn_at is None,
        "may_deliver": found.withdrawn_at is None and bool(queries.delivering_parties(request.by)), "crumbs": crumbs_of((found.label, "")),
    }  # fmt: skip
    return render(request, "findings/indicator.html", context)


def _may_withdraw(request, vintage):
    return vintage.withdrawn_at is None and passes(delivery_rules.check_may_deliver, vintage.delivery.owner_id, by=request.by)


def _choices(found=None):
    """What a definition can be, taken from the room's own words."""
    return {"kinds": queries.definition_kinds(), "directions": queries.definition_directions(), "breakdowns": queries.breakdowns()}


def _filled(request, form, act, *, title, lead, button, done, back, crumbs, eyebrow=""):
    """Shows a form, and does the one thing it is for when it is sent and may be."""
    if request.method == "POST" and form.is_valid():
        try:
            made = act(dict(form.cleaned_data))
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, done)
            return redirect(back(made) if callable(back) else back)
    context = {
        "form": form, "title": title, "lead": lead, "button": button, "back": crumbs[-2][1], "crumbs": crumbs, "eyebrow": eyebrow,
    }  # fmt: skip
    return render(request, "dialogue/form.html", context, status=422 if form.errors else 200)


@signed_in
def define(request):
    """This will define a new indicator for a party one plans for, or a national one as an operator."""
    own, may_define_national = queries.may_define_for(request.by)
    owners = [(row.pk, row.name) for row in queries.delivering_parties(request.by) if row.pk in own]
    if may_define_national:
        owners.append((NATIONAL, _("Ingen her: en national indikator")))
    rules.check_may_define(next(iter(own), None), by=request.by)
    form = IndicatorForm(
        request.POST or None, owners=owners, **_choices(),
        initial={"number": "1", "multiplier": "100", "decimals": 1, "threshold": 5, "direction": "lower"},
    )  # fmt: skip

    def act(words):
        owner = words.pop("owner")
        owner = None if owner == NATIONAL else parties.party(owner)
        origin = "own" if owner else "national_goal"
        return actions.define_indicator(owner=owner, origin=origin, **words, by=request.by, at=request.at)

    title = _("Ny indikator")
    return _filled(
        request, form, act, title=title, lead=_("Først skal det stå fast, hvad tallene tæller."), button=_("Lav indikatoren"),
        done=_("Indikatoren er lavet. Nu kan I lægge tal ind."), back=lambda made: reverse("findings:indicator", args=[made.pk]),
        crumbs=crumbs_of((title, "")),
    )  # fmt: skip


_KEPT = ("text", "kind", "numerator", "denominator", "multiplier", "unit", "unit_en", "decimals", "direction", "population", "source")


@signed_in
def define_anew(request, indicator_id):
    """This will let a new definition hold from a day; the earlier one stays for the figures that stand on it."""
    found = found_indicator(indicator_id)
    rules.check_may_define(found.owner, by=request.by)
    last = queries.definitions_of(found).first()
    initial = {name: getattr(last, name) for name in _KEPT} if last else {"multiplier": "100", "decimals": 1, "direction": "lower"}
    if last:
        initial["multiplier"] = f"{last.multiplier:g}" if last.multiplier < 1e5 else "100000"
    initial["breakdowns"] = [row.pk for row in last.breakdowns.all()] if last else []
    form = AnewForm(request.POST or None, initial=initial, **_choices())
    title, page = _("Ny definition"), reverse("findings:indicator", args=[found.pk])
    return _filled(
        request, form, lambda words: actions.define_anew(found, **words, by=request.by, at=request.at), title=title,
        lead=_("Den forrige bliver stående dagen før. Tal, der er gemt, følger den definition, de blev læst efter."),
        button=_("Gem definitionen"), done=_("Definitionen er gemt."), back=page, eyebrow=found.label,
        crumbs=crumbs_of((found.label, page), (title, "")),
    )  # fmt: skip


class _Sure(WithdrawForm):
    """Nothing to fill in; the button is the answer."""

    reason = None


@signed_in
def withdraw(request, indicator_id):
    """This will take an indicator out of use, after one more question."""
    found = found_indicator(indicator_id)
    rules.check_may_define(found.owner, by=request.by)
    title, page = _("Træk indikatoren tilbage"), reverse("findings:indicator", args=[found.pk])
    return _filled(
        request, _Sure(request.POST if request.method == "POST" else None),
        lambda _words: actions.withdraw_indicator(found, by=request.by, at=request.at), title=title,
        lead=_("Tallene bliver ikke vist mere. Siden bliver stående."), button=title, done=_("Indikatoren er trukket tilbage."),
        back=page, eyebrow=found.label, crumbs=crumbs_of((found.label, page), (title, "")),
    )  # fmt: skip


def _vintage(request, vintage_id):
    try:
        return queries.vintage(vintage_id, request.by, request.at)
    except LookupError as error:
        raise Http404 from error


@require_safe
def as_csv(request, vintage_id):
    """This will give the figures of one vintage that stands, as a file."""
    found = queries.visible_vintages(request.by, request.at).filter(pk=vintage_id).select_related("indicator").first()
    if found is None:
        raise Http404
    headers = (
        "Kode", "Område", "Fra", "Til (ikke med)", "Opdeling", "Gruppe", "Tæller", "Nævner", "Værdi", "Nedre grænse", "Øvre grænse",
        "Hvorfor tom", "Definition",
    )  # fmt: skip
    rows = ((*row[:11], _SHOWN_WHY.get(row[11], ""), row[12]) for row in queries.figures_of_vintage(found).iterator(chunk_size=5_000))
    return streamed_spreadsheet(f"{found.indicator.code}-{found.drawn_on}.csv", headers, rows)


@signed_in
def withdraw_vintage(request, vintage_id):
    """This will take back a vintage, with the reason that everybody reads."""
    found = _vintage(request, vintage_id)
    delivery_rules.check_may_deliver(found.delivery.owner_id, by=request.by)
    title, page = _("Træk udtrækket tilbage"), reverse("findings:indicator", args=[found.indicator_id])
    return _filled(
        request, WithdrawForm(request.POST or None),
        lambda words: actions.withdraw_vintage(found, **words, by=request.by, at=request.at), title=title,
        lead=_("Tallene bliver ikke vist mere. At de stod her, og hvorfor de er væk, bliver stående."), button=title,
        done=_("Udtrækket er trukket tilbage."), back=page, eyebrow=found.indicator.label,
        crumbs=crumbs_of((found.indicator.label, page), (title, "")),
    )  # fmt: skip
