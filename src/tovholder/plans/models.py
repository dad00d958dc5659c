from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from tovholder.base.models import ThingModel
from tovholder.base.written import name_of
from tovholder.parties.models import Party, PartyKind


class PlanKind(models.Model):
    """Health plan, health agreement, joint vision …: what the kind asks for is data, not code."""

    code = models.SlugField(primary_key=True, max_length=60)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    legal_basis = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    def __str__(self):
        return self.name

    @property
    def label(self):
        """The name in the reader's language."""
        return name_of(self)


class KindStep(models.Model):
    """Who advises, recommends or decides for a kind of plan, and in which order."""

    class Part(models.TextChoices):
        ADVISES = "advises", _("rådgiver")
        RECOMMENDS = "recommends", _("indstiller")
        DECIDES = "decides", _("beslutter")

    class Who(models.TextChoices):
        OWNER = "owner", _("den region, der ejer planen")
        MEMBERS = "members", _("hver kommune i regionen")
        AUTHORITY = "authority", _("en navngiven myndighed")
        NAMED = "named", _("de parter, aftalen nævner")

    kind = models.ForeignKey(PlanKind, on_delete=models.PROTECT, related_name="steps")
    order = models.PositiveSmallIntegerField()
    part = models.CharField(max_length=20, choices=Part.choices)
    who = models.CharField(max_length=20, choices=Who.choices)
    body_kind = models.ForeignKey(PartyKind, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    silence_counts = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "order", "who"], name="kind_step_once")]
        ordering = ["order", "id"]

    def __str__(self):
        return f"{self.kind_id} {self.order} {self.part}"

    @property
    def asks_many(self):
        return self.who in {self.Who.MEMBERS, self.Who.NAMED}


class Plan(ThingModel):
    """The work: a promise that lives through its versions."""

    kind = models.ForeignKey(PlanKind, on_delete=models.PROTECT, related_name="plans")
    title = models.CharField(max_length=160)
    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="plans")
    period_from = models.DateField(null=True, blank=True)
    period_until = models.DateField(null=True, blank=True)
    case_number = models.CharField(max_length=40, blank=True)
    summary = models.TextField(blank=True)
    parties_named = models.ManyToManyField(Party, related_name="+", blank=True)
    contact_role = models.CharField(max_length=120, blank=True)
    is_example = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    @property
    def last_day(self):
        return self.period_until - timedelta(days=1) if self.period_until else None

    def __str__(self):
        return self.title


class PlanVersion(ThingModel):
    """The text at a date. A sealed version never changes; its fingerprint says which text it is."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    based_on = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="version_number_once"),
            models.UniqueConstraint(fields=["plan"], condition=models.Q(sealed_at__isnull=True), name="one_open_draft"),
        ]

    def __str__(self):
        return f"{self.plan}: {self.name}"


class Provision(ThingModel):
    """One promise with an identity for life; its number and words may change from version to version."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="provisions")
    permalink = models.CharField(max_length=12)
    no_one_asked_because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "permalink"], name="provision_permalink_once")]

    def __str__(self):
        return self.permalink


class ProvisionText(models.Model):
    """The words of a provision in one version."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="texts")
    provision = models.ForeignKey(Provision, on_delete=models.PROTECT, related_name="texts")
    order = models.PositiveIntegerField()
    level = models.PositiveSmallIntegerField(default=1)
    label = models.CharField(max_length=20)
    heading = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField()
    edited_by = models.CharField(max_length=26, blank=True)
    edited_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "provision"], name="provision_text_once")]
        indexes = [models.Index(fields=["version", "order"], name="provision_text_order")]

    def __str__(self):
        return f"{self.label} {self.heading}"


class Goal(ThingModel):
    """What should be different, by when, and who owns it."""

    class Status(models.TextChoices):
        NOT_BEGUN = "not_begun", _("Ikke begyndt")
        ON_THE_WAY = "on_the_way", _("På vej")
        DELAYED = "delayed", _("Forsinket")
        REACHED = "reached", _("Nået")
        DROPPED = "dropped", _("Opgivet")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="goals")
    provision = models.ForeignKey(Provision, null=True, blank=True, on_delete=models.PROTECT, related_name="goals")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="goals")
    deadline = models.DateField(null=True, blank=True)
    indicator = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.NOT_BEGUN)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="goal_number_once")]

    def __str__(self):
        return f"Mål {self.number}"


class Approval(ThingModel):
    """One party is asked for one dated answer to one fingerprint."""

    class Outcome(models.TextChoices):
        ASKED = "asked", _("Mangler")
        APPROVED = "approved", _("Godkendt")
        RESERVED = "reserved", _("Godkendt med forbehold")
        DECLINED = "declined", _("Ikke godkendt")
        ADVISED = "advised", _("Har rådgivet")
        RECOMMENDED = "recommended", _("Har indstillet")

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="approvals")
    step = models.ForeignKey(KindStep, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="approvals")
    asked_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    agenda_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, default=Outcome.ASKED)
    fingerprint = models.CharField(max_length=64, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    body = models.CharField(max_length=160, blank=True)
    decision_reference = models.CharField(max_length=200, blank=True)
    reservation = models.TextField(blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.CharField(max_length=26, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "step", "party"], name="approval_once")]

    def __str__(self):
        return f"{self.party}: {self.outcome}"


class Adoption(ThingModel):
    """The plan is adopted; when it enters into force is another date."""

    version = models.OneToOneField(PlanVersion, on_delete=models.PROTECT, related_name="adoption")
    adopted_on = models.DateField()
    in_force_from = models.DateField()
    decision_reference = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()

    def __str__(self):
        return f"{self.version} vedtaget {self.adopted_on}"
