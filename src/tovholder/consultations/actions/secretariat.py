from tovholder.base.events import new_thing, record
from tovholder.base.outbox import post
from tovholder.base.write import write
from tovholder.consultations import rules
from tovholder.consultations.models import Remark, Response
from tovholder.parties.models import Sector

from .answers import receive


def type_in_response(consultation, *, name="", party=None, sector="", received_at, letter="", channel="letter", remarks=(), by, at):
    """This will store a response that came by letter or mail; each remark is (provision, None = not placed yet or "general", text)."""
    remarks = [(place, text.strip()) for place, text in remarks if text.strip()]
    name = (party.name if party else name).strip()[:160]
    rules.check_may_type_in(consultation, name=name, received_at=received_at, letter=letter, remarks=remarks, by=by, at=at)
    with write():
        listed = consultation.list.filter(party=party).first() if party is not None else consultation.list.filter(name=name).first()
        response = Response.objects.create(
            thing=new_thing("response", at), consultation=consultation, listed=listed, party=party, name=name, channel=channel,
            sector=party.kind.sector if party else (sector or Sector.OTHER), letter=letter, has_no_remarks=not remarks,
            written_by=by.person or "",
        )  # fmt: skip
        rows = []
        for order, (place, text) in enumerate(remarks, 1):
            is_general = place == rules.GENERAL
            rows.append(
                Remark.objects.create(
                    thing=new_thing("remark", at), response=response, provision=None if is_general else place, is_general=is_general,
                    order=order, text=text,
                )
            )  # fmt: skip
        receive(response, rows, received_at=received_at, by=by, at=at)
    return response


def ask_to_be_included(response, *, by, at):
    """This will tell the secretariat that a draft was not sent in time and asks to be included."""
    with write():
        rules.check_may_write_response(response, by=by)
        if response.asked_in_at is None:
            Response.objects.filter(pk=response.pk).update(asked_in_at=at)
            owner = response.consultation.version.plan.owner
            if owner.mailbox:
                body = f"{response.name} nåede ikke fristen i »{response.consultation.title}« og beder om at få svaret med.\n"
                post(response, owner.mailbox, "Beder om at få et svar med", body, at=at)
            record("asked_to_be_included", response, by=by, at=at)
