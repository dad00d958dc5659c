"""Verbs about what comes in: notices, contributors, claim codes, the gate, redaction and sources."""

import hashlib
from datetime import date, timedelta

from django.db import IntegrityError
from django.db.models import F, Subquery
from django.utils.translation import gettext as _

from tovholder.base import search
from tovholder.base.by import SYSTEM, By
from tovholder.base.errors import Refused
from tovholder.base.events import new_thing, record
from tovholder.base.keys import keyed_digest
from tovholder.base.outbox import post
from tovholder.base.write import write
from tovholder.texts import code_words

from . import queries, rules
from .models import ClaimTries, Contributor, Passage, PersonalDataFind, PrivacyNotice, Proposal, Redaction, Source


def write_notice(
    *, name, controller, purpose, legal_basis, delete_on, contact_role, joint_controllers=(), joint_arrangement="",
    contact_mail="", contact_phone="", by, at,
):  # fmt: skip
    """This will store what people are told before the first field; raises Refused without a mandate or when something is left out."""
    rules.check_may_write_notice(controller, by)
    rules.check_notice(name=name, purpose=purpose, legal_basis=legal_basis, contact_role=contact_role)
    with write():
        notice = PrivacyNotice.objects.create(
            name=name, controller=controller, joint_arrangement=joint_arrangement, purpose=purpose, legal_basis=legal_basis,
            delete_on=delete_on, contact_role=contact_role, contact_mail=contact_mail, contact_phone=contact_phone,
        )  # fmt: skip
        notice.joint_controllers.set(joint_controllers)
        record("notice_written", controller, by=by, at=at, notice=notice.pk)
    return notice


def claim_digest(code):
    """This will return what is kept of a claim code: an HMAC whose key lies outside the database."""
    return keyed_digest("claim", code)


def new_contributor(claim_code, *, delete_on, sector="", thing=None, at):
    """This will store someone who said something without an account; the code itself is not kept."""
    with write():
        return Contributor.objects.create(
            thing=thing or new_thing("contributor", at), claim=claim_digest(claim_code), sector=sector, delete_on=delete_on
        )


def claim(typed_code, *, device, at):
    """This will return the contributor a code leads to; raises one and the same Refused for every other code, TooMany within a second."""
    found = find_by_code(typed_code, device=device, at=at)
    with write():
        record("claimed", found, by=By(device=device, contributor=found.pk), at=at)
    return found


def find_by_code(typed_code, *, device, at):
    """This will return the contributor a code leads to, without an event of its own; raises as `claim` does."""
    code = code_words.normalise(typed_code or "") or ""
    last = ClaimTries.objects.filter(device=device or "").order_by("-last_at").values_list("last_at", flat=True)[:1]
    known = Contributor.objects.filter(claim=claim_digest(code), forgotten_at__isnull=True)
    found = known.annotate(last_wrong_at=Subquery(last)).first()
    rules.check_pause(found.last_wrong_at if found else last.first(), at)
    if found:
        return found
    _count_wrong(device, at)
    raise rules.unknown_code()


def _count_wrong(device, at):
    minute = at.replace(second=0, microsecond=0)
    with write():
        for name in filter(None, (device, queries.SITE)):
            row, made = ClaimTries.objects.get_or_create(device=name, minute=minute, defaults={"wrong": 1, "last_at": at})
            if not made:
                ClaimTries.objects.filter(pk=row.pk).update(wrong=F("wrong") + 1, last_at=at)
        if queries.wrong_tries(minute) > rules.SITE_BUDGET and not queries.was_alarmed(at - rules.ALARM_PAUSE):
            _alarm(at)


def _alarm(at):
    alarm = new_thing("claim_alarm", at)
    record("claim_alarm", alarm, by=SYSTEM, at=at)
    for mail in queries.operator_mails(at):
        post(
            alarm,
            mail,
            "Mange forkerte koder",
            f"Der er tastet over {rules.SITE_BUDGET} forkerte koder på et minut. Ingen er lukket ude. Se i loggen, om nogen gætter.",
            at=at,
        )


def forget_contributor(contributor, *, by, at):
    """This will cut what leads from the words to the person; the words stay. Raises Refused for anyone else."""
    rules.check_may_forget(contributor, by)
    with write():
        Contributor.objects.filter(pk=contributor.pk).update(claim=None, sector="", notify_mail="", forgotten_at=at)
        record("forgotten", contributor, by=by, at=at, fields=["claim", "sector", "notify_mail"])


def ask_to_be_told(contributor, *, mail, by, at):
    """This will keep an address until the person has been told what came of it; raises Refused for anyone else or a wrong address."""
    rules.check_may_forget(contributor, by)
    rules.check_mail(mail)
    with write():
        Contributor.objects.filter(pk=contributor.pk).update(notify_mail=mail)
        record("asked_to_be_told", contributor, by=by, at=at)


def note_told(contributor, *, steps, mail_sent, by, at):
    """This will keep how far a person's threads had come when we last looked, and that the person was told."""
    with write():
        told_at = at if mail_sent else contributor.told_at
        Contributor.objects.filter(pk=contributor.pk).update(told_steps=steps, told_at=told_at)
        if mail_sent:
            record("told_back", contributor, by=by, at=at, steps=steps)


