"""What a phone sends from the hall."""

import secrets

from django import forms
from django.utils.translation import gettext_lazy as _

KINDS = [
    ("proposal", _("Et forslag")),
    ("good_experience", _("En god oplevelse")),
    ("bad_experience", _("En dårlig oplevelse")),
]
SECTORS = [
    ("citizen", _("Borger")),
    ("municipality", _("Kommune")),
    ("region", _("Region og sygehus")),
    ("practice", _("Almen praksis")),
    ("other", _("Forening")),
    ("", _("Siger jeg ikke")),
]
IN_THE_HALL = {
    "citizen": _("Borgere"),
    "municipality": _("Kommuner"),
    "region": _("Region og sygehus"),
    "practice": _("Almen praksis"),
    "other": _("Foreninger"),
    "": _("Andre"),
}
_key = {"widget": forms.HiddenInput, "required": False, "max_length": 64}


class StatementForm(forms.Form):
    """The text is judged by the room's rules; here it is only read."""

    text = forms.CharField(
        label=_("Din oplevelse eller dit forslag"),
        help_text=_("Skriv ikke navne, telefonnumre eller CPR-numre."),
        widget=forms.Textarea,
        required=False,
        strip=False,
    )
    kind = forms.ChoiceField(label=_("Det er"), widget=forms.RadioSelect, choices=KINDS, required=False)
    sector = forms.ChoiceField(label=_("Jeg skriver som"), widget=forms.RadioSelect, choices=SECTORS, required=False)
    code = forms.CharField(
        label=_("Din kode – de fem ord, du fik, da du skrev"),
        help_text=_("Så samler vi dine udsagn under én kode."),
        required=False,
        max_length=200,
    )
    idempotency_key = forms.CharField(**_key)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # NUL cannot be stored anywhere; it is taken out by the rule and not held against the writer.
        self.fields["text"].validators = []

    def said(self):
        """This will return what was filled in, with a fallback for each choice that was left out or is unknown."""
        self.is_valid()
        clean = self.cleaned_data
        return {
            "text": clean.get("text", ""),
            "kind": clean.get("kind") or "proposal",
            "sector": clean.get("sector", ""),
            "key": clean.get("idempotency_key") or new_key(),
        }


class ExperienceForm(StatementForm):
    """What was written to a question that closed meanwhile."""

    kind = forms.ChoiceField(label=_("Det er"), widget=forms.RadioSelect, choices=KINDS[1:], required=False)


def new_key():
    """This will return a key under which a form is stored once, however often it is sent."""
    return secrets.token_urlsafe(18)
