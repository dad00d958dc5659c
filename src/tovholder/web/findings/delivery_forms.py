"""What people fill in when they bring figures."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tovholder.web.parties.forms import DanishDateField

WHOLE, CONTINUES = "whole", "continues"


class DeliveryForm(forms.Form):
    file = forms.FileField(
        label=_("Fil med tal"), help_text=_("CSV, Excel (.xlsx), Parquet eller en udgivelse fra et sikkert miljø (.json). Højst 50 MB."),
        error_messages={"required": _("Vælg en fil."), "empty": _("Filen er tom. Vælg en anden.")},
    )  # fmt: skip
    owner = forms.ChoiceField(label=_("På vegne af"))
    indicator = forms.ChoiceField(label=_("Indikator"), required=False)
    drawn_on = DanishDateField(
        label=_("Dagen, tallene blev trukket"), required=False, help_text=_("Fx 12-11-2026. Lad feltet stå tomt, hvis dagen står i filen.")
    )
    source = forms.CharField(
        label=_("Hvor kommer tallene fra?"), required=False, max_length=300, help_text=_("Fx eSundhed, Sundhedsaftaler")
    )
    series = forms.ChoiceField(
        label=_("Er det hele serien?"), widget=forms.RadioSelect, initial=WHOLE,
        choices=[
            (WHOLE, _("Ja, hele serien. Den stilles ved siden af den forrige.")),
            (CONTINUES, _("Nej, kun nye perioder. De føjes efter dem, der står.")),
        ],
    )  # fmt: skip

    def __init__(self, *args, owners, indicators, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [(row.pk, row.name) for row in owners]
        self.fields["indicator"].choices = [("", _("Står i filen")), *((row.pk, row.label) for row in indicators)]
