"""What a moderator decides, and why. What is stored is Danish, whatever language the desk is read in."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

REMOVAL = [
    ("name", _("Navn på en anden person")),
    ("contact", _("Kontaktoplysninger")),
    ("cpr", _("CPR-nummer")),
    ("health", _("Helbred om en person, man kan genkende")),
    ("other", _("Andet, der peger på en person")),
]
DECLINED = {
    "name": _("Vi har ikke vist din tekst, fordi den nævner en anden person ved navn. Du kan skrive den igen uden navnet."),
    "health": _("Vi har ikke vist din tekst, fordi man kan genkende en anden persons helbred. Du kan skrive den igen uden det."),
    "tone": _("Vi har ikke vist din tekst, fordi den angriber en person. Skriv gerne kritikken af sagen igen."),
    "topic": _("Vi har ikke vist din tekst, fordi den handler om noget andet end spørgsmålet."),
}
_REASONS = [
    ("", _("Vælg en grund")),
    ("name", _("Nævner en anden person ved navn")),
    ("health", _("Helbred om en person, man kan genkende")),
    ("tone", _("Angriber en person")),
    ("topic", _("Handler om noget andet")),
]
READING = [("complaint", _("En klage")), ("access_request", _("En anmodning om indsigt")), ("check", _("Kontrol af det, vi fjernede"))]


class DecisionForm(forms.Form):
    """The published text, why something was removed, and why a text is not shown."""

    text = forms.CharField(
        label=_("Teksten, som den bliver vist"),
        help_text=_("Du kan kun fjerne. Sæt et mærke, hvor du fjerner noget, fx [navn fjernet]."),
        widget=forms.Textarea,
        required=False,
        strip=False,
    )
    removal = forms.ChoiceField(label=_("Grund til at fjerne"), choices=REMOVAL, required=False)
    declined = forms.ChoiceField(label=_("Grund til at afvise"), choices=_REASONS, required=False)
    own = forms.CharField(
        label=_("Din egen grund"),
        help_text=_("Skribenten kan læse den."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def removal_words(self):
        """This will return why something was removed, in words."""
        with override("da"):
            return str(dict(REMOVAL).get(self.cleaned_data.get("removal"), ""))

    def declined_words(self):
        """This will return the sentence the writer can read; nothing when no reason was chosen."""
        with override("da"):
            return self.cleaned_data.get("own") or str(DECLINED.get(self.cleaned_data.get("declined"), ""))


class ReadingForm(forms.Form):
    because = forms.ChoiceField(label=_("Hvorfor skal du se den?"), choices=READING)
