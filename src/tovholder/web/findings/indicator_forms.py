"""What people fill in to say what an indicator counts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tovholder.web.parties.forms import DanishDateField

NATIONAL = "national"
PER = [("1", _("én (intet ganges på)")), ("100", _("100 (procent)")), ("1000", "1.000"), ("10000", "10.000"), ("100000", "100.000")]


def _line(label, hint="", *, required=True, missing="", **more):
    return forms.CharField(label=label, help_text=hint, required=required, error_messages={"required": missing}, **more)


class DefinitionForm(forms.Form):
    """The words and numbers of a definition; the rules judge them."""

    number = _line(_("Definitionens nummer"), _("Fx 1 eller 2.1"), missing=_("Giv definitionen et nummer."), max_length=12)
    valid_from = DanishDateField(
        label=_("Første dag, den gælder"), required=False, help_text=_("Fx 1-1-2027. Lad feltet stå tomt, hvis den altid har gjaldt.")
    )
    text = _line(
        _("Hvad bliver der talt?"), _("Så præcist, at andre ville tælle det samme."), missing=_("Skriv, hvad der bliver talt."),
        max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Hvilken slags tal?"))
    numerator = _line(_("Tæller"), _("Fx Udskrivninger fulgt af en akut indlæggelse. Leveår har ingen."), required=False, max_length=300)
    denominator = _line(_("Nævner"), _("Fx Udskrivninger"), required=False, max_length=300)
    multiplier = forms.TypedChoiceField(label=_("Regnes pr."), coerce=float, choices=PER)
    unit = _line(_("Enhed"), _("Fx pct. eller pr. 1.000"), missing=_("Skriv enheden, fx pct."), max_length=40)
    unit_en = _line(_("Enhed på engelsk"), required=False, max_length=40)
    decimals = forms.IntegerField(
        label=_("Decimaler"), error_messages={"required": _("Skriv et tal fra 0 til 6."), "invalid": _("Skriv et tal fra 0 til 6.")}
    )
    direction = forms.ChoiceField(label=_("Hvad er bedst?"), widget=forms.RadioSelect)
    population = _line(_("Hvem er med?"), _("Fx 65 år og derover"), required=False, max_length=160)
    source = _line(_("Hvor kommer tallene fra?"), missing=_("Skriv, hvor tallene kommer fra."), max_length=300)
    breakdowns = forms.MultipleChoiceField(label=_("Kan deles op efter"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, kinds, directions, breakdowns, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds
        self.fields["direction"].choices = directions
        self.fields["breakdowns"].choices = [(row.pk, row.label) for row in breakdowns]


class IndicatorForm(DefinitionForm):
    """A new indicator: its name, whose it is, and its first definition."""

    name = _line(_("Navn"), _("Fx Akutte genindlæggelser inden 30 dage"), missing=_("Giv indikatoren et navn."), max_length=160)
    name_en = _line(_("Navn på engelsk"), required=False, max_length=160)
    code = _line(
        _("Kode"), _("Står i filer med tal. Små bogstaver, tal og bindestreg, fx genindlaeggelser-somatik."), max_length=60,
        missing=_("Giv indikatoren en kode."),
    )  # fmt: skip
    owner = forms.ChoiceField(label=_("Hvem ejer tallene?"))
    threshold = forms.IntegerField(
        label=_("Færreste, der må vises"), help_text=_("Tal under det bliver skjult. 5 er det almindelige."),
        error_messages={"required": _("Skriv et tal, fx 5."), "invalid": _("Skriv et tal, fx 5.")},
    )  # fmt: skip
    zeros_are_small = forms.BooleanField(label=_("Også 0 skal skjules"), required=False)
    is_about_coherence = forms.BooleanField(label=_("Siger noget om sammenhæng mellem sektorer"), required=False)
    field_order = (
        *("name", "name_en", "code", "owner", "text", "kind", "numerator", "denominator", "multiplier", "unit", "unit_en", "decimals"),
        *("direction", "population", "source", "breakdowns", "threshold", "zeros_are_small", "is_about_coherence", "number", "valid_from"),
    )

    def __init__(self, *args, owners, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = owners


class AnewForm(DefinitionForm):
    """A new definition from a day, and whether figures on both sides can be compared."""

    breaks_series = forms.BooleanField(label=_("Tallene før og efter kan ikke sammenlignes"), required=False)
    break_reason = _line(_("Hvorfor ikke?"), _("Står ved bruddet på kurven."), required=False, max_length=300)
    field_order = ("number", "valid_from", "breaks_series", "break_reason")


class WithdrawForm(forms.Form):
    reason = _line(
        _("Hvorfor?"),
        _("Alle kan læse det."),
        missing=_("Skriv, hvorfor tallene bliver trukket tilbage. Alle kan læse det."),
        max_length=200,
    )
