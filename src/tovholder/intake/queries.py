"""Questions about what comes in."""

from django.db.models import Sum
from django.utils.translation import gettext as _

from tovholder.base.models import Event
from tovholder.base.periods import valid_on
from tovholder.base.rows import one
from tovholder.parties.models import User
from tovholder.parties.queries import local_day
from tovholder.texts.personal_data import find_personal_data

from .models import ClaimTries, Contributor, PersonalDataFind, PrivacyNotice, Redaction

SITE = "*"


def notice(notice_id):
    """This will return a privacy notice with its controllers; raises LookupError."""
    return one(PrivacyNotice.objects.select_related("controller").prefetch_related("joint_controllers"), pk=notice_id)


def contributor(contributor_id):
    """This will return a contributor who has not been forgotten; raises LookupError."""
    return one(Contributor.objects.filter(forgotten_at__isnull=True), pk=contributor_id)


def finds_of(subject_id):
    """This will return where the gate saw personal data in a text, in reading order."""
    return PersonalDataFind.objects.filter(subject_id=subject_id).order_by("start")


def redactions_of(subject_id):
    """This will return the redactions of a text without the restricted originals, newest first."""
    return Redaction.objects.filter(subject_id=subject_id).defer("original").order_by("-made_at", "-pk")


def wrong_tries(since):
    """This will count wrong claim codes on the whole site since a moment."""
    return ClaimTries.objects.filter(device=SITE, minute__gte=since).aggregate(n=Sum("wrong"))["n"] or 0


def was_alarmed(since):
    """This will answer whether the alarm about claim codes has sounded since a moment."""
    return Event.objects.filter(kind="claim_alarm", at__gt=since).exists()


def operator_mails(at):
    """This will return the addresses of those who look after the machine."""
    day = local_day(at)
    held = valid_on(day, "person__mandates__")
    return list(User.objects.filter(held, person__mandates__role="operator", is_active=True).values_list("email", flat=True).distinct())


def finds_in(text):
    """This will return what in a text points to a person, as the gate sees it now."""
    return find_personal_data(text)


def mark_of(kind):
    """This will return the mark that stands where something was removed."""
    marks = {
        "cpr": _("[CPR-nummer fjernet]"),
        "phone": _("[telefonnummer fjernet]"),
        "email": _("[mailadresse fjernet]"),
        "address": _("[adresse fjernet]"),
        "other": _("[oplysning fjernet]"),
    }
    return marks.get(kind, _("[navn fjernet]"))


def suspicion_of(kind):
    """This will return the word for what a find looks like."""
    words = {
        "cpr": _("ligner et CPR-nummer"),
        "phone": _("telefonnummer"),
        "email": _("mailadresse"),
        "address": _("adresse"),
        "many": _("mange fra samme telefon"),
        "gate": _("kunne ikke læses af porten"),
    }
    return words.get(kind, _("muligt navn"))


def marked(text, finds):
    """This will return the text as runs, each find with its word, for the moderator and the writer."""
    runs, reached = [], 0
    for find in finds:
        if find.start > reached:
            runs.append((text[reached : find.start], ""))
        runs.append((text[find.start : find.end], suspicion_of(find.kind)))
        reached = find.end
    return [*runs, (text[reached:], "")] if reached < len(text) else runs


def without(text, finds):
    """This will return the text with a mark where each find stood."""
    parts, reached = [], 0
    for find in finds:
        parts += [text[reached : find.start], mark_of(find.kind)]
        reached = find.end
    return "".join([*parts, text[reached:]])
