from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from tovholder.base.models import ThingModel
from tovholder.parties.models import Party

from .indicators import Definition, Group, Indicator


class Delivery(ThingModel):
    """A file of figures that someone brought: read, looked through, and taken or left."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Bliver læst")
        READ = "read", _("Klar til at se igennem")
        UNREADABLE = "unreadable", _("Kan ikke læses")
        TAKING = "taking", _("Bliver gemt")
        TAKEN = "taken", _("Gemt")
        LEFT = "left", _("Ikke gemt")

    class Kind(models.TextChoices):
        TABLE = "table", _("Tabel")
        RELEASE = "release", _("Udgivelse fra et sikkert miljø")

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    state = models.CharField(max_length=20, choices=State.choices, default=State.WAITING)
    filename = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    # The indicator of all rows, when the file itself does not say.
    indicator = models.ForeignKey(Indicator, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    drawn_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)
    # Only new periods, to be put after what already stands; otherwise each series is whole and stands by itself.
    continues = models.BooleanField(default=False)
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=26, blank=True)
    rows = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    refused = models.JSONField(default=list)
    refused_count = models.PositiveIntegerField(default=0)
    notices = models.JSONField(default=list)
    # What a person must see before saying yes: a few rows, and which areas, periods and indicators there are.
    preview = models.JSONField(default=dict)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=26, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest"], condition=models.Q(state="taken"), name="delivery_taken_once"),
        ]

    def __str__(self):
        return self.filename


class DeliveredFile(models.Model):
    """The bytes of a delivery, kept until it is decided on; a release is kept for good, since it is the evidence."""

    delivery = models.OneToOneField(Delivery, primary_key=True, on_delete=models.PROTECT, related_name="file")
    content = models.BinaryField()
    # The rows as they were read, from the reading until the decision, so that a large file is read once.
    parsed = models.BinaryField(null=True, blank=True)
    # The figures that were agreed to, as they will be stored.
    resolved = models.BinaryField(null=True, blank=True)

    def __str__(self):
        return self.delivery_id[:6]


class Vintage(ThingModel):
    """One indicator's figures as a source gave them on a day. A later vintage stands beside an earlier one, never over it."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="vintages")
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="vintages")
    drawn_on = models.DateField()
    # New periods only, put after an earlier vintage that they do not revise; empty: the whole series anew.
    continues = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    rows = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["indicator", "delivery", "drawn_on"], name="vintage_once")]
        ordering = ["indicator_id", "drawn_on", "taken_at"]

    def __str__(self):
        return f"{self.indicator}, {self.drawn_on}"


class Measurement(models.Model):
    """One figure: who, when, which group, and what was counted. Not a Thing: there are millions."""

    class Why(models.TextChoices):
        SHOWN = "", _("Vist")
        SUPPRESSED = "suppressed", _("For få til at vise")
        PROTECTS = "protects", _("Skjult for at beskytte et andet tal")
        MISSING = "missing", _("Ingen måling")

    # The index below begins with the vintage; a second would only make a million rows slower to store.
    vintage = models.ForeignKey(Vintage, on_delete=models.PROTECT, related_name="measurements", db_index=False)
    # PostgreSQL looks up every key of every row, and these three are a handful each in a million rows: storing checks them once instead.
    definition = models.ForeignKey(Definition, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    period_from = models.DateField()
    period_until = models.DateField()
    group = models.ForeignKey(
        Group, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )  # fmt: skip
    numerator = models.FloatField(null=True, blank=True)
    denominator = models.FloatField(null=True, blank=True)
    value = models.FloatField(null=True, blank=True)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    why = models.CharField(max_length=10, choices=Why.choices, default=Why.SHOWN, blank=True)

    class Meta:
        constraints = [
            # Nobody is a group too: two figures for everybody would else be two different ones to the database.
            models.UniqueConstraint("vintage", "party", "period_from", "period_until", Coalesce("group", 0), name="measurement_once"),
            models.CheckConstraint(condition=models.Q(period_until__gt=models.F("period_from")), name="measurement_period"),
            models.CheckConstraint(
                condition=models.Q(why="") | models.Q(numerator__isnull=True, value__isnull=True), name="measurement_hidden_is_blank"
            ),
        ]

    def __str__(self):
        return f"{self.party_id[:6]} {self.period_from}"
