"""What planners and coordinators write about conferences, theme groups and themes."""

import re
from datetime import datetime, time

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tovholder.dialogue import queries
from tovholder.parties.queries import sectors
from tovholder.web.parties.forms import DanishDateField, written_day

_MOMENT = re.compile(r"(?P<day>.+?)[\s,]+(?:kl\.?\s*)?(?P<hour>\d{1,2})(?:[.:](?P<minute>\d{2}))?", re.IGNORECASE)


class DanishMomentField(forms.CharField):
    """A day and a time as people write them: 24. november 2026 kl. 9.30 or 24-11-2026 9:30."""

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        found = _MOMENT.fullmatch(text.strip())
        if found is None:
            raise forms.ValidationError(_("Skriv både dag og klokkeslæt, fx 24. november 2026 kl. 9.30."))
        day = written_day(found["day"].rstrip(" ,"))
        try:
            clock = time(int(found["hour"]), int(found["minute"] or 0))
        except ValueError as error:
            raise forms.ValidationError(_("Klokkeslættet findes ikke. Skriv fx kl. 9.30.")) from error
        return timezone.make_aware(datetime.combine(day, clock))

    def prepare_value(self, value):
        return f"{timezone.localtime(value):%d-%m-%Y kl. %H.%M}" if hasattr(value, "strftime") else value


class OneOf(forms.ChoiceField):
    """A choice among known objects; the answer is the object itself."""

    def __init__(self, objects=(), *, empty="", name="name", **more):
        super().__init__(**more)
        self.empty = empty
        self.offer(objects, name=name)

    def offer(self, objects, *, name="name"):
        """This will set which objects may be chosen."""
        self.objects = {str(row.pk): row for row in objects}
        first = [] if self.required and len(self.objects) == 1 else [("", self.empty or _("Vælg"))]
        self.choices = first + [(key, getattr(row, name)) for key, row in self.objects.items()]

    def clean(self, value):
        return self.objects.get(super().clean(value))

    def prepare_value(self, value):
        return getattr(value, "pk", value)


class Asking(forms.Form):
    """A form that asks in the tone of the house; what is too long or clashes is answered by the action's rule."""

    use_required_attribute = False
    offers = ()

    def __init__(self, *args, **kwargs):
        offered = {name: kwargs.pop(name) for name in self.offers if name in kwargs}
        super().__init__(*args, **kwargs)
        for name, objects in offered.items():
            field = self.fields[name]
            field.offer(objects) if isinstance(field, OneOf) else setattr(field, "choices", objects)
        for field in self.fields.values():
            field.error_messages |= {
                "required": _("Udfyld »%(label)s«.") % {"label": field.label},
                "invalid_choice": _("Vælg noget på listen."),
            }


def line(label, *, required=True, hint="", initial=None):
    """This will make a field for one line of text."""
    return forms.CharField(label=label, required=required, help_text=hint, initial=initial)


def text(label, *, required=False, hint="", rows=5):
    """This will make a field for several lines of text."""
    return forms.CharField(label=label, required=required, help_text=hint, widget=forms.Textarea(attrs={"rows": rows}))


def moment(label, *, required=True, hint=""):
    """This will make a field for a day with its time."""
    return DanishMomentField(label=label, required=required, help_text=hint or _("Fx 24. november 2026 kl. 9.30"))


def day(label, *, required=True, hint=""):
    """This will make a field for a day."""
    return DanishDateField(label=label, required=required, help_text=hint or _("Fx 24. november 2026"))


class SeriesForm(Asking):
    offers = ("organiser",)
    name = line(_("Rækkens navn"), hint=_("Fx Den årlige dialogkonference"))
    organiser = OneOf(label=_("Arrangør"))
    purpose = text(_("Hvorfor holder I den?"))
    decision = text(_("Hvad er besluttet?"), hint=_("Hvem besluttede hvad, og hvornår?"), rows=3)
    source = text(_("Kilde"), hint=_("Fx referat, pkt. 7, 12. maj 2025"), rows=2)


