"""What planners write at the desk and in the consultation list."""

from datetime import time

from django import forms
from django.utils.translation import gettext_lazy as _

from tovholder.consultations import rules
from tovholder.parties.queries import sectors
from tovholder.web.parties.forms import DanishDateField

from .forms import HourField, PlainText, moment

MOST_PARAGRAPHS = 200


class VerdictForm(forms.Form):
    verdict = forms.ChoiceField(
        label=_("Vurdering"), widget=forms.RadioSelect, error_messages={"required": _("Vælg en af de fire vurderinger.")}
    )
    reason = PlainText(label=_("Begrundelse"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, words, reader, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["verdict"].choices = list(words.items())
        self.fields["reason"].label = _("Begrundelse – læses af %(reader)s og alle andre") % {"reader": reader}


class PlaceForm(forms.Form):
    provision = forms.ChoiceField(label=_("Punkt"), required=False)
    theme = forms.ChoiceField(label=_("Tema"), required=False)

    def __init__(self, *args, texts, themes, **kwargs):
        super().__init__(*args, **kwargs)
        self.provisions = {row.provision_id: row.provision for row in texts}
        self.themes = {row.pk: row for row in themes}
        self.fields["provision"].choices = [("", _("Generelt"))] + [(row.provision_id, f"{row.label} {row.heading}"[:90]) for row in texts]
        self.fields["theme"].choices = [("", _("Intet tema"))] + [(row.pk, row.name) for row in themes]


class SplitForm(forms.Form):
    text = PlainText(label=_("Bemærkningen"), help_text=_("Sæt en tom linje, hvor den skal deles. Ret ikke i ordene."))


class RedactForm(forms.Form):
    text = PlainText(label=_("Sådan skal den vises"))
    reason = forms.CharField(label=_("Hvad er fjernet?"), max_length=200, initial=_("navn fjernet"))


class AddForm(forms.Form):
    """The owner's own members stand in a group of their own, before the others."""

    own = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    parties = forms.MultipleChoiceField(label=_("Fra registret"), required=False, widget=forms.CheckboxSelectMultiple)
    name = forms.CharField(label=_("Navn"), max_length=160, required=False)
    mailbox = forms.EmailField(label=_("Hovedpostkasse"), required=False)
    group = forms.CharField(label=_("Gruppe"), max_length=80, required=False, help_text=_("Fx Kommuner eller Patientforeninger"))
    by_courtesy = forms.BooleanField(label=_("Til orientering – de skal ikke høres"), required=False)

    def __init__(self, *args, own, others, owner, **kwargs):
        super().__init__(*args, **kwargs)
        self.members = [party.pk for party in own]
        self.candidates = {party.pk: party for party in (*own, *others)}
        self.fields["own"].label = _("Hører til %(name)s") % {"name": owner.name}
        self.fields["own"].choices = [(party.pk, party.name) for party in own]
        self.fields["parties"].choices = [(party.pk, party.name) for party in others]

    def rows(self):
        """This will return what the action puts on the list."""
        told = self.cleaned_data
        own = self.members if "all_own" in self.data else told["own"]
        chosen = [self.candidates[key] for key in (*own, *told["parties"])]
        rows = [(party, party.name, told["group"] or party.kind.name_plural, "", not told["by_courtesy"]) for party in chosen]
        if told["name"].strip() or not rows:
            rows.append((None, told["name"], told["group"], told["mailbox"], not told["by_courtesy"]))
        return rows


class KindForm(forms.Form):
    slags = forms.ChoiceField(label=_("Slags"), required=False)

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["slags"].choices = [(kind.code, kind.label_plural) for kind in kinds]


class ExtendForm(forms.Form):
    to_on = DanishDateField(label=_("Ny frist"), help_text=_("Fx 18-12-2026"))
    to_hour = HourField(label=_("Klokkeslæt"), initial="12.00", max_length=10)
    reason = forms.CharField(label=_("Hvorfor?"), max_length=200)

    def to(self):
        """This will return the new deadline."""
        return moment(self.cleaned_data["to_on"], self.cleaned_data["to_hour"] or time(12))


class LetterForm(forms.Form):
    """First the letter is pasted; then each paragraph is shown as a remark with its place."""

    party = forms.ChoiceField(label=_("Fra høringslisten"), required=False)
    name = forms.CharField(label=_("Eller skriv, hvem det er fra"), max_length=160, required=False)
    sector = forms.ChoiceField(label=_("De svarer som"), choices=sectors, required=False, initial="other")
    received_on = DanishDateField(label=_("Modtaget"), help_text=_("Fx 20-11-2026"))
    received_hour = HourField(label=_("Klokkeslæt"), max_length=10)
    letter = PlainText(label=_("Brevet"), help_text=_("Sæt hele brevet ind. Hvert afsnit bliver foreslået som en bemærkning."))

    def __init__(self, *args, listed, **kwargs):
        super().__init__(*args, **kwargs)
        self.listed = {str(row.pk): row for row in listed}
        self.fields["party"].choices = [("", _("Ikke på listen"))] + [(str(row.pk), row.name) for row in listed]

    def sender(self):
        """This will return who the letter is from, for the action."""
        told, row = self.cleaned_data, self.listed.get(self.cleaned_data["party"])
        name = row.name if row else told["name"]
        return {"party": row.party if row else None, "name": name, "sector": told["sector"]}

    def received_at(self):
        """This will return when the letter came."""
        return moment(self.cleaned_data["received_on"], self.cleaned_data["received_hour"] or time(12))


def paragraphs_of(letter):
    """This will return a letter's paragraphs, each proposed as a remark; a very long letter's are joined, and can be divided later."""
    found = [" ".join(part.split()) for part in letter.split("\n\n") if part.strip()]
    size = -(-len(found) // MOST_PARAGRAPHS) or 1
    return ["\n\n".join(found[start : start + size]) for start in range(0, len(found), size)]


class ProposedForm(forms.Form):
    """The proposed remarks: what is one, where it belongs, and what is not a remark."""

    def __init__(self, *args, paragraphs, texts, **kwargs):
        super().__init__(*args, **kwargs)
        self.count = len(paragraphs)
        self.provisions = {row.provision_id: row.provision for row in texts} | {rules.GENERAL: rules.GENERAL, "later": None}
        places = [("skip", _("Ikke en bemærkning")), ("later", _("Vælg senere")), (rules.GENERAL, _("Generelt"))]
        places += [(row.provision_id, f"{row.label} {row.heading}"[:90]) for row in texts]
        for number, text in enumerate(paragraphs):
            self.fields[f"text-{number}"] = PlainText(label=_("Afsnit %(n)s") % {"n": number + 1}, required=False, initial=text)
            self.fields[f"place-{number}"] = forms.ChoiceField(label=_("Hører til"), choices=places, initial="later")

    def rows(self):
        """This will return each text area with its select."""
        return [(self[f"text-{number}"], self[f"place-{number}"]) for number in range(self.count)]

    def remarks(self):
        """This will return (place, text) for the action."""
        told = [(self.cleaned_data[f"place-{n}"], self.cleaned_data[f"text-{n}"]) for n in range(self.count)]
        return [(self.provisions[place], text) for place, text in told if place != "skip" and text.strip()]


class ConcludeForm(forms.Form):
    reason = PlainText(label=_("Hvorfor er nogle svar ikke i notatet?"), required=False)
