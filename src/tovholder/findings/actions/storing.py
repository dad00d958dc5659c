"""Storing the figures somebody said yes to: in batches, so that phones in the hall never wait, and visible only when all are there.

A vintage counts when its delivery is taken. What a killed process left half written is thrown away by the next one, which begins again."""

from datetime import date

from django.db import connection

from tovholder.base.events import new_thing, record
from tovholder.base.rows import hold
from tovholder.base.write import write
from tovholder.parties.models import Party

from ..models import Definition, DeliveredFile, Delivery, Group, Measurement, Vintage
from ..queries.deliveries import content_of_delivery, resolved_of_delivery
from ..queries.resolving import STORED, figures_by_vintage, held_against, resolved
from ..rules import deliveries as rules

# SQLite has one writer: a batch holds it for a tenth of a second.
A_BATCH = {"sqlite": 8_000, "postgresql": 50_000}
_COLUMNS = ("vintage_id", *STORED)


def store_delivery(delivery, *, by, at):
    """This will store a delivery's figures as vintages and take it in; returns whether it was, and is only for background work.

    When what the rows are held against has changed, and so have the figures, it goes back to be looked through. Raises Refused."""
    rules.check_is_work(by=by)
    delivery.refresh_from_db()
    rules.check_change(delivery, Delivery.State.TAKEN)
    held = held_against(delivery, by, at)
    if held.fingerprint != delivery.preview["held_against"] and not _is_still_so(delivery, held, by, at):
        return False
    figures = figures_by_vintage(resolved_of_delivery(delivery))
    _check_keys(figures.values())
    _clear(delivery)
    vintages = _begin(delivery, held.continued, at)
    for key, vintage in vintages.items():
        _write_rows(delivery, vintage, figures.pop(key))
    return _finish(delivery, vintages, by, at)


def _is_still_so(delivery, held, by, at):
    """Whether the figures are the same as those somebody said yes to, though something around them has changed."""
    headings, read = delivery.preview["headings"], delivery.preview["read_refused"]
    _content, parsed = content_of_delivery(delivery)
    found = resolved(delivery, parsed, headings, held, at)
    if found.preview["digest"] == delivery.preview["digest"]:
        return True
    with write():
        DeliveredFile.objects.filter(pk=delivery.pk).update(resolved=found.content)
        Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.TAKING).update(
            state=Delivery.State.READ, rows=found.preview["rows"], done=0, preview=found.preview | {"read_refused": read},
            refused=found.refused, refused_count=read + found.refused_count,
            notices=["Noget, tallene bliver holdt op mod, er ændret, siden I sagde ja. Se dem igennem igen.", *found.notices],
            decided_at=None, decided_by="",
        )  # fmt: skip
        record("delivery_sent_back", delivery, by=by, at=at)
    return False


def _clear(delivery):
    """Nothing points at what is left half written; Django would read every figure there is to find that out."""
    for vintage in Vintage.objects.filter(delivery=delivery).values_list("pk", flat=True):
        with write():
            Measurement.objects.filter(vintage=vintage)._raw_delete(using="default")
    with write():
        Vintage.objects.filter(delivery=delivery)._raw_delete(using="default")
        Delivery.objects.filter(pk=delivery.pk).update(done=0)


def _check_keys(parts):
    """What the figures point at must be there: the database itself is not asked a million times."""
    for column, model in (("definition_id", Definition), ("party_id", Party), ("group_id", Group)):
        wanted = {key for part in parts for key in part[column].drop_nulls().unique().to_list()}
        if model.objects.filter(pk__in=wanted).count() != len(wanted):
            raise LookupError(f"figures point at a {model.__name__} that is not there")


def _begin(delivery, continued, at):
    made = {}
    with write():
        hold(delivery)
        for indicator, day, rows, digest in delivery.preview["parts"]:
            drawn_on = date.fromisoformat(day)
            made[indicator, drawn_on] = Vintage.objects.create(
                thing=new_thing("vintage", at), indicator_id=indicator, delivery=delivery, drawn_on=drawn_on,
                continues=continued.get(indicator), taken_at=at, rows=rows, digest=digest,
            )  # fmt: skip
    return made


def _write_rows(delivery, vintage, part):
    store = _copy if connection.vendor == "postgresql" else _insert
    for piece in part.iter_slices(A_BATCH[connection.vendor]):
        with write():
            store(vintage, piece)
            delivery.done += piece.height
            Delivery.objects.filter(pk=delivery.pk).update(done=delivery.done)


def _as_stored(vintage, piece):
    import polars as pl

    return piece.select(pl.lit(vintage.pk).alias("vintage_id"), *STORED)


def _insert(vintage, piece):
    import polars as pl

    rows = _as_stored(vintage, piece).with_columns(pl.col("period_from", "period_until").cast(pl.String)).rows()
    places = ", ".join(["%s"] * len(_COLUMNS))
    sql = f"INSERT INTO {Measurement._meta.db_table} ({', '.join(_COLUMNS)}) VALUES ({places})"  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.executemany(sql, rows)


def _copy(vintage, piece):
    """An empty field is nothing, and an empty text stands in quotes: so COPY reads what Polars writes."""
    told = _as_stored(vintage, piece).write_csv(include_header=False, quote_style="non_numeric", null_value="")
    sql = f"COPY {Measurement._meta.db_table} ({', '.join(_COLUMNS)}) FROM STDIN (FORMAT csv)"
    with connection.cursor() as cursor, cursor.copy(sql) as copy:
        copy.write(told.encode())


def _finish(delivery, vintages, by, at):
    """The one moment in which all of it becomes visible, after a count of what is really there."""
    with write():
        hold(delivery)
        delivery.refresh_from_db()
        rules.check_change(delivery, Delivery.State.TAKEN)
        stored = Measurement.objects.filter(vintage__in=[row.pk for row in vintages.values()]).count()
        if stored != delivery.rows:
            raise RuntimeError(f"{stored} of {delivery.rows} figures are there; the delivery is stored again")
        Delivery.objects.filter(pk=delivery.pk).update(state=Delivery.State.TAKEN, done=stored)
        if delivery.kind == Delivery.Kind.RELEASE:
            DeliveredFile.objects.filter(pk=delivery.pk).update(parsed=None, resolved=None)
        else:
            DeliveredFile.objects.filter(pk=delivery.pk).delete()
        record("delivery_taken", delivery, by=by, at=at, rows=stored, vintages=[row.pk for row in vintages.values()])
    delivery.refresh_from_db()
    return True
