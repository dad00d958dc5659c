from django.db import models
from django.utils.translation import gettext_lazy as _

from tovholder.base.models import Thing


class Tie(models.Model):
    """One thing led to another. Ties are withdrawn, never deleted."""

    class Kind(models.TextChoices):
        ANSWERED_BY = "answered_by", _("blev til")
        REQUIRED_BY = "required_by", _("kræves af")
        REMARKED_IN = "remarked_in", _("fik bemærkningen")
        CHANGED = "changed", _("ændrede")
        DECIDED_IN = "decided_in", _("besluttet i")
        DONE_BY = "done_by", _("udføres af")
        MEASURED_BY = "measured_by", _("måles af")
        AIMS_AT = "aims_at", _("skal rykke")
        SOURCE_OF = "source_of", _("står i")

    kind = models.CharField(max_length=20, choices=Kind.choices)
    from_thing = models.ForeignKey(Thing, on_delete=models.PROTECT, related_name="ties_out")
    to_thing = models.ForeignKey(Thing, on_delete=models.PROTECT, related_name="ties_in")
    in_version = models.ForeignKey(Thing, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=64, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "from_thing", "to_thing"], condition=models.Q(withdrawn_at__isnull=True), name="tie_once"
            ),
            models.CheckConstraint(condition=~models.Q(from_thing=models.F("to_thing")), name="tie_not_to_itself"),
        ]

    def __str__(self):
        return f"{self.from_thing_id[:6]} {self.kind} {self.to_thing_id[:6]}"
