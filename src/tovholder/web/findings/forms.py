"""What the people behind a goal may say about it."""

from django import forms
from django.utils.translation import gettext_lazy as _


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
