"""Reads the files of figures that people brought, and stores those they said yes to. Heavy: it runs beside the web process, never in it."""

import fcntl
import logging
from contextlib import contextmanager

from django.conf import settings

from tovholder.base.by import SYSTEM
from tovholder.base.errors import Refused
from tovholder.findings import actions, queries

# So large a share of rows that stand twice is no slip of a row: two files were put together.
MIXED = 0.1
_TWO_VINTAGES = (
    "Filen ligner to udtræk lagt sammen: {count} rækker handler om det samme som en anden række. Del filen i to, eller skriv udtrækkets dag"
    " i kolonnen »Udtræk«."
)
_TROUBLE = "Noget gik galt hos os, og filen er ikke læst. Læg den ind igen, eller skriv til den driftsansvarlige."


def is_anything_waiting(*, at):
    """This will answer whether a delivery waits to be read or stored; light."""
    return queries.is_any_delivery_waiting(at)


@contextmanager
def _alone():
    """One worker at a time on this machine; the second leaves the work to the first."""
    with (settings.HOME / "deliveries.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def work_through(*, at):
    """This will read what waits and store what was said yes to; returns (read, stored). What one file does never stops the next."""
    read = stored = 0
    with _alone() as is_mine:
        if not is_mine:
            return 0, 0
        for delivery in queries.deliveries_in("waiting"):
            read += _tried(read_delivery, delivery, at)
        for delivery in queries.deliveries_in("taking"):
            stored += _tried(actions.store_delivery, delivery, at)
        for delivery in queries.forgotten_deliveries(at):
            # A file may hold numbers that must not stand here: it is not kept for somebody who does not come back.
            actions.leave_delivery(delivery, by=SYSTEM, at=at)
    return read, stored


def _tried(act, delivery, at):
    try:
        return int(bool(act(delivery, by=SYSTEM, at=at) if act is actions.store_delivery else act(delivery, at=at)))
    except Refused:
        # Somebody was quicker: it was left, or taken, in the meantime.
        return 0
    except Exception:
        logging.getLogger("tovholder.deliveries").exception("en levering måtte vente")
        if act is read_delivery:
            actions.refuse_delivery(delivery, sentence=_TROUBLE, by=SYSTEM, at=at)
        return 0


def read_delivery(delivery, *, at):
    """This will read one delivery's file in a limited child and keep its preview, or the sentence that says why it cannot be read."""
    if delivery.kind == "release":
        return actions.read_release(delivery, by=SYSTEM, at=at)
    from tovholder.formats.measurements.reading import UnreadableTable, read_measurements

    content, _parsed = queries.content_of_delivery(delivery)
    try:
        read = read_measurements(content, delivery.filename)
    except UnreadableTable as error:
        return actions.refuse_delivery(delivery, sentence=str(error), by=SYSTEM, at=at)
    del content
    twins = read.refused_kinds.get("twin", 0)
    if twins > MIXED * (read.rows + twins):
        return actions.refuse_delivery(delivery, sentence=_TWO_VINTAGES.format(count=twins), by=SYSTEM, at=at)
    refused = [{"row": one.row, "column": one.column, "found": one.found, "sentence": one.sentence} for one in read.refused]
    notices = [*read.notices, *filter(None, [read.refused_rest])]
    if read.sheet:
        notices.insert(0, f"Vi har læst arket »{read.sheet}«.")
    headings = {"area" if role == "place" else role: heading for heading, role in read.columns}
    return actions.keep_read_delivery(
        delivery, parsed=read.frame_bytes, refused=refused, refused_count=read.refused_count, notices=notices, headings=headings,
        by=SYSTEM, at=at,
    )  # fmt: skip
