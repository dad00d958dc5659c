"""What a delivery's rows become when they are held against what is known now: the figures to store, and what a person must see."""

import hashlib
import io
from dataclasses import dataclass
from typing import Any

from tovholder.parties.queries import local_day

from ..models import Delivery
from .holding import brought_before, known_for, public_figures, standing_for
from .vintages import visible_vintages

# What storing needs of a figure; the rest of what was held against can be found by its keys.
STORED = (
    "definition_id", "party_id", "period_from", "period_until", "group_id", "numerator", "denominator", "value", "low", "high", "why",
)  # fmt: skip
_VINTAGE = ("indicator_id", "drawn_on")
_CATEGORIES = ("indicator_id", "definition_id", "party_id", "why")


@dataclass(frozen=True, eq=False)
class Held:
    """What a delivery is held against at a moment, its fingerprint, and the vintages that it continues or stands before."""

    known: Any
    standing: Any
    drawn: dict
    continued: dict
    before: dict
    public: Any
    fingerprint: str


def held_against(found, by, at):
    """This will read what a delivery is held against at this moment."""
    known = known_for(found, by, at)
    standing, drawn, continued = standing_for(found, by, at)
    seen = sorted(visible_vintages(by, at).values_list("pk", flat=True))
    told = repr((known, sorted((indicator, row.pk) for indicator, row in continued.items()), seen))
    before = {} if found.continues or found.kind == Delivery.Kind.RELEASE else brought_before(found, by, at)
    return Held(known, standing, drawn, continued, before, public_figures(by, at), hashlib.sha256(told.encode()).hexdigest())


@dataclass(frozen=True, eq=False)
class ResolvedDelivery:
    """The figures as Parquet in the order they are stored, their preview, the refused rows with sentences, and what to look at."""

    content: bytes
    preview: dict
    refused: list
    refused_count: int
    notices: list


def resolved(found, parsed, headings, held, at):
    """This will hold a delivery's parsed rows against areas, definitions, groups and standing figures. Heavy."""
    from tovholder.evidence.delivered.known import Told
    from tovholder.evidence.delivered.previewing import preview, replaced
    from tovholder.evidence.delivered.resolving import resolve
    from tovholder.evidence.delivered.rows import rows_of

    told = Told(
        drawn_on=found.drawn_on, today=local_day(at), is_release=found.kind == Delivery.Kind.RELEASE, headings=dict(headings)
    )  # fmt: skip
    frame = rows_of(parsed, found.indicator.code if found.indicator_id else "")
    made = resolve(frame, held.known, told, standing=held.standing, drawn=held.drawn, public=held.public)
    del frame
    kept = io.BytesIO()
    made.frame.select(*_VINTAGE, *STORED).write_parquet(kept, compression="zstd", statistics=False)
    parts = [[part.indicator_id, part.drawn_on.isoformat(), part.rows, part.digest] for part in made.parts]
    shown = preview(made) | {"parts": parts, "held_against": held.fingerprint, "headings": dict(headings)}
    notices = [*replaced(made, held.before), *made.notices]
    return ResolvedDelivery(kept.getvalue(), shown, list(made.refused), made.refused_count, notices)


def figures_by_vintage(content):
    """This will give the figures that `resolved` kept as {(indicator id, day drawn): frame in the order they are stored}."""
    import polars as pl

    frame = pl.read_parquet(io.BytesIO(content)).with_columns(pl.col(_CATEGORIES).cast(pl.Categorical))
    return {(str(key[0]), key[1]): part for key, part in frame.partition_by(_VINTAGE, as_dict=True, maintain_order=True).items()}
