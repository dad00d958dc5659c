from django.db import models

from tovholder.dialogue.models import Conference


class OpinionMap(models.Model):
    """What the votes of a conference say as last calculated. Only figures that may be shown to all stand in `figures` and `live`."""

    conference = models.OneToOneField(Conference, primary_key=True, on_delete=models.PROTECT, related_name="+")
    # The fast part, after each change; the full part with its groups, now and then.
    live = models.JSONField(default=dict)
    live_at = models.DateTimeField(null=True, blank=True)
    figures = models.JSONField(default=dict)
    drawn_at = models.DateTimeField(null=True, blank=True)
    votes = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    method = models.CharField(max_length=80, blank=True)
    method_version = models.CharField(max_length=20, blank=True)
    parameters = models.JSONField(default=dict)
    # How the phones choose whom to ask what, and what each group answered, so that it keeps its letter; never shown.
    plan = models.JSONField(default=dict)

    def __str__(self):
        return f"{self.conference_id[:6]}: {self.votes}"


class OpinionAlarm(models.Model):
    """Something that must always hold about a map, and did not."""

    class Kind(models.TextChoices):
        EQUAL_PRIORITIES = "equal_priorities"
        VOTES_MISSING = "votes_missing"
        OTHER_RESULT = "other_result"

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    raised_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True, blank=True)
    numbers = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conference", "kind"], condition=models.Q(cleared_at__isnull=True), name="opinion_alarm_once")
        ]

    def __str__(self):
        return f"{self.conference_id[:6]}: {self.kind}"
