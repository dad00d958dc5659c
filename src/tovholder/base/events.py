"""The event log: append-only rows with a commitment to a payload of ids and field names."""

import hashlib
import json
import secrets

from .models import Event, EventPayload, Thing


def new_thing(kind, at):
    """This will store and return the Thing that a new object hangs on."""
    return Thing.objects.create(kind=kind, created_at=at)


def commitment_of(salt, body):
    """This will return SHA-256 over salt and canonical payload, as reliability asks."""
    return hashlib.sha256(bytes.fromhex(salt) + body.encode()).hexdigest()


def record(kind, subject, *, by, at, **payload):
    """This will append one event about a thing. Payload holds ids, states and field names, never free text."""
    body = json.dumps(payload, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    salt = secrets.token_hex(16)
    event = Event.objects.create(
        at=at,
        actor=by.person or by.contributor or by.device or "",
        on_behalf_of_id=by.on_behalf_of,
        kind=kind,
        subject_id=getattr(subject, "thing_id", None) or subject.pk,
        commitment=commitment_of(salt, body),
    )
    EventPayload.objects.create(event=event, salt=salt, body=body)
    return event
