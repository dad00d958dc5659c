"""Sends what waits in the outbox. A letter may arrive twice after a crash, always with the same message id; never not at all."""

from django.core.mail import EmailMessage, get_connection

from tovholder.base import outbox


def send_waiting(*, at, limit=50):
    """This will send waiting letters, one recipient each, and return (sent, failed)."""
    letters = outbox.waiting(limit)
    if not letters:
        return 0, 0
    connection = get_connection()
    sent = failed = 0
    for letter in letters:
        mail = EmailMessage(
            letter.subject, letter.body, to=[letter.recipient], headers={"Message-ID": letter.message_id}, connection=connection
        )
        try:
            mail.send()
        except OSError:
            outbox.mark_failed(letter)
            failed += 1
        else:
            outbox.mark_sent(letter, at=at)
            sent += 1
    return sent, failed
