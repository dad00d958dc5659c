"""What a delivery is held against, read from the rooms: areas, definitions, groups, who was part of whom, and what stands already."""

from django.db.models import Q

from tovholder.parties.models import Membership, Party, Succession

from ..models import Breakdown, Delivery, Indicator, Measurement
from .vintages import in_order, visible_vintages

# Parties that figures can be about. Bodies that only decide have no figures of their own.
AREA_KINDS = ("country", "region", "municipality", "health_council", "health_cluster", "acute_hospital", "hospital")


# In the order of `sums.nothing_public`.
_PUBLIC = ("party", "group__code", "group__breakdown__code", "why", "period_from", "period_until", "numerator")
_HIDDEN = (Measurement.Why.SUPPRESSED, Measurement.Why.PROTECTS)
_CELL = ("indicator_id", "party_id", "group_code", "period_from", "period_until")


def known_for(found, by, at):
    """This will return all that a delivery's rows are held against; loads the machinery of calculation."""
    from tovholder.evidence.delivered import known

    return known.Known(
        areas=_areas(known), indicators=_indicators(known, found), breakdowns=_breakdowns(known), members=_members(known),
        withheld=_withheld() if found.kind == Delivery.Kind.TABLE else (),
    )  # fmt: skip


def _areas(known):
    heirs = {}
    for before, after in Succession.objects.order_by("on", "pk").values_list("predecessor", "successor__name"):
        heirs.setdefault(before, []).append(after)
    made = []
    for row in Party.objects.filter(kind__in=AREA_KINDS).order_by("pk"):
        after = tuple(dict.fromkeys(heirs.get(row.pk, ())))
        made.append(known.Area(row.pk, row.kind_id, row.name, row.code, row.short_name, row.valid_from, row.valid_until, after))
    return made


def _indicators(known, found):
    made = []
    for row in Indicator.objects.select_related("owner").prefetch_related("definitions").order_by("pk"):
        other = row.owner.name if row.owner_id is not None and row.owner_id != found.owner_id else ""
        definitions = [
            known.Definition(
                one.pk, one.number, one.kind, one.multiplier, one.decimals, one.breaks_series, one.valid_from, one.valid_until
            )
            for one in row.definitions.all()
        ]  # fmt: skip
        made.append(
            known.Indicator(
                row.pk, row.code, row.name, row.threshold, row.zeros_are_small, row.withdrawn_at is not None, other, definitions
            )
        )
    return made


def _breakdowns(known):
    return [
        known.Breakdown(
            row.code, (row.name, row.name_en), [(group.pk, group.code, (group.name, group.name_en)) for group in row.groups.all()]
        )
        for row in Breakdown.objects.prefetch_related("groups").order_by("name")
    ]


def _members(known):
    """Municipalities, clusters and councils of what they were part of, and regions of the country."""
    rows = Membership.objects.filter(member__kind="municipality", group__kind__in=AREA_KINDS)
    members = [known.Member(*row) for row in rows.order_by("pk").values_list("member", "group", "valid_from", "valid_until")]
    country = Party.objects.filter(kind="country").values_list("pk", flat=True).first()
    if country is not None:
        regions = Party.objects.filter(kind="region").order_by("pk").values_list("pk", "valid_from", "valid_until")
        members += [known.Member(pk, country, first, until) for pk, first, until in regions]
    return members


def _withheld():
    """The indicators and periods where a release that was taken hides something."""
    hidden = Measurement.objects.filter(
        ~Q(why__in=("", "missing")), vintage__delivery__kind=Delivery.Kind.RELEASE, vintage__delivery__state=Delivery.State.TAKEN
    )
    return sorted(set(hidden.values_list("vintage__indicator", "period_from", "period_until")))


def public_figures(by, at):
    """This will return a function that gives what everybody can read of some indicators: of each cell what the newest vintage says.

    Only of those where something is hidden, there or in what is about to come: (every indicator, those that hide) -> frame."""

    def figures(indicators, hiding):
        import polars as pl

        from tovholder.evidence.delivered.sums import nothing_public

        seen = in_order(visible_vintages(by, at).filter(indicator__in=indicators))
        vintages = list(seen.values_list("pk", "indicator", "delivery__kind"))
        blank = Measurement.objects.filter(vintage__in=[pk for pk, *_rest in vintages], why__in=_HIDDEN)
        asked = {*hiding, *blank.values_list("vintage__indicator", flat=True).distinct()}
        frames = [nothing_public(indicators, hiding)]
        schema = {name: kind for name, kind in frames[0].schema.items() if name not in ("indicator_id", "is_release")}
        for pk, indicator, kind in reversed(vintages):
            if indicator in asked:
                rows = Measurement.objects.filter(vintage=pk).values_list(*_PUBLIC).iterator(chunk_size=20_000)
                frame = pl.DataFrame(list(rows), schema=schema, orient="row").with_columns(
                    pl.lit(indicator).alias("indicator_id"), pl.lit(kind == Delivery.Kind.RELEASE).alias("is_release")
                )
                frames.append(frame.select(frames[0].columns))
        found = pl.concat(frames).with_columns(pl.col("group_code", "breakdown_code").fill_null(""))
        return found.unique([*_CELL], keep="first", maintain_order=True)

    return figures


def standing_for(found, by, at):
    """This will return (frame of what stands, {indicator id: day drawn}, {indicator id: vintage}) that a delivery is put after.

    Empty unless it continues. Only the own party's vintages are continued: nobody adds to another's series."""
    import polars as pl

    schema = {"indicator_id": pl.String, "party_id": pl.String, "period_from": pl.Date, "period_until": pl.Date, "group_code": pl.String}
    if not found.continues:
        return pl.DataFrame(schema=schema), {}, {}
    own = in_order(visible_vintages(by, at).filter(delivery__owner=found.owner_id))
    newest = {row.indicator_id: row for row in own}
    every = {row.pk: row for row in own}
    chains = [pk for row in newest.values() for pk in _back(row, every)]
    rows = Measurement.objects.filter(vintage__in=chains)
    keys = rows.values_list("vintage__indicator", "party", "period_from", "period_until", "group__code")
    frame = pl.DataFrame(list(keys.iterator(chunk_size=20_000)), schema=schema, orient="row").with_columns(
        pl.col("group_code").fill_null("")
    )
    return frame, {pk: row.drawn_on for pk, row in newest.items()}, newest


def brought_before(found, by, at):
    """This will return {indicator id: (day drawn, figures)} of the newest vintages the same party has brought."""
    own = in_order(visible_vintages(by, at).filter(delivery__owner=found.owner_id))
    return {row.indicator_id: (row.drawn_on, row.rows) for row in own}


def _back(row, every):
    while row is not None:
        yield row.pk
        row = every.get(row.continues_id)
