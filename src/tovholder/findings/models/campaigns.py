from django.db import models

from tovholder.consultations.models import Consultation
from tovholder.dialogue.models import Conference


class CampaignsFound(models.Model):
    """The answers of one conference or consultation that are written from the same text, as last looked for."""

    conference = models.OneToOneField(Conference, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    consultation = models.OneToOneField(Consultation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField()
    # What was looked at: when it is another, it is time to look again.
    digest = models.CharField(max_length=64)
    answers = models.PositiveIntegerField(default=0)
    method = models.CharField(max_length=80)
    method_version = models.CharField(max_length=20)
    # Ids and places in the texts, never the texts: what is withdrawn later is gone here too.
    figures = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(conference__isnull=False, consultation__isnull=True)
                | models.Q(conference__isnull=True, consultation__isnull=False),
                name="campaigns_have_one_place",
            )
        ]

    def __str__(self):
        return f"{(self.conference_id or self.consultation_id)[:6]}: {len(self.figures)}"
