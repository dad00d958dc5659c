"""What the people behind a goal may say about it, how they follow it, and what they write in its yearly status."""

import re
from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from tovholder.web.parties.forms import DanishDateField

_LONGEST_NUMBER = 30
_THOUSANDS = re.compile(r"-?\d{1,3}(\.\d{3})+")


class StatusForm(forms.Form):
    status = forms.ChoiceField(label=_("Status"), widget=forms.RadioSelect, error_messages={"required": _("Vælg en af mulighederne.")})

    def __init__(self, *args, statuses, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = statuses


class IndicatorForm(forms.Form):
    indicator = forms.CharField(
        label=_("Hvad måler det?"), help_text=_("Fx genindlæggelser inden 30 dage"),
        error_messages={"required": _("Skriv, hvad der måler målet.")},
    )  # fmt: skip


class DanishNumberField(forms.Field):
    """A figure as people write it: 12,0 or 5.200."""

    def to_python(self, value):
        """This will read a figure; raises ValidationError with a sentence that says what to write."""
        typed = "" if value is None else str(value).strip()
        text = typed.replace(" ", "").replace("\xa0", "").replace("−", "-").removesuffix("%").removesuffix("pct.")
        if not text:
            return None
        plain = text.replace(".", "").replace(",", ".") if "," in text or _THOUSANDS.fullmatch(text) else text
        try:
            if len(plain) > _LONGEST_NUMBER:
                raise ValueError
            return float(plain)
        except ValueError as error:
            raise forms.ValidationError(_("»%(text)s« kan vi ikke læse som et tal. Skriv fx 12,0.") % {"text": typed[:20]}) from error


class TargetForm(forms.Form):
    party = forms.ChoiceField(
        label=_("Hvis tal gælder det?"), help_text=_("Oftest regionens. Kommunerne i den bliver sammenlignet for sig.")
    )  # fmt: skip
    value = DanishNumberField(
        label=_("Hvor skal tallet hen?"), required=False, help_text=_("Fx 12,0. Lad det stå tomt, hvis I ikke har et tal.")
    )  # fmt: skip
    due_on = DanishDateField(label=_("Hvornår skal det være nået?"), required=False, help_text=_("Fx 31-12-2027"))
    baseline_from = DanishDateField(
        label=_("Sammenlign med perioden fra"), required=False,
        help_text=_("Første dag i den periode, I vil måle jer imod. Grænserne i diagrammet bliver fastlåst på den."),
    )  # fmt: skip
    baseline_last = DanishDateField(
        label=_("Til og med"), required=False, help_text=_("Sidste dag i perioden. Mindst 12 målinger er bedst.")
    )
    breakdown = forms.ChoiceField(label=_("Vis ulighed efter"), required=False)

    def __init__(self, *args, parties, breakdowns, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["party"].choices = [(row.pk, row.name) for row in parties]
        self.fields["breakdown"].choices = [("", _("Ingen opdeling")), *((row.pk, row.label) for row in breakdowns)]
        self.parties, self.breakdowns = ({row.pk: row for row in rows} for rows in (parties, breakdowns))

    def clean(self):
        """People write the last day of a period; the house keeps the first day after it."""
        cleaned = super().clean()
        last = cleaned.pop("baseline_last", None)
        cleaned["baseline_until"] = last + timedelta(days=1) if last else None
        return cleaned

    def chosen(self):
        """This will return what was filled in, as set_target and change_target ask for it."""
        given = dict(self.cleaned_data)
        given["party"] = self.parties[given["party"]]
        given["breakdown"] = self.breakdowns.get(given["breakdown"])
        return given


class ChooseForm(forms.Form):
    indicator = forms.ChoiceField(label=_("Indikator"), error_messages={"required": _("Vælg en indikator.")})

    def __init__(self, *args, indicators, **kwargs):
        super().__init__(*args, **kwargs)
        with_figures = [(row.pk, row.label) for row in indicators if row.has_figures]
        without = [(row.pk, row.label) for row in indicators if not row.has_figures]
        groups = [(_("Har tal"), with_figures), (_("Har ingen tal endnu"), without)]
        self.fields["indicator"].choices = [("", _("Vælg indikator")), *((name, rows) for name, rows in groups if rows)]


class RebaseForm(forms.Form):
    baseline_from = DanishDateField(label=_("Det nye niveau begynder"), error_messages={"required": _("Skriv den første dag.")})
    baseline_last = DanishDateField(label=_("Til og med"), error_messages={"required": _("Skriv den sidste dag.")})
    reason = forms.CharField(
        label=_("Hvorfor?"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Fx: Afdelingen flyttede, og patienterne er andre."),
        error_messages={"required": _("Skriv, hvorfor det gamle niveau ikke længere er det rigtige at sammenligne med.")},
    )  # fmt: skip
    decided_on = DanishDateField(label=_("Hvilken dag blev det besluttet?"), error_messages={"required": _("Skriv dagen.")})
    decision_reference = forms.CharField(
        label=_("Hvor står beslutningen?"), help_text=_("Fx Regionsrådet, punkt 9"),
        error_messages={"required": _("Skriv, hvor beslutningen står, fx »Regionsrådet, punkt 9«.")},
    )  # fmt: skip

    def clean(self):
        """People write the last day of a period; the house keeps the first day after it."""
        cleaned = super().clean()
        last = cleaned.pop("baseline_last", None)
        if last:
            cleaned["baseline_until"] = last + timedelta(days=1)
        return cleaned


class AimForm(forms.Form):
    mover = forms.ChoiceField(label=_("Indsats eller program"), error_messages={"required": _("Vælg en indsats.")})

    def __init__(self, *args, initiatives, programmes, **kwargs):
        super().__init__(*args, **kwargs)
        groups = [(_("Indsatser"), initiatives), (_("Programmer"), programmes)]
        self.fields["mover"].choices = [
            ("", _("Vælg")), *((name, [(row.pk, row.name) for row in rows]) for name, rows in groups if rows)
        ]  # fmt: skip
        self.movers = {row.pk: row for rows in (initiatives, programmes) for row in rows}


class SummaryForm(forms.Form):
    summary = forms.CharField(
        label=_("Kort fortalt"), widget=forms.Textarea(attrs={"rows": 8}), required=False, max_length=4000, strip=False,
        help_text=_("Det, de fleste læser: hvad går godt, hvad går ikke, og hvad gør I nu? Fem linjer er nok."),
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput)


class LineForm(forms.Form):
    status = forms.ChoiceField(label=_("Hvor langt er målet?"), error_messages={"required": _("Vælg en af mulighederne.")})
    comment = forms.CharField(
        label=_("Jeres egne ord"), widget=forms.Textarea(attrs={"rows": 5}), required=False, max_length=2000, strip=False,
        help_text=_("Det, tallene ikke siger: hvad har I gjort, og hvad gør I nu?"),
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, statuses, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = statuses


class YearForm(forms.Form):
    year = forms.TypedChoiceField(
        label=_("Hvilket år?"), coerce=int,
        error_messages={
            "required": _("Vælg et år."),
            "invalid_choice": _("Det år kan der ikke laves status for: enten findes den, eller året ligger uden for planen."),
        },
    )  # fmt: skip

    def __init__(self, *args, years, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, year) for year in years]


class ApproveForm(forms.Form):
    reference = forms.CharField(label=_("Hvor står beslutningen?"), max_length=200, required=False, help_text=_("Fx Regionsrådet, punkt 7"))
    fingerprint = forms.CharField(widget=forms.HiddenInput, required=False)
