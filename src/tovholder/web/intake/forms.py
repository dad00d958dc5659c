"""What a person hands in, and where what is confirmed belongs."""

from django import forms
from django.utils.translation import gettext_lazy as _


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Dokument"),
        help_text=_("Tekst, Word, PDF med tekst eller HTML. Højst 50 MB. Ingen andre end dem med mandat ser det."),
        error_messages={"required": _("Vælg en fil."), "empty": _("Filen er tom. Vælg en anden.")},
    )


class TargetForm(forms.Form):
    target = forms.ChoiceField(label=_("Citater og spørgsmål hører til"), required=False, help_text=_("Det, du bekræfter, lægges her."))

    def __init__(self, *args, conferences, groups, **kwargs):
        super().__init__(*args, **kwargs)
        self.targets = {f"k{row.pk}": ("conference", row) for row in conferences} | {f"g{row.pk}": ("group", row) for row in groups}
        rows = [(key, str(row)) for key, (_kind, row) in self.targets.items()]
        self.fields["target"].choices = [("", _("Vælg …")), *rows]

    def chosen(self):
        """This will return {"conference": …} or {"group": …}, or nothing when none is chosen."""
        found = self.targets.get(self.cleaned_data.get("target", "")) if self.is_valid() else None
        return {found[0]: found[1]} if found else {}
