"""What people fill in about threads."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Din kode – de fem ord, du fik, da du skrev"),
        max_length=200,
        help_text=_("Fx birk-fyrtårn-otte-eng-sol. Vi ved ikke, hvem du er."),
        error_messages={"required": _("Skriv de fem ord.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )


class MailForm(forms.Form):
    mail = forms.CharField(
        label=_("Din mailadresse"),
        max_length=254,
        help_text=_("Vi skriver én gang, når der sker mere. Så sletter vi adressen."),
        error_messages={"required": _("Skriv din mailadresse.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class ThemeTieForm(forms.Form):
    provision = forms.ChoiceField(label=_("Hvilket punkt svarer på temaet?"), error_messages={"required": _("Vælg et punkt.")})

    def __init__(self, *args, provisions, **kwargs):
        super().__init__(*args, **kwargs)
        groups = {}
        for row in provisions:
            groups.setdefault(row.provision.plan.title, []).append((row.provision_id, f"{row.label} {row.heading}".strip()))
        self.fields["provision"].choices = [("", _("Vælg punkt")), *groups.items()]


class DutyForm(forms.Form):
    party = forms.ChoiceField(label=_("Hvem kræver det?"))
    because = forms.CharField(
        label=_("Hvilken regel kræver det?"),
        max_length=200,
        help_text=_("Fx sundhedslovens § 205"),
        error_messages={"required": _("Skriv, hvilken regel der kræver det.")},
    )

    def __init__(self, *args, parties, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["party"].choices = [(row.pk, row.name) for row in parties]


class InitiativeTieForm(forms.Form):
    initiative = forms.ChoiceField(label=_("Hvilken indsats gør det?"), error_messages={"required": _("Vælg en indsats.")})

    def __init__(self, *args, initiatives, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["initiative"].choices = [("", _("Vælg indsats")), *((row.pk, row.name) for row in initiatives)]


def tell(form, refusal):
    """This will put a refusal's sentence at its field, or on top of the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    return form
