"""What people write about a consultation. Every text that is refused stays in its field."""

import hashlib
from datetime import datetime, time

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tovholder.parties.queries import sectors
from tovholder.web.parties.forms import DanishDateField

GENERAL = "generelt"


def refuse(form, refusal):
    """This will put a refusal's sentence where the person must look."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    return form


def moment(day, hour):
    """This will join a day and a time of day as they are written, in Danish time."""
    return timezone.make_aware(datetime.combine(day, hour))


class HourField(forms.CharField):
    """A time of day as people write it: 12, 12.00 or 12:00."""

    def clean(self, value):
        text = super().clean(value).lower().removeprefix("kl.").strip().replace(":", ".")
        if not text:
            return None
        hour, _point, minute = text.partition(".")
        try:
            return time(int(hour), int(minute or 0))
        except ValueError as error:
            raise forms.ValidationError(_("Skriv klokkeslættet som 12.00.")) from error

    def prepare_value(self, value):
        return value.strftime("%H.%M") if hasattr(value, "strftime") else value


class PlainText(forms.CharField):
    """A text whose line ends are one sign, so that the same words are the same text."""

    widget = forms.Textarea

    def to_python(self, value):
        return super().to_python((value or "").replace("\r\n", "\n"))


class OpenForm(forms.Form):
    title = forms.CharField(label=_("Høringens navn"), max_length=160)
    opens_on = DanishDateField(label=_("Åbner"), help_text=_("Fx 24-11-2026"))
    deadline_on = DanishDateField(label=_("Frist for svar"), help_text=_("Fx 11-12-2026"))
    deadline_hour = HourField(label=_("Klokkeslæt"), initial="12.00", max_length=10)
    letter = PlainText(label=_("Høringsbrev"), help_text=_("Hvorfor spørger I, og hvad er det, I sender ud?"))
    asked_about = PlainText(label=_("Hvad vil I især gerne høre om?"), required=False)
    next_steps = PlainText(
        label=_("Hvad sker der bagefter?"), required=False, help_text=_("Ét skridt pr. linje, fx »25. januar: Regionsrådet beslutter«")
    )
    accepted_word = forms.ChoiceField(
        label=_("Ord for et ja"), choices=[("imødekommet", _("Imødekommet")), ("medtaget", _("Medtaget"))], initial="imødekommet"
    )
    purpose = forms.CharField(label=_("Hvad bruger I svarene til?"), max_length=400)
    legal_basis = forms.CharField(label=_("Retsgrundlag"), max_length=400)
    delete_on = DanishDateField(label=_("Slettes senest"), help_text=_("Fx 31-12-2031"))
    contact_role = forms.CharField(label=_("Hvem svarer på spørgsmål?"), max_length=120)
    contact_mail = forms.EmailField(label=_("Mail til spørgsmål"), required=False)

    NOTICE = ("purpose", "legal_basis", "delete_on", "contact_role", "contact_mail")

    def words(self):
        """This will return what the action needs."""
        told = self.cleaned_data
        return {
            **{name: told[name] for name in ("title", "letter", "asked_about", "next_steps", "accepted_word")},
            "opens_at": moment(told["opens_on"], time(0)),
            "deadline_at": moment(told["deadline_on"], told["deadline_hour"] or time(12)),
            "notice_words": {name: told[name] for name in self.NOTICE},
        }


class GuestForm(forms.Form):
    name = forms.CharField(label=_("Dit navn eller jeres organisation"), max_length=160)
    sector = forms.ChoiceField(label=_("Jeg svarer som"), widget=forms.RadioSelect, choices=sectors)


class CodeForm(forms.Form):
    code = forms.CharField(label=_("Din kode"), max_length=200, help_text=_("De fem ord, du fik, da du begyndte"))


def digest(text):
    """This will return a short mark of a text, to tell whether the person has touched it."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class PiecesForm(forms.Form):
    """One text area for each provision and one for the rest; only what the person has touched is sent on."""

    def __init__(self, *args, texts, remarks, **kwargs):
        super().__init__(*args, **kwargs)
        self.provisions = {row.provision_id: row.provision for row in texts} | {GENERAL: None}
        kept = {remark.provision_id or GENERAL: remark for remark in remarks}
        for key in self.provisions:
            row = kept.get(key)
            text = row.text if row else ""
            self.fields[f"t-{key}"] = PlainText(label=_("Jeres bemærkning"), required=False, initial=text)
            self.fields[f"r-{key}"] = forms.CharField(
                required=False, widget=forms.HiddenInput, initial=f"{row.revision if row else 0}-{digest(text)}"
            )

    def piece(self, key):
        """This will return a provision's text area and its hidden mark."""
        return self[f"t-{key}"], self[f"r-{key}"]

    def touched(self):
        """This will return (provision or None, text, revision) of what the person has changed."""
        pieces = []
        for key, provision in self.provisions.items():
            text = self.cleaned_data[f"t-{key}"].strip()
            revision, _dash, mark = self.cleaned_data[f"r-{key}"].partition("-")
            if digest(text) != mark:
                pieces.append((provision, text, int(revision) if revision.isdigit() else 0))
        return pieces

    def tell(self, problems):
        """This will put what stands in the way at its field; a clash also renews the mark, so that a second save replaces."""
        self.data = self.data.copy()
        for provision_id, refusal in problems.items():
            key = provision_id or GENERAL
            self.add_error(f"t-{key}", str(refusal))
            theirs = getattr(refusal, "theirs", None)
            if theirs:
                self[f"t-{key}"].help_text = _("Kollegaen skrev: »%(text)s«") % {"text": theirs["text"]}
                self.data[f"r-{key}"] = f"{theirs['revision']}-{digest(theirs['text'])}"


class SendForm(forms.Form):
    has_no_remarks = forms.BooleanField(label=_("Vi har ingen bemærkninger"), required=False)
    pending_political_approval = forms.BooleanField(label=_("Svaret er afgivet med forbehold for politisk godkendelse"), required=False)
    council_meets_on = DanishDateField(label=_("Hvornår behandler byrådet svaret?"), required=False, help_text=_("Fx 08-12-2026"))


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Hvorfor?"), max_length=200)


class SignersForm(forms.Form):
    parties = forms.MultipleChoiceField(label=_("Hvem svarer I på vegne af?"), widget=forms.CheckboxSelectMultiple)
    due_on = DanishDateField(label=_("Intern frist"), help_text=_("Tavshed tæller som accept efter fristen. Fx 04-12-2026"))

    def __init__(self, *args, parties, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parties"].choices = [(party.pk, party.name) for party in parties]
