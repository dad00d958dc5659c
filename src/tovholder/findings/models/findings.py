from django.db import models

from tovholder.base.models import ThingModel
from tovholder.dialogue.models import Conference
from tovholder.parties.models import Party


class Finding(ThingModel):
    """A published result of a calculation, with what one must know to trust it."""

    title = models.CharField(max_length=200)
    method = models.CharField(max_length=80)
    method_version = models.CharField(max_length=20)
    inputs_digest = models.CharField(max_length=64)
    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="findings")
    conference = models.ForeignKey(Conference, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    figures = models.JSONField(default=dict)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=26, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return self.title
