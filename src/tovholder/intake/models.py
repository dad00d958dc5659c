from django.db import models
from django.utils.translation import gettext_lazy as _

from tovholder.base.models import Thing, ThingModel
from tovholder.parties.models import Party, Sector


class PrivacyNotice(models.Model):
    """What a person is told before the first field: who, why, on what basis, until when."""

    name = models.CharField(max_length=120)
    controller = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    joint_controllers = models.ManyToManyField(Party, related_name="+", blank=True)
    joint_arrangement = models.TextField(blank=True)
    purpose = models.TextField()
    legal_basis = models.TextField()
    delete_on = models.DateField()
    contact_role = models.CharField(max_length=120)
    contact_mail = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)

    def __str__(self):
        return self.name


class Contributor(ThingModel):
    """Someone who said something without an account. Only the claim code, kept as an HMAC, leads back."""

    claim = models.CharField(max_length=64, unique=True, null=True)
    sector = models.CharField(max_length=20, choices=Sector.choices, blank=True)
    notify_mail = models.EmailField(blank=True)
    told_steps = models.PositiveSmallIntegerField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    delete_on = models.DateField()
    forgotten_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return f"bidragyder {self.thing_id[:6]}"


class ClaimTries(models.Model):
    """Wrong claim codes, counted by device or for the whole site (`*`) in one minute."""

    device = models.CharField(max_length=64)
    minute = models.DateTimeField()
    wrong = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["device", "minute"], name="claim_tries_once")]

    def __str__(self):
        return f"{self.device[:6]}: {self.wrong}"


class PersonalDataFind(models.Model):
    """Where in a held text the gate saw personal data. The words themselves are not copied here."""

    subject = models.ForeignKey(Thing, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    def __str__(self):
        return f"{self.kind} {self.start}-{self.end}"


class Redaction(models.Model):
    """A published text differs from what was written. The original is restricted and has a deletion date."""

    subject = models.ForeignKey(Thing, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    original = models.TextField()
    delete_original_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=26)

    def __str__(self):
        return self.reason


class Source(ThingModel):
    """A document someone read into the system."""

    title = models.CharField(max_length=200)
    filename = models.CharField(max_length=200)
    format = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    document_date = models.DateField(null=True, blank=True)
    received_from = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    notices = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["digest"], name="source_once")]

    def __str__(self):
        return self.title


class Passage(models.Model):
    """A paragraph of a source, in its place."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="passages")
    number = models.PositiveIntegerField()
    text = models.TextField()
    style = models.CharField(max_length=40, blank=True)
    place = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "number"], name="passage_once")]

    def __str__(self):
        return f"{self.source_id[:6]}:{self.number}"


class Proposal(models.Model):
    """Something the reader saw in a passage. A person confirms or declines each."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Foreslået")
        CONFIRMED = "confirmed", _("Bekræftet")
        DECLINED = "declined", _("Afvist")

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="proposals")
    passage = models.ForeignKey(Passage, null=True, on_delete=models.PROTECT, related_name="proposals")
    kind = models.CharField(max_length=40)
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    value = models.JSONField(default=dict)
    state = models.CharField(max_length=20, choices=State.choices, default=State.PROPOSED)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=26, blank=True)
    result = models.ForeignKey(Thing, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self):
        return f"{self.kind} i {self.source_id[:6]}"
