"""Letters wait here inside the transaction that caused them; a job sends them after it. They are in Danish, whoever caused them."""

import secrets

from django.db.models import F, Min

from .models import OutboxMail


def post(about, recipient, subject, body, *, at):
    """This will put one letter to one recipient in the outbox, with a message id that never changes."""
    clean = " ".join(subject.split())
    return OutboxMail.objects.create(
        created_at=at,
        about_id=getattr(about, "thing_id", None) or about.pk,
        recipient=recipient,
        subject=clean[:200],
        body=body,
        message_id=f"<{secrets.token_hex(16)}@tovholder>",
    )


def waiting(limit=50):
    """This will return the letters that have not left, the oldest first."""
    return list(OutboxMail.objects.filter(sent_at__isnull=True, attempts__lt=10).order_by("created_at", "id")[:limit])


def mark_sent(letter, *, at):
    """This will note that a letter has left."""
    OutboxMail.objects.filter(pk=letter.pk).update(sent_at=at, attempts=F("attempts") + 1)


def mark_failed(letter):
    """This will note that a letter could not leave now; it is tried again."""
    OutboxMail.objects.filter(pk=letter.pk).update(attempts=F("attempts") + 1)


def blank_sent(*, before):
    """This will blank the words and address of letters that left before a moment, and return how many."""
    old = OutboxMail.objects.filter(sent_at__lt=before).exclude(body="")
    return old.update(body="", recipient="slettet@example.invalid")


def oldest_waiting():
    """This will return when the oldest waiting letter was written, or None."""
    return OutboxMail.objects.filter(sent_at__isnull=True, attempts__lt=10).aggregate(first=Min("created_at"))["first"]
