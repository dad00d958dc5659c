"""Questions about what comes in."""

from django.db.models import Count, Prefetch, Q, Sum
from django.utils.translation import gettext as _

from tovholder.base.models import Event
from tovholder.base.periods import valid_on
from tovholder.base.rows import one
from tovholder.base.search import Entry
from tovholder.parties import queries as parties
from tovholder.parties.models import User
from tovholder.parties.queries import local_day
from tovholder.parties.rules import WORKING_ROLES
from tovholder.texts.personal_data import find_personal_data
from tovholder.texts.proposals import KnownParty

from .models import ClaimTries, Contributor, Passage, PersonalDataFind, PrivacyNotice, Proposal, Redaction, Source

SITE = "*"
_MARKS = {"cpr": "CPR-nummer", "phone": "telefonnummer", "email": "mailadresse", "address": "adresse"}


def due_contributors(on):
    """This will return everyone whose words are to be cut loose from them by a day."""
    return list(Contributor.objects.filter(delete_on__lte=on, forgotten_at__isnull=True))


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
    """This will return the mark that stands where something was removed; it is part of a Danish text, whoever reads it."""
    return f"[{_MARKS.get(kind, 'navn')} fjernet]"


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


def without_cpr(text):
    """This will return the text with a mark where something like a CPR number stood: those are kept nowhere."""
    return without(text, [find for find in finds_in(text) if find.kind == "cpr"])


def without(text, finds):
    """This will return the text with a mark where each find stood."""
    parts, reached = [], 0
    for find in finds:
        parts += [text[reached : find.start], mark_of(find.kind)]
        reached = find.end
    return "".join([*parts, text[reached:]])


def notices(on):
    """This will return the privacy notices whose deletion day is still to come, the last one first, with their controllers."""
    rows = PrivacyNotice.objects.filter(delete_on__gt=on).select_related("controller").prefetch_related("joint_controllers")
    return rows.order_by("-delete_on", "-pk")


def visible_sources(by):
    """This will return the sources that may be read: they hold personal data, so only by people with a working mandate."""
    return Source.objects.all() if by.parties_as(*WORKING_ROLES) else Source.objects.none()


def sources(by):
    """This will return the sources that may be read with how many proposals each has, the newest first."""
    return (
        visible_sources(by)
        .annotate(open_count=Count("proposals", filter=Q(proposals__state="proposed")), proposal_count=Count("proposals"))
        .order_by("-received_at", "thing_id")
    )


def source(source_id, by):
    """This will return one source; raises LookupError."""
    return one(sources(by), pk=source_id)


def passages_of(found):
    """This will return a source's paragraphs in their order, each with what was proposed from it."""
    proposed = Prefetch("proposals", queryset=Proposal.objects.order_by("start", "id"), to_attr="proposed")
    return Passage.objects.filter(source=found).order_by("number").prefetch_related(proposed)


def proposal(proposal_id, by):
    """This will return one proposal with its place; raises LookupError."""
    return one(Proposal.objects.filter(source__in=sources(by)).select_related("source", "passage"), pk=proposal_id)


def known_parties():
    """This will return every party as the reader knows it, for matching names in documents."""
    return [
        KnownParty(row.name, row.kind_id, row.valid_from, row.valid_until, tuple(filter(None, {row.short_name} - {row.name})))
        for row in parties.known_parties()
    ]


def asked_to_be_told():
    """This will return the people who asked to hear when more happens."""
    return Contributor.objects.filter(forgotten_at__isnull=True).exclude(notify_mail="").order_by("pk")


def entries_of_sources(rows):
    """This will give the search entries of sources and their paragraphs; only those who may read the source can find them."""
    for row in rows:
        gate = {"gate": "source", "gate_thing": row.pk, "at": row.received_at}
        yield Entry(row.pk, "source", row.title, row.filename if row.filename != row.title else "", **gate)
        for passage in row.passages.all():
            if passage.text.strip():
                yield Entry(row.pk, "passage", "", passage.text, part=str(passage.number), home=row.pk, **gate)


def searchable():
    """This will return every kind of thing here that can be found, with the function that gives its entries."""
    passages = Prefetch("passages", Passage.objects.order_by("number"))
    return [(Source.objects.prefetch_related(passages), entries_of_sources)]
