from django.utils.translation import gettext as _

from tovholder.base.errors import Refused
from tovholder.base.events import record
from tovholder.base.outbox import post
from tovholder.base.write import write
from tovholder.consultations import rules
from tovholder.consultations.models import Response, Signer
from tovholder.parties.queries import local_day
from tovholder.parties.rules import check_valid
from tovholder.texts.danish import date_and_time


def add_signers(response, parties, due_at, at):
    """This will ask parties to stand behind a joint response, inside the caller's write."""
    if due_at is not None and due_at <= at:
        raise Refused(_("Den interne frist er gået. Vælg et senere tidspunkt."), field="due_on")
    known = set(response.signers.values_list("party_id", flat=True))
    added = []
    for party in parties:
        check_valid(party, local_day(at))
        if party.pk not in known and party.pk != response.party_id:
            added.append(Signer.objects.create(response=response, party=party))
    if due_at is not None:
        response.signers_due_at = due_at
        Response.objects.filter(pk=response.pk).update(signers_due_at=due_at)
    for row in added:
        if row.party.mailbox:
            due = f" senest {date_and_time(response.signers_due_at)}" if response.signers_due_at else ""
            joint = f"{response.name} skriver et fælles svar på »{response.consultation.title}«."
            body = f"Til {row.party.name}\n\n{joint} Svar{due}, om I er med.\n"
            post(response, row.party.mailbox, f"Fælles svar: {response.consultation.title}", body, at=at)
    return added


def ask_signers(response, *, parties, due_at, by, at):
    """This will ask more parties to stand behind a joint response, with an internal deadline."""
    rules.check_may_write_response(response, by=by)
    with write():
        added = add_signers(response, parties, due_at, at)
        record("signers_asked", response, by=by, at=at, parties=[row.party_id for row in added], due=due_at)
    return added


def answer_as_signer(signer, *, approves, by, at):
    """This will say whether a party stands behind a joint response."""
    with write():
        signer = Signer.objects.select_for_update(of=("self",)).select_related("response", "party").get(pk=signer.pk)
        state = "approved" if approves else "opted_out"
        rules.check_may_sign(signer, state=state, by=by, at=at)
        signer.state, signer.answered_at = state, at
        signer.save()
        record("signer_answered", signer.response, by=by, at=at, party=signer.party_id, state=state)
    return signer


def close_signers(response, *, by, at):
    """This will count those who did not answer by the internal deadline as tacit, and return how many."""
    rules.check_may_close_signers(response, by=by, at=at)
    with write():
        tacit = Signer.objects.filter(response=response, state="asked").update(state="tacit", answered_at=at)
        record("signers_closed", response, by=by, at=at, tacit=tacit)
    return tacit
