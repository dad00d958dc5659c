"""What people fill in about plans. A refusal from a rule becomes an error here, and everything typed stays."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from tovholder.web.parties.forms import DanishDateField


def tell(form, refusal):
    """This will put a refusal's sentence at its field, or on top of the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    return form


def _day(label, *, required=True, missing="", hint=""):
    return DanishDateField(label=label, required=required, error_messages={"required": missing}, help_text=hint or _("Fx 11-12-2026"))


class KindForm(forms.Form):
    slags = forms.ChoiceField(label=_("Slags"), required=False)

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["slags"].choices = [("", _("Alle slags")), *kinds]


class PlanForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Slags"), help_text=_("Slagsen afgør, hvem der skal sige ja."), error_messages={"required": _("Vælg en slags på listen.")}
    )
    title = forms.CharField(
        label=_("Navn"), max_length=160, help_text=_("Fx Sundhedsplan 2027–2030"), error_messages={"required": _("Giv planen et navn.")}
    )
    owner = forms.ChoiceField(label=_("Hvem ejer planen?"))
    period_from = _day(_("Gælder fra"), required=False)
    last_day = _day(_("Gælder til og med"), required=False, hint=_("Sidste dag, planen gælder. Fx 31-12-2030"))
    case_number = forms.CharField(label=_("Sagsnummer"), max_length=40, required=False)
    summary = forms.CharField(label=_("Hvad handler planen om?"), widget=forms.Textarea, max_length=2000, required=False)

    def __init__(self, *args, kinds, owners, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Vælg en slags")), *kinds]
        self.fields["owner"].choices = owners

    def clean(self):
        """People write the last day a plan holds; the house keeps the first day it does not."""
        cleaned = super().clean()
        last_day = cleaned.pop("last_day", None)
        cleaned["period_until"] = last_day + timedelta(days=1) if last_day else None
        return cleaned


class ProvisionForm(forms.Form):
    label = forms.CharField(label=_("Nummer"), required=False, help_text=_("Fx 4.2"))
    heading = forms.CharField(label=_("Overskrift"), error_messages={"required": _("Skriv en overskrift.")})
    body = forms.CharField(label=_("Tekst"), widget=forms.Textarea, required=False, strip=False)


class NewProvisionForm(ProvisionForm):
    level = forms.TypedChoiceField(
        label=_("Hvor hører det til?"), coerce=int, initial=1, choices=[(1, _("Kapitel")), (2, _("Punkt")), (3, _("Underpunkt"))]
    )
    after = forms.CharField(widget=forms.HiddenInput, required=False)


class EditForm(ProvisionForm):
    revision = forms.IntegerField(widget=forms.HiddenInput)
    kept_heading = forms.CharField(widget=forms.HiddenInput, required=False)
    kept_body = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)


class PasteForm(forms.Form):
    text = forms.CharField(
        label=_("Tekst med overskrifter"), widget=forms.Textarea, max_length=400_000,
        help_text=_("Skriv nummer og overskrift på en linje for sig, fx »4.2 Besked før udskrivning«."),
        error_messages={"required": _("Indsæt teksten først."), "max_length": _("Teksten er over 400.000 tegn. Del den i to.")},
    )  # fmt: skip


class SealForm(forms.Form):
    name = forms.CharField(
        label=_("Hvad hedder den låste version?"), max_length=80, help_text=_("Fx Sendt i høring"),
        error_messages={"required": _("Giv den låste version et navn.")},
    )  # fmt: skip


class TieForm(forms.Form):
    theme = forms.ChoiceField(label=_("Tema"), error_messages={"required": _("Vælg et tema.")})
    provision = forms.ChoiceField(label=_("Punkt"), error_messages={"required": _("Vælg et punkt.")})

    def __init__(self, *args, themes, provisions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["theme"].choices = [("", _("Vælg tema")), *themes]
        self.fields["provision"].choices = [("", _("Vælg punkt")), *provisions]


class PartiesForm(forms.Form):
    parties = forms.MultipleChoiceField(
        label=_("Hvem skal sige ja ud over ejeren?"), required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("En af parterne findes ikke i dag. Vælg på listen.")},
    )  # fmt: skip
    ord = forms.CharField(label=_("Find en part efter navn"), max_length=80, required=False)

    def __init__(self, *args, candidates, **kwargs):
        super().__init__(*args, **kwargs)
        self.candidates = {party.pk: party for party in candidates}
        self.fields["parties"].choices = [(party.pk, party.name) for party in candidates]


class AskForm(forms.Form):
    due_on = _day(_("Frist"), required=False, hint=_("Den sidste dag, de kan svare. Fx 18-12-2026"))


class AgendaForm(forms.Form):
    agenda_on = _day(_("Hvornår tager I stilling?"), missing=_("Skriv dagen."))


class DecisionForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Svar"), widget=forms.RadioSelect, error_messages={"required": _("Vælg et svar.")})
    decided_on = _day(_("Hvilken dag blev det besluttet?"), missing=_("Skriv, hvilken dag det blev besluttet."))
    body = forms.CharField(label=_("Hvem besluttede det?"), max_length=160, required=False, help_text=_("Fx Vejen Byråd"))
    decision_reference = forms.CharField(label=_("Henvisning"), max_length=200, required=False, help_text=_("Fx referatets punkt 12"))
    reservation = forms.CharField(
        label=_("Forbehold"), widget=forms.Textarea, max_length=4000, required=False, help_text=_("Skriv kun her, hvis I tager forbehold.")
    )
    fingerprint = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, outcomes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = outcomes


class AdoptForm(forms.Form):
    adopted_on = _day(_("Vedtaget"), missing=_("Skriv dagen, hvor planen blev vedtaget."))
    in_force_from = _day(_("Gælder fra"), missing=_("Skriv dagen, hvor planen begynder at gælde."))
    decision_reference = forms.CharField(label=_("Henvisning"), max_length=200, required=False, help_text=_("Fx regionsrådet, punkt 9"))


class GoalForm(forms.Form):
    number = forms.IntegerField(
        label=_("Nummer"), min_value=1, max_value=999,
        error_messages={"required": _("Giv målet et nummer."), "invalid": _("Skriv et helt tal."), "min_value": _("Begynd med 1."),
                        "max_value": _("Nummeret er over 999. Vælg et mindre.")},
    )  # fmt: skip
    text = forms.CharField(
        label=_("Hvad skal være anderledes?"), widget=forms.Textarea,
        error_messages={"required": _("Skriv, hvad der skal være anderledes.")},
    )  # fmt: skip
    owner = forms.ChoiceField(label=_("Hvem har ansvaret?"))
    deadline = _day(_("Hvornår skal det være nået?"), required=False)
    provision = forms.ChoiceField(label=_("Hvilket punkt hører det til?"), required=False)
    indicator = forms.CharField(label=_("Hvad måler det?"), max_length=200, required=False, help_text=_("Fx genindlæggelser inden 30 dage"))

    def __init__(self, *args, owners, provisions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = owners
        self.fields["provision"].choices = [("", _("Hele planen")), *provisions]
