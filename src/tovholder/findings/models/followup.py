from django.db import models
from django.utils.translation import gettext_lazy as _

from tovholder.base.models import ThingModel
from tovholder.parties.models import Party
from tovholder.plans.models import Goal, Plan

from .indicators import Breakdown, Indicator
from .measurements import Vintage


class Target(ThingModel):
    """How a goal is followed: by which indicator, for whom, from what, to what, by when."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="targets")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="targets")
    # Whose figure it is: most often the region's. The areas below it are compared with each other.
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    # The limits of the control chart are those of this period, until a recorded decision says otherwise.
    baseline_from = models.DateField(null=True, blank=True)
    baseline_until = models.DateField(null=True, blank=True)
    value = models.FloatField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    breakdown = models.ForeignKey(Breakdown, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField(default=1)
    set_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["goal", "indicator"], condition=models.Q(withdrawn_at__isnull=True), name="target_once"),
            models.CheckConstraint(
                condition=models.Q(baseline_from__isnull=True, baseline_until__isnull=True)
                | models.Q(baseline_until__gt=models.F("baseline_from")),
                name="target_baseline",
            ),
        ]
        ordering = ["goal_id", "order"]

    def __str__(self):
        return f"{self.goal}: {self.indicator}"


class Rebase(models.Model):
    """A recorded decision that the level from before no longer is what to compare with."""

    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="rebases")
    baseline_from = models.DateField()
    baseline_until = models.DateField()
    reason = models.CharField(max_length=300)
    decided_on = models.DateField()
    decision_reference = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=26, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["target", "baseline_from"], name="rebase_once"),
            models.CheckConstraint(condition=models.Q(baseline_until__gt=models.F("baseline_from")), name="rebase_period"),
        ]
        ordering = ["target_id", "baseline_from"]

    def __str__(self):
        return f"{self.target_id[:6]}: {self.baseline_from}"


class Figures(models.Model):
    """What the evidence says about an indicator, as last calculated. A page reads it and never calculates."""

    class Kind(models.TextChoices):
        COURSE = "course", _("Forløb over tid")
        FUNNEL = "funnel", _("Tragt")
        GRADIENT = "gradient", _("Ulighed")
        SMALL_MULTIPLES = "small_multiples", _("Alle kommuner")

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="figures")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    # Whose figures: the party itself, or the areas within it. Empty: the whole country.
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # A goal's own chart, with its frozen baseline; empty for what is the same for all.
    target = models.ForeignKey(Target, null=True, blank=True, on_delete=models.PROTECT, related_name="figures")
    area_kind = models.CharField(max_length=60, blank=True)
    breakdown = models.ForeignKey(Breakdown, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    period_from = models.DateField(null=True, blank=True)
    period_until = models.DateField(null=True, blank=True)
    vintage = models.ForeignKey(Vintage, on_delete=models.PROTECT, related_name="+")
    figures = models.JSONField(default=dict)
    # The few numbers a list of many goals shows.
    summary = models.JSONField(default=dict)
    method = models.CharField(max_length=160)
    method_version = models.CharField(max_length=40)
    parameters = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    calculated_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["indicator", "kind", "area_kind", "period_until"], name="figures_of_indicator"),
            models.Index(fields=["target", "kind"], name="figures_of_target"),
        ]

    def __str__(self):
        return f"{self.indicator_id[:6]}: {self.kind}"


class StatusReport(ThingModel):
    """How far a plan has come in a year: drafted by the system, finished by a person, approved."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Udkast")
        FINISHED = "finished", _("Klar til godkendelse")
        APPROVED = "approved", _("Godkendt")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="status_reports")
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    summary = models.TextField(blank=True)
    drafted_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = models.CharField(max_length=26, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.CharField(max_length=26, blank=True)
    approved_reference = models.CharField(max_length=200, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    # All the report shows, frozen when it is finished: the same file next year, whatever the figures are then.
    content = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "year"], name="status_report_once_a_year")]

    def __str__(self):
        return f"Status {self.year}"


class StatusLine(models.Model):
    """One goal in a status report: what the system saw, and what a person says about it."""

    report = models.ForeignKey(StatusReport, on_delete=models.PROTECT, related_name="lines")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=Goal.Status.choices)
    drafted = models.TextField(blank=True)
    comment = models.TextField(blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    edited_by = models.CharField(max_length=26, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "goal"], name="status_line_once")]
        ordering = ["goal__number"]

    def __str__(self):
        return f"{self.report} {self.goal}"
