"""Letters wait here inside the transaction that caused them; a job sends them after it."""

import secrets

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
