"""What people fill in about what is done."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tovholder.web.parties.forms import DanishDateField


def _long(label, hint="", rows=4, **more):
    return forms.CharField(
        label=label, required=False, help_text=hint, max_length=4000, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


class ListForm(forms.Form):
    ord = forms.CharField(label=_("Ord"), required=False, max_length=80)
    status = forms.ChoiceField(label=_("Hvor langt"), required=False)
    rettet = forms.ChoiceField(label=_("Rettet mod"), required=False)
    part = forms.ChoiceField(label=_("Hvem gør det"), required=False)

    def __init__(self, *args, statuses, preventions, parties, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [("", _("Alle")), *statuses]
        self.fields["rettet"].choices = [("", _("Alle")), *preventions]
        self.fields["part"].choices = [("", _("Alle")), *((row.pk, row.name) for row in parties)]


class ProgrammeForm(forms.Form):
    name = forms.CharField(label=_("Programmets navn"), max_length=160, error_messages={"required": _("Giv programmet et navn.")})
    purpose = forms.CharField(
        label=_("Hvad skal det gøre bedre, og for hvem?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Skriv, hvad programmet skal gøre bedre, og for hvem.")},
    )
    goal = _long(_("Mål"))
    motto = forms.CharField(label=_("Motto"), max_length=160, required=False)
    begins_on = DanishDateField(label=_("Begynder"), required=False, help_text=_("Fx 1. januar 2027"))
    ends_on = DanishDateField(label=_("Slutter"), required=False, help_text=_("Fx 31. december 2029"))
    source = _long(_("Hvor står det?"), _("Fx en adresse eller et dokument"), rows=2)


class InitiativeForm(forms.Form):
    name = forms.CharField(label=_("Indsatsens navn"), max_length=160, error_messages={"required": _("Giv indsatsen et navn.")})
    programme = forms.ChoiceField(label=_("Program"), required=False)
    purpose = forms.CharField(
        label=_("Hvad skal indsatsen gøre bedre, og for hvem?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Skriv, hvad indsatsen skal gøre bedre, og for hvem.")},
    )
    method = _long(_("Sådan gør vi"), _("Så andre kan gøre det efter"), rows=6)
    target_group = _long(_("Målgruppe"), rows=2)
    included = _long(_("Hvem er med?"), rows=2)
    excluded = _long(_("Hvem er ikke med?"), rows=2)
    prevention = forms.ChoiceField(label=_("Rettet mod"), required=False)
    status = forms.ChoiceField(label=_("Hvor langt er I?"))
    begins_on = DanishDateField(label=_("Begynder"), required=False, help_text=_("Fx 1. januar 2027"))
    ends_on = DanishDateField(label=_("Slutter"), required=False, help_text=_("Fx 31. december 2029"))
    equity_note = _long(_("Lighed i sundhed"), _("Hvem når indsatsen ikke – og hvad gør I ved det?"), rows=3)
    source = _long(_("Hvor står det?"), _("Fx en adresse eller et dokument"), rows=2)

    def __init__(self, *args, programmes, statuses, preventions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["programme"].choices = [("", _("Intet program")), *((row.pk, row.name) for row in programmes)]
        self.fields["prevention"].choices = [("", _("Siger vi ikke")), *preventions]
        self.fields["status"].choices = statuses
        self.fields["status"].initial = "running"


class PartnerForm(forms.Form):
    party = forms.ChoiceField(label=_("Part i registeret"), required=False)
    name = forms.CharField(
        label=_("Eller navnet på en anden"), max_length=160, required=False, help_text=_("Fx en forening, en fond eller en virksomhed")
    )
    part = forms.CharField(label=_("Hvad bidrager de med?"), max_length=160, required=False)

    def __init__(self, *args, parties, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["party"].choices = [("", _("Vælg part")), *((row.pk, row.name) for row in parties)]


class FundingForm(forms.Form):
    funder = forms.CharField(label=_("Hvem betaler?"), max_length=160, error_messages={"required": _("Skriv, hvem der betaler.")})
    amount_million_kroner = forms.DecimalField(
        label=_("Mio. kr."),
        required=False,
        min_value=0,
        max_digits=8,
        decimal_places=2,
        localize=True,
        help_text=_("Fx 2,5"),
        error_messages={"invalid": _("Det kan vi ikke læse som et tal. Skriv fx 2,5."), "min_value": _("Skriv et beløb over 0.")},
    )
    period = forms.CharField(label=_("Periode"), max_length=40, required=False, help_text=_("Fx 2026–2028"))


class ExperienceForm(forms.Form):
    worked = _long(_("Det virkede"), rows=5)
    worked_less = _long(_("Det virkede mindre godt"), rows=5)
    evaluation = _long(_("Evaluering"), _("Hvad viste tallene, og hvor kan man læse det?"), rows=3)


class DoItTooForm(forms.Form):
    party = forms.ChoiceField(label=_("Hvem gør det også?"))
    changed = _long(_("Hvad har I lavet om?"), _("Fx en anden målgruppe eller en anden aftale"), rows=3)

    def __init__(self, *args, parties, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["party"].choices = [(row.pk, row.name) for row in parties]


def tell(form, refusal):
    """This will put a refusal's sentence at its field, or on top of the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    return form