class ConferenceForm(Asking):
    """The day, the input and what people are told before they write."""

    offers = ("organiser", "series", "controller")
    title = line(_("Konferencens navn"))
    motto = line(_("Motto"), required=False)
    organiser = OneOf(label=_("Arrangør"))
    series = OneOf(label=_("Række"), required=False, empty=_("Ikke en del af en række"))
    venue = line(_("Sted"))
    starts_at = moment(_("Begynder"))
    ends_at = moment(_("Slutter"))
    short_code = line(_("Kort kode"), hint=_("Står på skærmen og under QR-koden. Fx syd26"))
    input_opens_at = moment(_("Åbner for input"), required=False, hint=_("Lad feltet stå tomt, hvis I ikke tager imod input."))
    input_closes_at = moment(_("Lukker for input"), required=False)
    controller = OneOf(label=_("Dataansvarlig"), required=False)
    purpose = text(_("Hvad bruger I folks ord til?"), rows=3)
    legal_basis = text(_("På hvilket retsgrundlag?"), rows=2)
    delete_on = day(_("Slettes den"), required=False)
    contact_role = line(_("Hvem kan man spørge?"), required=False, hint=_("Skriv en rolle, ikke et navn. Fx databeskyttelsesrådgiveren"))
    contact_mail = forms.EmailField(
        label=_("Mail"), required=False, error_messages={"invalid": _("Mailadressen mangler noget. Fx post@example.dk")}
    )
    contact_phone = line(_("Telefon"), required=False)
    introduction = text(_("Kort om konferencen"))
    invited = text(_("Inviterede"), hint=_("Grupper, ikke personer. Fx borgmestre, sygehusledelser og praktiserende læger"), rows=3)
    facts = text(_("Fakta"), hint=_("Én oplysning på hver linje"))
    source = text(_("Kilde"), rows=2)
    afterwards = text(_("Det videre arbejde"), hint=_("Skriv det, når I ved, hvad der sker med input."))

    _notice = ("controller", "purpose", "legal_basis", "delete_on", "contact_role", "contact_mail", "contact_phone")
    day_fields = ("title", "motto", "organiser", "series", "venue", "starts_at", "ends_at", "short_code")
    input_fields = ("input_opens_at", "input_closes_at")
    page_fields = ("introduction", "invited", "facts", "source", "afterwards")

    def fields_named(self, names):
        """This will return the bound fields with these names that the form has."""
        return [self[name] for name in names if name in self.fields]

    @property
    def day_part(self):
        return self.fields_named(self.day_fields)

    @property
    def input_part(self):
        return self.fields_named(self.input_fields)

    @property
    def notice_part(self):
        return self.fields_named(self._notice)

    @property
    def page_part(self):
        return self.fields_named(self.page_fields)

    def clean(self):
        found = super().clean()
        notice = {name: found.pop(name, "") for name in self._notice}
        told = any(notice[name] for name in ("purpose", "legal_basis", "delete_on", "contact_role"))
        for name in ("controller", "delete_on"):
            if told and not notice[name] and name not in self.errors:
                self.add_error(name, _("Udfyld »%(label)s«.") % {"label": self.fields[name].label})
        return found | {"notice_words": notice if told else None}


class ProgrammeItemForm(Asking):
    offers = ("kind",)
    title = line(_("Punktets navn"))
    kind = forms.ChoiceField(label=_("Slags"))
    starts_at = moment(_("Begynder"))
    speakers = line(_("Hvem taler?"), required=False, hint=_("Navn og rolle, adskilt af semikolon"))
    film_address = line(_("Filmens adresse"), required=False, hint=_("Fx https://example.dk/film"))
    film_text = text(_("Det, man ser og hører i filmen"), hint=_("Skal med, når der er en film."))


class QuestionForm(Asking):
    text = text(_("Spørgsmål"), required=True, hint=_("Højst 300 tegn. Et spørgsmål kan ikke rettes, når nogen har svaret."), rows=3)
    closes_at = moment(_("Lukker"), required=False, hint=_("Lad feltet stå tomt, hvis spørgsmålet følger konferencen."))


class GroupQuestionForm(Asking):
    text = text(_("Spørgsmål"), required=True, hint=_("Højst 300 tegn"), rows=3)


class GroupForm(Asking):
    offers = ("host",)
    name = line(_("Temagruppens navn"))
    host = OneOf(label=_("Vært"), help_text=_("Den part, der koordinerer gruppen"))
    overarching_theme = line(_("Overligger"), required=False, hint=_("Fx ulighed i sundhed"))
    motto = line(_("Motto"), required=False)
    purpose = text(_("Formål"))
    target_group = text(_("Målgruppe"))
    background = text(_("Baggrund"))
    source = text(_("Kilde"), rows=2)


