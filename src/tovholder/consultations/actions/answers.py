from dataclasses import dataclass, field

from django.db.models import Max
from django.utils.translation import gettext as _

from tovholder.base import search
from tovholder.base.errors import Clash, Refused
from tovholder.base.events import new_thing, record
from tovholder.base.outbox import post
from tovholder.base.rows import hold
from tovholder.base.write import write
from tovholder.consultations import rules
from tovholder.consultations.models import Remark, Response
from tovholder.consultations.queries import entries
from tovholder.intake.actions import new_contributor
from tovholder.intake.queries import finds_in
from tovholder.parties.models import Sector

from .signers import add_signers


def begin_response(consultation, *, party=None, name="", sector="", claim_code=None, on_behalf=(), signers_due_at=None, by, at):
    """This will begin a draft for a party, or for a person who gets a code; a party's open draft is given back."""
    with write():
        hold(consultation)
        listed = consultation.list.filter(party=party).first() if party is not None else None
        if party is not None:
            rules.check_may_answer_for(party, by=by, at=at)
            own = Response.objects.filter(consultation=consultation, party=party, state__in=["draft", "submitted"])
            mine = own.order_by("state").first()
            if mine is not None and mine.state == "draft":
                return mine
            if mine is not None:
                raise Refused(_("I har svaret som nr. %(n)s. Træk svaret tilbage, hvis I vil sende et nyt.") % {"n": mine.number})
        else:
            rules.check_name(name, sector, Sector.values)
        rules.check_is_open(consultation, listed, at, is_kept=False)
        contributor = None
        if party is None and claim_code:
            contributor = new_contributor(claim_code, sector=sector, delete_on=consultation.notice.delete_on, at=at)
        response = Response.objects.create(
            thing=new_thing("response", at), consultation=consultation, listed=listed, party=party,
            name=party.name if party else name.strip(), sector=party.kind.sector if party else sector,
            contributor=contributor, written_by=by.person or "",
        )  # fmt: skip
        record("response_begun", response, by=by, at=at, consultation=consultation.pk, party=party.pk if party else None)
        if on_behalf:
            add_signers(response, on_behalf, signers_due_at, at)
    return response


@dataclass
class Saved:
    """What became of the pieces: how many are kept, what stands in the way of the others, and whether the round closed."""

    kept: int = 0
    problems: dict = field(default_factory=dict)
    closed: Refused | None = None


def save_remark(response, *, provision=None, text, revision=None, by, at):
    """This will keep one piece of a draft, also after the round closed; raises Refused when it did, Clash when a colleague was first."""
    row = _keep(response, provision, text, revision, by, at)
    rules.check_is_open(response.consultation, response.listed, at)
    return row


def save_remarks(response, *, pieces, by, at):
    """This will keep every (provision or None, text, revision) that can be kept, and return what stands in the way of the rest."""
    rules.check_may_write_response(response, by=by)
    saved = Saved()
    for provision, text, revision in pieces:
        try:
            _keep(response, provision, text, revision, by, at)
            saved.kept += 1
        except Refused as refusal:
            saved.problems[provision.pk if provision else None] = refusal
    try:
        rules.check_is_open(response.consultation, response.listed, at)
    except Refused as refusal:
        saved.closed = refusal
    return saved


