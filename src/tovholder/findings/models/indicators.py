from django.db import models
from django.utils.translation import gettext_lazy as _

from tovholder.base.models import ThingModel
from tovholder.base.periods import Period, period_constraint
from tovholder.base.written import language, name_of
from tovholder.parties.models import Party


class Breakdown(models.Model):
    """What figures are split by: education, sex, age. A breakdown is data, so that a new one needs no new release."""

    code = models.SlugField(primary_key=True, max_length=40)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    # Ordered groups have a gradient; the others only differences.
    is_ordered = models.BooleanField(default=False)

    def __str__(self):
        return self.name

    @property
    def label(self):
        """The name in the reader's language."""
        return name_of(self)


class Group(models.Model):
    """One group of a breakdown, in its place from the least to the most."""

    breakdown = models.ForeignKey(Breakdown, on_delete=models.PROTECT, related_name="groups")
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    order = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["breakdown", "code"], name="group_code_once"),
            models.UniqueConstraint(fields=["breakdown", "order"], name="group_order_once"),
        ]
        ordering = ["breakdown_id", "order"]

    def __str__(self):
        return self.name

    @property
    def label(self):
        """The name in the reader's language."""
        return name_of(self)


class Indicator(ThingModel):
    """What is measured, whatever its definition has been over the years."""

    class Origin(models.TextChoices):
        AGREEMENT = "agreement", _("Opfølgning på sundhedsaftaler")
        NATIONAL_GOAL = "national_goal", _("Nationale mål")
        OWN = "own", _("Egen indikator")

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160, blank=True)
    origin = models.CharField(max_length=20, choices=Origin.choices, default=Origin.OWN)
    national_goal = models.PositiveSmallIntegerField(null=True, blank=True)
    # Who owns the figures, and the fewest that owner lets anyone show together. Nobody here owns a national one.
    owner = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    threshold = models.PositiveSmallIntegerField(default=5)
    zeros_are_small = models.BooleanField(default=False)
    # What a reader must know before using it: that it is being defined anew, or what its source does not say.
    note = models.CharField(max_length=400, blank=True)
    # Part of "Danish champion in coherence".
    is_about_coherence = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(threshold__gte=2), name="indicator_threshold")]

    def __str__(self):
        return self.name

    @property
    def label(self):
        """The name in the reader's language."""
        return name_of(self) or self.name


class Definition(ThingModel, Period):
    """What an indicator counts, from a date until it is defined anew. Never changed once figures stand on it."""

    class Kind(models.TextChoices):
        PROPORTION = "proportion", _("Andel")
        RATE = "rate", _("Antal i forhold til befolkningen")
        MEAN = "mean", _("Gennemsnit")
        YEARS = "years", _("Leveår")
        RATIO = "ratio", _("Forhold til det forventede")

    class Direction(models.TextChoices):
        LOWER = "lower", _("Lavere er bedre")
        HIGHER = "higher", _("Højere er bedre")
        NEUTRAL = "neutral", _("Hverken højt eller lavt er bedst")

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="definitions")
    number = models.CharField(max_length=12)
    text = models.TextField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    unit = models.CharField(max_length=40)
    unit_en = models.CharField(max_length=40, blank=True)
    multiplier = models.FloatField(default=100)
    decimals = models.PositiveSmallIntegerField(default=1)
    direction = models.CharField(max_length=10, choices=Direction.choices)
    numerator = models.CharField(max_length=300, blank=True)
    denominator = models.CharField(max_length=300, blank=True)
    population = models.CharField(max_length=160, blank=True)
    source = models.CharField(max_length=300)
    breakdowns = models.ManyToManyField(Breakdown, blank=True, related_name="+")
    # Figures on both sides of the change cannot be compared: the line is broken there, and says why.
    breaks_series = models.BooleanField(default=False)
    break_reason = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=26, blank=True)

    class Meta:
        constraints = [
            period_constraint("definition_period"),
            models.UniqueConstraint(fields=["indicator", "number"], name="definition_number_once"),
            models.UniqueConstraint(fields=["indicator", "valid_from"], name="definition_from_once"),
            models.UniqueConstraint(fields=["indicator"], condition=models.Q(valid_until__isnull=True), name="one_definition_in_force"),
        ]
        ordering = ["indicator_id", "valid_from"]

    def __str__(self):
        return f"{self.indicator}, definition {self.number}"

    @property
    def unit_label(self):
        """The unit in the reader's language."""
        return self.unit_en if language() == "en" and self.unit_en else self.unit
