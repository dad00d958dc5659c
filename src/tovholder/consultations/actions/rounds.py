from django.db.models import Max

from tovholder.base import search
from tovholder.base.events import new_thing, record
from tovholder.base.outbox import post
from tovholder.base.write import write
from tovholder.consultations import queries, rules
from tovholder.consultations.models import Consultation, ConsultationParty
from tovholder.consultations.queries.entries import entries_of_consultations
from tovholder.intake.actions import write_notice
from tovholder.plans.actions import publish_version, seal_version
from tovholder.plans.models import PlanVersion
from tovholder.texts.danish import date_and_time


def open_consultation(
    version, *, title, opens_at, deadline_at, letter, asked_about="", next_steps="", notice=None, notice_words=None,
    accepted_word="imødekommet", by, at,
):  # fmt: skip
    """This will open a round over a version, sealed and published with it; `notice_words` writes the privacy notice too."""
    with write():
        version = PlanVersion.objects.select_for_update(of=("self",)).select_related("plan__owner").get(pk=version.pk)
        rules.check_may_open(version, title=title, letter=letter, opens_at=opens_at, deadline_at=deadline_at, by=by, at=at)
        if version.sealed_at is None:
            seal_version(version, name="Høringsudgave", by=by, at=at)
            version.refresh_from_db()
        if version.published_at is None:
            publish_version(version, by=by, at=at)
        if notice is None:
            notice = write_notice(name=title.strip()[:120], controller=version.plan.owner, **(notice_words or {}), by=by, at=at)
        consultation = Consultation.objects.create(
            thing=new_thing("consultation", at), version=version, title=title.strip(), opens_at=opens_at, deadline_at=deadline_at,
            letter=letter.strip(), asked_about=asked_about.strip(), next_steps=next_steps.strip(), notice=notice,
            accepted_word=accepted_word,
        )  # fmt: skip
        search.keep(entries_of_consultations, [consultation])
        record("consultation_opened", consultation, by=by, at=at, version=version.pk, deadline=deadline_at)
    return consultation


def extend(listed, *, to, reason, by, at):
    """This will give one party more time, and tell it."""
    rules.check_may_extend(listed, to=to, reason=reason, by=by, at=at)
    with write():
        ConsultationParty.objects.filter(pk=listed.pk).update(extended_to=to, extension_reason=reason.strip()[:200])
        if listed.mailbox:
            title, deadline = listed.consultation.title, date_and_time(to)
            body = f"Til {listed.name}\n\nI har fået mere tid til at svare på »{title}«. Jeres frist er nu {deadline}.\n"
            post(listed.consultation, listed.mailbox, f"Ny frist: {listed.consultation.title}", body, at=at)
        record("deadline_extended", listed.consultation, by=by, at=at, listed=listed.pk, to=to)
    listed.extended_to = to
    return listed


def conclude(consultation, *, reason="", by, at):
    """This will conclude a round; raises Refused before the last deadline, or with gaps and no reason."""
    with write():
        consultation = Consultation.objects.select_for_update(of=("self",)).select_related("version__plan__owner").get(pk=consultation.pk)
        even = queries.equation(consultation)
        later = consultation.list.aggregate(last=Max("extended_to"))["last"]
        rules.check_may_conclude(
            consultation, missing=even.received - even.reported, reason=reason, by=by, at=at,
            last_deadline=max(filter(None, (consultation.deadline_at, later))),
        )  # fmt: skip
        consultation.concluded_at, consultation.concluded_reason = at, reason.strip()
        consultation.save(update_fields=["concluded_at", "concluded_reason"])
        search.keep(entries_of_consultations, [consultation])
        record("consultation_concluded", consultation, by=by, at=at, received=even.received, reported=even.reported)
    return consultation