class PauseForm(Asking):
    on = day(_("Fra hvilken dag?"))
    reason = text(_("Hvorfor?"), required=True, hint=_("Medlemmerne og alle andre kan læse det."), rows=3)


class ResumeForm(Asking):
    on = day(_("Fra hvilken dag?"))
    reason = text(_("Er der noget, medlemmerne skal vide?"), rows=3)


class MemberForm(Asking):
    offers = ("party",)
    party = OneOf(label=_("Part"))
    role_title = line(_("Rolle i gruppen"), required=False, hint=_("Fx sundhedsplanlægger"))
    themes = line(_("Særligt optaget af"), required=False)
    valid_from = day(_("Med fra"), required=False, hint=_("Tomt felt betyder i dag"))
    valid_until = day(_("Første dag uden"), required=False, hint=_("Tomt felt betyder indtil videre"))
    is_contact = forms.BooleanField(label=_("Vis rollen som kontakt på gruppens side"), required=False)


class EndForm(Asking):
    on = day(_("Første dag uden"))


class TopicForm(Asking):
    offers = ("party",)
    text = text(_("Emne"), required=True, hint=_("Højst 300 tegn"), rows=3)
    party = OneOf(label=_("Foreslås af"))


class ExperienceForm(Asking):
    offers = ("party",)
    kind = forms.ChoiceField(
        label=_("Hvordan gik det?"), widget=forms.RadioSelect,
        choices=[("good_experience", _("Det fungerede")), ("bad_experience", _("Det fungerede mindre godt"))],
    )  # fmt: skip
    text = text(_("Hvad har I lært?"), required=True, hint=_("Højst 1.000 tegn. Skriv ikke navne, telefonnumre eller CPR-numre."))
    party = OneOf(label=_("Fortælles af"))


class MeetingForm(Asking):
    title = line(_("Mødets navn"))
    place = line(_("Sted"), required=False)
    starts_at = moment(_("Begynder"))
    ends_at = moment(_("Slutter"))


class AgendaItemForm(Asking):
    offers = ("kind", "topic")
    title = line(_("Punktets navn"))
    kind = forms.ChoiceField(label=_("Slags"))
    topic = OneOf(label=_("Emne fra listen"), required=False, empty=_("Intet emne"))
    concerns = forms.MultipleChoiceField(
        label=_("Hvem angår det?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Krydserne afgør, hvem mødet inviterer. Uden kryds inviteres ingen særligt for punktet."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["concerns"].choices = sectors()


class MinutesForm(Asking):
    """The minutes, and one field for each agenda item's decision."""

    minutes = text(_("Referat"), rows=8)

    def __init__(self, *args, agenda, **kwargs):
        super().__init__(*args, **kwargs)
        self.numbers = [item.number for item in agenda]
        for item in agenda:
            label = _("%(n)s %(title)s – hvad besluttede I?") % {"n": item.number, "title": item.title}
            self.fields[f"decision_{item.number}"] = text(label, rows=2)
            self.initial.setdefault(f"decision_{item.number}", item.decision)

    def clean(self):
        found = super().clean()
        return {"minutes": found.get("minutes", ""), "decisions": {n: found.get(f"decision_{n}", "") for n in self.numbers}}


class ThemeForm(Asking):
    name = line(_("Temaets navn"), hint=_("Kort og konkret, fx »Besked, før man går ud ad døren«"))
    description = text(_("Hvad handler det om?"), rows=3)


class SaidForm(forms.Form):
    """Narrows what was said at a conference; lives in the address."""

    spoergsmaal = forms.ChoiceField(label=_("Spørgsmål"), required=False)
    slags = forms.ChoiceField(label=_("Slags"), required=False)
    sektor = forms.ChoiceField(label=_("Hvem siger det?"), required=False)

    def __init__(self, *args, questions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["spoergsmaal"].choices = [("", _("Alle spørgsmål")), *((row.pk, f"{row.number}. {row.text}"[:90]) for row in questions)]
        self.fields["slags"].choices = [("", _("Alle slags")), *queries.statement_kinds()]
        self.fields["sektor"].choices = [("", _("Alle")), *sectors()]
