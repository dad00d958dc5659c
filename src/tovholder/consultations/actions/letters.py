from django.utils.translation import gettext as _

from tovholder.base.errors import Refused
from tovholder.base.events import record
from tovholder.base.outbox import post
from tovholder.base.rows import hold
from tovholder.base.write import write
from tovholder.consultations import rules
from tovholder.consultations.models import Consultation, ConsultationParty, Response
from tovholder.parties.queries import local_day
from tovholder.parties.rules import check_valid
from tovholder.texts.danish import date_and_time


def put_on_list(consultation, *, parties, by, at):
    """This will add (party or None, name, group, mailbox, obligatory) to the list; those who are there stay as they are."""
    rules.check_may_change(consultation, by=by)
    with write():
        hold(consultation)
        named = set(consultation.list.values_list("name", flat=True))
        known = set(consultation.list.filter(party__isnull=False).values_list("party_id", flat=True))
        added = []
        for party, name, group, mailbox, obligatory in parties:
            name = (name or (party.name if party else "")).strip()[:160]
            if not name:
                raise Refused(_("Skriv, hvem der skal høres."), field="name")
            if party is not None:
                check_valid(party, local_day(at))
            if name in named or (party is not None and party.pk in known):
                continue
            named.add(name)
            added.append(
                ConsultationParty.objects.create(
                    consultation=consultation, party=party, name=name, group=group or "",
                    mailbox=mailbox or (party.mailbox if party else ""), is_obligatory=obligatory,
                )
            )  # fmt: skip
        record("put_on_list", consultation, by=by, at=at, listed=[row.pk for row in added])
    return added


def send_out(consultation, *, address="", by, at):
    """This will send the letter to everyone on the list who has not got it, and return who was asked."""
    rules.check_may_change(consultation, by=by)
    with write():
        hold(consultation)
        waiting = list(consultation.list.filter(asked_at__isnull=True).exclude(mailbox="").order_by("id"))
        if not waiting:
            raise Refused(_("Alle med en hovedpostkasse har fået brevet."))
        for row in waiting:
            subject = f"Høring: {consultation.title}"
            post(consultation, row.mailbox, subject, _letter(consultation, row, address), at=at)
        ConsultationParty.objects.filter(pk__in=[row.pk for row in waiting]).update(asked_at=at)
        Consultation.objects.filter(pk=consultation.pk, sent_at__isnull=True).update(sent_at=at)
        record("consultation_sent_out", consultation, by=by, at=at, listed=[row.pk for row in waiting])
    return waiting


def _letter(consultation, row, address):
    deadline = date_and_time(rules.deadline_for(consultation, row))
    return f"Til {row.name}\n\n{consultation.letter}\n\nSvar senest {deadline}.\n{address}\n"


def remind(consultation, *, address="", by, at):
    """This will remind those who were asked and have not answered in time, and return them; raises Refused when there is nobody."""
    rules.check_may_change(consultation, by=by)
    with write():
        hold(consultation)
        answered = Response.objects.filter(consultation=consultation, state="submitted", listed__isnull=False).values("listed")
        silent = consultation.list.filter(asked_at__isnull=False).exclude(mailbox="").exclude(pk__in=answered).order_by("id")
        silent = [row for row in silent if rules.deadline_for(consultation, row) > at]
        if not silent:
            raise Refused(_("Der er ingen at minde om fristen."))
        for row in silent:
            waiting = f"Vi har ikke fået jeres svar på »{consultation.title}« endnu."
            deadline = date_and_time(rules.deadline_for(consultation, row))
            body = f"Til {row.name}\n\n{waiting} Fristen er {deadline}.\n{address}\n"
            post(consultation, row.mailbox, f"Påmindelse: {consultation.title}", body, at=at)
        ConsultationParty.objects.filter(pk__in=[row.pk for row in silent]).update(reminded_at=at)
        record("reminded", consultation, by=by, at=at, listed=[row.pk for row in silent])
    return silent
