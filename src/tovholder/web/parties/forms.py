"""What a person may ask the register of parties."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tovholder.base.written import parse_date

# A moment near the first or last year there is cannot be told in another time zone.
_YEARS = range(1800, 2201)


def written_day(text):
    """This will read a day as people write it; raises ValidationError for what is none, or lies in no year we plan in."""
    try:
        day = parse_date(text)
    except ValueError as error:
        raise forms.ValidationError(str(error)) from error
    if day.year not in _YEARS:
        raise forms.ValidationError(_("Tjek årstallet, og skriv det med fire tal, fx 2027."))
    return day


class DanishDateField(forms.CharField):
    """A day as people write it: 1. januar 2027, 01-01-2027 or 2027-01-01."""

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        return written_day(text)

    def prepare_value(self, value):
        return value.strftime("%d-%m-%Y") if hasattr(value, "strftime") else value


class DayForm(forms.Form):
    dag = DanishDateField(label=_("Dag"), required=False, help_text=_("Fx 1. januar 2027"))
    visning = forms.ChoiceField(
        label=_("Vis"),
        required=False,
        choices=[("region", _("Regioner")), ("health_cluster", _("Sundhedsklynger")), ("health_council", _("Sundhedsråd"))],
    )


class RegisterForm(forms.Form):
    dag = DanishDateField(label=_("Dag"), required=False, help_text=_("Fx 1. januar 2027"))
    slags = forms.ChoiceField(label=_("Slags"), required=False)
    ord = forms.CharField(label=_("Navn"), required=False, max_length=80)

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["slags"].choices = [("", _("Alle slags")), *((kind.code, kind.label_plural) for kind in kinds)]
