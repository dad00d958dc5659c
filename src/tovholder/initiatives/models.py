from django.db import models
from django.utils.translation import gettext_lazy as _

from tovholder.base.models import ThingModel
from tovholder.parties.models import Party, Person


class Status(models.TextChoices):
    PLANNED = "planned", _("Planlagt")
    RUNNING = "running", _("I gang")
    ENDED = "ended", _("Afsluttet")
    SPREAD = "spread", _("Udbredt andre steder")


class Programme(ThingModel):
    """A frame for several initiatives."""

    name = models.CharField(max_length=160)
    purpose = models.TextField()
    goal = models.TextField(blank=True)
    begins_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.RUNNING)
    motto = models.CharField(max_length=160, blank=True)
    started_by = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    source = models.TextField(blank=True)

    def __str__(self):
        return self.name


class Initiative(ThingModel):
    """What is done, told so that others can copy it."""

    programme = models.ForeignKey(Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="initiatives")
    name = models.CharField(max_length=160)
    purpose = models.TextField()
    method = models.TextField(blank=True)
    target_group = models.TextField(blank=True)
    included = models.TextField(blank=True)
    excluded = models.TextField(blank=True)
    prevention = models.CharField(
        max_length=20,
        blank=True,
        choices=[("citizen", _("Borgerrettet forebyggelse")), ("patient", _("Patientrettet forebyggelse"))],
    )
    begins_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.RUNNING)
    worked = models.TextField(blank=True)
    worked_less = models.TextField(blank=True)
    evaluation = models.TextField(blank=True)
    equity_note = models.TextField(blank=True)
    started_by = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    source = models.TextField(blank=True)
    is_example = models.BooleanField(default=False)

    def __str__(self):
        return self.name


class Partner(models.Model):
    """A partner of any kind: an authority, practice, business, foundation, association."""

    programme = models.ForeignKey(Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="partners")
    initiative = models.ForeignKey(Initiative, null=True, blank=True, on_delete=models.PROTECT, related_name="partners")
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="partnerships")
    name = models.CharField(max_length=160, blank=True)
    part = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(programme__isnull=True, initiative__isnull=False)
                | models.Q(programme__isnull=False, initiative__isnull=True),
                name="partner_of_one",
            ),
            models.CheckConstraint(condition=models.Q(party__isnull=False) | ~models.Q(name=""), name="partner_named"),
        ]

    def __str__(self):
        return self.name or str(self.party)


class Funding(models.Model):
    programme = models.ForeignKey(Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="funding")
    initiative = models.ForeignKey(Initiative, null=True, blank=True, on_delete=models.PROTECT, related_name="funding")
    funder = models.CharField(max_length=160)
    amount_million_kroner = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    period = models.CharField(max_length=40, blank=True)

    def __str__(self):
        return self.funder


class Reuse(ThingModel):
    """A party does it too, with credit to those who began."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="reuses")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="reuses")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    changed = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["initiative", "party"], name="reuse_once")]

    def __str__(self):
        return f"{self.party} gør {self.initiative}"