def _keep(response, provision, text, revision, by, at):
    rules.check_remark(text)
    with write():
        response = Response.objects.select_for_update(of=("self",)).get(pk=response.pk)
        rules.check_may_write_response(response, by=by)
        if provision is not None and not response.consultation.version.texts.filter(provision=provision).exists():
            raise Refused(_("Punktet er ikke med i den tekst, der er i høring."))
        row = Remark.objects.filter(response=response, provision=provision).first()
        text = text.strip()
        if (row.text if row else "") == text:
            return row
        if revision is not None and revision != (row.revision if row else 0):
            theirs = row.text if row else ""
            raise Clash(
                _("En kollega har gemt punktet, mens du skrev. Din tekst er her stadig."),
                theirs={"text": theirs, "revision": row.revision if row else 0}, yours={"text": text}, field="text",
            )  # fmt: skip
        if row is None:
            last = response.remarks.aggregate(last=Max("order"))["last"] or 0
            row = Remark(thing=new_thing("remark", at), response=response, provision=provision, order=last + 1)
            row.is_general = provision is None
        if not text:
            row.delete()
            row = None
        else:
            row.text, row.revision = text, row.revision + 1
            row.save()
        record("remark_saved", response, by=by, at=at, provision=provision.pk if provision else None)
    return row


def submit_response(response, *, has_no_remarks=False, pending_political_approval=False, council_meets_on=None, by, at):
    """This will send a draft: it gets a number, passes the personal-data gate and is answered with a receipt."""
    with write():
        response = Response.objects.select_for_update(of=("self",)).select_related("consultation", "party", "listed").get(pk=response.pk)
        places = dict(response.consultation.version.texts.values_list("provision_id", "order"))
        remarks = sorted(response.remarks.all(), key=lambda row: (places.get(row.provision_id, len(places) + 1), row.order))
        rules.check_may_submit(
            response, remarks=remarks, has_no_remarks=has_no_remarks, pending_political_approval=pending_political_approval,
            council_meets_on=council_meets_on, by=by, at=at,
            waiting_signers=[row.party.name for row in response.signers.filter(state="asked").select_related("party")],
        )  # fmt: skip
        response.has_no_remarks, response.pending_political_approval = has_no_remarks, pending_political_approval
        response.council_meets_on = council_meets_on if pending_political_approval else None
        receive(response, remarks, by=by, at=at)
        _send_receipt(response, at)
    return response


def receive(response, remarks, *, received_at=None, by, at):
    """This will number a response, put its remarks in the plan's order and hold back what points to a person."""
    hold(response.consultation)
    last = Response.objects.filter(consultation=response.consultation_id).aggregate(last=Max("number"))["last"] or 0
    response.number, response.state = last + 1, "submitted"
    response.submitted_at, response.registered_at = received_at or at, at
    response.is_late = response.submitted_at >= response.consultation.deadline_at
    for order, remark in enumerate(remarks, 1):
        remark.order = order
    Remark.objects.bulk_update(remarks, ["order"])
    if any(not find.office for remark in remarks for find in finds_in(remark.text)):
        response.held_at = at
    response.save()
    search.keep(entries.entries_of_responses, [response])
    search.keep(entries.entries_of_remarks, entries.found_remarks().filter(response=response))
    record("response_received", response, by=by, at=at, number=response.number, late=response.is_late, held=response.held_at is not None)


def _send_receipt(response, at):
    mailbox = (response.party.mailbox if response.party else "") or (response.listed.mailbox if response.listed else "")
    if not mailbox:
        return
    body = f"Dit svar på »{response.consultation.title}« er modtaget som nr. {response.number}.\n"
    if response.pending_political_approval:
        body += "Vi har taget imod svaret med forbehold for politisk godkendelse. Skriv til os, når byrådet har behandlet det.\n"
    post(response, mailbox, f"Kvittering: {response.consultation.title}", body, at=at)


def withdraw_response(response, *, reason, by, at):
    """This will withdraw a sent response; its number and the reason stay."""
    with write():
        response = Response.objects.select_for_update(of=("self",)).select_related("consultation__version__plan").get(pk=response.pk)
        rules.check_may_withdraw(response, reason=reason, by=by)
        response.state, response.withdrawn_at, response.withdrawn_reason = "withdrawn", at, reason.strip()[:200]
        response.save()
        search.keep(entries.entries_of_responses, [response])
        search.keep(entries.entries_of_remarks, entries.found_remarks().filter(response=response))
        record("response_withdrawn", response, by=by, at=at)
    return response