def note_finds(subject, text, *, at):
    """This will keep where the gate sees personal data in a text, and return how many places."""
    finds = queries.finds_in(text)
    subject_id = getattr(subject, "thing_id", None) or subject.pk
    with write():
        PersonalDataFind.objects.filter(subject_id=subject_id).delete()
        PersonalDataFind.objects.bulk_create(
            PersonalDataFind(subject_id=subject_id, kind=find.kind, start=find.start, end=find.end) for find in finds
        )
    return len(finds)


def redact(subject_thing, *, original, reason, delete_original_on, by, at):
    """This will keep the restricted original of a text that is shown redacted, until its date."""
    with write():
        redaction = Redaction.objects.create(
            subject_id=getattr(subject_thing, "thing_id", None) or subject_thing.pk,
            reason=reason, original=original, delete_original_on=delete_original_on, made_at=at, made_by=by.person or "",
        )  # fmt: skip
        record("redacted", subject_thing, by=by, at=at, redaction=redaction.pk)
    return redaction


def take_back_redaction(subject_thing, *, by, at):
    """This will drop the newest redaction of a text and return the original; None when there is none."""
    with write():
        redaction = Redaction.objects.filter(subject_id=subject_thing.pk).order_by("-made_at", "-pk").first()
        if redaction is None:
            return None
        original = redaction.original
        redaction.delete()
        record("redaction_taken_back", subject_thing, by=by, at=at)
    return original


def read_original(subject_thing, *, because, by, at):
    """This will return the restricted original of a redacted text and record who read it and why; raises Refused without a reason."""
    rules.check_reason_to_read(because)
    with write():
        redaction = Redaction.objects.filter(subject_id=subject_thing.pk).exclude(original="").order_by("made_at").first()
        if redaction is None:
            raise LookupError("no original")
        record("original_read", subject_thing, by=by, at=at, redaction=redaction.pk, because=because)
    return redaction.original


def erase_due_originals(*, on, by, at):
    """This will blank the restricted originals whose day has come, and return how many."""
    with write():
        due = list(Redaction.objects.filter(delete_original_on__lte=on).exclude(original=""))
        for redaction in due:
            Redaction.objects.filter(pk=redaction.pk).update(original="")
            record("original_erased", redaction.subject, by=by, at=at, redaction=redaction.pk)
    return len(due)


def erase_old_tries(*, by, at):
    """This will delete yesterday's counts of wrong codes, and return how many."""
    with write():
        return ClaimTries.objects.filter(minute__lt=at - timedelta(days=1)).delete()[0]


def take_in(*, filename, content, title, format, paragraphs, proposals, notices=(), received_from=None, by, at):
    """This will keep a document as a source with its paragraphs and what a reader proposes; the same file is kept once."""
    rules.check_may_take_in(by=by)
    digest = hashlib.sha256(content).hexdigest()
    known = Source.objects.filter(digest=digest).first()
    if known is not None:
        return known
    try:
        return _keep_source(digest, filename, title, format, paragraphs, proposals, notices, received_from, by, at)
    except IntegrityError:
        # Someone handed in the same file in the same moment.
        return Source.objects.get(digest=digest)


def _keep_source(digest, filename, title, format, paragraphs, proposals, notices, received_from, by, at):
    with write():
        source = Source.objects.create(
            thing=new_thing("source", at), title=(title or filename)[:200], filename=filename[:200], format=format, digest=digest,
            document_date=_published(proposals), received_from=received_from, received_at=at, notices=list(notices),
        )  # fmt: skip
        rows = [
            Passage(
                source=source, number=one["number"], text=one["text"].replace("\x00", ""), style=one["style"][:40], place=one["place"][:60]
            )
            for one in paragraphs
        ]
        lines = {one["line"]: row for one, row in zip(paragraphs, Passage.objects.bulk_create(rows), strict=True) if one["line"]}
        Proposal.objects.bulk_create(
            Proposal(
                source=source, passage=lines[one["paragraph"]], kind=one["kind"], start=one["start"], end=one["end"], value=one["value"]
            )
            for one in proposals
            if one["kind"] != "page_furniture"
        )
        search.keep(queries.entries_of_sources, Source.objects.filter(pk=source.pk))
        record("source_taken_in", source, by=by, at=at, digest=digest, paragraphs=len(rows))
    return source


def _published(proposals):
    days = {one["value"]["kind"]: one["value"]["on"] for one in proposals if one["kind"] == "dates"}
    found = days.get("published") or days.get("created")
    return date.fromisoformat(found) if found else None


def decide_proposal(proposal, *, state, result=None, by, at):
    """This will confirm or decline what the reader saw, and keep what it became."""
    rules.check_may_take_in(by=by)
    if state not in (Proposal.State.CONFIRMED, Proposal.State.DECLINED):
        raise Refused(_("Vælg, om forslaget passer eller ej."))
    with write():
        Proposal.objects.filter(pk=proposal.pk).update(state=state, decided_at=at, decided_by=by.person or "", result_id=result)
        record("proposal_decided", proposal.source, by=by, at=at, state=state, proposal_kind=proposal.kind)
