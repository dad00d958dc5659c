"""Verbs about figures on their way in: bring a file, read it, say yes or no, and take a vintage back."""

import hashlib

from tovholder.base.events import new_thing, record
from tovholder.base.rows import hold
from tovholder.base.write import write
from tovholder.parties.queries import local_day

from ..models import DeliveredFile, Delivery, Vintage
from ..queries.resolving import held_against, resolved
from ..rules import deliveries as rules
from ..rules.indicators import check_in_use

_State = Delivery.State


def receive_delivery(
    *, owner, filename, content, indicator=None, drawn_on=None, source="", continues=False, by, at
):  # fmt: skip
    """This will take a file of figures in, to be read by itself; raises Refused. Nothing is shown before somebody has said yes to it."""
    rules.check_may_deliver(owner, by=by)
    is_release = content.lstrip()[:1] == b"{"
    rules.check_file(content, is_release=is_release)
    rules.check_drawn_on(drawn_on, today=local_day(at))
    if indicator is not None:
        check_in_use(indicator)
        rules.check_is_ours(indicator, owner)
    digest = hashlib.sha256(content).hexdigest()
    with write():
        open_states = (_State.WAITING, _State.READ, _State.TAKING)
        taken = Delivery.objects.filter(digest=digest, state=_State.TAKEN).first()
        own = Delivery.objects.filter(digest=digest, owner=owner, state__in=open_states).first()
        rules.check_not_taken(taken or own)
        delivery = Delivery.objects.create(
            thing=new_thing("delivery", at), owner=owner, kind=Delivery.Kind.RELEASE if is_release else Delivery.Kind.TABLE,
            filename=filename[:200], digest=digest, indicator=indicator,
            drawn_on=drawn_on or (local_day(at) if is_release else None), source=source.strip()[:300],
            continues=continues and not is_release, received_at=at, received_by=by.person or "",
        )  # fmt: skip
        DeliveredFile.objects.create(delivery=delivery, content=content)
        record("delivery_received", delivery, by=by, at=at, file_kind=str(delivery.kind), digest=digest)
    return delivery


def keep_read_delivery(delivery, *, parsed, refused=(), refused_count=0, notices=(), headings=None, by, at):
    """This will hold a file's rows against what is known, and keep what a person must see before saying yes; raises Refused.

    parsed: the rows as `formats` or a release gives them (Parquet); refused, notices: what reading them already found. Heavy: background
    work calls it."""
    rules.check_is_work(by=by)
    found = resolved(delivery, parsed, headings or {}, held_against(delivery, by, at), at)
    listed = sorted([*refused, *found.refused], key=lambda row: (row["row"], row["column"]))
    with write():
        hold(delivery)
        delivery.refresh_from_db()
        rules.check_change(delivery, _State.READ)
        DeliveredFile.objects.filter(pk=delivery.pk).update(parsed=parsed, resolved=found.content)
        Delivery.objects.filter(pk=delivery.pk).update(
            state=_State.READ, rows=found.preview["rows"], done=0, refused=listed, refused_count=refused_count + found.refused_count,
            notices=[*found.notices, *notices], preview=found.preview | {"read_refused": refused_count},
            decided_at=None, decided_by="",
        )  # fmt: skip
        record("delivery_read", delivery, by=by, at=at, rows=found.preview["rows"], refused=refused_count + found.refused_count)
    delivery.refresh_from_db()
    return delivery


def refuse_delivery(delivery, *, sentence, by, at):
    """This will say that a file cannot be read or may not come in, with a sentence; the file is not kept. Raises Refused."""
    rules.check_is_work(by=by)
    with write():
        hold(delivery)
        delivery.refresh_from_db()
        rules.check_change(delivery, _State.UNREADABLE)
        refused = [{"row": 0, "column": "", "found": "", "sentence": sentence}]
        Delivery.objects.filter(pk=delivery.pk).update(state=_State.UNREADABLE, refused=refused, refused_count=1, done=0, rows=0)
        DeliveredFile.objects.filter(pk=delivery.pk).delete()
        record("delivery_unreadable", delivery, by=by, at=at)
    delivery.refresh_from_db()
    return delivery


def take_delivery(delivery, *, by, at):
    """This will say yes to a delivery: its figures are then stored by background work, all or none. Raises Refused."""
    with write():
        hold(delivery)
        delivery.refresh_from_db()
        rules.check_may_take(delivery, rows=delivery.rows, by=by)
        rules.check_not_taken(Delivery.objects.filter(digest=delivery.digest, state=_State.TAKEN).first())
        Delivery.objects.filter(pk=delivery.pk).update(state=_State.TAKING, decided_at=at, decided_by=by.person or "")
        record("delivery_accepted", delivery, by=by, at=at, rows=delivery.rows)
    delivery.refresh_from_db()
    return delivery


def leave_delivery(delivery, *, by, at):
    """This will say no to a delivery; its file is deleted, that it came stays. Raises Refused."""
    rules.check_may_deliver(delivery.owner, by=by)
    with write():
        hold(delivery)
        delivery.refresh_from_db()
        rules.check_change(delivery, _State.LEFT)
        Delivery.objects.filter(pk=delivery.pk).update(state=_State.LEFT, decided_at=at, decided_by=by.person or "")
        DeliveredFile.objects.filter(pk=delivery.pk).delete()
        record("delivery_left", delivery, by=by, at=at)
    delivery.refresh_from_db()
    return delivery


def withdraw_vintage(vintage, *, reason, by, at):
    """This will take back a vintage: its figures are no longer shown, that it was there and why it went stays. Raises Refused."""
    rules.check_may_withdraw(vintage, reason, by=by)
    with write():
        Vintage.objects.filter(pk=vintage.pk).update(withdrawn_at=at, withdrawn_because=reason.strip())
        record("vintage_withdrawn", vintage, by=by, at=at, indicator=vintage.indicator_id, fields=["withdrawn_because"])
    vintage.refresh_from_db()
    return vintage
